//! Full-text search over the listed articles, with an index that the build script made.

// The library is `no_std`; search is not.
use std::prelude::rust_2024::*;

use core::marker::PhantomData;

use crate::Almanac;

/// An almanac that was compiled with an index.
pub trait Searchable: Almanac {
    #[doc(hidden)]
    const INDEX: &'static &'static [u8];
}

#[doc(hidden)]
pub mod analysis;
mod bm25;
#[doc(hidden)]
pub mod format;
mod hit;
mod index;
mod query;
mod rank;
mod snippet;
mod stemmer;
mod typo;
mod words;

use bm25::Scores;
use index::Index;

pub use hit::{Hit, Hits};
pub use snippet::Snippet;
pub use words::{Posting, Word, forms, words};

/// Finds sections by words, the best first.
///
/// A query is words, of which any may match and the more the better. `"quoted words"` must stand together, `-word` must not
/// stand in the section, `in:companies` asks for a category and `in:companies/huawei` for an article. The last word may be
/// unfinished; a word of four letters or more that no article has may be mistyped by one letter.
///
/// At most one hit an article comes back, unless `in:` names that article. Ties stand in sidebar order. An empty query, or
/// one without a word that occurs, has no hits; of a query longer than 1,000 bytes or 32 words the rest is ignored.
///
/// ```
/// let hit = ai_almanac::search("who makes Ascend chips").next().unwrap();
/// assert_eq!(hit.article().id(), "companies/huawei");
/// ```
///
/// Ranking is BM25F: title and keywords weigh 3, a section's heading 2, its text 1; rare words count more, long texts less.
/// The index stands in the binary and is read in place. A query allocates the postings of its words and a score
/// for each section that has one; a snippet, the words of its section.
pub fn search<A: Searchable>(query: &str) -> Hits<A> {
    let index = Index::of::<A>();
    let query = query::parse(query);
    let mut scores = Scores::default();
    let mut matched: Vec<u64> = Vec::new();
    let mut add = |variants: &[(u64, f32)], scores: &mut Scores| {
        scores.add(&index, variants);
        matched.extend(variants.iter().map(|(place, _)| *place));
    };
    for word in &query.words {
        add(&index.variants(&word.form, word.open), &mut scores);
    }
    for form in query.phrases.iter().flatten() {
        add(
            &index.exact(form).map(|place| (place, 1.0)).into_iter().collect::<Vec<_>>(),
            &mut scores,
        );
    }
    matched.sort_unstable();
    matched.dedup();
    Hits { found: index.rank::<A>(&query, &scores).into(), matched, almanac: PhantomData }
}
