//! Words of the index that begin alike.

// The library is `no_std`; search is not.
use std::prelude::rust_2024::*;

use fst::Map;
use fst::raw::{Fst, Node, Output};

/// Returns the place of a word, or how many of its bytes some word begins with.
pub(super) fn place(words: &Map<&[u8]>, word: &str) -> Result<u64, usize> {
    let (node, output) = follow(words.as_fst(), word)?;
    let place = node.is_final().then(|| output.cat(node.final_output()).value());
    place.ok_or(word.len())
}

/// Follows a prefix from the first node on: returns the last node and the sum of the outputs, or
/// how many bytes there are transitions for.
fn follow<'a>(words: &'a Fst<&[u8]>, prefix: &str) -> Result<(Node<'a>, Output), usize> {
    let (mut node, mut output) = (words.root(), Output::zero());
    for (depth, byte) in prefix.bytes().enumerate() {
        let transition = node.transition(node.find_input(byte).ok_or(depth)?);
        output = output.cat(transition.out);
        node = words.node(transition.addr);
    }
    Ok((node, output))
}

/// Words with a prefix, in order, each with its place.
///
/// A stream of `fst` with an automaton tries every transition of every node on the way to the
/// prefix, the first of which has one for each initial letter: that takes several times as long as
/// the words themselves, and mostly there are few or none.
pub(super) struct Prefixed<'a> {
    words: &'a Fst<&'a [u8]>,
    /// The word of the last node.
    word: Vec<u8>,
    /// The nodes from the prefix on.
    path: Vec<Step<'a>>,
}

/// A node that is being visited.
struct Step<'a> {
    node: Node<'a>,
    /// Sum of the outputs on the way here.
    output: Output,
    /// The next step: 0 is the word that ends here, then each transition.
    next: usize,
}

impl<'a> Prefixed<'a> {
    pub(super) fn new(words: &'a Map<&'a [u8]>, prefix: &str) -> Prefixed<'a> {
        let words = words.as_fst();
        let mut found = Prefixed { words, word: Vec::new(), path: Vec::new() };
        if let Ok((node, output)) = follow(words, prefix) {
            found.word.extend(prefix.bytes());
            found.path.push(Step { node, output, next: 0 });
        }
        found
    }

    /// Returns the next word and its place.
    pub(super) fn next(&mut self) -> Option<(&[u8], u64)> {
        loop {
            let step = self.path.last_mut()?;
            let next = step.next;
            step.next += 1;
            let Some(index) = next.checked_sub(1) else {
                if step.node.is_final() {
                    let output = step.output.cat(step.node.final_output());
                    return Some((&self.word, output.value()));
                }
                continue;
            };
            if index == step.node.len() {
                self.path.pop();
                self.word.pop();
                continue;
            }
            let transition = step.node.transition(index);
            let output = step.output.cat(transition.out);
            self.word.push(transition.inp);
            self.path.push(Step { node: self.words.node(transition.addr), output, next: 0 });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_that_begin_so() {
        let words = ["", "a", "ab", "abc", "abd", "b", "bcd", "é", "éa"];
        let map = Map::from_iter(words.iter().zip(10..)).unwrap();
        let map = Map::new(map.as_fst().as_bytes()).unwrap();
        for prefix in ["", "a", "ab", "abc", "abcd", "bc", "bd", "c", "é", "x"] {
            let expected: Vec<(&str, u64)> =
                words.into_iter().zip(10..).filter(|(word, _)| word.starts_with(prefix)).collect();
            let mut prefixed = Prefixed::new(&map, prefix);
            let mut found = Vec::new();
            while let Some((word, place)) = prefixed.next() {
                found.push((core::str::from_utf8(word).unwrap().to_owned(), place));
            }
            let found: Vec<(&str, u64)> =
                found.iter().map(|(word, place)| (word.as_str(), *place)).collect();
            assert_eq!(found, expected, "{prefix}");
            assert_eq!(prefixed.next(), None, "{prefix}");
            let begins =
                |length: &usize| words.iter().any(|one| one.starts_with(&prefix[..*length]));
            let lengths = (0..=prefix.len()).filter(|length| prefix.is_char_boundary(*length));
            let depth = lengths.filter(begins).max().unwrap();
            assert_eq!(place(&map, prefix), map.get(prefix).ok_or(depth), "{prefix}");
        }
    }
}
