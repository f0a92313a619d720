//! Tables that the schema names → rows of typed cells.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, FileSpan, nearest};
use crate::document::{Block, Cell, Document, Inline, plain};

use super::value::{Reader, Value, Written};
use super::{Field, Schema};

/// A row of a table, as its article alone tells it.
#[derive(Debug)]
pub struct TableRow {
    /// Index of the table in the schema.
    pub table: usize,
    /// Index of the section.
    pub section: usize,
    /// By field.
    pub values: Vec<Option<Value>>,
    /// Indices of the footnotes that each cell cites.
    pub sources: Vec<Vec<usize>>,
    /// What identifies the row, for diagnostics.
    pub span: Range<usize>,
}

/// Finds the tables of an article. A heading of the schema without a table is no fault.
pub fn rows(document: &Document, schema: &Schema, file: usize) -> (Vec<TableRow>, Vec<Diagnostic>) {
    let mut rows = Vec::new();
    let mut reader = Reader::new(schema, file);
    for (section, part) in document.sections.iter().enumerate() {
        let Some(table) = schema.table(plain(&part.title).trim()) else { continue };
        for block in &part.blocks {
            if let Block::Table { head, rows: lines, .. } = block {
                read(&mut reader, document, (table, section), head, lines, &mut rows);
            }
        }
    }
    (rows, reader.diagnostics)
}

fn read(
    reader: &mut Reader,
    document: &Document,
    (table, section): (usize, usize),
    head: &[Cell],
    lines: &[Vec<Cell>],
    rows: &mut Vec<TableRow>,
) {
    let schema = reader.schema;
    let kind = &schema.tables[table];
    let columns = columns(reader, &kind.fields, head);
    let whole = head.first().map_or(0, |cell| cell.span.start)
        ..head.last().map_or(0, |cell| cell.span.end);
    let mut complete = true;
    for (index, field) in kind.fields.iter().enumerate() {
        if field.required && !columns.contains(&Some(index)) {
            complete = false;
            let place = FileSpan::new(reader.file, whole.clone());
            let message = format!("the table has no column `{}`", field.label);
            reader.diagnostics.push(
                Diagnostic::new(Code::MissingColumn, place, message)
                    .help(format!("`_schema_.yml` requires it of every row of `{}`", kind.heading)),
            );
        }
    }
    for line in lines {
        let mut values = vec![None; kind.fields.len()];
        let mut sources = vec![Vec::new(); kind.fields.len()];
        let before = reader.diagnostics.len();
        for (cell, column) in line.iter().zip(&columns) {
            let mut links = Vec::new();
            let mut cited = Vec::new();
            collect(&cell.inlines, document, &mut links, &mut cited);
            let Some(index) = *column else { continue };
            let text = plain(&cell.inlines);
            let written = Written { text: &text, span: cell.span.clone(), links: &links };
            values[index] = reader.cell(&kind.fields[index], &written);
            sources[index] = cited;
        }
        let first = line.first().map_or(whole.clone(), |cell| cell.span.clone());
        if let Some((from, Some(until))) = kind.valid {
            let cell = columns.iter().position(|column| *column == Some(until));
            let span = cell.and_then(|cell| line.get(cell)).map_or(&first, |cell| &cell.span);
            reader.order(&values, from, until, &kind.fields, span);
        }
        // What a fault concerns is left out: a row without a value that it must have.
        let faulty = reader.diagnostics.len() > before;
        let lacking = kind.fields.iter().zip(&values).any(|(field, value)| field.required && value.is_none());
        if complete && !(faulty && lacking) {
            rows.push(TableRow { table, section, values, sources, span: first });
        }
    }
}

/// Returns the field of each column; `None` for one that the schema doesn't have, which is reported.
fn columns(reader: &mut Reader, fields: &[Field], head: &[Cell]) -> Vec<Option<usize>> {
    let mut columns: Vec<Option<usize>> = Vec::new();
    for cell in head {
        let title = plain(&cell.inlines);
        let title = title.trim();
        let found = fields.iter().position(|field| field.label == title);
        let place = FileSpan::new(reader.file, cell.span.clone());
        match found {
            Some(index) if columns.contains(&Some(index)) => {
                reader.diagnostics.push(Diagnostic::new(
                    Code::UnknownColumn,
                    place,
                    format!("a second column `{title}`"),
                ));
                columns.push(None);
            }
            Some(index) => columns.push(Some(index)),
            None => {
                let near = nearest(title, fields.iter().map(|field| &*field.label));
                let mut fault =
                    Diagnostic::new(Code::UnknownColumn, place, format!("no column `{title}`"));
                fault = match near {
                    Some(near) => fault.did_you_mean(Some(near)),
                    None => {
                        let known: Vec<&str> = fields.iter().map(|field| &*field.label).collect();
                        fault.help(format!("`_schema_.yml` declares {}", known.join(", ")))
                    }
                };
                reader.diagnostics.push(fault);
                columns.push(None);
            }
        }
    }
    columns
}

/// Collects the links of a cell and the footnotes that it cites, each once.
fn collect(
    inlines: &[Inline],
    document: &Document,
    links: &mut Vec<(usize, String)>,
    cited: &mut Vec<usize>,
) {
    for inline in inlines {
        match inline {
            Inline::Link(link, children) => {
                links.push((*link, document.links[*link].destination.clone()));
                collect(children, document, links, cited);
            }
            Inline::FootnoteRef(footnote, _) => {
                if !cited.contains(footnote) {
                    cited.push(*footnote);
                }
            }
            Inline::Emphasis(children)
            | Inline::Strong(children)
            | Inline::Strikethrough(children)
            | Inline::Element(_, children) => {
                collect(children, document, links, cited);
            }
            _ => {}
        }
    }
}
