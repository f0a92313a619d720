//! Values that the schema types, from the front matter and from the cells of tables.

mod country;
mod number;

use std::collections::HashMap;
use std::ops::Range;

use almanac_core::Date;
use almanac_core::generated::valid_on;

use crate::fault::{Code, Fault, FileSpan, Severity, nearest};
use crate::front_matter::describe;
use crate::resolve::suggest::Budget;
use crate::url::{self, Destination};
use crate::yaml::{Key, Node, Value as Yaml};

use super::{Faulty, Field, Kind, Schema, Type};

/// A value; references are still names.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Text(String),
    Number(f64),
    /// In the unit of the field, and as it is written.
    Quantity(f64, String),
    Date(Date),
    Boolean(bool),
    /// The index of the choice.
    Choice(usize),
    Article(Reference),
    /// A text, and the link that it is.
    Mention(String, Option<usize>),
    /// The name or id of a record.
    Record(String, Range<usize>),
    List(Vec<Value>),
}

/// A reference to an article.
#[derive(Clone, Debug, PartialEq)]
pub enum Reference {
    /// By the id.
    Id(String, Range<usize>),
    /// A link of the document, by its index.
    Link(usize, Range<usize>),
}

/// A row of values: a profile, or the fields of an article. Empty without any.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub values: Vec<Option<Value>>,
}

/// Something written that is to be read as a value.
pub struct Written<'a> {
    pub text: &'a str,
    pub span: Range<usize>,
    /// The links in it, each with its destination.
    pub links: &'a [(usize, String)],
}

/// The fields that a row is read against.
pub struct Declared<'s> {
    pub fields: &'s [Field],
    pub faulty: &'s Faulty,
    /// The owner of the fields, for diagnostics.
    pub whose: &'s str,
}

/// Reads values of one file.
pub struct Reader<'s> {
    pub schema: &'s Schema,
    pub file: usize,
    pub faults: Vec<Fault>,
    budget: Budget,
}

