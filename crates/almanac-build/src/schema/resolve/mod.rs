//! References → articles and records: the values of all profiles, fields and tables as they are
//! emitted.

mod identity;
mod inverse;

use std::collections::HashMap;
use std::ops::Range;

use almanac_core::Date;

use crate::fault::{Code, Fault, FileSpan};
use crate::limits;
use crate::resolve::suggest::{Budget, Names};
use crate::resolve::{Almanac, Article, Target};

use super::table::TableRow;
use super::value::{Reference, Row, Value};
use super::{Field, Kind, Schema, Type};
use identity::Known;

/// All records of an almanac.
#[derive(Debug, Default)]
pub struct Records {
    /// By kind of profile.
    pub profiles: Vec<Vec<Record>>,
    /// The fields of each article; empty where the schema declares none.
    pub fields: Vec<Record>,
    /// By table; records of listed articles first.
    pub tables: Vec<Vec<Record>>,
    /// The number of records of each table in listed articles.
    pub listed: Vec<usize>,
}

/// A record, profile or row of fields.
#[derive(Debug)]
pub struct Record {
    pub article: usize,
    pub section: Option<usize>,
    pub name: String,
    pub id: String,
    /// By field.
    pub values: Vec<Option<Resolved>>,
    /// Indices of the sources in the article, by field.
    pub value_sources: Vec<Vec<usize>>,
    /// All of them, each once, in order.
    pub sources: Vec<usize>,
    /// By inverse of the kind: indices of the articles or records that refer to this one.
    pub inverses: Vec<Vec<usize>>,
}

/// A value whose references are indices.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolved {
    Text(String),
    Number(f64),
    Quantity(f64, String),
    Date(Date),
    Boolean(bool),
    Choice(usize),
    Article(usize),
    Mention(String, Option<usize>),
    Record(usize),
    List(Vec<Resolved>),
}

/// Resolves all references. What leads nowhere is reported and left out. `text` is how many bytes
/// the content folder holds.
pub fn resolve(almanac: &Almanac, schema: &Schema, text: usize) -> (Records, Vec<Fault>) {
    let mut resolver = Resolver {
        almanac,
        schema,
        ids: almanac.articles.iter().enumerate().map(|(at, found)| (&*found.id, at)).collect(),
        names: None,
        known: Vec::new(),
        budget: Budget::default(),
        cells: Some(limits::CELLS),
        expansion: limits::expansion(text),
        faults: Vec::new(),
    };
    let records = resolver.records();
    (records, resolver.faults)
}

struct Resolver<'a> {
    almanac: &'a Almanac,
    schema: &'a Schema,
    ids: HashMap<&'a str, usize>,
    /// The ids for suggestions, made when the first is asked for.
    names: Option<Names<'a, usize>>,
    /// The records of each table.
    known: Vec<Known>,
    budget: Budget,
    /// The number of cells that there may still be; `None` after the fault that there are too many.
    cells: Option<usize>,
    /// The number of bytes that documentation may still repeat.
    expansion: u64,
    faults: Vec<Fault>,
}

/// Ids that a fault names, of records with the same name.
const NAMED_IDS: usize = 5;

/// The place of a value.
#[derive(Clone, Copy)]
struct Home<'a> {
    article: &'a Article,
    /// The table and the index of its record there; `None` in the front matter.
    record: Option<(usize, usize)>,
}

impl<'a> Resolver<'a> {
    fn records(&mut self) -> Records {
        let (almanac, schema) = (self.almanac, self.schema);
        let mut rows: Vec<Vec<(usize, &TableRow)>> = vec![Vec::new(); schema.tables.len()];
        for (index, article) in almanac.articles.iter().enumerate() {
            article.rows.iter().for_each(|row| rows[row.table].push((index, row)));
        }
        let mut records = Records::default();
        let mut identified = Vec::new();
        for (table, rows) in rows.into_iter().enumerate() {
            let rows = self.affordable(&schema.tables[table], rows);
            let rows = self.identify(table, rows);
            let is_listed =
                |(article, ..): &&(usize, _, _, _)| !almanac.articles[*article].unlisted;
            records.listed.push(rows.iter().filter(is_listed).count());
            identified.push(rows);
        }
        for (table, rows) in identified.into_iter().enumerate() {
            let kind = &schema.tables[table];
            let rows = rows.into_iter().enumerate();
            let made = rows.map(|(own, (article, row, name, id))| {
                let home = Home { article: &almanac.articles[article], record: Some((table, own)) };
                let cells = row.cells.iter();
                let mut sources: Vec<usize> =
                    cells.flat_map(|cell| cell.sources.iter().copied()).collect();
                sources.sort_unstable();
                sources.dedup();
                let mut values = vec![None; kind.fields.len()];
                let mut value_sources = vec![Vec::new(); kind.fields.len()];
                for cell in &row.cells {
                    let value = cell.value.as_ref();
                    let field = &kind.fields[cell.field];
                    values[cell.field] = value.and_then(|value| self.value(value, field, home));
                    value_sources[cell.field] = cell.sources.clone();
                }
                Record {
                    article,
                    section: Some(row.section),
                    name,
                    id,
                    values,
                    value_sources,
                    sources,
                    inverses: vec![Vec::new(); kind.inverses.len()],
                }
            });
            records.tables.push(made.collect());
        }
        records.profiles = schema.profiles.iter().map(|_| Vec::new()).collect();
        for (index, article) in almanac.articles.iter().enumerate() {
            if let Some((kind, row)) = &article.profile {
                let declared = &schema.profiles[*kind];
                let inverses = declared.inverses.len();
                records.profiles[*kind].push(self.front(index, row, &declared.fields, inverses));
            }
            if !schema.fields.is_empty() {
                records.fields.push(self.front(index, &article.fields, &schema.fields, 0));
            }
        }
        records.invert(almanac, schema);
        records
    }

