//! Text → terms. The compiler builds the index with this code and queries are read with it, so both
//! mean the same.
//!
//! Words are those of Unicode, divided at hyphens, apostrophes and dots, and folded: lower case,
//! without diacritics, ligatures and compatibility forms made plain (`ﬁ` is `fi`, `ß` is `ss`).
//! Divided words also count as one, each two parts and all of them: `fine-tuning` is
//! `fine`, `tuning` and `finetuning`. A term is the English stem of a folded word. Scripts that
//! write no spaces, and Korean, which writes few, give runs of two characters; both kinds of kana
//! are one.

// The library is `no_std`; search is not.
use std::prelude::rust_2024::*;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

pub use super::function_words::is_function_word;
pub use super::stemmer::stem;

/// A word of a text, or several that can be written as one.
#[derive(Debug, PartialEq, Eq)]
pub struct Token {
    /// The folded word.
    pub form: String,
    /// The place in the text, in bytes.
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
}

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Word,
    /// Another form of this many words that stand directly before it in the list: `finetuning` of
    /// `fine-tuning`, `c++` of `c`.
    Joined(usize),
    /// The last character of a run without spaces. Every other one begins a pair, so that with it a
    /// single character is found as the beginning of a word.
    Tail,
}

impl Token {
    /// Returns `true` for what counts when words are counted.
    #[must_use]
    pub fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }
}

/// Returns the tokens of a text, in order.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    // Most words of a query.
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        let form = singular(text).to_ascii_lowercase();
        return std::vec![Token { form, start: 0, end: text.len(), kind: Kind::Word }];
    }
    let mut tokens = Tokens {
        text,
        tokens: Vec::with_capacity(text.len() / 6),
        chain: Vec::new(),
        run: Vec::new(),
    };
    let mut start = 0;
    // Words end with lines, and a line of plain ASCII is divided more quickly.
    for line in text.split_inclusive('\n') {
        for (index, word) in line.unicode_word_indices() {
            tokens.add(start + index, word);
        }
        start += line.len();
    }
    tokens.end_run();
    tokens.end_chain();
    tokens.tokens
}

