//! The schema file → a [`Schema`], with every fault on its place.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, FileSpan, Severity, nearest};
use crate::names::{self, words};
use crate::yaml::{self, Key, Node, Value};

use super::{Field, Origin, Inverse, Kind, Schema, Type};

/// Name of the schema file, at the root of the content folder.
pub const FILE: &str = "_schema_.yml";

/// Words that name a type; others name a kind.
const TYPES: [&str; 11] = [
    "name", "text", "number", "quantity", "date", "boolean", "url", "country", "article", "mention",
    "choice",
];

/// Names of accessors that every record has.
const RESERVED: [&str; 9] =
    ["name", "id", "article", "section", "sources", "facts", "fact", "valid_on", "get"];

/// Reads the schema file.
pub fn read(text: &str, file: usize) -> (Schema, Vec<Diagnostic>) {
    let mut reader = Reader { file, diagnostics: Vec::new(), inverses: Vec::new() };
    let schema = reader.schema(text);
    (schema, reader.diagnostics)
}

struct Reader {
    file: usize,
    diagnostics: Vec<Diagnostic>,
    /// Inverses whose other end may be declared later: name, place, from where, to what.
    inverses: Vec<(String, Range<usize>, Origin, usize, Type)>,
}

impl Reader {
    fn schema(&mut self, text: &str) -> Schema {
        let mut schema = Schema::default();
        let root = match yaml::parse(text) {
            Ok(root) => root,
            Err(error) => {
                let place = FileSpan::new(self.file, error.span);
                self.diagnostics.push(Diagnostic::new(Code::FrontMatterSyntax, place, error.message));
                return schema;
            }
        };
        let keys = ["profiles", "articles", "records", "formulas", "images"];
        let sections = self.map(&root, &keys, "the schema");
        let section = |name: &str| {
            sections.iter().find(|(key, _)| key.name == name).map(|(_, node)| node)
        };
        if let Some(node) = section("formulas") {
            schema.formulas = self.boolean(node);
        }
        if let Some(node) = section("images") {
            match &node.value {
                Value::String(word) if word == "bytes" => schema.image_bytes = true,
                Value::String(word) if word == "paths" => {}
                _ => self.invalid(node, "expected `bytes` or `paths`"),
            }
        }
        // Names first: fields may refer to kinds that are declared later.
        let profiles = section("profiles").map_or(Vec::new(), |node| self.entries(node));
        let tables = section("records").map_or(Vec::new(), |node| self.entries(node));
        for (key, node) in &profiles {
            let kind = self.kind(&key.name, &key.span, node, "");
            schema.profiles.push(kind);
        }
        for (heading, node) in &tables {
            let row = self.entry(node, "row");
            let name = match row.map(|row| (row, &row.value)) {
                Some((row, Value::String(name))) if !name.is_empty() => {
                    (name.clone(), row.span.clone())
                }
                Some((row, _)) => {
                    let row = row.clone();
                    self.invalid(&row, "expected the name of a row, as in `model`");
                    (heading.name.clone(), heading.span.clone())
                }
                None => {
                    let place = FileSpan::new(self.file, heading.span.clone());
                    let message = format!("`{}` doesn't say what a row is", heading.name);
                    self.diagnostics.push(
                        Diagnostic::new(Code::InvalidValue, place, message)
                            .label("add `row:`, as in `row: model`"),
                    );
                    (heading.name.clone(), heading.span.clone())
                }
            };
            let kind = self.kind(&name.0, &name.1, node, heading.name.trim());
            schema.tables.push(kind);
        }
        self.distinct(&schema, &profiles, &tables);
        for (index, (_, node)) in profiles.iter().enumerate() {
            let keys = ["about", "fields", "valid"];
            let entries = self.map(node, &keys, "a kind of profile");
            let fields = self.fields(&entries, "fields", &schema, Origin::Profile(index));
            let valid = self.valid(&entries, &fields);
            (schema.profiles[index].fields, schema.profiles[index].valid) = (fields, valid);
        }
        if let Some(node) = section("articles") {
            let entries = vec![(
                Key::new("articles", node.span.clone()),
                node.clone(),
            )];
            schema.fields = self.fields(&entries, "articles", &schema, Origin::Fields);
        }
        for (index, (heading, node)) in tables.iter().enumerate() {
            let keys = ["row", "about", "columns", "valid", "identity"];
            let entries = self.map(node, &keys, "a kind of record");
            let fields = self.fields(&entries, "columns", &schema, Origin::Table(index));
            let valid = self.valid(&entries, &fields);
            let identity = self.identity(&entries, &fields, valid);
            if identity.is_empty() {
                let place = FileSpan::new(self.file, heading.span.clone());
                let message = format!("nothing identifies the rows of `{}`", heading.name);
                self.diagnostics.push(
                    Diagnostic::new(Code::InvalidValue, place, message)
                        .help("give a column `type: name`, or list columns under `identity:`"),
                );
            }
            let kind = &mut schema.tables[index];
            (kind.fields, kind.valid, kind.identity) = (fields, valid, identity);
        }
        self.inverses(&mut schema);
        schema
    }

