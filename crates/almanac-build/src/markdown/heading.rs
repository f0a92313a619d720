//! Headings: their anchors, and the sections that they begin.

use std::ops::Range;

use super::builder::Builder;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Block, Inline, Section};

impl Builder<'_> {
    pub(super) fn heading(&mut self, level: u8, mut inlines: Vec<Inline>, range: Range<usize>) {
        let explicit = take_id(&mut inlines);
        let anchor = match &explicit {
            Some(id) => id.clone(),
            None => self.slugger.slug(&slug_text(&inlines)),
        };
        inlines.retain(|inline| !matches!(inline, Inline::Html(_)));
        trim_end(&mut inlines);
        let line = self.first_line(&range);
        let is_title = level == 1
            && self.stack.len() == 1
            && self.document.heading.is_none()
            && self.document.sections.is_empty()
            && self.top().blocks.is_empty();
        if is_title {
            self.document.heading_anchor = Some(anchor);
            self.document.heading = Some(inlines);
            self.document.lead_span = range.end..range.end;
            self.content_end = range.end;
            return;
        }
        if let Some(first) = self.anchors.get(&anchor).cloned() {
            let first = self.place(first);
            let mut fault = Diagnostic::new(
                Code::DuplicateAnchor,
                self.place(line.clone()),
                format!("the anchor `{anchor}` stands twice in this article"),
            )
            .related(first, "first here");
            if explicit.is_some() {
                fault = fault.label("give this heading another id");
            }
            self.diagnostics.push(fault);
        } else {
            self.anchors.insert(anchor.clone(), line.clone());
        }
        if self.stack.len() > 1 {
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
        *into = blocks;
        *span = span.start..end.max(span.start);
    }
}

/// The text that a heading's anchor is made of: raw HTML counts only where nothing else stands.
fn slug_text(inlines: &[Inline]) -> String {
    pub(super) fn write(inlines: &[Inline], html: bool, text: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Text(part) | Inline::Code(part) => text.push_str(part),
                Inline::Emphasis(children)
                | Inline::Strong(children)
                | Inline::Strikethrough(children) => write(children, true, text),
                Inline::Link(_, children) | Inline::Image(_, children) => {
                    write(children, true, text)
                }
                Inline::SoftBreak => text.push('\n'),
                Inline::Html(raw) if html => text.push_str(raw),
                Inline::HardBreak | Inline::FootnoteRef(..) | Inline::Html(_) => {}
            }
        }
    }
    let mut text = String::new();
    let only_html = inlines.iter().all(|inline| matches!(inline, Inline::Html(_)));
    write(inlines, only_html, &mut text);
    text
}

/// Takes an explicit id off the end of a heading: `{#id}`, `{/* #id */}` or `<!-- #id -->`.
fn take_id(inlines: &mut Vec<Inline>) -> Option<String> {
    let comment_id = |comment: &str| {
        let id = comment.trim().split(' ').next()?.strip_prefix('#')?;
        (!id.is_empty()).then(|| id.to_owned())
    };
    match inlines.last_mut()? {
        Inline::Html(html) => {
            let id = comment_id(html.strip_prefix("<!--")?.strip_suffix("-->")?)?;
            inlines.pop();
            Some(id)
        }
        Inline::Text(text) => {
            let inside = text.trim_end().strip_suffix('}')?;
            let (rest, id) =
                match inside.strip_suffix("*/").and_then(|inside| inside.rsplit_once("{/*")) {
                    Some((rest, comment)) => (rest, comment_id(comment)?),
                    None => {
                        let (rest, id) = inside.rsplit_once("{#")?;
                        (!id.is_empty() && !id.contains('}'))
                            .then(|| (rest, id.trim().to_owned()))?
                    }
                };
            *text = rest.trim_end().to_owned();
            Some(id)
        }
        _ => None,
    }
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
