use core::fmt;

use crate::{Almanac, Article};

/// A name in a table that leads to an article if there is one about it.
///
/// ```
/// use ai_almanac::Value;
///
/// for record in ai_almanac::tables()[0].records().take(5) {
///     if let Some(Value::Mention(maker)) = record.fact("maker").map(|fact| fact.value()) {
///         println!("{record} by {maker} ({:?})", maker.article());
///     }
/// }
/// ```
pub struct Mention<A: Almanac> {
    text: &'static str,
    article: Option<&'static Article<A>>,
}

impl<A: Almanac> Mention<A> {
    pub(crate) const fn new(
        text: &'static str,
        article: Option<&'static Article<A>>,
    ) -> Mention<A> {
        Mention { text, article }
    }

    /// Returns the name as the table has it.
    #[must_use]
    pub const fn text(&self) -> &'static str {
        self.text
    }

    /// Returns the article that the name leads to; `None` if it is only a name.
    #[must_use]
    pub const fn article(&self) -> Option<&'static Article<A>> {
        self.article
    }
}

impl<A: Almanac> Clone for Mention<A> {
    fn clone(&self) -> Mention<A> {
        *self
    }
}

impl<A: Almanac> Copy for Mention<A> {}

impl<A: Almanac> PartialEq for Mention<A> {
    fn eq(&self, other: &Mention<A>) -> bool {
        (self.text, self.article) == (other.text, other.article)
    }
}

impl<A: Almanac> Eq for Mention<A> {}

impl<A: Almanac> fmt::Display for Mention<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.text)
    }
}

impl<A: Almanac> fmt::Debug for Mention<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Mention")
            .field("text", &self.text)
            .field("article", &self.article.map(Article::id))
            .finish()
    }
}
