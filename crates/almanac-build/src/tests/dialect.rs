//! Markdown as other people's docs have it: what of it means something, and what is reported.

use super::*;
use crate::document::{Block, plain};
use crate::fault::Code;
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
    let schema = crate::schema::Schema::default();
    let (parsed, _) = article(0, &source.files[0], &schema, &mut 0);
    let (almanac, _) = resolve(&source, parsed.into_iter().collect(), Vec::new(), &schema, "");
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
    /// Returns the first lines of all faults.
    fn faults(&self) -> Vec<&str> {
        let is_fault = |line: &&str| line.starts_with("error[") || line.starts_with("warning[");
        self.report.lines().filter(is_fault).collect()
    }

    /// Returns the places of the faults.
    fn places(&self) -> Vec<&str> {
        self.report.lines().filter_map(|line| line.trim_start().strip_prefix("--> ")).collect()
    }

    fn sections(&self) -> Vec<String> {
        let sections = &self.almanac.articles[0].document.sections;
        sections.iter().map(|section| plain(&section.title)).collect()
    }

    /// Returns the addresses of the links that count.
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

// ---- admonitions --------------------------------------------------------------------------------

#[test]
fn an_indented_line_closes_its_admonition() {
    let found = compile_article(
        "# A\n\n:::info\nThree kinds:\n\n- red\n- green\n  :::\n\n## After\n\nText.\n\n:::note\n\
        End.\n:::\n",
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
        "# A\n\n:::info\nText.\n\n<details>\n<summary>More</summary>\n\nInside.\n\n</details>\n\
        :::\n\n## After\n\nMore text.\n",
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
        ["error[unopened-admonition]: `info` opens no admonition: a space stands behind the \
            colons"]
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

// ---- raw HTML -----------------------------------------------------------------------------------

#[test]
fn anchors_of_html_lead_to_the_section_around_them() {
    let found = compile_article(
        "# A\n\n<a id=\"mark\"></a>\n\nText with a [jump](#mark).\n\n## Two\n\n\
        <div id=\"box\"></div>\n\nSee [box](#box), [name](#old), [three](#three-).\n\n\
        ## Three <a name=\"old\"></a>\n\nText.\n",
    );
    assert_eq!(found.report, "");
    assert_eq!(found.links(), ["article", "section 0", "section 1", "section 1"]);
    assert!(found.html.contains("<a id=\"mark\"></a>"), "{}", found.html);
    // The id of a heading counts, and ids are given once.
    let found = compile_article(
        "# A\n\n<a id=\"two\"></a>\n\n[x](#two)\n\n## Two\n\n<p id=\"x\">a</p>\n\
        <p id=\"x\">b</p>\n",
    );
    assert_eq!(found.links(), ["section 0"]);
    assert_eq!(found.html.matches("id=\"two\"").count(), 1, "{}", found.html);
    assert_eq!(found.html.matches("id=\"x\"").count(), 1, "{}", found.html);
}

#[test]
fn links_and_images_of_html_are_checked_like_others() {
    let found = compile_article(
        "# A\n\n<a href=\"./none.md\">one</a> <a href=\"javascript:x()\">two</a> <a \
        href=\"https://a.example/?x=1&amp;y=2\" title=\"T\"><b>three</b></a> <img src=\"none.png\" \
        alt=\"N\">\n\n<div>\n<a href=\"http://b.example/\">four</a>\n\
        <img src=\"https://c.example/c.png\">\n</div>\n",
    );
    assert_eq!(
        found.faults(),
        [
            "error[broken-link]: no article at `./none.md`",
            "error[unsafe-url]: `javascript:` links are unsafe",
            "error[missing-image]: no image at `none.png`",
            "warning[insecure-url]: an address without encryption",
            "warning[missing-alt-text]: an image without alternative text",
        ]
    );
    assert_eq!(
        found.places()[..3],
        ["content/a.md:3:10", "content/a.md:3:38", "content/a.md:3:140"]
    );
    assert_eq!(found.links(), ["https://a.example/?x=1&y=2", "http://b.example/"]);
    let texts = found.almanac.articles[0].document.links.iter().map(|link| link.text.as_str());
    assert_eq!(texts.collect::<Vec<_>>(), ["one", "two", "three", "four"]);
    assert!(
        found.html.contains(
            "one two <a href=\"https://a.example/?x=1&amp;y=2\" title=\"T\"><b>three</b></a> N</p>"
        ),
        "{}",
        found.html
    );
}

#[test]
fn no_word_is_lost_and_none_is_glued() {
    for (body, text) in [
        ("One line<br>next line.", "One line\nnext line."),
        (
            "| k | v |\n|---|---|\n| x | first<br/>second<br />third |",
            "k\tv\nx\tfirst second third",
        ),
        ("<div>one</div><div>two</div>", "one\n\ntwo"),
        ("a<div>b</div>c <b>d</b>e", "a\n\nb\n\nc de"),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "a\nb\nc"),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d<br>e</td></tr></table>",
            "a\tb\nc\td e",
        ),
        ("<details><summary>S</summary>T</details>", "S\n\nT"),
        ("| <ul><li>a</li><li>b</li></ul> |\n|---|", "a b"),
        ("<Tab>one</Tab><Tab>two</Tab> <foo>th</foo>ree", "one two three"),
        ("## A<br/>B\n\nx", "A B\n\nx"),
        ("<p>a &amp; b &lt;c&gt;\n   d</p>", "a & b <c> d"),
        ("<pre>\na\n  b\n\nc</pre>", "a\n  b\n\nc"),
        ("<td>x</td><td>y</td> <li>z</li>", "x y z"),
        ("<table>lost?<tr>and<td>found</table>", "lost?\nand\tfound"),
        ("a <script>x()</script>b <style>c</style>", "a b"),
        ("it<i><span><div>t</div></span></i> u</p>v", "it t u v"),
    ] {
        assert_eq!(compile_article(body).text, text, "{body}");
    }
}

