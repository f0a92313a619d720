//! The terminal: taken, and given back however things end.

use std::io;

use ratatui::DefaultTerminal;
use ratatui::crossterm::event;

use crate::state::App;
use crate::view;

/// Runs something with the terminal to itself. It is restored at the end, on an error, and before the message of a panic is printed.
pub fn session<T>(run: impl FnOnce(&mut DefaultTerminal) -> io::Result<T>) -> io::Result<T> {
    let result = ratatui::try_init().and_then(|mut terminal| run(&mut terminal));
    let restored = ratatui::try_restore();
    let value = result?;
    restored.map(|()| value)
}

/// Shows the state and lets events change it, until it wants to end.
pub fn show(app: &mut App, terminal: &mut DefaultTerminal) -> io::Result<()> {
    while !app.quit {
        terminal.draw(|frame| view::draw(app, frame))?;
        app.update(&event::read()?);
    }
    Ok(())
}
