//! Headings: their anchors, and the sections that they begin.

use std::ops::Range;

use super::builder::{Builder, FrameKind};
use crate::document::{Block, Inline, Section, plain};
use crate::fault::{Code, Fault};
use crate::text;

/// The text of a heading, as anchors are made of it.
#[derive(Debug, Default)]
pub(super) struct HeadingText {
    text: String,
    /// Raw HTML, which counts only where nothing else stands.
    html: String,
    has_text: bool,
    /// The id of a comment `<!-- #id -->`, as long as nothing follows.
    comment_id: Option<String>,
    /// The number of anchors of HTML before it.
    html_anchors: usize,
}

impl Builder<'_> {
    pub(super) fn begin_heading(&mut self) {
        let html_anchors = self.html_anchors.len();
        self.heading_text = Some(HeadingText { html_anchors, ..HeadingText::default() });
    }

    /// Adds to what the heading that is read says, if one is.
    pub(super) fn add_to_heading(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading_text {
            heading.text.push_str(text);
            heading.has_text = true;
            heading.comment_id = None;
        }
    }

    pub(super) fn add_html_to_heading(&mut self, html: &str) {
        // Tags are none of Markdown's: in its emphasis and links they count as text.
        let is_inner =
            |kind: &FrameKind| !matches!(kind, FrameKind::Heading(_) | FrameKind::Element { .. });
        let frames = self.stack.iter().rev();
        let mut inner = frames.take_while(|frame| !matches!(frame.kind, FrameKind::Heading(_)));
        if inner.any(|frame| is_inner(&frame.kind)) {
            return self.add_to_heading(html);
        }
        if let Some(heading) = &mut self.heading_text {
            heading.html.push_str(html);
            let comment = html.strip_prefix("<!--").and_then(|html| html.strip_suffix("-->"));
            heading.comment_id = comment.and_then(comment_id);
        }
    }

    pub(super) fn heading(&mut self, level: u8, mut inlines: Vec<Inline>, range: Range<usize>) {
        let text = self.heading_text.take().unwrap_or_default();
        let explicit = text.comment_id.or_else(|| take_id(&mut inlines));
        let anchor = match &explicit {
            Some(id) => id.clone(),
            None => self.slugger.slug(if text.has_text { &text.text } else { &text.html }),
        };
        trim_end(&mut inlines);
        let line = self.first_line(&range);
        let is_section = self.close_for_section(&line);
        let is_title = level == 1
            && is_section
            && self.document.heading.is_none()
            && self.document.sections.is_empty()
            && is_empty(&self.top().blocks);
        if is_title {
            self.document.heading_anchor = Some(anchor);
            self.document.heading = Some(inlines);
            self.document.lead_span = range.end..range.end;
            self.content_end = range.end;
            return;
        }
        if let Some(first) = self.anchors.get(&anchor).cloned() {
            let first = self.place(first);
            let place = self.place(line.clone());
            let message = format!("the anchor `{anchor}` stands twice in this article");
            let mut fault =
                Fault::new(Code::DuplicateAnchor, place, message).related(first, "first here");
            if explicit.is_some() {
                fault = fault.label("give this heading another id");
            }
            self.faults.push(fault);
        } else {
            self.anchors.insert(anchor.clone(), line.clone());
        }
        if !is_section {
            let section = self.section();
            self.document.inner_anchors.push((anchor.clone(), section));
            self.push_block(Block::Heading { level, anchor, title: inlines }, range.end);
            return;
        }
        self.close_section();
        self.content_end = range.end;
        self.document.sections.push(Section {
            level,
            title: inlines,
            anchor,
            heading_span: self.base + line.start..self.base + line.end,
            blocks: Vec::new(),
            span: range.end..range.end,
        });
        // The anchors in the heading lead to its section.
        let section = self.section();
        let own = self.html_anchors.get_mut(text.html_anchors..).unwrap_or_default();
        own.iter_mut().for_each(|(_, of)| *of = section);
    }

    /// Gives the blocks read so far to the section (or lead) that they stand in.
    pub(super) fn close_section(&mut self) {
        self.close_plain();
        let blocks = std::mem::take(&mut self.top().blocks);
        let end = self.content_end;
        let (into, span) = match self.document.sections.last_mut() {
            Some(section) => (&mut section.blocks, &mut section.span),
            None => (&mut self.document.lead, &mut self.document.lead_span),
        };
        // Blocks before the title stay.
        into.extend(blocks);
        *span = span.start..end.max(span.start);
    }
}

/// Returns `true` if there is nothing to see in blocks. An empty anchor may stand before the title.
fn is_empty(blocks: &[Block]) -> bool {
    fn shows(inlines: &[Inline]) -> bool {
        inlines.iter().any(|inline| match inline {
            Inline::Image(..) => true,
            Inline::Element(_, children) => shows(children),
            inline => !plain(std::slice::from_ref(inline)).trim().is_empty(),
        })
    }
    let shows_block = |block: &Block| match block {
        Block::Paragraph(inlines) | Block::Plain(inlines) => shows(inlines),
        Block::Element(_, blocks) => !is_empty(blocks),
        Block::Rule => true,
        block => {
            let mut shown = String::new();
            text::write(std::slice::from_ref(block), &mut shown);
            !shown.trim().is_empty()
        }
    };
    !blocks.iter().any(shows_block)
}

/// Returns the id in a comment at the end of a heading.
fn comment_id(comment: &str) -> Option<String> {
    let id = comment.trim().split(' ').next()?.strip_prefix('#')?;
    (!id.is_empty()).then(|| id.to_owned())
}

/// Takes an explicit id off the end of a heading: `{#id}` or `{/* #id */}`.
fn take_id(inlines: &mut [Inline]) -> Option<String> {
    let Some(Inline::Text(text)) = inlines.last_mut() else { return None };
    let inside = text.trim_end().strip_suffix('}')?;
    let comment = inside.strip_suffix("*/").and_then(|inside| inside.rsplit_once("{/*"));
    let (rest, id) = match comment {
        Some((rest, comment)) => (rest, comment_id(comment)?),
        None => {
            let (rest, id) = inside.rsplit_once("{#")?;
            (!id.is_empty() && !id.contains('}')).then(|| (rest, id.trim().to_owned()))?
        }
    };
    *text = rest.trim_end().to_owned();
    Some(id)
}

/// Takes white space and what has become empty off the end of a heading.
fn trim_end(inlines: &mut Vec<Inline>) {
    while let Some(last) = inlines.last_mut() {
        match last {
            Inline::Text(text) => {
                text.truncate(text.trim_end().len());
                if !text.is_empty() {
                    return;
                }
            }
            Inline::SoftBreak | Inline::HardBreak => {}
            _ => return,
        }
        inlines.pop();
    }
}
