//! References → articles and records: the values of all profiles, fields and tables as they are emitted.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use almanac_core::Date;

use crate::diagnostic::{Code, Diagnostic, FileSpan, nearest};
use crate::resolve::{Almanac, Article, Target};

use super::table::TableRow;
use super::value::{Reference, Row, Value};
use super::{Field, Kind, Origin, Schema, Type};

/// How many names are compared for suggestions in one run.
const COMPARISONS: usize = 200_000;

/// All records of an almanac.
#[derive(Debug, Default)]
pub struct Records {
    /// By kind of profile.
    pub profiles: Vec<Vec<Record>>,
    /// The fields of each article; empty where the schema declares none.
    pub fields: Vec<Record>,
    /// By table; records of listed articles first.
    pub tables: Vec<Vec<Record>>,
    /// Records of listed articles, by table.
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

/// Resolves all references. What leads nowhere is reported and left out.
pub fn resolve(almanac: &Almanac, schema: &Schema) -> (Records, Vec<Diagnostic>) {
    let mut resolver = Resolver {
        almanac,
        schema,
        ids: almanac.articles.iter().enumerate().map(|(index, article)| (&*article.id, index)).collect(),
        names: vec![HashMap::new(); schema.tables.len()],
        record_ids: vec![HashMap::new(); schema.tables.len()],
        comparisons: COMPARISONS,
        diagnostics: Vec::new(),
    };
    let records = resolver.records();
    (records, resolver.diagnostics)
}

struct Resolver<'a> {
    almanac: &'a Almanac,
    schema: &'a Schema,
    ids: HashMap<&'a str, usize>,
    /// The records of each table by name and by id.
    names: Vec<HashMap<String, Vec<usize>>>,
    record_ids: Vec<HashMap<String, usize>>,
    comparisons: usize,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Resolver<'a> {
    fn records(&mut self) -> Records {
        let (almanac, schema) = (self.almanac, self.schema);
        let mut rows: Vec<Vec<(usize, &TableRow)>> = vec![Vec::new(); schema.tables.len()];
        let mut listed = vec![0; schema.tables.len()];
        for (index, article) in almanac.articles.iter().enumerate() {
            for row in &article.rows {
                rows[row.table].push((index, row));
                listed[row.table] += usize::from(!article.unlisted);
            }
        }
        let mut identities = Vec::new();
        for (table, rows) in rows.iter_mut().enumerate() {
            identities.push(self.identify(table, rows, &mut listed[table]));
        }
        let mut tables = Vec::new();
        for ((table, rows), identities) in rows.iter().enumerate().zip(identities) {
            let kind = &schema.tables[table];
            let mut records = Vec::new();
            for (own, ((article, row), (name, id))) in rows.iter().zip(identities).enumerate() {
                let from = &almanac.articles[*article];
                let values = self.values(&row.values, &kind.fields, from, Some(own));
                let mut sources: Vec<usize> = row.sources.concat();
                sources.sort_unstable();
                sources.dedup();
                records.push(Record {
                    article: *article,
                    section: Some(row.section),
                    name,
                    id,
                    values,
                    value_sources: row.sources.clone(),
                    sources,
                    inverses: vec![Vec::new(); kind.inverses.len()],
                });
            }
            tables.push(records);
        }
        let mut profiles: Vec<Vec<Record>> = schema.profiles.iter().map(|_| Vec::new()).collect();
        let mut fields = Vec::new();
        for (index, article) in almanac.articles.iter().enumerate() {
            if let Some((kind, row)) = &article.profile {
                let declared = &schema.profiles[*kind];
                let record =
                    self.of_article(index, row, &declared.fields, declared.inverses.len());
                profiles[*kind].push(record);
            }
            if !schema.fields.is_empty() {
                fields.push(self.of_article(index, &article.fields, &schema.fields, 0));
            }
        }
        let mut records = Records { profiles, fields, tables, listed };
        records.invert(almanac, schema);
        records
    }

