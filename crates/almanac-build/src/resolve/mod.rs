//! The whole knowledge base: which article is where, in what order, and where every link leads.

mod build;
mod identity;
mod links;
mod neighbours;
mod sidebar;
pub mod suggest;

use std::collections::HashSet;
use std::ops::Range;

use almanac_core::Date;

use crate::assets::Assets;
use crate::document::Document;
use crate::fault::{Code, Fault, FileSpan};
use crate::front_matter::{CategoryMetadata, FrontMatter, Spanned};
use crate::happenings::Happening;
use crate::schema::Schema;
use crate::schema::table::TableRow;
use crate::schema::value::Row;
use crate::source::ContentFolder;
use crate::timeline::Event;
use links::LinkResolver;
use sidebar::Sidebar;
use suggest::Budget;

/// An article as its file alone tells it.
pub struct Parsed {
    pub file: usize,
    pub front: FrontMatter,
    /// The start of the body in the file.
    pub body: usize,
    /// Of the front matter, else the first line.
    pub description: String,
    pub document: Document,
    /// Rows of the tables that the schema names.
    pub rows: Vec<TableRow>,
}

/// A category file as it alone tells it.
pub struct ParsedCategory {
    pub file: usize,
    pub metadata: CategoryMetadata,
}

/// The knowledge base, everything in it numbered: listed articles first, in sidebar order, then the
/// unlisted by path.
#[derive(Default)]
pub struct Almanac {
    pub articles: Vec<Article>,
    /// In sidebar order, a category before those inside it.
    pub categories: Vec<Category>,
    pub contents: Vec<SidebarItem>,
    /// The images that articles show.
    pub assets: Assets,
    /// In order of time.
    pub happenings: Vec<Happening>,
    pub absent: Absent,
}

/// Articles and files that aren't in the almanac. References to them lead nowhere, which mostly is
/// a fault already.
#[derive(Default)]
pub struct Absent {
    /// Ids of drafts.
    pub drafts: HashSet<String>,
    /// Ids of articles that are refused and, as far as their names tell, of files that couldn't be
    /// read.
    pub refused: HashSet<String>,
    /// Rows of the tables in drafts, and in refused articles.
    pub draft_rows: Vec<TableRow>,
    pub refused_rows: Vec<TableRow>,
    /// `true` if there are files that couldn't be read: nobody knows what rows they have.
    pub unread: bool,
}

pub struct Article {
    pub file: usize,
    pub path: String,
    pub body: usize,
    pub id: String,
    pub title: String,
    pub heading: Option<String>,
    pub sidebar_label: String,
    pub description: String,
    pub category: Option<usize>,
    pub position: Option<f64>,
    pub permalink: String,
    pub tags: Vec<String>,
    pub keywords: Vec<String>,
    pub image: Option<String>,
    pub last_update: Option<Date>,
    pub last_update_author: Option<String>,
    /// The date on which the facts are to be looked at again.
    pub review: Option<Date>,
    pub unlisted: bool,
    /// The kind of its profile and the values.
    pub profile: Option<(usize, Row)>,
    /// `true` if its profile can't be used, which is a fault already.
    pub faulty_profile: bool,
    /// The values of the fields that the schema declares.
    pub fields: Row,
    pub rows: Vec<TableRow>,
    /// Questions that the article answers, each with its place in the file.
    pub questions: Vec<Spanned<String>>,
    /// The names of the modules around the static, and its own.
    pub modules: Vec<String>,
    pub name: String,
    pub document: Document,
    /// The target of each link of the document; `None` for one that leads nowhere.
    pub targets: Vec<Option<Target>>,
    /// `true` if each image of the document is there.
    pub images: Vec<bool>,
    pub previous: Option<usize>,
    pub next: Option<usize>,
    /// Links of other articles to here: the article and the place in its order of links.
    pub backlinks: Vec<(usize, usize)>,
    pub events: Vec<Event>,
}

/// The target of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Article(usize),
    Section(usize, usize),
    /// The generated page of a category, which has a permalink.
    Category(usize),
    Web(String),
    Email(String),
}

pub struct Category {
    pub id: String,
    pub label: String,
    pub description: Option<String>,
    pub position: Option<f64>,
    pub parent: Option<usize>,
    pub index: Option<usize>,
    /// Of the page that the site generates for it, if it does.
    pub permalink: Option<String>,
    pub contents: Vec<SidebarItem>,
    pub modules: Vec<String>,
}

