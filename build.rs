//! Compiles the content folder into `$OUT_DIR/almanac`.

#[path = "src/compiler/mod.rs"]
mod compiler;

use std::env;
use std::fs;
use std::io;
use std::path::Path;

use compiler::{Generated, Settings, compile_folder};

fn main() {
    let package = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let Ok(root) = env::var_os("ALMANAC_CONTENT").filter(|content| !content.is_empty()).unwrap_or_else(|| "content".into()).into_string()
    else {
        return println!("cargo::error=ALMANAC_CONTENT is not UTF-8");
    };
    let folder = Path::new(&package).join(&root);
    println!("cargo::rerun-if-changed={}", folder.display());
    for variable in ["ALMANAC_CONTENT", "ALMANAC_ALLOW", "ALMANAC_DENY_WARNINGS"] {
        println!("cargo::rerun-if-env-changed={variable}");
    }
    let settings = Settings {
        allow: env::var("ALMANAC_ALLOW").unwrap_or_default(),
        deny_warnings: env::var("ALMANAC_DENY_WARNINGS").is_ok_and(|deny| !matches!(deny.as_str(), "" | "0")),
        color: true,
    };
    let compiled = compile_folder(&root, &folder, &settings);
    // One directive a line: cargo shows them as they are, fails the build for errors, and asks again the next time.
    compiled.report.warnings.lines().for_each(|line| println!("cargo::warning={line}"));
    compiled.report.errors.lines().for_each(|line| println!("cargo::error={line}"));
    if !compiled.report.failed {
        let out = env::var("OUT_DIR").expect("cargo sets it");
        if let Err(error) = write(Path::new(&out), &compiled.files) {
            println!("cargo::error=the generated code can't be written to {out}: {error}");
        }
    }
}

/// Writes all files beside the old ones, then puts them in their place: whatever fails, there is no mixture.
fn write(out: &Path, files: &[Generated]) -> io::Result<()> {
    let (new, home) = (out.join("almanac.new"), out.join("almanac"));
    remove(&new)?;
    for (name, text) in files {
        let file = new.join(name);
        fs::create_dir_all(file.parent().unwrap_or(&new))?;
        fs::write(file, text)?;
    }
    remove(&home)?;
    fs::rename(new, home)
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
