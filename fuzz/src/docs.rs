//! Checks that Markdown is what rustdoc shows and nothing more: no tests, no tags but the
//! compiler's own and MathML, no links but to items and the web.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

/// The elements whose tags the compiler writes, without attributes.
const ELEMENTS: [&str; 15] = [
    "b", "code", "del", "details", "div", "em", "i", "ins", "kbd", "mark", "s", "strong", "sub",
    "summary", "sup",
];

/// The elements of formulas.
const MATHML: [&str; 23] = [
    "math",
    "menclose",
    "mfrac",
    "mi",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mroot",
    "mrow",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
];

/// Their attributes.
const ATTRIBUTES: [&str; 16] = [
    "accent",
    "depth",
    "display",
    "displaystyle",
    "height",
    "largeop",
    "linethickness",
    "mathvariant",
    "maxsize",
    "minsize",
    "movablelimits",
    "scriptlevel",
    "stretchy",
    "style",
    "symmetric",
    "width",
];

/// Returns `true` for a tag of MathML with nothing but harmless attributes.
fn is_mathml(tag: &str) -> bool {
    let Some(inside) = tag.strip_prefix('<').and_then(|tag| tag.strip_suffix('>')) else {
        return false;
    };
    let (closing, inside) =
        inside.strip_prefix('/').map_or((false, inside), |inside| (true, inside));
    let (name, mut rest) = inside.split_at(inside.find(' ').unwrap_or(inside.len()));
    while let Some((attribute, after)) =
        rest.strip_prefix(' ').and_then(|rest| rest.split_once("=\""))
    {
        let Some((value, after)) = after.split_once('"') else { return false };
        if value.contains(['<', '>', '&']) || !ATTRIBUTES.contains(&attribute) {
            return false;
        }
        rest = after;
    }
    rest.is_empty() && MATHML.contains(&name) && !(closing && inside.contains(' '))
}

/// Returns `true` for a tag that the compiler writes.
fn is_known(tag: &str) -> bool {
    let name = tag.trim_start_matches("</").trim_start_matches('<').trim_end_matches('>');
    // An image stands in the page itself.
    let image = tag.starts_with("<img alt=\"") && tag.ends_with("\">");
    let is_image = image && tag.contains("\" src=\"data:image/") && tag.matches('<').count() == 1;
    matches!(tag, "" | "<br>" | "<hr>" | "<div class=\"warning\">")
        || is_image
        || ELEMENTS.contains(&name)
        || is_mathml(tag)
}

/// Panics if an article could do more than be read.
pub fn check(docs: &str) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    for event in Parser::new_ext(docs, options | Options::ENABLE_SMART_PUNCTUATION) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                panic!("a doctest in {docs:?}")
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                assert!(
                    !language.is_empty() && !language.to_lowercase().starts_with("rust"),
                    "a doctest in {docs:?}"
                );
            }
            Event::Html(tag) | Event::InlineHtml(tag) => {
                assert!(is_known(tag.trim()), "{tag:?} in {docs:?}")
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let known = [
                    "static@self::",
                    "static@super::",
                    "mod@self::",
                    "mod@super::",
                    "#",
                    "mailto:",
                    "http://",
                    "https://",
                ];
                let lower = dest_url.to_ascii_lowercase();
                assert!(
                    known.iter().any(|begin| lower.starts_with(begin)),
                    "{dest_url:?} in {docs:?}"
                );
            }
            Event::Start(Tag::Image { .. }) => panic!("an image in {docs:?}"),
            _ => {}
        }
    }
}
