//! Markdown → a tree of blocks: CommonMark and GFM as pulldown-cmark reads them, with the
//! admonitions, heading ids and bare addresses of Docusaurus. Every fault is placed; what a fault
//! concerns is left out of the tree.

mod admonition;
mod admonition_frames;
mod block_start;
mod builder;
mod code;
mod comment;
mod containers;
mod element_frames;
mod elements;
mod entities;
mod events;
mod finish;
mod footnote;
mod formula;
mod heading;
mod html;
mod jsx;
mod line;
mod link;
mod masked;
mod missing_cells;
mod module_lines;
mod pairing;
mod source_map;
mod text;
mod tokens;

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, Event, Options, Parser, Tag};

use crate::document::Document;
use crate::fault::{Code, Fault, FileSpan};
use builder::Builder;
use footnote::note_key;

/// Parses the body of a file by itself.
#[cfg(test)]
pub fn parse(text: &str, base: usize, file: usize, formulas: bool) -> (Document, Vec<Fault>) {
    parse_within(text, base, file, formulas, &mut crate::limits::SPARE_CELLS.clone())
}

/// Parses the body of a file, which begins at byte `base` of `text`; `formulas` says whether
/// `$$…$$` are formulas, `spare` how many cells all tables of the folder may yet lack.
pub fn parse_within(
    text: &str,
    base: usize,
    file: usize,
    formulas: bool,
    spare: &mut usize,
) -> (Document, Vec<Fault>) {
    let body = &text[base..];
    let (masked, mut faults) = containers::mask(body, file, base, formulas);
    let broken = RefCell::new(Vec::new());
    let note_broken = |link: BrokenLink| {
        let span = masked.map.span(link.span);
        broken.borrow_mut().push((
            span,
            link.link_type,
            masked.unmask(&link.reference, body).into_owned(),
        ));
        None
    };
    let mut options = options(masked.has_formulas);
    if let Some(delimiters) = missing_cells::excess(&masked.text, spare) {
        options.remove(Options::ENABLE_TABLES);
        let span = masked.map.span(delimiters);
        let place = FileSpan::new(file, base + span.start..base + span.end);
        let message = "the rows of tables lack far more cells than the article holds";
        let fault = Fault::new(Code::TooLarge, place, message);
        faults.push(fault.label("make the table narrower, or write the cells"));
    }
    let parser = Parser::new_with_broken_link_callback(&masked.text, options, Some(note_broken));
    let mut parser = parser.into_offset_iter();
    // All events before the first is used: what is defined below counts above.
    let events: Vec<(Event, Range<usize>)> = parser.by_ref().collect();
    let mut labels = HashMap::new();
    for (event, _) in &events {
        if let Event::Start(Tag::FootnoteDefinition(label)) = event {
            let number = labels.len();
            labels.entry(note_key(label)).or_insert(number);
        }
    }
    let references = parser.reference_definitions();
    let mut builder = Builder::new(body, base, file, &masked, references, labels);
    builder.faults = faults;
    for (event, span) in events {
        builder.event(event, masked.map.span(span.clone()), Some(span.start));
    }
    builder.unused_definitions();
    builder.duplicate_references();
    builder.broken_references(broken.take());
    builder.finish()
}

fn options(formulas: bool) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    options.set(Options::ENABLE_MATH, formulas);
    options
}