impl<'s> Reader<'s> {
    pub fn new(schema: &'s Schema, file: usize) -> Reader<'s> {
        Reader { schema, file, faults: Vec::new(), budget: Budget::default() }
    }

    /// Returns what is nearest to a name, unless too many were compared before.
    pub fn nearest<'n>(
        &mut self,
        name: &str,
        names: impl Iterator<Item = &'n str> + Clone,
    ) -> Option<&'n str> {
        self.budget.spend(names.clone().count())?;
        nearest(name, names)
    }

    /// Reads the map of a profile: its kind and the values of its fields; `None` after a fault.
    pub fn profile(&mut self, node: &Node) -> Option<(usize, Row)> {
        let profiles = &self.schema.profiles;
        if profiles.is_empty() && self.schema.faulty_kinds.is_empty() {
            self.faults.push(self.invalid(&node.span, "this almanac declares no profiles").help(
                "declare kinds under `profiles:` in `_schema_.yml` at the root of the content",
            ));
            return None;
        }
        let Yaml::Map(entries) = &node.value else {
            let message = format!("expected a map with `kind`, found {}", describe(&node.value));
            self.faults.push(self.invalid(&node.span, message));
            return None;
        };
        let Some((key, node_of_kind)) = entries.iter().find(|(key, _)| key.name == "kind") else {
            let message = format!("a profile needs a `kind`: one of {}", names(profiles));
            self.faults.push(self.invalid(&node.span, message));
            return None;
        };
        let index = self.kind(node_of_kind)?;
        let kind = &profiles[index];
        let (kinds, own): (Vec<_>, Vec<_>) =
            entries.iter().cloned().partition(|(own, _)| own.name == "kind");
        kinds.iter().skip(1).for_each(|(second, _)| self.twice(second, key));
        let whose = format!("a {} profile", kind.name);
        let declared =
            Declared { fields: &kind.fields, faulty: &kind.faulty_fields, whose: &whose };
        let row = self.row(&own, &declared, &node_of_kind.span);
        if let Some((from, Some(until))) = kind.valid {
            let is_end = |(key, _): &&(Key, Node)| key.name == kind.fields[until].key;
            let span = own.iter().find(is_end).map_or(&node.span, |(_, node)| &node.span);
            let dates = (row.values[from].as_ref(), row.values[until].as_ref());
            self.order(dates, &kind.fields[from].key, span);
        }
        Some((index, row))
    }

    /// Reads the kind of a profile.
    fn kind(&mut self, node: &Node) -> Option<usize> {
        let profiles = &self.schema.profiles;
        let Yaml::String(name) = &node.value else {
            let message = format!("expected a kind, found {}", describe(&node.value));
            let fault = self.invalid(&node.span, message);
            self.faults.push(fault.label(format!("one of {}", names(profiles))));
            return None;
        };
        let found = profiles.iter().position(|kind| kind.name == *name);
        if found.is_none() && !self.schema.faulty_kinds.covers(name) {
            let near = self.nearest(name, profiles.iter().map(|kind| &*kind.name));
            let fault = self.invalid(&node.span, format!("no profile is of the kind `{name}`"));
            self.faults.push(match near {
                Some(near) => fault.did_you_mean(Some(near)),
                None => fault.label(format!("one of {}", names(profiles))),
            });
        }
        found
    }

    /// Reads the values of fields; keys that are no field are reported. `place` stands for what
    /// isn't there.
    pub fn row(
        &mut self,
        entries: &[(Key, Node)],
        declared: &Declared,
        place: &Range<usize>,
    ) -> Row {
        let Declared { fields, whose, .. } = declared;
        let mut row = Row { values: vec![None; fields.len()] };
        let mut seen: HashMap<&str, &Key> = HashMap::new();
        for (key, node) in entries {
            if let Some(first) = seen.get(key.name.as_str()) {
                self.twice(key, first);
                continue;
            }
            seen.insert(&key.name, key);
            match fields.iter().position(|field| field.key == key.name) {
                Some(index) => row.values[index] = self.node(&fields[index], node),
                None => self.unknown_key(key, declared),
            }
        }
        for field in fields.iter().filter(|field| field.required) {
            if !seen.contains_key(field.key.as_str()) {
                let fault = self.invalid(place, format!("{whose} needs `{}`", field.key));
                self.faults.push(fault.help("`_schema_.yml` requires it"));
            }
        }
        row
    }

    fn twice(&mut self, key: &Key, first: &Key) {
        let place = |key: &Key| FileSpan::new(self.file, key.span.clone());
        let message = format!("`{}` is given twice", key.name);
        let fault = Fault::new(Code::DuplicateKey, place(key), message);
        self.faults.push(fault.related(place(first), "first here"));
    }

    fn unknown_key(&mut self, key: &Key, declared: &Declared) {
        if declared.faulty.covers(&key.name) {
            return;
        }
        let known = || declared.fields.iter().map(|field| &*field.key);
        let place = FileSpan::new(self.file, key.span.clone());
        let message = format!("unknown key `{}` in {}", key.name, declared.whose);
        let fault =
            Fault::new(Code::UnknownKey, place, &message).severity(Severity::Error).cause(message);
        let near = self.nearest(&key.name, known());
        self.faults.push(match near {
            Some(near) => fault.did_you_mean(Some(near)),
            None => {
                let known: Vec<&str> = known().collect();
                fault.help(format!("`_schema_.yml` declares {}", known.join(", ")))
            }
        });
    }

    /// Reads the value of a key; `None` after a fault.
    fn node(&mut self, field: &Field, node: &Node) -> Option<Value> {
        if !field.list {
            return self.scalar_node(field, node);
        }
        let Yaml::List(items) = &node.value else {
            let found = describe(&node.value);
            let message = format!("expected a list of {}, found {found}", plural(&field.of));
            self.faults.push(self.invalid(&node.span, message));
            return None;
        };
        if items.is_empty() && field.required {
            let message = format!("expected a list of {}, found an empty one", plural(&field.of));
            self.faults.push(self.invalid(&node.span, message));
        }
        let values: Vec<Value> =
            items.iter().filter_map(|item| self.scalar_node(field, item)).collect();
        (!values.is_empty()).then_some(Value::List(values))
    }

    fn scalar_node(&mut self, field: &Field, node: &Node) -> Option<Value> {
        let text = match &node.value {
            Yaml::String(text) if !text.trim().is_empty() => text.clone(),
            Yaml::Number(_, written) => written.clone(),
            Yaml::Bool(value) if field.of == Type::Boolean => value.to_string(),
            other => {
                let message = format!("expected {}, found {}", noun(&field.of), describe(other));
                self.faults.push(self.invalid(&node.span, message));
                return None;
            }
        };
        self.scalar(field, &Written { text: &text, span: node.span.clone(), links: &[] })
    }

    /// Reads a cell of a table; `None` for an absent value, and after a fault.
    pub fn cell(&mut self, field: &Field, cell: &Written) -> Option<Value> {
        let text = cell.text.trim();
        if matches!(text, "" | "–" | "—" | "-") && cell.links.is_empty() {
            if field.required {
                let message = format!("the column `{}` needs a value", field.label);
                let fault = self.invalid(&cell.span, message);
                self.faults.push(fault.help("`_schema_.yml` requires it"));
            }
            return None;
        }
        if !field.list {
            return self.scalar(field, cell);
        }
        let span = &cell.span;
        let values: Vec<Value> = match field.of {
            // Each link is an item.
            Type::Article | Type::Profile(_) | Type::Url if !cell.links.is_empty() => {
                let links = cell.links.chunks(1);
                let items = links.map(|links| Written { text, span: span.clone(), links });
                items.filter_map(|item| self.scalar(field, &item)).collect()
            }
            _ => {
                let parts = text.split(',').map(str::trim);
                let items = parts.map(|text| Written { text, span: span.clone(), links: &[] });
                items.filter_map(|item| self.scalar(field, &item)).collect()
            }
        };
        (!values.is_empty()).then_some(Value::List(values))
    }

    fn scalar(&mut self, field: &Field, written: &Written) -> Option<Value> {
        let text = written.text.trim();
        let span = &written.span;
        let value = match &field.of {
            Type::Name | Type::Text => Ok(Value::Text(text.to_owned())),
            Type::Number => match number::number(text) {
                Some(value) => Ok(Value::Number(value)),
                None => Err(self
                    .invalid(span, format!("`{text}` is not a number"))
                    .label("a number, as in `12`, `3.5` or `1,000`")),
            },
            Type::Quantity => self.quantity(text, span, field),
            Type::Date => text.parse::<Date>().map(Value::Date).map_err(|error| {
                let place = FileSpan::new(self.file, span.clone());
                Fault::new(Code::InvalidDate, place, format!("`{text}`: {error}"))
            }),
            Type::Boolean => match text {
                "yes" | "true" => Ok(Value::Boolean(true)),
                "no" | "false" => Ok(Value::Boolean(false)),
                _ => Err(self.invalid(span, format!("expected `yes` or `no`, found `{text}`"))),
            },
            Type::Url => match self.url(written) {
                Some(url) => url.map(Value::Text),
                None => return None,
            },
            Type::Country => self.country(text, span),
            Type::Choice(words) => self.choice(text, span, words),
            Type::Article | Type::Profile(_) => match written.links {
                [(link, _)] => Ok(Value::Article(Reference::Link(*link, span.clone()))),
                [] => Ok(Value::Article(Reference::Id(text.to_owned(), span.clone()))),
                _ => Err(self.invalid(span, "expected one link to an article, found several")),
            },
            Type::Mention => {
                let link = written.links.first().map(|(link, _)| *link);
                Ok(Value::Mention(text.to_owned(), link))
            }
            Type::Record(_) => Ok(Value::Record(text.to_owned(), span.clone())),
        };
        value.map_err(|fault| self.faults.push(fault)).ok()
    }

    fn quantity(&self, text: &str, span: &Range<usize>, field: &Field) -> Result<Value, Fault> {
        if let Some(value) = number::quantity(text, &field.units) {
            return Ok(Value::Quantity(value, text.to_owned()));
        }
        let of = match field.units.first() {
            Some(unit) => format!("a quantity of {unit}"),
            None => "a quantity".to_owned(),
        };
        Err(self.invalid(span, format!("`{text}` is not {of}")).label(
            "a number, perhaps with k, M, B or G, T, P or E, perhaps with the unit, as in `70 B` \
             or `3.8e25`",
        ))
    }

    /// Reads the address of a link or a text; `None` for a link whose address is a fault already.
    fn url(&self, written: &Written) -> Option<Result<String, Fault>> {
        let (address, is_link) = match written.links {
            [] => (written.text.trim(), false),
            [(_, destination)] => (destination.as_str(), true),
            _ => return Some(Err(self.invalid(&written.span, "expected one URL, found several"))),
        };
        match url::parse(address) {
            Ok(Destination::Web(url)) => Some(Ok(url)),
            Err(_) if is_link => None,
            Ok(_) => {
                let message = "expected a URL that begins with `https://`";
                Some(Err(self.invalid(&written.span, message)))
            }
            Err(fault) => Some(Err(self.invalid(&written.span, fault.message))),
        }
    }

    fn country(&self, code: &str, span: &Range<usize>) -> Result<Value, Fault> {
        if country::is_code(code) {
            return Ok(Value::Text(code.to_owned()));
        }
        let upper = code.to_ascii_uppercase();
        let fault = self.invalid(span, format!("`{code}` is not a country code of ISO 3166-1"));
        Err(match country::is_code(&upper) {
            true => fault.did_you_mean(Some(upper)),
            false => fault.label("two capital letters, as in `CN` or `US`"),
        })
    }

    fn choice(
        &mut self,
        text: &str,
        span: &Range<usize>,
        words: &[String],
    ) -> Result<Value, Fault> {
        if let Some(index) = words.iter().position(|word| word == text) {
            return Ok(Value::Choice(index));
        }
        let fault = self.invalid(span, format!("`{text}` is not one of the choices"));
        Err(match self.nearest(text, words.iter().map(String::as_str)) {
            Some(near) => fault.did_you_mean(Some(near)),
            None => fault.label(format!("one of {}", words.join(", "))),
        })
    }

    /// Reports a validity that ends before it begins.
    pub fn order(
        &mut self,
        (from, until): (Option<&Value>, Option<&Value>),
        label: &str,
        span: &Range<usize>,
    ) {
        if let (Some(Value::Date(first)), Some(Value::Date(last))) = (from, until)
            && !valid_on(Some(*first), Some(*last), *first)
        {
            let message = format!("{last} is before {first}, the date of `{label}`");
            self.faults.push(self.invalid(span, message));
        }
    }

    fn invalid(&self, span: &Range<usize>, message: impl Into<String>) -> Fault {
        Fault::new(Code::InvalidValue, FileSpan::new(self.file, span.clone()), message)
    }
}

/// Returns the names of kinds for a diagnostic.
fn names(kinds: &[Kind]) -> String {
    let names: Vec<String> = kinds.iter().map(|kind| format!("`{}`", kind.name)).collect();
    names.join(", ")
}

fn noun(of: &Type) -> &'static str {
    match of {
        Type::Name | Type::Text | Type::Mention => "a text",
        Type::Number => "a number",
        Type::Quantity => "a quantity",
        Type::Date => "a date",
        Type::Boolean => "`true` or `false`",
        Type::Url => "a URL",
        Type::Country => "a country code",
        Type::Choice(_) => "one of the choices",
        Type::Article | Type::Profile(_) => "the id of an article",
        Type::Record(_) => "the name of a record",
    }
}

fn plural(of: &Type) -> &'static str {
    match of {
        Type::Name | Type::Text | Type::Mention => "texts",
        Type::Number => "numbers",
        Type::Quantity => "quantities",
        Type::Date => "dates",
        Type::Boolean => "`true` or `false`",
        Type::Url => "URLs",
        Type::Country => "country codes",
        Type::Choice(_) => "choices",
        Type::Article | Type::Profile(_) => "ids of articles",
        Type::Record(_) => "names of records",
    }
}
