//! BM25F: scores of units.

// The library is `no_std`; search is not.
use std::prelude::rust_2024::*;

use core::cmp::Ordering;

use super::format::{ARTICLE_FIELDS, FIELDS, Postings};
use super::index::Index;
use crate::layout::to_usize;

/// Weights of title, keywords, description, questions, heading and text.
const WEIGHTS: [f32; FIELDS] = [3.0, 3.0, 3.0, 0.75, 2.0, 1.0];
/// BM25 `b` of each field: length normalisation, 0 to 1.
const B: [f32; FIELDS] = [0.3, 0.2, 0.3, 0.6, 0.3, 0.6];
/// BM25 `k1`: term-frequency saturation. Weights add up, so it is higher than for a single field.
const K1: f32 = 2.5;

/// Returns the inverse document frequency of what `with` units have: above 1, or one rare word of
/// a question would outweigh all the others.
pub(super) fn idf(index: &Index, with: u32) -> f32 {
    let (all, with) = (index.header.units as f32, with as f32);
    1.0 + (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
}

/// Returns the weighted frequency of a term in the fields of an article or a unit; `first` is the
/// first of these fields.
fn frequency(index: &Index, first: usize, frequencies: &[u32], lengths: &[u16]) -> f32 {
    let mut sum = 0.0;
    for (field, (&times, &length)) in (first..).zip(frequencies.iter().zip(lengths)) {
        if times > 0 {
            let relative = f32::from(length) / index.header.averages[field];
            sum += WEIGHTS[field] * times as f32 / (1.0 - B[field] + B[field] * relative);
        }
    }
    sum
}

fn saturated(frequency: f32) -> f32 {
    frequency / (K1 + frequency)
}

/// Scores of a term, or of several of which the best counts in each unit.
#[derive(Debug, Default)]
pub(super) struct Scores {
    /// Articles by whose title, keywords, description or questions all their units have a score.
    pub(super) articles: Vec<(u32, f32)>,
    /// Units with the term in heading or text. Never below the score of the article.
    pub(super) units: Vec<(u32, f32)>,
    /// Number of units with a score.
    pub(super) units_with: u32,
}

impl Scores {
    fn scale(&mut self, factor: f32) {
        self.articles.iter_mut().chain(&mut self.units).for_each(|(_, score)| *score *= factor);
    }

    /// Adds the scores of a term, but for its inverse document frequency, behind those of others.
    fn add(&mut self, index: &Index, postings: &Postings, weight: f32) {
        self.articles.reserve(postings.articles.len());
        self.units.reserve(postings.units.len());
        let of_unit = |unit: u32, frequencies: &[u32; 2]| {
            frequency(index, ARTICLE_FIELDS, frequencies, &index.unit(unit).lengths)
        };
        // Units and articles stand in order: walk them side by side.
        let mut units = postings.units.iter().peekable();
        for (article, frequencies) in &postings.articles {
            let row = index.article(*article);
            let end = index.first_unit(article + 1);
            while let Some((unit, own)) = units.next_if(|(unit, _)| *unit < row.first_unit) {
                self.units.push((*unit, weight * saturated(of_unit(*unit, own))));
            }
            let shared = frequency(index, 0, frequencies, &row.lengths);
            self.articles.push((*article, weight * saturated(shared)));
            while let Some((unit, own)) = units.next_if(|(unit, _)| *unit < end) {
                self.units.push((*unit, weight * saturated(shared + of_unit(*unit, own))));
            }
        }
        for (unit, own) in units {
            self.units.push((*unit, weight * saturated(of_unit(*unit, own))));
        }
    }
}

/// Scores a term in the units that have it.
pub(super) fn score(index: &Index, postings: &Postings) -> Scores {
    let mut scores = Scores { units_with: postings.units_with, ..Scores::default() };
    scores.add(index, postings, 1.0);
    scores.scale(idf(index, postings.units_with));
    scores
}

/// Scores the variants of a word: in each unit the best counts. They are as rare as all of them
/// together, or the rarest word that begins like the last one of the query would count most.
pub(super) fn best_of(index: &Index, variants: &[(u64, f32)]) -> Scores {
    let mut best = saturations_of(index, variants);
    best.scale(idf(index, best.units_with));
    best
}

fn saturations_of(index: &Index, variants: &[(u64, f32)]) -> Scores {
    let mut best = Scores::default();
    for &(place, weight) in variants {
        let postings = index.postings(place);
        best.units_with = postings.units_with;
        best.add(index, &postings, weight);
    }
    if variants.len() == 1 {
        return best;
    }
    keep_best(&mut best.articles, index.header.articles);
    keep_best(&mut best.units, index.header.units);
    // A unit has one variant, its article another.
    let mut bases = Bases::new(index, &best.articles);
    best.units_with = 0;
    for (unit, score) in &mut best.units {
        let base = bases.at(*unit).copied().unwrap_or(0.0);
        *score = score.max(base);
        best.units_with += u32::from(base == 0.0);
    }
    for (article, _) in &best.articles {
        best.units_with += index.first_unit(article + 1) - index.first_unit(*article);
    }
    best
}

/// Sorts a list by its keys and keeps the greatest value of each.
fn keep_best(list: &mut Vec<(u32, f32)>, keys: u32) {
    if list.is_sorted_by(|one, other| one.0 < other.0) {
        return;
    }
    if list.len() < to_usize(keys) / 8 {
        // Stable, and quick where parts are in order already.
        list.sort_by_key(|(key, _)| *key);
        list.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 = kept.1.max(next.1);
            }
            same
        });
    } else {
        let mut values = std::vec![0.0_f32; to_usize(keys)];
        for (key, value) in list.drain(..) {
            let best = &mut values[to_usize(key)];
            *best = best.max(value);
        }
        list.extend((0..).zip(values).filter(|(_, value)| *value > 0.0));
    }
}

