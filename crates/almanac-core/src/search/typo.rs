//! Words that differ by one edit, as an automaton that walks the index: a letter more, less, other,
//! or two swapped.

// The library is `no_std`; search is not.
use std::prelude::rust_2024::*;

use fst::Automaton;

use crate::layout::to_usize;

/// Accepts what is at most one edit from a word. Edits are counted in characters; the index is
/// walked in bytes.
pub(crate) struct OneEdit {
    word: Vec<char>,
}

/// The places in the word that the characters read so far may lead to.
#[derive(Clone, Copy)]
pub(crate) struct State {
    /// Without an edit.
    same: Option<usize>,
    /// With one edit: a bit for each place.
    edited: u64,
    /// In the middle of a swap: the place of the letter that must come now.
    swapping: Option<usize>,
    /// The bytes of a character that isn't whole yet, and how many.
    partial: [u8; 4],
    pending: usize,
}

impl OneEdit {
    /// Makes an automaton for a word; longer ones are cut to what fits into a state.
    pub(crate) fn new(word: &str) -> OneEdit {
        OneEdit { word: word.chars().take(60).collect() }
    }

    fn step(&self, state: &State, character: char) -> State {
        let is = |at: usize| self.word.get(at) == Some(&character);
        let mut next = State { same: None, edited: 0, swapping: None, partial: [0; 4], pending: 0 };
        let mut places = state.edited;
        while places != 0 {
            let at = to_usize(places.trailing_zeros());
            places &= places - 1;
            if is(at) {
                next.edited |= 1 << (at + 1);
            }
        }
        if let Some(at) = state.swapping.filter(|at| is(*at)) {
            next.edited |= 1 << (at + 2);
        }
        if let Some(at) = state.same {
            next.same = is(at).then_some(at + 1);
            next.edited |= 1 << at; // a letter more
            if at < self.word.len() {
                next.edited |= 1 << (at + 1); // another letter
            }
            if is(at + 1) {
                next.edited |= 1 << (at + 2); // a letter less
                next.swapping = Some(at);
            }
        }
        next
    }
}

impl Automaton for OneEdit {
    type State = State;

    fn start(&self) -> State {
        State { same: Some(0), edited: 0, swapping: None, partial: [0; 4], pending: 0 }
    }

    fn is_match(&self, state: &State) -> bool {
        let end = self.word.len();
        state.pending == 0
            && (state.same.is_some_and(|at| at + 1 >= end) || state.edited & 1 << end != 0)
    }

    fn can_match(&self, state: &State) -> bool {
        state.same.is_some() || state.edited != 0 || state.swapping.is_some()
    }

    fn accept(&self, state: &State, byte: u8) -> State {
        if state.pending == 0 && byte.is_ascii() {
            return self.step(state, byte.into());
        }
        let mut next = *state;
        if next.pending < next.partial.len() {
            next.partial[next.pending] = byte;
            next.pending += 1;
        }
        match core::str::from_utf8(&next.partial[..next.pending])
            .ok()
            .and_then(|read| read.chars().next())
        {
            Some(character) => self.step(state, character),
            None => next,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fst::{IntoStreamer, Set, Streamer};

    fn matches(word: &str, among: &[&str]) -> Vec<String> {
        let mut sorted = among.to_vec();
        sorted.sort_unstable();
        let set = Set::from_iter(sorted).unwrap();
        let mut stream = set.search(OneEdit::new(word)).into_stream();
        let mut found = Vec::new();
        while let Some(key) = stream.next() {
            found.push(core::str::from_utf8(key).unwrap().to_string());
        }
        found
    }

    #[test]
    fn one_edit_of_every_kind() {
        let among = [
            "huawei", "huwei", "huaweii", "hauwei", "huaxei", "uhawei", "huawi", "hua", "xuaxei",
            "hüawei", "huaweixy",
        ];
        assert_eq!(
            matches("huawei", &among),
            ["hauwei", "huawei", "huaweii", "huawi", "huaxei", "huwei", "hüawei", "uhawei"]
                .map(String::from)
        );
    }

    #[test]
    fn agrees_with_the_distance() {
        let words = [
            "ab", "abc", "abcd", "acbd", "bacd", "abd", "xbcd", "abcx", "abcde", "xabcd", "abdc",
            "dcba", "", "a",
        ];
        for word in words {
            let expected: Vec<String> = {
                let mut near: Vec<&str> = words
                    .iter()
                    .copied()
                    .filter(|other| crate::distance::edit_distance(word, other, 1).is_some())
                    .collect();
                near.sort_unstable();
                near.into_iter().map(String::from).collect()
            };
            assert_eq!(matches(word, &words), expected, "{word}");
        }
    }
}
