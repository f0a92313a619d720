//! Shows an article or one of its sections: `cargo run --example show -- companies/huawei#timeline`
//!
//! With `--records` it shows tables that are records: which there are, `--records models` the names
//! in one, `--records models/gpt-4` what is known of one record.

mod common;

use std::io::{self, Write};
use std::process::ExitCode;

use ai_almanac::{Article, Fact, Section, Source, Table, Target, tables};
use common::printable::line;

fn main() -> ExitCode {
    common::run(|out| {
        let arguments: Vec<String> = common::arguments().collect();
        let wanted = match &arguments[..] {
            [flag] if flag == "--records" => return show_tables(out),
            [flag, place] if flag == "--records" => return show_records(out, place),
            [wanted] => wanted,
            _ => return Ok(common::usage("show <id>[#anchor] | --records [<table>[/<id>]]")),
        };
        let (id, anchor) = wanted
            .split_once('#')
            .map_or((wanted.as_str(), None), |(id, anchor)| (id, Some(anchor)));
        let Some(article) = common::article(id) else { return Ok(ExitCode::FAILURE) };
        match anchor.filter(|anchor| !anchor.is_empty()) {
            None => show_article(out, article)?,
            Some(anchor) => match article.section(anchor) {
                Some(section) => show_section(out, section)?,
                None => {
                    common::complain(&format!("`{id}` has no section `#{anchor}`; it has"));
                    for section in article.sections() {
                        eprintln!("  #{}", line(section.anchor()));
                    }
                    return Ok(ExitCode::FAILURE);
                }
            },
        }
        Ok(ExitCode::SUCCESS)
    })
}

fn show_article(out: &mut dyn Write, article: &'static Article) -> io::Result<()> {
    heading(out, article.title(), '=')?;
    article.facts().try_for_each(|fact| show_fact(out, &fact))?;
    if let Some(date) = article.last_update() {
        paragraph(out, &format!("Last update: {date}"))?;
    }
    writeln!(out)?;
    paragraph(out, article.lead())?;
    for section in article.sections() {
        writeln!(out)?;
        heading(out, section.title(), if section.level() <= 2 { '-' } else { '.' })?;
        paragraph(out, section.text())?;
        show_addresses(out, section)?;
    }
    show_sources(out, &article.sources().iter().collect::<Vec<_>>())
}

fn show_section(out: &mut dyn Write, section: &'static Section) -> io::Result<()> {
    heading(out, &format!("{} / {}", section.article().title(), section.title()), '=')?;
    paragraph(out, section.text())?;
    show_addresses(out, section)?;
    for inner in section.subsections() {
        writeln!(out)?;
        heading(out, inner.title(), '-')?;
        paragraph(out, inner.text())?;
    }
    show_sources(out, section.sources())
}

/// A fact with the numbers of its sources.
fn show_fact(out: &mut dyn Write, fact: &Fact) -> io::Result<()> {
    let cited: String =
        fact.sources().iter().map(|source| format!("[{}]", source.number())).collect();
    paragraph(out, &line(&format!("{fact}{cited}")))
}

fn show_tables(out: &mut dyn Write) -> io::Result<ExitCode> {
    for table in tables() {
        let (label, about) = (table.label(), table.kind().about());
        let text = format!("{}: {label}, {} records. {about}", table.key(), table.records().len());
        paragraph(out, &line(&text))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The records of a table, or one of them: `models`, `models/gpt-4`.
fn show_records(out: &mut dyn Write, place: &str) -> io::Result<ExitCode> {
    let (key, id) = place.split_once('/').unwrap_or((place, ""));
    let Some(table) = tables().iter().find(|table| table.key() == key) else {
        let known: Vec<_> = tables().iter().map(|table| format!("`{}`", table.key())).collect();
        let message = format!("no table has the key `{key}`; there are {}", known.join(", "));
        return Ok(common::complain(&message));
    };
    if id.is_empty() {
        heading(out, table.label(), '=')?;
        for record in table.records() {
            paragraph(out, &line(&format!("{}: {}", record.id(), record.name())))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    show_record(out, table, id)
}

fn show_record(out: &mut dyn Write, table: &Table, id: &str) -> io::Result<ExitCode> {
    let Some(record) = table.record(id) else {
        let message = format!("`{}` has no record with the id `{id}`", table.key());
        return Ok(common::complain(&message));
    };
    heading(out, record.name(), '=')?;
    record.facts().try_for_each(|fact| show_fact(out, &fact))?;
    if let Some(section) = record.section() {
        let place = format!("In: {}#{}", record.article().id(), section.anchor());
        paragraph(out, &line(&place))?;
    }
    show_sources(out, record.sources())?;
    Ok(ExitCode::SUCCESS)
}

/// Shows the web addresses of a section's own links: those of a reading list.
fn show_addresses(out: &mut dyn Write, section: &'static Section) -> io::Result<()> {
    for link in section.links() {
        if let Target::Web(url) = link.target()
            && url != link.text()
        {
            writeln!(out, "  {}: <{}>", line(link.text()), line(url))?;
        }
    }
    Ok(())
}

fn show_sources(out: &mut dyn Write, sources: &[&'static Source]) -> io::Result<()> {
    if sources.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    heading(out, "Sources", '-')?;
    for source in sources {
        let url = source.url().map_or(String::new(), |url| format!(" <{url}>"));
        let line = format!("[{}] {}", source.number(), line(&format!("{}{url}", source.text())));
        let options =
            textwrap::Options::new(common::width()).subsequent_indent("    ").break_words(false);
        writeln!(out, "{}", textwrap::fill(&line, options))?;
    }
    Ok(())
}

fn heading(out: &mut dyn Write, title: &str, underline: char) -> io::Result<()> {
    let title = line(title);
    let width = textwrap::core::display_width(&title).min(common::width());
    writeln!(out, "{title}\n{}", underline.to_string().repeat(width))
}

/// Wraps each line of a text by itself: lists and code keep their lines.
fn paragraph(out: &mut dyn Write, text: &str) -> io::Result<()> {
    for line in text.lines() {
        let indent: String = line.chars().take_while(|first| first.is_whitespace()).collect();
        let options =
            textwrap::Options::new(common::width()).subsequent_indent(&indent).break_words(false);
        writeln!(out, "{}", textwrap::fill(line, options))?;
    }
    Ok(())
}
