use core::fmt;

use crate::{Almanac, Article};

/// A name in a table that leads to an article if there is one about it.
///
/// ```
/// use ai_almanac::{Value, companies};
///
/// let models = ai_almanac::tables().iter().find(|table| table.key() == "models").unwrap();
/// let maker = models.records().find(|record| record.name() == "GPT-3").unwrap().fact("maker");
/// let Some(Value::Mention(maker)) = maker.map(|fact| fact.value()) else { panic!() };
/// assert_eq!((maker.to_string(), maker.article()), ("OpenAI".into(), Some(&companies::OPENAI)));
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
    ///
    /// ```
    /// let gpt = ai_almanac::models().iter().find(|model| model.name() == "GPT-3").unwrap();
    /// assert_eq!(gpt.maker().text(), "OpenAI");
    /// ```
    #[must_use]
    pub const fn text(&self) -> &'static str {
        self.text
    }

    /// Returns the article that the name leads to; `None` if it is only a name.
    ///
    /// ```
    /// let gpt = ai_almanac::models().iter().find(|model| model.name() == "GPT-3").unwrap();
    /// assert_eq!(gpt.maker().article().unwrap().id(), "companies/openai");
    /// ```
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
