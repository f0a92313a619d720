//! Search: the right answers, the right scores, and no query that breaks it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ai_almanac::{Article, Hit, Section, articles, forms, search, words};
use serde::Deserialize;

/// A query with its right answers: ids of articles, or `id#anchor` for a section.
#[derive(Deserialize)]
struct Judged {
    query: String,
    /// Any of these must come first.
    first: Vec<String>,
    /// All of these must be among the first three articles.
    among: Vec<String>,
}

fn judged() -> Vec<Judged> {
    serde_json::from_str(include_str!("queries.json")).unwrap()
}

fn is(hit: &Hit, answer: &str) -> bool {
    match answer.split_once('#') {
        Some((id, anchor)) => hit.article().id() == id && hit.section().is_some_and(|section| section.anchor() == anchor),
        None => hit.article().id() == answer,
    }
}

/// The share of queries answered in the first place, by mean reciprocal rank; `cargo test --test search -- --nocapture` prints it.
#[test]
fn right_answers_come_first() {
    let queries = judged();
    assert!(queries.len() >= 80);
    let (mut sum, mut ranked, mut among, mut wrong) = (0.0, 0, 0, Vec::new());
    for Judged { query, first, among: wanted } in &queries {
        let hits: Vec<Hit> = search(query).take(10).collect();
        let found = || {
            hits.iter()
                .take(3)
                .map(|hit| format!("{}#{}", hit.article().id(), hit.section().map_or("", |section| section.anchor())))
                .collect::<Vec<_>>()
        };
        if !first.is_empty() {
            ranked += 1;
            let rank = hits.iter().position(|hit| first.iter().any(|answer| is(hit, answer)));
            sum += rank.map_or(0.0, |rank| 1.0 / (rank + 1) as f64);
            if rank != Some(0) {
                wrong.push(format!("{query}: wanted {first:?}, found {:?}", found()));
            }
        }
        let missing: Vec<&String> = wanted.iter().filter(|answer| !hits.iter().take(3).any(|hit| is(hit, answer))).collect();
        if missing.is_empty() {
            among += 1;
        } else {
            wrong.push(format!("{query}: {missing:?} not among {:?}", found()));
        }
    }
    let mean = sum / ranked as f64;
    println!(
        "mean reciprocal rank {mean:.3} over {ranked} queries; {among} of {} have what they want among the first three",
        queries.len()
    );
    wrong.iter().for_each(|line| println!("  {line}"));
    assert!(mean > 0.9, "mean reciprocal rank {mean:.3}");
    assert!(among * 100 >= queries.len() * 90, "{among} of {} have what they want among the first three", queries.len());
}

/// The plain way: every unit's words are counted anew for every query.
mod plain {
    use super::*;
    use frostem::{Algorithm, Stemmer};
    use unicode_normalization::UnicodeNormalization;
    use unicode_segmentation::UnicodeSegmentation;

    /// Title, keywords, heading, text.
    const WEIGHTS: [f64; 4] = [3.0, 3.0, 2.0, 1.0];
    const LENGTHS: [f64; 4] = [0.3, 0.2, 0.3, 0.6];

    /// The folded words of a text; the articles hold no Chinese or Japanese.
    fn words(text: &str) -> Vec<String> {
        let fold = |word: &str| {
            let plain: String =
                word.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
            let plain = plain.replace('’', "'");
            plain.strip_suffix("'s").map(str::to_owned).unwrap_or(plain)
        };
        text.unicode_words().map(fold).collect()
    }

