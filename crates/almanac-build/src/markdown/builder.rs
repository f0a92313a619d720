//! The tree of a body, built event by event.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, RefDefs, Tag, TagEnd};

use super::footnote::{Definition, note_key};
use super::masked::Masked;
use super::text::Piece;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::document::{Alignment, Block, Document, Image, Inline, Item, plain};
use crate::slug::Slugger;

/// How deep quotes, lists, admonitions and emphasis may stand in each other.
pub(super) const DEEPEST: usize = 100;

/// A block or inline that is still open.
pub(super) struct Frame {
    pub(super) kind: FrameKind,
    pub(super) span: Range<usize>,
    pub(super) blocks: Vec<Block>,
    pub(super) inlines: Vec<Inline>,
    /// Where the last child ended.
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
    HtmlBlock(String),
    Footnote(String),
    Table {
        alignments: Vec<Alignment>,
        head: Vec<Vec<Inline>>,
        rows: Vec<Vec<Vec<Inline>>>,
    },
    Row(Vec<Vec<Inline>>),
    Cell,
    Admonition {
        kind: &'static str,
        title: Option<Vec<Inline>>,
        /// Where its closing line ends.
        end: usize,
    },
    Emphasis,
    Strong,
    Strikethrough,
    Link(usize),
    Image(usize),
    /// A link or an image inside what describes an image.
    AltText,
    /// The title of an admonition.
    AdmonitionTitle,
}

pub(super) struct Builder<'b> {
    pub(super) body: &'b str,
    pub(super) base: usize,
    pub(super) file: usize,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) document: Document,
    pub(super) slugger: Slugger,
    pub(super) anchors: HashMap<String, Range<usize>>,
    pub(super) masked: &'b Masked<'b>,
    pub(super) references: &'b RefDefs<'b>,
    pub(super) stack: Vec<Frame>,
    /// How many open tags are skipped, because they stand too deep or in something left out.
    pub(super) skipped: usize,
    pub(super) too_deep: bool,
    /// The fence of the last code block that ended with the admonition around it.
    pub(super) cut_fence: Option<String>,
    /// Text that has been gathered and not yet searched for addresses.
    pub(super) text: String,
    pub(super) pieces: Vec<Piece>,
    pub(super) used_definitions: HashSet<usize>,
    /// The footnote definitions in order, and their places in it by label.
    pub(super) definitions: Vec<Definition>,
    pub(super) defined: HashMap<String, usize>,
    /// The keys of all footnotes that are defined anywhere.
    pub(super) labels: HashSet<String>,
    /// Keys of footnotes in order of first citation, and their numbers.
    pub(super) cited: Vec<String>,
    pub(super) numbers: HashMap<String, usize>,
    /// Citations of footnotes that are not defined.
    pub(super) broken_citations: Vec<(Range<usize>, String)>,
    /// The links that stand in each footnote.
    pub(super) links_in_notes: HashMap<String, Vec<usize>>,
    /// Where the last block of the current section ended.
    pub(super) content_end: usize,
}

