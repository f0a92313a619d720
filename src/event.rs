use core::fmt;

use crate::layout::event as column;
use crate::table::{self, Row};
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
    row: Row<{ 4 * column::WIDTH }>,
}

table::table! {
    /// All events, from the bytes that the compiler wrote.
    table, Event, column::WIDTH
}

impl Event {
    /// The article whose timeline lists it.
    ///
    /// ```
    /// use ai_almanac::companies::HUAWEI;
    /// assert_eq!(HUAWEI.events()[0].article(), &HUAWEI);
    /// ```
    #[must_use]
    #[inline]
    pub const fn article(&self) -> &'static Article {
        crate::lookup::article(self.row.number(column::ARTICLE))
    }

    /// The section that lists it.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.events()[0].section().title(), "Timeline");
    /// ```
    #[must_use]
    #[inline]
    pub const fn section(&self) -> &'static Section {
        &crate::__SECTIONS[self.row.number(column::SECTION) as usize]
    }

    /// When it happened, as exactly as the sources say.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.events()[0].date().to_string(), "1987");
    /// ```
    #[must_use]
    #[inline]
    pub const fn date(&self) -> Date {
        Date::from_number(self.row.number(column::DATE))
    }

    /// What happened, as plain text without the date.
    ///
    /// ```
    /// assert!(!ai_almanac::companies::HUAWEI.events()[0].text().is_empty());
    /// ```
    #[must_use]
    #[inline]
    pub const fn text(&self) -> &'static str {
        self.row.string(column::TEXT)
    }

    /// The sources that the item cites, in order of citation.
    ///
    /// ```
    /// assert!(!ai_almanac::companies::HUAWEI.events()[0].sources().is_empty());
    /// ```
    #[must_use]
    #[inline]
    pub const fn sources(&self) -> &'static [&'static Source] {
        table::part(&crate::__CITED, self.row.span(column::SOURCES))
    }
}

impl fmt::Display for Event {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.date(), self.text())
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Event")
            .field("article", &self.article().id)
            .field("date", &self.date())
            .field("text", &self.text())
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
