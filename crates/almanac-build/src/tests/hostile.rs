//! Input that means harm, and input without meaning: never a panic, never a way out of a literal.

use proptest::prelude::*;

use super::*;

/// Depth that would overflow a stack, were it followed.
const DEEP: usize = 10_000;

#[test]
fn depth_is_refused() {
    for (name, body) in [
        ("quotes", format!("{}x", "> ".repeat(DEEP))),
        ("lists", format!("{}x", "- ".repeat(DEEP))),
        ("emphasis", format!("{}x{}", "*a ".repeat(DEEP), "*".repeat(DEEP))),
        ("brackets", format!("{}x{}", "[".repeat(DEEP), "]".repeat(DEEP))),
        ("links", format!("{}x{}", "[".repeat(DEEP), "](y)".repeat(DEEP))),
        (
            "admonitions",
            (3..3 + DEEP / 20)
                .rev()
                .map(|colons| format!("{}note\n\n", ":".repeat(colons)))
                .collect(),
        ),
    ] {
        let said = report(&[("a.md", &format!("# A\n\n{body}\n"))]);
        assert!(
            name == "brackets" || name == "links" || said.contains("[nesting-too-deep]"),
            "{name}: {}",
            &said[..said.len().min(2000)]
        );
    }
    // Front matter that is deep, and flat front matter that is long.
    assert!(
        report(&[("a.md", &format!("---\ntitle: {}\n---\n\nx\n", "[".repeat(DEEP)))])
            .contains("[front-matter-syntax]")
    );
    assert!(
        report(&[(
            "a.md",
            &format!("---\ntitle: A\nkeywords: [{}]\n---\n\nx\n", "a, ".repeat(DEEP))
        )])
        .is_empty()
    );
}

