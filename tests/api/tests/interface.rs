use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn assert_recorded(name: &str, lines: impl IntoIterator<Item = String>) {
    let lines: Vec<String> = lines.into_iter().collect();
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, lines.join("\n"));
    });
}

/// A change of the public interface shows here; `INSTA_UPDATE=always cargo test` records it.
#[test]
fn the_interface_is_the_recorded_one() {
    for (name, least) in [("almanac-core", 100), ("almanac-build", 10)] {
        let lines = almanac_api::interface(&root().join("crates").join(name).join("src"));
        assert!(lines.len() > least, "{name}: {}", lines.len());
        assert_recorded(name, lines);
    }
}

/// The same of `ai-almanac`, which is generated from the shipped articles and their schema.
#[test]
fn the_interface_of_the_articles_is_the_recorded_one() {
    let compiled = almanac_build::Builder::new(root().join("content")).search_index(true).run();
    assert!(!compiled.report.failed, "{}", compiled.report.errors);
    let code = compiled.files.iter().find(|(name, _)| name == "almanac.rs");
    let code = str::from_utf8(&code.expect("is generated").1).expect("is text");
    let lines = almanac_api::generated(
        code,
        &root().join("src/lib.rs"),
        &root().join("crates/almanac-core/src/macros.rs"),
    );
    assert!(lines.len() > 300, "{}", lines.len());
    assert_recorded("ai-almanac", lines);
}
