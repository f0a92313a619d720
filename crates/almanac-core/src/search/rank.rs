//! From words to hits: what a word may mean, conditions, the best section of each article.

// The library is `no_std`; search is not.
use std::prelude::rust_2024::*;

use core::cmp::{Ordering, Reverse};

use super::analysis::is_function_word;
use super::bm25::{self, Totals, Value};
use super::format::Role;
use super::index::{Index, Initials};
use super::phrase::Phrase;
use super::query::{Intent, Joined, Query};
use crate::layout::to_usize;

/// Share of the weight of the words that a hit must have, of what the best hit has.
const MIN_COVER: f32 = 0.4;
/// The first hits need not: one rare word would hide what all others mean (`ceo of openai`).
const FIRST_HITS: usize = 10;
/// Share of a score that a hit has by the share of the query's weight that it covers.
const COVER_SHARE: f32 = 0.5;
/// Least number of letters of either part of a word that no article has: `fewshot`.
const MIN_PART: usize = 2;
/// Number of articles and sections that may have a word that is looked for in two parts as well:
/// `huggingface`.
const RARE: usize = 3;
/// Least number of letters of either part of it.
const MIN_PART_OF_RARE: usize = 4;
/// Weight of words that articles write as one, of what they weigh apart.
const JOINED_WEIGHT: f32 = 1.2;
/// The same of words that have a space between them in the query.
const SPACED_WEIGHT: f32 = 1.1;
/// A sentence wants an answer, not everything that has a word of it.
const MAX_HITS_OF_SENTENCE: usize = 40;

/// Returns the weight of a section for its role.
fn role_weight(role: Role, intent: Option<Intent>) -> f32 {
    match (role, intent) {
        (Role::Links, _) => 0.8,
        (Role::Timeline, Some(Intent::Definition)) => 0.8,
        (Role::Timeline, Some(Intent::Date)) => 1.2,
        (Role::Lead, Some(Intent::Definition)) => 1.1,
        _ => 1.0,
    }
}

/// A unit that has been found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) score: f32,
    /// The weight of the words that it has.
    cover: f32,
    /// Index of the article among the listed ones, and of the section plus one; 0 is the lead.
    pub(super) article: u32,
    pub(super) at: u32,
}

impl Ord for Found {
    /// Compares by score, the best being the greatest; ties are in sidebar order.
    fn cmp(&self, other: &Found) -> Ordering {
        let place = |found: &Found| Reverse((found.article, found.at));
        self.score.total_cmp(&other.score).then_with(|| place(self).cmp(&place(other)))
    }
}

