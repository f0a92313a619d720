//! English stems: the Snowball algorithm "English" (Porter2) as published with Snowball 3.1.
//!
//! It is no dependency, because an index can be older than the program that asks it, and both must
//! stem alike: stemming crates follow Snowball, which changes stems. [The algorithm] calls what
//! follows the first consonant after a vowel *R1*, and the same again within R1 *R2*: a suffix must
//! lie in one of them.
//!
//! [The algorithm]: https://snowballstem.org/algorithms/english/stemmer.html

// The library is `no_std`; search is not.
use std::prelude::rust_2024::*;

/// Words with a stem of their own.
const EXCEPTIONS: [(&str, &str); 15] = [
    ("andes", "andes"),
    ("atlas", "atlas"),
    ("bias", "bias"),
    ("cosmos", "cosmos"),
    ("early", "earli"),
    ("gently", "gentl"),
    ("howe", "howe"),
    ("idly", "idl"),
    ("news", "news"),
    ("only", "onli"),
    ("singly", "singl"),
    ("skies", "sky"),
    ("skis", "ski"),
    ("sky", "sky"),
    ("ugly", "ugli"),
];

/// Prefixes that R1 follows: otherwise `university` and `universal` would have one stem.
const PREFIXES: [&str; 9] =
    ["arsen", "commun", "emerg", "gener", "inter", "later", "organ", "past", "univers"];

/// Words that keep their `-ing` and `-eed`: `inning` is no form of `inn`.
const WHOLE_BEFORE_ING: [&str; 6] = ["cann", "earr", "even", "herr", "inn", "out"];
const WHOLE_BEFORE_EED: [&str; 3] = ["exc", "proc", "succ"];

/// A suffix, what replaces it, and the letters of which one must stand before it (none: any).
type Rule = (&'static str, &'static str, &'static str);

// In each table a suffix stands before those that it ends with: the first match is the longest.

const STEP_2: [Rule; 25] = [
    ("ational", "ate", ""),
    ("fulness", "ful", ""),
    ("iveness", "ive", ""),
    ("ization", "ize", ""),
    ("ousness", "ous", ""),
    ("biliti", "ble", ""),
    ("lessli", "less", ""),
    ("tional", "tion", ""),
    ("alism", "al", ""),
    ("aliti", "al", ""),
    ("ation", "ate", ""),
    ("entli", "ent", ""),
    ("fulli", "ful", ""),
    ("iviti", "ive", ""),
    ("ogist", "og", ""),
    ("ousli", "ous", ""),
    ("abli", "able", ""),
    ("alli", "al", ""),
    ("anci", "ance", ""),
    ("ator", "ate", ""),
    ("enci", "ence", ""),
    ("izer", "ize", ""),
    ("bli", "ble", ""),
    ("ogi", "og", "l"),
    ("li", "", "cdeghkmnrt"),
];

const STEP_3: [Rule; 8] = [
    ("ational", "ate", ""),
    ("tional", "tion", ""),
    ("alize", "al", ""),
    ("icate", "ic", ""),
    ("iciti", "ic", ""),
    ("ical", "ic", ""),
    ("ness", "", ""),
    ("ful", "", ""),
];

const STEP_4: [Rule; 18] = [
    ("ement", "", ""),
    ("able", "", ""),
    ("ance", "", ""),
    ("ence", "", ""),
    ("ible", "", ""),
    ("ment", "", ""),
    ("ant", "", ""),
    ("ate", "", ""),
    ("ent", "", ""),
    ("ion", "", "st"),
    ("ism", "", ""),
    ("iti", "", ""),
    ("ive", "", ""),
    ("ize", "", ""),
    ("ous", "", ""),
    ("al", "", ""),
    ("er", "", ""),
    ("ic", "", ""),
];

/// Returns the stem of a word of the letters `a` to `z` and `'`, and any other word as it is.
pub fn stem(word: &str) -> String {
    if !word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'\'') || word.len() < 3 {
        return word.to_owned();
    }
    if let Some((_, stem)) = EXCEPTIONS.iter().find(|(form, _)| *form == word) {
        return (*stem).to_owned();
    }
    let mut word = Word::new(word);
    word.cut_plural();
    word.cut_past_and_ing();
    word.turn_y();
    word.apply(word.r1, &STEP_2);
    match word.before("ative") {
        Some(stem) if word.r2 <= stem => word.letters.truncate(stem),
        Some(_) => {}
        None => word.apply(word.r1, &STEP_3),
    }
    word.apply(word.r2, &STEP_4);
    word.cut_e_and_l();
    word.letters.make_ascii_lowercase();
    String::from_utf8(word.letters).expect("all letters are ASCII")
}

