//! Text of others on a terminal: articles, arguments and file names may hold what steers it.

use std::fmt::Write;

/// Returns `true` for a character that moves the cursor, starts a command, makes a sound or reorders
/// the line: all control characters and line ends but line feed and tab, and what steers the direction
/// of text.
pub fn steers(character: char) -> bool {
    match character {
        '\n' | '\t' => false,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        _ => character.is_control(),
    }
}

/// Returns the text with each character that steers the terminal as `\u{1b}`.
pub fn printable(text: &str) -> String {
    escaped(text, |character, to| write!(to, "{}", character.escape_unicode()))
}

/// Returns the text on one line, so that none of it passes for a line of the program.
#[allow(dead_code, reason = "not every example shows titles")]
pub fn line(text: &str) -> String {
    printable(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Returns JSON with the same meaning in which nothing steers the terminal.
#[allow(dead_code, reason = "not every example writes JSON")]
pub fn json(json: &str) -> String {
    // Such a character stands in a text and nowhere else, and none needs a surrogate pair.
    escaped(json, |character, to| write!(to, "\\u{:04x}", u32::from(character)))
}

fn escaped(text: &str, escape: impl Fn(char, &mut String) -> std::fmt::Result) -> String {
    let mut to = String::with_capacity(text.len());
    for character in text.chars() {
        if steers(character) {
            escape(character, &mut to).expect("a string takes all");
        } else {
            to.push(character);
        }
    }
    to
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_the_terminal() {
        let evil = "a\u{1b}]8;;x\u{7}\r\u{7f}\u{85}\u{9b}1m\u{61c}\u{200f}\u{2028}\u{2029}\u{202e}\u{2069}";
        let shown = "a\\u{1b}]8;;x\\u{7}\\u{d}\\u{7f}\\u{85}\\u{9b}1m\\u{61c}\\u{200f}\\u{2028}\\u{2029}\\u{202e}\\u{2069}";
        assert_eq!(printable(evil), shown);
        assert_eq!(printable("é👩\u{200d}🔬人\t\n"), "é👩\u{200d}🔬人\t\n");
        assert_eq!(line(" a\nerror: b\t\u{85}c\u{1b} "), "a error: b c\\u{1b}");
    }

    #[test]
    fn json_means_the_same() {
        let all: String = (0..=0x2fff).filter_map(char::from_u32).collect();
        let written = json(&serde_json::to_string(&all).expect("JSON"));
        assert!(!written.contains(steers));
        assert_eq!(serde_json::from_str::<String>(&written).expect("JSON"), all);
    }
}
