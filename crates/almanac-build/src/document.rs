//! An article's body as a tree: what Markdown says, before links lead anywhere.

use std::collections::HashSet;
use std::ops::{Deref, Range};

use super::formula::Formula;

/// The body of one article.
#[derive(Debug, Default)]
pub struct Document {
    /// The H1, if it is the first block.
    pub heading: Option<Vec<Inline>>,
    /// The blocks before the first section.
    pub lead: Vec<Block>,
    /// The source of the lead, in bytes of the file.
    pub lead_span: Range<usize>,
    pub sections: Vec<Section>,
    /// The footnotes that are cited, in order of first citation.
    pub footnotes: Vec<Footnote>,
    /// All links, as they are met.
    pub links: Vec<Link>,
    /// The order in which they count: the body's, then those of the footnotes that are cited.
    pub link_order: Vec<usize>,
    /// All images, as they are met.
    pub images: Vec<Image>,
    /// The images that count, in document order: not those of footnotes that nobody cites.
    pub image_order: Vec<usize>,
    /// Anchors that are none of a section (of HTML, and of headings inside quotes, lists and the
    /// like), with the number of the section around them.
    pub inner_anchors: Vec<(String, Option<usize>)>,
    /// Ids in comments outside headings, in document order.
    pub comment_ids: Vec<CommentId>,
    /// The anchor that the H1 would have: a link to it is a fault of its own.
    pub heading_anchor: Option<String>,
    /// The prefix of the ids of footnotes, with which no other id begins.
    pub footnote_prefix: String,
}

/// A heading and what stands under it, up to the next heading of any level.
#[derive(Debug)]
pub struct Section {
    pub level: u8,
    pub title: Vec<Inline>,
    pub anchor: String,
    /// The heading itself.
    pub heading_span: Range<usize>,
    pub blocks: Vec<Block>,
    /// The source under the heading, without footnote definitions that end it.
    pub span: Range<usize>,
}

/// The indices of the footnotes that something cites, each once, in order.
#[derive(Default)]
pub struct Cited {
    footnotes: Vec<usize>,
    known: HashSet<usize>,
}

impl Cited {
    pub fn add(&mut self, footnote: usize) {
        if self.known.insert(footnote) {
            self.footnotes.push(footnote);
        }
    }

    pub fn into_vec(self) -> Vec<usize> {
        self.footnotes
    }
}

/// A footnote that is cited.
#[derive(Debug)]
pub struct Footnote {
    pub label: String,
    pub blocks: Vec<Block>,
    /// The sections that cite it (`None` is the lead), in document order, each once.
    pub cited_in: Vec<Option<usize>>,
    /// The number of its citations.
    pub citations: usize,
    /// The links that stand in it, by number in the document.
    pub links: Vec<usize>,
}

#[derive(Debug)]
pub struct Link {
    /// As Markdown gives it, entities and escapes undone.
    pub destination: String,
    /// The text that one sees, without white space around it.
    pub text: String,
    /// The destination in the source.
    pub span: Range<usize>,
    pub title: Option<String>,
    /// The section that it stands in (for a footnote: that cites it first); `None` in the lead.
    pub section: Option<usize>,
}

#[derive(Debug)]
pub struct Image {
    /// As Markdown gives it, entities and escapes undone.
    pub destination: String,
    /// The alternative text.
    pub alt: String,
    /// Attributes of raw HTML: its size.
    pub attributes: Vec<(&'static str, String)>,
    pub span: Range<usize>,
    pub title: Option<String>,
    /// The path inside the content folder, once that was found there.
    pub file: Option<String>,
    /// `true` if that file can't be shown.
    pub refused: bool,
}

/// A comment that names an id: `<!-- #id -->`.
#[derive(Debug)]
pub struct CommentId {
    /// The text behind the `#`, not yet checked.
    pub text: String,
    /// From the `#` to the end of the text.
    pub span: Range<usize>,
}

#[derive(Debug)]
pub enum Block {
    Paragraph(Vec<Inline>),
    /// The text of a tight list item: a paragraph without `<p>`.
    Plain(Vec<Inline>),
    /// A heading inside another block, which makes no section.
    Heading {
        level: u8,
        anchor: String,
        title: Vec<Inline>,
    },
    Code {
        language: Option<String>,
        text: String,
    },
    Formula(Box<Formula>),
    Quote(Vec<Block>),
    List {
        start: Option<u64>,
        items: Vec<Item>,
    },
    Table {
        alignments: Vec<Alignment>,
        head: Vec<Cell>,
        rows: Vec<Vec<Cell>>,
    },
    Admonition {
        kind: &'static str,
        title: Option<Vec<Inline>>,
        blocks: Vec<Block>,
    },
    Rule,
    Element(Element, Vec<Block>),
}

/// An element of raw HTML that is kept.
#[derive(Debug)]
pub struct Element {
    pub tag: &'static str,
    /// Without addresses.
    pub attributes: Vec<(&'static str, String)>,
    /// For `a` with an address: the link, by its number in the document.
    pub link: Option<usize>,
}

/// A cell of a table.
#[derive(Debug)]
pub struct Cell {
    pub inlines: Vec<Inline>,
    /// The cell in the source, for diagnostics.
    pub span: Range<usize>,
}

impl Deref for Cell {
    type Target = [Inline];

