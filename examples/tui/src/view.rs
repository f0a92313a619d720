//! The state as cells of the terminal.

use ai_almanac::SidebarItem;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::document::{Piece, name};
use crate::layout::ending;
use crate::reader::Subject;
use crate::state::{App, Focus, SMALLEST, areas};
use crate::text::{clean, clean_line, columns, cut, wrap};
use crate::theme;

const HINTS: &str = "? keys  / search  t timeline  Tab links  [ back  q quit";

/// The depth up to which entries are moved in.
const DEEPEST: usize = 8;
const TYPING: &str = "↑ ↓ choose  Enter opens  Esc leaves";

/// Draws everything. Modifiers alone tell things apart: crossterm leaves colours out when
/// `NO_COLOR` is set.
pub fn draw(app: &App, frame: &mut Frame) {
    let area = frame.area();
    if area.as_size() != app.size {
        // The window has just changed; the event that says so is on its way.
        return;
    }
    if app.too_small() {
        too_small(app, area, frame.buffer_mut());
    } else {
        let areas = areas(app.size);
        if app.beside() || app.focus == Focus::Tree {
            tree(app, areas.tree, frame.buffer_mut());
        }
        if app.beside() {
            for y in 0..areas.tree.height {
                frame.buffer_mut()[(areas.tree.width, y)].set_symbol("│").set_style(theme::QUIET);
            }
        }
        if app.beside() || app.focus == Focus::Page {
            page(app, areas.page, frame.buffer_mut());
        }
        if let Some(cursor) = status(app, areas.status, frame.buffer_mut()) {
            frame.set_cursor_position(cursor);
        }
    }
}

fn too_small(app: &App, area: Rect, buffer: &mut Buffer) {
    let text = format!(
        "The window is too small: it has {} by {}, and {} by {} are needed. q quits.",
        app.size.width, app.size.height, SMALLEST.width, SMALLEST.height
    );
    for (row, y) in wrap(&text, area.width.into()).into_iter().zip(area.y..area.bottom()) {
        buffer.set_string(area.x, y, &text[row], Style::new());
    }
}

fn tree(app: &App, area: Rect, buffer: &mut Buffer) {
    let (entries, selected, height) =
        (app.tree.entries(), app.tree.selected, usize::from(area.height));
    // The selected entry stays in the middle, but for the ends.
    let first = selected.saturating_sub(height / 2).min(entries.len().saturating_sub(height));
    for (number, (entry, y)) in entries.iter().skip(first).zip(area.y..area.bottom()).enumerate() {
        let (mark, label, mut style) = match entry.item {
            SidebarItem::Category(category) if app.tree.is_open(entry.item) => {
                ("▾ ", category.label(), theme::HEADING)
            }
            SidebarItem::Category(category) => ("▸ ", category.label(), theme::HEADING),
            SidebarItem::Article(article) if *app.reader.subject() == Subject::Article(article) => {
                ("", article.sidebar_label(), theme::STRONG)
            }
            SidebarItem::Article(article) => ("", article.sidebar_label(), Style::new()),
        };
        let text = format!(" {}{mark}{}", "  ".repeat(entry.depth.min(DEEPEST)), clean_line(label));
        if first + number == selected && app.focus == Focus::Tree {
            style = style.patch(theme::SELECTED);
        }
        let width = usize::from(area.width);
        buffer.set_stringn(area.x, y, format!("{:width$}", ""), width, style);
        buffer.set_stringn(area.x, y, cut(&text, width.saturating_sub(1)), width, style);
    }
}

fn page(app: &App, area: Rect, buffer: &mut Buffer) {
    let rows = &app.reader.page().rows[app.reader.top()..];
    for (row, y) in rows.iter().zip(area.y..area.bottom()) {
        let chosen = |link: Option<usize>| {
            link.is_some() && link == app.reader.link() && app.focus == Focus::Page
        };
        let style = |piece: &Piece| {
            if chosen(piece.link) { piece.style.patch(theme::SELECTED) } else { piece.style }
        };
        let line: Line = row
            .pieces
            .iter()
            .map(|piece| Span::styled(piece.text.as_str(), style(piece)))
            .collect();
        buffer.set_line(area.x, y, &line, area.width);
    }
}

/// The last row; more rows when a link's address needs them. Says where the cursor is when one
/// types.
fn status(app: &App, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let width = usize::from(area.width);
    if let (true, Subject::Search(query)) = (app.typing, app.reader.subject()) {
        let query = clean(query);
        // Of a long query one sees the end.
        let shown = ending(&query, width.saturating_sub(3));
        buffer.set_string(area.x, area.y, format!("/{shown}"), theme::STRONG);
        if columns(shown) + columns(TYPING) + 4 < width {
            buffer.set_string(area.right() - columns(TYPING) as u16, area.y, TYPING, theme::QUIET);
        }
        return Some(Position::new(area.x + 1 + columns(shown) as u16, area.y));
    }
    let goal = app.reader.goal().filter(|_| app.focus == Focus::Page);
    let (text, style) = match (&app.notice, goal) {
        (Some(notice), _) => (clean_line(notice), theme::STRONG),
        (None, Some(goal)) => {
            let title = goal
                .link
                .and_then(|link| link.title())
                .map_or(String::new(), |title| format!(" ({title})"));
            (format!("→ {}", clean_line(&(name(goal.target) + &title))), Style::new())
        }
        (None, None) => (HINTS.to_owned(), theme::QUIET),
    };
    let mut place = format!(" {}%", app.reader.progress());
    if !app.reader.heading().is_empty() {
        place = format!(" {} ·{place}", cut(app.reader.heading(), width / 3));
    }
    let place = if app.beside() || app.focus == Focus::Page { place } else { String::new() };
    let room = width.saturating_sub(columns(&place));
    if columns(&text) <= room || (app.notice.is_none() && goal.is_none()) {
        buffer.set_string(area.x, area.y, cut(&text, room), style);
        buffer.set_string(area.x + room as u16, area.y, &place, theme::QUIET);
        return None;
    }
    // An address is no use when it is cut off: it may take a third of the window.
    let rows = wrap(&text, width);
    let count = rows.len().min(usize::from(app.size.height) / 3);
    for (number, row) in rows[..count].iter().enumerate() {
        let y = area.bottom() - (count - number) as u16;
        let end = if number + 1 == count { text.len() } else { row.end };
        buffer.set_string(0, y, " ".repeat(width), Style::reset());
        buffer.set_string(0, y, cut(&text[row.start..end], width), style);
    }
    None
}