#[test]
fn html_keeps_its_meaning_and_is_well_formed() {
    for (body, html) in [
        ("H<sub>2</sub>O <KBD>x</kbd>", "<p>H<sub>2</sub>O <kbd>x</kbd></p>"),
        ("*a <b>b* c</b>", "<p><em>a <b>b</b></em> c</p>"),
        ("<b>one <i>two</b> three</i>", "<p><b>one <i>two</i></b> three</p>"),
        (
            "<p align=\"center\" style=\"x\" onclick=\"y\">a</p>",
            "<p style=\"text-align:center\">a</p>",
        ),
        ("<div>\n\n*a*\n\n</div>", "<div>\n<p><em>a</em></p>\n</div>"),
        ("<p>\n\na\n\n</p>", "<div>\n<p>a</p>\n</div>"),
        (
            "<details open>\n<summary>S <b>t</b></summary>\n\n- a\n\n</details>",
            "<details open=\"\">\n<summary>S <b>t</b></summary>\n<ul>\n<li>a</li>\n</ul>\n\
            </details>",
        ),
        (
            "<table><tr><td rowspan=2>a<td>b</table>",
            "<table>\n<tbody>\n<tr>\n<td rowspan=\"2\">a</td>\n<td>b</td>\n</tr>\n</tbody>\n\
            </table>",
        ),
        ("<ul>\n<li>a\n<li>b\n</ul>", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("</div> x </b>", "<p>x</p>"),
        ("<div><span></div>a</span>", "<p>a</p>"),
        (
            "<img src=\"https://a.example/i.png\" alt='\"' width=10 onerror=x>",
            "<p><img src=\"https://a.example/i.png\" alt=\"&quot;\" width=\"10\"></p>",
        ),
        ("<a id='x\" y'>z</a> <a href=x><a href=y>z</a></a>", "<p>z z</p>"),
        (
            "| <b>a |\n|---|\n| b</b> |",
            "<table>\n<thead>\n<tr><th><b>a</b></th></tr>\n</thead>\n<tbody>\n<tr><td>b</td></tr>\n\
            </tbody>\n</table>",
        ),
    ] {
        let found = compile_article(body);
        let shown = found.html.split("\n\n").next().unwrap_or_default();
        assert_eq!(found.html, html, "{body}\n{shown}");
    }
}

#[test]
fn one_warning_for_each_element_that_is_left_out() {
    let found = compile_article(
        "# A\n\n<Tabs>\n<TabItem value=\"a\" onClick={() => {}}>\n\nText.\n\n</TabItem>\n\
        </Tabs>\n\n<iframe src=\"x\"><p>no</p></iframe>\n\n<svg><g><path/></g></svg> <b>kept</b>\n",
    );
    let elements = ["<Tabs>", "<TabItem>", "<iframe>", "<svg>"];
    assert_eq!(found.faults().len(), elements.len(), "{}", found.report);
    assert!(elements.iter().zip(found.faults()).all(|(element, fault)| fault.contains(element)));
    assert_eq!(found.text, "Text.\n\nkept");
}

#[test]
fn tags_of_jsx_are_tags() {
    let found = compile_article(
        "# A\n\n<Tabs\n  defaultValue=\"a\"\n  values={[\n    {label: 'A', value: 'a'},\n  ]}>\n\
        <TabItem value=\"a\">\n\nText <span style={{color: 'red'}} id=\"s\">red</span>, <a \
        href={to('x')}>gone</a> and `<B c={d e}>`.\n\n{/* a comment\n\n## of lines */}\n\n\
        - <Card onClick={() => {}} />\n  item\n\n</TabItem>\n</Tabs>\n\n:::note\n\
        <Foo\n  bar={1 + 1}\n/>\nIn.\n:::\n",
    );
    assert_eq!(found.text, "Text red, gone and <B c={d e}>.\n\nitem\n\nIn.");
    assert!(found.html.contains("<span id=\"s\">red</span>"), "{}", found.html);
    let left_out = ["`<Tabs>`", "`<TabItem>`", "address", "braces", "`<Card>`", "`<Foo>`"];
    assert_eq!(found.faults().len(), left_out.len(), "{}", found.report);
    assert!(
        left_out.iter().zip(found.faults()).all(|(part, fault)| fault.contains(part)),
        "{}",
        found.report
    );
    assert_eq!(found.places()[..2], ["content/a.md:3:1", "content/a.md:8:1"]);
}

#[test]
fn headings_in_elements_are_sections_but_in_lists_and_tables() {
    let found = compile_article(
        "# A\n\n<div>\n\n## One\n\ntext\n\n</div>\n\n<table><tr><td>\n\n## Two\n\n\
        </td></tr></table>\n\n<ul><li>\n\n## Three\n\n</li></ul>\n",
    );
    assert_eq!(found.sections(), ["One"]);
    assert!(
        found.html.starts_with("<h2 id=\"one\">One</h2>\n<p>text</p>\n<table>"),
        "{}",
        found.html
    );
    assert_eq!(compile_article("<a id=\"top\"></a>\n\n# Title\n\nText.\n").report, "");
}

// ---- tables -------------------------------------------------------------------------------------

#[test]
fn tables_may_have_tabs_in_their_delimiter_row() {
    let found = compile_article("# A\n\n| Name\t| Size\t|\n|------\t|-----\t|\n| x\t| 1\t|\n");
    assert_eq!(found.report, "");
    assert_eq!(found.text, "Name\tSize\nx\t1");
    assert!(found.html.contains("<tr><td>x</td><td>1</td></tr>"), "{}", found.html);
    assert_eq!(compile_article("> | a\t|\n> |\t:-:\t|\n> | b |\n").text, "a\nb");
    assert_eq!(compile_article("```\n|\t-\t|\n```\n").text, "|\t-\t|");
}

#[test]
fn a_tag_ends_a_table() {
    for tag in ["</div>", "</Tabs>", "<br/>", "<b>", "</x>"] {
        let body = format!("# A\n\n| a | b |\n|---|---|\n| c | d |\n{tag}\n\nText.\n");
        let found = compile_article(&body);
        assert_eq!(found.text, "a\tb\nc\td\n\nText.", "{tag}");
        assert_eq!(found.html.matches("<tr>").count(), 2, "{}", found.html);
    }
    let found = compile_article("| a | b |\n|---|---|\n| c | d |\nplain\n<b>x</b>\n");
    assert_eq!(found.html.matches("<tr>").count(), 4, "{}", found.html);
}

#[test]
fn cells_beyond_the_header_are_reported() {
    let found = compile_article(
        "# A\n\n| k | t |\n|---|---|\n| pwned | bool | whether it leaked | x |\n| a | b | |\n",
    );
    assert_eq!(found.faults(), ["warning[excess-cell]: a cell without a header is left out"]);
    assert_eq!(found.places(), ["content/a.md:5:18"]);
}

// ---- footnotes and references -------------------------------------------------------------------

#[test]
fn a_citation_in_a_link_keeps_the_link() {
    let found = compile_article(
        "# A\n\nBy [the *lab[^1]*](https://a.example/x) and ![alt[^1]](https://a.example/i.png).\n\
        \n[^1]: Note.\n",
    );
    assert_eq!(found.report, "");
    assert_eq!(found.links(), ["https://a.example/x"]);
    assert_eq!(found.text, "By the lab and alt.");
    let document = &found.almanac.articles[0].document;
    assert_eq!((document.footnotes.len(), document.footnotes[0].citations), (1, 2));
    assert_eq!(
        (document.links[0].text.as_str(), document.images[0].alt.as_str()),
        ("the lab", "alt")
    );
    assert!(
        found.html.contains("<em>lab</em></a><sup><a href=\"#user-content-fn-1\""),
        "{}",
        found.html
    );
}

#[test]
fn definitions_count_where_they_are_definitions() {
    let found = compile_article(
        "# A\n\nA claim.[^src]\n\nHow to write notes:\n\n```md\n[^src]: A source.\n```\n",
    );
    assert_eq!(found.faults(), ["error[broken-reference]: no footnote `[^src]: …` is defined"]);
    assert_eq!(found.places(), ["content/a.md:3:9"]);
    assert_eq!(found.text.lines().next(), Some("A claim.[^src]"));
}

#[test]
fn what_a_dropped_definition_links_to_is_dropped() {
    let found = compile_article(
        "# A\n\nClaim.[^1]\n\n[^1]: See [one](https://one.example/).\n\
        [^1]: See [two](https://two.example/) ![i](https://two.example/i.png) [^2].\n\
        [^2]: Cited by nothing that counts.\n",
    );
    assert_eq!(found.links(), ["https://one.example/"]);
    let document = &found.almanac.articles[0].document;
    assert_eq!((document.footnotes.len(), document.image_order.len()), (1, 0));
    assert_eq!(
        found.faults(),
        ["warning[duplicate-definition]: the footnote `[^1]` is defined twice"]
    );
}

#[test]
fn notes_of_notes_count_where_the_first_is_cited() {
    let found = compile_article(
        "# A\n\n## S\n\nClaim.[^1]\n\n[^1]: One.[^2]\n[^2]: [two](https://two.example/) [^1]\n",
    );
    let document = &found.almanac.articles[0].document;
    assert_eq!(document.footnotes.len(), 2);
    assert_eq!(document.footnotes[1].cited_in, [Some(0)]);
    assert_eq!(document.links[0].section, Some(0));
    assert_eq!(found.html.matches("footnote-backref").count(), 3, "{}", found.html);
}

#[test]
fn ids_of_footnotes_are_their_own() {
    let ids = |html: &str| -> Vec<String> {
        let parts = html.split(" id=\"").skip(1);
        parts.map(|part| part.split('"').next().unwrap_or_default().to_owned()).collect()
    };
    for body in [
        "# A\n\nClaim.[^1]\n\n## User content fn 1\n\nText.\n\n## user-content-fnref-1\n\nText.\n\n\
        [^1]: Note.\n",
        "# A\n\nClaim.[^1] <a id=\"user-content-fnref-1\"></a>\n\n## user-content-1-fn-1\n\n\
        Text.\n\n[^1]: Note.\n",
    ] {
        let found = compile_article(body);
        let mut ids = ids(&found.html);
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count, "{}", found.html);
        assert!(ids.len() >= 4, "{}", found.html);
    }
    assert!(compile_article("A.[^1]\n\n[^1]: Note.\n").html.contains("id=\"user-content-fn-1\""));
}