impl PartialOrd for Found {
    fn partial_cmp(&self, other: &Found) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Found {
    fn eq(&self, other: &Found) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Found {}

/// The texts of articles, which the index doesn't hold.
pub trait Texts {
    /// Returns the texts of a unit: title, heading, text, keywords and so on.
    fn fields(&self, article: u32, at: u32) -> Vec<&str>;

    /// Returns whether one of the ids asks for the article; `Some(true)` asks for all its sections.
    fn within(&self, article: u32, ids: &[String]) -> Option<bool>;
}

/// A word of the query that matched.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matched {
    /// The place at which its postings begin.
    pub(super) place: u64,
    /// Index of the word in the query, and its weight.
    pub(super) word: usize,
    pub(super) weight: f32,
}

/// The answer to a query.
#[derive(Default)]
pub(super) struct Answer {
    pub(super) found: Vec<Found>,
    /// The matches, sorted by place.
    pub(super) matched: Vec<Matched>,
    pub(super) initials: Initials,
    /// The quoted phrases, and the weight of their words.
    pub(super) phrases: Vec<(Phrase, f32)>,
}

/// Answers a query.
pub(super) fn answer(index: &Index, query: &Query, texts: &impl Texts) -> Answer {
    let mut ranking = Ranking::new(index, query, texts);
    if query.words.is_empty() && query.phrases.is_empty() {
        return Answer { found: ranking.list(), ..Answer::default() };
    }
    let mut reader = Reader {
        index,
        matched: Vec::new(),
        initials: Initials::default(),
        words: 0,
        weight: 0.0,
        phrases: Vec::new(),
    };
    let mut totals = reader.totals(query);
    let Reader { mut matched, initials, words, weight, phrases, .. } = reader;
    ranking.weight = weight;
    if query.only_function_words() && !query.phrases.is_empty() {
        // The index has them in titles only: read the texts.
        totals = totals.join(index, Totals::of_all(index), Value::max);
    }
    matched.sort_by(|one, other| {
        one.place.cmp(&other.place).then(other.weight.total_cmp(&one.weight))
    });
    matched.dedup_by_key(|matched| matched.place);
    let mut found = ranking.rank(&totals);
    if words > 1 {
        let most = found.iter().map(|found| found.cover).fold(0.0, f32::max);
        if found.len() > FIRST_HITS {
            let (_, last, _) = found.select_nth_unstable_by(FIRST_HITS - 1, |a, b| b.cmp(a));
            let last = *last;
            found.retain(|found| *found >= last || found.cover >= MIN_COVER * most);
        }
    }
    if query.is_sentence() && found.len() > MAX_HITS_OF_SENTENCE {
        found.select_nth_unstable_by(MAX_HITS_OF_SENTENCE, |one, other| other.cmp(one));
        found.truncate(MAX_HITS_OF_SENTENCE);
    }
    let phrases = ranking.phrases.into_iter().zip(phrases).collect();
    Answer { found, matched, initials, phrases }
}

/// Finds what the words of a query mean.
struct Reader<'a> {
    index: &'a Index<'a>,
    matched: Vec<Matched>,
    initials: Initials,
    /// Number of words that matched, and what they weigh together.
    words: usize,
    weight: f32,
    /// The weight of the words of each phrase.
    phrases: Vec<f32>,
}

/// A word that was found, or several as one.
struct Meaning {
    totals: Totals,
    weight: f32,
}

