//! What one types → what is meant.

// The library is `no_std`; search is not.
use std::prelude::rust_2024::*;

use super::analysis::tokens;

/// Longer queries are cut, so that none is slow: bytes, and words.
const LONGEST: usize = 1000;
const MOST_WORDS: usize = 32;

/// A query that has been read. Words are folded.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Query {
    pub(crate) words: Vec<Word>,
    pub(crate) phrases: Vec<Vec<String>>,
    pub(crate) excluded: Vec<Vec<String>>,
    /// Ids of categories or articles; a hit must be in one of them.
    pub(crate) within: Vec<String>,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) form: String,
    /// Still being typed: also the beginning of a longer word.
    pub(crate) open: bool,
}

/// Reads words, `"quoted phrases"`, `-excluded` and `in:category`. Anything can be read; what can't be meant is left out.
pub(crate) fn parse(query: &str) -> Query {
    let cut = (0..=query.len().min(LONGEST)).rev().find(|&at| query.is_char_boundary(at)).unwrap_or(0);
    let mut rest = &query[..cut];
    let mut parsed = Query::default();
    let mut words = 0;
    loop {
        rest = rest.trim_start();
        if rest.is_empty() || words >= MOST_WORDS {
            return parsed;
        }
        let excluded = rest.starts_with('-');
        let body = rest.strip_prefix('-').unwrap_or(rest);
        let (piece, quoted, after) = match body.strip_prefix('"') {
            Some(inside) => match inside.split_once('"') {
                Some((piece, after)) => (piece, true, after),
                // Still being typed.
                None => (inside, true, ""),
            },
            None => match body.find(|character: char| character.is_whitespace() || character == '"') {
                Some(end) => (&body[..end], false, &body[end..]),
                None => (body, false, ""),
            },
        };
        rest = after;
        let within = piece.strip_prefix("in:").filter(|id| !quoted && !id.is_empty());
        if let Some(id) = within {
            parsed.within.push(id.trim_end_matches('/').into());
            continue;
        }
        let mut forms: Vec<String> = tokens(piece).into_iter().map(|token| token.form).collect();
        // One piece can be many words: `a-b-c`, a quoted phrase.
        let whole = forms.len() <= MOST_WORDS - words;
        forms.truncate(MOST_WORDS - words);
        words += forms.len();
        if forms.is_empty() {
            continue;
        } else if excluded {
            parsed.excluded.push(forms);
        } else if quoted && forms.len() > 1 {
            parsed.phrases.push(forms);
        } else {
            let last = forms.len() - 1;
            let open = rest.is_empty() && !quoted && whole && query.len() == cut;
            parsed.words.extend(forms.into_iter().enumerate().map(|(at, form)| Word { form, open: open && at == last }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(query: &Query) -> Vec<(&str, bool)> {
        query.words.iter().map(|word| (word.form.as_str(), word.open)).collect()
    }

    #[test]
    fn every_form_is_read() {
        let query = parse("Who makes \"Ascend chips\" -nvidia -\"two words\" in:companies/ GPT-4 Ca");
        assert_eq!(words(&query), [("who", false), ("makes", false), ("gpt", false), ("4", false), ("ca", true)]);
        assert_eq!(query.phrases, [["ascend", "chips"]]);
        assert_eq!(query.excluded, [["nvidia"].map(str::to_owned).to_vec(), ["two", "words"].map(str::to_owned).to_vec()]);
        assert_eq!(query.within, ["companies"]);
    }

    #[test]
    fn a_space_ends_the_last_word() {
        assert_eq!(words(&parse("trans ")), [("trans", false)]);
        assert_eq!(words(&parse("\"trans")), [("trans", false)]);
    }

    #[test]
    fn anything_can_be_read() {
        for query in
            ["", " ", "-", "\"", "\"\"", "in:", "-in:x", "--x", "\"a\"b\"", "😀", "\u{0}", "-\"", &"x ".repeat(10_000), &"é".repeat(10_000)]
        {
            assert!(parse(query).words.len() <= MOST_WORDS, "{query:?}");
        }
    }

    #[test]
    fn only_a_bare_in_with_an_id_is_a_filter() {
        assert_eq!(parse("in:companies/huawei/ in:terms").within, ["companies/huawei", "terms"]);
        for query in ["\"in:companies\"", "\"in:companies", "in:", "in: companies", "\"in:\""] {
            assert_eq!(parse(query).within, [""; 0], "{query}");
        }
        assert_eq!(parse("\"in:companies\" x").phrases, [["in:companies"]; 0]);
        assert_eq!(words(&parse("in: companies ")), [("in", false), ("companies", false)]);
    }

    #[test]
    fn what_is_beyond_the_limits_is_ignored() {
        assert_eq!(words(&parse(&format!("{:996}word", ""))), [("word", true)]);
        // The last word is cut, so its beginning is no word that one is typing.
        assert_eq!(words(&parse(&format!("{:997}word", ""))), [("wor", false)]);
        assert_eq!(words(&parse(&format!("{:1000}word", ""))), [("", false); 0]);
        // In the middle of a character.
        assert_eq!(words(&parse(&format!("{:998}ж人", ""))), [("ж", false)]);
        assert_eq!(words(&parse(&format!("{:997}ж人", ""))), [("ж", false)]);
        for text in ["a ".repeat(40), "a-".repeat(40), "a".to_owned() + &" b-c".repeat(20)] {
            let query = parse(&text);
            assert_eq!(query.words.len(), MOST_WORDS, "{text}");
            assert!(query.words.iter().all(|word| !word.open), "{text}");
        }
        assert_eq!(parse(&format!("\"{}\"", "a ".repeat(40))).phrases[0].len(), MOST_WORDS);
        assert!(parse(&format!("{} -x in:y", "a ".repeat(32))).excluded.is_empty());
    }
}
