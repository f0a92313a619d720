//! Lines and columns of a text.

use std::cell::Cell;

/// Bytes of a line between two that have a mark.
const MARK: usize = 1024;

/// The starts of the lines of a text. A line ends with `\n`, `\r\n` or a bare `\r`, as in YAML 1.2,
/// in CommonMark and in editors.
pub struct LineIndex<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// Bytes of long lines, with their columns: [`column`](LineIndex::column) counts from there.
    marks: Vec<(usize, usize)>,
    /// The last line, column and byte that [`offset`](LineIndex::offset) was asked for: the next
    /// ones are rarely far behind, and to count from the start of a long line each time would be
    /// quadratic.
    last: Cell<(usize, usize, usize)>,
}

impl<'t> LineIndex<'t> {
    pub fn new(text: &'t str) -> LineIndex<'t> {
        let bytes = text.as_bytes();
        let (mut starts, mut marks) = (vec![0], Vec::new());
        let (mut known, mut column) = (0, 0);
        for (at, &byte) in bytes.iter().enumerate() {
            let is_boundary = text.is_char_boundary(at);
            if at - known >= MARK && is_boundary {
                marks.push((at, column));
                known = at;
            }
            column += usize::from(is_boundary);
            if byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
                starts.push(at + 1);
                (known, column) = (at + 1, 0);
            }
        }
        LineIndex { text, starts, marks, last: Cell::new((0, 0, 0)) }
    }

    /// Returns the line of a byte, counted from 0.
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset) - 1
    }

    /// Returns the byte at which a line begins, or the end of the text behind the last line.
    pub fn start(&self, line: usize) -> usize {
        self.starts.get(line).copied().unwrap_or(self.text.len())
    }

    /// Returns the byte at a line and column, both counted from 0, columns in characters.
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let Some(&start) = self.starts.get(line) else { return self.text.len() };
        let (last_line, last_column, last) = self.last.get();
        let (from, skip) = match line == last_line && column >= last_column {
            true => (last, column - last_column),
            false => (start, column),
        };
        let rest = self.text[from..].char_indices().nth(skip);
        let offset = rest.map_or(self.text.len(), |(at, _)| from + at);
        self.last.set((line, column, offset));
        offset
    }

    /// Returns the column of a byte on its line, counted from 0, in characters.
    pub fn column(&self, offset: usize) -> usize {
        let start = self.start(self.line(offset));
        let mark = self.marks.partition_point(|(at, _)| *at <= offset).checked_sub(1);
        let (from, before) = match mark.map(|mark| self.marks[mark]) {
            Some((at, column)) if at > start => (at, column),
            _ => (start, 0),
        };
        before + self.text[from..offset].chars().count()
    }
}

/// Returns the nearest character boundary at or before a byte.
pub fn floor_char_boundary(text: &str, at: usize) -> usize {
    let boundary = (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
    boundary.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_there_and_back() {
        let text = "añb\r\nc\rd\n\u{2028}e";
        let lines = LineIndex::new(text);
        let expected = [(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (1, 0), (1, 1), (2, 0), (2, 1)];
        let places: Vec<(usize, usize)> =
            text.char_indices().map(|(at, _)| (lines.line(at), lines.column(at))).collect();
        assert_eq!(places[..9], expected);
        assert_eq!(places[9..], [(3, 0), (3, 1)], "U+2028 ends no line");
        for (at, _) in text.char_indices().rev() {
            assert_eq!(lines.offset(lines.line(at), lines.column(at)), at);
        }
        assert_eq!(lines.offset(9, 0), text.len());
        assert_eq!((lines.start(1), lines.start(4)), (6, text.len()));
    }

    #[test]
    fn columns_of_long_lines_in_any_order() {
        let long = "añ€𝄞".repeat(MARK);
        let text = format!("short\n{long}\n{long}end\r\nshort");
        let lines = LineIndex::new(&text);
        let places = text.match_indices('ñ').map(|(at, _)| at);
        let expected = (0..2 * MARK).map(|number| (1 + number / MARK, number % MARK * 4 + 1));
        let mut cases: Vec<(usize, (usize, usize))> = places.zip(expected).collect();
        cases.push((text.find("end").unwrap(), (2, 4 * MARK)));
        cases.push((text.len(), (3, 5)));
        assert_eq!(cases.len(), 2 * MARK + 2);
        for (at, expected) in cases.iter().step_by(3).chain(cases.iter().rev()) {
            assert_eq!((lines.line(*at), lines.column(*at)), *expected);
        }
    }
}
