//! The output is bounded by the input: each thing that is repeated has a limit.

use super::*;
use crate::limits::{self, HEADING_CHARS, ID_CHARS, IDENTIFIER_BYTES, TITLE_CHARS};
use crate::names;
use crate::stages::{Room, compile_within};

/// Compiles with errors allowed: what they concern is left out, and what is left is bounded too.
fn lenient(files: &[(&str, &str)]) -> Compiled {
    let settings = Settings { allow: "all".into(), ..Settings::default() };
    let compiled = compile(ContentFolder::from_files(files.iter().copied()), &settings);
    assert!(!compiled.report.failed, "{}", compiled.report.errors);
    compiled
}

/// Returns the bytes of all generated files.
fn size(compiled: &Compiled) -> usize {
    compiled.files.iter().map(|(_, bytes)| bytes.len()).sum()
}

const TEXT: &str = "# A\n\nText.\n";

/// rustdoc makes a file `static.NAME.html` of a name, which file systems take up to 255 bytes.
#[test]
fn rust_names_fit_file_names() {
    let name = |bytes: usize| "x".repeat(bytes);
    let said = |path: String, text: &str| report(&[(&path, text)]);
    assert_eq!(said(format!("{}.md", name(IDENTIFIER_BYTES)), TEXT), "");
    assert_eq!(said(format!("{}/a.md", name(IDENTIFIER_BYTES)), TEXT), "");
    let too_long = said(format!("{}.md", name(IDENTIFIER_BYTES + 1)), TEXT);
    assert!(
        too_long.starts_with("error[invalid-identifier]: a Rust identifier of 241 bytes"),
        "{too_long}"
    );
    let too_long = said(format!("{}/a.md", name(IDENTIFIER_BYTES + 1)), TEXT);
    assert!(
        too_long.starts_with("error[invalid-identifier]: a Rust identifier of 241 bytes"),
        "{too_long}"
    );
    // Capital letters may be longer than small ones; what counts is the name that is made.
    let stem = "ΐ".repeat(61);
    assert!(
        stem.len() < IDENTIFIER_BYTES
            && names::static_name(&stem).unwrap().len() > IDENTIFIER_BYTES
    );
    assert!(said(format!("{stem}.md"), TEXT).contains("[invalid-identifier]"));
    // An id of its own helps, and a long id is at fault itself.
    assert_eq!(said(format!("{stem}.md"), &format!("---\nid: short\n---\n\n{TEXT}")), "");
    let said =
        said("a.md".into(), &format!("---\nid: {}\n---\n\n{TEXT}", name(IDENTIFIER_BYTES + 1)));
    assert!(
        said.contains("--> content/a.md:2:5") && said.contains("give the article a shorter `id`"),
        "{said}"
    );
    let compiled = lenient(&[("a.md", TEXT), (&format!("{stem}.md"), TEXT)]);
    assert!(!generated(&compiled, "almanac.rs").contains("ΪΪ"));
}

#[test]
fn ids_and_headings_have_limits() {
    let folders = format!("{}/", ["f"; 30].join("/"));
    let id = |length: usize| {
        format!("---\nid: {}\n---\n\n{TEXT}", "-".repeat(length - folders.len() - 1) + "x")
    };
    let path = format!("{folders}a.md");
    assert_eq!(report(&[(&path, &id(ID_CHARS))]), "");
    assert!(
        report(&[(&path, &id(ID_CHARS + 1))])
            .starts_with("error[too-long]: an id of 501 characters")
    );

    let h1 = |length: usize| format!("# {}\n\nText.\n", "é".repeat(length));
    assert_eq!(report(&[("a.md", &h1(TITLE_CHARS))]), "");
    let said = report(&[("a.md", &h1(TITLE_CHARS + 1))]);
    assert!(said.starts_with("error[too-long]: a heading of 1001 characters"), "{said}");
    assert!(
        said.contains("\n1 error in 1 file\n"),
        "a fault of the title is no missing one: {said}"
    );

    let section =
        |length: usize| format!("# A\n\n## {}\n\nText, [here](#section-0).\n", "é".repeat(length));
    let said = report(&[("a.md", &section(HEADING_CHARS + 1))]);
    assert!(said.contains("error[too-long]: a heading of 4001 characters"), "{said}");
    let html = lenient(&[("a.md", &section(HEADING_CHARS + 1))]);
    assert!(generated(&html, "html.txt").contains("<h2 id=\"section-0\">"));
    assert!(!report(&[("a.md", &section(HEADING_CHARS))]).contains("[too-long]"));
}