impl<'b> Builder<'b> {
    pub(super) fn new(
        body: &'b str,
        base: usize,
        file: usize,
        masked: &'b Masked<'b>,
        references: &'b RefDefs<'b>,
        labels: HashSet<String>,
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
            diagnostics: Vec::new(),
            document: Document::default(),
            slugger: Slugger::default(),
            anchors: HashMap::new(),
            masked,
            references,
            stack: vec![root],
            skipped: 0,
            too_deep: false,
            cut_fence: None,
            text: String::new(),
            pieces: Vec::new(),
            used_definitions: HashSet::new(),
            definitions: Vec::new(),
            defined: HashMap::new(),
            labels,
            cited: Vec::new(),
            numbers: HashMap::new(),
            broken_citations: Vec::new(),
            links_in_notes: HashMap::new(),
            content_end: 0,
        }
    }

    pub(super) fn place(&self, span: Range<usize>) -> Place {
        Place::new(self.file, self.base + span.start..self.base + span.end)
    }

    pub(super) fn diagnose(
        &mut self,
        code: Code,
        span: Range<usize>,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        let place = self.place(span);
        self.diagnostics.push(Diagnostic::new(code, place, message));
        self.diagnostics.last_mut().expect("just pushed")
    }

    pub(super) fn top(&mut self) -> &mut Frame {
        self.stack.last_mut().expect("the root stays")
    }

    pub(super) fn inside(&self, is: impl Fn(&FrameKind) -> bool) -> bool {
        self.stack.iter().any(|frame| is(&frame.kind))
    }

    pub(super) fn push_inline(&mut self, inline: Inline) {
        self.top().inlines.push(inline);
    }

    /// Text that stands directly in a container (a tight list item) becomes a block of its own.
    pub(super) fn close_plain(&mut self) {
        let top = self.top();
        if !top.inlines.is_empty()
            && matches!(
                top.kind,
                FrameKind::Item { .. }
                    | FrameKind::Quote
                    | FrameKind::Admonition { .. }
                    | FrameKind::Footnote(_)
                    | FrameKind::Root
            )
        {
            let inlines = std::mem::take(&mut top.inlines);
            top.blocks.push(Block::Plain(inlines));
        }
    }

    pub(super) fn push_block(&mut self, block: Block, end: usize) {
        self.close_plain();
        if self.stack.len() == 1 {
            self.content_end = self.content_end.max(end);
        }
        self.top().blocks.push(block);
    }

    pub(super) fn open(&mut self, kind: FrameKind, span: Range<usize>) {
        let inner_end = span.start;
        self.stack.push(Frame { kind, span, blocks: Vec::new(), inlines: Vec::new(), inner_end });
    }

    /// The section that is being read; `None` in the lead.
    pub(super) fn section(&self) -> Option<usize> {
        self.document.sections.len().checked_sub(1)
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
        match event {
            Event::Start(tag) => self.start(tag, range, masked),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.text_event(&text, range.clone()),
            Event::Code(code) => {
                self.push_inline(Inline::Code(code.to_string()));
                self.top().inner_end = range.end;
            }
            Event::SoftBreak => self.push_inline(Inline::SoftBreak),
            Event::HardBreak => self.push_inline(Inline::HardBreak),
            Event::Rule => self.push_block(Block::Rule, range.end),
            Event::Html(html) => {
                if let FrameKind::HtmlBlock(text) = &mut self.top().kind {
                    text.push_str(&html);
                }
            }
            Event::InlineHtml(_)
                if masked.is_some_and(|start| self.masked.separators.contains(&start)) => {}
            Event::InlineHtml(html) => self.inline_html(&html, range),
            Event::FootnoteReference(label) => {
                self.cite(&label);
                self.top().inner_end = range.end;
            }
            Event::TaskListMarker(done) => {
                if let Some(FrameKind::Item { checked }) = self
                    .stack
                    .iter_mut()
                    .rev()
                    .map(|frame| &mut frame.kind)
                    .find(|kind| matches!(kind, FrameKind::Item { .. }))
                {
                    *checked = Some(done);
                }
            }
            // Not enabled in `options`.
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag, range: Range<usize>, masked: Option<usize>) {
        let block = !matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
        );
        if block {
            if self.inside(|kind| matches!(kind, FrameKind::AdmonitionTitle)) {
                return;
            }
            self.close_plain();
        }
        if self.stack.len() >= DEEPEST {
            if !self.too_deep {
                self.too_deep = true;
                let line = self.first_line(&range);
                self.diagnose(
                    Code::NestingTooDeep,
                    line,
                    format!("nested more than {DEEPEST} deep"),
                );
            }
            self.skipped = 1;
            return;
        }
        let kind = match tag {
            Tag::Paragraph => {
                if self.is_module_line(&range) {
                    let line = self.first_line(&range);
                    self.diagnose(
                        Code::RawHtml,
                        line,
                        "`import` and `export` are left out: Markdown has no modules",
                    );
                    self.skipped = 1;
                    return;
                }
                FrameKind::Paragraph
            }
            Tag::Heading { level, .. } => FrameKind::Heading(level as u8),
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
                let language = info.split([' ', '\t', '{', ',']).next().map(str::to_owned);
                let language = language.filter(|language| !language.is_empty());
                FrameKind::Code { language, fenced: true, text: String::new() }
            }
            Tag::HtmlBlock
                if masked.is_some_and(|start| self.masked.separators.contains(&start)) =>
            {
                self.skipped = 1;
                return;
            }
            Tag::HtmlBlock => FrameKind::HtmlBlock(String::new()),
            Tag::List(start) => FrameKind::List { start, items: Vec::new() },
            Tag::Item => FrameKind::Item { checked: None },
            Tag::FootnoteDefinition(label) => FrameKind::Footnote(note_key(&label)),
            Tag::Table(alignments) => FrameKind::Table {
                alignments: alignments.into_iter().map(alignment).collect(),
                head: Vec::new(),
                rows: Vec::new(),
            },
            Tag::TableHead | Tag::TableRow => FrameKind::Row(Vec::new()),
            Tag::TableCell => FrameKind::Cell,
            Tag::Emphasis => FrameKind::Emphasis,
            Tag::Strong => FrameKind::Strong,
            Tag::Strikethrough => FrameKind::Strikethrough,
            // What describes an image is text: nothing in it can be followed or shown.
            Tag::Link { .. } | Tag::Image { .. }
                if self.inside(|kind| matches!(kind, FrameKind::Image(_))) =>
            {
                FrameKind::AltText
            }
            Tag::Link { link_type, dest_url, title, id } => {
                let destination =
                    if link_type == LinkType::Email && !dest_url.starts_with("mailto:") {
                        format!("mailto:{dest_url}")
                    } else {
                        dest_url.to_string()
                    };
                let span = self.definition_span(link_type, &id).unwrap_or(range.clone());
                FrameKind::Link(self.new_link(destination, some_title(&title), span))
            }
            Tag::Image { link_type, dest_url, title, id } => {
                let span = self.definition_span(link_type, &id).unwrap_or(range.clone());
                self.document.images.push(Image {
                    destination: dest_url.to_string(),
                    span,
                    title: some_title(&title),
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
            | Tag::MetadataBlock(_) => {
                self.skipped = 1;
                return;
            }
        };
        let opening = matches!(kind, FrameKind::Image(_)) as usize + 1;
        self.open(kind, range);
        let top = self.top();
        top.inner_end = (top.span.start + opening).min(top.span.end);
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
        let end = range.end;
        self.close_plain();
        let frame = self.stack.pop().expect("every end has a start");
        let inlines = frame.inlines;
        match frame.kind {
            FrameKind::Paragraph => {
                // An empty one: all of it was left out.
                if !inlines
                    .iter()
                    .all(|inline| matches!(inline, Inline::Html(_) | Inline::SoftBreak))
                {
                    self.push_block(Block::Paragraph(inlines), range.end);
                }
            }
            FrameKind::Heading(level) => self.heading(level, inlines, range),
            FrameKind::Quote => self.push_block(Block::Quote(frame.blocks), range.end),
            FrameKind::List { start, items } => {
                self.push_block(Block::List { start, items }, range.end)
            }
            FrameKind::Item { checked } => {
                let span = self.base + range.start..self.base + range.end;
                if let FrameKind::List { items, .. } = &mut self.top().kind {
                    items.push(Item { checked, blocks: frame.blocks, span });
                }
            }
            FrameKind::Code { language, fenced, text } => {
                self.code_block(language, fenced, text, range)
            }
            FrameKind::HtmlBlock(html) => self.html_block(&html, range),
            FrameKind::Footnote(label) => self.footnote(label, frame.blocks, range),
            FrameKind::Table { alignments, head, rows } => {
                self.push_block(Block::Table { alignments, head, rows }, range.end)
            }
            FrameKind::Row(cells) => {
                if let FrameKind::Table { head, rows, .. } = &mut self.top().kind {
                    if tag == TagEnd::TableHead { *head = cells } else { rows.push(cells) }
                }
            }
            FrameKind::Cell => {
                if let FrameKind::Row(cells) = &mut self.top().kind {
                    cells.push(inlines);
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
                self.push_inline(Inline::Link(link, inlines));
            }
            FrameKind::Image(image) => {
                if self.document.images[image].span == range {
                    self.document.images[image].span =
                        self.destination_span(&range, frame.inner_end);
                }
                if plain(&inlines).trim().is_empty() {
                    self.diagnose(
                        Code::MissingAltText,
                        range.clone(),
                        "an image without alternative text",
                    )
                    .label = "say between the brackets what it shows".into();
                }
                self.push_inline(Inline::Image(image, inlines));
            }
            FrameKind::Admonition { kind, title, end } => {
                self.push_block(Block::Admonition { kind, title, blocks: frame.blocks }, end)
            }
            FrameKind::Root | FrameKind::AdmonitionTitle => {
                unreachable!("these have no end tag")
            }
        }
        if inline {
            self.top().inner_end = end;
        }
    }

    pub(super) fn finish(mut self) -> (Document, Vec<Diagnostic>) {
        self.flush_text();
        self.close_plain();
        self.close_section();
        let mut definitions: HashMap<String, Definition> = HashMap::new();
        for definition in std::mem::take(&mut self.definitions) {
            if self.numbers.contains_key(&definition.label) {
                definitions.insert(definition.label.clone(), definition);
            } else {
                self.diagnose(
                    Code::UnusedDefinition,
                    definition.span,
                    format!("nothing cites the footnote `[^{}]`", definition.label),
                );
            }
        }
        for number in 0..self.document.footnotes.len() {
            let footnote = &mut self.document.footnotes[number];
            if let Some(definition) = definitions.remove(&footnote.label) {
                footnote.blocks = definition.blocks;
            }
            let section = footnote.cited_in.first().copied().flatten();
            footnote.links = self.links_in_notes.get(&footnote.label).cloned().unwrap_or_default();
            for &link in &footnote.links {
                self.document.links[link].section = section;
            }
        }
        let base = self.base;
        let shift = |span: &mut Range<usize>| *span = span.start + base..span.end + base;
        self.document.links.iter_mut().for_each(|link| shift(&mut link.span));
        self.document.images.iter_mut().for_each(|image| shift(&mut image.span));
        self.document.comment_ids.iter_mut().for_each(|id| shift(&mut id.span));
        self.document.sections.iter_mut().for_each(|section| shift(&mut section.span));
        shift(&mut self.document.lead_span);
        self.document.link_order = self.link_order();
        self.empty_sections();
        (self.document, self.diagnostics)
    }

    pub(super) fn empty_sections(&mut self) {
        let sections = &self.document.sections;
        let empty: Vec<Range<usize>> = sections
            .iter()
            .enumerate()
            .filter(|(at, section)| {
                section.blocks.is_empty()
                    && sections.get(at + 1).is_none_or(|next| next.level <= section.level)
            })
            .map(|(_, section)| section.heading_span.clone())
            .collect();
        for span in empty {
            let place = Place::new(self.file, span);
            self.diagnostics.push(Diagnostic::new(
                Code::EmptySection,
                place,
                "nothing stands under this heading",
            ));
        }
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

fn some_title(title: &str) -> Option<String> {
    (!title.is_empty()).then(|| title.to_owned())
}
