//! Ids, permalinks and Rust names of articles.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::document::{Inline, plain};
use crate::fault::{Code, Fault, FileSpan};
use crate::limits;
use crate::names::{self, strip_number_prefix};
use crate::schema::Schema;
use crate::source::ContentFolder;
use crate::url::decode_bytes;
use crate::visible::is_steering;

use super::{Identified, Parsed, ancestors, resolve_path};

/// Finds the id of each article, and everything that follows from it.
pub fn identify_all(
    folder: &ContentFolder,
    parsed: Vec<Parsed>,
    faults: &mut Vec<Fault>,
) -> Vec<Identified> {
    let mut modules = HashMap::new();
    parsed.into_iter().map(|article| identify(folder, article, &mut modules, faults)).collect()
}

/// The name of an article by its path and its front matter.
pub struct Name {
    pub id: String,
    /// The last part of the id.
    pub base: String,
    pub permalink: String,
    /// The number prefix of the file.
    pub prefix: Option<f64>,
    /// `true` if it is its folder's page by its name.
    pub is_index: bool,
}

impl Name {
    /// Names an article. `prefixes` says that number prefixes are stripped.
    pub fn new(path: &str, id: Option<&str>, slug: Option<&str>, prefixes: bool) -> Name {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let (bare, prefix) = if prefixes { strip_number_prefix(stem) } else { (stem, None) };
        let base = id.unwrap_or(bare);
        let inside = if prefixes { strip_folder(folder) } else { folder.to_owned() };
        let (id, home) = match inside.as_str() {
            "" => (base.to_owned(), "/".to_owned()),
            inside => (format!("{inside}/{base}"), format!("/{inside}/")),
        };
        let is_index = {
            let name = stem.to_lowercase();
            let last = folder.rsplit('/').next().unwrap_or(folder);
            name == "index" || name == "readme" || (!last.is_empty() && name == last.to_lowercase())
        };
        let mut permalink = match slug {
            Some(slug) if slug.starts_with('/') => slug.to_owned(),
            None if is_index => home,
            slug => resolve_path(slug.unwrap_or(base), &home),
        };
        while permalink.contains("//") {
            permalink = permalink.replace("//", "/");
        }
        Name { id, base: base.to_owned(), permalink, prefix, is_index }
    }
}

/// Returns a folder path without number prefixes.
pub fn strip_folder(folder: &str) -> String {
    folder.split('/').map(|part| strip_number_prefix(part).0).collect::<Vec<_>>().join("/")
}

/// Returns what is wrong with a slug that can't be a path of its own. Programs write files under
/// permalinks, with their escapes undone or not: nothing in one may lead to another folder.
pub fn slug_fault(slug: &str) -> Option<&'static str> {
    if slug.contains(['?', '#', '\\']) || slug.contains(is_steering) {
        return Some("a slug is a path: `?`, `#`, `\\` and control characters can't be in it");
    }
    let decoded = decode_bytes(slug);
    let decoded = String::from_utf8_lossy(&decoded);
    let slashes = |text: &str| text.matches('/').count();
    let escapes_slash = decoded.contains('\\') || slashes(&decoded) != slashes(slug);
    if escapes_slash || decoded.contains(is_steering) {
        return Some("a slug is a path: `/`, `\\` and control characters can't be escaped in it");
    }
    let is_dots = |part: &str| matches!(part, "." | "..");
    // Those of a relative slug are resolved, but escaped ones would stay.
    let is_resolved = |part: &str| !slug.starts_with('/') && is_dots(part);
    let mut parts = slug.split('/').zip(decoded.split('/'));
    parts
        .any(|(written, decoded)| is_dots(decoded) && !is_resolved(written))
        .then_some("a slug is a path from the root or the folder: write it without `.` and `..`")
}

