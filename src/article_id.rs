use core::fmt;
use core::ops::Deref;
use core::str::FromStr;

use crate::Article;

/// A reference to an article that is stored as its [id](Article::id) and read back by lookup.
///
/// With the feature `serde` it is written as the id; an id that doesn't exist is an error that names it and the nearest one.
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
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ArticleId(&'static Article);

impl ArticleId {
    /// The article; works in `const`.
    ///
    /// ```
    /// use ai_almanac::{ArticleId, companies::HUAWEI};
    /// assert_eq!(ArticleId::from(&HUAWEI).article(), &HUAWEI);
    /// ```
    #[must_use]
    pub const fn article(self) -> &'static Article {
        self.0
    }
}

impl From<&'static Article> for ArticleId {
    fn from(article: &'static Article) -> ArticleId {
        ArticleId(article)
    }
}

impl Deref for ArticleId {
    type Target = Article;

    fn deref(&self) -> &Article {
        self.0
    }
}

impl AsRef<Article> for ArticleId {
    fn as_ref(&self) -> &Article {
        self.0
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.0.id)
    }
}

impl fmt::Debug for ArticleId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("ArticleId").field(&self.0.id).finish()
    }
}

impl PartialOrd for ArticleId {
    fn partial_cmp(&self, other: &ArticleId) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// By id, not by sidebar order.
impl Ord for ArticleId {
    fn cmp(&self, other: &ArticleId) -> core::cmp::Ordering {
        self.0.id.cmp(other.0.id)
    }
}

impl FromStr for ArticleId {
    type Err = UnknownArticle;

    fn from_str(id: &str) -> Result<ArticleId, UnknownArticle> {
        crate::get(id).map(ArticleId).ok_or_else(|| UnknownArticle { nearest: crate::nearest(id).next() })
    }
}

/// No article has that id.
///
/// ```
/// use ai_almanac::ArticleId;
///
/// let error = "companies/huawie".parse::<ArticleId>().unwrap_err();
/// assert_eq!(error.to_string(), "no article has that id; did you mean `companies/huawei`?");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UnknownArticle {
    nearest: Option<&'static Article>,
}

impl UnknownArticle {
    /// The article with the nearest id; `None` when none is near.
    ///
    /// ```
    /// use ai_almanac::{ArticleId, companies::HUAWEI};
    ///
    /// let error = "companies/huawie".parse::<ArticleId>().unwrap_err();
    /// assert_eq!(error.nearest(), Some(&HUAWEI));
    /// ```
    #[must_use]
    pub const fn nearest(self) -> Option<&'static Article> {
        self.nearest
    }
}

impl fmt::Display for UnknownArticle {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("no article has that id")?;
        match self.nearest {
            Some(article) => write!(formatter, "; did you mean `{}`?", article.id),
            None => Ok(()),
        }
    }
}

impl core::error::Error for UnknownArticle {}
