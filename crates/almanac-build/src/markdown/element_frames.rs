//! Elements of raw HTML as frames beside those of Markdown: they nest with them and end with them
//! at the latest, as browsers have it, so that the result is well-formed whatever comes in.

use std::ops::Range;

use super::builder::{Builder, DEEPEST, FrameKind};
use super::footnote::take_citations;
use crate::document::{Block, Element, Inline, is_phrasing, plain};
use crate::fault::Code;
use crate::text;

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// The content that an element may have where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentModel {
    /// Blocks and text.
    Flow,
    /// Text and elements of every kind, in one line: a cell of a table.
    Cell,
    /// Text alone.
    Phrasing,
}

impl Builder<'_> {
    /// Returns what may stand in the open block.
    pub(super) fn content_model(&self, is_block: bool) -> ContentModel {
        match &self.stack.last().expect("the root stays").kind {
            FrameKind::Element { model, .. } => *model,
            FrameKind::Cell => ContentModel::Cell,
            FrameKind::Root
            | FrameKind::Quote
            | FrameKind::Item { .. }
            | FrameKind::Footnote(_)
            | FrameKind::Admonition { .. } => ContentModel::Flow,
            FrameKind::Paragraph if !is_block => ContentModel::Flow,
            _ => ContentModel::Phrasing,
        }
    }

    /// Returns `true` if the text that is read is one line whatever stands in it.
    pub(super) fn keeps_line(&self) -> bool {
        self.inside(|kind| {
            matches!(kind, FrameKind::Cell | FrameKind::Heading(_) | FrameKind::AdmonitionTitle)
        })
    }

    pub(super) fn is_left_out(&self) -> bool {
        self.inside(|kind| matches!(kind, FrameKind::LeftOut { .. }))
    }

    pub(super) fn is_in_element(&self, tag: &str) -> bool {
        self.inside(|kind| matches!(kind, FrameKind::Element { element, .. } if element.tag == tag))
    }

    /// Returns `true` if the text that is read is part of a link.
    pub(super) fn is_linked(&self) -> bool {
        self.inside(|kind| match kind {
            FrameKind::Link(_) => true,
            FrameKind::Element { element, .. } => element.link.is_some(),
            _ => false,
        })
    }

    /// Reports what is nested too deep, once.
    pub(super) fn has_room(&mut self, span: &Range<usize>) -> bool {
        let has_room = self.stack.len() < DEEPEST;
        if !has_room && !std::mem::replace(&mut self.too_deep, true) {
            let line = self.first_line(span);
            self.diagnose(Code::NestingTooDeep, line, format!("nested more than {DEEPEST} deep"));
        }
        has_room
    }

    /// Keeps a word apart from one in front of which an element was left out.
    pub(super) fn end_word(&mut self) {
        if !std::mem::take(&mut self.word_ends) {
            return;
        }
        // The start of a line goes on with what stands before its element.
        let frame = self.stack.iter().rev().find(|frame| {
            !frame.inlines.is_empty()
                || !matches!(
                    frame.kind,
                    FrameKind::Element { model: ContentModel::Cell | ContentModel::Phrasing, .. }
                        | FrameKind::Emphasis
                        | FrameKind::Strong
                        | FrameKind::Strikethrough
                        | FrameKind::Link(_)
                )
        });
        if frame.is_some_and(|frame| ends_with_word(&frame.inlines)) {
            self.push_inline(Inline::SoftBreak);
        }
    }

    pub(super) fn push_void(&mut self, tag: &'static str) {
        let element = Element { tag, attributes: Vec::new(), link: None };
        self.push_inline(Inline::Element(element, Vec::new()));
    }

    /// Ends a word in a line of text.
    pub(super) fn push_break(&mut self) {
        let broken = match self.top().inlines.last() {
            None => {
                self.word_ends = true;
                true
            }
            Some(Inline::SoftBreak | Inline::HardBreak) => true,
            Some(Inline::Text(text)) => text.ends_with(char::is_whitespace),
            Some(_) => false,
        };
        if !broken {
            self.push_inline(Inline::SoftBreak);
        }
    }

    /// Ends the paragraph that is read before an element that can't stand in it.
    pub(super) fn split_paragraph(&mut self) {
        if matches!(self.top().kind, FrameKind::Paragraph) {
            let inlines = std::mem::take(&mut self.top().inlines);
            if !is_blank(&inlines) {
                self.top().blocks.push(Block::Paragraph(inlines));
            }
        } else {
            self.close_plain();
        }
    }

    /// Returns the number of open elements in the block that is read.
    pub(super) fn open_elements(&self) -> usize {
        let is_element = |kind: &FrameKind| matches!(kind, FrameKind::Element { .. });
        self.stack.iter().rev().take_while(|frame| is_element(&frame.kind)).count()
    }

    pub(super) fn tag_of(&self, index: usize) -> &'static str {
        match &self.stack[index].kind {
            FrameKind::Element { element, .. } => element.tag,
            _ => "",
        }
    }

    /// Finds the innermost open element of these tags that no element of those stands around.
    pub(super) fn find_open(&self, wanted: &[&str], stops: &[&str]) -> Option<usize> {
        let first = self.stack.len() - self.open_elements();
        for index in (first..self.stack.len()).rev() {
            let tag = self.tag_of(index);
            if wanted.contains(&tag) {
                return Some(index);
            }
            if stops.contains(&tag) {
                return None;
            }
        }
        None
    }

    pub(super) fn close_elements_from(&mut self, index: usize) {
        while self.stack.len() > index {
            self.close_element();
        }
    }

    /// Closes what ends where an element begins, as browsers do.
    pub(super) fn close_implied(&mut self, tag: &str, block: bool) {
        let open = match tag {
            "a" => self.find_open(&["a"], &["td", "th", "caption", "table"]),
            "li" => self.find_open(&["li"], &["ul", "ol", "td", "th", "table"]),
            "dt" | "dd" => self.find_open(&["dt", "dd"], &["dl", "td", "th", "table"]),
            "td" | "th" => self.find_open(&["td", "th", "caption"], &["table"]),
            "tr" => self.find_open(&["tr", "caption"], &["table"]),
            "thead" | "tbody" | "tfoot" => {
                self.find_open(&["thead", "tbody", "tfoot", "caption"], &["table"])
            }
            _ => None,
        };
        if let Some(index) = open {
            self.close_elements_from(index);
        }
        if block {
            let is_heading = |tag: &str| HEADINGS.contains(&tag);
            let first = self.stack.len() - self.open_elements();
            for index in (first..self.stack.len()).rev() {
                let open = self.tag_of(index);
                if open == "p" || (is_heading(open) && is_heading(tag)) {
                    return self.close_elements_from(index);
                }
                if !is_phrasing(open) {
                    return;
                }
            }
        }
    }

    /// Opens what an element needs around it; `false` if it can't stand here.
    pub(super) fn open_implied(&mut self, tag: &str) -> bool {
        let top = self.tag_of(self.stack.len() - 1);
        let around: &[&'static str] = match (tag, top) {
            ("li", "ul" | "ol") | ("dt" | "dd", "dl") => &[],
            ("summary", "details") => &[],
            ("caption" | "thead" | "tbody" | "tfoot", "table") => &[],
            ("tr", "thead" | "tbody" | "tfoot") | ("td" | "th", "tr") => &[],
            ("tr", "table") => &["tbody"],
            ("td" | "th", "table") => &["tbody", "tr"],
            ("td" | "th", "thead" | "tbody" | "tfoot") => &["tr"],
            ("li" | "dt" | "dd" | "summary" | "caption" | "thead" | "tbody" | "tfoot", _) => {
                return false;
            }
            ("tr" | "td" | "th", _) => return false,
            _ => {
                self.open_content();
                return true;
            }
        };
        around.iter().for_each(|tag| self.open_bare(tag));
        true
    }

    /// Opens the item or cell that content needs in a list or a table.
    pub(super) fn open_content(&mut self) {
        let around: &[&'static str] = match self.tag_of(self.stack.len() - 1) {
            "ul" | "ol" => &["li"],
            "dl" => &["dd"],
            "table" => &["tbody", "tr", "td"],
            "thead" | "tbody" | "tfoot" => &["tr", "td"],
            "tr" => &["td"],
            _ => &[],
        };
        around.iter().for_each(|tag| self.open_bare(tag));
    }

    pub(super) fn open_bare(&mut self, tag: &'static str) {
        let model = self.content_model(true);
        let span = self.top().span.clone();
        let element = Element { tag, attributes: Vec::new(), link: None };
        self.open(FrameKind::Element { element, model }, span);
    }

    /// Closes the elements around a paragraph whose end tags stand in it.
    pub(super) fn close_unmatched(&mut self) {
        for tag in std::mem::take(&mut self.unmatched_tags) {
            if let Some(index) = self.find_open(&[tag], &[]) {
                self.close_elements_from(index);
            }
        }
    }

    /// Closes the elements that are open in the block that ends.
    pub(super) fn close_elements(&mut self) {
        loop {
            match self.top().kind {
                FrameKind::Element { .. } => self.close_element(),
                FrameKind::LeftOut { .. } => drop(self.stack.pop()),
                _ => return,
            }
        }
    }

    pub(super) fn close_element(&mut self) {
        self.close_plain();
        let frame = self.stack.pop().expect("an element is open");
        let FrameKind::Element { mut element, model } = frame.kind else { return };
        if let Some(link) = element.link {
            self.document.links[link].text = match &frame.blocks[..] {
                [] => plain(&frame.inlines).trim().to_owned(),
                blocks => text_of(blocks),
            };
        }
        let mut blocks = frame.blocks;
        let is_line = blocks.iter().all(|block| matches!(block, Block::Plain(_)));
        if model != ContentModel::Flow || (is_phrasing(element.tag) && blocks.is_empty()) {
            self.push_element(element, frame.inlines);
            return;
        }
        if is_phrasing(element.tag) && is_line && blocks.len() == 1 {
            if let Some(Block::Plain(inlines)) = blocks.pop() {
                self.push_element(element, inlines);
            }
            return;
        }
        // A paragraph holds no paragraphs, a heading no headings.
        if !is_line && (element.tag == "p" || HEADINGS.contains(&element.tag)) {
            element.tag = "div";
        }
        if is_bare(&element) {
            return blocks.into_iter().for_each(|block| self.push_block(block, frame.span.end));
        }
        let is_structure =
            matches!(element.tag, "td" | "th" | "li" | "dt" | "dd" | "tr" | "summary");
        if blocks.is_empty() && element.attributes.is_empty() && !is_structure {
            return;
        }
        let end = self.content_end.max(frame.span.end);
        self.push_block(Block::Element(element, blocks), end);
    }

    /// Adds an element to a line; citations in a link stand behind it.
    pub(super) fn push_element(&mut self, element: Element, mut children: Vec<Inline>) {
        let is_link = element.link.is_some();
        if is_bare(&element) {
            return children.into_iter().for_each(|child| self.push_inline(child));
        }
        if children.is_empty() && element.attributes.is_empty() && !is_link {
            return;
        }
        let mut citations = Vec::new();
        if is_link {
            take_citations(&mut children, &mut citations);
        }
        self.push_inline(Inline::Element(element, children));
        citations.into_iter().for_each(|citation| self.push_inline(citation));
    }

    /// Closes the elements around a heading that makes a section; `false` if it stands in a list,
    /// a quote or a table.
    pub(super) fn close_for_section(&mut self, line: &Range<usize>) -> bool {
        let holds = ["blockquote", "li", "ul", "ol", "dl", "dt", "dd", "td", "th", "table", "tr"];
        if !self.is_at_root() || self.find_open(&holds, &[]).is_some() {
            return false;
        }
        if self.find_open(&["details"], &[]).is_some() {
            let message = "`<details>` ends before this heading, which begins a section";
            self.left_out(line.clone(), message);
        }
        self.close_elements();
        true
    }
}