    /// The stem that the Snowball project's own compiler makes.
    pub fn term(word: &str) -> String {
        let stems = word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'\'');
        if stems { Stemmer::new(Algorithm::English).stem(word).into_owned() } else { word.to_owned() }
    }

    /// A unit: how often each term stands in each field, and how long the fields are.
    struct Unit {
        article: &'static str,
        times: [HashMap<String, u32>; 4],
        lengths: [usize; 4],
    }

    pub struct Corpus {
        units: Vec<Unit>,
        /// Every folded word and its term.
        forms: BTreeMap<String, String>,
        terms: BTreeSet<String>,
        averages: [f64; 4],
    }

    impl Corpus {
        pub fn new() -> Corpus {
            let mut units = Vec::new();
            let mut forms = BTreeMap::new();
            let mut sums = [0.0; 4];
            for article in articles() {
                let (title, keywords) = (words(article.title()), words(&article.keywords().join("\n")));
                sums[0] += title.len() as f64;
                sums[1] += keywords.len() as f64;
                let lead = (article.title(), article.lead());
                for (heading, text) in
                    std::iter::once(lead).chain(article.sections().iter().map(|section| (section.title(), section.text())))
                {
                    let (heading, text) = (words(heading), words(text));
                    sums[2] += heading.len() as f64;
                    sums[3] += text.len() as f64;
                    let fields = [title.clone(), keywords.clone(), heading, text];
                    forms.extend(fields.iter().flatten().map(|form| (form.clone(), term(form))));
                    let lengths = [0, 1, 2, 3].map(|field: usize| fields[field].len());
                    let times = fields.map(|words| {
                        let mut times = HashMap::new();
                        words.iter().for_each(|word| *times.entry(term(word)).or_default() += 1);
                        times
                    });
                    units.push(Unit { article: article.id(), times, lengths });
                }
            }
            let (all, per_unit) = (articles().len() as f64, units.len() as f64);
            let terms = forms.values().cloned().collect();
            Corpus { forms, terms, averages: [sums[0] / all, sums[1] / all, sums[2] / per_unit, sums[3] / per_unit], units }
        }

        /// What one term is worth in each unit.
        fn term(&self, term: &str, weight: f64) -> Vec<f64> {
            let times = |unit: &Unit, field: usize| f64::from(unit.times[field].get(term).copied().unwrap_or(0));
            let with = self.units.iter().filter(|unit| (0..4).any(|field| times(unit, field) > 0.0)).count() as f64;
            let rarity = (1.0 + (self.units.len() as f64 - with + 0.5) / (with + 0.5)).ln();
            self.units
                .iter()
                .map(|unit| {
                    let frequency: f64 = (0..4)
                        .map(|field| {
                            let length = unit.lengths[field] as f64 / self.averages[field];
                            WEIGHTS[field] * times(unit, field) / (1.0 - LENGTHS[field] + LENGTHS[field] * length)
                        })
                        .sum();
                    weight * rarity * frequency / (1.2 + frequency)
                })
                .collect()
        }

        /// The best score of each article for plain words (no phrases, no conditions).
        pub fn scores(&self, query: &str) -> BTreeMap<&'static str, f64> {
            let words = words(query);
            let mut sums = vec![0.0; self.units.len()];
            for (at, word) in words.iter().enumerate() {
                let mut variants: BTreeMap<String, f64> = BTreeMap::new();
                if self.terms.contains(&term(word)) {
                    variants.insert(term(word), 1.0);
                }
                if at + 1 == words.len() && !query.ends_with(char::is_whitespace) && word.chars().count() >= 2 {
                    for (_, term) in self.forms.iter().filter(|(form, _)| form.starts_with(word.as_str())).take(100) {
                        variants.entry(term.clone()).or_insert(0.7);
                    }
                }
                if variants.is_empty() && word.chars().count() >= 4 {
                    for (_, term) in self.forms.iter().filter(|(form, _)| one_edit(form, word)) {
                        variants.insert(term.clone(), 0.8);
                    }
                }
                let worth: Vec<Vec<f64>> = variants.iter().map(|(term, weight)| self.term(term, *weight)).collect();
                for (unit, sum) in sums.iter_mut().enumerate() {
                    *sum += worth.iter().map(|worth| worth[unit]).fold(0.0, f64::max);
                }
            }
            let mut best = BTreeMap::new();
            for (unit, score) in self.units.iter().zip(sums).filter(|(_, score)| *score > 0.0) {
                let known = best.entry(unit.article).or_insert(0.0);
                *known = f64::max(*known, score);
            }
            best
        }
    }

    /// Are two words one insertion, deletion, replacement or swap apart?
    fn one_edit(a: &str, b: &str) -> bool {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
        match long.len() - short.len() {
            0 => {
                let other: Vec<usize> = (0..a.len()).filter(|&at| a[at] != b[at]).collect();
                match other[..] {
                    [] | [_] => true,
                    [first, second] => second == first + 1 && a[first] == b[second] && a[second] == b[first],
                    _ => false,
                }
            }
            1 => (0..long.len()).any(|at| long[..at] == short[..at] && long[at + 1..] == short[at..]),
            _ => false,
        }
    }
}

#[test]
fn stems_are_the_published_ones() {
    for word in words() {
        assert_eq!(word.term(), plain::term(word.form()), "{}", word.form());
    }
}

#[test]
fn scores_are_those_of_a_plain_bm25f() {
    let corpus = plain::Corpus::new();
    let mut compared = 0;
    for Judged { query, .. } in judged() {
        // What narrows a search down has tests of its own.
        if query.contains(['"', ':']) || query.split_whitespace().any(|word| word.starts_with('-')) {
            continue;
        }
        let expected = corpus.scores(&query);
        let found: BTreeMap<&str, f64> = search(&query).map(|hit| (hit.article().id(), f64::from(hit.score()))).collect();
        assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "{query}");
        for (id, score) in expected {
            assert!((found[id] - score).abs() < 1e-3 * score.max(1.0), "{query}: {id} has {} and not {score}", found[id]);
        }
        compared += 1;
    }
    assert!(compared >= 80, "{compared} queries compared");
}

