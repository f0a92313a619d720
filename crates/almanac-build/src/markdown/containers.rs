//! Assigns each line to its block, as far as admonitions need it.
//!
//! Markdown parsers don't know admonitions, and where one ends is a matter of lines before it is
//! one of Markdown: its closing line ends whatever stands open in it, be it a list, a code block or
//! raw HTML. So each admonition is handed to the parser as a quote, whose every line is marked: the
//! parser ends what is open in a quote where the quote ends. All offsets are mapped back.

mod formulas;

use std::borrow::Cow;
use std::ops::Range;

use super::admonition::{self, Marker, Opening};
use super::block_start::{
    HtmlEnd, ends_html, fence, html_start, is_delimiter_row, is_heading, is_rule, is_underline,
    may_have_tables,
};
use super::builder::DEEPEST;
use super::jsx::Finder;
use super::line::Line;
use super::masked::{Masked, Output, Part, holds};
use super::pairing::Pairing;
use crate::fault::{Fault, FileSpan};
use formulas::MalformedFormula;

/// The number of bytes that the marks of admonitions may add to a file.
const MAX_INSERTED: usize = 1 << 20;

/// Rewrites a body for the parser, and reports admonitions and formulas that don't open or close.
pub fn mask(body: &str, file: usize, base: usize, formulas: bool) -> (Masked<'_>, Vec<Fault>) {
    let mut scanner = Scanner::new(body, formulas && holds(body, "$$"));
    let is_plain = scanner.jsx.is_none()
        && !scanner.output.masked.has_formulas
        && !holds(body, ":::")
        && !may_have_tables(body);
    if is_plain {
        if !scanner.output.masked.masks.is_empty() {
            scanner.output.copy(0..body.len());
            return (scanner.output.masked, Vec::new());
        }
        return (Masked { text: Cow::Borrowed(body), ..Masked::default() }, Vec::new());
    }
    let mut next = 0;
    while let Some(line) = Line::at(body, next) {
        next = scanner.line(line);
        if scanner.output.inserted > MAX_INSERTED {
            scanner.pairing.too_deep(next..next);
            scanner.output.copy(next..body.len());
            scanner.stack.clear();
            break;
        }
    }
    scanner.cut_formula();
    scanner.close_to(0, None);
    let place = |span: Range<usize>| FileSpan::new(file, base + span.start..base + span.end);
    let mut faults = scanner.pairing.faults(&place);
    faults.extend(scanner.malformed_formulas.iter().map(|formula| formula.fault(&place)));
    let mut masked = scanner.output.masked;
    for (start, index) in scanner.quotes {
        masked.admonitions.insert(start, scanner.pairing.opened[index].admonition.clone());
    }
    (masked, faults)
}

#[derive(Clone, Copy, Debug)]
enum Container {
    Quote,
    /// A list item, whose lines are indented by so many columns.
    Item {
        width: usize,
        /// Nothing stands behind its marker, nor yet below.
        empty: bool,
    },
    Footnote,
    Admonition {
        /// Its number among those that were opened.
        index: usize,
        colons: usize,
        /// The indentation of its opening line: as much is taken off the lines in it.
        indent: usize,
    },
}

/// The block without blocks in it that the last line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leaf {
    None,
    /// Its last line begins and ends at these offsets: it may be the header of a table.
    Paragraph {
        start: usize,
        end: usize,
    },
    Table,
    Fence {
        mark: u8,
        length: usize,
        start: usize,
    },
    Html(HtmlEnd),
    /// A formula on lines of its own, whose opening line has so many dollars.
    Formula {
        start: usize,
        length: usize,
        /// `true` if something stands behind those dollars.
        is_faulty: bool,
    },
}

struct Scanner<'b> {
    body: &'b str,
    output: Output<'b>,
    /// The start of the line: the marks of its containers, rewritten.
    prefix: Vec<Part>,
    /// The marks for a line that keeps an admonition without closing line apart from what follows.
    separator: Option<String>,
    stack: Vec<Container>,
    leaf: Leaf,
    /// `true` if the line makes a table of the one above it.
    is_delimiter_row: bool,
    jsx: Option<Finder<'b>>,
    /// The text that is written in the line in place of a part of it.
    replaced: Option<(Range<usize>, &'static str)>,
    malformed_formulas: Vec<MalformedFormula>,
    /// `true` if a blank line ended the last formula.
    has_cut_formula: bool,
    pairing: Pairing<'b>,
    /// The quotes of the admonitions, by where they begin in the output.
    quotes: Vec<(usize, usize)>,
}

