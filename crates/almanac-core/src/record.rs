use core::fmt;
use core::marker::PhantomData;

use crate::layout::{cell, record as column};
use crate::payload::Span;
use crate::table::{self, Row};
use crate::{Almanac, Article, Date, Fact, Kind, Mention, Quantity, Section, Source};

/// A typed row, whatever its kind: a record of a table, the profile of an article, or the fields of
/// its front matter that the schema declares.
///
/// Generated structs (`Model`, `Company`) wrap one and have a typed accessor for each field; this
/// is the way for programs that know no schema. Two records are equal when they are the same row.
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

table::place! {
    Record, column,
    /// Returns the article that the record stands in.
    ///
    /// ```
    /// let record = ai_almanac::tables()[0].records().next().unwrap();
    /// println!("{} is in {}", record.name(), record.article());
    /// ```
    article,
    /// Returns the section with the table; `None` for what the front matter says.
    ///
    /// ```
    /// let record = ai_almanac::tables()[0].records().next().unwrap();
    /// assert_eq!(record.section().unwrap().article(), record.article());
    /// ```
    optional section
}

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

    /// Returns the id, unique among records of the kind; of a profile and of fields the article's
    /// id.
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

    /// Cuts the bytes of a table into rows.
    #[must_use]
    pub const fn rows(bytes: &[u8]) -> &[[u8; 4 * column::WIDTH]] {
        let (rows, rest) = bytes.as_chunks();
        assert!(rest.is_empty());
        rows
    }

    /// Copies a row.
    #[must_use]
    pub const fn at(rows: &[[u8; 4 * column::WIDTH]], index: usize) -> Record<A> {
        Record { row: Row(rows[index]), almanac: PhantomData }
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
    /// Flags and the index of the value.
    bits: u32,
    almanac: PhantomData<fn() -> A>,
}

impl<A: Almanac> Cell<A> {
    pub(crate) const fn at(index: usize) -> Cell<A> {
        Cell { bits: word::<A>(index), almanac: PhantomData }
    }

    #[must_use]
    pub const fn is_absent(&self) -> bool {
        self.bits & cell::PRESENT == 0
    }

    /// Returns an integer of the value.
    const fn word(&self, place: usize) -> u32 {
        let sources = if self.bits & cell::CITES == 0 { 0 } else { 2 };
        word::<A>((self.bits >> cell::FLAG_BITS) as usize + sources + place)
    }

    const fn span(&self, place: usize) -> Span {
        Span { start: self.word(place), end: self.word(place + 1) }
    }

    const fn f64_at(&self, place: usize) -> f64 {
        f64::from_bits((self.word(place + 1) as u64) << 32 | self.word(place) as u64)
    }

    #[must_use]
    pub const fn text(&self) -> Option<&'static str> {
        if self.is_absent() { None } else { Some(self.span(cell::TEXT).of(A::RECORD_STRINGS)) }
    }

    #[must_use]
    pub const fn number(&self) -> Option<f64> {
        if self.is_absent() { None } else { Some(self.f64_at(cell::NUMBER)) }
    }

    #[must_use]
    pub const fn quantity(&self, unit: &'static str) -> Option<Quantity> {
        match self.text() {
            Some(text) => Some(Quantity::new(self.f64_at(cell::QUANTITY), unit, text)),
            None => None,
        }
    }

    #[must_use]
    pub const fn date(&self) -> Option<Date> {
        if self.is_absent() { None } else { Some(Date::unpacked(self.word(cell::INDEX))) }
    }

    #[must_use]
    pub const fn boolean(&self) -> Option<bool> {
        if self.is_absent() { None } else { Some(self.word(cell::INDEX) == 1) }
    }

    /// Returns the index of a choice or a record.
    #[must_use]
    pub const fn index(&self) -> Option<usize> {
        if self.is_absent() { None } else { Some(self.word(cell::INDEX) as usize) }
    }

    #[must_use]
    pub const fn article(&self) -> Option<&'static Article<A>> {
        if self.is_absent() {
            return None;
        }
        Some(crate::lookup::article::<A>(self.word(cell::INDEX)))
    }

    #[must_use]
    pub const fn mention(&self) -> Option<Mention<A>> {
        match self.text() {
            Some(text) => Some(Mention::new(
                text,
                match self.word(cell::MENTIONED) {
                    0 => None,
                    plus_one => Some(crate::lookup::article::<A>(plus_one - 1)),
                },
            )),
            None => None,
        }
    }

    /// Returns the items of a list, from the table of its field; none if it is absent.
    #[must_use]
    pub const fn list<T>(&self, items: &'static [T]) -> &'static [T] {
        if self.is_absent() { &[] } else { table::part(items, self.span(cell::LIST)) }
    }

    /// Returns the rows that refer to this one, from the table of an inverse; none if it is absent.
    #[must_use]
    pub const fn inverse<T>(&self, references: &'static [&'static T]) -> &'static [&'static T] {
        if self.is_absent() { &[] } else { table::part(references, self.span(cell::REFERRING)) }
    }

    /// Returns the indices of the cells of a list.
    pub(crate) const fn items(&self) -> core::ops::Range<usize> {
        self.word(cell::ITEMS) as usize..self.word(cell::ITEMS + 1) as usize
    }

    pub(crate) const fn sources(&self) -> &'static [&'static Source<A>] {
        if self.bits & cell::CITES == 0 {
            return &[];
        }
        let index = (self.bits >> cell::FLAG_BITS) as usize;
        let span = Span { start: word::<A>(index), end: word::<A>(index + 1) };
        table::part(A::RECORD_CITED, span)
    }
}

/// Returns an integer of the cells.
const fn word<A: Almanac>(index: usize) -> u32 {
    let (words, _) = A::CELLS.as_chunks::<4>();
    u32::from_le_bytes(words[index])
}

impl<A: Almanac> Clone for Record<A> {
    fn clone(&self) -> Record<A> {
        *self
    }
}

impl<A: Almanac> Copy for Record<A> {}

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
