use proptest::prelude::*;

use super::*;

fn html(tex: &str) -> String {
    convert(tex, false).unwrap_or_else(|fault| panic!("{tex}: {fault:?}")).html
}

fn fault(tex: &str) -> String {
    convert(tex, false).expect_err(tex).message
}

/// Returns the text that a fault marks.
fn marked(tex: &str) -> &str {
    convert(tex, false).expect_err(tex).span.map_or("", |span| &tex[span])
}

#[test]
fn faults_are_placed() {
    assert_eq!(marked("a + \\nope x"), "\\nope");
    assert_eq!(marked("\\nope"), "\\nope");
    assert_eq!(marked("é\n\n b \\nope é"), "\\nope");
    assert_eq!(marked("a } b"), "}");
    assert_eq!(marked("a \\\\ b"), "\\\\");
    assert_eq!(marked("\\operatorname{<mi>}"), "<mi>");
    assert_eq!(marked("a \\let b"), "\\let");
    // Its end is nowhere.
    assert_eq!(marked("{a"), "");
    assert_eq!(marked("\\sqrt"), "");
}

#[cfg(feature = "search")]
#[test]
fn commands_are_no_words() {
    let words = |tex: &str| convert(tex, false).unwrap().text(FormulaText::Words).into_owned();
    assert_eq!(words(r"\mathrm{softmax}(QK)\,\text{if}"), " {softmax}(QK)  {if}");
    assert_eq!(words(r"a \& \frac{\alpha}{x}"), "a    { }{x}");
}

#[test]
fn formulas_become_mathml() {
    assert_eq!(
        html("E = mc^2"),
        "<math display=\"inline\" alttext=\"E = \
        mc^2\"><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math>"
    );
    assert!(convert("x", true).unwrap().html.starts_with("<math display=\"block\" alttext=\"x\">"));
    assert!(html(r"\frac{e^{x_i}}{\sum_j e^{x_j}}").contains("<mfrac>"));
}

#[test]
fn text_is_escaped_once() {
    assert!(html("a < b > c").contains("<mo>&lt;</mo><mi>b</mi><mo>&gt;</mo>"));
    assert!(html(r"\text{<b> \& y }").contains("<mtext>&lt;b&gt; \\&amp; y\u{a0}</mtext>"));
    assert!(html(r"a \not< b").contains("<mo>&lt;\u{338}</mo>"));
    assert!(html("a~b").contains("<mtext>\u{a0}</mtext>"));
    assert!(html(r"\&").contains("<mi>&amp;</mi>"));
    assert!(convert("a*b_c", false).unwrap().markdown.contains("<mo>∗</mo>"));
    assert!(
        convert(r"\text{*a* [b] _c_}", false)
            .unwrap()
            .markdown
            .contains("&#42;a&#42;&#32;&#91;b&#93;")
    );
}

#[test]
fn tables_need_no_style_sheet() {
    let cases = html(r"\begin{cases} 1 & x > 0 \\ 0 & \text{else} \\ \end{cases}");
    assert!(
        !cases.contains("class")
            && cases.contains("text-align:left")
            && cases.contains("padding-right:1em"),
        "{cases}"
    );
    assert_eq!(cases.matches("<mtr>").count(), 2, "{cases}");
    let aligned = html(r"\begin{aligned} a &= b \\ &= c \end{aligned}");
    assert!(
        aligned.contains("<mtd style=\"text-align:right;")
            && aligned.contains("<mtd style=\"text-align:left;"),
        "{aligned}"
    );
    let array = html(r"\begin{array}{l|r} a & b \\ \hline c & d \end{array}");
    assert!(
        array.contains("border-right:0.06em solid") && array.contains("border-top:0.06em solid"),
        "{array}"
    );
    // The renderer leaves out a space between these two.
    assert!(
        html(r"\bigl( x").contains(" stretchy=\"true\" minsize=\"1.2em\""),
        "{}",
        html(r"\bigl( x")
    );
}

