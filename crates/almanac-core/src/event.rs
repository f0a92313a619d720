use core::fmt;
use core::marker::PhantomData;

use crate::layout::event as column;
use crate::table::{self, Row};
use crate::{Almanac, Date, Happening, Source};

/// Something that happened: an item of a list in a section titled `Timeline` that begins with a
/// bold date, `- **2019-08-23**: Ascend 910 is launched.` A year or a month is a date too.
///
/// Two events are equal when they are the same item of the same article; it displays as its date
/// and text.
///
/// ```
/// let event = &ai_almanac::companies::HUAWEI.events()[0];
/// assert!(event.to_string().starts_with("1987: "));
/// ```
pub struct Event<A: Almanac> {
    pub(crate) row: Row<{ 4 * column::WIDTH }>,
    pub(crate) almanac: PhantomData<fn() -> A>,
}

table::row_type!(Event, column, table);

table::place! {
    Event, column,
    /// Returns the article whose timeline lists it.
    ///
    /// ```
    /// use ai_almanac::companies::HUAWEI;
    /// assert_eq!(HUAWEI.events()[0].article(), &HUAWEI);
    /// ```
    article,
    /// Returns the section that lists it.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.events()[0].section().title(), "Timeline");
    /// ```
    section
}

impl<A: Almanac> Event<A> {
    /// Returns the date, as exactly as the sources say.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.events()[0].date().to_string(), "1987");
    /// ```
    #[must_use]
    #[inline]
    pub const fn date(&self) -> Date {
        Date::unpacked(self.row.u32_at(column::DATE))
    }

    /// Returns the text of the event: plain, without the date.
    ///
    /// ```
    /// assert!(!ai_almanac::companies::HUAWEI.events()[0].text().is_empty());
    /// ```
    #[must_use]
    #[inline]
    pub const fn text(&self) -> &'static str {
        self.row.str_at::<A>(column::TEXT)
    }

    /// Returns the sources that the item cites, in order of citation.
    ///
    /// ```
    /// assert!(!ai_almanac::companies::HUAWEI.events()[0].sources().is_empty());
    /// ```
    #[must_use]
    #[inline]
    pub const fn sources(&self) -> &'static [&'static Source<A>] {
        table::part(A::CITED, self.row.span_at(column::SOURCES))
    }

    /// Returns the happening that the event tells, perhaps with events of other articles; `None` in
    /// an unlisted article.
    ///
    /// ```
    /// let event = &ai_almanac::companies::HUAWEI.events()[0];
    /// assert!(event.happening().unwrap().events().contains(&event));
    /// ```
    #[must_use]
    #[inline]
    pub const fn happening(&self) -> Option<&'static Happening<A>> {
        table::row(A::HAPPENINGS, self.row.u32_at(column::HAPPENING))
    }
}

impl<A: Almanac> fmt::Display for Event<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.date(), self.text())
    }
}

impl<A: Almanac> fmt::Debug for Event<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Event")
            .field("article", &self.article().id())
            .field("date", &self.date())
            .field("text", &self.text())
            .field("happening", &self.happening().and_then(Happening::id))
            .finish_non_exhaustive()
    }
}
