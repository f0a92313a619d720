use super::*;
use crate::fault::{Code, Fault, FileSpan};
use crate::policy::Policy;

fn judged(faults: Vec<Fault>) -> Judged {
    Policy::default().apply(faults)
}

#[test]
fn the_layout_is_the_one_of_rustc() {
    let text = "---\ntitle: Huawei\n---\n\nSee [OpenAI](./opena.md) for more.\n";
    let (folder, _) = ContentFolder::from_files([("companies/huawei.md", text)]);
    let at = text.find("./opena.md").unwrap();
    let place = FileSpan::new(0, at..at + 10);
    let fault = Fault::new(Code::BrokenLink, place, "no article at `./opena.md`")
        .did_you_mean(Some("./openai.md"));
    let report = report(&folder, judged(vec![fault]), false);
    assert!(report.failed);
    insta::assert_snapshot!(report.text(), @r"
    error[broken-link]: no article at `./opena.md`
     --> content/companies/huawei.md:5:14
      |
    5 | See [OpenAI](./opena.md) for more.
      |              ^^^^^^^^^^ did you mean `./openai.md`?

    1 error in 1 file
    ");
}

#[test]
fn warnings_beyond_twenty_are_counted() {
    let text = "x".repeat(100);
    let (folder, _) = ContentFolder::from_files([("a.md", text.as_str()), ("b.md", text.as_str())]);
    let raw = |at: usize| Fault::new(Code::RawHtml, FileSpan::new(at % 2, at..at + 1), "raw");
    let report = report(&folder, judged((0..50).map(raw).collect()), false);
    assert!(!report.failed);
    assert_eq!(report.warnings.matches("warning[raw-html]: raw").count(), 40);
    assert!(report.warnings.contains("warning[raw-html]: 5 more in content/a.md"));
    assert!(report.summary.starts_with("50 warnings in 2 files\n"));
}

#[test]
fn long_lines_are_cut_around_the_span() {
    let text = format!("# A\n\n{}[x](./none.md){}\n", "wörd ".repeat(1000), " word".repeat(1000));
    let (folder, _) = ContentFolder::from_files([("a.md", text.as_str())]);
    let at = text.find("./none").unwrap();
    let place = FileSpan::new(0, at..at + 9);
    let fault = Fault::new(Code::BrokenLink, place, "no article").label("here");
    let said = report(&folder, judged(vec![fault]), false).errors;
    assert!(said.contains("content/a.md:3:5005"), "{said}");
    assert!(said.contains("^^^^^^^^^ here") && said.len() < 600, "{said}");
}

#[test]
fn spans_at_odd_places_do_not_panic() {
    for text in ["añb\r\n\r\nc", "a\rñ\u{85}b\r\u{202e}", "\u{feff}"] {
        let (folder, _) = ContentFolder::from_files([("a\nb.md", text)]);
        for start in 0..12 {
            for end in 0..12 {
                let fault = Fault::new(Code::RawHtml, FileSpan::new(0, start..end), "x");
                let said = report(&folder, judged(vec![fault]), false).warnings;
                assert!(said.contains("content/a\\nb.md"));
            }
        }
    }
}

/// Whatever a file, its name or a message holds: a terminal shows it and acts on none of it.
#[test]
fn nothing_reaches_the_terminal_raw() {
    let evil = "\u{1b}[31m\u{7}\u{85}\u{9b}31m\u{202e}\u{2028}\u{feff}\u{e0041}";
    let text = format!("one {evil} two\nthree\n");
    let name = format!("{evil}.md");
    let (folder, _) = ContentFolder::from_files([(name.as_str(), text.as_str())]);
    let message = format!("error[x]: {evil}\nerror[y]: of its own");
    let at = text.find("two").unwrap();
    let fault = Fault::new(Code::BrokenLink, FileSpan::new(0, at..at + 3), message)
        .label(evil)
        .help(evil)
        .cause(evil);
    let said = report(&folder, judged(vec![fault.clone(), fault]), false).text();
    let raw: Vec<char> =
        said.chars().filter(|&c| c != '\n' && crate::visible::is_hidden(c)).collect();
    assert!(raw.is_empty(), "{raw:?} in {said}");
    assert!(said.contains(":1:21\n"), "columns count what is replaced: {said}");
    assert_eq!(said.lines().filter(|line| line.starts_with("error[")).count(), 2, "{said}");
    assert_eq!(said.matches("^^^").count(), 2);
}

#[test]
fn errors_come_first_and_a_summary_last() {
    let (folder, _) = ContentFolder::from_files([("a.md", "text\n"), ("b.md", "text\n")]);
    let fault = |code, file: usize| Fault::new(code, FileSpan::new(file, 0..4), "message");
    let faults = vec![
        fault(Code::RawHtml, 0),
        fault(Code::BrokenLink, 1).cause("no article at `/x`"),
        fault(Code::Mdx, 1),
        fault(Code::BrokenLink, 0).cause("no article at `/x`"),
        fault(Code::MissingImage, 0),
        fault(Code::MissingTitle, 1),
    ];
    let (policy, _) = Policy::new("missing-image,missing-title", false);
    let report = report(&folder, policy.apply(faults), false);
    let text = report.text();
    let titles: Vec<&str> = text.lines().filter(|line| line.contains("[")).collect();
    // The order is that of places: `a.md` before `b.md`, at one place that of the codes.
    let expected = [
        "error[broken-link]: message",
        "error[mdx]: message",
        "error[broken-link]: message",
        "warning[missing-image]: message",
        "warning[raw-html]: message",
    ];
    assert_eq!(titles, expected);
    insta::assert_snapshot!(report.summary, @r"
    3 errors and 2 warnings in 2 files
          2 broken-link
          1 mdx
          1 missing-image (warning)
          1 raw-html (warning)
    repeated:
      no article at `/x`: 2 links
    left out, as allowed: 1 missing-image
    not shown, as allowed: 1 missing-title
    ");
}

#[test]
fn one_unknown_key_in_many_files_is_one_warning() {
    let files: Vec<(String, &str)> =
        (0..40).map(|at| (format!("{at:02}.md"), "author: me\nother: x\n")).collect();
    let (folder, _) = ContentFolder::from_files(files);
    let key = |file, span, name: &str| {
        Fault::new(Code::UnknownKey, FileSpan::new(file, span), format!("`{name}`?"))
            .cause(format!("`{name}`"))
    };
    let mut faults: Vec<Fault> = (0..40).map(|file| key(file, 0..6, "author")).collect();
    faults.push(key(7, 11..16, "other"));
    faults.push(key(8, 0..6, "author").severity(Severity::Error));
    let report = report(&folder, judged(faults), false);
    assert_eq!(report.errors.matches("error[unknown-key]").count(), 1, "errors are never folded");
    insta::assert_snapshot!(report.warnings + &report.summary, @r"
    warning[unknown-key]: `author`?
     --> content/00.md:1:1
      |
    1 | author: me
      | ^^^^^^
      |
      = note: the same key stands in 39 other files, where it is not shown

    warning[unknown-key]: `other`?
     --> content/07.md:2:1
      |
    2 | other: x
      | ^^^^^

    1 error and 41 warnings in 40 files
          1 unknown-key
         41 unknown-key (warning)
    repeated:
      `author`: 41 times
    ");
}
