//! Raw HTML in the documentation of an article.

use super::escape::{escape, prefixed};
use super::page::Page;
use crate::document::{Block, Element, Inline, is_phrasing};
use crate::text;

impl Page<'_> {
    /// Writes an element of raw HTML, as Markdown where there is such: a tag at the start of a line
    /// would open a block in which escapes don't count.
    pub(super) fn element(&self, element: &Element, blocks: &[Block], out: &mut String) {
        match element.tag {
            "blockquote" => {
                let mut inside = String::new();
                self.blocks(blocks, &mut inside);
                out.push_str(&prefixed(inside.trim_end(), "> ", "> "));
            }
            "ul" | "ol" => {
                for (index, block) in blocks.iter().enumerate() {
                    let marker = match element.tag {
                        "ul" => "- ".to_owned(),
                        _ => format!("{}. ", index + 1),
                    };
                    let mut inside = String::new();
                    match block {
                        Block::Element(_, blocks) => self.blocks(blocks, &mut inside),
                        block => self.block(block, &mut inside),
                    }
                    let rest = " ".repeat(marker.len());
                    out.push_str(&prefixed(inside.trim_end(), &marker, &rest));
                    out.push('\n');
                }
            }
            "table" => self.element_table(blocks, out),
            "pre" => {
                let mut code = String::new();
                text::write(blocks, &mut code);
                self.block(&Block::Code { language: None, text: code }, out);
            }
            "details" => {
                out.push_str("<details>\n\n");
                self.blocks(blocks, out);
                out.push_str("</details>");
            }
            "summary" => {
                let summary = self.flat(blocks);
                out.push_str(&format!("<summary>\n\n{summary}\n\n</summary>"));
            }
            "dt" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                out.push_str(&format!("**{}**", self.flat(blocks)));
            }
            _ => {
                let mut inside = String::new();
                self.blocks(blocks, &mut inside);
                out.push_str(inside.trim_end());
            }
        }
    }

    /// Writes a table of raw HTML; its first row is the header.
    fn element_table(&self, blocks: &[Block], out: &mut String) {
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut pending: Vec<&Block> = blocks.iter().rev().collect();
        while let Some(block) = pending.pop() {
            match block {
                Block::Element(row, cells) if row.tag == "tr" => {
                    rows.push(
                        cells.iter().map(|cell| self.flat(std::slice::from_ref(cell))).collect(),
                    );
                }
                Block::Element(part, blocks) if part.tag != "caption" => {
                    pending.extend(blocks.iter().rev());
                }
                block => {
                    out.push_str(&self.flat(std::slice::from_ref(block)));
                    out.push_str("\n\n");
                }
            }
        }
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        for (index, mut row) in rows.into_iter().enumerate() {
            row.resize(width, String::new());
            out.push_str(&format!("| {} |\n", row.join(" | ")));
            if index == 0 {
                out.push_str(&format!("|{}\n", "---|".repeat(width)));
            }
        }
    }

    /// Blocks in one line.
    fn flat(&self, blocks: &[Block]) -> String {
        let mut parts = Vec::new();
        for block in blocks {
            let part = match block {
                Block::Paragraph(inlines)
                | Block::Plain(inlines)
                | Block::Heading { title: inlines, .. } => self.line(inlines),
                Block::Element(_, blocks) => self.flat(blocks),
                block => {
                    let mut shown = String::new();
                    text::write(std::slice::from_ref(block), &mut shown);
                    escape(&shown.split_whitespace().collect::<Vec<_>>().join(" "))
                }
            };
            parts.push(part);
        }
        parts.retain(|part| !part.is_empty());
        parts.join(" ")
    }

    /// Writes an element of raw HTML in a line: those that mean something keep their tags.
    pub(super) fn inline_element(&self, element: &Element, children: &[Inline], out: &mut String) {
        const KEPT: [&str; 12] =
            ["b", "code", "del", "em", "i", "ins", "kbd", "mark", "s", "strong", "sub", "sup"];
        if let Some(link) = element.link {
            return self.link(link, children, out);
        }
        match element.tag {
            "br" => out.push_str("<br>"),
            "samp" | "var" => self.wrap("code", children, out),
            tag if KEPT.contains(&tag) => self.wrap(tag, children, out),
            tag => {
                let apart = if is_phrasing(tag) && tag != "rt" { "" } else { " " };
                out.push_str(apart);
                self.inlines(children, out);
                out.push_str(apart);
            }
        }
    }
}
