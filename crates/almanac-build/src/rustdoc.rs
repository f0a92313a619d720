//! An article as documentation of its static: Markdown for rustdoc. All text is escaped, so nothing
//! in an article can become a doctest, a link or a tag; links to articles are paths that rustdoc
//! checks.

mod escape;
mod heading_ids;
mod html;
mod page;

use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::assets::InPlace;
use super::limits;
use super::resolve::{Almanac, Article, Category, SidebarItem};
use super::schema::resolve::{Records, Resolved};
use super::schema::{Schema, Type};
use escape::prefixed;
pub use escape::{escape, prose};
use heading_ids::heading_ids;
use page::Page;

/// The documentation of all articles and modules.
pub struct Docs<'a> {
    almanac: &'a Almanac,
    schema: &'a Schema,
    records: &'a Records,
    in_place: Rc<InPlace>,
    /// For each article the ids that rustdoc gives its sections.
    ids: Rc<Vec<Vec<String>>>,
    /// For each article its events that others tell too: the happening, and the place in its
    /// events.
    shared: Rc<Vec<Vec<(usize, usize)>>>,
    /// The number of bytes in which pages may still name others that tell the same.
    tellers_room: Rc<Cell<usize>>,
    /// Leads from the module that holds the documented item to the one that includes the almanac.
    root: String,
}

impl<'a> Docs<'a> {
    pub fn new(almanac: &'a Almanac, schema: &'a Schema, records: &'a Records) -> Docs<'a> {
        let ids = Rc::new(almanac.articles.iter().map(heading_ids).collect());
        let in_place = Rc::new(InPlace::new());
        let tellers_room = Rc::new(Cell::new(limits::TELLERS_BYTES));
        let mut shared = vec![Vec::new(); almanac.articles.len()];
        for (at, happening) in almanac.happenings.iter().enumerate() {
            if let [_, _, ..] = happening.events[..] {
                happening.events.iter().for_each(|&(article, own)| shared[article].push((at, own)));
            }
        }
        let (shared, root) = (Rc::new(shared), root(0));
        Docs { almanac, schema, records, in_place, ids, shared, tellers_room, root }
    }

    /// Returns the same for items that stand in a module so many levels below the almanac's.
    pub fn at_depth(&self, depth: usize) -> Docs<'a> {
        Docs {
            in_place: Rc::clone(&self.in_place),
            ids: Rc::clone(&self.ids),
            shared: Rc::clone(&self.shared),
            tellers_room: Rc::clone(&self.tellers_room),
            root: root(depth),
            ..*self
        }
    }

    /// Returns the line that every build carries, and that lists show.
    pub fn summary(article: &Article) -> String {
        let line = match article.description.as_str() {
            "" => article.title.clone(),
            // It says itself what it is about.
            description if description.starts_with(&article.title) => description.to_owned(),
            description => format!("{}: {description}", article.title),
        };
        escape(&line)
    }

    /// Returns the article as the rest of its documentation.
    pub fn article(&self, number: usize) -> String {
        let article = &self.almanac.articles[number];
        let document = &article.document;
        let page = Page { docs: self, article, number, also: self.also(number) };
        let mut out = String::new();
        let facts = self.facts(article, number);
        if !facts.is_empty() {
            out.push_str(&facts.join(" · "));
            out.push_str("\n\n");
        }
        page.blocks(&document.lead, &mut out);
        for section in &document.sections {
            out.push_str(&format!(
                "{} {}\n\n",
                "#".repeat(section.level.into()),
                page.line(&section.title)
            ));
            page.blocks(&section.blocks, &mut out);
        }
        self.around(article, number, &mut out);
        for (at, note) in document.footnotes.iter().enumerate() {
            let mut inside = String::new();
            page.blocks(&note.blocks, &mut inside);
            out.push_str(&prefixed(inside.trim_end(), &format!("[^{}]: ", at + 1), "    "));
            out.push_str("\n\n");
        }
        out
    }

