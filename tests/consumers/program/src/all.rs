//! Uses five almanacs side by side.

#![deny(warnings, clippy::pedantic)]

use almanac_core::{Almanac, Article};

mod notes {
    almanac_core::almanac!();
}

const HUAWEI: &ai_almanac::Article = ai_almanac::get("companies/huawei").unwrap();
const INSTALL: &library::Article = library::get("guides/install").unwrap();

/// Works for any almanac: bounded by the marker alone.
fn describe<A: Almanac>(article: &'static Article<A>) -> String {
    let same = Some(article) == almanac_core::get::<A>(article.id());
    let links: Vec<_> = article.links().iter().map(almanac_core::Link::target).collect();
    format!("{article}: {} sections, {links:?}, {same}", article.sections().len())
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