impl Reader<'_> {
    /// Returns the values of all units.
    fn totals(&mut self, query: &Query) -> Totals {
        let keep_function_words = query.only_function_words();
        let mut totals = Totals::default();
        let mut next = 0;
        while next < query.words.len() {
            let mut joined = query.joined.iter().filter(|joined| joined.first == next);
            let found = joined.find_map(|joined| self.joined(query, joined, keep_function_words));
            let (found, count) = match found {
                Some((found, count)) => (Some(found), count),
                None => (self.word_at(query, next, keep_function_words), 1),
            };
            if let Some(found) = found {
                totals = totals.join(self.index, found.totals, Value::plus);
                self.weight += found.weight;
            }
            next += count;
        }
        for phrase in &query.phrases {
            let mut weight = 0.0;
            for token in phrase.iter().filter(|token| token.is_word()) {
                if keep_function_words || !is_function_word(&token.form) {
                    let variants = self.index.exact(&token.form).map(|place| (place, 1.0));
                    if let Some(found) = self.weigh(variants.as_slice(), by_rarity) {
                        totals = totals.join(self.index, found.totals, Value::plus);
                        weight += found.weight;
                        self.weight += found.weight;
                    }
                }
            }
            self.phrases.push(weight);
        }
        totals
    }

    fn word_at(
        &mut self,
        query: &Query,
        index: usize,
        keep_function_words: bool,
    ) -> Option<Meaning> {
        let word = &query.words[index];
        if word.function && !keep_function_words {
            return None;
        }
        let variants = self.index.variants(&word.form, word.open, &mut self.initials);
        let whole = self.look_up(&variants, by_rarity);
        let least_part = match &whole {
            None => MIN_PART,
            Some(whole) if whole.totals.len() <= RARE => MIN_PART_OF_RARE,
            Some(_) => return whole,
        };
        let Some((first, second)) = self.index.divide(&word.form, least_part) else { return whole };
        [first, second].iter().for_each(|part| self.initials.add(part.as_bytes()));
        let parts = [first, second].map(|part| self.index.exact(part).map(|place| (place, 1.0)));
        let [first, second] = parts.map(|part| self.look_up(part.as_slice(), by_rarity));
        better(self.index, whole, sum(self.index, first, second))
    }

    /// Looks up words that can be written as one, if some article has them so: the better of both
    /// counts. Together they weigh more than apart, but with a space between them in the query not
    /// by their rarity as one word: they may be two after all.
    fn joined(
        &mut self,
        query: &Query,
        joined: &Joined,
        keep_function_words: bool,
    ) -> Option<(Meaning, usize)> {
        let place = self.index.exact(&joined.form)?;
        self.initials.add(joined.form.as_bytes());
        let mut apart = None;
        for index in joined.first..joined.first + joined.count {
            let word = self.word_at(query, index, keep_function_words);
            apart = sum(self.index, apart, word);
        }
        let weigh = |own: f32| match &apart {
            Some(apart) if joined.spaced => SPACED_WEIGHT * apart.weight,
            Some(apart) => own.max(JOINED_WEIGHT * apart.weight),
            None => own,
        };
        let together = self.look_up(&[(place, 1.0)], weigh);
        Some((better(self.index, apart, together)?, joined.count))
    }

    /// Looks up the variants of a word and notes them as matches.
    fn look_up(&mut self, variants: &[(u64, f32)], weigh: impl Fn(f32) -> f32) -> Option<Meaning> {
        let word = self.words;
        let found = self.weigh(variants, weigh)?;
        let matched = |&(place, _): &(u64, f32)| Matched { place, word, weight: found.weight };
        self.matched.extend(variants.iter().map(matched));
        Some(found)
    }

    /// Looks up the variants of a word, and makes its weight of what it weighs by its rarity.
    fn weigh(&mut self, variants: &[(u64, f32)], weigh: impl Fn(f32) -> f32) -> Option<Meaning> {
        let strongest = variants.iter().map(|(_, weight)| *weight).reduce(f32::max)?;
        let scores = bm25::best_of(self.index, variants);
        let own = strongest * bm25::idf(self.index, scores.units_with);
        let weight = weigh(own);
        self.words += 1;
        Some(Meaning { totals: Totals::new(scores, weight / own, weight), weight })
    }
}

fn by_rarity(own: f32) -> f32 {
    own
}

/// Takes the better of two readings, either of which may not have been found.
fn better(index: &Index, one: Option<Meaning>, other: Option<Meaning>) -> Option<Meaning> {
    match (one, other) {
        (Some(one), Some(other)) => Some(Meaning {
            weight: one.weight.max(other.weight),
            totals: one.totals.join(index, other.totals, Value::max),
        }),
        (one, other) => one.or(other),
    }
}

/// Adds two words, either of which may not have been found.
fn sum(index: &Index, one: Option<Meaning>, other: Option<Meaning>) -> Option<Meaning> {
    match (one, other) {
        (Some(one), Some(other)) => Some(Meaning {
            weight: one.weight + other.weight,
            totals: one.totals.join(index, other.totals, Value::plus),
        }),
        (one, other) => one.or(other),
    }
}

/// Picks the units that a query allows.
struct Ranking<'a, T> {
    index: &'a Index<'a>,
    query: &'a Query,
    texts: &'a T,
    phrases: Vec<Phrase>,
    excluded: Vec<Phrase>,
    /// The weight of the words of the query that some unit has.
    weight: f32,
}

