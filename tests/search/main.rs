//! Search: the right answers, the right scores, and no query that breaks it.

mod analysis;
mod plain;
mod snippets;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ai_almanac::{Article, Hit, Section, articles, forms, search, words};
use analysis::{Words, is_function_word};
use plain::Corpus;
use serde::Deserialize;

/// A query with its right answers: ids of articles, or `id#anchor` for a section.
#[derive(Deserialize)]
struct Judged {
    query: String,
    /// Any of these must come first.
    first: Vec<String>,
    /// All of these must be among the first three articles.
    #[serde(default)]
    among: Vec<String>,
}

fn judged() -> Vec<Judged> {
    serde_json::from_str(include_str!("../queries.json")).unwrap()
}

/// Queries in the words of people who don't know the terms, with the ids of articles that answer
/// them: those among the first 71 articles, and if `later` those that came afterwards.
fn lay(later: bool) -> Vec<Judged> {
    let line = |line: &str| {
        let mut columns = line.split('\t');
        let query = columns.next().unwrap().to_owned();
        let answers = columns.take(if later { 2 } else { 1 });
        let first = answers.flat_map(|ids| ids.split(',')).map(str::to_owned).collect();
        Judged { query, first, among: Vec::new() }
    };
    include_str!("../paraphrases.tsv").lines().map(line).collect()
}

/// Queries in lay words, and their answers, by somebody who saw neither the questions nor any
/// ranking. They take no part in choosing weights, words or questions: they tell what that brings.
fn unseen() -> Vec<Judged> {
    let line = |line: &str| {
        let (query, answers) = line.split_once('\t').unwrap();
        let first = answers.split(',').map(str::to_owned).collect();
        Judged { query: query.to_owned(), first, among: Vec::new() }
    };
    include_str!("../unseen.tsv").lines().map(line).collect()
}

/// Without what narrows a search down, which has tests of its own.
fn is_plain(query: &str) -> bool {
    !query.contains(['"', ':']) && !query.split_whitespace().any(|word| word.starts_with('-'))
}

fn anchor(hit: &Hit) -> &'static str {
    hit.section().map_or("", |section| section.anchor())
}

fn text(hit: &Hit) -> &'static str {
    hit.section().map_or(hit.article().lead(), |section| section.text())
}

fn is(hit: &Hit, answer: &str) -> bool {
    match answer.split_once('#') {
        Some((id, wanted)) => hit.article().id() == id && anchor(hit) == wanted,
        None => hit.article().id() == answer,
    }
}

/// The mean reciprocal rank of the first right answers, and the queries that aren't answered in the
/// first place.
fn mean_rank(queries: &[Judged]) -> (f64, Vec<String>) {
    let (mut sum, mut ranked, mut wrong) = (0.0, 0, Vec::new());
    for Judged { query, first, .. } in queries.iter().filter(|judged| !judged.first.is_empty()) {
        ranked += 1;
        let hits: Vec<Hit> = search(query).take(10).collect();
        let rank = hits.iter().position(|hit| first.iter().any(|answer| is(hit, answer)));
        sum += rank.map_or(0.0, |rank| 1.0 / (rank + 1) as f64);
        if rank != Some(0) {
            let found: Vec<String> = hits
                .iter()
                .take(3)
                .map(|hit| format!("{}#{}", hit.article().id(), anchor(hit)))
                .collect();
            wrong.push(format!("{query}: wanted {first:?}, found {found:?}"));
        }
    }
    (sum / f64::from(ranked), wrong)
}

/// `cargo test --test search -- --nocapture` prints the figures.
#[test]
fn right_answers_come_first() {
    let queries = judged();
    assert!(queries.len() >= 231);
    let (mean, mut wrong) = mean_rank(&queries);
    let mut among = 0;
    for Judged { query, among: wanted, .. } in &queries {
        let hits: Vec<Hit> = search(query).take(3).collect();
        let missing: Vec<&String> =
            wanted.iter().filter(|answer| !hits.iter().any(|hit| is(hit, answer))).collect();
        if missing.is_empty() {
            among += 1;
        } else {
            wrong.push(format!("{query}: {missing:?} not among the first three"));
        }
    }
    println!(
        "{} judged queries: mean reciprocal rank {mean:.3}; {among} have what they want among the \
        first three",
        queries.len()
    );
    wrong.iter().for_each(|line| println!("  {line}"));
    assert!(mean >= 0.95, "mean reciprocal rank {mean:.3}");
    assert!(
        among * 100 >= queries.len() * 90,
        "{among} of {} have what they want among the first three",
        queries.len()
    );
}

