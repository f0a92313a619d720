//! The folder that gets the generated files.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Error, ErrorKind, Read};
use std::path::Path;

use crate::emit::HEADER;
use crate::stages::Compiled;

/// The file that the macro includes.
pub const FACE: &str = "almanac.rs";

impl Compiled {
    /// Writes the generated files as a folder, in place of an older one, and leaves it as it is if
    /// nothing has changed.
    ///
    /// They are written beside it first, then put in its place: whatever fails, there is no
    /// mixture.
    ///
    /// ```
    /// # let docs = std::env::temp_dir().join(format!("almanac-write-{}", std::process::id()));
    /// # std::fs::create_dir_all(&docs)?;
    /// # let out = docs.join("compiled");
    /// std::fs::write(docs.join("a.md"), "# A\n\nText.\n")?;
    /// let compiled = almanac_build::Builder::new(&docs).run();
    /// assert!(!compiled.report.failed);
    /// compiled.write(&out)?;
    /// assert!(out.join("almanac.rs").exists());
    /// # std::fs::remove_dir_all(docs)?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the error of the file system, or refuses a folder that would be lost: one that
    /// isn't empty and was not generated.
    pub fn write(&self, folder: impl AsRef<Path>) -> io::Result<()> {
        let folder = folder.as_ref();
        let refused = |why: &str| Err(Error::new(ErrorKind::InvalidInput, why.to_owned()));
        let Some(name) = folder.file_name() else {
            return refused("name a folder of its own, such as `compiled`");
        };
        match fs::symlink_metadata(folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
            Ok(there) if !there.is_dir() => return refused("it is no folder"),
            Ok(_) if fs::read_dir(folder)?.next().is_none() => {}
            Ok(_) if !is_generated(folder) => {
                return refused("it holds other files, which would be lost: name a new folder");
            }
            Ok(_) if self.is_at(folder)? => return Ok(()),
            Ok(_) => {}
        }
        let mut new = OsString::from(".almanac-");
        new.push(name);
        let new = folder.with_file_name(new);
        remove(&new)?;
        let written = self.write_new(&new).and_then(|()| {
            remove(folder)?;
            fs::rename(&new, folder)
        });
        if written.is_err() {
            // The first error is the one to tell of.
            let _ = remove(&new);
        }
        written
    }

    fn write_new(&self, folder: &Path) -> io::Result<()> {
        for (name, bytes) in &self.files {
            let file = folder.join(name);
            fs::create_dir_all(file.parent().unwrap_or(folder))?;
            fs::write(file, bytes)?;
        }
        Ok(())
    }

    /// Returns `true` if a folder holds these files and nothing else.
    fn is_at(&self, folder: &Path) -> io::Result<bool> {
        for (name, bytes) in &self.files {
            match fs::read(folder.join(name)) {
                Ok(there) if there == *bytes => {}
                _ => return Ok(false),
            }
        }
        Ok(count(folder)? == self.files.len())
    }
}

/// Returns `true` if the compiler made a folder, by what its code begins with.
fn is_generated(folder: &Path) -> bool {
    let mut head = Vec::new();
    let read = fs::File::open(folder.join(FACE))
        .and_then(|file| file.take(HEADER.len() as u64).read_to_end(&mut head));
    read.is_ok() && head == HEADER.as_bytes()
}

/// Counts the files in a folder and in those in it.
fn count(folder: &Path) -> io::Result<usize> {
    let mut files = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        files += if entry.file_type()?.is_dir() { count(&entry.path())? } else { 1 };
    }
    Ok(files)
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Builder;

    /// A folder with `docs` and a compiled form of it.
    fn folder(name: &str) -> (std::path::PathBuf, Compiled) {
        let folder =
            std::env::temp_dir().join(format!("almanac-output-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("docs")).unwrap();
        fs::write(folder.join("docs/a.md"), "# A\n\nText.\n").unwrap();
        let compiled = Builder::new(folder.join("docs")).run();
        (folder, compiled)
    }

    #[test]
    fn what_was_not_generated_stays() {
        let (folder, compiled) = folder("foreign");
        fs::write(folder.join("file"), "mine").unwrap();
        for (to, why) in [
            ("docs", "it holds other files"),
            (".", "it holds other files"),
            ("docs/..", "name a folder of its own"),
            ("file", "it is no folder"),
        ] {
            let error = compiled.write(folder.join(to)).unwrap_err().to_string();
            assert!(error.starts_with(why), "{to}: {error}");
        }
        assert_eq!(fs::read(folder.join("file")).unwrap(), b"mine");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2, "nothing else is left");
        assert!(folder.join("docs/a.md").exists());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn an_older_form_is_replaced() {
        let (folder, compiled) = folder("older");
        // Also with the slash that a shell adds, and in an empty folder.
        let to = folder.join("compiled/");
        fs::create_dir(&to).unwrap();
        compiled.write(&to).unwrap();
        fs::write(to.join("docs/of-an-older-form.md"), "").unwrap();
        compiled.write(&to).unwrap();
        assert!(!to.join("docs/of-an-older-form.md").exists());
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2, "nothing else is left");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_is_the_same_is_left_as_it_is() {
        let (folder, compiled) = folder("same");
        let to = folder.join("compiled");
        compiled.write(&to).unwrap();
        let changed = || fs::metadata(to.join(FACE)).unwrap().modified().unwrap();
        let before = changed();
        compiled.write(&to).unwrap();
        assert_eq!(changed(), before);
        fs::remove_dir_all(folder).unwrap();
    }
}
