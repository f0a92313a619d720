//! `_schema_.yml`: what the articles of an almanac are about. It declares the kinds of profiles,
//! fields of articles and tables that are records; the compiler itself knows none.
//!
//! `read` makes a [`Schema`] of the file, `value` reads the values that it types, `table` finds the
//! tables, `resolve` ties references to articles and records.

pub mod emit;
mod read;
pub mod resolve;
pub mod rows;
pub mod table;
pub mod value;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

#[cfg(test)]
pub use read::read_with;
pub use read::{FILE, read};

use crate::fault::FileSpan;
use crate::names;
use value::Row;

/// The declarations of a content folder. Empty without a file.
#[derive(Debug, Default)]
pub struct Schema {
    /// Kinds of profiles.
    pub profiles: Vec<Kind>,
    /// Fields of articles.
    pub fields: Vec<Field>,
    /// Kinds of records.
    pub tables: Vec<Kind>,
    /// The kinds of records by the titles of the sections with their tables.
    pub headings: HashMap<String, usize>,
    /// The Rust types and functions that are made of it, each with what makes it.
    pub types: BTreeMap<String, FileSpan>,
    pub functions: BTreeMap<String, FileSpan>,
    /// `true` if the bytes of images are kept.
    pub image_bytes: bool,
    /// `true` if `$$…$$` are formulas.
    pub formulas: bool,
    /// Kinds of profiles and records that are declared with a fault.
    pub faulty_kinds: Faulty,
    /// Fields of articles that are declared with a fault.
    pub faulty_fields: Faulty,
}

/// A kind of profile or record.
#[derive(Debug, Default)]
pub struct Kind {
    /// As the schema names it: `court case`.
    pub name: String,
    /// The name in camel case, for structs and enums: `CourtCase`.
    pub type_name: String,
    /// Title of the sections whose tables are read; empty for profiles.
    pub heading: String,
    /// Name of the function and key in exports: `court_cases`; empty for profiles.
    pub key: String,
    pub about: String,
    pub fields: Vec<Field>,
    pub faulty_fields: Faulty,
    /// The fields that say from when to when a record is valid; the second may be missing.
    pub valid: Option<(usize, Option<usize>)>,
    /// The fields that identify a record; empty, for tables, after a fault.
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
    /// The name in the schema, for diagnostics.
    pub span: Range<usize>,
}

/// The origin of references.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    Profile(usize),
    Fields,
    Table(usize),
}

/// Names whose declaration has a fault. They are left out, and what uses them is no second fault.
#[derive(Debug, Default)]
pub struct Faulty {
    names: Vec<String>,
    /// `true` if nobody knows which names are meant.
    all: bool,
}

impl Faulty {
    fn add(&mut self, name: &str) {
        self.names.push(name.to_owned());
    }

    /// Returns `true` if a name may be one of them.
    pub fn covers(&self, name: &str) -> bool {
        self.all || self.names.iter().any(|known| known == name)
    }

    pub fn is_empty(&self) -> bool {
        !self.all && self.names.is_empty()
    }
}

impl Kind {
    /// Returns the field that names a record.
    pub fn name_field(&self) -> Option<usize> {
        self.fields.iter().position(|field| field.of == Type::Name)
    }

    /// Returns the name of the struct.
    pub fn struct_name(&self) -> String {
        struct_name(&self.type_name)
    }
}

impl Schema {
    /// Returns the index of the first table among all kinds: profiles, fields of articles, tables.
    pub fn first_table(&self) -> usize {
        self.profiles.len() + usize::from(!self.fields.is_empty())
    }

    /// Returns `true` if fields of an article lack one that every article must have.
    pub fn lacks_required(&self, row: &Row) -> bool {
        let mut fields = self.fields.iter().zip(&row.values);
        fields.any(|(field, value)| field.required && value.is_none())
    }

    /// Returns the table of a section's title.
    pub fn table(&self, title: &str) -> Option<usize> {
        self.headings.get(title).copied()
    }
}

/// Types that every almanac has, and those of the prelude that whoever includes the code may use: a
/// kind of such a name gets another struct.
const TAKEN: [&str; 50] = [
    "Almanac",
    "Article",
    "ArticleId",
    "Category",
    "Chunk",
    "ChunkId",
    "Chunks",
    // `SidebarItem` in 0.1, which `ai-almanac` still has.
    "Content",
    "Date",
    "Event",
    "Fact",
    "Field",
    "Fields",
    "Happening",
    "Hit",
    "Hits",
    "Image",
    "InvalidDate",
    "Kind",
    "Link",
    "Mention",
    "Posting",
    "Profile",
    "Quantity",
    "Record",
    "Section",
    "SidebarItem",
    "Snippet",
    "Source",
    "Table",
    "Target",
    "Type",
    "TypedRecord",
    "UnknownArticle",
    "Value",
    "Values",
    "Word",
    // The prelude.
    "Option",
    "Some",
    "None",
    "Result",
    "Ok",
    "Err",
    "String",
    "Vec",
    "Box",
    "Iterator",
    "Default",
    "Clone",
    "Copy",
];

fn struct_name(type_name: &str) -> String {
    match TAKEN.contains(&type_name) {
        true => format!("{type_name}Record"),
        false => type_name.to_owned(),
    }
}

/// Returns the name of the enum of a choice; `owner` is the kind in camel case.
fn choice_name(owner: &str, key: &str) -> String {
    format!("{owner}{}", names::type_name(key).unwrap_or_default())
}

/// Returns the variant of a choice; `None` if its word can't become one.
fn variant_name(word: &str) -> Option<String> {
    // `ALL` lists them.
    names::type_name(word).map(|name| if name == "ALL" { name + "_" } else { name })
}
