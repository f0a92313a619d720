//! Text that one types → the query that is meant.

// The library is `no_std`; search is not.
use std::prelude::rust_2024::*;

use super::analysis::{Kind, Token, floor_char_boundary, is_function_word, tokens};

/// Longer queries are cut, so that none is slow: bytes, and words.
const MAX_BYTES: usize = 1000;
const MAX_WORDS: usize = 32;

/// A query that has been read. Words are folded.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    pub(super) words: Vec<Word>,
    /// Words that can be written as one, in order.
    pub(super) joined: Vec<Joined>,
    pub(super) phrases: Vec<Vec<Token>>,
    pub(super) excluded: Vec<Vec<Token>>,
    /// Ids of categories or articles; a hit must be in one of them.
    pub(super) within: Vec<String>,
    pub(super) intent: Option<Intent>,
    /// Something was left out, because the query is too long.
    pub(super) truncated: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) form: String,
    /// Still being typed: also the beginning of a longer word.
    pub(super) open: bool,
    pub(super) function: bool,
}

/// Another form of some words of the query, as one word.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Joined {
    /// Index of the first word, and how many there are.
    pub(super) first: usize,
    pub(super) count: usize,
    pub(super) form: String,
    /// A space stands between them, so that they may be two words after all.
    pub(super) spaced: bool,
}

/// The intent of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Intent {
    /// A definition: of a thing, or of a person.
    Definition,
    /// The date of something.
    Date,
}

impl Query {
    /// Returns `true` if function words belong to the query only to make it a sentence.
    pub(super) fn is_sentence(&self) -> bool {
        self.words.iter().any(|word| word.function) && !self.only_function_words()
    }

    /// Returns `true` if no other words are asked for, quoted ones included.
    pub(super) fn only_function_words(&self) -> bool {
        let quoted = self.phrases.iter().flatten().filter(|token| token.is_word());
        self.words.iter().all(|word| word.function)
            && quoted.into_iter().all(|token| is_function_word(&token.form))
    }
}

/// Reads words, `"quoted phrases"`, `-excluded` and `in:category`. Anything can be read; what can't
/// be meant is left out.
pub(super) fn parse(query: &str) -> Query {
    let cut = floor_char_boundary(query, MAX_BYTES);
    let mut rest = &query[..cut];
    let mut parsed = Query { truncated: !query[cut..].trim().is_empty(), ..Query::default() };
    let mut words = 0;
    // `true` if the last word stands side by side with the next one.
    let mut adjacent = false;
    loop {
        rest = rest.trim_start();
        if rest.is_empty() || words >= MAX_WORDS {
            parsed.truncated |= !rest.is_empty();
            break;
        }
        let excluded = rest.starts_with('-');
        let body = rest.strip_prefix('-').unwrap_or(rest);
        let (piece, quoted, after) = match body.strip_prefix('"') {
            Some(inside) => match inside.split_once('"') {
                Some((piece, after)) => (piece, true, after),
                // Still being typed.
                None => (inside, true, ""),
            },
            None => match body.find(|next: char| next.is_whitespace() || next == '"') {
                Some(end) => (&body[..end], false, &body[end..]),
                None => (body, false, ""),
            },
        };
        rest = after;
        let within = piece.strip_prefix("in:").filter(|id| !quoted && !id.is_empty());
        if let Some(id) = within {
            parsed.within.push(id.trim_end_matches('/').into());
            adjacent = false;
            continue;
        }
        let mut found = tokens(piece);
        // One piece can be many words: `a-b-c`, a quoted phrase.
        let whole = keep_words(&mut found, MAX_WORDS - words);
        parsed.truncated |= !whole;
        let count = found.iter().filter(|token| token.is_word()).count();
        words += count;
        if count == 0 {
            continue;
        } else if excluded {
            // By themselves function words say nothing, as when they are asked for.
            if quoted || !found.iter().all(|one| is_function_word(&one.form)) {
                parsed.excluded.push(found);
            }
            adjacent = false;
        } else if quoted && (count > 1 || found.iter().all(|one| is_function_word(&one.form))) {
            parsed.phrases.push(found);
            adjacent = false;
        } else {
            let open = rest.is_empty() && !quoted && whole && query.len() == cut;
            parsed.add(found, quoted, open, adjacent && !quoted);
            adjacent = !quoted;
        }
    }
    parsed.intent = intent(&mut parsed.words);
    parsed
}

