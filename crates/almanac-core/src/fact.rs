use core::fmt;

use crate::record::Cell;
use crate::{Almanac, Article, Date, Field, Mention, Quantity, Record, Source};

/// The type of a field that the schema declares.
///
/// ```
/// use ai_almanac::Type;
///
/// for field in ai_almanac::tables()[0].kind().fields() {
///     if let Type::Choice(words) = field.value_type() {
///         println!("{}: one of {}", field.label(), words.join(", "));
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Type {
    /// The name of a record.
    Name,
    /// Plain text.
    Text,
    /// A number without a unit.
    Number,
    /// A number with the unit of the field.
    Quantity,
    /// A date.
    Date,
    /// Yes or no.
    Boolean,
    /// A web address.
    Url,
    /// A country, as two capital letters of ISO 3166-1.
    Country,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A reference to an article.
    Article,
    /// A text that may lead to an article.
    Mention,
    /// A reference to a record of the table at this index of `tables()`.
    Record(usize),
}

/// Something known: a label, a value and the sources of the value.
///
/// ```
/// let record = ai_almanac::tables()[0].records().next().unwrap();
/// for fact in record.facts() {
///     println!("{}: {} [{} sources]", fact.label(), fact.value(), fact.sources().len());
/// }
/// ```
pub struct Fact<A: Almanac> {
    record: &'static Record<A>,
    index: usize,
}

impl<A: Almanac> Fact<A> {
    pub(crate) fn of(record: &'static Record<A>, index: usize) -> Option<Fact<A>> {
        (!record.cell(index).is_absent()).then_some(Fact { record, index })
    }

    /// Returns the field.
    ///
    /// ```
    /// let record = ai_almanac::tables()[0].records().next().unwrap();
    /// assert_eq!(record.facts().next().unwrap().field(), &record.kind().fields()[0]);
    /// ```
    #[must_use]
    pub fn field(&self) -> &'static Field {
        &self.record.kind().fields()[self.index]
    }

    /// Returns the label of the field, as in `Training compute`.
    ///
    /// ```
    /// let record = ai_almanac::tables()[0].records().next().unwrap();
    /// assert_eq!(record.facts().next().unwrap().label(), record.kind().fields()[0].label());
    /// ```
    #[must_use]
    pub fn label(&self) -> &'static str {
        self.field().label()
    }

    /// Returns the value; a list for fields of several values.
    ///
    /// ```
    /// let record = ai_almanac::tables()[0].records().next().unwrap();
    /// assert_eq!(record.facts().next().unwrap().value().to_string(), record.name());
    /// ```
    #[must_use]
    pub fn value(&self) -> Value<A> {
        let (field, cell) = (self.field(), self.record.cell(self.index));
        stored(field, &cell)
    }

    /// Returns the sources cited beside the value, in order of citation; often those of the whole
    /// row stand in [`Record::sources`] only.
    ///
    /// ```
    /// let record = ai_almanac::tables()[0].records().next().unwrap();
    /// let cited: usize = record.facts().map(|fact| fact.sources().len()).sum();
    /// assert!(cited >= record.sources().len());
    /// ```
    #[must_use]
    pub fn sources(&self) -> &'static [&'static Source<A>] {
        self.record.cell(self.index).sources()
    }
}

impl<A: Almanac> Clone for Fact<A> {
    fn clone(&self) -> Fact<A> {
        *self
    }
}

impl<A: Almanac> Copy for Fact<A> {}

impl<A: Almanac> fmt::Debug for Fact<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Fact")
            .field("label", &self.label())
            .field("value", &self.value())
            .finish()
    }
}

impl<A: Almanac> fmt::Display for Fact<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.label(), self.value())
    }
}

