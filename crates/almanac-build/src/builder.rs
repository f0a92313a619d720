//! The public face: settings, and what a build script does with the result.

use std::env;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::cargo;
use crate::output::FACE;
use crate::stages::{Compiled, Settings, compile_folder};

/// The almanacs that this process has compiled: the folder of each, and that of its content.
static COMPILED: Mutex<Vec<(PathBuf, PathBuf)>> = Mutex::new(Vec::new());

/// Compiles a folder of Markdown into `$OUT_DIR/almanac`, for `almanac_core::almanac!()`.
///
/// For build scripts. Prints every diagnostic as a directive to Cargo; errors fail the build.
///
/// ```no_run
/// // build.rs
/// fn main() {
///     almanac_build::compile("docs");
/// }
/// ```
pub fn compile(folder: impl Into<PathBuf>) {
    Builder::new(folder).compile();
}

/// Settings of a compilation.
///
/// ```no_run
/// almanac_build::Builder::new("docs").compile();
/// almanac_build::Builder::new("handbook").name("handbook").deny_warnings(true).compile();
/// ```
#[derive(Clone, Debug)]
pub struct Builder {
    folder: PathBuf,
    shown_as: Option<String>,
    name: String,
    out_dir: Option<PathBuf>,
    write_to: Option<PathBuf>,
    settings: Settings,
}

