//! A body as the parser gets it, as it is written line by line.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::admonition::Opening;
use super::source_map::SourceMap;

/// A line of its own that ends what stands before it in any container and shows nothing.
const SEPARATOR: &str = "<??>";

/// A body whose admonitions are quotes.
#[derive(Debug, Default)]
pub struct Masked<'b> {
    pub text: Cow<'b, str>,
    pub map: SourceMap,
    /// By where their quotes begin in `text`.
    pub admonitions: HashMap<usize, Admonition>,
    /// Where the lines begin that only keep blocks apart.
    pub separators: HashSet<usize>,
    /// Code blocks that end with the admonition around them: where they begin, and the line that
    /// ends both.
    pub cut_code: HashMap<usize, Range<usize>>,
    /// The brackets of citations in links, which the parser would take for links themselves: what
    /// stands for them.
    pub brackets: Option<[char; 2]>,
}

impl Masked<'_> {
    /// Returns a text of the parser as it is in the source.
    pub fn unmask<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.brackets {
            Some([open, close]) if text.contains([open, close]) => {
                Cow::Owned(text.replace(open, "[").replace(close, "]"))
            }
            _ => Cow::Borrowed(text),
        }
    }
}

/// Pairs of punctuation that means nothing in Markdown: what stands beside counts the same.
const PAIRS: [[char; 2]; 4] = [['⁅', '⁆'], ['⟦', '⟧'], ['⦃', '⦄'], ['⸢', '⸣']];

/// Finds the citations that stand in other brackets: where their own are, in order.
pub fn inner_citations(body: &str) -> Vec<usize> {
    let mut found = Vec::new();
    if !body.contains("[^") {
        return found;
    }
    let bytes = body.as_bytes();
    let mut depth = 0_usize;
    let mut at = 0;
    while at < bytes.len() {
        let next = bytes[at + 1..].first();
        match bytes[at] {
            b'\\' => at += 1,
            b'[' if next == Some(&b'^') => {
                let label = bytes[at + 2..].iter().position(|byte| b"[] \t\r\n".contains(byte));
                let end = label.map(|length| at + 2 + length).filter(|end| bytes[*end] == b']');
                if let Some(end) = end.filter(|end| *end > at + 2) {
                    if depth > 0 {
                        found.extend([at, end]);
                    }
                    at = end;
                }
            }
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            // A blank line ends what brackets stand in.
            b'\n' if matches!(next, Some(b'\n' | b'\r')) => depth = 0,
            _ => {}
        }
        at += 1;
    }
    found
}

/// An admonition of the source.
#[derive(Clone, Debug)]
pub struct Admonition {
    pub opening: Opening,
    /// Where its closing line ends; without one, where its opening line does.
    pub end: usize,
}

/// A part of a line that is written: so many spaces, a mark, or a part of the source.
pub enum Part {
    Spaces(usize, usize),
    Mark(&'static str, usize),
    Copy(Range<usize>),
}

/// The rewritten text, as it grows.
pub struct Output<'b> {
    pub body: &'b str,
    pub masked: Masked<'b>,
    /// How many bytes are not of the body.
    pub inserted: usize,
    /// Where brackets stand that are masked, and how many of them have been.
    brackets: Vec<usize>,
    next_bracket: usize,
}

impl<'b> Output<'b> {
    pub fn new(body: &'b str) -> Output<'b> {
        let brackets = inner_citations(body);
        let mut masked = Masked::default();
        if !brackets.is_empty() {
            masked.brackets = PAIRS.into_iter().find(|pair| !body.contains(*pair));
        }
        let brackets = if masked.brackets.is_some() { brackets } else { Vec::new() };
        Output { body, masked, inserted: 0, brackets, next_bracket: 0 }
    }

    pub fn copy(&mut self, source: Range<usize>) {
        let mut from = source.start;
        while let Some(&at) = self.brackets.get(self.next_bracket).filter(|at| **at < source.end) {
            self.next_bracket += 1;
            let Some([open, close]) = self.masked.brackets.filter(|_| at >= from) else { continue };
            self.push(from..at, None);
            let mask = if self.body[at..].starts_with('[') { open } else { close };
            self.push(at..at + 1, Some(mask.encode_utf8(&mut [0; 4])));
            from = at + 1;
        }
        self.push(from..source.end, None);
    }

    /// Copies a line whose tabs are no more than spaces.
    pub fn copy_without_tabs(&mut self, source: Range<usize>) {
        let text = self.body[source.clone()].replace('\t', " ");
        self.push(source, Some(&text));
    }

    fn push(&mut self, source: Range<usize>, text: Option<&str>) {
        let masked = self.masked.text.to_mut();
        self.masked.map.push(masked.len(), source.clone());
        masked.push_str(text.unwrap_or(&self.body[source]));
    }

    pub fn insert(&mut self, inserted: &str, at: usize) {
        let text = self.masked.text.to_mut();
        self.masked.map.push(text.len(), at..at);
        text.push_str(inserted);
        self.inserted += inserted.len();
    }

    pub fn separator(&mut self, at: usize) {
        self.masked.separators.insert(self.masked.text.len());
        self.insert(SEPARATOR, at);
    }

    pub fn parts(&mut self, parts: &[Part]) {
        for part in parts {
            match part {
                Part::Spaces(count, at) => self.insert(&" ".repeat(*count), *at),
                Part::Mark(mark, at) => self.insert(mark, *at),
                Part::Copy(source) => self.copy(source.clone()),
            }
        }
    }

    /// The end of what has been copied.
    pub fn source_end(&self) -> usize {
        self.masked.map.offset(self.masked.text.len())
    }
}
