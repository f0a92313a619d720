//! An article as plain text: what one sees. Blocks stand apart by a blank line, list items and
//! table rows by a newline, cells by a tab; footnote markers are left out.

use std::ops::Range;

use super::document::{Block, FormulaText, Inline, Item, write_cited};

/// Appends blocks to a text.
pub fn write(blocks: &[Block], text: &mut String) {
    write_lines(blocks, text);
}

/// Appends blocks to a text and returns the lines of it.
pub fn write_lines(blocks: &[Block], text: &mut String) -> Vec<Line> {
    write_with(blocks, FormulaText::Source, text)
}

/// Appends blocks to a text that is searched and not read.
#[cfg(feature = "search")]
pub fn write_words(blocks: &[Block], text: &mut String) {
    write_with(blocks, FormulaText::Words, text);
}

fn write_with(blocks: &[Block], formulas: FormulaText, text: &mut String) -> Vec<Line> {
    let mut writer = Writer { text, formulas, lines: Vec::new() };
    writer.blocks(blocks);
    writer.lines
}

/// A part that was written without a break between blocks: a paragraph, a whole table. Empty for a
/// paragraph that only cites.
#[derive(Debug, Default)]
pub struct Line {
    pub range: Range<usize>,
    pub kind: LineKind,
    /// The footnotes cited, each with the byte of the text at which it is.
    pub cited: Vec<(usize, usize)>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineKind {
    #[default]
    Sentences,
    /// A table, code or a formula: nothing that one may read a part of.
    Whole,
    /// The title of what follows.
    Title,
}

/// Returns the white space between two blocks.
fn separator(before: &Block, after: &Block) -> &'static str {
    let tag = |block: &Block| match block {
        Block::Element(element, _) => element.tag,
        _ => "",
    };
    match (tag(before), tag(after)) {
        ("td" | "th", "td" | "th") => "\t",
        (
            "li" | "dt" | "dd" | "tr" | "caption" | "thead" | "tbody" | "tfoot",
            "li" | "dt" | "dd" | "tr" | "thead" | "tbody" | "tfoot",
        ) => "\n",
        _ => match (before, after) {
            // The text of a list item and the list under it belong together.
            (Block::Plain(_), Block::List { .. }) => "\n",
            (Block::Plain(_), Block::Element(list, _)) if matches!(list.tag, "ul" | "ol") => "\n",
            _ => "\n\n",
        },
    }
}

struct Writer<'t> {
    text: &'t mut String,
    formulas: FormulaText,
    lines: Vec<Line>,
}

