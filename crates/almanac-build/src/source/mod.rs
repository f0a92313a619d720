//! The content folder as values: which files there are and what they hold. The only module that
//! reads.

mod open;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::fault::{Code, Fault, FileSpan};
use crate::limits;

/// A content folder that has been read.
#[derive(Debug, Default)]
pub struct ContentFolder {
    /// The folder as it was given: diagnostics begin with it.
    pub root: String,
    /// Articles, category files and whatever a diagnostic names, by path.
    pub files: Vec<File>,
    /// The paths of all other files, for images.
    pub assets: BTreeSet<String>,
    /// Folders, FIFOs, sockets and devices by path: no images, but they may be taken for some.
    pub special: BTreeMap<String, &'static str>,
    /// The path of the folder, without links; `None` in memory.
    home: Option<PathBuf>,
    /// The files of `assets` in a folder in memory.
    #[cfg(test)]
    memory: BTreeMap<String, Vec<u8>>,
}

/// A file of the content folder.
#[derive(Debug)]
pub struct File {
    /// Inside the folder, with `/` between the parts.
    pub path: String,
    pub text: String,
    pub kind: FileKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// `_schema_.yml` at the root.
    Schema,
    Article,
    /// `_category_.yml`, `.yaml` or `.json`
    Category,
    /// An article or category file that can't be compiled: an error says why.
    Refused,
    /// Neither, but named almost like one: a warning says so.
    Ignored,
}

impl File {
    /// Returns the folder part of the path, empty at the root.
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

const CATEGORY_FILES: [&str; 3] = ["_category_.json", "_category_.yml", "_category_.yaml"];

/// Returns what a file is, by its name; `None` for assets. Folders that begin with `_` hold no
/// articles.
pub fn kind(path: &str) -> Option<FileKind> {
    let name = path.rsplit('/').next().unwrap_or(path);
    if CATEGORY_FILES.contains(&name) {
        return Some(FileKind::Category);
    }
    if path == crate::schema::FILE {
        return Some(FileKind::Schema);
    }
    let article = !is_partial(path) && (name.ends_with(".md") || name.ends_with(".mdx"));
    article.then_some(FileKind::Article)
}

/// Returns `true` if a part of the path begins with `_`.
fn is_partial(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('_'))
}

/// Returns the name that a file should have had, if it is named almost like an article or a
/// category file.
fn intended_name(path: &str) -> Option<String> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (stem, extension) = name.rsplit_once('.')?;
    let lower = extension.to_ascii_lowercase();
    if stem.trim_matches('_').eq_ignore_ascii_case("category") && stem.starts_with('_') {
        let extension = match lower.as_str() {
            "json" | "yml" | "yaml" => lower.as_str(),
            _ => "yml",
        };
        return Some(format!("_category_.{extension}"));
    }
    let markdown = matches!(lower.as_str(), "md" | "mdx" | "markdown" | "mdown" | "mkd");
    (markdown && !is_partial(path)).then(|| format!("{stem}.md"))
}

impl ContentFolder {
    /// Returns how many bytes of text the folder holds.
    pub fn bytes(&self) -> usize {
        self.files.iter().map(|file| file.text.len()).sum()
    }

    /// Reads a folder. `root` names it in diagnostics; `folder` is where it is.
    pub fn read(root: &str, folder: &Path) -> (ContentFolder, Vec<Fault>) {
        Self::read_at_most(limits::FOLDER_BYTES, limits::FOLDER_ENTRIES, root, folder)
    }

    fn read_at_most(
        bytes: u64,
        entries: usize,
        root: &str,
        folder: &Path,
    ) -> (ContentFolder, Vec<Fault>) {
        let root = root.trim_end_matches('/');
        let mut content = Content::new(root);
        match walk::walk(folder, bytes, entries, &mut content) {
            Ok(()) => {}
            // Whatever was read before depends on the order of the file system.
            Err(message) => {
                content = Content::new(root);
                content.refuse(String::new(), message);
            }
        }
        content.sorted()
    }

