//! An article: what identifies it, its front matter, and its place among the others.

mod body;

use core::fmt;
use core::hash::{Hash, Hasher};
use core::marker::PhantomData;

use crate::layout::article as column;
use crate::payload::Span;
use crate::table::{self, Row};
use crate::{Almanac, Category, Date, Fact, Record, TypedRecord};

/// An article: one Markdown file, compiled.
///
/// There is one static for each, in a module for each folder of `content/`;
/// [`articles`](crate::articles) lists them, [`get`](crate::get) finds one. Equality and hash are
/// those of the [id](Article::id); it displays as its title.
///
/// ```
/// use ai_almanac::companies::HUAWEI;
///
/// assert_eq!(HUAWEI.title(), "Huawei");
/// for section in HUAWEI.sections() {
///     println!("{} {}", "#".repeat(section.level().into()), section.title());
/// }
/// ```
pub struct Article<A: Almanac> {
    pub(crate) fields: ArticleFields,
    almanac: PhantomData<fn() -> A>,
}

/// The texts of an article, as generated code writes them; its numbers are in its row.
#[allow(missing_docs)]
pub struct ArticleFields {
    /// Index of the row of the article.
    pub index: u32,
    pub id: &'static str,
    pub title: &'static str,
    pub heading: Option<&'static str>,
    pub sidebar_label: &'static str,
    pub description: &'static str,
    pub permalink: &'static str,
    pub source_path: &'static str,
    /// The tags, then the keywords, then the questions: one list costs one pointer.
    pub phrases: &'static [&'static str],
    pub image: Option<&'static str>,
    pub last_update_author: Option<&'static str>,
}

/// Makes the static of an article.
#[must_use]
pub const fn article<A: Almanac>(fields: ArticleFields) -> Article<A> {
    Article { fields, almanac: PhantomData }
}

/// The numbers of an article.
pub struct ArticleRow {
    row: Row<{ 4 * column::WIDTH }>,
}

table::table!(rows, ArticleRow, column::WIDTH);

