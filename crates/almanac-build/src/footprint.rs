//! The memory that the tree of an article takes: a few bytes of source can become a hundred times
//! as many.

use crate::document::{Block, Cell, Document, Element, Inline};
use crate::formula::Formula;

/// Returns how many bytes the tree of an article's body takes, about.
pub fn footprint(document: &Document) -> u64 {
    let mut total = slots(&document.sections) + slots(&document.footnotes);
    total += slots(&document.links) + slots(&document.images);
    total += blocks(&document.lead);
    for section in &document.sections {
        total += inlines(&section.title) + bytes(&section.anchor) + blocks(&section.blocks);
    }
    total += document.footnotes.iter().map(|note| blocks(&note.blocks)).sum::<u64>();
    for link in &document.links {
        total += bytes(&link.destination) + bytes(&link.text);
        total += link.title.as_deref().map_or(0, bytes);
    }
    for image in &document.images {
        total += bytes(&image.destination) + bytes(&image.alt);
    }
    total
}

fn widened(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

fn bytes(text: &str) -> u64 {
    widened(text.len())
}

/// Returns the bytes of what a list holds and of what it keeps free for more.
#[allow(clippy::ptr_arg, reason = "a slice has no capacity")]
fn slots<T>(list: &Vec<T>) -> u64 {
    widened(list.capacity().saturating_mul(size_of::<T>()))
}

fn blocks(list: &Vec<Block>) -> u64 {
    slots(list) + list.iter().map(block).sum::<u64>()
}

fn block(block: &Block) -> u64 {
    match block {
        Block::Paragraph(children) | Block::Plain(children) => inlines(children),
        Block::Heading { anchor, title, .. } => bytes(anchor) + inlines(title),
        Block::Code { text, .. } => bytes(text),
        Block::Formula(own) => formula(own),
        Block::Quote(children) => blocks(children),
        Block::List { items, .. } => {
            slots(items) + items.iter().map(|item| blocks(&item.blocks)).sum::<u64>()
        }
        Block::Table { alignments, head, rows } => {
            slots(alignments) + cells(head) + slots(rows) + rows.iter().map(cells).sum::<u64>()
        }
        Block::Admonition { title, blocks: children, .. } => {
            title.as_ref().map_or(0, inlines) + blocks(children)
        }
        Block::Rule => 0,
        Block::Element(own, children) => element(own) + blocks(children),
    }
}

fn formula(formula: &Formula) -> u64 {
    let texts = bytes(&formula.tex) + bytes(&formula.html) + bytes(&formula.markdown);
    widened(size_of::<Formula>()) + texts
}

fn cells(row: &Vec<Cell>) -> u64 {
    slots(row) + row.iter().map(|cell| inlines(&cell.inlines)).sum::<u64>()
}

fn element(element: &Element) -> u64 {
    slots(&element.attributes)
        + element.attributes.iter().map(|(_, value)| bytes(value)).sum::<u64>()
}

fn inlines(list: &Vec<Inline>) -> u64 {
    slots(list) + list.iter().map(inline).sum::<u64>()
}

fn inline(inline: &Inline) -> u64 {
    match inline {
        Inline::Text(text) | Inline::Code(text) | Inline::Image(_, text) => bytes(text),
        Inline::Formula(own) => formula(own),
        Inline::Emphasis(children)
        | Inline::Strong(children)
        | Inline::Strikethrough(children)
        | Inline::Link(_, children) => inlines(children),
        Inline::FootnoteRef(..) | Inline::SoftBreak | Inline::HardBreak => 0,
        Inline::Element(own, children) => element(own) + inlines(children),
    }
}