    /// Reads one of the assets, no more of it than an image may have. The error says what is wrong
    /// with the file.
    pub fn asset(&self, path: &str) -> Result<Vec<u8>, String> {
        #[cfg(test)]
        if let Some(bytes) = self.memory.get(path) {
            return Ok(bytes.clone());
        }
        let Some(home) = &self.home else { return Err("can't be read".to_owned()) };
        let bytes = read_at_most(&home.join(path), home, limits::IMAGE_BYTES)?;
        bytes.ok_or_else(|| format!("is larger than {} MiB", limits::IMAGE_BYTES >> 20))
    }

    /// Returns a folder that exists only in memory.
    #[cfg(test)]
    pub fn from_files<P: Into<String>, T: Into<String>>(
        files: impl IntoIterator<Item = (P, T)>,
    ) -> (ContentFolder, Vec<Fault>) {
        let mut content = Content::new("content");
        for (path, text) in files {
            let (path, text) = (path.into(), text.into());
            match kind(&path) {
                Some(kind) => content.keep(path, text, kind),
                None => {
                    content.folder.memory.insert(path.clone(), text.into_bytes());
                    content.asset(path);
                }
            }
        }
        content.sorted()
    }
}

/// Reads a file inside the content folder; `None` if it has more than `most` bytes.
fn read_at_most(path: &Path, home: &Path, most: u64) -> Result<Option<Vec<u8>>, String> {
    let file = open::open(path, home)?;
    bytes_at_most(file, most).map_err(|error| format!("can't be read: {error}"))
}

/// Reads everything; `None` if that is more than `most` bytes, of which one more is read.
fn bytes_at_most(reader: impl Read, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    reader.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    let fits = u64::try_from(bytes.len()).is_ok_and(|length| length <= most);
    Ok(fits.then_some(bytes))
}

/// A content folder that is being read.
struct Content {
    folder: ContentFolder,
    faults: Vec<Fault>,
}

impl Content {
    fn new(root: &str) -> Content {
        let folder = ContentFolder { root: root.to_owned(), ..ContentFolder::default() };
        Content { folder, faults: Vec::new() }
    }

    fn file(&mut self, path: String, text: String, kind: FileKind) -> FileSpan {
        let place = FileSpan::new(self.folder.files.len(), 0..0);
        self.folder.files.push(File { path, text, kind });
        place
    }

    fn keep(&mut self, path: String, text: String, kind: FileKind) {
        if path.ends_with(".mdx") {
            let place = self.file(path, String::new(), FileKind::Refused);
            let message = "MDX can't be compiled to data";
            self.faults.push(Fault::new(Code::Mdx, place, message).help(
                "MDX is a program: rename the file to `.md` and write its components as Markdown",
            ));
        } else {
            self.file(path, text, kind);
        }
    }

    fn refuse(&mut self, path: String, message: impl Into<String>) {
        let place = self.file(path, String::new(), FileKind::Refused);
        self.faults.push(Fault::new(Code::UnreadableFile, place, message));
    }

    fn asset(&mut self, path: String) {
        if let Some(intended) = intended_name(&path) {
            let place = self.file(path.clone(), String::new(), FileKind::Ignored);
            let name = path.rsplit('/').next().unwrap_or(&path);
            let message = format!("`{name}` is left out: it is not named as an article");
            self.faults.push(
                Fault::new(Code::IgnoredFile, place, message)
                    .help(format!("rename it to `{intended}`")),
            );
        }
        self.folder.assets.insert(path);
    }

    /// Sorts the files by path. A diagnostic names its file by number: both are renumbered.
    fn sorted(mut self) -> (ContentFolder, Vec<Fault>) {
        let files = &mut self.folder.files;
        let mut order: Vec<usize> = (0..files.len()).collect();
        order.sort_by(|&a, &b| files[a].path.cmp(&files[b].path));
        let mut number = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            number[old] = new;
        }
        for place in self.faults.iter_mut().filter_map(|fault| fault.place.as_mut()) {
            place.file = number[place.file];
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        (self.folder, self.faults)
    }
}

#[cfg(test)]
mod tests;
