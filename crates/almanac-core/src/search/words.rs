//! The index as data, for programs that search elsewhere: in a browser, say, as `examples/site.rs` does.

// The library is `no_std`; search is not.
use std::prelude::rust_2024::*;

use core::marker::PhantomData;

use super::analysis::{stem, tokens};
use super::{Index, Searchable, bm25};
use crate::{Almanac, Article, Section};

/// All words of the index, in the order of their bytes: every form that stands in the title, the keywords, a heading or the
/// text of a listed article.
///
/// With their [`postings`](Word::postings) they are all that a program needs to rank sections as [`search`](fn@crate::search)
/// does where the crate can't run. It allocates each word.
///
/// ```
/// let word = ai_almanac::words().find(|word| word.form() == "perceptron").unwrap();
/// for posting in word.postings() {
///     println!("{}: {} times in the text", posting.article(), posting.in_text());
/// }
/// ```
#[must_use]
pub fn words<A: Searchable>() -> impl ExactSizeIterator<Item = Word<A>> + use<A> {
    let words =
        Index::of::<A>().words.stream().into_str_vec().expect("the build script wrote text");
    words.into_iter().map(|(form, place)| Word { form, place, almanac: PhantomData })
}

/// The forms under which the words of a text are indexed, in order: lower case, without diacritics and possessive endings;
/// runs of Chinese or Japanese give pairs of characters. None for a text without letters or digits.
///
/// A form that [`words`] doesn't have occurs in no article, but another form of the same word may.
///
/// ```
/// let forms: Vec<String> = ai_almanac::forms("Huawei's Café, 3.5").collect();
/// assert_eq!(forms, ["huawei", "cafe", "3.5"]);
/// ```
#[must_use]
pub fn forms(text: &str) -> impl ExactSizeIterator<Item = String> + use<> {
    tokens(text).into_iter().map(|token| token.form)
}

/// A word of the index.
///
/// ```
/// let word = ai_almanac::words().find(|word| word.form() == "networks").unwrap();
/// assert_eq!(word.term(), "network");
/// ```
pub struct Word<A: Searchable> {
    form: String,
    /// Where its postings begin in the index.
    place: u64,
    almanac: PhantomData<fn() -> A>,
}

impl<A: Searchable> Clone for Word<A> {
    fn clone(&self) -> Word<A> {
        Word { form: self.form.clone(), ..*self }
    }
}

impl<A: Searchable> core::fmt::Debug for Word<A> {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.debug_tuple("Word").field(&self.form).finish()
    }
}

impl<A: Searchable> PartialEq for Word<A> {
    fn eq(&self, other: &Word<A>) -> bool {
        self.form == other.form
    }
}

impl<A: Searchable> Eq for Word<A> {}

impl<A: Searchable> Word<A> {
    /// The word as [`forms`] gives it. Never empty.
    ///
    /// ```
    /// assert!(ai_almanac::words().any(|word| word.form() == "huawei"));
    /// ```
    #[must_use]
    pub fn form(&self) -> &str {
        &self.form
    }

    /// What its forms have in common: the English stem, else the form itself. Words of one term have the same postings.
    ///
    /// ```
    /// let quantized: Vec<_> = ai_almanac::words().filter(|word| word.term() == "quantiz").collect();
    /// assert!(quantized.windows(2).all(|pair| pair[0].postings() == pair[1].postings()));
    /// ```
    #[must_use]
    pub fn term(&self) -> String {
        stem(&self.form)
    }

    /// Where the word stands in any of its forms: at least one place, leads and sections in sidebar order. One that stands in a
    /// title or in keywords has a posting for each section of that article.
    ///
    /// ```
    /// let word = ai_almanac::words().find(|word| word.form() == "ascend").unwrap();
    /// assert!(word.postings().iter().any(|posting| posting.article().id() == "companies/huawei"));
    /// ```
    #[must_use]
    pub fn postings(&self) -> Vec<Posting<A>> {
        let index = Index::of::<A>();
        let mut postings = Vec::new();
        let mut number = 0;
        bm25::score(&index, &index.postings(self.place), |unit, times, score| {
            number = index.article_of(unit, number);
            let article = crate::articles::<A>()[number as usize];
            let at = (unit - index.first_unit(number)) as usize;
            postings.push(Posting {
                article,
                section: at.checked_sub(1).map(|at| &article.sections()[at]),
                times,
                score,
            });
        });
        postings
    }
}

