//! Styles: modifiers first, and few of the 16 colours that every terminal has and tunes to its own background.

use ratatui::style::{Color, Modifier, Style};

const PLAIN: Style = Style::new();

pub const TITLE: Style = PLAIN.fg(Color::Magenta).add_modifier(Modifier::BOLD).add_modifier(Modifier::UNDERLINED);
pub const HEADING: Style = PLAIN.fg(Color::Magenta).add_modifier(Modifier::BOLD);
pub const STRONG: Style = PLAIN.add_modifier(Modifier::BOLD);
pub const EMPHASIS: Style = PLAIN.add_modifier(Modifier::ITALIC);
pub const DELETED: Style = PLAIN.add_modifier(Modifier::CROSSED_OUT);
pub const CODE: Style = PLAIN.fg(Color::Green);
/// A link to an article or a section.
pub const LINK: Style = PLAIN.fg(Color::Cyan).add_modifier(Modifier::UNDERLINED);
/// A link to the web, which the reader can only name.
pub const ADDRESS: Style = PLAIN.add_modifier(Modifier::UNDERLINED);
/// What frames the text: facts, citations, lines.
pub const QUIET: Style = PLAIN.add_modifier(Modifier::DIM);
/// A word that was searched for.
pub const FOUND: Style = PLAIN.fg(Color::Magenta).add_modifier(Modifier::BOLD);
pub const SELECTED: Style = PLAIN.add_modifier(Modifier::REVERSED);
pub const ERROR: Style = PLAIN.fg(Color::Red).add_modifier(Modifier::BOLD);