fn identify(
    folder: &ContentFolder,
    mut parsed: Parsed,
    modules: &mut HashMap<String, Option<Vec<String>>>,
    faults: &mut Vec<Fault>,
) -> Identified {
    let number = parsed.file;
    let file = &folder.files[number];
    let place = |span: std::ops::Range<usize>| FileSpan::new(number, span);
    let front = &parsed.front;
    let prefixes = front.parse_number_prefixes.unwrap_or(true);
    let id_place = || place(front.id.as_ref().map_or(0..0, |id| id.span.clone()));
    let id = front.id.as_ref().map(|id| id.value.as_str());
    let slug = front.slug.as_ref().filter(|slug| {
        let fault = slug_fault(&slug.value);
        let place = place(slug.span.clone());
        faults.extend(fault.map(|message| Fault::new(Code::InvalidValue, place, message)));
        fault.is_none()
    });
    let name = Name::new(&file.path, id, slug.map(|slug| slug.value.as_str()), prefixes);
    let too_long = limits::too_long(&name.id, limits::ID_CHARS, "an id", id_place());
    let mut refused = too_long.is_some() || front.incomplete;
    faults.extend(too_long);
    let file_name = file.path.rsplit('/').next().unwrap_or(&file.path);
    let no_path = names::no_path(file_name, "a file's name", place(0..0))
        .map(|fault| fault.help("rename the file"))
        .or_else(|| names::no_path(id?, "an id", id_place()));
    refused |= no_path.is_some();
    faults.extend(no_path);
    let modules = modules
        .entry(file.folder().to_owned())
        .or_insert_with(|| module_names(file.folder(), place(0..0), faults))
        .clone();
    let identifier = match names::static_name(&name.base) {
        Some(identifier) => {
            let fault = names::too_long(&identifier, id_place());
            let fault = fault.map(|fault| fault.help("give the article a shorter `id`"));
            refused |= fault.is_some();
            faults.extend(fault);
            identifier
        }
        None => {
            refused = true;
            faults.push(
                names::impossible(&name.base, id_place())
                    .help("give the article an `id` with a letter or a digit"),
            );
            String::new()
        }
    };
    let title = title(&mut parsed, &name.base, faults);
    shorten_headings(&mut parsed, faults);
    let position = parsed.front.sidebar_position.as_ref().map(|position| position.value);
    Identified {
        path: file.path.clone(),
        folder: file.folder().to_owned(),
        id: name.id,
        permalink: name.permalink,
        title,
        position: position.or(name.prefix),
        refused: refused || modules.is_none(),
        modules: modules.unwrap_or_default(),
        name: identifier,
        is_index: name.is_index,
        parsed,
    }
}

/// Returns the title: that of the front matter, else the H1, else the id.
fn title(parsed: &mut Parsed, base: &str, faults: &mut Vec<Fault>) -> String {
    let heading = parsed.document.heading.as_ref().map(|heading| plain(heading).trim().to_owned());
    let heading = heading.filter(|heading| !heading.is_empty());
    let place = || FileSpan::new(parsed.file, parsed.body..parsed.body);
    let too_long = heading
        .as_ref()
        .and_then(|heading| limits::too_long(heading, limits::TITLE_CHARS, "a heading", place()));
    if let Some(fault) = too_long {
        faults.push(fault);
        parsed.document.heading = None;
        return parsed.front.title.as_ref().map_or(base, |title| &title.value).to_owned();
    }
    match (&parsed.front.title, heading) {
        (Some(title), _) => title.value.clone(),
        (None, Some(heading)) => heading,
        (None, None) if parsed.front.bad_title => base.to_owned(),
        (None, None) => {
            let message = "an article without a title";
            faults.push(Fault::new(Code::MissingTitle, place(), message).help(format!(
                "write `title:` in the front matter or begin with `# A heading`; until then it is \
                 called `{base}`"
            )));
            base.to_owned()
        }
    }
}

