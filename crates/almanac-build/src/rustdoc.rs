//! An article as documentation of its static: Markdown for rustdoc. All text is escaped, so nothing in an article can become
//! a doctest, a link or a tag; links to articles are paths that rustdoc checks.

mod html;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::assets::InPlace;
use super::document::{Block, Cell, Inline, plain};
use super::resolve::{Almanac, Article, Category, Entry, Target};
use super::schema::resolve::{Records, Resolved};
use super::schema::{Schema, Type};

/// Ids that rustdoc's pages have of their own: headings of these names get a number.
const TAKEN: [&str; 42] = [
    "help",
    "settings",
    "not-displayed",
    "alternative-display",
    "search",
    "crate-search",
    "crate-search-div",
    "themeStyle",
    "settings-menu",
    "help-button",
    "sidebar-button",
    "main-content",
    "toggle-all-docs",
    "all-types",
    "default-settings",
    "sidebar-vars",
    "copy-path",
    "rustdoc-toc",
    "rustdoc-modnav",
    "fields",
    "variants",
    "implementors-list",
    "synthetic-implementors-list",
    "foreign-impls",
    "implementations",
    "trait-implementations",
    "synthetic-implementations",
    "blanket-implementations",
    "required-associated-types",
    "provided-associated-types",
    "provided-associated-consts",
    "required-associated-consts",
    "required-methods",
    "provided-methods",
    "dyn-compatibility",
    "implementors",
    "synthetic-implementors",
    "implementations-list",
    "trait-implementations-list",
    "synthetic-implementations-list",
    "blanket-implementations-list",
    "layout",
];

/// The documentation of all articles and modules.
pub struct Docs<'a> {
    almanac: &'a Almanac,
    schema: &'a Schema,
    records: &'a Records,
    in_place: Rc<InPlace>,
    /// For each article the ids that rustdoc gives its sections.
    ids: Rc<Vec<Vec<String>>>,
    /// Leads from the module that holds the documented item to the one that includes the almanac.
    root: String,
}

impl<'a> Docs<'a> {
    pub fn new(almanac: &'a Almanac, schema: &'a Schema, records: &'a Records) -> Docs<'a> {
        let ids = Rc::new(almanac.articles.iter().map(heading_ids).collect());
        let in_place = Rc::new(InPlace::new());
        Docs { almanac, schema, records, in_place, ids, root: root(0) }
    }

    /// Returns the same for items that stand in a module so many levels below the almanac's.
    pub fn at_depth(&self, depth: usize) -> Docs<'a> {
        let (ids, in_place) = (Rc::clone(&self.ids), Rc::clone(&self.in_place));
        Docs { ids, in_place, root: root(depth), ..*self }
    }

    /// The line that every build carries, and that lists show.
    pub fn summary(article: &Article) -> String {
        let line = match article.description.as_str() {
            "" => article.title.clone(),
            // It says itself what it is about.
            description if description.starts_with(&article.title) => description.to_owned(),
            description => format!("{}: {description}", article.title),
        };
        escape(&line)
    }

    /// The article as the rest of its documentation.
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

