//! An article's body as a tree: what Markdown says, before links lead anywhere.

use std::ops::Range;

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
    /// All images, in document order.
    pub images: Vec<Image>,
    /// Anchors of headings that make no section (inside quotes, lists and the like), with the number of the section
    /// around them.
    pub inner_anchors: Vec<(String, Option<usize>)>,
    /// Ids in comments outside headings, in document order.
    pub comment_ids: Vec<CommentId>,
    /// The anchor that the H1 would have: a link to it is a fault of its own.
    pub heading_anchor: Option<String>,
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

/// A footnote that is cited.
#[derive(Debug)]
pub struct Footnote {
    pub label: String,
    pub blocks: Vec<Block>,
    /// The sections that cite it (`None` is the lead), in document order, each once.
    pub cited_in: Vec<Option<usize>>,
    /// How often it is cited.
    pub citations: usize,
    /// The links that stand in it, by number in the document.
    pub links: Vec<usize>,
}

#[derive(Debug)]
pub struct Link {
    /// As Markdown gives it, entities and escapes undone.
    pub destination: String,
    /// The destination in the source.
    pub span: Range<usize>,
    pub title: Option<String>,
    /// The section that it stands in (for a footnote: that cites it first); `None` in the lead.
    pub section: Option<usize>,
}

#[derive(Debug)]
pub struct Image {
    pub destination: String,
    pub span: Range<usize>,
    pub title: Option<String>,
    /// The path inside the content folder, once that was found there.
    pub file: Option<String>,
    /// Whether that file can't be shown.
    pub refused: bool,
}

/// A comment that names an id: `<!-- #id -->`.
#[derive(Debug)]
pub struct CommentId {
    /// What follows the `#`, not yet checked.
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
    Quote(Vec<Block>),
    List {
        start: Option<u64>,
        items: Vec<Item>,
    },
    Table {
        alignments: Vec<Alignment>,
        head: Vec<Vec<Inline>>,
        rows: Vec<Vec<Vec<Inline>>>,
    },
    Admonition {
        kind: &'static str,
        title: Option<Vec<Inline>>,
        blocks: Vec<Block>,
    },
    Rule,
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
    Emphasis(Vec<Inline>),
    Strong(Vec<Inline>),
    Strikethrough(Vec<Inline>),
    /// A link by its number in the document.
    Link(usize, Vec<Inline>),
    /// An image by its number in the document, and its alternative text.
    Image(usize, Vec<Inline>),
    /// A citation: the number of the footnote, and which of its citations this is, both from 0.
    FootnoteRef(usize, usize),
    SoftBreak,
    HardBreak,
    /// Raw HTML: left out of everything, but headings count it for their anchors as GitHub does.
    Html(String),
}

/// The text of inline content as one sees it.
pub fn plain(inlines: &[Inline]) -> String {
    let mut text = String::new();
    write_plain(inlines, &mut text);
    text
}

/// Appends the text of inline content.
pub fn write_plain(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(part) | Inline::Code(part) => text.push_str(part),
            Inline::Emphasis(children) | Inline::Strong(children) | Inline::Strikethrough(children) => write_plain(children, text),
            Inline::Link(_, children) | Inline::Image(_, children) => write_plain(children, text),
            Inline::SoftBreak => text.push(' '),
            Inline::HardBreak => text.push('\n'),
            Inline::FootnoteRef(..) | Inline::Html(_) => {}
        }
    }
}

/// Calls `visit` with the inline content of every block, at any depth, in document order.
pub fn each_inlines(blocks: &[Block], visit: &mut impl FnMut(&[Inline])) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) | Block::Plain(inlines) | Block::Heading { title: inlines, .. } => visit(inlines),
            Block::Quote(blocks) => each_inlines(blocks, visit),
            Block::Admonition { title, blocks, .. } => {
                title.iter().for_each(|title| visit(title));
                each_inlines(blocks, visit);
            }
            Block::List { items, .. } => items.iter().for_each(|item| each_inlines(&item.blocks, visit)),
            Block::Table { head, rows, .. } => head.iter().chain(rows.iter().flatten()).for_each(|cell| visit(cell)),
            Block::Code { .. } | Block::Rule => {}
        }
    }
}
