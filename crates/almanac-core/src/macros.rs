//! Implementations that `derive` would bound by `A: Clone`, `A: Debug` and so on: an almanac is a
//! marker type and has none of these.

/// Implements `Clone`, `Copy`, `Debug`, `PartialEq`, `Eq` and `Hash` for an enum of references.
macro_rules! reference_enum {
    ($Type:ident { $($Variant:ident),+ }) => {
        impl<A: Almanac> Clone for $Type<A> {
            fn clone(&self) -> $Type<A> {
                *self
            }
        }

        impl<A: Almanac> Copy for $Type<A> {}

        impl<A: Almanac> core::fmt::Debug for $Type<A> {
            fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                match self {
                    $($Type::$Variant(value) => {
                        formatter.debug_tuple(stringify!($Variant)).field(value).finish()
                    })+
                }
            }
        }

        impl<A: Almanac> PartialEq for $Type<A> {
            fn eq(&self, other: &$Type<A>) -> bool {
                match (self, other) {
                    $(($Type::$Variant(one), $Type::$Variant(other)) => one == other,)+
                    _ => false,
                }
            }
        }

        impl<A: Almanac> Eq for $Type<A> {}

        impl<A: Almanac> core::hash::Hash for $Type<A> {
            fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
                core::mem::discriminant(self).hash(state);
                match self {
                    $($Type::$Variant(value) => value.hash(state),)+
                }
            }
        }
    };
}
pub(crate) use reference_enum;

/// Implements `Clone`, `Copy`, `PartialEq`, `Eq` and `Hash` for a struct of one reference.
macro_rules! reference_struct {
    ($Type:ident { $field:tt }) => {
        impl<A: Almanac> Clone for $Type<A> {
            fn clone(&self) -> $Type<A> {
                *self
            }
        }

        impl<A: Almanac> Copy for $Type<A> {}

        impl<A: Almanac> PartialEq for $Type<A> {
            fn eq(&self, other: &$Type<A>) -> bool {
                self.$field == other.$field
            }
        }

        impl<A: Almanac> Eq for $Type<A> {}

        impl<A: Almanac> core::hash::Hash for $Type<A> {
            fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
                self.$field.hash(state);
            }
        }
    };
}
pub(crate) use reference_struct;

/// Includes an almanac that the build script made with `almanac-build`: its articles as statics in
/// modules, and `articles()`, `get()`, `events()` and so on.
///
/// For the root of a crate, or a module of a library or a binary. Several almanacs in one crate
/// each have a name and a module:
///
/// ```ignore
/// almanac_core::almanac!();
///
/// /// The handbook.
/// pub mod handbook {
///     almanac_core::almanac!("handbook");
/// }
/// ```
///
/// `almanac!(folder = "compiled")` includes what the builder's `write_to("compiled")` wrote into
/// the package: whoever builds that package needs no compiler.
///
/// An almanac has `search()` if the builder wrote an index, `search_index(true)`, and the feature
/// `search` of this crate is on.
///
/// Names in other scripts than Latin (`docs/日本.md`) may need
/// `#![allow(uncommon_codepoints, confusable_idents, mixed_script_confusables)]` at the root of the
/// crate: rustc hears of these lints nowhere else. All other code passes `missing_docs` and
/// `clippy::pedantic`.
///
/// The included items are documented, with links to the functions of this crate for examples: an
/// example of its own would have to name the crate and the module that include it.
#[macro_export]
macro_rules! almanac {
    () => {
        $crate::almanac!("almanac");
    };
    (folder = $folder:literal) => {
        include!(concat!(env!("CARGO_MANIFEST_DIR"), "/", $folder, "/almanac.rs"));
    };
    ($name:literal) => {
        include!(concat!(env!("OUT_DIR"), "/", $name, "/almanac.rs"));
    };
}

/// Adds search to an almanac with an index. Generated code calls it: whether there is a search is a
/// feature of this crate, not of the caller's.
#[cfg(feature = "search")]
#[doc(hidden)]
#[macro_export]
macro_rules! __search {
    ($index:literal) => {
        impl $crate::Searchable for Almanac {
            const INDEX: &'static &'static [u8] = {
                static INDEX: &[u8] = include_bytes!($index);
                &INDEX
            };
        }
        /// A hit of a search in this almanac.
        pub type Hit = $crate::Hit<Almanac>;
        /// The hits of a search in this almanac.
        pub type Hits = $crate::Hits<Almanac>;
        /// A word of this almanac's index.
        pub type Word = $crate::Word<Almanac>;
        /// A section that has a word, with how often.
        pub type Posting = $crate::Posting<Almanac>;
        #[doc(no_inline)]
        #[allow(unused_imports)]
        pub use $crate::{Snippet, forms};
        /// Returns the sections that a query finds, the best first.
        ///
        /// [`almanac_core::search`](::almanac_core::search()) has an example.
        #[allow(dead_code)]
        pub fn search(query: &str) -> Hits {
            $crate::search::<Almanac>(query)
        }
        /// Returns all words of the index.
        ///
        /// [`almanac_core::words`](::almanac_core::words()) has an example.
        #[must_use]
        #[allow(dead_code)]
        pub fn words() -> impl ExactSizeIterator<Item = Word> + use<> {
            $crate::words::<Almanac>()
        }
    };
}

/// Adds nothing: this build has no search.
#[cfg(not(feature = "search"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __search {
    ($index:literal) => {};
}

/// Gives a struct over a [`Record`](crate::Record) what all of them have. Generated code calls it:
/// whether there is a `Serialize` is a feature of this crate, not of the caller's.
#[doc(hidden)]
#[macro_export]
macro_rules! __record {
    ($Type:ident, $table:ident) => {
        impl ::core::clone::Clone for $Type {
            fn clone(&self) -> $Type {
                *self
            }
        }
        impl ::core::marker::Copy for $Type {}
        impl ::core::fmt::Debug for $Type {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&self.record, formatter)
            }
        }
        impl ::core::fmt::Display for $Type {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.record, formatter)
            }
        }
        impl $crate::TypedRecord for $Type {
            type Almanac = Almanac;
            const TABLE: &'static [$Type] = &$table;
            fn record(&self) -> &$crate::Record<Almanac> {
                &self.record
            }
        }
        $crate::__serialize!($Type, |value| &value.record);
    };
}

/// Serializes a type as another one.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __serialize {
    ($Type:ident, |$value:ident| $as:expr) => {
        impl $crate::__serde::Serialize for $Type {
            fn serialize<S: $crate::__serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                let $value = self;
                $crate::__serde::Serialize::serialize($as, serializer)
            }
        }
    };
}

/// Adds nothing: this build has no `Serialize`.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serialize {
    ($Type:ident, |$value:ident| $as:expr) => {};
}