/// Reports the headings of sections that are too long, and cuts them: every link to a section
/// repeats its anchor.
fn shorten_headings(parsed: &mut Parsed, faults: &mut Vec<Fault>) {
    let is_long = |section: &crate::document::Section| {
        section.heading_span.len() > limits::HEADING_CHARS
            && (plain(&section.title).chars().count() > limits::HEADING_CHARS
                || section.anchor.chars().count() > limits::HEADING_CHARS)
    };
    let sections = &mut parsed.document.sections;
    if !sections.iter().any(is_long) {
        return;
    }
    let mut anchors: HashSet<String> =
        sections.iter().map(|section| section.anchor.clone()).collect();
    for (number, section) in sections.iter_mut().enumerate() {
        if !is_long(section) {
            continue;
        }
        let (title, most) = (plain(&section.title), limits::HEADING_CHARS);
        let place = FileSpan::new(parsed.file, section.heading_span.clone());
        faults.extend(
            limits::too_long(&title, most, "a heading", place.clone())
                .or_else(|| limits::too_long(&section.anchor, most, "an anchor", place)),
        );
        section.title = vec![Inline::Text(title.chars().take(most).collect())];
        section.anchor = (number..)
            .map(|number| format!("section-{number}"))
            .find(|anchor| anchors.insert(anchor.clone()))
            .expect("there are more numbers than sections");
    }
}

/// Returns the names of the modules of a folder; `None`, with a fault, if there are none.
fn module_names(folder: &str, place: FileSpan, faults: &mut Vec<Fault>) -> Option<Vec<String>> {
    let mut modules = Vec::new();
    for part in folder.split('/').filter(|part| !part.is_empty()) {
        let part = strip_number_prefix(part).0;
        let no_path = || names::no_path(part, "a folder's name", place.clone());
        let name = names::module_name(part).ok_or_else(|| names::impossible(part, place.clone()));
        let name = name.and_then(|name| {
            let fault = names::too_long(&name, place.clone()).or_else(no_path);
            fault.map_or(Ok(name), Err)
        });
        match name {
            Ok(name) => modules.push(name),
            Err(fault) => {
                faults.push(fault.help("rename the folder"));
                return None;
            }
        }
    }
    Some(modules)
}

/// Reports ids, permalinks and Rust names that meet, and refuses the articles that can't stand
/// beside the first.
pub fn refuse_collisions(articles: &mut [Identified], schema: &Schema, faults: &mut Vec<Fault>) {
    let mut refused = same_ids(articles, faults);
    refused.extend(same_as_schema(articles, schema, faults));
    same_permalinks(articles, faults);
    refused.extend(same_modules(articles, faults));
    refused.extend(same_statics(articles, &refused, faults));
    for at in refused {
        articles[at].refused = true;
    }
}

fn report(
    code: Code,
    message: String,
    places: impl Iterator<Item = FileSpan>,
    help: &str,
) -> Fault {
    let mut places = places.into_iter();
    let first = places.next().expect("a fault has a place");
    let fault = Fault::new(code, first, message).help(help);
    places.fold(fault, |fault, place| fault.related(place, "and here"))
}

fn same_ids(articles: &[Identified], faults: &mut Vec<Fault>) -> HashSet<usize> {
    let mut ids: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, article) in articles.iter().enumerate() {
        ids.entry(&article.id).or_default().push(at);
    }
    let mut refused = HashSet::new();
    for (id, same) in ids.iter().filter(|(_, same)| same.len() > 1) {
        let message = format!("{} articles have the id `{id}`", same.len());
        let places = same.iter().map(|&at| articles[at].id_place());
        let help = "give each an `id` of its own";
        faults.push(report(Code::DuplicateId, message, places, help));
        refused.extend(&same[1..]);
    }
    refused
}