#[test]
fn the_first_definition_of_a_reference_counts() {
    let found =
        compile_article("# A\n\n[x][r]\n\n[r]: https://one.example/\n[r]: https://two.example/\n");
    assert_eq!(found.links(), ["https://one.example/"]);
    assert_eq!(
        found.faults(),
        ["warning[duplicate-definition]: the reference `[r]` is defined twice"]
    );
    assert_eq!(found.places(), ["content/a.md:6:1"]);
}

// ---- text ---------------------------------------------------------------------------------------

#[test]
fn bare_addresses_that_do_not_parse_are_text() {
    let found = compile_article(
        "# A\n\nSite: <www.a.example/x> and <https://b.example> (<www.c.example>) end. http://a..b \
        https://exa^mple.com https://a.example:99999/ http://[::1 x@y.z_\n",
    );
    assert_eq!(found.report, "");
    assert_eq!(found.links(), ["https://b.example"]);
    assert!(found.text.starts_with(
        "Site: <www.a.example/x> and https://b.example (<www.c.example>) end. http://a..b"
    ));
    let found = compile_article("# A\n\nhttps://a.example/?f=a|b and https://a.example/100%.\n");
    assert_eq!(found.report, "");
    assert_eq!(found.links(), ["https://a.example/?f=a%7Cb", "https://a.example/100%25"]);
}