#[test]
fn one_hit_an_article_unless_it_is_asked_for() {
    let ids: Vec<&str> = search("chips").map(|hit| hit.article().id()).collect();
    let mut distinct = ids.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(ids.len(), distinct.len());
    let sections: Vec<Hit> = search("in:companies/huawei chips").collect();
    assert!(sections.len() > 1 && sections.iter().all(|hit| hit.article().id() == "companies/huawei"));
}

#[test]
fn conditions_narrow_it_down() {
    assert!(search("in:pioneers chess").all(|hit| hit.article().category().unwrap().id() == "pioneers"));
    assert_eq!(search("in:nowhere chess").count(), 0);
    let with: usize = search("chess").count();
    let without: Vec<Hit> = search("chess -ibm").collect();
    assert!(!without.is_empty() && without.len() < with);
    for hit in search("\"neural network\"") {
        let text = hit.section().map_or(hit.article().lead(), |section| section.text());
        let all = format!(
            "{} {} {text} {}",
            hit.article().title(),
            hit.article().keywords().join(" "),
            hit.section().map_or("", |section| section.title())
        );
        assert!(all.to_lowercase().contains("neural net"), "{all}");
    }
    assert_eq!(search("\"network neural purple\"").count(), 0);
}

#[test]
fn only_a_bare_in_with_an_id_narrows_it_down() {
    let ids = |query: &str| search(query).map(|hit| hit.article().id()).collect::<Vec<_>>();
    assert!(ids("in: chess ").len() > 1);
    assert_eq!(ids("in: chess "), ids("in chess "));
    // A word that no article has.
    assert_eq!(ids("\"in:pioneers\" chess"), ids("chess"));
    assert!(ids("in:pioneers chess").len() < ids("chess").len());
}

#[test]
fn words_beyond_the_limits_are_ignored() {
    let count = |query: &str| search(query).len();
    assert!(count(&format!("{:995}chess", "")) > 0);
    assert_eq!(count(&format!("{:1000}chess", "")), 0);
    let unknown = "zzzzqqqq ".repeat(31);
    assert_eq!(count(&format!("{unknown}chess ")), count("chess "));
    assert_eq!(count(&format!("{unknown}zzzzqqqq chess ")), 0);
}

#[test]
fn words_in_every_form() {
    let first = |query: &str| search(query).next().map(|hit| hit.article().id());
    assert_eq!(first("huawie"), Some("companies/huawei"));
    assert_eq!(first("hugging fa"), Some("companies/hugging-face"));
    assert_eq!(first("RLHF"), first("rlhf"));
    assert_eq!(first("mixtures of experts"), Some("terms/mixture-of-experts"));
    assert_eq!(first("LéCun"), Some("pioneers/yann-lecun"));
}

#[test]
fn no_query_breaks_it() {
    for query in ["", " ", "a", "\"", "-", "in:", "-\"", "in:x in:y", "\u{0}", "*", "\u{202e}", "😀", "人工知能", "'", "-in:", "x\u{301}"]
    {
        let _ = search(query).take(3).count();
    }
    assert_eq!(search("").count(), 0);
    assert_eq!(search("-chess").count(), 0);
    assert_eq!(search("zzzzqqqq").count(), 0);
    for long in ["chess ".repeat(100_000), "x".repeat(1_000_000), "\"".repeat(10_000), "-a ".repeat(10_000), "in:a ".repeat(10_000)] {
        let _ = search(&long).take(3).count();
    }
}

#[test]
fn snippets_show_why() {
    for query in ["perceptron", "Ascend chips", "attention weights", "Turing test", "constitutional"] {
        let hit = search(query).next().unwrap();
        let text = hit.section().map_or(hit.article().lead(), |section| section.text());
        let snippet = hit.snippet();
        assert!(text.contains(snippet.text()) && snippet.text().len() <= 400, "{query}");
        assert!(!snippet.highlights().is_empty(), "{query}: {snippet}");
        let mut last = 0;
        for range in snippet.highlights() {
            assert!(range.start >= last && !snippet.text()[range.clone()].is_empty(), "{query}");
            last = range.end;
        }
    }
}

