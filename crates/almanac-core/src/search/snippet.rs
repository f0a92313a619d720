//! The part of a text that shows why it was found.

// The library is `no_std`; search is not.
use std::prelude::rust_2024::*;

use core::fmt;
use core::ops::Range;

use super::Index;
use super::analysis::tokens;

/// About how long a snippet is, in bytes.
const SNIPPET: usize = 200;

/// A part of a text, about 200 bytes, with the words that matched.
///
/// ```
/// let hit = ai_almanac::search("perceptron").next().unwrap();
/// println!("{}", hit.snippet());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    text: &'static str,
    highlights: Vec<Range<usize>>,
}

impl Snippet {
    /// The text, cut between words; empty where the section has none.
    ///
    /// ```
    /// let hit = ai_almanac::search("perceptron").next().unwrap();
    /// assert!(hit.snippet().text().len() < 400);
    /// ```
    #[must_use]
    pub fn text(&self) -> &'static str {
        self.text
    }

    /// Where in the text the words stand that matched, in bytes, in order, apart from each other. None when only title,
    /// keywords or heading matched.
    ///
    /// ```
    /// let hit = ai_almanac::search("perceptron").next().unwrap();
    /// assert!(hit.snippet().highlights().iter().all(|range| hit.snippet().text().get(range.clone()).is_some()));
    /// ```
    #[must_use]
    pub fn highlights(&self) -> &[Range<usize>] {
        &self.highlights
    }
}

impl fmt::Display for Snippet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.text)
    }
}

/// The part of a text where most different words matched.
pub(super) fn snippet(index: &Index, text: &'static str, matched: &[u64]) -> Snippet {
    let tokens = tokens(text);
    let hits: Vec<(usize, u64)> = tokens
        .iter()
        .enumerate()
        .filter_map(|(at, token)| Some((at, index.words.get(&token.form)?)))
        .filter(|(_, place)| matched.binary_search(place).is_ok())
        .collect();
    let mut best = (0, 0, 0);
    for (at, &(first, _)) in hits.iter().enumerate() {
        let until = tokens[first].start + SNIPPET * 3 / 4;
        let inside: Vec<u64> = hits[at..]
            .iter()
            .take_while(|(token, _)| tokens[*token].end <= until)
            .map(|(_, place)| *place)
            .collect();
        let mut different = inside.clone();
        different.sort_unstable();
        different.dedup();
        if (different.len(), inside.len()) > (best.0, best.1) {
            best = (different.len(), inside.len(), tokens[first].start);
        }
    }
    let (start, end) = window(text, best.2);
    let highlights = hits
        .iter()
        .map(|(at, _)| &tokens[*at])
        .filter(|token| token.start >= start && token.end <= end);
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for token in highlights {
        let range = token.start - start..token.end - start;
        match ranges.last_mut() {
            // Pairs of Chinese characters overlap.
            Some(last) if last.end > range.start => last.end = range.end,
            _ => ranges.push(range),
        }
    }
    Snippet { text: &text[start..end], highlights: ranges }
}

/// About 200 bytes of a text around a place, from the start of a sentence or word to the end of one.
fn window(text: &str, around: usize) -> (usize, usize) {
    let floor = |at: usize| {
        (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
    };
    let before = floor(around.saturating_sub(SNIPPET / 3));
    let lead = &text[before..around];
    let start = if before == 0 {
        0
    } else {
        let sentence =
            lead.rfind(['\n']).map(|at| at + 1).or_else(|| lead.rfind(". ").map(|at| at + 2));
        before + sentence.or_else(|| lead.find(' ').map(|at| at + 1)).unwrap_or(lead.len())
    };
    let most = floor(start + SNIPPET);
    if most == text.len() {
        return (start, text.trim_end().len().max(start));
    }
    let end = text[start..most].rfind(char::is_whitespace).map_or(most, |at| start + at);
    (start, (start + text[start..end].trim_end().len()).max(start))
}
