//! Shows an article without std, an allocator or a C library: `almanac-embedded companies/huawei`
//!
//! Everything it prints stands in the binary: it starts with nothing to load and needs no memory
//! but its stack.
#![no_std]
#![no_main]

#[cfg(not(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64"))))]
compile_error!(
    "almanac-embedded makes its own system calls: it is for Linux on x86_64 and on aarch64"
);

mod memory;
#[path = "../../common/steers.rs"]
mod steers;
mod system;

use core::fmt::{self, Write};

use ai_almanac::{Article, get, nearest};
use system::{Arguments, Output};

/// The article that is shown when nothing is asked for. An id that doesn't exist fails the build.
const DEFAULT: &Article = get("companies/huawei").unwrap();

const USAGE: &str = "usage: almanac-embedded [<id of an article>]";

/// Words read in a minute, as [`Article::reading_minutes`] has it.
const WORDS_A_MINUTE: usize = 200;

/// The program; gives its exit status.
fn main(arguments: Arguments) -> i32 {
    let (mut out, mut err) = (Output::standard(), Output::error());
    let status = run(arguments, &mut out, &mut err);
    match status.and_then(|status| out.flush().and(err.flush()).map(|()| status)) {
        Ok(status) => status,
        Err(fmt::Error) => {
            // If that fails too, there is nobody to tell.
            let _ =
                err.write_str("error: the output can't be written\n").and_then(|()| err.flush());
            1
        }
    }
}

fn run(mut arguments: Arguments, out: &mut Output, err: &mut Output) -> Result<i32, fmt::Error> {
    match (arguments.next(), arguments.next()) {
        (None, _) => show(DEFAULT, out),
        (Some(Ok("--help" | "-h")), None) => writeln!(out, "{USAGE}").map(|()| 0),
        (Some(Ok(id)), None) if !id.starts_with('-') => match get(id) {
            Some(article) => show(article, out),
            None => suggest(id, err),
        },
        _ => writeln!(err, "{USAGE}").map(|()| 2),
    }
}

fn show(article: &Article, out: &mut Output) -> Result<i32, fmt::Error> {
    writeln!(out, "{} ({})\n{}", article.title(), article.id(), article.description())?;
    writeln!(
        out,
        "{} words, {} min, {} sources\n",
        article.word_count(),
        article.reading_minutes(),
        article.sources().len()
    )?;
    reading_time(out, article.lead())?;
    writeln!(out, "(lead)")?;
    for section in article.sections() {
        reading_time(out, section.text())?;
        let indent = usize::from(section.level().saturating_sub(2)) * 2;
        writeln!(out, "{:indent$}{} #{}", "", section.title(), section.anchor())?;
    }
    Ok(0)
}

/// Writes how long a text is, in words (runs without white space that hold a letter or a digit) and
/// in time.
fn reading_time(out: &mut Output, text: &str) -> fmt::Result {
    let words = text.split_whitespace().filter(|run| run.contains(char::is_alphanumeric)).count();
    let seconds = (words * 60).div_ceil(WORDS_A_MINUTE);
    write!(out, "{words:5} words {:3}:{:02} min  ", seconds / 60, seconds % 60)
}

/// Says that there is no such article, and which ids are near.
fn suggest(id: &str, err: &mut Output) -> Result<i32, fmt::Error> {
    writeln!(err, "error: no article has the id `{id}`")?;
    for (number, article) in nearest(id).enumerate() {
        writeln!(
            err,
            "{:>12} {}: {}",
            if number == 0 { "did you mean" } else { "or" },
            article.id(),
            article.title()
        )?;
    }
    Ok(1)
}