/// Links of eight bytes to addresses, titles and anchors that are as long as they may be.
#[test]
fn links_repeat_a_stated_multiple() {
    let links = "[](b.md) ".repeat(100_000);
    let article = format!("# A\n\n{links}\n");
    let other = format!("---\nslug: /{}\n---\n\n# B\n\nText.\n", "x".repeat(999));
    let files: &[(&str, &str)] = &[("a.md", &article), ("b.md", &other)];
    let said = report(files);
    assert_eq!(said.matches("error[too-large]").count(), 1, "{}", &said[..1000]);
    assert!(said.len() < 2_000);
    let bound = usize::try_from(limits::expansion(article.len() + other.len())).unwrap();
    let size = size(&lenient(files));
    assert!(size < bound + 40 * (article.len() + other.len()), "{size} of {bound}");
    // People's texts are far below: a hundred links in each of a thousand words.
    let links = "Some words [of a link](b.md) in a text.\n".repeat(2_000);
    assert_eq!(report(&[("a.md", &format!("# A\n\n{links}\n")), ("b.md", &other)]), "");
}

#[test]
fn references_repeat_no_more_than_the_article() {
    let definition = format!("[r]: https://a.example/{}", "x".repeat(7_900));
    let article = |uses: usize| format!("# A\n\n{}\n\n{definition}\n", "[r]\n".repeat(uses));
    assert_eq!(report(&[("a.md", &article(12))]), "");
    let said = report(&[("a.md", &article(20_000))]);
    assert!(
        said.starts_with("error[too-large]: references repeat far more than the article holds"),
        "{said}"
    );
    assert!(said.contains("\n1 error in 1 file\n"), "{said}");
    let images = article(20_000).replace("[r]\n", "![r]\n");
    let said = report(&[("a.md", &images)]);
    assert_eq!(said.matches("error[too-large]").count(), 1, "{said}");
    assert!(size(&lenient(&[("a.md", &article(20_000))])) < 40 * article(20_000).len());
}

/// A row of two bytes is as wide as the header of its table, in each of many tables.
#[test]
fn rows_lack_no_more_cells_than_the_article_holds() {
    let table = format!("|{}\n|{}\n{}\n", "a|".repeat(64), "-|".repeat(64), "|x\n".repeat(64));
    let article = |tables: usize| format!("# A\n\n{}", table.repeat(tables));
    assert_eq!(report(&[("a.md", &article(2))]), "");
    let article = article(400);
    let said = report(&[("a.md", &article)]);
    assert!(
        said.starts_with("error[too-large]: the rows of tables lack far more cells than the"),
        "{said}"
    );
    assert!(said.contains("\n1 error in 1 file\n"), "{said}");
    assert!(size(&lenient(&[("a.md", &article)])) < 40 * article.len());
}

/// Each small article may lack ten times its size, but all together only so much.
#[test]
fn small_articles_lack_no_more_cells_together_than_stated() {
    let table = format!("|{}\n|{}\n{}\n", "a|".repeat(100), "-|".repeat(100), "|x\n".repeat(98));
    let lacking = 98 * 99 - (table.len() + 5);
    let room = |cells| Room { cells, ..Room::default() };
    assert!(!roomy(1, &table, room(3 * lacking), "").report.failed);
    let said = roomy(1, &table, room(2 * lacking), "").report.errors;
    assert_eq!(said.matches("error[").count(), 1, "{said}");
    assert!(said.starts_with("error[too-large]: the rows of tables lack far more cells"), "{said}");
    assert!(said.contains("content/c.md:4:1"), "{said}");
}

/// Compiles a folder of articles that each hold so many times `piece`, with so much room.
fn roomy(pieces: usize, piece: &str, room: Room, allow: &str) -> Compiled {
    let text = format!("# A\n\n{}\n", piece.repeat(pieces));
    let files = ["a.md", "b.md", "c.md"].map(|path| (path, text.clone()));
    let settings = Settings { allow: allow.into(), ..Settings::default() };
    compile_within(room, ContentFolder::from_files(files), &settings)
}

