use core::cmp::Ordering;
use core::fmt;

/// A number with a unit, as a table has it: `70 B` parameters, `3.35 TB/s`.
///
/// It compares by its value (quantities of one field have one unit) and displays as it was written.
///
/// ```
/// let gpt = ai_almanac::models().iter().find(|model| model.name() == "GPT-3").unwrap();
/// let size = gpt.parameters().unwrap();
/// assert_eq!(size.to_string(), "175 B");
/// assert_eq!((size.value(), size.unit()), (1.75e11, "parameters"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Quantity {
    value: f64,
    unit: &'static str,
    text: &'static str,
}

impl Quantity {
    pub(crate) const fn new(value: f64, unit: &'static str, text: &'static str) -> Quantity {
        Quantity { value, unit, text }
    }

    /// Returns the value in the [unit](Quantity::unit), its prefix multiplied out.
    ///
    /// ```
    /// let gpt = ai_almanac::models().iter().find(|model| model.name() == "GPT-3").unwrap();
    /// assert_eq!(gpt.parameters().unwrap().value(), 1.75e11);
    /// ```
    #[must_use]
    pub const fn value(&self) -> f64 {
        self.value
    }

    /// Returns the unit of the schema, without a prefix.
    ///
    /// ```
    /// let gpt = ai_almanac::models().iter().find(|model| model.name() == "GPT-3").unwrap();
    /// assert_eq!(gpt.parameters().unwrap().unit(), "parameters");
    /// ```
    #[must_use]
    pub const fn unit(&self) -> &'static str {
        self.unit
    }

    /// Returns the quantity as it was written.
    ///
    /// ```
    /// let gpt = ai_almanac::models().iter().find(|model| model.name() == "GPT-3").unwrap();
    /// assert_eq!(gpt.parameters().unwrap().text(), "175 B");
    /// ```
    #[must_use]
    pub const fn text(&self) -> &'static str {
        self.text
    }
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Quantity) -> bool {
        self.value == other.value
    }
}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Quantity) -> Option<Ordering> {
        self.value.partial_cmp(&other.value)
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.text)
    }
}
