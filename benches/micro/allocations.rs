//! Nothing but search allocates.

use std::hint::black_box;

use ai_almanac::{articles, categories, contents, get};
use allocation_counter::measure;
use almanac_micro as micro;

/// Counts allocations; that something was done at all is checked on the way.
#[track_caller]
fn allocations(act: impl FnOnce() -> usize) -> u64 {
    let mut result = 0;
    let counted = measure(|| result = black_box(act())).count_total;
    assert!(result > 0);
    counted
}

#[test]
fn lookups_and_accessors_allocate_nothing() {
    let (ids, (article, section)) = (micro::ids(), micro::longest());
    let acts: [(&str, &dyn Fn() -> usize); 16] = [
        ("get", &|| micro::get_all(&ids)),
        ("get, not there", &|| usize::from(get(black_box(micro::MISS)).is_none())),
        ("section", &|| usize::from(article.section(black_box(section.anchor())).is_some())),
        ("section, not there", &|| usize::from(article.section(black_box("nowhere")).is_none())),
        ("nearest", &|| micro::near(black_box(micro::MISS))),
        ("titles", &micro::titles),
        ("sections", &micro::sections),
        ("links", &micro::links),
        ("backlinks", &micro::backlinks),
        ("events", &micro::all_events),
        ("texts", &micro::texts),
        ("HTML", &micro::htmls),
        ("texts of sections", &micro::section_texts),
        ("chunks", &micro::chunks),
        ("categories and contents", &|| categories().len() + contents().len()),
        ("other facts", &|| {
            let facts = articles().iter().map(|article| {
                let neighbours = [article.previous(), article.next()].into_iter().flatten().count();
                let sources = article
                    .sources()
                    .iter()
                    .map(|source| source.sections().len() + source.text().len())
                    .sum::<usize>();
                neighbours
                    + sources
                    + article.keywords().len()
                    + article.markdown().len()
                    + article.lead().len()
            });
            facts.sum()
        }),
    ];
    for (name, act) in acts {
        assert_eq!(allocations(act), 0, "{name}");
    }
}

#[test]
fn search_allocates_little() {
    for (name, query) in micro::QUERIES {
        let counted = measure(|| _ = black_box(micro::rank(black_box(query)))).count_total;
        println!("{name}: {counted} allocations");
        assert!(counted > 0, "{name}: else this test sees no allocations at all");
    }
}
