//! Docusaurus admonitions: the lines `:::note[Title]` and `:::`. Markdown parsers don't know them, so each such line is
//! masked as a processing instruction (`<?…?>`, which is a block of its own, wherever it stands) of the same length, and the
//! parser's answer tells where the line really belongs. All other offsets stay true.

use std::ops::Range;

/// The keywords that Docusaurus knows.
pub const KINDS: [&str; 9] =
    ["note", "tip", "info", "warning", "danger", "caution", "important", "success", "secondary"];

/// A line that opens or closes an admonition.
#[derive(Debug, PartialEq, Eq)]
pub struct Marker {
    /// From the first colon to the end of the line.
    pub span: Range<usize>,
    pub colons: usize,
    /// `None` on a closing line.
    pub name: Option<Range<usize>>,
    pub title: Option<Range<usize>>,
}

/// Finds the marker lines of a body outside `code` (sorted spans), and masks them.
pub fn mask(body: &str, code: &[Range<usize>]) -> (String, Vec<Marker>) {
    let mut markers = Vec::new();
    if !body.contains(":::") {
        return (body.to_owned(), markers);
    }
    let mut masked = String::with_capacity(body.len());
    let mut code = code.iter().peekable();
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        let start = at;
        at += line.len();
        while code.next_if(|span| span.end <= start).is_some() {}
        let content = line.trim_end_matches(['\n', '\r']);
        let marker = marker(content, start)
            .filter(|marker| code.peek().is_none_or(|span| marker.span.start < span.start));
        match marker {
            Some(marker) => {
                masked.push_str(&line[..marker.span.start - start]);
                masked.push_str("<?");
                masked.extend(std::iter::repeat_n('.', marker.span.len() - 3));
                // `<?>` opens and closes at once.
                if marker.span.len() > 3 {
                    masked.pop();
                    masked.push('?');
                }
                masked.push('>');
                masked.push_str(&line[content.len()..]);
                markers.push(marker);
            }
            None => masked.push_str(line),
        }
    }
    (masked, markers)
}

/// Reads one line; `start` is its place in the body.
fn marker(line: &str, start: usize) -> Option<Marker> {
    let colon = line.find(":::")?;
    // Before it: indentation, quotes, the marker of a list item.
    if !line[..colon].chars().all(|character| {
        matches!(character, ' ' | '\t' | '>' | '-' | '+' | '*' | '.' | ')')
            || character.is_ascii_digit()
    }) {
        return None;
    }
    let rest = &line[colon..];
    let colons = rest.len() - rest.trim_start_matches(':').len();
    let after = &rest[colons..];
    let span = start + colon..start + line.len();
    if after.trim().is_empty() {
        return Some(Marker { span, colons, name: None, title: None });
    }
    let name_length = after
        .find(|character: char| !(character.is_alphanumeric() || matches!(character, '-' | '_')))
        .unwrap_or(after.len());
    if !after.starts_with(char::is_alphabetic) {
        return None;
    }
    let name_start = span.start + colons;
    let name = name_start..name_start + name_length;
    let behind = &after[name_length..];
    let attribute = |attributes: &str, start: usize| {
        // `{title="…"}`; other attributes are for styles.
        let value = attributes.find("title=").map(|found| found + "title=".len())?;
        let quote =
            attributes[value..].chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let length = attributes[value + 1..].find(quote)?;
        Some(start + value + 1..start + value + 1 + length)
    };
    let title = match behind.strip_prefix('[') {
        Some(label) => {
            let length = bracketed(label)?;
            let attributes = label[length + 1..].trim();
            let braced = attributes.starts_with('{') && attributes.ends_with('}');
            if !attributes.is_empty() && !braced {
                return None;
            }
            Some(name.end + 1..name.end + 1 + length)
        }
        None if behind.trim().is_empty() => None,
        None if behind.starts_with('{') => attribute(behind, name.end),
        // The older form `:::note Title`.
        None if behind.starts_with(' ') => {
            let from = name.end + (behind.len() - behind.trim_start().len());
            Some(from..from + behind.trim().len())
        }
        None => return None,
    };
    Some(Marker { span, colons, name: Some(name), title: title.filter(|title| !title.is_empty()) })
}

/// The length of a text up to the bracket that closes it.
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

    fn markers(body: &str) -> Vec<(usize, Option<&str>, Option<&str>)> {
        let (masked, markers) = mask(body, &[]);
        assert_eq!(masked.len(), body.len());
        markers
            .into_iter()
            .map(|marker| {
                (
                    marker.colons,
                    marker.name.map(|span| &body[span]),
                    marker.title.map(|span| &body[span]),
                )
            })
            .collect()
    }

    #[test]
    fn lines_of_every_form() {
        assert_eq!(
            markers(
                ":::note\n:::note{.x title=\"T\"}\n:::tip[A [b] c]{.x}\n::::info Old title\n> :::danger\n- :::warning\n  :::\n::::\r\n:::"
            ),
            [
                (3, Some("note"), None),
                (3, Some("note"), Some("T")),
                (3, Some("tip"), Some("A [b] c")),
                (4, Some("info"), Some("Old title")),
                (3, Some("danger"), None),
                (3, Some("warning"), None),
                (3, None, None),
                (4, None, None),
                (3, None, None),
            ]
        );
        assert_eq!(markers("text :::note\n::note\n:::[x]\n:::note[open\n::: tip\n"), []);
    }

    #[test]
    fn masks_keep_their_length() {
        assert_eq!(mask(":::note\nx\n:::\n", &[]).0, "<?...?>\nx\n<?>\n");
        assert_eq!(mask("::::\n", &[]).0, "<??>\n");
        assert_eq!(mask(":::é\n", &[]).0, "<?.?>\n");
        let code = 0..13;
        assert_eq!(mask("```\n:::x\n```\n", std::slice::from_ref(&code)).1, []);
    }
}
