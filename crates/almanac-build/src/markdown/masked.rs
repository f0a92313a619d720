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
}

impl Output<'_> {
    pub fn copy(&mut self, source: Range<usize>) {
        let text = self.masked.text.to_mut();
        self.masked.map.push(text.len(), source.clone());
        text.push_str(&self.body[source]);
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
