//! The compiler as a whole, on folders in memory.

mod bounds;
mod diagnostics;
mod dialect;
mod docs;
mod folders;
mod formulas;
mod hostile;
mod images;
mod links;
mod oracle;
mod oracle_folders;
mod report;
mod round_trip;
mod schema;
#[cfg(feature = "search")]
mod search;

use crate::source::ContentFolder;
use crate::stages::{Compiled, Settings, compile};

/// Compiles a folder in memory.
fn compile_files(files: &[(&str, &str)]) -> Compiled {
    let settings = Settings {
        #[cfg(feature = "search")]
        check_questions: true,
        ..Settings::default()
    };
    compile(ContentFolder::from_files(files.iter().copied()), &settings)
}

/// Returns the whole report, errors first.
fn report(files: &[(&str, &str)]) -> String {
    compile_files(files).report.text()
}

/// One of the generated files.
fn generated<'c>(compiled: &'c Compiled, name: &str) -> &'c str {
    let file = compiled.files.iter().find(|(known, _)| known == name);
    file.map(|(_, bytes)| std::str::from_utf8(bytes).expect("generated text is UTF-8"))
        .unwrap_or_else(|| panic!("no {name}:\n{}", compiled.report.errors))
}
