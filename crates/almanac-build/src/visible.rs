//! Shows untrusted text on a terminal: what a terminal would act on, or hide, becomes visible.

use std::borrow::Cow;
use std::ops::Range;

/// Replaces whatever a terminal acts on or hides by an escape such as `\u{1b}` or `\n`: control
/// characters, line separators, and characters that have no width or change the direction.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if is_hidden(character) {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// Replaces hidden characters by U+FFFD, each by one so that columns stay, and moves the span
/// along. Line ends become `\n`; tabs stay.
pub fn visible_source(text: &str, span: Range<usize>) -> (Cow<'_, str>, Range<usize>) {
    let is_shown = |character| !is_hidden(character) || matches!(character, '\n' | '\t');
    if text.chars().all(is_shown) {
        return (Cow::Borrowed(text), span);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    let mut moved = span.clone();
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if at == span.start {
            moved.start = shown.len();
        }
        if at == span.end {
            moved.end = shown.len();
        }
        match character {
            '\r' if characters.peek().is_some_and(|&(_, next)| next == '\n') => {}
            '\r' => shown.push('\n'),
            character if is_shown(character) => shown.push(character),
            _ => shown.push(char::REPLACEMENT_CHARACTER),
        }
    }
    if span.start >= text.len() {
        moved.start = shown.len();
    }
    if span.end >= text.len() {
        moved.end = shown.len();
    }
    (Cow::Owned(shown), moved)
}

/// Returns `true` for characters that a terminal acts on or shows nothing for. Joiners (U+200C,
/// U+200D) aren't among them: scripts and emoji need them.
pub fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'
                | '\u{1160}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// Returns `true` for control characters, line separators, and characters that change the
/// direction of a text: paths can't have them, while a character without width may be part of a
/// name.
pub fn is_steering(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_terminals_act_on_is_escaped() {
        for (text, shown) in [
            ("plain — text, 漢字 👩\u{200d}💻", "plain — text, 漢字 👩\u{200d}💻"),
            ("\u{1b}]8;;x\u{7}", "\\u{1b}]8;;x\\u{7}"),
            ("a\nb\tc\r", "a\\nb\\tc\\r"),
            ("\u{85}\u{9b}31m\u{7f}", "\\u{85}\\u{9b}31m\\u{7f}"),
            (
                "\u{2028}\u{202e}\u{2066}\u{200b}\u{feff}",
                "\\u{2028}\\u{202e}\\u{2066}\\u{200b}\\u{feff}",
            ),
            ("\u{e0041}", "\\u{e0041}"),
        ] {
            assert_eq!(visible(text), shown);
        }
    }

    #[test]
    fn source_keeps_its_columns_and_its_span() {
        let text = "a\u{202e}b\u{85}c\td\r\ne\rf";
        let shown = "a\u{fffd}b\u{fffd}c\td\ne\nf";
        for (at, character) in text.char_indices().filter(|(_, character)| *character != '\r') {
            let (moved, span) = visible_source(text, at..at + character.len_utf8());
            assert_eq!(moved, shown);
            let expected = if is_hidden(character) && !matches!(character, '\n' | '\t') {
                "\u{fffd}".to_owned()
            } else {
                character.to_string()
            };
            assert_eq!(moved[span], expected);
        }
        assert_eq!(visible_source(text, text.len()..text.len()).1, shown.len()..shown.len());
        assert_eq!(visible_source("plain", 1..2), (Cow::Borrowed("plain"), 1..2));
    }
}
