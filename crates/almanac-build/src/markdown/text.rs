//! Text: bare addresses become links, expressions in braces are left out, citations that the parser left as
//! text are found.

use std::ops::Range;

use super::builder::{Builder, FrameKind};
use super::footnote::note_key;
use crate::autolink;
use crate::diagnostic::Code;
use crate::document::Inline;

/// A piece of text that may go on in the next event.
pub(super) struct Piece {
    /// Where it begins in the text gathered so far.
    pub(super) at: usize,
    pub(super) span: Range<usize>,
    /// Is it in the source as it is in the text, its first character not escaped?
    pub(super) verbatim: bool,
}

impl Builder<'_> {
    pub(super) fn text_event(&mut self, text: &str, range: Range<usize>) {
        if matches!(self.top().kind, FrameKind::Code { .. }) {
            if let FrameKind::Code { text: code, .. } = &mut self.top().kind {
                code.push_str(&text.replace('\r', ""));
            }
            return;
        }
        let verbatim = self.body.get(range.clone()) == Some(text);
        let escaped = range.start > 0
            && self.body.as_bytes()[range.start - 1] == b'\\'
            && text.starts_with(|first: char| first.is_ascii_punctuation());
        self.pieces.push(Piece {
            at: self.text.len(),
            span: range.clone(),
            verbatim: verbatim && !escaped,
        });
        self.text.push_str(text);
        self.top().inner_end = range.end;
    }

    /// The place in the source of a span of the gathered text.
    pub(super) fn source_span(pieces: &[Piece], span: Range<usize>) -> Range<usize> {
        let at = |offset: usize| {
            let piece =
                &pieces[pieces.partition_point(|piece| piece.at <= offset).saturating_sub(1)];
            (piece.span.start + (offset - piece.at)).min(piece.span.end)
        };
        at(span.start)..at(span.end.saturating_sub(1)) + 1
    }

    /// Turns the gathered text into inlines: expressions in braces are left out, bare addresses become links.
    pub(super) fn flush_text(&mut self) {
        if self.text.is_empty() {
            self.pieces.clear();
            return;
        }
        let text = std::mem::take(&mut self.text);
        let pieces = std::mem::take(&mut self.pieces);
        let mut holes: Vec<(Range<usize>, Option<String>)> =
            self.expressions(&text, &pieces).into_iter().map(|span| (span, None)).collect();
        holes.extend(
            self.citations(&text, &pieces).into_iter().map(|(span, label)| (span, Some(label))),
        );
        holes.sort_by_key(|(span, _)| span.start);
        let mut from = 0;
        for (span, label) in holes {
            if span.start < from {
                continue; // inside an expression
            }
            self.plain_text(&text[from..span.start], from, &pieces);
            from = span.end;
            match label {
                Some(label) => self.cite(&label),
                None => {
                    self.diagnose(
                        Code::RawHtml,
                        Self::source_span(&pieces, span),
                        "an expression in braces is left out",
                    )
                    .label = "put it between backticks, or write `\\{` for a brace".into();
                }
            }
        }
        self.plain_text(&text[from..], from, &pieces);
    }

    /// The spans of `{…}` in a text, outermost only. The ids of headings are none.
    pub(super) fn expressions(&self, text: &str, pieces: &[Piece]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        if !text.contains('{') {
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

    /// The spans of citations that the parser left as text, with their labels: it does so in the titles of admonitions and
    /// before a bracket. Those of footnotes that are not defined are kept for a report.
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
            } else if self.labels.contains(&note_key(label)) {
                found.push((span, label.to_owned()));
            } else {
                self.broken_citations.push((Self::source_span(pieces, span), label.to_owned()));
            }
        }
        found
    }

    /// Text at `offset` of the gathered text, whose addresses become links outside links and images.
    pub(super) fn plain_text(&mut self, text: &str, offset: usize, pieces: &[Piece]) {
        let linked = self.inside(|kind| matches!(kind, FrameKind::Link(_) | FrameKind::Image(_)));
        let mut from = 0;
        if !linked {
            for link in autolink::find(text) {
                if link.span.start > from {
                    self.push_inline(Inline::Text(text[from..link.span.start].to_owned()));
                }
                let source =
                    Self::source_span(pieces, offset + link.span.start..offset + link.span.end);
                let number = self.new_link(link.destination, None, source);
                self.push_inline(Inline::Link(
                    number,
                    vec![Inline::Text(text[link.span.clone()].to_owned())],
                ));
                from = link.span.end;
            }
        }
        if from < text.len() {
            self.push_inline(Inline::Text(text[from..].to_owned()));
        }
    }
}
