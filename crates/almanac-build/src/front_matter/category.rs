//! `_category_.yml`, `.yaml` and `.json`.

use super::fields::{Fields, UnknownKeys, describe};
use super::{CategoryLink, CategoryMetadata};
use crate::fault::Fault;
use crate::limits;
use crate::yaml::{Node, Value};

const KEYS: [&str; 9] = [
    "key",
    "label",
    "description",
    "position",
    "collapsed",
    "collapsible",
    "className",
    "link",
    "customProps",
];

/// Reads a category file.
pub fn category(text: &str, file: usize) -> (CategoryMetadata, Vec<Fault>) {
    let mut fields = Fields::new(file);
    let mut metadata = CategoryMetadata::default();
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let Some(entries) = fields.document(text, start..text.len()) else {
        return (metadata, fields.faults);
    };
    for (key, node) in fields.known(entries, &KEYS, UnknownKeys::Deny, "a category file") {
        match key.name.as_str() {
            "key" | "className" => drop(fields.filled(&node)),
            "label" => {
                let label = fields.short(&node, limits::TITLE_CHARS, "a label");
                metadata.label = label.map(|text| text.value);
            }
            "description" => {
                let description = fields.short(&node, limits::DESCRIPTION_CHARS, "a description");
                metadata.description = description.map(|text| text.value);
            }
            "position" => metadata.position = fields.number(&node),
            "collapsed" | "collapsible" => drop(fields.bool(&node)),
            "customProps" => fields.map(&node),
            "link" => metadata.link = fields.category_link(&node),
            other => unreachable!("{other} is a known key"),
        }
    }
    (metadata, fields.faults)
}

impl Fields {
    fn category_link(&mut self, node: &Node) -> CategoryLink {
        let entries = match &node.value {
            Value::Null => return CategoryLink::None,
            Value::Map(entries) => entries.clone(),
            other => {
                let message = format!("expected a map with `type`, found {}", describe(other));
                self.invalid(node, message);
                return CategoryLink::Conventional;
            }
        };
        let kind = entries.iter().find(|(key, _)| key.name == "type");
        let Some((_, kind)) = kind.cloned() else {
            self.invalid(node, "a link has a `type`: `doc` or `generated-index`");
            return CategoryLink::Conventional;
        };
        match &kind.value {
            Value::String(name) if name == "doc" => {
                let mut link = CategoryLink::Conventional;
                let mut named = false;
                let keys = ["type", "id"];
                for (key, node) in self.known(entries, &keys, UnknownKeys::Deny, "a `doc` link") {
                    if key.name == "id" {
                        named = true;
                        let id = self.filled(&node);
                        link = id.map_or(CategoryLink::Conventional, CategoryLink::Article);
                    }
                }
                if !named {
                    self.invalid(node, "a `doc` link has an `id`");
                }
                link
            }
            Value::String(name) if name == "generated-index" => {
                let keys = ["type", "title", "description", "slug", "keywords", "image"];
                let whose = "a `generated-index` link";
                let mut slug = None;
                for (key, node) in self.known(entries, &keys, UnknownKeys::Deny, whose) {
                    match key.name.as_str() {
                        "keywords" if matches!(node.value, Value::List(_)) => {
                            drop(self.strings(&node));
                        }
                        "slug" => slug = self.short(&node, limits::SLUG_CHARS, "a slug"),
                        "type" => {}
                        _ => drop(self.string(&node)),
                    }
                }
                CategoryLink::Generated { slug }
            }
            _ => {
                self.invalid(&kind, "expected `doc` or `generated-index`");
                CategoryLink::Conventional
            }
        }
    }
}
