//! Tables of the articles that are records, and what is said about a thing, whatever the schema.

use ai_almanac::{Fact, Record, Table, Value, tables};
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{StatusCode, Uri};
use maud::{Markup, html};
use serde::Serialize;

use crate::content::{Content, HTML};
use crate::negotiate::Format;
use crate::pages::{entries, page};
use crate::problem::Problem;
use crate::query::Query;
use crate::routes::{Answer, Kept, Part, format, json};
use crate::urls;

/// A table as the list of all shows it.
#[derive(Serialize)]
struct Entry {
    key: &'static str,
    label: &'static str,
    kind: &'static ai_almanac::Kind,
    records: usize,
    url: String,
}

/// Answers with the tables and their columns.
pub async fn list(State(shelf): Kept, request: Parts) -> Answer {
    let format = format(&request, &Query::read(&request.uri, &[])?, None)?;
    let entry = |table: &Table| Entry {
        key: table.key(),
        label: table.label(),
        kind: table.kind(),
        records: table.records().len(),
        url: urls::table(table),
    };
    let make = move || match format {
        Format::Json => json(&tables().iter().map(entry).collect::<Vec<_>>()),
        Format::Html => Content::new(HTML, list_page()),
    };
    Ok(shelf.recent(&request.uri, format, make).await.answer(&request.headers).await)
}

/// Answers with the records of a table.
pub async fn table(State(shelf): Kept, request: Parts) -> Answer {
    let query = Query::read(&request.uri, &["limit", "offset"])?;
    let format = format(&request, &query, None)?;
    let (table, _) = named(&request.uri)?;
    let part = Part::cut(table.records(), &query, &urls::table(table))?;
    let make = move || match format {
        Format::Json => json(&part),
        Format::Html => Content::new(HTML, table_page(table, &part)),
    };
    Ok(shelf.recent(&request.uri, format, make).await.answer(&request.headers).await)
}

/// Answers with a record.
pub async fn record(State(shelf): Kept, request: Parts) -> Answer {
    let format = format(&request, &Query::read(&request.uri, &[])?, None)?;
    let (table, id) = named(&request.uri)?;
    let record = table.record(&id).ok_or_else(|| {
        let detail = format!("`{}` has no record with the id `{id}`", table.key());
        Problem::new(StatusCode::NOT_FOUND, detail)
    })?;
    let make = move || match format {
        Format::Json => json(record),
        Format::Html => Content::new(HTML, record_page(table, record)),
    };
    Ok(shelf.recent(&request.uri, format, make).await.answer(&request.headers).await)
}

/// Returns the table that a path names, and what stands behind it.
fn named(uri: &Uri) -> Result<(&'static Table, String), Problem> {
    let path = uri.path().strip_prefix("/records/").unwrap_or_default();
    let (key, id) = path.split_once('/').unwrap_or((path, ""));
    let (Some(key), Some(id)) = (urls::decode(key), urls::decode(id)) else {
        return Err(Problem::new(StatusCode::BAD_REQUEST, "the path is not UTF-8"));
    };
    match tables().iter().find(|table| table.key() == key) {
        Some(table) => Ok((table, id.into_owned())),
        None => Err(Problem {
            expected: Some(tables().iter().map(Table::key).collect::<Vec<_>>().join(", ")),
            ..Problem::new(StatusCode::NOT_FOUND, format!("no table of records is called `{key}`"))
        }),
    }
}

fn list_page() -> String {
    let main = html! {
        h1 { "Records" }
        @if tables().is_empty() { p.quiet { "None" } }
        ul {
            @for table in tables() {
                li {
                    a href=(urls::table(table)) { (table.label()) } " "
                    span.quiet { (table.records().len()) " records. " (table.kind().about()) }
                }
            }
        }
    };
    page("Records", "", &main)
}

fn table_page(table: &Table, part: &Part<&'static Record>) -> String {
    let entry = |record: &&'static Record| {
        html! {
            li {
                a href=(urls::record(table, record)) { (record.name()) }
                // The name is a fact too.
                @for fact in record.facts().filter(|fact| !is_name(fact)) {
                    " · " span.quiet { (fact.label()) ": " } (value(&fact.value()))
                }
            }
        }
    };
    let main = html! {
        p.quiet { a href="/records" { "Records" } }
        h1 { (table.label()) }
        p { (table.kind().about()) }
        (entries(part, entry))
    };
    page(table.label(), "", &main)
}

fn record_page(table: &Table, record: &'static Record) -> String {
    let main = html! {
        p.quiet { a href=(urls::table(table)) { (table.label()) } }
        h1 { (record.name()) }
        (facts(record.facts()))
        @if !record.sources().is_empty() {
            h2 { "Sources" }
            ul {
                @for source in record.sources() {
                    li {
                        "[" (source.number()) "] "
                        @match source.url() {
                            Some(url) => a href=(url) { (source.text()) },
                            None => (source.text()),
                        }
                    }
                }
            }
        }
        @if let Some(section) = record.section() {
            p { a href=(urls::place(section)) { (section) " in " (record.article()) } }
        }
    };
    page(&format!("{record}: {}", table.label()), "", &main)
}

/// Shows what is known, each with the numbers of its sources.
pub fn facts(facts: impl Iterator<Item = Fact>) -> Markup {
    let facts: Vec<Fact> = facts.collect();
    html! {
        @if !facts.is_empty() {
            dl.facts {
                @for fact in facts {
                    dt { (fact.label()) }
                    dd {
                        (value(&fact.value()))
                        @for source in fact.sources() { sup { "[" (source.number()) "]" } }
                    }
                }
            }
        }
    }
}

fn is_name(fact: &Fact) -> bool {
    fact.field().value_type() == ai_almanac::Type::Name
}

/// Shows a value; what leads somewhere is a link.
fn value(shown: &Value) -> Markup {
    match shown {
        Value::Url(url) => html! { a href=(url) { (url) } },
        Value::Article(article) => html! { a href=(urls::article(article)) { (article) } },
        Value::Mention(mention) => match mention.article() {
            Some(article) => html! { a href=(urls::article(article)) { (mention.text()) } },
            None => html! { (mention.text()) },
        },
        Value::Record(record) => {
            let table = tables().iter().find(|table| table.kind() == record.kind());
            html! {
                @match table {
                    Some(table) => a href=(urls::record(table, record)) { (record) },
                    None => (record),
                }
            }
        }
        Value::List(values) => html! {
            @for (at, one) in values.clone().enumerate() { @if at > 0 { ", " } (value(&one)) }
        },
        other => html! { (other) },
    }
}
