//! The tables of the almanac that are records, whatever its schema.

use ai_almanac::{Fact, Record, Table, tables};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::text::{Cited, MOST_LISTED, article, shortened};
use crate::tool::Answer;
use crate::tools::{more, page, within};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordsArguments {
    /// The key of a table. Left out: which tables there are.
    table: Option<String>,
    /// Keeps to records whose name or id has these letters, in either case.
    name: Option<String>,
    /// The id of an article whose records alone are asked for.
    article: Option<String>,
    /// How many records at most, 1 to 100; 20 if left out.
    #[schemars(range(min = 1, max = 100))]
    limit: Option<u32>,
    /// How many to pass over: `next_offset` of the answer before.
    offset: Option<usize>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct RecordsAnswer {
    /// All tables; empty when one was asked for.
    tables: Vec<TableEntry>,
    /// How many records fit, whether listed or not.
    found: usize,
    records: Vec<RecordEntry>,
    /// The `offset` to ask for what follows; null at the end.
    next_offset: Option<usize>,
}

/// A table to ask for.
#[derive(Debug, Serialize, JsonSchema)]
struct TableEntry {
    key: &'static str,
    label: &'static str,
    about: &'static str,
    records: usize,
    columns: Vec<&'static str>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct RecordEntry {
    id: &'static str,
    name: &'static str,
    /// The id of the article with the table.
    article: &'static str,
    anchor: Option<&'static str>,
    facts: Vec<FactEntry>,
    /// What the record rests on.
    sources: Vec<Cited>,
}

/// What is known: a column and its value.
#[derive(Debug, Serialize, JsonSchema)]
struct FactEntry {
    label: &'static str,
    value: String,
    /// The numbers of the sources of this value; those of the whole record if none.
    sources: Vec<u32>,
}

pub fn records(arguments: RecordsArguments) -> Answer<RecordsAnswer> {
    let limit = within("limit", arguments.limit, 20, 100)?;
    let Some(key) = arguments.table else {
        if arguments.name.is_some() || arguments.article.is_some() || arguments.offset.is_some() {
            return Err("give `table` too: without it you get the tables".into());
        }
        return Ok(list());
    };
    let table = tables().iter().find(|table| table.key() == key).ok_or_else(|| {
        let known: Vec<_> = tables().iter().map(|table| format!("`{}`", table.key())).collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        format!("no table has the key `{}`; there are {known}", shortened(&key))
    })?;
    let of = arguments.article.map(|id| article(&id)).transpose()?;
    let letters = arguments.name.unwrap_or_default().to_lowercase();
    let fits = |record: &&'static Record| {
        of.is_none_or(|article| record.article() == article)
            && (record.name().to_lowercase().contains(&letters) || record.id().contains(&letters))
    };
    let found: Vec<_> = table.records().filter(fits).collect();
    let (listed, next_offset) = page(&found, arguments.offset, limit)?;
    let records: Vec<_> = listed.iter().map(|record| entry(record)).collect();
    let mut text = format!("{} of {} records under {}\n", listed.len(), found.len(), table.label());
    records.iter().for_each(|record| text += &record.read());
    text += &more(next_offset);
    Ok((text, RecordsAnswer { tables: Vec::new(), found: found.len(), records, next_offset }))
}

/// Tells which tables there are.
fn list() -> (String, RecordsAnswer) {
    let entry = |table: &Table| TableEntry {
        key: table.key(),
        label: table.label(),
        about: table.kind().about(),
        records: table.records().len(),
        columns: table.kind().fields().iter().map(|field| field.label()).collect(),
    };
    let tables: Vec<_> = tables().iter().map(entry).collect();
    let mut text = format!("{} tables\n", tables.len());
    for table in &tables {
        let TableEntry { key, label, about, records, columns } = table;
        let columns = columns.join(", ");
        text += &format!("\n- {key}: {label}, {records} records. {about} Columns: {columns}\n");
    }
    (text, RecordsAnswer { tables, found: 0, records: Vec::new(), next_offset: None })
}

fn entry(record: &'static Record) -> RecordEntry {
    let fact = |fact: Fact| FactEntry {
        label: fact.label(),
        value: fact.value().to_string(),
        sources: fact.sources().iter().map(|source| source.number()).collect(),
    };
    RecordEntry {
        id: record.id(),
        name: record.name(),
        article: record.article().id(),
        anchor: record.section().map(|section| section.anchor()),
        facts: record.facts().map(fact).collect(),
        sources: record
            .sources()
            .iter()
            .take(MOST_LISTED)
            .map(|source| Cited::of(source))
            .collect(),
    }
}

impl RecordEntry {
    fn read(&self) -> String {
        let anchor = self.anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
        let mut text = format!("\n{} ({}, {}{anchor})\n", self.name, self.id, self.article);
        for FactEntry { label, value, sources } in &self.facts {
            let cited: String = sources.iter().map(|number| format!("[^{number}]")).collect();
            text += &format!("- {label}: {value}{cited}\n");
        }
        self.sources.iter().for_each(|source| text += &source.line());
        text
    }
}
