//! The index as data, for programs that search elsewhere.

// The library is `no_std`; search is not.
use std::prelude::rust_2024::*;

use core::marker::PhantomData;
use std::collections::BTreeMap;

use super::analysis::{stem, tokens};
use super::format::{ARTICLE_FIELDS, FIELDS};
use super::index::Index;
use super::{Searchable, bm25};
use crate::layout::to_usize;
use crate::{Almanac, Article, Section};

/// Returns all words of the index, in the order of their bytes: every form that stands in the
/// title, the keywords, the description, the questions, a heading or the text of a listed article.
/// Function words are among them only where they stand in a title, keywords or a heading. The names
/// of commands in the formulas of a text, such as `\frac`, are not.
///
/// With their [`postings`](Word::postings) they are all that a program needs to rank sections as
/// [`search`](fn@crate::search) does where the crate can't run. It allocates each word.
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
        Index::new(A::INDEX).words.stream().into_str_vec().expect("the build script wrote text");
    words.into_iter().map(|(form, place)| Word { form, place, almanac: PhantomData })
}

/// Returns the forms under which the words of a text are indexed, in order: lower case, without
/// diacritics and possessive endings. Words with a mark inside also give what they are without it;
/// what is written without spaces gives pairs of characters. None for a text without letters or
/// digits.
///
/// A form that [`words`] doesn't have occurs in no article, but another form of the same word may.
///
/// ```
/// let forms: Vec<String> = ai_almanac::forms("Huawei's Café, GPT-4").collect();
/// assert_eq!(forms, ["huawei", "cafe", "gpt", "4", "gpt4"]);
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
    /// The place in the index at which its postings begin.
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
    /// Returns the word as [`forms`] gives it. Never empty.
    ///
    /// ```
    /// assert!(ai_almanac::words().any(|word| word.form() == "huawei"));
    /// ```
    #[must_use]
    pub fn form(&self) -> &str {
        &self.form
    }

    /// Returns the term that its forms have in common: the English stem, else the form itself.
    /// Words of one term have the same postings.
    ///
    /// ```
    /// let quantized = ai_almanac::words().filter(|word| word.term() == "quantiz");
    /// let quantized: Vec<_> = quantized.collect();
    /// assert!(quantized.windows(2).all(|pair| pair[0].postings() == pair[1].postings()));
    /// ```
    #[must_use]
    pub fn term(&self) -> String {
        stem(&self.form)
    }

    /// Returns where the word stands in any of its forms: at least one place, leads and sections in
    /// sidebar order. One that stands in a title, keywords, a description or questions has a
    /// posting for each section of that article.
    ///
    /// ```
    /// let word = ai_almanac::words().find(|word| word.form() == "ascend").unwrap();
    /// assert!(word.postings().iter().any(|posting| posting.article().id() == "companies/huawei"));
    /// ```
    #[must_use]
    pub fn postings(&self) -> Vec<Posting<A>> {
        let index = Index::new(A::INDEX);
        let postings = index.postings(self.place);
        let scores = bm25::score(&index, &postings);
        // Frequencies and score of each unit: what its article has, and what it has itself.
        let mut units: BTreeMap<u32, ([u32; FIELDS], f32)> = BTreeMap::new();
        for ((article, frequencies), (_, score)) in postings.articles.iter().zip(&scores.articles) {
            for unit in index.first_unit(*article)..index.first_unit(article + 1) {
                let entry = units.entry(unit).or_default();
                entry.0[..ARTICLE_FIELDS].copy_from_slice(frequencies);
                entry.1 = *score;
            }
        }
        for ((unit, frequencies), (_, score)) in postings.units.iter().zip(&scores.units) {
            let entry = units.entry(*unit).or_default();
            entry.0[ARTICLE_FIELDS..].copy_from_slice(frequencies);
            entry.1 = *score;
        }
        let mut number = 0;
        let posting = |(unit, (frequencies, score))| {
            number = index.article_of(unit, number);
            let article = crate::articles::<A>()[to_usize(number)];
            let at = to_usize(unit - index.first_unit(number));
            let section = at.checked_sub(1).map(|at| &article.sections()[at]);
            Posting { article, section, frequencies, score }
        };
        units.into_iter().map(posting).collect()
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
    /// In title, keywords, description, questions, heading and text.
    frequencies: [u32; FIELDS],
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
            .field("frequencies", &self.frequencies)
            .field("score", &self.score)
            .finish()
    }
}

