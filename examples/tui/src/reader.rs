//! The page that is read: what it shows, from where, which link is chosen; and the pages before and
//! after it.

use ai_almanac::{Article, Target};

use crate::document::{Document, Goal};
use crate::layout::{Page, Position, Row};
use crate::{article, pages};

#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    Front,
    Help,
    Timeline,
    Records,
    Search(String),
    Article(&'static Article),
}

/// A page as one left it.
#[derive(Clone, Debug)]
struct Visit {
    subject: Subject,
    top: Position,
    link: Option<usize>,
}

pub struct Reader {
    now: Visit,
    back: Vec<Visit>,
    forward: Vec<Visit>,
    document: Document,
    page: Page,
    width: usize,
    height: usize,
}

/// The number of rows that stay in sight above and below a link that is chosen.
const AROUND: usize = 3;

impl Reader {
    pub fn new(width: usize, height: usize) -> Reader {
        let now = Visit { subject: Subject::Front, top: (0, 0), link: None };
        let (document, page) = (Document::default(), Page::default());
        let mut reader =
            Reader { now, back: Vec::new(), forward: Vec::new(), document, page, width, height };
        reader.load();
        reader
    }

    pub fn subject(&self) -> &Subject {
        &self.now.subject
    }

    pub fn page(&self) -> &Page {
        &self.page
    }

    /// The chosen link, by number.
    pub fn link(&self) -> Option<usize> {
        self.now.link
    }

    /// The target of the chosen link, while it is in sight.
    pub fn goal(&self) -> Option<Goal> {
        self.now.link.filter(|link| self.in_sight(*link)).map(|link| self.document.links[link])
    }

    fn in_sight(&self, link: usize) -> bool {
        let rows = &self.page.links[link];
        rows.start < self.top() + self.height && rows.end > self.top()
    }

    fn load(&mut self) {
        self.document = match &self.now.subject {
            Subject::Front => pages::front(),
            Subject::Help => pages::help(),
            Subject::Timeline => pages::timeline(),
            Subject::Records => pages::records(),
            Subject::Search(query) => pages::found(query),
            Subject::Article(article) => article::document(article),
        };
        self.page = Page::new(&self.document, self.width);
    }

    pub fn resize(&mut self, width: usize, height: usize) {
        if width != self.width {
            self.page = Page::new(&self.document, width);
        }
        (self.width, self.height) = (width, height);
    }

    // ---- position -------------------------------------------------------------------------------

    fn last_top(&self) -> usize {
        self.page.rows.len().saturating_sub(self.height)
    }

    /// The row at the top of the screen.
    pub fn top(&self) -> usize {
        self.page.row(self.now.top).min(self.last_top())
    }

    /// Returns the part that has been seen, in percent.
    pub fn progress(&self) -> usize {
        let seen = (self.top() + self.height).min(self.page.rows.len());
        (seen * 100).checked_div(self.page.rows.len()).unwrap_or(100)
    }

    /// Returns the name of the part at the top of the screen; empty under the title.
    pub fn heading(&self) -> &str {
        let Some(Row { at: (block, offset), .. }) = self.page.rows.get(self.top()) else {
            return "";
        };
        // A blank row counts to what is under it.
        let block = block + usize::from(*offset == usize::MAX);
        let after = self.document.headings.partition_point(|(begin, _)| *begin <= block);
        if after < 2 { "" } else { &self.document.headings[after - 1].1 }
    }

    pub fn scroll_to(&mut self, row: usize) {
        let row = row.min(self.last_top());
        self.now.top = self.page.rows.get(row).map_or((0, 0), |row| row.at);
    }

    pub fn scroll(&mut self, by: isize) {
        self.scroll_to(self.top().saturating_add_signed(by));
    }

    /// Scrolls by a screen, less what one has just read.
    pub fn turn(&mut self, forward: bool) {
        let by = self.height.saturating_sub(2).max(1) as isize;
        self.scroll(if forward { by } else { -by });
    }

