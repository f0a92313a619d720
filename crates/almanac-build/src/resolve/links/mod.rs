//! Resolves links to their targets.

mod broken;
mod images;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use crate::fault::{Cause, Code, Fault, FileSpan, nearest};
use crate::limits;
use crate::source::{ContentFolder, File, FileKind, kind};
use crate::url::{self, Destination};

use super::identity::{Name, strip_folder};
use super::neighbours::{Neighbours, neighbours};
use super::sidebar::Sidebar;
use super::suggest::{Budget, Names};
use super::{Identified, Target, resolve_path, unread};

/// The number of anchors that a fault lists where none is near.
const SHOWN_ANCHORS: usize = 12;

/// The targets of the links of all articles, and who follows whom; numbers are those of identified
/// articles.
pub struct Linked {
    pub targets: Vec<Vec<Option<Target>>>,
    pub images: Vec<Vec<bool>>,
    pub neighbours: Vec<Neighbours>,
}

/// The target of a permalink.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    Article(usize),
    /// The generated page of a folder.
    Category(usize),
    /// A file that couldn't be read, by its number.
    Unread(usize),
}

/// Everything that links can lead to.
pub struct LinkResolver<'a> {
    folder: &'a ContentFolder,
    articles: &'a [Identified],
    sidebar: &'a Sidebar,
    base: &'a str,
    by_path: HashMap<&'a str, Page>,
    by_id: HashMap<&'a str, usize>,
    by_permalink: HashMap<String, Page>,
    /// Folders that couldn't be read, by their paths with and without number prefixes.
    refused_folders: HashSet<String>,
    /// The sections of each article by anchor; `None` is the article itself.
    anchors: Vec<HashMap<&'a str, Option<usize>>>,
    faults: &'a mut Vec<Fault>,
    /// Names for suggestions, made when the first is asked for.
    paths: Option<Names<'a, Page>>,
    permalinks: Option<Names<'a, Page>>,
    assets: Option<Names<'a, ()>>,
    budget: Budget,
    /// Broken links: the fault, and the path from the root that led nowhere.
    broken: Vec<(usize, String)>,
    /// The starts of broken links that would lead somewhere without them.
    bases: BTreeSet<String>,
    /// The number of bytes that links and images may still repeat.
    expansion: u64,
}

