//! Prints what happened, with sources: `cargo run --example timeline -- --year 2017`
//!
//! `--on 11-22` has what happened on a day of any year, `--article companies/huawei` what one
//! article tells; conditions add up. What several articles tell is printed once.

mod common;

use std::io::{self, Write};
use std::process::ExitCode;

use ai_almanac::{Article, Date, Event, Happening, happenings};
use common::printable::line;

const USAGE: &str = "timeline [--year YYYY] [--on MM-DD] [--article ID]";

/// The filter of the command line; `None` is anything.
#[derive(Default)]
struct Wanted {
    year: Option<u16>,
    /// A month and a day.
    on: Option<Date>,
    article: Option<&'static Article>,
}

fn main() -> ExitCode {
    common::run(|out| {
        let wanted = match wanted(common::arguments()) {
            Ok(wanted) => wanted,
            Err(code) => return Ok(code),
        };
        let found: Vec<&Happening> =
            happenings().iter().filter(|happening| wanted.includes(happening)).collect();
        for happening in &found {
            show(out, happening, wanted.article)?;
        }
        writeln!(out, "{} of {} happenings", found.len(), happenings().len())?;
        Ok(ExitCode::SUCCESS)
    })
}

/// Reads the command line; otherwise says what is wrong with it.
fn wanted(mut arguments: impl Iterator<Item = String>) -> Result<Wanted, ExitCode> {
    let mut wanted = Wanted::default();
    while let Some(option) = arguments.next() {
        let Some(value) = arguments.next() else { return Err(common::usage(USAGE)) };
        match option.as_str() {
            "--year" => match value.parse() {
                Ok(year) => wanted.year = Some(year),
                Err(_) => return Err(wrong(&format!("`{value}` is no year"))),
            },
            // A leap year has all days.
            "--on" => match format!("2000-{value}").parse::<Date>() {
                Ok(date) if date.day().is_some() => wanted.on = Some(date),
                Ok(_) => {
                    return Err(wrong(&format!(
                        "`{value}` is no day: write the month and the day, as in 11-22"
                    )));
                }
                Err(error) => return Err(wrong(&format!("`{value}` is no day: {error}"))),
            },
            "--article" => match common::article(&value) {
                Some(article) => wanted.article = Some(article),
                None => return Err(ExitCode::FAILURE),
            },
            _ => return Err(common::usage(USAGE)),
        }
    }
    Ok(wanted)
}

fn wrong(message: &str) -> ExitCode {
    common::complain(message);
    common::usage(USAGE)
}

impl Wanted {
    fn includes(&self, happening: &'static Happening) -> bool {
        let date = happening.date();
        self.year.is_none_or(|year| date.year() == year)
            && self.on.is_none_or(|day| {
                date.day().is_some() && (date.month(), date.day()) == (day.month(), day.day())
            })
            && self.article.is_none_or(|article| {
                happening.events().iter().any(|event| event.article() == article)
            })
    }
}

/// Prints a happening in the words of an article, if one was asked for.
fn show(
    out: &mut dyn Write,
    happening: &'static Happening,
    article: Option<&Article>,
) -> io::Result<()> {
    let wrap = |text: &str, first: &str| {
        let options = textwrap::Options::new(common::width())
            .initial_indent(first)
            .subsequent_indent("            ")
            .break_words(false);
        textwrap::fill(&line(text), options)
    };
    let date = happening.date().to_string();
    let asked: Option<&Event> =
        happening.events().iter().copied().find(|event| Some(event.article()) == article);
    let text = asked.map_or(happening.text(), |event| event.text());
    let titles: Vec<&str> =
        happening.events().iter().map(|event| event.article().title()).collect();
    writeln!(out, "{}", wrap(&format!("{text} ({})", titles.join(", ")), &format!("{date:<12}")))?;
    let mut printed = Vec::new();
    for source in happening.events().iter().flat_map(|event| event.sources()) {
        let source = match source.url() {
            Some(url) => format!("{} <{url}>", source.text()),
            None => source.text().to_owned(),
        };
        if !printed.contains(&source) {
            writeln!(out, "{}", wrap(&source, "          - "))?;
            printed.push(source);
        }
    }
    writeln!(out)
}
