//! Small folders, compared with what the docs plugin of Docusaurus makes of them. Recorded by
//! `tests/oracle/docs-plugin/folders.mjs`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::ContentFolder;
use crate::resolve::{Almanac, SidebarItem, Target};
use crate::schema::Schema;
use crate::stages::resolved;

#[derive(Deserialize)]
struct Folder {
    name: String,
    files: BTreeMap<String, String>,
    #[serde(flatten)]
    expected: Recorded,
}

/// Id, title, permalink, description, whether it is unlisted, permalinks of the neighbours.
type Doc = (String, String, String, String, bool, Option<String>, Option<String>);

#[derive(Deserialize)]
struct Recorded {
    docs: Vec<Doc>,
    sidebar: Vec<String>,
    /// Id, path, permalink.
    links: Vec<(String, String, Option<String>)>,
}

/// Lists where we differ on purpose: the folder, the article, and why.
const DIFFERENCES: &[(&str, &str, &str)] = &[
    ("numbers as titles", "t01", "a number is a text as it is written"),
    ("numbers as titles", "t02", "a number is a text as it is written"),
    ("titles and descriptions", "d", "a number is a text as it is written"),
    ("titles and descriptions", "g", "a title is what one sees; there emphasis keeps its marks"),
];

fn record(almanac: &Almanac) -> Recorded {
    let permalink = |at: Option<usize>| at.map(|at| almanac.articles[at].permalink.clone());
    let mut docs: Vec<_> = almanac
        .articles
        .iter()
        .map(|article| {
            (
                article.id.clone(),
                article.title.clone(),
                article.permalink.clone(),
                article.description.clone(),
                article.unlisted,
                permalink(article.previous),
                permalink(article.next),
            )
        })
        .collect();
    docs.sort();
    let mut sidebar = Vec::new();
    lines(almanac, &almanac.contents, "", &mut sidebar);
    let mut links: Vec<_> = almanac
        .articles
        .iter()
        .flat_map(|article| {
            article.document.links.iter().zip(&article.targets).filter_map(|(link, target)| {
                let path = link.destination.split('#').next().unwrap_or_default().to_owned();
                let target = target.as_ref().map(|target| match target {
                    Target::Article(at) | Target::Section(at, _) => {
                        almanac.articles[*at].permalink.clone()
                    }
                    other => format!("{other:?}"),
                });
                let is_file = path.to_ascii_lowercase().ends_with(".md");
                is_file.then(|| (article.id.clone(), path, target))
            })
        })
        .collect();
    links.sort_by(|a, b| a.0.cmp(&b.0));
    Recorded { docs, sidebar, links }
}

fn lines(almanac: &Almanac, items: &[SidebarItem], indent: &str, found: &mut Vec<String>) {
    for item in items {
        match *item {
            SidebarItem::Article(at) => found.push(format!("{indent}{}", almanac.articles[at].id)),
            SidebarItem::Category(at) => {
                let category = &almanac.categories[at];
                let index = category.index.map(|index| almanac.articles[index].id.clone());
                // There a folder of its index page alone is shown as that page.
                if let (Some(index), []) = (&index, &category.contents[..]) {
                    found.push(format!("{indent}{index}"));
                    continue;
                }
                let target = index.or_else(|| category.permalink.clone());
                let target = target.map(|target| format!(" {target}")).unwrap_or_default();
                found.push(format!("{indent}[{}]{target}", category.label));
                lines(almanac, &category.contents, &format!("{indent}  "), found);
            }
        }
    }
}

#[test]
fn agrees_with_the_docs_plugin_of_docusaurus() {
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/oracle/docs-plugin/folders.json");
    let folders: Vec<Folder> = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    assert!(folders.len() >= 15);
    let mut wrong = Vec::new();
    let mut differences = Vec::new();
    for Folder { name, files, mut expected } in folders {
        let files = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let (folder, _) = ContentFolder::from_files(files);
        let (almanac, _) = resolved(&folder, &Schema::default(), "");
        let found = record(&almanac);
        // Neighbours are articles here, there also the pages of categories.
        let is_category = |permalink: &Option<String>| {
            permalink.is_some() && almanac.categories.iter().any(|c| c.permalink == *permalink)
        };
        for (doc, found) in expected.docs.iter_mut().zip(&found.docs) {
            if is_category(&doc.5) {
                doc.5.clone_from(&found.5);
            }
            if is_category(&doc.6) {
                doc.6.clone_from(&found.6);
            }
            if doc != found {
                differences.push((name.clone(), doc.0.clone()));
                if !DIFFERENCES.iter().any(|(folder, id, _)| *folder == name && *id == doc.0) {
                    wrong.push(format!("{name}\n  found    {found:?}\n  expected {doc:?}"));
                }
            }
        }
        let mut check = |found: String, expected: String| {
            if found != expected {
                wrong.push(format!("{name}\n  found    {found}\n  expected {expected}"));
            }
        };
        check(found.docs.len().to_string(), expected.docs.len().to_string());
        check(format!("{:?}", found.sidebar), format!("{:?}", expected.sidebar));
        check(format!("{:?}", found.links), format!("{:?}", expected.links));
    }
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
    // The list stays true: a difference that has gone leaves it.
    for (folder, id, _) in DIFFERENCES {
        assert!(
            differences.iter().any(|(known, article)| known == folder && article == id),
            "{folder}: `{id}` no longer differs"
        );
    }
}
