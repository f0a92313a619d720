//! Gives assistants the almanac over the Model Context Protocol, on standard input and output:
//! `almanac-mcp`

mod pipe;
mod records;
mod server;
#[path = "../../common/tellers.rs"]
mod tellers;
#[cfg(test)]
mod tests;
mod text;
mod tool;
mod tools;
mod transport;

use std::process::ExitCode;

use rmcp::ServiceExt;
use rmcp::service::ServerInitializeError;

const USAGE: &str = "usage: almanac-mcp [--help | --version]

A Model Context Protocol server: a client starts it and speaks to it on standard input and output.";

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    match &arguments[..] {
        [] => serve(),
        [one] if one == "--help" || one == "-h" => say(USAGE),
        [one] if one == "--version" || one == "-V" => {
            say(concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")))
        }
        _ => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

/// Prints to a reader who may have gone.
fn say(text: &str) -> ExitCode {
    use std::io::{ErrorKind, Write};

    match writeln!(std::io::stdout(), "{text}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => fail(&error),
        _ => ExitCode::SUCCESS,
    }
}

fn fail(error: &dyn std::error::Error) -> ExitCode {
    eprintln!("error: {error}");
    ExitCode::FAILURE
}

/// Answers until the client closes a pipe.
fn serve() -> ExitCode {
    // Standard output is the protocol's. What is wrong with a request is said to the client, not
    // here.
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_max_level(tracing_subscriber::filter::LevelFilter::ERROR)
        .init();
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_time().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error),
    };
    let status = runtime.block_on(async {
        let lines = transport::Lines::new(tokio::io::stdin(), pipe::Output::new());
        match server::Almanac::new().serve(lines).await {
            Ok(running) => match running.waiting().await {
                Ok(_) => ExitCode::SUCCESS,
                Err(error) => fail(&error),
            },
            // A client that leaves before it has said a word.
            Err(ServerInitializeError::ConnectionClosed(_)) => ExitCode::SUCCESS,
            Err(error) => fail(&error),
        }
    });
    // A read of standard input that still waits must not hold up the end.
    runtime.shutdown_background();
    status
}
