//! The index as data.

use super::*;

/// Every lead and section with its fields: title, keywords, description, questions, heading, text.
fn units() -> impl Iterator<Item = (&'static Article, Option<&'static Section>, [String; 6])> {
    articles().iter().flat_map(|article| {
        std::iter::once(None).chain(article.sections().iter().map(Some)).map(
            |section: Option<&'static Section>| {
                let heading = section.map_or(article.title(), |section| section.title());
                let text =
                    analysis::searched(section.map_or(article.lead(), |section| section.text()));
                let (keywords, questions) = (plain::names(article), article.questions().join("\n"));
                let fields =
                    [article.title(), &keywords, article.description(), &questions, heading, &text];
                (*article, section, fields.map(str::to_owned))
            },
        )
    })
}

/// The index as data has every form of every text, as often as it stands there, and nothing else.
#[test]
fn words_are_those_of_the_texts() {
    let terms: HashMap<String, String> =
        words().map(|word| (word.form().to_owned(), word.term())).collect();
    assert!(words().map(|word| word.form().to_owned()).is_sorted_by(|a, b| a < b));
    // For each term and place, how often in each field.
    let mut expected: BTreeMap<String, BTreeMap<(&str, &str), [u32; 6]>> = BTreeMap::new();
    let mut met = BTreeSet::new();
    for (article, section, fields) in units() {
        for (field, text) in fields.iter().enumerate() {
            // Function words are left out where they are never all there is.
            let kept = [0, 1, 4].contains(&field);
            for form in forms(text).filter(|form| kept || !is_function_word(form)) {
                let term =
                    terms.get(&form).unwrap_or_else(|| panic!("{form} of {article} is in no word"));
                let place = (article.id(), section.map_or("", |section| section.anchor()));
                expected.entry(term.clone()).or_default().entry(place).or_default()[field] += 1;
                met.insert(form);
            }
        }
    }
    assert_eq!(met.len(), words().len());
    for word in words() {
        let found: BTreeMap<(&str, &str), [u32; 6]> = word
            .postings()
            .iter()
            .map(|posting| {
                let place = (
                    posting.article().id(),
                    posting.section().map_or("", |section| section.anchor()),
                );
                let frequencies = [
                    posting.in_title(),
                    posting.in_keywords(),
                    posting.in_description(),
                    posting.in_questions(),
                    posting.in_heading(),
                    posting.in_text(),
                ];
                (place, frequencies)
            })
            .collect();
        assert_eq!(found, expected[&word.term()], "{}", word.form());
        assert_eq!(found.len(), word.postings().len(), "{}: a place twice", word.form());
    }
}

/// A program with the words can rank as `search` does: by adding up, less for what is missing.
#[test]
fn a_score_is_the_sum_of_its_words() {
    let known: HashMap<String, _> = words().map(|word| (word.form().to_owned(), word)).collect();
    let terms: BTreeSet<String> = words().map(|word| word.term()).collect();
    let count = units().count() as f32;
    let idf = |with: usize| {
        let with = with as f32;
        1.0 + (1.0 + (count - with + 0.5) / (with + 0.5)).ln()
    };
    let corpus = Corpus::new(true);
    let mut compared = 0;
    for Judged { query, .. } in
        judged().iter().chain(&lay(true)).filter(|judged| is_plain(&judged.query))
    {
        let all = Words::new(query).words;
        let one = all.windows(2).any(|pair| terms.contains(&analysis::term(&pair.concat())));
        let asked: Vec<&String> = all.iter().filter(|word| !is_function_word(word)).collect();
        // Words that questions ask for count too, and so do words that can be written as one, or
        // in two parts.
        let parts = asked.iter().any(|word| corpus.parts(word).is_some());
        if one
            || parts
            || is_function_word(&all[0])
            || !asked.iter().all(|form| known.contains_key(*form))
        {
            continue;
        }
        // A space ends the last word, so that it is no beginning.
        let query = format!("{query} ");
        let mut sums: HashMap<(&str, &str), (f32, f32)> = HashMap::new();
        let postings = asked.iter().map(|form| known[*form].postings());
        let weights = postings.clone().map(|postings| idf(postings.len()));
        let total: f32 = weights.clone().sum();
        let of_words = postings.zip(weights);
        let each =
            of_words.flat_map(|(postings, idf)| postings.into_iter().map(move |one| (one, idf)));
        for (posting, idf) in each {
            let anchor = posting.section().map_or("", |section| section.anchor());
            // Lists of links and the pages of folders count less.
            let article = posting.article();
            let page = article.category().and_then(|folder| folder.index()) == Some(article);
            let weight = if page || anchor == "further-reading" { 0.8 } else { 1.0 };
            let (sum, cover) = sums.entry((posting.article().id(), anchor)).or_default();
            *sum += weight * posting.score();
            *cover += idf;
        }
        let hits: Vec<Hit> = search(&query).take(10).collect();
        for hit in &hits {
            let (sum, cover) = sums[&(hit.article().id(), anchor(hit))];
            let sum = sum * (0.5 + 0.5 * cover / total);
            assert!(
                (sum - hit.score()).abs() < 1e-4 * sum.max(1.0),
                "{query}: {} and not {sum}",
                hit.score()
            );
        }
        compared += 1;
    }
    assert!(compared >= 100, "{compared} queries compared");
}

/// Checks what the documentation of `Posting::score` says of unfinished and mistyped words.
#[test]
fn beginnings_and_typos_count_less() {
    let known: BTreeSet<String> = words().map(|word| word.form().to_owned()).collect();
    let best = |query: &str| search(query).next().map_or(0.0, |hit| hit.score());
    let corpus = Corpus::new(true);
    let (mut beginnings, mut typos) = (0, 0);
    for word in known
        .iter()
        .filter(|word| word.len() >= 8 && word.bytes().all(|byte| byte.is_ascii_lowercase()))
        // A word that is looked for in two parts as well has more than its own score.
        .filter(|word| corpus.parts(word).is_none())
        .step_by(50)
    {
        let cut = &word[..word.len() - 2];
        if known.iter().filter(|other| other.starts_with(cut)).count() == 1
            && search(&format!("{cut} ")).len() == 0
        {
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
