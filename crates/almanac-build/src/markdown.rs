//! Markdown → a tree of blocks: CommonMark and GFM as pulldown-cmark reads them, with the admonitions, heading ids and
//! bare addresses of Docusaurus. Every fault is placed; what a fault concerns is left out of the tree.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, RefDefs, Tag, TagEnd};

use super::admonition::{self, Marker};
use super::autolink;
use super::diagnostic::{Code, Diagnostic, Place, nearest};
use super::document::{Alignment, Block, Document, Footnote, Image, Inline, Item, Link, Section, plain};
use super::slug::Slugger;

/// How deep quotes, lists, admonitions and emphasis may stand in each other.
const DEEPEST: usize = 100;

/// How many suggestions are looked for in one file.
const SUGGESTIONS: usize = 100;

/// Parses the body of a file, which begins at byte `base` of `text`.
pub fn parse(text: &str, base: usize, file: usize) -> (Document, Vec<Diagnostic>) {
    let body = &text[base..];
    let (masked, markers) = admonition::mask(body, &code_spans(body));
    let broken = RefCell::new(Vec::new());
    let note_broken = |link: BrokenLink| {
        broken.borrow_mut().push((link.span, link.link_type, link.reference.to_string()));
        None
    };
    let parser = Parser::new_with_broken_link_callback(&masked, options(), Some(note_broken));
    let mut events = parser.into_offset_iter();
    let mut builder = Builder::new(body, base, file, markers);
    while let Some((event, range)) = events.next() {
        builder.event(event, range, events.reference_definitions());
    }
    builder.unused_definitions(events.reference_definitions());
    drop(events);
    builder.broken_references(broken.into_inner());
    builder.finish()
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS
}

/// Where code stands in a body: lines that look like admonitions are none there.
fn code_spans(body: &str) -> Vec<Range<usize>> {
    if !body.contains(":::") {
        return Vec::new();
    }
    let events = Parser::new_ext(body, options()).into_offset_iter();
    events.filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(_)) | Event::Code(_))).map(|(_, range)| range).collect()
}

/// A block or inline that is still open.
struct Frame {
    kind: Kind,
    span: Range<usize>,
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
    /// Where the last child ended.
    inner_end: usize,
}

enum Kind {
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
        colons: usize,
    },
    Emphasis,
    Strong,
    Strikethrough,
    Link(usize),
    Image(usize),
    /// A link or an image inside what describes an image.
    Described,
    /// The title of an admonition.
    Fragment,
}

/// A piece of text that may go on in the next event.
struct Piece {
    /// Where it begins in the text gathered so far.
    at: usize,
    span: Range<usize>,
    /// Is it in the source as it is in the text, its first character not escaped?
    verbatim: bool,
}

/// A footnote definition that has been read.
struct Definition {
    label: String,
    span: Range<usize>,
    blocks: Vec<Block>,
}

struct Builder<'b> {
    body: &'b str,
    base: usize,
    file: usize,
    diagnostics: Vec<Diagnostic>,
    document: Document,
    slugger: Slugger,
    anchors: HashMap<String, Range<usize>>,
    markers: HashMap<usize, Marker>,
    /// Where masked lines begin, in order.
    masked: Vec<usize>,
    stack: Vec<Frame>,
    /// How many open tags are skipped, because they stand too deep or in something left out.
    skipped: usize,
    too_deep: bool,
    /// Text that has been gathered and not yet searched for addresses.
    text: String,
    pieces: Vec<Piece>,
    used_definitions: HashSet<usize>,
    /// The footnote definitions in order, and their places in it by label.
    definitions: Vec<Definition>,
    defined: HashMap<String, usize>,
    /// The keys of all footnotes that are defined anywhere.
    labels: HashSet<String>,
    /// Keys of footnotes in order of first citation, and their numbers.
    cited: Vec<String>,
    numbers: HashMap<String, usize>,
    /// Citations of footnotes that are not defined.
    broken_citations: Vec<(Range<usize>, String)>,
    /// The links that stand in each footnote.
    links_in_notes: HashMap<String, Vec<usize>>,
    /// Where the last block of the current section ended.
    content_end: usize,
}