/// A lead or a section that has a word, how often, and what the word is worth there.
///
/// ```
/// let word = ai_almanac::words().find(|word| word.form() == "kirin").unwrap();
/// let best = word.postings().into_iter().max_by(|a, b| a.score().total_cmp(&b.score())).unwrap();
/// assert_eq!(best.article().id(), "companies/huawei");
/// ```
pub struct Posting<A: Almanac> {
    article: &'static Article<A>,
    section: Option<&'static Section<A>>,
    /// In title, keywords, heading and text.
    times: [u32; 4],
    score: f32,
}

impl<A: Almanac> Clone for Posting<A> {
    fn clone(&self) -> Posting<A> {
        *self
    }
}

impl<A: Almanac> Copy for Posting<A> {}

impl<A: Almanac> core::fmt::Debug for Posting<A> {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter
            .debug_struct("Posting")
            .field("article", &self.article.id())
            .field("section", &self.section.map(Section::anchor))
            .field("times", &self.times)
            .field("score", &self.score)
            .finish()
    }
}

impl<A: Almanac> PartialEq for Posting<A> {
    fn eq(&self, other: &Posting<A>) -> bool {
        (self.article, self.section, self.times, self.score)
            == (other.article, other.section, other.times, other.score)
    }
}

impl<A: Almanac> Posting<A> {
    /// The article that has the word.
    ///
    /// ```
    /// let posting = &ai_almanac::words().next().unwrap().postings()[0];
    /// println!("{}", posting.article());
    /// ```
    #[must_use]
    pub fn article(&self) -> &'static Article<A> {
        self.article
    }

    /// The section that has the word; `None` for what stands before the first.
    ///
    /// ```
    /// let word = ai_almanac::words().find(|word| word.form() == "perceptron").unwrap();
    /// assert!(word.postings().iter().any(|posting| posting.section().is_none()));
    /// ```
    #[must_use]
    pub fn section(&self) -> Option<&'static Section<A>> {
        self.section
    }

    /// How many times the article's title has the word, in any form.
    ///
    /// ```
    /// let word = ai_almanac::words().find(|word| word.form() == "huawei").unwrap();
    /// assert!(word.postings().iter().any(|posting| posting.in_title() == 1));
    /// ```
    #[must_use]
    pub fn in_title(&self) -> u32 {
        self.times[0]
    }

    /// How many times the article's keywords have the word, in any form.
    ///
    /// ```
    /// let word = ai_almanac::words().find(|word| word.form() == "kirin").unwrap();
    /// assert!(word.postings().iter().any(|posting| posting.in_keywords() == 1));
    /// ```
    #[must_use]
    pub fn in_keywords(&self) -> u32 {
        self.times[1]
    }

    /// How many times the section's heading has the word, in any form; the heading of a lead is the article's title.
    ///
    /// ```
    /// let word = ai_almanac::words().find(|word| word.form() == "timeline").unwrap();
    /// assert!(word.postings().iter().any(|posting| posting.in_heading() == 1));
    /// ```
    #[must_use]
    pub fn in_heading(&self) -> u32 {
        self.times[2]
    }

    /// How many times the text of the lead or section has the word, in any form.
    ///
    /// ```
    /// let word = ai_almanac::words().find(|word| word.form() == "chips").unwrap();
    /// assert!(word.postings().iter().any(|posting| posting.in_text() > 3));
    /// ```
    #[must_use]
    pub fn in_text(&self) -> u32 {
        self.times[3]
    }

    /// What [`search`](fn@crate::search) gives for the word alone: above 0. The score of a query is the sum of its words'; of
    /// the words that an unfinished or mistyped one may mean, the best counts, the former 0.7 and the latter 0.8 of this.
    ///
    /// ```
    /// let word = ai_almanac::words().find(|word| word.form() == "perceptron").unwrap();
    /// let best = word.postings().iter().map(|posting| posting.score()).fold(0.0, f32::max);
    /// assert!((ai_almanac::search("perceptron").next().unwrap().score() - best).abs() < 1e-4);
    /// ```
    #[must_use]
    pub fn score(&self) -> f32 {
        self.score
    }
}