    fn kind(&mut self, name: &str, span: &Range<usize>, node: &Node, heading: &str) -> Kind {
        let about = match self.entry(node, "about") {
            Some(Node { value: Value::String(text), .. }) => text.clone(),
            Some(node) => {
                let node = node.clone();
                self.invalid(&node, "expected a text");
                String::new()
            }
            None => String::new(),
        };
        let type_name = names::type_name(name).unwrap_or_else(|| {
            self.no_identifier(name, span);
            String::new()
        });
        let key = if heading.is_empty() { String::new() } else { self.key(heading, span) };
        Kind {
            name: name.to_owned(),
            type_name,
            heading: heading.to_owned(),
            key,
            about,
            fields: Vec::new(),
            valid: None,
            identity: Vec::new(),
            inverses: Vec::new(),
        }
    }

    /// Reports kinds that would have one name in Rust or in exports.
    fn distinct(&mut self, schema: &Schema, profiles: &[(Key, Node)], tables: &[(Key, Node)]) {
        let mut types: BTreeMap<&str, &Range<usize>> = BTreeMap::new();
        let mut keys: BTreeMap<&str, &Range<usize>> = BTreeMap::new();
        let declared = profiles.iter().zip(&schema.profiles).chain(tables.iter().zip(&schema.tables));
        for ((key, _), kind) in declared {
            let same_type = (!kind.type_name.is_empty())
                .then(|| types.insert(&kind.type_name, &key.span))
                .flatten()
                .map(|first| (first, format!("two kinds would be the struct `{}`", kind.type_name)));
            let same_key = (!kind.key.is_empty())
                .then(|| keys.insert(&kind.key, &key.span))
                .flatten()
                .map(|first| (first, format!("two tables would be the function `{}`", kind.key)));
            for (first, message) in same_type.into_iter().chain(same_key) {
                let place = FileSpan::new(self.file, key.span.clone());
                self.diagnostics.push(
                    Diagnostic::new(Code::IdentifierCollision, place, message)
                        .related(FileSpan::new(self.file, first.clone()), "first here"),
                );
            }
            const FACE: [&str; 12] = [
                "articles", "categories", "contents", "events", "get", "nearest", "tables", "search",
                "words", "forms", "happenings", "stale",
            ];
            if FACE.contains(&kind.key.as_str()) {
                let place = FileSpan::new(self.file, key.span.clone());
                let message = format!("`{}` is a function of every almanac", kind.key);
                self.diagnostics.push(
                    Diagnostic::new(Code::IdentifierCollision, place, message)
                        .label("choose another heading"),
                );
            }
        }
    }

    fn fields(
        &mut self,
        entries: &[(Key, Node)],
        name: &str,
        schema: &Schema,
        from: Origin,
    ) -> Vec<Field> {
        let Some((_, node)) = entries.iter().find(|(key, _)| key.name == name) else {
            return Vec::new();
        };
        let mut fields: Vec<Field> = Vec::new();
        for (key, node) in self.entries(node) {
            let Some(field) = self.field(&key, &node, schema, from, fields.len()) else { continue };
            if let Some(first) = fields.iter().find(|first| first.key == field.key) {
                let place = FileSpan::new(self.file, key.span.clone());
                let message = format!("two fields would have the accessor `{}`", field.key);
                self.diagnostics.push(
                    Diagnostic::new(Code::IdentifierCollision, place, message)
                        .related(FileSpan::new(self.file, first.span.clone()), "first here"),
                );
                continue;
            }
            fields.push(field);
        }
        if let Some(second) = fields.iter().filter(|field| field.of == Type::Name).nth(1) {
            let place = FileSpan::new(self.file, second.span.clone());
            self.diagnostics.push(Diagnostic::new(
                Code::InvalidValue,
                place,
                "a second column of the type `name`: a record has one",
            ));
        }
        fields
    }

