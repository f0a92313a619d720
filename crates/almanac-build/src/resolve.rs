//! The whole knowledge base: which article is where, in what order, and where every link leads.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;

use almanac_core::Date;
use crate::diagnostic::{Code, Diagnostic, FileSpan, nearest};
use crate::document::{Document, plain};
use super::front_matter::{CategoryLink, CategoryMetadata, FrontMatter, Profile, Spanned};
use super::names::{self, strip_number_prefix};
use crate::source::ContentFolder;
use super::timeline::{self, Event};
use crate::url::{self, Destination};

/// An article as its file alone tells it.
pub struct Parsed {
    pub file: usize,
    pub front: FrontMatter,
    /// Where the body begins in the file.
    pub body: usize,
    /// Of the front matter, else the first line.
    pub description: String,
    pub document: Document,
}

/// A category file as it alone tells it.
pub struct ParsedCategory {
    pub file: usize,
    pub metadata: CategoryMetadata,
}

/// The knowledge base, everything in it numbered: listed articles first, in sidebar order, then the unlisted by path.
#[derive(Default)]
pub struct Almanac {
    pub articles: Vec<Article>,
    /// In sidebar order, a category before those inside it.
    pub categories: Vec<Category>,
    pub contents: Vec<Entry>,
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
    /// Questions that the article answers, each with its place in the file.
    pub questions: Vec<Spanned<String>>,
    pub image: Option<String>,
    pub last_update: Option<Date>,
    pub last_update_author: Option<String>,
    pub unlisted: bool,
    pub profile: Option<Profile>,
    /// The names of the modules around the static, and its own.
    pub modules: Vec<String>,
    pub name: String,
    pub document: Document,
    /// Where each link of the document leads; `None` for one that leads nowhere.
    pub targets: Vec<Option<Target>>,
    /// Whether each image of the document is there.
    pub images: Vec<bool>,
    pub previous: Option<usize>,
    pub next: Option<usize>,
    /// Links of other articles to here: the article and the place in its order of links.
    pub backlinks: Vec<(usize, usize)>,
    pub events: Vec<Event>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Article(usize),
    Section(usize, usize),
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
    pub contents: Vec<Entry>,
    pub modules: Vec<String>,
}

/// What stands in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    Article(usize),
    Category(usize),
}

impl Article {
    /// The links that count, in order, each with its number in the document.
    pub fn links(&self) -> impl Iterator<Item = (usize, &Target)> {
        self.document.link_order.iter().filter_map(|&link| Some((link, self.targets[link].as_ref()?)))
    }
}

/// How many names are compared for suggestions in one run.
const COMPARISONS: usize = 200_000;

/// How many anchors a fault lists, where none is near.
const SHOWN_ANCHORS: usize = 12;

/// Resolves the knowledge base. What can't be kept (two articles of one id) is left out.
pub fn resolve(source: &ContentFolder, parsed: Vec<Parsed>, categories: Vec<ParsedCategory>) -> (Almanac, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut drafts: Vec<Draft> = Vec::new();
    for article in parsed {
        let (draft, mut faults) = identify(source, article);
        diagnostics.append(&mut faults);
        drafts.extend(draft);
    }
    drop_duplicates(&mut drafts, &mut diagnostics);
    let tree = Tree::new(source, &drafts, categories, &mut diagnostics);
    let (order, entries) = tree.order(source, &drafts, &mut diagnostics);
    let almanac = Linker::new(source, &drafts, order, &mut diagnostics).link(entries);
    (build(drafts, tree, almanac, source, &mut diagnostics), diagnostics)
}

// ---- ids --------------------------------------------------------------------------------------------------------

/// An article with its id, not yet in order.
struct Draft {
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
    /// Is it its folder's page by its name?
    is_index: bool,
}

impl Draft {
    fn place(&self, span: Option<Range<usize>>) -> FileSpan {
        FileSpan::new(self.parsed.file, span.unwrap_or(0..0))
    }

    fn listed(&self) -> bool {
        !self.parsed.front.draft && !self.parsed.front.unlisted
    }

    /// Where the id comes from: `id` in the front matter, or the file as a whole.
    fn id_place(&self) -> FileSpan {
        self.place(self.parsed.front.id.as_ref().map(|id| id.span.clone()))
    }
}

