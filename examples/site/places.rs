//! File names of pages, and links between them.

use std::collections::{HashMap, HashSet};

use ai_almanac::{Article, Category, Record, Section, Table, Target, articles, categories, tables};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The files of articles and categories.
pub struct Places {
    articles: Vec<&'static Article>,
    files: HashMap<&'static str, String>,
    categories: HashMap<&'static str, String>,
    /// The tables that have records, by their keys.
    tables: HashMap<&'static str, String>,
    /// The images that articles show, by their paths.
    pictures: HashMap<&'static str, Picture>,
}

/// A file that articles show.
struct Picture {
    file: String,
    bytes: &'static [u8],
}

impl Places {
    pub fn new() -> Places {
        let articles = reachable();
        let mut taken: HashSet<String> = ["index", "timeline", "map", "404", "search", "tables"]
            .into_iter()
            .map(|name| folded(&format!("{name}.html")))
            .collect();
        let mut file = |path: &str, extension: &str| {
            let path = path.strip_prefix('/').unwrap_or(path);
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            let folder: String = folder
                .split('/')
                .filter(|part| !part.is_empty())
                .map(|part| file_name(part) + "/")
                .collect();
            let name = if name.is_empty() { "index".to_owned() } else { file_name(name) };
            let numbered = (1..).map(|number| match number {
                1 => format!("{folder}{name}.{extension}"),
                _ => format!("{folder}{name}-{number}.{extension}"),
            });
            // No end is in sight of numbers, so there is one that is free.
            numbered.into_iter().find(|path| taken.insert(folded(path))).unwrap_or_default()
        };
        let files: HashMap<&str, String> = articles
            .iter()
            .map(|article| (article.id(), file(article.permalink(), "html")))
            .collect();
        let categories = categories()
            .iter()
            .map(|category| match category.index() {
                Some(page) => (category.id(), files[page.id()].clone()),
                None => (category.id(), file(&format!("/{}/", category.id()), "html")),
            })
            .collect();
        let tables = tables()
            .iter()
            .filter(|table| table.records().len() > 0)
            .map(|table| (table.key(), file(&format!("/tables/{}", table.key()), "html")))
            .collect();
        let mut pictures = HashMap::new();
        for image in articles.iter().flat_map(|article| article.images()) {
            let Some(bytes) = image.bytes() else { continue };
            let (stem, extension) = image.path().rsplit_once('.').unwrap_or((image.path(), "bin"));
            pictures
                .entry(image.path())
                .or_insert_with(|| Picture { file: file(stem, &extension.to_lowercase()), bytes });
        }
        Places { articles, files, categories, tables, pictures }
    }

    /// The articles that have a page: the listed ones in order, then unlisted ones that something
    /// leads to.
    pub fn articles(&self) -> impl Iterator<Item = &'static Article> {
        self.articles.iter().copied()
    }

    /// The categories that no article is the page of.
    pub fn categories_alone(&self) -> impl Iterator<Item = &'static Category> {
        categories().iter().filter(|category| category.index().is_none())
    }

    /// The images that the site has, each with its file.
    pub fn pictures(&self) -> impl Iterator<Item = (&str, &'static [u8])> {
        self.pictures.values().map(|picture| (picture.file.as_str(), picture.bytes))
    }

    /// The tables that have a page: those with records, each with its file.
    pub fn tables(&self) -> impl Iterator<Item = (&'static Table, &str)> {
        tables().iter().filter_map(|table| Some((table, self.tables.get(table.key())?.as_str())))
    }

    pub fn article(&self, article: &Article) -> &str {
        &self.files[article.id()]
    }

    pub fn category(&self, category: &Category) -> &str {
        &self.categories[category.id()]
    }
}

/// Unlisted articles are in no list, but links, neighbours and folders may lead to them.
fn reachable() -> Vec<&'static Article> {
    let mut found: Vec<&'static Article> = articles().to_vec();
    let mut known: HashSet<&str> = found.iter().map(|article| article.id()).collect();
    found.extend(
        categories().iter().filter_map(Category::index).filter(|page| known.insert(page.id())),
    );
    let mut at = 0;
    while let Some(&article) = found.get(at) {
        let linked = article.links().iter().filter_map(|link| match link.target() {
            Target::Article(article) => Some(article),
            Target::Section(section) => Some(section.article()),
            Target::Category(_) | Target::Web(_) | Target::Email(_) => None,
        });
        found.extend(
            linked
                .chain(article.previous())
                .chain(article.next())
                .filter(|other| known.insert(other.id())),
        );
        at += 1;
    }
    found
}

/// A part of a path as every file system takes it: letters, digits, `-` and `_`, not too long.
fn file_name(part: &str) -> String {
    let kept = |character: char| {
        character.is_alphanumeric() || character == '_' || is_combining_mark(character)
    };
    let plain: String =
        part.nfc().map(|character| if kept(character) { character } else { '-' }).collect();
    let mut name = String::new();
    for character in plain.trim_matches('-').chars() {
        if name.len() + character.len_utf8() > 100 {
            break;
        }
        if character != '-' || !name.ends_with('-') {
            name.push(character);
        }
    }
    let upper = name.to_ascii_uppercase();
    let device = matches!(&upper[..], "CON" | "PRN" | "AUX" | "NUL")
        || upper
            .strip_prefix("COM")
            .or(upper.strip_prefix("LPT"))
            .is_some_and(|rest| rest.len() == 1);
    match name.is_empty() {
        true => "page".into(),
        // Windows would take such a name for a device.
        false if device => format!("_{name}"),
        false => name,
    }
}

