use std::path::Path;
use std::{env, fs};

fn main() {
    almanac_build::compile("notes");

    // The same after an edit, to compare chunks.
    let notes = fs::read_to_string("notes/todo.md").expect("a note");
    let edited = notes.replace("Write it down.", "Write it down. Twice.");
    let edited = edited.replace("## Later", "## Soon\n\nNow and then.\n\n## Later");
    assert_eq!(edited.len(), notes.len() + 31);
    let folder = Path::new(&env::var_os("OUT_DIR").expect("cargo sets it")).join("edited-notes");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("todo.md"), edited).expect("a note");
    almanac_build::Builder::new(&folder).name("edited").compile();
}
