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
    /// For each field the items of the different lists that its values are: of texts the texts
    /// themselves.
    pub lists: Vec<Items>,
    /// For each field whether every record has a value.
    pub complete: Vec<bool>,
}

/// The items of lists: a table, or texts.
#[derive(Default)]
pub struct Items {
    pub table: Table,
    pub texts: Vec<String>,
}

impl Items {
    /// Returns how many items there are.
    pub fn len(&self) -> usize {
        self.table.rows + self.texts.len()
    }
}

impl KindTable {
    fn new(fields: usize, inverses: usize) -> KindTable {
        KindTable {
            rows: Table::default(),
            inverses: (0..inverses).map(|_| Table::default()).collect(),
            lists: (0..fields).map(|_| Items::default()).collect(),
            complete: vec![true; fields],
        }
    }

    /// Returns all tables.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        let lists = self.lists.iter().map(|list| &list.table);
        self.inverses.iter().chain(lists).chain([&self.rows])
    }
}

/// Makes the tables. `firsts` has the index of the first section and source of each article.
pub fn rows(schema: &Schema, records: &Records, firsts: &[First]) -> RecordTables {
    let mut writer = Writer { firsts, ..Writer::default() };
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

/// A cell: flags and the index of the value; 0 for none.
type Cell = usize;

const ABSENT: Cell = 0;

#[derive(Default)]
struct Writer<'a> {
    firsts: &'a [First],
    strings: Strings,
    cited: Table,
    /// Maps each list of sources to its place, so that one is written once.
    known_cited: HashMap<Vec<usize>, Span>,
    cells: Table,
    /// Maps each value to its place, so that one is written once.
    known_values: HashMap<Numbers, usize>,
    /// The numbers of records and kinds that are written.
    record: usize,
    kind: usize,
}

/// The integers of a value; those behind its end are 0.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
struct Numbers {
    len: usize,
    numbers: [usize; 2 + cell::MOST],
}

impl Numbers {
    fn push(&mut self, number: usize) {
        self.numbers[self.len] = number;
        self.len += 1;
    }

    fn push_span(&mut self, Span(start, end): Span) {
        self.push(start);
        self.push(end);
    }

    fn push_f64(&mut self, number: f64) {
        self.push_span(halves(number));
    }

    fn as_slice(&self) -> &[usize] {
        &self.numbers[..self.len]
    }
}

/// The lists of a field that were written before, by the cells of their items.
type KnownLists = HashMap<Vec<Cell>, Numbers>;

