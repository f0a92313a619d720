use core::fmt;
use core::hash::{Hash, Hasher};

use crate::layout::source as column;
use crate::table::{self, Row};
use crate::{Article, Link, Section, Target};

/// Something that an article rests on: one of its footnotes.
///
/// Equality and hash are those of the article and the number; it displays as its text.
///
/// ```
/// let source = &ai_almanac::companies::HUAWEI.sources()[0];
/// assert_eq!(source.number(), 1);
/// println!("[{}] {source}", source.number());
/// ```
pub struct Source {
    row: Row<{ 4 * column::WIDTH }>,
}

table::table! {
    /// All sources, from the bytes that the compiler wrote.
    table, Source, column::WIDTH
}

impl Source {
    /// The article that cites it.
    ///
    /// ```
    /// use ai_almanac::companies::HUAWEI;
    /// assert_eq!(HUAWEI.sources()[0].article(), &HUAWEI);
    /// ```
    #[must_use]
    #[inline]
    pub const fn article(&self) -> &'static Article {
        crate::lookup::article(self.row.number(column::ARTICLE))
    }

    /// The number of the footnote as a reader sees it, from 1 in order of first citation.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.sources()[1].number(), 2);
    /// ```
    #[must_use]
    #[inline]
    pub const fn number(&self) -> u32 {
        self.row.number(column::NUMBER)
    }

    /// What the footnote says, as plain text.
    ///
    /// ```
    /// assert!(!ai_almanac::companies::HUAWEI.sources()[0].text().is_empty());
    /// ```
    #[must_use]
    #[inline]
    pub const fn text(&self) -> &'static str {
        self.row.string(column::TEXT)
    }

    /// The first link of the footnote; `None` without one.
    ///
    /// ```
    /// use ai_almanac::Target;
    ///
    /// let link = ai_almanac::companies::HUAWEI.sources()[0].link().unwrap();
    /// assert!(matches!(link.target(), Target::Web(_)));
    /// ```
    #[must_use]
    #[inline]
    pub const fn link(&self) -> Option<&'static Link> {
        table::row(&crate::__LINKS, self.row.number(column::LINK))
    }

    /// The web address that the footnote's first link leads to; `None` without a link, or if it leads elsewhere.
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

    /// The sections that cite it, in document order; a citation in the lead is in no section.
    ///
    /// ```
    /// for section in ai_almanac::companies::HUAWEI.sources()[0].sections() {
    ///     println!("cited in {section}");
    /// }
    /// ```
    #[must_use]
    #[inline]
    pub const fn sections(&self) -> &'static [&'static Section] {
        table::part(&crate::__CITING, self.row.span(column::SECTIONS))
    }
}

impl Source {
    /// The numbers of its article and in it.
    fn place(&self) -> [u32; 2] {
        [self.row.number(column::ARTICLE), self.row.number(column::NUMBER)]
    }
}

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.text())
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Source")
            .field("article", &self.article().id)
            .field("number", &self.number())
            .field("text", &self.text())
            .finish_non_exhaustive()
    }
}

impl PartialEq for Source {
    fn eq(&self, other: &Source) -> bool {
        self.place() == other.place()
    }
}

impl Eq for Source {}

impl Hash for Source {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.place().hash(state);
    }
}
