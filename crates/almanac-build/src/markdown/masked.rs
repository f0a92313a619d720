//! A body as the parser gets it, as it is written line by line.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::{Range, RangeInclusive};

use super::admonition::Opening;
use super::formula;
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
    /// The stand-ins for characters that the parser would take for marks: the brackets of citations
    /// in links, and dollars that belong to no formula.
    pub masks: Vec<(char, char)>,
    /// `true` if `$$` begins and ends formulas.
    pub has_formulas: bool,
    /// Formulas on lines of their own, which are code blocks to the parser: by where they begin in
    /// the source.
    pub formulas: HashMap<usize, FormulaBlock>,
    /// The tags of JSX, which are named by their numbers behind this.
    pub tag_prefix: String,
    pub tags: Vec<Range<usize>>,
}

impl Masked<'_> {
    /// Returns a text of the parser as it is in the source.
    pub fn unmask<'t>(&self, text: &'t str, body: &str) -> Cow<'t, str> {
        let text = self.unmask_marks(text);
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

    /// Returns a text of the parser with the characters of the source that masks stand for.
    pub fn unmask_marks<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let original = |character| {
            self.masks.iter().find(|(mask, _)| *mask == character).map(|(_, original)| *original)
        };
        if self.masks.is_empty() || !text.contains(|character| original(character).is_some()) {
            return Cow::Borrowed(text);
        }
        text.chars().map(|character| original(character).unwrap_or(character)).collect()
    }

    /// Returns the tag of JSX that one of this name stands for.
    pub fn tag(&self, name: &str) -> Option<Range<usize>> {
        let number = name.strip_prefix(&self.tag_prefix)?.parse::<usize>().ok()?;
        self.tags.get(number).cloned()
    }
}

/// Pairs of punctuation that means nothing in Markdown: what stands beside counts the same.
const PAIRS: [[char; 2]; 4] = [['⁅', '⁆'], ['⟦', '⟧'], ['⦃', '⦄'], ['⸢', '⸣']];

/// Punctuation that means nothing in Markdown, as a dollar does: what stands beside counts the
/// same.
const PUNCTUATION: RangeInclusive<char> = '\u{2e00}'..='\u{2e2e}';

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

/// A formula on lines of its own.
#[derive(Clone, Debug)]
pub struct FormulaBlock {
    /// The end of its closing line; without one, that of its opening line.
    pub end: usize,
    /// `true` if a fault of it has been reported, so that its content doesn't count.
    pub is_faulty: bool,
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
    /// The places of characters that are masked, with their masks, and the number of those that
    /// have been.
    marks: Vec<(usize, char)>,
    next_mark: usize,
}

impl<'b> Output<'b> {
    pub fn new(body: &'b str, has_formulas: bool) -> Output<'b> {
        let mut masked = Masked { has_formulas, ..Masked::default() };
        let mut marks = Vec::new();
        let brackets = inner_citations(body);
        if !brackets.is_empty()
            && let Some([open, close]) = PAIRS.into_iter().find(|pair| !body.contains(*pair))
        {
            masked.masks.extend([(open, '['), (close, ']')]);
            let mask = |at: usize| if body[at..].starts_with('[') { open } else { close };
            marks.extend(brackets.into_iter().map(|at| (at, mask(at))));
        }
        if has_formulas {
            let dollars = formula::lone_dollars(body);
            if !dollars.is_empty()
                && let Some(mask) = PUNCTUATION.into_iter().find(|mask| !body.contains(*mask))
            {
                masked.masks.push((mask, '$'));
                marks.extend(dollars.into_iter().map(|at| (at, mask)));
                marks.sort_unstable();
            }
        }
        Output { body, masked, inserted: 0, marks, next_mark: 0 }
    }

    pub fn copy(&mut self, source: Range<usize>) {
        let mut from = source.start;
        while let Some(&(at, mask)) =
            self.marks.get(self.next_mark).filter(|(at, _)| *at < source.end)
        {
            self.next_mark += 1;
            if at < from {
                continue;
            }
            self.push(from..at);
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

    /// Writes a text in the place of the source's.
    pub fn replace(&mut self, source: Range<usize>, text: &str) {
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
