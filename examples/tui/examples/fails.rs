//! Takes the terminal and fails, for `tests/terminal.sh` to see what is left of it:
//! `cargo run --example fails -- panic`, or `error`

use std::io;

use almanac_tui::state::App;
use almanac_tui::{terminal, view};
use ratatui::crossterm::event;
use ratatui::layout::Size;

fn main() -> io::Result<()> {
    let panics = std::env::args().nth(1).is_some_and(|argument| argument == "panic");
    terminal::session(|terminal| {
        let Size { width, height } = terminal.size()?;
        let app = App::new(Size { width, height });
        terminal.draw(|frame| view::draw(&app, frame))?;
        event::read()?;
        if panics {
            panic!("provoked");
        }
        Err(io::Error::other("provoked"))
    })
}
