//! The guides show what is compiled and tested: each excerpt stands in a file of a consumer.

use std::fs;
use std::path::Path;

/// Each guide with its crate and the least count of its excerpts.
const GUIDES: [(&str, &str, &str, usize); 3] = [
    ("schema.md", include_str!("../docs/schema.md"), "cookbook", 8),
    ("generated.md", include_str!("../docs/generated.md"), "cookbook", 8),
    ("compiled.md", include_str!("../docs/compiled.md"), "guide", 3),
];

#[test]
fn excerpts_stand_in_their_crates() {
    let consumers = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/consumers");
    for (guide, text, folder, least) in GUIDES {
        let (mut file, mut count) = (None, 0);
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            if let Some(name) = line.strip_suffix("`:").and_then(|line| line.rsplit('`').next()) {
                let path = consumers.join(folder).join(name);
                let read = fs::read_to_string(&path);
                file =
                    Some((name, read.unwrap_or_else(|error| panic!("{guide}: {name}: {error}"))));
            }
            if line.starts_with("```") {
                let excerpt: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
                // A typed query stands in no file.
                if line == "```console" {
                    continue;
                }
                let (name, whole) = file.as_ref().expect("a file is named before");
                assert!(
                    !excerpt.is_empty() && whole.contains(&format!("{}\n", excerpt.join("\n"))),
                    "{guide}: not in {name}:\n{}",
                    excerpt.join("\n")
                );
                count += 1;
            }
        }
        assert!(count >= least, "{guide} has {count} excerpts");
    }
}

/// Makes the edit that the README tells, in a folder that holds nothing but its two articles.
#[test]
fn readme_shows_what_its_edit_provokes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let [readme, index] = ["README.md", "content/companies/index.md"]
        .map(|file| fs::read_to_string(root.join(file)).expect("the repository has it"));
    let edit = "Write `./huawie.md` for `./huawei.md` in `content/companies/index.md`";
    let shown = readme.split("```text\n").find(|part| part.starts_with("error["));
    let shown = shown.and_then(|part| part.split("```").next()).expect("a diagnostic");
    assert!(readme.contains(edit) && index.contains("](./huawei.md)"));

    let edited = index.replace("](./huawei.md)", "](./huawie.md)");
    let files = [("companies/index.md", edited.as_str()), ("companies/huawei.md", "# Huawei\n")];
    let report = super::report(&files);
    assert!(report.contains(shown), "{report}");
}

/// Holds the guides to their words about ids, faults and suggestions.
#[test]
fn misspelt_values_are_proposed() {
    let schema = "articles:\n  difficulty: [easy, hard]\n";
    for (field, proposed) in [("difficulty: eazy", "`easy`"), ("dificulty: easy", "`difficulty`")] {
        let article = format!("---\ntitle: A\n{field}\n---\n\n# A\n\nText.\n");
        let report = super::report(&[("_schema_.yml", schema), ("a.md", &article)]);
        assert!(report.contains("did you mean") && report.contains(proposed), "{report}");
    }
}
