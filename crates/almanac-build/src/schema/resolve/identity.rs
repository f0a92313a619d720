//! Names and ids of records.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap, HashSet};

use crate::fault::{Code, Fault, FileSpan, nearest};
use crate::limits;
use crate::resolve::suggest::Budget;
use crate::schema::Kind;
use crate::schema::table::TableRow;
use crate::schema::value::{Reference, Value};
use crate::schema::{Field, Type};

use super::{Resolver, article_of};

/// The records of a table, for those who refer to them.
#[derive(Debug, Default)]
pub struct Known {
    pub by_name: BTreeMap<String, Vec<usize>>,
    pub by_id: HashMap<String, usize>,
    pub ids: Vec<String>,
    /// Names of rows in drafts.
    pub drafts: HashSet<String>,
    /// Names of rows that are no records because of a fault.
    lost: HashSet<String>,
    /// `true` if there are such rows without a name, or all are.
    nameless: bool,
    /// The names for suggestions.
    names: OnceCell<Vec<String>>,
}

impl Known {
    /// Returns `true` if a row with a fault may be what is meant.
    pub fn may_be_lost(&self, name: &str) -> bool {
        self.nameless || self.lost.contains(name)
    }

    fn lose(&mut self, name: String) {
        self.nameless |= name.is_empty();
        self.lost.insert(name);
    }

    /// Returns the nearest name while the budget lasts.
    pub fn nearest(&self, name: &str, budget: &mut Budget) -> Option<&str> {
        budget.spend(self.by_name.len())?;
        let names = self.names.get_or_init(|| self.by_name.keys().cloned().collect());
        nearest(name, names.iter().map(String::as_str))
    }
}

/// A row with its article, name and id.
pub type Identified<'a> = (usize, &'a TableRow, String, String);

impl<'a> Resolver<'a> {
    /// Finds name and id of each row. Left out are rows with a fault, and of two with one id the
    /// second.
    pub fn identify(
        &mut self,
        table: usize,
        rows: Vec<(usize, &'a TableRow)>,
    ) -> Vec<Identified<'a>> {
        let kind = &self.schema.tables[table];
        let mut known = Known { nameless: kind.identity.is_empty(), ..Known::default() };
        let in_table = |row: &&TableRow| row.table == table;
        for row in self.almanac.absent.draft_rows.iter().filter(in_table) {
            known.drafts.insert(name(kind, row));
        }
        for row in self.almanac.absent.refused_rows.iter().filter(in_table) {
            known.lose(name(kind, row));
        }
        let mut first: HashMap<String, FileSpan> = HashMap::new();
        let mut kept = Vec::new();
        for (article, row) in rows {
            let place = FileSpan::new(self.almanac.articles[article].file, row.span.clone());
            let name = name(kind, row);
            let identity = self.identity(kind, article, row);
            let id = record_id(&identity);
            let fault = match first.get(&id) {
                _ if row.incomplete => {
                    known.lose(name);
                    continue;
                }
                _ if id.is_empty() => {
                    let message = format!("`{identity}` has no letters or digits for an id");
                    Some(Fault::new(Code::InvalidValue, place.clone(), message))
                }
                Some(first) => {
                    let message = format!("a second {} `{identity}`", kind.name);
                    let fault = Fault::new(Code::DuplicateRecord, place.clone(), message)
                        .label(format!("would have the id `{id}` too"));
                    Some(fault.related(first.clone(), "first here"))
                }
                None => limits::too_long(&id, limits::ID_CHARS, "an id", place.clone()),
            };
            if fault.is_some() {
                self.faults.extend(fault);
                known.lose(name);
                continue;
            }
            first.insert(id.clone(), place);
            known.by_name.entry(name.clone()).or_default().push(kept.len());
            known.by_id.insert(id.clone(), kept.len());
            known.ids.push(id.clone());
            kept.push((article, row, name, id));
        }
        self.known.push(known);
        kept
    }

    /// Returns what identifies a row, as a text.
    fn identity(&self, kind: &Kind, article: usize, row: &TableRow) -> String {
        let targets = &self.almanac.articles[article].targets;
        let parts = kind.identity.iter().filter_map(|&index| {
            let value = row.value(index)?;
            if let Value::Article(Reference::Link(link, _)) = value {
                let found = targets[*link].as_ref().and_then(article_of)?;
                return Some(self.almanac.articles[found].id.clone());
            }
            plain(value, &kind.fields[index])
        });
        parts.collect::<Vec<_>>().join(" ")
    }
}

/// Returns the name of a row: the cell that names it, else all that identifies it.
fn name(kind: &Kind, row: &TableRow) -> String {
    let fields = match kind.name_field() {
        Some(field) => vec![field],
        None => kind.identity.clone(),
    };
    let parts =
        fields.into_iter().filter_map(|index| plain(row.value(index)?, &kind.fields[index]));
    parts.collect::<Vec<_>>().join(", ")
}

/// Returns the id of a record: its identity in lower case, `-` for all but letters and digits.
fn record_id(identity: &str) -> String {
    let mut id = String::new();
    for character in identity.to_lowercase().replace('+', " plus ").replace('#', " sharp ").chars()
    {
        if character.is_alphanumeric() {
            id.push(character);
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    id.trim_end_matches('-').to_owned()
}

/// Returns a value as the text that identifies a record.
fn plain(value: &Value, field: &Field) -> Option<String> {
    Some(match value {
        Value::Text(text) | Value::Quantity(_, text) | Value::Mention(text, _) => text.clone(),
        Value::Record(name, _) | Value::Article(Reference::Id(name, _)) => name.clone(),
        Value::Number(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Boolean(true) => "yes".to_owned(),
        Value::Boolean(false) => "no".to_owned(),
        Value::Choice(index) => match &field.of {
            Type::Choice(words) => words[*index].clone(),
            _ => return None,
        },
        Value::Article(Reference::Link(..)) => return None,
        Value::List(values) => {
            let values = values.iter().filter_map(|value| plain(value, field));
            values.collect::<Vec<_>>().join(" ")
        }
    })
}
