//! Footnotes: citations and definitions. Their numbers follow when all is read: see `finish`.

use std::ops::Range;

use super::builder::Builder;
use crate::document::{Block, Inline};
use crate::fault::{Code, Fault};

/// A footnote definition that has been read.
#[derive(Debug)]
pub(super) struct Definition {
    /// Its first line.
    pub(super) span: Range<usize>,
    pub(super) blocks: Vec<Block>,
}

impl Builder<'_> {
    pub(super) fn cite(&mut self, label: &str) {
        if let Some(&number) = self.labels.get(&note_key(label)) {
            self.cited[number] = true;
            self.push_inline(Inline::FootnoteRef(number, 0));
        }
    }

    pub(super) fn footnote(&mut self, label: &str, blocks: Vec<Block>, range: Range<usize>) {
        let span = self.first_line(&range);
        let Some(&number) = self.labels.get(label) else { return };
        match &self.definitions[number] {
            Some(first) => {
                let first = self.place(first.span.clone());
                let message = format!("the footnote `[^{label}]` is defined twice");
                let fault = Fault::new(Code::DuplicateDefinition, self.place(span), message);
                self.faults.push(fault.related(first, "this one counts"));
            }
            None => self.definitions[number] = Some(Definition { span, blocks }),
        }
    }
}

/// Returns the key of a label: case doesn't count.
pub(super) fn note_key(label: &str) -> String {
    label.to_lowercase()
}

/// Takes the citations out of inline content: a link can't hold those, which are links themselves.
pub(super) fn take_citations(inlines: &mut Vec<Inline>, citations: &mut Vec<Inline>) {
    let mut kept = Vec::with_capacity(inlines.len());
    for mut inline in inlines.drain(..) {
        match &mut inline {
            Inline::FootnoteRef(..) => {
                citations.push(inline);
                continue;
            }
            Inline::Emphasis(children)
            | Inline::Strong(children)
            | Inline::Strikethrough(children)
            | Inline::Link(_, children)
            | Inline::Element(_, children) => take_citations(children, citations),
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Formula(_)
            | Inline::Image(..)
            | Inline::SoftBreak
            | Inline::HardBreak => {}
        }
        kept.push(inline);
    }
    *inlines = kept;
}