/// The article with which memory ends is named, and those behind it aren't looked at, not even
/// where errors are allowed.
#[test]
fn trees_of_all_articles_have_a_limit() {
    let bytes = |list: &str| {
        let (document, _) = crate::markdown::parse(list, 0, 0, false);
        crate::footprint::footprint(&document)
    };
    let one = bytes(&format!("# A\n\n{}\n", "- x\n".repeat(1_000)));
    // Items of four bytes: a block, a line and a text each.
    assert!(one > 4_000 * 25, "{one}");
    let room = |trees| Room { trees, ..Room::default() };
    assert!(!roomy(1_000, "- x\n", room(3 * one), "").report.failed);
    for allow in ["", "all"] {
        let compiled = roomy(1_000, "- x\n", room(3 * one - 1), allow);
        assert!(compiled.files.is_empty() && compiled.report.failed);
        let said = compiled.report.errors;
        assert!(said.starts_with("error[too-large]: up to this article, all articles"), "{said}");
        assert!(said.contains("content/c.md:1:1"), "{said}");
        assert!(roomy(1_000, "- x\n", room(one), allow).report.errors.contains("content/b.md"));
    }
}

/// Whatever a mark becomes is counted: cells that nobody wrote, MathML, addresses.
#[test]
fn what_trees_hold_is_counted() {
    let bytes = |body: &str| {
        let (document, _) = crate::markdown::parse(&format!("# A\n\n{body}\n"), 0, 0, true);
        crate::footprint::footprint(&document)
    };
    let empty = bytes("");
    let row = |cell: &str| format!("|{}\n", cell.repeat(100));
    let table = format!("{}{}{}", row("a|"), row("-|"), "|x\n".repeat(90));
    let address = format!("https://a.example/{}", "x".repeat(4_000));
    for (body, least) in [
        (table, 9_000 * 40),
        (format!(r"$$\begin{{matrix}}{}\end{{matrix}}$$", "&".repeat(900)), 900 * 100),
        (format!("x $${}$$", "x".repeat(900)), 900 * 20),
        (format!("[r] [r] [r] [r]\n\n[r]: {address}"), 16_000),
        (format!("![x]({address})"), 4_000),
        (format!("[^1]\n\n[^1]: {}", "x".repeat(4_000)), 4_000),
        (format!("## {}\n\nx", "x".repeat(2_000)), 4_000),
        (format!("```\n{}\n```", "x".repeat(4_000)), 4_000),
        (format!(":::note\n\n> {}\n\n:::", "x".repeat(4_000)), 4_000),
        (format!("<div title=\"{}\">**x**</div>", "x".repeat(4_000)), 4_000),
    ] {
        let found = bytes(&body) - empty;
        assert!(found >= least, "{found} of {least}: {}", &body[..20]);
    }
}

#[test]
fn generated_texts_have_a_limit() {
    let room = |payload| Room { payload, ..Room::default() };
    let longest = generated(&roomy(100, "text ", Room::default(), ""), "html.txt").len();
    assert!(!roomy(100, "text ", room(longest), "").report.failed);
    for allow in ["", "all"] {
        let compiled = roomy(100, "text ", room(longest - 1), allow);
        assert!(compiled.files.is_empty() && compiled.report.failed);
        let said = compiled.report.errors;
        assert!(said.starts_with("error[too-large]: with this article, the texts of"), "{said}");
        assert!(said.contains("content/c.md:1:1"), "{said}");
    }
}

/// Titles stand on every page that is linked to, before and after each article, in every folder.
#[test]
fn titles_and_descriptions_repeat_a_few_times() {
    let long = "x".repeat(TITLE_CHARS - 10);
    let mut files: Vec<(String, String)> = Vec::new();
    for at in 0..60 {
        let links: String = (0..60).map(|to| format!("[](/a{to}) ")).collect();
        let folders = "f/".repeat(at % limits::FOLDER_DEPTH);
        let text = format!("---\nslug: /a{at}\n---\n\n# {long} {at}\n\n{long}\n\n{links}\n");
        files.push((format!("{folders}a{at}.md"), text));
    }
    let source: usize = files.iter().map(|(path, text)| path.len() + text.len()).sum();
    let files: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let size = size(&lenient(&files));
    assert!(size < 60 * source, "{size} of {source}");
}

