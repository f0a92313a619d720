//! Records as rows and cells: the bytes that the accessors decode.

use almanac_core::layout::{cell, record};

use crate::payloads::Span;
use crate::tables::{First, Strings, Table, put};

use super::resolve::{Record, Records, Resolved};
use super::{Field, Schema};

/// The tables of all records.
#[derive(Default)]
pub struct RecordTables {
    pub profiles: Vec<Table>,
    pub fields: Table,
    pub tables: Vec<Table>,
    pub cells: Table,
    /// By kind of profile, then by table: for each inverse the indices of what refers.
    pub inverses: Vec<Vec<Table>>,
    /// By kind (profiles, fields, tables) and field: the different lists that its values are.
    pub lists: Vec<Vec<Vec<Vec<Resolved>>>>,
}

/// Makes the tables. `firsts` has the index of the first section and source of each article.
pub fn rows(
    schema: &Schema,
    records: &Records,
    firsts: &[First],
    strings: &mut Strings,
    cited: &mut Table,
) -> RecordTables {
    let mut made = RecordTables::default();
    let mut writer = Writer { firsts, strings, cited, index: 0 };
    let kinds = schema.profiles.iter().zip(&records.profiles).map(|(kind, rows)| (&kind.fields, rows));
    for (kind, (fields, rows)) in kinds.enumerate() {
        let table = writer.kind(kind, fields, rows, &mut made);
        made.profiles.push(table);
    }
    let mut kind = schema.profiles.len();
    if !schema.fields.is_empty() {
        made.fields = writer.kind(kind, &schema.fields, &records.fields, &mut made);
        made.inverses.pop();
        kind += 1;
    }
    for (index, (declared, rows)) in schema.tables.iter().zip(&records.tables).enumerate() {
        let table = writer.kind(kind + index, &declared.fields, rows, &mut made);
        made.tables.push(table);
    }
    made
}

struct Writer<'a> {
    firsts: &'a [First],
    strings: &'a mut Strings,
    cited: &'a mut Table,
    /// Counts the records of all kinds.
    index: usize,
}

impl Writer<'_> {
    fn kind(
        &mut self,
        kind: usize,
        fields: &[Field],
        rows: &[Record],
        made: &mut RecordTables,
    ) -> Table {
        let mut table = Table::default();
        let mut lists: Vec<Vec<Vec<Resolved>>> = fields.iter().map(|_| Vec::new()).collect();
        let count = rows.first().map_or(0, |row| row.inverses.len());
        let mut inverses: Vec<Table> = (0..count).map(|_| Table::default()).collect();
        let mut by_id: Vec<usize> = (0..rows.len()).collect();
        by_id.sort_by(|one, other| rows[*one].id.cmp(&rows[*other].id));
        for (place, row) in rows.iter().enumerate() {
            let first = self.firsts[row.article];
            let mut line = [0; record::WIDTH];
            line[record::INDEX] = self.index;
            line[record::KIND] = kind;
            line[record::ARTICLE] = row.article;
            line[record::SECTION] = row.section.map_or(0, |section| first.section + section + 1);
            put(&mut line, record::NAME, self.strings.add(&row.name));
            put(&mut line, record::ID, self.strings.add(&row.id));
            let sources = row.sources.iter().map(|source| first.source + source);
            put(&mut line, record::SOURCES, self.cited.extend(sources));
            line[record::CELLS] = made.cells.rows;
            line[record::BY_ID] = by_id[place];
            self.index += 1;
            table.push(&line);

            // The items of lists stand after the record's own cells.
            let own = fields.len() + row.inverses.len();
            let mut items: Vec<[usize; cell::WIDTH]> = Vec::new();
            for (index, value) in row.values.iter().enumerate() {
                let mut written = match value {
                    None => [0; cell::WIDTH],
                    Some(Resolved::List(values)) => {
                        let start = made.cells.rows + own - index + items.len();
                        let mut written = [0; cell::WIDTH];
                        written[cell::PRESENT] = 1;
                        put(&mut written, cell::TEXT, Span(start, start + values.len()));
                        let known = lists[index].iter().position(|list| list == values);
                        written[cell::INDEX] = known.unwrap_or(lists[index].len());
                        if known.is_none() {
                            lists[index].push(values.clone());
                        }
                        items.extend(values.iter().map(|value| self.cell(value)));
                        written
                    }
                    Some(value) => self.cell(value),
                };
                let sources = row.value_sources[index].iter().map(|source| first.source + source);
                put(&mut written, cell::SOURCES, self.cited.extend(sources));
                made.cells.push(&written);
            }
            for (inverse, referring) in inverses.iter_mut().zip(&row.inverses) {
                let mut written = [0; cell::WIDTH];
                written[cell::PRESENT] = 1;
                put(&mut written, cell::TEXT, inverse.extend(referring.iter().copied()));
                made.cells.push(&written);
            }
            items.iter().for_each(|item| made.cells.push(item));
        }
        made.inverses.push(inverses);
        made.lists.push(lists);
        table
    }

    fn cell(&mut self, value: &Resolved) -> [usize; cell::WIDTH] {
        let mut written = [0; cell::WIDTH];
        written[cell::PRESENT] = 1;
        match value {
            Resolved::Text(text) => put(&mut written, cell::TEXT, self.strings.add(text)),
            Resolved::Number(number) => put_number(&mut written, *number),
            Resolved::Quantity(value, text) => {
                put_number(&mut written, *value);
                put(&mut written, cell::TEXT, self.strings.add(text));
            }
            Resolved::Date(date) => written[cell::INDEX] = date.packed() as usize,
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
    let bits = number.to_bits();
    let (low, high) = (bits & u64::from(u32::MAX), bits >> 32);
    // Both halves have 32 bits.
    put(cell, cell::NUMBER, Span(low as usize, high as usize));
}
