//! The schema as Rust: a struct for each kind with a typed accessor for each field, choices as
//! enums, and how generic code gets at the same.

mod accessors;
mod choices;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::emit::{File, ident, number, push_item, push_root_item, string};
use crate::names;
use crate::rustdoc::{escape, prose};
use crate::tables::{Strings, Table};

use super::resolve::Records;
use super::rows::{KindTable, RecordTables};
use super::{Field, Kind, Schema, Type};

/// Writes the code and the files of all records.
pub fn emit(
    schema: &Schema,
    records: &Records,
    tables: RecordTables,
    code: &mut String,
    files: &mut Vec<File>,
) {
    let mut emitter = Emitter { schema, code, files };
    for (index, (kind, table)) in schema.profiles.iter().zip(tables.profiles).enumerate() {
        emitter.kind(index, kind, table);
    }
    if let Some(table) = tables.fields {
        emitter.fields(table);
    }
    for (index, (kind, table)) in schema.tables.iter().zip(tables.tables).enumerate() {
        emitter.kind(schema.first_table() + index, kind, table);
    }
    emitter.profile(records);
    emitter.tables(records);
    emitter.shared(tables.cells, tables.strings, tables.cited);
}

/// Returns the members of `impl Almanac` that concern records.
pub fn members(schema: &Schema) -> TokenStream {
    let names = schema.profiles.iter().map(struct_ident);
    let record = match schema.profiles.is_empty() {
        true => quote!(match *profile {}),
        false => quote!(match profile { #(Profile::#names(profile) => &profile.record),* }),
    };
    let (fields, rows, fields_record) = match schema.fields.is_empty() {
        true => (
            quote!(()),
            quote!([()]),
            quote!({
                let () = fields;
                ::core::option::Option::None
            }),
        ),
        false => {
            let rows = rows_static(schema.profiles.len());
            (quote!(Fields), quote!(#rows), quote!(::core::option::Option::Some(&fields.record)))
        }
    };
    quote! {
        type Profile = Profile;
        const PROFILES: &'static [Profile] = &__PROFILES;
        fn profile_record(profile: &'static Profile) -> &'static Record { #record }
        type Fields = #fields;
        const FIELDS: &'static [#fields] = &#rows;
        fn fields_record(fields: &'static #fields) -> ::core::option::Option<&'static Record> {
            #fields_record
        }
        const KINDS: &'static [::almanac_core::Kind] = &__KINDS;
        const TABLES: &'static [Table] = &__TABLES;
        const CELLS: &'static &'static [u8] = &__CELLS;
        const RECORD_STRINGS: &'static &'static str = &__RECORD_STRINGS;
        const RECORD_CITED: &'static [&'static Source] = &__RECORD_CITED;
    }
}

struct Emitter<'a> {
    schema: &'a Schema,
    code: &'a mut String,
    files: &'a mut Vec<File>,
}

impl Emitter<'_> {
    /// Emits the struct of a kind, its table and its accessors.
    fn kind(&mut self, index: usize, kind: &Kind, mut table: KindTable) {
        let name = struct_ident(kind);
        let doc = match kind.about.is_empty() {
            true => format!("A {}.", escape(&kind.name)),
            false => prose(&kind.about),
        };
        self.row_struct(&name, &doc, index, &table.rows);
        let mut accessors = self.accessors(index, &kind.type_name, &kind.fields, &mut table);
        for (number, (inverse, table)) in kind.inverses.iter().zip(table.inverses).enumerate() {
            let cell = kind.fields.len() + number;
            let statics = format_ident!("__INVERSE_{index}_{number}");
            accessors.push(self.inverse(&statics, cell, inverse, table));
        }
        accessors.extend(kind.valid.map(|valid| valid_on(kind, valid)));
        if !kind.heading.is_empty() {
            accessors.push(record_accessors(&name, &rows_static(index)));
        }
        accessors.push(common());
        self.item(&quote!(impl #name { #(#accessors)* }));
    }

    /// Emits the struct of the fields of articles.
    fn fields(&mut self, mut table: KindTable) {
        let (name, index) = (ident("Fields"), self.schema.profiles.len());
        let doc = "The fields that the schema declares for every article.";
        self.row_struct(&name, doc, index, &table.rows);
        let schema = self.schema;
        let mut accessors = self.accessors(index, "Article", &schema.fields, &mut table);
        accessors.push(common());
        self.item(&quote!(impl #name { #(#accessors)* }));
    }

    /// Emits a struct over a record, and the table of its rows. It has a named field: a tuple
    /// struct would take the name of a value too, which may be that of an article's static.
    fn row_struct(&mut self, name: &Ident, doc: &str, index: usize, table: &Table) {
        let statics = rows_static(index);
        let file = format!("records-{index}.bin");
        let rows = number(table.rows);
        let value = match table.rows {
            0 => quote!([]),
            _ => quote!({
                let bytes = Record::rows(include_bytes!(#file));
                let mut rows = [const { #name { record: ::almanac_core::Record::ZERO } }; #rows];
                let mut index = 0;
                while index < #rows {
                    rows[index].record = Record::at(bytes, index);
                    index += 1;
                }
                rows
            }),
        };
        self.item(&quote! {
            #[doc = #doc]
            #[derive(PartialEq, Eq, Hash)]
            pub struct #name { record: Record }
        });
        self.item(&quote!(static #statics: [#name; #rows] = #value;));
        push_item(&quote!(::almanac_core::__record!(#name, #statics);), self.code);
        if table.rows > 0 {
            self.files.push((file, table.bytes.clone()));
        }
    }

    /// Emits the enum of all profiles and their table.
    fn profile(&mut self, records: &Records) {
        let names: Vec<Ident> = self.schema.profiles.iter().map(struct_ident).collect();
        let docs = self.schema.profiles.iter().map(|kind| match kind.about.is_empty() {
            true => format!("A {}.", escape(&kind.name)),
            false => prose(&kind.about),
        });
        let non_exhaustive = (!names.is_empty()).then(|| quote!(#[non_exhaustive]));
        self.item(&quote! {
            /// The profile of an article: typed facts, by the kind of thing that it is about.
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
            #non_exhaustive
            pub enum Profile { #(#[doc = #docs] #names(&'static #names)),* }
        });
        let rows = self.schema.profiles.iter().zip(&records.profiles).enumerate();
        let rows = rows.flat_map(|(kind, (declared, rows))| {
            let (name, statics) = (struct_ident(declared), rows_static(kind));
            (0..rows.len()).map(move |index| {
                let index = number(index);
                quote!(Profile::#name(&#statics[#index]))
            })
        });
        let rows: Vec<TokenStream> = rows.collect();
        let count = number(rows.len());
        self.item(&quote!(static __PROFILES: [Profile; #count] = [#(#rows),*];));
        // Without kinds there is no value; the function gives what isn't there a type.
        let value = match names.is_empty() {
            true => quote!({
                const fn none(value: Profile) -> &'static str {
                    match value {}
                }
                none(*value)
            }),
            false => quote!(match value { #(Profile::#names(profile) => &profile.record),* }),
        };
        push_item(&quote!(::almanac_core::__serialize!(Profile, |value| #value);), self.code);
    }

    /// Emits the descriptions of all kinds and the functions that list records.
    fn tables(&mut self, records: &Records) {
        let schema = self.schema;
        let mut kinds: Vec<TokenStream> = schema.profiles.iter().map(description).collect();
        if !schema.fields.is_empty() {
            kinds.push(description_of("article", "", &schema.fields));
        }
        kinds.extend(schema.tables.iter().map(description));
        let count = number(kinds.len());
        self.item(&quote!(static __KINDS: [::almanac_core::Kind; #count] = [#(#kinds),*];));
        let mut tables = Vec::new();
        for (index, kind) in schema.tables.iter().enumerate() {
            let described = schema.first_table() + index;
            let (name, statics) = (struct_ident(kind), rows_static(described));
            let (key, label) = (string(&kind.key), string(&kind.heading));
            let (described, listed) = (number(described), number(records.listed[index]));
            let count = number(records.tables[index].len());
            tables.push(quote! {
                ::almanac_core::Table::new(#key, #label, #described, #listed, #count, |index| {
                    &#statics[index].record
                })
            });
            let function = function_ident(&kind.key);
            let doc = format!(
                "Returns the records of all tables under “{}”: those of one article together, \
                 listed articles in sidebar order.\n\n\
                 [`almanac_core`](::almanac_core::TypedRecord) has an example.",
                escape(&kind.heading)
            );
            self.item(&quote! {
                #[doc = #doc]
                #[must_use]
                pub const fn #function() -> &'static [#name] { #statics.split_at(#listed).0 }
            });
        }
        let count = number(tables.len());
        self.item(&quote!(static __TABLES: [Table; #count] = [#(#tables),*];));
    }

    /// Emits what the records of all kinds have in common.
    fn shared(&mut self, cells: Table, strings: Strings, cited: Table) {
        let count = number(cited.rows);
        let file = "records-cited.bin";
        let value = match cited.rows {
            0 => quote!([]),
            _ => {
                quote!(::almanac_core::generated::references(include_bytes!(#file), &__SOURCES))
            }
        };
        self.item(&quote!(
            static __CELLS: &[u8] = include_bytes!("cells.bin");
        ));
        self.item(&quote!(
            static __RECORD_STRINGS: &str = include_str!("records.txt");
        ));
        self.item(&quote!(static __RECORD_CITED: [&'static Source; #count] = #value;));
        self.files.push(("cells.bin".to_owned(), cells.bytes));
        self.files.push(("records.txt".to_owned(), strings.text.into_bytes()));
        self.files.push((file.to_owned(), cited.bytes));
    }

    fn item(&mut self, item: &TokenStream) {
        push_root_item(item, self.code);
    }
}

/// Returns what every record has.
fn common() -> TokenStream {
    quote! {
        /// Returns the article, as [of any record](::almanac_core::Record::article).
        #[must_use]
        pub const fn article(&self) -> &'static Article { self.record.article() }
        /// Returns a fact for each field that has a value, as
        /// [of any record](::almanac_core::Record::facts).
        pub fn facts(&'static self) -> impl Iterator<Item = Fact> + use<> { self.record.facts() }
        /// Returns the fact of a field by its key; `None` if there is no such field or no value.
        ///
        /// [`almanac_core`](::almanac_core::Record::fact) has an example.
        #[must_use]
        pub fn fact(&'static self, key: &str) -> ::core::option::Option<Fact> {
            self.record.fact(key)
        }
    }
}

/// Returns what records of tables have.
fn record_accessors(name: &Ident, statics: &Ident) -> TokenStream {
    quote! {
        /// Returns the record of an id, in `const` too; `None` if there is none.
        #[must_use]
        pub const fn get(id: &str) -> ::core::option::Option<&'static #name> {
            let (mut low, mut high) = (0, #statics.len());
            while low < high {
                let middle = low + (high - low) / 2;
                let row = &#statics[#statics[middle].record.by_id()];
                match ::almanac_core::generated::compare(row.record.id(), id) {
                    ::core::cmp::Ordering::Equal => return ::core::option::Option::Some(row),
                    ::core::cmp::Ordering::Greater => high = middle,
                    ::core::cmp::Ordering::Less => low = middle + 1,
                }
            }
            ::core::option::Option::None
        }
        /// Returns the name, as [of any record](::almanac_core::Record::name).
        #[must_use]
        pub const fn name(&self) -> &'static str { self.record.name() }
        /// Returns the id, unique among the records of this kind, as
        /// [of any record](::almanac_core::Record::id).
        #[must_use]
        pub const fn id(&self) -> &'static str { self.record.id() }
        /// Returns the section with the table, as [of any record](::almanac_core::Record::section).
        #[must_use]
        pub const fn section(&self) -> &'static Section { self.record.own_section() }
        /// Returns all sources that the row cites, in order of their numbers. Those of one value:
        /// [`Fact::sources`](::almanac_core::Fact::sources).
        #[must_use]
        pub const fn sources(&self) -> &'static [&'static Source] { self.record.sources() }
    }
}

/// Returns the accessor of the validity of a kind.
fn valid_on(kind: &Kind, (from, until): (usize, Option<usize>)) -> TokenStream {
    let label = |field: usize| escape(&kind.fields[field].label);
    let (period, end) = match until {
        Some(until) => {
            let index = number(until);
            let period = format!("from “{}” to “{}”, both included", label(from), label(until));
            (period, quote!(self.record.cell(#index).date()))
        }
        None => (format!("from “{}” on", label(from)), quote!(::core::option::Option::None)),
    };
    let doc = format!(
        "Returns `true` if it is valid at some time of `date`: {period}.\n\nA year or a month, in \
         `date` as in the record, lasts from its first day to its last. Without an end it is still \
         valid, without a beginning never."
    );
    let from = number(from);
    quote! {
        #[doc = #doc]
        #[must_use]
        pub const fn valid_on(&self, date: ::almanac_core::Date) -> bool {
            ::almanac_core::generated::valid_on(self.record.cell(#from).date(), #end, date)
        }
    }
}

fn description(kind: &Kind) -> TokenStream {
    description_of(&kind.name, &kind.about, &kind.fields)
}

/// Returns the description of a kind for code that knows no schema.
fn description_of(name: &str, about: &str, fields: &[Field]) -> TokenStream {
    let fields = fields.iter().map(|field| {
        let (key, label) = (string(&field.key), string(&field.label));
        let (about, unit) = (string(&field.about), string(unit(field)));
        let of = match &field.of {
            Type::Name => quote!(Name),
            Type::Text => quote!(Text),
            Type::Number => quote!(Number),
            Type::Quantity => quote!(Quantity),
            Type::Date => quote!(Date),
            Type::Boolean => quote!(Boolean),
            Type::Url => quote!(Url),
            Type::Country => quote!(Country),
            Type::Choice(words) => quote!(Choice(&[#(#words),*])),
            Type::Article | Type::Profile(_) => quote!(Article),
            Type::Mention => quote!(Mention),
            Type::Record(table) => {
                let table = number(*table);
                quote!(Record(#table))
            }
        };
        let of = quote!(::almanac_core::Type::#of);
        let list = field.list;
        quote!(::almanac_core::Field::new(#key, #label, #about, #unit, #of, #list))
    });
    quote!(::almanac_core::Kind::new(#name, #about, &[#(#fields),*]))
}

/// Returns the name of the unit; empty for what has none.
fn unit(field: &Field) -> &str {
    field.units.first().map_or("", String::as_str)
}

fn struct_ident(kind: &Kind) -> Ident {
    ident(&kind.struct_name())
}

fn function_ident(key: &str) -> Ident {
    ident(&names::function_name(key).expect("checked by the schema"))
}

/// Returns the name of the static with the records of a kind: of its index among profiles, the
/// fields of articles, and tables.
fn rows_static(kind: usize) -> Ident {
    format_ident!("__RECORDS_{kind}")
}
