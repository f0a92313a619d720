//! The ids that rustdoc gives the headings of an article.

use std::collections::HashMap;

use crate::document::plain;
use crate::resolve::Article;

/// Ids that rustdoc's pages have of their own: headings of these names get a number.
const TAKEN: [&str; 42] = [
    "help",
    "settings",
    "not-displayed",
    "alternative-display",
    "search",
    "crate-search",
    "crate-search-div",
    "themeStyle",
    "settings-menu",
    "help-button",
    "sidebar-button",
    "main-content",
    "toggle-all-docs",
    "all-types",
    "default-settings",
    "sidebar-vars",
    "copy-path",
    "rustdoc-toc",
    "rustdoc-modnav",
    "fields",
    "variants",
    "implementors-list",
    "synthetic-implementors-list",
    "foreign-impls",
    "implementations",
    "trait-implementations",
    "synthetic-implementations",
    "blanket-implementations",
    "required-associated-types",
    "provided-associated-types",
    "provided-associated-consts",
    "required-associated-consts",
    "required-methods",
    "provided-methods",
    "dyn-compatibility",
    "implementors",
    "synthetic-implementors",
    "implementations-list",
    "trait-implementations-list",
    "synthetic-implementations-list",
    "blanket-implementations-list",
    "layout",
];

/// Returns the ids that rustdoc makes for the headings of an article, repeats and its own ids
/// counted.
pub(super) fn heading_ids(article: &Article) -> Vec<String> {
    let mut known: HashMap<String, usize> = TAKEN.iter().map(|id| ((*id).to_owned(), 1)).collect();
    let mut derive = |text: &str| {
        let id: String = text
            .chars()
            .filter_map(|character| match character {
                _ if character.is_alphanumeric() || matches!(character, '-' | '_') => {
                    Some(character.to_ascii_lowercase())
                }
                _ if character.is_ascii_whitespace() => Some('-'),
                _ => None,
            })
            .collect();
        let id = match known.get_mut(&id) {
            None => id,
            Some(count) => {
                let numbered = format!("{id}-{count}");
                *count += 1;
                numbered
            }
        };
        known.insert(id.clone(), 1);
        id
    };
    article.document.sections.iter().map(|section| derive(plain(&section.title).trim())).collect()
}
