use std::path::Path;

/// A change of the public interface shows here; `INSTA_UPDATE=always cargo test` records it.
#[test]
fn the_interface_is_the_recorded_one() {
    for (name, least) in [("almanac-core", 100), ("almanac-build", 10)] {
        let source =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates").join(name).join("src");
        let lines: Vec<String> = almanac_api::interface(&source).into_iter().collect();
        assert!(lines.len() > least, "{name}: {}", lines.len());
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(name, lines.join("\n"));
        });
    }
}
