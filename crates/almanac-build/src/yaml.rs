//! YAML with the place of every value. serde_yaml tells places only in its errors, so each scalar is first kept and
//! then refused: the refusal says where it stood. Front matter and category files are read this way, since a derived
//! `Deserialize` would stop at the first bad value and forget the places of the good ones.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::ops::Range;

use serde::de::{self, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

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
}

/// Why a text is no YAML, and where.
#[derive(Debug, PartialEq)]
pub struct Error {
    pub message: String,
    pub span: Range<usize>,
}

/// How deep brackets may stand in each other.
const DEEPEST: usize = 100;

/// Reads one YAML document (JSON is YAML too). An empty one is an empty map.
pub fn parse(text: &str) -> Result<Node, Error> {
    let places = Places::new(text);
    // libyaml's time grows with the square of this depth.
    let mut depth = 0usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(Error { message: format!("brackets nested more than {DEEPEST} deep"), span: at..at + 1 });
        }
    }
    // Aliases repeat what they name: more values than bytes means that they were stacked to explode.
    let budget = Cell::new(text.len() + 1);
    let seed = Seed { budget: &budget };
    match seed.deserialize(serde_yaml::Deserializer::from_str(text)) {
        Ok(mut node) => {
            let root = text.len() - text.trim_start().len()..text.trim_end().len().max(text.len() - text.trim_start().len());
            locate(&mut node, text, &places, root.start, false);
            node.span = root;
            if node.value == Value::Null {
                node.value = Value::Map(Vec::new());
            }
            Ok(node)
        }
        Err(error) => {
            let at = error.location().map_or(0, |place| places.offset(place.line(), place.column()));
            let mut message = error.to_string();
            // The place is shown by the report.
            if let Some(end) = message.find(" at line ") {
                message.truncate(end);
            }
            let end = text[at..].chars().next().map_or(at, |character| at + character.len_utf8());
            Err(Error { message, span: at..end })
        }
    }
}

/// Turns the lines and columns of libyaml into bytes.
struct Places<'t> {
    text: &'t str,
    lines: Vec<usize>,
    /// The last answer (line, column, byte): places are asked for in order, so the next one is not far behind it.
    last: Cell<(usize, usize, usize)>,
}

impl<'t> Places<'t> {
    fn new(text: &'t str) -> Places<'t> {
        let mut lines = vec![0];
        let mut characters = text.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            // What libyaml takes for the end of a line.
            if matches!(character, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}') {
                if character == '\r' && characters.next_if(|&(_, next)| next == '\n').is_some() {
                    lines.push(at + 2);
                } else {
                    lines.push(at + character.len_utf8());
                }
            }
        }
        Places { text, lines, last: Cell::new((1, 1, 0)) }
    }

    /// The byte at a line and column, both counted from 1, columns in characters.
    fn offset(&self, line: usize, column: usize) -> usize {
        let Some(&start) = self.lines.get(line.saturating_sub(1)) else { return self.text.len() };
        let (last_line, last_column, last_at) = self.last.get();
        let (from, skip) =
            if line == last_line && column >= last_column { (last_at, column - last_column) } else { (start, column.saturating_sub(1)) };
        let at = self.text[from..].char_indices().nth(skip).map_or(self.text.len(), |(at, _)| from + at);
        self.last.set((line, column, at));
        at
    }
}

/// The message of the refusals that only ask for a place.
const WHERE: &str = "where";

/// A scalar's place as `line:column`, packed until the whole text is known.
fn place_in(error: &str) -> Option<(usize, usize)> {
    let (_, place) = error.rsplit_once(" at line ")?;
    let (line, column) = place.split_once(" column ")?;
    Some((line.parse().ok()?, column.parse().ok()?))
}

