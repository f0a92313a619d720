//! Admonitions: opened and closed by their lines.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Parser, RefDefs};

use super::admonition::{self, Marker};
use super::builder::{Builder, DEEPEST, FrameKind};
use super::options;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::document::{Block, Inline};

impl Builder<'_> {
    pub(super) fn marker(&mut self, marker: Marker, definitions: &RefDefs) {
        let Some(name) = marker.name.clone() else { return self.close_admonition(&marker) };
        let name_text = &self.body[name.clone()];
        let kind = match admonition::KINDS.iter().find(|kind| **kind == name_text) {
            Some(kind) => kind,
            None => {
                let near = nearest(name_text, admonition::KINDS);
                let known = admonition::KINDS.join(", ");
                let fault = Diagnostic::new(
                    Code::UnknownAdmonition,
                    self.place(name.clone()),
                    format!("`{name_text}` is no admonition"),
                );
                self.diagnostics
                    .push(fault.did_you_mean(near).help(format!("the admonitions are {known}")));
                "note"
            }
        };
        if self.stack.len() >= DEEPEST {
            if !self.too_deep {
                self.too_deep = true;
                self.diagnose(
                    Code::NestingTooDeep,
                    marker.span,
                    format!("nested more than {DEEPEST} deep"),
                );
            }
            return;
        }
        let title = marker.title.clone().map(|span| self.fragment(span, definitions));
        self.close_plain();
        self.open(FrameKind::Admonition { kind, title, colons: marker.colons }, marker.span);
    }

    pub(super) fn close_admonition(&mut self, marker: &Marker) {
        // Those of this container, outermost first: the first with no more colons than the line closes, with all in it.
        let open = self
            .stack
            .iter()
            .rev()
            .take_while(|frame| matches!(frame.kind, FrameKind::Admonition { .. }))
            .count();
        let first = self.stack.len() - open;
        let closes =
            (first..self.stack.len()).find(|&at| matches!(self.stack[at].kind, FrameKind::Admonition { colons, .. } if colons <= marker.colons));
        let Some(closes) = closes else {
            self.diagnose(
                Code::UnopenedAdmonition,
                marker.span.clone(),
                format!("`{}` closes no admonition", ":".repeat(marker.colons.min(10))),
            )
            .label = "an outer admonition needs more colons than the ones inside it".into();
            return;
        };
        while self.stack.len() > closes + 1 {
            self.unclosed_admonition();
        }
        self.end_admonition(marker.span.end);
    }

    pub(super) fn end_admonition(&mut self, end: usize) {
        self.close_plain();
        let frame = self.stack.pop().expect("an admonition is open");
        if let FrameKind::Admonition { kind, title, .. } = frame.kind {
            self.push_block(Block::Admonition { kind, title, blocks: frame.blocks }, end);
        }
    }

    pub(super) fn unclosed_admonition(&mut self) {
        let span = self.top().span.clone();
        if let FrameKind::Admonition { colons, .. } = self.top().kind {
            self.diagnose(
                Code::UnclosedAdmonition,
                span.clone(),
                "an admonition without its end",
            )
            .label = format!("close it with a line `{}`", ":".repeat(colons.min(10)));
        }
        self.end_admonition(span.end);
    }

    /// Parses inline content that the parser has not seen: the title of an admonition.
    pub(super) fn fragment(&mut self, span: Range<usize>, definitions: &RefDefs) -> Vec<Inline> {
        let resolve = |link: BrokenLink| {
            let definition = definitions.get(&link.reference)?;
            Some((
                CowStr::from(definition.dest.to_string()),
                CowStr::from(
                    definition.title.as_ref().map(ToString::to_string).unwrap_or_default(),
                ),
            ))
        };
        self.open(FrameKind::AdmonitionTitle, span.clone());
        let parser = Parser::new_with_broken_link_callback(
            &self.body[span.clone()],
            options(),
            Some(resolve),
        );
        for (event, range) in parser.into_offset_iter() {
            self.event(event, span.start + range.start..span.start + range.end, definitions);
        }
        self.flush_text();
        self.stack.pop().expect("just opened").inlines
    }
}
