//! Every fault that a schema can have, and every fault of what it types: each with its place, and
//! no second fault beside it. Near misses are silent.

mod declarations;
mod limits;
mod silence;
mod values;

use super::*;

type Files<'f> = &'f [(&'f str, &'f str)];

/// Reports cases that have one fault each, and compiles what is left of them when it is allowed.
fn faults<'c>(cases: impl IntoIterator<Item = (&'c str, Vec<(String, String)>)>) -> String {
    let mut all = String::new();
    for (name, files) in cases {
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (&**path, &**text)).collect();
        let said = report(&files);
        let count = said.matches("error[").count() + said.matches("warning[").count();
        assert_eq!(count, 1, "{name}:\n{said}");
        allowed(name, &files);
        let fault = said.rsplit_once("\n\n").map_or(&*said, |(fault, _)| fault);
        all.push_str(&format!("# {name}\n{fault}\n\n"));
    }
    all
}

/// Compiles a folder with every fault allowed: what is left must be code.
fn allowed(name: &str, files: Files) {
    let settings = Settings { allow: "all".to_owned(), ..Settings::default() };
    let compiled = compile(ContentFolder::from_files(files.iter().copied()), &settings);
    assert!(!compiled.report.failed, "{name}:\n{}", compiled.report.text());
    let code = generated(&compiled, "almanac.rs");
    let tokens: Result<proc_macro2::TokenStream, _> = code.parse();
    assert!(tokens.is_ok(), "{name}: {code}");
}

/// A folder with a schema and an article that has nothing to do with it.
fn schema(text: &str) -> Vec<(String, String)> {
    with_schema(text, "# A\n\nText.\n")
}

fn with_schema(schema: &str, article: &str) -> Vec<(String, String)> {
    [("_schema_.yml", schema), ("a.md", article)]
        .map(|(path, text)| (path.into(), text.into()))
        .into()
}

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({
        omit_expression => true,
        prepend_module_to_snapshot => false,
        snapshot_path => "../snapshots",
    }, {
        insta::assert_snapshot!(name, text);
    });
}