/// A word that becomes its stem.
struct Word {
    /// `Y` is a `y` that is a consonant.
    letters: Vec<u8>,
    /// The places at which R1 and R2 begin.
    r1: usize,
    r2: usize,
}

impl Word {
    fn new(word: &str) -> Word {
        let mut letters = word.strip_prefix('\'').unwrap_or(word).as_bytes().to_vec();
        let mut after_vowel = true;
        for letter in &mut letters {
            if *letter == b'y' && after_vowel {
                *letter = b'Y';
            }
            after_vowel = is_vowel(*letter);
        }
        let prefix = PREFIXES.iter().find(|prefix| letters.starts_with(prefix.as_bytes()));
        let r1 = prefix.map_or_else(|| region(&letters, 0), |prefix| prefix.len());
        Word { r1, r2: region(&letters, r1), letters }
    }

    /// Returns the index at which the suffix begins, or `None` if the word ends otherwise.
    fn before(&self, suffix: &str) -> Option<usize> {
        let start = self.letters.len().checked_sub(suffix.len())?;
        // Few words have the last letter: of most suffixes no more is compared.
        let ends = self.letters.last() == suffix.as_bytes().last()
            && self.letters[start..] == *suffix.as_bytes();
        ends.then_some(start)
    }

    /// Applies the rule of the longest suffix, if that lies in the region from `region` on.
    fn apply(&mut self, region: usize, rules: &[Rule]) {
        let found = rules.iter().find_map(|rule| Some((self.before(rule.0)?, rule.1, rule.2)));
        if let Some((stem, replacement, after)) = found
            && region <= stem
            && (after.is_empty()
                || self.letters[..stem].last().is_some_and(|last| after.as_bytes().contains(last)))
        {
            self.replace(stem, replacement);
        }
    }

    fn replace(&mut self, start: usize, replacement: &str) {
        self.letters.truncate(start);
        self.letters.extend_from_slice(replacement.as_bytes());
    }

    /// Applies step 1a: `'s`, `-s`, `-sses`, `-ied`, `-ies`.
    fn cut_plural(&mut self) {
        if let Some(stem) = ["'s'", "'s", "'"].iter().find_map(|suffix| self.before(suffix)) {
            self.letters.truncate(stem);
        }
        if let Some(stem) = self.before("sses") {
            self.replace(stem, "ss");
        } else if let Some(stem) = self.before("ied").or_else(|| self.before("ies")) {
            self.replace(stem, if stem > 1 { "i" } else { "ie" });
        } else if self.before("us").or_else(|| self.before("ss")).is_none()
            && let Some(stem) = self.before("s")
            && let [rest @ .., _] = &self.letters[..stem]
            && rest.iter().copied().any(is_vowel)
        {
            self.letters.truncate(stem);
        }
    }

    /// Applies step 1b: `-eed`, `-ed`, `-ing`, and each with `-ly`.
    fn cut_past_and_ing(&mut self) {
        if let Some(stem) = self.before("eedly").or_else(|| self.before("eed")) {
            if self.r1 <= stem && !is_one_of(&self.letters[..stem], &WHOLE_BEFORE_EED) {
                self.replace(stem, "ee");
            }
            return;
        }
        let suffix = ["ingly", "edly", "ing", "ed"]
            .into_iter()
            .find_map(|suffix| Some((suffix, self.before(suffix)?)));
        let Some((suffix, stem)) = suffix else { return };
        let rest = &self.letters[..stem];
        if suffix == "ing" {
            match *rest {
                // `dying` → `die`
                [letter, b'y'] if !is_vowel(letter) => return self.replace(1, "ie"),
                _ if is_one_of(rest, &WHOLE_BEFORE_ING) => return,
                _ => {}
            }
        }
        if !rest.iter().copied().any(is_vowel) {
            return;
        }
        self.letters.truncate(stem);
        match *self.letters {
            [.., b'a', b't'] | [.., b'b', b'l'] | [.., b'i', b'z'] => self.letters.push(b'e'),
            // `add`, `egg`, `off`
            [b'a' | b'e' | b'o', first, second] if is_double(first, second) => {}
            [.., first, second] if is_double(first, second) => self.letters.truncate(stem - 1),
            _ if self.letters.len() == self.r1 && ends_in_short_syllable(&self.letters) => {
                self.letters.push(b'e')
            }
            _ => {}
        }
    }

    /// Applies step 1c: a final `y` after a consonant that is not the first letter.
    fn turn_y(&mut self) {
        if let [_, .., before, last @ (b'y' | b'Y')] = &mut *self.letters
            && !is_vowel(*before)
        {
            *last = b'i';
        }
    }