fn identify(source: &ContentFolder, parsed: Parsed) -> (Option<Draft>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let file = &source.files[parsed.file];
    let folder = file.folder().to_owned();
    let stem = file.name().strip_suffix(".md").unwrap_or(file.name());
    let prefixes = parsed.front.parse_number_prefixes.unwrap_or(true);
    let (bare, prefix) = if prefixes { strip_number_prefix(stem) } else { (stem, None) };
    let base = parsed.front.id.as_ref().map_or(bare, |id| &id.value);
    let inside = if prefixes { strip_folder(&folder) } else { folder.clone() };
    let id = if inside.is_empty() { base.to_owned() } else { format!("{inside}/{base}") };
    let home = if inside.is_empty() { "/".to_owned() } else { format!("/{inside}/") };
    let is_index = {
        let name = stem.to_lowercase();
        name == "index" || name == "readme" || folder.rsplit('/').next().is_some_and(|last| !last.is_empty() && name == last.to_lowercase())
    };
    let mut permalink = match parsed.front.slug.as_ref() {
        Some(slug) if slug.value.starts_with('/') => slug.value.clone(),
        None if is_index => home.clone(),
        slug => resolve_path(slug.map_or(base, |slug| &slug.value), &home),
    };
    while permalink.contains("//") {
        permalink = permalink.replace("//", "/");
    }
    if let Some(slug) =
        parsed.front.slug.as_ref().filter(|slug| slug.value.contains(['?', '#', '\\']) || slug.value.chars().any(char::is_control))
    {
        let place = FileSpan::new(parsed.file, slug.span.clone());
        diagnostics.push(Diagnostic::new(Code::InvalidValue, place, "a slug is a path: `?`, `#` and `\\` can't be in it"));
        permalink = resolve_path(base, &home);
    }
    let heading = parsed.document.heading.as_ref().map(|heading| plain(heading).trim().to_owned()).filter(|heading| !heading.is_empty());
    let title = match (&parsed.front.title, heading) {
        (Some(title), _) => title.value.clone(),
        (None, Some(heading)) => heading,
        (None, None) if parsed.front.bad_title => base.to_owned(),
        (None, None) => {
            let place = FileSpan::new(parsed.file, parsed.body..parsed.body);
            diagnostics.push(
                Diagnostic::new(Code::MissingTitle, place, "an article without a title")
                    .help(format!("write `title:` in the front matter or begin with `# A heading`; until then it is called `{base}`")),
            );
            base.to_owned()
        }
    };
    let position = parsed.front.sidebar_position.as_ref().map(|position| position.value).or(prefix);
    let mut modules = Vec::new();
    for part in folder.split('/').filter(|part| !part.is_empty()) {
        match names::module_name(strip_number_prefix(part).0) {
            Some(name) => modules.push(name),
            None => {
                let place = FileSpan::new(parsed.file, 0..0);
                diagnostics.push(Diagnostic::new(
                    Code::InvalidIdentifier,
                    place,
                    format!("the folder `{part}` makes no Rust name: nothing is left of it"),
                ));
                return (None, diagnostics);
            }
        }
    }
    let Some(name) = names::static_name(base) else {
        let place = FileSpan::new(parsed.file, parsed.front.id.as_ref().map_or(0..0, |id| id.span.clone()));
        diagnostics.push(
            Diagnostic::new(Code::InvalidIdentifier, place, format!("`{base}` makes no Rust name: nothing is left of it"))
                .help("give the article an `id` with a letter or a digit"),
        );
        return (None, diagnostics);
    };
    let path = file.path.clone();
    (Some(Draft { parsed, path, folder, id, permalink, title, position, modules, name, is_index }), diagnostics)
}

/// A folder path without number prefixes.
fn strip_folder(folder: &str) -> String {
    folder.split('/').map(|part| strip_number_prefix(part).0).collect::<Vec<_>>().join("/")
}

