//! An article as HTML: escaped, well-formed, the same bytes every time.

use std::borrow::Cow;

use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use super::document::{Alignment, Block, Footnote, Inline};

/// What HTML needs to know beyond the tree: where links and images lead.
pub trait LinkResolver {
    /// The unescaped address of a link; `None` leaves only its text.
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

/// Appends blocks to an HTML text.
pub fn write(blocks: &[Block], resolver: &dyn LinkResolver, html: &mut String) {
    for block in blocks {
        write_block(block, resolver, html);
    }
}

/// Appends a heading with its anchor.
pub fn write_heading(level: u8, anchor: &str, title: &[Inline], resolver: &dyn LinkResolver, html: &mut String) {
    html.push_str(&format!("<h{level} id=\""));
    attribute(anchor, html);
    html.push_str("\">");
    write_inlines(title, resolver, html);
    html.push_str(&format!("</h{level}>\n"));
}

/// Appends the footnotes that end an article.
pub fn write_footnotes(footnotes: &[Footnote], resolver: &dyn LinkResolver, html: &mut String) {
    if footnotes.is_empty() {
        return;
    }
    html.push_str("<section class=\"footnotes\">\n<ol>\n");
    for (number, footnote) in footnotes.iter().enumerate() {
        html.push_str(&format!("<li id=\"user-content-fn-{}\">\n", number + 1));
        write(&footnote.blocks, resolver, html);
        for citation in 0..footnote.citations {
            html.push_str(&format!(
                "<a href=\"#user-content-fnref-{}\" class=\"footnote-backref\" aria-label=\"Back to reference {}\">↩</a>\n",
                citation_id(number, citation),
                citation_id(number, citation),
            ));
        }
        html.push_str("</li>\n");
    }
    html.push_str("</ol>\n</section>\n");
}

/// `2` for the first citation of the second note, `2-3` for its third.
fn citation_id(number: usize, citation: usize) -> String {
    if citation == 0 { format!("{}", number + 1) } else { format!("{}-{}", number + 1, citation + 1) }
}

fn write_block(block: &Block, resolver: &dyn LinkResolver, html: &mut String) {
    match block {
        Block::Paragraph(inlines) => {
            html.push_str("<p>");
            write_inlines(inlines, resolver, html);
            html.push_str("</p>\n");
        }
        Block::Plain(inlines) => {
            write_inlines(inlines, resolver, html);
            html.push('\n');
        }
        Block::Heading { level, anchor, title } => write_heading(*level, anchor, title, resolver, html),
        Block::Code { language, text } => {
            html.push_str("<pre><code");
            if let Some(language) = language {
                html.push_str(" class=\"language-");
                attribute(language, html);
                html.push('"');
            }
            html.push('>');
            body(text, html);
            html.push_str("</code></pre>\n");
        }
        Block::Quote(blocks) => {
            html.push_str("<blockquote>\n");
            write(blocks, resolver, html);
            html.push_str("</blockquote>\n");
        }
        Block::List { start, items } => {
            match start {
                None => html.push_str("<ul>\n"),
                Some(1) => html.push_str("<ol>\n"),
                Some(start) => html.push_str(&format!("<ol start=\"{start}\">\n")),
            }
            for item in items {
                html.push_str("<li>");
                match item.checked {
                    Some(true) => html.push_str("<input type=\"checkbox\" disabled=\"\" checked=\"\"> "),
                    Some(false) => html.push_str("<input type=\"checkbox\" disabled=\"\"> "),
                    None => {}
                }
                if let [Block::Plain(inlines)] = &item.blocks[..] {
                    write_inlines(inlines, resolver, html);
                } else {
                    write(&item.blocks, resolver, html);
                }
                html.push_str("</li>\n");
            }
            html.push_str(if start.is_some() { "</ol>\n" } else { "</ul>\n" });
        }
        Block::Table { alignments, head, rows } => {
            html.push_str("<table>\n<thead>\n");
            write_row("th", alignments, head, resolver, html);
            html.push_str("</thead>\n");
            if !rows.is_empty() {
                html.push_str("<tbody>\n");
                for row in rows {
                    write_row("td", alignments, row, resolver, html);
                }
                html.push_str("</tbody>\n");
            }
            html.push_str("</table>\n");
        }
        Block::Admonition { kind, title, blocks } => {
            html.push_str(&format!("<div class=\"admonition admonition-{kind}\">\n<p class=\"admonition-title\">"));
            match title {
                Some(title) => write_inlines(title, resolver, html),
                None => html.push_str(kind),
            }
            html.push_str("</p>\n");
            write(blocks, resolver, html);
            html.push_str("</div>\n");
        }
        Block::Rule => html.push_str("<hr>\n"),
    }
}

fn write_row(cell: &str, alignments: &[Alignment], cells: &[Vec<Inline>], resolver: &dyn LinkResolver, html: &mut String) {
    html.push_str("<tr>");
    for (at, inlines) in cells.iter().enumerate() {
        let align = match alignments.get(at) {
            Some(Alignment::Left) => " style=\"text-align:left\"",
            Some(Alignment::Center) => " style=\"text-align:center\"",
            Some(Alignment::Right) => " style=\"text-align:right\"",
            Some(Alignment::None) | None => "",
        };
        html.push_str(&format!("<{cell}{align}>"));
        write_inlines(inlines, resolver, html);
        html.push_str(&format!("</{cell}>"));
    }
    html.push_str("</tr>\n");
}

fn write_inlines(inlines: &[Inline], resolver: &dyn LinkResolver, html: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => body(text, html),
            Inline::Code(code) => {
                html.push_str("<code>");
                body(code, html);
                html.push_str("</code>");
            }
            Inline::Emphasis(children) => wrap("em", children, resolver, html),
            Inline::Strong(children) => wrap("strong", children, resolver, html),
            Inline::Strikethrough(children) => wrap("del", children, resolver, html),
            Inline::Link(link, children) => match resolver.link(*link) {
                Some((address, title)) => {
                    html.push_str("<a href=\"");
                    href(&address, html);
                    html.push('"');
                    write_title(title, html);
                    html.push('>');
                    write_inlines(children, resolver, html);
                    html.push_str("</a>");
                }
                None => write_inlines(children, resolver, html),
            },
            Inline::Image(image, alternative) => {
                let alternative = super::document::plain(alternative);
                match resolver.image(*image) {
                    Some(Picture { address, title, size }) => {
                        html.push_str("<img src=\"");
                        href(&address, html);
                        html.push_str("\" alt=\"");
                        attribute(&alternative, html);
                        html.push('"');
                        write_title(title, html);
                        // Browsers keep the place free until the image has come.
                        if let Some((width, height)) = size {
                            html.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
                        }
                        html.push('>');
                    }
                    None => body(&alternative, html),
                }
            }
            Inline::FootnoteRef(number, citation) => html.push_str(&format!(
                "<sup><a href=\"#user-content-fn-{0}\" id=\"user-content-fnref-{1}\">{0}</a></sup>",
                number + 1,
                citation_id(*number, *citation),
            )),
            Inline::SoftBreak => html.push('\n'),
            Inline::HardBreak => html.push_str("<br>\n"),
            Inline::Html(_) => {}
        }
    }
}

fn wrap(tag: &str, children: &[Inline], resolver: &dyn LinkResolver, html: &mut String) {
    html.push_str(&format!("<{tag}>"));
    write_inlines(children, resolver, html);
    html.push_str(&format!("</{tag}>"));
}

fn write_title(title: Option<&str>, html: &mut String) {
    if let Some(title) = title {
        html.push_str(" title=\"");
        attribute(title, html);
        html.push('"');
    }
}

// Writing to a string can't fail.
fn body(text: &str, html: &mut String) {
    escape_html_body_text(html, text).expect("a string takes all");
}

fn attribute(text: &str, html: &mut String) {
    escape_html(html, text).expect("a string takes all");
}

fn href(address: &str, html: &mut String) {
    escape_href(html, address).expect("a string takes all");
}
