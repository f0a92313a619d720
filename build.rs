//! Compiles the content folder into `$OUT_DIR/almanac`.

#[cfg(feature = "compile")]
fn main() {
    use std::env::{self, VarError};

    for variable in ["ALMANAC_CONTENT", "ALMANAC_ALLOW", "ALMANAC_DENY_WARNINGS"] {
        println!("cargo::rerun-if-env-changed={variable}");
    }
    let variable = |name: &str| match env::var(name) {
        Ok(value) => Ok(value),
        Err(VarError::NotPresent) => Ok(String::new()),
        Err(VarError::NotUnicode(_)) => Err(println!("cargo::error={name} is not UTF-8")),
    };
    let (Ok(content), Ok(allow), Ok(deny)) = (
        variable("ALMANAC_CONTENT"),
        variable("ALMANAC_ALLOW"),
        variable("ALMANAC_DENY_WARNINGS"),
    ) else {
        return;
    };
    let content = if content.is_empty() { "content".to_owned() } else { content };
    let builder = almanac_build::Builder::new(content)
        .allow(&allow)
        .deny_warnings(!matches!(deny.as_str(), "" | "0"));
    #[cfg(feature = "search")]
    let builder = builder.search_index(true);
    builder.compile();
}

#[cfg(not(feature = "compile"))]
fn main() {
    println!("cargo::rerun-if-changed=compiled");
    for variable in ["ALMANAC_CONTENT", "ALMANAC_ALLOW", "ALMANAC_DENY_WARNINGS"] {
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
