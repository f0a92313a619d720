//! Text to words and terms, the plain way.

use std::collections::BTreeMap;

use frostem::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

const APOSTROPHES: [char; 7] = ['\'', '’', '＇', 'ʻ', 'ʼ', 'ʾ', 'ʿ'];

pub fn is_function_word(form: &str) -> bool {
    "a about also am an and any are as at be been being but by can could did do does doing \
     for from had has have having he her here hers herself him himself his how i if im in \
     into is it its itself ive let lets may me might mine must my myself nor of on or our \
     ours ourselves she should so some such than that thats the their theirs them \
     themselves then there these they theyre theyve this those through to too very was we \
     were weve what whats when where which while who whom whos whose why will with would \
     you youll your youre yours yourself youve"
        .split(' ')
        .any(|word| word == form)
}

/// A text as the index has it: without the names of commands in formulas.
pub fn searched(text: &str) -> String {
    let mut parts = text.split('\\');
    let mut searched = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        searched.push(' ');
        searched.push_str(part.trim_start_matches(|letter: char| letter.is_ascii_alphabetic()));
    }
    searched
}

/// The words of a text, and other forms of some: index of the first word, how many, the form. The
/// articles hold no text without spaces.
#[derive(Clone, Default)]
pub struct Words {
    pub words: Vec<String>,
    pub joined: Vec<(usize, usize, String)>,
}

impl Words {
    pub fn new(text: &str) -> Words {
        // Words, where each ends in the text, and whether it stands side by side with the one
        // before.
        let mut chains: Vec<Vec<String>> = Vec::new();
        let mut all = Words::default();
        let mut marked = BTreeMap::new();
        let mut last_end = None;
        for (start, word) in text.unicode_word_indices() {
            let letter = |word: &str| word.len() == 1 && word.as_bytes()[0].is_ascii_alphabetic();
            let before = chains.last().and_then(|chain| chain.last());
            let letters = letter(word) && before.is_some_and(|before| letter(before));
            let hyphen = last_end.is_some_and(|end: usize| {
                let between = &text[end..start];
                ["-", "\u{2010}", "\u{2011}"].contains(&between) || between == "/" && letters
            });
            let mut parts: Vec<String> = Vec::new();
            let mut connected = Vec::new();
            let characters: Vec<char> = word.chars().collect();
            let mut part = String::new();
            let mut connector = '-';
            for (at, character) in characters.iter().enumerate() {
                let digit = |at: Option<&char>| at.is_some_and(|character| character.is_numeric());
                let between = digit(at.checked_sub(1).and_then(|at| characters.get(at)))
                    && digit(characters.get(at + 1));
                let letter = character.is_alphanumeric() || is_combining_mark(*character);
                if letter && !APOSTROPHES.contains(character) || between {
                    part.push(*character);
                } else {
                    connected.push((connector, std::mem::take(&mut part)));
                    connector = *character;
                }
            }
            connected.push((connector, part));
            let acronym = connected.len() > 1
                && connected.iter().all(|(_, part)| part.chars().count() == 1)
                && connected[1..].iter().all(|(mark, _)| *mark == '.');
            let mut begins_chain = !hyphen;
            for (at, (mark, part)) in connected.iter().enumerate() {
                let form = fold(part);
                let apostrophe = at > 0 && APOSTROPHES.contains(mark);
                if apostrophe && form == "s" || form.is_empty() {
                    continue;
                }
                if *mark == ':' {
                    begins_chain = true;
                }
                let short = ["t", "re", "ve", "ll", "d", "m"].contains(&form.as_str());
                match parts.last_mut() {
                    Some(last) if (apostrophe && short || acronym) && !begins_chain => {
                        last.push_str(&form);
                        *chains.last_mut().unwrap().last_mut().unwrap() = last.clone();
                    }
                    _ => {
                        parts.push(form.clone());
                        if begins_chain || chains.is_empty() {
                            chains.push(Vec::new());
                        }
                        begins_chain = false;
                        chains.last_mut().unwrap().push(form);
                    }
                }
            }
            // Names with marks: of a word that stands alone in its chain, or ends it.
            let end = start + word.len();
            if word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
                let count: usize = chains.iter().map(Vec::len).sum();
                let after = &text[end..];
                let ends = |rest: &str| {
                    !rest.starts_with(|next: char| next.is_alphanumeric() || "+#".contains(next))
                };
                let before = text[..start].strip_suffix('.');
                let opens = |before: &str| {
                    before
                        .chars()
                        .last()
                        .is_none_or(|last| last.is_whitespace() || "([\"'“".contains(last))
                };
                let word = word.to_ascii_lowercase();
                let form = if after.starts_with("++") && ends(&after[2..]) {
                    Some(format!("{word}++"))
                } else if after.starts_with('#') && word.len() == 1 && ends(&after[1..]) {
                    Some(format!("{word}#"))
                } else {
                    before.is_some_and(opens).then(|| format!(".{word}"))
                };
                if let Some(form) = form {
                    marked.insert(count - 1, form);
                }
            }
            last_end = Some(end);
        }
        for chain in chains {
            for (at, form) in chain.iter().enumerate() {
                let index = all.words.len();
                all.words.push(form.clone());
                if let Some(marked) = marked.get(&index) {
                    all.joined.push((index, 1, marked.clone()));
                }
                if at > 0 {
                    let before = &chain[at - 1];
                    let digits = [before, form]
                        .iter()
                        .all(|form| form.bytes().all(|byte| byte.is_ascii_digit()));
                    let functional = is_function_word(before) || is_function_word(form);
                    if !(digits || functional && chain.len() > 2) {
                        all.joined.push((index - 1, 2, format!("{before}{form}")));
                    }
                }
            }
            let whole = chain.concat();
            if chain.len() > 2 && !whole.bytes().all(|byte| byte.is_ascii_digit()) {
                all.joined.push((all.words.len() - chain.len(), chain.len(), whole));
            }
        }
        all
    }

    /// The forms under which the text is indexed.
    pub fn forms(&self, function_words: bool) -> impl Iterator<Item = &String> {
        let words = self.words.iter().filter(move |word| function_words || !is_function_word(word));
        words.chain(self.joined.iter().map(|(.., form)| form))
    }
}

fn fold(word: &str) -> String {
    // The plural of capitals: `LLMs`.
    let capitals = word.trim_end_matches('s');
    let plural = word.len() == capitals.len() + 1 && capitals.len() > 1;
    if plural && capitals.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return capitals.to_lowercase();
    }
    let plain: String =
        word.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    let mut folded = plain;
    for (letter, plain) in [
        ("ß", "ss"),
        ("æ", "ae"),
        ("œ", "oe"),
        ("þ", "th"),
        ("đ", "d"),
        ("ð", "d"),
        ("ø", "o"),
        ("ł", "l"),
        ("ħ", "h"),
        ("ŧ", "t"),
        ("ŋ", "n"),
        ("ı", "i"),
        ("ς", "σ"),
    ] {
        folded = folded.replace(letter, plain);
    }
    let groups: Vec<&str> = folded.split('.').next().unwrap_or("").split(',').collect();
    let grouped = groups.len() > 1
        && (1..=3).contains(&groups[0].len())
        && groups[1..].iter().all(|group| group.len() == 3)
        && groups.concat().bytes().all(|byte| byte.is_ascii_digit());
    if grouped { folded.replace(',', "") } else { folded }
}

/// The stem that the Snowball project's own compiler makes.
pub fn term(word: &str) -> String {
    let stems = word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'\'');
    if stems { Stemmer::new(Algorithm::English).stem(word).into_owned() } else { word.to_owned() }
}