/// Reads a question without looking for quotes and conditions.
pub(super) fn parse_plain(question: &str) -> Query {
    let mut parsed = Query::default();
    for piece in question[..floor_char_boundary(question, MAX_BYTES)].split_whitespace() {
        let adjacent = !parsed.words.is_empty();
        let mut found = tokens(piece);
        keep_words(&mut found, MAX_WORDS - parsed.words.len());
        parsed.add(found, false, false, adjacent);
    }
    parsed.intent = intent(&mut parsed.words);
    parsed
}

/// Keeps the first words and what else belongs to them; returns `false` if something goes.
fn keep_words(tokens: &mut Vec<Token>, most: usize) -> bool {
    let last = tokens.iter().enumerate().filter(|(_, token)| token.is_word()).nth(most);
    let Some((end, _)) = last else { return true };
    tokens.truncate(end);
    false
}

impl Query {
    /// Adds words that stand side by side.
    fn add(&mut self, tokens: Vec<Token>, quoted: bool, open: bool, adjacent: bool) {
        let first = self.words.len();
        let last = tokens.iter().rposition(Token::is_word);
        for (index, token) in tokens.into_iter().enumerate() {
            match token.kind {
                Kind::Word => {
                    if adjacent && self.words.len() == first {
                        self.join_last(&token.form);
                    }
                    let function = !quoted && is_function_word(&token.form);
                    let open = open && Some(index) == last;
                    self.words.push(Word { form: token.form, open, function });
                }
                Kind::Joined(count) => {
                    let first = self.words.len() - count;
                    self.joined.push(Joined { first, count, form: token.form, spaced: false });
                }
                Kind::Tail => {}
            }
        }
    }

    /// Notes that the last word and the next one can be written as one. Few words end with a
    /// function word, but none begins with one: `built in`, not `a part`.
    fn join_last(&mut self, next: &str) {
        if let Some(last) = self.words.last().filter(|last| !last.function) {
            let form = [last.form.as_str(), next].concat();
            let first = self.words.len() - 1;
            self.joined.push(Joined { first, count: 2, form, spaced: true });
        }
    }
}

