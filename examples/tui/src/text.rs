//! Text as a terminal shows it: what is safe to print, how many columns it takes, where its lines
//! break.

use std::ops::Range;

use ratatui::buffer::CellWidth;
use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::UnicodeSegmentation;

/// No character that a reader means to see is wider; longer clusters are made up.
const WIDEST: usize = 8;

/// A text without anything that would steer the terminal or reorder its line. Line ends stay; a
/// control character shows as `�`, what has no width of its own (bidirectional controls, byte order
/// marks, soft hyphens) goes.
pub fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    for grapheme in text.graphemes(true) {
        match grapheme {
            "\n" | "\r\n" => cleaned.push('\n'),
            "\t" | "\u{85}" | "\u{2028}" | "\u{2029}" => cleaned.push(' '),
            "\u{ad}" => {}
            _ if grapheme.contains(char::is_control) => cleaned.push('\u{fffd}'),
            _ => match columns(grapheme) {
                // A mark without a letter gets the circle that stands for one.
                0 if format!("◌{grapheme}").graphemes(true).count() == 1 => {
                    cleaned.extend(["◌", grapheme])
                }
                0 => {}
                1..=WIDEST => cleaned.push_str(grapheme),
                _ => cleaned.push('\u{fffd}'),
            },
        }
    }
    cleaned
}

/// The same on one line.
pub fn clean_line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the number of columns that a clean text takes.
pub fn columns(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.graphemes(true).map(|grapheme| usize::from(grapheme.cell_width())).sum()
}

/// The beginning of a text that fits, with `…` for the rest.
pub fn cut(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut used = 1;
    let fits = |grapheme: &&str| {
        used += usize::from(grapheme.cell_width());
        used <= width
    };
    let kept: String = text.graphemes(true).take_while(fits).collect();
    if width == 0 { kept } else { kept + "…" }
}

/// Returns the lines of a text in `width` columns, without the white space that ends them. Breaks
/// stand where Unicode allows them; a word that is longer than a line is broken between characters.
pub fn wrap(text: &str, width: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let (mut start, mut used, mut at) = (0, 0, 0);
    for (end, opportunity) in linebreaks(text) {
        let word = text[at..end].trim_end();
        let wide = columns(word);
        if used > 0 && used + wide > width {
            lines.push(start..at);
            (start, used) = (at, 0);
        }
        if used + wide <= width {
            used += wide;
        } else {
            for (index, grapheme) in word.grapheme_indices(true) {
                if used > 0 && used + columns(grapheme) > width {
                    lines.push(start..at + index);
                    (start, used) = (at + index, 0);
                }
                used += columns(grapheme);
            }
        }
        used += columns(&text[at + word.len()..end].replace('\n', ""));
        at = end;
        if opportunity == BreakOpportunity::Mandatory {
            lines.push(start..at);
            (start, used) = (at, 0);
        }
    }
    for line in &mut lines {
        line.end = line.start + text[line.clone()].trim_end().len();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, width: usize) -> Vec<&str> {
        wrap(text, width).into_iter().map(|line| &text[line]).collect()
    }

    #[test]
    fn lines_break_where_unicode_allows() {
        assert_eq!(lines("one two  three", 8), ["one two", "three"]);
        assert_eq!(
            lines("a hyphen-ated word\nand a new line", 10),
            ["a hyphen-", "ated word", "and a new", "line"]
        );
        assert_eq!(lines("人工智能年鉴", 5), ["人工", "智能", "年鉴"]);
        assert_eq!(lines("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(
            lines("👩‍🔬👩‍🔬 e\u{301}e\u{301}e\u{301}", 3),
            ["👩‍🔬", "👩‍🔬", "e\u{301}e\u{301}e\u{301}"]
        );
        assert_eq!(lines("", 3), [""; 0]);
        assert_eq!(lines("人", 1), ["人"]);
    }

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(clean("a\u{1b}[31mb\u{7}\u{9b}c\r\nd\te\u{0}"), "a�[31mb��c\nd e�");
        assert_eq!(clean("x\u{202e}y\u{2066}z\u{200f}\u{feff}\u{ad}\u{200b}"), "xyz");
        assert_eq!(clean("\u{301}"), "◌\u{301}");
        assert_eq!(clean("é👩‍🔬人🇩🇪"), "é👩‍🔬人🇩🇪");
        assert_eq!(clean(&"\u{1100}".repeat(1000)), "�");
        assert_eq!(clean_line(" a\n b\u{2028}c "), "a b c");
    }

    #[test]
    fn no_character_steers_the_terminal() {
        for character in (0..=0x10_ffff).filter_map(char::from_u32) {
            let cleaned = clean(&format!("a{character}b"));
            assert!(
                !cleaned.contains(crate::printable::steers) && !cleaned.contains('\t'),
                "{character:?}: {cleaned:?}"
            );
        }
    }

    #[test]
    fn a_cut_text_fits() {
        assert_eq!(cut("abcdef", 6), "abcdef");
        assert_eq!(cut("abcdef", 5), "abcd…");
        assert_eq!(cut("人工智能", 5), "人工…");
        assert_eq!(cut("人工智能", 4), "人…");
        assert_eq!(cut("abc", 0), "");
    }
}