/// The value of a fact. It displays as people write it.
///
/// ```
/// use ai_almanac::Value;
///
/// let record = ai_almanac::tables()[0].records().next().unwrap();
/// match record.facts().next().unwrap().value() {
///     Value::Text(text) => assert_eq!(text, record.name()),
///     other => panic!("{other}"),
/// }
/// ```
#[non_exhaustive]
pub enum Value<A: Almanac> {
    /// A text, a name or the word of a choice.
    Text(&'static str),
    /// A number.
    Number(f64),
    /// A number with its unit.
    Quantity(Quantity),
    /// A date.
    Date(Date),
    /// Yes or no.
    Boolean(bool),
    /// A web address.
    Url(&'static str),
    /// An article.
    Article(&'static Article<A>),
    /// A text that may lead to an article.
    Mention(Mention<A>),
    /// A record.
    Record(&'static Record<A>),
    /// Several values.
    List(Values<A>),
}

/// Returns what a cell holds that isn't absent.
pub(crate) fn stored<A: Almanac>(field: &'static Field, cell: &Cell<A>) -> Value<A> {
    if field.is_list() {
        let cells = cell.items();
        Value::List(Values { field, cells, almanac: core::marker::PhantomData })
    } else {
        value(field, cell)
    }
}

fn value<A: Almanac>(field: &Field, cell: &Cell<A>) -> Value<A> {
    let text = || cell.text().unwrap_or_default();
    let index = || cell.index().unwrap_or_default();
    match field.value_type() {
        Type::Name | Type::Text | Type::Country => Value::Text(text()),
        Type::Url => Value::Url(text()),
        Type::Number => Value::Number(cell.number().unwrap_or_default()),
        Type::Quantity => cell.quantity(field.unit()).map_or(Value::Text(""), Value::Quantity),
        Type::Date => cell.date().map_or(Value::Text(""), Value::Date),
        Type::Boolean => Value::Boolean(cell.boolean().unwrap_or_default()),
        Type::Choice(words) => Value::Text(words[index()]),
        Type::Article => cell.article().map_or(Value::Text(""), Value::Article),
        Type::Mention => cell.mention().map_or(Value::Text(""), Value::Mention),
        Type::Record(table) => Value::Record(A::TABLES[table].get(index())),
    }
}

/// The values of a list.
///
/// ```
/// use ai_almanac::Value;
///
/// let records = ai_almanac::tables()[0].records();
/// for fact in records.flat_map(|record| record.facts()) {
///     if let Value::List(values) = fact.value() {
///         assert!(values.count() > 0);
///     }
/// }
/// ```
pub struct Values<A: Almanac> {
    field: &'static Field,
    cells: core::ops::Range<usize>,
    almanac: core::marker::PhantomData<fn() -> A>,
}

impl<A: Almanac> Iterator for Values<A> {
    type Item = Value<A>;

    fn next(&mut self) -> Option<Value<A>> {
        self.cells.next().map(|index| value(self.field, &Cell::at(index)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.cells.size_hint()
    }
}

impl<A: Almanac> ExactSizeIterator for Values<A> {}

impl<A: Almanac> Clone for Values<A> {
    fn clone(&self) -> Values<A> {
        Values { field: self.field, cells: self.cells.clone(), almanac: self.almanac }
    }
}

impl<A: Almanac> fmt::Display for Value<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Text(text) | Value::Url(text) => formatter.write_str(text),
            Value::Number(number) => write!(formatter, "{number}"),
            Value::Quantity(quantity) => write!(formatter, "{quantity}"),
            Value::Date(date) => write!(formatter, "{date}"),
            Value::Boolean(true) => formatter.write_str("yes"),
            Value::Boolean(false) => formatter.write_str("no"),
            Value::Article(article) => write!(formatter, "{article}"),
            Value::Mention(mention) => write!(formatter, "{mention}"),
            Value::Record(record) => write!(formatter, "{record}"),
            Value::List(values) => {
                for (index, value) in values.clone().enumerate() {
                    if index > 0 {
                        formatter.write_str(", ")?;
                    }
                    write!(formatter, "{value}")?;
                }
                Ok(())
            }
        }
    }
}

impl<A: Almanac> fmt::Debug for Value<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self}")
    }
}