impl Writer<'_> {
    fn kind(&mut self, fields: usize, inverses: usize, records: &[Record]) -> KindTable {
        let mut table = KindTable::new(fields, inverses);
        let mut known: Vec<KnownLists> = vec![HashMap::new(); fields];
        let mut by_id: Vec<usize> = (0..records.len()).collect();
        by_id.sort_by(|one, other| records[*one].id.cmp(&records[*other].id));
        // Records without any value share their cells.
        let mut empty = None;
        for (place, record) in records.iter().enumerate() {
            let mut line = self.line(record);
            line[record::BY_ID] = by_id[place];
            let cells = self.record_cells(record, &mut table, &mut known);
            let is_empty = cells.iter().all(|cell| *cell == ABSENT);
            line[record::CELLS] = match empty.filter(|_| is_empty) {
                Some(before) => before,
                None => self.cells.extend(cells.iter().copied()).0,
            };
            if is_empty {
                empty = Some(line[record::CELLS]);
            }
            table.rows.push(&line);
            for (complete, value) in table.complete.iter_mut().zip(&record.values) {
                *complete &= value.is_some();
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
        put(&mut line, record::SOURCES, self.cited(sources.collect()));
        self.record += 1;
        line
    }

    /// Returns the cells of a record: of its fields, then of its inverses.
    fn record_cells(
        &mut self,
        record: &Record,
        table: &mut KindTable,
        known: &mut [KnownLists],
    ) -> Vec<Cell> {
        let first = self.firsts[record.article].source;
        let mut cells = Vec::with_capacity(record.values.len() + record.inverses.len());
        for (index, value) in record.values.iter().enumerate() {
            let sources = record.value_sources[index].iter().map(|source| first + source);
            let sources = Some(self.cited(sources.collect())).filter(|Span(from, to)| from < to);
            let numbers = match value {
                None => None,
                Some(Resolved::List(values)) => {
                    Some(self.list(values, &mut table.lists[index], &mut known[index]))
                }
                Some(value) => Some(self.numbers(value)),
            };
            cells.push(self.cell(sources, numbers));
        }
        for (inverse, referring) in table.inverses.iter_mut().zip(&record.inverses) {
            let numbers = (!referring.is_empty()).then(|| {
                let mut numbers = Numbers::default();
                numbers.push_span(inverse.extend(referring.iter().copied()));
                numbers
            });
            cells.push(self.cell(None, numbers));
        }
        cells
    }

    /// Writes a value and its sources unless they stand there, and returns the cell.
    fn cell(&mut self, sources: Option<Span>, value: Option<Numbers>) -> Cell {
        let mut numbers = Numbers::default();
        let mut flags = 0;
        if let Some(sources) = sources {
            flags |= cell::CITES;
            numbers.push_span(sources);
        }
        if let Some(value) = value {
            flags |= cell::PRESENT;
            value.as_slice().iter().for_each(|number| numbers.push(*number));
        }
        if flags == 0 {
            return ABSENT;
        }
        let cells = &mut self.cells;
        let written = self.known_values.entry(numbers);
        let index = *written.or_insert_with(|| cells.extend(numbers.as_slice().iter().copied()).0);
        // One that is too large is found when it is written.
        index.checked_mul(1 << cell::FLAG_BITS).map_or(usize::MAX, |index| index | to_usize(flags))
    }

    /// Writes the items of a list, and returns the numbers of the list.
    fn list(&mut self, values: &[Resolved], list: &mut Items, known: &mut KnownLists) -> Numbers {
        let items: Vec<Numbers> = values.iter().map(|value| self.numbers(value)).collect();
        let cells: Vec<Cell> = items.iter().map(|item| self.cell(None, Some(*item))).collect();
        if let Some(before) = known.get(&cells) {
            return *before;
        }
        let start = list.len();
        for (value, item) in values.iter().zip(&items) {
            match value {
                Resolved::Text(text) => list.texts.push(text.clone()),
                _ => list.table.push(item.as_slice()),
            }
        }
        let mut numbers = Numbers::default();
        numbers.push_span(Span(start, list.len()));
        numbers.push_span(self.cells.extend(cells.iter().copied()));
        known.insert(cells, numbers);
        numbers
    }

    /// Returns the integers of a value that is no list.
    fn numbers(&mut self, value: &Resolved) -> Numbers {
        let mut numbers = Numbers::default();
        match value {
            Resolved::Text(text) => numbers.push_span(self.strings.add(text)),
            Resolved::Number(number) => numbers.push_f64(*number),
            Resolved::Quantity(value, text) => {
                numbers.push_span(self.strings.add(text));
                numbers.push_f64(*value);
            }
            Resolved::Date(date) => numbers.push(to_usize(date.packed())),
            Resolved::Boolean(value) => numbers.push(usize::from(*value)),
            Resolved::Choice(index) | Resolved::Article(index) | Resolved::Record(index) => {
                numbers.push(*index);
            }
            Resolved::Mention(text, article) => {
                numbers.push_span(self.strings.add(text));
                numbers.push(article.map_or(0, |article| article + 1));
            }
            // Lists hold no lists.
            Resolved::List(_) => {}
        }
        numbers
    }

    /// Writes sources unless they stand there, and returns their span.
    fn cited(&mut self, sources: Vec<usize>) -> Span {
        let cited = &mut self.cited;
        let written = self.known_cited.entry(sources);
        *written.or_insert_with_key(|sources| cited.extend(sources.iter().copied()))
    }
}
