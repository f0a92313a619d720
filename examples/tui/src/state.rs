//! The state of the program, and its changes by a key or a new size. Nothing here draws, waits or
//! reads.

use ai_almanac::{SidebarItem, Target};
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::layout::{Rect, Size};
use unicode_segmentation::UnicodeSegmentation;

use crate::document::name;
use crate::reader::{Reader, Subject};
use crate::tree::Tree;

/// Below this nothing is drawn but that it is too little.
pub const SMALLEST: Size = Size { width: 40, height: 10 };
/// From this width on, contents and page stand side by side.
const BESIDE: u16 = 70;
/// Longer lines are hard to read.
const LONGEST_LINE: u16 = 92;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Focus {
    Tree,
    Page,
}

pub struct App {
    pub size: Size,
    pub tree: Tree,
    pub reader: Reader,
    pub focus: Focus,
    /// `true` if a search is being typed.
    pub typing: bool,
    /// The message about the last key.
    pub notice: Option<String>,
    pub quit: bool,
}

/// The areas of the screen.
pub struct Areas {
    pub tree: Rect,
    pub page: Rect,
    pub status: Rect,
}

pub fn areas(size: Size) -> Areas {
    let height = size.height.saturating_sub(1);
    let status = Rect::new(0, height, size.width, 1);
    if size.width < BESIDE {
        let whole = Rect::new(0, 0, size.width, height);
        return Areas {
            tree: whole,
            page: Rect { x: 1, width: size.width.saturating_sub(2), ..whole },
            status,
        };
    }
    let tree = (size.width / 4).clamp(22, 34);
    let page = Rect::new(tree + 2, 0, (size.width - tree - 3).min(LONGEST_LINE), height);
    Areas { tree: Rect::new(0, 0, tree, height), page, status }
}

impl App {
    pub fn new(size: Size) -> App {
        let page = areas(size).page;
        let reader = Reader::new(page.width.into(), page.height.into());
        App {
            size,
            tree: Tree::new(),
            reader,
            focus: Focus::Tree,
            typing: false,
            notice: None,
            quit: false,
        }
    }

    /// Returns `true` if contents and page are both in sight.
    pub fn beside(&self) -> bool {
        self.size.width >= BESIDE
    }

    pub fn too_small(&self) -> bool {
        self.size.width < SMALLEST.width || self.size.height < SMALLEST.height
    }

    pub fn update(&mut self, event: &Event) {
        match event {
            Event::Resize(width, height) => {
                self.size = Size::new(*width, *height);
                let page = areas(self.size).page;
                self.reader.resize(page.width.into(), page.height.into());
            }
            Event::Key(key) if key.kind != KeyEventKind::Release => self.key(key),
            _ => {}
        }
    }

    /// Opens what a link leads to; of the web, only the address.
    pub fn open(&mut self, target: Target) {
        match target {
            Target::Article(_) | Target::Section(_) => {
                self.reader.go(target);
                self.arrive();
            }
            Target::Category(category) => {
                self.tree.reveal_category(category);
                self.focus = Focus::Tree;
            }
            Target::Web(_) | Target::Email(_) => {
                self.notice = Some(format!("Not opened, to copy: {}", name(target)))
            }
        }
    }

    /// After a change of page: it is in front, and the contents show where one is.
    fn arrive(&mut self) {
        self.focus = Focus::Page;
        if let Subject::Article(article) = self.reader.subject() {
            self.tree.reveal(article);
        }
    }

    fn visit(&mut self, subject: Subject) {
        if *self.reader.subject() != subject {
            self.reader.visit(subject);
        }
        self.arrive();
    }

    /// Visits a page whose links are its entries: the first is chosen.
    fn visit_list(&mut self, subject: Subject) {
        self.visit(subject);
        if self.reader.link().is_none() {
            self.reader.step(true);
        }
    }

    fn travel(&mut self, forward: bool) {
        if self.reader.travel(forward) {
            self.arrive();
        } else {
            self.notice = Some(
                if forward { "No page further on" } else { "No page further back" }.to_owned(),
            );
        }
    }

    fn follow(&mut self) {
        match self.reader.goal() {
            Some(goal) => self.open(goal.target),
            None => self.notice = Some("No link is chosen: Tab chooses one".to_owned()),
        }
    }

    fn key(&mut self, key: &KeyEvent) {
        self.notice = None;
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        if control && key.code == KeyCode::Char('c') {
            self.quit = true;
        } else if self.too_small() {
            // State that can't be seen must not change; but one can leave.
            self.quit = key.code == KeyCode::Char('q');
        } else if self.typing {
            self.type_key(key, control);
        } else if !control {
            self.command(key);
        }
    }

    fn command(&mut self, key: &KeyEvent) {
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        match key.code {
            KeyCode::Char('q') => self.quit = true,
            KeyCode::Char('?') => self.visit(Subject::Help),
            KeyCode::Char('~') => self.visit(Subject::Front),
            KeyCode::Char('t') => self.visit_list(Subject::Timeline),
            KeyCode::Char('r') => self.visit_list(Subject::Records),
            KeyCode::Char('/') => {
                if !matches!(self.reader.subject(), Subject::Search(_)) {
                    self.visit(Subject::Search(String::new()));
                }
                self.focus = Focus::Page;
                self.typing = true;
            }
            KeyCode::Char('[') | KeyCode::Backspace => self.travel(false),
            KeyCode::Left if alt => self.travel(false),
            KeyCode::Char(']') => self.travel(true),
            KeyCode::Right if alt => self.travel(true),
            KeyCode::Tab | KeyCode::Char('n') => self.step_link(true),
            KeyCode::BackTab | KeyCode::Char('p') => self.step_link(false),
            KeyCode::Char('<') => self.neighbour(false),
            KeyCode::Char('>') => self.neighbour(true),
            KeyCode::Char('s') => self.jump(self.reader.sources(), "No sources here"),
            KeyCode::Char('b') => self.jump(self.reader.backlinks(), "Nothing links here"),
            KeyCode::Char('}') => self.skip(true),
            KeyCode::Char('{') => self.skip(false),
            _ if self.focus == Focus::Tree => self.tree_key(key.code),
            _ => self.page_key(key.code),
        }
    }