/// A relative path against a folder's permalink (which ends with `/`), as browsers do it.
fn resolve_path(path: &str, folder: &str) -> String {
    let mut parts: Vec<&str> = if path.starts_with('/') { Vec::new() } else { folder.split('/').filter(|part| !part.is_empty()).collect() };
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

/// Reports ids, permalinks and Rust names that meet, and drops the articles that can't stand beside the first.
fn drop_duplicates(drafts: &mut Vec<Draft>, diagnostics: &mut Vec<Diagnostic>) {
    let mut ids: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut permalinks: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut statics: BTreeMap<(&[String], &str), Vec<usize>> = BTreeMap::new();
    let mut folders: BTreeMap<&[String], BTreeMap<&str, usize>> = BTreeMap::new();
    for (at, draft) in drafts.iter().enumerate() {
        ids.entry(&draft.id).or_default().push(at);
        permalinks.entry(draft.permalink.trim_end_matches('/')).or_default().push(at);
        statics.entry((&draft.modules, &draft.name)).or_default().push(at);
        // Every folder on the way down is a module.
        let mut end = 0;
        for depth in 0..draft.modules.len() {
            end = draft.folder[end..].find('/').map_or(draft.folder.len(), |found| end + found);
            folders.entry(&draft.modules[..=depth]).or_default().entry(&draft.folder[..end]).or_insert(at);
            end += 1;
        }
    }
    let mut dropped = HashSet::new();
    let mut report = |code: Code, message: String, places: Vec<FileSpan>, help: &str| {
        let mut places = places.into_iter();
        let first = places.next().expect("a fault has a place");
        let mut fault = Diagnostic::new(code, first, message).help(help);
        for place in places {
            fault = fault.related(place, "and here");
        }
        diagnostics.push(fault);
    };
    for (id, at) in ids.iter().filter(|(_, at)| at.len() > 1) {
        let places = at.iter().map(|&at| drafts[at].id_place()).collect();
        report(Code::DuplicateId, format!("{} articles have the id `{id}`", at.len()), places, "give each an `id` of its own");
        dropped.extend(&at[1..]);
    }
    for (permalink, at) in permalinks.iter().filter(|(_, at)| at.len() > 1) {
        if at.iter().map(|&at| &drafts[at].id).collect::<BTreeSet<_>>().len() == 1 {
            continue; // the same id has been reported
        }
        let places = at.iter().map(|&at| drafts[at].place(drafts[at].parsed.front.slug.as_ref().map(|slug| slug.span.clone()))).collect();
        let permalink = if permalink.is_empty() { "/" } else { permalink };
        report(
            Code::DuplicatePermalink,
            format!("{} articles have the permalink `{permalink}`", at.len()),
            places,
            "give each a `slug` of its own",
        );
    }
    for (modules, by_folder) in folders.iter().filter(|(_, by_folder)| by_folder.len() > 1) {
        let places = by_folder.values().map(|&at| drafts[at].place(None)).collect();
        let named = by_folder.keys().map(|folder| format!("`{folder}`")).collect::<Vec<_>>().join(" and ");
        report(
            Code::IdentifierCollision,
            format!("the folders {named} make the Rust module `{}`", modules.join("::")),
            places,
            "rename all but one",
        );
        let first = by_folder.keys().next().expect("not empty").to_string();
        let others: Vec<&str> = by_folder.keys().copied().filter(|folder| **folder != first).collect();
        let inside = |draft: &Draft| others.iter().any(|folder| draft.folder == *folder || draft.folder.starts_with(&format!("{folder}/")));
        dropped.extend(drafts.iter().enumerate().filter(|(_, draft)| inside(draft)).map(|(at, _)| at));
    }
    for ((_, name), at) in statics.iter() {
        let kept: Vec<usize> = at.iter().copied().filter(|at| !dropped.contains(at)).collect();
        if kept.len() > 1 {
            let places = kept.iter().map(|&at| drafts[at].id_place()).collect();
            report(
                Code::IdentifierCollision,
                format!("{} articles make the Rust name `{name}`", kept.len()),
                places,
                "change the `id` of all but one",
            );
            dropped.extend(&kept[1..]);
        }
    }
    let mut at = 0;
    drafts.retain(|_| {
        at += 1;
        !dropped.contains(&(at - 1))
    });
}

// ---- folders and order ------------------------------------------------------------------------------------------

/// A folder that holds articles, directly or deeper.
struct Folder {
    path: String,
    metadata: CategoryMetadata,
    file: Option<usize>,
    parent: Option<usize>,
    position: Option<f64>,
    /// Its page, by number of the draft.
    index: Option<usize>,
    modules: Vec<String>,
}

struct Tree {
    folders: Vec<Folder>,
    by_path: HashMap<String, usize>,
}

/// The order of the drafts, and what stands where.
struct Entries {
    contents: Vec<Entry>,
    /// For each folder what stands in it; numbers are those of drafts and folders.
    folders: Vec<Vec<Entry>>,
}

impl Tree {
    fn new(source: &ContentFolder, drafts: &[Draft], categories: Vec<ParsedCategory>, diagnostics: &mut Vec<Diagnostic>) -> Tree {
        let mut metadata: HashMap<String, (usize, CategoryMetadata)> = HashMap::new();
        for category in categories {
            let file = &source.files[category.file];
            if let Some((first, _)) = metadata.get(file.folder()) {
                let fault = Diagnostic::new(Code::DuplicateKey, FileSpan::new(category.file, 0..0), "a folder has one category file")
                    .related(FileSpan::new(*first, 0..0), "the other one");
                diagnostics.push(fault);
                continue;
            }
            metadata.insert(file.folder().to_owned(), (category.file, category.metadata));
        }
        let mut paths = BTreeSet::new();
        for draft in drafts.iter().filter(|draft| !draft.parsed.front.draft) {
            let mut path = draft.folder.as_str();
            while !path.is_empty() && paths.insert(path.to_owned()) {
                path = path.rsplit_once('/').map_or("", |(above, _)| above);
            }
        }
        // A folder sorts behind the one it stands in, so that one has its number already.
        let mut tree = Tree { folders: Vec::new(), by_path: HashMap::new() };
        for path in paths {
            let parent = path.rsplit_once('/').and_then(|(above, _)| tree.by_path.get(above).copied());
            let (file, metadata) = match metadata.remove(&path) {
                Some((file, metadata)) => (Some(file), metadata),
                None => (None, CategoryMetadata::default()),
            };
            let depth = path.split('/').count();
            let modules = drafts
                .iter()
                .find(|draft| draft.folder == path || draft.folder.starts_with(&format!("{path}/")))
                .map_or(Vec::new(), |draft| draft.modules[..depth].to_vec());
            tree.by_path.insert(path.clone(), tree.folders.len());
            tree.folders.push(Folder { path, metadata, file, parent, position: None, index: None, modules });
        }
        for folder in &mut tree.folders {
            let inside = |draft: &&Draft| draft.folder == folder.path && draft.listed();
            folder.index = match &folder.metadata.link {
                CategoryLink::None | CategoryLink::Generated { .. } => None,
                CategoryLink::Conventional => drafts
                    .iter()
                    .filter(inside)
                    .filter(|draft| draft.is_index)
                    .min_by(|a, b| a.path.cmp(&b.path))
                    .map(|found| number_of(drafts, found)),
                CategoryLink::Article(id) => {
                    let local = drafts.iter().filter(inside).find(|draft| draft.id.rsplit('/').next() == Some(id.value.as_str()));
                    let found = local.or(drafts.iter().find(|draft| draft.id == id.value && draft.listed()));
                    if found.is_none() {
                        let place = FileSpan::new(folder.file.unwrap_or(0), id.span.clone());
                        let ids = || drafts.iter().map(|draft| draft.id.as_str());
                        let names = drafts.iter().filter(inside).filter_map(|draft| draft.id.rsplit('/').next());
                        let near = nearest(&id.value, names).or_else(|| nearest(&id.value, ids()));
                        diagnostics.push(
                            Diagnostic::new(Code::BrokenLink, place, format!("no article has the id `{}`", id.value)).did_you_mean(near),
                        );
                    }
                    found.map(|found| number_of(drafts, found))
                }
            };
            let name = folder.path.rsplit('/').next().unwrap_or(&folder.path);
            let index = folder.index.and_then(|index| drafts[index].position);
            folder.position = folder.metadata.position.as_ref().map(|position| position.value).or(index).or(strip_number_prefix(name).1);
        }
        tree
    }

    /// The sidebar: the listed drafts in order, and what stands in each folder.
    fn order(&self, source: &ContentFolder, drafts: &[Draft], diagnostics: &mut Vec<Diagnostic>) -> (Vec<usize>, Entries) {
        let mut inside: Vec<Vec<Entry>> = vec![Vec::new(); self.folders.len()];
        let mut root = Vec::new();
        for (at, draft) in drafts.iter().enumerate().filter(|(_, draft)| draft.listed()) {
            let folder = self.by_path.get(&draft.folder).copied();
            if folder.is_some_and(|folder| self.folders[folder].index == Some(at)) {
                continue;
            }
            folder.map_or(&mut root, |folder| &mut inside[folder]).push(Entry::Article(at));
        }
        for (at, folder) in self.folders.iter().enumerate() {
            folder.parent.map_or(&mut root, |parent| &mut inside[parent]).push(Entry::Category(at));
        }
        let position = |entry: &Entry| match entry {
            Entry::Article(at) => drafts[*at].position,
            Entry::Category(at) => self.folders[*at].position,
        };
        let path = |entry: &Entry| match entry {
            Entry::Article(at) => drafts[*at].path.as_str(),
            Entry::Category(at) => self.folders[*at].path.as_str(),
        };
        let place = |entry: &Entry| match entry {
            Entry::Article(at) => {
                drafts[*at].place(drafts[*at].parsed.front.sidebar_position.as_ref().map(|position| position.span.clone()))
            }
            Entry::Category(at) => {
                let folder = &self.folders[*at];
                match (folder.file, &folder.metadata.position, folder.index) {
                    (Some(file), Some(position), _) => FileSpan::new(file, position.span.clone()),
                    (_, _, Some(index)) => {
                        drafts[index].place(drafts[index].parsed.front.sidebar_position.as_ref().map(|position| position.span.clone()))
                    }
                    _ => FileSpan::new(
                        source.files.iter().position(|file| file.path.starts_with(&format!("{}/", folder.path))).unwrap_or(0),
                        0..0,
                    ),
                }
            }
        };
        for entries in inside.iter_mut().chain([&mut root]) {
            entries.sort_by(|a, b| {
                let by_position = match (position(a), position(b)) {
                    (Some(a), Some(b)) => a.total_cmp(&b),
                    (a, b) => b.is_some().cmp(&a.is_some()),
                };
                by_position.then_with(|| path(a).cmp(path(b)))
            });
            for pair in entries.windows(2) {
                if let (Some(first), Some(second)) = (position(&pair[0]), position(&pair[1]))
                    && first == second
                {
                    let message = format!("`{}` and `{}` have the same position, {second}", path(&pair[0]), path(&pair[1]));
                    let fault = Diagnostic::new(Code::PositionTie, place(&pair[1]), message).label("their order follows their paths");
                    diagnostics.push(fault.related(place(&pair[0]), "the other one"));
                }
            }
        }
        let mut order = Vec::new();
        self.flatten(&root, &inside, drafts, &mut order);
        (order, Entries { contents: root, folders: inside })
    }

    fn flatten(&self, entries: &[Entry], inside: &[Vec<Entry>], drafts: &[Draft], order: &mut Vec<usize>) {
        // Folders are at most as deep as a path, which the file system bounds.
        for entry in entries {
            match entry {
                Entry::Article(at) => order.push(*at),
                Entry::Category(at) => {
                    order.extend(self.folders[*at].index.filter(|&index| drafts[index].folder == self.folders[*at].path));
                    self.flatten(&inside[*at], inside, drafts, order);
                }
            }
        }
    }
}

fn number_of(drafts: &[Draft], draft: &Draft) -> usize {
    drafts.iter().position(|other| std::ptr::eq(other, draft)).expect("it is one of them")
}

// ---- links ------------------------------------------------------------------------------------------------------

/// Everything that links can lead to.
struct Linker<'a> {
    source: &'a ContentFolder,
    drafts: &'a [Draft],
    /// The listed drafts in sidebar order.
    order: Vec<usize>,
    by_path: HashMap<&'a str, usize>,
    by_permalink: HashMap<&'a str, usize>,
    /// The sections of each draft by anchor; `None` is the article itself.
    anchors: Vec<HashMap<&'a str, Option<usize>>>,
    diagnostics: &'a mut Vec<Diagnostic>,
    /// How many names may still be compared for suggestions.
    comparisons: usize,
}

