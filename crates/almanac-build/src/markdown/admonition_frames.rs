//! Admonitions in the tree: quotes of the parser that stand for one.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, Parser};

use super::admonition;
use super::builder::{Builder, FrameKind};
use super::formula;
use super::masked::Admonition;
use super::options;
use crate::document::Inline;
use crate::fault::{Code, Fault};

impl Builder<'_> {
    /// Begins the frame of an admonition.
    pub(super) fn admonition(&mut self, admonition: &Admonition) -> FrameKind {
        let opening = &admonition.opening;
        let name = &self.body[opening.name.clone()];
        let kind = admonition::KINDS.into_iter().find(|kind| *kind == name);
        if kind.is_none() {
            let place = self.place(opening.name.clone());
            let known = admonition::KINDS.join(", ");
            let message = format!("`{name}` is no admonition");
            self.faults.push(
                Fault::new(Code::UnknownAdmonition, place, message)
                    .did_you_mean(admonition::near(name))
                    .help(format!("the admonitions are {known}")),
            );
        }
        let title = opening.title.clone().map(|span| self.admonition_title(span));
        FrameKind::Admonition { kind: kind.unwrap_or("note"), title, end: admonition.end }
    }

    /// Parses the title of an admonition, which the parser has not seen.
    fn admonition_title(&mut self, span: Range<usize>) -> Vec<Inline> {
        let references = self.references;
        let resolve = |link: BrokenLink| {
            let definition = references.get(&link.reference)?;
            let title = definition.title.as_ref().map(ToString::to_string).unwrap_or_default();
            Some((CowStr::from(definition.dest.to_string()), CowStr::from(title)))
        };
        self.open(FrameKind::AdmonitionTitle, span.clone());
        // Behind a full stop nothing begins a block: a title may be `1. Install`.
        let source = format!(".{}", &self.body[span.clone()]);
        // Nothing is masked in it: with dollars beside a formula there is none.
        let formulas = self.masked.has_formulas && formula::lone_dollars(&source).is_empty();
        let options = options(formulas);
        let parser = Parser::new_with_broken_link_callback(&source, options, Some(resolve));
        for (event, range) in parser.into_offset_iter() {
            let place = span.start + range.start.saturating_sub(1)..span.start + range.end - 1;
            match event {
                Event::Text(text) if range.start == 0 => {
                    if text.len() > 1 {
                        self.text_event(&text[1..], place);
                    }
                }
                event => self.event(event, place, None),
            }
        }
        self.flush_text();
        self.stack.pop().expect("just opened").inlines
    }
}
