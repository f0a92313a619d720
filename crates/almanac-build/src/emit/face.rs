//! The types and functions that every almanac has.

use almanac_core::generated::LAYOUT;
use almanac_core::layout::to_usize;
use proc_macro2::TokenStream;
use quote::quote;

use super::{ident, number};

/// Returns the types and functions of the almanac, named without their marker type.
///
/// Their examples are those of `almanac-core`: one here would have to name the crate and the module
/// that include the code, which may be private.
pub(super) fn items() -> Vec<TokenStream> {
    let layout = number(to_usize(LAYOUT));
    let versions = "almanac-build and almanac-core are of different versions: \
                    this code was generated for another almanac-core";
    let mut items = vec![
        quote! {
            const _: () = assert!(
                ::almanac_core::generated::LAYOUT == #layout,
                #versions
            );
        },
        quote! {
            /// The almanac as a marker type, for code that is generic over almanacs.
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub enum Almanac {}
        },
        quote!(
            #[doc(no_inline)]
            pub use ::almanac_core::{Date, Field, InvalidDate, Kind, Quantity, Type, TypedRecord};
        ),
    ];
    let types = [
        ("Article", "An article of this almanac."),
        ("ArticleId", "An article of this almanac that is stored as its id."),
        ("Category", "A folder of articles of this almanac."),
        ("Chunk", "A chunk of an article of this almanac."),
        ("ChunkId", "The id of a chunk of this almanac."),
        ("Chunks", "The chunks of an article of this almanac."),
        ("Event", "An event of a timeline of this almanac."),
        ("Fact", "A label, a value and its sources, of a record of this almanac."),
        ("Happening", "A happening of this almanac: one or several events that tell it."),
        ("Image", "An image that an article of this almanac shows."),
        ("Link", "A link of an article of this almanac."),
        ("Mention", "A name in a table of this almanac that may lead to an article."),
        ("Record", "A typed row of this almanac."),
        ("Section", "A section of an article of this almanac."),
        ("SidebarItem", "An article or a folder in the sidebar of this almanac."),
        ("Source", "A source cited by an article of this almanac."),
        ("Table", "The records of one kind of this almanac."),
        ("Target", "The target of a link of this almanac."),
        ("UnknownArticle", "The error for an id that no article of this almanac has."),
        ("Value", "The value of a fact of this almanac."),
        ("Values", "The values of a list of this almanac."),
    ];
    items.extend(types.map(|(name, doc)| {
        let name = ident(name);
        quote!(#[doc = #doc] pub type #name = ::almanac_core::#name<Almanac>;)
    }));
    items.extend([
        quote! {
            /// Returns all listed articles in sidebar order.
            ///
            /// [`almanac_core::articles`](::almanac_core::articles()) has an example.
            #[must_use]
            #[inline]
            pub const fn articles() -> &'static [&'static Article] {
                ::almanac_core::articles::<Almanac>()
            }
        },
        quote! {
            /// Returns all categories in sidebar order, each before those inside it.
            ///
            /// [`almanac_core::categories`](::almanac_core::categories()) has an example.
            #[must_use]
            #[inline]
            pub const fn categories() -> &'static [Category] {
                ::almanac_core::categories::<Almanac>()
            }
        },
        quote! {
            /// Returns what stands at the root of the content, where a table of contents begins.
            ///
            /// [`almanac_core::contents`](::almanac_core::contents()) has an example.
            #[must_use]
            #[inline]
            pub const fn contents() -> &'static [SidebarItem] {
                ::almanac_core::contents::<Almanac>()
            }
        },
        quote! {
            /// Returns the events of all listed articles in order of time.
            ///
            /// [`almanac_core::events`](::almanac_core::events()) has an example.
            #[must_use]
            #[inline]
            pub const fn events() -> &'static [&'static Event] {
                ::almanac_core::events::<Almanac>()
            }
        },
        quote! {
            /// Returns what happened, each happening once, in order of time.
            ///
            /// [`almanac_core::happenings`](::almanac_core::happenings()) has an example.
            #[must_use]
            #[inline]
            pub const fn happenings() -> &'static [Happening] {
                ::almanac_core::happenings::<Almanac>()
            }
        },
        quote! {
            /// Returns the listed articles whose review date is on or before a date, in order of
            /// the review dates.
            ///
            /// [`almanac_core::stale`](::almanac_core::stale()) has an example.
            #[must_use]
            pub const fn stale(date: Date) -> &'static [&'static Article] {
                ::almanac_core::stale::<Almanac>(date)
            }
        },
        quote! {
            /// The date of the newest `last_update` of all articles; `None` if no article has one.
            ///
            /// [`almanac_core`](::almanac_core::Almanac::EDITION) has an example.
            pub const EDITION: Option<Date> = <Almanac as ::almanac_core::Almanac>::EDITION;
        },
        quote! {
            /// Returns the article of an id, in `const` too; `None` if there is none.
            ///
            /// [`almanac_core::get`](::almanac_core::get()) has an example.
            #[must_use]
            #[inline]
            pub const fn get(id: &str) -> Option<&'static Article> {
                ::almanac_core::get::<Almanac>(id)
            }
        },
        quote! {
            /// Returns the listed articles whose ids are most like `id`, three at most, for "did
            /// you mean".
            ///
            /// [`almanac_core::nearest`](::almanac_core::nearest()) has an example.
            pub fn nearest(id: &str) -> impl Iterator<Item = &'static Article> + use<> {
                ::almanac_core::nearest::<Almanac>(id)
            }
        },
        quote! {
            /// Returns the tables of records that the schema declares.
            ///
            /// [`almanac_core::tables`](::almanac_core::tables()) has an example.
            #[must_use]
            #[inline]
            pub const fn tables() -> &'static [Table] { ::almanac_core::tables::<Almanac>() }
        },
    ]);
    items
}
