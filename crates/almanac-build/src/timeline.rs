//! Events: list items that begin with a date, in sections titled `Timeline`.

use std::ops::Range;

use almanac_core::Date;
use super::diagnostic::{Code, Diagnostic, FileSpan};
use super::document::{Block, Document, Inline, Item, plain};
use super::text;

/// Something that happened.
#[derive(Debug)]
pub struct Event {
    pub date: Date,
    pub text: String,
    /// The section that lists it.
    pub section: usize,
    /// The numbers of the footnotes that it cites, each once.
    pub sources: Vec<usize>,
}

/// Finds the events of an article, in document order. `last_update` is when the article was last looked after.
pub fn events(document: &Document, source: &str, file: usize, last_update: Option<Date>) -> (Vec<Event>, Vec<Diagnostic>) {
    let mut events: Vec<Event> = Vec::new();
    let mut diagnostics = Vec::new();
    for (number, section) in document.sections.iter().enumerate() {
        if plain(&section.title).trim() != "Timeline" {
            continue;
        }
        let mut last: Option<Date> = None;
        for block in &section.blocks {
            let Block::List { items, .. } = block else { continue };
            for item in items {
                let Some((written, rest)) = dated(item) else { continue };
                let place = || FileSpan::new(file, date_span(item, written, source));
                let date = match written.parse::<Date>() {
                    Ok(date) => date,
                    Err(error) => {
                        diagnostics.push(Diagnostic::new(Code::InvalidDate, place(), format!("`{written}`: {error}")));
                        continue;
                    }
                };
                if let Some(last) = last.filter(|last| date < *last) {
                    diagnostics.push(
                        Diagnostic::new(Code::EventOrder, place(), format!("an event of {date} stands behind one of {last}"))
                            .label("events stand in order of time"),
                    );
                }
                if let Some(update) = last_update.filter(|update| after(date, *update)) {
                    diagnostics.push(
                        Diagnostic::new(Code::EventOrder, place(), format!("an event of {date} in an article last updated on {update}"))
                            .label("correct one of the two dates"),
                    );
                }
                last = Some(last.map_or(date, |last| last.max(date)));
                let mut sources = Vec::new();
                notes_in_blocks(&item.blocks, &mut sources);
                events.push(Event { date, text: event_text(rest, &item.blocks[1..]), section: number, sources });
            }
        }
    }
    (events, diagnostics)
}

/// Is a date surely later than another? A bare year is not later than a day in it.
fn after(date: Date, update: Date) -> bool {
    let months = date.month().zip(update.month());
    let days = date.day().zip(update.day());
    date.year() > update.year()
        || date.year() == update.year()
            && months.is_some_and(|(month, last)| month > last || month == last && days.is_some_and(|(day, last)| day > last))
}

/// The date that an item begins with, in bold, and the inlines behind it.
fn dated(item: &Item) -> Option<(&str, &[Inline])> {
    let (Block::Plain(inlines) | Block::Paragraph(inlines)) = item.blocks.first()? else { return None };
    let (Inline::Strong(date), rest) = inlines.split_first()? else { return None };
    let [Inline::Text(date)] = &date[..] else { return None };
    let looks = date.starts_with(|first: char| first.is_ascii_digit())
        && date.chars().all(|character| character.is_ascii_digit() || character == '-');
    looks.then_some((date.as_str(), rest))
}

fn date_span(item: &Item, date: &str, source: &str) -> Range<usize> {
    let start = source[item.span.clone()].find(date).map_or(item.span.start, |found| item.span.start + found);
    start..(start + date.len()).min(item.span.end)
}

/// What happened, without the date and the colon behind it.
fn event_text(inlines: &[Inline], blocks: &[Block]) -> String {
    let line = plain(inlines);
    let mut out = line.trim_start().strip_prefix(':').unwrap_or(&line).trim().to_owned();
    let mut rest = String::new();
    text::write(blocks, &mut rest);
    if !rest.is_empty() {
        out.push('\n');
        out.push_str(&rest);
    }
    out
}

fn notes_in_blocks(blocks: &[Block], notes: &mut Vec<usize>) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) | Block::Plain(inlines) | Block::Heading { title: inlines, .. } => notes_in(inlines, notes),
            Block::Quote(blocks) | Block::Admonition { blocks, .. } | Block::Element(_, blocks) => notes_in_blocks(blocks, notes),
            Block::List { items, .. } => items.iter().for_each(|item| notes_in_blocks(&item.blocks, notes)),
            Block::Table { head, rows, .. } => head.iter().chain(rows.iter().flatten()).for_each(|cell| notes_in(cell, notes)),
            Block::Code { .. } | Block::Rule => {}
        }
    }
}

fn notes_in(inlines: &[Inline], notes: &mut Vec<usize>) {
    for inline in inlines {
        match inline {
            Inline::FootnoteRef(number, _) if !notes.contains(number) => notes.push(*number),
            Inline::Emphasis(children)
            | Inline::Strong(children)
            | Inline::Strikethrough(children)
            | Inline::Link(_, children)
            | Inline::Element(_, children) => notes_in(children, notes),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown;

    fn read(body: &str, update: Option<&str>) -> (Vec<String>, Vec<String>) {
        let (document, _) = markdown::parse(body, 0, 0);
        let update = update.map(|date| date.parse().unwrap());
        let (events, faults) = events(&document, body, 0, update);
        (
            events.iter().map(|event| format!("{} {} {:?}", event.date, event.text, event.sources)).collect(),
            faults
                .iter()
                .map(|fault| format!("{} `{}`: {}", fault.code.name(), &body[fault.place.as_ref().unwrap().span.clone()], fault.message))
                .collect(),
        )
    }

    #[test]
    fn items_with_a_date_are_events() {
        let body = "## Timeline\n\n- **1987**: Founded.[^1]\n- **2019-08**: An *event*[^2][^1] with [a link](https://a.example/).\n- no date\n- **bold** text\n\n\
                    - **2019-08-23**:\n  more[^1]\n\n## Other\n\n- **2020**: no event\n\n[^1]: a\n[^2]: b\n";
        let (events, faults) = read(body, Some("2019-08-23"));
        assert_eq!(events, ["1987 Founded. [0]", "2019-08 An event with a link. [1, 0]", "2019-08-23 more [0]"]);
        assert!(faults.is_empty(), "{faults:?}");
    }

    #[test]
    fn dates_are_checked() {
        let (events, faults) =
            read("# Timeline\n\n## Timeline\n\n- **2020**: a\n- **2019**: b\n- **2019-02-30**: c\n- **2021-05**: d\n", Some("2021-04-30"));
        assert_eq!(events.len(), 3);
        assert_eq!(
            faults,
            [
                "event-order `2019`: an event of 2019 stands behind one of 2020",
                "invalid-date `2019-02-30`: `2019-02-30`: that month has 28 days",
                "event-order `2021-05`: an event of 2021-05 in an article last updated on 2021-04-30",
            ]
        );
        assert!(read("## Timeline\n\n- **2021**: a year may go on\n", Some("2021-04-30")).1.is_empty());
    }
}
