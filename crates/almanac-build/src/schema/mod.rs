//! `_schema_.yml`: what the articles of an almanac are about. It declares the kinds of profiles, fields
//! of articles and tables that are records; the compiler itself knows none.
//!
//! `read` makes a [`Schema`] of the file, `value` reads the values that it types, `table` finds the
//! tables, `resolve` ties references to articles and records.

pub mod emit;
mod read;
pub mod resolve;
pub mod rows;
pub mod table;
pub mod value;

use std::ops::Range;

pub use read::{FILE, read};

/// What a content folder declares. Empty without a file.
#[derive(Debug, Default)]
pub struct Schema {
    /// Kinds of profiles.
    pub profiles: Vec<Kind>,
    /// Fields of articles.
    pub fields: Vec<Field>,
    /// Kinds of records.
    pub tables: Vec<Kind>,
    /// Whether `$$…$$` are formulas.
    pub formulas: bool,
    /// Whether the bytes of images are kept.
    pub image_bytes: bool,
}

/// A kind of profile or record.
#[derive(Debug)]
pub struct Kind {
    /// As the schema names it: `court case`.
    pub name: String,
    /// Name of the struct: `CourtCase`.
    pub type_name: String,
    /// Title of the sections whose tables are read; empty for profiles.
    pub heading: String,
    /// Name of the function and key in exports: `court_cases`; empty for profiles.
    pub key: String,
    pub about: String,
    pub fields: Vec<Field>,
    /// The fields that say from when to when a record is valid; the second may be missing.
    pub valid: Option<(usize, Option<usize>)>,
    /// The fields that identify a record.
    pub identity: Vec<usize>,
    /// Accessors to what refers to a record or profile of this kind.
    pub inverses: Vec<Inverse>,
}

/// A field: a column of a table or a key of the front matter.
#[derive(Debug)]
pub struct Field {
    /// In exports and as the accessor's name, unless that is a keyword.
    pub key: String,
    /// For people; the heading of a column.
    pub label: String,
    pub about: String,
    pub of: Type,
    /// The unit of a quantity, and other ways to write it.
    pub units: Vec<String>,
    pub list: bool,
    pub required: bool,
    /// The key in the schema, for diagnostics.
    pub span: Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    Name,
    Text,
    Number,
    Quantity,
    Date,
    Boolean,
    Url,
    Country,
    Choice(Vec<String>),
    Article,
    Mention,
    /// An article with a profile of this kind, by its index.
    Profile(usize),
    /// A record of this table, by its index.
    Record(usize),
}

/// The other end of a reference.
#[derive(Debug)]
pub struct Inverse {
    /// Name of the accessor.
    pub key: String,
    pub from: Origin,
    /// The field that refers, by its index.
    pub field: usize,
}

/// Where references come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    Profile(usize),
    Fields,
    Table(usize),
}

impl Kind {
    /// Returns the field that names a record.
    pub fn name_field(&self) -> Option<usize> {
        self.fields.iter().position(|field| field.of == Type::Name)
    }
}

impl Schema {
    /// Returns the table of a section's title.
    pub fn table(&self, title: &str) -> Option<usize> {
        self.tables.iter().position(|kind| kind.heading == title)
    }
}