    fn step_link(&mut self, forward: bool) {
        self.focus = Focus::Page;
        self.reader.step(forward);
    }

    fn skip(&mut self, forward: bool) {
        self.focus = Focus::Page;
        self.reader.skip(forward);
        if *self.reader.subject() == Subject::Timeline {
            self.reader.step(true);
        }
    }

    fn jump(&mut self, block: Option<usize>, otherwise: &str) {
        match block {
            Some(block) => {
                self.focus = Focus::Page;
                self.reader.jump(block);
            }
            None => self.notice = Some(otherwise.to_owned()),
        }
    }

    fn neighbour(&mut self, forward: bool) {
        let neighbour = match self.reader.subject() {
            Subject::Article(article) if forward => article.next(),
            Subject::Article(article) => article.previous(),
            _ => None,
        };
        match neighbour {
            Some(article) => self.open(Target::Article(article)),
            None => {
                self.notice =
                    Some(if forward { "No next article" } else { "No previous article" }.to_owned())
            }
        }
    }

    fn tree_key(&mut self, code: KeyCode) {
        let page =
            isize::from(i16::try_from(self.size.height.saturating_sub(2)).unwrap_or(i16::MAX));
        match code {
            KeyCode::Up | KeyCode::Char('k') => self.tree.step(-1),
            KeyCode::Down | KeyCode::Char('j') => self.tree.step(1),
            KeyCode::PageUp => self.tree.step(-page),
            KeyCode::PageDown | KeyCode::Char(' ') => self.tree.step(page),
            KeyCode::Home | KeyCode::Char('g') => self.tree.step(isize::MIN),
            KeyCode::End | KeyCode::Char('G') => self.tree.step(isize::MAX),
            KeyCode::Enter => match self.tree.entry() {
                Some(SidebarItem::Article(article)) => self.open(Target::Article(article)),
                Some(SidebarItem::Category(_)) => self.tree.toggle(),
                None => {}
            },
            KeyCode::Right | KeyCode::Char('l') => match self.tree.entry() {
                Some(folder @ SidebarItem::Category(_)) if !self.tree.is_open(folder) => {
                    self.tree.toggle()
                }
                _ => self.focus = Focus::Page,
            },
            KeyCode::Left | KeyCode::Char('h') => match self.tree.entry() {
                Some(folder) if self.tree.is_open(folder) => self.tree.toggle(),
                _ => self.tree.select_parent(),
            },
            KeyCode::Esc => self.focus = Focus::Page,
            _ => {}
        }
    }

    fn page_key(&mut self, code: KeyCode) {
        // Pages that are lists go from entry to entry.
        let list = matches!(self.reader.subject(), Subject::Timeline | Subject::Search(_));
        match code {
            KeyCode::Up | KeyCode::Char('k') if list => self.reader.step(false),
            KeyCode::Down | KeyCode::Char('j') if list => self.reader.step(true),
            KeyCode::Up | KeyCode::Char('k') => self.reader.scroll(-1),
            KeyCode::Down | KeyCode::Char('j') => self.reader.scroll(1),
            KeyCode::PageUp => self.reader.turn(false),
            KeyCode::PageDown | KeyCode::Char(' ') => self.reader.turn(true),
            KeyCode::Home | KeyCode::Char('g') => self.reader.scroll_to(0),
            KeyCode::End | KeyCode::Char('G') => self.reader.scroll_to(usize::MAX),
            KeyCode::Enter => self.follow(),
            KeyCode::Left | KeyCode::Char('h') | KeyCode::Esc => self.focus = Focus::Tree,
            _ => {}
        }
    }

    fn type_key(&mut self, key: &KeyEvent, control: bool) {
        let Subject::Search(query) = self.reader.subject() else { return self.typing = false };
        let mut query = query.clone();
        match key.code {
            KeyCode::Esc => return self.stop_typing(),
            KeyCode::Backspace if query.is_empty() => return self.stop_typing(),
            KeyCode::Enter => {
                self.typing = false;
                return if self.reader.goal().is_some() {
                    self.follow()
                };
            }
            KeyCode::Down | KeyCode::Tab => return self.reader.step(true),
            KeyCode::Up | KeyCode::BackTab => return self.reader.step(false),
            KeyCode::Backspace => {
                query.truncate(query.grapheme_indices(true).next_back().map_or(0, |(at, _)| at))
            }
            KeyCode::Char('u') if control => query.clear(),
            KeyCode::Char('w') if control => {
                query.truncate(query.trim_end().rfind(' ').map_or(0, |at| at + 1))
            }
            KeyCode::Char(character) if !control && !character.is_control() => {
                query.push(character)
            }
            _ => return,
        }
        self.reader.replace(Subject::Search(query));
        self.reader.step(true);
    }

    /// Leaves a search that is not wanted any more, for the page before it.
    fn stop_typing(&mut self) {
        self.typing = false;
        self.travel(false);
    }
}
