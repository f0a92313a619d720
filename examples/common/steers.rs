//! Characters that a terminal acts on. By itself, for programs without std.

/// Returns `true` for a character that moves the cursor, starts a command, makes a sound or
/// reorders the line: all control characters and line ends but line feed and tab, and what steers
/// the direction of text.
pub fn steers(character: char) -> bool {
    match character {
        '\n' | '\t' => false,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            true
        }
        _ => character.is_control(),
    }
}
