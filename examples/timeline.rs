//! Prints events with their sources: `cargo run --example timeline -- --year 2017`
//!
//! `--on 11-22` has what happened on a day of any year, `--article companies/huawei` one article's; conditions add up.

mod common;

use std::io::{self, Write};
use std::process::ExitCode;

use ai_almanac::{Article, Date, Event, events};
use common::printable::line;

const USAGE: &str = "timeline [--year YYYY] [--on MM-DD] [--article ID]";

/// What is asked for; `None` is anything.
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
        let found: Vec<&Event> = events().iter().copied().filter(|event| wanted.includes(event)).collect();
        for event in &found {
            show(out, event)?;
        }
        writeln!(out, "{} of {} events", found.len(), events().len())?;
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
                Ok(_) => return Err(wrong(&format!("`{value}` is no day: write the month and the day, as in 11-22"))),
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
    fn includes(&self, event: &'static Event) -> bool {
        let date = event.date();
        self.year.is_none_or(|year| date.year() == year)
            && self.on.is_none_or(|day| date.day().is_some() && (date.month(), date.day()) == (day.month(), day.day()))
            && self.article.is_none_or(|article| event.article() == article)
    }
}

fn show(out: &mut dyn Write, event: &'static Event) -> io::Result<()> {
    let wrap = |text: &str, first: &str| {
        let options = textwrap::Options::new(common::width()).initial_indent(first).subsequent_indent("            ").break_words(false);
        textwrap::fill(&line(text), options)
    };
    let date = event.date().to_string();
    writeln!(out, "{}", wrap(&format!("{} ({})", event.text(), event.article().title()), &format!("{date:<12}")))?;
    for source in event.sources() {
        let source = match source.url() {
            Some(url) => format!("{} <{url}>", source.text()),
            None => source.text().to_owned(),
        };
        writeln!(out, "{}", wrap(&source, "          - "))?;
    }
    writeln!(out)
}