/// Every lead and section with its fields: title, keywords, heading, text.
fn units() -> impl Iterator<Item = (&'static Article, Option<&'static Section>, [String; 4])> {
    articles().iter().flat_map(|article| {
        std::iter::once(None).chain(article.sections().iter().map(Some)).map(|section: Option<&'static Section>| {
            let heading = section.map_or(article.title(), |section| section.title());
            let text = section.map_or(article.lead(), |section| section.text());
            (*article, section, [article.title(), &article.keywords().join("\n"), heading, text].map(str::to_owned))
        })
    })
}

/// The index as data has every form of every text, as often as it stands there, and nothing else.
#[test]
fn words_are_those_of_the_texts() {
    let terms: HashMap<String, String> = words().map(|word| (word.form().to_owned(), word.term())).collect();
    assert!(words().map(|word| word.form().to_owned()).is_sorted_by(|a, b| a < b));
    // For each term and place, how often in each field.
    let mut expected: BTreeMap<String, BTreeMap<(&str, &str), [u32; 4]>> = BTreeMap::new();
    let mut met = BTreeSet::new();
    for (article, section, fields) in units() {
        for (field, text) in fields.iter().enumerate() {
            for form in forms(text) {
                let term = terms.get(&form).unwrap_or_else(|| panic!("{form} of {article} is in no word"));
                let place = (article.id(), section.map_or("", |section| section.anchor()));
                expected.entry(term.clone()).or_default().entry(place).or_default()[field] += 1;
                met.insert(form);
            }
        }
    }
    assert_eq!(met.len(), words().len());
    for word in words() {
        let found: BTreeMap<(&str, &str), [u32; 4]> = word
            .postings()
            .iter()
            .map(|posting| {
                let place = (posting.article().id(), posting.section().map_or("", |section| section.anchor()));
                (place, [posting.in_title(), posting.in_keywords(), posting.in_heading(), posting.in_text()])
            })
            .collect();
        assert_eq!(found, expected[&word.term()], "{}", word.form());
        assert_eq!(found.len(), word.postings().len(), "{}: a place twice", word.form());
    }
}

/// Who has the words can rank as `search` does: by adding up.
#[test]
fn a_score_is_the_sum_of_its_words() {
    let known: HashMap<String, _> = words().map(|word| (word.form().to_owned(), word)).collect();
    let mut compared = 0;
    for Judged { query, .. } in judged() {
        // A space ends the last word, so that it is no beginning.
        let query = format!("{query} ");
        let forms: Vec<String> = forms(&query).collect();
        if query.contains(['"', ':', '-']) || !forms.iter().all(|form| known.contains_key(form)) {
            continue;
        }
        let mut sums: HashMap<(&str, Option<&str>), f32> = HashMap::new();
        for posting in forms.iter().flat_map(|form| known[form].postings()) {
            *sums.entry((posting.article().id(), posting.section().map(|section| section.anchor()))).or_default() += posting.score();
        }
        for hit in search(&query).take(10) {
            let sum = sums[&(hit.article().id(), hit.section().map(|section| section.anchor()))];
            assert!((sum - hit.score()).abs() < 1e-4 * sum.max(1.0), "{query}: {} and not {sum}", hit.score());
        }
        let best = sums.values().copied().fold(0.0, f32::max);
        assert!((search(&query).next().unwrap().score() - best).abs() < 1e-4 * best, "{query}: not the best first");
        compared += 1;
    }
    assert!(compared >= 80, "{compared} queries compared");
}

/// What the documentation of `Posting::score` says of unfinished and mistyped words.
#[test]
fn beginnings_and_typos_count_less() {
    let known: BTreeSet<String> = words().map(|word| word.form().to_owned()).collect();
    let best = |query: &str| search(query).next().map_or(0.0, |hit| hit.score());
    let (mut beginnings, mut typos) = (0, 0);
    for word in known.iter().filter(|word| word.len() >= 8 && word.bytes().all(|byte| byte.is_ascii_lowercase())).step_by(50) {
        let cut = &word[..word.len() - 2];
        if known.iter().filter(|other| other.starts_with(cut)).count() == 1 && search(&format!("{cut} ")).len() == 0 {
            assert!((best(cut) / best(&format!("{word} ")) - 0.7).abs() < 1e-4, "{cut}");
            beginnings += 1;
        }
        let wrong = format!("{}q{} ", &word[..3], &word[3..]);
        let found: BTreeSet<_> = search(&wrong).map(|hit| hit.article().id()).collect();
        if found == search(&format!("{word} ")).map(|hit| hit.article().id()).collect() {
            assert!((best(&wrong) / best(&format!("{word} ")) - 0.8).abs() < 1e-4, "{wrong}");
            typos += 1;
        }
    }
    assert!(beginnings >= 5 && typos >= 20, "{beginnings} beginnings and {typos} typos compared");
}