/// The score that a query gives a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Value {
    pub(super) score: f32,
    /// The weight of the words that the unit has.
    pub(super) cover: f32,
}

impl Value {
    pub(super) fn plus(self, other: Value) -> Value {
        Value { score: self.score + other.score, cover: self.cover + other.cover }
    }

    pub(super) fn max(self, other: Value) -> Value {
        Value { score: self.score.max(other.score), cover: self.cover.max(other.cover) }
    }
}

/// Values of all units, in order: a unit that isn't listed has the value of its article, or none.
#[derive(Debug, Default)]
pub(super) struct Totals {
    pub(super) articles: Vec<(u32, Value)>,
    pub(super) units: Vec<(u32, Value)>,
}

impl Totals {
    /// Makes the totals of one word; `cover` is its weight.
    pub(super) fn new(scores: Scores, factor: f32, cover: f32) -> Totals {
        let value = |(key, score): (u32, f32)| (key, Value { score: factor * score, cover });
        Totals {
            articles: scores.articles.into_iter().map(value).collect(),
            units: scores.units.into_iter().map(value).collect(),
        }
    }

    /// Returns the number of articles and units that are listed.
    pub(super) fn len(&self) -> usize {
        self.articles.len() + self.units.len()
    }

    /// Makes totals that give every unit a little, below the score of any word.
    pub(super) fn of_all(index: &Index) -> Totals {
        let value = Value { score: 0.001, cover: 0.001 };
        let articles = (0..index.header.articles).map(|article| (article, value)).collect();
        Totals { articles, units: (0..index.header.units).map(|unit| (unit, value)).collect() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.articles.is_empty() && self.units.is_empty()
    }

    /// Joins the values of two in every unit.
    pub(super) fn join(
        self,
        index: &Index,
        other: Totals,
        how: fn(Value, Value) -> Value,
    ) -> Totals {
        if self.is_empty() || other.is_empty() {
            return if self.is_empty() { other } else { self };
        }
        let none = Value::default();
        let mut own_bases = Bases::new(index, &self.articles);
        let mut other_bases = Bases::new(index, &other.articles);
        let units = merge(&self.units, &other.units, |unit, one, other| {
            let one = one.or_else(|| own_bases.at(unit).copied()).unwrap_or(none);
            let other = other.or_else(|| other_bases.at(unit).copied()).unwrap_or(none);
            how(one, other)
        });
        let articles = merge(&self.articles, &other.articles, |_, one, other| {
            how(one.unwrap_or(none), other.unwrap_or(none))
        });
        Totals { articles, units }
    }
}

/// Merges two sorted lists.
fn merge(
    one: &[(u32, Value)],
    other: &[(u32, Value)],
    mut value: impl FnMut(u32, Option<Value>, Option<Value>) -> Value,
) -> Vec<(u32, Value)> {
    let mut merged = Vec::with_capacity(one.len() + other.len());
    let (mut one, mut other) = (one, other);
    while let ([(key, first), one_rest @ ..], [(other_key, second), other_rest @ ..]) = (one, other)
    {
        match key.cmp(other_key) {
            Ordering::Less => {
                merged.push((*key, value(*key, Some(*first), None)));
                one = one_rest;
            }
            Ordering::Equal => {
                merged.push((*key, value(*key, Some(*first), Some(*second))));
                (one, other) = (one_rest, other_rest);
            }
            Ordering::Greater => {
                merged.push((*other_key, value(*other_key, None, Some(*second))));
                other = other_rest;
            }
        }
    }
    merged.extend(one.iter().map(|&(key, first)| (key, value(key, Some(first), None))));
    merged.extend(other.iter().map(|&(key, second)| (key, value(key, None, Some(second)))));
    merged
}

/// Values of articles, for units that are asked for in order.
pub(super) struct Bases<'a, T> {
    index: &'a Index<'a>,
    /// The articles that are not passed.
    rest: &'a [(u32, T)],
    /// The units of the first of them.
    units: core::ops::Range<u32>,
}

impl<'a, T> Bases<'a, T> {
    pub(super) fn new(index: &'a Index<'a>, articles: &'a [(u32, T)]) -> Bases<'a, T> {
        let mut bases = Bases { index, rest: articles, units: 0..0 };
        bases.read();
        bases
    }

    fn read(&mut self) {
        if let Some((article, _)) = self.rest.first() {
            self.units = self.index.first_unit(*article)..self.index.first_unit(article + 1);
        }
    }

    /// Returns the value of the article of a unit.
    pub(super) fn at(&mut self, unit: u32) -> Option<&'a T> {
        while self.units.end <= unit && !self.rest.is_empty() {
            self.rest = &self.rest[1..];
            self.read();
        }
        let (_, value) = self.rest.first()?;
        self.units.contains(&unit).then_some(value)
    }
}
