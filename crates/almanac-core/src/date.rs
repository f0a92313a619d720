//! Dates: of events, of updates, of lives. The compiler reads them with the same code.

use core::fmt;
use core::str::FromStr;

/// A date of the Gregorian calendar: a year, perhaps its month, perhaps its day.
///
/// Dates order by time; a year stands before its months and a month before its days. The texts of
/// the articles say how exactly a date is known: `1987` is some day of that year.
///
/// ```
/// use ai_almanac::Date;
///
/// let date: Date = "2017-06".parse()?;
/// assert_eq!((date.year(), date.month(), date.day()), (2017, Some(6), None));
/// assert!(date < "2017-06-12".parse()?);
/// assert_eq!(date.to_string(), "2017-06");
/// # Ok::<(), ai_almanac::InvalidDate>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    /// 0 is none.
    month: u8,
    day: u8,
}

impl Date {
    /// Makes a date from what the compiler has checked; 0 for no month or no day.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(year: u16, month: u8, day: u8) -> Date {
        Date { year, month, day }
    }

    /// Returns the date as one integer, which orders as dates do.
    #[doc(hidden)]
    #[must_use]
    pub const fn packed(self) -> u32 {
        (self.year as u32) << 16 | (self.month as u32) << 8 | self.day as u32
    }

    /// Returns the date of a [`packed`](Date::packed) integer.
    #[inline]
    pub(crate) const fn unpacked(packed: u32) -> Date {
        let [day, month, low, high] = packed.to_le_bytes();
        Date { year: u16::from_le_bytes([low, high]), month, day }
    }

    /// Returns the year, 0 to 9999.
    ///
    /// ```
    /// # use ai_almanac::Date;
    /// assert_eq!("1956".parse::<Date>()?.year(), 1956);
    /// # Ok::<(), ai_almanac::InvalidDate>(())
    /// ```
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// Returns the month, 1 to 12; `None` when only the year is known.
    ///
    /// ```
    /// # use ai_almanac::Date;
    /// assert_eq!("1956-07".parse::<Date>()?.month(), Some(7));
    /// # Ok::<(), ai_almanac::InvalidDate>(())
    /// ```
    #[must_use]
    pub const fn month(self) -> Option<u8> {
        if self.month == 0 { None } else { Some(self.month) }
    }

    /// Returns the day of the month, 1 to 31; `None` when only the month or the year is known.
    ///
    /// ```
    /// # use ai_almanac::Date;
    /// assert_eq!("1956-07".parse::<Date>()?.day(), None);
    /// # Ok::<(), ai_almanac::InvalidDate>(())
    /// ```
    #[must_use]
    pub const fn day(self) -> Option<u8> {
        if self.day == 0 { None } else { Some(self.day) }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}", self.year)?;
        for part in [self.month(), self.day()].into_iter().flatten() {
            write!(formatter, "-{part:02}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// The error for a text that is no [`Date`].
///
/// ```
/// use ai_almanac::Date;
///
/// let error = "2023-02-29".parse::<Date>().unwrap_err();
/// assert_eq!(error.to_string(), "that month has 28 days");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct InvalidDate {
    fault: Fault,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Fault {
    Shape,
    Month,
    Day(u8),
}

impl fmt::Display for InvalidDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.fault {
            Fault::Shape => formatter.write_str("not a date: write 2019-08-23, 2019-08 or 2019"),
            Fault::Month => formatter.write_str("a year has months 01 to 12"),
            Fault::Day(days) => write!(formatter, "that month has {days} days"),
        }
    }
}

impl core::error::Error for InvalidDate {}

impl FromStr for Date {
    type Err = InvalidDate;

    /// Reads `2019-08-23`, `2019-08` or `2019`.
    fn from_str(text: &str) -> Result<Date, InvalidDate> {
        let fault = |fault| InvalidDate { fault };
        let is_number = |part: &str, width| {
            part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        let two_digits = |part: Option<&str>| match part {
            None => Ok(0),
            Some(part) if is_number(part, 2) => part.parse().map_err(|_| fault(Fault::Shape)),
            Some(_) => Err(fault(Fault::Shape)),
        };
        let mut parts = text.split('-');
        let year = parts.next().filter(|part| is_number(part, 4)).ok_or(fault(Fault::Shape))?;
        let year = year.parse().map_err(|_| fault(Fault::Shape))?;
        let (month, day) = (parts.next(), parts.next());
        if parts.next().is_some() {
            return Err(fault(Fault::Shape));
        }
        let date = Date { year, month: two_digits(month)?, day: two_digits(day)? };
        if month.is_some() && !(1..=12).contains(&date.month) {
            return Err(fault(Fault::Month));
        }
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match date.month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        if day.is_some() && !(1..=days).contains(&date.day) {
            return Err(fault(Fault::Day(days)));
        }
        Ok(date)
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::Date;
    use std::string::ToString;

    #[test]
    fn only_dates_of_the_calendar() {
        for good in ["2019-08-23", "2019-08", "2019", "2000-02-29", "2024-02-29", "0001-01-01"] {
            assert_eq!(good.parse::<Date>().unwrap().to_string(), good);
        }
        for bad in [
            "",
            "19",
            "2019-8",
            "2019-13",
            "2019-00",
            "2019-00-01",
            "2019-02-29",
            "1900-02-29",
            "2019-04-31",
            "2019-08-23-1",
            "+201",
            "２０１９",
        ] {
            assert!(bad.parse::<Date>().is_err(), "{bad}");
        }
    }

    #[test]
    fn ordered_by_time() {
        let mut dates = ["2019-08-23", "2019", "2020", "2019-08", "2019-01-31"]
            .map(|date| date.parse::<Date>().unwrap());
        dates.sort();
        assert_eq!(
            dates.map(|date| date.to_string()),
            ["2019", "2019-01-31", "2019-08", "2019-08-23", "2020"]
        );
    }
}
