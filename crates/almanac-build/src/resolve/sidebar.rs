//! Folders and the order of everything: what Docusaurus shows as the sidebar.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::fault::{Code, Fault, FileSpan, nearest};
use crate::front_matter::{CategoryLink, CategoryMetadata, Spanned};
use crate::names::strip_number_prefix;
use crate::slug::Slugger;
use crate::source::ContentFolder;

use super::identity::{Name, slug_fault};
use super::suggest::{Budget, Names};
use super::{Identified, ParsedCategory, SidebarItem, ancestors, unread};

/// A folder that holds listed articles, directly or deeper.
pub struct Folder {
    pub path: String,
    pub metadata: CategoryMetadata,
    /// The category file.
    file: Option<usize>,
    pub parent: Option<usize>,
    pub position: Option<f64>,
    /// Its page: a listed article.
    pub index: Option<usize>,
    /// The article that would be its page, even an unlisted one: label and position may be its.
    pub linked: Option<usize>,
    /// The permalink of the page that the site generates.
    pub permalink: Option<String>,
    pub modules: Vec<String>,
    /// An article that stands in it, for faults of a folder that has no file of its own.
    first: usize,
}

impl Folder {
    /// Returns the name of the folder, without its number prefix.
    pub fn name(&self) -> &str {
        strip_number_prefix(self.path.rsplit('/').next().unwrap_or(&self.path)).0
    }

    /// Returns the label, as Docusaurus finds it.
    pub fn label<'a>(&'a self, articles: &'a [Identified]) -> &'a str {
        let linked = self.linked.map(|linked| &articles[linked]);
        let of_article = linked.map(|article| match &article.parsed.front.sidebar_label {
            Some(label) => label,
            None => &article.title,
        });
        self.metadata.label.as_ref().or(of_article).map_or(self.name(), String::as_str)
    }
}

/// The folders, and what stands where. Numbers are those of identified articles and of folders.
pub struct Sidebar {
    pub folders: Vec<Folder>,
    pub by_path: HashMap<String, usize>,
    /// The items at the root, in order.
    pub contents: Vec<SidebarItem>,
    /// The items in each folder, in order.
    pub items: Vec<Vec<SidebarItem>>,
    /// The listed articles in order.
    pub order: Vec<usize>,
}

impl Sidebar {
    pub fn new(
        folder: &ContentFolder,
        articles: &[Identified],
        categories: Vec<ParsedCategory>,
        budget: &mut Budget,
        faults: &mut Vec<Fault>,
    ) -> Sidebar {
        let mut sidebar = Sidebar {
            folders: Vec::new(),
            by_path: HashMap::new(),
            contents: Vec::new(),
            items: Vec::new(),
            order: Vec::new(),
        };
        sidebar.add_folders(articles, metadata(folder, categories, faults));
        sidebar.link(folder, articles, budget, faults);
        sidebar.fill(articles, faults);
        let mut order = Vec::new();
        sidebar.flatten(&sidebar.contents, articles, &mut order);
        sidebar.order = order;
        sidebar.add_permalinks(articles, faults);
        sidebar
    }

