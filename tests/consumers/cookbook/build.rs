use std::path::Path;
use std::{env, fs};

fn main() {
    let mut content = "content".to_owned();
    if env::var_os("CARGO_FEATURE_ONE_MORE_FIELD").is_some() {
        println!("cargo::rerun-if-changed=content");
        content = format!("{}/content", env::var("OUT_DIR").unwrap());
        copy(Path::new("content"), Path::new(&content));
        add_line(&format!("{content}/_schema_.yml"), "      known_as:", "      colour: text");
        add_line(&format!("{content}/recipes/gazpacho.md"), "  known_as:", "  colour: red");
    }
    almanac_build::Builder::new(content).search_index(true).compile();
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), &to).unwrap();
        }
    }
}

/// Adds a line before the one that begins with a text.
fn add_line(file: &str, before: &str, line: &str) {
    let text = fs::read_to_string(file).unwrap();
    let at = text.find(before).unwrap();
    fs::write(file, format!("{}{line}\n{}", &text[..at], &text[at..])).unwrap();
}