impl<'b> Builder<'b> {
    fn new(body: &'b str, base: usize, file: usize, markers: Vec<Marker>) -> Builder<'b> {
        let root = Frame { kind: Kind::Root, span: 0..body.len(), blocks: Vec::new(), inlines: Vec::new(), inner_end: 0 };
        Builder {
            body,
            base,
            file,
            diagnostics: Vec::new(),
            document: Document::default(),
            slugger: Slugger::default(),
            anchors: HashMap::new(),
            masked: markers.iter().map(|marker| marker.span.start).collect(),
            markers: markers.into_iter().map(|marker| (marker.span.start, marker)).collect(),
            stack: vec![root],
            skipped: 0,
            too_deep: false,
            text: String::new(),
            pieces: Vec::new(),
            used_definitions: HashSet::new(),
            definitions: Vec::new(),
            defined: HashMap::new(),
            labels: note_keys(body),
            cited: Vec::new(),
            numbers: HashMap::new(),
            broken_citations: Vec::new(),
            links_in_notes: HashMap::new(),
            content_end: 0,
        }
    }

    // ---- small things -------------------------------------------------------------------------------------------

    fn place(&self, span: Range<usize>) -> Place {
        Place::new(self.file, self.base + span.start..self.base + span.end)
    }

    fn fault(&mut self, code: Code, span: Range<usize>, message: impl Into<String>) -> &mut Diagnostic {
        let place = self.place(span);
        self.diagnostics.push(Diagnostic::new(code, place, message));
        self.diagnostics.last_mut().expect("just pushed")
    }

    fn top(&mut self) -> &mut Frame {
        self.stack.last_mut().expect("the root stays")
    }

    fn inside(&self, is: impl Fn(&Kind) -> bool) -> bool {
        self.stack.iter().any(|frame| is(&frame.kind))
    }

    fn push_inline(&mut self, inline: Inline) {
        self.top().inlines.push(inline);
    }

    /// Text that stands directly in a container (a tight list item) becomes a block of its own.
    fn close_plain(&mut self) {
        let top = self.top();
        if !top.inlines.is_empty()
            && matches!(top.kind, Kind::Item { .. } | Kind::Quote | Kind::Admonition { .. } | Kind::Footnote(_) | Kind::Root)
        {
            let inlines = std::mem::take(&mut top.inlines);
            top.blocks.push(Block::Plain(inlines));
        }
    }

    fn push_block(&mut self, block: Block, end: usize) {
        self.close_plain();
        if self.stack.len() == 1 {
            self.content_end = self.content_end.max(end);
        }
        self.top().blocks.push(block);
    }

    fn open(&mut self, kind: Kind, span: Range<usize>) {
        let inner_end = span.start;
        self.stack.push(Frame { kind, span, blocks: Vec::new(), inlines: Vec::new(), inner_end });
    }

    /// The section that is being read; `None` in the lead.
    fn section(&self) -> Option<usize> {
        self.document.sections.len().checked_sub(1)
    }

    // ---- events -------------------------------------------------------------------------------------------------

    fn event(&mut self, event: Event, range: Range<usize>, definitions: &RefDefs) {
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
            Event::Start(tag) => self.start(tag, range, definitions),
            Event::End(tag) => self.end(tag, range, definitions),
            Event::Text(text) => self.text_event(&text, range.clone()),
            Event::Code(code) => {
                self.push_inline(Inline::Code(code.to_string()));
                self.top().inner_end = range.end;
            }
            Event::SoftBreak => self.push_inline(Inline::SoftBreak),
            Event::HardBreak => self.push_inline(Inline::HardBreak),
            Event::Rule => self.push_block(Block::Rule, range.end),
            Event::Html(html) => {
                if let Kind::HtmlBlock(text) = &mut self.top().kind {
                    text.push_str(&html);
                }
            }
            Event::InlineHtml(html) => self.inline_html(&html, range),
            Event::FootnoteReference(label) => {
                self.cite(&label);
                self.top().inner_end = range.end;
            }
            Event::TaskListMarker(done) => {
                if let Some(Kind::Item { checked }) =
                    self.stack.iter_mut().rev().map(|frame| &mut frame.kind).find(|kind| matches!(kind, Kind::Item { .. }))
                {
                    *checked = Some(done);
                }
            }
            // Not enabled in `options`.
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag, range: Range<usize>, definitions: &RefDefs) {
        let block = !matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. });
        if block {
            if self.inside(|kind| matches!(kind, Kind::Fragment)) {
                return;
            }
            self.close_plain();
        }
        if self.stack.len() >= DEEPEST {
            if !self.too_deep {
                self.too_deep = true;
                let line = self.first_line(&range);
                self.fault(Code::NestingTooDeep, line, format!("nested more than {DEEPEST} deep"));
            }
            self.skipped = 1;
            return;
        }
        let kind = match tag {
            Tag::Paragraph => {
                if self.is_module_line(&range) {
                    let line = self.first_line(&range);
                    self.fault(Code::RawHtml, line, "`import` and `export` are left out: Markdown has no modules");
                    self.skipped = 1;
                    return;
                }
                Kind::Paragraph
            }
            Tag::Heading { level, .. } => Kind::Heading(level as u8),
            Tag::BlockQuote(_) => Kind::Quote,
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Indented => None,
                    CodeBlockKind::Fenced(info) => {
                        info.split([' ', '\t', '{', ',']).next().filter(|language| !language.is_empty()).map(str::to_owned)
                    }
                };
                Kind::Code { language, text: String::new() }
            }
            Tag::HtmlBlock => Kind::HtmlBlock(String::new()),
            Tag::List(start) => Kind::List { start, items: Vec::new() },
            Tag::Item => Kind::Item { checked: None },
            Tag::FootnoteDefinition(label) => Kind::Footnote(note_key(&label)),
            Tag::Table(alignments) => {
                Kind::Table { alignments: alignments.into_iter().map(alignment).collect(), head: Vec::new(), rows: Vec::new() }
            }
            Tag::TableHead | Tag::TableRow => Kind::Row(Vec::new()),
            Tag::TableCell => Kind::Cell,
            Tag::Emphasis => Kind::Emphasis,
            Tag::Strong => Kind::Strong,
            Tag::Strikethrough => Kind::Strikethrough,
            // What describes an image is text: nothing in it can be followed or shown.
            Tag::Link { .. } | Tag::Image { .. } if self.inside(|kind| matches!(kind, Kind::Image(_))) => Kind::Described,
            Tag::Link { link_type, dest_url, title, id } => {
                let destination = if link_type == LinkType::Email && !dest_url.starts_with("mailto:") {
                    format!("mailto:{dest_url}")
                } else {
                    dest_url.to_string()
                };
                let span = self.definition_span(link_type, &id, definitions).unwrap_or(range.clone());
                Kind::Link(self.new_link(destination, some_title(&title), span))
            }
            Tag::Image { link_type, dest_url, title, id } => {
                let span = self.definition_span(link_type, &id, definitions).unwrap_or(range.clone());
                self.document.images.push(Image { destination: dest_url.to_string(), span, title: some_title(&title) });
                Kind::Image(self.document.images.len() - 1)
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
        let opening = matches!(kind, Kind::Image(_)) as usize + 1;
        self.open(kind, range);
        let top = self.top();
        top.inner_end = (top.span.start + opening).min(top.span.end);
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>, definitions: &RefDefs) {
        let inline = matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image);
        if !inline && self.inside(|kind| matches!(kind, Kind::Fragment)) {
            return;
        }
        let end = range.end;
        self.close_plain();
        // An admonition ends at the latest where the block around it ends.
        while matches!(self.top().kind, Kind::Admonition { .. }) {
            self.unclosed_admonition();
        }
        let frame = self.stack.pop().expect("every end has a start");
        let inlines = frame.inlines;
        match frame.kind {
            Kind::Paragraph => {
                // An empty one: all of it was left out.
                if !inlines.iter().all(|inline| matches!(inline, Inline::Html(_) | Inline::SoftBreak)) {
                    self.push_block(Block::Paragraph(inlines), range.end);
                }
            }
            Kind::Heading(level) => self.heading(level, inlines, range),
            Kind::Quote => self.push_block(Block::Quote(frame.blocks), range.end),
            Kind::List { start, items } => self.push_block(Block::List { start, items }, range.end),
            Kind::Item { checked } => {
                let span = self.base + range.start..self.base + range.end;
                if let Kind::List { items, .. } = &mut self.top().kind {
                    items.push(Item { checked, blocks: frame.blocks, span });
                }
            }
            Kind::Code { language, text } => {
                if language.as_deref() == Some("mdx-code-block") {
                    let line = self.first_line(&range);
                    self.fault(Code::RawHtml, line, "an MDX code block is left out: MDX can't be compiled to data");
                } else {
                    self.push_block(Block::Code { language, text }, range.end);
                }
            }
            Kind::HtmlBlock(html) => self.html_block(&html, range, definitions),
            Kind::Footnote(label) => self.footnote(label, frame.blocks, range),
            Kind::Table { alignments, head, rows } => self.push_block(Block::Table { alignments, head, rows }, range.end),
            Kind::Row(cells) => {
                if let Kind::Table { head, rows, .. } = &mut self.top().kind {
                    if tag == TagEnd::TableHead { *head = cells } else { rows.push(cells) }
                }
            }
            Kind::Cell => {
                if let Kind::Row(cells) = &mut self.top().kind {
                    cells.push(inlines);
                }
            }
            Kind::Described => inlines.into_iter().for_each(|inline| self.push_inline(inline)),
            Kind::Emphasis => self.push_inline(Inline::Emphasis(inlines)),
            Kind::Strong => self.push_inline(Inline::Strong(inlines)),
            Kind::Strikethrough => self.push_inline(Inline::Strikethrough(inlines)),
            Kind::Link(link) => {
                if self.document.links[link].span == range {
                    self.document.links[link].span = self.destination_span(&range, frame.inner_end);
                }
                self.push_inline(Inline::Link(link, inlines));
            }
            Kind::Image(image) => {
                if self.document.images[image].span == range {
                    self.document.images[image].span = self.destination_span(&range, frame.inner_end);
                }
                if plain(&inlines).trim().is_empty() {
                    self.fault(Code::MissingAltText, range.clone(), "an image without alternative text").label =
                        "say between the brackets what it shows".into();
                }
                self.push_inline(Inline::Image(image, inlines));
            }
            Kind::Root | Kind::Fragment | Kind::Admonition { .. } => unreachable!("these have no end tag"),
        }
        if inline {
            self.top().inner_end = end;
        }
    }

    // ---- headings -----------------------------------------------------------------------------------------------

    fn heading(&mut self, level: u8, mut inlines: Vec<Inline>, range: Range<usize>) {
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
    fn close_section(&mut self) {
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

    // ---- links --------------------------------------------------------------------------------------------------

    fn new_link(&mut self, destination: String, title: Option<String>, span: Range<usize>) -> usize {
        let number = self.document.links.len();
        let note = self.stack.iter().find_map(|frame| match &frame.kind {
            Kind::Footnote(label) => Some(label.clone()),
            _ => None,
        });
        if let Some(note) = note {
            self.links_in_notes.entry(note).or_default().push(number);
        }
        let section = self.section();
        self.document.links.push(Link { destination, span, title, section });
        number
    }

    /// For a link by reference: the destination in its definition.
    fn definition_span(&mut self, link_type: LinkType, label: &str, definitions: &RefDefs) -> Option<Range<usize>> {
        if !matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut) {
            return None;
        }
        let definition = definitions.get(label)?;
        self.used_definitions.insert(definition.span.start);
        let source = &self.body[definition.span.clone()];
        let colon = source.find("]:")? + 2;
        let start = definition.span.start + colon + (source[colon..].len() - source[colon..].trim_start().len());
        Some(self.destination_at(start, definition.span.end))
    }

    /// The destination of the link that stands at `range` and whose text ends at `inner_end`.
    fn destination_span(&self, range: &Range<usize>, inner_end: usize) -> Range<usize> {
        let source = &self.body[range.clone()];
        if source.starts_with('<') && source.ends_with('>') && source.len() > 1 {
            return range.start + 1..range.end - 1;
        }
        let inner_end = inner_end.clamp(range.start, range.end);
        match self.body[inner_end..range.end].find("](") {
            Some(found) => {
                let start = inner_end + found + 2;
                let start = start + (self.body[start..range.end].len() - self.body[start..range.end].trim_start().len());
                self.destination_at(start, range.end)
            }
            None => range.clone(),
        }
    }

    /// The destination that begins at `start`: between `<` and `>`, or up to white space or the closing parenthesis.
    fn destination_at(&self, start: usize, end: usize) -> Range<usize> {
        let source = &self.body[start.min(end)..end];
        let mut depth = 0;
        let mut escaped = false;
        let angled = source.starts_with('<');
        for (at, character) in source.char_indices().skip(usize::from(angled)) {
            match character {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '>' if angled => return start + 1..start + at,
                _ if angled => {}
                '(' => depth += 1,
                ')' if depth == 0 => return start..start + at,
                ')' => depth -= 1,
                _ if character.is_whitespace() => return start..start + at,
                _ => {}
            }
        }
        start..end.max(start)
    }

    fn unused_definitions(&mut self, definitions: &RefDefs) {
        let unused: Vec<(String, Range<usize>)> = definitions
            .iter()
            .filter(|(_, definition)| !self.used_definitions.contains(&definition.span.start))
            .map(|(label, definition)| (label.to_owned(), definition.span.clone()))
            .collect();
        for (label, span) in unused {
            let line = self.first_line(&span);
            self.fault(Code::UnusedDefinition, line, format!("no link uses the definition `[{label}]`"));
        }
    }

    fn broken_references(&mut self, broken: Vec<(Range<usize>, LinkType, String)>) {
        for (span, link_type, reference) in broken {
            // `[x]` alone may be meant as it stands.
            if !matches!(link_type, LinkType::Shortcut | LinkType::ShortcutUnknown) {
                self.fault(Code::BrokenReference, span, format!("no `[{reference}]: …` is defined")).label =
                    "define it on a line of its own, or escape the brackets".into();
            }
        }
        for (at, (span, label)) in std::mem::take(&mut self.broken_citations).into_iter().enumerate() {
            let labels = self.definitions.iter().map(|definition| definition.label.as_str());
            // Each suggestion compares with all definitions.
            let near = if at < SUGGESTIONS { nearest(&label, labels).map(|near| format!("[^{near}]")) } else { None };
            let fault = Diagnostic::new(Code::BrokenReference, self.place(span), format!("no footnote `[^{label}]: …` is defined"));
            self.diagnostics.push(fault.did_you_mean(near));
        }
    }

    // ---- text ---------------------------------------------------------------------------------------------------

    fn text_event(&mut self, text: &str, range: Range<usize>) {
        if matches!(self.top().kind, Kind::Code { .. }) {
            // Inside code a masked line is no marker.
            let masked = self.masked.get(self.masked.partition_point(|at| *at < range.start)).is_some_and(|at| *at < range.end);
            let text = if masked { self.body[range].to_owned() } else { text.to_owned() };
            if let Kind::Code { text: code, .. } = &mut self.top().kind {
                code.push_str(&text.replace('\r', ""));
            }
            return;
        }
        let verbatim = self.body.get(range.clone()) == Some(text);
        let escaped = range.start > 0
            && self.body.as_bytes()[range.start - 1] == b'\\'
            && text.starts_with(|first: char| first.is_ascii_punctuation());
        self.pieces.push(Piece { at: self.text.len(), span: range.clone(), verbatim: verbatim && !escaped });
        self.text.push_str(text);
        self.top().inner_end = range.end;
    }

    /// The place in the source of a span of the gathered text.
    fn source_span(pieces: &[Piece], span: Range<usize>) -> Range<usize> {
        let at = |offset: usize| {
            let piece = &pieces[pieces.partition_point(|piece| piece.at <= offset).saturating_sub(1)];
            (piece.span.start + (offset - piece.at)).min(piece.span.end)
        };
        at(span.start)..at(span.end.saturating_sub(1)) + 1
    }

    /// Turns the gathered text into inlines: expressions in braces are left out, bare addresses become links.
    fn flush_text(&mut self) {
        if self.text.is_empty() {
            self.pieces.clear();
            return;
        }
        let text = std::mem::take(&mut self.text);
        let pieces = std::mem::take(&mut self.pieces);
        let mut holes: Vec<(Range<usize>, Option<String>)> =
            self.expressions(&text, &pieces).into_iter().map(|span| (span, None)).collect();
        holes.extend(self.citations(&text, &pieces).into_iter().map(|(span, label)| (span, Some(label))));
        holes.sort_by_key(|(span, _)| span.start);
        let mut from = 0;
        for (span, label) in holes {
            if span.start < from {
                continue; // inside an expression
            }
            self.plain_text(&text[from..span.start], from, &pieces);
            from = span.end;
            match label {
                Some(label) => self.cite(&label),
                None => {
                    self.fault(Code::RawHtml, Self::source_span(&pieces, span), "an expression in braces is left out").label =
                        "put it between backticks, or write `\\{` for a brace".into();
                }
            }
        }
        self.plain_text(&text[from..], from, &pieces);
    }

    /// The spans of `{…}` in a text, outermost only. The ids of headings are none.
    fn expressions(&self, text: &str, pieces: &[Piece]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        if !text.contains('{') {
            return found;
        }
        let in_heading = self.inside(|kind| matches!(kind, Kind::Heading(_)));
        let mut open: Vec<usize> = Vec::new();
        for (at, character) in text.char_indices().filter(|(_, character)| matches!(character, '{' | '}')) {
            let piece = &pieces[pieces.partition_point(|piece| piece.at <= at).saturating_sub(1)];
            if !piece.verbatim && (piece.at == at || piece.span.len() < 2) {
                continue;
            }
            if character == '{' {
                open.push(at);
            } else if let Some(start) = open.pop() {
                while found.last().is_some_and(|inner: &Range<usize>| inner.start > start) {
                    found.pop();
                }
                let is_id = in_heading && (text[start..].starts_with("{#") || text[start..].starts_with("{/*"));
                if !is_id {
                    found.push(start..at + 1);
                }
            }
        }
        found
    }

    /// The spans of citations that the parser left as text, with their labels: it does so in the titles of admonitions and
    /// before a bracket. Those of footnotes that are not defined are kept for a report.
    fn citations(&mut self, text: &str, pieces: &[Piece]) -> Vec<(Range<usize>, String)> {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(start) = text[from..].find("[^").map(|found| from + found) {
            from = start + 2;
            let label = &text[from..];
            let Some(end) = label.find([']', '[', ' ']).filter(|end| *end > 0 && label[*end..].starts_with(']')) else { continue };
            let label = &label[..end];
            let piece = &pieces[pieces.partition_point(|piece| piece.at <= start).saturating_sub(1)];
            let span = start..from + end + 1;
            if !piece.verbatim {
                continue;
            } else if self.labels.contains(&note_key(label)) {
                found.push((span, label.to_owned()));
            } else {
                self.broken_citations.push((Self::source_span(pieces, span), label.to_owned()));
            }
        }
        found
    }

    /// Text at `offset` of the gathered text, whose addresses become links outside links and images.
    fn plain_text(&mut self, text: &str, offset: usize, pieces: &[Piece]) {
        let linked = self.inside(|kind| matches!(kind, Kind::Link(_) | Kind::Image(_)));
        let mut from = 0;
        if !linked {
            for link in autolink::find(text) {
                if link.span.start > from {
                    self.push_inline(Inline::Text(text[from..link.span.start].to_owned()));
                }
                let source = Self::source_span(pieces, offset + link.span.start..offset + link.span.end);
                let number = self.new_link(link.destination, None, source);
                self.push_inline(Inline::Link(number, vec![Inline::Text(text[link.span.clone()].to_owned())]));
                from = link.span.end;
            }
        }
        if from < text.len() {
            self.push_inline(Inline::Text(text[from..].to_owned()));
        }
    }

    // ---- HTML, modules ------------------------------------------------------------------------------------------

    fn inline_html(&mut self, html: &str, range: Range<usize>) {
        if self.markers.contains_key(&range.start) {
            // Not a block after all: the line is text.
            let text = self.body[range.clone()].to_owned();
            self.text_event(&text, range);
            return;
        }
        if !(html.starts_with("<!--") && html.ends_with("-->")) {
            self.fault(Code::RawHtml, range.clone(), "raw HTML is left out of text and HTML").label =
                "use Markdown, or put it between backticks to show it".into();
        }
        self.push_inline(Inline::Html(html.to_owned()));
        self.top().inner_end = range.end;
    }

    fn html_block(&mut self, html: &str, range: Range<usize>, definitions: &RefDefs) {
        let marker = range.clone().find_map(|at| self.markers.get(&at).map(|_| at));
        if let Some(at) = marker.filter(|_| html.trim_start().starts_with("<?")) {
            let marker = self.markers.remove(&at).expect("just found");
            self.marker(marker, definitions);
            return;
        }
        let mut rest = html;
        let mut shown = String::new();
        while let Some(start) = rest.find("<!--") {
            shown.push_str(&rest[..start]);
            match rest[start..].find("-->") {
                Some(end) => rest = &rest[start + end + 3..],
                None => {
                    let line = self.first_line(&range);
                    self.fault(Code::UnclosedComment, line, "a comment without its end").label =
                        "everything behind it is left out: close it with `-->`".into();
                    return;
                }
            }
        }
        shown.push_str(rest);
        if !shown.trim().is_empty() {
            let line = self.first_line(&range);
            self.fault(Code::RawHtml, line, "raw HTML is left out of text and HTML, with all up to the next blank line").label =
                "use Markdown, or put it between backticks to show it".into();
        }
    }

    /// Is the paragraph an MDX `import` or `export`?
    fn is_module_line(&self, range: &Range<usize>) -> bool {
        let begins = |word| self.body[range.start..].starts_with(word);
        if self.stack.len() > 1 || !(begins("import ") || begins("export ")) {
            return false;
        }
        let line = &self.body[self.first_line(range)];
        if let Some(rest) = line.strip_prefix("import ") {
            return rest.starts_with(['"', '\'']) || (rest.contains(" from ") && rest.contains(['"', '\''])) || rest.trim_end() == "{";
        }
        line.strip_prefix("export ").is_some_and(|rest| {
            ["default ", "const ", "let ", "var ", "function ", "class ", "async ", "{", "* "].iter().any(|word| rest.starts_with(word))
        })
    }

    /// The first line of a span, without its end.
    fn first_line(&self, range: &Range<usize>) -> Range<usize> {
        let source = &self.body[range.clone()];
        let end = source.find(['\n', '\r']).unwrap_or(source.len());
        range.start..range.start + source[..end].trim_end().len()
    }

    // ---- admonitions --------------------------------------------------------------------------------------------

    fn marker(&mut self, marker: Marker, definitions: &RefDefs) {
        let Some(name) = marker.name.clone() else { return self.close_admonition(&marker) };
        let name_text = &self.body[name.clone()];
        let kind = match admonition::KINDS.iter().find(|kind| **kind == name_text) {
            Some(kind) => kind,
            None => {
                let near = nearest(name_text, admonition::KINDS);
                let known = admonition::KINDS.join(", ");
                let fault = Diagnostic::new(Code::UnknownAdmonition, self.place(name.clone()), format!("`{name_text}` is no admonition"));
                self.diagnostics.push(fault.did_you_mean(near).help(format!("the admonitions are {known}")));
                "note"
            }
        };
        if self.stack.len() >= DEEPEST {
            if !self.too_deep {
                self.too_deep = true;
                self.fault(Code::NestingTooDeep, marker.span, format!("nested more than {DEEPEST} deep"));
            }
            return;
        }
        let title = marker.title.clone().map(|span| self.fragment(span, definitions));
        self.close_plain();
        self.open(Kind::Admonition { kind, title, colons: marker.colons }, marker.span);
    }

    fn close_admonition(&mut self, marker: &Marker) {
        // Those of this container, outermost first: the first with no more colons than the line closes, with all in it.
        let open = self.stack.iter().rev().take_while(|frame| matches!(frame.kind, Kind::Admonition { .. })).count();
        let first = self.stack.len() - open;
        let closes =
            (first..self.stack.len()).find(|&at| matches!(self.stack[at].kind, Kind::Admonition { colons, .. } if colons <= marker.colons));
        let Some(closes) = closes else {
            self.fault(
                Code::UnopenedAdmonition,
                marker.span.clone(),
                format!("`{}` closes no admonition", ":".repeat(marker.colons.min(10))),
            )
            .label = "an outer admonition needs more colons than the ones inside it".into();
            return;
        };
        while self.stack.len() > closes + 1 {
            self.unclosed_admonition();
        }
        self.end_admonition(marker.span.end);
    }

    fn end_admonition(&mut self, end: usize) {
        self.close_plain();
        let frame = self.stack.pop().expect("an admonition is open");
        if let Kind::Admonition { kind, title, .. } = frame.kind {
            self.push_block(Block::Admonition { kind, title, blocks: frame.blocks }, end);
        }
    }

    fn unclosed_admonition(&mut self) {
        let span = self.top().span.clone();
        if let Kind::Admonition { colons, .. } = self.top().kind {
            self.fault(Code::UnclosedAdmonition, span.clone(), "an admonition without its end").label =
                format!("close it with a line `{}`", ":".repeat(colons.min(10)));
        }
        self.end_admonition(span.end);
    }

    /// Parses inline content that the parser has not seen: the title of an admonition.
    fn fragment(&mut self, span: Range<usize>, definitions: &RefDefs) -> Vec<Inline> {
        let resolve = |link: BrokenLink| {
            let definition = definitions.get(&link.reference)?;
            Some((
                CowStr::from(definition.dest.to_string()),
                CowStr::from(definition.title.as_ref().map(ToString::to_string).unwrap_or_default()),
            ))
        };
        self.open(Kind::Fragment, span.clone());
        let parser = Parser::new_with_broken_link_callback(&self.body[span.clone()], options(), Some(resolve));
        for (event, range) in parser.into_offset_iter() {
            self.event(event, span.start + range.start..span.start + range.end, definitions);
        }
        self.flush_text();
        self.stack.pop().expect("just opened").inlines
    }

    // ---- footnotes ----------------------------------------------------------------------------------------------

    fn cite(&mut self, label: &str) {
        let label = note_key(label);
        let number = *self.numbers.entry(label.clone()).or_insert_with(|| {
            self.cited.push(label.clone());
            self.document.footnotes.push(Footnote { label, blocks: Vec::new(), cited_in: Vec::new(), citations: 0, links: Vec::new() });
            self.cited.len() - 1
        });
        // A citation inside another note counts for the sections that cite that one: `finish` sees to it.
        let section = self.section();
        let in_note = self.inside(|kind| matches!(kind, Kind::Footnote(_)));
        let footnote = &mut self.document.footnotes[number];
        let citation = footnote.citations;
        footnote.citations += 1;
        if !in_note && footnote.cited_in.last() != Some(&section) {
            footnote.cited_in.push(section);
        }
        self.push_inline(Inline::Note(number, citation));
    }

    fn footnote(&mut self, label: String, blocks: Vec<Block>, range: Range<usize>) {
        let line = self.first_line(&range);
        if let Some(first) = self.defined.get(&label) {
            let first = self.place(self.definitions[*first].span.clone());
            let fault = Diagnostic::new(Code::DuplicateDefinition, self.place(line), format!("the footnote `[^{label}]` is defined twice"))
                .related(first, "this one counts");
            self.diagnostics.push(fault);
        } else {
            self.defined.insert(label.clone(), self.definitions.len());
            self.definitions.push(Definition { label, span: line, blocks });
        }
    }

    // ---- the end ------------------------------------------------------------------------------------------------

    fn finish(mut self) -> (Document, Vec<Diagnostic>) {
        self.flush_text();
        self.close_plain();
        while matches!(self.top().kind, Kind::Admonition { .. }) {
            self.unclosed_admonition();
        }
        self.close_section();
        let mut definitions: HashMap<String, Definition> = HashMap::new();
        for definition in std::mem::take(&mut self.definitions) {
            if self.numbers.contains_key(&definition.label) {
                definitions.insert(definition.label.clone(), definition);
            } else {
                self.fault(Code::UnusedDefinition, definition.span, format!("nothing cites the footnote `[^{}]`", definition.label));
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
        self.document.sections.iter_mut().for_each(|section| shift(&mut section.span));
        shift(&mut self.document.lead_span);
        self.document.link_order = self.link_order();
        self.empty_sections();
        (self.document, self.diagnostics)
    }

    /// The order of the links: the body's, then those of each footnote that is cited.
    fn link_order(&self) -> Vec<usize> {
        let in_notes: HashSet<usize> = self.links_in_notes.values().flatten().copied().collect();
        let body = (0..self.document.links.len()).filter(|link| !in_notes.contains(link));
        let notes = self.document.footnotes.iter().flat_map(|note| &note.links).copied();
        body.chain(notes).collect()
    }

    fn empty_sections(&mut self) {
        let sections = &self.document.sections;
        let empty: Vec<Range<usize>> = sections
            .iter()
            .enumerate()
            .filter(|(at, section)| section.blocks.is_empty() && sections.get(at + 1).is_none_or(|next| next.level <= section.level))
            .map(|(_, section)| section.heading_span.clone())
            .collect();
        for span in empty {
            let place = Place::new(self.file, span);
            self.diagnostics.push(Diagnostic::new(Code::EmptySection, place, "nothing stands under this heading"));
        }
    }
}

/// Labels of footnotes don't care for case.
fn note_key(label: &str) -> String {
    label.to_lowercase()
}

/// The keys of the footnotes that lines of a body define.
fn note_keys(body: &str) -> HashSet<String> {
    let definition = |line: &str| {
        let label = line.trim_start_matches([' ', '>', '\t']).strip_prefix("[^")?;
        let (label, rest) = label.split_once(']')?;
        rest.starts_with(':').then(|| note_key(label))
    };
    body.lines().filter_map(definition).collect()
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

/// The text that a heading's anchor is made of: raw HTML counts only where nothing else stands.
fn slug_text(inlines: &[Inline]) -> String {
    fn write(inlines: &[Inline], html: bool, text: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Text(part) | Inline::Code(part) => text.push_str(part),
                Inline::Emphasis(children) | Inline::Strong(children) | Inline::Strikethrough(children) => write(children, true, text),
                Inline::Link(_, children) | Inline::Image(_, children) => write(children, true, text),
                Inline::SoftBreak => text.push('\n'),
                Inline::Html(raw) if html => text.push_str(raw),
                Inline::HardBreak | Inline::Note(..) | Inline::Html(_) => {}
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
            let (rest, id) = match inside.strip_suffix("*/").and_then(|inside| inside.rsplit_once("{/*")) {
                Some((rest, comment)) => (rest, comment_id(comment)?),
                None => {
                    let (rest, id) = inside.rsplit_once("{#")?;
                    (!id.is_empty() && !id.contains('}')).then(|| (rest, id.trim().to_owned()))?
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