    /// Returns, for each event of an article that others tell too, links to them.
    fn also(&self, number: usize) -> HashMap<usize, String> {
        let mut also = HashMap::new();
        for happening in self.almanac.happenings.iter().filter(|told| told.events.len() > 1) {
            let own = happening.events.iter().find(|event| event.0 == number);
            let Some(own) = own else { continue };
            let others = happening.events.iter().filter(|event| event.0 != number);
            let links = others.map(|&(at, event)| {
                let other = &self.almanac.articles[at];
                let id = &self.ids[at][other.events[event].section];
                format!("[{}]({}#{id})", escape(&other.title), self.path(at))
            });
            let links = format!(" (also in {})", links.collect::<Vec<_>>().join(", "));
            also.insert(self.almanac.articles[number].events[own.1].item, links);
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

    /// Where to go from an article.
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

    /// The documentation of a folder's module.
    pub fn category(&self, category: &Category) -> String {
        let mut out = format!("{}\n\n", self.category_summary(category));
        if let Some(index) = category.index {
            out.push_str(&format!("{}\n\n", self.entry(index)));
        }
        self.entries(&category.contents, &mut out);
        out
    }

    pub fn category_summary(&self, category: &Category) -> String {
        match &category.description {
            Some(description) => format!("{}: {}", escape(&category.label), escape(description)),
            None => escape(&category.label),
        }
    }

    /// The table of contents of the whole knowledge base.
    pub fn contents(&self) -> String {
        let mut out = String::new();
        let articles: Vec<Entry> = self
            .almanac
            .contents
            .iter()
            .copied()
            .filter(|entry| matches!(entry, Entry::Article(_)))
            .collect();
        self.entries(&articles, &mut out);
        if !articles.is_empty() {
            out.push('\n');
        }
        for category in self.almanac.categories.iter().filter(|category| category.parent.is_none())
        {
            self.folder(category, "", &mut out);
        }
        out
    }

    /// A folder as a list item: its articles on one line, folders in it below.
    fn folder(&self, category: &Category, indent: &str, out: &mut String) {
        let mut articles: Vec<usize> = category.index.into_iter().collect();
        articles.extend(category.contents.iter().filter_map(|entry| match entry {
            Entry::Article(at) => Some(*at),
            Entry::Category(_) => None,
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
        for entry in &category.contents {
            if let Entry::Category(at) = entry {
                self.folder(&self.almanac.categories[*at], &format!("{indent}  "), out);
            }
        }
    }

    fn entries(&self, entries: &[Entry], out: &mut String) {
        for entry in entries {
            match entry {
                Entry::Article(at) => out.push_str(&format!("- {}\n", self.entry(*at))),
                Entry::Category(at) => {
                    let category = &self.almanac.categories[*at];
                    // What is in it stands on its own page: on every page above, it would be written
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

    /// The path of an article's static.
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

/// Other names that rustdoc's search shall find an article by: what it takes for one.
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

/// The ids that rustdoc makes for the headings of an article, repeats and its own ids counted.
fn heading_ids(article: &Article) -> Vec<String> {
    let mut known: HashMap<String, usize> = TAKEN.iter().map(|id| ((*id).to_owned(), 1)).collect();
    let mut derive = |text: &str| {
        let id: String = text
            .chars()
            .filter_map(|character| match character {
                _ if character.is_alphanumeric() || matches!(character, '-' | '_') => {
                    Some(character.to_ascii_lowercase())
                }
                _ if character.is_ascii_whitespace() => Some('-'),
                _ => None,
            })
            .collect();
        let id = match known.get_mut(&id) {
            None => id,
            Some(count) => {
                let numbered = format!("{id}-{count}");
                *count += 1;
                numbered
            }
        };
        known.insert(id.clone(), 1);
        id
    };
    article.document.sections.iter().map(|section| derive(plain(&section.title).trim())).collect()
}

/// Returns a text as one paragraph in which only code spans count.
pub fn prose(text: &str) -> String {
    let ticks = text.matches('`').count();
    let mut out = String::new();
    for (index, part) in text.split('`').enumerate() {
        match index % 2 == 0 {
            true if index == 0 => out.push_str(&escape(part)),
            // Not at the start of a line, where space would count.
            true => out.push_str(&escape(&format!("x{part}"))[1..]),
            // The last one isn't closed.
            false if index == ticks => out.push_str(&escape(&format!("`{part}"))),
            false => {
                let words: Vec<&str> = part.split_whitespace().collect();
                out.push_str(&match words.is_empty() {
                    true => "\\`\\`".to_owned(),
                    false => format!("`{}`", words.join(" ")),
                });
            }
        }
    }
    out
}

/// Text that stays text: every mark is escaped, white space is a space.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    let bytes = text.as_bytes();
    // Runs of plain text go over as a whole: this is for every text of every article.
    let (mut done, mut at) = (0, 0);
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii_alphanumeric() || (byte == b' ' && at > 0) {
            at += 1;
            continue;
        }
        escaped.push_str(&text[done..at]);
        let Some(character) = text[at..].chars().next() else { break };
        if character.is_ascii_punctuation() && !matches!(character, ',' | ';' | '?' | '%') {
            escaped.push('\\');
        }
        if !(character.is_whitespace() || character.is_control()) {
            escaped.push(character);
        } else if escaped.is_empty() {
            // Space at the start of a line could make it code, and code could be a test.
            escaped.push_str("&#32;");
        } else {
            escaped.push(' ');
        }
        at += character.len_utf8();
        done = at;
    }
    escaped.push_str(&text[done..]);
    escaped
}

/// The value of an attribute, in which nothing is a mark and nothing ends the tag or the line.
fn escape_attribute(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for character in value.chars() {
        match character {
            // A bar would end the cell of a table.
            _ if character.is_ascii_punctuation() => {
                escaped.push_str(&format!("&#{};", u32::from(character)));
            }
            _ if character.is_whitespace() || character.is_control() => escaped.push(' '),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Puts `first` before the first line of a text and `rest` before the others.
fn prefixed(text: &str, first: &str, rest: &str) -> String {
    let mut out = String::new();
    for (at, line) in text.split('\n').enumerate() {
        let prefix = if at == 0 { first } else { rest };
        if at > 0 {
            out.push('\n');
        }
        out.push_str(if line.is_empty() { prefix.trim_end() } else { prefix });
        out.push_str(line);
    }
    out
}

/// One article being written.
struct Page<'a> {
    docs: &'a Docs<'a>,
    article: &'a Article,
    number: usize,
    /// Other articles that tell what a list item tells, by the start of the item.
    also: HashMap<usize, String>,
}

impl Page<'_> {
    fn blocks(&self, blocks: &[Block], out: &mut String) {
        for block in blocks {
            self.block(block, out);
            out.push_str("\n\n");
        }
    }

    fn block(&self, block: &Block, out: &mut String) {
        let inside = |blocks: &[Block]| {
            let mut inside = String::new();
            self.blocks(blocks, &mut inside);
            inside.trim_end().to_owned()
        };
        match block {
            Block::Paragraph(inlines) | Block::Plain(inlines) => {
                let text = self.line(inlines);
                // A tag at the start of a line could open a block in which escapes don't count.
                if text.starts_with('<') {
                    out.push_str("&#32;");
                }
                out.push_str(&text);
            }
            // Not a heading of the page: it has no anchor there.
            Block::Heading { title, .. } => out.push_str(&format!("**{}**", self.line(title))),
            Block::Code { language, text } => {
                let fence = "`".repeat(longest_run(text, '`').max(2) + 1);
                out.push_str(&format!(
                    "{fence}{}\n{}\n{fence}",
                    code_language(language.as_deref()),
                    text.trim_end_matches('\n')
                ));
            }
            Block::Quote(blocks) => out.push_str(&prefixed(&inside(blocks), "> ", "> ")),
            Block::List { start, items } => {
                for (at, item) in items.iter().enumerate() {
                    let marker = start.map_or("- ".to_owned(), |start| {
                        format!("{}. ", start.saturating_add(at as u64).min(999_999_999))
                    });
                    let task = match item.checked {
                        Some(true) => "☑ ",
                        Some(false) => "☐ ",
                        None => "",
                    };
                    let rest = " ".repeat(marker.len());
                    // A box stands in a line of text: before code it would end the block.
                    let is_line =
                        matches!(item.blocks.first(), Some(Block::Plain(_) | Block::Paragraph(_)));
                    let gap = if is_line || task.is_empty() { "" } else { "\n\n" };
                    let also = self.also.get(&item.span.start).map_or("", String::as_str);
                    let inside = format!("{task}{gap}{}{also}", inside(&item.blocks));
                    out.push_str(&prefixed(inside.trim_end(), &marker, &rest));
                    out.push('\n');
                }
            }
            Block::Table { head, rows, .. } => {
                let row = |cells: &Vec<Cell>| {
                    let cells: Vec<String> = cells.iter().map(|cell| self.line(cell)).collect();
                    format!("| {} |\n", cells.join(" | "))
                };
                out.push_str(&row(head));
                out.push_str(&format!("|{}\n", "---|".repeat(head.len())));
                rows.iter().for_each(|cells| out.push_str(&row(cells)));
            }
            Block::Admonition { kind, title, blocks } => {
                let title =
                    title.as_ref().map_or_else(|| kind.to_string(), |title| self.line(title));
                let body = format!("**{title}**\n\n{}", inside(blocks));
                if matches!(*kind, "warning" | "danger" | "caution") {
                    out.push_str(&format!("<div class=\"warning\">\n\n{body}\n\n</div>"));
                } else {
                    out.push_str(&prefixed(&body, "> ", "> "));
                }
            }
            Block::Rule => out.push_str("<hr>"),
            Block::Element(element, blocks) => self.element(element, blocks, out),
        }
    }

    /// Inline content on one line, for headings and cells.
    fn line(&self, inlines: &[Inline]) -> String {
        let mut out = String::new();
        self.inlines(inlines, &mut out);
        out.replace('\n', " ").trim().to_owned()
    }

    /// Tags instead of marks, since marks depend on what stands beside them.
    fn inlines(&self, inlines: &[Inline], out: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => out.push_str(&escape(text)),
                Inline::Code(code) => out.push_str(&format!("<code>{}</code>", escape(code))),
                Inline::Emphasis(children) => self.wrap("em", children, out),
                Inline::Strong(children) => self.wrap("strong", children, out),
                Inline::Strikethrough(children) => self.wrap("del", children, out),
                Inline::Link(link, children) => self.link(*link, children, out),
                Inline::Image(image, alt) => self.image(*image, alt, out),
                Inline::FootnoteRef(number, _) => out.push_str(&format!("[^{}]", number + 1)),
                Inline::SoftBreak => out.push('\n'),
                Inline::HardBreak => out.push_str("<br>\n"),
                Inline::Element(element, children) => self.inline_element(element, children, out),
            }
        }
    }

    /// A small image is in the page itself: documentation has no other files. Browsers run nothing
    /// in an SVG that stands in `img`.
    fn image(&self, image: usize, alt: &str, out: &mut String) {
        let found = &self.article.document.images[image];
        let asset = found.file.as_ref().and_then(|file| self.docs.almanac.assets.get(file));
        let address = asset
            .filter(|_| !found.refused)
            .and_then(|asset| Some((self.docs.in_place.address(asset)?, asset.header)));
        let Some((address, header)) = address else {
            return out.push_str(&format!("<em>{}</em>", escape(alt)));
        };
        out.push_str(&format!("<img alt=\"{}\"", escape_attribute(alt)));
        if let Some(title) = &found.title {
            out.push_str(&format!(" title=\"{}\"", escape_attribute(title)));
        }
        let size = format!("width=\"{}\" height=\"{}\"", header.width, header.height);
        // Narrow screens keep the proportions.
        let style = "style=\"max-width:100%;height:auto\"";
        out.push_str(&format!(" {size} {style} src=\"{address}\">"));
    }

    fn wrap(&self, tag: &str, children: &[Inline], out: &mut String) {
        out.push_str(&format!("<{tag}>"));
        self.inlines(children, out);
        out.push_str(&format!("</{tag}>"));
    }

    fn link(&self, link: usize, children: &[Inline], out: &mut String) {
        let mut text = String::new();
        self.inlines(children, &mut text);
        let destination = match &self.article.targets[link] {
            None => return out.push_str(&text),
            Some(Target::Article(to)) if *to == self.number => return out.push_str(&text),
            Some(Target::Article(to)) => self.docs.path(*to),
            Some(Target::Section(to, section)) if *to == self.number => {
                format!("#{}", self.docs.ids[*to][*section])
            }
            Some(Target::Section(to, section)) => {
                format!("{}#{}", self.docs.path(*to), self.docs.ids[*to][*section])
            }
            Some(Target::Category(to)) => {
                self.docs.module_path(&self.docs.almanac.categories[*to].modules)
            }
            Some(Target::Web(url)) => web_destination(url),
            Some(Target::Email(address)) => email_destination(address),
        };
        out.push_str(&format!("[{text}]({destination})"));
    }
}

/// Writes a web address as the destination of a link: nothing in it ends it or is resolved.
fn web_destination(url: &str) -> String {
    let url = url.replace('\\', "%5C").replace('<', "%3C").replace('>', "%3E");
    format!("<{}>", url.replace('&', "&amp;"))
}

/// Writes an e-mail address as the destination of a link.
fn email_destination(address: &str) -> String {
    // rustdoc would look for an item behind the `@`.
    let address = address.replace('@', "%40").replace(['<', '>', '\\'], "");
    format!("<mailto:{}>", address.replace('&', "&amp;"))
}

/// A language that rustdoc takes for no test: never Rust, and nothing that steers tests.
fn code_language(language: Option<&str>) -> &str {
    let Some(language) = language else { return "text" };
    let harmless = language
        .chars()
        .all(|character| character.is_ascii_alphanumeric() || matches!(character, '+' | '#' | '-'))
        && language.len() < 20;
    let steers = [
        "rust",
        "rs",
        "ignore",
        "should",
        "no",
        "compile",
        "test",
        "edition",
        "standalone",
        "allow",
        "custom",
        "e0",
    ];
    let lower = language.to_lowercase();
    if harmless && !steers.iter().any(|word| lower.starts_with(word)) { language } else { "text" }
}

/// The longest run of a character.
fn longest_run(text: &str, of: char) -> usize {
    text.split(|character| character != of).map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests;