/// What the links of all drafts lead to, and who follows whom; numbers are those of drafts.
struct Linked {
    order: Vec<usize>,
    entries: Entries,
    targets: Vec<Vec<Option<Target>>>,
    images: Vec<Vec<bool>>,
    neighbours: Vec<(Option<usize>, Option<usize>)>,
}

impl<'a> Linker<'a> {
    fn new(source: &'a ContentFolder, drafts: &'a [Draft], order: Vec<usize>, diagnostics: &'a mut Vec<Diagnostic>) -> Linker<'a> {
        let mut by_permalink = HashMap::new();
        for (at, draft) in drafts.iter().enumerate() {
            by_permalink.entry(draft.permalink.trim_end_matches('/')).or_insert(at);
        }
        let anchors = drafts
            .iter()
            .map(|draft| {
                let document = &draft.parsed.document;
                let mut anchors = HashMap::new();
                for (at, section) in document.sections.iter().enumerate() {
                    anchors.entry(section.anchor.as_str()).or_insert(Some(at));
                }
                for (anchor, section) in &document.inner_anchors {
                    anchors.entry(anchor.as_str()).or_insert(*section);
                }
                anchors
            })
            .collect();
        let by_path = drafts.iter().enumerate().map(|(at, draft)| (draft.path.as_str(), at)).collect();
        Linker { source, drafts, order, by_path, by_permalink, anchors, diagnostics, comparisons: COMPARISONS }
    }

    fn link(mut self, entries: Entries) -> Linked {
        let drafts = self.drafts;
        let mut targets = Vec::new();
        let mut images = Vec::new();
        for (at, draft) in drafts.iter().enumerate() {
            // A definition used twice is one place with one fault.
            let mut reported = HashSet::new();
            let mut found = Vec::new();
            for link in &draft.parsed.document.links {
                let before = self.diagnostics.len();
                found.push(self.target(at, &link.destination, &link.span));
                if self.diagnostics.len() > before && !reported.insert(link.span.clone()) {
                    self.diagnostics.truncate(before);
                }
            }
            targets.push(found);
            images.push(draft.parsed.document.images.iter().map(|image| self.image(at, &image.destination, &image.span)).collect());
            if let Some(image) = &draft.parsed.front.image {
                self.image(at, &image.value, &image.span);
            }
        }
        let neighbours = self.neighbours();
        Linked { order: self.order, entries, targets, images, neighbours }
    }

    fn fault(&mut self, draft: usize, code: Code, span: &Range<usize>, message: impl Into<String>) -> &mut Diagnostic {
        let place = FileSpan::new(self.drafts[draft].parsed.file, span.clone());
        self.diagnostics.push(Diagnostic::new(code, place, message));
        self.diagnostics.last_mut().expect("just pushed")
    }

    /// Where a link leads; `None`, with a fault, when nowhere.
    fn target(&mut self, from: usize, destination: &str, span: &Range<usize>) -> Option<Target> {
        match url::parse(destination) {
            Err(fault) => {
                self.fault(from, fault.code, span, fault.message);
                None
            }
            Ok(Destination::Web(url)) => {
                if url.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http:")) {
                    self.fault(from, Code::InsecureUrl, span, "an address without encryption").label =
                        "is it there under `https:` too?".into();
                }
                Some(Target::Web(url))
            }
            Ok(Destination::Email(address)) => Some(Target::Email(address)),
            Ok(Destination::Local { path, anchor }) => {
                let to = if path.is_empty() { from } else { self.article(from, &path, span)? };
                if self.drafts[to].parsed.front.draft && to != from {
                    self.fault(from, Code::BrokenLink, span, format!("`{path}` is a draft: no reader can follow a link there"));
                    return None;
                }
                match anchor.as_deref() {
                    None | Some("") => Some(Target::Article(to)),
                    Some(anchor) => self.section(from, to, &path, anchor, span),
                }
            }
        }
    }

