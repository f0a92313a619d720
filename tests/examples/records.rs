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
