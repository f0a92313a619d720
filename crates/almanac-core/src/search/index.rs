//! The index, read in place.

// The library is `no_std`; search is not.
use std::prelude::rust_2024::*;

use fst::{IntoStreamer, Map, Streamer};

use super::analysis::{is_function_word, is_single_unspaced, stem};
use super::format::{ArticleRow, Header, Postings, UnitRow};
use super::prefix::{self, Prefixed};
use super::typo;
use crate::layout::to_usize;

/// Weight of a word that begins as the last one of the query, and of one that differs by one edit.
const PREFIX_WEIGHT: f32 = 0.7;
const TYPO_WEIGHT: f32 = 0.8;
/// The number of words that may begin as the last one.
const MAX_PREFIX_EXPANSIONS: usize = 100;
/// Lengths of words that may be mistyped, in characters.
const MIN_TYPO_LENGTH: usize = 4;
const MAX_TYPO_LENGTH: usize = 60;

/// An index.
pub(super) struct Index<'a> {
    bytes: &'a [u8],
    /// Rows of the tables.
    articles: &'a [[u8; ArticleRow::SIZE]],
    units: &'a [[u8; UnitRow::SIZE]],
    pub(super) header: Header,
    pub(super) words: Map<&'a [u8]>,
    pub(super) without: Option<Without>,
}

/// A question that is left out of the index.
pub(super) struct Without {
    pub(super) article: u32,
    /// The places at which the postings of its words begin, sorted; as often as they stand in it.
    pub(super) places: Vec<u64>,
    pub(super) words: u16,
}

impl Without {
    /// The field of questions.
    pub(super) const FIELD: usize = 3;
}

