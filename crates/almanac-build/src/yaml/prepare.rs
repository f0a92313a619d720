//! Bridges the differences between YAML 1.1, which libyaml reads, and the YAML 1.2 and JSON that
//! people write: U+0085, U+2028 and U+2029 are characters like any other, not line ends, and
//! `\uD83D\uDE80` is one character.
//!
//! Both are replaced by as many other characters before libyaml reads the text, so that no column
//! moves, and put back into the values that it gives. The replacements are private-use characters
//! that the text doesn't have.

use std::borrow::Cow;
use std::collections::HashSet;

/// The characters that libyaml takes for line ends.
const SEPARATORS: [char; 3] = ['\u{85}', '\u{2028}', '\u{2029}'];

/// A text that libyaml reads as YAML 1.2 has it.
pub struct Prepared<'t> {
    pub text: Cow<'t, str>,
    /// The characters that stand for separators.
    separators: Vec<char>,
    /// The marks behind an escape that was a pair of surrogates: two of these, each for the case of
    /// the four digits of one surrogate, so that the pair can be put back where it wasn't an
    /// escape.
    fillers: Vec<char>,
}

impl<'t> Prepared<'t> {
    /// Prepares a text. `None` if every private-use character is taken.
    pub fn new(text: &'t str) -> Option<Prepared<'t>> {
        let pairs = text.contains("\\u") && surrogate_pairs(text).next().is_some();
        if !pairs && !text.contains(SEPARATORS) {
            let (separators, fillers) = (Vec::new(), Vec::new());
            return Some(Prepared { text: Cow::Borrowed(text), separators, fillers });
        }
        let taken = taken(text);
        let mut free = private_use().filter(|character| !taken.contains(character));
        let separators: Vec<char> = free.by_ref().take(SEPARATORS.len()).collect();
        let fillers: Vec<char> = free.take(16).collect();
        if fillers.len() < 16 {
            return None;
        }
        let mut prepared = String::with_capacity(text.len() + 64);
        let mut done = 0;
        for Pair { start, character, cases } in surrogate_pairs(text) {
            push_separated(&text[done..start], &separators, &mut prepared);
            prepared.push_str(&format!("\\U{:08X}", u32::from(character)));
            prepared.extend(cases.map(|case| fillers[case]));
            done = start + Pair::LENGTH;
        }
        push_separated(&text[done..], &separators, &mut prepared);
        Some(Prepared { text: Cow::Owned(prepared), separators, fillers })
    }

    /// Puts back into a value what was replaced in the text.
    pub fn restore(&self, value: &str) -> String {
        let is_replaced = |character| self.separator(character).is_some();
        let is_filler = |character| self.fillers.contains(&character);
        if !value.contains(|character| is_replaced(character) || is_filler(character)) {
            return value.to_owned();
        }
        let mut restored = String::with_capacity(value.len());
        let mut rest = value.chars().peekable();
        while let Some(character) = rest.next() {
            let case =
                |next: Option<&char>| self.fillers.iter().position(|filler| Some(filler) == next);
            if let Some(separator) = self.separator(character) {
                restored.push(separator);
            } else if let Some(first) = case(Some(&character)) {
                // The two fillers behind a character that was written as two surrogates, or behind
                // the digits of what was no escape.
                let second = rest.next_if(|next| case(Some(next)).is_some());
                let second = second.and_then(|next| case(Some(&next))).unwrap_or(0);
                unescape(&mut restored, [first, second]);
            } else {
                restored.push(character);
            }
        }
        restored
    }

    fn separator(&self, character: char) -> Option<char> {
        let at = self.separators.iter().position(|known| *known == character)?;
        Some(SEPARATORS[at])
    }
}

/// Writes a pair of surrogates again, if the text before ends with the escape that replaced it:
/// outside of double quotes it was no escape.
fn unescape(text: &mut String, cases: [usize; 2]) {
    let start = text.len().checked_sub(10).filter(|&start| text.is_char_boundary(start));
    let Some(start) = start else { return };
    let digits = text[start..].strip_prefix("\\U");
    let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let Some(character) = code.and_then(char::from_u32) else { return };
    text.truncate(start);
    let mut units = [0; 2];
    for (unit, case) in character.encode_utf16(&mut units).iter().zip(cases) {
        text.push_str("\\u");
        for (at, digit) in format!("{unit:04x}").chars().enumerate() {
            let upper = case & (1 << at) != 0;
            text.push(if upper { digit.to_ascii_uppercase() } else { digit });
        }
    }
}

fn push_separated(text: &str, separators: &[char], out: &mut String) {
    for character in text.chars() {
        let at = SEPARATORS.iter().position(|separator| *separator == character);
        out.push(at.map_or(character, |at| separators[at]));
    }
}

/// An escaped pair of surrogates, as in `\uD83D\uDE80`.
struct Pair {
    start: usize,
    character: char,
    /// For each surrogate which of its digits are capitals, as bits.
    cases: [usize; 2],
}

impl Pair {
    const LENGTH: usize = 12;
}

fn surrogate_pairs(text: &str) -> impl Iterator<Item = Pair> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let start = at;
            if bytes[at] != b'\\' {
                at += 1;
                continue;
            }
            if let Some(pair) = pair(bytes, start) {
                at += Pair::LENGTH;
                return Some(pair);
            }
            // An escaped backslash begins no escape.
            at += 2;
        }
        None
    })
}

fn pair(bytes: &[u8], start: usize) -> Option<Pair> {
    let (high, first) = unit(bytes, start)?;
    let (low, second) = unit(bytes, start + 6)?;
    let character = char::decode_utf16([high, low]).next()?.ok()?;
    (character.len_utf16() == 2).then_some(Pair { start, character, cases: [first, second] })
}

/// Reads `\uXXXX`: the number, and which digits are capitals.
fn unit(bytes: &[u8], start: usize) -> Option<(u16, usize)> {
    let digits = bytes.get(start..start + 6)?.strip_prefix(b"\\u")?;
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let case = |(at, digit): (usize, &u8)| usize::from(digit.is_ascii_uppercase()) << at;
    let cases = digits.iter().enumerate().map(case).sum();
    let number = u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    Some((number, cases))
}

fn private_use() -> impl Iterator<Item = char> {
    ('\u{e000}'..='\u{f8ff}').chain('\u{f0000}'..='\u{ffffd}').chain('\u{100000}'..='\u{10fffd}')
}

/// Returns the private-use characters that a text has, as themselves or as escapes.
fn taken(text: &str) -> HashSet<char> {
    let is_private = |character: &char| private_use_ranges(*character);
    let mut taken: HashSet<char> = text.chars().filter(is_private).collect();
    for (at, mark) in text.match_indices(['u', 'U']) {
        let length = if mark == "u" { 4 } else { 8 };
        let digits = text.get(at + 1..at + 1 + length);
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        taken.extend(code.and_then(char::from_u32).filter(is_private));
    }
    taken
}

fn private_use_ranges(character: char) -> bool {
    matches!(
        character,
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}'
    )
}
