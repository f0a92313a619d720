//! Formulas, from the Markdown that they stand in to everything that is made of them.

use super::*;
use crate::schema;

const INLINE: &str = "<math display=\"inline\">";
const BLOCK: &str = "<math display=\"block\">";

/// Compiles an article in a folder whose schema asks for formulas.
fn compiled(body: &str) -> Compiled {
    compile_files(&[("_schema_.yml", "formulas: true\n"), ("a.md", &format!("# A\n\n{body}\n"))])
}

/// Returns the HTML of a body, its formulas of one letter as `[x]`, blocks as `[[x]]`.
fn html(body: &str) -> String {
    let compiled = compiled(body);
    assert_eq!(compiled.report.text(), "", "{body}");
    let mut html = generated(&compiled, "html.txt").trim().to_owned();
    while let Some(start) = html.find(" alttext=\"") {
        let end = html[start..].find('>').expect("a tag ends");
        html.replace_range(start..start + end, "");
    }
    let html = html.replace(&format!("{INLINE}<mi>"), "[").replace(&format!("{BLOCK}<mi>"), "[[");
    html.replace("</mi></math>", "]")
}

fn text(body: &str) -> String {
    let compiled = compiled(body);
    assert_eq!(compiled.report.text(), "", "{body}");
    generated(&compiled, "text.txt").trim().to_owned()
}

/// Returns the first line of each fault and what it marks.
fn faults(body: &str) -> Vec<String> {
    let report = compiled(body).report.text();
    let lines: Vec<&str> = report.lines().collect();
    let faults = lines.windows(5).filter(|lines| lines[1].starts_with(" -->"));
    faults
        .map(|lines| {
            let marks = lines[4].split_once("| ").map_or("", |(_, marks)| marks);
            let start = marks.chars().take_while(|mark| *mark != '^').count();
            let length = marks.chars().filter(|mark| *mark == '^').count();
            let source = lines[3].split_once("| ").map_or("", |(_, source)| source);
            let marked: String = source.chars().skip(start).take(length).collect();
            let message = lines[0].strip_prefix("error[invalid-formula]: ").unwrap_or(lines[0]);
            format!("{message}: {marked}")
        })
        .collect()
}

#[test]
fn in_a_line() {
    assert_eq!(html("A $$x$$, *$$y$$*."), "<p>A [x], <em>[y]</em>.</p>");
    assert_eq!(html("$$x$$"), "<p>[x]</p>");
    assert_eq!(html("a $$\nx$$ b"), "<p>a [x] b</p>");
    assert_eq!(html("> a $$\n> x$$ b"), "<blockquote>\n<p>a [x] b</p>\n</blockquote>");
    assert_eq!(html("- $$x$$\n- $$y$$"), "<ul>\n<li>[x]</li>\n<li>[y]</li>\n</ul>");
    assert_eq!(
        html("[$$x$$](https://a.example/)"),
        "<p><a href=\"https://a.example/\">[x]</a></p>"
    );
    assert_eq!(html("## The $$x$$ axis\n\nb"), "<h2 id=\"the-x-axis\">The [x] axis</h2>\n<p>b</p>");
    assert!(html(":::note[On $$x$$]\n\nb\n\n:::").contains("\"admonition-title\">On [x]</p>"));
    assert!(html("| a |\n|---|\n| $$x$$ |").contains("<td>[x]</td>"));
    assert!(html("| a |\n|---|\n| $$\\|$$ |").contains("<td>[∥]</td>"), "as other parsers have it");
    assert!(html("$$a_b$$ _c_ $$d_e$$").contains("<msub><mi>a</mi><mi>b</mi></msub>"));
    // Braces in braces, more than the parser tells apart.
    let deep = format!("$${}x{}$$", "{".repeat(45), "}".repeat(45));
    assert!(html(&deep).contains(&format!("<mi>x</mi>{}</math>", "</mrow>".repeat(45))));
}

