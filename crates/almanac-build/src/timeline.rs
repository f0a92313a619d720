//! Events: list items that begin with a date, in sections titled `Timeline`.

use std::collections::HashMap;
use std::ops::Range;

use super::document::{Block, Cited, CommentId, Document, Inline, Item, plain};
use super::fault::{Code, Fault, FileSpan};
use super::front_matter::Spanned;
use super::text;
use almanac_core::Date;

/// Something that happened.
#[derive(Debug)]
pub struct Event {
    pub date: Date,
    pub date_span: Range<usize>,
    /// The start of its list item.
    pub item: usize,
    /// The id of the happening that it tells, if it names one.
    pub id: Option<Spanned<String>>,
    pub text: String,
    /// The section that lists it.
    pub section: usize,
    /// The numbers of the footnotes that it cites, each once.
    pub sources: Vec<usize>,
}

/// Finds the events of an article, in document order. `last_update` is when the article was last
/// looked after.
pub fn events(
    document: &Document,
    source: &str,
    file: usize,
    last_update: Option<Date>,
) -> (Vec<Event>, Vec<Fault>) {
    let mut events: Vec<Event> = Vec::new();
    let mut faults = Vec::new();
    let mut ids = Ids::new(document, file);
    for (number, section) in document.sections.iter().enumerate() {
        if plain(&section.title).trim() != "Timeline" {
            continue;
        }
        ids.before(section.span.start);
        let mut last: Option<Date> = None;
        for block in &section.blocks {
            let Block::List { items, .. } = block else { continue };
            for item in items {
                let id = ids.take(&item.span, &mut faults);
                let Some((written, rest)) = dated(item) else {
                    match (id, similar(item)) {
                        (Some(id), _) => faults.push(ids.misplaced(&id)),
                        (None, Some(head)) => faults.push(no_event(item, &head, source, file)),
                        (None, None) => {}
                    }
                    continue;
                };
                let date_span = date_span(item, written, source);
                let place = || FileSpan::new(file, date_span.clone());
                let date = match written.parse::<Date>() {
                    Ok(date) => date,
                    Err(error) => {
                        faults.push(Fault::new(
                            Code::InvalidDate,
                            place(),
                            format!("`{written}`: {error}"),
                        ));
                        continue;
                    }
                };
                if let Some(last) = last.filter(|last| date < *last) {
                    faults.push(
                        Fault::new(
                            Code::EventOrder,
                            place(),
                            format!("an event of {date} stands behind one of {last}"),
                        )
                        .label("events stand in order of time"),
                    );
                }
                if let Some(update) = last_update.filter(|update| after(date, *update)) {
                    faults.push(
                        Fault::new(
                            Code::EventOrder,
                            place(),
                            format!("an event of {date} in an article last updated on {update}"),
                        )
                        .label("correct one of the two dates"),
                    );
                }
                last = Some(last.map_or(date, |last| last.max(date)));
                let mut sources = Cited::default();
                notes_in_blocks(&item.blocks, &mut sources);
                let sources = sources.into_vec();
                let text = event_text(rest, &item.blocks[1..]);
                let (item, section) = (item.span.start, number);
                events.push(Event { date, date_span, item, id, text, section, sources });
            }
        }
        let end =
            document.sections.get(number + 1).map_or(source.len(), |next| next.heading_span.start);
        ids.stray(end, &mut faults);
    }
    ids.repeated(&mut events, &mut faults);
    (events, faults)
}

/// The ids that comments name, handed out to the events in document order.
struct Ids<'d> {
    ids: &'d [CommentId],
    file: usize,
}

impl<'d> Ids<'d> {
    fn new(document: &'d Document, file: usize) -> Ids<'d> {
        Ids { ids: &document.comment_ids, file }
    }

    /// Returns the ids before a place that haven't been handed out.
    fn before(&mut self, end: usize) -> &'d [CommentId] {
        let (before, rest) = self.ids.split_at(self.ids.partition_point(|id| id.span.start < end));
        self.ids = rest;
        before
    }

    /// Reports the ids before a place that stand in no item.
    fn stray(&mut self, end: usize, faults: &mut Vec<Fault>) {
        // Editors fold what stands between these.
        let folding = |id: &&CommentId| matches!(id.text.as_str(), "region" | "endregion");
        for id in self.before(end).iter().filter(|id| !folding(id)) {
            let fault = self.fault(&id.span, "an id that stands in no event");
            faults.push(fault.label("put it at the end of the event's line"));
        }
    }