/// Returns the last place in a text, up to an index, where no character is cut.
pub(super) fn floor_char_boundary(text: &str, index: usize) -> usize {
    (0..=index.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// Tokens of a text that is being read.
struct Tokens<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    /// Words that stand side by side with a mark between them: form, start, end.
    chain: Vec<(String, usize, usize)>,
    /// Characters of a script without spaces that stand side by side: form, start, end.
    run: Vec<(String, usize, usize)>,
}

impl Tokens<'_> {
    /// Adds a word as Unicode divides text.
    fn add(&mut self, start: usize, word: &str) {
        if word.is_ascii() {
            self.end_run();
            return self.add_spaced(start, word);
        }
        // Scripts can stand in one word: `AI는`.
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            let unspaced = is_unspaced(first);
            let end = rest
                .find(|next: char| is_unspaced(next) != unspaced && !is_mark(next))
                .unwrap_or(rest.len());
            let at = start + word.len() - rest.len();
            if unspaced {
                self.end_chain();
                self.add_unspaced(at, &rest[..end]);
            } else {
                self.end_run();
                self.add_spaced(at, &rest[..end]);
            }
            rest = &rest[end..];
        }
    }

    /// Adds characters to the run that stands directly before them, or begins one.
    fn add_unspaced(&mut self, start: usize, word: &str) {
        if self.run.last().is_some_and(|(.., end)| *end != start) {
            self.end_run();
        }
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            let after = first.len_utf8();
            let length =
                rest[after..].find(|next| !is_mark(next)).map_or(rest.len(), |end| after + end);
            let at = start + word.len() - rest.len();
            self.run.push((rest[..length].nfkc().map(to_katakana).collect(), at, at + length));
            rest = &rest[length..];
        }
    }

    /// Turns the run into pairs; a character alone stays one.
    fn end_run(&mut self) {
        for pair in self.run.windows(2) {
            let [(first, start, _), (second, _, end)] = pair else {
                unreachable!("windows of two")
            };
            self.tokens.push(Token {
                form: [first.as_str(), second].concat(),
                start: *start,
                end: *end,
                kind: Kind::Word,
            });
        }
        let kind = if self.run.len() == 1 { Kind::Word } else { Kind::Tail };
        if let Some((form, start, end)) = self.run.pop() {
            self.tokens.push(Token { form, start, end, kind });
        }
        self.run.clear();
    }

    /// Adds a word of a script with spaces, divided at the marks inside it.
    fn add_spaced(&mut self, start: usize, word: &str) {
        if let Some((last, _, end)) = self.chain.last() {
            let letter = |word: &str| word.len() == 1 && word.as_bytes()[0].is_ascii_alphabetic();
            let connected = match &self.text[*end..start] {
                "-" | "\u{2010}" | "\u{2011}" => true,
                // `I/O` is short for words as `U.S.` is.
                "/" => letter(last) && letter(word),
                _ => false,
            };
            if !connected {
                self.end_chain();
            }
        }
        if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            let form = singular(word).to_ascii_lowercase();
            return self.chain.push((form, start, start + word.len()));
        }
        // Parts and the mark before each.
        let mut parts: Vec<(&str, usize, char)> = Vec::new();
        let mut begin = 0;
        let mut mark = ' ';
        for (index, character) in word.char_indices() {
            // Some apostrophes are letters to Unicode.
            if (character.is_alphanumeric() || is_mark(character)) && !is_apostrophe(character) {
                continue;
            }
            let digit = |side: Option<char>| side.is_some_and(char::is_numeric);
            let after = index + character.len_utf8();
            if digit(word[..index].chars().next_back()) && digit(word[after..].chars().next()) {
                continue;
            }
            parts.push((&word[begin..index], begin, mark));
            (begin, mark) = (after, character);
        }
        parts.push((&word[begin..], begin, mark));
        let single = |part: &str| part.chars().filter(|next| !is_mark(*next)).count() == 1;
        let dotted = parts[1..].iter().all(|(.., mark)| *mark == '.');
        let acronym = dotted && parts.len() > 1 && parts.iter().all(|(part, ..)| single(part));
        let first = self.chain.len();
        for (part, index, mark) in parts {
            let form = fold(part);
            let end = start + index + part.len();
            if is_apostrophe(mark) && form == "s" {
                continue;
            }
            let contracted =
                is_apostrophe(mark) && ["t", "re", "ve", "ll", "d", "m"].contains(&form.as_str());
            if mark == ':' {
                self.end_chain();
            }
            let follows = self.chain.len() > first;
            match self.chain.last_mut() {
                Some(last) if (contracted || acronym) && follows => {
                    last.0.push_str(&form);
                    last.2 = end;
                }
                _ if form.is_empty() => {}
                _ => self.chain.push((form, start + index, end)),
            }
        }
    }

    /// Gives the words of the chain, and each two and all of them as one.
    fn end_chain(&mut self) {
        let mut chain = core::mem::take(&mut self.chain);
        if chain.len() == 1
            && let Some((form, start, end)) = chain.pop()
        {
            let marked = self.with_marks(&form, start, end);
            self.tokens.push(Token { form, start, end, kind: Kind::Word });
            self.tokens.extend(marked);
        }
        for (index, (form, start, end)) in chain.iter().enumerate() {
            self.tokens.push(Token {
                form: form.clone(),
                start: *start,
                end: *end,
                kind: Kind::Word,
            });
            if let Some(token) = self.with_marks(form, *start, *end) {
                self.tokens.push(token);
            }
            let Some(before) = index.checked_sub(1) else { continue };
            let (first, begin, _) = &chain[before];
            let functional = is_function_word(first) || is_function_word(form);
            if !(is_digits(first) && is_digits(form) || functional && chain.len() > 2) {
                self.tokens.push(Token {
                    form: [first.as_str(), form].concat(),
                    start: *begin,
                    end: *end,
                    kind: Kind::Joined(2),
                });
            }
        }
        if let [(_, start, _), _, .., (_, _, end)] = &chain[..]
            && chain.len() > 2
            && !chain.iter().all(|(form, ..)| is_digits(form))
        {
            self.tokens.push(Token {
                form: chain.iter().map(|(form, ..)| form.as_str()).collect(),
                start: *start,
                end: *end,
                kind: Kind::Joined(chain.len()),
            });
        }
        // Keep the memory.
        self.chain = chain;
        self.chain.clear();
    }

    /// Returns the word with the marks that make it a name: `c++`, `c#`, `.net`.
    fn with_marks(&self, form: &str, start: usize, end: usize) -> Option<Token> {
        if !form.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return None;
        }
        let ends = |rest: &str| {
            !rest.starts_with(|next: char| next.is_alphanumeric() || next == '+' || next == '#')
        };
        let after = &self.text[end..];
        let suffix = if after.starts_with("++") && ends(&after[2..]) {
            "++"
        } else if after.starts_with('#') && form.len() == 1 && ends(&after[1..]) {
            "#"
        } else {
            let before = self.text[..start].strip_suffix('.')?;
            let begins = before
                .chars()
                .next_back()
                .is_none_or(|last| last.is_whitespace() || "([\"'“".contains(last));
            return begins.then(|| Token {
                form: [".", form].concat(),
                start: start - 1,
                end,
                kind: Kind::Joined(1),
            });
        };
        Some(Token {
            form: [form, suffix].concat(),
            start,
            end: end + suffix.len(),
            kind: Kind::Joined(1),
        })
    }
}

