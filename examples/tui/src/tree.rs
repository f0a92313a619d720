//! The table of contents: folders that open and close, at any depth.

use std::collections::HashSet;

use ai_almanac::{Article, Category, SidebarItem};

#[derive(Default)]
pub struct Tree {
    open: HashSet<&'static str>,
    pub selected: usize,
    entries: Vec<Entry>,
}

#[derive(Clone, Copy)]
pub struct Entry {
    pub depth: usize,
    pub item: SidebarItem,
}

impl Tree {
    pub fn new() -> Tree {
        let mut tree = Tree::default();
        tree.list();
        tree
    }

    /// Returns the entries that are to be seen, from top to bottom.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub fn entry(&self) -> Option<SidebarItem> {
        self.entries.get(self.selected).map(|entry| entry.item)
    }

    pub fn is_open(&self, item: SidebarItem) -> bool {
        matches!(item, SidebarItem::Category(category) if self.open.contains(category.id()))
    }

    pub fn step(&mut self, by: isize) {
        self.selected =
            self.selected.saturating_add_signed(by).min(self.entries.len().saturating_sub(1));
    }

    /// Opens or closes the selected folder.
    pub fn toggle(&mut self) {
        if let Some(SidebarItem::Category(category)) = self.entry() {
            if !self.open.remove(category.id()) {
                self.open.insert(category.id());
            }
            self.list();
        }
    }

    /// Selects the folder around what is selected.
    pub fn select_parent(&mut self) {
        let depth = self.entries.get(self.selected).map_or(0, |entry| entry.depth);
        if let Some(parent) =
            self.entries[..self.selected].iter().rposition(|entry| entry.depth < depth)
        {
            self.selected = parent;
        }
    }

    /// Opens the folders around an article and selects it. An unlisted article is in no folder.
    pub fn reveal(&mut self, article: &'static Article) {
        let mut around = article.category();
        while let Some(category) = around.filter(|_| !article.unlisted()) {
            self.open.insert(category.id());
            around = category.parent();
        }
        self.list();
        if let Some(at) =
            self.entries.iter().position(|entry| entry.item == SidebarItem::Article(article))
        {
            self.selected = at;
        }
    }

    /// Opens a folder and those around it, and selects it.
    pub fn reveal_category(&mut self, category: &'static Category) {
        let mut around = Some(category);
        while let Some(category) = around {
            self.open.insert(category.id());
            around = category.parent();
        }
        self.list();
        if let Some(at) =
            self.entries.iter().position(|entry| entry.item == SidebarItem::Category(category))
        {
            self.selected = at;
        }
    }

    fn list(&mut self) {
        self.entries.clear();
        let mut waiting: Vec<Entry> = Vec::new();
        let add = |waiting: &mut Vec<Entry>, contents: &'static [SidebarItem], depth| {
            waiting.extend(contents.iter().rev().map(|item| Entry { depth, item: *item }));
        };
        add(&mut waiting, ai_almanac::contents(), 0);
        while let Some(entry) = waiting.pop() {
            self.entries.push(entry);
            if let SidebarItem::Category(category) = entry.item
                && self.open.contains(category.id())
            {
                add(&mut waiting, category.contents(), entry.depth + 1);
                // The folder's own page comes first.
                waiting.extend(category.index().map(|index| Entry {
                    depth: entry.depth + 1,
                    item: SidebarItem::Article(index),
                }));
            }
        }
        self.step(0);
    }
}