#[test]
fn on_lines_of_its_own() {
    assert_eq!(html("$$\nx\n$$"), "[[x]");
    assert_eq!(html("a\n$$\nx\n$$\nb"), "<p>a</p>\n[[x]\n<p>b</p>");
    assert_eq!(html("  $$$\n  x\n  $$$"), "[[x]");
    assert_eq!(html("- a\n\n  $$\n  x\n  $$\n"), "<ul>\n<li><p>a</p>\n[[x]\n</li>\n</ul>");
    assert_eq!(html("> $$\n> x\n> $$"), "<blockquote>\n[[x]\n</blockquote>");
    assert!(html(":::note\n\n$$\nx\n$$\n\n:::").ends_with("note</p>\n[[x]\n</div>"));
    assert!(html("a[^1]\n\n[^1]: $$\n    x\n    $$").contains("fn-1\">\n[[x]\n"));
    // Lines that would begin a block elsewhere.
    for line in ["+ x", "- x", "= x", "# x", "> x", "1. x", "~~~~~~~~~", "    x", ":::note", "<b"] {
        let body = format!("$$\na\n{}\n$$\n\nEnd.", line.replace('#', "\\#"));
        let html = html(&body);
        assert!(html.starts_with(BLOCK) || html.starts_with("[["), "{line}: {html}");
        assert!(html.ends_with("\n<p>End.</p>") && html.matches("<p>").count() == 1, "{html}");
    }
    assert_eq!(text("$$\r\nx\r\ny\r\n$$\r\n\r\nz $$\r\nx$$"), "x\ny\n\nz x");
}

#[test]
fn what_is_no_formula() {
    assert_eq!(html("$5, $6 and $$x$$ for $7"), "<p>$5, $6 and [x] for $7</p>");
    assert_eq!(html("\\$\\$y\\$\\$ $$x$$"), "<p>$$y$$ [x]</p>");
    assert_eq!(html("`$$y$$` $$x$$ `$y`"), "<p><code>$$y$$</code> [x] <code>$y</code></p>");
    assert_eq!(
        html("```sh\necho $$ $y\n```\n\n$$x$$"),
        "<pre><code class=\"language-sh\">echo $$ $y\n</code></pre>\n<p>[x]</p>"
    );
    assert_eq!(html("    $$ $y\n\n$$x$$"), "<pre><code>$$ $y\n</code></pre>\n<p>[x]</p>");
    assert_eq!(
        html("[a](https://a.example/$$b$$ \"$$t$$\") <https://a.example/$c> $$x$$"),
        "<p><a href=\"https://a.example/$$b$$\" title=\"$$t$$\">a</a> \
         <a href=\"https://a.example/$c\">https://a.example/$c</a> [x]</p>"
    );
    assert_eq!(html("<b title=\"$$\">y</b> $$x$$"), "<p><b title=\"$$\">y</b> [x]</p>");
    assert!(html("<p>\n$$y$$ $5\n</p>\n\n$$x$$").contains("$$y$$ $5"));
    assert!(
        html("| a |\n|---|\n| $5 |\n\n[b$]: https://a.example/\n\n[c][b$] $$x$$").contains("$5")
    );
    let unasked = compile_files(&[("a.md", "# A\n\n$$x$$ and $$\n\n$$\ny\n$$\n")]);
    let html = generated(&unasked, "html.txt");
    assert!(html.contains("<p>$$x$$ and $$</p>\n<p>$$\ny\n$$</p>"), "{html}");
}

/// Those who can't show a formula find its source beside it.
#[test]
fn html_holds_the_source() {
    let compiled = compiled("$$a < \\text{\"b\"}$$\n\n$$\nx\n> y\n$$");
    let html = generated(&compiled, "html.txt");
    assert!(
        html.contains("<math display=\"inline\" alttext=\"a &lt; \\text{&quot;b&quot;}\">"),
        "{html}"
    );
    assert!(html.contains("<math display=\"block\" alttext=\"x\n&gt; y\">"), "{html}");
}

