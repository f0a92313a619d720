//! The content folder as values: which files there are and what they say. The only room that reads.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::diagnostic::{Code, Diagnostic, Place};

/// The largest article or category file that is read, in bytes.
pub const LARGEST_FILE: u64 = 1024 * 1024;

/// The most that all files may hold together, in bytes: what is made of them is counted in numbers of four bytes.
const LARGEST_FOLDER: u64 = 128 * LARGEST_FILE;

/// A content folder that has been read.
#[derive(Debug, Default)]
pub struct Source {
    /// The folder as it was given: diagnostics begin with it.
    pub root: String,
    /// Articles, category files and whatever could not be read, by path.
    pub files: Vec<File>,
    /// The paths of all other files, for images.
    pub assets: BTreeSet<String>,
}

/// A file of the content folder.
#[derive(Debug)]
pub struct File {
    /// Inside the folder, with `/` between the parts.
    pub path: String,
    pub text: String,
    pub kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Article,
    /// `_category_.yml`, `.yaml` or `.json`
    Category,
    /// `_schema_.yml` at the root.
    Schema,
    /// Only named in a diagnostic.
    Unreadable,
}

impl File {
    /// The folder part of the path, empty at the root.
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The last part of the path.
    pub fn name(&self) -> &str {
        self.path.rsplit_once('/').map_or(self.path.as_str(), |(_, name)| name)
    }
}

/// What a file is, by its name; `None` for assets. Folders that begin with `_` hold no articles.
fn kind(path: &str) -> Option<Kind> {
    let name = path.rsplit('/').next().unwrap_or(path);
    if matches!(name, "_category_.json" | "_category_.yml" | "_category_.yaml") {
        return Some(Kind::Category);
    }
    if path == crate::schema::FILE {
        return Some(Kind::Schema);
    }
    let partial = path.split('/').any(|part| part.starts_with('_'));
    (!partial && (name.ends_with(".md") || name.ends_with(".mdx"))).then_some(Kind::Article)
}

impl Source {
    /// Reads a folder. `root` names it in diagnostics; `folder` is where it really is.
    pub fn read(root: &str, folder: &Path) -> (Source, Vec<Diagnostic>) {
        Source::read_at_most(LARGEST_FOLDER, root, folder)
    }

    fn read_at_most(limit: u64, root: &str, folder: &Path) -> (Source, Vec<Diagnostic>) {
        let mut reader = Reader::new(limit, root.trim_end_matches('/'));
        match fs::canonicalize(folder) {
            Ok(home) if home.is_dir() => {
                reader.home = home;
                reader.folder(folder, "");
            }
            Ok(_) => reader.refuse(String::new(), "the content folder is not a folder"),
            Err(error) => reader.refuse(String::new(), &format!("the content folder can't be read: {error}")),
        }
        if reader.room.is_none() {
            // Whatever was read before: that would depend on the order of the file system.
            reader = Reader::new(limit, &reader.source.root);
            reader.refuse(String::new(), &format!("the content folder holds more than {} MiB of text", limit / LARGEST_FILE));
        }
        // A fault names its file by number: sort both together.
        let mut order: Vec<usize> = (0..reader.source.files.len()).collect();
        order.sort_by(|&a, &b| reader.source.files[a].path.cmp(&reader.source.files[b].path));
        let mut number = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            number[old] = new;
        }
        for place in reader.diagnostics.iter_mut().filter_map(|fault| fault.place.as_mut()) {
            place.file = number[place.file];
        }
        reader.source.files.sort_by(|a, b| a.path.cmp(&b.path));
        (reader.source, reader.diagnostics)
    }

    /// A folder that exists only in memory.
    #[cfg(test)]
    pub fn from_files<P: Into<String>, T: Into<String>>(files: impl IntoIterator<Item = (P, T)>) -> (Source, Vec<Diagnostic>) {
        let mut reader = Reader::new(LARGEST_FOLDER, "content");
        let mut files: Vec<(String, String)> = files.into_iter().map(|(path, text)| (path.into(), text.into())).collect();
        files.sort();
        for (path, text) in files {
            match kind(&path) {
                Some(kind) => reader.keep(path, text, kind),
                None => drop(reader.source.assets.insert(path)),
            }
        }
        (reader.source, reader.diagnostics)
    }
}

