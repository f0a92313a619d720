//! Words that must stand side by side.

// The library is `no_std`; search is not.
use std::prelude::rust_2024::*;

use core::ops::Range;

use super::analysis::{Kind, Token, is_function_word, stem, tokens};
use super::index::Index;

/// A phrase.
#[derive(Clone)]
pub(super) struct Phrase {
    text: Terms,
    /// The units that can have it, in order; `None` if the index can't tell.
    units: Option<Vec<u32>>,
}

/// A text as terms.
#[derive(Clone)]
struct Terms {
    terms: Vec<String>,
    /// The places of the terms in the text.
    spans: Vec<Range<usize>>,
    /// Other forms of some terms: index of the first, how many, the form.
    joined: Vec<(usize, usize, String)>,
}

impl Terms {
    fn new(tokens: impl IntoIterator<Item = Token>, stem: impl Fn(&str) -> String) -> Terms {
        let mut text = Terms { terms: Vec::new(), spans: Vec::new(), joined: Vec::new() };
        for token in tokens {
            match token.kind {
                Kind::Word => {
                    text.terms.push(stem(&token.form));
                    text.spans.push(token.start..token.end);
                }
                Kind::Joined(count) => {
                    text.joined.push((text.terms.len() - count, count, stem(&token.form)));
                }
                Kind::Tail => {}
            }
        }
        // They stand where they end.
        text.joined.sort_by_key(|(first, ..)| *first);
        text
    }

    /// Returns the forms that begin with a term: how many terms each takes, and the form.
    fn forms(&self, index: usize) -> impl Iterator<Item = (usize, &str)> {
        let start = self.joined.partition_point(|(first, ..)| *first < index);
        let joined = self.joined[start..].iter().take_while(move |(first, ..)| *first == index);
        let single = self.terms.get(index).map(|term| (1, term.as_str()));
        single.into_iter().chain(joined.map(|(_, count, form)| (*count, form.as_str())))
    }

    /// Returns the index after the rest of this text, if the other one has it at an index.
    fn end_in(&self, from: usize, other: &Terms, index: usize) -> Option<usize> {
        if from == self.terms.len() {
            return Some(index);
        }
        self.forms(from).find_map(|(count, form)| {
            other.forms(index).find_map(|(others, other_form)| {
                let same = form == other_form;
                same.then(|| self.end_in(from + count, other, index + others)).flatten()
            })
        })
    }
}

impl Phrase {
    pub(super) fn new(index: &Index, phrase: &[Token]) -> Phrase {
        let copy = phrase.iter().map(|token| Token { form: token.form.clone(), ..*token });
        let text = Terms::new(copy, stem);
        let words = phrase.iter().filter(|token| token.is_word()).map(|token| token.form.as_str());
        let mut units: Option<Vec<u32>> = None;
        for (at, form) in words.enumerate() {
            // Function words are indexed for titles only, and what can be written as one may be.
            let covered =
                |(first, count, _): &(usize, usize, String)| (*first..first + count).contains(&at);
            if is_function_word(form) || text.joined.iter().any(covered) {
                continue;
            }
            let with = index.exact(form).map_or_else(Vec::new, |place| index.units_with(place));
            units = Some(match units {
                None => with,
                Some(known) => {
                    with.into_iter().filter(|unit| known.binary_search(unit).is_ok()).collect()
                }
            });
        }
        Phrase { text, units }
    }

    /// Returns `true` if the words stand side by side in one of the fields of a unit. Only a unit
    /// that can have all of them is read.
    pub(super) fn stands_in<'a>(&self, unit: u32, fields: impl FnOnce() -> Vec<&'a str>) -> bool {
        if self.units.as_ref().is_some_and(|units| units.binary_search(&unit).is_err()) {
            return false;
        }
        fields().into_iter().any(|field| self.places(field).next().is_some())
    }

    /// Returns the places of the phrase in a text, in order.
    pub(super) fn places(&self, text: &str) -> impl Iterator<Item = Range<usize>> {
        // A stem begins as its word does, so other words need none.
        let first = |word: &str| word.as_bytes().first().copied();
        let beginnings: Vec<Option<u8>> = self
            .text
            .terms
            .iter()
            .chain(self.text.joined.iter().map(|(.., form)| form))
            .map(|term| first(term))
            .collect();
        let stem_if_needed = |form: &str| {
            if beginnings.contains(&first(form)) { stem(form) } else { form.to_owned() }
        };
        let text = Terms::new(tokens(text), stem_if_needed);
        (0..text.terms.len()).filter_map(move |index| {
            let last = self.text.end_in(0, &text, index)?.checked_sub(1)?;
            Some(text.spans[index].start..text.spans[last].end)
        })
    }
}