/// An item of a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SidebarItem {
    Article(usize),
    Category(usize),
}

impl Article {
    /// Returns the links that count, in order, each with its number in the document.
    pub fn links(&self) -> impl Iterator<Item = (usize, &Target)> {
        self.document
            .link_order
            .iter()
            .filter_map(|&link| Some((link, self.targets[link].as_ref()?)))
    }
}

/// An article with its id, not yet in order.
struct Identified {
    parsed: Parsed,
    path: String,
    /// The real folder, number prefixes and all.
    folder: String,
    id: String,
    permalink: String,
    title: String,
    position: Option<f64>,
    modules: Vec<String>,
    name: String,
    /// `true` if it is its folder's page by its name.
    is_index: bool,
    /// `true` if it can't be part of the result, which is an error of its own. It is checked like
    /// any other.
    refused: bool,
}

impl Identified {
    fn place(&self, span: Option<Range<usize>>) -> FileSpan {
        FileSpan::new(self.parsed.file, span.unwrap_or(0..0))
    }

    /// Returns `true` if the article stands in lists.
    fn is_listed(&self) -> bool {
        self.is_reachable() && !self.parsed.front.unlisted
    }

    /// Returns `true` if links can lead to the article.
    fn is_reachable(&self) -> bool {
        !self.parsed.front.draft && !self.refused
    }

    /// Returns where the id comes from: `id` in the front matter, or the file as a whole.
    fn id_place(&self) -> FileSpan {
        self.place(self.parsed.front.id.as_ref().map(|id| id.span.clone()))
    }
}

/// Resolves the knowledge base. What can't be kept (two articles of one id) is left out. `base` is
/// the path under which the site shows the articles, such as `/docs`.
pub fn resolve(
    folder: &ContentFolder,
    parsed: Vec<Parsed>,
    categories: Vec<ParsedCategory>,
    schema: &Schema,
    base: &str,
) -> (Almanac, Vec<Fault>) {
    let mut faults = Vec::new();
    let base = base_path(base).unwrap_or_else(|fault| {
        faults.push(*fault);
        String::new()
    });
    let mut articles = identity::identify_all(folder, parsed, &mut faults);
    identity::refuse_collisions(&mut articles, schema, &mut faults);
    let mut budget = Budget::default();
    let sidebar = Sidebar::new(folder, &articles, categories, &mut budget, &mut faults);
    let resolver = LinkResolver::new(folder, &articles, &sidebar, &base, budget, &mut faults);
    let linked = resolver.resolve();
    (build::build(articles, sidebar, linked, folder, &mut faults), faults)
}

/// Returns the base path with a slash before it and none behind it; empty for none.
fn base_path(base: &str) -> Result<String, Box<Fault>> {
    let trimmed = base.trim_matches('/');
    if base.contains(['?', '#', '\\', ':']) || base.contains(char::is_control) {
        let message = format!("the base path `{base}` is no path such as `/docs`");
        return Err(Box::new(Fault::without_place(Code::InvalidValue, message)));
    }
    Ok(if trimmed.is_empty() { String::new() } else { format!("/{trimmed}") })
}

/// Resolves a relative path against a folder's permalink (which ends with `/`), as browsers do it.
fn resolve_path(path: &str, folder: &str) -> String {
    let mut parts: Vec<&str> = match path.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').filter(|part| !part.is_empty()).collect(),
    };
    let mut slash = path.is_empty() && folder.ends_with('/');
    for part in path.split('/') {
        slash = matches!(part, "" | "." | "..");
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let end = if slash && !parts.is_empty() { "/" } else { "" };
    format!("/{}{end}", parts.join("/"))
}

/// Returns the paths of a folder and of all folders around it, the outermost first.
fn ancestors(folder: &str) -> impl Iterator<Item = &str> {
    let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
    ends.map(|end| &folder[..end]).filter(|path| !path.is_empty())
}

/// Returns the paths of all files that are articles by their names but couldn't be read.
fn unread<'f>(
    folder: &'f ContentFolder,
    articles: &[Identified],
) -> impl Iterator<Item = (usize, &'f str)> {
    let read: HashSet<usize> = articles.iter().map(|article| article.parsed.file).collect();
    folder.files.iter().enumerate().filter_map(move |(number, file)| {
        let is_article = file.path.ends_with(".md") || file.path.ends_with(".mdx");
        (is_article && !read.contains(&number)).then_some((number, file.path.as_str()))
    })
}
