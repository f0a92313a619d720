//! BM25F: scores of units.

// The library is `no_std`; search is not.
use std::prelude::rust_2024::*;

use super::Index;
use super::format::Postings;

/// Weights of title, keywords, heading and text.
const WEIGHTS: [f32; 4] = [3.0, 3.0, 2.0, 1.0];
/// BM25 `b` of each field: length normalisation, 0 to 1.
const B: [f32; 4] = [0.3, 0.2, 0.3, 0.6];
/// BM25 `k1`: term-frequency saturation.
const K1: f32 = 1.2;

/// Units and their scores, in order: only those that have a word of the query.
#[derive(Default)]
pub(super) struct Scores {
    pub(super) sums: Vec<(u32, f32)>,
}

/// Brings units in order and joins what one has more than once.
fn join(list: &mut Vec<(u32, f32)>, units: u32, how: fn(f32, f32) -> f32) {
    if list.is_sorted_by(|a, b| a.0 < b.0) {
        return;
    }
    if list.len() < units as usize / 8 {
        // Stable, and quick where parts are in order already.
        list.sort_by_key(|(unit, _)| *unit);
        list.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 = how(kept.1, next.1);
            }
            same
        });
    } else {
        let mut values = std::vec![0.0; units as usize];
        for (unit, value) in list.drain(..) {
            values[unit as usize] = how(values[unit as usize], value);
        }
        list.extend((0..).zip(values).filter(|(_, value)| *value > 0.0));
    }
}

impl Scores {
    /// Adds the scores of one word of the query: in each unit that of the best variant.
    pub(super) fn add(&mut self, index: &Index, variants: &[(u64, f32)]) {
        let mut word = Vec::new();
        for &(place, weight) in variants {
            Scores::variant(index, &index.postings(place), weight, &mut word);
        }
        join(&mut word, index.header.units, f32::max);
        if self.sums.is_empty() {
            self.sums = word;
        } else {
            self.sums.extend(word);
            join(&mut self.sums, index.header.units, |a, b| a + b);
        }
    }

    pub(super) fn variant(
        index: &Index,
        postings: &Postings,
        weight: f32,
        scores: &mut Vec<(u32, f32)>,
    ) {
        scores.reserve(postings.units_with as usize);
        score(index, postings, |unit, _, score| scores.push((unit, weight * score)));
    }
}

/// Scores a word by itself: calls `each` with every unit that has it, in order, how often it stands
/// in each field, and the score.
pub(super) fn score(index: &Index, postings: &Postings, mut each: impl FnMut(u32, [u32; 4], f32)) {
    let all = index.header.units as f32;
    let with = postings.units_with as f32;
    let idf = (1.0 + (all - with + 0.5) / (with + 0.5)).ln();
    let averages = &index.header.averages;
    let frequency = |field: usize, times: u32, length: u32| {
        WEIGHTS[field] * times as f32
            / (1.0 - B[field] + B[field] * length as f32 / averages[field])
    };
    let mut found = |unit: u32, times: [u32; 4], frequency: f32| {
        each(unit, times, idf * frequency / (K1 + frequency));
    };
    let of_unit = |(unit, heading, text): (u32, u32, u32)| {
        let [heading_length, text_length] = index.unit(unit);
        let heading = if heading == 0 { 0.0 } else { frequency(2, heading, heading_length) };
        heading + frequency(3, text, text_length)
    };
    // Units and articles stand in order: walk them side by side.
    let mut units = postings.units.iter().copied().peekable();
    for &(article, title, keywords) in &postings.articles {
        let [title_length, keywords_length] = index.article(article);
        let (first, end) = (index.first_unit(article), index.first_unit(article + 1));
        while let Some(posting) = units.next_if(|(unit, ..)| *unit < first) {
            found(posting.0, [0, 0, posting.1, posting.2], of_unit(posting));
        }
        let shared = frequency(0, title, title_length) + frequency(1, keywords, keywords_length);
        for unit in first..end {
            let (own, heading, text) =
                units.next_if(|(at, ..)| *at == unit).map_or((0.0, 0, 0), |posting| {
                    let (_, heading, text) = posting;
                    (of_unit(posting), heading, text)
                });
            found(unit, [title, keywords, heading, text], shared + own);
        }
    }
    for posting in units {
        found(posting.0, [0, 0, posting.1, posting.2], of_unit(posting));
    }
}
