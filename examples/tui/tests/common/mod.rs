//! The program without a terminal: keys go in, a screen comes out.
#![allow(dead_code, reason = "not every test needs all")]

use almanac_tui::state::App;
use almanac_tui::view;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Size;

pub fn app(width: u16, height: u16) -> App {
    App::new(Size { width, height })
}

pub fn at(width: u16, height: u16, id: &str) -> App {
    let mut app = app(width, height);
    app.open(ai_almanac::Target::Article(ai_almanac::get(id).unwrap()));
    app
}

pub fn key(app: &mut App, code: KeyCode) {
    app.update(&Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
}

/// Presses the key of each character; `\n` is Enter, `\t` Tab, `\u{8}` Backspace, `\u{1b}` Esc.
pub fn press(app: &mut App, keys: &str) {
    for character in keys.chars() {
        let code = match character {
            '\n' => KeyCode::Enter,
            '\t' => KeyCode::Tab,
            '\u{8}' => KeyCode::Backspace,
            '\u{1b}' => KeyCode::Esc,
            other => KeyCode::Char(other),
        };
        key(app, code);
    }
}

pub fn resize(app: &mut App, width: u16, height: u16) {
    app.update(&Event::Resize(width, height));
}

pub fn buffer(app: &App) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(app.size.width, app.size.height)).unwrap();
    terminal.draw(|frame| view::draw(app, frame)).unwrap();
    terminal.backend().buffer().clone()
}

/// The screen as text; what is chosen stands between `«` and `»`.
pub fn screen(app: &App) -> String {
    let buffer = buffer(app);
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let mut line = String::new();
        let mut chosen = false;
        let mut hidden = 0;
        for x in 0..buffer.area.width {
            let cell = &buffer[(x, y)];
            if hidden > 0 {
                hidden -= 1;
                continue;
            }
            let reversed = cell.modifier.contains(ratatui::style::Modifier::REVERSED);
            if reversed != chosen {
                line.push(if reversed { '«' } else { '»' });
                chosen = reversed;
            }
            line.push_str(cell.symbol());
            hidden = almanac_tui::text::columns(cell.symbol()).saturating_sub(1);
        }
        if chosen {
            line.push('»');
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// Asserts that no cell holds what a terminal would act on, or that would reorder its line.
pub fn assert_harmless(buffer: &Buffer) {
    let steers = |character: char| {
        character.is_control()
            || matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}')
            || matches!(character, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    for cell in &buffer.content {
        assert!(!cell.symbol().contains(steers), "{:?}", cell.symbol());
    }
}
