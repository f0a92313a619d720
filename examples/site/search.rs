//! The crate's index of words for `search.js`, which finds in the browser what `ai_almanac::search` finds.

use std::collections::HashMap;

use ai_almanac::{Article, Section, articles, words};
use serde::Serialize;

use crate::Site;
use crate::places::encoded;

/// What a browser needs to rank: places are numbered, each article's lead and then its sections.
#[derive(Serialize)]
struct Index {
    articles: Vec<Entry>,
    /// Every form, by a space apart.
    words: String,
    /// For each form, the number of its term.
    terms: Vec<usize>,
    /// For each term: a place, as the distance from the one before, and the score there in thousandths, and so on.
    scores: Vec<String>,
}

#[derive(Serialize)]
struct Entry {
    page: String,
    title: &'static str,
    keywords: &'static [&'static str],
    /// The ids that `in:` may name for it.
    within: Vec<&'static str>,
    /// Titles and anchors.
    sections: Vec<[String; 2]>,
}

/// Assigns a value to a variable: a script can be loaded from a disk, data can't.
fn script(variable: &str, value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).expect("texts and numbers can be written");
    format!("var {variable} = {json};\n")
}

pub fn index(site: &Site) -> String {
    let mut numbers: HashMap<(&str, Option<&str>), usize> = HashMap::new();
    for article in articles() {
        for section in std::iter::once(None).chain(article.sections().iter().map(Some)) {
            let number = numbers.len();
            numbers.insert((article.id(), section.map(Section::anchor)), number);
        }
    }
    let entry = |article: &&'static Article| {
        let categories = std::iter::successors(article.category(), |category| category.parent());
        Entry {
            page: encoded(site.places.article(article)),
            title: article.title(),
            keywords: article.keywords(),
            within: std::iter::once(article.id())
                .chain(categories.map(|category| category.id()))
                .collect(),
            sections: article
                .sections()
                .iter()
                .map(|section| [section.title().to_owned(), encoded(section.anchor())])
                .collect(),
        }
    };
    let mut known: HashMap<String, usize> = HashMap::new();
    let (mut forms, mut terms, mut scores) = (Vec::new(), Vec::new(), Vec::new());
    for word in words() {
        let number = *known.entry(word.term()).or_insert_with(|| {
            let mut last = 0;
            let postings = word.postings().into_iter().map(|posting| {
                let number =
                    numbers[&(posting.article().id(), posting.section().map(Section::anchor))];
                let distance = number - std::mem::replace(&mut last, number);
                format!("{distance} {:.0}", posting.score() * 1000.0)
            });
            scores.push(postings.collect::<Vec<_>>().join(" "));
            scores.len() - 1
        });
        forms.push(word.form().to_owned());
        terms.push(number);
    }
    script(
        "almanacIndex",
        &Index {
            articles: articles().iter().map(entry).collect(),
            words: forms.join(" "),
            terms,
            scores,
        },
    )
}

/// The texts that snippets are cut from: for each article its lead and its sections.
pub fn texts() -> String {
    let texts = |article: &&'static Article| -> Vec<&str> {
        std::iter::once(article.lead())
            .chain(article.sections().iter().map(Section::text))
            .collect()
    };
    script("almanacTexts", &articles().iter().map(texts).collect::<Vec<_>>())
}
