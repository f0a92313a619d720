//! Beginnings and ends of what Markdown has, as the parser tells them.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, LinkType, Tag, TagEnd};

use super::builder::{Builder, FrameKind};
use super::element_frames::{ContentModel, is_blank};
use super::footnote::{note_key, take_citations};
use super::source_map::SourceMap;
use crate::document::{Alignment, Block, Cell, Image, Inline, Item, plain};
use crate::fault::Code;

impl Builder<'_> {
    pub(super) fn start(&mut self, tag: Tag, range: Range<usize>, masked: Option<usize>) {
        let inline = matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
        );
        if inline {
            self.add_to_heading("");
            self.end_word();
        } else {
            if self.inside(|kind| matches!(kind, FrameKind::AdmonitionTitle)) {
                return;
            }
            self.close_lines();
            self.close_plain();
        }
        if !self.has_room(&range) {
            self.skipped = 1;
            return;
        }
        let Some(kind) = self.frame(tag, &range, masked) else {
            self.skipped = 1;
            return;
        };
        let opening = 1 + usize::from(matches!(kind, FrameKind::Image(_)));
        self.open(kind, range);
        let top = self.top();
        top.inner_end = (top.span.start + opening).min(top.span.end);
    }

    /// Makes the frame of a tag; `None` if it is left out.
    fn frame(
        &mut self,
        tag: Tag,
        range: &Range<usize>,
        masked: Option<usize>,
    ) -> Option<FrameKind> {
        if matches!(
            tag,
            Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::CodeBlock(_)
                | Tag::HtmlBlock
                | Tag::Table(_)
        ) {
            self.leaves.push(range.clone());
        }
        let described =
            |kind: &FrameKind| matches!(kind, FrameKind::Image(_) | FrameKind::LeftOut { .. });
        Some(match tag {
            Tag::Paragraph => {
                if self.is_module_line(range) {
                    let line = self.first_line(range);
                    let message = "`import` and `export` are left out: Markdown has no modules";
                    self.diagnose(Code::RawHtml, line, message);
                    return None;
                }
                FrameKind::Paragraph
            }
            Tag::Heading { level, .. } => {
                self.begin_heading();
                FrameKind::Heading(level as u8)
            }
            Tag::BlockQuote(_) => {
                match masked.and_then(|start| self.masked.admonitions.get(&start)) {
                    Some(admonition) => self.admonition(admonition),
                    None => FrameKind::Quote,
                }
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => {
                FrameKind::Code { language: None, fenced: false, text: String::new() }
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                if let Some(block) = self.masked.formulas.get(&range.start) {
                    return Some(self.formula_frame(block));
                }
                let info = self.masked.unmask(&info, self.body);
                let language = info.split([' ', '\t', '{', ',']).next().map(str::to_owned);
                let language = language.filter(|language| !language.is_empty());
                FrameKind::Code { language, fenced: true, text: String::new() }
            }
            Tag::HtmlBlock if masked.is_some_and(|at| self.masked.separators.contains(&at)) => {
                return None;
            }
            Tag::HtmlBlock => {
                FrameKind::HtmlBlock { text: String::new(), map: SourceMap::default() }
            }
            Tag::List(start) => FrameKind::List { start, items: Vec::new() },
            Tag::Item => FrameKind::Item { checked: None },
            Tag::FootnoteDefinition(label) => FrameKind::Footnote(note_key(&label)),
            Tag::Table(alignments) => FrameKind::Table {
                alignments: alignments.into_iter().map(alignment).collect(),
                head: Vec::new(),
                rows: Vec::new(),
            },
            Tag::TableHead | Tag::TableRow => FrameKind::Row { cells: Vec::new(), end: range.end },
            Tag::TableCell => FrameKind::Cell,
            Tag::Emphasis => FrameKind::Emphasis,
            Tag::Strong => FrameKind::Strong,
            Tag::Strikethrough => FrameKind::Strikethrough,
            // The alternative text of an image is text: nothing in it can be followed or shown.
            Tag::Link { .. } | Tag::Image { .. } if self.inside(described) => FrameKind::AltText,
            Tag::Link { link_type, dest_url, title, id } => {
                if self.is_linked() {
                    let line = self.first_line(range);
                    let message = "a link in a link is left out: its text stays";
                    self.diagnose(Code::RawHtml, line, message);
                    return Some(FrameKind::AltText);
                }
                self.spend_reference(link_type, dest_url.len() + title.len(), range);
                let mut destination = self.masked.unmask(&dest_url, self.body).into_owned();
                if link_type == LinkType::Email && !destination.starts_with("mailto:") {
                    destination.insert_str(0, "mailto:");
                }
                let span = self.definition_span(link_type, &id).unwrap_or(range.clone());
                let title = self.some_title(&title);
                FrameKind::Link(self.new_link(destination, title, span))
            }
            Tag::Image { link_type, dest_url, title, id } => {
                self.spend_reference(link_type, dest_url.len() + title.len(), range);
                let span = self.definition_span(link_type, &id).unwrap_or(range.clone());
                self.document.images.push(Image {
                    destination: self.masked.unmask(&dest_url, self.body).into_owned(),
                    alt: String::new(),
                    attributes: Vec::new(),
                    span,
                    title: self.some_title(&title),
                    file: None,
                    refused: false,
                });
                FrameKind::Image(self.document.images.len() - 1)
            }
            // Not enabled in `options`.
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => return None,
        })
    }

    fn some_title(&self, title: &str) -> Option<String> {
        (!title.is_empty()).then(|| self.masked.unmask(title, self.body).into_owned())
    }

    /// Closes elements that were opened in a line of text, before a block.
    fn close_lines(&mut self) {
        loop {
            match self.top().kind {
                FrameKind::LeftOut { .. } => drop(self.stack.pop()),
                FrameKind::Element {
                    model: ContentModel::Phrasing | ContentModel::Cell, ..
                } => {
                    self.close_element();
                }
                _ => return,
            }
        }
    }

    pub(super) fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        let inline = matches!(
            tag,
            TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Link
                | TagEnd::Image
        );
        if !inline && self.inside(|kind| matches!(kind, FrameKind::AdmonitionTitle)) {
            return;
        }
        self.close_elements();
        self.close_plain();
        let frame = self.stack.pop().expect("every end has a start");
        let end = range.end;
        let mut inlines = frame.inlines;
        match frame.kind {
            FrameKind::Paragraph => {
                let mut blocks = frame.blocks;
                if !is_blank(&inlines) {
                    blocks.push(Block::Paragraph(inlines));
                }
                blocks.into_iter().for_each(|block| self.push_block(block, end));
                self.close_unmatched();
            }
            FrameKind::Heading(level) => self.heading(level, inlines, range),
            FrameKind::Quote => self.push_block(Block::Quote(frame.blocks), end),
            FrameKind::List { start, items } => self.push_block(Block::List { start, items }, end),
            FrameKind::Item { checked } => {
                let span = self.base + range.start..self.base + end;
                if let FrameKind::List { items, .. } = &mut self.top().kind {
                    items.push(Item { checked, blocks: frame.blocks, span });
                }
            }
            FrameKind::Code { language, fenced, text } => {
                self.code_block(language, fenced, text, range)
            }
            FrameKind::HtmlBlock { text, map } => self.html_block(&text, &map, range),
            FrameKind::Formula { block, tex, map } => {
                self.formula_block(&block, &tex, &map, range.start);
            }
            FrameKind::Footnote(label) => self.footnote(&label, frame.blocks, range),
            FrameKind::Table { alignments, head, rows } => {
                self.push_block(Block::Table { alignments, head, rows }, end)
            }
            FrameKind::Row { cells, end } => {
                self.check_row(end..range.end);
                if let FrameKind::Table { head, rows, .. } = &mut self.top().kind {
                    if tag == TagEnd::TableHead { *head = cells } else { rows.push(cells) }
                }
            }
            FrameKind::Cell => {
                trim(&mut inlines);
                let written = &self.body[range.clone()];
                let start = self.base + range.start;
                let span = match written.trim() {
                    // One that isn't written stands behind the line.
                    "" => {
                        let line = self.body[..range.start].trim_end_matches(['\n', '\r']).len();
                        let start = start - (range.start - line);
                        start..start
                    }
                    text => {
                        let start = start + (written.len() - written.trim_start().len());
                        start..start + text.len()
                    }
                };
                if let FrameKind::Row { cells, end } = &mut self.top().kind {
                    cells.push(Cell { inlines, span });
                    *end = range.end;
                }
            }
            FrameKind::AltText => inlines.into_iter().for_each(|inline| self.push_inline(inline)),
            FrameKind::Emphasis => self.push_inline(Inline::Emphasis(inlines)),
            FrameKind::Strong => self.push_inline(Inline::Strong(inlines)),
            FrameKind::Strikethrough => self.push_inline(Inline::Strikethrough(inlines)),
            FrameKind::Link(link) => {
                if self.document.links[link].span == range {
                    self.document.links[link].span = self.destination_span(&range, frame.inner_end);
                }
                let mut citations = Vec::new();
                take_citations(&mut inlines, &mut citations);
                self.document.links[link].text = plain(&inlines).trim().to_owned();
                self.push_inline(Inline::Link(link, inlines));
                citations.into_iter().for_each(|citation| self.push_inline(citation));
            }
            FrameKind::Image(image) => {
                if self.document.images[image].span == range {
                    self.document.images[image].span =
                        self.destination_span(&range, frame.inner_end);
                }
                let mut citations = Vec::new();
                take_citations(&mut inlines, &mut citations);
                let alt = plain(&inlines);
                if alt.trim().is_empty() {
                    let message = "an image without alternative text";
                    self.diagnose(Code::MissingAltText, range, message).label =
                        "say between the brackets what it shows".into();
                }
                self.document.images[image].alt.clone_from(&alt);
                self.push_inline(Inline::Image(image, alt));
                citations.into_iter().for_each(|citation| self.push_inline(citation));
            }
            FrameKind::Admonition { kind, title, end } => {
                self.push_block(Block::Admonition { kind, title, blocks: frame.blocks }, end)
            }
            FrameKind::Root
            | FrameKind::AdmonitionTitle
            | FrameKind::Element { .. }
            | FrameKind::LeftOut { .. } => unreachable!("these have no end tag"),
        }
        if inline {
            self.top().inner_end = end;
        }
    }

    /// Reports the cells of a row that the header has no columns for, which stand at `span`.
    fn check_row(&mut self, span: Range<usize>) {
        let part = |character: char| character == '|' || character.is_whitespace();
        // The parser gives rows without cells up once they are too many: such a row ends before its
        // last cell.
        let Some(rest) = self.body.get(span.clone()) else { return };
        let shown = rest.trim_matches(part);
        if shown.is_empty() {
            return;
        }
        let start = span.start + (rest.len() - rest.trim_start_matches(part).len());
        let message = "a cell without a header is left out";
        self.diagnose(Code::ExcessCell, start..start + shown.len(), message).label =
            "add a column to the header, or write `\\|` for a bar in a cell".into();
    }
}

/// Takes the white space off the ends of a cell.
fn trim(inlines: &mut [Inline]) {
    if let Some(Inline::Text(text)) = inlines.first_mut() {
        text.drain(..text.len() - text.trim_start().len());
    }
    if let Some(Inline::Text(text)) = inlines.last_mut() {
        text.truncate(text.trim_end().len());
    }
}

fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None => Alignment::None,
        pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}
