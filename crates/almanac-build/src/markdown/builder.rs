//! The tree of a body, built event by event.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{Event, RefDefs};

use super::element_frames::{ContentModel, is_blank, is_part};
use super::footnote::Definition;
use super::heading::HeadingText;
use super::masked::{FormulaBlock, Masked};
use super::source_map::SourceMap;
use super::text::Piece;
use crate::document::{Alignment, Block, Cell, Document, Element, Inline, Item};
use crate::fault::{self, Code, Fault};
use crate::slug::Slugger;

/// The greatest depth of quotes, lists, admonitions, elements and emphasis in each other.
pub(super) const DEEPEST: usize = 100;

/// A block or inline that is still open.
pub(super) struct Frame {
    pub(super) kind: FrameKind,
    pub(super) span: Range<usize>,
    pub(super) blocks: Vec<Block>,
    pub(super) inlines: Vec<Inline>,
    /// The end of the last child.
    pub(super) inner_end: usize,
}

pub(super) enum FrameKind {
    Root,
    Paragraph,
    Heading(u8),
    Quote,
    List {
        start: Option<u64>,
        items: Vec<Item>,
    },
    Item {
        checked: Option<bool>,
    },
    Code {
        language: Option<String>,
        fenced: bool,
        text: String,
    },
    HtmlBlock {
        text: String,
        map: SourceMap,
    },
    Formula {
        block: FormulaBlock,
        tex: String,
        map: SourceMap,
    },
    Footnote(String),
    Table {
        alignments: Vec<Alignment>,
        head: Vec<Cell>,
        rows: Vec<Vec<Cell>>,
    },
    Row {
        cells: Vec<Cell>,
        /// The end of the last cell.
        end: usize,
    },
    Cell,
    Admonition {
        kind: &'static str,
        title: Option<Vec<Inline>>,
        /// The end of its closing line.
        end: usize,
    },
    AdmonitionTitle,
    Emphasis,
    Strong,
    Strikethrough,
    Link(usize),
    Image(usize),
    /// A link or an image in what describes an image: text.
    AltText,
    /// An element of raw HTML.
    Element {
        element: Element,
        model: ContentModel,
    },
    /// An element that is left out with its content. `depth` counts those of its name in it.
    LeftOut {
        name: String,
        depth: usize,
    },
}

pub(super) struct Builder<'b> {
    pub(super) body: &'b str,
    pub(super) base: usize,
    pub(super) file: usize,
    pub(super) faults: Vec<Fault>,
    pub(super) document: Document,
    pub(super) slugger: Slugger,
    /// The anchors of headings and where they stand.
    pub(super) anchors: HashMap<String, Range<usize>>,
    /// Those of HTML, each with the section that it stands in.
    pub(super) html_anchors: Vec<(String, Option<usize>)>,
    pub(super) masked: &'b Masked<'b>,
    pub(super) references: &'b RefDefs<'b>,
    pub(super) stack: Vec<Frame>,
    /// The number of open tags that are skipped, because they stand too deep or in something left
    /// out.
    pub(super) skipped: usize,
    pub(super) too_deep: bool,
    /// The fence of the last code block that ended with the admonition around it.
    pub(super) cut_fence: Option<String>,
    /// Text that has been gathered and not yet searched for addresses.
    pub(super) text: String,
    pub(super) pieces: Vec<Piece>,
    /// `true` if the next word is not to go on with the last one.
    pub(super) word_ends: bool,
    /// The text of the heading that is read.
    pub(super) heading_text: Option<HeadingText>,
    /// End tags in a paragraph that close none of its elements.
    pub(super) unmatched_tags: Vec<&'static str>,
    /// The spans of text: no definition stands there.
    pub(super) leaves: Vec<Range<usize>>,
    pub(super) used_definitions: HashSet<usize>,
    /// Bytes that references repeat.
    pub(super) repeated: usize,
    /// The footnotes that are defined, by label.
    pub(super) labels: HashMap<String, usize>,
    pub(super) definitions: Vec<Option<Definition>>,
    /// `true` if anything cites them.
    pub(super) cited: Vec<bool>,
    /// Citations of footnotes that are not defined.
    pub(super) broken_citations: Vec<(Range<usize>, String)>,
    /// The end of the last block of the current section.
    pub(super) content_end: usize,
}