/// The source of a formula is its text; dollars aren't.
#[test]
fn text_is_the_source() {
    assert_eq!(text("a $$\\frac{1}{x}$$ b"), "a \\frac{1}{x} b");
    assert_eq!(text("$$\na\n+ b\n$$\n\nc"), "a\n+ b\n\nc");
    assert_eq!(text("| a |\n|---|\n| $$x$$ |"), "a\nx");
    assert_eq!(text("![A $$x$$](https://a.example/x.png)"), "A x");
    let compiled =
        compiled("[$$x^2$$](https://a.example/)\n\n## Timeline\n\n- **2020**: $$E$$ is found.");
    let strings = generated(&compiled, "strings.txt");
    for said in ["x^2", "E is found."] {
        assert!(strings.contains(said), "{said}: {strings}");
    }
}

/// A description is one line of text.
#[test]
fn a_description_has_no_dollars() {
    let description = |body: &str| {
        let (almanac, _) = {
            let files = [("_schema_.yml", "formulas: true\n"), ("a.md", body)];
            let (folder, _) = ContentFolder::from_files(files);
            let (schema, _) = crate::stages::declared(&folder);
            crate::stages::resolved(&folder, &schema, "")
        };
        almanac.articles[0].description.clone()
    };
    assert_eq!(
        description("# A\n\nThe law $$E = m_a c_a^2$$ *holds*.\n"),
        "The law E = m_a c_a^2 holds."
    );
    assert_eq!(description("# A\n\n$$\nx_1\n$$\n\nMore.\n"), "More.");
    assert_eq!(description("# A\n\nA $$ b, \\$$c\\$$.\n"), "A $$ b, \\$$c\\$$.");
}

#[test]
fn documentation_shows_formulas() {
    let compiled = compiled("A $$a*b_c$$.\n\n$$\nx < y\n$$\n\n| a |\n|---|\n| $$\\vert$$ |");
    let docs = generated(&compiled, "docs/0.md");
    assert!(docs.contains("<mo>∗</mo><msub><mi>b</mi><mi>c</mi></msub></math>\\."), "{docs}");
    assert!(
        docs.contains(
            "hidden;padding:0.2em 0\" display=\"block\"><mi>x</mi><mo>&#60;</mo><mi>y</mi></math>"
        ),
        "{docs}"
    );
}

#[test]
fn faults_are_placed() {
    for (body, expected) in [
        ("a $$\\nope{x}$$", "an unknown command: \\nope"),
        ("a $$\\nope$$", "an unknown command: \\nope"),
        ("> $$\n> a\n>   \\nope\n> $$", "an unknown command: \\nope"),
        ("a $$x^2^3$$", "trying to add a superscript twice to the same element: 2"),
        ("a $$\\frac{b}$$", "a command without its argument: $$\\frac{b}$$"),
        ("a $$ $$", "an empty formula: $$ $$"),
        ("$$\n$$", "an empty formula: $$"),
        ("a $$\\def\\b{c}$$", "`\\def`: a formula can't define commands: \\def"),
        ("a $$b", "a formula without its end: $$"),
        ("a $$b$$ and $$", "a formula without its end: $$"),
        ("\\$$b$$", "a formula without its end: $$"),
        ("a $$b{$$", "a formula whose braces aren't balanced: $$"),
        ("a $$$b$$$", "a formula stands between two dollars: $$$"),
        ("$$a\n= b$$", "a formula that begins a line and doesn't end in it: $$a"),
        ("$$\na\n\nb\n$$", "a formula without its end: $$"),
        ("$$\na", "a formula without its end: $$"),
        ("- $$\n  a\n\nb", "a formula without its end: $$"),
        (":::note\n$$\na\n:::", "a formula without its end: $$"),
        ("| a |\n|---|\n| $$\\left. b |", "a formula without its end: $$"),
    ] {
        assert_eq!(faults(body), [expected], "{body}");
    }
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("formulas", compiled(
            "A $$\\nope$$.\n\n| a | b |\n|---|---|\n| $$|x|$$ |\n\n$$\na\n\nb\n$$\n\n$$a =\nb$$"
        ).report.text());
    });
}

