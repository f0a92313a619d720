//! A document to read: blocks of styled text, and the links in them by number. `Builder` puts one
//! together.

use ai_almanac::{Article, Link, Section, Target};
use ratatui::style::Style;

use crate::text::{clean, clean_line};
use crate::theme;

#[derive(Default)]
pub struct Document {
    pub blocks: Vec<Block>,
    pub links: Vec<Goal>,
    /// The first blocks of the article's sections.
    pub sections: Vec<(usize, &'static Section)>,
    /// The blocks that one can jump to, and their names.
    pub headings: Vec<(usize, String)>,
    pub sources: Option<usize>,
    pub backlinks: Option<usize>,
}

/// The target of a link on the screen, and the article's link that it is; a page may have links of
/// its own making.
#[derive(Clone, Copy)]
pub struct Goal {
    pub target: Target,
    pub link: Option<&'static Link>,
}

impl From<Target> for Goal {
    fn from(target: Target) -> Goal {
        Goal { target, link: None }
    }
}

/// A run of text in one style, clean.
#[derive(Clone)]
pub struct Piece {
    pub text: String,
    pub style: Style,
    pub link: Option<usize>,
}

pub struct Block {
    /// The prefixes of the block's first row, and of the others: bullets, the bars of quotes.
    pub first: String,
    pub rest: String,
    /// The text in the blank row above the block; `None` when it follows close.
    pub above: Option<String>,
    pub body: Body,
}

pub enum Body {
    Text(Vec<Piece>),
    /// Lines that keep their spaces.
    Code(String),
    /// Rows of cells, the head first.
    Table(Vec<Vec<Cell>>),
    Rule,
}

#[derive(Default)]
pub struct Cell {
    pub pieces: Vec<Piece>,
    pub right: bool,
}

/// A list item, a quote: what its blocks have before their rows.
struct Frame {
    first: String,
    rest: String,
    used: bool,
}

#[derive(Default)]
pub struct Builder {
    document: Document,
    pieces: Vec<Piece>,
    frames: Vec<Frame>,
    /// `true` if the next block stands apart from the one before.
    apart: bool,
}

impl Builder {
    /// Adds text to the block that is being written. White space counts as one space.
    pub fn text(&mut self, text: &str, style: Style, link: Option<usize>) {
        self.pieces.push(Piece { text: clean(text).replace('\n', " "), style, link });
    }

    /// Ends the line, not the block.
    pub fn line_break(&mut self) {
        self.pieces.push(Piece { text: "\n".to_owned(), style: Style::new(), link: None });
    }

    /// A new link, to be given to [`text`](Builder::text).
    pub fn link(&mut self, goal: impl Into<Goal>) -> usize {
        self.document.links.push(goal.into());
        self.document.links.len() - 1
    }

    /// Adds a link with its text to the block that is being written.
    pub fn linked(&mut self, text: &str, target: Target) {
        let link = self.link(target);
        self.text(text, link_style(target), Some(link));
    }

    pub fn target(&self, link: usize) -> Target {
        self.document.links[link].target
    }

    /// Leaves a blank row before the next block.
    pub fn apart(&mut self) {
        self.apart = true;
    }

    /// `true` if the next block will stand behind its item's bullet.
    pub fn at_bullet(&self) -> bool {
        self.frames.last().is_some_and(|frame| !frame.used)
    }

    /// Opens a frame: what its first row begins with, and what its other rows do.
    pub fn enter(&mut self, first: String, rest: String) {
        self.frames.push(Frame { first, rest, used: false });
    }

    /// Closes the frame.
    pub fn leave(&mut self) {
        self.flush();
        // An item without text still has its bullet.
        if self.at_bullet() {
            self.push(Body::Text(Vec::new()));
        }
        self.frames.pop();
    }

    /// Ends the block of text that is being written, if there is one.
    pub fn flush(&mut self) {
        let pieces = self.take();
        if !pieces.is_empty() {
            self.push(Body::Text(pieces));
        }
    }

    /// The text that was being written, its white space tidied.
    pub fn take(&mut self) -> Vec<Piece> {
        let mut pieces = std::mem::take(&mut self.pieces);
        let mut after_space = true;
        for piece in &mut pieces {
            let mut tidy = String::with_capacity(piece.text.len());
            for character in piece.text.chars() {
                let space = character == ' ' || character == '\n';
                if !(space && after_space) {
                    tidy.push(character);
                }
                after_space = space;
            }
            piece.text = tidy;
        }
        pieces.retain(|piece| !piece.text.is_empty());
        while let Some(last) = pieces.last_mut() {
            last.text.truncate(last.text.trim_end_matches([' ', '\n']).len());
            if !last.text.is_empty() {
                break;
            }
            pieces.pop();
        }
        pieces
    }

    /// Adds a block inside the open frames.
    pub fn push(&mut self, body: Body) {
        let above = (self.apart && !self.document.blocks.is_empty()).then(|| {
            self.frames
                .iter()
                .take_while(|frame| frame.used)
                .map(|frame| frame.rest.as_str())
                .collect::<String>()
                .trim_end()
                .into()
        });
        self.apart = false;
        let mut first = String::new();
        for frame in &mut self.frames {
            first.push_str(if frame.used { &frame.rest } else { &frame.first });
            frame.used = true;
        }
        let rest = self.frames.iter().map(|frame| frame.rest.as_str()).collect();
        self.document.blocks.push(Block { first, rest, above, body });
    }

    /// Says that one can jump to the block that comes next.
    pub fn heading(&mut self, title: &str) {
        self.document.headings.push((self.document.blocks.len(), clean_line(title)));
    }

    /// Says that a section begins with the block that comes next.
    pub fn section(&mut self, section: &'static Section) {
        self.heading(section.title());
        self.document.sections.push((self.document.blocks.len(), section));
    }

    /// Adds a heading that is no section's, and says which block it is.
    pub fn titled(&mut self, title: &str, style: Style) -> usize {
        self.apart = true;
        self.heading(title);
        self.text(title, style, None);
        self.flush();
        self.document.blocks.len() - 1
    }

    /// Adds a block of text.
    pub fn paragraph(&mut self, text: &str, style: Style) {
        self.text(text, style, None);
        self.flush();
    }

    pub fn mark_sources(&mut self, block: usize) {
        self.document.sources = Some(block);
    }

    pub fn mark_backlinks(&mut self, block: usize) {
        self.document.backlinks = Some(block);
    }

    pub fn finish(mut self) -> Document {
        self.flush();
        self.document
    }
}

pub fn link_style(target: Target) -> Style {
    match target {
        Target::Article(_) | Target::Section(_) | Target::Category(_) => theme::LINK,
        Target::Web(_) | Target::Email(_) => theme::ADDRESS,
    }
}

/// A target in words, for the status line.
pub fn name(target: Target) -> String {
    match target {
        Target::Article(article) => article.title().to_owned(),
        Target::Section(section) => format!("{} / {}", section.article(), section),
        Target::Category(category) => category.label().to_owned(),
        Target::Web(address) | Target::Email(address) => address.to_owned(),
    }
}

/// Returns a section, or the whole article without one, as a target.
pub fn target(article: &'static Article, section: Option<&'static Section>) -> Target {
    section.map_or(Target::Article(article), Target::Section)
}
