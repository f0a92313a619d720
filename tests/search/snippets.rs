//! Snippets: what they show, and what is marked in them.

use super::*;

#[test]
fn snippets_show_why() {
    for query in
        ["perceptron", "Ascend chips", "attention weights", "Turing test", "constitutional"]
    {
        let hit = search(query).next().unwrap();
        let snippet = hit.snippet();
        assert!(text(&hit).contains(snippet.text()) && snippet.text().len() <= 400, "{query}");
        assert!(!snippet.highlights().is_empty(), "{query}: {snippet}");
        let mut last = 0;
        for range in snippet.highlights() {
            assert!(range.start >= last && !snippet.text()[range.clone()].is_empty(), "{query}");
            last = range.end;
        }
    }
}

/// A quoted phrase is marked where it stands together, function words too, and nowhere else.
#[test]
fn phrases_are_marked_as_one() {
    for phrase in ["attention is all you need", "large language model", "of the"] {
        let mut marked = 0;
        for hit in search(&format!("\"{phrase}\"")) {
            let snippet = hit.snippet();
            for range in snippet.highlights() {
                let words = Words::new(&snippet.text()[range.clone()]).words.join(" ");
                assert!(words.starts_with(phrase), "{phrase}: {words}");
                marked += 1;
            }
            let stands = text(&hit).to_lowercase().contains(phrase);
            assert!(!stands || !snippet.highlights().is_empty(), "{phrase}: {snippet}");
        }
        assert!(marked > 0, "{phrase}");
    }
    // A word beside it is marked everywhere.
    let hit = search("\"large language model\" text ").next().unwrap();
    let snippet = hit.snippet();
    let marked: Vec<&str> =
        snippet.highlights().iter().map(|range| &snippet.text()[range.clone()]).collect();
    assert!(marked.iter().any(|one| one.starts_with("large language model")), "{marked:?}");
    assert!(marked.iter().any(|one| one.to_lowercase().starts_with("text")), "{marked:?}");
}

/// A word and what it is joined to are marked as one: `GPT-3` for `gpt`, `3` and `gpt3`.
#[test]
fn what_is_marked_stands_apart() {
    let mut marked = 0;
    for Judged { query, .. } in judged().iter().chain(&lay(true)) {
        for hit in search(query).take(10) {
            let snippet = hit.snippet();
            let mut last = 0;
            for range in snippet.highlights() {
                assert!(last <= range.start && range.start < range.end, "{query}: {snippet}");
                last = range.end;
                marked += 1;
            }
        }
    }
    assert!(marked > 2_000, "{marked}");
}

/// Of the words that stand in the text that was found, the rarest stands in the snippet, and is
/// marked.
#[test]
fn snippets_have_the_rarest_word() {
    let places: HashMap<String, usize> =
        words().map(|word| (word.term(), word.postings().len())).collect();
    let terms = |text: &str| -> BTreeSet<String> {
        let Words { words, joined } = Words::new(text);
        let joined = joined.into_iter().map(|(.., form)| form);
        let content = words.into_iter().chain(joined).filter(|word| !is_function_word(word));
        content.map(|word| analysis::term(&word)).collect()
    };
    let corpus = Corpus::new(true);
    let (mut seen, mut elsewhere) = (0, 0);
    for Judged { query, .. } in
        judged().iter().chain(&lay(true)).filter(|judged| is_plain(&judged.query))
    {
        let words = Words::new(query).words;
        let mut asked: BTreeSet<String> = words.iter().flat_map(|word| terms(word)).collect();
        // A mistyped word is no term.
        if !asked.iter().all(|term| places.contains_key(term)) {
            continue;
        }
        asked.extend(words.windows(2).map(|pair| analysis::term(&pair.concat())));
        let parts = words.iter().filter_map(|word| corpus.parts(word));
        asked.extend(parts.flat_map(|(first, second)| [first, second]).map(analysis::term));
        // A space ends the last word, so that it is no beginning.
        for hit in search(&format!("{query} ")).take(3) {
            let found = terms(text(&hit));
            let Some(rarest) = asked.intersection(&found).map(|term| places[term]).min() else {
                elsewhere += 1;
                continue;
            };
            let snippet = hit.snippet();
            let marked = snippet.highlights().iter().map(|range| &snippet.text()[range.clone()]);
            let shown = terms(&marked.collect::<Vec<_>>().join(" "));
            let best = asked.intersection(&shown).map(|term| places[term]).min();
            assert!(best.is_some_and(|best| best <= rarest), "{query}: {snippet}");
            seen += 1;
        }
    }
    println!(
        "{seen} snippets have the rarest word; of {elsewhere} hits only titles and the like match"
    );
    assert!(seen > 500);
}
