//! Search in small folders: how words are written, and how they are typed.

use std::fs;
use std::path::Path;

use almanac_core::generated::engine::{self, Texts};

use super::*;
use crate::document::plain;
use crate::resolve::Almanac;
use crate::schema::Schema;
use crate::stages::{declared, resolved};
use crate::{index, text};

/// An almanac that can be searched.
struct Searchable {
    almanac: Almanac,
    index: Vec<u8>,
    /// For each article and unit its texts.
    texts: Vec<Vec<Vec<String>>>,
}

impl Searchable {
    fn new(files: &[(&str, &str)]) -> Searchable {
        let (folder, faults) = ContentFolder::from_files(files.iter().copied());
        assert!(faults.is_empty());
        let (schema, _): (Schema, _) = declared(&folder);
        let (almanac, _) = resolved(&folder, &schema, "");
        let index = index::build(&almanac, &schema);
        let listed = almanac.articles.iter().filter(|article| !article.unlisted);
        let texts = listed.map(|article| {
            let lead = (article.title.clone(), &article.document.lead);
            let sections = article.document.sections.iter();
            let sections = sections.map(|section| (plain(&section.title), &section.blocks));
            let unit = |(heading, blocks): (String, &Vec<_>)| {
                let mut body = String::new();
                text::write(blocks, &mut body);
                let mut fields = vec![article.title.clone(), heading, body];
                fields.push(article.description.clone());
                fields.extend(article.keywords.clone());
                fields
            };
            std::iter::once(lead).chain(sections).map(unit).collect()
        });
        Searchable { texts: texts.collect(), index, almanac }
    }

    /// Reads a folder beside this file.
    fn folder(name: &str) -> Searchable {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tests/search").join(name);
        let mut files: Vec<(String, String)> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| {
                let entry = entry.unwrap();
                let name = entry.file_name().into_string().unwrap();
                (name, fs::read_to_string(entry.path()).unwrap())
            })
            .collect();
        files.sort_unstable();
        let files: Vec<(&str, &str)> =
            files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        Searchable::new(&files)
    }

    /// Returns the ids of the articles that a query finds, the best first.
    fn find(&self, query: &str) -> Vec<&str> {
        let found = engine::find(&self.index, query, self);
        found
            .iter()
            .map(|found| self.almanac.articles[found.article as usize].id.as_str())
            .collect()
    }

    #[track_caller]
    fn finds(&self, cases: &[(&str, &str)]) {
        for (query, expected) in cases {
            // As it is typed, and with the last word ended.
            for query in [(*query).to_owned(), format!("{query} ")] {
                let found = self.find(&query);
                assert_eq!(found.first().copied(), Some(*expected), "{query:?} finds {found:?}");
            }
        }
    }
}

impl Texts for Searchable {
    fn fields(&self, article: u32, at: u32) -> Vec<&str> {
        self.texts[article as usize][at as usize].iter().map(String::as_str).collect()
    }

    fn within(&self, _: u32, _: &[String]) -> Option<bool> {
        Some(false)
    }
}

#[test]
fn letters_with_marks_are_found_without() {
    Searchable::folder("marks").finds(&[
        ("strasse", "a"),
        ("grosse", "a"),
        ("größe", "a"),
        ("lodz", "b"),
        ("bjorn", "b"),
        ("istanbul", "c"),
        ("isik", "c"),
        ("guenon", "d"),
        ("general", "d"),
        ("genéral", "d"),
        ("encyclopaedia", "e"),
        ("dorde", "e"),
    ]);
}

#[test]
fn hyphens_join_and_divide() {
    let folder = Searchable::folder("hyphens");
    folder.finds(&[
        ("hand-off", "a"),
        ("hand off", "a"),
        ("handoff", "a"),
        ("GPT-4", "b"),
        ("gpt 4", "b"),
        ("gpt4", "b"),
        ("finetuning", "c"),
        ("pretraining", "c"),
        ("\"hand-off between\"", "a"),
        ("\"handoff between\"", "a"),
        ("\"GPT4 was\"", "b"),
    ]);
    assert!(folder.find("-off").is_empty());
    assert!(folder.find("\"off hand\"").is_empty());
}