    fn of_article(&mut self, index: usize, row: &Row, fields: &[Field], inverses: usize) -> Record {
        let article = &self.almanac.articles[index];
        let mut values = self.values(&row.values, fields, article, None);
        values.resize(fields.len(), None);
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

    /// Returns name and id of each row. Of two rows with one identity the second is left out.
    fn identify(
        &mut self,
        table: usize,
        rows: &mut Vec<(usize, &'a TableRow)>,
        listed: &mut usize,
    ) -> Vec<(String, String)> {
        let kind = &self.schema.tables[table];
        let names: Vec<String> = rows.iter().map(|(_, row)| name(kind, row)).collect();
        let mut count: HashMap<&str, usize> = HashMap::new();
        names.iter().for_each(|name| *count.entry(name).or_default() += 1);
        let mut first: BTreeMap<String, usize> = BTreeMap::new();
        let mut kept = Vec::new();
        let mut identities: Vec<(String, String)> = Vec::new();
        for (index, (article, row)) in rows.iter().enumerate() {
            let mut base = names[index].clone();
            // Records that share a name differ by the date from which they are valid.
            if count[&*names[index]] > 1 {
                for field in kind.identity.iter().filter(|field| Some(**field) != kind.name_field()) {
                    if kind.name_field().is_some()
                        && let Some(value) = row.values[*field].as_ref().and_then(plain)
                    {
                        base.push(' ');
                        base.push_str(&value);
                    }
                }
            }
            let id = record_id(&base);
            let place = FileSpan::new(self.almanac.articles[*article].file, row.span.clone());
            if let Some(known) = first.get(&id) {
                let (other, known) = &rows[*known];
                let message = format!("a second {} `{}`", kind.name, base);
                let first = FileSpan::new(self.almanac.articles[*other].file, known.span.clone());
                self.diagnostics.push(
                    Diagnostic::new(Code::DuplicateRecord, place, message)
                        .label(format!("would have the id `{id}` too"))
                        .related(first, "first here"),
                );
                *listed -= usize::from(!self.almanac.articles[*article].unlisted);
                continue;
            }
            first.insert(id.clone(), index);
            self.names[table].entry(names[index].clone()).or_default().push(kept.len());
            self.record_ids[table].insert(id.clone(), kept.len());
            kept.push((*article, *row));
            identities.push((names[index].clone(), id));
        }
        *rows = kept;
        identities
    }

    fn values(
        &mut self,
        values: &[Option<Value>],
        fields: &[Field],
        article: &'a Article,
        own: Option<usize>,
    ) -> Vec<Option<Resolved>> {
        let pairs = values.iter().zip(fields);
        pairs.map(|(value, field)| self.value(value.as_ref()?, field, article, own)).collect()
    }

    /// Resolves a value; `own` is the index of its record among those of its table.
    fn value(
        &mut self,
        value: &Value,
        field: &Field,
        article: &'a Article,
        own: Option<usize>,
    ) -> Option<Resolved> {
        Some(match value {
            Value::Text(text) => Resolved::Text(text.clone()),
            Value::Number(number) => Resolved::Number(*number),
            Value::Quantity(value, text) => Resolved::Quantity(*value, text.clone()),
            Value::Date(date) => Resolved::Date(*date),
            Value::Boolean(value) => Resolved::Boolean(*value),
            Value::Choice(index) => Resolved::Choice(*index),
            Value::Mention(text, link) => {
                let target = link.and_then(|link| article.targets[link].as_ref());
                Resolved::Mention(text.clone(), target.and_then(article_of))
            }
            Value::Article(reference) => Resolved::Article(self.article(reference, field, article)?),
            Value::Record(name, span) => {
                let Type::Record(table) = field.of else { return None };
                Resolved::Record(self.record(table, name, span, article, own)?)
            }
            Value::List(values) => {
                let values: Vec<Resolved> =
                    values.iter().filter_map(|value| self.value(value, field, article, own)).collect();
                if values.is_empty() {
                    return None;
                }
                Resolved::List(values)
            }
        })
    }

    fn article(&mut self, reference: &Reference, field: &Field, from: &Article) -> Option<usize> {
        let (found, span) = match reference {
            Reference::Id(id, span) => match self.ids.get(&**id) {
                Some(index) => (*index, span),
                None => {
                    let near = self.nearest(id, self.almanac.articles.iter().map(|article| &*article.id));
                    let place = FileSpan::new(from.file, span.clone());
                    self.diagnostics.push(
                        Diagnostic::new(Code::BrokenLink, place, format!("no article has the id `{id}`"))
                            .did_you_mean(near),
                    );
                    return None;
                }
            },
            Reference::Link(link, span) => match from.targets[*link].as_ref().map(article_of) {
                Some(Some(index)) => (index, span),
                Some(None) => {
                    let place = FileSpan::new(from.file, span.clone());
                    let message = "expected a link to an article";
                    self.diagnostics.push(Diagnostic::new(Code::InvalidValue, place, message));
                    return None;
                }
                // The link itself is reported.
                None => return None,
            },
        };
        if let Type::Profile(kind) = field.of
            && self.almanac.articles[found].profile.as_ref().is_none_or(|(of, _)| *of != kind)
        {
            let place = FileSpan::new(from.file, span.clone());
            let message = format!(
                "`{}` has no {} profile",
                self.almanac.articles[found].id, self.schema.profiles[kind].name
            );
            self.diagnostics.push(
                Diagnostic::new(Code::InvalidValue, place, message).label("a reference to the wrong kind"),
            );
            return None;
        }
        Some(found)
    }

    fn record(
        &mut self,
        table: usize,
        name: &str,
        span: &Range<usize>,
        from: &Article,
        own: Option<usize>,
    ) -> Option<usize> {
        let kind = &self.schema.tables[table];
        if let Some(index) = self.record_ids[table].get(name) {
            return Some(*index);
        }
        let place = FileSpan::new(from.file, span.clone());
        let found: Vec<usize> = match self.names[table].get(name) {
            Some(known) if known.len() > 1 => {
                known.iter().copied().filter(|index| Some(*index) != own).collect()
            }
            Some(known) => known.clone(),
            None => Vec::new(),
        };
        match found[..] {
            [index] => Some(index),
            [] => {
                let names = self.names[table].keys().map(String::as_str);
                // In order, so that of equally near names it is always the same.
                let mut names: Vec<String> = names.map(str::to_owned).collect();
                names.sort_unstable();
                let near = self.nearest(name, names.iter().map(String::as_str)).map(str::to_owned);
                let message = format!("no {} is called `{name}`", kind.name);
                let fault = Diagnostic::new(Code::UnknownRecord, place, message);
                self.diagnostics.push(match near {
                    Some(near) => fault.did_you_mean(Some(near)),
                    None => fault.help(format!(
                        "write the name as a row under `{}` has it, or leave the cell empty",
                        kind.heading
                    )),
                });
                None
            }
            _ => {
                let mut ids: Vec<&str> = self.record_ids[table]
                    .iter()
                    .filter(|(_, index)| found.contains(index))
                    .map(|(id, _)| &**id)
                    .collect();
                ids.sort_unstable();
                let message = format!("{} records are called `{name}`", ids.len());
                let help = format!("write the id: {}", ids.join(", "));
                self.diagnostics
                    .push(Diagnostic::new(Code::UnknownRecord, place, message).help(help));
                None
            }
        }
    }

    /// Returns the nearest of names while the budget lasts.
    fn nearest<'n>(&mut self, name: &str, names: impl Iterator<Item = &'n str> + Clone) -> Option<&'n str> {
        let count = names.clone().count();
        self.comparisons = self.comparisons.checked_sub(count)?;
        nearest(name, names)
    }
}

