//! Serves the almanac: `almanac-axum --listen 127.0.0.1:8080`

#![forbid(unsafe_code)]

#[path = "../../common/printable.rs"]
mod printable;

use std::io::{self, Write};
use std::net::SocketAddr;
use std::process::ExitCode;

use almanac_axum::routes;
use almanac_axum::server::{self, Limits};
use lexopt::prelude::*;
use printable::line;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

const USAGE: &str = "\
usage: almanac-axum [--listen ADDRESS:PORT] [--connections NUMBER] [--per-client NUMBER]

  --listen ADDRESS:PORT   where to listen (127.0.0.1:8080); port 0 takes a free one and prints it
  --connections NUMBER    how many at once, the others wait (1024)
  --per-client NUMBER     how many of them for one client (a quarter of them, or 16);
                          behind a proxy all clients are one
  -h, --help              this text
  -V, --version           the version
";

struct Settings {
    listen: SocketAddr,
    limits: Limits,
}

fn main() -> ExitCode {
    match settings() {
        Ok(Some(settings)) => run(&settings),
        Ok(None) => ExitCode::SUCCESS,
        Err(error) => {
            eprint!("error: {}\n\n{USAGE}", line(&error.to_string()));
            ExitCode::from(2)
        }
    }
}

/// Reads the arguments; `None` when they only asked for a text, which has been printed.
fn settings() -> Result<Option<Settings>, lexopt::Error> {
    let mut settings =
        Settings { listen: SocketAddr::from(([127, 0, 0, 1], 8080)), limits: Limits::new(1024) };
    let mut per_client = None;
    let number = |text: &str| match text.parse() {
        Ok(number @ 1..=1_000_000) => Ok(number),
        _ => Err("not a number from 1 to 1000000"),
    };
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("listen") => settings.listen = arguments.value()?.parse()?,
            Long("connections") => {
                settings.limits = Limits::new(arguments.value()?.parse_with(number)?)
            }
            Long("per-client") => per_client = Some(arguments.value()?.parse_with(number)?),
            Short('h') | Long("help") => {
                print(USAGE);
                return Ok(None);
            }
            Short('V') | Long("version") => {
                print(concat!("almanac-axum ", env!("CARGO_PKG_VERSION"), "\n"));
                return Ok(None);
            }
            other => return Err(other.unexpected()),
        }
    }
    settings.limits.per_client = per_client.unwrap_or(settings.limits.per_client);
    Ok(Some(settings))
}

/// Nobody reading is no error.
fn print(text: &str) {
    let _ = io::stdout().write_all(text.as_bytes());
}

#[tokio::main]
async fn run(settings: &Settings) -> ExitCode {
    match serve(settings).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {}: {error}", settings.listen);
            ExitCode::FAILURE
        }
    }
}

async fn serve(settings: &Settings) -> io::Result<()> {
    let (mut interrupt, mut terminate) =
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let listener = TcpListener::bind(settings.listen).await?;
    print(&format!("listening on http://{}\n", listener.local_addr()?));
    let stop = async {
        tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
    };
    let cut = server::serve(listener, routes::app(), settings.limits.clone(), stop).await;
    if cut > 0 {
        eprintln!(
            "warning: {cut} connections cut off after {} seconds",
            settings.limits.end_time.as_secs()
        );
    }
    Ok(())
}
