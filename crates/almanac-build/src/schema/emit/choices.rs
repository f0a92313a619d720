//! Choices as enums.

use proc_macro2::Ident;
use quote::quote;

use crate::emit::{ident, push_item};
use crate::rustdoc::escape;
use crate::schema::{Field, variant_name};

use super::Emitter;

impl Emitter<'_> {
    /// Emits the enum of a choice.
    pub fn choice(&mut self, name: &Ident, field: &Field, words: &[String]) {
        let doc = format!("A choice of “{}”.", escape(&field.label));
        let variants = words.iter().map(|word| variant_name(word).expect("checked by the schema"));
        let variants: Vec<Ident> = variants.map(|name| ident(&name)).collect();
        let docs = words.iter().map(|word| escape(word));
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
        let serialize = quote!(::almanac_core::__serialize!(#name, |value| value.as_str()););
        push_item(&serialize, self.code);
    }
}
