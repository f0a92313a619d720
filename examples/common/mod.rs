//! Shared by the examples: arguments, output that steers no terminal, and suggestions for an id
//! that doesn't exist.

pub mod printable;

use std::io::{self, BufWriter, StdoutLock, Write};
use std::process::ExitCode;

use ai_almanac::Article;

/// Standard output. What is written to it steers no terminal, whoever wrote the text.
pub struct Out(BufWriter<StdoutLock<'static>>);

impl Out {
    /// Returns a writer for the program's own escape sequences, and for data for programs.
    #[allow(dead_code, reason = "not every example has any")]
    pub fn raw(&mut self) -> &mut dyn Write {
        &mut self.0
    }

    /// Writes a value as JSON.
    #[allow(dead_code, reason = "not every example writes JSON")]
    pub fn json(&mut self, value: &impl serde::Serialize, pretty: bool) -> io::Result<()> {
        let json = match pretty {
            true => serde_json::to_string_pretty(value),
            false => serde_json::to_string(value),
        };
        writeln!(self.0, "{}", printable::json(&json?))
    }
}

impl Write for Out {
    /// Writes whole texts: formatting hands over nothing else.
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        let shown = printable::printable(&String::from_utf8_lossy(text));
        self.0.write_all(shown.as_bytes()).map(|()| text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Runs a program that writes to standard output. A reader that closes the pipe (`… | head`) is no
/// error.
pub fn run(program: impl FnOnce(&mut Out) -> io::Result<ExitCode>) -> ExitCode {
    let mut out = Out(BufWriter::new(io::stdout().lock()));
    match program(&mut out).and_then(|code| out.flush().map(|()| code)) {
        Ok(code) => code,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
            // Nobody reads the rest: don't let it be written when the buffer goes.
            let _ = out.0.into_parts();
            ExitCode::SUCCESS
        }
        Err(error) => complain(&error.to_string()),
    }
}

/// Returns the arguments. What isn't UTF-8 becomes `�`, which no id and no word has.
#[allow(dead_code, reason = "`list` takes none, `site` takes paths")]
pub fn arguments() -> impl Iterator<Item = String> {
    std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned())
}

/// Says what is wrong, on one line, and gives the exit status for that.
pub fn complain(message: &str) -> ExitCode {
    eprintln!("error: {}", printable::line(message));
    ExitCode::FAILURE
}

/// Says how a program is called, and gives the exit status for that.
pub fn usage(usage: &str) -> ExitCode {
    eprintln!("usage: {usage}");
    ExitCode::from(2)
}

/// Returns the article with an id; otherwise says which are near.
#[allow(dead_code, reason = "not every example looks articles up")]
pub fn article(id: &str) -> Option<&'static Article> {
    let found = ai_almanac::get(id);
    if found.is_none() {
        complain(&format!("no article has the id `{id}`"));
        let near: Vec<_> =
            ai_almanac::nearest(id).map(|article| format!("`{}`", article.id())).collect();
        match &near[..] {
            [] => eprintln!("`cargo run --example list` shows all ids"),
            near => eprintln!("did you mean {}?", printable::line(&near.join(" or "))),
        }
    }
    found
}

/// Returns the width to wrap text to: the terminal's, no more than 100 columns.
#[allow(dead_code, reason = "not every example wraps")]
pub fn width() -> usize {
    textwrap::termwidth().clamp(20, 100)
}