impl Records {
    /// Gives the records at the other end of references what refers to them.
    fn invert(&mut self, almanac: &Almanac, schema: &Schema) {
        let profile_of: HashMap<usize, (usize, usize)> = self
            .profiles
            .iter()
            .enumerate()
            .flat_map(|(kind, records)| {
                records.iter().enumerate().map(move |(index, record)| (record.article, (kind, index)))
            })
            .collect();
        let profiles = schema.profiles.iter().enumerate().map(|(kind, declared)| (true, kind, declared));
        let tables = schema.tables.iter().enumerate().map(|(kind, declared)| (false, kind, declared));
        let _ = almanac;
        for (of_profile, kind, declared) in profiles.chain(tables) {
            for (at, inverse) in declared.inverses.iter().enumerate() {
                let referring: Vec<(usize, Vec<usize>)> = match inverse.from {
                    Origin::Profile(from) => self.profiles[from]
                        .iter()
                        .map(|record| (record.article, targets(record, inverse.field)))
                        .collect(),
                    Origin::Fields => self
                        .fields
                        .iter()
                        .map(|record| (record.article, targets(record, inverse.field)))
                        .collect(),
                    Origin::Table(from) => self.tables[from]
                        .iter()
                        .enumerate()
                        .map(|(index, record)| (index, targets(record, inverse.field)))
                        .collect(),
                };
                for (from, targets) in referring {
                    for target in targets {
                        let record = if of_profile {
                            let Some((known, index)) = profile_of.get(&target) else { continue };
                            if *known != kind {
                                continue;
                            }
                            &mut self.profiles[kind][*index]
                        } else {
                            &mut self.tables[kind][target]
                        };
                        if record.inverses[at].last() != Some(&from) {
                            record.inverses[at].push(from);
                        }
                    }
                }
            }
        }
    }
}

