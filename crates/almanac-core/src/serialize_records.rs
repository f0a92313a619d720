//! Records, their values and what the schema declares.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};

use crate::serialize::{List, Position, id};
use crate::{Almanac, Fact, Field, Kind, Mention, Quantity, Record, Source, Table, Type, Value};

/// With all its records and what the schema says about them.
impl<A: Almanac> Serialize for Table<A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Table", 4)?;
        out.serialize_field("key", self.key())?;
        out.serialize_field("label", self.label())?;
        out.serialize_field("kind", self.kind())?;
        out.serialize_field("records", &List(|| self.records()))?;
        out.end()
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Kind", 3)?;
        out.serialize_field("name", self.name())?;
        out.serialize_field("about", self.about())?;
        out.serialize_field("fields", self.fields())?;
        out.end()
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let unit = Some(self.unit()).filter(|unit| !unit.is_empty());
        let mut out = serializer.serialize_struct("Field", 6)?;
        out.serialize_field("key", self.key())?;
        out.serialize_field("label", self.label())?;
        out.serialize_field("about", self.about())?;
        out.serialize_field("type", &self.value_type())?;
        out.serialize_field("list", &self.is_list())?;
        out.serialize_field("unit", &unit)?;
        out.end()
    }
}

/// The name of the type in the schema; of a choice `{"choice": [words]}`, of a reference to a
/// record `{"record": index of its table}`.
impl Serialize for Type {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let name = match self {
            Type::Choice(words) => {
                let mut out = serializer.serialize_map(Some(1))?;
                out.serialize_entry("choice", words)?;
                return out.end();
            }
            Type::Record(table) => {
                let mut out = serializer.serialize_map(Some(1))?;
                out.serialize_entry("record", table)?;
                return out.end();
            }
            Type::Name => "name",
            Type::Text => "text",
            Type::Number => "number",
            Type::Quantity => "quantity",
            Type::Date => "date",
            Type::Boolean => "boolean",
            Type::Url => "url",
            Type::Country => "country",
            Type::Article => "article",
            Type::Mention => "mention",
        };
        serializer.serialize_str(name)
    }
}

impl<A: Almanac> Serialize for Fact<A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Fact", 4)?;
        out.serialize_field("key", self.field().key())?;
        out.serialize_field("label", self.label())?;
        out.serialize_field("value", &self.value())?;
        out.serialize_field("sources", &numbers(self.sources()))?;
        out.end()
    }
}

/// Returns the numbers of sources in their article.
fn numbers<A: Almanac>(sources: &'static [&'static Source<A>]) -> impl Serialize {
    List(move || sources.iter().map(|source| source.number()))
}

impl<A: Almanac> Serialize for Record<A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = self.kind().fields();
        // The front matter's values are flat.
        let Some(section) = self.section() else {
            let mut out = serializer.serialize_map(Some(1 + fields.len()))?;
            out.serialize_entry("kind", self.kind().name())?;
            for (index, field) in fields.iter().enumerate() {
                out.serialize_entry(field.key(), &Stored { record: self, index })?;
            }
            return out.end();
        };
        let mut out = serializer.serialize_struct("Record", 7)?;
        out.serialize_field("id", self.id())?;
        out.serialize_field("name", self.name())?;
        out.serialize_field("article", self.article().id())?;
        out.serialize_field("section", section.anchor())?;
        out.serialize_field("values", &Values(self))?;
        out.serialize_field("sources", &numbers(self.sources()))?;
        out.serialize_field("value_sources", &ValueSources(self))?;
        out.end()
    }
}

/// The values of a record by their keys.
struct Values<'r, A: Almanac>(&'r Record<A>);

impl<A: Almanac> Serialize for Values<'_, A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = self.0.kind().fields();
        let mut out = serializer.serialize_map(Some(fields.len()))?;
        for (index, field) in fields.iter().enumerate() {
            out.serialize_entry(field.key(), &Stored { record: self.0, index })?;
        }
        out.end()
    }
}

/// The sources of each value that cites some.
struct ValueSources<'r, A: Almanac>(&'r Record<A>);

impl<A: Almanac> Serialize for ValueSources<'_, A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_map(None)?;
        for (index, field) in self.0.kind().fields().iter().enumerate() {
            let sources = self.0.cell(index).sources();
            if !sources.is_empty() {
                out.serialize_entry(field.key(), &numbers(sources))?;
            }
        }
        out.end()
    }
}

/// A value as it is stored: `null` or an empty list where it is absent.
struct Stored<'r, A: Almanac> {
    record: &'r Record<A>,
    index: usize,
}

impl<A: Almanac> Serialize for Stored<'_, A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let field = &self.record.kind().fields()[self.index];
        let cell = self.record.cell(self.index);
        match (cell.is_absent(), field.is_list()) {
            (true, true) => serializer.serialize_seq(Some(0))?.end(),
            (true, false) => serializer.serialize_none(),
            (false, _) => crate::fact::stored(field, &cell).serialize(serializer),
        }
    }
}

impl<A: Almanac> Serialize for Value<A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Text(text) | Value::Url(text) => serializer.serialize_str(text),
            Value::Number(number) => Position(*number).serialize(serializer),
            Value::Quantity(quantity) => quantity.serialize(serializer),
            Value::Date(date) => date.serialize(serializer),
            Value::Boolean(value) => serializer.serialize_bool(*value),
            Value::Article(article) => serializer.serialize_str(article.id()),
            Value::Mention(mention) => mention.serialize(serializer),
            Value::Record(record) => serializer.serialize_str(record.id()),
            Value::List(values) => serializer.collect_seq(values.clone()),
        }
    }
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Quantity", 3)?;
        out.serialize_field("value", &Position(self.value()))?;
        out.serialize_field("unit", self.unit())?;
        out.serialize_field("text", self.text())?;
        out.end()
    }
}

impl<A: Almanac> Serialize for Mention<A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Mention", 2)?;
        out.serialize_field("text", self.text())?;
        out.serialize_field("article", &self.article().map(id))?;
        out.end()
    }
}
