//! Footnotes: citations and definitions.

use std::collections::HashSet;
use std::ops::Range;

use super::builder::{Builder, FrameKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Block, Footnote, Inline};

/// A footnote definition that has been read.
pub(super) struct Definition {
    pub(super) label: String,
    pub(super) span: Range<usize>,
    pub(super) blocks: Vec<Block>,
}

impl Builder<'_> {
    pub(super) fn cite(&mut self, label: &str) {
        let label = note_key(label);
        let number = *self.numbers.entry(label.clone()).or_insert_with(|| {
            self.cited.push(label.clone());
            self.document.footnotes.push(Footnote {
                label,
                blocks: Vec::new(),
                cited_in: Vec::new(),
                citations: 0,
                links: Vec::new(),
            });
            self.cited.len() - 1
        });
        // A citation inside another note counts for the sections that cite that one: `finish` sees to it.
        let section = self.section();
        let in_note = self.inside(|kind| matches!(kind, FrameKind::Footnote(_)));
        let footnote = &mut self.document.footnotes[number];
        let citation = footnote.citations;
        footnote.citations += 1;
        if !in_note && footnote.cited_in.last() != Some(&section) {
            footnote.cited_in.push(section);
        }
        self.push_inline(Inline::FootnoteRef(number, citation));
    }

    pub(super) fn footnote(&mut self, label: String, blocks: Vec<Block>, range: Range<usize>) {
        let line = self.first_line(&range);
        if let Some(first) = self.defined.get(&label) {
            let first = self.place(self.definitions[*first].span.clone());
            let fault = Diagnostic::new(
                Code::DuplicateDefinition,
                self.place(line),
                format!("the footnote `[^{label}]` is defined twice"),
            )
            .related(first, "this one counts");
            self.diagnostics.push(fault);
        } else {
            self.defined.insert(label.clone(), self.definitions.len());
            self.definitions.push(Definition { label, span: line, blocks });
        }
    }

    /// The order of the links: the body's, then those of each footnote that is cited.
    pub(super) fn link_order(&self) -> Vec<usize> {
        let in_notes: HashSet<usize> = self.links_in_notes.values().flatten().copied().collect();
        let body = (0..self.document.links.len()).filter(|link| !in_notes.contains(link));
        let notes = self.document.footnotes.iter().flat_map(|note| &note.links).copied();
        body.chain(notes).collect()
    }
}

/// Labels of footnotes don't care for case.
pub(super) fn note_key(label: &str) -> String {
    label.to_lowercase()
}