    /// Returns the id inside an item.
    fn take(&mut self, item: &Range<usize>, faults: &mut Vec<Fault>) -> Option<Spanned<String>> {
        self.stray(item.start, faults);
        let (first, others) = self.before(item.end).split_first()?;
        for other in others {
            let fault = self.fault(&other.span, "an event has one id");
            faults.push(
                fault
                    .label("remove one of the two")
                    .related(FileSpan::new(self.file, first.span.clone()), "the first"),
            );
        }
        if let Some(fault) = self.malformed(first) {
            faults.push(fault);
            return None;
        }
        Some(Spanned { value: first.text.clone(), span: first.span.clone() })
    }

    fn malformed(&self, id: &CommentId) -> Option<Fault> {
        if is_id(&id.text) {
            return None;
        }
        let fault = self.fault(&id.span, format!("`#{}` is no id of a happening", id.text));
        let words = id.text.split(|other: char| !other.is_alphanumeric());
        let words: Vec<String> =
            words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
        let meant = words.join("-");
        // Lower case of some letters holds marks, which are not alphanumeric.
        let meant = is_id(&meant).then(|| format!("#{meant}"));
        Some(fault.did_you_mean(meant).help(
            "an id is lower-case letters and digits with single hyphens between them; \
             begin a comment that is none without `#`",
        ))
    }

    fn misplaced(&self, id: &Spanned<String>) -> Fault {
        self.fault(&id.span, "an id on an item that is no event")
            .label("events begin with a date: `- **2022-11-30**: …`")
    }

    /// Reports ids that an article has twice; the first event keeps its own.
    fn repeated(&self, events: &mut [Event], faults: &mut Vec<Fault>) {
        let mut known: HashMap<String, Range<usize>> = HashMap::new();
        for event in events {
            let Some(id) = &event.id else { continue };
            match known.get(&id.value) {
                None => drop(known.insert(id.value.clone(), id.span.clone())),
                Some(first) => {
                    let message = format!("this article tells `{}` twice", id.value);
                    faults.push(
                        self.fault(&id.span, message)
                            .label("each article tells a happening once")
                            .related(FileSpan::new(self.file, first.clone()), "first here"),
                    );
                    event.id = None;
                }
            }
        }
    }

    fn fault(&self, span: &Range<usize>, message: impl Into<String>) -> Fault {
        Fault::new(Code::InvalidHappening, FileSpan::new(self.file, span.clone()), message)
    }
}

/// Returns `true` for lower-case letters and digits with single hyphens between them.
fn is_id(text: &str) -> bool {
    text.split('-').all(|part| {
        !part.is_empty()
            && part
                .chars()
                .all(|character| character.is_alphanumeric() && !character.is_uppercase())
    })
}

/// Returns `true` if a date is surely later than another. A bare year is not later than a day in
/// it.
fn after(date: Date, update: Date) -> bool {
    let months = date.month().zip(update.month());
    let days = date.day().zip(update.day());
    date.year() > update.year()
        || date.year() == update.year()
            && months.is_some_and(|(month, last)| {
                month > last || month == last && days.is_some_and(|(day, last)| day > last)
            })
}

/// Returns the date that an item begins with, in bold, and the inlines behind it.
fn dated(item: &Item) -> Option<(&str, &[Inline])> {
    let (Block::Plain(inlines) | Block::Paragraph(inlines)) = item.blocks.first()? else {
        return None;
    };
    let (Inline::Strong(date), rest) = inlines.split_first()? else { return None };
    let [Inline::Text(date)] = &date[..] else { return None };
    let looks = date.starts_with(|first: char| first.is_ascii_digit())
        && date.chars().all(|character| character.is_ascii_digit() || character == '-');
    looks.then_some((date.as_str(), rest))
}

/// Returns what an item that is no event begins with, if a year is in it: in bold, or before a
/// colon or a dash.
fn similar(item: &Item) -> Option<String> {
    /// A date with the names of its months fits into it, the first words of most sentences don't.
    const MOST: usize = 24;
    let (Block::Plain(inlines) | Block::Paragraph(inlines)) = item.blocks.first()? else {
        return None;
    };
    let head = match &inlines[..] {
        [Inline::Strong(bold), ..] => plain(bold),
        _ => {
            let line = plain(inlines);
            let ends = [":", " – ", " — ", " - "].map(|mark| line.find(mark));
            let end = ends.into_iter().flatten().min()?;
            line[..end].to_owned()
        }
    };
    let mut numbers = head.split(|other: char| !other.is_ascii_digit());
    let has_year = head.len() <= MOST && numbers.any(|number| number.len() == 4);
    has_year.then(|| head.trim().trim_end_matches(':').to_owned())
}

