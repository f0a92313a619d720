//! An article as plain text: what one sees. Blocks stand apart by a blank line, list items and table rows by a newline,
//! cells by a tab; footnote markers are left out.

use super::document::{Block, Inline, write_plain};

/// Appends blocks to a text.
pub fn write(blocks: &[Block], text: &mut String) {
    for (index, block) in blocks.iter().enumerate() {
        let before = text.len();
        if index > 0 && !text.is_empty() {
            text.push_str(separator(&blocks[index - 1], block));
        }
        let content = text.len();
        write_block(block, text);
        if text.len() == content {
            text.truncate(before);
        }
    }
}

/// What stands between two blocks.
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
            // What a list item says and the list under it belong together.
            (Block::Plain(_), Block::List { .. }) => "\n",
            (Block::Plain(_), Block::Element(list, _)) if matches!(list.tag, "ul" | "ol") => "\n",
            _ => "\n\n",
        },
    }
}

fn write_block(block: &Block, text: &mut String) {
    match block {
        Block::Paragraph(inlines)
        | Block::Plain(inlines)
        | Block::Heading { title: inlines, .. } => write_line(inlines, text),
        Block::Code { text: code, .. } => text.push_str(code.trim_end_matches('\n')),
        Block::Quote(blocks) => write_apart(blocks, text),
        Block::List { items, .. } => {
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    text.push('\n');
                }
                match item.checked {
                    Some(true) => text.push_str("[x] "),
                    Some(false) => text.push_str("[ ] "),
                    None => {}
                }
                write_apart(&item.blocks, text);
            }
        }
        Block::Table { head, rows, .. } => {
            for (index, row) in std::iter::once(head).chain(rows).enumerate() {
                if index > 0 {
                    text.push('\n');
                }
                for (index, cell) in row.iter().enumerate() {
                    if index > 0 {
                        text.push('\t');
                    }
                    write_line(cell, text);
                }
            }
        }
        Block::Admonition { title, blocks, .. } => {
            if let Some(title) = title {
                write_line(title, text);
                if !blocks.is_empty() {
                    text.push_str("\n\n");
                }
            }
            write_apart(blocks, text);
        }
        Block::Rule => {}
        Block::Element(element, blocks) => match element.tag {
            // A row is a line.
            "td" | "th" => {
                let mut cell = String::new();
                write(blocks, &mut cell);
                text.push_str(&cell.split_whitespace().collect::<Vec<_>>().join(" "));
            }
            _ => write_apart(blocks, text),
        },
    }
}

/// Blocks of their own: what stands before them in the text doesn't matter.
fn write_apart(blocks: &[Block], text: &mut String) {
    let mut inside = String::new();
    write(blocks, &mut inside);
    text.push_str(&inside);
}

fn write_line(inlines: &[Inline], text: &mut String) {
    let mut line = String::new();
    write_plain(inlines, &mut line);
    text.push_str(line.trim());
}

/// How many words a text has: runs without white space that hold a letter or digit; each Chinese or Japanese character is
/// one.
pub fn words(text: &str) -> u32 {
    let mut count = 0;
    let mut in_word = false;
    for character in text.chars() {
        let ideograph = !character.is_ascii()
            && matches!(character, '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
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
        write(&markdown::parse(body, 0, 0).0.lead, &mut text);
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
