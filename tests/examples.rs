//! The examples as a user runs them. `cargo test` has built them beside the tests.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn program(name: &str) -> PathBuf {
    let tests = std::env::current_exe().expect("a test has a path");
    let profile = tests.parent().and_then(|deps| deps.parent()).expect("target/<profile>/deps");
    profile.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

fn run(name: &str, arguments: &[&str]) -> Output {
    Command::new(program(name)).args(arguments).env("COLUMNS", "80").output().unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("examples write UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("examples write UTF-8")
}

#[test]
fn list_fits_a_terminal_and_has_every_article() {
    let output = run("list", &[]);
    assert!(output.status.success());
    let listed = stdout(&output);
    for line in listed.lines() {
        assert!(textwrap::core::display_width(line) <= 80, "{line}");
    }
    for article in ai_almanac::articles() {
        assert!(listed.contains(article.id()), "{} is missing", article.id());
    }
}

#[test]
fn show_prints_an_article_or_a_section() {
    let article = run("show", &["companies/huawei"]);
    assert!(article.status.success());
    let shown = stdout(&article);
    for part in ["Huawei\n======\n", "Founded: 1987\n", "\nTimeline\n--------\n", "\nSources\n-------\n[1] "] {
        assert!(shown.contains(part), "no {part:?} in\n{shown}");
    }
    let section = stdout(&run("show", &["companies/huawei#timeline"]));
    assert!(section.starts_with("Huawei / Timeline\n") && !section.contains("Founded:"), "{section}");
}

#[test]
fn unknown_names_are_answered_with_the_nearest() {
    let output = run("show", &["companies/huawie"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stderr(&output), "error: no article has the id `companies/huawie`\ndid you mean `companies/huawei`?\n");
    let output = run("show", &["companies/huawei#tymeline"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).starts_with("error: `companies/huawei` has no section `#tymeline`; it has\n"));
    let output = run("timeline", &["--article", "huawie"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("did you mean `companies/huawei`?"));
}

#[test]
fn wrong_arguments_are_answered_with_the_usage() {
    for (name, arguments) in [
        ("list", &["x"][..]),
        ("show", &[]),
        ("show", &["a", "b"]),
        ("export", &["--format", "xml"]),
        ("export", &["--format"]),
        ("timeline", &["--year"]),
        ("timeline", &["--year", "soon"]),
        ("timeline", &["--on", "02-30"]),
        ("timeline", &["--on", "11"]),
        ("search", &[]),
        ("search", &["--json"]),
    ] {
        let output = run(name, arguments);
        assert_eq!(output.status.code(), Some(2), "{name} {arguments:?}");
        assert!(stderr(&output).contains(&format!("usage: {name}")), "{name} {arguments:?}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn timeline_filters() {
    let events = ai_almanac::events();
    let count = |arguments: &[&str]| {
        let output = run("timeline", arguments);
        assert!(output.status.success());
        let shown = stdout(&output);
        let last = shown.lines().last().expect("a last line").to_owned();
        last.split(' ').next().and_then(|count| count.parse::<usize>().ok()).unwrap_or_else(|| panic!("{last}"))
    };
    assert_eq!(count(&[]), events.len());
    assert_eq!(count(&["--year", "2017"]), events.iter().filter(|event| event.date().year() == 2017).count());
    assert_eq!(count(&["--on", "11-30"]), events.iter().filter(|event| event.date().to_string().ends_with("-11-30")).count());
    assert_eq!(count(&["--article", "companies/huawei"]), ai_almanac::companies::HUAWEI.events().len());
    assert_eq!(count(&["--article", "companies/huawei", "--year", "1066"]), 0);
}

#[test]
fn a_closed_pipe_is_no_error() {
    for (name, arguments) in [
        ("export", &[][..]),
        ("list", &[]),
        ("search", &["--json", "chips"]),
        ("search", &["chips"]),
        ("timeline", &[]),
        ("show", &["companies/huawei"]),
    ] {
        let mut child = Command::new(program(name)).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("ends");
        assert!(output.status.success(), "{name}: {}", stderr(&output));
        assert_eq!(stderr(&output), "", "{name}");
    }
}

#[test]
fn llms_txt_has_the_index_and_the_texts() {
    let text = stdout(&run("export", &["--format", "llms-txt"]));
    assert!(text.starts_with("# ai-almanac\n\n> "));
    for article in ai_almanac::articles() {
        assert!(text.contains(&format!("- [{}]({}): {}", article.title(), article.permalink(), article.description())));
        assert!(text.contains(article.markdown()));
    }
}

#[test]
fn search_answers_people_and_programs() {
    let shown = stdout(&run("search", &["who", "makes", "Ascend", "chips"]));
    assert!(shown.starts_with(" 1. Huawei") && shown.contains("companies/huawei") && !shown.contains('\x1b'), "{shown}");
    let found: serde_json::Value = serde_json::from_slice(&run("search", &["--json", "who makes Ascend chips"]).stdout).expect("JSON");
    let found = found.as_array().expect("one array");
    assert_eq!(found[0]["article"], "companies/huawei");
    assert_eq!(found.len(), ai_almanac::search("who makes Ascend chips").count());
    for (written, hit) in found.iter().zip(ai_almanac::search("who makes Ascend chips")) {
        assert_eq!(written["article"], hit.article().id());
        assert_eq!(written["section"], serde_json::json!(hit.section().map(|section| section.anchor())));
        assert_eq!(written["snippet"], hit.snippet().text());
        assert!((written["score"].as_f64().expect("a number") - f64::from(hit.score())).abs() < 1e-5);
    }
    assert_eq!(stdout(&run("search", &["--json", "zzzzqqqq"])), "[]\n");
}

/// Payloads are tables of their own: who doesn't ask for HTML carries none.
#[test]
fn a_program_that_lists_titles_holds_no_html() {
    let holds = |name: &str, text: &str| {
        let program = std::fs::read(program(name)).expect("built");
        program.windows(text.len()).any(|window| window == text.as_bytes())
    };
    // The widest line of an article's HTML, which no other text contains.
    let html = ai_almanac::companies::HUAWEI.html().lines().next().expect("some HTML");
    let html: String = html.chars().take(200).filter(char::is_ascii).collect();
    assert!(html.starts_with("<p>"));
    assert!(holds("export", &html), "export writes HTML");
    assert!(!holds("list", &html), "list doesn't");
    assert!(!holds("list", ai_almanac::companies::HUAWEI.sections()[0].text()), "nor texts");
    assert!(holds("list", "companies/huawei"), "but ids");
}