impl<'a> Index<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Index<'a> {
        let header = Header::read(bytes);
        let words = Map::new(&bytes[to_usize(header.words)..]).expect("the compiler wrote it");
        let (article_table, unit_table) =
            (to_usize(header.article_table), to_usize(header.unit_table));
        let (articles, _) = bytes[article_table..unit_table].as_chunks();
        let (units, _) = bytes[unit_table..to_usize(header.postings)].as_chunks();
        Index { bytes, articles, units, header, words, without: None }
    }

    pub(super) fn article(&self, article: u32) -> ArticleRow {
        let mut row = ArticleRow::read(&self.articles[to_usize(article)]);
        if let Some(without) = self.without.as_ref().filter(|without| without.article == article) {
            // Longer fields are counted up to here only.
            let length = &mut row.lengths[Without::FIELD];
            *length = length.saturating_sub(without.words);
        }
        row
    }

    pub(super) fn unit(&self, unit: u32) -> UnitRow {
        UnitRow::read(&self.units[to_usize(unit)])
    }

    /// Returns the first unit of an article; of the one after the last, the number of units.
    pub(super) fn first_unit(&self, article: u32) -> u32 {
        let row = self.articles.get(to_usize(article));
        row.map_or(self.header.units, ArticleRow::read_first_unit)
    }

    /// Returns the article of a unit, which is `from` or a later one.
    pub(super) fn article_of(&self, unit: u32, from: u32) -> u32 {
        // Mostly it is near: double the step until it is passed.
        let (mut low, mut step) = (from, 1);
        while low + step < self.header.articles && self.first_unit(low + step) <= unit {
            low += step;
            step *= 2;
        }
        let mut high = self.header.articles.min(low + step);
        while low + 1 < high {
            let middle = low + (high - low) / 2;
            if self.first_unit(middle) <= unit { low = middle } else { high = middle }
        }
        low
    }

    /// Returns the bytes from the postings of a term on.
    fn postings_from(&self, place: u64) -> &'a [u8] {
        let place = usize::try_from(place).expect("the compiler wrote it");
        &self.bytes[to_usize(self.header.postings) + place..to_usize(self.header.words)]
    }

    /// Returns the number of units that have a term in any field.
    pub(super) fn count_with(&self, place: u64) -> u32 {
        Postings::read_units_with(self.postings_from(place))
    }

    pub(super) fn postings(&self, place: u64) -> Postings {
        let mut postings = Postings::read(self.postings_from(place));
        if let Some(without) = &self.without {
            let count = without.places.iter().filter(|&&other| other == place).count();
            if count > 0 {
                self.leave_out(without.article, count, &mut postings);
            }
        }
        postings
    }

    /// Takes a question's words out of the postings of a term.
    fn leave_out(&self, article: u32, count: usize, postings: &mut Postings) {
        let found = postings.articles.binary_search_by_key(&article, |(article, _)| *article);
        let Ok(index) = found else { return };
        let frequencies = &mut postings.articles[index].1;
        frequencies[Without::FIELD] -= u32::try_from(count).unwrap_or(u32::MAX);
        if frequencies.iter().all(|frequency| *frequency == 0) {
            postings.articles.remove(index);
            let units = self.first_unit(article)..self.first_unit(article + 1);
            let own = postings.units.iter().filter(|(unit, _)| units.contains(unit)).count();
            let all = units.end - units.start;
            postings.units_with -= all - u32::try_from(own).unwrap_or(all);
        }
    }

    /// Returns `true` if a term stands somewhere in spite of what is left out.
    fn stands(&self, place: u64) -> bool {
        let touched = self.without.as_ref().is_some_and(|one| one.places.contains(&place));
        !touched || self.postings(place).units_with > 0
    }

    /// Returns the units that have a term in any field, in order.
    pub(super) fn units_with(&self, place: u64) -> Vec<u32> {
        let postings = self.postings(place);
        let mut units: Vec<u32> = postings.units.iter().map(|(unit, _)| *unit).collect();
        if !postings.articles.is_empty() {
            let of = |article: u32| self.first_unit(article)..self.first_unit(article + 1);
            units.extend(postings.articles.iter().flat_map(|(article, _)| of(*article)));
            units.sort_unstable();
            units.dedup();
        }
        units
    }

    /// Returns the place of the postings of a word, by itself or by another form of it.
    pub(super) fn exact(&self, form: &str) -> Option<u64> {
        let known = prefix::place(&self.words, form);
        let place = known.ok().filter(|place| self.stands(*place));
        if place.is_some() || is_function_word(form) {
            return place;
        }
        // A form that no article has: another one with the same stem begins like it.
        let term = stem(form);
        let end = term.char_indices().skip(3).last().map_or(term.len(), |(index, _)| index);
        let beginning = &term[..end];
        // No word begins so: mostly two words of a query that nobody writes as one.
        if known.is_err_and(|depth| depth < beginning.len()) && form.starts_with(beginning) {
            return None;
        }
        let mut words = Prefixed::new(&self.words, beginning);
        let mut looked = 0;
        let mut last = None;
        while let Some((word, place)) = words.next() {
            looked += 1;
            // Words with one stem have one place, and mostly stand side by side.
            if last != Some(place) {
                let word = core::str::from_utf8(word).unwrap_or("");
                if stem(word) == term && self.stands(place) {
                    return Some(place);
                }
                last = Some(place);
            }
            if looked > MAX_PREFIX_EXPANSIONS {
                break;
            }
        }
        None
    }

    /// Returns the places of the postings that a word means, each with its weight. `open` words are
    /// also the beginnings of others.
    pub(super) fn variants(
        &self,
        form: &str,
        open: bool,
        initials: &mut Initials,
    ) -> Vec<(u64, f32)> {
        initials.add(form.as_bytes());
        let mut variants: Vec<(u64, f32)> =
            self.exact(form).map(|place| (place, 1.0)).into_iter().collect();
        // In scripts without spaces, all but the last character of a run begin a pair.
        let single = is_single_unspaced(form);
        if single || open && form.chars().count() >= 2 {
            let weight = if single { 1.0 } else { PREFIX_WEIGHT };
            let mut words = Prefixed::new(&self.words, form);
            let mut count = 0;
            while let Some((_, place)) = words.next() {
                add_variant(&mut variants, place, weight);
                count += 1;
                if count >= MAX_PREFIX_EXPANSIONS {
                    break;
                }
            }
        }
        let length = form.chars().count();
        let mistyped = variants.is_empty() && !is_function_word(form);
        if mistyped && (MIN_TYPO_LENGTH..=MAX_TYPO_LENGTH).contains(&length) {
            let mut stream = self.words.search(typo::OneEdit::new(form)).into_stream();
            while let Some((word, place)) = stream.next() {
                initials.add(word);
                add_variant(&mut variants, place, TYPO_WEIGHT);
            }
        }
        variants
    }

    /// Divides a word into two that some article has, of at least so many letters: `fewshot`.
    pub(super) fn divide<'b>(&self, form: &'b str, least: usize) -> Option<(&'b str, &'b str)> {
        let known = |part: &str| {
            part.chars().nth(least - 1).is_some()
                && !is_function_word(part)
                && self.words.get(part).is_some_and(|place| self.stands(place))
        };
        if is_function_word(form) {
            return None;
        }
        // The longest first part: what is typed together is mostly a word and a short one.
        form.char_indices()
            .rev()
            .map(|(index, _)| form.split_at(index))
            .find(|(first, second)| known(first) && known(second))
    }
}

/// First bytes of words that may match. All words of one stem have the same, so that most words of
/// a text need no look-up.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Initials([u64; 4]);

impl Initials {
    pub(super) fn add(&mut self, word: &[u8]) {
        if let Some(first) = word.first() {
            self.0[usize::from(first / 64)] |= 1 << (first % 64);
        }
    }

    pub(super) fn has(&self, word: &str) -> bool {
        let first = word.as_bytes().first();
        first.is_some_and(|first| self.0[usize::from(first / 64)] >> (first % 64) & 1 == 1)
    }
}

fn add_variant(variants: &mut Vec<(u64, f32)>, place: u64, weight: f32) {
    if variants.iter().all(|(known, _)| *known != place) {
        variants.push((place, weight));
    }
}