    fn field(
        &mut self,
        key: &Key,
        node: &Node,
        schema: &Schema,
        from: Origin,
        index: usize,
    ) -> Option<Field> {
        let keys = ["type", "unit", "list", "required", "inverse", "about", "label"];
        // `field: date` is short for `field: { type: date }`.
        let short = matches!(node.value, Value::String(_) | Value::List(_));
        let entries = if short {
            vec![(Key::new("type", node.span.clone()), node.clone())]
        } else {
            self.map(node, &keys, "a field")
        };
        let entry =
            |name: &str| entries.iter().find(|(key, _)| key.name == name).map(|(_, node)| node);
        let Some(type_node) = entry("type") else {
            let place = FileSpan::new(self.file, key.span.clone());
            self.diagnostics.push(
                Diagnostic::new(Code::InvalidValue, place, format!("`{}` has no type", key.name))
                    .label("add `type:`, as in `type: date`"),
            );
            return None;
        };
        let of = self.field_type(type_node, schema)?;
        let text = |reader: &mut Reader, name: &str| match entry(name) {
            Some(Node { value: Value::String(text), .. }) => text.clone(),
            Some(node) => {
                reader.invalid(node, "expected a text");
                String::new()
            }
            None => String::new(),
        };
        let about = text(self, "about");
        let units = entry("unit").map_or(Vec::new(), |node| self.units(node));
        let mut label = text(self, "label");
        if label.is_empty() {
            label = label_of(&key.name, matches!(from, Origin::Table(_)));
        }
        if let (Some(node), Origin::Table(_)) = (entry("label"), from) {
            self.invalid(node, "the heading of a column is its label");
        }
        if let Some(node) = entry("unit")
            && of != Type::Quantity
        {
            self.invalid(node, "only a quantity has a unit");
        }
        if of == Type::Quantity && entry("unit").is_none() {
            self.invalid(type_node, "a quantity has a `unit:`, as in `unit: tokens`");
        }
        let list = entry("list").is_some_and(|node| self.boolean(node));
        let mut required = entry("required").is_some_and(|node| self.boolean(node));
        required |= of == Type::Name;
        if list && matches!(of, Type::Name | Type::Mention | Type::Quantity) {
            self.invalid(entry("list").unwrap_or(type_node), "this type can't be a list");
        }
        if of == Type::Name && !matches!(from, Origin::Table(_)) {
            self.invalid(type_node, "only a column can be the name: an article has its title");
        }
        let accessor = self.key(&key.name, &key.span);
        if accessor.is_empty() {
            return None;
        }
        let reserved = RESERVED.contains(&accessor.as_str())
            || accessor == "kind" && matches!(from, Origin::Profile(_));
        if of != Type::Name && reserved {
            let place = FileSpan::new(self.file, key.span.clone());
            let message = format!("`{accessor}` is something that every record has");
            self.diagnostics.push(
                Diagnostic::new(Code::IdentifierCollision, place, message)
                    .label("choose another name"),
            );
            return None;
        }
        if let Some(node) = entry("inverse") {
            match (&node.value, &of) {
                (Value::String(name), Type::Profile(_) | Type::Record(_)) => {
                    self.inverses.push((name.clone(), node.span.clone(), from, index, of.clone()));
                }
                (Value::String(_), _) => {
                    self.invalid(node, "only a reference to a kind has an inverse");
                }
                _ => self.invalid(node, "expected the name of an accessor, as in `subsidiaries`"),
            }
        }
        Some(Field {
            key: accessor,
            label,
            about,
            of,
            units,
            list,
            required,
            span: key.span.clone(),
        })
    }

    /// Reads the unit of a quantity, or several ways to write it, the first of which is its name.
    fn units(&mut self, node: &Node) -> Vec<String> {
        let nodes = match &node.value {
            Value::List(nodes) => &nodes[..],
            _ => std::slice::from_ref(node),
        };
        let mut units = Vec::new();
        for node in nodes {
            match &node.value {
                Value::String(unit) if !unit.trim().is_empty() => units.push(unit.trim().to_owned()),
                _ => self.invalid(node, "expected a unit, as in `tokens`"),
            }
        }
        units
    }

