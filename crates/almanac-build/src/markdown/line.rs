//! A line, read by columns: tabs stop at every fourth.

use std::ops::Range;

/// A line, and the place in it up to which it is read.
#[derive(Clone, Debug)]
pub struct Line<'s> {
    source: &'s str,
    pub start: usize,
    /// The end of its text: before the line end and white space in front of it.
    pub text_end: usize,
    /// The start of the line end.
    pub content_end: usize,
    /// The start of the next line.
    pub end: usize,
    pub position: usize,
    column: usize,
    /// Columns of the tab before `position` that are still to be read.
    pending: usize,
}

impl<'s> Line<'s> {
    /// Reads the line that begins at `start`; `None` at the end of the source.
    pub fn at(source: &'s str, start: usize) -> Option<Line<'s>> {
        let rest = source.get(start..).filter(|rest| !rest.is_empty())?;
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let line_end = match &rest.as_bytes()[length..] {
            [b'\r', b'\n', ..] => 2,
            [] => 0,
            _ => 1,
        };
        let text = rest[..length].trim_end_matches([' ', '\t']);
        Some(Line {
            source,
            start,
            text_end: start + text.len(),
            content_end: start + length,
            end: start + length + line_end,
            position: start,
            column: 0,
            pending: 0,
        })
    }

    /// Returns what separates the line from the next one.
    pub fn line_end(&self) -> Range<usize> {
        self.content_end..self.end
    }

    /// Returns `true` if only white space is left.
    pub fn is_blank(&self) -> bool {
        self.position >= self.text_end
    }

    /// Counts the columns of white space ahead, up to `limit`.
    pub fn indent(&self, limit: usize) -> usize {
        let mut ahead = self.clone();
        ahead.skip_indent(limit)
    }

    /// Reads at most so many columns of white space, and returns how many there were.
    pub fn skip_indent(&mut self, columns: usize) -> usize {
        let mut read = 0;
        while read < columns {
            if self.pending == 0 {
                match self.source.as_bytes().get(self.position) {
                    Some(b' ') => self.pending = 1,
                    Some(b'\t') => self.pending = 4 - self.column % 4,
                    _ => break,
                }
                self.position += 1;
            }
            let step = self.pending.min(columns - read);
            self.pending -= step;
            self.column += step;
            read += step;
        }
        read
    }

    /// Reads so many bytes, which are no white space.
    pub fn skip(&mut self, bytes: usize) {
        self.column += bytes;
        self.position += bytes;
    }

    /// Returns the columns of a tab that a container has read in part.
    pub fn pending(&self) -> usize {
        self.pending
    }

    /// Returns the text ahead, without the white space around it.
    pub fn text(&self) -> &'s str {
        if self.is_blank() {
            return "";
        }
        self.source[self.position..self.text_end].trim_start_matches([' ', '\t'])
    }

    /// Returns where [`Line::text`] begins.
    pub fn text_start(&self) -> usize {
        self.text_end.max(self.position) - self.text().len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_are_read_by_columns() {
        let mut line = Line::at(" \t\tx \r\ny", 0).unwrap();
        assert_eq!((line.content_end, line.end, line.text()), (5, 7, "x"));
        assert_eq!((line.indent(100), line.skip_indent(2), line.pending()), (8, 2, 2));
        assert_eq!((line.skip_indent(9), line.pending(), line.text_start()), (6, 0, 3));
        assert!(Line::at("x\n\n", 2).unwrap().is_blank());
        assert!(Line::at("x\n", 2).is_none());
        let ends: Vec<usize> =
            [0, 2, 4].map(|start| Line::at("a\rb\nc", start).unwrap().end).into();
        assert_eq!(ends, [2, 4, 5]);
    }
}
