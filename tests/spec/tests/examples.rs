//! The examples of the CommonMark and GFM specifications through the whole compiler: the HTML must
//! be what a browser reads without complaint, the text what the specification's own HTML shows.

use almanac_spec::html::{parse, words};
use almanac_spec::{Folder, all_codes, compile, file};
use proptest::prelude::*;

/// The examples whose text differs from the specification's, with the reason.
const DIFFERENCES: [(&str, &str); 5] = [
    ("CommonMark 156, HTML blocks", "a tag without its end is text here: no word is lost"),
    ("CommonMark 157, HTML blocks", "a tag without its end is text here: no word is lost"),
    ("CommonMark 158, HTML blocks", "a tag without its end is text here: no word is lost"),
    ("GFM 645, Raw HTML", "CommonMark 0.31 allows `--` in a comment"),
    ("GFM 646, Raw HTML", "CommonMark 0.31 has `<!-->` as a comment"),
];

struct Example {
    name: String,
    markdown: String,
    html: String,
}

fn examples() -> Vec<Example> {
    let all: Vec<[String; 3]> =
        serde_json::from_str(include_str!("../examples.json")).expect("as examples.mjs writes it");
    all.into_iter().map(|[name, markdown, html]| Example { name, markdown, html }).collect()
}

#[test]
fn there_are_all() {
    let examples = examples();
    let of = |spec: &str| examples.iter().filter(|example| example.name.starts_with(spec)).count();
    assert_eq!(of("CommonMark "), 652);
    assert!(of("GFM ") > 50, "{}", of("GFM "));
}

/// A result or errors, never both, never half of either; allowed errors give a result.
#[test]
fn each_is_whole_or_refused() {
    let folder = Folder::new("whole");
    let codes = all_codes();
    for Example { name, markdown, .. } in examples() {
        let strict = folder.compile(&markdown, "");
        assert_eq!(strict.report.failed, !strict.report.errors.is_empty(), "{name}");
        assert_eq!(strict.report.failed, strict.files.is_empty(), "{name}");
        let lenient = folder.compile(&markdown, &codes);
        assert!(!lenient.report.failed, "{name}: {}", lenient.report.errors);
        assert!(file(&lenient, "almanac.rs").parse::<proc_macro2::TokenStream>().is_ok(), "{name}");
        assert!(strict.report.failed || strict.files == lenient.files, "{name}");
    }
}