    /// Adds every folder around a listed article.
    fn add_folders(
        &mut self,
        articles: &[Identified],
        mut metadata: HashMap<String, (usize, CategoryMetadata)>,
    ) {
        let mut paths: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, article) in articles.iter().enumerate().filter(|(_, article)| article.is_listed())
        {
            for path in ancestors(&article.folder) {
                paths.entry(path).or_insert(at);
            }
        }
        // A folder sorts behind the one it stands in, so that one has its number already.
        for (path, first) in paths {
            let above = path.rsplit_once('/').map_or("", |(above, _)| above);
            let (file, metadata) = match metadata.remove(path) {
                Some((file, metadata)) => (Some(file), metadata),
                None => (None, CategoryMetadata::default()),
            };
            let depth = path.split('/').count();
            let folder = Folder {
                path: path.to_owned(),
                metadata,
                file,
                parent: self.by_path.get(above).copied(),
                position: None,
                index: None,
                linked: None,
                permalink: None,
                modules: articles[first].modules[..depth].to_vec(),
                first,
            };
            self.by_path.insert(path.to_owned(), self.folders.len());
            self.folders.push(folder);
        }
    }

    /// Finds the page of each folder, and its position.
    fn link(
        &mut self,
        content: &ContentFolder,
        articles: &[Identified],
        budget: &mut Budget,
        faults: &mut Vec<Fault>,
    ) {
        let mut inside: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, article) in articles.iter().enumerate().filter(|(_, article)| !article.refused) {
            inside.entry(&article.folder).or_default().push(at);
        }
        let mut ids = None;
        for folder in &mut self.folders {
            let inside = inside.get(folder.path.as_str()).map_or(&[][..], Vec::as_slice);
            folder.linked = match &folder.metadata.link {
                CategoryLink::None | CategoryLink::Generated { .. } => None,
                CategoryLink::Conventional => inside
                    .iter()
                    .copied()
                    .filter(|&at| articles[at].is_index && !articles[at].parsed.front.draft)
                    .min_by_key(|&at| &articles[at].path),
                CategoryLink::Article(id) => {
                    let ids = ids.get_or_insert_with(|| Ids::new(content, articles));
                    let place = FileSpan::new(folder.file.unwrap_or(0), id.span.clone());
                    match ids.find(id, inside, articles) {
                        Some(found) if articles[found].parsed.front.draft => {
                            let message = format!("`{}` is a draft: it can't be a page", id.value);
                            faults.push(Fault::new(Code::BrokenLink, place, message));
                            None
                        }
                        Some(found) => Some(found).filter(|&found| !articles[found].refused),
                        None => {
                            let local = nearest_local(&id.value, inside, articles, budget);
                            let fault = ids.fault(id, place, None, budget);
                            faults.extend(fault.map(|fault| match local {
                                Some(local) => fault.did_you_mean(Some(local)),
                                None => fault,
                            }));
                            None
                        }
                    }
                }
            };
            folder.index = folder.linked.filter(|&linked| articles[linked].is_listed());
            let name = folder.path.rsplit('/').next().unwrap_or(&folder.path);
            let given = folder.metadata.position.as_ref().map(|position| position.value);
            let linked = folder.linked.and_then(|linked| articles[linked].position);
            folder.position = given.or(linked).or(strip_number_prefix(name).1);
        }
    }

    /// Puts the listed articles and the folders into the folders they stand in, in order.
    fn fill(&mut self, articles: &[Identified], faults: &mut Vec<Fault>) {
        let mut items: Vec<Vec<SidebarItem>> = vec![Vec::new(); self.folders.len()];
        let mut contents = Vec::new();
        for (at, article) in articles.iter().enumerate().filter(|(_, article)| article.is_listed())
        {
            let folder = self.by_path.get(&article.folder).copied();
            if folder.is_some_and(|folder| self.folders[folder].index == Some(at)) {
                continue;
            }
            let list = folder.map_or(&mut contents, |folder| &mut items[folder]);
            list.push(SidebarItem::Article(at));
        }
        for (at, folder) in self.folders.iter().enumerate() {
            let list = folder.parent.map_or(&mut contents, |parent| &mut items[parent]);
            list.push(SidebarItem::Category(at));
        }
        for list in items.iter_mut().chain([&mut contents]) {
            self.sort(list, articles, faults);
        }
        (self.items, self.contents) = (items, contents);
    }

    fn sort(&self, items: &mut [SidebarItem], articles: &[Identified], faults: &mut Vec<Fault>) {
        let position = |item: &SidebarItem| match item {
            SidebarItem::Article(at) => articles[*at].position,
            SidebarItem::Category(at) => self.folders[*at].position,
        };
        let path = |item: &SidebarItem| match item {
            SidebarItem::Article(at) => articles[*at].path.as_str(),
            SidebarItem::Category(at) => self.folders[*at].path.as_str(),
        };
        items.sort_by(|a, b| {
            let by_position = match (position(a), position(b)) {
                (Some(a), Some(b)) => a.total_cmp(&b),
                (a, b) => b.is_some().cmp(&a.is_some()),
            };
            by_position.then_with(|| path(a).cmp(path(b)))
        });
        for pair in items.windows(2) {
            let (first, second) = (&pair[0], &pair[1]);
            let Some(same) = position(second).filter(|_| position(first) == position(second))
            else {
                continue;
            };
            let message =
                format!("`{}` and `{}` have the same position, {same}", path(first), path(second));
            let place = self.position_place(second, articles);
            faults.push(
                Fault::new(Code::PositionTie, place, message)
                    .label("their order follows their paths")
                    .related(self.position_place(first, articles), "the other one"),
            );
        }
    }

    /// Returns where the position of an item is given, or the file as a whole.
    fn position_place(&self, item: &SidebarItem, articles: &[Identified]) -> FileSpan {
        let of_article = |at: usize| {
            let position = articles[at].parsed.front.sidebar_position.as_ref();
            articles[at].place(position.map(|position| position.span.clone()))
        };
        match item {
            SidebarItem::Article(at) => of_article(*at),
            SidebarItem::Category(at) => {
                let folder = &self.folders[*at];
                match (folder.file, &folder.metadata.position, folder.linked) {
                    (Some(file), Some(position), _) => FileSpan::new(file, position.span.clone()),
                    (_, _, Some(linked)) => of_article(linked),
                    _ => articles[folder.first].place(None),
                }
            }
        }
    }

    fn flatten(&self, items: &[SidebarItem], articles: &[Identified], order: &mut Vec<usize>) {
        // Folders are only so deep.
        for item in items {
            match item {
                SidebarItem::Article(at) => order.push(*at),
                SidebarItem::Category(at) => {
                    let folder = &self.folders[*at];
                    order.extend(folder.index.filter(|&at| articles[at].folder == folder.path));
                    self.flatten(&self.items[*at], articles, order);
                }
            }
        }
    }

    /// Returns the folders in order, each before those in it.
    pub fn folder_order(&self) -> Vec<usize> {
        let mut order = Vec::new();
        let mut pending: Vec<SidebarItem> = self.contents.iter().rev().copied().collect();
        while let Some(item) = pending.pop() {
            if let SidebarItem::Category(folder) = item {
                order.push(folder);
                pending.extend(self.items[folder].iter().rev());
            }
        }
        order
    }

    /// Finds the permalinks of generated pages: the slug, else one of the label, as Docusaurus
    /// makes it.
    fn add_permalinks(&mut self, articles: &[Identified], faults: &mut Vec<Fault>) {
        let mut slugger = Slugger::default();
        let mut pages: HashMap<String, FileSpan> = HashMap::new();
        for article in articles.iter().filter(|article| article.is_reachable()) {
            let slug = article.parsed.front.slug.as_ref().map(|slug| slug.span.clone());
            let permalink = article.permalink.trim_end_matches('/').to_owned();
            pages.entry(permalink).or_insert_with(|| article.place(slug));
        }
        for at in self.folder_order() {
            let folder = &self.folders[at];
            let CategoryLink::Generated { slug } = &folder.metadata.link else { continue };
            let place = |slug: Option<&Spanned<String>>| {
                let span = slug.map_or(0..0, |slug| slug.span.clone());
                FileSpan::new(folder.file.unwrap_or(0), span)
            };
            let fault = slug.as_ref().and_then(|slug| slug_fault(&slug.value));
            if let Some(message) = fault {
                faults.push(Fault::new(Code::InvalidValue, place(slug.as_ref()), message));
                continue;
            }
            let permalink = match slug {
                Some(slug) => super::resolve_path(&slug.value, "/"),
                None => format!("/category/{}", slugger.slug(folder.label(articles))),
            };
            let place = place(slug.as_ref());
            let key = permalink.trim_end_matches('/').to_owned();
            if let Some(other) = pages.get(&key) {
                let message = format!("2 pages have the permalink `{permalink}`");
                faults.push(
                    Fault::new(Code::DuplicatePermalink, place, message)
                        .help("give each a `slug` of its own")
                        .related(other.clone(), "and here"),
                );
                continue;
            }
            pages.insert(key, place);
            self.folders[at].permalink = Some(permalink);
        }
    }
}

