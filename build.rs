//! Compiles the content folder into `$OUT_DIR/almanac`.

#[cfg(feature = "compile")]
fn main() {
    use std::env::{self, VarError};

    // Whoever sets a variable that can't be read is told: nobody shall believe that it counts.
    let variable = |name: &str| {
        println!("cargo::rerun-if-env-changed={name}");
        match env::var(name) {
            Ok(value) => Some(value),
            Err(VarError::NotPresent) => Some(String::new()),
            Err(VarError::NotUnicode(_)) => {
                println!("cargo::error={name} is not UTF-8");
                None
            }
        }
    };
    let variables = ["ALMANAC_CONTENT", "ALMANAC_BASE", "ALMANAC_ALLOW", "ALMANAC_DENY_WARNINGS"];
    let [Some(content), Some(base), Some(allow), Some(deny)] = variables.map(variable) else {
        return;
    };
    // Cargo puts `Cargo.toml.orig` into every package: one without the compiled form was packed
    // without the release step, and would be published so if its verification passed.
    let exists = |file: &str| std::path::Path::new(file).exists();
    if exists("Cargo.toml.orig") && !exists("compiled/almanac.rs") {
        println!(
            "cargo::error=this package was made without the compiled form: see CONTRIBUTING.md"
        );
        return;
    }
    let content = if content.is_empty() { "content".to_owned() } else { content };
    let builder = almanac_build::Builder::new(content)
        .base(base)
        .allow(&allow)
        .deny_warnings(!matches!(deny.as_str(), "" | "0"));
    #[cfg(feature = "search")]
    let builder = builder.search_index(true);
    builder.compile();
}

#[cfg(not(feature = "compile"))]
fn main() {
    println!("cargo::rerun-if-changed=compiled");
    for variable in ["ALMANAC_CONTENT", "ALMANAC_BASE", "ALMANAC_ALLOW", "ALMANAC_DENY_WARNINGS"] {
        println!("cargo::rerun-if-env-changed={variable}");
        if std::env::var_os(variable).is_some_and(|value| !value.is_empty()) {
            println!(
                "cargo::error={variable} is set, but ai-almanac is built without its compiler: \
                 enable the feature `compile`"
            );
        }
    }
    if !std::path::Path::new("compiled/almanac.rs").exists() {
        println!(
            "cargo::error=this copy of ai-almanac has no compiled form (only the published package \
             has): use the default features, or at least `compile`"
        );
    }
}
