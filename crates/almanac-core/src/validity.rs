//! From when to when something is so.

use crate::Date;

/// Tells whether something that begins and ends on dates was so at some time of another date.
///
/// A date without a day or a month is a period: from its first day to its last. A missing end is
/// open; without a beginning nothing is known, and the answer is `false`.
#[doc(hidden)]
#[must_use]
pub const fn valid_on(from: Option<Date>, until: Option<Date>, date: Date) -> bool {
    let Some(from) = from else { return false };
    let begun = first_day(from) <= last_day(date);
    match until {
        Some(until) => begun && first_day(date) <= last_day(until),
        None => begun,
    }
}

const fn first_day(date: Date) -> u32 {
    let month = match date.month() {
        Some(month) => month,
        None => 1,
    };
    let day = match date.day() {
        Some(day) => day,
        None => 1,
    };
    Date::new(date.year(), month, day).packed()
}

const fn last_day(date: Date) -> u32 {
    let month = match date.month() {
        Some(month) => month,
        None => 12,
    };
    let day = match date.day() {
        Some(day) => day,
        None => 31,
    };
    Date::new(date.year(), month, day).packed()
}