#[test]
fn code_without_end_is_reported() {
    let found = compile_article("# A\n\n```js\nlet x = 1;\n\n## Lost\n\nText.\n");
    assert_eq!(found.faults(), ["error[unclosed-code]: a code block without its end"]);
    assert_eq!(found.places(), ["content/a.md:3:1"]);
}

#[test]
fn lines_may_end_as_on_old_macs() {
    let found = compile_article("# A\r\rText.\r\r:::note\rInside.\r:::\r");
    assert!(found.report.contains("[bare-carriage-return]"), "{}", found.report);
    assert_eq!(found.faults().len(), 1, "{}", found.report);
    assert_eq!(found.text, "Text.\n\nInside.");
}

#[test]
fn a_break_of_html_at_the_end_of_a_line_leaves_no_space() {
    let found = compile_article("# A\n\none<br>\ntwo\n<br/>\nthree <br> four\n");
    assert_eq!(found.text, "one\ntwo\nthree \n four");
    assert_eq!(found.html, "<p>one<br>\ntwo<br>\nthree <br>\n four</p>");
}

#[test]
fn space_around_an_address_of_html_does_not_count() {
    let found = compile_article("# A\n\n<a href=\" https://a.example/b c\n\">one</a>\n");
    assert_eq!(found.report, "");
    assert_eq!(found.links(), ["https://a.example/b%20c"]);
}

#[test]
fn addresses_in_angle_brackets_stay_in_raw_html() {
    let found =
        compile_article("# A\n\n<div>\nSee <https://a.example/x> or <me@a.example>.\n</div>\n");
    assert_eq!(found.report, "");
    assert_eq!(found.text, "See <https://a.example/x> or <me@a.example>.");
}