    /// Applies step 5: a final `e` or second `l`.
    fn cut_e_and_l(&mut self) {
        let cut = match &*self.letters {
            [rest @ .., b'e'] => {
                self.r2 <= rest.len() || self.r1 <= rest.len() && !ends_in_short_syllable(rest)
            }
            [rest @ .., b'l'] => self.r2 <= rest.len() && rest.ends_with(b"l"),
            _ => false,
        };
        if cut {
            self.letters.pop();
        }
    }
}

const fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

const fn is_double(first: u8, second: u8) -> bool {
    first == second && matches!(first, b'b' | b'd' | b'f' | b'g' | b'm' | b'n' | b'p' | b'r' | b't')
}

fn is_one_of(letters: &[u8], words: &[&str]) -> bool {
    words.iter().any(|word| word.as_bytes() == letters)
}

/// Returns where the region begins that follows the first consonant after a vowel, from `start` on.
fn region(letters: &[u8], start: usize) -> usize {
    let pairs = letters.get(start..).unwrap_or_default().windows(2);
    let found = pairs.enumerate().find(|(_, pair)| is_vowel(pair[0]) && !is_vowel(pair[1]));
    found.map_or(letters.len(), |(index, _)| start + index + 2)
}

fn ends_in_short_syllable(letters: &[u8]) -> bool {
    match *letters {
        [.., b'p', b'a', b's', b't'] => true,
        [first, second] => is_vowel(first) && !is_vowel(second),
        [.., first, second, third] => {
            !is_vowel(first)
                && is_vowel(second)
                && !is_vowel(third)
                && !matches!(third, b'w' | b'x' | b'Y')
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn published(word: &str) -> String {
        frostem::Stemmer::new(frostem::Algorithm::English).stem(word).into_owned()
    }

    /// Compares the stems of a fifteenth of Snowball's vocabulary and of words that the algorithm
    /// names; `tests/spec` compares 29,417 words. A third column has the stem before Snowball 3,
    /// which the crate `rust-stemmers` 1.2 makes, for all words of the vocabulary where it differs.
    /// The newer one is better:
    /// `adding` and `added` go with `add`, `biologist` with `biology`, and no longer `university`
    /// with `universal`, `organization` with `organ`, `international` with `internal`.
    #[test]
    fn the_vocabulary_has_its_published_stems() {
        let mut changed = 0;
        for line in include_str!("../../tests/stems.tsv").lines() {
            let columns: Vec<&str> = line.split('\t').collect();
            assert_eq!(stem(columns[0]), columns[1], "{line}");
            assert_eq!(published(columns[0]), columns[1], "{line}");
            if let Some(before) = columns.get(2) {
                assert_ne!(columns[1], *before, "{line}");
                changed += 1;
            }
        }
        assert_eq!(changed, 52);
    }

    /// Puts every suffix behind every other.
    #[test]
    fn made_up_words_have_their_published_stems() {
        let suffixes = [&STEP_2[..], &STEP_3, &STEP_4].concat().into_iter().map(|rule| rule.0);
        let others = "' 's 's' s ies ied sses us eed eedly ed edly ing ingly ative e l ll at bl iz \
            y ay yy bb cc tt a o st x w";
        let suffixes: BTreeSet<&str> = suffixes.chain(others.split(' ')).collect();
        let beginnings: BTreeSet<&str> = others
            .split(' ')
            .chain(PREFIXES)
            .chain(WHOLE_BEFORE_EED)
            .chain(WHOLE_BEFORE_ING)
            .collect();
        for beginning in &beginnings {
            for middle in &suffixes {
                for end in &suffixes {
                    let word = [*beginning, *middle, *end].concat();
                    assert_eq!(stem(&word), published(&word), "{word}");
                }
            }
        }
    }

    #[test]
    fn short_made_up_words_have_their_published_stems() {
        for alphabet in ["aeybtswi", "ydieng'", "ls'eiuy"] {
            let mut words = vec![String::new()];
            for _ in 0..5 {
                words = words
                    .iter()
                    .flat_map(|word| alphabet.chars().map(move |letter| format!("{word}{letter}")))
                    .collect();
                for word in &words {
                    assert_eq!(stem(word), published(word), "{word}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_english_word_stays() {
        for word in ["", "4", "gpt-4s", "große", "naïves", "AIs", "人工"] {
            assert_eq!(stem(word), word);
        }
    }

    #[test]
    fn tables_put_longer_suffixes_first() {
        for table in [&STEP_2[..], &STEP_3, &STEP_4] {
            for (index, (suffix, ..)) in table.iter().enumerate() {
                assert!(
                    table[..index].iter().all(|(earlier, ..)| !suffix.ends_with(earlier)),
                    "{suffix}"
                );
            }
        }
    }
}
