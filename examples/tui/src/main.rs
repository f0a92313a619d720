//! A terminal reader for the almanac: `almanac-tui [id[#anchor]]`

#![forbid(unsafe_code)]

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use ai_almanac::Target;
use almanac_tui::printable::{line, printable};
use almanac_tui::state::App;
use almanac_tui::terminal;
use ratatui::layout::Size;

const USAGE: &str = "usage: almanac-tui [id[#anchor]]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args_os()
        .skip(1)
        .map(|argument| argument.to_string_lossy().into_owned())
        .collect();
    let place = match &arguments[..] {
        [] => None,
        [option] if option == "--help" || option == "-h" => {
            println!("{USAGE}\nReads the almanac in the terminal; ? shows the keys.");
            return ExitCode::SUCCESS;
        }
        [place] if !place.starts_with('-') && !place.is_empty() => match target(place) {
            Ok(target) => Some(target),
            Err(message) => return fail(&message),
        },
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    if !io::stdout().is_terminal() {
        return fail(
            "standard output is no terminal; for a pipe there is `cargo run --example show` in the \
            crate's folder",
        );
    }
    let shown = terminal::session(|terminal| {
        let Size { width, height } = terminal.size()?;
        let mut app = App::new(Size { width, height });
        if let Some(target) = place {
            app.open(target);
        }
        terminal::show(&mut app, terminal)
    });
    match shown {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&format!("the terminal: {error}")),
    }
}

/// Returns the target that an argument names; the error names those near it.
fn target(place: &str) -> Result<Target, String> {
    let (id, anchor) = place.split_once('#').unwrap_or((place, ""));
    let Some(article) = ai_almanac::get(id) else {
        let near: Vec<_> =
            ai_almanac::nearest(id).map(|article| format!("`{}`", article.id())).collect();
        let hint = if near.is_empty() {
            String::new()
        } else {
            format!("; did you mean {}?", near.join(" or "))
        };
        return Err(format!("no article has the id `{}`{hint}", line(id)));
    };
    if anchor.is_empty() {
        return Ok(Target::Article(article));
    }
    article.section(anchor).map(Target::Section).ok_or_else(|| {
        let known: Vec<_> =
            article.sections().iter().map(|section| format!("\n  #{}", section.anchor())).collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.concat() };
        format!("`{id}` has no section `#{}`; it has {known}", line(anchor))
    })
}

/// Says what is wrong; what it quotes is printable.
fn fail(message: &str) -> ExitCode {
    eprintln!("error: {}", printable(message));
    ExitCode::FAILURE
}
