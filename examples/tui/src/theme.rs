//! Styles: modifiers first. Of the 16 colours that every terminal has, magenta and red can be read
//! on black and on white.

use ratatui::style::{Color, Modifier, Style};

const PLAIN: Style = Style::new();

pub const TITLE: Style = PLAIN.add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED));
pub const HEADING: Style = PLAIN.add_modifier(Modifier::BOLD);
pub const STRONG: Style = PLAIN.add_modifier(Modifier::BOLD);
pub const EMPHASIS: Style = PLAIN.add_modifier(Modifier::ITALIC);
pub const DELETED: Style = PLAIN.add_modifier(Modifier::CROSSED_OUT);
pub const CODE: Style = PLAIN.fg(Color::Red);
/// A link to an article or a section.
pub const LINK: Style = PLAIN.fg(Color::Magenta).add_modifier(Modifier::UNDERLINED);
/// A link to the web, which the reader can only name.
pub const ADDRESS: Style = PLAIN.add_modifier(Modifier::UNDERLINED);
/// The style of all that frames the text: facts, citations, lines.
pub const QUIET: Style = PLAIN.add_modifier(Modifier::DIM);
/// A word that was searched for.
pub const FOUND: Style = PLAIN.fg(Color::Magenta).add_modifier(Modifier::BOLD);
pub const SELECTED: Style = PLAIN.add_modifier(Modifier::REVERSED);