    fn field_type(&mut self, node: &Node, schema: &Schema) -> Option<Type> {
        match &node.value {
            Value::List(items) => {
                let mut choices: Vec<String> = Vec::new();
                let mut variants: Vec<String> = Vec::new();
                for item in items {
                    let word = match &item.value {
                        Value::String(word) if !word.trim().is_empty() => word.clone(),
                        // `yes` and the like are texts in YAML 1.2; `true` isn't.
                        Value::Number(_, written) => written.clone(),
                        _ => {
                            self.invalid(item, "a choice is a word");
                            continue;
                        }
                    };
                    match names::type_name(&word) {
                        None => self.no_identifier(&word, &item.span),
                        Some(variant) if variants.contains(&variant) => {
                            self.invalid(item, format!("two choices would be `{variant}` in Rust"));
                        }
                        Some(variant) => {
                            variants.push(variant);
                            choices.push(word);
                        }
                    }
                }
                if items.is_empty() {
                    self.invalid(node, "expected at least one choice");
                }
                Some(Type::Choice(choices))
            }
            Value::String(name) => {
                let profile = schema.profiles.iter().position(|kind| kind.name == *name);
                let table = schema.tables.iter().position(|kind| kind.name == *name);
                Some(match name.as_str() {
                    "name" => Type::Name,
                    "text" => Type::Text,
                    "number" => Type::Number,
                    "quantity" => Type::Quantity,
                    "date" => Type::Date,
                    "boolean" => Type::Boolean,
                    "url" => Type::Url,
                    "country" => Type::Country,
                    "article" => Type::Article,
                    "mention" => Type::Mention,
                    "choice" => {
                        self.invalid(node, "a choice is written as its words: `[open, closed]`");
                        return None;
                    }
                    _ => match (profile, table) {
                        (Some(profile), _) => Type::Profile(profile),
                        (None, Some(table)) => Type::Record(table),
                        (None, None) => {
                            let kinds = schema.profiles.iter().chain(&schema.tables);
                            let known = TYPES.into_iter().chain(kinds.map(|kind| &*kind.name));
                            let near = nearest(name, known);
                            let place = FileSpan::new(self.file, node.span.clone());
                            let message = format!("`{name}` is neither a type nor a kind");
                            let fault = Diagnostic::new(Code::InvalidValue, place, message);
                            self.diagnostics.push(match near {
                                Some(near) => fault.did_you_mean(Some(near)),
                                None => fault.help(
                                    "the types are name, text, number, quantity, date, boolean, \
                                     url, country, article, mention, a list of words for a choice, \
                                     and the kinds of this schema",
                                ),
                            });
                            return None;
                        }
                    },
                })
            }
            _ => {
                self.invalid(node, "expected a type, as in `date`, or a list of choices");
                None
            }
        }
    }

    /// Reads `valid: [from, until]`.
    fn valid(
        &mut self,
        entries: &[(Key, Node)],
        fields: &[Field],
    ) -> Option<(usize, Option<usize>)> {
        let (_, node) = entries.iter().find(|(key, _)| key.name == "valid")?;
        let columns = self.columns(node, fields);
        for (index, column) in &columns {
            if fields[*index].of != Type::Date || fields[*index].list {
                self.invalid(column, "validity needs dates");
                return None;
            }
        }
        match columns[..] {
            [(from, _)] => Some((from, None)),
            [(from, _), (until, _)] => Some((from, Some(until))),
            _ => {
                self.invalid(node, "expected one or two columns: from when, until when");
                None
            }
        }
    }

    /// Returns what identifies a record: what the schema says, else the name and from when it is valid.
    fn identity(
        &mut self,
        entries: &[(Key, Node)],
        fields: &[Field],
        valid: Option<(usize, Option<usize>)>,
    ) -> Vec<usize> {
        if let Some((_, node)) = entries.iter().find(|(key, _)| key.name == "identity") {
            return self.columns(node, fields).into_iter().map(|(index, _)| index).collect();
        }
        let name = fields.iter().position(|field| field.of == Type::Name);
        name.into_iter().flat_map(|name| [Some(name), valid.map(|valid| valid.0)]).flatten().collect()
    }

