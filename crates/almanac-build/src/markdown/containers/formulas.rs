//! Formulas on lines of their own: a line `$$` opens one, a line `$$` closes it. The parser gets a
//! code block in its place, in which nothing is a mark.

use std::ops::Range;

use super::{Leaf, Line, Scanner, marks};
use crate::fault::{Code, Fault, FileSpan};
use crate::markdown::masked::FormulaBlock;

/// The fence of the code block that stands for a formula.
const FENCE: &str = "~~~~~~~~";

/// The mark that keeps a line of the formula from being such a fence.
const INDENT: &str = "    ";

/// A formula that doesn't open or close as it should.
pub struct MalformedFormula {
    /// Its opening line.
    span: Range<usize>,
    message: &'static str,
    label: &'static str,
}

impl MalformedFormula {
    pub fn fault(&self, place: &dyn Fn(Range<usize>) -> FileSpan) -> Fault {
        let place = place(self.span.clone());
        Fault::new(Code::InvalidFormula, place, self.message).label(self.label)
    }
}

impl Scanner<'_> {
    /// Reads a line that opens a formula; `None` if it is none.
    pub fn formula_start(&mut self, line: &Line<'_>) -> Option<Leaf> {
        let text = line.text();
        if !self.output.masked.has_formulas || !text.starts_with("$$") {
            return None;
        }
        let rest = text.trim_start_matches('$');
        // One that ends in its line is a part of a paragraph.
        if rest.contains('$') {
            return None;
        }
        let (start, length) = (line.text_start(), text.len() - rest.len());
        let span = start..line.text_end;
        let is_faulty = !rest.is_empty();
        if is_faulty {
            self.malformed_formulas.push(MalformedFormula {
                span: span.clone(),
                message: "a formula that begins a line and doesn't end in it",
                label: "put `$$` on a line of its own, before and behind the formula",
            });
        }
        let block = FormulaBlock { end: span.end, is_faulty };
        self.output.masked.formulas.insert(start, block);
        self.replaced = Some((span, FENCE));
        Some(Leaf::Formula { start, length, is_faulty })
    }

    /// Returns `true` if the line is a part of the formula that stands open.
    pub fn in_formula(&mut self, line: &Line<'_>) -> bool {
        let Leaf::Formula { start, length, is_faulty } = self.leaf else { return false };
        if line.is_blank() {
            let is_first = !self.has_cut_formula;
            self.cut_formula();
            self.has_cut_formula = is_first;
            // The parser's code block would go on.
            let place = self.output.source_end();
            self.output.insert(&marks(&self.stack), place);
            self.output.insert(FENCE, place);
            self.output.insert("\n", place);
            return false;
        }
        let text = line.text();
        let span = line.text_start()..line.text_end;
        let closes = text.len() >= length && text.bytes().all(|byte| byte == b'$');
        // A fence that was meant to close one that began wrong.
        let ends = is_faulty && text.ends_with("$$");
        if (closes || ends) && line.indent(4) < 4 {
            if let Some(block) = self.output.masked.formulas.get_mut(&start) {
                block.end = span.end;
            }
            self.replaced = Some((span, FENCE));
            self.leaf = Leaf::None;
            self.has_cut_formula = false;
        } else if text.starts_with(FENCE) {
            self.replaced = Some((span.start..span.start, INDENT));
        }
        true
    }

    /// Reports the formula that stands open where something else begins.
    pub fn cut_formula(&mut self) {
        let Leaf::Formula { start, length, .. } = self.leaf else { return };
        self.leaf = Leaf::None;
        let Some(block) = self.output.masked.formulas.get_mut(&start) else { return };
        let is_known = std::mem::replace(&mut block.is_faulty, true);
        // Behind one that ended too early its closing line opens the next.
        let is_its_end = std::mem::take(&mut self.has_cut_formula);
        if !is_known && !is_its_end {
            self.malformed_formulas.push(MalformedFormula {
                span: start..start + length,
                message: "a formula without its end",
                label: "close it with a line `$$`; no blank line stands in a formula",
            });
        }
    }
}