impl<'a> LinkResolver<'a> {
    pub fn new(
        folder: &'a ContentFolder,
        articles: &'a [Identified],
        sidebar: &'a Sidebar,
        base: &'a str,
        budget: Budget,
        faults: &'a mut Vec<Fault>,
    ) -> LinkResolver<'a> {
        let mut by_path: HashMap<&str, Page> = HashMap::new();
        let mut by_permalink: HashMap<String, Page> = HashMap::new();
        let key = |permalink: &str| permalink.trim_end_matches('/').to_owned();
        for (at, article) in articles.iter().enumerate() {
            by_path.insert(&article.path, Page::Article(at));
        }
        // Of two that have one permalink, the one that is in the result.
        for refused in [false, true] {
            for (at, article) in articles.iter().enumerate() {
                if article.refused == refused {
                    by_permalink.entry(key(&article.permalink)).or_insert(Page::Article(at));
                }
            }
        }
        for (at, category) in sidebar.folders.iter().enumerate() {
            if let Some(permalink) = &category.permalink {
                by_permalink.entry(key(permalink)).or_insert(Page::Category(at));
            }
        }
        for (file, path) in unread(folder, articles) {
            by_path.entry(path).or_insert(Page::Unread(file));
            for permalink in unread_permalinks(path, &folder.files[file].text) {
                by_permalink.entry(key(&permalink)).or_insert(Page::Unread(file));
            }
        }
        let is_folder = |file: &&File| {
            file.kind == FileKind::Refused && kind(&file.path).is_none() && !file.path.is_empty()
        };
        let refused_folders = folder.files.iter().filter(is_folder);
        let refused_folders =
            refused_folders.flat_map(|file| [file.path.clone(), strip_folder(&file.path)]);
        let reachable = articles.iter().enumerate().filter(|(_, article)| article.is_reachable());
        LinkResolver {
            folder,
            articles,
            sidebar,
            base,
            by_path,
            by_id: reachable.map(|(at, article)| (article.id.as_str(), at)).collect(),
            by_permalink,
            refused_folders: refused_folders.collect(),
            anchors: articles.iter().map(anchors).collect(),
            faults,
            paths: None,
            permalinks: None,
            assets: None,
            budget,
            broken: Vec::new(),
            bases: BTreeSet::new(),
            expansion: limits::expansion(folder.bytes()),
        }
    }

    pub fn resolve(mut self) -> Linked {
        let articles = self.articles;
        let mut targets = Vec::new();
        let mut images = Vec::new();
        for (at, article) in articles.iter().enumerate() {
            // A definition used twice is one place: with one target, or one fault.
            let mut known: HashMap<Range<usize>, Option<Target>> = HashMap::new();
            let mut found = Vec::new();
            for link in &article.parsed.document.links {
                let target = match known.get(&link.span) {
                    Some(target) => target.clone(),
                    None => {
                        let target = self.target(at, &link.destination, &link.span);
                        known.insert(link.span.clone(), target.clone());
                        target
                    }
                };
                let title = link.title.as_ref().map_or(0, String::len);
                let size = target.as_ref().map_or(0, |target| self.size(target) + title);
                found.push(target.filter(|_| self.spend(size, at, &link.span)));
            }
            targets.push(found);
            let mut found = Vec::new();
            for image in &article.parsed.document.images {
                let there = self.image(at, &image.destination, &image.span);
                let title = image.title.as_ref().map_or(0, String::len);
                let size = image.destination.len() + title;
                found.push(there && self.spend(size, at, &image.span));
            }
            images.push(found);
            if let Some(image) = &article.parsed.front.image {
                self.site_image(at, &image.value, &image.span);
            }
        }
        self.name_causes();
        let (budget, faults) = (&mut self.budget, &mut *self.faults);
        let neighbours = neighbours(self.folder, articles, self.sidebar, budget, faults);
        Linked { targets, images, neighbours }
    }

    fn fault(
        &mut self,
        article: usize,
        code: Code,
        span: &Range<usize>,
        message: impl Into<String>,
    ) -> &mut Fault {
        let place = FileSpan::new(self.articles[article].parsed.file, span.clone());
        self.faults.push(Fault::new(code, place, message));
        self.faults.last_mut().expect("just pushed")
    }

    /// Returns how many bytes a link writes into pages, addresses and titles together.
    fn size(&self, target: &Target) -> usize {
        match target {
            Target::Article(at) | Target::Section(at, _) => {
                let article = &self.articles[*at];
                let anchor = match target {
                    Target::Section(_, section) => {
                        article.parsed.document.sections[*section].anchor.len()
                    }
                    _ => 0,
                };
                let modules: usize = article.modules.iter().map(|name| name.len() + 2).sum();
                let names = modules + article.name.len() + article.title.len();
                article.permalink.len() + anchor + names
            }
            Target::Category(at) => {
                self.sidebar.folders[*at].permalink.as_ref().map_or(0, String::len)
            }
            Target::Web(address) | Target::Email(address) => address.len(),
        }
    }

    /// Takes so many bytes of what may be repeated. `false` if there are no more: the first time
    /// that is an error.
    fn spend(&mut self, bytes: usize, from: usize, span: &Range<usize>) -> bool {
        if self.expansion == 0 {
            return bytes == 0;
        }
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        self.expansion = self.expansion.saturating_sub(bytes);
        if self.expansion == 0 {
            self.fault(from, Code::TooLarge, span, "links repeat far more than the folder holds")
                .label = "from here on they are left out".to_owned();
        }
        self.expansion > 0
    }

    /// Returns where a link leads; `None` when nowhere, with a fault unless there is one already.
    fn target(&mut self, from: usize, destination: &str, span: &Range<usize>) -> Option<Target> {
        match url::parse(destination) {
            Err(fault) => {
                let shown = fault.message.clone();
                let fault = self.fault(from, fault.code, span, fault.message);
                if fault.code == Code::UnsupportedLink {
                    fault.cause = Some(Cause { text: shown, cure: None });
                }
                None
            }
            Ok(Destination::Web(url)) => {
                let is_http = url.get(..5).is_some_and(|s| s.eq_ignore_ascii_case("http:"));
                if is_http && !url::is_local_network(&url) {
                    let message = "an address without encryption";
                    self.fault(from, Code::InsecureUrl, span, message).label =
                        "is it there under `https:` too?".into();
                }
                Some(Target::Web(url))
            }
            Ok(Destination::Email(address)) => Some(Target::Email(address)),
            Ok(Destination::Local { path, anchor }) => {
                let page = match path.as_str() {
                    "" => Page::Article(from),
                    path => self.page(from, path, span)?,
                };
                self.page_target(from, page, &path, anchor.as_deref(), span)
            }
        }
    }

    fn page_target(
        &mut self,
        from: usize,
        page: Page,
        path: &str,
        anchor: Option<&str>,
        span: &Range<usize>,
    ) -> Option<Target> {
        let anchor = anchor.filter(|anchor| !anchor.is_empty());
        let to = match (page, anchor) {
            (Page::Article(to), _) => to,
            (Page::Category(to), None) => return Some(Target::Category(to)),
            (Page::Category(_), Some(anchor)) => {
                let message = format!("the page of a category has no anchor `{anchor}`");
                self.fault(from, Code::BrokenAnchor, span, message).suggest(Some(path));
                return None;
            }
            (Page::Unread(file), _) => {
                self.unread_target(from, file, path, span);
                return None;
            }
        };
        let article = &self.articles[to];
        if article.parsed.front.draft && to != from {
            let message = format!("`{path}` is a draft: no reader can follow a link there");
            let cause = format!("`{}` is a draft", article.path);
            let fault = self.fault(from, Code::BrokenLink, span, message);
            fault.cause = Some(Cause { text: cause, cure: None });
            return None;
        }
        if article.refused && to != from {
            return None;
        }
        match anchor {
            None => Some(Target::Article(to)),
            Some(anchor) => self.section(from, to, path, anchor, span),
        }
    }

    /// Reports a link to an MDX file: the link has to change together with the file. What else
    /// couldn't be read may be mended, and then the link is right.
    fn unread_target(&mut self, from: usize, file: usize, path: &str, span: &Range<usize>) {
        let Some(stem) = self.folder.files[file].path.strip_suffix(".mdx") else { return };
        let name = stem.rsplit('/').next().unwrap_or(stem);
        let message = format!("`{path}` is refused: MDX can't be compiled to data");
        let fault = self.fault(from, Code::BrokenLink, span, message);
        fault.label = format!("once it is `{name}.md`, link to that");
        fault.cause = Some(Cause { text: "links to MDX files".to_owned(), cure: None });
    }

    /// Reports a link to `x.md` where there is `x.mdx`, which has to be renamed anyway.
    fn not_yet_renamed(&mut self, from: usize, file: usize, path: &str, span: &Range<usize>) {
        let file = self.folder.files[file].path.rsplit('/').next().unwrap_or_default();
        let message = format!("`{path}` is `{file}` as yet: MDX can't be compiled to data");
        let label = format!("this leads there once it is `{}`", file.trim_end_matches('x'));
        let fault = self.fault(from, Code::BrokenLink, span, message);
        fault.label = label;
        fault.cause = Some(Cause { text: "links to MDX files".to_owned(), cure: None });
    }

    /// Returns what a path leads to; `None` when nowhere, with a fault.
    fn page(&mut self, from: usize, path: &str, span: &Range<usize>) -> Option<Page> {
        let extension = path.rsplit('/').next().and_then(|name| name.rsplit_once('.'));
        let extension = extension.map_or("", |(_, extension)| extension);
        match extension.eq_ignore_ascii_case("md") || extension.eq_ignore_ascii_case("mdx") {
            true => self.file(from, path, span),
            false => self.permalink(from, path, span),
        }
    }

    /// Returns the paths in the content folder that a path to a file may mean, as Docusaurus tries
    /// them: `./x.md` and `../x.md` from the file's own folder, `/x.md` from the content folder,
    /// `x.md` from both.
    fn candidates(&self, from: usize, path: &str) -> Vec<String> {
        let own = url::join(&self.articles[from].folder, path);
        let root = |path: &str| url::join("", path);
        let relative = path.starts_with("./") || path.starts_with("../");
        let absolute = match path.starts_with('/') {
            true => path.to_owned(),
            false => format!("/{path}"),
        };
        let based = || self.strip_base(&absolute).and_then(root);
        let candidates = match (path.starts_with('/'), relative) {
            (true, _) => [based(), root(path), None],
            (false, true) => [own, None, None],
            (false, false) => [own, root(path), based()],
        };
        candidates.into_iter().flatten().collect()
    }

    /// Takes the base path off a path; `None` if it isn't under it.
    fn strip_base<'p>(&self, path: &'p str) -> Option<&'p str> {
        if self.base.is_empty() {
            return None;
        }
        let rest = path.strip_prefix(self.base)?;
        match rest {
            "" => Some("/"),
            rest => rest.starts_with('/').then_some(rest),
        }
    }

    fn file(&mut self, from: usize, path: &str, span: &Range<usize>) -> Option<Page> {
        let candidates = self.candidates(from, path);
        let pages = || candidates.iter().filter_map(|path| self.by_path.get(path.as_str()));
        // If one of several is a draft, a reader gets to the other.
        let is_draft = |page: &&Page| match page {
            Page::Article(to) => self.articles[*to].parsed.front.draft,
            _ => false,
        };
        if let Some(found) = pages().find(|page| !is_draft(page)).or_else(|| pages().next()) {
            return Some(*found);
        }
        let as_mdx = |path: &String| match self.by_path.get(format!("{path}x").as_str()) {
            Some(Page::Unread(file)) => Some(*file),
            _ => None,
        };
        if let Some(file) = candidates.iter().find_map(as_mdx) {
            self.not_yet_renamed(from, file, path, span);
        } else if !candidates.iter().any(|path| self.is_in_refused_folder(path)) {
            self.broken_file(from, path, &candidates, span);
        }
        None
    }

    /// Returns `true` for a path in a folder that couldn't be read.
    fn is_in_refused_folder(&self, path: &str) -> bool {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        super::ancestors(folder).any(|folder| self.refused_folders.contains(folder))
    }

    fn permalink(&mut self, from: usize, path: &str, span: &Range<usize>) -> Option<Page> {
        let article = &self.articles[from];
        let home = if path.starts_with('/') { "/" } else { folder_of(&article.permalink) };
        // The site resolves a relative path against the whole address.
        let permalink = resolve_path(path, &format!("{}{home}", self.base));
        let permalink = match path.starts_with('/') {
            true => resolve_path(path, "/"),
            false => permalink,
        };
        let stripped = self.strip_base(&permalink).map(str::to_owned);
        for permalink in stripped.iter().chain([&permalink]) {
            if let Some(found) = self.by_permalink.get(permalink.trim_end_matches('/')) {
                return Some(*found);
            }
        }
        let is_outside = !self.base.is_empty() && path.starts_with('/') && stripped.is_none();
        let permalink = stripped.unwrap_or(permalink);
        let file = [url::join(&article.folder, path), url::join("", path)];
        let file = file.into_iter().flatten().find(|file| self.folder.assets.contains(file));
        if let Some(file) = file {
            let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
            let cause = format!("links to files: `.{extension}`");
            let message = format!("`{path}` is a file: only articles are in the binary");
            let fault = self.fault(from, Code::UnsupportedLink, span, message);
            fault.cause = Some(Cause { text: cause, cure: None });
            return None;
        }
        if self.is_in_refused_folder(permalink.trim_start_matches('/')) {
            return None;
        }
        self.broken_permalink(from, permalink, is_outside, span);
        None
    }

    fn section(
        &mut self,
        from: usize,
        to: usize,
        path: &str,
        anchor: &str,
        span: &Range<usize>,
    ) -> Option<Target> {
        if let Some(found) = self.anchors[to].get(anchor) {
            let section = found.map(|section| Target::Section(to, section));
            return Some(section.unwrap_or(Target::Article(to)));
        }
        let article = &self.articles[to];
        if article.parsed.document.heading_anchor.as_deref() == Some(anchor) {
            let whole = if path.is_empty() { "#" } else { path };
            let message = format!("`{anchor}` is the article's own heading, which has no anchor");
            self.fault(from, Code::BrokenAnchor, span, message).suggest(Some(whole));
            return None;
        }
        let anchors = &self.anchors[to];
        let near = self.budget.spend(anchors.len()).and_then(|()| {
            let near = nearest(anchor, anchors.keys().copied())?;
            Some(format!("{path}#{near}"))
        });
        let sections = &article.parsed.document.sections;
        let known: Vec<String> = sections
            .iter()
            .take(SHOWN_ANCHORS)
            .map(|section| format!("`#{}`", section.anchor))
            .collect();
        let more = if sections.len() > SHOWN_ANCHORS { ", …" } else { "" };
        let help = format!("it has {}{more}", known.join(", "));
        let message = format!("no section of “{}” has the anchor `{anchor}`", article.title);
        let fault = self.fault(from, Code::BrokenAnchor, span, message.clone());
        fault.cause = Some(Cause { text: message, cure: None });
        match near {
            Some(near) => fault.suggest(Some(near)),
            None if known.is_empty() => {}
            None => *fault = fault.clone().help(help),
        }
        None
    }
}

