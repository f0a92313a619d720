//! A corpus of small Markdown files, compared with what the JavaScript parsers of Docusaurus make
//! of them. Recorded by `tests/oracle/corpus.mjs`.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::document::{Block, Document, Inline, plain, write_plain};
use crate::markdown;

#[derive(Deserialize)]
struct Expected {
    file: String,
    /// Level, text, anchor.
    headings: Vec<(u8, String, String)>,
    /// Text, address.
    links: Vec<(String, String)>,
    /// The words that one sees.
    text: Vec<String>,
    html: RawHtml,
}

/// The result of raw HTML.
#[derive(Deserialize)]
struct RawHtml {
    /// Text, address.
    links: Vec<(String, String)>,
    ids: Vec<String>,
}

/// The known differences, on purpose or because the parsers differ: the file, what differs, and
/// why.
const DIFFERENCES: &[(&str, &str, &str)] = &[
    (
        "admonition-definition-below.md",
        "links",
        "what is defined inside an admonition is known above it too",
    ),
    (
        "admonition-definition-below.md",
        "text",
        "what is defined inside an admonition is known above it too",
    ),
    (
        "admonition-definitions.md",
        "links",
        "`[b][^1]` is a link with a citation behind it, there text",
    ),
    (
        "admonition-definitions.md",
        "text",
        "`[b][^1]` is a link with a citation behind it, there text",
    ),
    ("admonition-not-one.md", "text", "a `:::` that closes nothing is an error here, not text"),
    (
        "admonition-old-title-behind-marker.md",
        "text",
        "there a title without brackets must not stand on an item's first line",
    ),
    (
        "admonition-space-after-colons.md",
        "text",
        "a `:::` that closes nothing is an error here, not text",
    ),
    (
        "bare-email.md",
        "links",
        "`mailto:n@o.example` is read as a text directive there; here the address is a link",
    ),
    (
        "bare-url-brackets.md",
        "links",
        "a bracket that was opened in the address ends it, there it doesn't belong to it",
    ),
    ("bare-url-broken.md", "links", "what doesn't parse as an address is text"),
    (
        "bare-url-cut-by-markup.md",
        "links",
        "addresses are found after the inline markup, not before it",
    ),
    (
        "bare-url-cut-by-markup.md",
        "text",
        "addresses are found after the inline markup, not before it",
    ),
    ("bare-url-entities.md", "links", "entities in a bare address are decoded here"),
    ("bare-url-entities.md", "text", "entities in a bare address are decoded here"),
    ("bare-url-followed.md", "links", "addresses are found after the inline markup, not before it"),
    ("bare-url-followed.md", "text", "addresses are found after the inline markup, not before it"),
    ("bare-url-in-table.md", "links", "an escaped pipe in a table is a pipe, in an address too"),
    ("bare-url-in-table.md", "text", "an escaped pipe in a table is a pipe, in an address too"),
    ("bare-www.md", "links", "`www.` with nothing behind it is no address"),
    ("footnote-brackets.md", "text", "the label of a citation may hold a space"),
    ("footnote-heading-inside.md", "headings", "headings in notes are listed last by this test"),
    (
        "heading-directive-like.md",
        "headings",
        "`a:b` is a text directive there, which drops `:b` from the anchor",
    ),
    (
        "heading-punctuation.md",
        "headings",
        "`d:e` is a text directive there, which drops `:e` from the anchor",
    ),
    (
        "html-addresses.md",
        "text",
        "an address in angle brackets is text in raw HTML, there a tag that nobody sees",
    ),
    (
        "html-in-headings.md",
        "headings",
        "expressions are left out, alternative text of raw HTML counts",
    ),
    ("html-in-headings.md", "text", "expressions are left out"),
    ("html-in-links.md", "links", "alternative text of raw HTML counts"),
    ("html-in-links.md", "text", "raw HTML in alternative text is left out"),
    ("table-excess-cells.md", "text", "an escaped pipe behind a backslash is a pipe here"),
    ("table-escaped-pipes.md", "text", "an escaped pipe behind a backslash is a pipe here"),
    ("task-list-nested.md", "text", "an empty task keeps its box here, there it is text"),
    ("text-math-like.md", "text", "`H~2~O` strikes through there, not here"),
];

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn joined(inlines: &[Inline]) -> String {
    words(&plain(inlines)).join(" ")
}

