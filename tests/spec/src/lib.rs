//! Shared by the tests: the compiler, on a folder of one article, and HTML as a browser reads it.

pub mod html;

use std::fs;
use std::path::{Path, PathBuf};

use almanac_build::Builder;
pub use almanac_build::Compiled;

/// A folder of one article, which begins with a paragraph so that no heading is its title.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(name: &str) -> Folder {
        let folder =
            std::env::temp_dir().join(format!("almanac-spec-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a temporary folder");
        Folder(folder)
    }

    /// A folder whose schema asks for formulas.
    pub fn with_formulas(name: &str) -> Folder {
        let folder = Folder::new(name);
        fs::write(folder.0.join("_schema_.yml"), "formulas: true\n").expect("a temporary file");
        folder
    }

    pub fn compile(&self, markdown: &str, allow: &str) -> Compiled {
        fs::write(
            self.0.join("example.md"),
            format!("---\ntitle: Example\n---\n\nStart.\n\n{markdown}"),
        )
        .expect("a temporary file");
        Builder::new(&self.0).shown_as("content").allow(allow).search_index(true).run()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Compiles a folder of the repository, whatever is wrong with it.
pub fn compile(folder: &str) -> Compiled {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    Builder::new(folder).shown_as("content").allow(&all_codes()).search_index(true).run()
}

/// The names of all diagnostics: with these allowed there is always a result.
pub fn all_codes() -> String {
    let declared = include_str!("../../../crates/almanac-build/src/fault.rs")
        .lines()
        .filter(|line| line.starts_with("    "));
    let declared = declared.filter(|line| line.ends_with(" Error;") || line.ends_with(" Warning;"));
    let names: Vec<&str> = declared.filter_map(|line| line.split('"').nth(1)).collect();
    assert!(names.len() > 20, "the codes stand where they stood");
    names.join(",")
}

/// One of the generated texts.
pub fn file<'c>(compiled: &'c Compiled, name: &str) -> &'c str {
    compiled
        .files
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, bytes)| str::from_utf8(bytes).expect("is text"))
        .expect("is generated")
}
