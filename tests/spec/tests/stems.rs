//! The stemmer beside `rust-stemmers` and `frostem`, on all words of the articles and on Snowball's
//! vocabulary of 29,417 words, which the package of `rust-stemmers` has with the stems of that
//! time. The algorithm has changed since: `stems.tsv` of `almanac-core` has a third column for each
//! word of the vocabulary, and of words that were added to it later, whose stem is another one now.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

use almanac_core::generated::analysis::stem;
use rust_stemmers::{Algorithm, Stemmer};

const RECORDED: &str = include_str!("../../../crates/almanac-core/tests/stems.tsv");

/// Words of the articles whose stem is another one now and which `stems.tsv` doesn't have, with
/// both stems, the older one last.
const MORE: [[&str; 3]; 2] =
    [["biologist", "biolog", "biologist"], ["dermatologists", "dermatolog", "dermatologist"]];

/// Returns the recorded words, with the older stem of those that have one.
fn recorded() -> BTreeMap<&'static str, Option<&'static str>> {
    let lines = RECORDED.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    lines.map(|columns| (columns[0], columns.get(2).copied())).collect()
}

/// Returns the words that `rust-stemmers` stems otherwise, with our stem and its.
fn differing<'w>(words: impl IntoIterator<Item = &'w str>) -> BTreeSet<[String; 3]> {
    let before = Stemmer::create(Algorithm::English);
    let stems = words.into_iter().map(|word| [word.into(), stem(word), before.stem(word).into()]);
    stems.filter(|[_, now, before]| now != before).collect()
}

/// Returns the same of `stems.tsv`.
fn recorded_as_differing() -> BTreeSet<[String; 3]> {
    let words = recorded().into_iter();
    let words = words.filter_map(|(word, before)| before.map(|before| (word, before)));
    words.map(|(word, before)| [word.into(), stem(word), before.into()]).collect()
}

/// Reads one of the files beside the source of `rust-stemmers`.
fn published(file: &str) -> Vec<String> {
    let run = |program: &str, arguments: &[&str]| {
        let program = env::var(program.to_uppercase()).unwrap_or(program.to_owned());
        let output = Command::new(program).args(arguments).output().expect("is installed");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("is text")
    };
    // Packages for other systems are not fetched.
    let host = run("rustc", &["--print", "host-tuple"]);
    let metadata = ["metadata", "--format-version=1", "--offline", "--filter-platform"];
    let metadata = run("cargo", &[&metadata[..], &[host.trim()]].concat());
    let metadata: serde_json::Value = serde_json::from_str(&metadata).expect("is JSON");
    let packages = metadata["packages"].as_array().expect("has packages");
    let package = packages.iter().find(|package| package["name"] == "rust-stemmers");
    let manifest = package.expect("is a dependency")["manifest_path"].as_str();
    let path = PathBuf::from(manifest.expect("has a path")).with_file_name("test_data").join(file);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
    text.lines().map(str::to_owned).collect()
}

#[test]
fn the_vocabulary_has_its_published_stems() {
    let (words, stems) = (published("voc_en.txt"), published("res_en.txt"));
    assert_eq!([words.len(), stems.len()], [29_417; 2]);
    let newest = frostem::Stemmer::new(frostem::Algorithm::English);
    let before = Stemmer::create(Algorithm::English);
    for (word, published) in words.iter().zip(&stems) {
        assert_eq!(stem(word), newest.stem(word), "{word}");
        assert_eq!(before.stem(word), *published, "{word}");
    }
    let mut expected = recorded_as_differing();
    expected.retain(|[word, ..]| words.contains(word));
    assert_eq!(differing(words.iter().map(String::as_str)), expected);
    assert_eq!(expected.len(), 38);
}

#[test]
fn recorded_words_and_those_of_articles_differ_as_recorded() {
    let forms: Vec<String> = ai_almanac::words().map(|word| word.form().to_owned()).collect();
    // Words with digits and in other scripts stay, by a rule of our own.
    let is_english = |word: &&str| word.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'\''));
    let forms = forms.iter().map(String::as_str);
    let (english, others): (Vec<&str>, Vec<&str>) = forms.partition(is_english);
    assert!(english.len() > 5_000, "{}", english.len());
    for word in others {
        assert_eq!(stem(word), word);
    }
    let mut expected = recorded_as_differing();
    assert_eq!(expected.len(), 52);
    expected.extend(MORE.map(|row| row.map(str::to_owned)));
    assert_eq!(differing(english.into_iter().chain(recorded().into_keys())), expected);
}
