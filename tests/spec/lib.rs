//! The examples of the CommonMark and GFM specifications through the whole compiler: the HTML must be what a browser reads without
//! complaint, the text what the specification's own HTML shows.

#![cfg(test)]

#[path = "../../src/compiler/mod.rs"]
#[allow(dead_code, reason = "the compiler has more than is asked of it here")]
mod compiler;
mod html;

use std::fs;
use std::path::PathBuf;

use compiler::{Compiled, Settings, compile_folder};
use html::{parse, words};

/// Whose text differs from the specification's, and why.
const DIFFERENCES: &[(&str, &str)] = &[];

struct Example {
    name: String,
    markdown: String,
    html: String,
}

fn examples() -> Vec<Example> {
    let all: Vec<[String; 3]> = serde_json::from_str(include_str!("examples.json")).expect("as examples.mjs writes it");
    all.into_iter().map(|[name, markdown, html]| Example { name, markdown, html }).collect()
}

/// A folder of one article, which begins with a paragraph so that no heading is its title.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let folder = std::env::temp_dir().join(format!("almanac-spec-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a temporary folder");
        Folder(folder)
    }

    fn compile(&self, markdown: &str, allow: &str) -> Compiled {
        fs::write(self.0.join("example.md"), format!("---\ntitle: Example\n---\n\nStart.\n\n{markdown}")).expect("a temporary file");
        compile_folder("content", &self.0, &Settings { allow: allow.to_owned(), ..Settings::default() })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The names of all diagnostics: with these allowed there is always a result.
fn all_codes() -> String {
    let declared = include_str!("../../src/compiler/diagnostic.rs").lines().filter(|line| line.starts_with("    "));
    let declared = declared.filter(|line| line.ends_with(" Error;") || line.ends_with(" Warning;"));
    let names: Vec<&str> = declared.filter_map(|line| line.split('"').nth(1)).collect();
    assert!(names.len() > 20, "the codes stand where they stood");
    names.join(",")
}

fn file<'c>(compiled: &'c Compiled, name: &str) -> &'c str {
    compiled.files.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str()).expect("is generated")
}

#[test]
fn there_are_all() {
    let examples = examples();
    let of = |spec: &str| examples.iter().filter(|example| example.name.starts_with(spec)).count();
    assert_eq!(of("CommonMark "), 650);
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
        faults.extend(parse(html).1.into_iter().map(|fault| format!("{name}: {fault}\n{markdown}\n{html}")));
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// The words of the text are those that a browser shows of the compiled HTML, and of the specification's HTML where the example
/// has no HTML of its own (which the compiler leaves out).
#[test]
fn text_is_what_one_sees() {
    let folder = Folder::new("text");
    let codes = all_codes();
    let mut faults = Vec::new();
    let (mut compared, mut differ) = (0, Vec::new());
    for Example { name, markdown, html } in examples() {
        let compiled = folder.compile(&markdown, &codes);
        let text: Vec<&str> = file(&compiled, "text.txt").split_whitespace().collect();
        let shown = words(file(&compiled, "html.txt"));
        if text != shown {
            faults.push(format!("{name}: {text:?} but its HTML shows {shown:?}\n{markdown}"));
        }
        if compiled.report.warnings.contains("[raw-html]") || compiled.report.warnings.contains("[unclosed-comment]") {
            continue;
        }
        compared += 1;
        let wanted = words(&format!("<p>Start.</p>\n{html}"));
        if text != wanted {
            differ.push(name.clone());
            if !DIFFERENCES.iter().any(|(known, _)| *known == name) {
                faults.push(format!("{name}: {text:?} but the specification shows {wanted:?}\n{markdown}"));
            }
        }
    }
    let gone = DIFFERENCES.iter().filter(|(known, _)| !differ.iter().any(|name| name == known));
    faults.extend(gone.map(|(name, _)| format!("{name}: no longer differs")));
    assert!(compared > 500, "{compared} compared");
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}
