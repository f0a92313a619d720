//! The part of a text that shows why it was found.

// The library is `no_std`; search is not.
use std::prelude::rust_2024::*;

use core::fmt;
use core::ops::Range;

use super::analysis::{Token, floor_char_boundary, tokens};
use super::index::{Index, Initials};
use super::phrase::Phrase;
use super::rank::Matched;

/// About how long a snippet is, and how far apart the words are that it is chosen for, in bytes.
const LENGTH: usize = 200;
const CORE: usize = 150;

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
    /// Returns the text, cut between words; empty where the section has none.
    ///
    /// ```
    /// let hit = ai_almanac::search("perceptron").next().unwrap();
    /// assert!(hit.snippet().text().len() < 400);
    /// ```
    #[must_use]
    pub fn text(&self) -> &'static str {
        self.text
    }

    /// Returns the places of the matched words in the text, in bytes, in order, apart from each
    /// other; a quoted phrase is one. None when only title, keywords or heading matched.
    ///
    /// ```
    /// let hit = ai_almanac::search("perceptron").next().unwrap();
    /// let (text, highlights) = (hit.snippet().text(), hit.snippet().highlights());
    /// assert!(highlights.iter().all(|range| text.get(range.clone()).is_some()));
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

/// A token that matched, or a phrase.
struct Match {
    start: usize,
    end: usize,
    /// Index of the word in the query, and its weight.
    word: usize,
    weight: f32,
}

/// Returns the part of a text that has the rarest word that matched, and with it the most that
/// others weigh.
pub(super) fn snippet(
    index: &Index,
    text: &'static str,
    matched: &[Matched],
    initials: Initials,
    phrases: &[(Phrase, f32)],
) -> Snippet {
    let find = |token: Token| {
        if !initials.has(&token.form) {
            return None;
        }
        let place = index.words.get(&token.form)?;
        let at = matched.binary_search_by_key(&place, |matched| matched.place).ok()?;
        let Matched { word, weight, .. } = matched[at];
        Some(Match { start: token.start, end: token.end, word, weight })
    };
    let mut matches: Vec<Match> = tokens(text).into_iter().filter_map(find).collect();
    if !phrases.is_empty() {
        // Words of the query count from the other end.
        for (word, (phrase, weight)) in (0..phrases.len()).map(|at| usize::MAX - at).zip(phrases) {
            let found = |Range { start, end }| Match { start, end, word, weight: *weight };
            matches.extend(phrase.places(text).map(found));
        }
        matches.sort_by_key(|found| found.start);
    }
    let (first, last) = best(&matches);
    let (start, end) = window(text, first, last);
    let mut highlights: Vec<Range<usize>> = Vec::new();
    for found in matches.iter().filter(|found| found.start >= start && found.end <= end) {
        let mut range = found.start - start..found.end - start;
        // Pairs of characters overlap, and so do words and what they are joined to: `GPT-3` comes
        // after `GPT` and `3` and covers both.
        while let Some(last) = highlights.pop_if(|last| last.end > range.start) {
            range = last.start.min(range.start)..last.end.max(range.end);
        }
        highlights.push(range);
    }
    Snippet { text: &text[start..end], highlights }
}

/// Returns where the best group of matches begins and ends.
fn best(matches: &[Match]) -> (usize, usize) {
    let rarest = matches.iter().max_by(|one, other| one.weight.total_cmp(&other.weight));
    let Some(rarest) = rarest.map(|rarest| rarest.word) else { return (0, 0) };
    let mut best = (0.0, 0, (0, 0));
    let mut words: Vec<usize> = Vec::new();
    for (at, first) in matches.iter().enumerate() {
        words.clear();
        let (mut weight, mut count, mut end) = (0.0, 0, first.end);
        for found in matches[at..].iter().take_while(|found| found.end <= first.start + CORE) {
            if !words.contains(&found.word) {
                words.push(found.word);
                weight += found.weight;
            }
            count += 1;
            end = end.max(found.end);
        }
        let better = weight > best.0 || weight == best.0 && count > best.1;
        if words.contains(&rarest) && better {
            best = (weight, count, (first.start, end));
        }
    }
    best.2
}

/// Returns about 200 bytes of a text around what matched: from the start of a sentence, else of a
/// clause, else of a word, to the end of a word.
fn window(text: &str, first: usize, last: usize) -> (usize, usize) {
    let earliest = floor_char_boundary(text, last.saturating_sub(LENGTH).min(first));
    let before = &text[earliest..first];
    let after_last = |marks: &[&str]| {
        let found = marks.iter().filter_map(|mark| Some(before.rfind(mark)? + mark.len()));
        found.max().map(|index| earliest + index)
    };
    let sentence = if earliest == 0 { Some(0) } else { None };
    let start = after_last(&["\n", ". ", "? ", "! ", "。", "！", "？"])
        .or(sentence)
        .or_else(|| after_last(&["; ", ": ", ", ", " – ", " (", "、", "，"]))
        .or_else(|| {
            let (index, space) = before.char_indices().find(|(_, next)| next.is_whitespace())?;
            Some(earliest + index + space.len_utf8())
        })
        .unwrap_or(first);
    let start = first - text[start..first].trim_start().len();
    let most = floor_char_boundary(text, start + LENGTH);
    let end = if most == text.len() {
        most
    } else {
        let word = text[start..most].rfind(char::is_whitespace).map_or(most, |index| start + index);
        word.max(last)
    };
    (start, (start + text[start..end].trim_end().len()).max(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_begin_with_a_sentence_where_one_is_near() {
        let text = "One. Two is here, three. ".repeat(20);
        let at = text.len() / 2 + 10;
        let (start, end) = window(&text, at, at + 3);
        assert!(text[..start].ends_with(". ") && end - start <= LENGTH && end >= at + 3);
        let long = "word ".repeat(100);
        let (start, end) = window(&long, 300, 304);
        assert!((100..=300).contains(&start) && end >= 304 && end - start <= LENGTH);
        assert!(long[start..].starts_with("word"));
        let clause = format!("{}, and then {}", "word ".repeat(60).trim(), "more ".repeat(60));
        let (start, _) = window(&clause, 330, 334);
        assert!(clause[start..].starts_with("and then"));
    }

    #[test]
    fn windows_have_what_matched() {
        for text in ["x", "ä", "a b ", "。", "ab\u{a0}", "abc\u{3000}"].map(|text| text.repeat(400))
        {
            for first in (0..text.len()).step_by(7).filter(|first| text.is_char_boundary(*first)) {
                let last = floor_char_boundary(&text, first + CORE);
                let (start, end) = window(&text, first, last.max(first));
                assert!(start <= first && end - start <= LENGTH + 4, "{first}: {start} to {end}");
                assert!(end >= text[..last].trim_end().len(), "{first}: {start} to {end}");
            }
        }
    }
}