/// Every heading with its place in document order.
fn headings(document: &Document) -> Vec<(u8, String, String)> {
    fn inside(blocks: &[Block], found: &mut Vec<(u8, String, String)>) {
        for block in blocks {
            match block {
                Block::Heading { level, anchor, title } => {
                    found.push((*level, joined(title), anchor.clone()))
                }
                Block::Quote(blocks)
                | Block::Admonition { blocks, .. }
                | Block::Element(_, blocks) => inside(blocks, found),
                Block::List { items, .. } => {
                    items.iter().for_each(|item| inside(&item.blocks, found))
                }
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    if let (Some(heading), Some(anchor)) = (&document.heading, &document.heading_anchor) {
        found.push((1, joined(heading), anchor.clone()));
    }
    inside(&document.lead, &mut found);
    for section in &document.sections {
        found.push((section.level, joined(&section.title), section.anchor.clone()));
        inside(&section.blocks, &mut found);
    }
    document.footnotes.iter().for_each(|note| inside(&note.blocks, &mut found));
    found
}

/// Returns the links of Markdown.
fn links(document: &Document) -> Vec<(String, String)> {
    fn inside(inlines: &[Inline], document: &Document, found: &mut Vec<(String, String)>) {
        for inline in inlines {
            match inline {
                Inline::Link(link, children) => {
                    found.push((joined(children), document.links[*link].destination.clone()))
                }
                Inline::Emphasis(children)
                | Inline::Strong(children)
                | Inline::Strikethrough(children)
                | Inline::Element(_, children) => inside(children, document, found),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    each(document, true, &mut |inlines| inside(inlines, document, &mut found));
    found
}

/// Returns the links of raw HTML.
fn html_links(document: &Document) -> Vec<(String, String)> {
    let markdown = links(document);
    let all = document.link_order.iter().map(|&link| {
        let link = &document.links[link];
        (words(&link.text).join(" "), link.destination.clone())
    });
    let mut rest = markdown.into_iter().peekable();
    all.filter(|link| rest.next_if_eq(link).is_none()).collect()
}

/// Returns all inline content in document order, footnotes last.
fn each(document: &Document, notes: bool, visit: &mut impl FnMut(&[Inline])) {
    document.heading.iter().for_each(|heading| visit(heading));
    each_inlines(&document.lead, visit);
    for section in &document.sections {
        visit(&section.title);
        each_inlines(&section.blocks, visit);
    }
    if notes {
        document.footnotes.iter().for_each(|note| each_inlines(&note.blocks, visit));
    }
}

/// Calls `visit` with the inline content of every block, at any depth, in document order.
fn each_inlines(blocks: &[Block], visit: &mut impl FnMut(&[Inline])) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines)
            | Block::Plain(inlines)
            | Block::Heading { title: inlines, .. } => visit(inlines),
            Block::Quote(blocks) | Block::Element(_, blocks) => each_inlines(blocks, visit),
            Block::Admonition { title, blocks, .. } => {
                title.iter().for_each(|title| visit(title));
                each_inlines(blocks, visit);
            }
            Block::List { items, .. } => {
                items.iter().for_each(|item| each_inlines(&item.blocks, visit))
            }
            Block::Table { head, rows, .. } => {
                head.iter().chain(rows.iter().flatten()).for_each(|cell| visit(cell))
            }
            Block::Code { .. } | Block::Formula(_) | Block::Rule => {}
        }
    }
}

/// Returns the words of the document, code included, in document order.
fn text(document: &Document) -> Vec<String> {
    fn inside(blocks: &[Block], text: &mut String) {
        for block in blocks {
            match block {
                Block::Code { text: code, .. } => text.push_str(code),
                Block::Quote(blocks) | Block::Element(_, blocks) => inside(blocks, text),
                Block::Admonition { title, blocks, .. } => {
                    title.iter().for_each(|title| write_plain(title, text));
                    text.push(' ');
                    inside(blocks, text);
                }
                Block::List { items, .. } => {
                    items.iter().for_each(|item| inside(&item.blocks, text))
                }
                other => each_inlines(std::slice::from_ref(other), &mut |inlines| {
                    write_plain(inlines, text);
                    text.push(' ');
                }),
            }
            text.push(' ');
        }
    }
    let mut text = document.heading.as_ref().map_or(String::new(), |heading| plain(heading) + " ");
    inside(&document.lead, &mut text);
    for section in &document.sections {
        text.push_str(&plain(&section.title));
        text.push(' ');
        inside(&section.blocks, &mut text);
    }
    words(&text)
}

#[test]
fn agrees_with_the_parsers_of_docusaurus() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/oracle");
    let expected: Vec<Expected> =
        serde_json::from_str(&fs::read_to_string(folder.join("corpus.json")).unwrap()).unwrap();
    assert!(expected.len() >= 120);
    let mut wrong = Vec::new();
    let mut differences: Vec<(String, &str)> = Vec::new();
    for Expected {
        file,
        headings: expected_headings,
        links: expected_links,
        text: expected_text,
        html,
    } in expected
    {
        let source = fs::read_to_string(folder.join("corpus").join(&file)).unwrap();
        let (document, _) = markdown::parse(&source, 0, 0, false);
        let mut check = |what: &'static str, found: String, expected: String| {
            if found != expected {
                differences.push((file.clone(), what));
                if !DIFFERENCES.iter().any(|(known, kind, _)| *known == file && *kind == what) {
                    wrong
                        .push(format!("{file}: {what}\n  found    {found}\n  expected {expected}"));
                }
            }
        };
        check("headings", format!("{:?}", headings(&document)), format!("{expected_headings:?}"));
        check("links", format!("{:?}", links(&document)), format!("{expected_links:?}"));
        check("text", format!("{:?}", text(&document)), format!("{expected_text:?}"));
        check("html links", format!("{:?}", html_links(&document)), format!("{:?}", html.links));
        let known = |id: &&String| {
            document.sections.iter().any(|section| section.anchor == **id)
                || document.inner_anchors.iter().any(|(anchor, _)| anchor == *id)
        };
        let found: Vec<&String> = html.ids.iter().filter(known).collect();
        check("html ids", format!("{found:?}"), format!("{:?}", html.ids));
    }
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
    // The list stays true: a difference that has gone leaves it.
    for (file, what, _) in DIFFERENCES {
        assert!(
            differences.iter().any(|(known, kind)| known == file && kind == what),
            "{file} no longer differs in {what}"
        );
    }
}