#[derive(Clone, Copy)]
struct Seed<'b> {
    budget: &'b Cell<usize>,
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        let kept = RefCell::new(None);
        match deserializer.deserialize_any(NodeVisitor { seed: self, kept: &kept }) {
            // Lists and maps can't be refused half-way; `locate` finds their places from their parts.
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

    fn spend<E: de::Error>(&self) -> Result<(), E> {
        match self.seed.budget.get().checked_sub(1) {
            Some(left) => {
                self.seed.budget.set(left);
                Ok(())
            }
            None => Err(E::custom("aliases repeat more values than the text is long")),
        }
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

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        self.keep(Value::Number(value as f64, value.to_string()))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        self.keep(Value::Number(value as f64, value.to_string()))
    }

    fn visit_i128<E: de::Error>(self, value: i128) -> Result<Value, E> {
        self.keep(Value::Number(value as f64, value.to_string()))
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<Value, E> {
        self.keep(Value::Number(value as f64, value.to_string()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        self.keep(Value::Number(value, value.to_string()))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Value, E> {
        self.keep(Value::String(value.to_owned()))
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
            entries.push((Key { name, span: key.span }, node));
        }
        Ok(Value::Map(entries))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Value, A::Error> {
        let (de::IgnoredAny, variant) = data.variant()?;
        variant.newtype_variant_seed(self.seed)?;
        Ok(Value::Tagged)
    }
}

/// Turns lines and columns into spans, and gives lists and maps theirs. `hint` is where the value begins at the
/// earliest; `flow` says that it stands between brackets. Returns where it ends.
fn locate(node: &mut Node, text: &str, places: &Places, hint: usize, flow: bool) -> usize {
    let start = skip_space(text, hint.min(text.len()));
    let bracket = text[start..].starts_with(['[', '{']);
    let flow = flow || bracket;
    let mut end = start + usize::from(bracket);
    match &mut node.value {
        Value::List(nodes) => {
            for child in nodes {
                let from = skip_mark(text, end, if flow { ',' } else { '-' });
                end = locate(child, text, places, from, flow).max(end);
            }
        }
        Value::Map(entries) => {
            for (key, child) in entries {
                let at = places.offset(key.span.start, key.span.end);
                key.span = at..scalar_end(text, at, flow);
                let colon = text[key.span.end..].find(':').map_or(key.span.end, |found| key.span.end + found + 1);
                end = locate(child, text, places, colon, flow).max(end);
                if child.span.is_empty() {
                    child.span = key.span.clone();
                }
            }
        }
        Value::Tagged => end = scalar_end(text, start, flow),
        Value::Null | Value::Bool(_) | Value::Number(..) | Value::String(_) => {
            let at = places.offset(node.span.start, node.span.end);
            node.span = at..scalar_end(text, at, flow);
            if let Value::Number(number, written) = &mut node.value {
                // As written: `007` and `1.10` are titles too.
                let source = &text[node.span.clone()];
                if source.parse::<f64>().is_ok_and(|read| read == *number) || source.starts_with("0x") {
                    *written = source.to_owned();
                }
            }
            return node.span.end;
        }
    }
    if bracket {
        let close = skip_mark(text, end, ',');
        end = if text[close..].starts_with([']', '}']) { close + 1 } else { end };
    }
    node.span = start..end.max(start);
    node.span.end
}

/// Skips space, and one mark between the parts of a list with the space behind it.
fn skip_mark(text: &str, from: usize, mark: char) -> usize {
    let at = skip_space(text, from);
    if text[at..].starts_with(mark) { skip_space(text, at + 1) } else { at }
}

fn skip_space(text: &str, from: usize) -> usize {
    let mut at = from;
    loop {
        at += text[at..].len() - text[at..].trim_start().len();
        if !text[at..].starts_with('#') {
            return at;
        }
        at += text[at..].find('\n').unwrap_or(text[at..].len());
    }
}

/// Where the scalar that begins at `start` ends, on its first line.
fn scalar_end(text: &str, start: usize, flow: bool) -> usize {
    let rest = &text[start..];
    let is_end = |character: char| matches!(character, '\n' | '\r');
    // One pass that stops early: a long line may hold thousands of scalars.
    let mut characters = rest.char_indices().peekable();
    let quote = characters.next_if(|&(_, first)| matches!(first, '"' | '\'')).map(|(_, quote)| quote);
    let mut end = rest.len();
    let mut last = None;
    while let Some((at, character)) = characters.next() {
        if is_end(character) {
            end = at;
            break;
        }
        let next = characters.peek().map(|&(_, next)| next);
        if let Some(quote) = quote {
            if character == '\\' && quote == '"' {
                characters.next_if(|&(_, next)| !is_end(next));
            } else if character == quote {
                if quote == '\'' && characters.next_if(|&(_, next)| next == '\'').is_some() {
                    continue;
                }
                return start + at + 1;
            }
            continue;
        }
        let stop = match character {
            '#' => matches!(last, Some(' ' | '\t')),
            ':' => next.is_none_or(|next| next.is_whitespace() || (flow && matches!(next, ',' | '[' | ']' | '{' | '}'))),
            ',' | '[' | ']' | '{' | '}' => flow,
            _ => false,
        };
        if stop {
            end = at;
            break;
        }
        last = Some(character);
    }
    start + rest[..end].trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every scalar and key with the text that its span covers.
    fn spans(text: &str) -> Vec<(String, String)> {
        fn walk(node: &Node, text: &str, out: &mut Vec<(String, String)>) {
            match &node.value {
                Value::List(nodes) => nodes.iter().for_each(|node| walk(node, text, out)),
                Value::Map(entries) => {
                    for (key, node) in entries {
                        out.push((key.name.clone(), text[key.span.clone()].to_owned()));
                        walk(node, text, out);
                    }
                }
                other => out.push((format!("{other:?}"), text[node.span.clone()].to_owned())),
            }
        }
        let mut out = Vec::new();
        walk(&parse(text).unwrap(), text, &mut out);
        out
    }

    #[test]
    fn every_scalar_knows_its_place() {
        let text = "id: huawei # the id\n\"quoted key\":   'it''s'\nlist: [a, \"b c\", 3]\nmap:\n  deep: {x: -1.50, y: ~}\nблок: |\n  text\n\nempty:\n";
        let found = spans(text);
        let expected = [
            ("id", "id"),
            ("String(\"huawei\")", "huawei"),
            ("quoted key", "\"quoted key\""),
            ("String(\"it's\")", "'it''s'"),
            ("list", "list"),
            ("String(\"a\")", "a"),
            ("String(\"b c\")", "\"b c\""),
            ("Number(3.0, \"3\")", "3"),
            ("map", "map"),
            ("deep", "deep"),
            ("x", "x"),
            ("Number(-1.5, \"-1.50\")", "-1.50"),
            ("y", "y"),
            ("Null", "~"),
            ("блок", "блок"),
            ("String(\"text\\n\")", "|"),
            ("empty", "empty"),
            ("Null", "empty"),
        ];
        assert_eq!(found, expected.map(|(value, text)| (value.to_owned(), text.to_owned())));
    }

    #[test]
    fn lists_and_maps_span_their_parts() {
        let text = "tags: [a, {b: c}]\nupdate:\n  date: 2024\nempty: []\nlist:\n- {a: b}\n- c: d\n";
        let Value::Map(entries) = parse(text).unwrap().value else { panic!() };
        assert_eq!(&text[entries[0].1.span.clone()], "[a, {b: c}]");
        assert_eq!(&text[entries[1].1.span.clone()], "date: 2024");
        assert_eq!(&text[entries[2].1.span.clone()], "[]");
        let Value::List(nodes) = &entries[3].1.value else { panic!() };
        assert_eq!(&text[nodes[0].span.clone()], "{a: b}");
        assert_eq!(&text[nodes[1].span.clone()], "c: d");
    }

    #[test]
    fn errors_have_places() {
        let error = parse("a: b\nc: [1, 2\n").unwrap_err();
        assert!(error.span.start > 4, "{error:?}");
        let error = parse("a: b: c").unwrap_err();
        assert_eq!(error.span, 4..5, "{error:?}");
        assert!(parse("a: &x [*x, *x]").is_err(), "an alias inside what it names");
    }

    #[test]
    fn alias_bombs_are_refused() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let below = format!("*a{}", level - 1);
            text.push_str(&format!("a{level}: &a{level} [{}]\n", vec![below; 9].join(", ")));
        }
        assert!(parse(&text).is_err());
    }

    #[test]
    fn nothing_is_an_empty_map() {
        assert_eq!(parse("").unwrap().value, Value::Map(Vec::new()));
        assert_eq!(parse("# only a comment\n").unwrap().value, Value::Map(Vec::new()));
    }

    #[test]
    fn tags_and_surrogates_do_not_panic() {
        assert_eq!(
            spans("a: !x y\nb: z"),
            [("a", "a"), ("Tagged", "!x y"), ("b", "b"), ("String(\"z\")", "z")].map(|(a, b)| (a.to_owned(), b.to_owned()))
        );
        assert!(parse("a: \"\\ud800\"").is_err());
    }
}
