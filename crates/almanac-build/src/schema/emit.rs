//! The schema as Rust: a struct for each kind with a typed accessor for each field, choices as enums,
//! and how generic code gets at the same.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::emit::{File, ident, number, push_item, push_root_item, string};
use crate::names;

use super::resolve::{Records, Resolved};
use super::rows::RecordTables;
use super::{Field, Inverse, Kind, Origin, Schema, Type};

/// Names that every almanac gives out: a kind of that name becomes `EventRecord`.
const TAKEN: [&str; 48] = [
    "Almanac", "Article", "ArticleId", "Category", "Content", "Date", "Event", "Fact", "Field",
    "Fields", "Happening", "Hit", "Hits", "Image", "InvalidDate", "Kind", "Link", "Mention",
    "Posting", "Profile", "Quantity", "Record", "Section", "Snippet", "Source", "Table", "Target",
    "Type", "TypedRecord", "UnknownArticle", "Value", "Values", "Word", "Chunk", "Chunks",
    // The prelude of whoever includes the code.
    "Option", "Some", "None", "Result", "Ok", "Err", "String", "Vec", "Box", "Iterator", "Default",
    "Clone", "Copy",
];

/// Returns the name of a kind's struct.
pub fn struct_name(kind: &Kind) -> Ident {
    match TAKEN.contains(&&*kind.type_name) {
        true => format_ident!("{}Record", kind.type_name),
        false => ident(&kind.type_name),
    }
}

/// Writes the code and the files of all records.
pub fn emit(
    schema: &Schema,
    records: &Records,
    tables: RecordTables,
    code: &mut String,
    files: &mut Vec<File>,
) {
    let mut emitter = Emitter { schema, code, files };
    let mut inverses = tables.inverses.into_iter();
    let mut lists = tables.lists.into_iter();
    for (kind, table) in schema.profiles.iter().zip(tables.profiles) {
        let inverses = inverses.next().unwrap_or_default();
        emitter.kind(kind, table, inverses, &lists.next().unwrap_or_default());
    }
    if !schema.fields.is_empty() {
        emitter.fields(tables.fields, &lists.next().unwrap_or_default());
    }
    for (kind, table) in schema.tables.iter().zip(tables.tables) {
        let inverses = inverses.next().unwrap_or_default();
        emitter.kind(kind, table, inverses, &lists.next().unwrap_or_default());
    }
    emitter.profile(records);
    emitter.tables(records);
    files.push(("cells.bin".to_owned(), tables.cells.bytes));
}