impl Builder {
    /// Makes a builder for a content folder; a relative path counts from the package of the build
    /// script.
    ///
    /// ```
    /// # let docs = std::env::temp_dir().join(format!("almanac-new-{}", std::process::id()));
    /// # std::fs::create_dir_all(&docs)?;
    /// std::fs::write(docs.join("a.md"), "# A\n\nText.\n")?;
    /// let compiled = almanac_build::Builder::new(&docs).run();
    /// assert!(compiled.files.iter().any(|(name, _)| name == "almanac.rs"));
    /// # std::fs::remove_dir_all(docs)?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Builder {
        Builder {
            folder: folder.into(),
            shown_as: None,
            name: "almanac".to_owned(),
            out_dir: None,
            write_to: None,
            settings: Settings::default(),
        }
    }

    /// Sets the path that diagnostics show for the content folder; the folder itself by default.
    ///
    /// ```
    /// let report = almanac_build::Builder::new("no such folder").shown_as("docs").run().report;
    /// assert!(report.errors.contains("docs"));
    /// ```
    #[must_use]
    pub fn shown_as(mut self, path: impl Into<String>) -> Builder {
        self.shown_as = Some(path.into());
        self
    }

    /// Sets the name that `almanac_core::almanac!("name")` includes; `almanac` by default.
    ///
    /// Each of several almanacs in one build script has a name of its own.
    ///
    /// ```
    /// # let docs = std::env::temp_dir().join(format!("almanac-name-{}", std::process::id()));
    /// # std::fs::create_dir_all(&docs)?;
    /// # let out = docs.join("target");
    /// std::fs::write(docs.join("a.md"), "# A\n\nText.\n")?;
    /// almanac_build::Builder::new(&docs).name("handbook").out_dir(&out).compile();
    /// assert!(out.join("handbook/almanac.rs").exists());
    /// # std::fs::remove_dir_all(docs)?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Builder {
        self.name = name.into();
        self
    }

    /// Sets the folder that gets the generated folder; `OUT_DIR` by default.
    ///
    /// ```
    /// # let docs = std::env::temp_dir().join(format!("almanac-out-dir-{}", std::process::id()));
    /// # std::fs::create_dir_all(&docs)?;
    /// # let out = docs.join("target");
    /// std::fs::write(docs.join("a.md"), "# A\n\nText.\n")?;
    /// almanac_build::Builder::new(&docs).out_dir(&out).compile();
    /// assert!(out.join("almanac/almanac.rs").exists());
    /// # std::fs::remove_dir_all(docs)?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Builder {
        self.out_dir = Some(folder.into());
        self
    }

    /// Writes the generated files into exactly this folder, for `almanac!(folder = "compiled")`: a
    /// package that contains it needs no compiler. Like [`Compiled::write`] it takes the place of
    /// an older one, but of no folder with anything else. Call it in a release step, not in every
    /// build: see [`docs::compiled`](crate::docs::compiled).
    ///
    /// ```
    /// # let docs = std::env::temp_dir().join(format!("almanac-write-to-{}", std::process::id()));
    /// # std::fs::create_dir_all(&docs)?;
    /// # let compiled = docs.join("compiled");
    /// std::fs::write(docs.join("a.md"), "# A\n\nText.\n")?;
    /// almanac_build::Builder::new(&docs).write_to(&compiled).compile();
    /// assert!(compiled.join("almanac.rs").exists());
    /// # std::fs::remove_dir_all(docs)?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn write_to(mut self, folder: impl Into<PathBuf>) -> Builder {
        self.write_to = Some(folder.into());
        self
    }

    /// Sets the path under which the site shows the articles: it is taken off the links that begin
    /// with it.
    ///
    /// ```
    /// # let docs = std::env::temp_dir().join(format!("almanac-base-{}", std::process::id()));
    /// # std::fs::create_dir_all(&docs)?;
    /// std::fs::write(docs.join("a.md"), "# A\n\n[The same](/docs/a).\n")?;
    /// let builder = almanac_build::Builder::new(&docs);
    /// assert!(builder.clone().run().report.failed);
    /// assert!(!builder.base("/docs").run().report.failed);
    /// # std::fs::remove_dir_all(docs)?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn base(mut self, path: impl Into<String>) -> Builder {
        self.settings.base = path.into();
        self
    }

    /// Allows diagnostics by their codes, separated by commas: errors become warnings, and warnings
    /// aren't shown. The group `migration` stands for all that a folder may provoke which
    /// Docusaurus builds, `all` for all.
    ///
    /// ```
    /// # let docs = std::env::temp_dir().join(format!("almanac-allow-{}", std::process::id()));
    /// # std::fs::create_dir_all(&docs)?;
    /// std::fs::write(docs.join("a.md"), "# A\n\n[B](b.md)\n")?;
    /// let builder = almanac_build::Builder::new(&docs);
    /// assert!(builder.clone().run().report.failed);
    /// assert!(!builder.allow("broken-link,missing-image").run().report.failed);
    /// # std::fs::remove_dir_all(docs)?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn allow(mut self, codes: &str) -> Builder {
        if !self.settings.allow.is_empty() && !codes.is_empty() {
            self.settings.allow.push(',');
        }
        self.settings.allow.push_str(codes);
        self
    }

    /// Makes warnings errors, except those of allowed codes.
    ///
    /// ```
    /// # let docs = std::env::temp_dir().join(format!("almanac-deny-{}", std::process::id()));
    /// # std::fs::create_dir_all(&docs)?;
    /// std::fs::write(docs.join("a.md"), "# A\n\n## Empty\n")?;
    /// let builder = almanac_build::Builder::new(&docs);
    /// assert!(!builder.clone().run().report.failed);
    /// assert!(builder.deny_warnings(true).run().report.failed);
    /// # std::fs::remove_dir_all(docs)?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn deny_warnings(mut self, deny: bool) -> Builder {
        self.settings.deny_warnings = deny;
        self
    }

    /// Writes a full-text index, which `search` of the almanac reads where the feature `search` of
    /// `almanac-core` is on.
    ///
    /// ```
    /// # let docs = std::env::temp_dir().join(format!("almanac-index-{}", std::process::id()));
    /// # std::fs::create_dir_all(&docs)?;
    /// std::fs::write(docs.join("a.md"), "# A\n\nText.\n")?;
    /// let builder = almanac_build::Builder::new(&docs);
    /// let files = |index| builder.clone().search_index(index).run().files;
    /// assert_eq!(files(true).len(), files(false).len() + 1);
    /// # std::fs::remove_dir_all(docs)?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[cfg(feature = "search")]
    #[must_use]
    pub fn search_index(mut self, index: bool) -> Builder {
        self.settings.search_index = index;
        self
    }

    /// Reports questions of the front matter that aren't earned: for each question, search in an
    /// index that holds all others must find the article among the first three.
    ///
    /// It searches once for each question: for a check, not for every build.
    ///
    /// ```
    /// # let docs = std::env::temp_dir().join(format!("almanac-questions-{}", std::process::id()));
    /// # std::fs::create_dir_all(&docs)?;
    /// let text = "---\nquestions: [why do cats purr]\n---\n\n# A chip\n\nA processor.\n";
    /// std::fs::write(docs.join("a.md"), text)?;
    /// let report = almanac_build::Builder::new(&docs).check_questions(true).run().report;
    /// assert!(report.diagnostics.iter().any(|found| found.code == "unearned-question"));
    /// # std::fs::remove_dir_all(docs)?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[cfg(feature = "search")]
    #[must_use]
    pub fn check_questions(mut self, check: bool) -> Builder {
        self.settings.check_questions = check;
        self
    }

    /// Renders the report with terminal colours; off by default, on in
    /// [`compile`](Builder::compile), whose output Cargo strips of them where there is no terminal.
    ///
    /// ```
    /// let report = almanac_build::Builder::new("no such folder").color(true).run().report;
    /// assert!(report.errors.contains("\x1b["));
    /// ```
    #[must_use]
    pub fn color(mut self, color: bool) -> Builder {
        self.settings.color = color;
        self
    }

    /// Compiles and returns the generated files and the report as values. Writes nothing.
    ///
    /// ```
    /// let compiled = almanac_build::Builder::new("no such folder").run();
    /// assert!(compiled.report.failed && compiled.files.is_empty());
    /// ```
    #[must_use]
    pub fn run(&self) -> Compiled {
        let folder = self.folder.to_string_lossy();
        let shown = self.shown_as.as_deref().unwrap_or(&folder);
        compile_folder(shown, &self.folder, &self.settings)
    }

    /// Compiles, writes the generated files and prints the report as directives to Cargo, for build
    /// scripts. After an error nothing is written and Cargo fails the build.
    ///
    /// ```
    /// # let docs = std::env::temp_dir().join(format!("almanac-compile-{}", std::process::id()));
    /// # std::fs::create_dir_all(&docs)?;
    /// # let out = docs.join("target");
    /// std::fs::write(docs.join("a.md"), "# A\n\nText.\n")?;
    /// almanac_build::Builder::new(&docs).out_dir(&out).compile();
    /// assert!(out.join("almanac/almanac.rs").exists());
    /// # std::fs::remove_dir_all(docs)?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn compile(mut self) {
        match cargo::rerun(&self.folder) {
            Ok(directive) => println!("{directive}"),
            Err(message) => return println!("{}", cargo::error(&message)),
        }
        if let Some(folder) = &self.write_to {
            // Whoever deletes the folder gets it again.
            match cargo::rerun(&folder.join(FACE)) {
                Ok(directive) => println!("{directive}"),
                Err(message) => return println!("{}", cargo::error(&message)),
            }
        }
        self.settings.color = true;
        let compiled = self.run();
        cargo::report(&compiled.report).iter().for_each(|directive| println!("{directive}"));
        if compiled.report.failed {
            return;
        }
        let written = self.home().and_then(|home| {
            self.claim(&home)?;
            compiled.write(&home).map_err(|error| {
                format!("cannot write the generated code to {}: {error}", home.display())
            })
        });
        if let Err(message) = written {
            println!("{}", cargo::error(&message));
        }
    }

    /// Returns the folder that gets the generated files.
    fn home(&self) -> Result<PathBuf, String> {
        if let Some(folder) = &self.write_to {
            return Ok(folder.clone());
        }
        let mut parts = Path::new(&self.name).components();
        if !matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None)) {
            return Err(format!("`{}` is no name of an almanac: it names a folder", self.name));
        }
        match (&self.out_dir, env::var_os("OUT_DIR")) {
            (Some(folder), _) => Ok(folder.join(&self.name)),
            (None, Some(folder)) => Ok(Path::new(&folder).join(&self.name)),
            (None, None) => Err("no output folder: `OUT_DIR` is set for build scripts only, call \
                                 `out_dir` or `write_to`"
                .to_owned()),
        }
    }

    /// Notes that a folder holds this almanac. Another of this process would be silently lost.
    fn claim(&self, home: &Path) -> Result<(), String> {
        let mut all = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
        let other = all.iter().find(|(other, folder)| other == home && *folder != self.folder);
        if let Some((_, other)) = other {
            return Err(format!(
                "two almanacs are named `{}`, of {} and of {}: give one another name, with \
                 `Builder::name`",
                home.file_name().unwrap_or_default().display(),
                other.display(),
                self.folder.display()
            ));
        }
        all.push((home.to_owned(), self.folder.clone()));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_that_of_a_folder() {
        for name in ["", ".", "..", "a/b", "/a", "a/.."] {
            let error = Builder::new("docs").name(name).out_dir("out").home().unwrap_err();
            assert_eq!(error, format!("`{name}` is no name of an almanac: it names a folder"));
        }
        let home = Builder::new("docs").name("handbook").out_dir("out").home();
        assert_eq!(home, Ok(PathBuf::from("out/handbook")));
    }

    #[test]
    fn two_almanacs_have_two_names() {
        let claim = |folder: &str| {
            let builder = Builder::new(folder).out_dir("out of this test");
            builder.claim(&builder.home().unwrap())
        };
        assert_eq!(claim("docs"), Ok(()));
        assert_eq!(claim("docs"), Ok(()), "the same once more");
        let told = "two almanacs are named `almanac`, of docs and of manual: give one another \
                    name, with `Builder::name`";
        assert_eq!(claim("manual"), Err(told.to_owned()));
    }
}
