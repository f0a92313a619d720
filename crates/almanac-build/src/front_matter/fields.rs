//! Reads values of YAML as what they should be, and collects what is wrong with them.

use std::ops::Range;

use super::Spanned;
use crate::fault::{Code, Fault, FileSpan, Severity, nearest};
use crate::limits;
use crate::url;
use crate::visible::is_hidden;
use crate::yaml::{self, Key, Node, Value};
use almanac_core::Date;

/// The unknown keys that are errors; the others are warnings.
#[derive(Clone, Copy, PartialEq)]
pub enum UnknownKeys {
    /// Those that are similar to a known one.
    DenyIfSimilar,
    /// All.
    Deny,
}

/// Reads values and collects what is wrong with them.
pub struct Fields {
    file: usize,
    pub faults: Vec<Fault>,
}

impl Fields {
    pub fn new(file: usize) -> Fields {
        Fields { file, faults: Vec::new() }
    }

    pub fn place(&self, span: &Range<usize>) -> FileSpan {
        FileSpan::new(self.file, span.clone())
    }

    pub fn invalid(&mut self, node: &Node, message: impl Into<String>) {
        self.faults.push(Fault::new(Code::InvalidValue, self.place(&node.span), message));
    }

    /// Returns the entries of a YAML map that stands at `span` of the file's text.
    pub fn document(&mut self, text: &str, span: Range<usize>) -> Option<Vec<(Key, Node)>> {
        let mut node = match yaml::parse(&text[span.clone()]) {
            Ok(node) => node,
            Err(error) => {
                let at = error.span.start + span.start..error.span.end + span.start;
                let message = format!("not YAML: {}", error.message);
                let help = error.help.unwrap_or_else(|| {
                    let marks = "`: `, ` #`, `[`, `{`, `*`, `&` or `@`";
                    format!("put values that hold {marks} between double quotes")
                });
                self.faults
                    .push(Fault::new(Code::FrontMatterSyntax, self.place(&at), message).help(help));
                return None;
            }
        };
        node.shift(span.start);
        match node.value {
            Value::Map(entries) => Some(entries),
            _ => {
                let end = text[node.span.clone()].find('\n');
                let end = end.map_or(node.span.end, |end| node.span.start + end);
                let line = self.place(&(node.span.start..end));
                self.faults.push(
                    Fault::new(Code::FrontMatterSyntax, line, "expected `key: value` lines").help(
                        match hidden(&text[node.span.start..end]) {
                            Some(hidden) => hidden,
                            None => "front matter stands between two lines `---`, one \
                                     `key: value` a line"
                                .to_owned(),
                        },
                    ),
                );
                None
            }
        }
    }

    /// Returns the entries with known keys, each key once.
    pub fn known(
        &mut self,
        entries: Vec<(Key, Node)>,
        known: &[&str],
        unknown: UnknownKeys,
        whose: &str,
    ) -> Vec<(Key, Node)> {
        let mut kept: Vec<(Key, Node)> = Vec::new();
        for (key, node) in entries {
            if let Some((first, _)) = kept.iter().find(|(first, _)| first.name == key.name) {
                let message = format!("`{}` is given twice", key.name);
                let fault = Fault::new(Code::DuplicateKey, self.place(&key.span), message)
                    .related(self.place(&first.span), "first here");
                self.faults.push(fault);
            } else if known.contains(&key.name.as_str()) {
                kept.push((key, node));
            } else {
                self.unknown(&key, known, unknown, whose);
            }
        }
        kept
    }

    fn unknown(&mut self, key: &Key, known: &[&str], unknown: UnknownKeys, whose: &str) {
        let suggestion = nearest(&key.name, known.iter().copied());
        let message = format!("unknown key `{}` in {whose}", key.name);
        let mut fault = Fault::new(Code::UnknownKey, self.place(&key.span), &message)
            .did_you_mean(suggestion)
            .cause(message);
        let is_error = unknown == UnknownKeys::Deny || suggestion.is_some() || key.name == "<<";
        if is_error {
            fault = fault.severity(Severity::Error);
        }
        if key.name == "<<" {
            fault = fault.help("YAML merge keys are not supported: write the keys out");
        } else if let Some(hidden) = hidden(&key.name) {
            fault = fault.help(hidden);
        } else if is_error && suggestion.is_none() {
            fault = fault.help(format!("the keys are {}", known.join(", ")));
        } else if !is_error {
            fault = fault.help("declare a field of your own under `articles:` in `_schema_.yml`");
        }
        self.faults.push(fault);
    }

    /// Reads a string; numbers and dates count as they are written.
    pub fn string(&mut self, node: &Node) -> Option<Spanned<String>> {
        let value = match &node.value {
            Value::String(text) => text.clone(),
            Value::Number(_, written) => written.clone(),
            other => {
                let message = format!("expected a text, found {}", describe(other));
                self.invalid(node, message);
                return None;
            }
        };
        Some(Spanned { value, span: node.span.clone() })
    }

