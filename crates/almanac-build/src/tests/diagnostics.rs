//! Every code: a mistake that a writer might make, and one so near to it that it must stay silent.

mod cases;
mod dated_cases;

use super::*;
use crate::fault::{Code, Severity};
use cases::CASES;
use dated_cases::DATED_CASES;

type Files = &'static [(&'static str, &'static str)];

/// An image of one pixel.
const GIF: &str = "GIF89a\u{1}\0\u{1}\0";

const TOOLS: &str = "records:\n  Tools:\n    row: tool\n    columns:\n      Tool: name\n      \
    Weight: { type: quantity, unit: g }\n      Better: tool\n";

const FORMULAS: &str = "formulas: true\n";

fn all() -> impl Iterator<Item = &'static (Code, Files, Files)> {
    CASES.iter().chain(DATED_CASES)
}

#[test]
fn every_code_is_provoked_and_silent_on_its_near_miss() {
    for (code, provoking, silent) in all() {
        let said = report(provoking);
        assert!(
            said.contains(&format!("[{}]", code.name())),
            "{} is not provoked:\n{said}",
            code.name()
        );
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(code.name(), said);
        });
        let said = report(silent);
        assert!(
            !said.contains(&format!("[{}]", code.name())),
            "{} is not silent:\n{said}",
            code.name()
        );
    }
}

#[test]
fn every_code_has_a_case() {
    // These need a real folder, a deep or a large one: see below, `source` and `hostile`.
    let elsewhere = [
        Code::UnreadableFile,
        Code::NestingTooDeep,
        Code::UnknownCode,
        Code::TooLong,
        Code::TooLarge,
        // It searches.
        #[cfg(not(feature = "search"))]
        Code::UnearnedQuestion,
    ];
    for code in Code::ALL {
        let here = all().any(|(known, ..)| known == code);
        assert!(here || elsewhere.contains(code), "{} has no case", code.name());
    }
}

#[test]
fn contributing_explains_every_code() {
    let contributing = include_str!("../../../../CONTRIBUTING.md");
    for code in Code::ALL {
        let severity = match (code, code.severity()) {
            (Code::UnknownKey | Code::TooLong, _) => "error / warning",
            (_, Severity::Error) => "error",
            (_, Severity::Warning) => "warning",
        };
        assert!(
            contributing.contains(&format!("| `{}` | {severity} |", code.name())),
            "no row for {} ({severity})",
            code.name()
        );
    }
}

/// Twenty faults in eight files, all in one report.
#[test]
fn one_run_reports_everything() {
    let files: Files = &[
        (
            "a/one.md",
            "---\ntitle: null\nsidebar_position: x\nslug: ''\nfoo: bar\n---\n\n\
            [x](./none.md) [y](#none) [z](javascript:x)\n",
        ),
        ("a/two.md", "---\nid: three\n---\n\n# Two\n\n[x][none] ![](none.png)\n\n## Empty\n"),
        ("a/three.md", "# Three\n\n:::note\n\nhttp://a.example <b>x</b>\n"),
        ("a/four.mdx", "# Four\n"),
        ("b/five.md", "---\ntitle: a: b\n---\n"),
        ("b/six.md", "# Six\n\n## Same {#s}\n\nText.\n\n## Other {#s}\n\nText.[^n]\n"),
        ("b/++.md", "# Plus\n\nText.\n"),
        ("b/_category_.yml", "labl: B\n"),
    ];
    let said = report(files);
    let count = said.matches("error[").count() + said.matches("warning[").count();
    assert!(count >= 20, "{count} faults:\n{said}");
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("one_run", said);
    });
}

