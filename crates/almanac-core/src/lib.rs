//! The types of a compiled almanac: a folder of Markdown articles that `almanac-build` turned into
//! typed statics. `no_std`, without dependencies, without allocation.
//!
//! An almanac is a marker type that implements [`Almanac`]; the types here are generic over it.
//! Generated code names them without it: users write `handbook::Article`, which is
//! `almanac_core::Article<handbook::Almanac>`.
//!
//! # An almanac of your own
//!
//! ```toml
//! [dependencies]
//! almanac-core = "0.2"
//!
//! [build-dependencies]
//! almanac-build = "0.2"
//! ```
//!
//! ```ignore
//! // build.rs
//! fn main() {
//!     almanac_build::compile("docs");
//! }
//!
//! // src/lib.rs
//! almanac_core::almanac!();
//! ```
//!
//! `docs/guides/install.md` is then the static `guides::INSTALL`, and `articles()`, `get()`,
//! `events()` and so on stand beside it. See [`almanac!`].
//!
//! The dependency keeps its name: generated code calls this crate `::almanac_core`, so it doesn't
//! compile where the manifest gives it another one (`core = { package = "almanac-core" }`).
//!
//! For `search()` enable the feature `search` of both crates, and let the build script write an
//! index:
//!
//! ```ignore
//! // build.rs
//! fn main() {
//!     almanac_build::Builder::new("docs").search_index(true).compile();
//! }
//! ```
//!
//! The examples on these pages use the crate `ai-almanac`, an almanac on artificial intelligence.
//!
//! # Features
//!
//! - `search`: full-text search in almanacs that were compiled with an index. Needs `std`.
//! - `serde`: `Serialize` for every type, `Deserialize` for [`ArticleId`] and [`Date`].

#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(
    not(test),
    deny(clippy::cast_possible_truncation, clippy::cast_possible_wrap, clippy::cast_sign_loss)
)]
#![warn(
    rustdoc::bare_urls,
    rustdoc::broken_intra_doc_links,
    rustdoc::private_intra_doc_links,
    rustdoc::invalid_html_tags
)]

#[cfg(any(feature = "search", test))]
extern crate std;

mod almanac;
mod article;
mod article_id;
mod category;
mod chunk;
mod contents;
mod date;
mod distance;
mod event;
mod fact;
mod happening;
mod hash;
mod html_with;
mod image;
mod kind;
#[doc(hidden)]
#[allow(missing_docs)]
pub mod layout;
mod link;
mod lookup;
mod macros;
mod mention;
mod payload;
mod quantity;
mod record;
mod record_table;
#[cfg(feature = "search")]
mod search;
mod section;
#[cfg(feature = "serde")]
mod serialize;
#[cfg(feature = "serde")]
mod serialize_records;
mod source;
mod table;
mod validity;
mod varint;

#[cfg(feature = "serde")]
#[doc(hidden)]
pub use serde as __serde;

pub use almanac::Almanac;
pub use article::Article;
pub use article_id::{ArticleId, UnknownArticle};
pub use category::{Category, SidebarItem};
pub use chunk::{Chunk, ChunkId, Chunks};
pub use contents::{articles, categories, contents, events, happenings, stale, tables};
pub use date::{Date, InvalidDate};
pub use event::Event;
pub use fact::{Fact, Type, Value, Values};
pub use happening::Happening;
pub use html_with::HtmlWith;
pub use image::Image;
pub use kind::{Field, Kind};
pub use link::{Link, Target};
pub use lookup::{get, nearest};
pub use mention::Mention;
pub use quantity::Quantity;
pub use record::Record;
pub use record_table::{Table, TypedRecord};
#[cfg(feature = "search")]
pub use search::{Hit, Hits, Posting, Searchable, Snippet, Word, forms, search, words};
pub use section::Section;
pub use source::Source;

/// The README's code, compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// Items for the compiler and the code that it generates. Nothing here is covered by semantic
/// versioning: `almanac-build` and this crate are pinned to each other.
#[doc(hidden)]
pub mod generated {
    #![allow(missing_docs)]

    pub use crate::article::{ArticleFields, ArticleRow, article, rows as article_rows};
    pub use crate::category::{CategoryFields, category, sidebar_items};
    pub use crate::chunk::{NO_HASH, hash as piece_hash};
    pub use crate::distance::edit_distance;
    pub use crate::event::table as events;
    pub use crate::happening::table as happenings;
    pub use crate::hash::hash;
    pub use crate::image::table as images;
    pub use crate::layout;
    pub use crate::link::table as links;
    pub use crate::lookup::{Id, Slot, ids, slots};
    pub use crate::record::Cell;
    pub use crate::record_table::compare;
    #[cfg(feature = "search")]
    pub use crate::search::{analysis, engine, format};
    pub use crate::section::table as sections;
    pub use crate::source::table as sources;
    pub use crate::table::{copies, dates, numbers, references};
    pub use crate::validity::valid_on;
    pub use crate::varint::write_varint;

    /// Version of the tables and of the items that generated code names.
    pub const LAYOUT: u32 = 7;
}