    fn article(&mut self, from: usize, path: &str, span: &Range<usize>) -> Option<usize> {
        let draft = &self.drafts[from];
        let extension = path.rsplit('/').next().unwrap_or(path).rsplit_once('.').map_or("", |(_, extension)| extension);
        if extension == "md" || extension == "mdx" {
            let inside = url::join(&draft.folder, path);
            if let Some(found) = inside.as_deref().and_then(|inside| self.by_path.get(inside)) {
                return Some(*found);
            }
            let near = self.suggest(self.drafts.len(), |this| {
                let inside = inside.as_deref()?;
                let paths = || this.drafts.iter().map(|draft| draft.path.as_str());
                let name = inside.rsplit('/').next()?;
                // The id instead of the file name, a mistake by a letter, or the right name in another folder.
                let by_id = this.drafts.iter().find(|draft| inside.strip_suffix(".md") == Some(&draft.id)).map(|draft| draft.path.as_str());
                let found =
                    by_id.or_else(|| nearest(inside, paths())).or_else(|| paths().find(|path| path.rsplit('/').next() == Some(name)))?;
                Some(relative(&this.drafts[from].folder, found, path))
            });
            let fault = self.fault(from, Code::BrokenLink, span, format!("no article at `{path}`"));
            fault.label = near.map_or(String::new(), |near| format!("did you mean `{near}`?"));
            return None;
        }
        let permalink = resolve_path(path, if path.starts_with('/') { "/" } else { folder_of(&draft.permalink) });
        if let Some(found) = self.by_permalink.get(permalink.trim_end_matches('/')) {
            return Some(*found);
        }
        let file = url::join(&draft.folder, path);
        if file.is_some_and(|file| self.source.assets.contains(&file)) {
            self.fault(from, Code::UnsupportedLink, span, format!("`{path}` is a file: only articles are in the binary"));
            return None;
        }
        let near = self.suggest(self.drafts.len(), |this| {
            let inside = permalink.trim_start_matches('/');
            // Most often `.md` was forgotten.
            if let Some(found) = this.by_path.get(format!("{inside}.md").as_str()) {
                return Some(relative(&this.drafts[from].folder, &this.drafts[*found].path, "./"));
            }
            nearest(&permalink, this.drafts.iter().map(|draft| draft.permalink.as_str())).map(str::to_owned)
        });
        let fault = self.fault(from, Code::BrokenLink, span, format!("no article has the permalink `{permalink}`"));
        fault.label = near.map_or(String::new(), |near| format!("did you mean `{near}`?"));
        None
    }

