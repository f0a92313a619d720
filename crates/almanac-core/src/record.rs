use core::cmp::Ordering;
use core::fmt;
use core::marker::PhantomData;

use crate::layout::{cell, record as column};
use crate::payload::Span;
use crate::table::{self, Row};
use crate::{Almanac, Article, Date, Fact, Mention, Quantity, Section, Source, Type};

/// A typed row, whatever its kind: a record of a table, the profile of an article, or the fields of
/// its front matter that the schema declares.
///
/// Generated structs (`Model`, `Company`) wrap one and have a typed accessor for each field; this is
/// the way for programs that know no schema. Two records are equal when they are the same row.
///
/// ```
/// for table in ai_almanac::tables() {
///     for record in table.records().take(3) {
///         println!("{} {}", table.label(), record.name());
///         for fact in record.facts() {
///             println!("  {}: {}", fact.label(), fact.value());
///         }
///     }
/// }
/// ```
pub struct Record<A: Almanac> {
    pub(crate) row: Row<{ 4 * column::WIDTH }>,
    pub(crate) almanac: PhantomData<fn() -> A>,
}

table::row_type!(Record, column);

impl<A: Almanac> Record<A> {
    /// Returns the name: of a record the cell that names it, else the title of the article.
    ///
    /// ```
    /// let table = ai_almanac::tables()[0];
    /// assert!(table.records().all(|record| !record.name().is_empty()));
    /// ```
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.row.span_at(column::NAME).of(A::RECORD_STRINGS)
    }

    /// Returns the id, unique among records of the kind; of a profile and of fields the article's id.
    ///
    /// ```
    /// let table = ai_almanac::tables()[0];
    /// let record = table.records().next().unwrap();
    /// assert_eq!(table.record(record.id()), Some(record));
    /// ```
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.row.span_at(column::ID).of(A::RECORD_STRINGS)
    }

    /// Returns the article that the record stands in.
    ///
    /// ```
    /// let record = ai_almanac::tables()[0].records().next().unwrap();
    /// println!("{} is in {}", record.name(), record.article());
    /// ```
    #[must_use]
    pub const fn article(&self) -> &'static Article<A> {
        crate::lookup::article::<A>(self.row.u32_at(column::ARTICLE))
    }

    /// Returns the section with the table; `None` for what the front matter says.
    ///
    /// ```
    /// let record = ai_almanac::tables()[0].records().next().unwrap();
    /// assert_eq!(record.section().unwrap().article(), record.article());
    /// ```
    #[must_use]
    pub const fn section(&self) -> Option<&'static Section<A>> {
        table::row(A::SECTIONS, self.row.u32_at(column::SECTION))
    }

    /// Returns all sources that the row cites, in order of their numbers; none for what the front
    /// matter says.
    ///
    /// ```
    /// let record = ai_almanac::tables()[0].records().next().unwrap();
    /// assert!(!record.sources().is_empty());
    /// ```
    #[must_use]
    pub const fn sources(&self) -> &'static [&'static Source<A>] {
        table::part(A::RECORD_CITED, self.row.span_at(column::SOURCES))
    }

    /// Returns the kind: its name and fields.
    ///
    /// ```
    /// let table = ai_almanac::tables()[0];
    /// assert_eq!(table.records().next().unwrap().kind().name(), table.kind().name());
    /// ```
    #[must_use]
    pub const fn kind(&self) -> &'static Kind {
        &A::KINDS[self.row.u32_at(column::KIND) as usize]
    }

    /// Returns what is known: a fact for each field that has a value, in the schema's order.
    ///
    /// ```
    /// let record = ai_almanac::tables()[0].records().next().unwrap();
    /// for fact in record.facts() {
    ///     println!("{}: {}", fact.label(), fact.value());
    /// }
    /// ```
    pub fn facts(&'static self) -> impl Iterator<Item = Fact<A>> + use<A> {
        (0..self.kind().fields().len()).filter_map(|index| Fact::of(self, index))
    }

    /// Returns the fact of a field by its key; `None` if there is no such field or no value.
    ///
    /// ```
    /// let record = ai_almanac::tables()[0].records().next().unwrap();
    /// assert!(record.fact("no such field").is_none());
    /// ```
    #[must_use]
    pub fn fact(&'static self, key: &str) -> Option<Fact<A>> {
        let index = self.kind().fields().iter().position(|field| field.key() == key)?;
        Fact::of(self, index)
    }
}

/// Reads a cell: for generated accessors, which know the type of each.
#[doc(hidden)]
impl<A: Almanac> Record<A> {
    /// A row to be replaced.
    pub const ZERO: Record<A> = Record { row: Row::ZERO, almanac: PhantomData };

    /// Copies a row from the bytes of a table.
    #[must_use]
    pub const fn at(bytes: &[u8], index: usize) -> Record<A> {
        let (rows, _) = bytes.as_chunks::<{ 4 * column::WIDTH }>();
        Record { row: Row::new(rows[index]), almanac: PhantomData }
    }

