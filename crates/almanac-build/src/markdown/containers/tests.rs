//! Tests of the parser's input: every line stands where it belongs.

use proptest::prelude::*;
use pulldown_cmark::{Event, Parser, Tag};

use super::*;
use crate::markdown::options;

/// Returns the masked text of a body.
fn masked(body: &str) -> String {
    mask(body, 0, 0, false).0.text.into_owned()
}

#[test]
fn admonitions_become_quotes() {
    assert_eq!(masked("a\n:::note\nb\n\n  - c\n  :::\nd"), "a\n<??>\n>\n> b\n> \n>   - c\n<??>\nd");
    assert_eq!(masked("> :::note\r\n> b\r\n> :::\r\n"), "> <??>\n> >\r\n> > b\r\n> <??>\r\n");
    // The lines are as far to the left as the opening one.
    assert_eq!(masked("  :::note\n  b\n\n   c\n:::\n"), "<??>\n>\n> b\n> \n>  c\n<??>\n");
    assert_eq!(masked("- :::note\n  b\nc\n"), "- <??>\n  >\n  > b\n<??>\nc\n");
    assert_eq!(masked("a\rb\r:::note\rc\r:::"), "a\rb\r<??>\n>\r> c\r<??>");
    for text in ["```\n:::note\n```\n", "    :::note\n", "<!--\n:::note\n-->\n", "text :::\n"] {
        assert_eq!(masked(text), text);
    }
}

#[test]
fn tabs_keep_their_columns() {
    assert_eq!(masked(":::note\n\tcode\n:::\n"), "<??>\n>\n>     code\n<??>\n");
    assert_eq!(masked("-\t:::note\n\tb\n\t\tc\n"), "-   <??>\n    >\n    > b\n    >     c\n");
    assert_eq!(masked(":::note\n```\n\tc\n```\n:::\n"), "<??>\n>\n> ```\n> \tc\n> ```\n<??>\n");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// The parser reads as quotes what is meant as such: both agree on what contains what.
    /// (Not where tabs stand between marks: the parser counts their columns otherwise.)
    #[test]
    fn the_parser_finds_every_admonition(pieces in prop::collection::vec(prop::sample::select(vec![
        ":::note\n", ":::\n", "::::tip[x]\n", "::::\n", "  :::note\n", "> ", "- ", "1. ", "10) ",
        "  ",
        "    ", "\n\tx\n", "\n", "\n\n", "a", "```\n", "~~~\n", "<div>\n", "<b>\n", "<!--", "-->",
        "[^1]: ",
        "---\n", "# ", "===\n", "| a |\n|---|\n", "\r\n", "<pre>\n", "</pre>\n", "* * *\n", "+",
    ]), 0..40)) {
        let body = pieces.concat();
        let (masked, _) = mask(&body, 0, 0, false);
        let mut quotes = 0;
        for (event, span) in Parser::new_ext(&masked.text, options(false)).into_offset_iter() {
            prop_assert!(body.is_char_boundary(masked.map.offset(span.start)));
            quotes += usize::from(matches!(event, Event::Start(Tag::BlockQuote(_))
                if masked.admonitions.contains_key(&span.start)));
        }
        prop_assert_eq!(quotes, masked.admonitions.len(), "{:?}\n{}", body, masked.text);
    }
}
