//! Lines of colons: `:::note[Title]` opens an admonition, `:::` closes it.

use std::ops::Range;

use crate::fault::nearest;

/// The keywords that Docusaurus knows.
pub const KINDS: [&str; 9] =
    ["note", "tip", "info", "warning", "danger", "caution", "important", "success", "secondary"];

/// A line that opens an admonition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// From the first colon to the end of the text.
    pub span: Range<usize>,
    pub colons: usize,
    pub name: Range<usize>,
    pub title: Option<Range<usize>>,
}

/// The kind of a line of at least three colons.
#[derive(Debug, PartialEq, Eq)]
pub enum Marker {
    Opening(Opening),
    Closing {
        colons: usize,
    },
    /// Looks like an opening line and is text.
    Text {
        colons: usize,
        name: Range<usize>,
        /// The reason why it opens nothing, and the way to mend it.
        why: &'static str,
        cure: &'static str,
    },
}

/// Reads the text of a line, which begins at `start`; `None` if it is nothing of the kind.
pub fn marker(text: &str, start: usize) -> Option<Marker> {
    if !text.starts_with(":::") {
        return None;
    }
    let colons = text.len() - text.trim_start_matches(':').len();
    let after = &text[colons..];
    if after.trim().is_empty() {
        return Some(Marker::Closing { colons });
    }
    let word_at = colons + (after.len() - after.trim_start().len());
    let word = &text[word_at..];
    let name_length = word
        .find(|character: char| !(character.is_alphanumeric() || matches!(character, '-' | '_')))
        .unwrap_or(word.len());
    let name = start + word_at..start + word_at + name_length;
    let is_text = |why, cure| Some(Marker::Text { colons, name: name.clone(), why, cure });
    if word_at > colons {
        return is_text("a space stands behind the colons", "remove the space");
    }
    if !after.starts_with(char::is_alphabetic) {
        return None;
    }
    let behind = &word[name_length..];
    let title = match behind.strip_prefix('[') {
        Some(label) => {
            let Some(length) = bracketed(label) else {
                return is_text("its title is not closed", "close it with `]`");
            };
            let attributes = label[length + 1..].trim();
            if !attributes.is_empty() && !is_braced(attributes) {
                return is_text(
                    "text stands behind its title",
                    "put all of it between `[` and `]`",
                );
            }
            Some(name.end + 1..name.end + 1 + length)
        }
        None if behind.trim().is_empty() => None,
        None if is_braced(behind.trim()) => title_attribute(behind, name.end),
        // The older form `:::note Title`.
        None if behind.starts_with([' ', '\t']) => {
            let from = name.end + (behind.len() - behind.trim_start().len());
            Some(from..from + behind.trim().len())
        }
        None => return is_text("its name is not followed by a space", "write `:::name[Title]`"),
    };
    let title = title.filter(|title| !title.is_empty());
    Some(Marker::Opening(Opening { span: start..start + text.len(), colons, name, title }))
}

/// Returns the keyword that a name was meant to be.
pub fn near(name: &str) -> Option<&'static str> {
    let same = |kind: &&str| kind.eq_ignore_ascii_case(name);
    KINDS.into_iter().find(same).or_else(|| nearest(name, KINDS))
}

fn is_braced(text: &str) -> bool {
    text.starts_with('{') && text.ends_with('}')
}

/// Finds the title in `{title="…"}`; other attributes are for styles.
fn title_attribute(attributes: &str, start: usize) -> Option<Range<usize>> {
    let value = attributes.find("title=").map(|found| found + "title=".len())?;
    let quote = attributes[value..].chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let length = attributes[value + 1..].find(quote)?;
    Some(start + value + 1..start + value + 1 + length)
}

/// Returns the length of a text up to the bracket that closes it.
fn bracketed(text: &str) -> Option<usize> {
    let mut depth = 0;
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => depth += 1,
            ']' if depth == 0 => return Some(at),
            ']' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> String {
        match marker(line, 0) {
            Some(Marker::Opening(Opening { colons, name, title, .. })) => {
                format!("{colons} {} {:?}", &line[name], title.map(|span| &line[span]))
            }
            Some(Marker::Closing { colons }) => format!("{colons}"),
            Some(Marker::Text { name, why, .. }) => format!("{}: {why}", &line[name]),
            None => String::new(),
        }
    }

    #[test]
    fn lines_of_every_form() {
        assert_eq!(read(":::note"), "3 note None");
        assert_eq!(read(":::note{.x title=\"T\"}"), "3 note Some(\"T\")");
        assert_eq!(read(":::tip[A [b] c]{.x}"), "3 tip Some(\"A [b] c\")");
        assert_eq!(read("::::info Old title"), "4 info Some(\"Old title\")");
        assert_eq!(read(":::info[]"), "3 info None");
        assert_eq!(read("::::"), "4");
        for text in ["text :::note", "::note", ":::[x]", ":::.", ":::!"] {
            assert_eq!(read(text), "", "{text}");
        }
        assert_eq!(read("::: tip"), "tip: a space stands behind the colons");
        assert_eq!(read("::: {.note}"), ": a space stands behind the colons");
        assert_eq!(read(":::note[open"), "note: its title is not closed");
        assert_eq!(read(":::note[a] b"), "note: text stands behind its title");
        assert_eq!(read(":::note!"), "note: its name is not followed by a space");
    }
}
