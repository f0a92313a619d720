//! Text → terms. The compiler builds the index with this code and queries are read with it, so both mean the same.
//!
//! Words are those of Unicode, folded: lower case, without diacritics, compatibility forms made plain (`ﬁ` is `fi`). A term is
//! the English stem of a folded word. Chinese and Japanese, which write no spaces, give runs of two characters. There are no
//! stop words: what is everywhere weighs next to nothing anyway.

// The library is `no_std`; search is not.
use std::prelude::rust_2024::*;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

pub use super::stemmer::stem;

/// A word of a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Token {
    /// The folded word.
    pub form: String,
    /// Where it stands in the text, in bytes.
    pub start: usize,
    pub end: usize,
}

/// The words of a text, in order.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    // Chinese or Japanese characters that stand side by side.
    let mut run: Vec<(char, usize)> = Vec::new();
    for (start, word) in text.unicode_word_indices() {
        if word.chars().all(is_cjk) {
            for (at, character) in word.char_indices() {
                if run.last().is_some_and(|(last, last_at)| last_at + last.len_utf8() != start + at)
                {
                    flush(&mut run, &mut tokens);
                }
                run.push((character, start + at));
            }
            continue;
        }
        flush(&mut run, &mut tokens);
        let form = fold(word);
        if !form.is_empty() {
            tokens.push(Token { form, start, end: start + word.len() });
        }
    }
    flush(&mut run, &mut tokens);
    tokens
}

/// Turns a run of characters into pairs; one alone stays one.
fn flush(run: &mut Vec<(char, usize)>, tokens: &mut Vec<Token>) {
    if let &[(character, start)] = &run[..] {
        tokens.push(Token {
            form: character.to_string(),
            start,
            end: start + character.len_utf8(),
        });
    }
    for pair in run.windows(2) {
        let [(first, start), (second, at)] = [pair[0], pair[1]];
        tokens.push(Token {
            form: [first, second].iter().collect(),
            start,
            end: at + second.len_utf8(),
        });
    }
    run.clear();
}

fn is_cjk(character: char) -> bool {
    matches!(character, '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Lower case, without diacritics and possessive endings.
fn fold(word: &str) -> String {
    if word.is_ascii() {
        // What the rest does, for the usual case.
        let mut plain = word.to_ascii_lowercase();
        if plain.ends_with("'s") {
            plain.truncate(plain.len() - 2);
        }
        return plain;
    }
    let plain: String = word
        .nfkd()
        .filter(|character| !is_combining_mark(*character))
        .flat_map(char::to_lowercase)
        .collect();
    let plain = plain.replace('’', "'");
    plain.strip_suffix("'s").map(str::to_owned).unwrap_or(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.form).collect()
    }

    #[test]
    fn words_are_folded() {
        assert_eq!(
            forms("Huawei's Café—GPT-4 and ﬁne-tuning, 3.5 Größe"),
            ["huawei", "cafe", "gpt", "4", "and", "fine", "tuning", "3.5", "große"]
        );
        assert_eq!(forms("人工知能とAI 米"), ["人工", "工知", "知能", "能と", "ai", "米"]);
        assert!(forms("… — !!").is_empty());
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "Ein Café; 人工 x";
        for token in tokens(text) {
            assert!(text.get(token.start..token.end).is_some(), "{token:?}");
        }
        assert_eq!(&text[tokens(text)[1].start..tokens(text)[1].end], "Café");
    }
}