    /// Goes to the next heading or the one before.
    pub fn skip(&mut self, forward: bool) {
        let top = self.top();
        let mut rows = self.document.headings.iter().map(|(block, _)| self.page.row((*block, 0)));
        let found =
            if forward { rows.find(|row| *row > top) } else { rows.rfind(|row| *row < top) };
        if let Some(row) = found {
            self.now.link = None;
            self.scroll_to(row);
        }
    }

    pub fn sources(&self) -> Option<usize> {
        self.document.sources
    }

    pub fn backlinks(&self) -> Option<usize> {
        self.document.backlinks
    }

    // ---- links ----------------------------------------------------------------------------------

    /// Chooses the next link or the one before, beginning with what is in sight.
    pub fn step(&mut self, forward: bool) {
        let (top, bottom) = (self.top(), self.top() + self.height);
        let shown: Vec<usize> =
            (0..self.page.links.len()).filter(|link| !self.page.links[*link].is_empty()).collect();
        let Some((first, last)) = shown.first().copied().zip(shown.last().copied()) else { return };
        let start = |link: usize| self.page.links[link].start;
        let mut after = shown.iter().copied();
        let link = match (self.now.link.filter(|link| self.in_sight(*link)), forward) {
            (Some(link), true) => after.find(|next| *next > link).unwrap_or(first),
            (Some(link), false) => after.rfind(|next| *next < link).unwrap_or(last),
            (None, true) => after.find(|next| start(*next) >= top).unwrap_or(first),
            (None, false) => after.rfind(|next| start(*next) < bottom).unwrap_or(last),
        };
        self.now.link = Some(link);
        let rows = self.page.links[link].clone();
        let around = AROUND.min(self.height.saturating_sub(rows.len()) / 2);
        if rows.start < top + around {
            self.scroll_to(rows.start.saturating_sub(around));
        } else if rows.end + around > bottom {
            self.scroll_to((rows.end + around).saturating_sub(self.height));
        }
    }

    // ---- history --------------------------------------------------------------------------------

    /// Shows another page, or another place of this one, as a step that one can take back.
    pub fn visit(&mut self, subject: Subject) {
        let next = Visit { subject, top: (0, 0), link: None };
        let left = std::mem::replace(&mut self.now, next);
        let same = left.subject == self.now.subject;
        self.back.push(left);
        self.forward.clear();
        if !same {
            self.load();
        }
    }

    /// Shows another page in place of this one.
    pub fn replace(&mut self, subject: Subject) {
        self.now = Visit { subject, top: (0, 0), link: None };
        self.load();
    }

    /// Goes to an article or a section; elsewhere there is nothing to show.
    pub fn go(&mut self, target: Target) {
        match target {
            Target::Article(article) => self.visit(Subject::Article(article)),
            Target::Section(section) => {
                self.visit(Subject::Article(section.article()));
                let block = self
                    .document
                    .sections
                    .iter()
                    .find(|(_, known)| *known == section)
                    .map(|(block, _)| *block);
                self.now.top = (block.unwrap_or(0), 0);
            }
            Target::Category(_) | Target::Web(_) | Target::Email(_) => {}
        }
    }

    /// Returns the number of pages one can go back.
    pub fn steps_back(&self) -> usize {
        self.back.len()
    }

    /// Goes to a block of this page.
    pub fn jump(&mut self, block: usize) {
        if self.now.top == (block, 0) {
            return;
        }
        self.visit(self.now.subject.clone());
        self.now.top = (block, 0);
    }

    /// One step back or forward; false at the end of the way.
    pub fn travel(&mut self, forward: bool) -> bool {
        let (from, to) = if forward {
            (&mut self.forward, &mut self.back)
        } else {
            (&mut self.back, &mut self.forward)
        };
        let Some(next) = from.pop() else { return false };
        let left = std::mem::replace(&mut self.now, next);
        let same = left.subject == self.now.subject;
        to.push(left);
        if !same {
            self.load();
        }
        true
    }
}
