//! The conversion itself, by `pulldown-latex`.

use std::convert::Infallible;
use std::error::Error;
use std::{panic, thread};

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::event::{Content, Event};
use pulldown_latex::{Parser, ParserError, Storage, push_mathml};

/// Bytes of stack that the parser takes for a command that stands in the argument of another, twice
/// what was measured without optimisation.
const STACK_PER_COMMAND: usize = 32 * 1024;

/// Commands whose stack any thread has.
const FEW_COMMANDS: usize = 30;

/// Returns MathML that is not yet tidy, for a formula of so many commands.
pub fn render(tex: &str, block: bool, commands: usize) -> Result<String, String> {
    // The parser says of some states that they can't be. If they can after all, that is a fault of
    // the formula and not the end of the compilation.
    let result = if commands <= FEW_COMMANDS {
        panic::catch_unwind(|| rendered(tex, block)).ok()
    } else {
        let stack =
            thread::Builder::new().stack_size(STACK_PER_COMMAND * (commands + FEW_COMMANDS));
        thread::scope(|scope| {
            let running = stack.spawn_scoped(scope, || rendered(tex, block));
            running.ok().and_then(|running| running.join().ok())
        })
    };
    result.unwrap_or_else(|| Err("it can't be read".to_owned()))
}

fn rendered(tex: &str, block: bool) -> Result<String, String> {
    let storage = Storage::new();
    let parsed: Result<Vec<Event<'_>>, ParserError> = Parser::new(tex, &storage).collect();
    let events = parsed.map_err(|error| {
        // Without the excerpt, which the report shows better.
        error.source().map_or_else(|| error.to_string(), ToString::to_string)
    })?;
    for event in &events {
        // The one text that is written as it is.
        if let Event::Content(Content::Function(name)) = event
            && name.contains(['<', '>', '&'])
        {
            return Err(format!("`{name}` is no name of an operator"));
        }
    }
    let display_mode = if block { DisplayMode::Block } else { DisplayMode::Inline };
    let config = RenderConfig { display_mode, ..RenderConfig::default() };
    let mut out = String::new();
    push_mathml(&mut out, events.into_iter().map(Ok::<_, Infallible>), config)
        .map_err(|error| error.to_string())?;
    Ok(out)
}