/// Returns the intent of the first words. One that only says so (`define`) is a function word then,
/// if there are others.
fn intent(words: &mut [Word]) -> Option<Intent> {
    let forms: [&str; 2] = [0, 1].map(|index| words.get(index).map_or("", |word| &word.form));
    let (intent, asking) = match forms {
        ["when", _] => (Intent::Date, None),
        ["what" | "which", "year" | "date" | "day" | "month"] => (Intent::Date, Some(1)),
        ["year" | "date" | "day" | "month", "of"] => (Intent::Date, Some(0)),
        ["what" | "who", "is" | "are" | "was" | "were"] | ["what", "does" | "do"] => {
            (Intent::Definition, None)
        }
        ["define", _] | ["definition" | "meaning", "of"] => (Intent::Definition, Some(0)),
        _ => return None,
    };
    if let Some(asking) = asking
        && words.iter().enumerate().any(|(index, word)| index != asking && !word.function)
    {
        words[asking].function = true;
    }
    Some(intent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(query: &Query) -> Vec<(&str, bool)> {
        query.words.iter().map(|word| (word.form.as_str(), word.open)).collect()
    }

    fn forms(phrases: &[Vec<Token>]) -> Vec<Vec<&str>> {
        phrases
            .iter()
            .map(|phrase| phrase.iter().map(|token| token.form.as_str()).collect())
            .collect()
    }

    fn joined(query: &str) -> Vec<(usize, usize, String)> {
        parse(query).joined.into_iter().map(|one| (one.first, one.count, one.form)).collect()
    }

    #[test]
    fn every_form_is_read() {
        let query =
            parse("Who makes \"Ascend chips\" -nvidia -\"two words\" in:companies/ GPT-4 Ca");
        assert_eq!(
            words(&query),
            [("who", false), ("makes", false), ("gpt", false), ("4", false), ("ca", true)]
        );
        assert_eq!(forms(&query.phrases), [["ascend", "chips"]]);
        assert_eq!(forms(&query.excluded), [vec!["nvidia"], vec!["two", "words"]]);
        assert_eq!(query.within, ["companies"]);
        assert!(!query.truncated);
        let query = parse("chips -the -\"the\" -i/o");
        assert_eq!(forms(&query.excluded), [vec!["the"], vec!["i", "o", "io"]]);
    }

    #[test]
    fn a_space_ends_the_last_word() {
        assert_eq!(words(&parse("trans ")), [("trans", false)]);
        assert_eq!(words(&parse("\"trans")), [("trans", false)]);
    }

    #[test]
    fn words_side_by_side_can_be_one() {
        assert_eq!(joined("open ai"), [(0, 2, "openai".to_owned())]);
        assert_eq!(
            joined("the GPT-4 model"),
            [(1, 2, "gpt4".to_owned()), (2, 2, "4model".to_owned())]
        );
        assert_eq!(joined("C++ code"), [(0, 1, "c++".to_owned()), (0, 2, "ccode".to_owned())]);
        assert_eq!(joined("set up"), [(0, 2, "setup".to_owned())]);
        for apart in ["a part", "open -x ai", "open \"ai\"", "open in:x ai", "\"open ai\""] {
            assert!(joined(apart).is_empty(), "{apart}");
        }
    }

    #[test]
    fn function_words_make_a_sentence() {
        assert!(parse("who makes chips").is_sentence());
        assert!(parse("the \"ascend chips\"").is_sentence());
        for other in ["chips", "what is it", "\"who\" makes", "\"the chips\"", "\"the\"", ""] {
            assert!(!parse(other).is_sentence(), "{other}");
        }
        assert!(parse("what is it").only_function_words());
        assert!(!parse("what is \"a chip\"").only_function_words());
    }

    #[test]
    fn questions_ask_for_something() {
        for (query, expected) in [
            ("what is a token", Some(Intent::Definition)),
            ("Who was Turing?", Some(Intent::Definition)),
            ("definition of bias", Some(Intent::Definition)),
            ("what does RLHF mean", Some(Intent::Definition)),
            ("when was it founded", Some(Intent::Date)),
            ("what year", Some(Intent::Date)),
            ("what happened when", None),
            ("token", None),
            ("", None),
        ] {
            assert_eq!(parse(query).intent, expected, "{query}");
        }
    }

    #[test]
    fn anything_can_be_read() {
        for query in [
            "",
            " ",
            "-",
            "\"",
            "\"\"",
            "in:",
            "-in:x",
            "--x",
            "\"a\"b\"",
            "😀",
            "\u{0}",
            "-\"",
            "++ c++ -c++ \"c++ x\"",
            &"x ".repeat(10_000),
            &"é".repeat(10_000),
            &"c++-".repeat(500),
        ] {
            assert!(parse(query).words.len() <= MAX_WORDS, "{query:?}");
        }
    }

    #[test]
    fn only_a_bare_in_with_an_id_is_a_filter() {
        assert_eq!(parse("in:companies/huawei/ in:terms").within, ["companies/huawei", "terms"]);
        for query in ["\"in:companies\"", "\"in:companies", "in:", "in: companies", "\"in:\""] {
            assert_eq!(parse(query).within, [""; 0], "{query}");
        }
        assert_eq!(forms(&parse("\"in:companies\" x").phrases), [["in", "companies"]]);
        assert_eq!(words(&parse("in: companies ")), [("in", false), ("companies", false)]);
    }

    #[test]
    fn what_is_beyond_the_limits_is_ignored() {
        let read = |text: &str| {
            let query = parse(text);
            let words = query.words.into_iter().map(|word| (word.form, word.open));
            (words.collect::<Vec<_>>(), query.truncated)
        };
        let word = |form: &str, open| std::vec![(form.to_owned(), open)];
        assert_eq!(read(&format!("{:996}word", "")), (word("word", true), false));
        assert_eq!(read(&format!("{:996}word   ", "")), (word("word", false), false));
        // The last word is cut, so its beginning is no word that one is typing.
        assert_eq!(read(&format!("{:997}word", "")), (word("wor", false), true));
        assert_eq!(read(&format!("{:1000}word", "")), (Vec::new(), true));
        // In the middle of a character.
        assert_eq!(read(&format!("{:998}ж人", "")), (word("ж", false), true));
        assert_eq!(read(&format!("{:997}ж人", "")), (word("ж", false), true));
        for text in ["b ".repeat(40), "b-".repeat(40), "b".to_owned() + &" b-c".repeat(20)] {
            let query = parse(&text);
            assert_eq!(query.words.len(), MAX_WORDS, "{text}");
            assert!(query.truncated && query.words.iter().all(|word| !word.open), "{text}");
        }
        assert!(!parse(&"b ".repeat(32)).truncated);
        let quoted = parse(&format!("\"{}\"", "b ".repeat(40)));
        assert_eq!((quoted.phrases[0].len(), quoted.truncated), (MAX_WORDS, true));
        let query = parse(&format!("{} -x in:y", "b ".repeat(32)));
        assert!(query.excluded.is_empty() && query.within.is_empty() && query.truncated);
    }
}