    fn section(&mut self, from: usize, to: usize, path: &str, anchor: &str, span: &Range<usize>) -> Option<Target> {
        if let Some(found) = self.anchors[to].get(anchor) {
            return Some(found.map_or(Target::Article(to), |section| Target::Section(to, section)));
        }
        let title = self.drafts[to].title.clone();
        if self.drafts[to].parsed.document.heading_anchor.as_deref() == Some(anchor) {
            let whole = if path.is_empty() { "#" } else { path };
            self.fault(from, Code::BrokenAnchor, span, format!("`{anchor}` is the article's own heading, which has no anchor")).label =
                format!("did you mean `{whole}`?");
            return None;
        }
        let near = self
            .suggest(self.anchors[to].len(), |this| nearest(anchor, this.anchors[to].keys().copied()).map(|near| format!("{path}#{near}")));
        let sections = &self.drafts[to].parsed.document.sections;
        let known = sections.iter().map(|section| format!("`#{}`", section.anchor)).take(SHOWN_ANCHORS).collect::<Vec<_>>().join(", ");
        let more = if sections.len() > SHOWN_ANCHORS { ", …" } else { "" };
        let known = (!sections.is_empty()).then(|| format!("it has {known}{more}"));
        let fault = self.fault(from, Code::BrokenAnchor, span, format!("no section of “{title}” has the anchor `{anchor}`"));
        match near {
            Some(near) => fault.label = format!("did you mean `{near}`?"),
            None => fault.help = known,
        }
        None
    }

