//! Checks and compiles content folders from the command line.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use almanac_build::{Builder, Compiled, Diagnostic};
use lexopt::prelude::*;
use serde::Serialize;

const HELP: &str = "\
Checks and compiles folders of Markdown articles.

    almanac check FOLDER [options]             print everything that is wrong, questions that don't
                                               find their article among it; write nothing
    almanac compile FOLDER --to FOLDER [options]   write the generated files

    --base PATH        the path under which the site shows the articles, such as /docs
    --allow CODES      allow diagnostics by code or group, separated by commas
    --deny-warnings    make warnings errors
    --happenings       check: suggest events that may be one happening
    --json             check: print JSON Lines, a diagnostic an object, and nothing else
    --search-index     compile: write a full-text index
    --to FOLDER        compile: the folder that gets the files; an older form in it is replaced
    --version          print the version

Exit status: 0 without errors, 1 with errors in the content, 2 if the command is wrong.
";

enum Command {
    Check { print: Print },
    Compile { to: PathBuf },
}

/// The output of `check`.
enum Print {
    Report,
    /// The report, and which events may be one happening.
    ReportAndHappenings,
    Json,
}

fn main() -> ExitCode {
    match parse(lexopt::Parser::from_env()) {
        Ok(Request::Run(command, builder)) => run(&command, *builder),
        Ok(Request::Help) => {
            print!("{HELP}");
            ExitCode::SUCCESS
        }
        Ok(Request::Version) => {
            println!("almanac {}", env!("CARGO_PKG_VERSION"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("almanac: {error}; see `almanac --help`");
            ExitCode::from(2)
        }
    }
}

enum Request {
    Help,
    Version,
    Run(Command, Box<Builder>),
}

fn parse(mut arguments: lexopt::Parser) -> Result<Request, lexopt::Error> {
    let (mut words, mut to) = (Vec::<OsString>::new(), None);
    let (mut base, mut allow) = (String::new(), String::new());
    let (mut deny_warnings, mut search_index) = (false, false);
    let (mut happenings, mut json) = (false, false);
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("help") | Short('h') => return Ok(Request::Help),
            Long("version") | Short('V') => return Ok(Request::Version),
            Long("base") => base = arguments.value()?.string()?,
            Long("allow") => allow = arguments.value()?.string()?,
            Long("deny-warnings") => deny_warnings = true,
            Long("happenings") => happenings = true,
            Long("json") => json = true,
            Long("search-index") => search_index = true,
            Long("to") => to = Some(PathBuf::from(arguments.value()?)),
            Value(word) => words.push(word),
            other => return Err(other.unexpected()),
        }
    }
    let [command, folder] = &words[..] else {
        return Err("expected a command and a folder".into());
    };
    let print = match (happenings, json) {
        (false, false) => Print::Report,
        (true, false) => Print::ReportAndHappenings,
        (false, true) => Print::Json,
        (true, true) => return Err("choose `--happenings` or `--json`".into()),
    };
    let command = match (command.to_str(), to) {
        (Some("check"), None) => Command::Check { print },
        (Some("compile"), _) if happenings => return Err("`--happenings` is for `check`".into()),
        (Some("compile"), _) if json => return Err("`--json` is for `check`".into()),
        (Some("compile"), Some(to)) => Command::Compile { to },
        (Some("check"), Some(_)) => return Err("`check` writes nothing: leave out `--to`".into()),
        (Some("compile"), None) => return Err("`compile` needs `--to FOLDER`".into()),
        _ => return Err("the commands are `check` and `compile`".into()),
    };
    let builder = Builder::new(folder).base(base).allow(&allow).deny_warnings(deny_warnings);
    let check = matches!(command, Command::Check { .. });
    let builder = builder.search_index(search_index).check_questions(check);
    Ok(Request::Run(command, Box::new(builder)))
}

fn run(command: &Command, builder: Builder) -> ExitCode {
    let compiled = builder.color(io::stdout().is_terminal()).run();
    let text = match command {
        Command::Check { print: Print::Json } => json_lines(&compiled.report.diagnostics),
        Command::Check { print: Print::ReportAndHappenings } => {
            compiled.report.text() + &suggestions(&compiled)
        }
        _ => compiled.report.text(),
    };
    if let Err(error) = io::stdout().write_all(text.as_bytes())
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        eprintln!("almanac: {error}");
        return ExitCode::from(2);
    }
    if compiled.report.failed {
        return ExitCode::FAILURE;
    }
    if let Command::Compile { to } = command
        && let Err(error) = compiled.write(to)
    {
        eprintln!("almanac: cannot write to {}: {error}", to.display());
        return ExitCode::from(2);
    }
    ExitCode::SUCCESS
}

/// Returns what the author is to decide: which events are one happening.
fn suggestions(compiled: &Compiled) -> String {
    let mut out = String::new();
    for candidate in &compiled.candidates {
        out.push_str(&format!("{candidate}\n"));
    }
    match compiled.candidates.len() {
        0 => out.push_str("no events of one date cite the same source without an id\n"),
        count => out.push_str(&format!(
            "{count} suggestions: events that are one happening carry the same id, \
             `<!-- #chatgpt-released -->` at the end of the line\n"
        )),
    }
    out
}

/// Returns an object a line.
fn json_lines(diagnostics: &[Diagnostic]) -> String {
    let mut out = Vec::new();
    for diagnostic in diagnostics {
        let mut serializer = serde_json::Serializer::with_formatter(&mut out, Ascii);
        diagnostic.serialize(&mut serializer).expect("a diagnostic has texts and numbers only");
        out.push(b'\n');
    }
    String::from_utf8(out).expect("JSON is UTF-8")
}

/// Escapes all but printable ASCII: what the content holds may steer a terminal, or change the
/// direction of what is shown.
struct Ascii;

impl serde_json::ser::Formatter for Ascii {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        for character in fragment.chars() {
            match character {
                ' '..='~' => write!(writer, "{character}")?,
                _ => {
                    for unit in character.encode_utf16(&mut [0; 2]) {
                        write!(writer, "\\u{unit:04x}")?;
                    }
                }
            }
        }
        Ok(())
    }
}
