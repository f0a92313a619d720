//! Tests of the output of `export` for other programs.

use std::collections::HashSet;

use ai_almanac::{articles, get, tables};

use super::bulk_id::{MAX_BYTES, bulk_id};
use super::{printable, run, stdout};

#[test]
fn exports_hold_every_article_and_record_in_order() {
    let export: serde_json::Value =
        serde_json::from_slice(&run("export", &[]).stdout).expect("one object");
    let keys: Vec<&str> = tables().iter().map(|table| table.key()).collect();
    let written = export["records"].as_object().expect("records by their table");
    assert!(
        written.keys().len() == keys.len() && keys.iter().all(|key| written.contains_key(*key))
    );
    let text = stdout(&run("export", &["--format", "ndjson"]));
    let mut lines = text.lines();
    for article in articles() {
        let line = lines.next().expect("a line an article");
        assert!(line.starts_with(&format!("{{\"id\":\"{}\",", article.id())), "{line:.80}");
    }
    // A map loses its order here: that of the text is looked at.
    let whole = stdout(&run("export", &[]));
    let mut place = 0;
    for table in tables() {
        let key = format!("\n    \"{}\": [", table.key());
        place += whole[place..].find(&key).unwrap_or_else(|| panic!("{key} in the schema's order"));
        let rows = written[table.key()].as_array().expect("a list");
        assert_eq!(rows.len(), table.records().len());
        for (row, record) in rows.iter().zip(table.records()) {
            let expected = printable::json(&serde_json::to_string(record).expect("JSON"));
            // Parsed as `row` was: the last digit of a number may be another than the text has.
            let parsed: serde_json::Value = serde_json::from_str(&expected).expect("JSON");
            assert_eq!(*row, parsed);
            let line = lines.next().expect("a line a record");
            assert_eq!(line, format!("{{\"record\":\"{}\",{}", table.key(), &expected[1..]));
        }
    }
    assert_eq!(lines.next(), None);
}

#[test]
fn llms_txt_has_the_index_and_the_texts() {
    let text = stdout(&run("export", &["--format", "llms-txt"]));
    assert!(text.starts_with("# ai-almanac\n\n> "));
    for article in articles() {
        assert!(text.contains(&format!(
            "- [{}]({}): {}",
            article.title(),
            article.permalink(),
            article.description()
        )));
        assert!(text.contains(article.markdown()));
    }
}

#[test]
fn chunks_are_one_a_line() {
    for (arguments, limit) in [(&[][..], 2_000), (&["--limit", "300"], 300)] {
        let text = stdout(&run("export", &[&["--format", "chunks"], arguments].concat()));
        let mut lines = text.lines();
        for chunk in articles().iter().flat_map(|article| article.chunks(limit)) {
            let line = lines.next().expect("a line for each chunk");
            let written: serde_json::Value = serde_json::from_str(line).expect("JSON");
            assert_eq!(written, serde_json::to_value(chunk).expect("JSON"));
        }
        assert_eq!(lines.next(), None);
    }
}

/// The grammar of OpenSearch's bulk requests: an action line, its source on the next one, `\n`
/// behind each. No test asks a server.
#[test]
fn bulk_is_action_and_source_line_by_line() {
    let text = stdout(&run("export", &["--format", "bulk"]));
    assert!(text.ends_with('\n') && !text.contains('\r'));
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("JSON on each line")).collect();
    let chunks: Vec<_> = articles().iter().flat_map(|article| article.chunks(2_000)).collect();
    assert_eq!(lines.len(), 2 * chunks.len());
    let mut ids = HashSet::new();
    for (lines, chunk) in lines.chunks(2).zip(chunks) {
        let id = lines[0]["index"]["_id"].as_str().expect("an id");
        assert_eq!(lines[0], serde_json::json!({ "index": { "_id": id } }));
        assert!((1..=MAX_BYTES).contains(&id.len()) && ids.insert(id.to_owned()), "{id}");
        assert_eq!(bulk_id(lines[1]["id"].as_str().expect("an id")), id);
        assert_eq!(lines[1], serde_json::to_value(chunk).expect("JSON"));
    }
}

/// `tests/postgres/run` exports an article with such headings.
#[test]
fn bulk_ids_that_are_too_long_are_shortened() {
    for short in ["companies/huawei~0badcafe".to_owned(), "é".repeat(256), "a".repeat(512)] {
        assert_eq!(bulk_id(&short), short);
    }
    // The hashes are those of the definition: FNV-1a of 64 bits.
    let long = "a".repeat(513);
    assert_eq!(bulk_id(&long), format!("{}~9eafab1467cb0a8c", "a".repeat(495)));
    // Cut at the end of a character, each of which has three bytes: not behind 495, but 493.
    let long = format!("a{}", "語".repeat(1_000));
    let shortened = bulk_id(&long);
    assert_eq!(shortened, format!("a{}~628a8b1e78bc714c", "語".repeat(164)));
    assert_ne!(shortened, bulk_id(&format!("{long}a")));
}

#[test]
fn queries_are_the_authored_questions() {
    let text = stdout(&run("export", &["--format", "queries"]));
    let mut judged = 0;
    for line in text.lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let query = line["query"].as_str().expect("a query");
        for id in line["relevant"].as_array().expect("ids") {
            let article = get(id.as_str().expect("an id")).expect("an article");
            assert!(article.questions().contains(&query), "{query}");
            judged += 1;
        }
    }
    let questions = articles().iter().map(|article| article.questions().len());
    assert!(judged > 100);
    assert_eq!(judged, questions.sum::<usize>());
}
