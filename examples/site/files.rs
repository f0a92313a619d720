//! The files of the site, and how they get to their folder: all or none, and never over something
//! else.

use std::collections::{BTreeMap, HashSet};
use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::places::folded;

/// Lists the files that this program wrote: by that it knows its own work.
const LIST: &str = "files.txt";
const LIST_HEAD: &str = "The files that the example `site` of ai-almanac wrote here. It replaces a \
    folder only if this list names all that is in it.";

/// Files by their path inside the site.
#[derive(Default)]
pub struct Files {
    /// By their path as a file system sees it that knows no case.
    files: BTreeMap<String, (String, Vec<u8>)>,
}

impl Files {
    /// Adds a file, at a path with `/` between its parts. No two may meet, and none may lie
    /// outside.
    pub fn add(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> io::Result<()> {
        let path = path.into();
        if path.split('/').any(|part| matches!(part, "" | "." | "..")) || path.contains(['\\', ':'])
        {
            return Err(io::Error::other(format!("`{path}` is no path of a file inside the site")));
        }
        match self.files.insert(folded(&path), (path, bytes.into())) {
            None => Ok(()),
            Some((path, _)) => {
                Err(io::Error::other(format!("two pages would be the file `{path}`")))
            }
        }
    }

    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Writes all files beside the folder, then puts them in its place: whatever fails, there is no
    /// mixture.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        let named = |what: &str, path: &Path, error: io::Error| {
            io::Error::other(format!("{what} {}: {error}", path.display()))
        };
        let folder = match fs::canonicalize(folder) {
            Ok(folder) => folder,
            Err(error) if error.kind() == ErrorKind::NotFound => std::path::absolute(folder)?,
            Err(error) => return Err(named("can't look at", folder, error)),
        };
        let (Some(parent), Some(name)) = (folder.parent(), folder.file_name()) else {
            return Err(io::Error::other(format!(
                "{} can't be replaced: name a folder for the site",
                folder.display()
            )));
        };
        let exists = must_be_ours(&folder)?;
        fs::create_dir_all(parent).map_err(|error| named("can't make", parent, error))?;
        let beside = |what: &str| {
            let mut hidden = OsString::from(".");
            hidden.push(name);
            hidden.push(format!(".{what}-{}", std::process::id()));
            parent.join(hidden)
        };
        let new = Remove(beside("new"));
        fs::create_dir(&new.0).map_err(|error| named("can't make", &new.0, error))?;
        let mut list: Vec<&str> =
            self.files.values().map(|(path, _)| path.as_str()).chain([LIST]).collect();
        list.sort_unstable();
        let list = format!("{LIST_HEAD}\n{}\n", list.join("\n"));
        for (path, bytes) in self
            .files
            .values()
            .map(|(path, bytes)| (path.as_str(), &bytes[..]))
            .chain([(LIST, list.as_bytes())])
        {
            let file = new.0.join(path);
            let written = fs::create_dir_all(file.parent().unwrap_or(&new.0))
                .and_then(|()| fs::write(&file, bytes));
            written.map_err(|error| named("can't write", &file, error))?;
        }
        let old = beside("old");
        if exists {
            fs::rename(&folder, &old).map_err(|error| named("can't move away", &folder, error))?;
        }
        if let Err(error) = fs::rename(&new.0, &folder) {
            let back = if exists { fs::rename(&old, &folder) } else { Ok(()) };
            let also = back.map_or_else(
                |error| format!("; what was there is now {}: {error}", old.display()),
                |()| String::new(),
            );
            return Err(io::Error::other(format!(
                "can't make {}: {error}{also}",
                folder.display()
            )));
        }
        drop(Remove(old));
        Ok(())
    }
}

/// Returns `true` if there is a folder, which may be replaced: it is empty or holds nothing but
/// files of this program. Any other is an error.
pub fn must_be_ours(folder: &Path) -> io::Result<bool> {
    let refuse = |why: String| {
        Err(io::Error::other(format!(
            "{}: {why}; name a folder that is new or empty",
            folder.display()
        )))
    };
    match fs::metadata(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return refuse(error.to_string()),
        Ok(found) if !found.is_dir() => return refuse("is no folder".into()),
        Ok(_) => {}
    }
    let mut found = Vec::new();
    walk(folder, Path::new(""), &mut found)?;
    if found.is_empty() {
        return Ok(true);
    }
    let list = fs::read_to_string(folder.join(LIST)).unwrap_or_default();
    let Some(list) = list.strip_prefix(LIST_HEAD) else {
        return refuse("is not empty, and no site that this program wrote".into());
    };
    let ours: HashSet<PathBuf> = list.lines().map(|path| path.split('/').collect()).collect();
    match found.iter().find(|file| !ours.contains(*file)) {
        Some(file) => refuse(format!("has `{}`, which this program did not write", file.display())),
        None => Ok(true),
    }
}

/// All that is no folder, by its path inside.
fn walk(folder: &Path, inside: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = inside.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), &path, found)?
        } else {
            found.push(path)
        }
    }
    Ok(())
}

/// A folder that is not to stay.
struct Remove(PathBuf);

impl Drop for Remove {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
