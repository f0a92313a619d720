//! The lines of a file that a fault shows.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use crate::diagnostic::FileSpan;
use crate::line_index::{LineIndex, floor_char_boundary};
use crate::source::ContentFolder;
use crate::visible::visible_source;

/// Longer lines are cut to this many bytes around the span.
const LONGEST_LINE: usize = 1000;

/// The most lines that are shown of one span.
const LINES: usize = 3;

/// What the report shows of a file.
pub struct Window<'t> {
    /// The number of its first line, from 1.
    pub line: usize,
    pub text: Cow<'t, str>,
    /// The marked span inside it.
    pub span: Range<usize>,
    /// The column of the span in the file, where the line is cut.
    pub column: Option<usize>,
}

/// Finds the lines of spans. Each file is searched for its lines once.
pub struct Windows<'s> {
    folder: &'s ContentFolder,
    files: HashMap<usize, LineIndex<'s>>,
}

impl<'s> Windows<'s> {
    pub fn new(folder: &'s ContentFolder) -> Windows<'s> {
        Windows { folder, files: HashMap::new() }
    }

    /// Returns the lines that a span touches; `None` for a file without text.
    pub fn window(&mut self, place: &FileSpan) -> Option<Window<'s>> {
        let text = self.folder.files.get(place.file).map(|file| file.text.as_str())?;
        if text.is_empty() {
            return None;
        }
        let lines = self.files.entry(place.file).or_insert_with(|| LineIndex::new(text));
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
            return Some(Window { line: line + 1, text, span, column: None });
        }
        let column = lines.column(start.min(begin + shown.len()));
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
        let text = format!("{before}{text}{behind}").into();
        Some(Window { line: line + 1, text, span, column: Some(column + 1) })
    }
}