/// Returns the nearest of the ids in a folder, without the folder.
fn nearest_local<'a>(
    id: &str,
    inside: &[usize],
    articles: &'a [Identified],
    budget: &mut Budget,
) -> Option<&'a str> {
    budget.spend(inside.len())?;
    let reachable = inside.iter().filter(|&&at| articles[at].is_reachable());
    nearest(id, reachable.filter_map(|&at| articles[at].id.rsplit('/').next()))
}

/// Returns what the category file of each folder says. A folder has one.
fn metadata(
    folder: &ContentFolder,
    categories: Vec<ParsedCategory>,
    faults: &mut Vec<Fault>,
) -> HashMap<String, (usize, CategoryMetadata)> {
    let mut metadata: HashMap<String, (usize, CategoryMetadata)> = HashMap::new();
    for category in categories {
        let path = folder.files[category.file].folder();
        if let Some((first, _)) = metadata.get(path) {
            let place = FileSpan::new(category.file, 0..0);
            let message = "a folder has one category file";
            let fault = Fault::new(Code::DuplicateKey, place, message);
            faults.push(fault.related(FileSpan::new(*first, 0..0), "the other one"));
            continue;
        }
        metadata.insert(path.to_owned(), (category.file, category.metadata));
    }
    metadata
}

/// Ids that front matter and category files refer to.
pub struct Ids<'a> {
    by_id: HashMap<&'a str, usize>,
    names: Names<'a, usize>,
    /// Ids of files that couldn't be read, as far as their names tell, and the last parts of them.
    unread: HashSet<String>,
}

