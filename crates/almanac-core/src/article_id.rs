use core::fmt;
use core::ops::Deref;
use core::str::FromStr;

use crate::macros::reference_struct;
use crate::{Almanac, Article};

/// A reference to an article that is stored as its [id](Article::id) and read back by lookup.
///
/// With the feature `serde` it is written as the id; an id that doesn't exist is an error that
/// names it and the nearest one.
///
/// ```
/// use ai_almanac::{ArticleId, companies::HUAWEI};
///
/// let id = ArticleId::from(&HUAWEI);
/// assert_eq!(id.to_string(), "companies/huawei");
/// assert_eq!("companies/huawei".parse::<ArticleId>()?, id);
/// assert_eq!(id.title(), "Huawei"); // derefs to the article
/// # Ok::<(), ai_almanac::UnknownArticle>(())
/// ```
pub struct ArticleId<A: Almanac>(&'static Article<A>);

impl<A: Almanac> ArticleId<A> {
    /// Returns the article.
    ///
    /// ```
    /// use ai_almanac::{ArticleId, companies::HUAWEI};
    /// assert_eq!(ArticleId::from(&HUAWEI).article(), &HUAWEI);
    /// ```
    #[must_use]
    pub const fn article(self) -> &'static Article<A> {
        self.0
    }
}

impl<A: Almanac> From<&'static Article<A>> for ArticleId<A> {
    fn from(article: &'static Article<A>) -> ArticleId<A> {
        ArticleId(article)
    }
}

impl<A: Almanac> Deref for ArticleId<A> {
    type Target = Article<A>;

    fn deref(&self) -> &Article<A> {
        self.0
    }
}

impl<A: Almanac> AsRef<Article<A>> for ArticleId<A> {
    fn as_ref(&self) -> &Article<A> {
        self.0
    }
}

impl<A: Almanac> fmt::Display for ArticleId<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.0.id())
    }
}

impl<A: Almanac> fmt::Debug for ArticleId<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("ArticleId").field(&self.0.id()).finish()
    }
}

impl<A: Almanac> PartialOrd for ArticleId<A> {
    fn partial_cmp(&self, other: &ArticleId<A>) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// By id, not by sidebar order.
impl<A: Almanac> Ord for ArticleId<A> {
    fn cmp(&self, other: &ArticleId<A>) -> core::cmp::Ordering {
        self.0.id().cmp(other.0.id())
    }
}

impl<A: Almanac> FromStr for ArticleId<A> {
    type Err = UnknownArticle<A>;

    fn from_str(id: &str) -> Result<ArticleId<A>, UnknownArticle<A>> {
        crate::get::<A>(id)
            .map(ArticleId)
            .ok_or_else(|| UnknownArticle { nearest: crate::nearest::<A>(id).next() })
    }
}

/// The error for an id that no article has.
///
/// ```
/// use ai_almanac::ArticleId;
///
/// let error = "companies/huawie".parse::<ArticleId>().unwrap_err();
/// assert_eq!(error.to_string(), "no article has that id; did you mean `companies/huawei`?");
/// ```
pub struct UnknownArticle<A: Almanac> {
    nearest: Option<&'static Article<A>>,
}

impl<A: Almanac> UnknownArticle<A> {
    /// Returns the article with the nearest id; `None` when none is near.
    ///
    /// ```
    /// use ai_almanac::{ArticleId, companies::HUAWEI};
    ///
    /// let error = "companies/huawie".parse::<ArticleId>().unwrap_err();
    /// assert_eq!(error.nearest(), Some(&HUAWEI));
    /// ```
    #[must_use]
    pub const fn nearest(self) -> Option<&'static Article<A>> {
        self.nearest
    }
}

impl<A: Almanac> fmt::Display for UnknownArticle<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("no article has that id")?;
        match self.nearest {
            Some(article) => write!(formatter, "; did you mean `{}`?", article.id()),
            None => Ok(()),
        }
    }
}

impl<A: Almanac> core::error::Error for UnknownArticle<A> {}

impl<A: Almanac> fmt::Debug for UnknownArticle<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("UnknownArticle").field("nearest", &self.nearest).finish()
    }
}

reference_struct!(ArticleId { 0 });
reference_struct!(UnknownArticle { nearest });