impl<'b> Builder<'b> {
    pub(super) fn new(
        body: &'b str,
        base: usize,
        file: usize,
        masked: &'b Masked<'b>,
        references: &'b RefDefs<'b>,
        labels: HashMap<String, usize>,
    ) -> Builder<'b> {
        let root = Frame {
            kind: FrameKind::Root,
            span: 0..body.len(),
            blocks: Vec::new(),
            inlines: Vec::new(),
            inner_end: 0,
        };
        Builder {
            body,
            base,
            file,
            faults: Vec::new(),
            document: Document::default(),
            slugger: Slugger::default(),
            anchors: HashMap::new(),
            html_anchors: Vec::new(),
            masked,
            references,
            stack: vec![root],
            skipped: 0,
            too_deep: false,
            cut_fence: None,
            text: String::new(),
            pieces: Vec::new(),
            word_ends: false,
            heading_text: None,
            unmatched_tags: Vec::new(),
            leaves: Vec::new(),
            used_definitions: HashSet::new(),
            repeated: 0,
            definitions: labels.iter().map(|_| None).collect(),
            cited: vec![false; labels.len()],
            labels,
            broken_citations: Vec::new(),
            content_end: 0,
        }
    }

    pub(super) fn place(&self, span: Range<usize>) -> fault::FileSpan {
        fault::FileSpan::new(self.file, self.base + span.start..self.base + span.end)
    }

    pub(super) fn diagnose(
        &mut self,
        code: Code,
        span: Range<usize>,
        message: impl Into<String>,
    ) -> &mut Fault {
        let place = self.place(span);
        self.faults.push(Fault::new(code, place, message));
        self.faults.last_mut().expect("just pushed")
    }

    pub(super) fn top(&mut self) -> &mut Frame {
        self.stack.last_mut().expect("the root stays")
    }

    pub(super) fn inside(&self, is: impl Fn(&FrameKind) -> bool) -> bool {
        self.stack.iter().any(|frame| is(&frame.kind))
    }

    /// Returns `true` if the reader is in no block but elements.
    pub(super) fn is_at_root(&self) -> bool {
        let is_element = |frame: &Frame| matches!(frame.kind, FrameKind::Element { .. });
        self.stack[1..].iter().all(is_element)
    }

    pub(super) fn push_inline(&mut self, inline: Inline) {
        let fits = match &inline {
            Inline::SoftBreak => true,
            Inline::Element(element, _) => is_part(element.tag),
            _ => false,
        };
        if !fits {
            self.open_content();
        }
        self.top().inlines.push(inline);
    }

    /// Makes text that stands directly in a container a block of its own.
    pub(super) fn close_plain(&mut self) {
        let top = self.top();
        let tight = match top.kind {
            FrameKind::Item { .. } | FrameKind::Element { model: ContentModel::Flow, .. } => true,
            FrameKind::Quote
            | FrameKind::Admonition { .. }
            | FrameKind::Footnote(_)
            | FrameKind::Root => false,
            _ => return,
        };
        let mut inlines = std::mem::take(&mut top.inlines);
        if matches!(inlines.last(), Some(Inline::SoftBreak)) {
            inlines.pop();
        }
        if let Some(Inline::Text(text)) = inlines.last_mut() {
            text.truncate(text.trim_end_matches([' ', '\t']).len());
        }
        if !is_blank(&inlines) {
            top.blocks.push(if tight { Block::Plain(inlines) } else { Block::Paragraph(inlines) });
        }
    }

    pub(super) fn push_block(&mut self, block: Block, end: usize) {
        self.close_plain();
        if !matches!(&block, Block::Element(element, _) if is_part(element.tag)) {
            self.open_content();
        }
        if self.is_at_root() {
            self.content_end = self.content_end.max(end);
        }
        self.top().blocks.push(block);
    }

    pub(super) fn open(&mut self, kind: FrameKind, span: Range<usize>) {
        let inner_end = span.start;
        self.stack.push(Frame { kind, span, blocks: Vec::new(), inlines: Vec::new(), inner_end });
    }

    /// Returns the section that is being read; `None` in the lead.
    pub(super) fn section(&self) -> Option<usize> {
        self.document.sections.len().checked_sub(1)
    }

    /// Returns the first line of a span, without its end.
    pub(super) fn first_line(&self, span: &Range<usize>) -> Range<usize> {
        let source = &self.body[span.clone()];
        let end = source.find(['\n', '\r']).unwrap_or(source.len());
        span.start..span.start + source[..end].trim_end().len()
    }

    /// Takes an event of the parser in. `masked` is where it begins in the masked text.
    pub(super) fn event(&mut self, event: Event, range: Range<usize>, masked: Option<usize>) {
        if self.skipped > 0 {
            match event {
                Event::Start(_) => self.skipped += 1,
                Event::End(_) => self.skipped -= 1,
                _ => {}
            }
            return;
        }
        if !matches!(event, Event::Text(_)) {
            self.flush_text();
        }
        let is_separator = masked.is_some_and(|start| self.masked.separators.contains(&start));
        if !matches!(event, Event::Start(_) | Event::End(_)) {
            self.note_leaf(&range);
        }
        match event {
            Event::Start(tag) => self.start(tag, range, masked),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.text_event(&text, range),
            Event::Code(code) => {
                let code = self.masked.unmask(&code, self.body).into_owned();
                self.add_to_heading(&code);
                self.end_word();
                self.push_inline(Inline::Code(code));
                self.top().inner_end = range.end;
            }
            Event::SoftBreak => {
                self.add_to_heading("\n");
                // Behind a `<br>` the line has ended already.
                if !matches!(self.top().inlines.last(), Some(Inline::HardBreak)) {
                    self.push_inline(Inline::SoftBreak);
                }
            }
            Event::HardBreak => self.push_inline(Inline::HardBreak),
            Event::Rule => self.push_block(Block::Rule, range.end),
            Event::Html(html) => {
                let html = self.masked.unmask_marks(&html);
                let is_verbatim = self.body.get(range.clone()) == Some(&*html);
                if let FrameKind::HtmlBlock { text, map } = &mut self.top().kind {
                    // Of a rewritten line the beginning is near enough.
                    let source = if is_verbatim { range } else { range.start..range.start };
                    map.push(text.len(), source);
                    text.push_str(&html);
                }
            }
            Event::InlineHtml(_) if is_separator => {}
            Event::InlineHtml(html) => {
                self.add_html_to_heading(&self.masked.unmask(&html, self.body));
                self.inline_html(&self.masked.unmask_marks(&html), range);
            }
            Event::FootnoteReference(label) => {
                self.add_to_heading("");
                self.cite(&label);
                self.top().inner_end = range.end;
            }
            Event::TaskListMarker(done) => {
                let items = self.stack.iter_mut().rev().map(|frame| &mut frame.kind);
                let mut items = items.filter_map(|kind| match kind {
                    FrameKind::Item { checked } => Some(checked),
                    _ => None,
                });
                if let Some(checked) = items.next() {
                    *checked = Some(done);
                }
            }
            Event::DisplayMath(tex) => self.inline_formula(&tex, range),
            Event::InlineMath(text) => self.dollars(&text, range),
        }
    }

    /// Remembers where the text of a tight list item stands, which is no block of its own.
    fn note_leaf(&mut self, span: &Range<usize>) {
        if !matches!(self.top().kind, FrameKind::Item { .. }) {
            return;
        }
        match self.leaves.last_mut() {
            Some(last) if last.end <= span.start && self.body[last.end..span.start].is_empty() => {
                last.end = span.end;
            }
            _ => self.leaves.push(span.clone()),
        }
    }
}
