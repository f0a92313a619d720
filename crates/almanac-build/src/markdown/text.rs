//! Text: bare addresses become links, expressions in braces are left out, citations that the parser
//! left as text are found.

use std::ops::Range;

use super::builder::{Builder, FrameKind};
use super::footnote::note_key;
use crate::autolink;
use crate::document::Inline;
use crate::fault::Code;
use crate::url;

/// A piece of text that may go on in the next event.
pub(super) struct Piece {
    /// The place of its start in the text gathered so far.
    pub(super) at: usize,
    pub(super) span: Range<usize>,
    /// `true` if it is in the source as it is in the text.
    pub(super) is_copy: bool,
    /// `true` if it is a copy whose first character is not escaped.
    pub(super) verbatim: bool,
}

impl Builder<'_> {
    pub(super) fn text_event(&mut self, text: &str, range: Range<usize>) {
        let text = self.masked.unmask(text, self.body);
        if let FrameKind::Code { text: code, .. } = &mut self.top().kind {
            return code.push_str(&text.replace('\r', ""));
        }
        if matches!(self.top().kind, FrameKind::Formula { .. }) {
            // Of a rewritten line the beginning is near enough.
            let is_copy = self.body.get(range.clone()) == Some(&*text);
            let source = if is_copy { range } else { range.start..range.start };
            if let FrameKind::Formula { tex, map, .. } = &mut self.top().kind {
                map.push(tex.len(), source);
                tex.push_str(&text.replace('\r', " "));
            }
            return;
        }
        let is_copy = self.body.get(range.clone()) == Some(&*text);
        let escaped = range.start > 0
            && self.body.as_bytes()[range.start - 1] == b'\\'
            && text.starts_with(|first: char| first.is_ascii_punctuation());
        let verbatim = is_copy && !escaped;
        self.pieces.push(Piece { at: self.text.len(), span: range.clone(), is_copy, verbatim });
        self.text.push_str(&text);
        self.top().inner_end = range.end;
    }

    /// Returns the place in the source of a span of the gathered text.
    pub(super) fn source_span(pieces: &[Piece], span: Range<usize>) -> Range<usize> {
        let piece_at = |offset: usize| {
            &pieces[pieces.partition_point(|piece| piece.at <= offset).saturating_sub(1)]
        };
        let first = piece_at(span.start);
        let start = if first.is_copy { span.start - first.at } else { 0 };
        let last = piece_at(span.end.saturating_sub(1));
        // A resolved reference is marked as a whole.
        let end = if last.is_copy { span.end - last.at } else { last.span.len() };
        (first.span.start + start).min(first.span.end)..(last.span.start + end).min(last.span.end)
    }

    /// Turns the gathered text into inlines: expressions in braces are left out, citations are
    /// found, bare addresses become links.
    pub(super) fn flush_text(&mut self) {
        let text = std::mem::take(&mut self.text);
        let pieces = std::mem::take(&mut self.pieces);
        if text.is_empty() {
            return;
        }
        if self.heading_text.is_some() {
            self.add_text_to_heading(&text);
        }
        if self.is_left_out() {
            return;
        }
        self.end_word_before(&text);
        let mut holes: Vec<(Range<usize>, Option<String>)> =
            self.expressions(&text, &pieces).into_iter().map(|span| (span, None)).collect();
        let citations = self.citations(&text, &pieces);
        holes.extend(citations.into_iter().map(|(span, label)| (span, Some(label))));
        holes.sort_by_key(|(span, _)| span.start);
        self.wiki_links(&text, &pieces);
        self.unclosed_formulas(&text, &pieces);
        let mut from = 0;
        for (span, label) in holes {
            if span.start < from {
                continue; // inside an expression
            }
            self.plain_text(&text[from..span.start], from, &pieces);
            from = span.end;
            match label {
                Some(label) => self.cite(&label),
                None => self.expression(Self::source_span(&pieces, span)),
            }
        }
        self.plain_text(&text[from..], from, &pieces);
    }

    /// Turns the gathered text of a block of HTML into inlines. It is no Markdown.
    pub(super) fn flush_html_text(&mut self) {
        let text = std::mem::take(&mut self.text);
        let pieces = std::mem::take(&mut self.pieces);
        if text.is_empty() {
            return;
        }
        self.end_word_before(&text);
        let mut from = 0;
        for span in self.expressions(&text, &pieces) {
            self.push_text(&text[from..span.start]);
            from = span.end;
            self.expression(Self::source_span(&pieces, span));
        }
        self.push_text(&text[from..]);
    }

    fn push_text(&mut self, text: &str) {
        if !text.is_empty() {
            self.push_inline(Inline::Text(text.to_owned()));
        }
    }

    fn end_word_before(&mut self, text: &str) {
        if text.starts_with(char::is_alphanumeric) {
            self.end_word();
        }
        self.word_ends = false;
    }

    /// Adds text to a heading, without the citations of footnotes that are defined.
    fn add_text_to_heading(&mut self, text: &str) {
        let mut rest = text;
        while let Some(start) = rest.find("[^") {
            let end = rest[start + 2..].find(']').map(|end| start + 2 + end);
            let Some(end) =
                end.filter(|end| self.labels.contains_key(&note_key(&rest[start + 2..*end])))
            else {
                break;
            };
            let before = rest[..start].to_owned();
            self.add_to_heading(&before);
            rest = &rest[end + 1..];
        }
        self.add_to_heading(rest);
    }

    pub(super) fn expression(&mut self, source: Range<usize>) {
        let source = self.first_line(&source);
        self.diagnose(Code::RawHtml, source, "an expression in braces is left out").label =
            "put it between backticks, or write `\\{` for a brace".into();
    }

    /// Reports `[[Page]]` as wikis have it, which is text here.
    fn wiki_links(&mut self, text: &str, pieces: &[Piece]) {
        let mut from = 0;
        while let Some(start) = text[from..].find("[[").map(|found| from + found) {
            from = start + 2;
            let Some(length) = text[from..].find(['[', ']', '\n']) else { return };
            let page = &text[from..from + length];
            if !text[from + length..].starts_with("]]") || !is_page_name(page) {
                continue;
            }
            from += length + 2;
            let piece =
                &pieces[pieces.partition_point(|piece| piece.at <= start).saturating_sub(1)];
            if !piece.verbatim || self.is_linked() {
                continue;
            }
            let source = Self::source_span(pieces, start..from);
            let name = page.rsplit('|').next().unwrap_or(page);
            let label = if text[..start].ends_with('!') {
                format!("write `![…](./{page})`")
            } else {
                format!("write `[{name}](./….md)`")
            };
            let message = format!("`[[{page}]]` is text: Markdown has no wiki links");
            self.diagnose(Code::WikiLink, source, message).label = label;
        }
    }

    /// Returns the spans of `{…}` in a text, outermost only. The ids of headings are none.
    pub(super) fn expressions(&self, text: &str, pieces: &[Piece]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        // In code they are what they look like.
        let is_code = ["code", "kbd", "samp", "pre"].iter().any(|tag| self.is_in_element(tag));
        if !text.contains('{') || is_code {
            return found;
        }
        let in_heading = self.inside(|kind| matches!(kind, FrameKind::Heading(_)));
        let mut open: Vec<usize> = Vec::new();
        for (at, character) in
            text.char_indices().filter(|(_, character)| matches!(character, '{' | '}'))
        {
            let piece = &pieces[pieces.partition_point(|piece| piece.at <= at).saturating_sub(1)];
            if !piece.verbatim && (piece.at == at || piece.span.len() < 2) {
                continue;
            }
            if character == '{' {
                open.push(at);
            } else if let Some(start) = open.pop() {
                while found.last().is_some_and(|inner: &Range<usize>| inner.start > start) {
                    found.pop();
                }
                let is_id = in_heading
                    && (text[start..].starts_with("{#") || text[start..].starts_with("{/*"));
                if !is_id {
                    found.push(start..at + 1);
                }
            }
        }
        found
    }

    /// Returns the spans of citations that the parser left as text, with their labels: it does so
    /// in the titles of admonitions and before a bracket. Those of footnotes that are not defined
    /// are kept for a report.
    pub(super) fn citations(
        &mut self,
        text: &str,
        pieces: &[Piece],
    ) -> Vec<(Range<usize>, String)> {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(start) = text[from..].find("[^").map(|found| from + found) {
            from = start + 2;
            let label = &text[from..];
            let Some(end) = label
                .find([']', '[', ' '])
                .filter(|end| *end > 0 && label[*end..].starts_with(']'))
            else {
                continue;
            };
            let label = &label[..end];
            let piece =
                &pieces[pieces.partition_point(|piece| piece.at <= start).saturating_sub(1)];
            let span = start..from + end + 1;
            if !piece.verbatim {
                continue;
            } else if self.labels.contains_key(&note_key(label)) {
                found.push((span, label.to_owned()));
            } else {
                self.broken_citations.push((Self::source_span(pieces, span), label.to_owned()));
            }
        }
        found
    }

    /// Adds text at `offset` of the gathered text, whose addresses become links outside links and
    /// images.
    pub(super) fn plain_text(&mut self, text: &str, offset: usize, pieces: &[Piece]) {
        let linked = self.is_linked() || self.inside(|kind| matches!(kind, FrameKind::Image(_)));
        let mut from = 0;
        if !linked {
            for link in autolink::find(text) {
                // An address that doesn't parse was not meant as one, and `<www.a.example>` is
                // text.
                if link.destination.contains('>') || url::parse(&link.destination).is_err() {
                    continue;
                }
                if link.span.start > from {
                    self.push_inline(Inline::Text(text[from..link.span.start].to_owned()));
                }
                let span = offset + link.span.start..offset + link.span.end;
                let shown = &text[link.span.clone()];
                let number = self.new_link(link.destination, None, Self::source_span(pieces, span));
                self.document.links[number].text = shown.to_owned();
                self.push_inline(Inline::Link(number, vec![Inline::Text(shown.to_owned())]));
                from = link.span.end;
            }
        }
        if from < text.len() {
            self.push_inline(Inline::Text(text[from..].to_owned()));
        }
    }
}

/// Returns `true` if it may be the name of a page. `[[1, 2]]` is none.
fn is_page_name(text: &str) -> bool {
    let is_date = text.len() == 10 && text.matches('-').count() == 2;
    text.trim() == text && (text.contains(char::is_alphabetic) || is_date)
}
