use core::fmt;

use crate::{Article, Date, Section, Source};

/// Something that happened: an item of an article's timeline.
///
/// Two events are equal when they are the same item of the same article; it displays as its date and text.
///
/// ```
/// let event = &ai_almanac::companies::HUAWEI.events()[0];
/// assert!(event.to_string().starts_with("1987: "));
/// ```
pub struct Event {
    /// The number of its article.
    pub(crate) article: u32,
    /// The number of its section.
    pub(crate) section: u32,
    pub(crate) date: Date,
    pub(crate) text: &'static str,
    pub(crate) sources: &'static [&'static Source],
}

impl Event {
    /// The article whose timeline lists it.
    ///
    /// ```
    /// use ai_almanac::companies::HUAWEI;
    /// assert_eq!(HUAWEI.events()[0].article(), &HUAWEI);
    /// ```
    #[must_use]
    pub const fn article(&self) -> &'static Article {
        crate::lookup::article(self.article)
    }

    /// The section that lists it.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.events()[0].section().title(), "Timeline");
    /// ```
    #[must_use]
    pub const fn section(&self) -> &'static Section {
        &self.article().sections[self.section as usize]
    }

    /// When it happened, as exactly as the sources say.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.events()[0].date().to_string(), "1987");
    /// ```
    #[must_use]
    pub const fn date(&self) -> Date {
        self.date
    }

    /// What happened, as plain text without the date.
    ///
    /// ```
    /// assert!(!ai_almanac::companies::HUAWEI.events()[0].text().is_empty());
    /// ```
    #[must_use]
    pub const fn text(&self) -> &'static str {
        self.text
    }

    /// The sources that the item cites, in order of citation.
    ///
    /// ```
    /// assert!(!ai_almanac::companies::HUAWEI.events()[0].sources().is_empty());
    /// ```
    #[must_use]
    pub const fn sources(&self) -> &'static [&'static Source] {
        self.sources
    }
}

impl fmt::Display for Event {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.date, self.text)
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Event")
            .field("article", &self.article().id)
            .field("date", &self.date)
            .field("text", &self.text)
            .finish_non_exhaustive()
    }
}

impl PartialEq for Event {
    fn eq(&self, other: &Event) -> bool {
        core::ptr::eq(self, other)
    }
}

impl Eq for Event {}

impl core::hash::Hash for Event {
    fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
        core::ptr::hash(self, state);
    }
}
