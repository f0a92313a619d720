//! A document in a width: rows of styled runs, each of which knows its place in the document, so
//! that a reader stays where they are when the width changes.

use std::ops::Range;

use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use crate::document::{Block, Body, Cell, Document, Piece};
use crate::text::{clean, columns, wrap};
use crate::theme;

/// A block, and how far into it: in bytes of its text, or in rows of code and tables.
pub type Position = (usize, usize);

pub struct Row {
    pub at: Position,
    pub pieces: Vec<Piece>,
}

#[derive(Default)]
pub struct Page {
    pub rows: Vec<Row>,
    /// The rows of each link; empty for one without text.
    pub links: Vec<Range<usize>>,
}

impl Page {
    pub fn new(document: &Document, width: usize) -> Page {
        let mut page = Page { rows: Vec::new(), links: vec![0..0; document.links.len()] };
        for (number, block) in document.blocks.iter().enumerate() {
            page.add(number, block, width.max(1));
        }
        for (number, row) in page.rows.iter().enumerate() {
            for link in row.pieces.iter().filter_map(|piece| piece.link) {
                let rows = &mut page.links[link];
                *rows = if rows.end == 0 { number..number + 1 } else { rows.start..number + 1 };
            }
        }
        page
    }

    /// The row that shows a place.
    pub fn row(&self, at: Position) -> usize {
        self.rows.partition_point(|row| row.at <= at).saturating_sub(1)
    }

    fn add(&mut self, number: usize, block: &Block, width: usize) {
        if let Some(above) = &block.above {
            let before = number.saturating_sub(1);
            self.rows.push(Row {
                at: (before, usize::MAX),
                pieces: vec![quiet(ending(above, width / 2))],
            });
        }
        let (first, rest) = (ending(&block.first, width / 2), ending(&block.rest, width / 2));
        let inside = width - columns(first).max(columns(rest));
        let rows = match &block.body {
            Body::Text(pieces) => fold(pieces, inside),
            Body::Code(code) => code_rows(code, inside).into_iter().enumerate().collect(),
            Body::Table(rows) => table_rows(rows, inside).into_iter().enumerate().collect(),
            Body::Rule => vec![(0, vec![quiet("─".repeat(inside))])],
        };
        for (count, (at, mut pieces)) in rows.into_iter().enumerate() {
            pieces.insert(0, quiet(if count == 0 { first } else { rest }));
            self.rows.push(Row { at: (number, at), pieces });
        }
    }
}

fn quiet(text: impl Into<String>) -> Piece {
    Piece { text: text.into(), style: theme::QUIET, link: None }
}

/// The end of a text that fits: of bullets in bullets the innermost.
pub fn ending(text: &str, width: usize) -> &str {
    let starts = text.grapheme_indices(true).map(|(start, _)| start).chain([text.len()]);
    starts.map(|start| &text[start..]).find(|ending| columns(ending) <= width).unwrap_or_default()
}

/// Pieces in lines, each with its place in their text. There is always a line.
fn fold(pieces: &[Piece], width: usize) -> Vec<(usize, Vec<Piece>)> {
    let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    let mut lines = Vec::new();
    // The piece that the line begins in, and where that piece begins.
    let (mut piece, mut start) = (0, 0);
    for line in wrap(&text, width) {
        let mut parts = Vec::new();
        let mut at = line.start;
        while piece < pieces.len() && at < line.end {
            let end = start + pieces[piece].text.len();
            if at < end {
                let part = text[at..end.min(line.end)].to_owned();
                at += part.len();
                parts.push(Piece { text: part, ..pieces[piece].clone() });
            }
            if at >= end {
                (piece, start) = (piece + 1, end);
            }
        }
        lines.push((line.start, parts));
    }
    if lines.is_empty() {
        lines.push((0, Vec::new()));
    }
    lines
}