impl<A: Almanac> Article<A> {
    #[inline]
    pub(crate) const fn row(&self) -> &'static Row<{ 4 * column::WIDTH }> {
        &A::ARTICLE_ROWS[self.fields.index as usize].row
    }

    /// Returns the id of the article: its folder and its name, as in `companies/huawei`. Unique,
    /// never empty.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.id(), "companies/huawei");
    /// ```
    #[must_use]
    #[inline]
    pub const fn id(&self) -> &'static str {
        self.fields.id
    }

    /// Returns the title: of the front matter, else the first heading, else the name. Never empty.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::NVIDIA.title(), "Nvidia");
    /// ```
    #[must_use]
    #[inline]
    pub const fn title(&self) -> &'static str {
        self.fields.title
    }

    /// Returns the heading that the article begins with (its H1) as plain text; `None` when it
    /// begins otherwise.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.heading(), Some("Huawei"));
    /// ```
    #[must_use]
    #[inline]
    pub const fn heading(&self) -> Option<&'static str> {
        self.fields.heading
    }

    /// Returns the title for a table of contents: `sidebar_label` of the front matter, else the
    /// title.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.sidebar_label(), "Huawei");
    /// ```
    #[must_use]
    #[inline]
    pub const fn sidebar_label(&self) -> &'static str {
        self.fields.sidebar_label
    }

    /// Returns one sentence about the article: `description` of the front matter, else its first
    /// line. Empty for an empty article.
    ///
    /// ```
    /// assert!(ai_almanac::companies::HUAWEI.description().ends_with('.'));
    /// ```
    #[must_use]
    #[inline]
    pub const fn description(&self) -> &'static str {
        self.fields.description
    }

    /// Returns the folder of the article; `None` at the root of the content.
    ///
    /// ```
    /// let category = ai_almanac::companies::HUAWEI.category().unwrap();
    /// assert_eq!(category.id(), "companies");
    /// ```
    #[must_use]
    #[inline]
    pub const fn category(&self) -> Option<&'static Category<A>> {
        table::row(A::CATEGORIES, self.row().u32_at(column::CATEGORY))
    }

    /// Returns the place among its siblings, lowest first: `sidebar_position` of the front matter,
    /// else the number before the file name. `None` puts the article behind those that have one.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.position(), Some(9.0));
    /// ```
    #[must_use]
    #[inline]
    pub const fn position(&self) -> Option<f64> {
        let bits = (self.row().u32_at(column::POSITION + 1) as u64) << 32
            | self.row().u32_at(column::POSITION) as u64;
        let position = f64::from_bits(bits);
        if position.is_nan() { None } else { Some(position) }
    }

    /// Returns the path of the article on a web site, beginning with `/`, not percent-encoded.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.permalink(), "/companies/huawei");
    /// ```
    #[must_use]
    #[inline]
    pub const fn permalink(&self) -> &'static str {
        self.fields.permalink
    }

    /// Returns the Markdown file inside the content folder, with `/` between its parts.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.source_path(), "companies/huawei.md");
    /// ```
    #[must_use]
    #[inline]
    pub const fn source_path(&self) -> &'static str {
        self.fields.source_path
    }

    /// Returns the labels of the article's tags, as the front matter lists them; often none.
    ///
    /// ```
    /// assert!(ai_almanac::companies::HUAWEI.tags().is_empty());
    /// ```
    #[must_use]
    #[inline]
    pub const fn tags(&self) -> &'static [&'static str] {
        let keywords = self.row().span_at(column::KEYWORDS);
        table::part(self.fields.phrases, Span { start: 0, end: keywords.start })
    }

    /// Returns words that one would search for to find the article, as the front matter lists them.
    ///
    /// ```
    /// assert!(ai_almanac::companies::HUAWEI.keywords().contains(&"Ascend"));
    /// ```
    #[must_use]
    #[inline]
    pub const fn keywords(&self) -> &'static [&'static str] {
        table::part(self.fields.phrases, self.row().span_at(column::KEYWORDS))
    }

    /// Returns questions that the article answers, in the words of somebody who doesn't know its
    /// terms, as the front matter lists them; often none.
    ///
    /// Search takes them for a field of its own.
    ///
    /// ```
    /// for question in ai_almanac::terms::HALLUCINATION.questions() {
    ///     println!("{question}");
    /// }
    /// ```
    #[must_use]
    #[inline]
    pub const fn questions(&self) -> &'static [&'static str] {
        let keywords = self.row().span_at(column::KEYWORDS);
        self.fields.phrases.split_at(keywords.end as usize).1
    }

    /// Returns the address of a picture for previews, as the front matter gives it; `None` without
    /// one.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.image(), None);
    /// ```
    #[must_use]
    #[inline]
    pub const fn image(&self) -> Option<&'static str> {
        self.fields.image
    }

    /// Returns the date on which the article was last updated, as its front matter says; `None` if
    /// it doesn't.
    ///
    /// ```
    /// assert!(ai_almanac::companies::HUAWEI.last_update().unwrap().year() >= 2026);
    /// ```
    #[must_use]
    #[inline]
    pub const fn last_update(&self) -> Option<Date> {
        self.row().date_at(column::LAST_UPDATE)
    }

    /// Returns who updated the article last, as its front matter says; `None` if it doesn't.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.last_update_author(), None);
    /// ```
    #[must_use]
    #[inline]
    pub const fn last_update_author(&self) -> Option<&'static str> {
        self.fields.last_update_author
    }

    /// Returns the date by which the facts of the article should be looked at again, as `review` of
    /// the front matter says; `None` if it doesn't.
    ///
    /// [`stale`](crate::stale) lists the articles that are due.
    ///
    /// ```
    /// for article in ai_almanac::articles() {
    ///     if let Some(date) = article.review_by() {
    ///         println!("{article}: {date}");
    ///     }
    /// }
    /// ```
    #[must_use]
    #[inline]
    pub const fn review_by(&self) -> Option<Date> {
        self.row().date_at(column::REVIEW)
    }

    /// Returns `true` if the article is unlisted: left out of lists, and reached only by
    /// [`get`](crate::get) and by links.
    ///
    /// ```
    /// assert!(ai_almanac::articles().iter().all(|article| !article.unlisted()));
    /// ```
    #[must_use]
    #[inline]
    pub const fn unlisted(&self) -> bool {
        self.row().u32_at(column::UNLISTED) == 1
    }

    /// Returns the facts of the front matter's `profile`, typed by the kind of thing that the
    /// article is about; `None` without one.
    ///
    /// ```
    /// use ai_almanac::{Profile, companies::HUAWEI};
    ///
    /// let Some(Profile::Company(company)) = HUAWEI.profile() else { panic!() };
    /// assert_eq!(company.country(), Some("CN"));
    /// ```
    #[must_use]
    #[inline]
    pub const fn profile(&self) -> Option<&'static A::Profile> {
        table::row(A::PROFILES, self.row().u32_at(column::PROFILE))
    }

    /// Returns the fields that the schema declares for articles; `()` without one.
    ///
    /// ```
    /// // This almanac declares none.
    /// assert_eq!(ai_almanac::companies::HUAWEI.fields(), &());
    /// ```
    #[must_use]
    #[inline]
    pub const fn fields(&self) -> &'static A::Fields {
        if A::FIELDS.len() == 1 { &A::FIELDS[0] } else { &A::FIELDS[self.fields.index as usize] }
    }

    /// Returns the records of one kind that stand in the article, in document order.
    ///
    /// ```
    /// use ai_almanac::Model;
    ///
    /// for article in ai_almanac::articles() {
    ///     for model in article.records::<Model>() {
    ///         assert_eq!(model.article(), *article);
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn records<R: TypedRecord<Almanac = A>>(&self) -> &'static [R] {
        let index = self.fields.index;
        let before = |row: &R| row.record().article_index() < index;
        let upto = |row: &R| row.record().article_index() <= index;
        let (start, end) = (R::TABLE.partition_point(before), R::TABLE.partition_point(upto));
        &R::TABLE[start..end]
    }

    /// Returns what the front matter says, typed by the schema: the facts of the profile, then the
    /// article's own fields.
    ///
    /// ```
    /// for fact in ai_almanac::companies::HUAWEI.facts() {
    ///     println!("{}: {}", fact.label(), fact.value());
    /// }
    /// # assert!(ai_almanac::companies::HUAWEI.facts().count() > 3);
    /// ```
    pub fn facts(&self) -> impl Iterator<Item = Fact<A>> + use<A> {
        let profile = self.profile_record().into_iter().flat_map(Record::facts);
        profile.chain(self.fields_record().into_iter().flat_map(Record::facts))
    }

    /// Returns the profile as a record; `None` without one.
    ///
    /// ```
    /// let record = ai_almanac::companies::HUAWEI.profile_record().unwrap();
    /// assert_eq!(record.kind().name(), "company");
    /// ```
    #[must_use]
    pub fn profile_record(&self) -> Option<&'static Record<A>> {
        self.profile().map(A::profile_record)
    }

    /// Returns the article's own fields as a record; `None` if the schema declares none.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.fields_record(), None);
    /// ```
    #[must_use]
    pub fn fields_record(&self) -> Option<&'static Record<A>> {
        A::fields_record(self.fields())
    }

    /// Returns the article before this one in sidebar order, or the one that the front matter
    /// names; `None` for the first.
    ///
    /// ```
    /// assert_eq!(ai_almanac::articles()[0].previous(), None);
    /// ```
    #[must_use]
    #[inline]
    pub const fn previous(&self) -> Option<&'static Article<A>> {
        crate::lookup::neighbour::<A>(self.row().u32_at(column::PREVIOUS))
    }

    /// Returns the article behind this one in sidebar order, or the one that the front matter
    /// names; `None` for the last.
    ///
    /// ```
    /// assert_eq!(ai_almanac::articles()[0].next(), Some(ai_almanac::articles()[1]));
    /// ```
    #[must_use]
    #[inline]
    pub const fn next(&self) -> Option<&'static Article<A>> {
        crate::lookup::neighbour::<A>(self.row().u32_at(column::NEXT))
    }
}

impl<A: Almanac> fmt::Display for Article<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.title())
    }
}

impl<A: Almanac> fmt::Debug for Article<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Article")
            .field("id", &self.id())
            .field("title", &self.title())
            .field("sections", &self.sections().len())
            .field("links", &self.links().len())
            .field("images", &self.images().len())
            .field("questions", &self.questions().len())
            .field("review", &self.review_by())
            .finish_non_exhaustive()
    }
}

impl<A: Almanac> PartialEq for Article<A> {
    fn eq(&self, other: &Article<A>) -> bool {
        self.id() == other.id()
    }
}

impl<A: Almanac> Eq for Article<A> {}

impl<A: Almanac> Hash for Article<A> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id().hash(state);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn rows_have_the_size_that_the_fingerprint_counts() {
        assert_eq!(size_of::<super::ArticleRow>(), 128);
    }
}
