//! Tests of an article's documentation as rustdoc shows it: all of its text, and nothing more.

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::escape::{code_language, email_destination, web_destination};
use super::*;

#[test]
fn only_code_spans_count_in_prose() {
    let text = "    As `A B:\n1` <b>\n\n``` x";
    assert_eq!(prose(text), r"&#32;   As `A B: 1` \<b\>  \`\`\` x");
}

#[test]
fn no_block_is_a_test() {
    for language in [
        "rust",
        "rust,ignore",
        "should_panic",
        "no_run",
        "compile_fail",
        "edition2021",
        "E0425",
        "Rust",
        "ignore-wasm",
        "{.x}",
        "a b",
    ] {
        assert_eq!(code_language(Some(language)), "text", "{language}");
    }
    assert_eq!(code_language(Some("python")), "python");
    assert_eq!(code_language(None), "text");
}

#[test]
fn text_stays_text() {
    assert_eq!(escape("    panic!()"), r"&#32;   panic\!\(\)");
    assert_eq!(escape("\u{0}\tx"), "&#32; x");
    assert_eq!(escape("&lt;b&gt; &amp;"), r"\&lt;b\&gt; \&amp;");
    assert_eq!(
        escape("[x] <b> `c` # *d* https://a.b"),
        r"\[x\] \<b\> \`c\` \# \*d\* https\:\/\/a\.b"
    );
}

#[test]
fn destinations_end_where_they_should() {
    // Its scheme and its host are checked; what is in the rest must not end the link.
    for (address, read) in [
        ("a@b.example", "mailto:a%40b.example"),
        ("<a>@b.example", "mailto:a%40b.example"),
        ("a\\>x<@b.example", "mailto:ax%40b.example"),
        ("a&copy;@b.example", "mailto:a&copy;%40b.example"),
    ] {
        assert_eq!(destination(&email_destination(address)), read);
    }
    for (address, read) in [
        ("https://a.example/?b=1&copy;=2", "https://a.example/?b=1&copy;=2"),
        ("https://a.example/\\>)x", "https://a.example/%5C%3E)x"),
        ("https://a.example/(b", "https://a.example/(b"),
    ] {
        assert_eq!(destination(&web_destination(address)), read);
    }
}

/// Returns what a parser reads as the destination of a link.
fn destination(written: &str) -> String {
    let text = format!("[x]({written}) y");
    let mut links = Parser::new(&text).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
        _ => None,
    });
    links.next().unwrap_or_else(|| panic!("{text} has no link"))
}

/// Returns the text of Markdown in which there is nothing but text.
fn text_of(markdown: &str) -> Option<String> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let mut text = String::new();
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(Tag::Paragraph) | Event::End(_) => {}
            Event::Text(part) => text.push_str(&part),
            _ => return None,
        }
    }
    Some(text)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn escaped_text_is_read_as_it_is(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "&", "amp;", "lt;", "#65;", "<", ">", "b", "/", "[", "]", "(", ")", "*", "_", "~~",
                "`", "\\",
                "!", "#", "- ", "1. ", "1) ", "+ ", "> ", "|", ":", "---", "===", "\n", "\t", " ",
                "'", "\"",
                "...", "--", "{", "}", "@", "^", "=", "$", "http://a.example", "static@x", "\u{0}",
                "\u{85}", "é",
            ]),
            0..20,
        )
    ) {
        let text = parts.concat();
        let unseen = |one: char| if one.is_whitespace() || one.is_control() { ' ' } else { one };
        let shown: String = text.chars().map(unseen).collect();
        let read = text_of(&escape(&text));
        let read = read.as_deref().map(str::trim);
        prop_assert_eq!(read, Some(shown.trim()), "{:?}", text);
    }
}
