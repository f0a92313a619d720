//! Records as the examples print them.

use ai_almanac::tables;

use crate::{printable, run, stderr, stdout};

#[test]
fn every_table_and_record_is_shown() {
    let list = stdout(&run("show", &["--records"]));
    assert!(tables().iter().all(|table| list.contains(&format!(
        "{}: {}",
        table.key(),
        table.label()
    ))));
    for table in tables() {
        let shown = letters(&stdout(&run("show", &["--records", table.key()])));
        for record in table.records() {
            let line = format!("{}: {record}", record.id());
            assert!(shown.contains(&letters(&printable::line(&line))), "{line}");
        }
        for record in table.records().step_by(11) {
            let place = format!("{}/{}", table.key(), record.id());
            let shown = letters(&stdout(&run("show", &["--records", &place])));
            for fact in record.facts() {
                let cited = fact.sources().iter().map(|source| format!("[{}]", source.number()));
                let line = format!("{fact}{}", cited.collect::<String>());
                assert!(shown.contains(&letters(&printable::line(&line))), "{place}: {line}");
            }
            for source in record.sources() {
                assert!(shown.contains(&letters(&format!(
                    "[{}] {}",
                    source.number(),
                    source.text()
                ))));
            }
        }
    }
    for (place, message) in [("nothing", "no table has the key"), ("models/nothing", "no record")] {
        let output = run("show", &["--records", place]);
        assert_eq!(output.status.code(), Some(1));
        assert!(stderr(&output).contains(message), "{}", stderr(&output));
    }
}

/// A text without white space: lines are wrapped, also behind hyphens.
fn letters(text: &str) -> String {
    text.split_whitespace().collect()
}

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
    for article in ai_almanac::articles() {
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
