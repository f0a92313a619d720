//! Walks the content folder. Each real folder is read once, however many links lead to it.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, FileType};
use std::path::{Path, PathBuf};

use super::open::special;
use super::{Content, is_partial, kind, read_at_most};
use crate::limits;

/// Reads everything in a folder, at most so many bytes and entries. The error is a fault of the
/// folder as a whole.
pub fn walk(
    folder: &Path,
    bytes: u64,
    entries: usize,
    content: &mut Content,
) -> Result<(), String> {
    let home = fs::canonicalize(folder)
        .map_err(|error| format!("the content folder can't be read: {error}"))?;
    if !home.is_dir() {
        return Err("the content folder is not a folder".to_owned());
    }
    content.folder.home = Some(home.clone());
    let limit = (bytes, entries);
    let mut walk = Walk { home, content, bytes, entries, limit, read: HashMap::new() };
    walk.folders()
}

/// A folder that is still to be read.
struct Pending {
    /// The path, without links.
    real: PathBuf,
    /// Its path inside the content folder, which links are part of.
    path: String,
}

struct Walk<'c> {
    /// The content folder without links: nothing outside it is read.
    home: PathBuf,
    content: &'c mut Content,
    /// The numbers of bytes and entries that there may still be.
    bytes: u64,
    entries: usize,
    limit: (u64, usize),
    /// The real folders that have been read, with the path of each. A folder of partials may be
    /// read again under a name that makes its files articles.
    read: HashMap<(PathBuf, bool), String>,
}

impl Walk<'_> {
    fn folders(&mut self) -> Result<(), String> {
        let mut pending = vec![Pending { real: self.home.clone(), path: String::new() }];
        // Links come last and by path: what is read under which name depends on neither the file
        // system nor the order of its entries.
        let mut links: BTreeMap<String, PathBuf> = BTreeMap::new();
        loop {
            while let Some(folder) = pending.pop() {
                self.folder(folder, &mut pending, &mut links)?;
            }
            let Some((path, link)) = links.pop_first() else { return Ok(()) };
            match fs::canonicalize(&link) {
                Ok(real) if !real.starts_with(&self.home) => {
                    self.content.refuse(path, "a link that leaves the content folder");
                }
                Ok(real) => pending.push(Pending { real, path }),
                Err(error) => self.content.refuse(path, format!("can't be read: {error}")),
            }
        }
    }

    fn folder(
        &mut self,
        folder: Pending,
        pending: &mut Vec<Pending>,
        links: &mut BTreeMap<String, PathBuf>,
    ) -> Result<(), String> {
        let Pending { real, path } = folder;
        self.content.folder.special.insert(path.clone(), "a folder");
        if path.split('/').count() > limits::FOLDER_DEPTH {
            let message = format!("more than {} folders deep", limits::FOLDER_DEPTH);
            self.content.refuse(path, message);
            return Ok(());
        }
        let key = (real.clone(), is_partial(&path));
        if let Some(first) = self.read.get(&key) {
            let above = first.is_empty() || path.starts_with(&format!("{first}/"));
            let message = match above {
                true => "a link to a folder that it stands in".to_owned(),
                false => format!("a link to a folder that is read already, as `{first}`"),
            };
            self.content.refuse(path, message);
            return Ok(());
        }
        let entries = match fs::read_dir(&real) {
            Ok(entries) => entries,
            Err(error) => {
                self.content.refuse(path, format!("the folder can't be read: {error}"));
                return Ok(());
            }
        };
        self.read.insert(key, path.clone());
        for entry in entries {
            self.entries = self.entries.checked_sub(1).ok_or_else(|| {
                format!("the content folder holds more than {} files and folders", self.limit.1)
            })?;
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.content.refuse(path, format!("the folder can't be read: {error}"));
                    return Ok(());
                }
            };
            let name = entry.file_name();
            let shown = name.to_string_lossy();
            if shown.starts_with('.') {
                continue;
            }
            let inside = match path.as_str() {
                "" => shown.to_string(),
                path => format!("{path}/{shown}"),
            };
            self.spend(inside.len())?;
            if name.to_str().is_none() {
                self.content.refuse(inside, "the file's name is not UTF-8");
                continue;
            }
            match entry.file_type() {
                Err(error) => self.content.refuse(inside, format!("can't be read: {error}")),
                Ok(kind) if kind.is_dir() => {
                    pending.push(Pending { real: entry.path(), path: inside });
                }
                Ok(kind) if kind.is_symlink() => self.link(&entry.path(), inside, links)?,
                Ok(kind) => self.file(&entry.path(), inside, kind)?,
            }
        }
        Ok(())
    }

    fn link(
        &mut self,
        link: &Path,
        path: String,
        links: &mut BTreeMap<String, PathBuf>,
    ) -> Result<(), String> {
        let real = fs::canonicalize(link);
        if real.as_ref().is_ok_and(|real| !real.starts_with(&self.home)) {
            self.content.refuse(path, "a link that leaves the content folder");
            return Ok(());
        }
        match real.and_then(fs::metadata) {
            Err(error) => self.content.refuse(path, format!("can't be read: {error}")),
            Ok(real) if real.is_dir() => drop(links.insert(path, link.to_owned())),
            Ok(real) => self.file(link, path, real.file_type())?,
        }
        Ok(())
    }

    fn spend(&mut self, bytes: usize) -> Result<(), String> {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        self.bytes = self.bytes.checked_sub(bytes).ok_or_else(|| {
            format!("the content folder holds more than {} MiB of text", self.limit.0 >> 20)
        })?;
        Ok(())
    }

    fn file(&mut self, file: &Path, path: String, of: FileType) -> Result<(), String> {
        let Some(kind) = kind(&path) else {
            // A FIFO or a device can't be shown as an image either.
            match of.is_file() {
                true => self.content.asset(path),
                false => drop(self.content.folder.special.insert(path, special(of))),
            }
            return Ok(());
        };
        match text(file, &self.home) {
            Ok(text) => {
                self.spend(text.len())?;
                self.content.keep(path, text, kind);
            }
            Err(message) => self.content.refuse(path, message),
        }
        Ok(())
    }
}

/// Reads a file, no more of it than a file may have.
fn text(path: &Path, home: &Path) -> Result<String, String> {
    let bytes = read_at_most(path, home, limits::FILE_BYTES)?;
    let bytes = bytes.ok_or_else(|| format!("larger than {} MiB", limits::FILE_BYTES >> 20))?;
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..good].iter().filter(|&&byte| byte == b'\n').count() + 1;
        format!("not UTF-8: line {line} has a byte that is no character")
    })
}
