//! Kinds of profiles and records.

use std::ops::Range;

use crate::fault::{Code, nearest};
use crate::front_matter::describe;
use crate::names;
use crate::yaml::{Key, Node, Value};

use super::fields::{Owner, TYPES};
use super::{Entries, OtherEnd, RESERVED, Reader};
use crate::schema::{Field, Inverse, Kind, Origin, Schema, Type, struct_name};

/// Functions that every almanac or program has.
const FUNCTIONS: [&str; 13] = [
    "articles",
    "categories",
    "contents",
    "events",
    "forms",
    "get",
    "happenings",
    "main",
    "nearest",
    "search",
    "stale",
    "tables",
    "words",
];

/// The declaration of a kind.
pub struct Declaration {
    /// Its name, or the heading of its tables.
    key: Key,
    entries: Entries,
    /// `true` if there were unknown keys too: of what is declared under them nobody knows.
    misspelt: bool,
}

impl Reader<'_> {
    /// Reads the names of the kinds of profiles, and returns how each is declared.
    pub fn profiles(&mut self, node: Option<&Node>, schema: &mut Schema) -> Vec<Declaration> {
        let mut all = Vec::new();
        let Some(node) = node else { return all };
        let Some(kinds) = self.named(node, "a map of kinds of profiles") else {
            schema.faulty_kinds.all = true;
            return all;
        };
        for (key, node) in self.affordable(kinds, &mut schema.faulty_kinds) {
            let what = "a map with `fields`, perhaps `about` and `valid`";
            let known = ["about", "fields", "valid"];
            let declaration = self.declaration(&key, &node, what, &known);
            let entries = declaration.as_ref().map_or(&[][..], |declared| &declared.entries);
            match self.kind(&key.name, &key.span, entries).zip(declaration) {
                Some((kind, declaration)) => {
                    schema.profiles.push(kind);
                    all.push(declaration);
                }
                None => schema.faulty_kinds.add(&key.name),
            }
        }
        all
    }

    /// Reads the names of the kinds of records, and returns how each is declared.
    pub fn tables(&mut self, node: Option<&Node>, schema: &mut Schema) -> Vec<Declaration> {
        let mut all = Vec::new();
        let Some(node) = node else { return all };
        let Some(tables) = self.named(node, "a map of headings of tables") else {
            schema.faulty_kinds.all = true;
            return all;
        };
        for (key, node) in self.affordable(tables, &mut schema.faulty_kinds) {
            let known = ["row", "about", "columns", "valid", "identity"];
            let what = "a map with `row` and `columns`";
            let declaration = self.declaration(&key, &node, what, &known);
            let function = self.function(&key);
            let Some(declaration) = declaration else {
                // Nobody knows what its rows are called.
                schema.faulty_kinds.all = true;
                continue;
            };
            let Some((name, span)) = self.row(&declaration) else {
                schema.faulty_kinds.all = true;
                continue;
            };
            match self.kind(&name, &span, &declaration.entries).zip(function) {
                Some((kind, function)) => {
                    let heading = key.name.trim().to_owned();
                    schema.tables.push(Kind { heading, key: function, ..kind });
                    all.push(declaration);
                }
                None => schema.faulty_kinds.add(&name),
            }
        }
        all
    }

    /// Returns the known entries of a kind; `None`, with a fault, if it is no map.
    fn declaration(
        &mut self,
        key: &Key,
        node: &Node,
        what: &str,
        known: &[&str],
    ) -> Option<Declaration> {
        let entries = self.named(node, what)?;
        let before = self.faults.len();
        let entries = self.known(entries, known, &format!("`{}`", key.name));
        let misspelt = self.faults.len() > before;
        Some(Declaration { key: key.clone(), entries, misspelt })
    }

    /// Reads what a row of a table is.
    fn row(&mut self, declaration: &Declaration) -> Option<(String, Range<usize>)> {
        let heading = &declaration.key;
        match Self::entry(&declaration.entries, "row") {
            Some(node) => {
                let name = self.text(node, "a name");
                (!name.is_empty()).then(|| (name, node.span.clone()))
            }
            None if declaration.misspelt => None,
            None => {
                let message = format!("`{}` doesn't say what a row is", heading.name);
                self.fault(Code::InvalidValue, &heading.span, message, |fault| {
                    fault.label("add `row:`, as in `row: model`")
                });
                None
            }
        }
    }

    /// Reads the name of the function that lists the records of a table.
    fn function(&mut self, heading: &Key) -> Option<String> {
        let key = self.key(&heading.name, &heading.span)?;
        if FUNCTIONS.contains(&key.as_str()) {
            let message = format!("`{key}` is a function of every almanac or program");
            self.collision(&heading.span, message, None);
            return None;
        }
        let name = names::function_name(&key)?;
        if let Some(first) = self.functions.insert(name, heading.span.clone()) {
            let message = format!("two tables would be the function `{key}` in Rust");
            self.collision(&heading.span, message, Some(first));
            return None;
        }
        Some(key)
    }

    /// Reads what kinds of profiles and records have in common, but for their fields.
    fn kind(&mut self, name: &str, span: &Range<usize>, entries: &[(Key, Node)]) -> Option<Kind> {
        let about = Self::entry(entries, "about").map(|node| self.about(node));
        if TYPES.contains(&name) {
            let message = format!("`{name}` is a type of values");
            self.fault(Code::InvalidValue, span, message, |fault| {
                fault.label("choose another name for the kind")
            });
            return None;
        }
        let type_name = self.type_name(name, span)?;
        self.claim_type(&struct_name(&type_name), span).then(|| Kind {
            name: name.to_owned(),
            type_name,
            about: about.unwrap_or_default(),
            ..Kind::default()
        })
    }

    /// Reads the rest of a kind of profile.
    pub fn profile(&mut self, index: usize, declaration: &Declaration, schema: &mut Schema) {
        let type_name = &schema.profiles[index].type_name;
        let owner = Owner { schema, origin: Origin::Profile(index), type_name };
        let (kind, valid) = self.contents(declaration, "fields", &owner);
        let target = &mut schema.profiles[index];
        (target.fields, target.faulty_fields, target.valid) =
            (kind.fields, kind.faulty_fields, valid);
    }

    /// Reads the rest of a kind of record.
    pub fn table(&mut self, index: usize, declaration: &Declaration, schema: &mut Schema) {
        let type_name = &schema.tables[index].type_name;
        let owner = Owner { schema, origin: Origin::Table(index), type_name };
        let (kind, valid) = self.contents(declaration, "columns", &owner);
        let identity = self.identity(&declaration.entries, &kind, valid);
        if identity.as_ref().is_some_and(Vec::is_empty) && kind.faulty_fields.is_empty() {
            let heading = &declaration.key;
            let message = format!("nothing identifies the rows of `{}`", heading.name);
            self.fault(Code::InvalidValue, &heading.span, message, |fault| {
                fault.help("give a column `type: name`, or list columns under `identity:`")
            });
        }
        let target = &mut schema.tables[index];
        (target.fields, target.faulty_fields, target.valid, target.identity) =
            (kind.fields, kind.faulty_fields, valid, identity.unwrap_or_default());
        // Without an identity there are no records.
        if !target.identity.is_empty() {
            schema.headings.insert(target.heading.clone(), index);
        }
    }

    /// Reads fields and validity.
    fn contents(
        &mut self,
        declaration: &Declaration,
        fields: &str,
        owner: &Owner,
    ) -> (Kind, Option<(usize, Option<usize>)>) {
        let (fields, mut faulty) = self.fields(Self::entry(&declaration.entries, fields), owner);
        faulty.all |= declaration.misspelt;
        let kind = Kind { fields, faulty_fields: faulty, ..Kind::default() };
        let valid = self.valid(&declaration.entries, &kind);
        (kind, valid)
    }

    /// Reads `valid: [from, until]`.
    fn valid(&mut self, entries: &Entries, kind: &Kind) -> Option<(usize, Option<usize>)> {
        let node = Self::entry(entries, "valid")?;
        let before = self.faults.len();
        let mut fields = self.list_of_fields(node, kind)?;
        fields.retain(|(index, node)| {
            let field = &kind.fields[*index];
            let is_date = field.of == Type::Date && !field.list;
            if !is_date {
                self.invalid(node, "expected a field of the type `date`");
            }
            is_date
        });
        match fields[..] {
            _ if self.faults.len() > before => None,
            [(from, _)] => Some((from, None)),
            [(from, _), (until, _)] => Some((from, Some(until))),
            _ => {
                self.invalid(node, "expected one or two fields: from when, until when");
                None
            }
        }
    }

    /// Returns what identifies a record: what the schema says, else the name and from when it is
    /// valid. `None` after a fault.
    fn identity(
        &mut self,
        entries: &Entries,
        kind: &Kind,
        valid: Option<(usize, Option<usize>)>,
    ) -> Option<Vec<usize>> {
        if let Some(node) = Self::entry(entries, "identity") {
            let fields = self.list_of_fields(node, kind)?;
            return Some(fields.into_iter().map(|(index, _)| index).collect());
        }
        let from = valid.map(|(from, _)| from);
        Some(kind.name_field().into_iter().flat_map(|name| [Some(name), from]).flatten().collect())
    }

    /// Reads a list of fields by their labels or keys; `None` after a fault of one of them.
    fn list_of_fields<'n>(
        &mut self,
        node: &'n Node,
        kind: &Kind,
    ) -> Option<Vec<(usize, &'n Node)>> {
        let Value::List(items) = &node.value else {
            self.invalid(node, "expected a list of fields");
            return None;
        };
        let mut fields: Vec<(usize, &Node)> = Vec::new();
        let mut complete = true;
        for item in self.few(items, "fields") {
            let Value::String(name) = &item.value else {
                self.invalid(item, "expected the name of a field");
                complete = false;
                continue;
            };
            let is_named = |field: &Field| field.label == *name || field.key == *name;
            match kind.fields.iter().position(is_named) {
                Some(index) if fields.iter().any(|(known, _)| *known == index) => {
                    self.invalid(item, format!("`{name}` stands here twice"));
                }
                Some(index) => fields.push((index, item)),
                None => {
                    complete = false;
                    if kind.faulty_fields.covers(name) {
                        continue;
                    }
                    let fields = kind.fields.iter();
                    let near = nearest(name, fields.flat_map(|field| [&*field.label, &*field.key]));
                    let message = format!("no field is called `{name}`");
                    self.fault(Code::InvalidValue, &item.span, message, |fault| {
                        fault.did_you_mean(near)
                    });
                }
            }
        }
        complete.then_some(fields)
    }

    /// Gives the kinds at the other end of references their accessors.
    pub fn inverses(&mut self, schema: &mut Schema) {
        for OtherEnd { name, span, from, field, to } in std::mem::take(&mut self.inverses) {
            let Some(key) = self.key(&name, &span) else { continue };
            let kind = match to {
                Type::Profile(index) => &mut schema.profiles[index],
                Type::Record(index) => &mut schema.tables[index],
                _ => continue,
            };
            let field_span = kind.fields.iter().find(|field| field.key == key);
            let inverse_span = kind.inverses.iter().find(|inverse| inverse.key == key);
            let first = field_span.map(|field| field.span.clone());
            let first = first.or_else(|| inverse_span.map(|inverse| inverse.span.clone()));
            if first.is_some() || RESERVED.contains(&key.as_str()) {
                let message = format!("`{}` has an accessor `{key}` already", kind.name);
                self.collision(&span, message, first);
            } else {
                kind.inverses.push(Inverse { key, from, field, span });
            }
        }
    }

    /// Reads documentation.
    pub fn about(&mut self, node: &Node) -> String {
        match &node.value {
            Value::String(text) => text.trim().to_owned(),
            other => {
                self.invalid(node, format!("expected a text, found {}", describe(other)));
                String::new()
            }
        }
    }
}