fn no_event(item: &Item, head: &str, source: &str, file: usize) -> Fault {
    // The head is text: an escape or entity in it stands otherwise in the source.
    let found = source[item.span.clone()].find(head).map(|at| item.span.start + at);
    let span = found.map_or(item.span.start..item.span.start + 1, |at| at..at + head.len());
    let place = FileSpan::new(file, span);
    // Only what takes the place of the head and nothing else.
    let before_colon = source[item.span.clone()].contains(&format!(" {head}:"));
    let date = head.parse::<Date>().ok().filter(|_| before_colon);
    let meant = date.map(|_| format!("**{head}**"));
    Fault::new(Code::SimilarEvent, place, "an item of a timeline that is no event")
        .did_you_mean(meant)
        .help("an event begins with one date in bold and a colon: `- **2019-12**: …`")
}

fn date_span(item: &Item, date: &str, source: &str) -> Range<usize> {
    let start = source[item.span.clone()]
        .find(date)
        .map_or(item.span.start, |found| item.span.start + found);
    start..(start + date.len()).min(item.span.end)
}

/// Returns the text of an event, without the date and the colon behind it.
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

fn notes_in_blocks(blocks: &[Block], notes: &mut Cited) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines)
            | Block::Plain(inlines)
            | Block::Heading { title: inlines, .. } => notes_in(inlines, notes),
            Block::Quote(blocks) | Block::Admonition { blocks, .. } | Block::Element(_, blocks) => {
                notes_in_blocks(blocks, notes)
            }
            Block::List { items, .. } => {
                items.iter().for_each(|item| notes_in_blocks(&item.blocks, notes))
            }
            Block::Table { head, rows, .. } => {
                head.iter().chain(rows.iter().flatten()).for_each(|cell| notes_in(cell, notes))
            }
            Block::Code { .. } | Block::Formula(_) | Block::Rule => {}
        }
    }
}

fn notes_in(inlines: &[Inline], notes: &mut Cited) {
    for inline in inlines {
        match inline {
            Inline::FootnoteRef(number, _) => notes.add(*number),
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
        let (document, _) = markdown::parse(body, 0, 0, false);
        let update = update.map(|date| date.parse().unwrap());
        let (events, faults) = events(&document, body, 0, update);
        (
            events
                .iter()
                .map(|event| format!("{} {} {:?}", event.date, event.text, event.sources))
                .collect(),
            faults
                .iter()
                .map(|fault| {
                    format!(
                        "{} `{}`: {}",
                        fault.code.name(),
                        &body[fault.place.as_ref().unwrap().span.clone()],
                        fault.message
                    )
                })
                .collect(),
        )
    }

    #[test]
    fn items_with_a_date_are_events() {
        let body = "## Timeline\n\n- **1987**: Founded.[^1]\n\
                    - **2019-08**: An *event*[^2][^1] with [a link](https://a.example/).\n\
                    - no date\n- **bold** text\n\n- **2019-08-23**:\n  more[^1]\n\n\
                    ## Other\n\n- **2020**: no event\n\n[^1]: a\n[^2]: b\n";
        let (events, faults) = read(body, Some("2019-08-23"));
        assert_eq!(
            events,
            ["1987 Founded. [0]", "2019-08 An event with a link. [1, 0]", "2019-08-23 more [0]"]
        );
        assert!(faults.is_empty(), "{faults:?}");
    }

    #[test]
    fn dates_are_checked() {
        let (events, faults) = read(
            "# Timeline\n\n## Timeline\n\n- **2020**: a\n- **2019**: b\n- **2019-02-30**: c\n\
             - **2021-05**: d\n",
            Some("2021-04-30"),
        );
        assert_eq!(events.len(), 3);
        assert_eq!(
            faults,
            [
                "event-order `2019`: an event of 2019 stands behind one of 2020",
                "invalid-date `2019-02-30`: `2019-02-30`: that month has 28 days",
                "event-order `2021-05`: an event of 2021-05 in an article last updated on \
                2021-04-30",
            ]
        );
        assert!(
            read("## Timeline\n\n- **2021**: a year may go on\n", Some("2021-04-30")).1.is_empty()
        );
    }
}
