//! Lists the knowledge base by category: `cargo run --example list`

mod common;

use std::io::{self, Write};
use std::process::ExitCode;

use ai_almanac::{Article, Category, SidebarItem, articles, categories, contents};
use common::printable::line;
use textwrap::core::display_width;

/// Columns of the widest line.
const WIDTH: usize = 80;

fn main() -> ExitCode {
    common::run(|out| {
        if std::env::args_os().len() > 1 {
            return Ok(common::usage("list"));
        }
        let at_root: Vec<&Article> = contents()
            .iter()
            .filter_map(|item| match item {
                SidebarItem::Article(article) => Some(*article),
                SidebarItem::Category(_) => None,
            })
            .collect();
        table(out, "", &at_root)?;
        for category in categories() {
            table(out, &path(category), category.articles())?;
        }
        let words: u32 = articles().iter().map(|article| article.word_count()).sum();
        writeln!(out, "{} articles, {words} words", articles().len())?;
        Ok(ExitCode::SUCCESS)
    })
}

/// The labels of a category and of those around it.
fn path(category: &'static Category) -> String {
    match category.parent() {
        Some(parent) => format!("{} / {}", path(parent), line(category.label())),
        None => line(category.label()),
    }
}

fn table(out: &mut dyn Write, heading: &str, articles: &[&'static Article]) -> io::Result<()> {
    if articles.is_empty() {
        return Ok(());
    }
    // The ids are for copying, so titles give way.
    let widest = |text: fn(&'static Article) -> &'static str| {
        articles.iter().map(|article| display_width(&line(text(article)))).max().unwrap_or(0)
    };
    let ids = widest(Article::id).max(2);
    let titles = widest(Article::title)
        .max(display_width(heading))
        .min(WIDTH.saturating_sub(ids + 26))
        .max(12);
    let row = |title: &str, id: &str, numbers: [String; 3]| {
        let [sections, links, words] = numbers;
        format!("{}  {}  {sections:>8}  {links:>5}  {words:>5}", fit(title, titles), fit(id, ids))
    };
    writeln!(out, "{}", row(heading, "id", ["sections", "links", "words"].map(str::to_owned)))?;
    for article in articles {
        let numbers = [
            article.sections().len().to_string(),
            article.links().len().to_string(),
            article.word_count().to_string(),
        ];
        writeln!(out, "{}", row(&line(article.title()), &line(article.id()), numbers))?;
    }
    writeln!(out)
}

/// The text in exactly so many columns: filled with spaces, or cut with `…`.
fn fit(text: &str, columns: usize) -> String {
    let mut fitted = String::new();
    for character in text.chars() {
        fitted.push(character);
        if display_width(&fitted) > columns {
            while display_width(&fitted) > columns - 1 {
                fitted.pop();
            }
            fitted.push('…');
            break;
        }
    }
    let missing = columns.saturating_sub(display_width(&fitted));
    fitted + &" ".repeat(missing)
}
