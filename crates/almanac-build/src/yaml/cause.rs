//! Finds the cause of an error of libyaml, which is often not where libyaml stops.

use std::ops::Range;

use super::locate::scalar_end;
use super::{Error, LineIndex, code};
use crate::visible::is_hidden;

/// Turns an error into one that marks its cause.
pub fn cause(error: &serde_yaml::Error, text: &str, lines: &LineIndex) -> Error {
    let said = error.to_string();
    let offset = |(line, column): (usize, usize)| {
        lines.offset(line.saturating_sub(1), column.saturating_sub(1))
    };
    let (problem, context) = match said.split_once(", while ") {
        Some((problem, context)) => (problem, context),
        None => (said.as_str(), ""),
    };
    let problem = problem.split(" at line ").next().unwrap_or(problem);
    let at = error.location().map_or(0, |place| offset((place.line(), place.column())));
    // A place at the very beginning isn't told.
    let begun = offset(super::place_in(context).unwrap_or((1, 1)));
    let found = |at: usize, message: &str| {
        let span = character_at(text, at);
        let help = help(text, &span, problem);
        Error { message: message.to_owned(), span, help }
    };
    if problem.contains("more than one document") {
        let second = second_document(text);
        return found(second, "more than one YAML document");
    }
    if context.starts_with("scanning a quoted scalar") {
        return found(begun, "a quoted text without its closing quote");
    }
    if let Some(quote) = open_quote(text, at, lines) {
        return found(quote, "a quoted text without its closing quote on its line");
    }
    if context.starts_with("scanning a simple key") {
        return Error { span: line_at(text, begun), ..found(begun, "a line without `key: value`") };
    }
    if context.starts_with("parsing a flow") && lines.line(begun) < lines.line(at) {
        let bracket = text[begun..].chars().next().unwrap_or('[');
        return found(begun, &format!("`{bracket}` without its closing bracket"));
    }
    found(at, problem)
}

/// Returns the start of the second document of a text.
fn second_document(text: &str) -> usize {
    let mut at = 0;
    let mut content = false;
    for line in text.split_inclusive('\n') {
        let mark = line.starts_with("---") || line.starts_with("...");
        if mark && content {
            return at;
        }
        content |= !mark && !line.trim().is_empty() && !line.starts_with('#');
        at += line.len();
    }
    0
}

/// Returns the opening quote of a value that runs on over lines which look like keys: mostly the
/// closing quote was forgotten, and libyaml stops at the next quote.
fn open_quote(text: &str, before: usize, lines: &LineIndex) -> Option<usize> {
    let last = lines.line(before.min(text.len()));
    for line in 0..last {
        let start = lines.start(line);
        let source = text[start..lines.start(line + 1)].trim_end();
        let Some((key, value)) = source.split_once(':') else { continue };
        let quote = value.trim_start();
        let is_key = |key: &str| {
            let key = key.trim().trim_start_matches("- ");
            !key.is_empty() && !key.contains(char::is_whitespace) && !key.starts_with('#')
        };
        if !quote.starts_with(['"', '\'']) || !is_key(key) {
            continue;
        }
        let at = start + source.len() - quote.len();
        let end = scalar_end(text, at, false);
        let closed = end > at + 1 && text[..end].ends_with(&quote[..1]);
        if closed {
            continue;
        }
        let next = &text[lines.start(line + 1)..lines.start(line + 2)];
        let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
        let is_next_key = indent(next) <= indent(source)
            && next.split_once(':').is_some_and(|(key, _)| is_key(key));
        return is_next_key.then_some(at);
    }
    None
}

/// Returns what to do about an error, where its message doesn't say it.
fn help(text: &str, span: &Range<usize>, problem: &str) -> Option<String> {
    let line = &text[line_at(text, span.start)];
    let hidden = |character: &char| {
        let space = character.is_whitespace() && !matches!(character, ' ' | '\t' | '\r' | '\n');
        space || (is_hidden(*character) && !matches!(character, '\t' | '\r' | '\n'))
    };
    if let Some(hidden) = line.chars().find(hidden) {
        let code = code(hidden);
        return Some(format!("the line holds {code}, a character that can't be seen"));
    }
    let first = text[span.start..].chars().next()?;
    if first == '\t' && (problem.contains("token") || problem.contains("tab")) {
        return Some("YAML is indented with spaces, not with tabs".to_owned());
    }
    if problem.contains("cannot start any token") {
        return Some(format!("put a value that begins with `{first}` between double quotes"));
    }
    None
}

fn character_at(text: &str, at: usize) -> Range<usize> {
    let end = text[at..].chars().next().map_or(at, |character| at + character.len_utf8());
    at..end
}

/// Returns the line that a byte stands in, without its end.
fn line_at(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind(['\n', '\r']).map_or(0, |found| found + 1);
    let end = text[at..].find(['\n', '\r']).map_or(text.len(), |found| at + found);
    start..end
}