struct Reader {
    source: Source,
    diagnostics: Vec<Diagnostic>,
    /// The content folder without links: nothing outside it is read.
    home: PathBuf,
    /// How many bytes more it may hold; `None` once it has held too many.
    room: Option<u64>,
}

impl Reader {
    fn new(room: u64, root: &str) -> Reader {
        let source = Source { root: root.to_owned(), ..Source::default() };
        Reader { source, diagnostics: Vec::new(), home: PathBuf::new(), room: Some(room) }
    }

    fn keep(&mut self, path: String, text: String, kind: Kind) {
        if path.ends_with(".mdx") {
            let place = Place::new(self.source.files.len(), 0..0);
            self.diagnostics.push(
                Diagnostic::new(Code::Mdx, place, "MDX can't be compiled to data")
                    .help("MDX is a program: rename the file to `.md` and write its components as Markdown"),
            );
            self.source.files.push(File { path, text: String::new(), kind: Kind::Unreadable });
        } else {
            self.source.files.push(File { path, text, kind });
        }
    }

    fn refuse(&mut self, path: String, message: &str) {
        let place = Place::new(self.source.files.len(), 0..0);
        self.diagnostics.push(Diagnostic::new(Code::UnreadableFile, place, message));
        self.source.files.push(File { path, text: String::new(), kind: Kind::Unreadable });
    }

    fn folder(&mut self, folder: &Path, path: &str) {
        // Folders still to be read, each with the real folders it stands in: a link back to one of them is a loop.
        let mut pending = vec![(folder.to_path_buf(), path.to_owned(), vec![self.home.clone()])];
        while let Some((folder, path, above)) = pending.pop() {
            let entries = match fs::read_dir(&folder).and_then(|entries| entries.collect::<Result<Vec<_>, _>>()) {
                Ok(entries) => entries,
                Err(error) => {
                    self.refuse(path, &format!("the folder can't be read: {error}"));
                    continue;
                }
            };
            for entry in entries {
                let name = entry.file_name();
                let shown = name.to_string_lossy();
                if shown.starts_with('.') {
                    continue;
                }
                let inside = if path.is_empty() { shown.to_string() } else { format!("{path}/{shown}") };
                if name.to_str().is_none() {
                    self.refuse(inside, "the file's name is not UTF-8");
                    continue;
                }
                let real = match fs::canonicalize(entry.path()) {
                    Ok(real) => real,
                    Err(error) => {
                        self.refuse(inside, &format!("can't be read: {error}"));
                        continue;
                    }
                };
                let linked = entry.file_type().is_ok_and(|kind| kind.is_symlink());
                if linked && !real.starts_with(&self.home) {
                    self.refuse(inside, "a link that leaves the content folder");
                } else if real.is_dir() {
                    if above.contains(&real) {
                        self.refuse(inside, "a link to a folder that it stands in");
                    } else {
                        let mut below = above.clone();
                        below.push(real);
                        pending.push((entry.path(), inside, below));
                    }
                } else {
                    self.file(&entry.path(), inside);
                }
            }
        }
    }