/// Returns `true` for scripts that write no spaces or few, and whose words only a dictionary knows.
fn is_unspaced(character: char) -> bool {
    matches!(character,
        '\u{0e00}'..='\u{0eff}' // Thai, Lao
        | '\u{1000}'..='\u{109f}' // Myanmar
        | '\u{1100}'..='\u{11ff}' // Hangul
        | '\u{1780}'..='\u{17ff}' // Khmer
        | '\u{3005}'..='\u{3007}' // 々〆〇
        | '\u{3040}'..='\u{30ff}' // kana
        | '\u{3130}'..='\u{318f}' // Hangul
        | '\u{31f0}'..='\u{31ff}' // kana
        | '\u{3400}'..='\u{4dbf}' // Han
        | '\u{4e00}'..='\u{9fff}'
        | '\u{a960}'..='\u{a97f}' // Hangul
        | '\u{ac00}'..='\u{d7ff}'
        | '\u{f900}'..='\u{faff}' // Han
        | '\u{ff66}'..='\u{ffdc}' // half-width kana, Hangul
        | '\u{20000}'..='\u{3ffff}' // Han
    )
}

/// Returns `true` for one character of a script without spaces.
#[must_use]
pub fn is_single_unspaced(form: &str) -> bool {
    let mut characters = form.chars().filter(|character| !is_mark(*character));
    characters.next().is_some_and(is_unspaced) && characters.next().is_none()
}

/// Returns `true` for a character that belongs to the one before it.
fn is_mark(character: char) -> bool {
    unicode_normalization::char::is_combining_mark(character)
        || matches!(
            character,
            '\u{1160}'..='\u{11ff}' | '\u{200c}'..='\u{200d}' | '\u{ff9e}'..='\u{ff9f}'
        )
}

/// Returns `true` for apostrophes, and for letters that are written like them and often typed so:
/// `Hawaiʻi`, `Qurʾān`.
fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '＇' | 'ʻ' | 'ʼ' | 'ʾ' | 'ʿ')
}

fn is_digits(form: &str) -> bool {
    form.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns the katakana of a hiragana character, and any other as it is.
fn to_katakana(character: char) -> char {
    match character {
        'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => {
            char::from_u32(u32::from(character) + 0x60).unwrap_or(character)
        }
        other => other,
    }
}

/// Returns `true` for marks that people leave out when they type.
fn is_diacritic(character: char) -> bool {
    matches!(character,
        '\u{0300}'..='\u{036f}'
        | '\u{0591}'..='\u{05c7}' // Hebrew points
        | '\u{064b}'..='\u{0652}' // Arabic vowels
        | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}'
        | '\u{200c}'..='\u{200d}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}'
    )
}

/// Takes the plural's `s` off capitals (`LLMs`): stemming leaves it, since it looks for a vowel.
fn singular(word: &str) -> &str {
    let capitals = word
        .strip_suffix('s')
        .filter(|rest| rest.len() > 1 && rest.bytes().all(|byte| byte.is_ascii_uppercase()));
    capitals.unwrap_or(word)
}

