//! The index, read in place.

// The library is `no_std`; search is not.
use std::prelude::rust_2024::*;

use fst::{Automaton, IntoStreamer, Map, Streamer};

use super::Searchable;
use super::analysis::stem;
use super::format::{Header, Postings};
use super::typo;

/// Weight of a word that begins as the last one of the query, and of one that differs by one edit.
const PREFIX_WEIGHT: f32 = 0.7;
const TYPO_WEIGHT: f32 = 0.8;
/// How many words may begin as the last one.
const MAX_PREFIX_EXPANSIONS: usize = 100;
/// Lengths of words that may be mistyped, in characters.
const MIN_TYPO_LENGTH: usize = 4;
const MAX_TYPO_LENGTH: usize = 60;

/// The index in the binary, read in place.
pub(super) struct Index {
    bytes: &'static [u8],
    pub(super) header: Header,
    pub(super) words: Map<&'static [u8]>,
}

impl Index {
    pub(super) fn of<A: Searchable>() -> Index {
        let bytes = *A::INDEX;
        let header = Header::read(bytes);
        let words = Map::new(&bytes[header.words as usize..]).expect("the build script wrote it");
        Index { bytes, header, words }
    }

    fn short(&self, at: usize) -> u32 {
        u32::from(u16::from_le_bytes([self.bytes[at], self.bytes[at + 1]]))
    }

    /// The first unit of an article; of the one after the last, the number of units.
    pub(super) fn first_unit(&self, article: u32) -> u32 {
        if article >= self.header.articles {
            return self.header.units;
        }
        let at = self.header.article_table as usize + article as usize * 8;
        self.short(at) | self.short(at + 2) << 16
    }

    /// The article of a unit, which is `from` or a later one.
    pub(super) fn article_of(&self, unit: u32, from: u32) -> u32 {
        let (mut low, mut high) = (from, self.header.articles);
        while low + 1 < high {
            let middle = low + (high - low) / 2;
            if self.first_unit(middle) <= unit { low = middle } else { high = middle }
        }
        low
    }

    /// Words in the title and in the keywords of an article.
    pub(super) fn article(&self, article: u32) -> [u32; 2] {
        let at = self.header.article_table as usize + article as usize * 8;
        [self.short(at + 4), self.short(at + 6)]
    }

    /// Words in the heading and in the text of a unit.
    pub(super) fn unit(&self, unit: u32) -> [u32; 2] {
        let at = self.header.unit_table as usize + unit as usize * 4;
        [self.short(at), self.short(at + 2)]
    }

    pub(super) fn postings(&self, place: u64) -> Postings {
        Postings::read(
            &self.bytes[self.header.postings as usize + place as usize..self.header.words as usize],
        )
    }

    /// The postings of a word, by itself or by another form of it.
    pub(super) fn exact(&self, form: &str) -> Option<u64> {
        if let Some(place) = self.words.get(form) {
            return Some(place);
        }
        // A form that no article has: another one with the same stem begins like it.
        let term = stem(form);
        let beginning: String =
            term.chars().take(term.chars().count().saturating_sub(1).max(3)).collect();
        let mut stream =
            self.words.search(fst::automaton::Str::new(&beginning).starts_with()).into_stream();
        let mut looked = 0;
        while let Some((word, place)) = stream.next() {
            let word = core::str::from_utf8(word).unwrap_or("");
            looked += 1;
            if stem(word) == term {
                return Some(place);
            }
            if looked > MAX_PREFIX_EXPANSIONS {
                break;
            }
        }
        None
    }

    /// The postings that a word means, each with what it counts.
    pub(super) fn variants(&self, form: &str, open: bool) -> Vec<(u64, f32)> {
        let mut variants: Vec<(u64, f32)> =
            self.exact(form).map(|place| (place, 1.0)).into_iter().collect();
        let mut add = |place: u64, weight: f32| {
            if variants.iter().all(|(known, _)| *known != place) {
                variants.push((place, weight));
            }
        };
        if open && form.chars().count() >= 2 {
            let mut stream =
                self.words.search(fst::automaton::Str::new(form).starts_with()).into_stream();
            let mut count = 0;
            while let Some((_, place)) = stream.next() {
                add(place, PREFIX_WEIGHT);
                count += 1;
                if count >= MAX_PREFIX_EXPANSIONS {
                    break;
                }
            }
        }
        if variants.is_empty()
            && (MIN_TYPO_LENGTH..=MAX_TYPO_LENGTH).contains(&form.chars().count())
        {
            let mut stream = self.words.search(typo::OneEdit::new(form)).into_stream();
            while let Some((_, place)) = stream.next() {
                if variants.iter().all(|(known, _)| *known != place) {
                    variants.push((place, TYPO_WEIGHT));
                }
            }
        }
        variants
    }
}
