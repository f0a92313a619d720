//! The program `almanac` from outside: what it prints, and its exit status.

#![cfg(feature = "cli")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// A folder that is removed at the end of a test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Folder {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        for (path, text) in files {
            let path = folder.join("docs").join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Folder(folder)
    }

    /// Runs the program beside the folder `docs`.
    fn almanac(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_almanac"));
        command.args(arguments).current_dir(&self.0).output().unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[track_caller]
fn stdout(output: &Output, status: i32) -> &str {
    assert_eq!(output.status.code(), Some(status), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    std::str::from_utf8(&output.stdout).unwrap()
}

const FAULTY: [(&str, &str); 4] = [
    (
        "a.md",
        "---\ntitle: A\nauthor: me\n---\n\nSee [Ü\u{202e}](./bee.md), [C](c.md#nope)\n\n\
         [\u{1f600}](\u{1f600}\u{202e}\".md)\n",
    ),
    ("be.md", "# Be\n\n:::note\n\n- \u{1f600}\thttp://a.example/ \"\\\u{7}<Chart />\n"),
    ("c.md", "# C\n\nText.\n\n## Same {#s}\n\nText.\n\n## Other {#s}\n\nText.\n"),
    ("d.mdx", "# D\n"),
];

#[test]
fn json_lines() {
    let folder = Folder::new("json", &FAULTY);
    let output = folder.almanac(&["check", "docs", "--json"]);
    let text = stdout(&output, 1);
    assert!(text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')), "{text:?}");
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("json", text);
    });
    // Escapes stand for what the content holds.
    let told = |code: &str| {
        let values = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        values.filter(|value| value["code"] == code).collect::<Vec<_>>()
    };
    assert_eq!(told("broken-link")[0]["suggestion"], "./be.md");
    let quoted = "no article at `\u{1f600}\u{202e}\".md`";
    assert_eq!(told("broken-link")[1]["message"], quoted);
}

/// Compares the places that both forms print.
#[test]
fn the_same_as_the_report() {
    let folder = Folder::new("same", &FAULTY);
    let json = folder.almanac(&["check", "docs", "--json"]);
    let report = folder.almanac(&["check", "docs"]);
    let told: Vec<String> = stdout(&json, 1)
        .lines()
        .map(|line| {
            let value: Value = serde_json::from_str(line).unwrap();
            let text = |key: &str| value[key].as_str().unwrap().to_owned();
            let place = match &value["line"] {
                Value::Null => text("file"),
                line => format!("{}:{line}:{}", text("file"), value["column"]),
            };
            format!("{}[{}] {place}", text("severity"), text("code"))
        })
        .collect();
    let lines: Vec<&str> = stdout(&report, 1).lines().collect();
    let shown: Vec<String> = lines
        .windows(2)
        .filter_map(|lines| {
            let (title, _) = lines[0].split_once(": ")?;
            let place = lines[1].trim_start().strip_prefix("--> ")?;
            Some(format!("{title} {place}"))
        })
        .collect();
    assert!(shown.len() > 5, "{shown:?}");
    assert_eq!(told, shown);
}

#[test]
fn nothing_is_wrong() {
    let folder = Folder::new("clean", &[("a.md", "# A\n\nText.\n")]);
    assert_eq!(stdout(&folder.almanac(&["check", "docs", "--json"]), 0), "");
    assert_eq!(stdout(&folder.almanac(&["check", "docs"]), 0), "");
}

#[test]
fn allowed_and_denied() {
    let folder = Folder::new("allowed", &[("a.md", "# A\n\n[B](b.md) and http://a.example/.\n")]);
    let check = |arguments: &[&str], status| {
        let arguments = [&["check", "docs", "--json"], arguments].concat();
        let output = folder.almanac(&arguments);
        let lines = stdout(&output, status).lines();
        let named = lines.map(|line| {
            let value: Value = serde_json::from_str(line).unwrap();
            format!("{} {}", value["severity"], value["code"]).replace('"', "")
        });
        named.collect::<Vec<_>>()
    };
    assert_eq!(check(&[], 1), ["error broken-link", "warning insecure-url"]);
    // An allowed warning is hidden, an allowed error is a warning.
    assert_eq!(check(&["--allow", "insecure-url"], 1), ["error broken-link"]);
    assert_eq!(check(&["--allow", "all"], 0), ["warning broken-link"]);
    let denied = ["--allow", "broken-link", "--deny-warnings"];
    assert_eq!(check(&denied, 1), ["error insecure-url", "warning broken-link"]);
    let unknown = ["--allow", "all,insecure-ulr"];
    assert_eq!(check(&unknown, 1), ["error unknown-code", "warning broken-link"]);
}

#[test]
fn wrong_commands() {
    let folder = Folder::new("wrong", &[("a.md", "# A\n\nText.\n")]);
    for (arguments, message) in [
        (&["check", "docs", "--json", "--happenings"][..], "choose `--happenings` or `--json`"),
        (&["compile", "docs", "--to", "out", "--json"], "`--json` is for `check`"),
        (&["check", "docs", "--jsn"], "invalid option '--jsn'"),
    ] {
        let output = folder.almanac(arguments);
        assert_eq!((output.status.code(), &output.stdout[..]), (Some(2), &b""[..]));
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(said, format!("almanac: {message}; see `almanac --help`\n"));
    }
}

/// The parser of formulas panics on some, and quotes them as they are.
#[test]
fn nothing_is_lost() {
    let folder = Folder::new("lost", &[("a.md", "# A\n\nText.\n")]);
    let refused = |to: &str, why: &str| {
        let output = folder.almanac(&["compile", "docs", "--to", to]);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        let told = format!("almanac: cannot write to {to}: {why}\n");
        assert_eq!(String::from_utf8_lossy(&output.stderr), told);
    };
    refused("docs", "it holds other files, which would be lost: name a new folder");
    refused(".", "name a folder of its own, such as `compiled`");
    refused("docs/a.md", "it is no folder");
    for _ in 0..2 {
        stdout(&folder.almanac(&["compile", "docs", "--to", "compiled/"]), 0);
    }
    let mut names: Vec<_> =
        fs::read_dir(&folder.0).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["compiled", "docs"]);
    assert!(folder.0.join("docs/a.md").exists() && folder.0.join("compiled/almanac.rs").exists());
}

#[test]
fn version() {
    let folder = Folder::new("version", &[]);
    fs::create_dir_all(&folder.0).unwrap();
    let expected = format!("almanac {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(stdout(&folder.almanac(&["--version"]), 0), expected);
}

#[test]
fn a_formula_that_panics_prints_nothing() {
    let many = r"\alpha".repeat(40);
    let wrong = "\\charé\u{1b}]0;x\u{7}";
    let text = format!("# A\n\n$${wrong}$$\n\n$${many} {wrong}$$\n");
    let folder = Folder::new("panic", &[("_schema_.yml", "formulas: true\n"), ("a.md", &text)]);
    let output = folder.almanac(&["check", "docs"]);
    let report = stdout(&output, 1);
    assert_eq!(report.matches("a formula that can't be read").count(), 2, "{report}");
    assert!(!report.contains(['\u{1b}', '\u{7}']), "{report}");
}
