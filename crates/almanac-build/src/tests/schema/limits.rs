//! Limits of the cost of many rows and references.

use std::fmt::Write;

use super::*;
use crate::limits;

/// A row takes cells for all columns of the schema, however few its table has.
#[test]
fn cells_have_a_limit() {
    let mut schema =
        "records:\n  Tools:\n    row: tool\n    columns:\n      Tool: name\n".to_owned();
    for column in 1..limits::FIELDS {
        writeln!(schema, "      Column {column}: text").unwrap();
    }
    let most = limits::CELLS / limits::FIELDS;
    let article = |rows: usize| {
        let rows: String = (0..rows).map(|row| format!("|t{row}|\n")).collect();
        format!("# A\n\n## Tools\n\n|Tool|\n|---|\n{rows}")
    };
    let files = |rows| report(&[("_schema_.yml", &schema), ("a.md", &article(rows))]);
    assert_eq!(files(most), "");
    let beyond = files(most + 1);
    let expected = "error[too-large]: more than 2000000 cells of records and fields\n";
    assert!(beyond.starts_with(expected), "{beyond}");
    // On the first row for which there is no room.
    let place = format!("--> content/a.md:{}:2", most + 7);
    assert!(beyond.contains(&place) && beyond.contains("1 error in 1 file"), "{beyond}");
}

/// The documentation of an article names what its front matter refers to.
#[test]
fn references_of_an_article_have_a_limit() {
    let title = "🪚".repeat(limits::TITLE_CHARS);
    let to = format!("# {title}\n\nText.\n");
    let from = |count: usize| {
        let list = vec!["b"; count].join(",");
        format!("---\nsee: [{list}]\n---\n\n# A\n\nText of [B](b.md).\n")
    };
    let schema = "articles:\n  see: { type: article, list: true }\n";
    let files = |count| report(&[("_schema_.yml", schema), ("a.md", &from(count)), ("b.md", &to)]);
    let each = u64::try_from("b".len() + title.len()).unwrap();
    let most = usize::try_from(limits::expansion(0) / each).unwrap();
    assert_eq!(files(most), "");
    // Sixteen times the folder's own text is allowed besides.
    let beyond = files(most + most / 16);
    let expected = "error[too-large]: references repeat far more than the folder holds\n";
    assert!(beyond.starts_with(expected), "{beyond}");
    assert!(beyond.contains("--> content/a.md:2:") && beyond.contains("1 error in 1 file"));
}

/// Every value is compared with them.
#[test]
fn words_of_a_field_have_a_limit() {
    let said = |what: &str, schema: &dyn Fn(&str) -> String| {
        let words = |count: usize| {
            let words: Vec<String> = (0..count).map(|at| format!("w{at}")).collect();
            report(&[("_schema_.yml", &schema(&words.join(","))), ("a.md", "# A\n\nText.\n")])
        };
        assert_eq!(words(limits::WORDS), "");
        let beyond = words(limits::WORDS + 1);
        let expected = format!("error[too-large]: more than 1000 {what}\n");
        assert!(beyond.starts_with(&expected) && beyond.contains("1 error in 1 file"), "{beyond}");
    };
    said("choices", &|words| format!("articles:\n  k: [{words}]\n"));
    said("units", &|words| format!("articles:\n  k: {{type: quantity, unit: [{words}]}}\n"));
}

/// Names that nothing has are compared with all fields for suggestions.
#[test]
fn fields_that_identify_have_a_limit() {
    let names = vec!["w"; limits::WORDS + 1].join(",");
    let schema = format!(
        "records:\n  Tools:\n    row: tool\n    columns:\n      Tool: name\n    \
         identity: [{names}]\n"
    );
    let said = report(&[("_schema_.yml", &schema), ("a.md", "# A\n\nText.\n")]);
    assert!(said.contains("error[too-large]: more than 1000 fields\n"), "{said}");
    assert_eq!(said.matches("no field is called `w`").count(), limits::WORDS, "{said}");
}

/// Each reference to one of many records with the same name would list them all.
#[test]
fn of_records_with_the_same_name_a_few_ids_are_shown() {
    let schema = "records:\n  Tools:\n    row: tool\n    valid: [From]\n    columns:\n      \
                  Tool: name\n      From: date\n      Like: tool\n";
    let said = |count: usize| {
        let rows: String = (1..=count).map(|at| format!("|Axe|200{at}|–|\n")).collect();
        let table =
            format!("|Tool|From|Like|\n|---|---|---|\n{rows}|Axe|2000|Axe|\n|B|2000|Axe|\n");
        report(&[("_schema_.yml", schema), ("a.md", &format!("# A\n\n## Tools\n\n{table}"))])
    };
    let few = said(5);
    let all = "axe-2001, axe-2002, axe-2003, axe-2004, axe-2005";
    assert!(few.contains("5 records are called `Axe`"), "{few}");
    assert!(few.contains(&format!("write the id: {all}\n")), "{few}");
    assert!(few.contains("6 records are called `Axe`"), "{few}");
    let many = said(8);
    assert!(many.contains("8 records") && many.contains("9 records"), "{many}");
    assert_eq!(many.matches(&format!("write the id: {all}, …\n")).count(), 2, "{many}");
}
