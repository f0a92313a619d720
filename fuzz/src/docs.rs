//! Is it Markdown that rustdoc shows and nothing more: no tests, no tags but the compiler's own, no links but to items and the web?

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

const TAGS: [&str; 15] = [
    "<em>",
    "</em>",
    "<strong>",
    "</strong>",
    "<del>",
    "</del>",
    "<code>",
    "</code>",
    "<br>",
    "<hr>",
    "<div class=\"warning\">",
    "</div>",
    "<sup>",
    "</sup>",
    "",
];

/// Panics if an article could do more than be read.
pub fn check(docs: &str) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    for event in Parser::new_ext(docs, options | Options::ENABLE_SMART_PUNCTUATION) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => panic!("a doctest in {docs:?}"),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                assert!(!language.is_empty() && !language.to_lowercase().starts_with("rust"), "a doctest in {docs:?}");
            }
            Event::Html(tag) | Event::InlineHtml(tag) => assert!(TAGS.contains(&tag.trim()), "{tag:?} in {docs:?}"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let known = ["static@crate::", "mod@crate::", "#", "mailto:", "http://", "https://"];
                let lower = dest_url.to_ascii_lowercase();
                assert!(known.iter().any(|begin| lower.starts_with(begin)), "{dest_url:?} in {docs:?}");
            }
            Event::Start(Tag::Image { .. }) => panic!("an image in {docs:?}"),
            _ => {}
        }
    }
}
