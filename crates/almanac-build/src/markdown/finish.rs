//! The last step, when a body has been read: the footnotes that count and their order, the links in
//! them, and the ids that are taken.

use std::collections::{HashMap, HashSet};

use super::builder::Builder;
use super::footnote::Definition;
use crate::document::{Block, Document, Element, Footnote, Inline};
use crate::fault::{Code, Fault};

/// The prefix of the ids of footnotes, as GitHub has it.
const PREFIX: &str = "user-content-";

impl Builder<'_> {
    pub(super) fn finish(mut self) -> (Document, Vec<Fault>) {
        self.flush_text();
        self.close_elements();
        self.close_section();
        let uncited = self.definitions.iter().zip(&self.cited).filter(|(_, cited)| !**cited);
        let uncited: Vec<_> = uncited
            .filter_map(|(definition, _)| definition.as_ref())
            .map(|definition| definition.span.clone())
            .collect();
        for span in uncited {
            let label = self.body[span.clone()].split(']').next().unwrap_or_default();
            let message = format!("nothing cites the footnote `{label}]`");
            self.diagnose(Code::UnusedDefinition, span, message);
        }
        self.empty_sections();
        self.number();
        self.shift();
        (self.document, self.faults)
    }

    /// Numbers footnotes, links and images in the order in which one meets them.
    fn number(&mut self) {
        let mut labels = vec![""; self.labels.len()];
        self.labels.iter().for_each(|(label, number)| labels[*number] = label);
        let mut document = std::mem::take(&mut self.document);
        let mut walk = Walk {
            anchors: self.anchors.keys().map(String::as_str).collect(),
            numbers: HashMap::new(),
            order: Vec::new(),
            notes: Vec::new(),
            section: None,
            note: None,
            links: Vec::new(),
            images: Vec::new(),
            ids: HashSet::new(),
        };
        document.heading.iter_mut().for_each(|heading| walk.inlines(heading));
        walk.blocks(&mut document.lead);
        for (index, section) in document.sections.iter_mut().enumerate() {
            walk.section = Some(index);
            walk.inlines(&mut section.title);
            walk.blocks(&mut section.blocks);
        }
        // Notes may cite further notes: there are more on the way.
        let mut next = 0;
        while let Some(&label) = walk.order.get(next) {
            let definition: Option<Definition> = self.definitions[label].take();
            let mut blocks = definition.map(|definition| definition.blocks).unwrap_or_default();
            walk.section = walk.notes[next].cited_in.first().copied().flatten();
            walk.note = Some(next);
            let before = walk.links.len();
            walk.blocks(&mut blocks);
            for &link in &walk.links[before..] {
                document.links[link].section = walk.section;
            }
            let links = walk.links[before..].to_vec();
            let note = &mut walk.notes[next];
            (note.label, note.blocks, note.links) = (labels[label].to_owned(), blocks, links);
            next += 1;
        }
        let Walk { notes, links, images, ids, .. } = walk;
        document.footnotes = notes;
        document.link_order = links;
        document.image_order = images;
        let taken = self.anchors.keys().chain(&ids);
        document.footnote_prefix = free_prefix(taken.map(String::as_str));
        for (anchor, section) in std::mem::take(&mut self.html_anchors) {
            if !self.anchors.contains_key(&anchor) {
                document.inner_anchors.push((anchor, section));
            }
        }
        self.document = document;
    }

    /// Counts all places from the beginning of the file.
    fn shift(&mut self) {
        let base = self.base;
        let shift = |span: &mut std::ops::Range<usize>| *span = span.start + base..span.end + base;
        self.document.links.iter_mut().for_each(|link| shift(&mut link.span));
        self.document.images.iter_mut().for_each(|image| shift(&mut image.span));
        self.document.comment_ids.iter_mut().for_each(|id| shift(&mut id.span));
        self.document.sections.iter_mut().for_each(|section| shift(&mut section.span));
        shift(&mut self.document.lead_span);
    }

    fn empty_sections(&mut self) {
        let sections = &self.document.sections;
        let is_empty = |index: usize| {
            let next = sections.get(index + 1);
            sections[index].blocks.is_empty()
                && next.is_none_or(|next| next.level <= sections[index].level)
        };
        let empty: Vec<_> = (0..sections.len())
            .filter(|index| is_empty(*index))
            .map(|index| sections[index].heading_span.clone())
            .collect();
        for span in empty {
            let span = span.start - self.base..span.end - self.base;
            self.diagnose(Code::EmptySection, span, "nothing stands under this heading");
        }
    }
}