impl<'a> Ids<'a> {
    pub fn new(folder: &ContentFolder, articles: &'a [Identified]) -> Ids<'a> {
        let mut by_id = HashMap::new();
        for (at, article) in articles.iter().enumerate() {
            by_id.entry(article.id.as_str()).or_insert(at);
        }
        let reachable = articles.iter().enumerate().filter(|(_, article)| article.is_reachable());
        let names = Names::new(reachable.map(|(at, article)| (article.id.as_str(), at)));
        let unread = unread(folder, articles).flat_map(|(_, path)| {
            let name = Name::new(path, None, None, true);
            [name.id, name.base]
        });
        Ids { by_id, names, unread: unread.collect() }
    }

    /// Returns the article of an id; in a folder the last part of the id is enough.
    fn find(
        &self,
        id: &Spanned<String>,
        inside: &[usize],
        articles: &[Identified],
    ) -> Option<usize> {
        let is_local = |at: &usize| articles[*at].id.rsplit('/').next() == Some(id.value.as_str());
        inside.iter().copied().find(is_local).or_else(|| self.get(&id.value))
    }

    pub fn get(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Returns the fault of an id that no article has; `None` if it is that of a file which
    /// couldn't be read, which is a fault already.
    pub fn fault(
        &self,
        id: &Spanned<String>,
        place: FileSpan,
        except: Option<usize>,
        budget: &mut Budget,
    ) -> Option<Fault> {
        if self.unread.contains(&id.value) {
            return None;
        }
        let message = format!("no article has the id `{}`", id.value);
        let near = self.names.nearest(&id.value, except, budget).map(|(name, _)| name);
        let fault = Fault::new(Code::BrokenLink, place, &message).did_you_mean(near);
        Some(fault.cause(message))
    }
}