    /// Makes the record of a profile or of the fields of an article.
    fn front(&mut self, index: usize, row: &Row, fields: &[Field], inverses: usize) -> Record {
        let article = &self.almanac.articles[index];
        let home = Home { article, record: None };
        let pairs = row.values.iter().zip(fields);
        let mut values: Vec<Option<Resolved>> =
            pairs.map(|(value, field)| self.value(value.as_ref()?, field, home)).collect();
        values.resize(fields.len(), None);
        let is_any = values.iter().any(Option::is_some);
        if is_any && !self.spend(fields.len() + inverses, FileSpan::new(article.file, 0..0)) {
            values.fill(None);
        }
        Record {
            article: index,
            section: None,
            name: article.title.clone(),
            id: article.id.clone(),
            value_sources: vec![Vec::new(); fields.len()],
            values,
            sources: Vec::new(),
            inverses: vec![Vec::new(); inverses],
        }
    }

    /// Returns the rows of a table for which there are cells.
    fn affordable(
        &mut self,
        kind: &Kind,
        mut rows: Vec<(usize, &'a TableRow)>,
    ) -> Vec<(usize, &'a TableRow)> {
        let width = kind.fields.len() + kind.inverses.len();
        let beyond = rows.iter().position(|(article, row)| {
            let file = self.almanac.articles[*article].file;
            !self.spend(width, FileSpan::new(file, row.span.clone()))
        });
        rows.truncate(beyond.unwrap_or(rows.len()));
        rows
    }

    /// Takes so many cells. `false` if there are no more: the first time that is an error.
    fn spend(&mut self, cells: usize, place: FileSpan) -> bool {
        let Some(left) = self.cells else { return false };
        self.cells = left.checked_sub(cells);
        if self.cells.is_none() {
            let message = format!("more than {} cells of records and fields", limits::CELLS);
            let fault = Fault::new(Code::TooLarge, place, message);
            self.faults.push(fault.label("from here on they are left out"));
        }
        self.cells.is_some()
    }

    fn value(&mut self, value: &Value, field: &Field, home: Home<'a>) -> Option<Resolved> {
        Some(match value {
            Value::Text(text) => Resolved::Text(text.clone()),
            Value::Number(number) => Resolved::Number(*number),
            Value::Quantity(value, text) => Resolved::Quantity(*value, text.clone()),
            Value::Date(date) => Resolved::Date(*date),
            Value::Boolean(value) => Resolved::Boolean(*value),
            Value::Choice(index) => Resolved::Choice(*index),
            Value::Mention(text, link) => {
                let target = link.and_then(|link| home.article.targets[link].as_ref());
                Resolved::Mention(text.clone(), target.and_then(article_of))
            }
            Value::Article(reference) => Resolved::Article(self.article(reference, field, home)?),
            Value::Record(name, span) => {
                let Type::Record(table) = field.of else { return None };
                Resolved::Record(self.record(table, name, span, home)?)
            }
            Value::List(values) => {
                let values = values.iter().filter_map(|value| self.value(value, field, home));
                let values: Vec<Resolved> = values.collect();
                if values.is_empty() {
                    return None;
                }
                Resolved::List(values)
            }
        })
    }

    fn article(&mut self, reference: &Reference, field: &Field, home: Home) -> Option<usize> {
        let (found, span) = match reference {
            Reference::Id(id, span) => (self.article_of_id(id, span, home)?, span),
            Reference::Link(link, span) => match home.article.targets[*link].as_ref() {
                Some(target) => match article_of(target) {
                    Some(found) => (found, span),
                    None => {
                        let place = FileSpan::new(home.article.file, span.clone());
                        let message = "expected a link to an article";
                        self.faults.push(Fault::new(Code::InvalidValue, place, message));
                        return None;
                    }
                },
                // The link itself is reported.
                None => return None,
            },
        };
        let article = &self.almanac.articles[found];
        let place = FileSpan::new(home.article.file, span.clone());
        if let Type::Profile(kind) = field.of
            && article.profile.as_ref().is_none_or(|(of, _)| *of != kind)
        {
            if !article.faulty_profile {
                let kind = &self.schema.profiles[kind].name;
                let message = format!("`{}` is not about a {kind}", article.id);
                let label = match &article.profile {
                    Some((other, _)) => {
                        format!(
                            "its profile is of the kind `{}`",
                            self.schema.profiles[*other].name
                        )
                    }
                    None => "it has no profile".to_owned(),
                };
                let fault = Fault::new(Code::InvalidValue, place, message);
                self.faults.push(fault.label(label));
            }
            return None;
        }
        // Documentation shows what the front matter refers to as links.
        let size = article.id.len() + article.title.len();
        (home.record.is_some() || self.repeat(size, place)).then_some(found)
    }

    fn article_of_id(&mut self, id: &str, span: &Range<usize>, home: Home) -> Option<usize> {
        if let Some(index) = self.ids.get(id) {
            return Some(*index);
        }
        let almanac = self.almanac;
        if almanac.absent.refused.contains(id) {
            return None;
        }
        let place = FileSpan::new(home.article.file, span.clone());
        if almanac.absent.drafts.contains(id) {
            let message = format!("`{id}` is a draft: no reader can follow a link there");
            self.faults.push(Fault::new(Code::BrokenLink, place, message));
            return None;
        }
        let names = self.names.get_or_insert_with(|| {
            Names::new(almanac.articles.iter().enumerate().map(|(at, found)| (&*found.id, at)))
        });
        let near = names.nearest(id, None, &mut self.budget).map(|(name, _)| name);
        let message = format!("no article has the id `{id}`");
        let fault = Fault::new(Code::BrokenLink, place, &message).did_you_mean(near);
        self.faults.push(fault.cause(message));
        None
    }

    /// Takes so many bytes of documentation. `false` if there are no more: the first time that is
    /// an error.
    fn repeat(&mut self, bytes: usize, place: FileSpan) -> bool {
        if self.expansion > 0 {
            self.expansion =
                self.expansion.saturating_sub(u64::try_from(bytes).unwrap_or(u64::MAX));
            if self.expansion == 0 {
                let message = "references repeat far more than the folder holds";
                let fault = Fault::new(Code::TooLarge, place, message);
                self.faults.push(fault.label("from here on they are left out"));
            }
        }
        self.expansion > 0
    }

    fn record(
        &mut self,
        table: usize,
        name: &str,
        span: &Range<usize>,
        home: Home,
    ) -> Option<usize> {
        let known = &self.known[table];
        if let Some(index) = known.by_id.get(name) {
            return Some(*index);
        }
        let named = known.by_name.get(name).map_or(&[][..], Vec::as_slice);
        // Of two that share a name, the other one.
        let is_own = |index: &usize| named.len() > 1 && home.record == Some((table, *index));
        let others = named.iter().copied().filter(|index| !is_own(index));
        let found: Vec<usize> = others.take(NAMED_IDS + 1).collect();
        let place = FileSpan::new(home.article.file, span.clone());
        let kind = &self.schema.tables[table];
        match found[..] {
            [index] => return Some(index),
            [] if known.may_be_lost(name) || self.almanac.absent.unread => {}
            [] if known.drafts.contains(name) => {
                let message = format!("the {} `{name}` is in a draft", kind.name);
                self.faults.push(Fault::new(Code::UnknownRecord, place, message));
            }
            [] => {
                let near = known.nearest(name, &mut self.budget);
                let message = format!("no {} is called `{name}`", kind.name);
                let fault = Fault::new(Code::UnknownRecord, place, &message).cause(message);
                self.faults.push(match near {
                    Some(near) => fault.did_you_mean(Some(near)),
                    None => fault.help(format!(
                        "write the name as a row under `{}` has it, or leave it out",
                        kind.heading
                    )),
                });
            }
            _ => {
                let is_named = |index: &usize| named.binary_search(index).is_ok();
                let own = home.record.filter(|(of, index)| *of == table && is_named(index));
                let count = named.len() - usize::from(own.is_some());
                let message = format!("{count} records are called `{name}`");
                let ids = found.iter().take(NAMED_IDS).map(|index| &*known.ids[*index]);
                let more = if count > NAMED_IDS { ", …" } else { "" };
                let help = format!("write the id: {}{more}", ids.collect::<Vec<_>>().join(", "));
                let fault = Fault::new(Code::UnknownRecord, place, message);
                self.faults.push(fault.help(help));
            }
        }
        None
    }
}

/// Returns the article that a link leads to.
fn article_of(target: &Target) -> Option<usize> {
    match target {
        Target::Article(article) | Target::Section(article, _) => Some(*article),
        _ => None,
    }
}