    /// Looks for a suggestion among so many names, unless too many were compared before.
    fn suggest(&mut self, among: usize, find: impl FnOnce(&Self) -> Option<String>) -> Option<String> {
        self.comparisons = self.comparisons.checked_sub(among.max(1))?;
        find(self)
    }

    /// Is an image there? Those on the web and in the site's own folders can't be looked for.
    fn image(&mut self, from: usize, destination: &str, span: &Range<usize>) -> bool {
        match url::parse(destination) {
            Ok(Destination::Web(_)) => true,
            Ok(Destination::Local { path, .. }) if path.starts_with('/') => {
                self.fault(from, Code::UnsupportedImage, span, "an image of the site, not of this folder: nobody checks that it is there");
                true
            }
            Ok(Destination::Local { path, .. }) => {
                let inside = url::join(&self.drafts[from].folder, &path);
                let found = inside.as_ref().is_some_and(|inside| self.source.assets.contains(inside));
                if !found {
                    let near = self.suggest(self.source.assets.len(), |this| {
                        let inside = inside.as_deref()?;
                        let found = nearest(inside, this.source.assets.iter().map(String::as_str))?;
                        Some(relative(&this.drafts[from].folder, found, &path))
                    });
                    let fault = self.fault(from, Code::MissingImage, span, format!("no image at `{path}`"));
                    fault.label = near.map_or(String::new(), |near| format!("did you mean `{near}`?"));
                }
                found
            }
            Ok(Destination::Email(_)) => {
                self.fault(from, Code::MissingImage, span, "an e-mail address is no image");
                false
            }
            Err(_) if destination.starts_with("@site/") => {
                self.fault(from, Code::UnsupportedImage, span, "an image of the site, not of this folder: nobody checks that it is there");
                true
            }
            Err(fault) => {
                let code = if fault.code == Code::BrokenLink { Code::MissingImage } else { fault.code };
                self.fault(from, code, span, fault.message);
                false
            }
        }
    }

    /// The previous and next article of each draft: the order, unless the front matter says otherwise.
    fn neighbours(&mut self) -> Vec<(Option<usize>, Option<usize>)> {
        let drafts = self.drafts;
        let mut neighbours = vec![(None, None); drafts.len()];
        for pair in self.order.windows(2) {
            neighbours[pair[0]].1 = Some(pair[1]);
            neighbours[pair[1]].0 = Some(pair[0]);
        }
        let by_id: HashMap<&str, usize> = drafts.iter().enumerate().map(|(at, draft)| (draft.id.as_str(), at)).collect();
        for (at, draft) in drafts.iter().enumerate() {
            for (is_next, given) in [(false, &draft.parsed.front.pagination_prev), (true, &draft.parsed.front.pagination_next)] {
                let Some(given) = given else { continue };
                let to = given.as_ref().and_then(|id| self.neighbour(at, id, &by_id));
                if is_next {
                    neighbours[at].1 = to;
                } else {
                    neighbours[at].0 = to;
                }
            }
        }
        neighbours
    }

    fn neighbour(&mut self, from: usize, id: &Spanned<String>, by_id: &HashMap<&str, usize>) -> Option<usize> {
        let drafts = self.drafts;
        match by_id.get(id.value.as_str()) {
            Some(&to) if drafts[to].parsed.front.draft => {
                self.fault(from, Code::BrokenLink, &id.span, format!("`{}` is a draft: no reader can follow a link there", id.value));
                None
            }
            // Docusaurus links to no unlisted neighbour either.
            Some(&to) => drafts[to].listed().then_some(to),
            None => {
                let near = nearest(&id.value, drafts.iter().map(|draft| draft.id.as_str()))
                    .or_else(|| {
                        drafts.iter().map(|draft| draft.id.as_str()).find(|known| known.rsplit('/').next() == Some(id.value.as_str()))
                    })
                    .map(str::to_owned);
                let fault = self.fault(from, Code::BrokenLink, &id.span, format!("no article has the id `{}`", id.value));
                fault.label = near.map_or(String::new(), |near| format!("did you mean `{near}`?"));
                None
            }
        }
    }
}

/// The folder of a permalink, with its last slash.
fn folder_of(permalink: &str) -> &str {
    &permalink[..permalink.rfind('/').map_or(0, |slash| slash + 1)]
}

