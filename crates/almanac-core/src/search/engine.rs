//! Search in an index that is no static: for the compiler, which checks what it wrote.

// The library is `no_std`; search is not.
use std::prelude::rust_2024::*;

use super::analysis::{is_function_word, tokens};
use super::format::ArticleRow;
use super::index::{Index, Without};
use super::query;
use super::rank;
pub use super::rank::Texts;

/// A unit that was found: index of the article, of the section plus one (0 is the lead), and the
/// score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    pub article: u32,
    pub at: u32,
    pub score: f32,
}

/// Returns what a query finds, the best first.
#[must_use]
pub fn find(index: &[u8], query: &str, texts: &impl Texts) -> Vec<Found> {
    sorted(&Index::new(index), &query::parse(query), texts)
}

/// Returns how many places [`find_without`] looks at, about: those of the question's words, and one
/// for each article.
#[must_use]
pub fn places(index: &[u8], question: &str) -> u64 {
    let index = Index::new(index);
    let tokens = tokens(question);
    let words = tokens.iter().filter(|token| !is_function_word(&token.form));
    let places = words.filter_map(|token| index.words.get(&token.form));
    let counts = places.map(|place| u64::from(index.count_with(place)));
    u64::from(index.header.articles) + counts.sum::<u64>()
}

/// Returns what one of an article's questions finds in an index of all questions but this one.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    reason = "an average of lengths, rounded as in the index"
)]
pub fn find_without(index: &[u8], article: u32, question: &str) -> Vec<Found> {
    let mut index = Index::new(index);
    let mut without = Without { article, places: Vec::new(), words: 0 };
    for token in tokens(question).iter().filter(|token| !is_function_word(&token.form)) {
        without.words = without.words.saturating_add(u16::from(token.is_word()));
        without.places.extend(index.words.get(&token.form));
    }
    without.places.sort_unstable();
    let rows = (0..index.header.articles).map(|article| index.article(article));
    let length = |row: ArticleRow| f64::from(row.lengths[Without::FIELD]);
    let sum = rows.map(length).sum::<f64>() - f64::from(without.words);
    let count = f64::from(index.header.articles);
    index.header.averages[Without::FIELD] = if sum > count { (sum / count) as f32 } else { 1.0 };
    index.without = Some(without);
    sorted(&index, &query::parse_plain(question), &NoTexts)
}

fn sorted(index: &Index, query: &query::Query, texts: &impl Texts) -> Vec<Found> {
    let mut found = rank::answer(index, query, texts).found;
    found.sort_unstable_by(|one, other| other.cmp(one));
    let public = |found: rank::Found| {
        let rank::Found { article, at, score, .. } = found;
        Found { article, at, score }
    };
    found.into_iter().map(public).collect()
}

/// For queries without quotes and conditions.
struct NoTexts;

impl Texts for NoTexts {
    fn fields(&self, _: u32, _: u32) -> Vec<&str> {
        Vec::new()
    }

    fn within(&self, _: u32, _: &[String]) -> Option<bool> {
        Some(false)
    }
}