/// Returns the members of `impl Almanac` that concern records.
pub fn members(schema: &Schema) -> TokenStream {
    let arms = schema.profiles.iter().map(|kind| {
        let name = struct_name(kind);
        quote!(Profile::#name(profile) => &profile.0,)
    });
    let record = match schema.profiles.is_empty() {
        true => quote!(match *profile {}),
        false => quote!(match profile { #(#arms)* }),
    };
    let (fields, field_rows, fields_record) = match schema.fields.is_empty() {
        true => (quote!(()), quote!(&[()]), quote!({ let () = fields; ::core::option::Option::None })),
        false => (
            quote!(Fields),
            quote!(&__FIELDS),
            quote!(::core::option::Option::Some(&fields.0)),
        ),
    };
    quote! {
        type Profile = Profile;
        const PROFILES: &'static [Profile] = &__PROFILES;
        fn profile_record(profile: &'static Profile) -> &'static Record { #record }
        type Fields = #fields;
        const FIELDS: &'static [#fields] = #field_rows;
        fn fields_record(fields: &'static #fields) -> ::core::option::Option<&'static Record> {
            #fields_record
        }
        const KINDS: &'static [::almanac_core::Kind] = &__KINDS;
        const TABLES: &'static [Table] = &__TABLES;
        const CELLS: &'static &'static [u8] = &__CELLS;
    }
}

struct Emitter<'a> {
    schema: &'a Schema,
    code: &'a mut String,
    files: &'a mut Vec<File>,
}

impl Emitter<'_> {
    /// Emits the struct of a kind, its table and its accessors.
    fn kind(
        &mut self,
        kind: &Kind,
        table: crate::tables::Table,
        inverses: Vec<crate::tables::Table>,
        lists: &[Vec<Vec<Resolved>>],
    ) {
        let name = struct_name(kind);
        let doc = match kind.about.is_empty() {
            true => format!("A {}.", kind.name),
            false => kind.about.clone(),
        };
        self.row_struct(&name, &doc, &kind.type_name, table);
        let mut accessors = self.accessors(&kind.fields, &kind.type_name, lists);
        for (index, (inverse, table)) in kind.inverses.iter().zip(inverses).enumerate() {
            accessors.push(self.inverse(kind, index, inverse, table));
        }
        if let Some((from, until)) = kind.valid {
            let from = number(from);
            let until = match until {
                Some(until) => {
                    let until = number(until);
                    quote!(self.0.cell(#until).date())
                }
                None => quote!(::core::option::Option::None),
            };
            accessors.push(quote! {
                /// Tells whether it was valid at some time of a date: of a whole month or year where
                /// the date has no day. Its own dates count likewise, the last one included; without a
                /// last date it is still valid.
                #[must_use]
                pub const fn valid_on(&self, date: ::almanac_core::Date) -> bool {
                    ::almanac_core::generated::valid_on(self.0.cell(#from).date(), #until, date)
                }
            });
        }
        let is_table = !kind.heading.is_empty();
        if is_table {
            let statics = table_static(&kind.type_name);
            accessors.push(quote! {
                /// Returns the record of an id, in `const` too; `None` if there is none.
                #[must_use]
                pub const fn get(id: &str) -> ::core::option::Option<&'static #name> {
                    let (mut low, mut high) = (0, #statics.len());
                    while low < high {
                        let middle = low + (high - low) / 2;
                        let row = &#statics[#statics[middle].0.by_id()];
                        match ::almanac_core::generated::compare(row.0.id(), id) {
                            ::core::cmp::Ordering::Equal => return ::core::option::Option::Some(row),
                            ::core::cmp::Ordering::Greater => high = middle,
                            ::core::cmp::Ordering::Less => low = middle + 1,
                        }
                    }
                    ::core::option::Option::None
                }
                /// Returns the name.
                #[must_use]
                pub const fn name(&self) -> &'static str { self.0.name() }
                /// Returns the id, unique among its kind.
                #[must_use]
                pub const fn id(&self) -> &'static str { self.0.id() }
                /// Returns the section with the table; `None` never.
                #[must_use]
                pub const fn section(&self) -> ::core::option::Option<&'static Section> {
                    self.0.section()
                }
                /// Returns all sources that the row cites, in order of their numbers.
                #[must_use]
                pub const fn sources(&self) -> &'static [&'static Source] { self.0.sources() }
            });
        }
        accessors.push(self.common());
        self.item(&quote!(impl #name { #(#accessors)* }));
    }

    /// Emits the struct of the fields of articles.
    fn fields(&mut self, table: crate::tables::Table, lists: &[Vec<Vec<Resolved>>]) {
        let name = ident("Fields");
        self.row_struct(&name, "The fields of an article that the schema declares.", "Field", table);
        let mut accessors = self.accessors(&self.schema.fields, "Article", lists);
        accessors.push(self.common());
        self.item(&quote!(impl #name { #(#accessors)* }));
    }

    /// Returns what every record has.
    fn common(&self) -> TokenStream {
        quote! {
            /// Returns the article.
            #[must_use]
            pub const fn article(&self) -> &'static Article { self.0.article() }
            /// Returns a fact for each field that has a value.
            pub fn facts(&'static self) -> impl Iterator<Item = Fact> + use<> { self.0.facts() }
            /// Returns the fact of a field by its key; `None` if there is no such field or no value.
            #[must_use]
            pub fn fact(&'static self, key: &str) -> ::core::option::Option<Fact> { self.0.fact(key) }
        }
    }

    /// Emits a struct over a record, and the table of its rows.
    fn row_struct(&mut self, name: &Ident, doc: &str, base: &str, table: crate::tables::Table) {
        let statics = table_static(base);
        let file = format!("{}.bin", statics.to_string().trim_start_matches('_').to_lowercase());
        let rows = number(table.rows);
        let value = match table.rows {
            0 => quote!([]),
            _ => quote!({
                let bytes = include_bytes!(#file);
                let mut rows = [const { #name(::almanac_core::Record::ZERO) }; #rows];
                let mut index = 0;
                while index < #rows {
                    rows[index].0 = ::almanac_core::Record::at(bytes, index);
                    index += 1;
                }
                rows
            }),
        };
        self.item(&quote! {
            #[doc = #doc]
            #[derive(PartialEq, Eq, Hash)]
            pub struct #name(Record);
        });
        self.item(&quote!(static #statics: [#name; #rows] = #value;));
        push_item(&quote!(::almanac_core::__record!(#name, #statics);), self.code);
        if table.rows > 0 {
            self.files.push((file, table.bytes));
        }
    }

    fn accessors(
        &mut self,
        fields: &[Field],
        base: &str,
        lists: &[Vec<Vec<Resolved>>],
    ) -> Vec<TokenStream> {
        let mut accessors = Vec::new();
        for (index, field) in fields.iter().enumerate() {
            if let Type::Choice(words) = &field.of {
                self.choice(&choice_name(base, field), field, words);
            }
            if field.of != Type::Name {
                let lists = lists.get(index).map_or(&[][..], |lists| lists);
                accessors.push(self.accessor(index, field, base, lists));
            }
        }
        accessors
    }

    fn accessor(
        &mut self,
        index: usize,
        field: &Field,
        base: &str,
        lists: &[Vec<Resolved>],
    ) -> TokenStream {
        let name = ident(&names::function_name(&field.key).expect("checked by the schema"));
        let at = number(index);
        let of = self.type_of(field, base);
        let mut doc = match field.about.is_empty() {
            true => format!("Returns `{}`.", field.label),
            false => field.about.clone(),
        };
        let cell = quote!(self.0.cell(#at));
        if field.list {
            doc.push_str("\n\nEmpty if nothing is said.");
            let statics = format_ident!("__LISTS_{}_{}", base.to_uppercase(), index);
            let count = number(lists.len());
            let values = lists.iter().map(|list| {
                let items = list.iter().map(|item| self.literal(item, field, base));
                quote!(&[#(#items),*])
            });
            let values: Vec<TokenStream> = values.collect();
            self.item(&quote!(static #statics: [&'static [#of]; #count] = [#(#values),*];));
            return quote! {
                #[doc = #doc]
                #[must_use]
                pub const fn #name(&self) -> &'static [#of] {
                    match #cell.index() {
                        ::core::option::Option::Some(index) => #statics[index],
                        ::core::option::Option::None => &[],
                    }
                }
            };
        }
        let read = match &field.of {
            Type::Name | Type::Text | Type::Url | Type::Country => quote!(#cell.text()),
            Type::Number => quote!(#cell.number()),
            Type::Quantity => {
                let unit = string(unit(field));
                quote!(#cell.quantity(#unit))
            }
            Type::Date => quote!(#cell.date()),
            Type::Boolean => quote!(#cell.boolean()),
            Type::Article | Type::Profile(_) => quote!(#cell.article()),
            Type::Mention => quote!(#cell.mention()),
            Type::Choice(_) => quote! {
                match #cell.index() {
                    ::core::option::Option::Some(index) => ::core::option::Option::Some(#of::ALL[index]),
                    ::core::option::Option::None => ::core::option::Option::None,
                }
            },
            Type::Record(table) => {
                let statics = table_static(&self.schema.tables[*table].type_name);
                quote! {
                    match #cell.index() {
                        ::core::option::Option::Some(index) => ::core::option::Option::Some(&#statics[index]),
                        ::core::option::Option::None => ::core::option::Option::None,
                    }
                }
            }
        };
        if field.required {
            return quote! {
                #[doc = #doc]
                #[must_use]
                pub const fn #name(&self) -> #of {
                    match #read {
                        ::core::option::Option::Some(value) => value,
                        ::core::option::Option::None => panic!("the compiler saw to it"),
                    }
                }
            };
        }
        doc.push_str("\n\n`None` if nothing is said.");
        quote! {
            #[doc = #doc]
            #[must_use]
            pub const fn #name(&self) -> ::core::option::Option<#of> { #read }
        }
    }

    /// Emits the enum of a choice.
    fn choice(&mut self, name: &Ident, field: &Field, words: &[String]) {
        let doc = format!("A choice of `{}`.", field.label);
        let variants: Vec<Ident> = words
            .iter()
            .map(|word| ident(&names::type_name(word).expect("checked by the schema")))
            .collect();
        let docs = words.iter().map(|word| format!("`{word}`"));
        self.item(&quote! {
            #[doc = #doc]
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #[non_exhaustive]
            pub enum #name { #(#[doc = #docs] #variants),* }
        });
        self.item(&quote! {
            impl #name {
                /// All choices in the schema's order.
                pub const ALL: &'static [#name] = &[#(#name::#variants),*];
                /// Returns the word in the schema.
                #[must_use]
                pub const fn as_str(self) -> &'static str {
                    match self { #(#name::#variants => #words),* }
                }
            }
        });
        self.item(&quote! {
            impl ::core::fmt::Display for #name {
                fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    formatter.pad(self.as_str())
                }
            }
        });
        push_item(
            &quote!(::almanac_core::__serialize!(#name, |value| value.as_str());),
            self.code,
        );
    }

    /// Emits the table of what refers, and returns the accessor to it.
    fn inverse(
        &mut self,
        kind: &Kind,
        index: usize,
        inverse: &Inverse,
        table: crate::tables::Table,
    ) -> TokenStream {
        let statics = format_ident!("__INVERSE_{}_{}", kind.type_name.to_uppercase(), index);
        let file = format!("{}.bin", statics.to_string().trim_start_matches('_').to_lowercase());
        let count = number(table.rows);
        let (of, value, what) = match inverse.from {
            Origin::Table(from) => {
                let from = &self.schema.tables[from];
                let name = struct_name(from);
                let rows = table_static(&from.type_name);
                let value = quote!(::almanac_core::generated::references(include_bytes!(#file), &#rows));
                (quote!(#name), value, format!("records under `{}`", from.heading))
            }
            _ => {
                let value = quote! {
                    ::almanac_core::generated::article_references(include_bytes!(#file), &__ARTICLES)
                };
                (quote!(Article), value, "articles".to_owned())
            }
        };
        let value = if table.rows == 0 { quote!([]) } else { value };
        self.item(&quote!(static #statics: [&'static #of; #count] = #value;));
        if table.rows > 0 {
            self.files.push((file, table.bytes));
        }
        let fields = match inverse.from {
            Origin::Table(from) => &self.schema.tables[from].fields,
            Origin::Profile(from) => &self.schema.profiles[from].fields,
            Origin::Fields => &self.schema.fields,
        };
        let doc = format!("Returns the {what} whose `{}` this is.", fields[inverse.field].label);
        let name = ident(&names::function_name(&inverse.key).expect("checked by the schema"));
        let at = number(kind.fields.len() + index);
        quote! {
            #[doc = #doc]
            #[must_use]
            pub const fn #name(&self) -> &'static [&'static #of] {
                self.0.cell(#at).inverse(&#statics)
            }
        }
    }

    /// Emits the enum of all profiles and their table.
    fn profile(&mut self, records: &Records) {
        let names: Vec<Ident> = self.schema.profiles.iter().map(struct_name).collect();
        let docs = self.schema.profiles.iter().map(|kind| match kind.about.is_empty() {
            true => format!("A {}.", kind.name),
            false => kind.about.clone(),
        });
        let derive = match names.is_empty() {
            true => quote!(#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]),
            false => quote!(#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)] #[non_exhaustive]),
        };
        self.item(&quote! {
            /// The facts of an article's front matter, by the kind of thing that it is about.
            #derive
            pub enum Profile { #(#[doc = #docs] #names(&'static #names)),* }
        });
        let rows = self.schema.profiles.iter().zip(&records.profiles).flat_map(|(kind, rows)| {
            let (name, statics) = (struct_name(kind), table_static(&kind.type_name));
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
            false => quote!(match value { #(Profile::#names(profile) => &profile.0),* }),
        };
        push_item(&quote!(::almanac_core::__serialize!(Profile, |value| #value);), self.code);
    }

    /// Emits the descriptions of all kinds and the functions that list records.
    fn tables(&mut self, records: &Records) {
        let profiles = self.schema.profiles.iter().map(|kind| (kind, &kind.name));
        let mut kinds: Vec<TokenStream> =
            profiles.map(|(kind, name)| description(name, &kind.about, &kind.fields)).collect();
        if !self.schema.fields.is_empty() {
            kinds.push(description("article", "", &self.schema.fields));
        }
        let first = kinds.len();
        for kind in &self.schema.tables {
            kinds.push(description(&kind.name, &kind.about, &kind.fields));
        }
        let count = number(kinds.len());
        self.item(&quote!(static __KINDS: [::almanac_core::Kind; #count] = [#(#kinds),*];));
        let mut tables = Vec::new();
        for (index, kind) in self.schema.tables.iter().enumerate() {
            let (name, statics) = (struct_name(kind), table_static(&kind.type_name));
            let (key, label) = (string(&kind.key), string(&kind.heading));
            let (described, listed) = (number(first + index), number(records.listed[index]));
            tables.push(quote! {
                ::almanac_core::Table::new(#key, #label, #described, #listed, |index| &#statics[index].0)
            });
            let function = ident(&names::function_name(&kind.key).expect("checked by the schema"));
            let doc = format!(
                "Returns the records of all tables under `{}`: those of one article together, listed \
                 articles in sidebar order.",
                kind.heading
            );
            self.item(&quote! {
                #[doc = #doc]
                #[must_use]
                pub const fn #function() -> &'static [#name] { #statics.split_at(#listed).0 }
            });
        }
        let count = number(tables.len());
        self.item(&quote!(static __TABLES: [Table; #count] = [#(#tables),*];));
        self.item(&quote!(static __CELLS: &[u8] = include_bytes!("cells.bin");));
    }

    fn type_of(&self, field: &Field, base: &str) -> TokenStream {
        match &field.of {
            Type::Name | Type::Text | Type::Url | Type::Country => quote!(&'static str),
            Type::Number => quote!(f64),
            Type::Quantity => quote!(::almanac_core::Quantity),
            Type::Date => quote!(::almanac_core::Date),
            Type::Boolean => quote!(bool),
            Type::Choice(_) => {
                let name = choice_name(base, field);
                quote!(#name)
            }
            Type::Article | Type::Profile(_) => quote!(&'static Article),
            Type::Mention => quote!(Mention),
            Type::Record(table) => {
                let name = struct_name(&self.schema.tables[*table]);
                quote!(&'static #name)
            }
        }
    }

    /// Returns an item of a list as an expression.
    fn literal(&self, value: &Resolved, field: &Field, base: &str) -> TokenStream {
        match value {
            Resolved::Text(text) | Resolved::Mention(text, _) | Resolved::Quantity(_, text) => {
                let text = string(text);
                quote!(#text)
            }
            Resolved::Number(number) => {
                let number = Literal::f64_suffixed(*number);
                quote!(#number)
            }
            Resolved::Date(date) => crate::emit::date(*date),
            Resolved::Boolean(value) => quote!(#value),
            Resolved::Choice(index) => {
                let (name, index) = (choice_name(base, field), number(*index));
                quote!(#name::ALL[#index])
            }
            Resolved::Article(index) => {
                let index = number(*index);
                quote!(__ARTICLES[#index])
            }
            Resolved::Record(index) => {
                let Type::Record(table) = field.of else { return TokenStream::new() };
                let statics = table_static(&self.schema.tables[table].type_name);
                let index = number(*index);
                quote!(&#statics[#index])
            }
            Resolved::List(_) => TokenStream::new(),
        }
    }

    fn item(&mut self, item: &TokenStream) {
        push_root_item(item, self.code);
    }
}

/// Returns the description of a kind for code that knows no schema.
fn description(name: &str, about: &str, fields: &[Field]) -> TokenStream {
    let fields = fields.iter().map(|field| {
        let (key, label, about, unit) =
            (string(&field.key), string(&field.label), string(&field.about), string(unit(field)));
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
        let list = field.list;
        quote!(::almanac_core::Field::new(#key, #label, #about, #unit, ::almanac_core::Type::#of, #list))
    });
    quote!(::almanac_core::Kind::new(#name, #about, &[#(#fields),*]))
}

/// Returns the name of the unit; empty for what has none.
fn unit(field: &Field) -> &str {
    field.units.first().map_or("", String::as_str)
}

fn table_static(base: &str) -> Ident {
    format_ident!("__{}_ROWS", base.to_uppercase())
}

fn choice_name(base: &str, field: &Field) -> Ident {
    let field = names::type_name(&field.key).unwrap_or_default();
    format_ident!("{base}{field}")
}
