//! The tables of records, each from the tables of all articles.

use ai_almanac::{Fact, Field, Record, Source, Table, Target, Type, Value};
use maud::{Markup, html};

use crate::Site;
use crate::frame::{Frame, TABLES, count, framed, page, value};
use crate::places::Page;

/// The list of tables.
pub fn list(site: &Site) -> String {
    let page = page(site, TABLES);
    let number: usize = site.places.tables().map(|(table, _)| table.records().len()).sum();
    let description = format!("{} from the tables of the articles.", count(number, "record"));
    let content = html! {
        h1 { "Tables" }
        p .standfirst { (description) }
        ul .entries {
            @for (table, file) in site.places.tables() {
                li {
                    a href=(page.to(file)) { (table.label()) }
                    " " span .hint { (count(table.records().len(), "record")) }
                    @if !table.kind().about().is_empty() { p { (table.kind().about()) } }
                }
            }
        }
    };
    let frame =
        Frame { page, title: "Tables", description: &description, class: "category", public: true };
    framed(site, frame, content)
}

/// The page of a table: a row for each record, with links to where it stands.
pub fn table(site: &Site, table: &'static Table, file: &str) -> String {
    let page = page(site, file);
    let number = count(table.records().len(), "record");
    let description = match table.kind().about() {
        "" => format!("{number}."),
        about => format!("{about} {number}."),
    };
    // A field that nobody filled in needs no column.
    let is_known =
        |field: &&Field| table.records().any(|record| record.fact(field.key()).is_some());
    let fields: Vec<&Field> = table.kind().fields().iter().filter(is_known).collect();
    let content = html! {
        nav .path aria-label="Where this is" {
            ol {
                li { a href=(page.to("index.html")) { "Contents" } }
                li { a href=(page.to(TABLES)) { "Tables" } }
            }
        }
        h1 { (table.label()) }
        p .standfirst { (description) }
        form .narrow hidden aria-label="Filter" {
            label { "Text " input name="text" type="search" autocomplete="off"; }
            output name="found" {}
        }
        div .scroll role="group" aria-label=(table.label()) tabindex="0" {
            table .records {
                thead { tr {
                    @for field in &fields {
                        th scope="col" .number[is_number(field)] { (heading(table, field)) }
                    }
                    th scope="col" { "Article" }
                } }
                tbody { @for record in table.records() { (row(&page, record, &fields)) } }
            }
        }
    };
    let frame = Frame {
        page,
        title: table.label(),
        description: &description,
        class: "table",
        public: true,
    };
    framed(site, frame, content)
}

/// The label of a column, with the unit of its quantities if neither it nor they name it.
fn heading(table: &'static Table, field: &Field) -> String {
    let (label, unit) = (field.label(), field.unit());
    let named = |record: &'static Record| match record.fact(field.key())?.value() {
        Value::Quantity(quantity) => Some(quantity.text().contains(unit)),
        _ => None,
    };
    if unit.is_empty()
        || label.to_lowercase().contains(&unit.to_lowercase())
        || table.records().filter_map(named).any(|named| named)
    {
        label.to_owned()
    } else {
        format!("{label}, {unit}")
    }
}

fn is_number(field: &Field) -> bool {
    !field.is_list() && matches!(field.value_type(), Type::Number | Type::Quantity)
}

fn row(page: &Page, record: &'static Record, fields: &[&Field]) -> Markup {
    let place = record
        .section()
        .map_or_else(|| page.article(record.article()), |section| page.section(section));
    // Sources that no cell cites are cited at the end of the row.
    let cited: Vec<_> = record.facts().flat_map(|fact| fact.sources()).collect();
    let elsewhere = record.sources().iter().filter(|source| !cited.contains(source));
    html! {
        tr id=(record.id()) {
            @for (index, field) in fields.iter().enumerate() {
                @let fact = record.fact(field.key());
                @if index == 0 {
                    th scope="row" data-key=[fact.and_then(|fact| key(&fact))] {
                        @if let Some(fact) = fact { (cell(page, &fact)) }
                    }
                } @else {
                    td .number[is_number(field)] data-key=[fact.and_then(|fact| key(&fact))] {
                        @if let Some(fact) = fact { (cell(page, &fact)) }
                    }
                }
            }
            td { a href=(place) { (record.article().title()) } (sources(elsewhere)) }
        }
    }
}

/// Returns the sort key of a cell, where that isn't its text.
fn key(fact: &Fact) -> Option<String> {
    match fact.value() {
        Value::Number(number) => Some(number.to_string()),
        Value::Quantity(quantity) => Some(quantity.value().to_string()),
        Value::Date(date) => Some(date.to_string()),
        _ => None,
    }
}

fn cell(page: &Page, fact: &Fact) -> Markup {
    html! { (value(page, &fact.value())) (sources(fact.sources().iter())) }
}

fn sources(sources: impl Iterator<Item = &'static &'static Source>) -> Markup {
    html! {
        @for source in sources {
            @if let Some(Target::Web(url)) = source.link().map(|link| link.target()) {
                " " a .source href=(url) title=(source.text())
                    aria-label=(format!("Source: {}", source.text())) { "[" (source.number()) "]" }
            }
        }
    }
}
