//! Links and images: their destinations in the source, and references without definition.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::builder::Builder;
use super::line::Line;
use crate::document::Link;
use crate::fault::{Code, Fault, nearest};

/// The number of suggestions that are looked for in one file.
const SUGGESTIONS: usize = 100;

impl Builder<'_> {
    pub(super) fn new_link(
        &mut self,
        destination: String,
        title: Option<String>,
        span: Range<usize>,
    ) -> usize {
        let section = self.section();
        let text = String::new();
        self.document.links.push(Link { destination, text, span, title, section });
        self.document.links.len() - 1
    }

    /// Returns the destination in the definition of a link by reference.
    pub(super) fn definition_span(
        &mut self,
        link_type: LinkType,
        label: &str,
    ) -> Option<Range<usize>> {
        if !matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut) {
            return None;
        }
        let definition = self.references.get(label)?;
        self.used_definitions.insert(definition.span.start);
        let span = self.masked.map.span(definition.span.clone());
        let source = &self.body[span.clone()];
        let behind = &source[source.find("]:")? + 2..];
        let start = span.end - behind.trim_start().len();
        Some(self.destination_at(start, span.end))
    }

    /// Counts what references repeat. pulldown-cmark takes references for text once they repeat
    /// more than the body, or than 100 kB: that is said.
    pub(super) fn spend_reference(
        &mut self,
        link_type: LinkType,
        bytes: usize,
        range: &Range<usize>,
    ) {
        let is_reference =
            matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut);
        let limit = self.masked.text.len().max(100_000);
        if !is_reference || self.repeated >= limit {
            return;
        }
        self.repeated += bytes;
        if self.repeated >= limit {
            let message = "references repeat far more than the article holds";
            self.diagnose(Code::TooLarge, range.clone(), message).label =
                "from here on they are text".to_owned();
        }
    }

    /// Returns the destination of the link that stands at `range` and whose text ends at
    /// `inner_end`.
    pub(super) fn destination_span(&self, range: &Range<usize>, inner_end: usize) -> Range<usize> {
        let source = &self.body[range.clone()];
        if source.starts_with('<') && source.ends_with('>') && source.len() > 1 {
            return range.start + 1..range.end - 1;
        }
        let inner_end = inner_end.clamp(range.start, range.end);
        match self.body[inner_end..range.end].find("](") {
            Some(found) => {
                let start = inner_end + found + 2;
                let start = start
                    + (self.body[start..range.end].len()
                        - self.body[start..range.end].trim_start().len());
                self.destination_at(start, range.end)
            }
            None => range.clone(),
        }
    }

    /// Returns the destination that begins at `start`: between `<` and `>`, or up to white space or
    /// the closing parenthesis.
    pub(super) fn destination_at(&self, start: usize, end: usize) -> Range<usize> {
        let source = &self.body[start.min(end)..end];
        let mut depth = 0;
        let mut escaped = false;
        let angled = source.starts_with('<');
        for (at, character) in source.char_indices().skip(usize::from(angled)) {
            match character {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '>' if angled => return start + 1..start + at,
                _ if angled => {}
                '(' => depth += 1,
                ')' if depth == 0 => return start..start + at,
                ')' => depth -= 1,
                _ if character.is_whitespace() => return start..start + at,
                _ => {}
            }
        }
        start..end.max(start)
    }

    pub(super) fn unused_definitions(&mut self) {
        let unused: Vec<(String, Range<usize>)> = self
            .references
            .iter()
            .filter(|(_, definition)| !self.used_definitions.contains(&definition.span.start))
            .filter(|(label, definition)| !is_comment(label, &definition.dest))
            .map(|(label, definition)| {
                let label = self.masked.unmask(label, self.body).into_owned();
                (label, self.masked.map.span(definition.span.clone()))
            })
            .collect();
        for (label, span) in unused {
            let line = self.first_line(&span);
            self.diagnose(
                Code::UnusedDefinition,
                line,
                format!("no link uses the definition `[{label}]`"),
            );
        }
    }

    /// Reports definitions of references that are defined above: they mean nothing.
    pub(super) fn duplicate_references(&mut self) {
        if self.references.iter().next().is_none() {
            return;
        }
        let mut start = 0;
        while let Some(line) = Line::at(self.body, start) {
            start = line.end;
            // In front may be the marks of quotes and items.
            let text = &self.body[line.start..line.text_end];
            let mark = |character: char| {
                matches!(character, ' ' | '\t' | '>' | '-' | '*' | '+' | '.' | ')')
                    || character.is_ascii_digit()
            };
            let definition = text.trim_start_matches(mark);
            let Some(label) = definition.strip_prefix('[').filter(|label| !label.starts_with('^'))
            else {
                continue;
            };
            let Some(end) = label.find("]:").filter(|end| !label[..*end].contains(['[', ']']))
            else {
                continue;
            };
            let label = label[..end].split_whitespace().collect::<Vec<_>>().join(" ");
            let Some(first) = self.references.get(&label) else { continue };
            if is_comment(&label, &first.dest) {
                continue;
            }
            let first = self.masked.map.span(first.span.clone());
            let span = line.text_end - definition.len()..line.text_end;
            if first.contains(&span.start) || self.is_text(span.start) {
                continue;
            }
            let first = self.first_line(&first);
            let related = self.place(first);
            let message = format!("the reference `[{label}]` is defined twice");
            let fault = self.diagnose(Code::DuplicateDefinition, span, message);
            fault.related.push((related, "this one counts".to_owned()));
        }
    }

    /// Returns `true` if there is a paragraph, code or the like at this place.
    fn is_text(&self, place: usize) -> bool {
        let next = self.leaves.partition_point(|leaf| leaf.start <= place);
        next.checked_sub(1).is_some_and(|index| self.leaves[index].contains(&place))
    }

    /// Returns `true` for brackets as code has them: glued to a name, or around a text in quotes,
    /// as in `items[i][j]` and `T["key"][]`.
    fn is_index(&self, start: usize, reference: &str) -> bool {
        let before = self.body[..start].chars().next_back();
        let is_glued = before.is_some_and(|before| {
            before.is_ascii_alphanumeric() || matches!(before, '_' | '$' | ')' | ']')
        });
        is_glued || reference.starts_with(['"', '\''])
    }

    pub(super) fn broken_references(&mut self, broken: Vec<(Range<usize>, LinkType, String)>) {
        for (span, link_type, reference) in broken {
            // `[x]` alone may be meant as it stands, and so may `items[i][j]`.
            if !matches!(link_type, LinkType::Shortcut | LinkType::ShortcutUnknown)
                && !self.is_index(span.start, &reference)
            {
                self.diagnose(
                    Code::BrokenReference,
                    span,
                    format!("no `[{reference}]: …` is defined"),
                )
                .label = "define it on a line of its own, or escape the brackets".into();
            }
        }
        for (at, (span, label)) in
            std::mem::take(&mut self.broken_citations).into_iter().enumerate()
        {
            let labels = self.labels.keys().map(String::as_str);
            // Each suggestion compares with all definitions.
            let near = if at < SUGGESTIONS {
                nearest(&label, labels).map(|near| format!("[^{near}]"))
            } else {
                None
            };
            let fault = Fault::new(
                Code::BrokenReference,
                self.place(span),
                format!("no footnote `[^{label}]: …` is defined"),
            );
            self.faults.push(fault.did_you_mean(near));
        }
    }
}

/// Returns `true` for a definition that is a comment, like `[//]: # (a remark)`.
fn is_comment(label: &str, destination: &str) -> bool {
    matches!(destination, "" | "#") || label == "//"
}
