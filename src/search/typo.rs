//! Words that differ by one edit, as an automaton that walks the index: a letter more, less, other, or two swapped.

// The library is `no_std`; search is not.
use std::prelude::rust_2024::*;

use fst::Automaton;

/// Accepts what is one edit from a word. Edits are counted in characters; the index is walked in bytes.
pub(crate) struct OneEdit {
    word: Vec<char>,
}

/// What has been read: whole characters, and the bytes of one that isn't whole yet.
#[derive(Clone)]
pub(crate) struct State {
    read: String,
    partial: Vec<u8>,
}

impl OneEdit {
    pub(crate) fn new(word: &str) -> OneEdit {
        OneEdit { word: word.chars().collect() }
    }

    /// How many characters agree before the first that doesn't.
    fn common(&self, read: &[char]) -> usize {
        self.word.iter().zip(read).take_while(|(a, b)| a == b).count()
    }

    /// Is what was read the beginning of the rest of the word from `at`?
    fn begins(&self, at: usize, read: &[char]) -> bool {
        self.word.get(at..).is_some_and(|rest| rest.starts_with(read))
    }
}

impl Automaton for OneEdit {
    type State = State;

    fn start(&self) -> State {
        State { read: String::new(), partial: Vec::new() }
    }

    fn is_match(&self, state: &State) -> bool {
        if !state.partial.is_empty() {
            return false;
        }
        let limit = 1;
        let word: String = self.word.iter().collect();
        crate::distance::edit_distance(&word, &state.read, limit).is_some()
    }

    fn can_match(&self, state: &State) -> bool {
        let read: Vec<char> = state.read.chars().collect();
        let same = self.common(&read);
        if same == read.len() {
            return true;
        }
        // The first difference is the one edit: what follows must go on from there.
        let other = &read[same + 1..];
        let swapped = || {
            let pair = self
                .word
                .get(same..same + 2)
                .is_some_and(|pair| read[same] == pair[1] && other.first().is_none_or(|next| *next == pair[0]));
            pair && (other.is_empty() || self.begins(same + 2, &other[1..]))
        };
        self.begins(same + 1, other) // another letter
            || self.begins(same, other) // a letter more
            || self.begins(same + 1, &read[same..]) // a letter less
            || swapped()
    }

    fn accept(&self, state: &State, byte: u8) -> State {
        let mut next = state.clone();
        next.partial.push(byte);
        if core::str::from_utf8(&next.partial).is_ok_and(|character| {
            next.read.push_str(character);
            true
        }) {
            next.partial.clear();
        }
        next
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
        let among = ["huawei", "huwei", "huaweii", "hauwei", "huaxei", "uhawei", "huawi", "hua", "xuaxei", "hüawei", "huaweixy"];
        assert_eq!(
            matches("huawei", &among),
            ["hauwei", "huawei", "huaweii", "huawi", "huaxei", "huwei", "hüawei", "uhawei"].map(String::from)
        );
    }

    #[test]
    fn agrees_with_the_distance() {
        let words = ["ab", "abc", "abcd", "acbd", "bacd", "abd", "xbcd", "abcx", "abcde", "xabcd", "abdc", "dcba", "", "a"];
        for word in words {
            let expected: Vec<String> = {
                let mut near: Vec<&str> =
                    words.iter().copied().filter(|other| crate::distance::edit_distance(word, other, 1).is_some()).collect();
                near.sort_unstable();
                near.into_iter().map(String::from).collect()
            };
            assert_eq!(matches(word, &words), expected, "{word}");
        }
    }
}
