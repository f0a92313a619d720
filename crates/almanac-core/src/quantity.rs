use core::cmp::Ordering;
use core::fmt;

/// A number with a unit, as a table has it: `70 B` parameters, `3.35 TB/s`.
///
/// It compares by its value (quantities of one field have one unit) and displays as it was written.
///
/// ```
/// use ai_almanac::Value;
///
/// let records = ai_almanac::tables().iter().flat_map(|table| table.records());
/// let quantities = records.flat_map(|record| {
///     record.facts().filter_map(|fact| match fact.value() {
///         Value::Quantity(quantity) => Some(quantity),
///         _ => None,
///     })
/// });
/// for quantity in quantities.take(5) {
///     println!("{quantity} = {} {}", quantity.value(), quantity.unit());
/// }
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

    /// Returns the value in the [unit](Quantity::unit): 7e10 for `70 B`.
    #[must_use]
    pub const fn value(&self) -> f64 {
        self.value
    }

    /// Returns the unit of the schema, without a prefix, as in `parameters` or `B/s`.
    #[must_use]
    pub const fn unit(&self) -> &'static str {
        self.unit
    }

    /// Returns the quantity as it was written, as in `70 B`.
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
