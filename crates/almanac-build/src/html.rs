//! An article as HTML: escaped, well-formed, the same bytes every time.

use std::borrow::Cow;
use std::fmt::Write;
use std::ops::Range;

use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use super::document::{Alignment, Block, Cell, Document, Element, Inline};

/// Tells where links and images lead.
pub trait LinkResolver {
    /// Returns the unescaped address of a link and its title; `None` leaves only its text.
    fn link(&self, link: usize) -> Option<(String, Option<&str>)>;
    /// Returns where an image is; `None` leaves only its alternative text.
    fn image(&self, image: usize) -> Option<Picture<'_>>;
}

/// An image as HTML needs it.
pub struct Picture<'a> {
    /// Not escaped.
    pub address: Cow<'a, str>,
    pub title: Option<&'a str>,
    /// Width and height in pixels, if they are known.
    pub size: Option<(u32, u32)>,
}

/// Writes an article as HTML.
pub struct Writer<'a> {
    document: &'a Document,
    resolver: &'a dyn LinkResolver,
    html: &'a mut String,
    /// `true` if what is written stands in a link: links in it would end it.
    is_linked: bool,
    /// The links whose addresses were written, each with the address's place in the HTML text.
    addresses: Vec<(usize, Range<usize>)>,
}

impl<'a> Writer<'a> {
    /// Appends to an HTML text.
    pub fn new(
        document: &'a Document,
        resolver: &'a dyn LinkResolver,
        html: &'a mut String,
    ) -> Writer<'a> {
        Writer { document, resolver, html, is_linked: false, addresses: Vec::new() }
    }

    /// Returns where the addresses of links were written.
    pub fn into_addresses(self) -> Vec<(usize, Range<usize>)> {
        self.addresses
    }

    /// Returns the length of the HTML text.
    pub fn len(&self) -> usize {
        self.html.len()
    }

    /// Appends blocks.
    pub fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    /// Appends a heading with its anchor.
    pub fn heading(&mut self, level: u8, anchor: &str, title: &[Inline]) {
        self.format(format_args!("<h{level} id=\""));
        self.attribute(anchor);
        self.html.push_str("\">");
        self.inlines(title);
        self.format(format_args!("</h{level}>\n"));
    }

    /// Appends the footnotes that end an article.
    pub fn footnotes(&mut self) {
        let footnotes = &self.document.footnotes;
        if footnotes.is_empty() {
            return;
        }
        let prefix = &self.document.footnote_prefix;
        self.html.push_str("<section class=\"footnotes\">\n<ol>\n");
        for (number, footnote) in footnotes.iter().enumerate() {
            self.format(format_args!("<li id=\"{prefix}fn-{}\">\n", number + 1));
            self.blocks(&footnote.blocks);
            for citation in 0..footnote.citations {
                let id = citation_id(number, citation);
                self.format(format_args!(
                    "<a href=\"#{prefix}fnref-{id}\" class=\"footnote-backref\" \
                     aria-label=\"Back to reference {id}\">↩</a>\n",
                ));
            }
            self.html.push_str("</li>\n");
        }
        self.html.push_str("</ol>\n</section>\n");
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(inlines) => {
                self.html.push_str("<p>");
                self.inlines(inlines);
                self.html.push_str("</p>\n");
            }
            Block::Plain(inlines) => {
                self.inlines(inlines);
                self.html.push('\n');
            }
            Block::Heading { level, anchor, title } => self.heading(*level, anchor, title),
            Block::Code { language, text } => {
                self.html.push_str("<pre><code");
                if let Some(language) = language {
                    self.html.push_str(" class=\"language-");
                    self.attribute(language);
                    self.html.push('"');
                }
                self.html.push('>');
                self.body(text);
                self.html.push_str("</code></pre>\n");
            }
            Block::Formula(formula) => {
                self.html.push_str(&formula.html);
                self.html.push('\n');
            }
            Block::Quote(blocks) => {
                self.html.push_str("<blockquote>\n");
                self.blocks(blocks);
                self.html.push_str("</blockquote>\n");
            }
            Block::List { start, items } => {
                match start {
                    None => self.html.push_str("<ul>\n"),
                    Some(1) => self.html.push_str("<ol>\n"),
                    Some(start) => self.format(format_args!("<ol start=\"{start}\">\n")),
                }
                for item in items {
                    self.html.push_str("<li>");
                    self.html.push_str(match item.checked {
                        Some(true) => "<input type=\"checkbox\" disabled=\"\" checked=\"\"> ",
                        Some(false) => "<input type=\"checkbox\" disabled=\"\"> ",
                        None => "",
                    });
                    if let [Block::Plain(inlines)] = &item.blocks[..] {
                        self.inlines(inlines);
                    } else {
                        self.blocks(&item.blocks);
                    }
                    self.html.push_str("</li>\n");
                }
                self.html.push_str(if start.is_some() { "</ol>\n" } else { "</ul>\n" });
            }
            Block::Table { alignments, head, rows } => {
                self.html.push_str("<table>\n<thead>\n");
                self.row("th", alignments, head);
                self.html.push_str("</thead>\n");
                if !rows.is_empty() {
                    self.html.push_str("<tbody>\n");
                    rows.iter().for_each(|row| self.row("td", alignments, row));
                    self.html.push_str("</tbody>\n");
                }
                self.html.push_str("</table>\n");
            }
            Block::Admonition { kind, title, blocks } => {
                self.format(format_args!(
                    "<div class=\"admonition admonition-{kind}\">\n<p class=\"admonition-title\">"
                ));
                match title {
                    Some(title) => self.inlines(title),
                    None => self.html.push_str(kind),
                }
                self.html.push_str("</p>\n");
                self.blocks(blocks);
                self.html.push_str("</div>\n");
            }
            Block::Rule => self.html.push_str("<hr>\n"),
            Block::Element(element, blocks) => {
                self.element(element, |writer| match &blocks[..] {
                    [Block::Plain(inlines)] => {
                        // A parser drops the first line end.
                        let starts = |inline: &Inline| {
                            matches!(inline, Inline::Text(text) if text.starts_with('\n'))
                        };
                        if element.tag == "pre" && inlines.first().is_some_and(starts) {
                            writer.html.push('\n');
                        }
                        writer.inlines(inlines);
                    }
                    blocks => {
                        writer.html.push('\n');
                        writer.blocks(blocks);
                    }
                });
                self.html.push('\n');
            }
        }
    }

    fn row(&mut self, cell: &str, alignments: &[Alignment], cells: &[Cell]) {
        self.html.push_str("<tr>");
        for (column, inlines) in cells.iter().enumerate() {
            let align = match alignments.get(column) {
                Some(Alignment::Left) => " style=\"text-align:left\"",
                Some(Alignment::Center) => " style=\"text-align:center\"",
                Some(Alignment::Right) => " style=\"text-align:right\"",
                Some(Alignment::None) | None => "",
            };
            self.format(format_args!("<{cell}{align}>"));
            self.inlines(inlines);
            self.format(format_args!("</{cell}>"));
        }
        self.html.push_str("</tr>\n");
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.body(text),
                Inline::Code(code) => {
                    self.html.push_str("<code>");
                    self.body(code);
                    self.html.push_str("</code>");
                }
                Inline::Formula(formula) => self.html.push_str(&formula.html),
                Inline::Emphasis(children) => self.wrap("em", children),
                Inline::Strong(children) => self.wrap("strong", children),
                Inline::Strikethrough(children) => self.wrap("del", children),
                Inline::Link(link, children) => {
                    let is_link = self.open_link(*link, &[]);
                    self.inlines(children);
                    self.close_link(is_link);
                }
                Inline::Image(image, alt) => self.image(*image, alt),
                Inline::FootnoteRef(number, citation) => {
                    let prefix = &self.document.footnote_prefix;
                    let id = citation_id(*number, *citation);
                    let number = number + 1;
                    // In a link there is only the place to come back to.
                    if self.is_linked {
                        self.format(format_args!("<sup id=\"{prefix}fnref-{id}\">{number}</sup>"));
                    } else {
                        self.format(format_args!(
                            "<sup><a href=\"#{prefix}fn-{number}\" \
                             id=\"{prefix}fnref-{id}\">{number}</a></sup>"
                        ));
                    }
                }
                Inline::SoftBreak => self.html.push('\n'),
                Inline::HardBreak => self.html.push_str("<br>\n"),
                Inline::Element(element, children) => {
                    self.element(element, |writer| writer.inlines(children));
                }
            }
        }
    }

    fn wrap(&mut self, tag: &str, children: &[Inline]) {
        self.format(format_args!("<{tag}>"));
        self.inlines(children);
        self.format(format_args!("</{tag}>"));
    }

    fn image(&mut self, image: usize, alt: &str) {
        match self.resolver.image(image) {
            Some(Picture { address, title, size }) => {
                self.html.push_str("<img src=\"");
                self.href(&address);
                self.html.push_str("\" alt=\"");
                self.attribute(alt);
                self.html.push('"');
                self.title(title);
                let attributes = &self.document.images[image].attributes;
                self.attributes(attributes);
                // Browsers keep the place free until the image has come. Who gives one side lets
                // them find the other.
                let is_side = |name: &str| matches!(name, "width" | "height");
                let given = attributes.iter().any(|(name, _)| is_side(name));
                if let Some((width, height)) = size.filter(|_| !given) {
                    self.format(format_args!(" width=\"{width}\" height=\"{height}\""));
                }
                self.html.push('>');
            }
            None => self.body(alt),
        }
    }

    /// Writes an element of raw HTML around its content.
    fn element(&mut self, element: &Element, content: impl FnOnce(&mut Self)) {
        if let Some(link) = element.link {
            let is_link = self.open_link(link, &element.attributes);
            // Without its address its anchor stays.
            let is_anchor = !is_link && element.attributes.iter().any(|(name, _)| *name == "id");
            if is_anchor {
                self.html.push_str("<span");
                self.attributes(&element.attributes);
                self.html.push('>');
            }
            content(self);
            self.html.push_str(if is_anchor { "</span>" } else { "" });
            return self.close_link(is_link);
        }
        self.format(format_args!("<{}", element.tag));
        self.attributes(&element.attributes);
        self.html.push('>');
        if matches!(element.tag, "br" | "wbr") {
            return;
        }
        content(self);
        self.format(format_args!("</{}>", element.tag));
    }

    /// Opens a link, unless it leads nowhere or stands in another one.
    fn open_link(&mut self, link: usize, attributes: &[(&'static str, String)]) -> bool {
        let Some((address, title)) = self.resolver.link(link).filter(|_| !self.is_linked) else {
            return false;
        };
        self.html.push_str("<a href=\"");
        let start = self.html.len();
        self.href(&address);
        self.addresses.push((link, start..self.html.len()));
        self.html.push('"');
        self.title(title);
        self.attributes(attributes);
        self.html.push('>');
        self.is_linked = true;
        true
    }

    fn close_link(&mut self, is_link: bool) {
        if is_link {
            self.html.push_str("</a>");
            self.is_linked = false;
        }
    }

    fn title(&mut self, title: Option<&str>) {
        if let Some(title) = title {
            self.html.push_str(" title=\"");
            self.attribute(title);
            self.html.push('"');
        }
    }

    fn attributes(&mut self, attributes: &[(&'static str, String)]) {
        for (name, value) in attributes {
            self.format(format_args!(" {name}=\""));
            self.attribute(value);
            self.html.push('"');
        }
    }

    // Writing to a string can't fail.

    fn format(&mut self, arguments: std::fmt::Arguments<'_>) {
        self.html.write_fmt(arguments).expect("a string takes all");
    }

    fn body(&mut self, text: &str) {
        escape_html_body_text(&mut *self.html, text).expect("a string takes all");
    }

    fn attribute(&mut self, text: &str) {
        escape_html(&mut *self.html, text).expect("a string takes all");
    }

    fn href(&mut self, address: &str) {
        escape_href(&mut *self.html, address).expect("a string takes all");
    }
}

/// Returns `2` for the first citation of the second note, `2-3` for its third.
fn citation_id(number: usize, citation: usize) -> String {
    match citation {
        0 => format!("{}", number + 1),
        _ => format!("{}-{}", number + 1, citation + 1),
    }
}