/// Returns the sections of an article by anchor; `None` is the article itself.
fn anchors(article: &Identified) -> HashMap<&str, Option<usize>> {
    let document = &article.parsed.document;
    let mut anchors = HashMap::new();
    for (at, section) in document.sections.iter().enumerate() {
        anchors.entry(section.anchor.as_str()).or_insert(Some(at));
    }
    for (anchor, section) in &document.inner_anchors {
        anchors.entry(anchor.as_str()).or_insert(*section);
    }
    anchors
}

/// Returns the permalinks that a file may have which couldn't be read: that of its name, and those
/// of what looks like its `slug` and `id`.
fn unread_permalinks(path: &str, text: &str) -> Vec<String> {
    let value = |key: &str| {
        let mut lines = text.lines().take(200);
        let value =
            lines.find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix(':'))?;
        Some(value.trim().trim_matches(['"', '\'']).to_owned())
    };
    let (id, slug) = (value("id"), value("slug"));
    let mut permalinks = vec![Name::new(path, None, None, true).permalink];
    if id.is_some() || slug.is_some() {
        permalinks.push(Name::new(path, id.as_deref(), slug.as_deref(), true).permalink);
    }
    permalinks
}

/// Returns the folder of a permalink, with its last slash.
fn folder_of(permalink: &str) -> &str {
    &permalink[..permalink.rfind('/').map_or(0, |slash| slash + 1)]
}