/// Code keeps its lines and spaces; a line that is too long goes on in the next row.
fn code_rows(code: &str, width: usize) -> Vec<Vec<Piece>> {
    let indent = if width > 20 { "  " } else { "" };
    let mut rows = Vec::new();
    for line in code.trim_end_matches('\n').split('\n') {
        let (mut row, mut used) = (indent.to_owned(), indent.len());
        for grapheme in clean(&line.replace('\t', "    ")).graphemes(true) {
            if used + columns(grapheme) > width && row.len() > indent.len() {
                rows.push(row);
                (row, used) = (indent.to_owned(), indent.len());
            }
            row.push_str(grapheme);
            used += columns(grapheme);
        }
        rows.push(row);
    }
    rows.into_iter().map(|text| vec![Piece { text, style: Style::new(), link: None }]).collect()
}

/// The separator of the columns of a table.
const BETWEEN: &str = " │ ";
/// The narrowest that columns get on average; a table with less room becomes a list.
const NARROWEST: usize = 6;

fn table_rows(table: &[Vec<Cell>], width: usize) -> Vec<Vec<Piece>> {
    let count = table.iter().map(Vec::len).max().unwrap_or(0);
    let room = width.saturating_sub(columns(BETWEEN) * count.saturating_sub(1));
    if room < count * NARROWEST {
        return listed(table, width);
    }
    let mut widths = vec![1; count];
    for (column, cell) in table.iter().flat_map(|row| row.iter().enumerate()) {
        widths[column] = wide(&cell.pieces).min(room).max(widths[column]);
    }
    // The widest column gives way until all fit.
    while widths.iter().sum::<usize>() > room {
        *widths.iter_mut().max().expect("a table without columns has room") -= 1;
    }
    let folded: Vec<Vec<Vec<_>>> = table
        .iter()
        .map(|row| {
            row.iter().zip(&widths).map(|(cell, width)| fold(&cell.pieces, *width)).collect()
        })
        .collect();
    let height = |row: &Vec<Vec<_>>| row.iter().map(Vec::len).max().unwrap_or(1);
    let tall = folded.iter().any(|row| height(row) > 1);
    let rule = widths.iter().map(|width| "─".repeat(*width)).collect::<Vec<_>>().join("─┼─");
    let mut rows = Vec::new();
    for (number, row) in folded.iter().enumerate() {
        if number == 1 || (tall && number > 1) {
            rows.push(vec![quiet(rule.as_str())]);
        }
        for line in 0..height(row) {
            let mut pieces = Vec::new();
            for (column, width) in widths.iter().enumerate() {
                let cell = row
                    .get(column)
                    .and_then(|lines| lines.get(line))
                    .map_or(&[][..], |(_, pieces)| pieces);
                let space = quiet(" ".repeat(width.saturating_sub(wide(cell))));
                pieces.extend((column > 0).then(|| quiet(BETWEEN)));
                let right = table[number].get(column).is_some_and(|cell| cell.right);
                let (before, after) = if right { (Some(space), None) } else { (None, Some(space)) };
                pieces.extend(
                    before
                        .into_iter()
                        .chain(cell.iter().map(|piece| in_head(piece, number)))
                        .chain(after),
                );
            }
            rows.push(pieces);
        }
    }
    rows
}

fn wide(pieces: &[Piece]) -> usize {
    pieces.iter().map(|piece| columns(&piece.text)).sum()
}

fn in_head(piece: &Piece, row: usize) -> Piece {
    Piece {
        style: if row == 0 { piece.style.patch(theme::STRONG) } else { piece.style },
        ..piece.clone()
    }
}

/// A table as a list: each cell on a line of its own, behind what heads its column.
fn listed(table: &[Vec<Cell>], width: usize) -> Vec<Vec<Piece>> {
    let Some((head, body)) = table.split_first() else { return Vec::new() };
    // Without rows, the head is all there is to show.
    let body = if body.is_empty() { &table[..1] } else { body };
    let mut rows = Vec::new();
    for (number, row) in body.iter().enumerate() {
        if number > 0 {
            rows.push(Vec::new());
        }
        for (cell, name) in row.iter().zip(head).filter(|(cell, _)| !cell.pieces.is_empty()) {
            let mut pieces: Vec<Piece> =
                name.pieces.iter().map(|piece| in_head(piece, 0)).collect();
            pieces.push(quiet(": "));
            pieces.extend(cell.pieces.iter().cloned());
            rows.extend(fold(&pieces, width).into_iter().map(|(_, pieces)| pieces));
        }
    }
    rows
}