    /// Reads a list of columns by their labels or keys.
    fn columns<'n>(&mut self, node: &'n Node, fields: &[Field]) -> Vec<(usize, &'n Node)> {
        let Value::List(items) = &node.value else {
            self.invalid(node, "expected a list of fields");
            return Vec::new();
        };
        let mut columns = Vec::new();
        for item in items {
            let Value::String(name) = &item.value else {
                self.invalid(item, "expected the name of a field");
                continue;
            };
            match fields.iter().position(|field| field.label == *name || field.key == *name) {
                Some(index) => columns.push((index, item)),
                None => {
                    let place = FileSpan::new(self.file, item.span.clone());
                    let near = nearest(name, fields.iter().map(|field| &*field.label));
                    self.diagnostics.push(
                        Diagnostic::new(Code::InvalidValue, place, format!("no field `{name}`"))
                            .did_you_mean(near),
                    );
                }
            }
        }
        columns
    }

    /// Gives the kinds at the other end of references their accessors.
    fn inverses(&mut self, schema: &mut Schema) {
        for (name, span, from, field, to) in std::mem::take(&mut self.inverses) {
            let key = self.key(&name, &span);
            let kind = match to {
                Type::Profile(index) => &mut schema.profiles[index],
                Type::Record(index) => &mut schema.tables[index],
                _ => continue,
            };
            let taken = kind.fields.iter().any(|field| field.key == key)
                || kind.inverses.iter().any(|inverse| inverse.key == key)
                || RESERVED.contains(&key.as_str());
            if taken {
                let place = FileSpan::new(self.file, span);
                let message = format!("a {} has an accessor `{key}` already", kind.name);
                self.diagnostics.push(
                    Diagnostic::new(Code::IdentifierCollision, place, message)
                        .label("choose another name for the inverse"),
                );
            } else if !key.is_empty() {
                kind.inverses.push(Inverse { key, from, field });
            }
        }
    }

    /// Returns a name in lower case with `_`, as exports and accessors have it.
    fn key(&mut self, name: &str, span: &Range<usize>) -> String {
        let key = words(name).join("_").to_lowercase();
        if names::function_name(&key).is_none() {
            self.no_identifier(name, span);
            return String::new();
        }
        key
    }

    fn no_identifier(&mut self, name: &str, span: &Range<usize>) {
        let place = FileSpan::new(self.file, span.clone());
        let message =
            format!("`{name}` cannot become a Rust identifier: it has no letters or digits");
        self.diagnostics.push(Diagnostic::new(Code::InvalidIdentifier, place, message));
    }

    fn entry<'n>(&self, node: &'n Node, name: &str) -> Option<&'n Node> {
        let Value::Map(entries) = &node.value else { return None };
        entries.iter().find(|(key, _)| key.name == name).map(|(_, node)| node)
    }

    /// Reads a map whose keys are names of the author's.
    fn entries(&mut self, node: &Node) -> Vec<(Key, Node)> {
        let Value::Map(entries) = &node.value else {
            self.invalid(node, "expected a map of names");
            return Vec::new();
        };
        let mut kept: Vec<(Key, Node)> = Vec::new();
        for (key, node) in entries {
            match kept.iter().find(|(first, _)| first.name == key.name) {
                Some((first, _)) => {
                    let place = FileSpan::new(self.file, key.span.clone());
                    let message = format!("`{}` is given twice", key.name);
                    self.diagnostics.push(
                        Diagnostic::new(Code::DuplicateKey, place, message)
                            .related(FileSpan::new(self.file, first.span.clone()), "first here"),
                    );
                }
                None => kept.push((key.clone(), node.clone())),
            }
        }
        kept
    }

    /// Reads a map with known keys only.
    fn map(&mut self, node: &Node, known: &[&str], whose: &str) -> Vec<(Key, Node)> {
        let mut kept = self.entries(node);
        kept.retain(|(key, _)| {
            let is_known = known.contains(&key.name.as_str());
            if !is_known {
                let place = FileSpan::new(self.file, key.span.clone());
                let near = nearest(&key.name, known.iter().copied());
                let mut fault = Diagnostic::new(
                    Code::UnknownKey,
                    place,
                    format!("unknown key `{}` in {whose}", key.name),
                )
                .severity(Severity::Error);
                fault = match near {
                    Some(near) => fault.did_you_mean(Some(near)),
                    None => fault.help(format!("the keys are {}", known.join(", "))),
                };
                self.diagnostics.push(fault);
            }
            is_known
        });
        kept
    }

    fn boolean(&mut self, node: &Node) -> bool {
        match node.value {
            Value::Bool(value) => value,
            _ => {
                self.invalid(node, "expected `true` or `false`");
                false
            }
        }
    }

    fn invalid(&mut self, node: &Node, message: impl Into<String>) {
        let place = FileSpan::new(self.file, node.span.clone());
        self.diagnostics.push(Diagnostic::new(Code::InvalidValue, place, message));
    }
}

/// Returns the label of a key: a column's is the heading itself, `known_for` is `Known for`.
fn label_of(key: &str, column: bool) -> String {
    if column {
        return key.trim().to_owned();
    }
    let mut label = key.replace('_', " ");
    if let Some(first) = label.get(..1) {
        label = first.to_uppercase() + &label[1..];
    }
    label
}
