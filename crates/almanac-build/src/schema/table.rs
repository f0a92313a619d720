//! Tables that the schema names → rows of typed cells.

use std::collections::HashMap;
use std::ops::Range;

use crate::document::{Block, Cell, Cited, Document, Inline, Section, plain};
use crate::fault::{Code, Fault, FileSpan};

use super::value::{Reader, Value, Written};
use super::{Kind, Schema};

/// A row of a table, as its article alone tells it.
#[derive(Debug)]
pub struct TableRow {
    /// Index of the table in the schema.
    pub table: usize,
    /// Index of the section.
    pub section: usize,
    /// The cells of columns that the schema has.
    pub cells: Vec<TableCell>,
    /// The span that identifies the row, for diagnostics.
    pub span: Range<usize>,
    /// `true` if a value that it must have isn't there, which is a fault: no record is made of it.
    pub incomplete: bool,
}

/// A cell of a row.
#[derive(Debug)]
pub struct TableCell {
    /// The index of its field.
    pub field: usize,
    /// `None` for an absent value, and after a fault.
    pub value: Option<Value>,
    /// Indices of the footnotes that it cites.
    pub sources: Vec<usize>,
}

impl TableRow {
    /// Returns the value of a field.
    pub fn value(&self, field: usize) -> Option<&Value> {
        self.cells.iter().find(|cell| cell.field == field)?.value.as_ref()
    }
}

/// A column of a table.
#[derive(Clone, Copy)]
struct Column {
    /// The index of its field; `None` if it has none.
    field: Option<usize>,
    /// `true` if only its name is wrong: its cells are checked and then left out.
    misspelt: bool,
}

/// Finds the tables of an article. A heading of the schema without a table is no fault.
pub fn rows(document: &Document, schema: &Schema, file: usize) -> (Vec<TableRow>, Vec<Fault>) {
    let mut rows = Vec::new();
    let mut reader = Reader::new(schema, file);
    let folded: HashMap<String, &str> =
        schema.headings.keys().map(|heading| (fold(heading), heading.as_str())).collect();
    for (section, part) in document.sections.iter().enumerate() {
        let title = plain(&part.title);
        let Some(table) = schema.table(title.trim()) else {
            if let Some(heading) = folded.get(&fold(&title)) {
                reader.faults.extend(similar(schema, part, heading, file));
            }
            continue;
        };
        for block in &part.blocks {
            if let Block::Table { head, rows: lines, .. } = block {
                let mut read = read(&mut reader, document, table, head, lines);
                read.iter_mut().for_each(|row| row.section = section);
                rows.append(&mut read);
            }
        }
    }
    (rows, reader.faults)
}

/// Returns a title in lower case without its spaces.
fn fold(title: &str) -> String {
    title.split_whitespace().collect::<String>().to_lowercase()
}

/// Reports a title that differs from that of tables of the schema only in case or spaces, if there
/// is such a table under it: one with a column of theirs.
fn similar(schema: &Schema, part: &Section, heading: &str, file: usize) -> Option<Fault> {
    let fields = &schema.tables[schema.table(heading)?].fields;
    let is_column = |cell: &Cell| {
        let title = plain(&cell.inlines);
        fields.iter().any(|field| field.label == title.trim())
    };
    let has_table = part.blocks.iter().any(|block| match block {
        Block::Table { head, .. } => head.iter().any(is_column),
        _ => false,
    });
    let title = plain(&part.title);
    let message = format!("`{}` is almost `{heading}`, whose tables are records", title.trim());
    let place = FileSpan::new(file, part.heading_span.clone());
    has_table.then(|| {
        Fault::new(Code::SimilarHeading, place, message)
            .label(format!("did you mean `{heading}`?"))
            .help("its table is text, and no record is made of it")
    })
}

fn read(
    reader: &mut Reader,
    document: &Document,
    table: usize,
    head: &[Cell],
    lines: &[Vec<Cell>],
) -> Vec<TableRow> {
    let kind = &reader.schema.tables[table];
    let (columns, complete) = columns(reader, kind, head);
    let rows = lines.iter().map(|line| {
        let mut row = row(reader, document, kind, &columns, line);
        row.table = table;
        row.incomplete |= !complete;
        row
    });
    rows.collect()
}

