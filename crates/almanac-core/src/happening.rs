use core::fmt;
use core::marker::PhantomData;

use crate::layout::happening as column;
use crate::table::{self, Row};
use crate::{Almanac, Date, Event};

/// Something that happened, told once: all events of listed articles that carry one id, or a single
/// event without an id.
///
/// It displays as its date and its text.
///
/// ```
/// for happening in ai_almanac::happenings() {
///     println!("{happening}");
///     for event in happening.events() {
///         println!("  {}", event.article());
///     }
/// }
/// ```
pub struct Happening<A: Almanac> {
    pub(crate) row: Row<{ 4 * column::WIDTH }>,
    pub(crate) almanac: PhantomData<fn() -> A>,
}

table::row_type!(Happening, column, table);

impl<A: Almanac> Happening<A> {
    /// Returns the id that the events carry: `chatgpt-released` for `<!-- #chatgpt-released -->`.
    /// `None` for an event without one.
    ///
    /// ```
    /// use ai_almanac::happenings;
    ///
    /// let id = Some("chatgpt-released");
    /// let named = happenings().iter().find(|happening| happening.id() == id);
    /// ```
    #[must_use]
    #[inline]
    pub const fn id(&self) -> Option<&'static str> {
        let id = self.row.str_at::<A>(column::ID);
        if id.is_empty() { None } else { Some(id) }
    }

    /// Returns the date: the most exact one of the events, which agree as far as they go.
    ///
    /// ```
    /// let happening = &ai_almanac::happenings()[0];
    /// assert_eq!(happening.date(), happening.events()[0].date());
    /// ```
    #[must_use]
    #[inline]
    pub const fn date(&self) -> Date {
        Date::unpacked(self.row.u32_at(column::DATE))
    }

    /// Returns the events that tell it, in sidebar order; at least one, and one for an article.
    ///
    /// ```
    /// for happening in ai_almanac::happenings() {
    ///     assert!(!happening.events().is_empty());
    /// }
    /// ```
    #[must_use]
    #[inline]
    pub const fn events(&self) -> &'static [&'static Event<A>] {
        table::part(A::TELLING, self.row.span_at(column::EVENTS))
    }

    /// Returns the event to show where there is room for one: the first that has the
    /// [date](Happening::date).
    ///
    /// ```
    /// let happening = &ai_almanac::happenings()[0];
    /// assert_eq!(happening.event().date(), happening.date());
    /// ```
    #[must_use]
    pub const fn event(&self) -> &'static Event<A> {
        let mut events = self.events();
        while let [event, rest @ ..] = events {
            if event.date().packed() == self.date().packed() {
                return event;
            }
            events = rest;
        }
        panic!("the date is that of an event")
    }

    /// Returns what happened, in the words of that [event](Happening::event).
    ///
    /// ```
    /// for happening in ai_almanac::happenings() {
    ///     println!("{}: {}", happening.date(), happening.text());
    /// }
    /// ```
    #[must_use]
    #[inline]
    pub const fn text(&self) -> &'static str {
        self.event().text()
    }
}

impl<A: Almanac> fmt::Display for Happening<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.date(), self.text())
    }
}

impl<A: Almanac> fmt::Debug for Happening<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Happening")
            .field("id", &self.id())
            .field("date", &self.date())
            .field("events", &self.events())
            .finish()
    }
}
