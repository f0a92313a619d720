//! YAML with the place of every value.
//!
//! serde_yaml tells places only in its errors, so each scalar is first kept and then refused: the
//! refusal says where it stood. Front matter and category files are read this way, since a derived
//! `Deserialize` would stop at the first bad value and forget the places of the good ones.

mod cause;
mod locate;
mod prepare;
#[cfg(test)]
mod tests;

use std::cell::{Cell, RefCell};
use std::fmt;
use std::ops::Range;

use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use crate::line_index::LineIndex;
use prepare::Prepared;

/// A value and the bytes it stands in.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub span: Range<usize>,
    pub value: Value,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    /// The number and the way it is written.
    Number(f64, String),
    String(String),
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
    /// A value with a tag of its own (`!name`).
    Tagged,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    pub name: String,
    pub span: Range<usize>,
    /// `true` if YAML takes it for something else than text, as in `1.0: x`: the name is then what
    /// is written.
    literal: bool,
}

impl Key {
    /// Makes a key that stands for one that is not written.
    pub fn new(name: &str, span: Range<usize>) -> Key {
        Key { name: name.to_owned(), span, literal: false }
    }
}

impl Node {
    /// Moves every span, of a document that begins at a byte of its file.
    pub fn shift(&mut self, by: usize) {
        self.span = self.span.start + by..self.span.end + by;
        match &mut self.value {
            Value::List(nodes) => nodes.iter_mut().for_each(|node| node.shift(by)),
            Value::Map(entries) => {
                for (key, node) in entries {
                    key.span = key.span.start + by..key.span.end + by;
                    node.shift(by);
                }
            }
            _ => {}
        }
    }
}

/// The error for a text that is no YAML, with its place.
#[derive(Debug, PartialEq)]
pub struct Error {
    pub message: String,
    pub span: Range<usize>,
    /// A way to mend it, if that can be told.
    pub help: Option<String>,
}

/// The greatest depth of brackets in each other: libyaml's time grows with the square of it.
const DEEPEST: usize = 100;

/// Reads one YAML document (JSON is YAML too). An empty one is an empty map.
pub fn parse(text: &str) -> Result<Node, Error> {
    let error = |message: String, span: Range<usize>| Err(Error { message, span, help: None });
    let mut depth = 0usize;
    for (at, character) in text.char_indices() {
        match character {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            _ if is_forbidden(character) => {
                let message = format!("it holds the invisible character {}", code(character));
                return error(message, at..at + character.len_utf8());
            }
            _ => {}
        }
        if depth > DEEPEST {
            return error(format!("brackets nested more than {DEEPEST} deep"), at..at + 1);
        }
    }
    let Some(prepared) = Prepared::new(text) else {
        return error("its escapes can't be read".to_owned(), 0..0);
    };
    let lines = LineIndex::new(text);
    // Aliases repeat what they name: more values than bytes means that they were stacked to
    // explode. The same for the bytes of what they name.
    let budget = Cell::new(text.len() + 1);
    let size = Cell::new(text.len().saturating_mul(16) + 64 * 1024);
    let seed = Seed { budget: &budget, size: &size, prepared: &prepared };
    match seed.deserialize(serde_yaml::Deserializer::from_str(&prepared.text)) {
        Ok(mut node) => {
            locate::locate(&mut node, text, &lines);
            if node.value == Value::Null {
                node.value = Value::Map(Vec::new());
            }
            Ok(node)
        }
        Err(error) => Err(cause::cause(&error, text, &lines)),
    }
}

/// Returns `true` for what can't stand in YAML, not even between quotes.
fn is_forbidden(character: char) -> bool {
    let control = character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{85}');
    control || matches!(character, '\u{fffe}' | '\u{ffff}')
}

/// Names a character that can't be shown.
pub fn code(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}

/// The message of the refusals that only ask for a place.
const WHERE: &str = "where";

/// Reads a scalar's place, `line L column C`, from an error.
fn place_in(error: &str) -> Option<(usize, usize)> {
    let (_, place) = error.rsplit_once(" at line ")?;
    let (line, column) = place.split_once(" column ")?;
    Some((line.parse().ok()?, column.parse().ok()?))
}

#[derive(Clone, Copy)]
struct Seed<'b> {
    budget: &'b Cell<usize>,
    size: &'b Cell<usize>,
    prepared: &'b Prepared<'b>,
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        let kept = RefCell::new(None);
        match deserializer.deserialize_any(NodeVisitor { seed: self, kept: &kept }) {
            // Lists and maps can't be refused half-way; `locate` finds their places from their
            // parts.
            Ok(value) => Ok(Node { span: usize::MAX..usize::MAX, value }),
            Err(error) => match kept.into_inner() {
                Some(value) => {
                    let (line, column) = place_in(&error.to_string()).unwrap_or((1, 1));
                    Ok(Node { span: line..column, value })
                }
                None => Err(error),
            },
        }
    }
}

struct NodeVisitor<'b> {
    seed: Seed<'b>,
    kept: &'b RefCell<Option<Value>>,
}

impl NodeVisitor<'_> {
    /// Keeps a scalar and asks for its place.
    fn keep<E: de::Error>(self, value: Value) -> Result<Value, E> {
        self.spend()?;
        *self.kept.borrow_mut() = Some(value);
        Err(E::custom(WHERE))
    }

    fn number<E: de::Error>(self, value: f64, written: String) -> Result<Value, E> {
        self.keep(Value::Number(value, written))
    }

    fn spend<E: de::Error>(&self) -> Result<(), E> {
        spend(self.seed.budget, 1)
    }
}

fn spend<E: de::Error>(budget: &Cell<usize>, cost: usize) -> Result<(), E> {
    match budget.get().checked_sub(cost) {
        Some(left) => {
            budget.set(left);
            Ok(())
        }
        None => Err(E::custom("aliases repeat far more than the text is long")),
    }
}

impl<'de> Visitor<'de> for NodeVisitor<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a YAML value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        self.keep(Value::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<Value, E> {
        self.keep(Value::Null)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Value, E> {
        self.keep(Value::Bool(value))
    }

    // A number too large for an `f64` to hold exactly is only ever used as it is written.
    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        self.number(value as f64, value.to_string())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        self.number(value as f64, value.to_string())
    }

    fn visit_i128<E: de::Error>(self, value: i128) -> Result<Value, E> {
        self.number(value as f64, value.to_string())
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<Value, E> {
        self.number(value as f64, value.to_string())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        self.number(value, value.to_string())
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Value, E> {
        spend(self.seed.size, value.len())?;
        let value = self.seed.prepared.restore(value);
        self.keep(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        self.spend()?;
        let mut nodes = Vec::new();
        while let Some(node) = list.next_element_seed(self.seed)? {
            nodes.push(node);
        }
        Ok(Value::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        self.spend()?;
        let mut entries = Vec::new();
        while let Some(key) = map.next_key_seed(self.seed)? {
            let literal = !matches!(key.value, Value::String(_));
            let name = match key.value {
                Value::String(name) => name,
                Value::Number(_, written) => written,
                Value::Bool(value) => value.to_string(),
                Value::Null => "null".to_owned(),
                Value::List(_) | Value::Map(_) | Value::Tagged => {
                    return Err(de::Error::custom("a key must be a plain word"));
                }
            };
            let node = map.next_value_seed(self.seed)?;
            entries.push((Key { name, span: key.span, literal }, node));
        }
        Ok(Value::Map(entries))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Value, A::Error> {
        let (de::IgnoredAny, variant) = data.variant()?;
        variant.newtype_variant_seed(self.seed)?;
        Ok(Value::Tagged)
    }
}