#[test]
fn lay_words_find_what_they_mean() {
    let queries = lay(true);
    let (mean, wrong) = mean_rank(&queries);
    let (mean_of_first, _) = mean_rank(&lay(false));
    println!("{} queries in lay words: mean reciprocal rank {mean:.3}", queries.len());
    println!("  by the answers among the first articles {mean_of_first:.3}");
    wrong.iter().for_each(|line| println!("  {line}"));
    let corpus = Corpus::new(false);
    let rank = |judged: &Judged| {
        let found = corpus.search(&judged.query);
        let rank = found
            .iter()
            .take(10)
            .position(|(id, _)| judged.first.iter().any(|answer| answer == id));
        rank.map_or(0.0, |rank| 1.0 / (rank + 1) as f64)
    };
    println!(
        "  without the field of questions {:.3}",
        queries.iter().map(rank).sum::<f64>() / queries.len() as f64
    );
    assert!(mean >= 0.85, "mean reciprocal rank {mean:.3}");
    assert!(mean_of_first >= 0.85, "mean reciprocal rank {mean_of_first:.3}");
}

#[test]
fn unseen_queries_find_what_they_mean() {
    let queries = unseen();
    let (mean, wrong) = mean_rank(&queries);
    println!("{} unseen queries: mean reciprocal rank {mean:.3}", queries.len());
    println!("  {} have what they want first", queries.len() - wrong.len());
    assert!(mean >= 0.75, "mean reciprocal rank {mean:.3}");
}

/// A question that is left out of the index must find its article by what the article says and by
/// the other questions. `almanac check` names those that don't.
#[test]
fn questions_are_earned() {
    let index = <ai_almanac::Almanac as almanac_core::Searchable>::INDEX;
    let (mut unearned, mut all, mut sum, mut found) = (Vec::new(), 0, 0.0, 0.0);
    for (number, article) in (0..).zip(articles()) {
        for question in article.questions() {
            let hits = almanac_core::generated::engine::find_without(index, number, question);
            let rank = hits.iter().take(10).position(|found| found.article == number);
            if rank.is_none_or(|rank| rank >= 3) {
                unearned.push(format!("{}: {question}", article.id()));
            }
            sum += rank.map_or(0.0, |rank| 1.0 / (rank + 1) as f64);
            all += 1;
        }
        // With it the article is found.
        for question in article.questions() {
            let question = format!("{question} ").replace('"', " ");
            let rank = search(&question).take(10).position(|hit| hit.article() == *article);
            found += rank.map_or(0.0, |rank| 1.0 / (rank + 1) as f64);
        }
    }
    let mean = |sum: f64| sum / f64::from(all);
    println!("{all} questions: mean reciprocal rank {:.3}", mean(sum));
    println!("  with themselves in the index {:.3}", mean(found));
    assert!(mean(found) > 0.85, "{:.3}", mean(found));
    assert!(unearned.is_empty(), "unearned of {all} questions:\n{}", unearned.join("\n"));
}