    /// Returns, for each event of an article that others tell too, links to the first of them and
    /// the number of the rest: each of n pages that named all the others would make n² links.
    fn also(&self, number: usize) -> HashMap<usize, String> {
        let mut also = HashMap::new();
        for &(happening, own) in &self.shared[number] {
            let events = &self.almanac.happenings[happening].events;
            let mut named = Vec::new();
            let others = events.iter().filter(|event| event.0 != number);
            for &(at, event) in others.take(limits::TELLERS) {
                let other = &self.almanac.articles[at];
                let id = &self.ids[at][other.events[event].section];
                let link = format!("[{}]({}#{id})", escape(&other.title), self.path(at));
                let Some(room) = self.tellers_room.get().checked_sub(link.len()) else { break };
                self.tellers_room.set(room);
                named.push(link);
            }
            let told = match (named.len(), events.len() - 1 - named.len()) {
                (0, rest) => format!(" (also in {rest} other articles)"),
                (_, 0) => format!(" (also in {})", named.join(", ")),
                (_, rest) => format!(" (also in {} and {rest} more)", named.join(", ")),
            };
            also.insert(self.almanac.articles[number].events[own].item, told);
        }
        also
    }

    /// Returns what the front matter says, as `**label** value`.
    fn facts(&self, article: &Article, number: usize) -> Vec<String> {
        let mut facts = Vec::new();
        let profiles = self.schema.profiles.iter().zip(&self.records.profiles);
        let profiles = profiles.map(|(kind, rows)| (&kind.fields, rows));
        let own = std::iter::once((&self.schema.fields, &self.records.fields));
        for (fields, rows) in profiles.chain(own) {
            let Ok(found) = rows.binary_search_by_key(&number, |row| row.article) else { continue };
            for (field, value) in fields.iter().zip(&rows[found].values) {
                let Some(value) = value else { continue };
                let value = self.value(value, &field.of);
                facts.push(format!("**{}** {value}", escape(&field.label)));
            }
        }
        facts.extend(article.last_update.map(|date| format!("**Last update** {date}")));
        facts.extend(article.review.map(|date| format!("**Review by** {date}")));
        facts
    }

    /// Returns a value as Markdown.
    fn value(&self, value: &Resolved, of: &Type) -> String {
        let link = |index: usize| {
            format!("[{}]({})", escape(&self.almanac.articles[index].title), self.path(index))
        };
        match value {
            Resolved::Text(text) if *of == Type::Url => format!("<{text}>"),
            Resolved::Text(text) | Resolved::Quantity(_, text) => escape(text),
            Resolved::Number(number) => number.to_string(),
            Resolved::Date(date) => date.to_string(),
            Resolved::Boolean(true) => "yes".to_owned(),
            Resolved::Boolean(false) => "no".to_owned(),
            Resolved::Choice(index) => match of {
                Type::Choice(words) => escape(&words[*index]),
                _ => String::new(),
            },
            Resolved::Article(index) => link(*index),
            Resolved::Mention(text, article) => article.map_or_else(|| escape(text), link),
            Resolved::Record(index) => match of {
                Type::Record(table) => escape(&self.records.tables[*table][*index].name),
                _ => String::new(),
            },
            Resolved::List(values) => {
                let values: Vec<String> =
                    values.iter().map(|value| self.value(value, of)).collect();
                values.join(", ")
            }
        }
    }

    /// Writes where to go from an article.
    fn around(&self, article: &Article, number: usize, out: &mut String) {
        let mut lines = Vec::new();
        let link = |at: usize| {
            format!("[{}]({})", escape(&self.almanac.articles[at].title), self.path(at))
        };
        if let Some(category) = article.category {
            let category = &self.almanac.categories[category];
            lines.push(format!(
                "In [{}]({})",
                escape(&category.label),
                self.module_path(&category.modules)
            ));
        }
        lines.extend(article.previous.map(|at| format!("Previous: {}", link(at))));
        lines.extend(article.next.map(|at| format!("Next: {}", link(at))));
        let mut linking: Vec<usize> = article
            .backlinks
            .iter()
            .map(|(from, _)| *from)
            .filter(|from| *from != number)
            .collect();
        linking.dedup();
        if !linking.is_empty() {
            let links: Vec<String> = linking.into_iter().map(link).collect();
            lines.push(format!("Linked from {}", links.join(", ")));
        }
        if !lines.is_empty() {
            out.push_str(&format!("<hr>\n\n{}\n\n", lines.join("<br>\n")));
        }
    }

