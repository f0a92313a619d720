//! The conversion itself, by `pulldown-latex`.

use std::cell::Cell;
use std::convert::Infallible;
use std::error::Error;
use std::ops::Range;
use std::sync::Once;
use std::{panic, thread};

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::event::{Content, Event};
use pulldown_latex::{Parser, ParserError, Storage, push_mathml};

use super::FormulaError;

/// Bytes of stack that the parser takes for a command that stands in the argument of another, twice
/// what was measured without optimisation.
const STACK_PER_COMMAND: usize = 32 * 1024;

/// Commands whose stack any thread has.
const FEW_COMMANDS: usize = 30;

/// The text that is put around a formula to find the place of an error, more than an error shows of
/// it on either side: what is shown then stands around the place, and not at an end of the formula.
const HEAD: &str = "                        ";
const TAIL: &str = "{}{}{}{}{}{}{}{}{}{}{}{}";

/// The number of bytes that an error shows in front of its place.
const SHOWN: usize = 12;

thread_local! {
    /// `true` if this thread is in the parser.
    static IS_READING: Cell<bool> = const { Cell::new(false) };
}

/// Keeps the parser's panics off the terminal: they quote the formula as it is, controls included.
/// All others are shown as before.
fn silence() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !IS_READING.get() {
                before(panic);
            }
        }));
    });
}

/// Returns MathML that is not yet tidy, for a formula of so many commands.
pub fn render(tex: &str, block: bool, commands: usize) -> Result<String, FormulaError> {
    // The parser says of some states that they can't be. If they can after all, that is a fault of
    // the formula and not the end of the compilation.
    silence();
    let read = || {
        IS_READING.set(true);
        let result = panic::catch_unwind(|| rendered(tex, block)).ok();
        IS_READING.set(false);
        result
    };
    let result = if commands <= FEW_COMMANDS {
        read()
    } else {
        let stack =
            thread::Builder::new().stack_size(STACK_PER_COMMAND * (commands + FEW_COMMANDS));
        thread::scope(|scope| {
            let running = stack.spawn_scoped(scope, read);
            running.ok().and_then(|running| running.join().ok().flatten())
        })
    };
    result.unwrap_or_else(|| Err(FormulaError::new("a formula that can't be read", "", None)))
}

fn rendered(tex: &str, block: bool) -> Result<String, FormulaError> {
    let storage = Storage::new();
    let parsed: Result<Vec<Event<'_>>, ParserError> = Parser::new(tex, &storage).collect();
    let events = parsed.map_err(|error| FormulaError::new(said(&error), "", place(&error, tex)))?;
    for event in &events {
        // The one text that is written as it is.
        if let Event::Content(Content::Function(name)) = event
            && name.contains(['<', '>', '&'])
        {
            let message = format!("`{name}` is no name of an operator");
            return Err(FormulaError::new(
                message,
                "",
                tex.find(name).map(|at| at..at + name.len()),
            ));
        }
    }
    let display_mode = if block { DisplayMode::Block } else { DisplayMode::Inline };
    let config = RenderConfig { display_mode, ..RenderConfig::default() };
    let mut out = String::new();
    push_mathml(&mut out, events.into_iter().map(Ok::<_, Infallible>), config)
        .map_err(|error| FormulaError::new(error.to_string(), "", None))?;
    Ok(out)
}

/// Returns what an error of the parser says in words that fit a report.
fn said(error: &ParserError) -> String {
    let message = error.source().map_or_else(|| error.to_string(), ToString::to_string);
    match message.as_str() {
        "unknown primitive command found" => "an unknown command".to_owned(),
        "unkown mathematical environment found" => "an unknown environment".to_owned(),
        "expected a token" => "a command without its argument".to_owned(),
        other => other.replace("unkown", "unknown").replace(" found, ", ": "),
    }
}

/// Finds what an error is about. The parser tells its place only by the text around it.
fn place(error: &ParserError, tex: &str) -> Option<Range<usize>> {
    let padded = format!("{HEAD}{tex}{TAIL}");
    let storage = Storage::new();
    let again = Parser::new(&padded, &storage).find_map(Result::err)?;
    // An end that is missing is missed at the end.
    if said(&again) != said(error) || said(error).contains("to be closed with") {
        return None;
    }
    let again = again.to_string();
    let mut lines = again.lines().skip_while(|line| !line.starts_with("│…"));
    let mut shown = lines.next()?.strip_prefix("│…")?.to_owned();
    for line in lines {
        let line = line.strip_prefix("│ ")?;
        if line.bytes().all(|byte| byte == b'^') {
            break;
        }
        shown.push('\n');
        shown.push_str(line);
    }
    // Of two the first is marked.
    let found = padded.find(&shown)?;
    let end = (found + SHOWN).checked_sub(HEAD.len())?.min(tex.len());
    let before = tex.get(..end)?.trim_end();
    let last = before.chars().next_back()?;
    let start = match before.rfind('\\') {
        _ if before.ends_with("\\\\") => before.len() - 2,
        Some(at) if before[at + 1..].bytes().all(|byte| byte.is_ascii_alphabetic()) => at,
        _ => before.len() - last.len_utf8(),
    };
    Some(start..before.len())
}