/// Text that tries to leave a literal, a doc comment, an attribute; it must arrive as it is.
#[test]
fn nothing_leaves_its_literal() {
    let evil = "*/ \"# '\\'' #![feature(x)] {{ }} </script> \\u{202e} \
        \u{202e}\u{2066}rtl\u{200b}\u{feff} ]] --> \\\" ${x} %s \u{85}\u{2028}";
    // YAML folds its own line ends.
    let title = evil.trim_end_matches(['\u{85}', '\u{2028}']);
    let quoted = title.replace('\\', "\\\\").replace('"', "\\\"");
    let file = format!(
        "---\ntitle: \"{quoted}\"\nkeywords: [\"{quoted}\"]\n---\n\n```text\n{evil}\n```\n"
    );
    let compiled = compile_files(&[("a.md", &file)]);
    assert!(!compiled.report.failed, "{}", compiled.report.errors);
    assert!(generated(&compiled, "text.txt").contains(evil));
    let code = generated(&compiled, "almanac.rs");
    // The generated code is tokens, and the literal among them is the text.
    let tokens: proc_macro2::TokenStream = code.parse().expect("the generated code lexes");
    fn literals(tokens: proc_macro2::TokenStream, found: &mut Vec<String>) {
        for token in tokens {
            match token {
                proc_macro2::TokenTree::Group(group) => literals(group.stream(), found),
                proc_macro2::TokenTree::Literal(literal) => found.push(literal.to_string()),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    literals(tokens, &mut found);
    let title = proc_macro2::Literal::string(title).to_string();
    assert!(found.contains(&title), "{title}");
    assert!(
        !code.contains('\u{202e}') && !code.contains('\u{2066}'),
        "rustc denies these in literals"
    );
}

#[test]
fn file_names_of_every_kind() {
    let text = "# T\n\nText.\n";
    for path in [
        "a b.md",
        "a\"b.md",
        "😀x.md",
        "type.md",
        "self.md",
        "crate/self.md",
        "1980s.md",
        "ÄÖ.md",
        "中文/文.md",
        "section/x.md",
        "std/core.md",
        "#.x.md",
    ] {
        let said = report(&[(path, text)]);
        assert!(!said.contains("error"), "{path:?}: {said}");
    }
    // Names that differ only in case make one Rust name.
    assert!(
        report(&[("Ai.md", text), ("ai.md", "# U\n\nText.\n")]).contains("[identifier-collision]")
    );
}

#[test]
fn large_input_stays_linear() {
    // No clock: a quadratic pass over these would take minutes, and the test run would show it.
    let line = "word ".repeat(20_000);
    let links = "[x](https://a.example/) ".repeat(10_000);
    let broken = "[x](./none.md) ".repeat(4_000);
    let stars = "*".repeat(50_000);
    let braces = "{".repeat(50_000);
    for body in [
        &line,
        &links,
        &broken,
        &stars,
        &braces,
        &"<!--".repeat(10_000),
        &"![".repeat(10_000),
        &"a@".repeat(10_000),
        &"`".repeat(50_000),
        &"\n:::note".repeat(50_000),
        &":::note\n\nx\n:::\n".repeat(20_000),
        &":::\n".repeat(10_000),
        &"::: note\n".repeat(10_000),
        &"<div>\n\n".repeat(20_000),
        &"<div>".repeat(50_000),
        &"<ul><li>".repeat(20_000),
        &"<b>".repeat(50_000),
        &"</b>".repeat(50_000),
        &"<a \"".repeat(50_000),
        &"<a id=x></a>\n\n".repeat(20_000),
        &"<a b={".repeat(20_000),
        &"<a b={1 2}> {/*".repeat(10_000),
        &"<p>&foo;&bar;\n\n".repeat(20_000),
        &format!("{}\n\n[^1]: x", "[a[^1]](#) ".repeat(20_000)),
        &"[[a]] [[".repeat(20_000),
        &"[a]: x\n".repeat(20_000),
        &"[^1]: x\n".repeat(20_000),
        &"| a |\n|-|\n| b | c |\n<b>\n\n".repeat(10_000),
    ] {
        drop(compile_files(&[("a.md", &format!("# A\n\n{body}\n"))]));
    }
}

/// Pieces of Markdown that mean something, to be put together at random.
fn markdown() -> impl Strategy<Value = String> {
    let pieces = [
        "# ",
        "## ",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "1. ",
        "    ",
        "```",
        "`",
        "*",
        "**",
        "_",
        "~~",
        "[",
        "](",
        ")",
        "[^1]",
        "[^1]: ",
        "[a]: ",
        "![",
        "<b>",
        "</b>",
        "<div>",
        "</div>\n\n",
        "<a href=\"x.md\">",
        "</a>",
        "<li>",
        "<ul>",
        "<table><tr><td>",
        "</td></tr></table>",
        "<details>\n\n",
        "<summary>",
        "</details>",
        "<pre>",
        "<script>",
        "<Tabs>",
        "<b c={d e}\n>",
        "{/* a\n b */}",
        "<br>",
        "    panic!()\n",
        "<!--",
        "-->",
        ":::note",
        ":::",
        "::::tip[x]",
        "| a | b |\n|---|---|\n",
        "http://",
        "https://a.example/",
        "www.a.b",
        "a@b.co",
        "{#id}",
        "{",
        "}",
        "\\",
        "&amp;",
        "&#0;",
        "\u{0}",
        "é",
        "漢",
        "\u{202e}",
        "😀",
        "\r\n",
        "\r",
        "\t",
        "---",
        "===",
        "text ",
        "./a.md",
        "#x",
        "javascript:",
        "- [ ] ",
        "- **2019**: ",
        "## Timeline\n\n",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..60)
        .prop_map(|pieces| pieces.concat())
}

fn front_matter() -> impl Strategy<Value = String> {
    let pieces = [
        "title: ",
        "id: ",
        "slug: ",
        "keywords: ",
        "sidebar_position: ",
        "last_update: ",
        "profile: ",
        "kind: ",
        "company",
        "\n",
        "  ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ": ",
        ", ",
        "\"",
        "'",
        "&a ",
        "*a",
        "!t ",
        "|",
        ">",
        "#",
        "null",
        "true",
        "1",
        "2019-01-01",
        "x",
        "é",
        "\u{2028}",
        "\t",
        "---",
        "...",
        "<<",
        "? ",
        "\\",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..40)
        .prop_map(|pieces| pieces.concat())
}

/// Whatever comes in: no panic, and either a failed report or code that lexes.
fn survives(files: &[(&str, &str)]) {
    let compiled = compile_files(files);
    if !compiled.report.failed {
        let tokens: Result<proc_macro2::TokenStream, _> =
            generated(&compiled, "almanac.rs").parse();
        tokens.expect("the generated code lexes");
        assert!(!generated(&compiled, "html.txt").contains("href=\"javascript:"));
        let docs = compiled.files.iter().filter(|(name, _)| name.starts_with("docs/"));
        docs.for_each(|(_, bytes)| is_read_only(std::str::from_utf8(bytes).unwrap()));
    }
}

/// Panics if documentation could do more than be read: tests, tags but the compiler's own,
/// pictures.
fn is_read_only(docs: &str) {
    use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
    const ELEMENTS: [&str; 15] = [
        "b", "code", "del", "details", "div", "em", "i", "ins", "kbd", "mark", "s", "strong",
        "sub", "summary", "sup",
    ];
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    for event in Parser::new_ext(docs, options | Options::ENABLE_SMART_PUNCTUATION) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => panic!("a test in {docs:?}"),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                assert!(
                    !language.is_empty() && !language.to_lowercase().starts_with("rust"),
                    "a test in {docs:?}"
                );
            }
            Event::Html(tag) | Event::InlineHtml(tag) => {
                let tag = tag.trim();
                let name =
                    tag.trim_start_matches("</").trim_start_matches('<').trim_end_matches('>');
                let known = matches!(tag, "" | "<br>" | "<hr>" | "<div class=\"warning\">")
                    || ELEMENTS.contains(&name);
                assert!(known, "{tag:?} in {docs:?}");
            }
            Event::Start(Tag::Image { .. }) => panic!("an image in {docs:?}"),
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        survives(&[("a.md", &String::from_utf8_lossy(&bytes))]);
    }

    #[test]
    fn arbitrary_text(text in "\\PC{0,200}") {
        survives(&[("a.md", &text), ("_category_.yml", &text)]);
    }

    #[test]
    fn arbitrary_front_matter(front in front_matter()) {
        survives(&[("a.md", &format!("---\n{front}\n---\n\ntext\n")), ("_category_.yml", &front)]);
    }

    #[test]
    fn arbitrary_markdown(one in markdown(), two in markdown()) {
        survives(&[("a.md", &one), ("b/b.md", &two)]);
    }
}

/// Findings of fuzzing: text that became code in the documentation, and code there can be a test;
/// tags that opened a block in which escapes don't count.
#[test]
fn documentation_holds_no_code_but_fenced() {
    let compiled = compile_files(&[
        (
            "a.md",
            "---\ntitle: \"    panic!()\"\n---\n\n\
            &#32;&#32;&#32;&#32;panic!(&quot;I ran&quot;);\n\n**<b></b>\n&lt;img src=x&gt;**\n\n\
            - \u{0}\u{0}\u{0}\u{0}\u{0}x\n",
        ),
        ("b/_category_.yml", "label: \"     let x: u8 = 1000;\"\n"),
        ("b/b.md", "# B\n\nText.\n"),
    ]);
    for (name, bytes) in compiled.files.iter().filter(|(name, _)| name.starts_with("docs/")) {
        let text = std::str::from_utf8(bytes).unwrap();
        let events: Vec<pulldown_cmark::Event> = pulldown_cmark::Parser::new(text).collect();
        let code = events.iter().any(|event| {
            matches!(
                event,
                pulldown_cmark::Event::Start(pulldown_cmark::Tag::CodeBlock(
                    pulldown_cmark::CodeBlockKind::Indented
                ))
            )
        });
        assert!(!code, "{name}: {text}");
        assert!(!text.lines().any(|line| line.starts_with("<strong>")), "{name}: {text}");
    }
}

#[test]
fn names_that_rustc_takes_for_one_are_reported() {
    let said = report(&[("e\u{301}.md", "# A\n\nText.\n"), ("\u{e9}.md", "# B\n\nText.\n")]);
    assert!(said.contains("[identifier-collision]"), "{said}");
}

/// Rows that lack most of their cells: the parser would stop to add them at some number, silently.
#[test]
fn tables_of_short_rows() {
    let columns = |cell: &str| format!("|{}\n", format!("{cell}|").repeat(1_000));
    let table = format!("{}{}{}", columns("a"), columns("-"), "|x\n".repeat(1_000));
    let said = report(&[("a.md", &format!("# A\n\n{table}"))]);
    assert!(said.starts_with("error[too-large]: the rows of tables lack"), "{said}");
    assert!(said.contains("\n1 error in 1 file\n"), "{said}");
}