/// A sentence has an answer, not everything that has a word of it.
#[test]
fn sentences_have_few_hits() {
    let mut sum = 0;
    let mut sentences = 0;
    for Judged { query, .. } in
        judged().iter().chain(&lay(true)).filter(|judged| is_plain(&judged.query))
    {
        let words = Words::new(query).words;
        if words.len() > 2 && words.iter().any(|word| is_function_word(word)) {
            let hits = search(query).len();
            assert!((1..=40).contains(&hits), "{query}: {hits} hits");
            sum += hits;
            sentences += 1;
        }
    }
    println!(
        "{sentences} sentences have {:.1} hits on average",
        f64::from(sum as u32) / f64::from(sentences)
    );
    assert!(search("how do I stop a model from making things up").len() <= 40);
    // A rare word hides nothing that has the other one in its title.
    for (query, wanted) in [
        ("nvidia boss", "companies/nvidia"),
        ("ceo of openai", "companies/openai"),
        ("openai valuation", "companies/openai"),
        ("what year was openai founded", "companies/openai"),
        ("define hallucination", "terms/hallucination"),
        ("date of chatgpt release", "companies/openai"),
    ] {
        let mut hits = search(query);
        assert!((10..=60).contains(&hits.len()), "{query}: {} hits", hits.len());
        assert!(hits.any(|hit| hit.article().id() == wanted), "{query}");
    }
}

/// Stemming alone leaves the plural of what has no vowel.
#[test]
fn plurals_of_capitals_are_their_singulars() {
    let ids = |query: &str| search(query).map(|hit| hit.article().id()).collect::<Vec<_>>();
    for (plural, singular) in [("LLMs ", "LLM "), ("TPUs ", "TPU "), ("GPUs ", "GPU ")] {
        assert_eq!(ids(plural), ids(singular), "{plural}");
    }
    assert_eq!(ids("what are LLMs")[0], "terms/large-language-model");
}

#[test]
fn function_words_say_nothing_by_themselves() {
    let ids = |query: &str| search(query).map(|hit| hit.article().id()).collect::<Vec<_>>();
    assert_eq!(ids("who makes the Ascend chips "), ids("makes Ascend chips "));
    assert_eq!(ids("what’s a token ")[..3], ids("whats a token ")[..3]);
    for query in ["who makes Ascend chips", "how do I stop a model from making things up"] {
        for hit in search(query).take(10) {
            let snippet = hit.snippet();
            for range in snippet.highlights() {
                let marked = snippet.text()[range.clone()].to_lowercase();
                assert!(!is_function_word(&marked), "{query}: {marked} is marked");
            }
        }
    }
    // In quotes they count.
    let quoted = "\"the chips\"";
    assert!(!ids(quoted).is_empty() && ids(quoted).len() < ids("chips ").len());
    for hit in search(quoted) {
        let mut fields = vec![text(&hit), hit.article().title(), hit.article().description()];
        fields.extend(hit.section().map(|section| section.title()));
        fields.extend(hit.article().keywords().iter().chain(hit.article().questions()));
        let stands = |field: &&str| field.to_lowercase().contains("the chip");
        assert!(fields.iter().any(stands), "{hit:?}");
    }
    assert!(!ids("\"it is\"").is_empty());
    // Alone they are looked for in titles, keywords and headings only.
    for hit in search("how is it ") {
        let heading = hit.section().map_or(hit.article().title(), |section| section.title());
        let fields = format!("{heading} {} {}", hit.article().title(), plain::names(hit.article()));
        assert!(
            Words::new(&fields)
                .words
                .iter()
                .any(|word| ["how", "is", "it"].contains(&word.as_str())),
            "{fields}"
        );
    }
}