#[test]
fn what_an_allowed_fault_concerns_is_left_out() {
    let files = [
        ("a.md", "---\ntitle: A\nsidebar_position: x\n---\n\nSee [B](./none.md) and [C](c.md).\n"),
        ("bad.md", "---\ntitle: a: b\n---\n"),
        ("c.md", "# C\n\nText.\n"),
    ];
    let settings = Settings {
        allow: "broken-link,invalid-value, front-matter-syntax".into(),
        ..Settings::default()
    };
    let compiled = compile(ContentFolder::from_files(files), &settings);
    assert!(!compiled.report.failed, "{}", compiled.report.errors);
    assert_eq!(compiled.report.warnings.matches("warning[").count(), 3);
    assert!(generated(&compiled, "html.txt").contains("<p>See B and <a href=\"/c\">C</a>.</p>"));
    let code = generated(&compiled, "almanac.rs");
    assert!(code.contains("__LINKS : [self :: Link ; 1]") && !code.contains("BAD"), "{code}");
}

#[test]
fn warnings_fail_the_build_when_denied() {
    let files = [("a.md", "# A\n\nhttp://a.example/\n")];
    assert!(!compile(ContentFolder::from_files(files), &Settings::default()).report.failed);
    let settings = Settings { deny_warnings: true, ..Settings::default() };
    let compiled = compile(ContentFolder::from_files(files), &settings);
    assert!(compiled.report.failed && compiled.files.is_empty());
    assert!(compiled.report.errors.contains("error[insecure-url]"));
}

#[test]
fn an_unknown_code_in_the_settings_is_reported() {
    let settings = Settings { allow: "brokn-link".into(), ..Settings::default() };
    let report = compile(ContentFolder::from_files([("a.md", "# A\n\nText.\n")]), &settings).report;
    insta::assert_snapshot!(report.text(), @r"
    error[unknown-code]: no diagnostic has the code `brokn-link`, which is allowed; did you mean `broken-link`?

    1 error in 0 files
    ");
}

/// Each limit, by what is just within it and what is just beyond it.
#[test]
fn lengths_have_limits() {
    use crate::limits::*;

    let text = |length: usize| "é".repeat(length);
    let front = |key: &str, value: String| format!("---\ntitle: A\n{key}: {value}\n---\n\nText.\n");
    type Case<'c> = (&'c str, usize, &'c dyn Fn(usize) -> String);
    let cases: [Case; 4] = [
        ("a title", TITLE_CHARS, &|most| {
            front("id", "a".into()).replace("title: A", &format!("title: {}", text(most)))
        }),
        ("a label", TITLE_CHARS, &|most| front("sidebar_label", text(most))),
        ("a slug", SLUG_CHARS, &|most| front("slug", text(most))),
        ("a description", DESCRIPTION_CHARS, &|most| front("description", text(most))),
    ];
    for (what, most, file) in cases {
        assert_eq!(report(&[("a.md", &file(most))]), "", "{what} of {most}");
        let said = report(&[("a.md", &file(most + 1))]);
        assert!(said.starts_with(&format!("error[too-long]: {what} of {}", most + 1)), "{said}");
        assert!(said.contains("\n1 error in 1 file"), "{said}");
        assert!(said.len() < 5_000, "{}", said.len());
    }
    let first_line = |length| format!("# A\n\n{}\n", text(length));
    assert_eq!(report(&[("a.md", &first_line(DESCRIPTION_CHARS))]), "");
    let said = report(&[("a.md", &first_line(DESCRIPTION_CHARS + 1))]);
    assert!(
        said.starts_with("warning[too-long]: a first line of 10001"),
        "nobody wrote it as a description: {said}"
    );
    let said = report(&[("a.md", &front("slug", text(SLUG_CHARS + 1)))]);
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("too-long", said);
    });
    for (line, what) in [("label", "a label"), ("description", "a description")] {
        let file = format!("{line}: {}\n", text(DESCRIPTION_CHARS + 1));
        let said = report(&[("f/_category_.yml", &file), ("f/a.md", "# A\n\nText.\n")]);
        assert!(said.starts_with(&format!("error[too-long]: {what} of 10001")), "{said}");
    }
}