    /// Returns the section of a record that stands in a table.
    #[must_use]
    pub const fn own_section(&self) -> &'static Section<A> {
        &A::SECTIONS[self.row.u32_at(column::SECTION) as usize - 1]
    }

    /// Returns the index of the article.
    #[must_use]
    pub const fn article_index(&self) -> u32 {
        self.row.u32_at(column::ARTICLE)
    }

    /// Returns the index in the table of the record at this place in the order of ids.
    #[must_use]
    pub const fn by_id(&self) -> usize {
        self.row.u32_at(column::BY_ID) as usize
    }

    #[must_use]
    pub const fn cell(&self, field: usize) -> Cell<A> {
        Cell::at(self.row.u32_at(column::CELLS) as usize + field)
    }
}

/// A value as it is stored.
#[doc(hidden)]
pub struct Cell<A: Almanac> {
    words: [u32; cell::WIDTH],
    almanac: PhantomData<fn() -> A>,
}

impl<A: Almanac> Cell<A> {
    pub(crate) const fn at(index: usize) -> Cell<A> {
        let (cells, _) = A::CELLS.as_chunks::<{ 4 * cell::WIDTH }>();
        let (bytes, _) = cells[index].as_chunks::<4>();
        let mut words = [0; cell::WIDTH];
        let mut index = 0;
        while index < cell::WIDTH {
            words[index] = u32::from_le_bytes(bytes[index]);
            index += 1;
        }
        Cell { words, almanac: PhantomData }
    }

    #[must_use]
    pub const fn is_absent(&self) -> bool {
        self.words[cell::PRESENT] == 0
    }

    /// Returns what a field that must have a value has: the compiler saw to it.
    #[must_use]
    pub const fn text(&self) -> Option<&'static str> {
        if self.is_absent() {
            return None;
        }
        let span = Span { start: self.words[cell::TEXT], end: self.words[cell::TEXT + 1] };
        Some(span.of(A::RECORD_STRINGS))
    }

    #[must_use]
    pub const fn number(&self) -> Option<f64> {
        if self.is_absent() {
            return None;
        }
        let bits = (self.words[cell::NUMBER + 1] as u64) << 32 | self.words[cell::NUMBER] as u64;
        Some(f64::from_bits(bits))
    }

    #[must_use]
    pub const fn quantity(&self, unit: &'static str) -> Option<Quantity> {
        match (self.number(), self.text()) {
            (Some(value), Some(text)) => Some(Quantity::new(value, unit, text)),
            _ => None,
        }
    }

    #[must_use]
    pub const fn date(&self) -> Option<Date> {
        if self.is_absent() { None } else { Some(Date::unpacked(self.words[cell::INDEX])) }
    }

    #[must_use]
    pub const fn boolean(&self) -> Option<bool> {
        if self.is_absent() { None } else { Some(self.words[cell::INDEX] == 1) }
    }

    /// Returns the index of a choice, a list or a record.
    #[must_use]
    pub const fn index(&self) -> Option<usize> {
        if self.is_absent() { None } else { Some(self.words[cell::INDEX] as usize) }
    }

    #[must_use]
    pub const fn article(&self) -> Option<&'static Article<A>> {
        if self.is_absent() {
            return None;
        }
        Some(crate::lookup::article::<A>(self.words[cell::INDEX]))
    }

    #[must_use]
    pub const fn mention(&self) -> Option<Mention<A>> {
        match self.text() {
            Some(text) => Some(Mention::new(
                text,
                match self.words[cell::INDEX] {
                    0 => None,
                    plus_one => Some(crate::lookup::article::<A>(plus_one - 1)),
                },
            )),
            None => None,
        }
    }

    /// Returns the rows that refer to this one, from the table of an inverse.
    #[must_use]
    pub const fn inverse<T>(&self, references: &'static [&'static T]) -> &'static [&'static T] {
        let span = Span { start: self.words[cell::TEXT], end: self.words[cell::TEXT + 1] };
        table::part(references, span)
    }

    /// Returns the indices of the cells of a list.
    pub(crate) const fn items(&self) -> core::ops::Range<usize> {
        self.words[cell::TEXT] as usize..self.words[cell::TEXT + 1] as usize
    }

    pub(crate) const fn sources(&self) -> &'static [&'static Source<A>] {
        let span = Span { start: self.words[cell::SOURCES], end: self.words[cell::SOURCES + 1] };
        table::part(A::RECORD_CITED, span)
    }
}

impl<A: Almanac> fmt::Display for Record<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

impl<A: Almanac> fmt::Debug for Record<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Record")
            .field("kind", &self.kind().name())
            .field("id", &self.id())
            .field("article", &self.article().id())
            .field("values", &DebugValues(self))
            .finish()
    }
}

/// The values of a record by their labels.
struct DebugValues<'r, A: Almanac>(&'r Record<A>);

