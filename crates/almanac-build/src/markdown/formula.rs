//! Formulas: `$$…$$` in a line, as the parser finds it, and on lines of its own (`containers`).

use std::ops::Range;

use super::builder::{Builder, FrameKind};
use super::masked::FormulaBlock;
use super::source_map::SourceMap;
use super::text::Piece;
use crate::document::{Block, Inline};
use crate::fault::Code;
use crate::formula::{self, Formula};

/// Finds the dollars that the parser must not see. It takes `$x$` for a formula too; here a formula
/// stands between two runs of exactly two.
pub fn lone_dollars(body: &str) -> Vec<usize> {
    let bytes = body.as_bytes();
    let mut found = Vec::new();
    let mut next = 0;
    while let Some(start) = body[next..].find('$').map(|start| next + start) {
        next = start + bytes[start..].iter().take_while(|byte| **byte == b'$').count();
        let backslashes = bytes[..start].iter().rev().take_while(|byte| **byte == b'\\').count();
        // The first one is escaped: the parser knows.
        let start = start + backslashes % 2;
        if next - start != 2 {
            found.extend(start..next);
        }
    }
    found
}

impl Builder<'_> {
    /// Takes in a formula in a line of text.
    pub(super) fn inline_formula(&mut self, tex: &str, range: Range<usize>) {
        let inner = range.start + 2..range.end.saturating_sub(2);
        let written = self.body.get(inner.clone()).unwrap_or_default();
        // The parser undoes `\|` in tables, other parsers don't; and it knows the marks of quotes
        // at the beginnings of lines.
        let tex = match written.contains(['\n', '\r']) {
            false => written.to_owned(),
            true => self.masked.unmask(tex, self.body).replace("\r\n", "\n").replace('\r', "\n"),
        };
        self.add_to_heading(&tex);
        self.end_word();
        let mut map = SourceMap::default();
        map.push(0, inner);
        let formula = self.convert(&tex, false, &map, range.clone());
        self.push_inline(Inline::Formula(Box::new(formula)));
        self.top().inner_end = range.end;
    }

    /// Takes back what the parser took for a formula between single dollars.
    pub(super) fn dollars(&mut self, text: &str, range: Range<usize>) {
        let text = self.masked.unmask(text, self.body).into_owned();
        self.text_event(&format!("${text}$"), range);
    }

    /// Begins the frame of a formula on lines of its own.
    pub(super) fn formula_frame(&self, block: &FormulaBlock) -> FrameKind {
        FrameKind::Formula { block: block.clone(), tex: String::new(), map: SourceMap::default() }
    }

    pub(super) fn formula_block(
        &mut self,
        block: &FormulaBlock,
        tex: &str,
        map: &SourceMap,
        start: usize,
    ) {
        let formula = match block.is_faulty {
            true => Formula::source(tex),
            false => self.convert(tex, true, map, start..block.end),
        };
        self.push_block(Block::Formula(Box::new(formula)), block.end);
    }

    /// Converts a formula that stands at `span`; after a fault its source is shown. `map` leads
    /// from what is converted to the source.
    fn convert(&mut self, tex: &str, block: bool, map: &SourceMap, span: Range<usize>) -> Formula {
        match formula::convert(tex, block) {
            Ok(formula) => formula,
            Err(fault) => {
                let inner = fault.span.map(|inner| map.span(inner));
                let is_inside = |inner: &Range<usize>| {
                    !inner.is_empty() && span.start <= inner.start && inner.end <= span.end
                };
                let place = inner.filter(is_inside).unwrap_or_else(|| self.first_line(&span));
                self.diagnose(Code::InvalidFormula, place, fault.message).label = fault.label;
                Formula::source(tex)
            }
        }
    }

    /// Reports `$$` that the parser left as text.
    pub(super) fn unclosed_formulas(&mut self, text: &str, pieces: &[Piece]) {
        if !self.masked.has_formulas || !text.contains("$$") {
            return;
        }
        let mut next = 0;
        while let Some(start) = text[next..].find('$').map(|start| next + start) {
            let rest = &text[start..];
            next = start + (rest.len() - rest.trim_start_matches('$').len());
            let is_mark = |at: &usize| {
                let piece =
                    &pieces[pieces.partition_point(|piece| piece.at <= *at).saturating_sub(1)];
                piece.verbatim || (piece.is_copy && piece.at != *at)
            };
            let Some(start) = (start..next).find(is_mark).filter(|start| start + 2 <= next) else {
                continue;
            };
            let source = Self::source_span(pieces, start..next);
            let (message, label) = match next - start {
                // The parser looks for an end with as many braces open as at the beginning.
                2 if text[next..].contains("$$") => (
                    "a formula whose braces aren't balanced",
                    "close each `{` with a `}` before the next `$$`",
                ),
                2 if self.inside(|kind| matches!(kind, FrameKind::Cell)) => (
                    "a formula without its end",
                    "close it in its cell: a bar ends the cell, write `\\vert` in a formula",
                ),
                2 => ("a formula without its end", "close it with `$$`, or write `\\$\\$`"),
                _ => ("a formula stands between two dollars", "write `$$`, or `\\$` for a dollar"),
            };
            self.diagnose(Code::InvalidFormula, source, message).label = label.to_owned();
            // The next fault is the other end of it, or no better.
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dollars_of_no_formula() {
        assert_eq!(lone_dollars("$5 $$x$$ $6"), [0, 9]);
        assert_eq!(lone_dollars("\\$$x$$"), [2]);
        assert_eq!(lone_dollars("\\\\$$x$$ \\$ \\$$$x$$"), [0; 0]);
        assert_eq!(lone_dollars("$$$ $$$$"), [0, 1, 2, 4, 5, 6, 7]);
    }
}
