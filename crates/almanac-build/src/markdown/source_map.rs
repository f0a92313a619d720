//! Offsets of a text that was made from another one, and what they are in the original.

use std::ops::Range;

/// Maps offsets of a rewritten text to the text that it was made from.
#[derive(Debug, Default)]
pub struct SourceMap {
    /// In order of both offsets; empty if nothing was rewritten.
    pieces: Vec<Piece>,
}

/// A part of the rewritten text, up to the next one.
#[derive(Debug)]
struct Piece {
    start: usize,
    source: Range<usize>,
    /// `true` if it is the source, byte for byte; else it stands for the source as a whole.
    is_copy: bool,
}

impl SourceMap {
    /// Adds that the text from `start` on is a copy of `source`; an inserted text is one of
    /// nothing, at its place.
    pub fn push(&mut self, start: usize, source: Range<usize>) {
        if let Some(last) = self.pieces.last_mut()
            && last.is_copy
            && last.source.end == source.start
            && start - last.start == last.source.len()
        {
            last.source.end = source.end;
            return;
        }
        self.pieces.push(Piece { start, source, is_copy: true });
    }

    /// Adds that the text from `start` on stands for `source`.
    pub fn replace(&mut self, start: usize, source: Range<usize>) {
        self.pieces.push(Piece { start, source, is_copy: false });
    }

    fn piece(&self, offset: usize) -> Option<&Piece> {
        let next = self.pieces.partition_point(|piece| piece.start <= offset);
        next.checked_sub(1).map(|index| &self.pieces[index])
    }

    /// Returns the original of an offset.
    pub fn offset(&self, offset: usize) -> usize {
        match self.piece(offset) {
            Some(piece) if piece.is_copy => {
                (piece.source.start + (offset - piece.start)).min(piece.source.end)
            }
            Some(piece) => piece.source.start,
            None => offset,
        }
    }

    /// Returns the original of a span.
    pub fn span(&self, span: Range<usize>) -> Range<usize> {
        let start = self.offset(span.start);
        let end = match self.piece(span.end) {
            // All of what is replaced, or nothing of it.
            Some(piece) if !piece.is_copy && span.end > piece.start => piece.source.end,
            _ => self.offset(span.end),
        };
        start..end.max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_of_rewritten_text() {
        // `ab\tcd` → `ab    c<x>d`
        let mut map = SourceMap::default();
        assert_eq!(map.offset(3), 3);
        map.push(0, 0..1);
        map.push(1, 1..2);
        map.push(2, 2..3);
        map.push(6, 3..4);
        map.push(7, 4..4);
        map.push(10, 4..5);
        assert_eq!(
            (0..=11).map(|offset| map.offset(offset)).collect::<Vec<_>>(),
            [0, 1, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5]
        );
        map.replace(11, 5..9);
        map.push(13, 9..12);
        assert_eq!([11, 12, 13, 14].map(|offset| map.offset(offset)), [5, 5, 9, 10]);
        assert_eq!([map.span(11..12), map.span(12..13), map.span(10..11)], [5..9, 5..9, 4..5]);
        assert_eq!(map.span(6..11), 3..5);
        assert_eq!(map.span(7..10), 4..4);
    }
}
