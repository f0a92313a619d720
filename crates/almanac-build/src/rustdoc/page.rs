//! The body of an article as rustdoc's Markdown.

use std::collections::HashMap;

use super::Docs;
use super::escape::{
    code_language, email_destination, escape, escape_attribute, longest_run, prefixed,
    web_destination,
};
use crate::document::{Block, Cell, Inline};
use crate::resolve::{Article, Target};

/// One article being written.
pub(super) struct Page<'a> {
    pub(super) docs: &'a Docs<'a>,
    pub(super) article: &'a Article,
    pub(super) number: usize,
    /// Other articles that tell what a list item tells, by the start of the item.
    pub(super) also: HashMap<usize, String>,
}

impl Page<'_> {
    pub(super) fn blocks(&self, blocks: &[Block], out: &mut String) {
        for block in blocks {
            self.block(block, out);
            out.push_str("\n\n");
        }
    }

    pub(super) fn block(&self, block: &Block, out: &mut String) {
        let inside = |blocks: &[Block]| {
            let mut inside = String::new();
            self.blocks(blocks, &mut inside);
            inside.trim_end().to_owned()
        };
        match block {
            Block::Paragraph(inlines) | Block::Plain(inlines) => {
                let text = self.line(inlines);
                // A tag at the start of a line could open a block in which escapes don't count.
                if text.starts_with('<') {
                    out.push_str("&#32;");
                }
                out.push_str(&text);
            }
            // Not a heading of the page: it has no anchor there.
            Block::Heading { title, .. } => out.push_str(&format!("**{}**", self.line(title))),
            Block::Code { language, text } => {
                let fence = "`".repeat(longest_run(text, '`').max(2) + 1);
                out.push_str(&format!(
                    "{fence}{}\n{}\n{fence}",
                    code_language(language.as_deref()),
                    text.trim_end_matches('\n')
                ));
            }
            Block::Formula(formula) => {
                // A tag at the start of a line could open a block in which escapes don't count.
                out.push_str("&#32;");
                out.push_str(&formula.markdown);
            }
            Block::Quote(blocks) => out.push_str(&prefixed(&inside(blocks), "> ", "> ")),
            Block::List { start, items } => {
                for (at, item) in items.iter().enumerate() {
                    let marker = start.map_or("- ".to_owned(), |start| {
                        format!(
                            "{}. ",
                            start
                                .saturating_add(u64::try_from(at).unwrap_or(u64::MAX))
                                .min(999_999_999)
                        )
                    });
                    let task = match item.checked {
                        Some(true) => "☑ ",
                        Some(false) => "☐ ",
                        None => "",
                    };
                    let rest = " ".repeat(marker.len());
                    // A box stands in a line of text: before code it would end the block.
                    let is_line =
                        matches!(item.blocks.first(), Some(Block::Plain(_) | Block::Paragraph(_)));
                    let gap = if is_line || task.is_empty() { "" } else { "\n\n" };
                    let also = self.also.get(&item.span.start).map_or("", String::as_str);
                    let inside = format!("{task}{gap}{}{also}", inside(&item.blocks));
                    out.push_str(&prefixed(inside.trim_end(), &marker, &rest));
                    out.push('\n');
                }
            }
            Block::Table { head, rows, .. } => {
                let row = |cells: &Vec<Cell>| {
                    let cells: Vec<String> = cells.iter().map(|cell| self.line(cell)).collect();
                    format!("| {} |\n", cells.join(" | "))
                };
                out.push_str(&row(head));
                out.push_str(&format!("|{}\n", "---|".repeat(head.len())));
                rows.iter().for_each(|cells| out.push_str(&row(cells)));
            }
            Block::Admonition { kind, title, blocks } => {
                let title =
                    title.as_ref().map_or_else(|| kind.to_string(), |title| self.line(title));
                let body = format!("**{title}**\n\n{}", inside(blocks));
                if matches!(*kind, "warning" | "danger" | "caution") {
                    out.push_str(&format!("<div class=\"warning\">\n\n{body}\n\n</div>"));
                } else {
                    out.push_str(&prefixed(&body, "> ", "> "));
                }
            }
            Block::Rule => out.push_str("<hr>"),
            Block::Element(element, blocks) => self.element(element, blocks, out),
        }
    }

    /// Returns inline content on one line, for headings and cells.
    pub(super) fn line(&self, inlines: &[Inline]) -> String {
        let mut out = String::new();
        self.inlines(inlines, &mut out);
        out.replace('\n', " ").trim().to_owned()
    }

    /// Writes tags instead of marks, since marks depend on what stands beside them.
    pub(super) fn inlines(&self, inlines: &[Inline], out: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => out.push_str(&escape(text)),
                Inline::Code(code) => out.push_str(&format!("<code>{}</code>", escape(code))),
                Inline::Formula(formula) => out.push_str(&formula.markdown),
                Inline::Emphasis(children) => self.wrap("em", children, out),
                Inline::Strong(children) => self.wrap("strong", children, out),
                Inline::Strikethrough(children) => self.wrap("del", children, out),
                Inline::Link(link, children) => self.link(*link, children, out),
                Inline::Image(image, alt) => self.image(*image, alt, out),
                Inline::FootnoteRef(number, _) => out.push_str(&format!("[^{}]", number + 1)),
                Inline::SoftBreak => out.push('\n'),
                Inline::HardBreak => out.push_str("<br>\n"),
                Inline::Element(element, children) => self.inline_element(element, children, out),
            }
        }
    }

    /// Writes a small image into the page itself: documentation has no other files. Browsers run
    /// nothing in an SVG that stands in `img`.
    fn image(&self, image: usize, alt: &str, out: &mut String) {
        let found = &self.article.document.images[image];
        let asset = found.file.as_ref().and_then(|file| self.docs.almanac.assets.get(file));
        let address = asset
            .filter(|_| !found.refused)
            .and_then(|asset| Some((self.docs.in_place.address(asset)?, asset.header)));
        let Some((address, header)) = address else {
            return out.push_str(&format!("<em>{}</em>", escape(alt)));
        };
        out.push_str(&format!("<img alt=\"{}\"", escape_attribute(alt)));
        if let Some(title) = &found.title {
            out.push_str(&format!(" title=\"{}\"", escape_attribute(title)));
        }
        let size = format!("width=\"{}\" height=\"{}\"", header.width, header.height);
        // Narrow screens keep the proportions.
        let style = "style=\"max-width:100%;height:auto\"";
        out.push_str(&format!(" {size} {style} src=\"{address}\">"));
    }

    pub(super) fn wrap(&self, tag: &str, children: &[Inline], out: &mut String) {
        out.push_str(&format!("<{tag}>"));
        self.inlines(children, out);
        out.push_str(&format!("</{tag}>"));
    }

    pub(super) fn link(&self, link: usize, children: &[Inline], out: &mut String) {
        let mut text = String::new();
        self.inlines(children, &mut text);
        let destination = match &self.article.targets[link] {
            None => return out.push_str(&text),
            Some(Target::Article(to)) if *to == self.number => return out.push_str(&text),
            Some(Target::Article(to)) => self.docs.path(*to),
            Some(Target::Section(to, section)) if *to == self.number => {
                format!("#{}", self.docs.ids[*to][*section])
            }
            Some(Target::Section(to, section)) => {
                format!("{}#{}", self.docs.path(*to), self.docs.ids[*to][*section])
            }
            Some(Target::Category(to)) => {
                self.docs.module_path(&self.docs.almanac.categories[*to].modules)
            }
            Some(Target::Web(url)) => web_destination(url),
            Some(Target::Email(address)) => email_destination(address),
        };
        out.push_str(&format!("[{text}]({destination})"));
    }
}
