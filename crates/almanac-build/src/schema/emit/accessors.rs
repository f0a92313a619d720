//! Typed accessors.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::emit::{ident, number, string};
use crate::rustdoc::{escape, prose};
use crate::schema::{Inverse, Origin, choice_name};
use crate::tables::Table;

use super::{
    Emitter, Field, KindTable, Resolved, Type, function_ident, rows_static, struct_ident, unit,
};

impl Emitter<'_> {
    /// Emits what the fields of a kind need, and returns their accessors. `owner` is the kind in
    /// camel case.
    pub fn accessors(
        &mut self,
        kind: usize,
        owner: &str,
        fields: &[Field],
        table: &KindTable,
    ) -> Vec<TokenStream> {
        let mut accessors = Vec::new();
        for (index, field) in fields.iter().enumerate().filter(|(_, field)| field.of != Type::Name)
        {
            let choice = ident(&choice_name(owner, &field.key));
            if let Type::Choice(words) = &field.of {
                self.choice(&choice, field, words);
            }
            let accessor = Accessor { emitter: self, field, index: number(index), choice };
            accessors.push(match field.list {
                true => {
                    let statics = format_ident!("__LISTS_{kind}_{index}");
                    accessor.list(&statics, &table.lists[index])
                }
                // A fault that is allowed may have left some records without a value.
                false => accessor.value(field.required && table.complete[index]),
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
        let file = format!("{}.bin", statics.to_string().trim_start_matches('_').to_lowercase());
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
                quote!(#generated::article_references(include_bytes!(#file), &__ARTICLES)),
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
    fn list(self, statics: &Ident, lists: &[Vec<Resolved>]) -> TokenStream {
        let (of, index, name) = (self.rust_type(), &self.index, function_ident(&self.field.key));
        let count = number(lists.len());
        let values = lists.iter().map(|list| {
            let items = list.iter().map(|item| self.literal(item));
            quote!(&[#(#items),*])
        });
        let item = quote!(static #statics: [&'static [#of]; #count] = [#(#values),*];);
        let doc = self.doc("Empty if none are given.");
        self.emitter.item(&item);
        quote! {
            #[doc = #doc]
            #[must_use]
            pub const fn #name(&self) -> &'static [#of] {
                match self.record.cell(#index).index() {
                    ::core::option::Option::Some(index) => #statics[index],
                    ::core::option::Option::None => &[],
                }
            }
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

    /// Returns an item of a list as an expression.
    fn literal(&self, value: &Resolved) -> TokenStream {
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
                let (name, index) = (&self.choice, number(*index));
                quote!(#name::ALL[#index])
            }
            Resolved::Article(index) => {
                let index = number(*index);
                quote!(__ARTICLES[#index])
            }
            Resolved::Record(index) => {
                let Type::Record(table) = self.field.of else { return TokenStream::new() };
                let (statics, index) = (self.records(table), number(*index));
                quote!(&#statics[#index])
            }
            Resolved::List(_) => TokenStream::new(),
        }
    }

    fn records(&self, table: usize) -> Ident {
        rows_static(self.emitter.schema.first_table() + table)
    }
}
