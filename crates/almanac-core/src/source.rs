use core::fmt;
use core::marker::PhantomData;

use crate::layout::source as column;
use crate::table::{self, Row};
use crate::{Almanac, Link, Section, Target};

/// A source cited by an article: one of its footnotes.
///
/// Equality and hash are those of the article and the number; it displays as its text.
///
/// ```
/// let source = &ai_almanac::companies::HUAWEI.sources()[0];
/// assert_eq!(source.number(), 1);
/// println!("[{}] {source}", source.number());
/// ```
pub struct Source<A: Almanac> {
    pub(crate) row: Row<{ 4 * column::WIDTH }>,
    pub(crate) almanac: PhantomData<fn() -> A>,
}

table::row_type!(Source, column, table);

table::place! {
    Source, column,
    /// Returns the article that cites it.
    ///
    /// ```
    /// use ai_almanac::companies::HUAWEI;
    /// assert_eq!(HUAWEI.sources()[0].article(), &HUAWEI);
    /// ```
    article
}

impl<A: Almanac> Source<A> {
    /// Returns the number of the footnote as a reader sees it, from 1 in order of first citation.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.sources()[1].number(), 2);
    /// ```
    #[must_use]
    #[inline]
    pub const fn number(&self) -> u32 {
        self.row.u32_at(column::FOOTNOTE)
    }

    /// Returns the text of the footnote, plain.
    ///
    /// ```
    /// assert!(!ai_almanac::companies::HUAWEI.sources()[0].text().is_empty());
    /// ```
    #[must_use]
    #[inline]
    pub const fn text(&self) -> &'static str {
        self.row.str_at::<A>(column::TEXT)
    }

    /// Returns the first link of the footnote; `None` without one.
    ///
    /// ```
    /// use ai_almanac::Target;
    ///
    /// let link = ai_almanac::companies::HUAWEI.sources()[0].link().unwrap();
    /// assert!(matches!(link.target(), Target::Web(_)));
    /// ```
    #[must_use]
    #[inline]
    pub const fn link(&self) -> Option<&'static Link<A>> {
        table::row(A::LINKS, self.row.u32_at(column::LINK))
    }

    /// Returns the web address that the footnote's first link leads to; `None` without a link, or
    /// if it leads elsewhere.
    ///
    /// ```
    /// assert!(ai_almanac::companies::HUAWEI.sources()[0].url().unwrap().starts_with("https://"));
    /// ```
    #[must_use]
    #[inline]
    pub const fn url(&self) -> Option<&'static str> {
        match self.link() {
            Some(link) => match link.target() {
                Target::Web(url) => Some(url),
                _ => None,
            },
            None => None,
        }
    }

    /// Returns the sections that cite it, in document order; a citation in the lead is in no
    /// section.
    ///
    /// ```
    /// for section in ai_almanac::companies::HUAWEI.sources()[0].sections() {
    ///     println!("cited in {section}");
    /// }
    /// ```
    #[must_use]
    #[inline]
    pub const fn sections(&self) -> &'static [&'static Section<A>] {
        table::part(A::CITING, self.row.span_at(column::SECTIONS))
    }
}

impl<A: Almanac> fmt::Display for Source<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.text())
    }
}

impl<A: Almanac> fmt::Debug for Source<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Source")
            .field("article", &self.article().id())
            .field("number", &self.number())
            .field("text", &self.text())
            .finish_non_exhaustive()
    }
}
