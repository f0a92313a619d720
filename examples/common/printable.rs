//! Text of others on a terminal: articles, arguments and file names may hold what steers it.

#[path = "steers.rs"]
mod steers;

use std::fmt::Write;

pub use steers::steers;

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
