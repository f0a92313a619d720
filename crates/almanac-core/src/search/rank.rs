//! From scores to hits: conditions, phrases, the best section of each article.

// The library is `no_std`; search is not.
use std::prelude::rust_2024::*;

use super::Index;
use super::analysis::{stem, tokens};
use super::bm25::Scores;
use super::hit::Found;
use super::query::Query;
use crate::{Almanac, Article, Section};

impl Index {
    /// Returns the units that the query allows, the best of each article.
    pub(super) fn rank<A: Almanac>(&self, query: &Query, scores: &Scores) -> Vec<Found> {
        let listed = crate::articles::<A>();
        let read = |phrases: &[Vec<String>]| {
            phrases.iter().map(|phrase| Phrase::read(self, phrase)).collect()
        };
        let (phrases, excluded): (Vec<Phrase>, Vec<Phrase>) =
            (read(&query.phrases), read(&query.excluded));
        let mut found: Vec<Found> = Vec::new();
        let mut rest = &scores.sums[..];
        let mut number = 0;
        while let Some(&(unit, _)) = rest.first() {
            number = self.article_of(unit, number);
            let (first, end) = (self.first_unit(number), self.first_unit(number + 1));
            let (own, after) =
                rest.split_at(rest.iter().take_while(|(unit, _)| *unit < end).count());
            rest = after;
            let article = listed[number as usize];
            let Some(every) = within(article, &query.within) else { continue };
            let mut best: Option<Found> = None;
            for &(unit, score) in own {
                if !every && best.is_some_and(|best| best.score >= score) {
                    continue;
                }
                let at = unit - first;
                if !phrases.is_empty() || !excluded.is_empty() {
                    let section = (at as usize).checked_sub(1).map(|at| &article.sections()[at]);
                    let stands = |phrase: &Phrase| phrase.stands_in(unit, article, section);
                    if !phrases.iter().all(stands) || excluded.iter().any(stands) {
                        continue;
                    }
                }
                let here = Found { score, article: number, at };
                if every {
                    found.push(here);
                } else {
                    best = Some(here);
                }
            }
            found.extend(best);
        }
        found
    }
}

/// Is an article asked for? `Some(true)` asks for all its sections.
fn within<A: Almanac>(article: &'static Article<A>, ids: &[String]) -> Option<bool> {
    if ids.is_empty() {
        return Some(false);
    }
    if ids.iter().any(|id| id == article.id()) {
        return Some(true);
    }
    let mut category = article.category();
    while let Some(found) = category {
        if ids.iter().any(|id| id == found.id()) {
            return Some(false);
        }
        category = found.parent();
    }
    None
}

/// The fields of a unit.
fn fields<A: Almanac>(
    article: &'static Article<A>,
    section: Option<&'static Section<A>>,
) -> impl Iterator<Item = &'static str> {
    let heading = section.map_or("", Section::title);
    let text = section.map_or(article.lead(), Section::text);
    [article.title(), heading, text].into_iter().chain(article.keywords().iter().copied())
}

/// Words that must stand side by side.
struct Phrase {
    terms: Vec<String>,
    /// The units that have all of them, in order; `None` if the index knows none.
    units: Option<Vec<u32>>,
}

impl Phrase {
    fn read(index: &Index, forms: &[String]) -> Phrase {
        let mut units: Option<Vec<u32>> = None;
        for place in forms.iter().filter_map(|form| index.exact(form)) {
            let mut scored = Vec::new();
            Scores::variant(index, &index.postings(place), 1.0, &mut scored);
            let with = scored.into_iter().map(|(unit, _)| unit);
            units = Some(match units {
                None => with.collect(),
                Some(known) => with.filter(|unit| known.binary_search(unit).is_ok()).collect(),
            });
        }
        Phrase { terms: forms.iter().map(|form| stem(form)).collect(), units }
    }

    /// Do the terms stand side by side in a field of the unit? Only a unit that has all of them is read.
    fn stands_in<A: Almanac>(
        &self,
        unit: u32,
        article: &'static Article<A>,
        section: Option<&'static Section<A>>,
    ) -> bool {
        if self.units.as_ref().is_some_and(|units| units.binary_search(&unit).is_err()) {
            return false;
        }
        // A stem begins as its word does, so other words need none.
        let first = |word: &str| word.as_bytes().first().copied();
        let begins = |form: &str| self.terms.iter().any(|term| first(term) == first(form));
        fields(article, section).any(|field| {
            let terms: Vec<String> = tokens(field)
                .into_iter()
                .map(|token| if begins(&token.form) { stem(&token.form) } else { token.form })
                .collect();
            terms.windows(self.terms.len()).any(|window| window == &self.terms[..])
        })
    }
}
