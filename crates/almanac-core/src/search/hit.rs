//! The hits of a query.

// The library is `no_std`; search is not.
use std::prelude::rust_2024::*;

use core::fmt;
use core::marker::PhantomData;
use std::collections::BinaryHeap;

use super::Searchable;
use super::index::{Index, Initials};
use super::phrase::Phrase;
use super::rank::{Found, Matched};
use super::snippet::{Snippet, snippet};
use crate::layout::to_usize;
use crate::{Almanac, Article, Section};

/// The hits of a query, the best first.
///
/// ```
/// for hit in ai_almanac::search("chess program").take(3) {
///     println!("{:.1} {}", hit.score(), hit.article());
/// }
/// ```
pub struct Hits<A: Searchable> {
    pub(super) found: BinaryHeap<Found>,
    /// The matches, sorted by place.
    pub(super) matched: Vec<Matched>,
    pub(super) initials: Initials,
    /// The quoted phrases, and the weight of their words.
    pub(super) phrases: Vec<(Phrase, f32)>,
    pub(super) truncated: bool,
    pub(super) unknown_filters: Vec<String>,
    pub(super) almanac: PhantomData<fn() -> A>,
}

impl<A: Searchable> Hits<A> {
    /// Returns `true` if the query was too long and only its beginning was read: 1,000 bytes and 32
    /// words.
    ///
    /// ```
    /// assert!(!ai_almanac::search("Ascend chips").truncated());
    /// assert!(ai_almanac::search(&"chips ".repeat(33)).truncated());
    /// ```
    #[must_use]
    pub fn truncated(&self) -> bool {
        self.truncated
    }

    /// Returns what stands after `in:` and is the id of no folder and of no listed article, in the
    /// order of the query.
    ///
    /// ```
    /// let hits = ai_almanac::search("in:nope chips");
    /// assert_eq!(hits.unknown_filters(), ["nope"]);
    /// assert_eq!(hits.len(), 0);
    /// ```
    #[must_use]
    pub fn unknown_filters(&self) -> &[String] {
        &self.unknown_filters
    }
}

impl<A: Searchable> Clone for Hits<A> {
    fn clone(&self) -> Hits<A> {
        Hits {
            found: self.found.clone(),
            matched: self.matched.clone(),
            initials: self.initials,
            phrases: self.phrases.clone(),
            truncated: self.truncated,
            unknown_filters: self.unknown_filters.clone(),
            almanac: PhantomData,
        }
    }
}

impl<A: Searchable> fmt::Debug for Hits<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Hits")
            .field("len", &self.len())
            .field("truncated", &self.truncated)
            .field("unknown_filters", &self.unknown_filters)
            .finish_non_exhaustive()
    }
}

impl<A: Searchable> Iterator for Hits<A> {
    type Item = Hit<A>;

    fn next(&mut self) -> Option<Hit<A>> {
        let Found { score, article, at, .. } = self.found.pop()?;
        let article = crate::articles::<A>()[to_usize(article)];
        let section = to_usize(at).checked_sub(1).map(|at| &article.sections()[at]);
        let text = section.map_or(article.lead(), Section::text);
        Some(Hit {
            score,
            article,
            section,
            snippet: snippet(
                &Index::new(A::INDEX),
                text,
                &self.matched,
                self.initials,
                &self.phrases,
            ),
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.found.len(), Some(self.found.len()))
    }
}

impl<A: Searchable> ExactSizeIterator for Hits<A> {}
impl<A: Searchable> core::iter::FusedIterator for Hits<A> {}

/// A section that a query found.
///
/// ```
/// let hit = ai_almanac::search("in:companies/huawei Kirin").next().unwrap();
/// assert_eq!(hit.article().title(), "Huawei");
/// assert!(hit.section().is_some());
/// ```
pub struct Hit<A: Almanac> {
    score: f32,
    article: &'static Article<A>,
    section: Option<&'static Section<A>>,
    snippet: Snippet,
}

impl<A: Almanac> Hit<A> {
    /// Returns the article that was found.
    ///
    /// ```
    /// assert_eq!(ai_almanac::search("RLHF").next().unwrap().article().id(), "terms/rlhf");
    /// ```
    #[must_use]
    pub fn article(&self) -> &'static Article<A> {
        self.article
    }

    /// Returns the section that was found; `None` for what stands before the first.
    ///
    /// ```
    /// let hit = ai_almanac::search("how a perceptron learns").next().unwrap();
    /// assert_eq!(hit.section().unwrap().anchor(), "how-a-perceptron-learns");
    /// ```
    #[must_use]
    pub fn section(&self) -> Option<&'static Section<A>> {
        self.section
    }

    /// Returns the score: above 0, to be compared with other hits of the same query only.
    ///
    /// ```
    /// let scores: Vec<f32> = ai_almanac::search("chips").map(|hit| hit.score()).collect();
    /// assert!(scores.windows(2).all(|pair| pair[0] >= pair[1]));
    /// ```
    #[must_use]
    pub fn score(&self) -> f32 {
        self.score
    }

    /// Returns the part of the section's text that shows why it was found.
    ///
    /// ```
    /// let hit = ai_almanac::search("Ascend").next().unwrap();
    /// let snippet = hit.snippet();
    /// let shown = snippet.highlights().iter().map(|range| &snippet.text()[range.clone()]);
    /// let shown: Vec<&str> = shown.collect();
    /// assert!(shown.contains(&"Ascend"));
    /// ```
    #[must_use]
    pub fn snippet(&self) -> &Snippet {
        &self.snippet
    }
}

impl<A: Almanac> Clone for Hit<A> {
    fn clone(&self) -> Hit<A> {
        Hit { snippet: self.snippet.clone(), ..*self }
    }
}

impl<A: Almanac> fmt::Debug for Hit<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Hit")
            .field("score", &self.score)
            .field("article", &self.article.id())
            .field("section", &self.section.map(Section::anchor))
            .field("snippet", &self.snippet)
            .finish()
    }
}

impl<A: Almanac> PartialEq for Hit<A> {
    fn eq(&self, other: &Hit<A>) -> bool {
        (self.score, self.article, self.section, &self.snippet)
            == (other.score, other.article, other.section, &other.snippet)
    }
}
