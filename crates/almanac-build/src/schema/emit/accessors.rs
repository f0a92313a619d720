//! Typed accessors.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::emit::{ident, number, string, strings};
use crate::rustdoc::{escape, prose};
use crate::schema::rows::Items;
use crate::schema::{Inverse, Origin, choice_name};
use crate::tables::Table;

use super::{Emitter, Field, KindTable, Type, function_ident, rows_static, struct_ident, unit};

impl Emitter<'_> {
    /// Emits what the fields of a kind need, and returns their accessors. `owner` is the kind in
    /// camel case.
    pub fn accessors(
        &mut self,
        kind: usize,
        owner: &str,
        fields: &[Field],
        table: &mut KindTable,
    ) -> Vec<TokenStream> {
        let mut accessors = Vec::new();
        for (index, field) in fields.iter().enumerate().filter(|(_, field)| field.of != Type::Name)
        {
            let choice = ident(&choice_name(owner, &field.key));
            if let Type::Choice(words) = &field.of {
                self.choice(&choice, field, words);
            }
            let items = field.list.then(|| std::mem::take(&mut table.lists[index]));
            let accessor = Accessor { emitter: self, field, index: number(index), choice };
            accessors.push(match items {
                Some(items) => accessor.list(&format_ident!("__LISTS_{kind}_{index}"), items),
                // A fault that is allowed may have left some records without a value.
                None => accessor.value(field.required && table.complete[index]),
            });
        }
        accessors
    }

    /// Emits the table of what refers, and returns the accessor to it.
    pub fn inverse(
        &mut self,
        statics: &Ident,
        cell: usize,
        inverse: &Inverse,
        table: Table,
    ) -> TokenStream {
        let schema = self.schema;
        let file = file_name(statics);
        let count = number(table.rows);
        let generated = quote!(::almanac_core::generated);
        let (of, value, what) = match inverse.from {
            Origin::Table(from) => {
                let name = struct_ident(&schema.tables[from]);
                let rows = rows_static(schema.first_table() + from);
                let what = format!("the records under “{}”", escape(&schema.tables[from].heading));
                (quote!(#name), quote!(#generated::references(include_bytes!(#file), &#rows)), what)
            }
            Origin::Profile(_) | Origin::Fields => (
                quote!(Article),
                quote!(#generated::copies(include_bytes!(#file), &__ARTICLES)),
                "the articles".to_owned(),
            ),
        };
        let value = if table.rows == 0 { quote!([]) } else { value };
        self.item(&quote!(static #statics: [&'static #of; #count] = #value;));
        if table.rows > 0 {
            self.files.push((file, table.bytes));
        }
        let fields = match inverse.from {
            Origin::Table(from) => &schema.tables[from].fields,
            Origin::Profile(from) => &schema.profiles[from].fields,
            Origin::Fields => &schema.fields,
        };
        let label = escape(&fields[inverse.field].label);
        let doc = format!("Returns {what} that refer to this one as “{label}”, in order.");
        let (name, cell) = (function_ident(&inverse.key), number(cell));
        quote! {
            #[doc = #doc]
            #[must_use]
            pub const fn #name(&self) -> &'static [&'static #of] {
                self.record.cell(#cell).inverse(&#statics)
            }
        }
    }
}

/// The accessor of a field.
struct Accessor<'e, 'a> {
    emitter: &'e mut Emitter<'a>,
    field: &'e Field,
    /// Of the cell in its record.
    index: Literal,
    /// The name of the enum, for choices.
    choice: Ident,
}

impl Accessor<'_, '_> {
    /// Emits the items of all lists, and returns the accessor to those of a record.
    fn list(self, statics: &Ident, items: Items) -> TokenStream {
        let (of, index, name) = (self.rust_type(), &self.index, function_ident(&self.field.key));
        let count = number(items.len());
        let file = file_name(statics);
        let value = match items.table.rows {
            // Texts are literals: rustc takes a fifth of the time that it takes to cut them from
            // one string.
            0 => strings(&items.texts),
            _ => self.items(&file),
        };
        let item = quote!(static #statics: [#of; #count] = #value;);
        let doc = self.doc("Empty if none are given.");
        self.emitter.item(&item);
        if items.table.rows > 0 {
            self.emitter.files.push((file, items.table.bytes));
        }
        quote! {
            #[doc = #doc]
            #[must_use]
            pub const fn #name(&self) -> &'static [#of] { self.record.cell(#index).list(&#statics) }
        }
    }

    /// Returns the expression that makes the items of lists of a file. As expressions of their own
    /// they take rustc many times as long.
    fn items(&self, file: &str) -> TokenStream {
        let generated = quote!(::almanac_core::generated);
        let copies = |all: TokenStream| quote!(#generated::copies(include_bytes!(#file), #all));
        match &self.field.of {
            Type::Number => quote!(#generated::numbers(include_bytes!(#file))),
            Type::Date => quote!(#generated::dates(include_bytes!(#file))),
            Type::Boolean => copies(quote!(&[false, true])),
            Type::Choice(_) => {
                let name = &self.choice;
                copies(quote!(#name::ALL))
            }
            Type::Record(table) => {
                let statics = self.records(*table);
                quote!(#generated::references(include_bytes!(#file), &#statics))
            }
            // Articles: texts are literals, and the schema allows no lists of the rest.
            _ => copies(quote!(&__ARTICLES)),
        }
    }

    /// Returns the accessor of a single value; `given` says that every record has one.
    fn value(self, given: bool) -> TokenStream {
        let (of, read, name) = (self.rust_type(), self.read(), function_ident(&self.field.key));
        if given {
            let doc = self.doc("");
            return quote! {
                #[doc = #doc]
                #[must_use]
                pub const fn #name(&self) -> #of {
                    match #read {
                        ::core::option::Option::Some(value) => value,
                        ::core::option::Option::None => ::core::panic!("every record has a value"),
                    }
                }
            };
        }
        let doc = self.doc("`None` if it isn't given.");
        quote! {
            #[doc = #doc]
            #[must_use]
            pub const fn #name(&self) -> ::core::option::Option<#of> { #read }
        }
    }

    fn doc(&self, absent: &str) -> String {
        let about = match self.field.about.is_empty() {
            true => format!("Returns the value of “{}”.", escape(&self.field.label)),
            false => prose(&self.field.about),
        };
        if absent.is_empty() { about } else { format!("{about}\n\n{absent}") }
    }

    fn rust_type(&self) -> TokenStream {
        match &self.field.of {
            Type::Name | Type::Text | Type::Url | Type::Country => quote!(&'static str),
            Type::Number => quote!(f64),
            Type::Quantity => quote!(::almanac_core::Quantity),
            Type::Date => quote!(::almanac_core::Date),
            Type::Boolean => quote!(bool),
            Type::Choice(_) => {
                let name = &self.choice;
                quote!(#name)
            }
            Type::Article | Type::Profile(_) => quote!(&'static Article),
            Type::Mention => quote!(Mention),
            Type::Record(table) => {
                let name = struct_ident(&self.emitter.schema.tables[*table]);
                quote!(&'static #name)
            }
        }
    }

    /// Returns how the cell is read, as an `Option`.
    fn read(&self) -> TokenStream {
        let index = &self.index;
        let cell = quote!(self.record.cell(#index));
        let of_index = |value: TokenStream| {
            quote! {
                match #cell.index() {
                    ::core::option::Option::Some(index) => ::core::option::Option::Some(#value),
                    ::core::option::Option::None => ::core::option::Option::None,
                }
            }
        };
        match &self.field.of {
            Type::Name | Type::Text | Type::Url | Type::Country => quote!(#cell.text()),
            Type::Number => quote!(#cell.number()),
            Type::Quantity => {
                let unit = string(unit(self.field));
                quote!(#cell.quantity(#unit))
            }
            Type::Date => quote!(#cell.date()),
            Type::Boolean => quote!(#cell.boolean()),
            Type::Article | Type::Profile(_) => quote!(#cell.article()),
            Type::Mention => quote!(#cell.mention()),
            Type::Choice(_) => {
                let name = &self.choice;
                of_index(quote!(#name::ALL[index]))
            }
            Type::Record(table) => {
                let statics = self.records(*table);
                of_index(quote!(&#statics[index]))
            }
        }
    }

    fn records(&self, table: usize) -> Ident {
        rows_static(self.emitter.schema.first_table() + table)
    }
}

/// Returns the name of the file of a static's rows.
fn file_name(statics: &Ident) -> String {
    format!("{}.bin", statics.to_string().trim_start_matches('_').to_lowercase())
}
