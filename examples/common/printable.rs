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