/// Folds a word: lower case, without diacritics, letters that Unicode doesn't take apart as people
/// type them.
fn fold(word: &str) -> String {
    let word = singular(word);
    let mut plain = String::with_capacity(word.len());
    for character in
        word.nfkd().filter(|character| !is_diacritic(*character)).flat_map(char::to_lowercase)
    {
        match character {
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            'đ' | 'ð' => plain.push('d'),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'ħ' => plain.push('h'),
            'ŧ' => plain.push('t'),
            'ŋ' => plain.push('n'),
            'ı' => plain.push('i'),
            'ς' => plain.push('σ'),
            // `İ` in lower case has a dot of its own.
            other if is_diacritic(other) => {}
            other => plain.push(other),
        }
    }
    if plain.contains([',', '\'', '’', '٬']) {
        without_groups(&plain).unwrap_or(plain)
    } else {
        plain
    }
}

/// Returns a number without the marks between thousands; `None` if it has none.
fn without_groups(number: &str) -> Option<String> {
    let (whole, fraction) =
        number.split_once('.').map_or((number, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut groups = whole.split([',', '\'', '’', '٬']);
    let first = groups.next()?;
    let digits = |text: &str| !text.is_empty() && text.chars().all(char::is_numeric);
    let valid = digits(first)
        && first.chars().count() <= 3
        && groups.all(|group| group.chars().count() == 3 && digits(group));
    valid.then(|| {
        let mut plain: String = whole.chars().filter(|character| character.is_numeric()).collect();
        if let Some(fraction) = fraction {
            plain.push('.');
            plain.push_str(fraction);
        }
        plain
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text).into_iter().filter(Token::is_word).map(|token| token.form).collect()
    }

    fn others(text: &str) -> Vec<(String, Kind)> {
        let others = tokens(text).into_iter().filter(|token| !token.is_word());
        others.map(|token| (token.form, token.kind)).collect()
    }

    fn joined(text: &str) -> Vec<String> {
        others(text).into_iter().map(|(form, _)| form).collect()
    }

    #[test]
    fn a_plain_word_alone_is_read_like_one_among_others() {
        for word in ["a", "GPT", "gpt4", "4", "1000", "Transformers", "LLMs", "As"] {
            assert_eq!(tokens(word), tokens(&[word, " "].concat()));
        }
        assert!(tokens("").is_empty());
    }

    #[test]
    fn plurals_of_capitals_are_singular() {
        assert_eq!(
            words("LLMs GPUs-based TPUs' As LLMS llms PhDs 90s"),
            ["llm", "gpu", "based", "tpu", "as", "llms", "llms", "phds", "90s"]
        );
        assert_eq!(tokens("LLMs")[0].end, 4);
    }

    #[test]
    fn words_are_folded() {
        assert_eq!(
            words("Huawei's Café—GPT-4 and ﬁne-tuning, 3.5 Größe"),
            ["huawei", "cafe", "gpt", "4", "and", "fine", "tuning", "3.5", "grosse"]
        );
        assert_eq!(
            words("Łódź Bjørn İstanbul'da ışık Guénon Encyclopædia Đorđe œuvre Þór"),
            [
                "lodz",
                "bjorn",
                "istanbul",
                "da",
                "isik",
                "guenon",
                "encyclopaedia",
                "dorde",
                "oeuvre",
                "thor"
            ]
        );
        assert_eq!(words("Ὀδυσσεύς ΟΔΥΣΣΕΥΣ"), ["οδυσσευσ", "οδυσσευσ"]);
        assert!(words("… — !! -off' ' . - ++ #").iter().all(|word| word == "off"));
    }

    #[test]
    fn what_is_divided_is_also_joined() {
        assert_eq!(joined("fine-tuning GPT-4o hand‑off"), ["finetuning", "gpt4o", "handoff"]);
        assert_eq!(words("DeepSeek-R1-Zero"), ["deepseek", "r1", "zero"]);
        assert_eq!(joined("DeepSeek-R1-Zero"), ["deepseekr1", "r1zero", "deepseekr1zero"]);
        assert_eq!(joined("state-of-the-art x-2-3"), ["stateoftheart", "x2", "x23"]);
        assert!(joined("2019-08-23 A – B 1990–2000 x - y in:y").is_empty());
        assert_eq!(joined("I/O a/b/c"), ["io", "bc", "abc"]);
        assert!(joined("and/or 1/2 I / O TCP/IP a/1").is_empty());
        assert_eq!(others("node.js"), [("nodejs".to_owned(), Kind::Joined(2))]);
        assert_eq!(words("snake_case O'Brien l'eau"), ["snake", "case", "o", "brien", "l", "eau"]);
        assert_eq!(joined("snake_case O’Brien l'eau"), ["snakecase", "obrien", "leau"]);
    }

    #[test]
    fn apostrophes() {
        assert_eq!(
            words("NASA’s boss's bosses' don't we’ll I'd"),
            ["nasa", "boss", "bosses", "dont", "well", "id"]
        );
        assert!(joined("NASA’s boss's bosses' don't we’ll I'd").is_empty());
        for text in ["Hawai'i Qur'an 'okina", "Hawaiʻi Qurʾān ʻokina", "Hawaiʼi Qur’an ʿokina"]
        {
            assert_eq!(words(text), ["hawai", "i", "qur", "an", "okina"], "{text}");
            assert_eq!(joined(text), ["hawaii", "quran"], "{text}");
        }
    }

    #[test]
    fn acronyms_and_names_with_marks() {
        assert_eq!(words("U.S. chips, e.g. A.I."), ["us", "chips", "eg", "ai"]);
        assert_eq!(words("C++ C# .NET F#"), ["c", "c", "net", "f"]);
        assert_eq!(
            joined("C++ C# (.NET) F#, C+ C#a end.Next x#"),
            ["c++", "c#", ".net", "f#", "endnext", "x#"]
        );
        assert!(joined("One. Two ...three C").is_empty());
    }

    #[test]
    fn numbers() {
        assert_eq!(
            words("1,000 1'234'567.5 1,00 3.5 1,5 10,0000"),
            ["1000", "1234567.5", "1,00", "3.5", "1,5", "10,0000"]
        );
    }

    #[test]
    fn scripts_without_spaces_give_pairs() {
        assert_eq!(words("人工知能とAI 米"), ["人工", "工知", "知能", "能ト", "ai", "米"]);
        assert_eq!(others("人工知能とAI 米"), [("ト".to_owned(), Kind::Tail)]);
        assert_eq!(words("あにめ ゔゖ ゝゞ"), words("アニメ ヴヶ ヽヾ"));
        assert_eq!(words("佐々木。時々"), ["佐々", "々木", "時々"]);
        assert_eq!(words("ｱﾆﾒ ＡＩ ﾃﾞｰﾀ"), ["アニ", "ニメ", "ai", "デー", "ータ"]);
        assert_eq!(words("データ"), words("ﾃﾞｰﾀ"));
        assert_eq!(words("인공지능 AI는"), ["인공", "공지", "지능", "ai", "는"]);
        assert_eq!(words(&"인공지".nfd().collect::<String>()), ["인공", "공지"]);
        assert_eq!(words("ปัญญา"), ["ปัญ", "ญญ", "ญา"]);
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "Ein Café; 人工 x-y's .NET C++ ﾃﾞｰﾀ U.S. 1,000";
        for token in tokens(text) {
            let at = text.get(token.start..token.end).unwrap();
            assert!(!at.is_empty() && !token.form.is_empty(), "{token:?}");
        }
        let found = tokens(text);
        let of = |form: &str| {
            found.iter().find(|token| token.form == form).map(|token| &text[token.start..token.end])
        };
        assert_eq!(of("cafe"), Some("Café"));
        assert_eq!(of("xy"), Some("x-y"));
        assert_eq!(of(".net"), Some(".NET"));
        assert_eq!(of("c++"), Some("C++"));
        assert_eq!(of("us"), Some("U.S"));
        assert_eq!(of("デー"), Some("ﾃﾞｰ"));
    }

    /// A joined token stands behind the words that it covers, and covers no others.
    #[test]
    fn joined_words_are_before_it() {
        for text in ["a-b-c.d'e", "x-C++-y", ".a-b", "don't-stop o'b", "1-a-2 3-4"] {
            let found = tokens(text);
            for (index, token) in found.iter().enumerate() {
                let Kind::Joined(count) = token.kind else { continue };
                let covered: Vec<&Token> = found[..index]
                    .iter()
                    .filter(|token| token.is_word())
                    .rev()
                    .take(count)
                    .collect();
                assert_eq!(covered.len(), count, "{text}");
                assert!(
                    covered.iter().all(|word| token.start <= word.start && word.end <= token.end),
                    "{text}"
                );
            }
        }
    }
}
