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
    /// The starts of lines that only keep blocks apart.
    pub separators: HashSet<usize>,
    /// Code blocks that end with the admonition around them: where they begin, and the line that
    /// ends both.
    pub cut_code: HashMap<usize, Range<usize>>,
    /// The brackets of citations in links, which the parser would take for links themselves: what
    /// stands for them.
    pub brackets: Option<[char; 2]>,
    /// The tags of JSX, which are named by their numbers behind this.
    pub tag_prefix: String,
    pub tags: Vec<Range<usize>>,
}

impl Masked<'_> {
    /// Returns a text of the parser as it is in the source.
    pub fn unmask<'t>(&self, text: &'t str, body: &str) -> Cow<'t, str> {
        let text = self.unmask_brackets(text);
        let mark = format!("<{}", self.tag_prefix);
        if self.tags.is_empty() || !text.contains(&mark) {
            return text;
        }
        let mut parts = text.split(&mark);
        let mut unmasked = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (number, rest) = part.split_once('>').unwrap_or((part, ""));
            match self.tag(&format!("{}{number}", self.tag_prefix)) {
                Some(span) => unmasked.push_str(&body[span]),
                None => unmasked.push_str(number),
            }
            unmasked.push_str(rest);
        }
        Cow::Owned(unmasked)
    }

    /// Returns a text of the parser with the brackets of the source.
    pub fn unmask_brackets<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.brackets {
            Some([open, close]) if text.contains([open, close]) => {
                Cow::Owned(text.replace(open, "[").replace(close, "]"))
            }
            _ => Cow::Borrowed(text),
        }
    }

    /// Returns the tag of JSX that one of this name stands for.
    pub fn tag(&self, name: &str) -> Option<Range<usize>> {
        let number = name.strip_prefix(&self.tag_prefix)?.parse::<usize>().ok()?;
        self.tags.get(number).cloned()
    }
}

/// Pairs of punctuation that means nothing in Markdown: what stands beside counts the same.
const PAIRS: [[char; 2]; 4] = [['⁅', '⁆'], ['⟦', '⟧'], ['⦃', '⦄'], ['⸢', '⸣']];

/// Returns `true` if a text holds a mark. A search for one byte is quick even in a build script,
/// which runs without optimisation; one for a string is not.
pub fn holds(text: &str, mark: &str) -> bool {
    let Some(first) = mark.chars().next() else { return true };
    text.match_indices(first).any(|(at, _)| text.as_bytes()[at..].starts_with(mark.as_bytes()))
}

/// Finds the citations that stand in other brackets: where their own are, in order.
pub fn inner_citations(body: &str) -> Vec<usize> {
    let mut found = Vec::new();
    if !body.contains('^') {
        return found;
    }
    let next = |mark: char, from: usize| body[from..].find(mark).map(|at| from + at);
    let is_escaped = |at: usize| {
        let before = &body[..at];
        (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
    };
    // The brackets that are open, and where the last one was met.
    let mut depth = 0_usize;
    let mut last = 0;
    let (mut open, mut close) = (next('[', 0), next(']', 0));
    while let Some(at) = open {
        match close {
            Some(end) if end < at => {
                if !is_escaped(end) {
                    depth = depth.saturating_sub(1);
                }
                close = next(']', end + 1);
                continue;
            }
            Some(_) => {}
            None => break,
        }
        open = next('[', at + 1);
        if is_escaped(at) {
            continue;
        }
        // A blank line ends what brackets stand in.
        if depth > 0 && has_blank_line(&body[last..at]) {
            depth = 0;
        }
        last = at;
        match citation_end(body, at) {
            Some(end) => {
                if depth > 0 {
                    found.extend([at, end]);
                }
                close = next(']', end + 1);
            }
            None => depth += 1,
        }
    }
    found
}

/// Returns the place of the bracket that ends the citation `[^label]` at a place.
fn citation_end(body: &str, start: usize) -> Option<usize> {
    let label = body[start + 1..].strip_prefix('^')?;
    let length = label.find(['[', ']', ' ', '\t', '\r', '\n'])?;
    (length > 0 && label[length..].starts_with(']')).then_some(start + 2 + length)
}

fn has_blank_line(text: &str) -> bool {
    ["\n\n", "\n\r", "\r\r"].iter().any(|blank| text.contains(blank))
}

/// An admonition of the source.
#[derive(Clone, Debug)]
pub struct Admonition {
    pub opening: Opening,
    /// The end of its closing line; without one, that of its opening line.
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
    /// The number of bytes that are not of the body.
    pub inserted: usize,
    /// The places of brackets that are masked, and the number of those that have been.
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
            self.push(from..at);
            let mask = if self.body[at..].starts_with('[') { open } else { close };
            self.replace(at..at + 1, mask.encode_utf8(&mut [0; 4]));
            from = at + 1;
        }
        self.push(from..source.end);
    }

    /// Writes a tag of HTML in the place of one of JSX.
    pub fn tag(&mut self, source: Range<usize>) {
        let tag = format!("<{}{}>", self.masked.tag_prefix, self.masked.tags.len());
        self.masked.tags.push(source.clone());
        self.replace(source, &tag);
    }

    /// Copies a line whose tabs are no more than spaces.
    pub fn copy_without_tabs(&mut self, source: Range<usize>) {
        let masked = self.masked.text.to_mut();
        self.masked.map.push(masked.len(), source.clone());
        masked.push_str(&self.body[source].replace('\t', " "));
    }

    fn push(&mut self, source: Range<usize>) {
        let masked = self.masked.text.to_mut();
        self.masked.map.push(masked.len(), source.clone());
        masked.push_str(&self.body[source]);
    }

    fn replace(&mut self, source: Range<usize>, text: &str) {
        let masked = self.masked.text.to_mut();
        self.masked.map.replace(masked.len(), source);
        masked.push_str(text);
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

    /// Returns the end of what has been copied.
    pub fn source_end(&self) -> usize {
        self.masked.map.offset(self.masked.text.len())
    }
}
