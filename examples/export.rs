//! Prints the knowledge base for other programs: `cargo run --example export -- --format ndjson`
//!
//! - `json`: one object with all articles, categories, happenings and records.
//! - `ndjson`: one article or record a line, to load into a search server; lines of records begin
//!   with the table: `{"record": "models", …`.
//! - `chunks`: one part of an article a line, for language models, with the sources that it cites;
//!   at most 2,000 bytes of text, or `--limit`.
//! - `bulk`: chunks too, each behind a line that tells OpenSearch to index it under its id; one of
//!   more than 512 bytes is shortened there.
//! - `queries`: one authored question a line, with the articles that it should find.
//! - `llms-txt`: an index and all texts as Markdown.

#[path = "common/bulk_id.rs"]
mod bulk_id;
mod common;

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use ai_almanac::{
    Article, Category, Happening, Record, SidebarItem, articles, categories, contents, happenings,
    tables,
};
use bulk_id::bulk_id;
use common::Out;
use serde::{Serialize, Serializer};

const USAGE: &str = "export [--format json|ndjson|chunks|bulk [--limit BYTES]|queries|llms-txt]";

/// Bytes of a chunk: about 500 tokens of English.
const CHUNK: usize = 2_000;

fn main() -> ExitCode {
    common::run(|out| {
        let arguments: Vec<String> = common::arguments().collect();
        let arguments: Vec<&str> =
            arguments.iter().flat_map(|argument| argument.splitn(2, '=')).collect();
        match arguments[..] {
            [] | ["--format", "json"] => json(out)?,
            ["--format", "ndjson"] => ndjson(out)?,
            ["--format", form @ ("chunks" | "bulk")] => chunks(out, form == "bulk", CHUNK)?,
            ["--format", form @ ("chunks" | "bulk"), "--limit", limit] => match limit.parse() {
                Ok(limit) => chunks(out, form == "bulk", limit)?,
                Err(_) => return Ok(common::usage(USAGE)),
            },
            ["--format", "queries"] => queries(out)?,
            // Byte for byte what the articles have, but for people.
            ["--format", "llms-txt"] if io::stdout().is_terminal() => llms_txt(out)?,
            ["--format", "llms-txt"] => llms_txt(out.raw())?,
            _ => return Ok(common::usage(USAGE)),
        }
        Ok(ExitCode::SUCCESS)
    })
}

fn json(out: &mut Out) -> io::Result<()> {
    #[derive(Serialize)]
    struct Export {
        articles: &'static [&'static Article],
        categories: &'static [Category],
        happenings: &'static [Happening],
        #[serde(serialize_with = "records")]
        records: (),
    }

    let (articles, categories, happenings) = (articles(), categories(), happenings());
    let export = Export { articles, categories, happenings, records: () };
    out.json(&export, true)
}

/// Writes the records of each table under its key, in the schema's order.
fn records<S: Serializer>((): &(), serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(
        tables().iter().map(|table| (table.key(), table.records().collect::<Vec<_>>())),
    )
}

fn ndjson(out: &mut Out) -> io::Result<()> {
    #[derive(Serialize)]
    struct Line {
        /// The key of the table.
        record: &'static str,
        #[serde(flatten)]
        row: &'static Record,
    }

    articles().iter().try_for_each(|article| out.json(article, false))?;
    for table in tables() {
        for row in table.records() {
            out.json(&Line { record: table.key(), row }, false)?;
        }
    }
    Ok(())
}

fn chunks(out: &mut Out, actions: bool, limit: usize) -> io::Result<()> {
    #[derive(Serialize)]
    struct Action<'a> {
        index: Id<'a>,
    }

    #[derive(Serialize)]
    struct Id<'a> {
        #[serde(rename = "_id")]
        id: &'a str,
    }

    for chunk in articles().iter().flat_map(|article| article.chunks(limit)) {
        if actions {
            let id = chunk.id().to_string();
            out.json(&Action { index: Id { id: &bulk_id(&id) } }, false)?;
        }
        out.json(&chunk, false)?;
    }
    Ok(())
}

/// Joins a question of several articles to one query with several answers.
fn queries(out: &mut Out) -> io::Result<()> {
    #[derive(Serialize)]
    struct Judged {
        query: &'static str,
        relevant: Vec<&'static str>,
    }

    let mut judged: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for article in articles() {
        for question in article.questions() {
            judged.entry(question).or_default().push(article.id());
        }
    }
    let mut lines = judged.into_iter().map(|(query, relevant)| Judged { query, relevant });
    lines.try_for_each(|line| out.json(&line, false))
}

fn llms_txt(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}\n\n> {}\n", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_DESCRIPTION"))?;
    index(out, contents(), 2)?;
    for article in articles() {
        writeln!(out, "---\n\n# {}\n\n{}\n", article.title(), article.markdown())?;
    }
    Ok(())
}

/// The articles of a folder as links, then the folders in it under headings.
fn index(out: &mut dyn Write, contents: &'static [SidebarItem], level: usize) -> io::Result<()> {
    let entry = |out: &mut dyn Write, article: &'static Article| {
        writeln!(out, "- [{}]({}): {}", article.title(), article.permalink(), article.description())
    };
    let mut any = false;
    for item in contents {
        if let SidebarItem::Article(article) = item {
            entry(out, article)?;
            any = true;
        }
    }
    if any {
        writeln!(out)?;
    }
    for item in contents {
        if let SidebarItem::Category(category) = item {
            writeln!(out, "{} {}\n", "#".repeat(level.min(6)), category.label())?;
            if let Some(description) = category.description() {
                writeln!(out, "{description}\n")?;
            }
            if let Some(page) = category.index() {
                entry(out, page)?;
            }
            index(out, category.contents(), level + 1)?;
        }
    }
    Ok(())
}
