//! Fields and their types.

use std::collections::HashSet;
use std::ops::Range;

use crate::fault::{Code, nearest};
use crate::front_matter::{self, describe};
use crate::limits;
use crate::yaml::{Key, Node, Value};

use super::{Entries, OtherEnd, RESERVED, Reader};
use crate::schema::{Faulty, Field, Origin, Schema, Type, choice_name, variant_name};

/// Words that name a type; others name a kind.
pub const TYPES: [&str; 11] = [
    "name", "text", "number", "quantity", "date", "boolean", "url", "country", "article",
    "mention", "choice",
];

/// The owner of the fields that are read.
pub struct Owner<'s> {
    pub schema: &'s Schema,
    pub origin: Origin,
    /// In camel case, for the enums of choices.
    pub type_name: &'s str,
}

impl Owner<'_> {
    fn is_table(&self) -> bool {
        matches!(self.origin, Origin::Table(_))
    }
}

impl Reader<'_> {
    /// Reads the fields of a kind or of articles, and tells which are declared with a fault.
    pub fn fields(&mut self, node: Option<&Node>, owner: &Owner) -> (Vec<Field>, Faulty) {
        let (mut fields, mut faulty): (Vec<Field>, Faulty) = Default::default();
        let Some(node) = node else { return (fields, faulty) };
        let what = if owner.is_table() { "a map of columns" } else { "a map of fields" };
        let Some(entries) = self.named(node, what) else {
            faulty.all = true;
            return (fields, faulty);
        };
        for (key, node) in self.affordable(entries, &mut faulty) {
            match self.field(&key, &node, owner, &fields) {
                Some(field) => fields.push(field),
                None => faulty.add(key.name.trim()),
            }
        }
        (fields, faulty)
    }

    fn field(&mut self, key: &Key, node: &Node, owner: &Owner, others: &[Field]) -> Option<Field> {
        let accessor = self.accessor(key, owner);
        let (entries, whole) = self.field_entries(key, node)?;
        let entry = |name: &str| Self::entry(&entries, name);
        let type_node = entry("type");
        if type_node.is_none() && whole {
            let message = format!("`{}` has no type", key.name);
            self.fault(Code::InvalidValue, &key.span, message, |fault| {
                fault.label("add `type:`, as in `type: date`")
            });
        }
        let about = entry("about").map(|node| self.about(node));
        let label = match entry("label") {
            Some(node) if owner.is_table() => {
                self.invalid(node, "the heading of a column is its label");
                None
            }
            Some(node) => Some(self.text(node, "a label")).filter(|label| !label.is_empty()),
            None => None,
        };
        let label = label.unwrap_or_else(|| label_of(&key.name, owner.is_table()));
        let list = entry("list").is_some_and(|node| self.boolean(node));
        let required = entry("required").is_some_and(|node| self.boolean(node));
        let units = entry("unit").map_or(Vec::new(), |node| self.units(node));
        let type_node = type_node?;
        let of = self.field_type(type_node, owner.schema, list)?;
        match (&of, entry("unit")) {
            (Type::Quantity, None) => {
                let message = "a quantity has a `unit:`, as in `unit: tokens`";
                self.invalid(type_node, message);
            }
            (Type::Quantity, _) | (_, None) => {}
            (_, Some(node)) => self.invalid(node, "only a quantity has a unit"),
        }
        if let Some(node) = entry("list").filter(|_| list)
            && matches!(of, Type::Name | Type::Mention | Type::Quantity)
        {
            self.invalid(node, "values of this type can't be a list");
            return None;
        }
        if of == Type::Name && !owner.is_table() {
            self.invalid(type_node, "only a column can be the name: an article has its title");
            return None;
        }
        let accessor = accessor?;
        if let Some(first) = others.iter().find(|first| first.key == accessor) {
            let message = format!("two fields would have the accessor `{accessor}`");
            self.collision(&key.span, message, Some(first.span.clone()));
            return None;
        }
        if let Some(first) = others.iter().find(|other| other.of == Type::Name)
            && of == Type::Name
        {
            let first = self.place(&first.span);
            let message = "a second column of the type `name`: a record has one";
            self.fault(Code::InvalidValue, &key.span, message, |fault| {
                fault.related(first, "first here")
            });
            return None;
        }
        if of != Type::Name && !self.is_free(&accessor, key, owner) {
            return None;
        }
        if matches!(of, Type::Choice(_))
            && !self.claim_type(&choice_name(owner.type_name, &accessor), &key.span)
        {
            return None;
        }
        if let Some(node) = entry("inverse") {
            self.inverse(node, owner.origin, others.len(), &of);
        }
        Some(Field {
            key: accessor,
            label,
            about: about.unwrap_or_default(),
            required: required || of == Type::Name,
            of,
            units,
            list,
            span: key.span.clone(),
        })
    }

    /// Returns the entries of a field, and whether all of them are known. `field: date` is short
    /// for `field: { type: date }`.
    fn field_entries(&mut self, key: &Key, node: &Node) -> Option<(Entries, bool)> {
        if matches!(node.value, Value::String(_) | Value::List(_)) {
            return Some((vec![(Key::new("type", node.span.clone()), node.clone())], true));
        }
        let entries = self.named(node, "a type, as in `date`, or a map with `type`")?;
        let keys = ["type", "unit", "list", "required", "inverse", "about", "label"];
        let before = self.faults.len();
        let entries = self.known(entries, &keys, &format!("the field `{}`", key.name));
        Some((entries, self.faults.len() == before))
    }

    /// Returns the key of a field, which is the accessor too.
    fn accessor(&mut self, key: &Key, owner: &Owner) -> Option<String> {
        let place = self.place(&key.span);
        let what = if owner.is_table() { "a heading" } else { "a key" };
        if let Some(fault) = limits::too_long(&key.name, limits::LABEL_CHARS, what, place) {
            self.faults.push(fault);
            return None;
        }
        let accessor = self.key(&key.name, &key.span)?;
        if !owner.is_table() && accessor != key.name {
            let message = format!("`{}` can't be a key of the front matter", key.name);
            self.fault(Code::InvalidValue, &key.span, message, |fault| {
                fault.label(format!("write `{accessor}`, perhaps with a `label:`"))
            });
            return None;
        }
        Some(accessor)
    }

    /// Returns `true` if nothing else has the name of an accessor.
    fn is_free(&mut self, accessor: &str, key: &Key, owner: &Owner) -> bool {
        let message = match owner.origin {
            Origin::Fields if front_matter::KEYS.contains(&accessor) => {
                format!("`{accessor}` is a key of every front matter")
            }
            Origin::Profile(_) if accessor == "kind" => {
                "`kind` says what kind a profile is".to_owned()
            }
            _ if RESERVED.contains(&accessor) => {
                format!("`{accessor}` is an accessor of every record")
            }
            _ => return true,
        };
        self.collision(&key.span, message, None);
        false
    }

    fn inverse(&mut self, node: &Node, from: Origin, field: usize, to: &Type) {
        match (&node.value, to) {
            (Value::String(name), Type::Profile(_) | Type::Record(_)) => {
                let (name, span) = (name.clone(), node.span.clone());
                self.inverses.push(OtherEnd { name, span, from, field, to: to.clone() });
            }
            (Value::String(_), _) => {
                self.invalid(node, "only a reference to a kind has an inverse");
            }
            _ => self.invalid(node, "expected the name of an accessor, as in `subsidiaries`"),
        }
    }

    /// Reads the unit of a quantity, or several ways to write it, the first of which is its name.
    fn units(&mut self, node: &Node) -> Vec<String> {
        let nodes = match &node.value {
            Value::List(nodes) => &nodes[..],
            _ => std::slice::from_ref(node),
        };
        if nodes.is_empty() {
            self.invalid(node, "expected a unit, as in `tokens`");
        }
        let nodes = self.few(nodes, "units");
        let units = nodes.iter().map(|node| self.text(node, "a unit"));
        units.filter(|unit| !unit.is_empty()).collect()
    }

    /// Returns the first words of a list, as many as there may be; the others are reported.
    pub fn few<'n>(&mut self, words: &'n [Node], what: &str) -> &'n [Node] {
        if let Some(beyond) = words.get(limits::WORDS) {
            let message = format!("more than {} {what}", limits::WORDS);
            self.fault(Code::TooLarge, &beyond.span, message, |fault| {
                fault.label("from here on they are left out")
            });
        }
        &words[..words.len().min(limits::WORDS)]
    }

    fn field_type(&mut self, node: &Node, schema: &Schema, list: bool) -> Option<Type> {
        let name = match &node.value {
            Value::String(name) => name.as_str(),
            Value::List(items) => return self.choices(node, items, list).map(Type::Choice),
            other => {
                let expected = "a type, as in `date`, or a list of choices";
                self.invalid(node, format!("expected {expected}, found {}", describe(other)));
                return None;
            }
        };
        Some(match name {
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
                self.invalid(node, "a choice is written as its words, as in `[open, closed]`");
                return None;
            }
            kind => return self.kind_type(kind, &node.span, schema),
        })
    }

    /// Returns the type of references to a kind.
    fn kind_type(&mut self, name: &str, span: &Range<usize>, schema: &Schema) -> Option<Type> {
        if let Some(index) = schema.profiles.iter().position(|kind| kind.name == name) {
            return Some(Type::Profile(index));
        }
        if let Some(index) = schema.tables.iter().position(|kind| kind.name == name) {
            return Some(Type::Record(index));
        }
        if schema.faulty_kinds.covers(name) {
            return None;
        }
        let kinds = schema.profiles.iter().chain(&schema.tables).map(|kind| &*kind.name);
        let near = nearest(name, TYPES.into_iter().chain(kinds));
        let message = format!("`{name}` is neither a type nor a kind");
        self.fault(Code::InvalidValue, span, message, |fault| match near {
            Some(near) => fault.did_you_mean(Some(near)),
            None => fault.help(
                "the types are name, text, number, quantity, date, boolean, url, country, article, \
                 mention, a list of words for a choice, and the kinds of this schema",
            ),
        });
        None
    }

    /// Reads the words of a choice; `None` after a fault in them.
    fn choices(&mut self, node: &Node, items: &[Node], list: bool) -> Option<Vec<String>> {
        let mut choices: Vec<String> = Vec::new();
        let mut variants: HashSet<String> = HashSet::new();
        let before = self.faults.len();
        for item in self.few(items, "choices") {
            let word = match &item.value {
                Value::String(word) if !word.trim().is_empty() => word.trim().to_owned(),
                Value::Number(_, written) => written.clone(),
                other => {
                    let message = format!("expected a word, found {}", describe(other));
                    self.invalid(item, message);
                    continue;
                }
            };
            if list && word.contains(',') {
                self.invalid(item, "a choice in a list can't hold a comma, which parts the list");
            }
            let Some(_) = self.type_name(&word, &item.span) else { continue };
            let variant = variant_name(&word).unwrap_or_default();
            if let Some(variant) = variants.replace(variant) {
                self.invalid(item, format!("two choices would be `{variant}` in Rust"));
            }
            choices.push(word);
        }
        if items.is_empty() {
            self.invalid(node, "expected at least one choice");
        }
        (self.faults.len() == before).then_some(choices)
    }
}

/// Returns the label of a key: a column's is the heading itself, `known_for` is `Known for`.
fn label_of(key: &str, column: bool) -> String {
    if column {
        return key.trim().to_owned();
    }
    let label = key.replace('_', " ");
    let mut characters = label.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}
