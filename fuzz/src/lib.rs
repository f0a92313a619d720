//! Shared by the targets: a content folder from bytes, and what must hold for whatever is compiled
//! from it.

mod code;
mod docs;
mod html;
mod links;
mod pieces;
mod records;
mod tables;

pub use links::check_links;

use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;

use almanac_build::{Builder, Compiled};

/// Compiles a folder of these files and checks what comes out.
pub fn check(files: &[(&str, &[u8])]) {
    let folder = write(files);
    let strict = compile(&folder, "");
    assert_eq!(
        strict.report.failed,
        !strict.report.errors.is_empty(),
        "a failed report has errors, and no other"
    );
    assert_eq!(
        strict.report.failed,
        strict.files.is_empty(),
        "a failed report and nothing else has no files"
    );
    // With every code allowed nothing fails, so that what is left of a faulty folder is looked at
    // too.
    let lenient = compile(&folder, all_codes());
    assert!(!lenient.report.failed, "all codes are allowed:\n{}", lenient.report.errors);
    let again =
        if strict.report.failed { compile(&folder, all_codes()).files } else { strict.files };
    assert!(lenient.files == again, "the same input gives the same files");
    let generated = |name: &str| {
        lenient.files.iter().find(|(known, _)| known == name).map(|(_, bytes)| bytes.as_slice())
    };
    code::check(&generated);
    tables::check(&generated);
    records::check(&generated);
    pieces::check(&generated);
    lenient
        .files
        .iter()
        .filter(|(name, _)| name.ends_with(".md"))
        .for_each(|(name, _)| docs::check(tables::text(&generated, name)));
}

fn compile(folder: &Path, allow: &str) -> Compiled {
    Builder::new(folder).shown_as("content").allow(allow).search_index(true).run()
}

/// The names of all diagnostics, as `ALMANAC_ALLOW` takes them.
fn all_codes() -> &'static str {
    static CODES: OnceLock<String> = OnceLock::new();
    CODES.get_or_init(|| {
        let declared = include_str!("../../crates/almanac-build/src/fault.rs")
            .lines()
            .filter(|line| line.starts_with("    "));
        let declared =
            declared.filter(|line| line.ends_with(" Error;") || line.ends_with(" Warning;"));
        let names: Vec<&str> = declared.filter_map(|line| line.split('"').nth(1)).collect();
        assert!(names.len() > 20, "the codes stand where they stood");
        names.join(",")
    })
}

/// Returns the path of a folder of this process, in memory if the system has such.
fn home(name: &str) -> PathBuf {
    let memory = Path::new("/dev/shm");
    let home = if memory.is_dir() { memory.to_path_buf() } else { std::env::temp_dir() };
    home.join(format!("almanac-fuzz-{}", std::process::id())).join(name)
}

/// Writes the files to a folder in memory, if the system has such, in place of those of the last
/// run.
fn write(files: &[(&str, &[u8])]) -> PathBuf {
    let folder = home("folder");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a temporary folder");
    for (name, bytes) in files {
        // A name that leaves the folder, is too long or already a folder's is no name.
        let path = Path::new(name);
        if path.components().all(|part| matches!(part, Component::Normal(_))) && name.len() < 200 {
            let path = folder.join(path);
            let _ = fs::create_dir_all(path.parent().expect("in the folder"))
                .and_then(|()| fs::write(path, bytes));
        }
    }
    folder
}