    /// Reads a string that is not empty.
    pub fn filled(&mut self, node: &Node) -> Option<Spanned<String>> {
        let text = self.string(node)?;
        if text.value.is_empty() {
            self.invalid(node, "expected a text, found an empty one");
            return None;
        }
        Some(text)
    }

    /// Reads a string of at most so many characters: it is repeated wherever it is referred to.
    pub fn short(&mut self, node: &Node, most: usize, what: &str) -> Option<Spanned<String>> {
        let text = self.filled(node)?;
        self.within(node, &text.value, most, what).then_some(text)
    }

    pub fn within(&mut self, node: &Node, text: &str, most: usize, what: &str) -> bool {
        let place = self.place(&node.span);
        let fault = limits::too_long(text, most, what, place);
        let fits = fault.is_none();
        self.faults.extend(fault);
        fits
    }

    /// Reads a string, or `null` as `Some(None)`.
    pub fn optional(&mut self, node: &Node) -> Option<Option<Spanned<String>>> {
        if node.value == Value::Null { Some(None) } else { self.filled(node).map(Some) }
    }

    pub fn bool(&mut self, node: &Node) -> Option<bool> {
        match &node.value {
            Value::Bool(value) => Some(*value),
            Value::String(text) if text == "true" || text == "false" => Some(text == "true"),
            other => {
                let message = format!("expected `true` or `false`, found {}", describe(other));
                self.invalid(node, message);
                None
            }
        }
    }

    pub fn number(&mut self, node: &Node) -> Option<Spanned<f64>> {
        let value = match &node.value {
            Value::Number(number, _) => Some(*number),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        let message = match value {
            // -0 sorts and prints as 0.
            Some(value) if f64::is_finite(value) => {
                return Some(Spanned { value: value + 0.0, span: node.span.clone() });
            }
            Some(value) => format!("expected a number up to {:e}, found {value}", f64::MAX),
            None => format!("expected a number, found {}", describe(&node.value)),
        };
        self.invalid(node, message);
        None
    }

    pub fn strings(&mut self, node: &Node) -> Vec<String> {
        self.spanned_strings(node).into_iter().map(|text| text.value).collect()
    }

    /// Reads a list of texts, none of them empty.
    pub fn spanned_strings(&mut self, node: &Node) -> Vec<Spanned<String>> {
        match &node.value {
            Value::List(nodes) => nodes.iter().filter_map(|node| self.filled(node)).collect(),
            other => {
                let message = format!("expected a list of texts, found {}", describe(other));
                self.invalid(node, message);
                Vec::new()
            }
        }
    }

    pub fn map(&mut self, node: &Node) {
        if !matches!(node.value, Value::Map(_)) {
            let found = describe(&node.value);
            self.invalid(node, format!("expected a map of keys and values, found {found}"));
        }
    }

    /// Reads a URL or a path, as links of the front matter may be.
    pub fn uri(&mut self, node: &Node) -> Option<Spanned<String>> {
        let text = self.filled(node)?;
        let bad = [' ', '\n', '<', '>', '"'];
        let fault = match url::parse(&text.value) {
            Ok(_) if text.value.contains(bad) => {
                Some("not a URL: it holds a space or a quote".to_owned())
            }
            Ok(_) => None,
            Err(_) if text.value.starts_with("@site/") => None,
            Err(fault) => Some(fault.message),
        };
        if let Some(fault) = fault {
            self.invalid(node, fault);
            return None;
        }
        Some(text)
    }

    pub fn date(&mut self, node: &Node) -> Option<Spanned<Date>> {
        let text = self.filled(node)?;
        // The time of day that an ISO date may carry is not kept.
        let day = match text.value.split_once(['T', ' ']) {
            Some((day, time)) if time.starts_with(|first: char| first.is_ascii_digit()) => day,
            _ => text.value.as_str(),
        };
        match day.replace('/', "-").parse() {
            Ok(value) => Some(Spanned { value, span: node.span.clone() }),
            Err(error) => {
                let message = format!("`{}`: {error}", text.value);
                let place = self.place(&node.span);
                self.faults.push(Fault::new(Code::InvalidDate, place, message));
                None
            }
        }
    }
}

/// Names a character that can't be seen, or looks like a space.
fn hidden(text: &str) -> Option<String> {
    let is_space = |character: char| character.is_whitespace() && character != ' ';
    let found = text.chars().find(|&character| is_space(character) || is_hidden(character))?;
    Some(format!("it holds {}, a character that can't be seen", yaml::code(found)))
}

/// Says what a value is.
pub fn describe(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(value) => format!("`{value}`; put it between quotes if it is a text"),
        Value::Number(_, written) => format!("the number {written}"),
        Value::String(text) if text.is_empty() => "an empty text".to_owned(),
        Value::String(_) => "a text".to_owned(),
        Value::List(_) => "a list".to_owned(),
        Value::Map(_) => "a map".to_owned(),
        Value::Tagged => "a value with a YAML tag".to_owned(),
    }
}
