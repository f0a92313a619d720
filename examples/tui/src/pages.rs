//! The pages that are no article: where one begins, the keys, the timeline, the records, what a
//! search found.

use std::ops::Range;

use ai_almanac::{Hit, Record, Target, Type, articles, categories, happenings, search, tables};
use ratatui::style::Style;

use crate::article::write_value;
use crate::document::{Builder, Document, target};
use crate::theme;

/// The number of hits that are shown.
const SHOWN: usize = 50;

pub const KEYS: &[(&str, &str)] = &[
    ("Tab, n · Shift-Tab, p", "next, previous link"),
    ("Enter", "follow the link; open or close a folder"),
    ("[, Backspace, Alt-←", "back"),
    ("], Alt-→", "forward"),
    ("↑ ↓, k j", "a line up, down"),
    ("PgUp PgDn, Space", "a screen up, down"),
    ("Home End, g G", "to the beginning, the end"),
    ("{ }", "previous, next heading; year in the timeline, table of records"),
    ("s · b", "sources · what links to the article"),
    ("< >", "previous, next article"),
    ("← →, h l, Esc", "between contents and page; close, open a folder"),
    ("/", "search: words, \"a phrase\", -without, in:folder"),
    ("t · r", "timeline · records"),
    ("~", "first page"),
    ("?", "this page"),
    ("q, Ctrl-C", "quit"),
];

pub fn front() -> Document {
    let mut builder = Builder::default();
    builder.titled("Almanac", theme::TITLE);
    let words: u32 = articles().iter().map(|article| article.word_count()).sum();
    builder.paragraph(
        &format!("{} articles · {words} words · {} events", articles().len(), happenings().len()),
        theme::QUIET,
    );
    builder.apart();
    if articles().is_empty() {
        builder.paragraph(
            "There is no article in it: the content that it was compiled from has none.",
            Style::new(),
        );
    } else {
        builder.paragraph(
            "Enter opens what is chosen, / searches, t shows what happened when, ? lists all keys.",
            Style::new(),
        );
    }
    let at_root = articles().iter().filter(|article| article.category().is_none());
    let folders = categories()
        .iter()
        .map(|category| (category.label(), category.description(), category.articles()));
    let root: Vec<_> = at_root.copied().collect();
    for (label, description, articles) in std::iter::once(("", None, &root[..]))
        .chain(folders)
        .filter(|(_, _, articles)| !articles.is_empty())
    {
        if label.is_empty() {
            builder.apart();
        } else {
            builder.titled(label, theme::HEADING);
        }
        if let Some(description) = description {
            builder.paragraph(description, theme::QUIET);
        }
        for (number, article) in articles.iter().enumerate() {
            builder.text(if number > 0 { " · " } else { "" }, theme::QUIET, None);
            builder.linked(article.sidebar_label(), Target::Article(article));
        }
        builder.flush();
    }
    builder.finish()
}

pub fn help() -> Document {
    let mut builder = Builder::default();
    builder.titled("Keys", theme::TITLE);
    builder.apart();
    for (keys, does) in KEYS {
        builder.enter(format!("{keys:<23}"), " ".repeat(23));
        builder.paragraph(does, Style::new());
        builder.leave();
    }
    builder.finish()
}

pub fn timeline() -> Document {
    let mut builder = Builder::default();
    builder.titled("Timeline", theme::TITLE);
    let count = happenings().len();
    let span = match happenings() {
        [] => "no events".to_owned(),
        [first, .., last] => {
            format!("{count} events, {} to {}", first.date().year(), last.date().year())
        }
        [only] => format!("1 event, {}", only.date().year()),
    };
    builder.paragraph(&span, theme::QUIET);
    builder.apart();
    let mut year = None;
    for happening in happenings() {
        if year != Some(happening.date().year()) {
            year = Some(happening.date().year());
            builder.heading(&happening.date().year().to_string());
        }
        builder.enter(format!("{:<12}", happening.date().to_string()), " ".repeat(12));
        builder.text(happening.text(), Style::new(), None);
        for event in happening.events() {
            builder.text("  ", Style::new(), None);
            builder.linked(event.article().title(), Target::Section(event.section()));
        }
        builder.leave();
    }
    builder.finish()
}

/// The records of all tables.
pub fn records() -> Document {
    let mut builder = Builder::default();
    builder.titled("Records", theme::TITLE);
    let count: usize = tables().iter().map(|table| table.records().len()).sum();
    let summary = match (count, tables().len()) {
        (0, _) => "no records".to_owned(),
        (count, tables) => format!("{count} records in {tables} tables"),
    };
    builder.paragraph(&summary, theme::QUIET);
    for table in tables() {
        builder.titled(table.label(), theme::HEADING);
        builder.paragraph(table.kind().about(), theme::QUIET);
        for record in table.records() {
            record_block(&mut builder, record);
        }
    }
    builder.finish()
}

/// Writes a record: its name, which leads to its table, and what is known of it.
fn record_block(builder: &mut Builder, record: &'static Record) {
    builder.enter("• ".into(), "  ".into());
    builder.linked(record.name(), target(record.article(), record.section()));
    // The name is a fact too.
    for fact in record.facts().filter(|fact| fact.field().value_type() != Type::Name) {
        builder.text(&format!(" · {}: ", fact.label()), theme::QUIET, None);
        write_value(builder, fact.value());
    }
    builder.leave();
}

pub fn found(query: &str) -> Document {
    let mut builder = Builder::default();
    builder.titled("Search", theme::TITLE);
    let hits = search(query);
    let count = hits.len();
    let summary = match (query.trim(), count) {
        ("", _) => {
            "Type words; \"a phrase\" stands together, -word must not occur, in:folder asks \
            for a category."
                .to_owned()
        }
        (_, 0) => format!("Nothing for “{query}”."),
        (_, 1) => format!("1 hit for “{query}”"),
        (_, 2..=SHOWN) => format!("{count} hits for “{query}”"),
        _ => format!("the best {SHOWN} of {count} hits for “{query}”"),
    };
    builder.paragraph(&summary, theme::QUIET);
    if hits.truncated() {
        builder.paragraph("The query is too long: only its beginning was read.", theme::QUIET);
    }
    for id in hits.unknown_filters() {
        let unknown = format!("No folder and no article has the id “{id}”.");
        builder.paragraph(&unknown, theme::QUIET);
    }
    for hit in hits.take(SHOWN) {
        hit_blocks(&mut builder, &hit);
    }
    builder.finish()
}

fn hit_blocks(builder: &mut Builder, hit: &Hit) {
    builder.apart();
    builder.heading(hit.article().title());
    let section = hit.section().map_or(String::new(), |section| format!(" / {section}"));
    builder.linked(&format!("{}{section}", hit.article()), target(hit.article(), hit.section()));
    builder.flush();
    builder.enter("  ".into(), "  ".into());
    let text = hit.snippet().text();
    let mut piece = |range: Range<usize>, style| builder.text(&text[range], style, None);
    let mut at = 0;
    for mark in hit.snippet().highlights() {
        piece(at..mark.start, Style::new());
        piece(mark.clone(), theme::FOUND);
        at = mark.end;
    }
    piece(at..text.len(), Style::new());
    builder.flush();
    builder.leave();
}