impl Writer<'_> {
    /// Writes blocks: what stands before them in the text doesn't matter.
    fn blocks(&mut self, blocks: &[Block]) {
        let start = self.text.len();
        for (index, block) in blocks.iter().enumerate() {
            let before = self.text.len();
            if before > start {
                self.text.push_str(separator(&blocks[index - 1], block));
            }
            let (content, first) = (self.text.len(), self.lines.len());
            self.block(block);
            if self.text.len() == content {
                self.text.truncate(before);
                self.lines[first..].iter_mut().for_each(|line| line.range = before..before);
            }
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(inlines) | Block::Plain(inlines) => {
                self.line(inlines, LineKind::Sentences);
            }
            Block::Heading { title, .. } => self.line(title, LineKind::Title),
            Block::Code { text: code, .. } => self.whole(|writer| {
                writer.text.push_str(code.trim_end_matches('\n'));
            }),
            Block::Formula(formula) => {
                self.whole(|writer| writer.text.push_str(&formula.text(writer.formulas)));
            }
            Block::Quote(blocks) => self.blocks(blocks),
            Block::List { items, .. } => {
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        self.text.push('\n');
                    }
                    self.item(item);
                }
            }
            Block::Table { head, rows, .. } => self.whole(|writer| {
                for (index, row) in std::iter::once(head).chain(rows).enumerate() {
                    if index > 0 {
                        writer.text.push('\n');
                    }
                    for (index, cell) in row.iter().enumerate() {
                        if index > 0 {
                            writer.text.push('\t');
                        }
                        writer.line(cell, LineKind::Sentences);
                    }
                }
            }),
            Block::Admonition { title, blocks, .. } => {
                if let Some(title) = title {
                    self.line(title, LineKind::Title);
                    if !blocks.is_empty() {
                        self.text.push_str("\n\n");
                    }
                }
                self.blocks(blocks);
            }
            Block::Rule => {}
            Block::Element(element, blocks) => match element.tag {
                // A row is a line.
                "td" | "th" => self.whole(|writer| {
                    let start = writer.text.len();
                    writer.blocks(blocks);
                    let cell = writer.text.split_off(start);
                    let words: Vec<&str> = cell.split_whitespace().collect();
                    writer.text.push_str(&words.join(" "));
                }),
                "table" | "pre" => self.whole(|writer| writer.blocks(blocks)),
                _ => self.blocks(blocks),
            },
        }
    }

    fn item(&mut self, item: &Item) {
        let (start, first) = (self.text.len(), self.lines.len());
        match item.checked {
            Some(true) => self.text.push_str("[x] "),
            Some(false) => self.text.push_str("[ ] "),
            None => {}
        }
        self.blocks(&item.blocks);
        // The check box belongs to the first line.
        match self.lines.get_mut(first) {
            Some(line) => line.range.start = start,
            None => self.lines.push(Line { range: start..self.text.len(), ..Line::default() }),
        }
    }

    /// Makes one line of all that is written.
    fn whole(&mut self, write: impl FnOnce(&mut Self)) {
        let (start, first) = (self.text.len(), self.lines.len());
        write(self);
        let inside = self.lines.drain(first..);
        let cited = inside.flat_map(|line| line.cited).map(|(footnote, _)| (footnote, start));
        let cited = cited.collect();
        let range = start..self.text.len();
        self.lines.push(Line { range, kind: LineKind::Whole, cited });
    }

    fn line(&mut self, inlines: &[Inline], kind: LineKind) {
        let start = self.text.len();
        let mut line = String::new();
        let mut cited = Vec::new();
        write_cited(inlines, self.formulas, &mut line, &mut |footnote, at| {
            cited.push((footnote, at))
        });
        let (before, shown) = (line.len() - line.trim_start().len(), line.trim());
        self.text.push_str(shown);
        for (_, at) in &mut cited {
            *at = start + at.saturating_sub(before).min(shown.len());
        }
        self.lines.push(Line { range: start..self.text.len(), kind, cited });
    }
}

/// Returns the number of words of a text: runs without white space that hold a letter or digit;
/// each Chinese or Japanese character is one.
pub fn words(text: &str) -> u32 {
    let mut count = 0;
    let mut in_word = false;
    for character in text.chars() {
        let ideograph = !character.is_ascii()
            && matches!(
                character,
                '\u{3040}'..='\u{30ff}'
                    | '\u{31f0}'..='\u{31ff}'
                    | '\u{3400}'..='\u{4dbf}'
                    | '\u{4e00}'..='\u{9fff}'
                    | '\u{f900}'..='\u{faff}'
                    | '\u{20000}'..='\u{3ffff}'
            );
        if ideograph {
            count += 1;
            in_word = false;
        } else if character.is_whitespace() {
            in_word = false;
        } else if !in_word && character.is_alphanumeric() {
            in_word = true;
            count += 1;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown;

    fn text(body: &str) -> String {
        let mut text = String::new();
        write(&markdown::parse(body, 0, 0, false).0.lead, &mut text);
        text
    }

    #[test]
    fn what_one_sees() {
        assert_eq!(
            text("A *b* `c`[^1] <!-- x --> ![alt](x.png)\nd  \ne\n\n[^1]: note\n"),
            "A b c  alt d\ne"
        );
        assert_eq!(
            text("- one\n  - two\n- [x] three\n\n1. a\n\n   b\n2. c"),
            "one\ntwo\n[x] three\n\na\n\nb\nc"
        );
        assert_eq!(
            text("| a | b |\n|---|---|\n| c | d |\n\n---\n\n> quote\n>\n> more"),
            "a\tb\nc\td\n\nquote\n\nmore"
        );
        assert_eq!(
            text(":::tip[The *title*]\n\ninside\n\n:::\n\n```rust\nfn x() {}\n```\n"),
            "The title\n\ninside\n\nfn x() {}"
        );
    }

    #[test]
    fn words_of_all_scripts() {
        assert_eq!(words("One two-three — 4 ... it's"), 4);
        assert_eq!(words("AI芯片 日本"), 5);
        assert_eq!(words(""), 0);
    }
}