/// Keeps the source of a wrong formula where that is allowed.
#[test]
fn allowed_faults_leave_the_source() {
    let settings = Settings { allow: "invalid-formula".into(), ..Settings::default() };
    let files =
        [("_schema_.yml", "formulas: true\n"), ("a.md", "# A\n\n$$<\\nope$$\n\n$$\n\\a*b\n")];
    let compiled = compile(ContentFolder::from_files(files), &settings);
    let html = generated(&compiled, "html.txt");
    assert!(html.contains("<p><code>&lt;\\nope</code></p>\n<code>\\a*b</code>"), "{html}");
    assert!(generated(&compiled, "docs/0.md").contains("<code>&#92;a&#42;b</code>"));
}

#[test]
fn a_compiler_without_formulas_says_so() {
    let (declared, faults) = schema::read_with("images: bytes\nformulas: true\n", 0, false);
    assert!(!declared.formulas && declared.image_bytes);
    let [fault] = &faults[..] else { panic!("{faults:?}") };
    assert_eq!(fault.message, "this `almanac-build` converts no formulas");
    assert_eq!(fault.label, "enable its feature `formulas`");
    assert_eq!(fault.place.as_ref().map(|place| place.span.clone()), Some(24..28));
    assert!(schema::read_with("formulas: false\n", 0, false).1.is_empty());
    assert!(schema::read_with("formulas: true\n", 0, true).0.formulas);
    assert_eq!(schema::read_with("formulas: yes please\n", 0, true).1.len(), 1);
}

/// By what a formula says one finds it, not by the names of TeX's commands.
#[cfg(feature = "search")]
#[test]
fn search_knows_the_words_of_formulas() {
    let words = |body: &str| {
        let (document, _) = crate::markdown::parse(body, 0, 0, true);
        let mut words = String::new();
        crate::text::write_words(&document.lead, &mut words);
        words
    };
    assert_eq!(
        words("a $$\\frac{\\operatorname{softmax}(x)}{\\mathrm{rate}}$$"),
        "a  { {softmax}(x)}{ {rate}}"
    );
    assert_eq!(words("$$\n\\text{if } x\n$$\n\nb"), " {if } x\n\nb");
}

/// Bounds output and time by the size of the input.
#[test]
fn no_formula_is_out_of_proportion() {
    let tower = format!("$${}x{}$$", "\\frac{".repeat(45), "}{y}".repeat(45));
    let nested = format!("$${}$$", "{".repeat(10_000));
    let wide = format!("$${}$$", "a^2_3 ".repeat(1_600));
    let sized = format!("$${}$$", "\\bigl( x ".repeat(900));
    let rows = format!("$$\\begin{{matrix}}{}\\end{{matrix}}$$", "a & b \\\\ ".repeat(450));
    let dollars = "$$a$$".repeat(2_000);
    let open = "$$".repeat(50_001);
    let braces = "$${$$}".repeat(10_000);
    let blocks = "$$\nx\n\n".repeat(5_000);
    let quoted = format!("{}$$\n", "> ".repeat(90)).repeat(300);
    for body in [tower, nested, wide, sized, rows, dollars, open, braces, blocks, quoted] {
        let settings = Settings { allow: "all".into(), ..Settings::default() };
        let article = format!("# A\n\n{body}\n");
        let files = [("_schema_.yml", "formulas: true\n"), ("a.md", article.as_str())];
        let compiled = compile(ContentFolder::from_files(files), &settings);
        assert!(!compiled.report.failed, "{}", compiled.report.errors);
        let html = generated(&compiled, "html.txt");
        assert!(html.len() < 40 * body.len() + 1_000, "{} of {}", html.len(), body.len());
    }
}