#[test]
fn scores_are_those_of_a_plain_bm25f() {
    let corpus = Corpus::new(true);
    let mut compared = 0;
    for Judged { query, .. } in
        judged().iter().chain(&lay(true)).filter(|judged| is_plain(&judged.query))
    {
        let expected = corpus.search(query);
        let found: Vec<(&str, f64)> =
            search(query).map(|hit| (hit.article().id(), f64::from(hit.score()))).collect();
        let ids =
            |hits: &[(&'static str, f64)]| hits.iter().map(|(id, _)| *id).collect::<BTreeSet<_>>();
        // At the end of a list that is cut, equals may change places.
        if expected.len() < 40 {
            assert_eq!(ids(&found), ids(&expected), "{query}");
        }
        assert_eq!(found.len(), expected.len(), "{query}");
        for ((id, score), (_, other)) in found.iter().zip(&expected) {
            assert!(
                (score - other).abs() < 1e-3 * other.max(1.0),
                "{query}: {id} has {score} and not {other}\n{found:?}\n{expected:?}"
            );
        }
        compared += 1;
    }
    assert!(compared >= 260, "{compared} queries compared");
}

/// Questions included.
#[test]
fn the_index_is_at_most_35_percent_of_the_text() {
    let text: usize = articles().iter().map(|article| article.text().len()).sum();
    let index = <ai_almanac::Almanac as almanac_core::Searchable>::INDEX.len();
    let share = index as f64 / text as f64;
    println!("the index has {share:.3} of the text: {index} of {text} bytes");
    assert!(share <= 0.35, "{share:.3}");
}

#[test]
fn stems_are_the_published_ones() {
    for word in words() {
        assert_eq!(word.term(), analysis::term(word.form()), "{}", word.form());
    }
}

/// Snippets look up only words that begin like one that matched.
#[test]
fn words_of_one_stem_begin_alike() {
    for word in words() {
        assert_eq!(word.term().as_bytes()[0], word.form().as_bytes()[0], "{}", word.form());
    }
}

#[test]
fn one_hit_an_article_unless_it_is_asked_for() {
    let ids: Vec<&str> = search("chips").map(|hit| hit.article().id()).collect();
    let mut distinct = ids.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(ids.len(), distinct.len());
    let sections: Vec<Hit> = search("in:companies/huawei chips").collect();
    assert!(
        sections.len() > 1 && sections.iter().all(|hit| hit.article().id() == "companies/huawei")
    );
}

#[test]
fn conditions_narrow_it_down() {
    assert!(
        search("in:pioneers chess").all(|hit| hit.article().category().unwrap().id() == "pioneers")
    );
    assert_eq!(search("in:nowhere chess").count(), 0);
    let with: usize = search("chess").count();
    let without: Vec<Hit> = search("chess -ibm").collect();
    assert!(!without.is_empty() && without.len() < with);
    for hit in search("\"neural network\"") {
        let text = hit.section().map_or(hit.article().lead(), |section| section.text());
        // Texts of the whole article count for each of its sections.
        let all = format!(
            "{} {} {} {} {text} {}",
            hit.article().title(),
            hit.article().keywords().join(" "),
            hit.article().description(),
            hit.article().questions().join(" "),
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
    // Quoted it is a phrase: `in pioneers`, which no article has.
    assert!(ids("\"in:pioneers\" chess").is_empty());
    assert!(search("\"in:terms\" of").all(|hit| text(&hit).to_lowercase().contains("in terms")));
    assert!(ids("in:pioneers chess").len() < ids("chess").len());
}

#[test]
fn a_condition_alone_lists() {
    let ids = |query: &str| search(query).map(|hit| hit.article().id()).collect::<Vec<_>>();
    let listed = articles().iter().map(|article| article.id());
    assert_eq!(
        ids("in:companies"),
        listed.filter(|id| id.starts_with("companies/")).collect::<Vec<_>>()
    );
    assert!(search("in:companies").all(|hit| hit.section().is_none() && hit.score() == 0.0));
    let huawei = &ai_almanac::companies::HUAWEI;
    let sections = search("in:companies/huawei/").filter_map(|hit| hit.section());
    assert!(sections.eq(huawei.sections()));
    let without = ids("in:companies -Ascend");
    assert!(
        !without.is_empty()
            && without.len() < ids("in:companies").len()
            && !without.contains(&"companies/huawei")
    );
}

#[test]
fn unknown_conditions_are_named() {
    assert_eq!(
        search("in:nope chess in:companies/huawie in:terms").unknown_filters(),
        ["nope", "companies/huawie"]
    );
    assert!(search("in:companies in:companies/huawei \"in:nope\"").unknown_filters().is_empty());
    // Those that are known still count.
    assert!(search("in:nope in:pioneers chess").len() > 0);
    assert_eq!(search("in:nope").len(), 0);
    // Capitals don't matter.
    assert_eq!(search("in:Companies").len(), search("in:companies").len());
    assert!(search("in:Companies/HUAWEI").unknown_filters().is_empty());
}

#[test]
fn words_beyond_the_limits_are_ignored() {
    let count = |query: &str| search(query).len();
    assert!(count(&format!("{:995}chess", "")) > 0);
    assert_eq!(count(&format!("{:1000}chess", "")), 0);
    assert!(
        search(&format!("{:1000}chess", "")).truncated()
            && !search(&format!("{:995}chess", "")).truncated()
    );
    assert!(search(&"chess ".repeat(33)).truncated() && !search(&"chess ".repeat(32)).truncated());
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
fn words_joined_and_apart() {
    let first = |query: &str| search(query).next().map_or("none", |hit| hit.article().id());
    for query in ["open ai", "openai", "Open-AI"] {
        assert_eq!(first(query), "companies/openai", "{query}");
    }
    for query in ["deep mind", "deepmind "] {
        assert_eq!(first(query), "companies/deepmind", "{query}");
    }
    for query in ["finetuning", "fine tuning", "fine-tuning", "fine-tuned"] {
        assert_eq!(first(query), "terms/fine-tuning", "{query}");
    }
    let top =
        |query: &str| search(query).take(3).map(|hit| hit.article().id()).collect::<BTreeSet<_>>();
    for query in ["few shot ", "chat gpt ", "gpt 4 ", "gpt4 ", "selfattention ", "deepseekr1 "] {
        assert!(!top(query).is_empty(), "{query}");
    }
    assert_eq!(top("GPT4 "), top("GPT-4 "));
    assert_eq!(top("chat gpt "), top("chatgpt "));
    assert_eq!(first("deepseekr1"), "companies/deepseek");
    assert!(search("\"finetuning\"").len() > 0);
    for query in ["texttoimage ", "text-to-image "] {
        assert!(top(query).contains("applications/image-and-video-generation"), "{query}");
    }
    // Words that few articles write as one are looked for apart as well.
    for query in ["deeplearning ", "machinelearning ", "huggingface "] {
        assert!(search(query).len() >= 10, "{query}");
    }
    assert!(top("deeplearning ").contains("terms/deep-learning"));
    // As one it is rare, but it isn't what is meant.
    assert_eq!(first("deep learning"), "terms/deep-learning");
    // Phrases know both.
    let phrase = |query: &str| search(query).map(|hit| hit.article().id()).collect::<BTreeSet<_>>();
    assert_eq!(phrase("\"fine-tuning a model\""), phrase("\"finetuning a model\""));
}

#[test]
fn no_query_breaks_it() {
    for query in [
        "",
        " ",
        "a",
        "\"",
        "-",
        "in:",
        "-\"",
        "in:x in:y",
        "\u{0}",
        "*",
        "\u{202e}",
        "😀",
        "人工知能",
        "'",
        "-in:",
        "x\u{301}",
    ] {
        let _ = search(query).take(3).count();
    }
    assert_eq!(search("").count(), 0);
    assert_eq!(search("-chess").count(), 0);
    assert_eq!(search("zzzzqqqq").count(), 0);
    for long in [
        "chess ".repeat(100_000),
        "x".repeat(1_000_000),
        "\"".repeat(10_000),
        "-a ".repeat(10_000),
        "in:a ".repeat(10_000),
    ] {
        let _ = search(&long).take(3).count();
    }
}

/// A folder's page has the title of its folder only, which is an ordinary word: `Tools`.
#[test]
fn titles_find_their_articles() {
    let (mut first, mut wrong) = (0, Vec::new());
    let is_page = |article: &Article| {
        article.category().and_then(|folder| folder.index()).is_some_and(|page| page == article)
    };
    let titled: Vec<&&Article> = articles().iter().filter(|article| !is_page(article)).collect();
    for article in &titled {
        let found: Vec<_> = search(article.title()).take(2).map(|hit| hit.article()).collect();
        match found.iter().position(|found| found == *article) {
            Some(0) => first += 1,
            place => wrong.push(format!("  {}: {place:?} {}", article.title(), found[0].id())),
        }
    }
    println!("{first} of {} titles find their article first\n{}", titled.len(), wrong.join("\n"));
    assert!(wrong.iter().all(|line| line.contains(": Some(1)")), "{wrong:?}");
    assert!(first + 2 >= titled.len(), "{wrong:?}");
}