/// The things that a walk through a document collects.
struct Walk<'a> {
    /// The anchors of headings.
    anchors: HashSet<&'a str>,
    /// The number of each footnote that has been cited.
    numbers: HashMap<usize, usize>,
    /// Those footnotes in order.
    order: Vec<usize>,
    notes: Vec<Footnote>,
    section: Option<usize>,
    /// The footnote that is walked through.
    note: Option<usize>,
    links: Vec<usize>,
    images: Vec<usize>,
    /// The ids of HTML.
    ids: HashSet<String>,
}

impl Walk<'_> {
    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(inlines)
                | Block::Plain(inlines)
                | Block::Heading { title: inlines, .. } => self.inlines(inlines),
                Block::Quote(blocks) => self.blocks(blocks),
                Block::Admonition { title, blocks, .. } => {
                    title.iter_mut().for_each(|title| self.inlines(title));
                    self.blocks(blocks);
                }
                Block::List { items, .. } => {
                    items.iter_mut().for_each(|item| self.blocks(&mut item.blocks));
                }
                Block::Table { head, rows, .. } => {
                    let cells = head.iter_mut().chain(rows.iter_mut().flatten());
                    cells.for_each(|cell| self.inlines(&mut cell.inlines));
                }
                Block::Element(element, blocks) => {
                    self.element(element);
                    self.blocks(blocks);
                }
                Block::Code { .. } | Block::Formula(_) | Block::Rule => {}
            }
        }
    }

    fn inlines(&mut self, inlines: &mut [Inline]) {
        for inline in inlines {
            match inline {
                Inline::Emphasis(children)
                | Inline::Strong(children)
                | Inline::Strikethrough(children) => self.inlines(children),
                Inline::Link(link, children) => {
                    self.links.push(*link);
                    self.inlines(children);
                }
                Inline::Image(image, _) => self.images.push(*image),
                Inline::FootnoteRef(number, citation) => {
                    (*number, *citation) = self.cite(*number);
                }
                Inline::Element(element, children) => {
                    self.element(element);
                    self.inlines(children);
                }
                Inline::Text(_)
                | Inline::Code(_)
                | Inline::Formula(_)
                | Inline::SoftBreak
                | Inline::HardBreak => {}
            }
        }
    }

    fn element(&mut self, element: &mut Element) {
        self.links.extend(element.link);
        // The id of a heading, or the first of two, is the one that counts.
        element.attributes.retain(|(name, value)| {
            *name != "id"
                || (!self.anchors.contains(value.as_str()) && self.ids.insert(value.clone()))
        });
    }

    /// Counts a citation, and returns the number of the footnote and which of its citations it is.
    fn cite(&mut self, label: usize) -> (usize, usize) {
        let number = *self.numbers.entry(label).or_insert_with(|| {
            self.order.push(label);
            self.notes.push(Footnote {
                label: String::new(),
                blocks: Vec::new(),
                cited_in: Vec::new(),
                citations: 0,
                links: Vec::new(),
            });
            self.notes.len() - 1
        });
        // A citation in another note counts where that one is cited first.
        let first = self.notes[number].cited_in.is_empty();
        let note = &mut self.notes[number];
        if (self.note.is_none() || first) && note.cited_in.last() != Some(&self.section) {
            note.cited_in.push(self.section);
        }
        note.citations += 1;
        (number, note.citations - 1)
    }
}

/// Returns a prefix with which no id begins: the usual one, or one with a number. It is repeated at
/// every citation.
fn free_prefix<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    let mut is_free = true;
    let mut taken = HashSet::new();
    for rest in ids.filter_map(|id| id.strip_prefix(PREFIX)) {
        is_free &= !rest.starts_with("fn");
        taken.extend(rest.split_once('-').map(|(number, _)| number));
    }
    if is_free {
        return PREFIX.to_owned();
    }
    let numbers = (1_u64..).map(|number| number.to_string());
    let number = numbers.into_iter().find(|number| !taken.contains(number.as_str()));
    format!("{PREFIX}{}-", number.unwrap_or_default())
}