/// Articles that tell one happening.
fn telling(count: usize) -> Vec<(String, String)> {
    let event = "## Timeline\n\n- **2020-01-01**: It. <!-- #same -->\n";
    (0..count).map(|at| (format!("a{at:05}.md"), format!("# A{at}\n\n{event}"))).collect()
}

fn compile_owned(files: &[(String, String)]) -> Compiled {
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    lenient(&files)
}

#[test]
fn a_page_names_so_many_others_that_tell_the_same() {
    let most = limits::TELLERS;
    let doc = |count: usize, name: &str| {
        let compiled = compile_owned(&telling(count));
        let docs = compiled.files.iter().filter(|(path, _)| path.starts_with("docs/"));
        let mut docs = docs.map(|(_, bytes)| String::from_utf8(bytes.clone()).unwrap());
        let also = docs.find(|text| text.contains(name)).unwrap();
        let (_, also) = also.split_once("(also in ").unwrap();
        also.split_once(")\n").unwrap().0.to_owned()
    };
    // Every page names others than itself.
    let last = format!("[A{}]", most - 1);
    let exact = doc(most + 1, &last);
    assert_eq!(exact.matches("](static@").count(), most, "{exact}");
    assert!(!exact.contains(" more"), "{exact}");
    let cut = doc(most + 4, &last);
    assert_eq!(cut.matches("](static@").count(), most, "{cut}");
    assert!(cut.ends_with(" and 3 more"), "{cut}");

    let bytes = |count: usize| size(&compile_owned(&telling(count)));
    let (one, two) = (bytes(500), bytes(1_000));
    assert!(two < one * 21 / 10, "twice the articles make {one} and {two} bytes");
}

/// Long titles of other tellers are named until all pages together have repeated so much.
#[test]
fn links_to_others_that_tell_the_same_repeat_a_stated_sum() {
    let title = "x".repeat(TITLE_CHARS - 1);
    let events: String =
        (0..1_000).map(|at| format!("- **2020**: It. <!-- #a{at}b -->\n")).collect();
    let files: Vec<(String, String)> = (0..9)
        .map(|at| (format!("a{at}.md"), format!("# {title}{at}\n\n## Timeline\n\n{events}")))
        .collect();
    let source: usize = files.iter().map(|(_, text)| text.len()).sum();
    let compiled = compile_owned(&files);
    let size = size(&compiled);
    assert!(size < limits::TELLERS_BYTES + 20 * source, "{size} of {source}");
    let docs = compiled.files.iter().filter(|(path, _)| path.starts_with("docs/"));
    let last = docs
        .filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("(also in 8 other articles)"));
    assert!(last.count() > 0, "the number stands where the names don't");
}

/// Messages quote what they are about, but not all of it, however often it is named.
#[test]
fn messages_are_short() {
    let long = "x".repeat(100_000);
    for body in [
        format!("{}\n\n[r]: ./{long}.md\n", "[r] ".repeat(1_000)),
        format!("## {long}\n\n{}", "[x](#none) ".repeat(100)),
        format!(
            "[x](#{long})\n\n[x]({long}:x)\n\n![x]({long})\n\n[x][{long}]\n\n:::{long}\n\n:::\n"
        ),
        format!("[^{long}]\n\n<{long}>\n\n[^1]: {long}\n"),
    ] {
        let said = report(&[("a.md", &format!("# A\n\n{body}\n"))]);
        let longest = said.lines().map(str::len).max().unwrap_or(0);
        assert!(longest < 2_500, "{longest}");
    }
    let key = format!("---\n{long}: x\ntitle: [{long}]\nid: {long}\nslug: {long}\n---\n\nText.\n");
    let said = report(&[("a.md", &key), (&format!("{}/b.md", &long[..200]), TEXT)]);
    assert!(said.lines().all(|line| line.len() < 2_500));
}
