//! The records of a kind, and how one is found.

use core::cmp::Ordering;
use core::fmt;

use crate::{Almanac, Kind, Record};

/// The records of one kind.
///
/// ```
/// for table in ai_almanac::tables() {
///     println!("{}: {} records", table.label(), table.records().len());
/// }
/// ```
pub struct Table<A: Almanac> {
    key: &'static str,
    label: &'static str,
    kind: u32,
    /// The number of records in listed articles, which come first, and of all.
    listed: usize,
    len: usize,
    /// A function instead of rows: those who don't ask for them carry none.
    record: fn(usize) -> &'static Record<A>,
}

impl<A: Almanac> Table<A> {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        key: &'static str,
        label: &'static str,
        kind: u32,
        listed: usize,
        len: usize,
        record: fn(usize) -> &'static Record<A>,
    ) -> Table<A> {
        Table { key, label, kind, listed, len, record }
    }

    /// Returns the key: the heading of the tables in lower case with `_`, as in `court_cases`.
    ///
    /// ```
    /// assert!(ai_almanac::tables().iter().any(|table| table.key() == "models"));
    /// ```
    #[must_use]
    pub const fn key(&self) -> &'static str {
        self.key
    }

    /// Returns the heading of the tables, as in `Court cases`.
    ///
    /// ```
    /// assert!(ai_almanac::tables().iter().any(|table| table.label() == "Models"));
    /// ```
    #[must_use]
    pub const fn label(&self) -> &'static str {
        self.label
    }

    /// Returns the kind of the records.
    ///
    /// ```
    /// assert!(!ai_almanac::tables()[0].kind().fields().is_empty());
    /// ```
    #[must_use]
    pub const fn kind(&self) -> &'static Kind {
        &A::KINDS[self.kind as usize]
    }

    /// Returns the records of listed articles: those of one article together, articles in sidebar
    /// order.
    ///
    /// ```
    /// for record in ai_almanac::tables()[0].records() {
    ///     println!("{record}");
    /// }
    /// ```
    pub fn records(&self) -> impl ExactSizeIterator<Item = &'static Record<A>> + use<A> {
        let record = self.record;
        (0..self.listed).map(record)
    }

    /// Returns the record of an id, also one in an unlisted article; `None` if there is none.
    ///
    /// A binary search. The generated structs have a `get` that works in `const`, too:
    /// `Model::get("gpt-4")`.
    ///
    /// ```
    /// let table = ai_almanac::tables()[0];
    /// let last = table.records().last().unwrap();
    /// assert_eq!(table.record(last.id()), Some(last));
    /// assert_eq!(table.record("no such record"), None);
    /// ```
    #[must_use]
    pub fn record(&self, id: &str) -> Option<&'static Record<A>> {
        let (mut low, mut high) = (0, self.len);
        while low < high {
            let middle = low + (high - low) / 2;
            let record = self.get(self.get(middle).by_id());
            match record.id().cmp(id) {
                Ordering::Equal => return Some(record),
                Ordering::Greater => high = middle,
                Ordering::Less => low = middle + 1,
            }
        }
        None
    }

    pub(crate) fn get(&self, index: usize) -> &'static Record<A> {
        (self.record)(index)
    }
}

impl<A: Almanac> Clone for Table<A> {
    fn clone(&self) -> Table<A> {
        *self
    }
}

impl<A: Almanac> Copy for Table<A> {}

impl<A: Almanac> fmt::Debug for Table<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Table").field("key", &self.key).field("len", &self.listed).finish()
    }
}

/// A struct that the schema declares, over a [`Record`].
///
/// ```
/// use ai_almanac::{Model, TypedRecord};
///
/// fn count<R: TypedRecord>() -> usize {
///     R::TABLE.len()
/// }
/// assert_eq!(count::<Model>(), ai_almanac::models().len());
/// ```
pub trait TypedRecord: Sized + 'static {
    /// The almanac whose schema declares the struct.
    ///
    /// ```
    /// use almanac_core::{TypedRecord, tables};
    ///
    /// fn tables_beside<R: TypedRecord>() -> usize {
    ///     tables::<R::Almanac>().len()
    /// }
    /// assert_eq!(tables_beside::<ai_almanac::Model>(), ai_almanac::tables().len());
    /// ```
    type Almanac: Almanac;
    /// All rows, in order of their articles; those of unlisted articles last.
    ///
    /// ```
    /// use ai_almanac::{Model, TypedRecord};
    ///
    /// assert!(Model::TABLE.iter().any(|model| model.name() == "GPT-3"));
    /// ```
    const TABLE: &'static [Self];

    /// Returns the record, for programs that know no schema.
    ///
    /// ```
    /// use ai_almanac::TypedRecord;
    ///
    /// let gpt = ai_almanac::models().iter().find(|model| model.name() == "GPT-3").unwrap();
    /// assert_eq!(gpt.record().fact("context").unwrap().value().to_string(), "2,048");
    /// ```
    fn record(&self) -> &Record<Self::Almanac>;
}

/// Compares strings by their bytes, in `const`.
#[doc(hidden)]
#[must_use]
pub const fn compare(one: &str, other: &str) -> Ordering {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut index = 0;
    while index < one.len() && index < other.len() {
        if one[index] != other[index] {
            return if one[index] > other[index] { Ordering::Greater } else { Ordering::Less };
        }
        index += 1;
    }
    if one.len() == other.len() {
        Ordering::Equal
    } else if one.len() > other.len() {
        Ordering::Greater
    } else {
        Ordering::Less
    }
}