/// A path as a file system sees it that knows neither case nor forms of Unicode.
pub fn folded(path: &str) -> String {
    let upper: String = path.nfkd().flat_map(char::to_uppercase).collect();
    upper.to_lowercase().nfkd().collect()
}

/// A page that links to others, by relative addresses.
pub struct Page<'a> {
    pub places: &'a Places,
    pub file: &'a str,
    /// The way to the site's folder: `../` for each folder that the page is in.
    pub root: String,
}

impl Page<'_> {
    pub fn to(&self, file: &str) -> String {
        format!("{}{}", self.root, encoded(file))
    }

    pub fn article(&self, article: &Article) -> String {
        self.to(self.places.article(article))
    }

    pub fn section(&self, section: &Section) -> String {
        self.anchor(section.article(), section.anchor())
    }

    pub fn category(&self, category: &Category) -> String {
        self.to(self.places.category(category))
    }

    /// Returns where a record stands in the page of its table; `None` for those of no table.
    pub fn record(&self, record: &Record) -> Option<String> {
        let mut tables = self.places.tables();
        let (_, file) = tables.find(|(table, _)| std::ptr::eq(table.kind(), record.kind()))?;
        Some(format!("{}#{}", self.to(file), encoded(record.id())))
    }

    fn anchor(&self, article: &Article, anchor: &str) -> String {
        match anchor {
            "" => self.article(article),
            _ => format!("{}#{}", self.article(article), encoded(anchor)),
        }
    }

    /// Returns the relative address of a target; `None` for those outside the site.
    fn target(&self, target: Target) -> Option<String> {
        match target {
            Target::Article(article) => Some(self.article(article)),
            Target::Section(section) => Some(self.section(section)),
            Target::Category(category) => Some(self.category(category)),
            Target::Web(_) | Target::Email(_) => None,
        }
    }

    /// An article's HTML for this page: its links made relative; tables, code and formulas that
    /// scroll by themselves; a heading for its sources. In the place of pictures that are not in
    /// the crate stands what they show.
    pub fn body(&self, article: &'static Article) -> String {
        let html = article.html_with(|link| self.target(link.target())).to_string();
        let mut body = String::with_capacity(html.len() * 2);
        let mut rest = &*html;
        let mut in_formula = false;
        // Whatever is text or a value has `&lt;` for `<`: each of these is a tag.
        while let Some(at) = rest.find('<') {
            let (before, tag) = rest.split_at(at);
            body.push_str(before);
            let end = tag.find('>').map_or(tag.len(), |end| end + 1);
            let (whole, after) = tag.split_at(end);
            rest = after;
            if let Some((src, more)) = picture(whole)
                && let Some(picture) =
                    self.places.pictures.get(decoded(src).trim_start_matches('/'))
            {
                let file = self.to(&picture.file);
                body.push_str(&format!("<img src=\"{file}\"{more} loading=\"lazy\">"));
            } else if whole.starts_with("<img ") {
                let words = whole
                    .split_once(" alt=\"")
                    .and_then(|(_, rest)| rest.split_once('"'))
                    .map_or("", |(words, _)| words);
                body.push_str(&format!("<span class=\"picture\">{words}</span>"));
            } else {
                match whole {
                    "<table>" => body.push_str(
                        "<div class=\"scroll\" role=\"group\" \
                        aria-label=\"Table\" tabindex=\"0\">\n<table>",
                    ),
                    "</table>" => body.push_str("</table>\n</div>"),
                    formula if formula.starts_with("<math display=\"block\"") => {
                        in_formula = true;
                        body.push_str(
                            "<div class=\"scroll\" role=\"group\" aria-label=\"Formula\" \
                            tabindex=\"0\">\n",
                        );
                        body.push_str(formula);
                    }
                    "</math>" if std::mem::take(&mut in_formula) => {
                        body.push_str("</math>\n</div>")
                    }
                    "<pre>" => body.push_str("<pre tabindex=\"0\">"),
                    "<section class=\"footnotes\">" => body.push_str(
                        "<section class=\"footnotes\" aria-labelledby=\"_sources\">\n\
                            <h2 id=\"_sources\">Sources</h2>",
                    ),
                    whole => body.push_str(whole),
                }
            }
        }
        body.push_str(rest);
        body
    }
}

/// The address of an `img` tag and its other attributes.
fn picture(tag: &str) -> Option<(&str, &str)> {
    tag.strip_prefix("<img src=\"")?.strip_suffix('>')?.split_once('"')
}

/// An address as it stands in HTML, its escapes undone.
fn decoded(address: &str) -> String {
    let address = address.replace("&#x27;", "'").replace("&amp;", "&");
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let escaped = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match escaped.filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A path or an anchor as it stands in an address.
pub fn encoded(text: &str) -> String {
    let mut address = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'/') {
            address.push(byte.into());
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address
}