impl<A: Almanac> fmt::Debug for DebugValues<'_, A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields = self.0.kind().fields().iter().enumerate();
        let values = fields.filter_map(|(index, field)| {
            let cell = self.0.cell(index);
            (!cell.is_absent()).then(|| (field.label(), crate::fact::stored(field, &cell)))
        });
        formatter.debug_map().entries(values).finish()
    }
}

/// A kind of record that the schema declares.
///
/// ```
/// let kind = ai_almanac::tables()[0].kind();
/// println!("{}: {}", kind.name(), kind.about());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Kind {
    name: &'static str,
    about: &'static str,
    fields: &'static [Field],
}

impl Kind {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, about: &'static str, fields: &'static [Field]) -> Kind {
        Kind { name, about, fields }
    }

    /// Returns the name in the schema, as in `court case`.
    ///
    /// ```
    /// assert!(ai_almanac::tables().iter().any(|table| table.kind().name() == "model"));
    /// ```
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns what the schema says about the kind; empty if it says nothing.
    ///
    /// ```
    /// println!("{}", ai_almanac::tables()[0].kind().about());
    /// ```
    #[must_use]
    pub const fn about(&self) -> &'static str {
        self.about
    }

    /// Returns the fields in the schema's order.
    ///
    /// ```
    /// for field in ai_almanac::tables()[0].kind().fields() {
    ///     println!("{} ({})", field.label(), field.key());
    /// }
    /// ```
    #[must_use]
    pub const fn fields(&self) -> &'static [Field] {
        self.fields
    }
}

/// A field that the schema declares: a column of a table, or a key of the front matter.
///
/// ```
/// let field = ai_almanac::tables()[0].kind().fields()[0];
/// println!("{}: {}", field.label(), field.about());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Field {
    key: &'static str,
    label: &'static str,
    about: &'static str,
    unit: &'static str,
    of: Type,
    list: bool,
}

impl Field {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        key: &'static str,
        label: &'static str,
        about: &'static str,
        unit: &'static str,
        of: Type,
        list: bool,
    ) -> Field {
        Field { key, label, about, unit, of, list }
    }

    /// Returns the key: the label in lower case with `_`, as in `training_compute`.
    ///
    /// ```
    /// assert!(ai_almanac::tables()[0].kind().fields().iter().all(|field| !field.key().is_empty()));
    /// ```
    #[must_use]
    pub const fn key(&self) -> &'static str {
        self.key
    }

    /// Returns the label for people, as in `Training compute`.
    ///
    /// ```
    /// assert!(ai_almanac::tables()[0].kind().fields().iter().all(|field| !field.label().is_empty()));
    /// ```
    #[must_use]
    pub const fn label(&self) -> &'static str {
        self.label
    }

    /// Returns what the schema says about the field; empty if it says nothing.
    ///
    /// ```
    /// println!("{}", ai_almanac::tables()[0].kind().fields()[0].about());
    /// ```
    #[must_use]
    pub const fn about(&self) -> &'static str {
        self.about
    }

    /// Returns the unit of a quantity; empty for other types.
    ///
    /// ```
    /// println!("{}", ai_almanac::tables()[0].kind().fields()[0].unit());
    /// ```
    #[must_use]
    pub const fn unit(&self) -> &'static str {
        self.unit
    }

    /// Returns the type of a value, or of the items where the field is a list.
    ///
    /// ```
    /// use ai_almanac::Type;
    /// assert_eq!(ai_almanac::tables()[0].kind().fields()[0].value_type(), Type::Name);
    /// ```
    #[must_use]
    pub const fn value_type(&self) -> Type {
        self.of
    }

    /// Returns `true` if the field holds several values.
    ///
    /// ```
    /// assert!(!ai_almanac::tables()[0].kind().fields()[0].is_list());
    /// ```
    #[must_use]
    pub const fn is_list(&self) -> bool {
        self.list
    }
}

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
        len: usize,
        record: fn(usize) -> &'static Record<A>,
    ) -> Table<A> {
        Table { key, label, kind, len, record }
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

    /// Returns all records: those of one article together, articles in sidebar order.
    ///
    /// ```
    /// for record in ai_almanac::tables()[0].records() {
    ///     println!("{record}");
    /// }
    /// ```
    pub fn records(&self) -> impl ExactSizeIterator<Item = &'static Record<A>> + use<A> {
        let record = self.record;
        (0..self.len).map(record)
    }

    /// Returns the record of an id; `None` if there is none. Compares with every id.
    ///
    /// ```
    /// assert_eq!(ai_almanac::tables()[0].record("no such record"), None);
    /// ```
    #[must_use]
    pub fn record(&self, id: &str) -> Option<&'static Record<A>> {
        self.records().find(|record| record.id() == id)
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
        formatter.debug_struct("Table").field("key", &self.key).field("len", &self.len).finish()
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
    /// The almanac that declares it.
    type Almanac: Almanac;
    /// All rows, in order of their articles.
    const TABLE: &'static [Self];

    /// Returns the record.
    fn record(&self) -> &Record<Self::Almanac>;
}

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