fn same_permalinks(articles: &[Identified], faults: &mut Vec<Fault>) {
    let mut permalinks: BTreeMap<&str, Vec<&Identified>> = BTreeMap::new();
    for article in articles {
        permalinks.entry(article.permalink.trim_end_matches('/')).or_default().push(article);
    }
    for (permalink, same) in permalinks.iter().filter(|(_, same)| same.len() > 1) {
        // Articles of one id have been reported.
        if same.iter().all(|article| article.id == same[0].id) {
            continue;
        }
        let permalink = if permalink.is_empty() { "/" } else { permalink };
        let message = format!("{} articles have the permalink `{permalink}`", same.len());
        let slug = |article: &&Identified| {
            article.parsed.front.slug.as_ref().map(|slug| slug.span.clone())
        };
        let places = same.iter().map(|article| article.place(slug(article)));
        let help = "give each a `slug` of its own";
        faults.push(report(Code::DuplicatePermalink, message, places, help));
    }
}

/// Reports folders that make one module. Refused is what stands in all but the first of them.
fn same_modules(articles: &[Identified], faults: &mut Vec<Fault>) -> HashSet<usize> {
    // Every folder on the way down is a module.
    let mut folders: BTreeMap<&[String], BTreeMap<&str, usize>> = BTreeMap::new();
    for (at, article) in articles.iter().enumerate() {
        for (depth, path) in ancestors(&article.folder).enumerate().take(article.modules.len()) {
            let modules = &article.modules[..=depth];
            folders.entry(modules).or_default().entry(path).or_insert(at);
        }
    }
    let mut left_out: HashSet<&str> = HashSet::new();
    for (modules, same) in folders.iter().filter(|(_, same)| same.len() > 1) {
        let named: Vec<String> = same.keys().map(|folder| format!("`{folder}`")).collect();
        let message = format!(
            "the folders {} make the Rust module `{}`",
            named.join(" and "),
            modules.join("::")
        );
        let places = same.values().map(|&at| articles[at].place(None));
        let help = "rename all but one";
        faults.push(report(Code::IdentifierCollision, message, places, help));
        left_out.extend(same.keys().skip(1));
    }
    let inside = |(_, article): &(usize, &Identified)| {
        ancestors(&article.folder).any(|folder| left_out.contains(folder))
    };
    articles.iter().enumerate().filter(inside).map(|(at, _)| at).collect()
}

/// Reports articles and folders at the root that make a Rust name which the schema makes too.
fn same_as_schema(
    articles: &[Identified],
    schema: &Schema,
    faults: &mut Vec<Fault>,
) -> HashSet<usize> {
    let mut refused = HashSet::new();
    let mut reported = HashSet::new();
    for (at, article) in articles.iter().enumerate() {
        let (name, made, help) = match article.modules.first() {
            Some(name) => (name, schema.types.get(name), "rename the folder, or the kind"),
            None => {
                let name = &article.name;
                (name, schema.functions.get(name), "change the `id`, or the heading of the table")
            }
        };
        let Some(made) = made else { continue };
        refused.insert(at);
        if reported.insert(name) {
            let message = format!("`_schema_.yml` makes the Rust name `{name}` too");
            let place =
                if article.modules.is_empty() { article.id_place() } else { article.place(None) };
            let places = [place, made.clone()].into_iter();
            faults.push(report(Code::IdentifierCollision, message, places, help));
        }
    }
    refused
}

fn same_statics(
    articles: &[Identified],
    refused: &HashSet<usize>,
    faults: &mut Vec<Fault>,
) -> Vec<usize> {
    let mut statics: BTreeMap<(&[String], &str), Vec<usize>> = BTreeMap::new();
    for (at, article) in articles.iter().enumerate() {
        if !article.refused && !refused.contains(&at) {
            statics.entry((&article.modules, &article.name)).or_default().push(at);
        }
    }
    let mut others = Vec::new();
    for ((_, name), same) in statics.iter().filter(|(_, same)| same.len() > 1) {
        let message = format!("{} articles make the Rust name `{name}`", same.len());
        let places = same.iter().map(|&at| articles[at].id_place());
        let help = "change the `id` of all but one";
        faults.push(report(Code::IdentifierCollision, message, places, help));
        others.extend(&same[1..]);
    }
    others
}