impl<'a, T: Texts> Ranking<'a, T> {
    fn new(index: &'a Index<'a>, query: &'a Query, texts: &'a T) -> Ranking<'a, T> {
        let read = |phrases: &[Vec<super::analysis::Token>]| {
            phrases.iter().map(|phrase| Phrase::new(index, phrase)).collect()
        };
        let (phrases, excluded) = (read(&query.phrases), read(&query.excluded));
        Ranking { index, query, texts, phrases, excluded, weight: 0.0 }
    }

    /// Returns the articles that are asked for by `in:` alone, or all units of one, without a
    /// score.
    fn list(&self) -> Vec<Found> {
        let mut found = Vec::new();
        if self.query.within.is_empty() {
            return found;
        }
        for article in 0..self.index.header.articles {
            let Some(every) = self.texts.within(article, &self.query.within) else { continue };
            let units = self.index.first_unit(article)..self.index.first_unit(article + 1);
            for (at, unit) in (0..).zip(units).take(if every { usize::MAX } else { 1 }) {
                if self.allows(article, at, unit) {
                    found.push(Found { score: 0.0, cover: 0.0, article, at });
                }
            }
        }
        found
    }

    /// Returns the best unit of each article, or all units of an article that is asked for.
    fn rank(&self, totals: &Totals) -> Vec<Found> {
        let most = totals.articles.len() + totals.units.len();
        let most = most.min(to_usize(self.index.header.articles));
        let mut found: Vec<Found> = Vec::with_capacity(most);
        let (mut articles, mut units) = (&totals.articles[..], &totals.units[..]);
        let mut from = 0;
        loop {
            let listed = articles.first().map(|(article, _)| *article);
            let unit = units.first().map(|(unit, _)| *unit);
            // The article of a unit is looked for, unless it can't stand before the listed one.
            let article = match (listed, unit) {
                (None, None) => return found,
                (Some(listed), Some(unit)) if unit < self.index.first_unit(listed) => {
                    self.index.article_of(unit, from)
                }
                (Some(listed), _) => listed,
                (None, Some(unit)) => self.index.article_of(unit, from),
            };
            from = article;
            let mut base = Value::default();
            if listed == Some(article) {
                base = articles[0].1;
                articles = &articles[1..];
            }
            let (first, end) = (self.index.first_unit(article), self.index.first_unit(article + 1));
            let own;
            (own, units) = units.split_at(units.iter().take_while(|(unit, _)| *unit < end).count());
            match self.texts.within(article, &self.query.within) {
                None => {}
                Some(true) => {
                    let values = (first..end).map(|unit| {
                        let listed = own.iter().find(|(own, _)| *own == unit);
                        (unit, listed.map_or(base, |(_, value)| *value))
                    });
                    let all = values.filter(|(_, value)| value.cover > 0.0);
                    found.extend(
                        all.filter_map(|(unit, value)| {
                            self.found(article, first, unit, value, 0.0)
                        }),
                    );
                }
                Some(false) => {
                    let mut best: Option<Found> = None;
                    let mut compare = |unit: u32, value: Value| {
                        let least = best.map_or(0.0, |best| best.score);
                        if let Some(better) = self.found(article, first, unit, value, least) {
                            best = Some(better);
                        }
                    };
                    if base.cover > 0.0 && own.first().is_none_or(|(unit, _)| *unit != first) {
                        compare(first, base);
                    }
                    own.iter().for_each(|&(unit, value)| compare(unit, value));
                    if let Some(best) = best {
                        found.push(best);
                    }
                }
            }
        }
    }

    /// Returns a unit if it scores higher than `least` and the query allows it.
    fn found(
        &self,
        article: u32,
        first: u32,
        unit: u32,
        value: Value,
        least: f32,
    ) -> Option<Found> {
        let role = self.index.unit(unit).role;
        // Of function words in quotes none may be in the index.
        let cover = if self.weight > 0.0 { value.cover / self.weight } else { 1.0 };
        let score = value.score
            * role_weight(role, self.query.intent)
            * (1.0 - COVER_SHARE + COVER_SHARE * cover);
        if score <= least {
            return None;
        }
        let at = unit - first;
        self.allows(article, at, unit).then_some(Found { score, cover: value.cover, article, at })
    }

    /// Returns `true` if a unit has what is quoted and nothing of what is excluded.
    fn allows(&self, article: u32, at: u32, unit: u32) -> bool {
        let stands = |phrase: &Phrase| phrase.stands_in(unit, || self.texts.fields(article, at));
        self.phrases.iter().all(stands) && !self.excluded.iter().any(stands)
    }
}
