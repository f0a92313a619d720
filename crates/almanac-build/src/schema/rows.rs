//! Records as rows and cells: the bytes that the accessors decode.

use std::collections::HashMap;

use almanac_core::layout::{cell, record, to_usize};

use crate::payloads::Span;
use crate::tables::{First, Strings, Table, halves, put};

use super::Schema;
use super::resolve::{Record, Records, Resolved};

/// The tables of all records.
#[derive(Default)]
pub struct RecordTables {
    pub profiles: Vec<KindTable>,
    /// `None` if the schema declares no fields of articles.
    pub fields: Option<KindTable>,
    pub tables: Vec<KindTable>,
    pub cells: Table,
    pub strings: Strings,
    /// Indices of sources, by the record or the cell that cites them.
    pub cited: Table,
}

/// The rows of the records of one kind.
#[derive(Default)]
pub struct KindTable {
    pub rows: Table,
    /// For each inverse the indices of what refers.
    pub inverses: Vec<Table>,
    /// For each field the different lists that its values are.
    pub lists: Vec<Vec<Vec<Resolved>>>,
    /// For each field whether every record has a value.
    pub complete: Vec<bool>,
}

/// Makes the tables. `firsts` has the index of the first section and source of each article.
pub fn rows(schema: &Schema, records: &Records, firsts: &[First]) -> RecordTables {
    let (strings, cited, cells) = Default::default();
    let mut writer = Writer { firsts, strings, cited, cells, record: 0, kind: 0 };
    let profiles = schema.profiles.iter().zip(&records.profiles);
    let profiles =
        profiles.map(|(kind, rows)| writer.kind(kind.fields.len(), kind.inverses.len(), rows));
    let profiles = profiles.collect();
    let count = schema.fields.len();
    let fields = (count > 0).then(|| writer.kind(count, 0, &records.fields));
    let tables = schema.tables.iter().zip(&records.tables);
    let tables =
        tables.map(|(kind, rows)| writer.kind(kind.fields.len(), kind.inverses.len(), rows));
    let tables = tables.collect();
    let Writer { strings, cited, cells, .. } = writer;
    RecordTables { profiles, fields, tables, cells, strings, cited }
}

type Cell = [usize; cell::WIDTH];

const ABSENT: Cell = [0; cell::WIDTH];

struct Writer<'a> {
    firsts: &'a [First],
    strings: Strings,
    cited: Table,
    cells: Table,
    /// The numbers of records and kinds that are written.
    record: usize,
    kind: usize,
}

impl Writer<'_> {
    fn kind(&mut self, fields: usize, inverses: usize, records: &[Record]) -> KindTable {
        let mut table = KindTable {
            rows: Table::default(),
            inverses: (0..inverses).map(|_| Table::default()).collect(),
            lists: vec![Vec::new(); fields],
            complete: vec![true; fields],
        };
        let mut known: Vec<HashMap<Vec<Cell>, usize>> = vec![HashMap::new(); fields];
        let mut by_id: Vec<usize> = (0..records.len()).collect();
        by_id.sort_by(|one, other| records[*one].id.cmp(&records[*other].id));
        // Records without any value share their cells.
        let mut empty = None;
        for (place, record) in records.iter().enumerate() {
            let mut line = self.line(record);
            line[record::BY_ID] = by_id[place];
            let is_empty = inverses == 0 && record.values.iter().all(Option::is_none);
            line[record::CELLS] = match empty.filter(|_| is_empty) {
                Some(cells) => cells,
                None => self.cells.rows,
            };
            if is_empty && empty.is_none() {
                empty = Some(self.cells.rows);
                (0..fields).for_each(|_| self.cells.push(&ABSENT));
            }
            table.rows.push(&line);
            for (complete, value) in table.complete.iter_mut().zip(&record.values) {
                *complete &= value.is_some();
            }
            if !is_empty {
                self.cells(record, &mut table, &mut known);
            }
        }
        self.kind += 1;
        table
    }

    /// Returns the row of a record but for what its kind knows.
    fn line(&mut self, record: &Record) -> [usize; record::WIDTH] {
        let first = self.firsts[record.article];
        let mut line = [0; record::WIDTH];
        line[record::INDEX] = self.record;
        line[record::KIND] = self.kind;
        line[record::ARTICLE] = record.article;
        line[record::SECTION] = record.section.map_or(0, |section| first.section + section + 1);
        put(&mut line, record::NAME, self.strings.add(&record.name));
        put(&mut line, record::ID, self.strings.add(&record.id));
        let sources = record.sources.iter().map(|source| first.source + source);
        put(&mut line, record::SOURCES, self.cited.extend(sources));
        self.record += 1;
        line
    }

    /// Writes the cells of a record: those of its fields, of its inverses, then the items of lists.
    fn cells(
        &mut self,
        record: &Record,
        table: &mut KindTable,
        known: &mut [HashMap<Vec<Cell>, usize>],
    ) {
        let first = self.firsts[record.article].source;
        let own = self.cells.rows + record.values.len() + record.inverses.len();
        let mut items: Vec<Cell> = Vec::new();
        for (index, value) in record.values.iter().enumerate() {
            let mut written = match value {
                None => ABSENT,
                Some(Resolved::List(values)) => {
                    let list: Vec<Cell> = values.iter().map(|value| self.cell(value)).collect();
                    let start = own + items.len();
                    items.extend(&list);
                    let lists = &mut table.lists[index];
                    let number = *known[index].entry(list).or_insert_with(|| {
                        lists.push(values.clone());
                        lists.len() - 1
                    });
                    let mut written = ABSENT;
                    written[cell::PRESENT] = 1;
                    written[cell::INDEX] = number;
                    put(&mut written, cell::TEXT, Span(start, start + values.len()));
                    written
                }
                Some(value) => self.cell(value),
            };
            let sources = record.value_sources[index].iter().map(|source| first + source);
            put(&mut written, cell::SOURCES, self.cited.extend(sources));
            self.cells.push(&written);
        }
        for (inverse, referring) in table.inverses.iter_mut().zip(&record.inverses) {
            let mut written = ABSENT;
            written[cell::PRESENT] = 1;
            put(&mut written, cell::TEXT, inverse.extend(referring.iter().copied()));
            self.cells.push(&written);
        }
        items.iter().for_each(|item| self.cells.push(item));
    }

    fn cell(&mut self, value: &Resolved) -> Cell {
        let mut written = ABSENT;
        written[cell::PRESENT] = 1;
        match value {
            Resolved::Text(text) => put(&mut written, cell::TEXT, self.strings.add(text)),
            Resolved::Number(number) => put_number(&mut written, *number),
            Resolved::Quantity(value, text) => {
                put_number(&mut written, *value);
                put(&mut written, cell::TEXT, self.strings.add(text));
            }
            Resolved::Date(date) => written[cell::INDEX] = to_usize(date.packed()),
            Resolved::Boolean(value) => written[cell::INDEX] = usize::from(*value),
            Resolved::Choice(index) | Resolved::Article(index) | Resolved::Record(index) => {
                written[cell::INDEX] = *index;
            }
            Resolved::Mention(text, article) => {
                put(&mut written, cell::TEXT, self.strings.add(text));
                written[cell::INDEX] = article.map_or(0, |article| article + 1);
            }
            // Lists hold no lists.
            Resolved::List(_) => {}
        }
        written
    }
}

fn put_number(cell: &mut [usize], number: f64) {
    put(cell, cell::NUMBER, halves(number));
}
