//! Markdown → a tree of blocks: CommonMark and GFM as pulldown-cmark reads them, with the admonitions, heading ids and
//! bare addresses of Docusaurus. Every fault is placed; what a fault concerns is left out of the tree.

mod admonition;
mod admonition_frames;
mod builder;
mod footnote;
mod heading;
mod html;
mod link;
mod text;

use std::cell::RefCell;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, Event, Options, Parser, Tag};

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use builder::Builder;

/// Parses the body of a file, which begins at byte `base` of `text`.
pub fn parse(text: &str, base: usize, file: usize) -> (Document, Vec<Diagnostic>) {
    let body = &text[base..];
    let (masked, markers) = admonition::mask(body, &code_spans(body));
    let broken = RefCell::new(Vec::new());
    let note_broken = |link: BrokenLink| {
        broken.borrow_mut().push((link.span, link.link_type, link.reference.to_string()));
        None
    };
    let parser = Parser::new_with_broken_link_callback(&masked, options(), Some(note_broken));
    let mut events = parser.into_offset_iter();
    let mut builder = Builder::new(body, base, file, markers);
    while let Some((event, range)) = events.next() {
        builder.event(event, range, events.reference_definitions());
    }
    builder.unused_definitions(events.reference_definitions());
    drop(events);
    builder.broken_references(broken.into_inner());
    builder.finish()
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
}

/// Where code stands in a body: lines that look like admonitions are none there.
fn code_spans(body: &str) -> Vec<Range<usize>> {
    if !body.contains(":::") {
        return Vec::new();
    }
    let events = Parser::new_ext(body, options()).into_offset_iter();
    events
        .filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(_)) | Event::Code(_)))
        .map(|(_, range)| range)
        .collect()
}