    /// Returns the documentation of a folder's module.
    pub fn category(&self, category: &Category) -> String {
        let mut out = format!("{}\n\n", self.category_summary(category));
        if let Some(index) = category.index {
            out.push_str(&format!("{}\n\n", self.entry(index)));
        }
        self.items(&category.contents, &mut out);
        out
    }

    pub fn category_summary(&self, category: &Category) -> String {
        match &category.description {
            Some(description) => format!("{}: {}", escape(&category.label), escape(description)),
            None => escape(&category.label),
        }
    }

    /// Returns the table of contents of the whole knowledge base.
    pub fn contents(&self) -> String {
        let mut out = String::new();
        let articles: Vec<SidebarItem> = self
            .almanac
            .contents
            .iter()
            .copied()
            .filter(|item| matches!(item, SidebarItem::Article(_)))
            .collect();
        self.items(&articles, &mut out);
        if !articles.is_empty() {
            out.push('\n');
        }
        for category in self.almanac.categories.iter().filter(|category| category.parent.is_none())
        {
            self.folder(category, "", &mut out);
        }
        out
    }

    /// Writes a folder as a list item: its articles on one line, folders in it below.
    fn folder(&self, category: &Category, indent: &str, out: &mut String) {
        let mut articles: Vec<usize> = category.index.into_iter().collect();
        articles.extend(category.contents.iter().filter_map(|item| match item {
            SidebarItem::Article(at) => Some(*at),
            SidebarItem::Category(_) => None,
        }));
        let links: Vec<String> = articles
            .iter()
            .map(|at| {
                format!(
                    "[{}]({})",
                    escape(&self.almanac.articles[*at].sidebar_label),
                    self.path(*at)
                )
            })
            .collect();
        let colon = if links.is_empty() { "" } else { ": " };
        out.push_str(&format!(
            "{indent}- **[{}]({})**{colon}{}\n",
            escape(&category.label),
            self.module_path(&category.modules),
            links.join(", ")
        ));
        for item in &category.contents {
            if let SidebarItem::Category(at) = item {
                self.folder(&self.almanac.categories[*at], &format!("{indent}  "), out);
            }
        }
    }

    fn items(&self, items: &[SidebarItem], out: &mut String) {
        for item in items {
            match item {
                SidebarItem::Article(at) => out.push_str(&format!("- {}\n", self.entry(*at))),
                SidebarItem::Category(at) => {
                    let category = &self.almanac.categories[*at];
                    // Its content stands on its own page: on every page above, it would be written
                    // as often as it is deep.
                    out.push_str(&format!(
                        "- **[{}]({})**\n",
                        escape(&category.label),
                        self.module_path(&category.modules)
                    ));
                }
            }
        }
    }

    fn entry(&self, at: usize) -> String {
        let article = &self.almanac.articles[at];
        let link = format!("[{}]({})", escape(&article.title), self.path(at));
        match article.description.strip_prefix(article.title.as_str()) {
            Some(rest) => format!("{link}{}", escape(rest)),
            None if article.description.is_empty() => link,
            None => format!("{link}: {}", escape(&article.description)),
        }
    }

    /// Returns the path of an article's static.
    fn path(&self, at: usize) -> String {
        let article = &self.almanac.articles[at];
        let mut path = format!("static@{}", self.root);
        for module in &article.modules {
            path.push_str(module);
            path.push_str("::");
        }
        path + &article.name
    }

    fn module_path(&self, modules: &[String]) -> String {
        format!("mod@{}{}", self.root, modules.join("::"))
    }
}

/// Returns other names that rustdoc's search shall find an article by: what it takes for one.
pub fn aliases(article: &Article) -> Vec<String> {
    let mut names: Vec<&String> = vec![&article.title];
    names.extend(&article.keywords);
    let mut aliases: Vec<String> = Vec::new();
    let mut known: HashSet<&str> = HashSet::new();
    for name in names {
        let name = name.trim();
        let allowed = !name.is_empty()
            && !name.contains(['"', '\'', '\\'])
            && name.chars().all(|character| {
                character == ' ' || !(character.is_whitespace() || character.is_control())
            });
        if allowed && name != article.name && known.insert(name) {
            aliases.push(name.to_owned());
        }
    }
    aliases
}

fn root(depth: usize) -> String {
    match depth {
        0 => "self::".to_owned(),
        depth => "super::".repeat(depth),
    }
}

#[cfg(test)]
mod tests;