/// Returns `true` for an element that means nothing without attributes, and has none.
fn is_bare(element: &Element) -> bool {
    matches!(element.tag, "a" | "span") && element.attributes.is_empty() && element.link.is_none()
}

/// Returns `true` for an element that only lists and tables have, of which these are made.
pub fn is_part(tag: &str) -> bool {
    matches!(tag, "caption" | "dd" | "dt" | "li" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr")
}

/// Returns `true` if there is nothing to see in a line.
pub fn is_blank(inlines: &[Inline]) -> bool {
    inlines.iter().all(|inline| match inline {
        Inline::SoftBreak => true,
        Inline::Text(text) => text.trim().is_empty(),
        _ => false,
    })
}

/// Returns the text that one sees of an element.
fn text_of(blocks: &[Block]) -> String {
    let mut text = String::new();
    text::write(blocks, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn ends_with_word(inlines: &[Inline]) -> bool {
    match inlines.last() {
        Some(Inline::Text(text) | Inline::Code(text) | Inline::Image(_, text)) => {
            text.ends_with(char::is_alphanumeric)
        }
        Some(
            Inline::Emphasis(children)
            | Inline::Strong(children)
            | Inline::Strikethrough(children)
            | Inline::Link(_, children)
            | Inline::Element(_, children),
        ) => ends_with_word(children),
        Some(Inline::Formula(formula)) => formula.tex.ends_with(char::is_alphanumeric),
        Some(Inline::FootnoteRef(..) | Inline::SoftBreak | Inline::HardBreak) | None => false,
    }
}