/// Returns the articles or records that a field refers to.
fn targets(record: &Record, field: usize) -> Vec<usize> {
    fn of(value: &Resolved, found: &mut Vec<usize>) {
        match value {
            Resolved::Article(index) | Resolved::Record(index) => found.push(*index),
            Resolved::List(values) => values.iter().for_each(|value| of(value, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    record.values[field].iter().for_each(|value| of(value, &mut found));
    found
}

fn article_of(target: &Target) -> Option<usize> {
    match target {
        Target::Article(article) | Target::Section(article, _) => Some(*article),
        _ => None,
    }
}

/// Returns the name of a row: the cell that names it, else all that identifies it.
fn name(kind: &Kind, row: &TableRow) -> String {
    let fields = match kind.name_field() {
        Some(field) => vec![field],
        None => kind.identity.clone(),
    };
    let parts: Vec<String> =
        fields.iter().filter_map(|field| plain(row.values[*field].as_ref()?)).collect();
    parts.join(", ")
}

/// Returns the id of a record: its name in lower case, letters and digits with `-` between them.
fn record_id(name: &str) -> String {
    let mut id = String::new();
    for character in name.to_lowercase().replace('+', " plus ").replace('#', " sharp ").chars() {
        if character.is_alphanumeric() {
            id.push(character);
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    id.trim_end_matches('-').to_owned()
}

/// Returns a value as the text that identifies a record.
fn plain(value: &Value) -> Option<String> {
    Some(match value {
        Value::Text(text) | Value::Quantity(_, text) | Value::Mention(text, _) => text.clone(),
        Value::Record(name, _) => name.clone(),
        Value::Number(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Boolean(value) => value.to_string(),
        Value::Choice(index) => index.to_string(),
        Value::Article(Reference::Id(id, _)) => id.clone(),
        Value::Article(Reference::Link(..)) => return None,
        Value::List(values) => {
            let values: Vec<String> = values.iter().filter_map(plain).collect();
            values.join(" ")
        }
    })
}
