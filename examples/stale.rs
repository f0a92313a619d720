//! Lists the articles whose facts are due for review: `cargo run --example stale -- 2027-01-01`

mod common;

use std::io::Write;
use std::process::ExitCode;

use ai_almanac::{Date, EDITION, articles, stale};

const USAGE: &str = "stale YYYY-MM-DD";

fn main() -> ExitCode {
    common::run(|out| {
        let arguments: Vec<String> = common::arguments().collect();
        let [date] = &arguments[..] else { return Ok(common::usage(USAGE)) };
        let date: Date = match date.parse() {
            Ok(date) => date,
            Err(error) => {
                common::complain(&format!("`{date}` is no date: {error}"));
                return Ok(common::usage(USAGE));
            }
        };
        let due = stale(date);
        let width = due.iter().map(|article| article.id().len()).max().unwrap_or(0);
        for article in due {
            let review = article.review_by().map(|date| date.to_string()).unwrap_or_default();
            writeln!(out, "{review:<10}  {:width$}  {article}", article.id())?;
        }
        let dated = articles().iter().filter(|article| article.review_by().is_some()).count();
        write!(out, "{} of {} articles are due on {date}", due.len(), articles().len())?;
        if dated < articles().len() {
            write!(out, "; {} have no review date", articles().len() - dated)?;
        }
        if let Some(edition) = EDITION {
            write!(out, "; the edition is of {edition}")?;
        }
        writeln!(out)?;
        Ok(ExitCode::SUCCESS)
    })
}
