//! Full-text search over the listed articles, with an index that the build script made.
//!
//! `benches/search/README.md` says what was tried for the ranking, with numbers.

// The library is `no_std`; search is not.
use std::prelude::rust_2024::*;

use core::marker::PhantomData;

use crate::layout::to_usize;
use crate::{Almanac, Section, Type, Value};

/// An almanac that was compiled with an index.
pub trait Searchable: Almanac {
    #[doc(hidden)]
    const INDEX: &'static &'static [u8];
}

#[doc(hidden)]
pub mod analysis;
mod bm25;
#[doc(hidden)]
pub mod engine;
#[doc(hidden)]
pub mod format;
mod function_words;
mod hit;
mod index;
mod phrase;
mod prefix;
mod query;
mod rank;
mod snippet;
mod stemmer;
mod typo;
mod words;

use index::Index;

pub use hit::{Hit, Hits};
pub use snippet::Snippet;
pub use words::{Posting, Word, forms, words};

/// Finds sections by words, the best first.
///
/// A query is words, or a question. Any word may match, and the more the better: after the first
/// ten, a hit has at least 0.4 of what the best hit has, by the weight of the words. Function words
/// (`the`, `how`, `of`, and what only says that a definition or a date is asked for, as in `define
/// token`) say nothing by themselves: a query with others doesn't look for them and has at most 40
/// hits; alone they are looked for in titles, keywords and headings.
///
/// - `"quoted words"` must stand together, function words too; `-word` must not stand in the
///   section (a function word only in quotes: `-"the"`).
/// - `in:companies` asks for a folder and `in:companies/huawei` for an article. Alone it lists the
///   articles of the folder, or the sections of the article, with the score 0.
///   Capitals don't matter.
/// - Words that are written together and apart are the same: `fine-tuning`, `finetuning` and
///   `fine tuning`, `GPT-4` and `gpt4`, `open ai`. Marks and ligatures may be left out.
/// - The last word may be unfinished; a word of four letters or more that no article has may be
///   mistyped by one letter, or be two words (one that hardly any has too: `deeplearning`).
///
/// At most one hit an article comes back, unless `in:` names that article. Ties stand in sidebar
/// order. An empty query, or one without a word that occurs, has no hits. Of a query longer than
/// 1,000 bytes or 32 words the rest is ignored: [`Hits::truncated`] tells.
///
/// ```
/// let hit = ai_almanac::search("who makes Ascend chips").next().unwrap();
/// assert_eq!(hit.article().id(), "companies/huawei");
/// ```
///
/// Ranking is BM25F: title, keywords and description weigh 3, a section's heading 2, text 1 and
/// questions 0.75; rare words count more, long texts less. Half of the score goes by the share of
/// the query's words that a section has, by their weight. Texts among the facts of the front matter
/// count as keywords. Lists of links and the pages of folders count 0.8. A query that asks what
/// something is prefers what stands before the first section (1.1) to timelines (0.8); one that
/// asks when prefers timelines (1.2).
///
/// The index stands in the binary and is read in place. A query allocates the postings of its words
/// and a score for each section that has one; a snippet, the words of its section.
pub fn search<A: Searchable>(query: &str) -> Hits<A> {
    let index = Index::new(A::INDEX);
    let query = query::parse(query);
    let answer = rank::answer(&index, &query, &Listed::<A>(PhantomData));
    let known = |id: &String| {
        crate::categories::<A>().iter().any(|category| category.id().eq_ignore_ascii_case(id))
            || crate::articles::<A>().iter().any(|article| article.id().eq_ignore_ascii_case(id))
    };
    Hits {
        found: answer.found.into(),
        matched: answer.matched,
        initials: answer.initials,
        phrases: answer.phrases,
        truncated: query.truncated,
        unknown_filters: query.within.into_iter().filter(|id| !known(id)).collect(),
        almanac: PhantomData,
    }
}

/// The texts of the listed articles.
struct Listed<A>(PhantomData<A>);

impl<A: Almanac> rank::Texts for Listed<A> {
    fn fields(&self, article: u32, at: u32) -> Vec<&str> {
        let article = crate::articles::<A>()[to_usize(article)];
        let section = to_usize(at).checked_sub(1).map(|at| &article.sections()[at]);
        let heading = section.map_or("", Section::title);
        let text = section.map_or(article.lead(), Section::text);
        let mut fields = std::vec![article.title(), heading, text, article.description()];
        fields.extend(article.keywords());
        fields.extend(article.questions());
        for fact in article.facts() {
            if matches!(fact.field().value_type(), Type::Text | Type::Name) {
                match fact.value() {
                    Value::Text(text) => fields.push(text),
                    Value::List(values) => fields.extend(values.filter_map(|value| match value {
                        Value::Text(text) => Some(text),
                        _ => None,
                    })),
                    _ => {}
                }
            }
        }
        fields
    }

    fn within(&self, article: u32, ids: &[String]) -> Option<bool> {
        let article = crate::articles::<A>()[to_usize(article)];
        if ids.is_empty() {
            return Some(false);
        }
        if ids.iter().any(|id| id.eq_ignore_ascii_case(article.id())) {
            return Some(true);
        }
        let mut category = article.category();
        while let Some(found) = category {
            if ids.iter().any(|id| id.eq_ignore_ascii_case(found.id())) {
                return Some(false);
            }
            category = found.parent();
        }
        None
    }
}