#[test]
fn names_with_marks_are_told_apart() {
    Searchable::folder("names").finds(&[
        ("C++", "a"),
        ("C#", "b"),
        (".NET", "c"),
        ("node.js", "c"),
        ("nodejs", "c"),
        ("node js", "c"),
        ("1000", "d"),
        ("1,000", "d"),
    ]);
}

#[test]
fn scripts_without_spaces_are_found() {
    Searchable::folder("scripts").finds(&[
        ("人工知能", "a"),
        ("人", "a"),
        ("能", "a"),
        ("知能", "a"),
        ("佐々木", "b"),
        ("인공", "c"),
        ("지능", "c"),
        ("인공지능", "c"),
        ("ปัญญา", "d"),
        ("アニメ", "e"),
        ("ｱﾆﾒ", "e"),
        ("AI", "e"),
        ("データ", "f"),
        ("ﾃﾞｰﾀ", "f"),
    ]);
}

#[test]
fn apostrophes_join_and_divide() {
    Searchable::folder("apostrophes").finds(&[
        ("nasa", "a"),
        ("NASA's", "a"),
        ("O’Brien", "b"),
        ("obrien", "b"),
        ("eau", "b"),
        ("dont", "c"),
        ("don’t", "c"),
        ("boss", "d"),
    ]);
}

#[test]
fn titles_of_function_words_are_found() {
    let folder = Searchable::new(&[
        ("a.md", "# It\n\nA novel about a clown.\n"),
        ("b.md", "# The Who\n\nA band.\n"),
        ("c.md", "# Chips\n\nWhat it is that the band of who knows what does.\n"),
        ("d.md", "# Other\n\nText.\n"),
    ]);
    folder.finds(&[("it", "a"), ("the who", "b"), ("\"the who\"", "b"), ("who is the band", "b")]);
    assert_eq!(folder.find("\"what it is that\""), ["c"]);
    assert_eq!(folder.find("\"of who\""), ["c"]);
    assert!(folder.find("\"who the\"").is_empty());
    assert!(folder.find("of ").is_empty());
}

/// Words written apart everywhere are found when they are typed as one.
#[test]
fn words_typed_as_one_are_divided() {
    let folder = Searchable::new(&[
        ("a.md", "# A\n\nFew shot learning of a world model.\n"),
        ("b.md", "# B\n\nA few words.\n"),
        ("c.md", "# C\n\nA shot, a world.\n"),
    ]);
    folder.finds(&[("fewshot", "a"), ("worldmodel", "a"), ("few shot", "a"), ("few-shot", "a")]);
}

/// A question that is left out counts for nothing: the index is as if it weren't there.
#[test]
fn what_is_left_out_of_an_index_counts_for_nothing() {
    let article = |title: &str, questions: &str, text: &str| {
        format!("---\ntitle: {title}\nquestions: [{questions}]\n---\n\n{text}\n")
    };
    let question = "why do grey cats purr at night";
    let others = "what do cats eat, where does a cat sleep";
    let with = [
        ("a.md", article("Cats", &format!("{question}, {others}"), "A cat purrs.")),
        (
            "b.md",
            article("Night", "why is the night dark", "No light, a grey sky.\n\n## More\n\nCats."),
        ),
        ("c.md", article("Dogs", "do dogs purr", "A dog barks.")),
    ];
    let mut without = with.clone();
    without[0].1 = article("Cats", others, "A cat purrs.");
    let read = |files: &[(&str, String)]| {
        let files: Vec<(&str, &str)> =
            files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        Searchable::new(&files)
    };
    let (with, without) = (read(&with), read(&without));
    let expected = engine::find(&without.index, &format!("{question} "), &without);
    let found = engine::find_without(&with.index, 0, question);
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!((found.article, found.at), (expected.article, expected.at));
        assert!((found.score - expected.score).abs() < 1e-5, "{found:?} {expected:?}");
    }
    assert_ne!(engine::find(&with.index, question, &with)[0].score, found[0].score);
}
