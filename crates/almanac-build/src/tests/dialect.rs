//! Markdown as other people's docs have it: what of it means something, and what is reported.

use super::*;
use crate::diagnostic::Code;
use crate::document::{Block, plain};
use crate::resolve::{Almanac, Target, resolve};
use crate::stages::article;

/// One article, compiled by itself.
struct Compilation {
    report: String,
    almanac: Almanac,
    text: String,
    html: String,
}

/// Compiles one article; errors are reported and what they concern is left out.
fn compile_article(body: &str) -> Compilation {
    let (source, _) = ContentFolder::from_files([("a.md", body)]);
    let (parsed, _) = article(0, &source.files[0], &crate::schema::Schema::default());
    let (almanac, _) = resolve(&source, parsed.into_iter().collect(), Vec::new(), "");
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    let allow = codes.join(",");
    let settings = Settings { allow, ..Settings::default() };
    let compiled = compile(ContentFolder::from_files([("a.md", body)]), &settings);
    Compilation {
        report: report(&[("a.md", body)]),
        almanac,
        text: generated(&compiled, "text.txt").trim_end().to_owned(),
        html: generated(&compiled, "html.txt").trim_end().to_owned(),
    }
}

impl Compilation {
    /// The first lines of all faults.
    fn faults(&self) -> Vec<&str> {
        let is_fault = |line: &&str| line.starts_with("error[") || line.starts_with("warning[");
        self.report.lines().filter(is_fault).collect()
    }

    /// Where the faults are.
    fn places(&self) -> Vec<&str> {
        self.report.lines().filter_map(|line| line.trim_start().strip_prefix("--> ")).collect()
    }

    fn sections(&self) -> Vec<String> {
        let sections = &self.almanac.articles[0].document.sections;
        sections.iter().map(|section| plain(&section.title)).collect()
    }

    /// The addresses of the links that count.
    fn links(&self) -> Vec<String> {
        let links = self.almanac.articles[0].links();
        links
            .map(|(_, target)| match target {
                Target::Article(_) => "article".to_owned(),
                Target::Section(_, section) => format!("section {section}"),
                Target::Category(_) => "category".to_owned(),
                Target::Web(address) | Target::Email(address) => address.clone(),
            })
            .collect()
    }
}

// ---- admonitions ----------------------------------------------------------------------------------

#[test]
fn an_indented_line_closes_its_admonition() {
    let found = compile_article(
        "# A\n\n:::info\nThree kinds:\n\n- red\n- green\n  :::\n\n## After\n\nText.\n\n:::note\nEnd.\n:::\n",
    );
    assert_eq!(found.report, "");
    assert_eq!(found.sections(), ["After"]);
    let document = &found.almanac.articles[0].document;
    let [Block::Admonition { kind: "info", blocks, .. }] = &document.lead[..] else {
        panic!("{:?}", document.lead)
    };
    assert_eq!(blocks.len(), 2);
    assert_eq!(document.sections[0].blocks.len(), 2);
    // Four columns are code.
    let found = compile_article(":::note\n\nText.\n\n    :::\n   :::\n\nAfter.\n");
    assert_eq!(found.text, "Text.\n\n:::\n\nAfter.");
}

#[test]
fn lists_quotes_and_footnotes_hold_admonitions_and_are_held_by_them() {
    let bodies = [
        "- item\n\n  :::note\n  - one\n    two\n  :::\n- next\n",
        "> :::note\n> > quoted\n> :::\n> after\n",
        "Text.[^1]\n\n[^1]: note\n\n    :::tip\n    inside\n    :::\n",
        "::::note\n1. one\n\n   :::tip\n   two\n:::\n   ::::\n\nAfter.\n",
        "-\t:::note\n\ttext\n\t:::\n",
    ];
    for body in &bodies[..3] {
        assert_eq!(
            compile_article(body).faults(),
            ["warning[missing-title]: an article without a title"],
            "{body}"
        );
    }
    // The inner one is closed by nothing: the line `:::` stands outside its item.
    let found = compile_article(bodies[3]);
    assert_eq!(found.faults().len(), 2, "{}", found.report);
    assert!(found.report.contains("indent it as the opening line"), "{}", found.report);
    assert_eq!(found.text, "one\n\ntwo\n\nAfter.");
    assert_eq!(compile_article(bodies[4]).text, "text");
}

#[test]
fn a_line_closes_its_admonition_behind_html() {
    let found = compile_article(
        "# A\n\n:::info\nText.\n\n<details>\n<summary>More</summary>\n\nInside.\n\n</details>\n:::\n\n## After\n\nMore text.\n",
    );
    assert!(!found.report.contains("error"), "{}", found.report);
    assert_eq!(found.sections(), ["After"]);
    let found = compile_article(":::info\n<!-- open\n:::\n\nAfter.\n");
    assert_eq!(found.faults()[0], "error[unclosed-comment]: a comment without its end");
    assert_eq!(found.text, "After.");
}

#[test]
fn a_line_closes_its_admonition_with_a_code_block_open() {
    let found = compile_article(
        "# A\n\n:::tip Scaling\n\nSee:\n\n```py\nx = 1\n\n:::\n\n## After\n\nText.\n",
    );
    assert_eq!(found.faults(), ["error[unclosed-code]: a code block without its end"]);
    assert_eq!(found.places(), ["content/a.md:7:1"]);
    assert_eq!(found.sections(), ["After"]);
    assert_eq!(found.text, "Scaling\n\nSee:\n\nx = 1\n\nAfter\n\nText.");
}

#[test]
fn a_space_behind_the_colons_is_what_is_reported() {
    let found = compile_article("# A\n\n::: info\nText.\n:::\n");
    assert_eq!(
        found.faults(),
        [
            "error[unopened-admonition]: `info` opens no admonition: a space stands behind the colons"
        ]
    );
    assert_eq!(found.places(), ["content/a.md:3:1"]);
    assert_eq!(compile_article("# A\n\n::: callout\nText.\n:::\n").places(), ["content/a.md:3:1"]);
    // Nothing would be closed: it may well be meant as text.
    assert_eq!(compile_article("# A\n\n::: text\n").report, "");
}

#[test]
fn titles_of_admonitions_are_no_blocks() {
    let found = compile_article(
        ":::note[1. Install *it*]\n:::\n\n:::tip # Not a heading\n:::\n\n:::info > x\n:::\n",
    );
    assert_eq!(found.text, "1. Install it\n\n# Not a heading\n\n> x");
}

#[test]
fn what_stands_in_admonitions_is_what_stands_outside() {
    // With tabs, code and definitions, whose places move when lines are marked.
    for body in [
        "\tcode\n\n-\ta\n\n\tb\n",
        "```\n\tcode\n  x\n```\n",
        "- a\n\n      code\n\n\tb\n1) one\n2) two\n",
        "a\n\nTitle\n---\n\n[x] and[^1]\n\n[x]: https://a.example/ \"t\"\n\n[^1]: note\n",
        "| a\t| b |\n|---|---|\n| c | d |\n",
        "> a\nb\n\n> - c\n>   d\n",
    ] {
        let marked = format!(":::note\n{body}:::\n");
        let inside = compile_article(&marked);
        let outside = compile_article(body);
        assert_eq!(inside.text, outside.text, "{body}");
        let start =
            "<div class=\"admonition admonition-note\">\n<p class=\"admonition-title\">note</p>\n";
        let html = inside.html.replacen(start, "", 1).replacen("</div>\n", "", 1);
        assert_eq!(html.trim_end_matches("</div>").trim_end(), outside.html, "{body}");
    }
}