fn row(
    reader: &mut Reader,
    document: &Document,
    kind: &Kind,
    columns: &[Column],
    line: &[Cell],
) -> TableRow {
    let span = line.first().map_or(0..0, |cell| cell.span.clone());
    let cells = Vec::with_capacity(columns.len());
    let mut row = TableRow { table: 0, section: 0, cells, span, incomplete: false };
    for (cell, column) in line.iter().zip(columns) {
        let Some(field) = column.field else { continue };
        let (mut links, mut sources) = (Vec::new(), Cited::default());
        collect(&cell.inlines, document, &mut links, &mut sources);
        let text = plain(&cell.inlines);
        let written = Written { text: &text, span: cell.span.clone(), links: &links };
        let value = reader.cell(&kind.fields[field], &written);
        if !column.misspelt {
            row.incomplete |= kind.fields[field].required && value.is_none();
            row.cells.push(TableCell { field, value, sources: sources.into_vec() });
        }
    }
    if let Some((from, Some(until))) = kind.valid {
        let end = columns.iter().position(|column| column.field == Some(until));
        let end = end.and_then(|end| line.get(end)).map_or(&row.span, |cell| &cell.span);
        let dates = (row.value(from), row.value(until));
        reader.order(dates, &kind.fields[from].label, end);
    }
    row
}

/// Finds the field of each column, and tells whether all columns that must be there are. Reported
/// are those that aren't, and those that the schema doesn't have.
fn columns(reader: &mut Reader, kind: &Kind, head: &[Cell]) -> (Vec<Column>, bool) {
    let titles: Vec<String> =
        head.iter().map(|cell| plain(&cell.inlines).trim().to_owned()).collect();
    let mut columns: Vec<Column> = Vec::new();
    let file = reader.file;
    let fault = |place: &Range<usize>, code: Code, message: String| {
        Fault::new(code, FileSpan::new(file, place.clone()), message)
    };
    let mut faults = Vec::new();
    let known = |title: &str| kind.fields.iter().position(|field| field.label == *title);
    let others: Vec<&str> = kind
        .fields
        .iter()
        .map(|field| &*field.label)
        .filter(|label| !titles.iter().any(|title| title == label))
        .collect();
    let mut firsts: HashMap<usize, &Range<usize>> = HashMap::new();
    for (cell, title) in head.iter().zip(&titles) {
        let field = known(title);
        if let Some(first) = field.and_then(|field| firsts.insert(field, &cell.span)) {
            let message = format!("a second column `{title}`");
            let fault = fault(&cell.span, Code::UnknownColumn, message);
            faults.push(fault.related(FileSpan::new(file, first.clone()), "first here"));
            columns.push(Column { field: None, misspelt: false });
            continue;
        }
        if field.is_some() || kind.faulty_fields.covers(title) {
            columns.push(Column { field, misspelt: false });
            continue;
        }
        let near = reader.nearest(title, others.iter().copied());
        let message = format!("`{}` has no column `{title}`", kind.heading);
        let fault = fault(&cell.span, Code::UnknownColumn, message);
        faults.push(match near {
            Some(near) => fault.did_you_mean(Some(near)),
            None => {
                let known: Vec<&str> = kind.fields.iter().map(|field| &*field.label).collect();
                fault.help(format!("`_schema_.yml` declares {}", known.join(", ")))
            }
        });
        let meant = near.and_then(known);
        let is_new = meant.is_some_and(|meant| firsts.insert(meant, &cell.span).is_none());
        columns.push(Column { field: meant.filter(|_| is_new), misspelt: true });
    }
    let whole =
        head.first().map_or(0, |cell| cell.span.start)..head.last().map_or(0, |cell| cell.span.end);
    let mut complete = true;
    let required = kind.fields.iter().enumerate().filter(|(_, field)| field.required);
    for (index, field) in required {
        let column = columns.iter().find(|column| column.field == Some(index));
        complete &= column.is_some_and(|column| !column.misspelt);
        if column.is_none() {
            let message = format!("the table has no column `{}`", field.label);
            let help = format!("`_schema_.yml` requires it of every row of `{}`", kind.heading);
            faults.push(fault(&whole, Code::MissingColumn, message).help(help));
        }
    }
    reader.faults.append(&mut faults);
    (columns, complete)
}

/// Collects the links of a cell and the footnotes that it cites, each once.
fn collect(
    inlines: &[Inline],
    document: &Document,
    links: &mut Vec<(usize, String)>,
    cited: &mut Cited,
) {
    for inline in inlines {
        match inline {
            Inline::Link(link, children) => {
                links.push((*link, document.links[*link].destination.clone()));
                collect(children, document, links, cited);
            }
            Inline::FootnoteRef(footnote, _) => cited.add(*footnote),
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
