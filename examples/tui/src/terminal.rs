//! The terminal: taken, and given back however things end.

use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

use ratatui::DefaultTerminal;
use ratatui::crossterm::event;

use crate::state::App;
use crate::view;

/// Held by whoever writes to the terminal. The one that gives it back on a signal keeps it.
static TURN: Mutex<()> = Mutex::new(());

fn turn() -> MutexGuard<'static, ()> {
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs something with the terminal to itself. It is restored at the end, on an error, before the
/// message of a panic is printed, and when a signal ends the program.
pub fn session<T>(run: impl FnOnce(&mut DefaultTerminal) -> io::Result<T>) -> io::Result<T> {
    #[cfg(unix)]
    restore_on_signals()?;
    let result = ratatui::try_init().and_then(|mut terminal| run(&mut terminal));
    let _turn = turn();
    let restored = ratatui::try_restore();
    let value = result?;
    restored.map(|()| value)
}

/// Shows the state and lets events change it, until it wants to end.
pub fn show(app: &mut App, terminal: &mut DefaultTerminal) -> io::Result<()> {
    while !app.quit {
        {
            let _turn = turn();
            terminal.draw(|frame| view::draw(app, frame))?;
        }
        app.update(&event::read()?);
    }
    Ok(())
}

/// Restores the terminal when a signal comes that ends the program, then lets it end by that
/// signal.
#[cfg(unix)]
fn restore_on_signals() -> io::Result<()> {
    use ratatui::crossterm::cursor::Show;
    use ratatui::crossterm::execute;
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    let mut signals = Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM])?;
    std::thread::spawn(move || {
        for signal in signals.forever() {
            // Nothing is drawn from here on. After SIGHUP there may be no terminal left to restore.
            let _turn = turn();
            let _ = ratatui::try_restore();
            // The `Terminal`, which shows it when it is dropped, isn't.
            let _ = execute!(io::stdout(), Show);
            let _ = emulate_default_handler(signal);
        }
    });
    Ok(())
}