/// The path from a folder to a file, in the form that the author used (`./x` or `x`).
fn relative(folder: &str, file: &str, written: &str) -> String {
    let folder: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let parts: Vec<&str> = file.split('/').collect();
    let common = folder.iter().zip(&parts[..parts.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(folder.len() - common);
    let here = if up.is_empty() && written.starts_with("./") { "./" } else { "" };
    format!("{here}{up}{}", parts[common..].join("/")).replace(' ', "%20")
}

// ---- the result -------------------------------------------------------------------------------------------------

/// Numbers everything anew: listed articles in order, then unlisted ones by path; drafts are gone.
fn build(drafts: Vec<Draft>, tree: Tree, linked: Linked, source: &ContentFolder, diagnostics: &mut Vec<Diagnostic>) -> Almanac {
    let mut order = linked.order;
    let mut unlisted: Vec<usize> = (0..drafts.len()).filter(|&at| drafts[at].parsed.front.unlisted).collect();
    unlisted.sort_by(|&a, &b| drafts[a].path.cmp(&drafts[b].path));
    order.append(&mut unlisted);
    let mut number = vec![None; drafts.len()];
    for (new, &old) in order.iter().enumerate() {
        number[old] = Some(new);
    }
    // Categories in sidebar order, a folder before those in it.
    let mut folder_order = Vec::new();
    let mut pending: Vec<Entry> = linked.entries.contents.iter().rev().copied().collect();
    while let Some(entry) = pending.pop() {
        if let Entry::Category(folder) = entry {
            folder_order.push(folder);
            pending.extend(linked.entries.folders[folder].iter().rev());
        }
    }
    let mut folder_number = vec![0; tree.folders.len()];
    for (new, &old) in folder_order.iter().enumerate() {
        folder_number[old] = new;
    }
    let entry = |entry: &Entry| match *entry {
        Entry::Article(at) => number[at].map(Entry::Article),
        Entry::Category(at) => Some(Entry::Category(folder_number[at])),
    };
    let categories = folder_order
        .iter()
        .map(|&at| {
            let folder = &tree.folders[at];
            let index = folder.index.and_then(|index| Some((number[index]?, &drafts[index])));
            let name = folder.path.rsplit('/').next().unwrap_or(&folder.path);
            let label = folder
                .metadata
                .label
                .clone()
                .or(index.map(|(_, index)| index.parsed.front.sidebar_label.clone().unwrap_or(index.title.clone())));
            Category {
                id: strip_folder(&folder.path),
                label: label.unwrap_or_else(|| strip_number_prefix(name).0.to_owned()),
                description: folder.metadata.description.clone(),
                position: folder.position,
                parent: folder.parent.map(|parent| folder_number[parent]),
                index: index.map(|(index, _)| index),
                contents: linked.entries.folders[at].iter().filter_map(entry).collect(),
                modules: folder.modules.clone(),
            }
        })
        .collect();
    let contents = linked.entries.contents.iter().filter_map(entry).collect();
    let renumber = |target: &Target| match target {
        Target::Article(at) => number[*at].map(Target::Article),
        Target::Section(at, section) => number[*at].map(|at| Target::Section(at, *section)),
        other => Some(other.clone()),
    };
    let mut slots: Vec<Option<Article>> = order.iter().map(|_| None).collect();
    let parts = drafts.into_iter().zip(linked.targets).zip(linked.images).zip(linked.neighbours).enumerate();
    for (old, (((draft, targets), images), (previous, next))) in parts {
        let Draft { parsed, path, folder, id, permalink, title, position, modules, name, .. } = draft;
        let front = parsed.front;
        let update = front.last_update.map(|date| date.value);
        let (events, mut faults) = timeline::events(&parsed.document, &source.files[parsed.file].text, parsed.file, update);
        diagnostics.append(&mut faults);
        let Some(new) = number[old] else { continue };
        let heading = parsed.document.heading.as_ref().map(|heading| plain(heading).trim().to_owned());
        slots[new] = Some(Article {
            file: parsed.file,
            path,
            body: parsed.body,
            id,
            heading,
            sidebar_label: front.sidebar_label.unwrap_or_else(|| title.clone()),
            title,
            description: parsed.description,
            category: tree.by_path.get(&folder).map(|&at| folder_number[at]),
            position,
            permalink,
            tags: front.tags,
            keywords: front.keywords,
            questions: front.questions,
            image: front.image.map(|image| image.value),
            last_update: update,
            last_update_author: front.last_update_author,
            unlisted: front.unlisted,
            profile: front.profile,
            modules,
            name,
            targets: targets.iter().map(|target| target.as_ref().and_then(renumber)).collect(),
            document: parsed.document,
            images,
            previous: previous.and_then(|at| number[at]),
            next: next.and_then(|at| number[at]),
            backlinks: Vec::new(),
            events,
        });
    }
    let mut articles: Vec<Article> = slots.into_iter().flatten().collect();
    let mut backlinks: Vec<Vec<(usize, usize)>> = vec![Vec::new(); articles.len()];
    for (from, article) in articles.iter().enumerate().filter(|(_, article)| !article.unlisted) {
        for (at, (_, target)) in article.links().enumerate() {
            if let Target::Article(to) | Target::Section(to, _) = target
                && *to != from
            {
                backlinks[*to].push((from, at));
            }
        }
    }
    for (article, backlinks) in articles.iter_mut().zip(backlinks) {
        article.backlinks = backlinks;
    }
    Almanac { articles, categories, contents }
}
