//! Uses six almanacs side by side.

#![deny(warnings, clippy::pedantic)]

use std::collections::BTreeMap;

use almanac_core::{Almanac, Article};

mod notes {
    almanac_core::almanac!();
}

mod edited {
    almanac_core::almanac!("edited");
}

const HUAWEI: &ai_almanac::Article = ai_almanac::get("companies/huawei").unwrap();
const INSTALL: &library::Article = library::get("guides/install").unwrap();

/// Works for any almanac: bounded by the marker alone.
fn describe<A: Almanac>(article: &'static Article<A>) -> String {
    let same = Some(article) == almanac_core::get::<A>(article.id());
    let links: Vec<_> = article.links().iter().map(almanac_core::Link::target).collect();
    let (sections, chunks) = (article.sections().len(), article.chunks(1000).count());
    format!("{article}: {sections} sections, {chunks} chunks, {links:?}, {same}")
}

/// Chunks of about a sentence, by their ids.
fn chunks<A: Almanac>(article: &'static Article<A>) -> BTreeMap<String, &'static str> {
    article.chunks(30).map(|chunk| (chunk.id().to_string(), chunk.text())).collect()
}

fn main() {
    println!("{}", describe(HUAWEI).len());
    println!("{}", describe(INSTALL));
    println!("{}", describe(&library::handbook::HOLIDAYS));
    println!("{}", describe(&notes::TODO));
    println!("{} words", library::count_words());
    for fact in cookbook::Ingredient::get("olive-oil").expect("an id").facts() {
        println!("{fact}");
    }
    let (before, after) = (chunks(&notes::TODO), chunks(&edited::TODO));
    let (kept, gone): (Vec<_>, Vec<_>) = before.iter().partition(|(id, _)| after.contains_key(*id));
    assert!(kept.iter().all(|(id, text)| after[*id] == **text || text.starts_with("Write")));
    println!("{} chunks, kept {}, gone {}", before.len(), kept.len(), gone.len());
    for (id, text) in before {
        println!("{id}: {text}");
    }
    #[cfg(feature = "search")]
    {
        let hit = library::search("button").next().expect("an index");
        println!("{} {}", hit.article(), hit.snippet());
        println!("{}", ai_almanac::search("Ascend").next().expect("an index").article());
    }
    #[cfg(feature = "serde")]
    {
        let events = library::handbook::events();
        println!("{}", serde_json::to_string(events).expect("is JSON"));
        let id: library::ArticleId = serde_json::from_str("\"guides/use\"").expect("an id");
        println!("{id:?}");
    }
}