    fn file(&mut self, file: &Path, path: String) {
        let Some(kind) = kind(&path) else {
            self.source.assets.insert(path);
            return;
        };
        // A name counts too, so that there is a limit to files with nothing in them.
        self.room = self.room.and_then(|room| room.checked_sub(path.len() as u64));
        if self.room.is_none() {
            return;
        }
        let mut bytes = Vec::new();
        let read = fs::File::open(file).and_then(|file| file.take(LARGEST_FILE + 1).read_to_end(&mut bytes));
        match read {
            Err(error) => self.refuse(path, &format!("can't be read: {error}")),
            Ok(_) if bytes.len() as u64 > LARGEST_FILE => self.refuse(path, "larger than 1 MiB"),
            Ok(_) => match String::from_utf8(bytes) {
                Ok(text) => {
                    self.room = self.room.and_then(|room| room.checked_sub(text.len() as u64));
                    self.keep(path, text, kind);
                }
                Err(error) => {
                    let good = error.utf8_error().valid_up_to();
                    let line = error.as_bytes()[..good].iter().filter(|&&byte| byte == b'\n').count() + 1;
                    self.refuse(path, &format!("not UTF-8: line {line} has a byte that is no character"));
                }
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partials_and_assets_are_no_articles() {
        assert_eq!(kind("a.md"), Some(Kind::Article));
        assert_eq!(kind("a/b.mdx"), Some(Kind::Article));
        assert_eq!(kind("_a.md"), None);
        assert_eq!(kind("_a/b.md"), None);
        assert_eq!(kind("a/_category_.yml"), Some(Kind::Category));
        assert_eq!(kind("a/_category_.toml"), None);
        assert_eq!(kind("a/picture.png"), None);
    }

    #[test]
    fn reads_sorted_and_says_what_it_cannot_read() {
        let folder = std::env::temp_dir().join(format!("ai-almanac-source-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("b")).unwrap();
        fs::write(folder.join("b/two.md"), "two").unwrap();
        fs::write(folder.join("a.md"), "one").unwrap();
        fs::write(folder.join("bad.md"), b"ok\n\xff").unwrap();
        fs::write(folder.join("big.md"), vec![b'x'; LARGEST_FILE as usize + 1]).unwrap();
        fs::write(folder.join("b/picture.png"), "").unwrap();
        fs::write(folder.join(".hidden.md"), "").unwrap();
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&folder, folder.join("b/loop")).unwrap();
            std::os::unix::fs::symlink("/etc/hostname", folder.join("out.md")).unwrap();
            std::os::unix::fs::symlink("a.md", folder.join("inside.md")).unwrap();
            std::os::unix::fs::symlink("nowhere.md", folder.join("dangling.md")).unwrap();
        }
        let (source, diagnostics) = Source::read("docs/", &folder);
        let (none, too_much) = Source::read_at_most(20, "docs/", &folder);
        fs::remove_dir_all(&folder).unwrap();
        assert!(none.files.iter().all(|file| file.text.is_empty()) && none.root == "docs");
        assert_eq!(too_much.iter().map(|fault| &fault.message).collect::<Vec<_>>(), ["the content folder holds more than 0 MiB of text"]);
        let mut said: Vec<String> = diagnostics
            .iter()
            .map(|fault| format!("{}: {}", source.files[fault.place.as_ref().unwrap().file].path, fault.message))
            .collect();
        said.sort();
        assert_eq!(source.root, "docs");
        assert!(source.assets.contains("b/picture.png"));
        assert!(said.contains(&"bad.md: not UTF-8: line 2 has a byte that is no character".to_owned()), "{said:?}");
        assert!(said.contains(&"big.md: larger than 1 MiB".to_owned()), "{said:?}");
        if cfg!(unix) {
            assert!(said.contains(&"b/loop: a link to a folder that it stands in".to_owned()), "{said:?}");
            assert!(said.contains(&"out.md: a link that leaves the content folder".to_owned()), "{said:?}");
            assert!(said.iter().any(|line| line.starts_with("dangling.md: can't be read")), "{said:?}");
            assert_eq!(said.len(), 5);
            let articles: Vec<&str> =
                source.files.iter().filter(|file| file.kind == Kind::Article).map(|file| file.path.as_str()).collect();
            assert_eq!(articles, ["a.md", "b/two.md", "inside.md"]);
        }
    }
}
