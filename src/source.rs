use core::fmt;
use core::hash::{Hash, Hasher};

use crate::{Article, Link, Section};

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
    /// The number of its article.
    pub(crate) article: u32,
    pub(crate) number: u32,
    pub(crate) text: &'static str,
    /// The number of its first link plus one; 0 for none.
    pub(crate) link: u32,
    pub(crate) sections: &'static [&'static Section],
}

impl Source {
    /// The article that cites it.
    ///
    /// ```
    /// use ai_almanac::companies::HUAWEI;
    /// assert_eq!(HUAWEI.sources()[0].article(), &HUAWEI);
    /// ```
    #[must_use]
    pub const fn article(&self) -> &'static Article {
        crate::lookup::article(self.article)
    }

    /// The number of the footnote as a reader sees it, from 1 in order of first citation.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.sources()[1].number(), 2);
    /// ```
    #[must_use]
    pub const fn number(&self) -> u32 {
        self.number
    }

    /// What the footnote says, as plain text.
    ///
    /// ```
    /// assert!(!ai_almanac::companies::HUAWEI.sources()[0].text().is_empty());
    /// ```
    #[must_use]
    pub const fn text(&self) -> &'static str {
        self.text
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
    pub const fn link(&self) -> Option<&'static Link> {
        match self.link {
            0 => None,
            link => Some(&self.article().links[link as usize - 1]),
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
    pub const fn sections(&self) -> &'static [&'static Section] {
        self.sections
    }
}

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.text)
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Source")
            .field("article", &self.article().id)
            .field("number", &self.number)
            .field("text", &self.text)
            .finish_non_exhaustive()
    }
}

impl PartialEq for Source {
    fn eq(&self, other: &Source) -> bool {
        self.article == other.article && self.number == other.number
    }
}

impl Eq for Source {}

impl Hash for Source {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.article.hash(state);
        self.number.hash(state);
    }
}