impl<'b> Scanner<'b> {
    fn new(body: &'b str, formulas: bool) -> Scanner<'b> {
        let mut output = Output::new(body, formulas);
        // A name that no tag of the body has.
        let prefixes = (0..9).map(|number| format!("x-jsx{number}-"));
        let prefix = prefixes.into_iter().find(|prefix| !body.contains(prefix.as_str()));
        let jsx = Finder::new(body).filter(|_| prefix.is_some());
        output.masked.tag_prefix = prefix.unwrap_or_default();
        Scanner {
            body,
            output,
            prefix: Vec::new(),
            separator: None,
            stack: Vec::new(),
            leaf: Leaf::None,
            is_delimiter_row: false,
            jsx,
            replaced: None,
            malformed_formulas: Vec::new(),
            has_cut_formula: false,
            pairing: Pairing::new(body),
            quotes: Vec::new(),
        }
    }

    /// Reads a line and writes it, and returns where the next one begins.
    fn line(&mut self, mut line: Line<'_>) -> usize {
        self.prefix.clear();
        let Some(mut depth) = self.matched(&mut line) else { return line.end };
        if depth == self.stack.len() && self.in_leaf(&line) {
            return self.write(line);
        }
        self.cut_formula();
        if line.is_blank() {
            // Only a quote ends with a blank line; the item of a list may go on below.
            self.close_to(depth, None);
            self.leaf = Leaf::None;
            return self.write(line);
        }
        for container in &mut self.stack[..depth] {
            if let Container::Item { empty, .. } = container {
                *empty = false;
            }
        }
        while line.indent(4) < 4 && self.stack.len() < DEEPEST {
            let text = line.text();
            if text.starts_with(":::") && self.marker(&mut line, depth) {
                return line.end;
            }
            let paragraph =
                depth == self.stack.len() && matches!(self.leaf, Leaf::Paragraph { .. });
            let Some((container, mark)) = opens(text, paragraph) else { break };
            // A definition right inside another one ends that one.
            if let Container::Footnote = container
                && let Some(Container::Footnote) = self.stack[..depth].last()
            {
                depth -= 1;
                self.prefix.pop_if(|part| matches!(part, Part::Spaces(4, _)));
            }
            self.end_table(depth);
            self.close_to(depth, None);
            self.leaf = Leaf::None;
            self.enter(container, mark, &mut line);
            depth += 1;
            if line.is_blank() {
                return self.write(line);
            }
        }
        let is_code = line.indent(4) >= 4 && !matches!(self.leaf, Leaf::Paragraph { .. });
        let has_tags = self.leaf_line(&line, depth) && !is_code;
        self.write_line(line, has_tags)
    }

    /// Reads the marks of the open containers, and returns how many the line belongs to; `None` if
    /// it closes an admonition.
    fn matched(&mut self, line: &mut Line<'_>) -> Option<usize> {
        for depth in 0..self.stack.len() {
            match self.stack[depth] {
                Container::Quote => {
                    if line.is_blank() || line.indent(4) > 3 || !line.text().starts_with('>') {
                        return Some(depth);
                    }
                    self.quote_mark(line);
                }
                Container::Item { empty: true, .. } if line.is_blank() => return Some(depth),
                Container::Item { width, .. } => {
                    if !self.indented(line, width) {
                        return Some(depth);
                    }
                }
                Container::Footnote => {
                    if !self.indented(line, 4) {
                        return Some(depth);
                    }
                }
                Container::Admonition { index, colons, indent } => {
                    let text = if line.indent(4) < 4 { line.text() } else { "" };
                    if text.len() >= colons && text.bytes().all(|byte| byte == b':') {
                        self.close(line, depth, index);
                        return None;
                    }
                    self.prefix.push(Part::Mark("> ", line.position));
                    line.skip_indent(indent);
                }
            }
        }
        Some(self.stack.len())
    }

    /// Reads the indentation of a container, which a blank line needn't have.
    fn indented(&mut self, line: &mut Line<'_>, columns: usize) -> bool {
        let found = line.is_blank() || line.indent(columns) == columns;
        if found {
            self.prefix.push(Part::Spaces(columns, line.position));
            line.skip_indent(columns);
        }
        found
    }

    fn quote_mark(&mut self, line: &mut Line<'_>) {
        let indent = line.skip_indent(3);
        self.prefix.push(Part::Spaces(indent, line.position));
        self.prefix.push(Part::Copy(line.position..line.position + 1));
        line.skip(1);
        // Text behind a blank line is written for containers in the quote, which takes a space.
        let is_blank = line.is_blank();
        let space = line.skip_indent(1).max(usize::from(is_blank));
        self.prefix.push(Part::Spaces(space, line.position));
    }

    /// Opens a container whose mark is so long.
    fn enter(&mut self, container: Container, mark: usize, line: &mut Line<'_>) {
        let container = match container {
            Container::Quote => {
                self.quote_mark(line);
                container
            }
            Container::Item { .. } => {
                let indent = line.skip_indent(3);
                self.prefix.push(Part::Spaces(indent, line.position));
                self.prefix.push(Part::Copy(line.position..line.position + mark));
                line.skip(mark);
                let empty = line.is_blank();
                // Five columns or more: the item begins with indented code.
                let space = match line.indent(5) {
                    _ if empty => 1,
                    5 => 1,
                    space => space,
                };
                if !empty {
                    line.skip_indent(space);
                    self.prefix.push(Part::Spaces(space, line.position));
                }
                Container::Item { width: indent + mark + space, empty }
            }
            Container::Footnote | Container::Admonition { .. } => {
                let indent = line.skip_indent(3);
                self.prefix.push(Part::Spaces(indent, line.position));
                self.prefix.push(Part::Copy(line.position..line.position + mark));
                line.skip(mark);
                let space = line.skip_indent(usize::MAX);
                self.prefix.push(Part::Spaces(space, line.position));
                Container::Footnote
            }
        };
        self.stack.push(container);
    }

    /// Returns `true` if the line is part of the code or HTML that stands open.
    fn in_leaf(&mut self, line: &Line<'_>) -> bool {
        match self.leaf {
            Leaf::Fence { mark, length, .. } => {
                let text = if line.indent(4) < 4 { line.text() } else { "" };
                if text.len() >= length && text.bytes().all(|byte| byte == mark) {
                    self.leaf = Leaf::None;
                }
                true
            }
            Leaf::Html(end) => {
                if end == HtmlEnd::BlankLine {
                    self.colons_in_html(line);
                }
                if ends_html(end, line) {
                    self.leaf = Leaf::None;
                }
                end != HtmlEnd::BlankLine || !line.is_blank()
            }
            Leaf::Formula { .. } => self.in_formula(line),
            Leaf::None | Leaf::Paragraph { .. } | Leaf::Table => false,
        }
    }

    /// Reports lines of colons that are a part of a block of HTML.
    fn colons_in_html(&mut self, line: &Line<'_>) {
        match admonition::marker(line.text(), line.text_start()) {
            Some(Marker::Closing { colons }) => {
                self.pairing.stray(line.text_start()..line.text_end, colons);
            }
            Some(Marker::Opening(_) | Marker::Text { .. }) => self.pairing.near_miss(
                line,
                "raw HTML stands before it",
                "put a blank line between the two",
            ),
            None => {}
        }
    }

    /// Finds what block a line without further containers begins or continues, and returns `true`
    /// if tags of JSX may stand in it.
    fn leaf_line(&mut self, line: &Line<'_>, depth: usize) -> bool {
        // A line goes on with a paragraph without its marks, but for those of admonitions.
        let marked = |container: &Container| matches!(container, Container::Admonition { .. });
        let paragraph =
            matches!(self.leaf, Leaf::Paragraph { .. }) && !self.stack[depth..].iter().any(marked);
        let inside = depth == self.stack.len();
        let text = line.text();
        let start = line.text_start();
        let as_paragraph = Leaf::Paragraph { start, end: line.text_end };
        let mut is_jsx = false;
        let begins = if line.indent(4) >= 4 {
            (!paragraph).then_some(Leaf::None)
        } else if let Some((mark, length)) = fence(text) {
            Some(Leaf::Fence { mark, length, start })
        } else if let Some(formula) = self.formula_start(line) {
            Some(formula)
        } else if let Some(end) = html_start(text, paragraph) {
            let ended = end != HtmlEnd::BlankLine && ends_html(end, line);
            Some(if ended { Leaf::None } else { Leaf::Html(end) })
        } else if !paragraph && self.is_lone_jsx(start) {
            is_jsx = true;
            Some(Leaf::Html(HtmlEnd::BlankLine))
        } else if is_heading(text) || is_rule(text) || (paragraph && inside && is_underline(text)) {
            Some(Leaf::None)
        } else if inside && self.leaf == Leaf::Table {
            Some(Leaf::Table)
        } else {
            (!paragraph).then_some(as_paragraph)
        };
        if let Some(leaf) = begins {
            // A tag alone on its line and indented code end a table; the parser would make rows
            // of them.
            if matches!(leaf, Leaf::None | Leaf::Html(HtmlEnd::BlankLine)) {
                self.end_table(depth);
            }
            self.close_to(depth, None);
            self.leaf = leaf;
            return is_jsx
                || !matches!(leaf, Leaf::Fence { .. } | Leaf::Html(_) | Leaf::Formula { .. });
        }
        self.leaf = match self.leaf {
            Leaf::Paragraph { start, end }
                if inside && is_delimiter_row(text, &self.body[start..end]) =>
            {
                self.is_delimiter_row = true;
                Leaf::Table
            }
            _ => as_paragraph,
        };
        true
    }

    /// Returns `true` if there is a tag of JSX at the place, and nothing behind it in its last
    /// line.
    fn is_lone_jsx(&mut self, start: usize) -> bool {
        let end = self.jsx.as_mut().and_then(|jsx| jsx.at(start));
        end.is_some_and(|end| Line::at(self.body, end).is_none_or(|rest| rest.is_blank()))
    }

    /// Ends a table before a line that is none of its rows, in case the parser reads another one.
    fn end_table(&mut self, depth: usize) {
        if self.leaf == Leaf::Table && depth == self.stack.len() {
            self.separator.get_or_insert_with(|| marks(&self.stack));
        }
    }

    /// Reads a line of colons outside code and HTML; `false` if it is text.
    fn marker(&mut self, line: &mut Line<'_>, depth: usize) -> bool {
        let start = line.text_start();
        match admonition::marker(line.text(), start) {
            None => false,
            Some(Marker::Text { why, cure, .. }) => {
                self.pairing.near_miss(line, why, cure);
                false
            }
            Some(Marker::Opening(opening)) => self.open(line, depth, opening),
            Some(Marker::Closing { colons }) => {
                self.close_to(depth, None);
                self.pairing.stray(start..line.text_end, colons);
                self.leaf = Leaf::None;
                self.separate();
                self.output.parts(&self.prefix);
                self.output.separator(start);
                self.output.copy(line.line_end());
                true
            }
        }
    }

    fn open(&mut self, line: &mut Line<'_>, depth: usize, opening: Opening) -> bool {
        if self.stack.len() + 1 >= DEEPEST {
            self.pairing.refuse(opening);
            return false;
        }
        self.close_to(depth, None);
        self.leaf = Leaf::None;
        self.separate();
        let start = opening.span.start;
        let indent = line.skip_indent(3);
        self.output.parts(&self.prefix);
        self.output.separator(start);
        self.output.insert("\n", start);
        self.output.insert(&marks(&self.stack), start);
        let colons = opening.colons;
        let index = self.pairing.open(opening);
        self.quotes.push((self.output.masked.text.len(), index));
        self.output.insert(">", start);
        self.output.copy(line.line_end());
        self.stack.push(Container::Admonition { index, colons, indent });
        true
    }

    /// Closes the admonition at `depth` with a line, and all in it.
    fn close(&mut self, line: &Line<'_>, depth: usize, index: usize) {
        let span = line.text_start()..line.text_end;
        if let Leaf::Fence { start, .. } = self.leaf {
            self.output.masked.cut_code.insert(start, span.clone());
        }
        self.cut_formula();
        self.close_to(depth + 1, Some(&span));
        self.stack.truncate(depth);
        self.separator = None;
        self.leaf = Leaf::None;
        self.pairing.opened[index].admonition.end = span.end;
        self.output.parts(&self.prefix);
        self.output.separator(span.start);
        self.output.copy(line.line_end());
    }

    /// Closes the containers from `depth` on; `line` closes one around them.
    fn close_to(&mut self, depth: usize, line: Option<&Range<usize>>) {
        if self.stack.len() <= depth {
            return;
        }
        for container in self.stack.drain(depth..) {
            if let Container::Admonition { index, .. } = container {
                self.pairing.end(index, line);
                self.separator.get_or_insert_default();
            }
        }
        if let Some(separator) = &mut self.separator {
            *separator = marks(&self.stack);
        }
    }

    /// Writes the line that ends admonitions which have no closing line.
    fn separate(&mut self) {
        if let Some(marks) = self.separator.take() {
            let place = self.output.source_end();
            self.output.insert(&marks, place);
            self.output.separator(place);
            self.output.insert("\n", place);
        }
    }

    /// Writes a line without tags of JSX.
    fn write(&mut self, line: Line<'_>) -> usize {
        self.write_line(line, false)
    }

    /// Writes a line with its marks, and returns where the next one begins.
    fn write_line(&mut self, mut line: Line<'_>, has_tags: bool) -> usize {
        self.separate();
        let marked = |part: &Part| matches!(part, Part::Mark(..));
        let is_row = std::mem::take(&mut self.is_delimiter_row);
        if !self.prefix.iter().any(marked) {
            // The parser has no tabs in a delimiter row.
            if is_row {
                self.output.copy(line.start..line.position);
                self.output.copy_without_tabs(line.position..line.end);
                return line.end;
            }
            return self.copy(line.start..line.end, has_tags);
        }
        // Tabs would end elsewhere behind further marks. Those that indent become spaces; those in
        // code stay, but for a line that they keep from closing it.
        let in_code = |leaf: Leaf| match leaf {
            Leaf::Fence { mark, .. } => !line.text().bytes().all(|byte| byte == mark),
            _ => false,
        };
        if !in_code(self.leaf) {
            let start = line.position;
            let indent = line.skip_indent(4);
            self.prefix.push(Part::Spaces(indent, start));
        }
        self.prefix.push(Part::Spaces(line.pending(), line.position));
        self.output.parts(&self.prefix);
        if is_row {
            self.output.copy_without_tabs(line.position..line.end);
            return line.end;
        }
        self.copy(line.position..line.end, has_tags)
    }

    /// Copies a line, its tags of JSX as such of HTML, and returns where the next one begins: a tag
    /// may take in many lines.
    fn copy(&mut self, line: Range<usize>, has_tags: bool) -> usize {
        let Range { mut start, mut end } = line;
        if let Some((span, text)) = self.replaced.take() {
            self.output.copy(start..span.start);
            self.output.replace(span.clone(), text);
            start = span.end;
        }
        while let Some(jsx) = self.jsx.as_mut().filter(|_| has_tags)
            && let Some(tag) = jsx.find(start..end)
        {
            self.output.copy(start..tag.start);
            self.output.tag(tag.clone());
            start = tag.end;
            if tag.end > end {
                end = Line::at(self.body, tag.end).map_or(tag.end, |rest| rest.end);
            }
        }
        self.output.copy(start..end);
        end
    }
}

/// Returns the start of a line that goes on in these containers.
fn marks(stack: &[Container]) -> String {
    let mut marks = String::new();
    for container in stack {
        match container {
            Container::Quote | Container::Admonition { .. } => marks.push_str("> "),
            Container::Item { width, .. } => marks.extend(std::iter::repeat_n(' ', *width)),
            Container::Footnote => marks.push_str("    "),
        }
    }
    marks
}

/// Returns the container that a text opens, and the length of its mark.
fn opens(text: &str, interrupts_paragraph: bool) -> Option<(Container, usize)> {
    if text.starts_with('>') {
        return Some((Container::Quote, 1));
    }
    if let Some(label) = text.strip_prefix("[^") {
        let end = label.find([']', '[', ' ', '\t']).filter(|end| *end > 0)?;
        return label[end..].starts_with("]:").then_some((Container::Footnote, end + 4));
    }
    if is_rule(text) {
        return None;
    }
    let digits = text.len() - text.trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
    let mark = match (digits, text.as_bytes().get(digits)) {
        (0, Some(b'-' | b'+' | b'*')) => 1,
        (1..=9, Some(b'.' | b')')) => digits + 1,
        _ => return None,
    };
    let rest = &text[mark..];
    if !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
        return None;
    }
    if interrupts_paragraph && (rest.trim().is_empty() || (digits > 0 && &text[..digits] != "1")) {
        return None;
    }
    Some((Container::Item { width: 0, empty: false }, mark))
}

#[cfg(test)]
mod tests;
