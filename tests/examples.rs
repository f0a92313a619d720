//! The examples as a user runs them. `cargo test` has built them beside the tests.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

#[path = "../examples/common/bulk_id.rs"]
mod bulk_id;
#[path = "../examples/common/printable.rs"]
mod printable;
#[path = "examples/records.rs"]
mod records;

#[path = "examples/export.rs"]
mod export;

fn program(name: &str) -> PathBuf {
    let tests = std::env::current_exe().expect("a test has a path");
    let profile = tests.parent().and_then(|deps| deps.parent()).expect("target/<profile>/deps");
    profile.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

fn run(name: &str, arguments: &[&str]) -> Output {
    Command::new(program(name))
        .args(arguments)
        .env("COLUMNS", "80")
        .output()
        .unwrap_or_else(|error| panic!("{name}: {error}"))
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
    for part in [
        "Huawei\n======\n",
        "Founded: 1987\n",
        "\nTimeline\n--------\n",
        "\nSources\n-------\n[1] ",
    ] {
        assert!(shown.contains(part), "no {part:?} in\n{shown}");
    }
    let section = stdout(&run("show", &["companies/huawei#timeline"]));
    assert!(
        section.starts_with("Huawei / Timeline\n") && !section.contains("Founded:"),
        "{section}"
    );
}

#[test]
fn unknown_names_are_answered_with_the_nearest() {
    let output = run("show", &["companies/huawie"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        stderr(&output),
        "error: no article has the id `companies/huawie`\ndid you mean `companies/huawei`?\n"
    );
    let output = run("show", &["companies/huawei#tymeline"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output)
            .starts_with("error: `companies/huawei` has no section `#tymeline`; it has\n")
    );
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
        ("export", &["--format", "chunks", "--limit", "-1"]),
        ("export", &["--format", "json", "--limit", "9"]),
        ("stale", &[]),
        ("stale", &["soon"]),
        ("stale", &["2027-01-01", "2028-01-01"]),
        ("timeline", &["--year"]),
        ("timeline", &["--year", "soon"]),
        ("timeline", &["--on", "02-30"]),
        ("timeline", &["--on", "11"]),
        ("search", &[]),
        ("search", &["--json"]),
        ("site", &[]),
        ("site", &[""]),
        ("site", &["a", "b"]),
        ("site", &["a", "--url"]),
        ("site", &["a", "--url", "example.org"]),
        ("site", &["a", "--url", "https://example.org/?x"]),
        ("site", &["a", "--title", " "]),
        ("site", &["--help"]),
    ] {
        let output = run(name, arguments);
        assert_eq!(output.status.code(), Some(2), "{name} {arguments:?}");
        assert!(stderr(&output).contains(&format!("usage: {name}")), "{name} {arguments:?}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn printable_text_steers_no_terminal() {
    use printable::{json, line, printable, steers};

    let evil =
        "a\u{1b}]8;;x\u{7}\r\u{7f}\u{85}\u{9b}1m\u{61c}\u{200f}\u{2028}\u{2029}\u{202e}\u{2069}";
    let shown = "a\\u{1b}]8;;x\\u{7}\\u{d}\\u{7f}\\u{85}\\u{9b}1m\\u{61c}\\u{200f}\
        \\u{2028}\\u{2029}\\u{202e}\\u{2069}";
    assert_eq!(printable(evil), shown);
    assert_eq!(printable("é👩\u{200d}🔬人\t\n"), "é👩\u{200d}🔬人\t\n");
    assert_eq!(line(" a\nerror: b\t\u{85}c\u{1b} "), "a error: b c\\u{1b}");
    // JSON means the same.
    let all: String = (0..=0x2fff).filter_map(char::from_u32).collect();
    let written = json(&serde_json::to_string(&all).expect("JSON"));
    assert!(!written.contains(steers));
    assert_eq!(serde_json::from_str::<String>(&written).expect("JSON"), all);
}

/// `tests/terminal` has the same for what articles hold.
#[test]
fn arguments_steer_no_terminal() {
    let evil = "x\u{1b}]0;y\u{7}\r\u{9b}2J\u{202e}\u{85}\nerror: z";
    let shown = "x\\u{1b}]0;y\\u{7} \\u{9b}2J\\u{202e} error: z";
    for (name, arguments) in [
        ("show", vec![evil.to_owned()]),
        ("show", vec![format!("companies/huawei#{evil}")]),
        ("timeline", vec!["--article".into(), evil.into()]),
        ("timeline", vec!["--year".into(), evil.into()]),
        ("timeline", vec!["--on".into(), evil.into()]),
        ("site", vec!["out".into(), "--url".into(), evil.into()]),
        ("site", vec![format!("{}/thesis {evil}", file!())]),
    ] {
        let output = run(name, &arguments.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(!output.status.success() && output.stdout.is_empty(), "{name} {arguments:?}");
        let said = stderr(&output);
        assert!(!said.contains(printable::steers) && said.contains(shown), "{name}: {said}");
        assert_eq!(said.matches("\nerror:").count(), 0, "{name}: {said}");
    }
}

#[cfg(unix)]
#[test]
fn arguments_that_are_not_utf_8_are_answered() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let wrong = OsStr::from_bytes(b"chess\xff");
    for (name, before, status) in [
        ("list", &[][..], 2),
        ("show", &[], 1),
        ("timeline", &["--year"], 2),
        ("timeline", &["--article"], 1),
        ("timeline", &[], 2),
        ("search", &["--json", "chess"], 0),
        ("export", &["--format"], 2),
        ("site", &["out", "--title"], 2),
    ] {
        let output = Command::new(program(name)).args(before).arg(wrong).output().expect("starts");
        assert_eq!(output.status.code(), Some(status), "{name} {before:?}: {}", stderr(&output));
        assert!(!stderr(&output).contains("panicked"), "{name} {before:?}: {}", stderr(&output));
    }
    let found = Command::new(program("search")).arg(wrong).arg("program").output().expect("starts");
    assert_eq!(found.stdout, run("search", &["chess\u{fffd}", "program"]).stdout);
}

#[test]
fn timeline_filters() {
    let happenings = ai_almanac::happenings();
    let count = |arguments: &[&str]| {
        let output = run("timeline", arguments);
        assert!(output.status.success());
        let shown = stdout(&output);
        let last = shown.lines().last().expect("a last line").to_owned();
        last.split(' ')
            .next()
            .and_then(|count| count.parse::<usize>().ok())
            .unwrap_or_else(|| panic!("{last}"))
    };
    assert_eq!(count(&[]), happenings.len());
    assert_eq!(
        count(&["--year", "2017"]),
        happenings.iter().filter(|told| told.date().year() == 2017).count()
    );
    assert_eq!(
        count(&["--on", "11-30"]),
        happenings.iter().filter(|told| told.date().to_string().ends_with("-11-30")).count()
    );
    assert_eq!(
        count(&["--article", "companies/huawei"]),
        ai_almanac::companies::HUAWEI.events().len()
    );
    assert_eq!(count(&["--article", "companies/huawei", "--year", "1066"]), 0);
}

#[test]
fn stale_lists_what_is_due() {
    let lines = |date: &str| {
        let output = run("stale", &[date]);
        assert!(output.status.success());
        stdout(&output).lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(lines("0001").len(), 1);
    let due = ai_almanac::stale("9999".parse().unwrap());
    let listed = lines("9999");
    assert_eq!(listed.len(), due.len() + 1);
    for (line, article) in listed.iter().zip(due) {
        assert!(
            line.starts_with(&article.review_by().unwrap().to_string())
                && line.contains(article.id()),
            "{line}"
        );
    }
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
        let mut child = Command::new(program(name))
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("ends");
        assert!(output.status.success(), "{name}: {}", stderr(&output));
        assert_eq!(stderr(&output), "", "{name}");
    }
}

#[test]
fn search_answers_people_and_programs() {
    let shown = stdout(&run("search", &["who", "makes", "Ascend", "chips"]));
    assert!(
        shown.starts_with(" 1. Huawei")
            && shown.contains("companies/huawei")
            && !shown.contains('\x1b'),
        "{shown}"
    );
    let found: serde_json::Value =
        serde_json::from_slice(&run("search", &["--json", "who makes Ascend chips"]).stdout)
            .expect("JSON");
    let found = found.as_array().expect("one array");
    assert_eq!(found[0]["article"], "companies/huawei");
    assert_eq!(found.len(), ai_almanac::search("who makes Ascend chips").count());
    for (written, hit) in found.iter().zip(ai_almanac::search("who makes Ascend chips")) {
        assert_eq!(written["article"], hit.article().id());
        assert_eq!(
            written["section"],
            serde_json::json!(hit.section().map(|section| section.anchor()))
        );
        assert_eq!(written["snippet"], hit.snippet().text());
        assert!(
            (written["score"].as_f64().expect("a number") - f64::from(hit.score())).abs() < 1e-5
        );
    }
    let nothing = run("search", &["--json", "zzzzqqqq"]);
    assert_eq!((stdout(&nothing), stderr(&nothing)), ("[]\n".into(), String::new()));
}

#[test]
fn search_says_what_of_a_query_counts_for_nothing() {
    let many = "chess ".repeat(33);
    for json in [&[][..], &["--json"]] {
        let output = run("search", &[json, &["in:nope", "chess"]].concat());
        assert!(output.status.success());
        let warning = "warning: no folder and no article has the id `nope`\n";
        assert_eq!(stderr(&output), warning);
        let output = run("search", &[json, &[&*many]].concat());
        assert_eq!(
            stderr(&output),
            "warning: the query is too long: only 1,000 bytes and 32 words were read\n"
        );
        assert!(stdout(&output).len() > 100, "the rest is looked for");
    }
    let output = run("search", &["in:nope"]);
    assert_eq!(stdout(&output), "0 articles or sections\n");
}

#[test]
fn search_lists_a_folder() {
    let output = run("search", &["--json", "in:companies"]);
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let found: Vec<&str> = found
        .as_array()
        .expect("one array")
        .iter()
        .map(|hit| hit["article"].as_str().expect("an id"))
        .collect();
    let all = ai_almanac::articles().iter().map(|article| article.id());
    assert_eq!(found, all.filter(|id| id.starts_with("companies/")).collect::<Vec<_>>());
    assert!(found.len() > 10 && stderr(&output).is_empty());
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

// ---- the web site -------------------------------------------------------------------------------

/// A new folder to write to.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder to write to");
    folder
}

fn site(folder: &Path, more: &[&str]) -> Output {
    let folder = folder.to_str().expect("UTF-8");
    run("site", &[&[folder], more].concat())
}

/// All files of a folder by their path inside, with `/`.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, inside: &str, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let entry = entry.expect("an entry");
            let path = format!("{inside}{}", entry.file_name().to_str().expect("UTF-8"));
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{path}/"), found);
            } else {
                found.insert(path, fs::read(entry.path()).expect("a file"));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, "", &mut found);
    found
}

/// The values of an attribute in a page.
fn values<'a>(html: &'a str, attribute: &'a str) -> impl Iterator<Item = String> + 'a {
    let tags = html.split('<').filter_map(|tag| tag.split_once('>').map(|(tag, _)| tag));
    let found = tags.filter_map(move |tag| {
        tag.split_once(&format!(" {attribute}=\"")).and_then(|(_, rest)| rest.split_once('"'))
    });
    found.map(|(value, _)| {
        value
            .replace("&quot;", "\"")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
    })
}

#[test]
fn every_link_of_the_site_leads_somewhere() {
    let folder = scratch("site-links").join("made/for/it");
    let output = site(&folder, &[]);
    assert!(output.status.success(), "{}", stderr(&output));
    let files = files(&folder);
    let text = |file: &str| {
        let bytes = files.get(file).unwrap_or_else(|| panic!("no {file}"));
        String::from_utf8(bytes.clone()).expect("UTF-8")
    };
    let ids: BTreeMap<&str, BTreeSet<String>> = files
        .keys()
        .filter(|file| file.ends_with(".html"))
        .map(|file| (file.as_str(), values(&text(file), "id").collect()))
        .collect();
    let mut count = 0;
    for page in ids.keys() {
        let html = text(page);
        for link in values(&html, "href").chain(values(&html, "src")) {
            if link.starts_with("https:")
                || link.starts_with("http:")
                || link.starts_with("mailto:")
            {
                continue;
            }
            let (path, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let (path, _query) = path.split_once('?').unwrap_or((path, ""));
            let mut parts: Vec<&str> = page.split('/').collect();
            if !path.is_empty() {
                parts.pop();
                for part in path.split('/') {
                    if part == ".." {
                        assert!(parts.pop().is_some(), "{page}: {link} leads out of the site");
                    } else {
                        parts.push(part);
                    }
                }
            }
            // The shipped articles have ASCII names.
            let target = parts.join("/");
            assert!(files.contains_key(&target), "{page}: {link} leads nowhere");
            assert!(
                anchor.is_empty() || ids[target.as_str()].contains(anchor),
                "{page}: no anchor for {link}"
            );
            count += 1;
        }
    }
    let links: usize = ai_almanac::articles().iter().map(|article| article.backlinks().len()).sum();
    assert!(
        ids.len() > ai_almanac::articles().len() && count > links,
        "{count} links on {} pages",
        ids.len()
    );
    for article in ai_almanac::articles() {
        let path = article.permalink().trim_matches('/');
        let is_index =
            article.category().is_some_and(|category| category.index() == Some(*article));
        let page = if is_index { format!("{path}/index.html") } else { format!("{path}.html") };
        assert!(text(&page).contains(&format!("<h1>{}</h1>", article.title())), "{article:?}");
    }
}

#[test]
fn the_site_is_the_same_every_time() {
    let folder = scratch("site-twice");
    let (one, other) = (folder.join("one"), folder.join("other"));
    for _ in 0..2 {
        // The second time it replaces its own work.
        let output = site(&one, &["--url=https://example.org/almanac/", "--title", "An <Almanac>"]);
        assert!(output.status.success(), "{}", stderr(&output));
    }
    fs::create_dir(&other).expect("an empty folder");
    assert!(
        site(&other, &["--title", "An <Almanac>", "--url", "https://example.org/almanac"])
            .status
            .success()
    );
    let (one, other) = (files(&one), files(&other));
    assert!(one == other, "two runs differ");
    assert_eq!(
        fs::read_dir(&folder).expect("a folder").count(),
        2,
        "something is left beside the sites"
    );
    let text = |file: &str| std::str::from_utf8(&one[file]).expect("UTF-8");
    assert!(text("companies/huawei.html").contains(
        "<link rel=\"canonical\" href=\"https://example.org/almanac/companies/huawei.html\">"
    ));
    assert!(text("companies/huawei.html").contains("<title>Huawei · An &lt;Almanac&gt;</title>"));
    let addresses = text("sitemap.xml").matches("<loc>https://example.org/almanac/").count();
    assert_eq!(
        addresses,
        one.keys()
            .filter(|file| file.ends_with(".html")
                && !["404.html", "search.html"].contains(&file.as_str()))
            .count()
    );
    assert!(
        text("feed.xml").contains("<id>https://example.org/almanac/</id>")
            && text("feed.xml").contains("<entry><title>")
    );
    assert!(text("files.txt").lines().skip(1).eq(one.keys().map(String::as_str)));
}

#[test]
fn the_site_replaces_nothing_but_itself() {
    let folder = scratch("site-refuses");
    let refused = |out: &Path, why: &str| {
        let before = files(&folder);
        let output = site(out, &[]);
        assert_eq!(output.status.code(), Some(1), "{}", stdout(&output));
        assert!(
            stderr(&output).starts_with("error: ") && stderr(&output).contains(why),
            "{}",
            stderr(&output)
        );
        assert!(files(&folder) == before, "{why}: something was touched");
    };
    let mine = folder.join("mine");
    fs::create_dir(&mine).expect("a folder");
    fs::write(mine.join("thesis.txt"), "years of work").expect("a file");
    refused(&mine, "is not empty, and no site that this program wrote");
    refused(&mine.join("thesis.txt"), "is no folder");
    refused(&mine.join("thesis.txt/site"), "thesis.txt");
    let out = folder.join("site");
    assert!(site(&out, &[]).status.success());
    fs::write(out.join("terms/note.txt"), "to keep").expect("a file");
    refused(&out, "note.txt");
    fs::remove_file(out.join("terms/note.txt")).expect("a file");
    assert!(site(&out, &[]).status.success());
}

/// Integers as the site's parts of the index write them: 57 characters end one, 34 others stand
/// before.
fn integers(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let (mut value, mut factor) = (0, 1);
    for byte in text.bytes().map(usize::from) {
        if byte < usize::from(b']') {
            found.push(value + factor * (byte - usize::from(b'#')));
            (value, factor) = (0, 1);
        } else {
            value += factor * (byte - usize::from(b']') + 57);
            factor *= 34;
        }
    }
    found
}

/// The page searches in the crate's index, in parts; `tests/site` compares the answers.
#[test]
fn the_site_has_the_crates_index() {
    let folder = scratch("site-index").join("out");
    assert!(site(&folder, &[]).status.success());
    let files = files(&folder);
    let part = |name: &str, number: usize| -> Option<serde_json::Value> {
        let bytes = files.get(&format!("search-index/{name}-{number}.js"))?;
        let call = std::str::from_utf8(bytes).expect("UTF-8");
        let (_, value) = call.strip_suffix(");\n")?.split_once("-")?;
        let (_, value) = value.split_once(", ")?;
        Some(serde_json::from_str(value).expect("JSON"))
    };
    let parts = |name: &'static str| (0..).map_while(move |number| part(name, number));
    let mut terms: Vec<(String, usize)> = Vec::new();
    for words in parts("words") {
        let numbers = integers(words[1].as_str().expect("a text"));
        let (mut last, mut next, mut backs) = (String::new(), numbers[0], numbers[1..].iter());
        let text = words[0].as_str().expect("a text");
        let starts = text.match_indices(|letter: char| letter.is_ascii_uppercase());
        let starts: Vec<usize> = starts.map(|(index, _)| index).chain([text.len()]).collect();
        for pair in starts.windows(2) {
            let shared = usize::from(text.as_bytes()[pair[0]] - b'A');
            last = format!("{}{}", &last[..shared], &text[pair[0] + 1..pair[1]]);
            let back = *backs.next().expect("a number for each word");
            terms.push((last.clone(), next - back));
            next += usize::from(back == 0);
        }
    }
    assert!(
        terms
            .iter()
            .map(|(form, _)| form.clone())
            .eq(ai_almanac::words().map(|word| word.form().to_owned()))
    );
    let postings: Vec<Vec<usize>> = parts("postings")
        .flat_map(|part| {
            part.as_str().expect("a text").split(' ').map(integers).collect::<Vec<_>>()
        })
        .collect();
    for ((form, term), word) in terms.iter().zip(ai_almanac::words()) {
        // The first integer has the number of units with a form in heading or text, twice.
        let own = word.postings().iter().filter(|one| one.in_heading() + one.in_text() > 0).count();
        let shared = word.postings().iter().any(|one| {
            one.in_title() + one.in_keywords() + one.in_description() + one.in_questions() > 0
        });
        assert_eq!(postings[*term][0], own * 2 + usize::from(shared), "{form}");
    }
    let texts: Vec<String> = parts("texts")
        .flat_map(|part| part[2].as_array().expect("a list").clone())
        .map(|unit| unit[2].as_str().expect("a text").to_owned())
        .collect();
    let wanted = ai_almanac::articles().iter().flat_map(|article| {
        std::iter::once(article.lead())
            .chain(article.sections().iter().map(|section| section.text()))
    });
    assert!(wanted.eq(texts.iter().map(String::as_str)));
}