#[test]
fn html_is_what_a_browser_reads() {
    let folder = Folder::new("html");
    let codes = all_codes();
    let mut faults = Vec::new();
    for Example { name, markdown, .. } in examples() {
        let compiled = folder.compile(&markdown, &codes);
        let html = file(&compiled, "html.txt");
        faults.extend(
            parse(html).1.into_iter().map(|fault| format!("{name}: {fault}\n{markdown}\n{html}")),
        );
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// The words of the text are those that a browser shows of the compiled HTML, and of the
/// specification's HTML where the example has no HTML of its own (which the compiler leaves out).
#[test]
fn text_is_what_one_sees() {
    let folder = Folder::new("text");
    // A warning of an allowed code isn't shown, and these say what the text lacks.
    let codes = all_codes().replace("raw-html,", "");
    let mut faults = Vec::new();
    let (mut compared, mut differ) = (0, Vec::new());
    for Example { name, markdown, html } in examples() {
        let compiled = folder.compile(&markdown, &codes);
        let text: Vec<&str> = file(&compiled, "text.txt").split_whitespace().collect();
        let shown = words(file(&compiled, "html.txt"));
        if text != shown {
            faults.push(format!("{name}: {text:?} but its HTML shows {shown:?}\n{markdown}"));
        }
        let left_out = ["[raw-html]", "[unclosed-comment]"]
            .iter()
            .any(|code| compiled.report.warnings.contains(code));
        // The specification's word for "anything".
        if left_out || html.contains("<IGNORE>") {
            continue;
        }
        compared += 1;
        let wanted = words(&format!("<p>Start.</p>\n{html}"));
        if text != wanted {
            differ.push(name.clone());
            if !DIFFERENCES.iter().any(|(known, _)| *known == name) {
                faults.push(format!(
                    "{name}: {text:?} but the specification shows {wanted:?}\n{markdown}"
                ));
            }
        }
    }
    let gone = DIFFERENCES.iter().filter(|(known, _)| !differ.iter().any(|name| name == known));
    faults.extend(gone.map(|(name, _)| format!("{name}: no longer differs")));
    assert!(compared > 500, "{compared} compared");
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// The almanac itself, and the files that are compared with Docusaurus' parsers.
#[test]
fn whole_folders_too() {
    for folder in ["content", "tests/content", "tests/oracle/corpus"] {
        let compiled = compile(folder);
        let html = file(&compiled, "html.txt");
        assert!(!html.trim().is_empty(), "{folder}");
        let mut faults = parse(html).1;
        // A control character of the text stays one: HTML has no way to write it.
        faults.retain(|fault| !fault.starts_with("Bad character"));
        assert!(faults.is_empty(), "{folder}: {faults:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Tags in any order, in and around Markdown: the HTML is what a browser reads, and shows the
    /// same words as the text.
    #[test]
    fn any_tags_make_well_formed_html(
        pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 1..40),
    ) {
        let folder = Folder::new("any");
        let markdown = pieces.concat();
        let compiled = folder.compile(&markdown, &all_codes());
        let html = file(&compiled, "html.txt");
        let faults = parse(html).1;
        prop_assert!(faults.is_empty(), "{:?}\n{}\n{}", faults, markdown, html);
        let text: Vec<&str> = file(&compiled, "text.txt").split_whitespace().collect();
        prop_assert_eq!(text, words(html), "{}\n{}", markdown, html);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Formulas in any order, in and around tags and Markdown: no text of them breaks out.
    #[test]
    fn any_formulas_make_well_formed_html(pieces in prop::collection::vec(
        prop_oneof![
            prop::sample::select(FORMULA_PIECES.to_vec()),
            prop::sample::select(FORMULA_PIECES.to_vec()),
            prop::sample::select(PIECES.to_vec()),
        ],
        1..40,
    )) {
        let folder = Folder::with_formulas("formulas");
        let markdown = pieces.concat();
        let compiled = folder.compile(&markdown, &all_codes());
        let html = file(&compiled, "html.txt");
        let faults = parse(html).1;
        prop_assert!(faults.is_empty(), "{:?}\n{}\n{}", faults, markdown, html);
        let text: Vec<&str> = file(&compiled, "text.txt").split_whitespace().collect();
        prop_assert_eq!(text, words(html), "{}\n{}", markdown, html);
    }
}

#[test]
fn formulas_are_what_a_browser_reads() {
    let folder = Folder::with_formulas("mathml");
    for formula in [
        r"\frac{a}{b} < c > d \& \text{<i>\&amp;</i>}",
        r"\begin{cases} 1 & x \\ 2 & y \end{cases}",
        r"\begin{array}{l|r} a & b \\ \hline c & d \end{array}",
        r"\sum_{i=1}^n \sqrt[3]{x_i} \xrightarrow{f} \overline{\vec{y}}",
        r"\color{red} x \not= \bigl( \operatorname{f} \bigr) \tag",
        r"\left( \binom{n}{k} \middle| \mathbb{R} \right)",
    ] {
        let compiled =
            folder.compile(&format!("$$\n{formula}\n$$\n\n*$${formula}$$*"), &all_codes());
        let html = file(&compiled, "html.txt");
        assert_eq!(parse(html).1, [""; 0], "{formula}\n{html}");
        assert!(html.contains("<math") || html.contains("<code>"), "{html}");
    }
}

/// Lists what formulas are made of.
const FORMULA_PIECES: &[&str] = &[
    "$$",
    "$$",
    "$$",
    "$$",
    "\n$$\n",
    "\n$$\n",
    "$",
    "x",
    "{",
    "}",
    "^2",
    "_i",
    "\\frac{a}{b}",
    "\\text{<b>&amp;",
    "\\sqrt",
    "\\left(",
    "\\right)",
    "\\begin{cases}",
    "\\end{cases}",
    "&",
    "\\\\",
    "<",
    ">",
    "|",
    "\"",
];

/// Tags and Markdown to be put together at random; the words are all different.
const PIECES: &[&str] = &[
    "<div>",
    "</div>",
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<a href=\"#\">",
    "<a href=\"https://a.example/\" id=\"one\">",
    "<a id=two>",
    "</a>",
    "<span title='x'>",
    "</span>",
    "<ul>",
    "<ol start=3>",
    "<li>",
    "</li>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td>",
    "<th colspan=2>",
    "</td>",
    "</tr>",
    "</table>",
    "<tbody>",
    "<caption>",
    "</caption>",
    "<thead>",
    "<details>",
    "</details>",
    "<summary>",
    "</summary>",
    "<dl>",
    "<dt>",
    "<dd>",
    "</dl>",
    "<pre>",
    "</pre>",
    "<h2>",
    "</h2>",
    "<br>",
    "<hr>",
    "<wbr>",
    "<img src=\"https://a.example/i.png\" alt=\"pic\">",
    "<Tabs>",
    "</Tabs>",
    "<script>",
    "</script>",
    "<svg>",
    "</svg>",
    "<sub>",
    "</sub>",
    "<code>",
    "</code>",
    "<blockquote>",
    "</blockquote>",
    "<section id=\"three\">",
    "</section>",
    "<!-- c -->",
    "<center>",
    "<foo>",
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    "> ",
    "- ",
    "1. ",
    "    ",
    "## Head ",
    "*",
    "**",
    "`",
    "[link](#) ",
    "[",
    "](https://b.example/)",
    "![alt](https://a.example/i.png)",
    "[^1]",
    "\n\n[^1]: Note ",
    "| a | b |\n|---|---|\n| c | d |\n",
    ":::note[Title]\n",
    "\n:::\n",
    "```\n",
    "alpha ",
    "beta",
    "gamma ",
    "delta",
    "{x}",
    "&lt;",
    "<",
    "\\",
    "https://c.example/ ",
    " ",
];
