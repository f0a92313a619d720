//! Searches the knowledge base: `cargo run --example search -- who makes Ascend chips`, `--json`
//! for programs

mod common;

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use ai_almanac::{Hit, Hits, search};
use common::Out;
use common::printable::{line, printable};
use serde::Serialize;

/// The number of hits that are shown.
const SHOWN: usize = 10;

fn main() -> ExitCode {
    common::run(|out| {
        let mut words: Vec<String> = common::arguments().collect();
        let json = words.first().is_some_and(|first| first == "--json");
        if json {
            words.remove(0);
        }
        if words.is_empty() {
            return Ok(common::usage("search [--json] <words>"));
        }
        let hits = search(&words.join(" "));
        warn(&hits);
        if json {
            write_json(out, hits)?
        } else {
            write_hits(out, hits)?
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// Says what of the query counts for nothing.
fn warn(hits: &Hits) {
    if hits.truncated() {
        eprintln!("warning: the query is too long: only 1,000 bytes and 32 words were read");
    }
    for id in hits.unknown_filters() {
        eprintln!("warning: no folder and no article has the id `{}`", line(id));
    }
}

fn write_hits(out: &mut Out, hits: Hits) -> io::Result<()> {
    // Plain in a pipe and where colours aren't wanted.
    let color = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let found = hits.len();
    for (number, hit) in hits.take(SHOWN).enumerate() {
        let place = match hit.section() {
            Some(section) => format!("{}#{}", hit.article().id(), section.anchor()),
            None => hit.article().id().to_owned(),
        };
        let title = match hit.section() {
            Some(section) => format!("{} / {}", hit.article().title(), section.title()),
            None => hit.article().title().to_owned(),
        };
        // The styles are the program's own; all else is made printable by hand.
        let title = styled(&line(&title), "1", color);
        let place = line(&place);
        writeln!(out.raw(), "{:2}. {title} ({:.1})\n    {place}", number + 1, hit.score())?;
        let text = highlighted(&hit, color);
        let options = textwrap::Options::new(common::width())
            .initial_indent("    ")
            .subsequent_indent("    ")
            .break_words(false);
        writeln!(out.raw(), "{}\n", textwrap::fill(&text, options))?;
    }
    writeln!(out, "{found} {}", if found == 1 { "article" } else { "articles or sections" })
}

/// The snippet on one line, its matches emphasised.
fn highlighted(hit: &Hit, color: bool) -> String {
    let snippet = hit.snippet();
    let mut text = String::new();
    let mut at = 0;
    for range in snippet.highlights() {
        text.push_str(&printable(&snippet.text()[at..range.start]));
        text.push_str(&styled(&printable(&snippet.text()[range.clone()]), "1;33", color));
        at = range.end;
    }
    text.push_str(&printable(&snippet.text()[at..]));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn styled(text: &str, style: &str, color: bool) -> String {
    if color { format!("\x1b[{style}m{text}\x1b[0m") } else { text.to_owned() }
}

fn write_json(out: &mut Out, hits: Hits) -> io::Result<()> {
    #[derive(Serialize)]
    struct Found {
        article: &'static str,
        section: Option<&'static str>,
        score: f32,
        snippet: &'static str,
    }

    let found: Vec<Found> = hits
        .map(|hit| Found {
            article: hit.article().id(),
            section: hit.section().map(|section| section.anchor()),
            score: hit.score(),
            snippet: hit.snippet().text(),
        })
        .collect();
    out.json(&found, true)
}
