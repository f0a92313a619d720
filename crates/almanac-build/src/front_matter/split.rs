//! Finds the front matter of a file.

use std::ops::Range;

use crate::fault::{Code, Fault, FileSpan};

/// The bytes of the YAML and the byte at which the body begins.
type Split = Option<(Range<usize>, usize)>;

/// Returns the bytes of the YAML and the byte at which the body begins; `Ok(None)` without front
/// matter.
pub fn split(text: &str, file: usize) -> Result<Split, Box<Fault>> {
    let fault = |span: Range<usize>, message: &str| {
        Fault::new(Code::FrontMatterSyntax, FileSpan::new(file, span), message)
    };
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = Lines { text, at: start };
    let Some(first) = lines.next() else { return Ok(None) };
    let opening = &text[first.clone()];
    // A carriage return alone ends a line for Markdown, not for front matter: nothing of it would
    // count.
    if let Some((before, _)) = opening.split_once('\r')
        && before.trim_end() == "---"
        && opening.trim_end() != "---"
    {
        let end = first.start + before.len();
        let message = "front matter whose lines end with bare carriage returns";
        return Err(Box::new(
            fault(first.start..end, message)
                .help("save the file with line feeds (LF), or both (CRLF), at the ends of lines"),
        ));
    }
    if opening.trim_end() != "---" || opening.starts_with([' ', '\t']) {
        return Ok(None);
    }
    let begin = lines.at;
    let mut almost = None;
    while let Some(line) = lines.next() {
        let source = text[line.clone()].trim_end();
        if source == "---" {
            return Ok(Some((begin..line.start, lines.at)));
        }
        if almost.is_none() && is_almost_closing(source) {
            almost = Some(line.start..line.start + source.len());
        }
    }
    Err(Box::new(match almost {
        Some(line) => fault(line, "front matter isn't closed by this line")
            .label("write exactly three dashes, without space before them")
            .related(FileSpan::new(file, first), "it begins here"),
        None => fault(first, "unclosed front matter").label("close it with a line `---`"),
    }))
}

/// Returns `true` for a line that was meant to close front matter: dashes of another number or
/// kind, or behind space.
fn is_almost_closing(line: &str) -> bool {
    let dashes = line.trim();
    dashes.chars().count() > 1 && dashes.chars().all(|dash| matches!(dash, '-' | '–' | '—'))
}

/// The lines of a text without their ends.
struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        if self.at >= self.text.len() {
            return None;
        }
        let start = self.at;
        let end = self.text[start..].find('\n').map_or(self.text.len(), |found| start + found);
        self.at = (end + 1).min(self.text.len());
        Some(start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_stands_between_dashes() {
        let split = |text: &str| split(text, 0).map_err(|fault| fault.place.unwrap().span);
        assert_eq!(split("---\na: b\n---\nbody"), Ok(Some((4..9, 13))));
        assert_eq!(split("\u{feff}---\r\na: b\r\n---\r\nbody"), Ok(Some((8..14, 19))));
        assert_eq!(split("---\n---\n"), Ok(Some((4..4, 8))));
        assert_eq!(split("# No front matter\n\n---\n"), Ok(None));
        assert_eq!(split(" ---\na: b\n---\n"), Ok(None));
        assert_eq!(split(""), Ok(None));
        assert_eq!(split("---\na: b\n"), Err(0..3));
        // The line that was meant to close it is at fault, if there is one.
        assert_eq!(split("---\na: b\n----\nbody\n\n----\n"), Err(9..13));
        assert_eq!(split("---\na: b\n  ---  \nbody\n"), Err(9..14));
        assert_eq!(split("---\na: b\n—\n——\n"), Err(13..19));
        assert_eq!(split("---\na: b\n----\n---\n"), Ok(Some((4..14, 18))));
        // Bare carriage returns.
        assert_eq!(split("---\ra: b\r---\rbody"), Err(0..3));
        assert_eq!(split("\u{feff}---\ra: b\n---\nbody"), Err(3..6));
        assert_eq!(split("---\na: b\rc: d\n---\nbody"), Ok(Some((4..14, 18))));
        assert_eq!(split("text\r---\r"), Ok(None));
    }
}