impl<A: Almanac> PartialEq for Posting<A> {
    fn eq(&self, other: &Posting<A>) -> bool {
        (self.article, self.section, self.frequencies, self.score)
            == (other.article, other.section, other.frequencies, other.score)
    }
}

impl<A: Almanac> Posting<A> {
    /// Returns the article that has the word.
    ///
    /// ```
    /// let posting = &ai_almanac::words().next().unwrap().postings()[0];
    /// println!("{}", posting.article());
    /// ```
    #[must_use]
    pub fn article(&self) -> &'static Article<A> {
        self.article
    }

    /// Returns the section that has the word; `None` for what stands before the first.
    ///
    /// ```
    /// let word = ai_almanac::words().find(|word| word.form() == "perceptron").unwrap();
    /// assert!(word.postings().iter().any(|posting| posting.section().is_none()));
    /// ```
    #[must_use]
    pub fn section(&self) -> Option<&'static Section<A>> {
        self.section
    }

    /// Returns how many times the article's title has the word, in any form.
    ///
    /// ```
    /// let word = ai_almanac::words().find(|word| word.form() == "huawei").unwrap();
    /// assert!(word.postings().iter().any(|posting| posting.in_title() == 1));
    /// ```
    #[must_use]
    pub fn in_title(&self) -> u32 {
        self.frequencies[0]
    }

    /// Returns how many times the article's keywords have the word, in any form.
    ///
    /// ```
    /// let word = ai_almanac::words().find(|word| word.form() == "kirin").unwrap();
    /// assert!(word.postings().iter().any(|posting| posting.in_keywords() == 1));
    /// ```
    #[must_use]
    pub fn in_keywords(&self) -> u32 {
        self.frequencies[1]
    }

    /// Returns how many times the article's description has the word, in any form.
    ///
    /// ```
    /// let word = ai_almanac::words().find(|word| word.form() == "phones").unwrap();
    /// assert!(word.postings().iter().any(|posting| posting.in_description() == 1));
    /// ```
    #[must_use]
    pub fn in_description(&self) -> u32 {
        self.frequencies[2]
    }

    /// Returns how many times the article's questions have the word, in any form.
    ///
    /// ```
    /// let words = ai_almanac::words();
    /// let postings = words.flat_map(|word| word.postings());
    /// for posting in postings.filter(|posting| posting.in_questions() > 0) {
    ///     assert!(!posting.article().questions().is_empty());
    /// }
    /// ```
    #[must_use]
    pub fn in_questions(&self) -> u32 {
        self.frequencies[3]
    }

    /// Returns how many times the section's heading has the word, in any form; the heading of a
    /// lead is the article's title.
    ///
    /// ```
    /// let word = ai_almanac::words().find(|word| word.form() == "timeline").unwrap();
    /// assert!(word.postings().iter().any(|posting| posting.in_heading() == 1));
    /// ```
    #[must_use]
    pub fn in_heading(&self) -> u32 {
        self.frequencies[4]
    }

    /// Returns how many times the text of the lead or section has the word, in any form.
    ///
    /// ```
    /// let word = ai_almanac::words().find(|word| word.form() == "chips").unwrap();
    /// assert!(word.postings().iter().any(|posting| posting.in_text() > 3));
    /// ```
    #[must_use]
    pub fn in_text(&self) -> u32 {
        self.frequencies[5]
    }

    /// Returns the score of the word alone: above 0.
    ///
    /// The score that [`search`](fn@crate::search) gives is the sum of its words', weighted by what
    /// the section is for and by 0.5 + 0.5 × the share of the query that the section has. In this
    /// share a word that stands in `n` of `N` leads and sections weighs
    /// 1 + ln(1 + (`N` − `n` + 0.5) / (`n` + 0.5)). Of the words that an unfinished or mistyped one
    /// may mean the best counts, the former 0.7 and the latter 0.8 of what it would if it were as
    /// rare as all of them together.
    ///
    /// ```
    /// let word = ai_almanac::words().find(|word| word.form() == "kirin").unwrap();
    /// let best = word.postings().iter().map(|posting| posting.score()).fold(0.0, f32::max);
    /// assert!((ai_almanac::search("kirin ").next().unwrap().score() - best).abs() < 1e-4);
    /// ```
    #[must_use]
    pub fn score(&self) -> f32 {
        self.score
    }
}
