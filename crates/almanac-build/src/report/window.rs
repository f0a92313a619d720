//! The lines of a file that a fault shows.

use std::borrow::Cow;
use std::ops::Range;

use super::diagnostic::Locator;
use crate::fault::FileSpan;
use crate::line_index::floor_char_boundary;
use crate::visible::visible_source;

/// Longer lines are cut to this many bytes around the span.
const LONGEST_LINE: usize = 1000;

/// The most lines that are shown of one span.
const LINES: usize = 3;

/// The lines of a file that the report shows, beginning with the line on which the span begins.
pub struct Window<'t> {
    pub text: Cow<'t, str>,
    /// The marked span inside it.
    pub span: Range<usize>,
    /// `true` if the line is cut, so that nobody can count columns in it.
    pub is_cut: bool,
}

/// Returns the lines that a span touches.
pub fn window<'s>(locator: &mut Locator<'s>, place: &FileSpan) -> Window<'s> {
    let text = locator.text(place.file);
    let lines = locator.lines(place.file);
    let start = floor_char_boundary(text, place.span.start);
    let line = lines.line(start);
    let begin = lines.start(line);
    let last = match place.span.end > begin {
        true => lines.line(floor_char_boundary(text, place.span.end.min(text.len()) - 1)),
        false => line,
    };
    let end = lines.start(last.clamp(line, line + LINES - 1) + 1);
    let shown = text[begin..end].trim_end_matches(['\n', '\r']);
    let from = (start - begin).min(shown.len());
    let until = floor_char_boundary(text, place.span.end.max(start));
    let until = until.saturating_sub(begin).clamp(from, shown.len());
    if shown.len() <= LONGEST_LINE {
        let (text, span) = visible_source(shown, from..until);
        return Window { text, span, is_cut: false };
    }
    // Only the line of the span's start, with dots where it is cut.
    let shown = text[begin..lines.start(line + 1)].trim_end_matches(['\n', '\r']);
    let (from, until) = (from.min(shown.len()), until.min(shown.len()));
    let cut_from = floor_char_boundary(shown, from.saturating_sub(LONGEST_LINE / 4));
    let cut_until = floor_char_boundary(shown, (cut_from + LONGEST_LINE).min(shown.len()));
    let inside = |at: usize| at.min(cut_until) - cut_from;
    let (text, span) = visible_source(&shown[cut_from..cut_until], inside(from)..inside(until));
    let before = if cut_from > 0 { "..." } else { "" };
    let behind = if cut_until < shown.len() { "..." } else { "" };
    let span = span.start + before.len()..span.end + before.len();
    Window { text: format!("{before}{text}{behind}").into(), span, is_cut: true }
}
