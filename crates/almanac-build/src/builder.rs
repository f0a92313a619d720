//! The public face: settings, and what a build script does with the result.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::cargo;
use crate::stages::{Compiled, Settings, compile_folder};

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
    /// package that contains it needs no compiler.
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
        self.settings.color = true;
        let compiled = self.run();
        cargo::report(&compiled.report).iter().for_each(|directive| println!("{directive}"));
        if compiled.report.failed {
            return;
        }
        let home = match (&self.write_to, &self.out_dir) {
            (Some(folder), _) => folder.clone(),
            (None, Some(folder)) => folder.join(&self.name),
            (None, None) => match env::var_os("OUT_DIR") {
                Some(folder) => Path::new(&folder).join(&self.name),
                None => {
                    return println!(
                        "cargo::error=no output folder: `OUT_DIR` is set for build scripts only, \
                         call `out_dir` or `write_to`"
                    );
                }
            },
        };
        if let Err(error) = compiled.write(&home) {
            let home = home.display();
            let message = format!("cannot write the generated code to {home}: {error}");
            println!("{}", cargo::error(&message));
        }
    }
}

impl Compiled {
    /// Writes the generated files as a folder, in place of one that is there.
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
    /// Returns the error of the file system.
    pub fn write(&self, folder: impl AsRef<Path>) -> io::Result<()> {
        let folder = folder.as_ref();
        let mut new = folder.as_os_str().to_owned();
        new.push(".new");
        let new = PathBuf::from(new);
        remove(&new)?;
        for (name, bytes) in &self.files {
            let file = new.join(name);
            fs::create_dir_all(file.parent().unwrap_or(&new))?;
            fs::write(file, bytes)?;
        }
        remove(folder)?;
        fs::rename(new, folder)
    }
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
