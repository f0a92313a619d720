//! What the examples share: writing to a terminal or a pipe, and what to say about an id that doesn't exist.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use ai_almanac::Article;

/// Runs a program that writes to standard output. A reader that closes the pipe (`… | head`) is no error.
pub fn run(program: impl FnOnce(&mut dyn Write) -> io::Result<ExitCode>) -> ExitCode {
    let mut out = BufWriter::new(io::stdout().lock());
    match program(&mut out).and_then(|code| out.flush().map(|()| code)) {
        Ok(code) => code,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
            // Nobody reads the rest: don't let it be written when the buffer goes.
            let _ = out.into_parts();
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Says how a program is called, and gives the exit status for that.
pub fn usage(usage: &str) -> ExitCode {
    eprintln!("usage: {usage}");
    ExitCode::from(2)
}

/// The article with an id; otherwise says which are near.
#[allow(dead_code, reason = "not every example looks articles up")]
pub fn article(id: &str) -> Option<&'static Article> {
    let found = ai_almanac::get(id);
    if found.is_none() {
        eprintln!("error: no article has the id `{id}`");
        let near: Vec<_> = ai_almanac::nearest(id).map(|article| format!("`{}`", article.id())).collect();
        match &near[..] {
            [] => eprintln!("`cargo run --example list` shows all ids"),
            near => eprintln!("did you mean {}?", near.join(" or ")),
        }
    }
    found
}

/// The width to wrap text to: the terminal's, no more than 100 columns.
#[allow(dead_code, reason = "not every example wraps")]
pub fn width() -> usize {
    textwrap::termwidth().clamp(20, 100)
}