#[test]
fn what_is_wrong_is_said() {
    assert_eq!(fault("  "), "an empty formula");
    assert_eq!(fault(r"\nope{x}"), "an unknown command");
    assert!(fault("{a").starts_with("unbalanced group"));
    assert_eq!(fault("a & b"), "alignment not allowed in current environment");
    assert_eq!(fault(r"\operatorname{<mi>}"), "`<mi>` is no name of an operator");
    assert_eq!(fault(r"\def\a{b} \a"), r"`\def`: a formula can't define commands");
    assert_eq!(fault(&"{".repeat(100)), "groups more than 50 deep");
    assert_eq!(fault(&r"\left(".repeat(100)), "groups more than 50 deep");
    assert_eq!(fault(&"x".repeat(10_001)), "a formula of 10001 bytes: more than 10000");
    let many = r"\alpha".repeat(1_001);
    assert_eq!(fault(&many), "a formula with 1001 commands: more than 1000");
    let matrix = |marks: usize| format!(r"\begin{{matrix}}{}\end{{matrix}}", "&".repeat(marks));
    assert_eq!(fault(&matrix(1_001)), "a formula with 1001 marks `&`: more than 1000");
    assert!(convert(&matrix(1_000), true).is_ok());
    let bars = format!(r"\begin{{array}}{{{}c}}x\end{{array}}", "|".repeat(9_000));
    assert_eq!(fault(&bars), "a formula that becomes more than 300000 bytes of MathML");
    assert!(convert(&"x^2".repeat(3_333), true).is_ok());
    // A line break, then a word.
    assert!(convert(r"\begin{aligned} a \\let \end{aligned}", false).is_ok());
}

#[test]
fn elements_have_the_children_that_they_need() {
    let max = convert(r"x \max_{a} b", true).unwrap().html;
    assert!(
        max.contains("<munder><mrow><mspace width=\"0.1667em\"></mspace><mi>max</mi></mrow><mrow>"),
        "{max}"
    );
    for tex in [
        "{}^2",
        "^2",
        "_a^b",
        r"\lim\limits_a^b",
        r"\int_a^b",
        r"\frac{}{}",
        r"\sqrt[]{}",
        r"\overset{a}{\max}",
    ] {
        if let Ok(formula) = convert(tex, true) {
            well_formed(&formula.html);
        }
    }
    let aligned = html(r"\begin{aligned} a &= \frac{b}{c} \end{aligned}");
    assert!(aligned.contains("<mtable displaystyle=\"true\">"), "{aligned}");
}

/// Checks that tags are closed in order, that nothing else looks like one, and that elements have
/// as many children as they need.
fn well_formed(html: &str) {
    let mut open: Vec<(&str, usize)> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        assert!(!rest[..at].contains('>'), "{html}");
        let (tag, behind) = rest[at + 1..].split_once('>').expect(html);
        match tag.strip_prefix('/') {
            Some(name) => {
                let (opened, children) = open.pop().expect(html);
                assert_eq!(opened, name, "{html}");
                let needed = match name {
                    "mfrac" | "mover" | "mroot" | "msub" | "msup" | "munder" => 2,
                    "msubsup" | "munderover" => 3,
                    _ => children,
                };
                assert_eq!(children, needed, "<{name}> in {html}");
            }
            None => {
                if let Some((_, children)) = open.last_mut() {
                    *children += 1;
                }
                open.push((tag.split(' ').next().unwrap(), 0));
            }
        }
        rest = behind;
    }
    assert!(open.is_empty() && !rest.contains('>'), "{html}");
}

const PIECES: [&str; 40] = [
    "x",
    "2",
    "<",
    ">",
    "&",
    "\\&",
    "\\\\",
    "{",
    "}",
    "^",
    "_",
    "'",
    "\\frac",
    "\\sqrt",
    "\\left(",
    "\\right)",
    "\\left.",
    "\\begin{cases}",
    "\\end{cases}",
    "\\begin{pmatrix}",
    "\\end{pmatrix}",
    "\\begin{array}{l|c|r}",
    "\\end{array}",
    "\\hline",
    "\\text{a<b}",
    "\\operatorname{f}",
    "\\not",
    "\\bigl(",
    "\\color{red}",
    "\\sum",
    "\\limits",
    "[",
    "]",
    "%",
    "\n",
    " ",
    "#",
    "\\mathbb",
    "\\overline",
    "\"",
];

/// Each command takes the next one as its argument: the parser goes down as deep.
#[test]
fn no_formula_exhausts_the_stack() {
    for command in
        [r"\sqrt", r"\not", r"\frac1", r"\mathrm", r"\xrightarrow", r"\textcolor{red}", r"\binom1"]
    {
        for count in [30, 31, 600, 1_000] {
            let tex = format!("{} x", command.repeat(count));
            if tex.len() <= 10_000 {
                assert!(convert(&tex, true).is_ok(), "{command} {count}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn nothing_breaks_out_of_the_formula(
        pieces in prop::collection::vec(0..PIECES.len(), 0..20),
        block: bool,
    ) {
        let tex: String = pieces.iter().map(|piece| PIECES[*piece]).collect();
        if let Ok(formula) = convert(&tex, block) {
            well_formed(&formula.html);
            well_formed(&formula.markdown);
        }
    }

    #[test]
    fn any_text_is_a_formula_or_a_fault(tex in "\\PC{0,60}") {
        if let Ok(formula) = convert(&tex, false) {
            well_formed(&formula.html);
        }
    }
}
