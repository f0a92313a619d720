//! Turns the lines and columns of scalars into bytes, and finds the bytes of lists and maps.

use std::collections::HashMap;

use super::{LineIndex, Node, Value};

/// Gives every value of a document its bytes. Scalars have their line and column, from 1.
pub fn locate(node: &mut Node, text: &str, lines: &LineIndex) {
    let start = text.len() - text.trim_start().len();
    let end = text.trim_end().len().max(start);
    let mut locator = Locator { text, lines, anchors: HashMap::new() };
    locator.node(node, start, false);
    node.span = start..end;
}

struct Locator<'t> {
    text: &'t str,
    lines: &'t LineIndex<'t>,
    /// Numbers that have a name (`&name 1.0`), as they are written.
    anchors: HashMap<&'t str, &'t str>,
}

impl<'t> Locator<'t> {
    /// Finds the bytes of a value. `hint` is where it begins at the earliest; `flow` says that it
    /// stands between brackets. Returns where it ends.
    fn node(&mut self, node: &mut Node, hint: usize, flow: bool) -> usize {
        let text = self.text;
        let start = skip_space(text, hint.min(text.len()));
        let bracket = text[start..].starts_with(['[', '{']);
        let flow = flow || bracket;
        let mut end = start + usize::from(bracket);
        match &mut node.value {
            Value::List(nodes) => {
                for child in nodes {
                    let from = skip_mark(text, end, if flow { ',' } else { '-' });
                    end = self.node(child, from, flow).max(end);
                }
            }
            Value::Map(entries) => {
                for (key, child) in entries {
                    let at = self.offset(key.span.start, key.span.end);
                    key.span = at..scalar_end(text, at, flow);
                    if key.literal {
                        key.name = text[key.span.clone()].to_owned();
                    }
                    let colon = text[key.span.end..].find(':');
                    let value = colon.map_or(key.span.end, |found| key.span.end + found + 1);
                    end = self.node(child, value, flow).max(end);
                    if child.span.is_empty() {
                        child.span = key.span.clone();
                    }
                }
            }
            Value::Tagged => end = scalar_end(text, start, flow),
            Value::Null | Value::Bool(_) | Value::Number(..) | Value::String(_) => {
                let at = self.offset(node.span.start, node.span.end);
                let (at, name) = match node.value {
                    Value::Null => (at, None),
                    _ => skip_properties(text, at),
                };
                node.span = at..scalar_end(text, at, flow);
                if let Value::Number(_, written) = &mut node.value {
                    // As written: `007`, `1.10` and `0o17` are titles too.
                    let source = &text[node.span.clone()];
                    self.anchors.extend(name.map(|name| (name, source)));
                    let source = match source.strip_prefix('*') {
                        Some(name) => self.anchors.get(name).copied(),
                        None => Some(source),
                    };
                    if let Some(source) = source.filter(|source| !source.is_empty()) {
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

    fn offset(&self, line: usize, column: usize) -> usize {
        self.lines.offset(line.saturating_sub(1), column.saturating_sub(1))
    }
}

/// Skips a tag and an anchor before a value. Returns where the value begins, and the anchor.
fn skip_properties(text: &str, from: usize) -> (usize, Option<&str>) {
    let (mut at, mut name) = (from, None);
    while text[at..].starts_with(['&', '!']) {
        let rest = &text[at..];
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        name = rest[..end].strip_prefix('&').or(name);
        at = skip_space(text, at + end);
    }
    (at, name)
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

/// Returns where the scalar that begins at `start` ends, on its first line.
pub fn scalar_end(text: &str, start: usize, flow: bool) -> usize {
    let rest = &text[start..];
    let is_end = |character: char| matches!(character, '\n' | '\r');
    // One pass that stops early: a long line may hold thousands of scalars.
    let mut characters = rest.char_indices().peekable();
    let quote = characters.next_if(|&(_, first)| matches!(first, '"' | '\''));
    let quote = quote.map(|(_, quote)| quote);
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
            ':' => next.is_none_or(|next| {
                next.is_whitespace() || (flow && matches!(next, ',' | '[' | ']' | '{' | '}'))
            }),
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