    fn deref(&self) -> &[Inline] {
        &self.inlines
    }
}

#[derive(Debug)]
pub struct Item {
    /// A task's check box.
    pub checked: Option<bool>,
    pub blocks: Vec<Block>,
    /// The item's source, for faults.
    pub span: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alignment {
    None,
    Left,
    Center,
    Right,
}

#[derive(Debug)]
pub enum Inline {
    Text(String),
    Code(String),
    Formula(Box<Formula>),
    Emphasis(Vec<Inline>),
    Strong(Vec<Inline>),
    Strikethrough(Vec<Inline>),
    /// A link by its number in the document.
    Link(usize, Vec<Inline>),
    /// An image by its number in the document, and its alternative text.
    Image(usize, String),
    /// A citation: the number of the footnote, and which of its citations this is, both from 0.
    FootnoteRef(usize, usize),
    SoftBreak,
    HardBreak,
    Element(Element, Vec<Inline>),
}

/// The elements that may stand in a paragraph: their text goes on in the line.
const PHRASING: [&str; 30] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark",
    "q", "rp", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
    "wbr", "br", "rt",
];

/// Returns `true` if an element of this name is a part of a line of text.
pub fn is_phrasing(tag: &str) -> bool {
    PHRASING.contains(&tag)
}

/// The text that stands for a formula in plain text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormulaText {
    /// Its source.
    Source,
    /// The words that one would look for in it.
    #[cfg(feature = "search")]
    Words,
}

/// Returns the text of inline content as one sees it.
pub fn plain(inlines: &[Inline]) -> String {
    let mut text = String::new();
    write_plain(inlines, &mut text);
    text
}

/// Appends the text of inline content.
pub fn write_plain(inlines: &[Inline], text: &mut String) {
    write_cited(inlines, FormulaText::Source, text, &mut |_, _| {});
}

/// Appends the text of inline content, and says which footnote is cited at which byte of it.
pub fn write_cited(
    inlines: &[Inline],
    formulas: FormulaText,
    text: &mut String,
    cite: &mut impl FnMut(usize, usize),
) {
    for inline in inlines {
        match inline {
            Inline::Text(part) | Inline::Code(part) => text.push_str(part),
            Inline::Formula(formula) => text.push_str(&formula.text(formulas)),
            Inline::Emphasis(children)
            | Inline::Strong(children)
            | Inline::Strikethrough(children) => write_cited(children, formulas, text, cite),
            Inline::Link(_, children) => write_cited(children, formulas, text, cite),
            Inline::Image(_, alt) => text.push_str(alt),
            Inline::SoftBreak => text.push(' '),
            Inline::HardBreak => text.push('\n'),
            Inline::Element(element, children) => {
                // A break in a line that stays one: in a heading or a cell.
                let apart = !is_phrasing(element.tag) || matches!(element.tag, "br" | "rt");
                end_word(apart, text);
                write_cited(children, formulas, text, cite);
                end_word(apart, text);
            }
            Inline::FootnoteRef(footnote, _) => cite(*footnote, text.len()),
        }
    }
}

fn end_word(apart: bool, text: &mut String) {
    if apart && text.ends_with(|last: char| !last.is_whitespace()) {
        text.push(' ');
    }
}
