//! Tags of JSX that are none of HTML: `<a href={link}>`, `<Tabs values={[…]}>` over many lines, and
//! comments `{/* … */}` over many lines. The parser gets a tag of HTML in the place of each.

use std::ops::Range;

use super::block_start::is_tag;
use super::masked::holds;
use super::tokens;

/// The greatest length of a tag or a comment, in bytes.
const MAX_LENGTH: usize = 8 << 10;

/// The number of `<` that may begin no tag; after it no more are looked at, so that reading stays
/// linear.
const MAX_FAILURES: usize = 200;

/// Finds tags of JSX in the lines of a body.
pub struct Finder<'b> {
    body: &'b str,
    failures: usize,
}

impl<'b> Finder<'b> {
    /// Returns `None` if there is nothing to find in a body.
    pub fn new(body: &'b str) -> Option<Finder<'b>> {
        let may_be =
            body.contains('{') && (holds(body, "={") || holds(body, "{...") || holds(body, "{/*"));
        may_be.then_some(Finder { body, failures: 0 })
    }

    /// Finds the next one that begins in a line; it may end in a later one.
    pub fn find(&mut self, line: Range<usize>) -> Option<Range<usize>> {
        let bytes = &self.body.as_bytes()[..line.end];
        let mut at = line.start;
        while at < line.end {
            match bytes[at] {
                b'\\' => at += 1,
                // Code that ends in the line is skipped.
                b'`' => {
                    let run = bytes[at..].iter().take_while(|byte| **byte == b'`').count();
                    at = code_end(&bytes[at + run..], run).map_or(at + run, |end| at + run + end);
                    continue;
                }
                b'<' | b'{' => {
                    if let Some(end) = self.at(at) {
                        return Some(at..end);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        None
    }

    /// Returns the end of the tag or comment that begins at the place.
    pub fn at(&mut self, start: usize) -> Option<usize> {
        if self.failures >= MAX_FAILURES {
            return None;
        }
        let rest = &self.body[start..];
        let mut length = rest.len().min(MAX_LENGTH);
        while !rest.is_char_boundary(length) {
            length -= 1;
        }
        let rest = &rest[..length];
        if let Some(comment) = rest.strip_prefix("{/*") {
            // One in a line is an expression like others.
            let end = comment.find("*/}").map(|end| end + 6);
            self.failures += usize::from(end.is_none());
            return end.filter(|end| rest[..*end].contains('\n')).map(|end| start + end);
        }
        let name = rest.strip_prefix('<')?;
        if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
            return None;
        }
        match tokens::open_tag(rest) {
            Some(tag) => {
                let is_jsx = tag.attributes.iter().any(|attribute| attribute.is_expression);
                let is_jsx = is_jsx && !is_tag(&rest[tag.span.clone()]);
                is_jsx.then_some(start + tag.span.end)
            }
            None => {
                self.failures += 1;
                None
            }
        }
    }
}

/// Returns the end of code that so many backticks opened.
fn code_end(bytes: &[u8], run: usize) -> Option<usize> {
    let mut at = 0;
    while at < bytes.len() {
        let length = bytes[at..].iter().take_while(|byte| **byte == b'`').count();
        if length == run {
            return Some(at + length);
        }
        at += length.max(1);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_that_are_none_of_html() {
        let found = |body: &str| {
            let found = Finder::new(body)?.find(0..body.find('\n').unwrap_or(body.len()))?;
            Some(body[found].to_owned())
        };
        assert_eq!(found("a <B c={() => {1}} /> d").as_deref(), Some("<B c={() => {1}} />"));
        assert_eq!(found("<B\n  c={[\n 1]}\n>").as_deref(), Some("<B\n  c={[\n 1]}\n>"));
        assert_eq!(found("<b style={{a: 'b'}}>").as_deref(), Some("<b style={{a: 'b'}}>"));
        assert_eq!(found("{/* a\n\n b */} c").as_deref(), Some("{/* a\n\n b */}"));
        for body in
            ["`<B c={d e}>`", "\\<B c={d e}>", "<B c={d}>", "{/* a */}", "<B c={d", "a < b ={"]
        {
            assert_eq!(found(body), None, "{body}");
        }
    }
}
