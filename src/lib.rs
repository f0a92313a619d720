//! A knowledge base on artificial intelligence that ships inside the binary.
//!
//! `build.rs` compiles a folder of Markdown articles into typed statics: title, sections, links, sources, events. Whoever adds the crate
//! has every article as checked data, without I/O, parsing, allocation or start-up work. Every link, anchor and date
//! was checked when it was compiled.

#![cfg_attr(not(test), no_std)]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![warn(missing_docs)]
// Content may name articles in any script.
#![allow(uncommon_codepoints, confusable_idents, mixed_script_confusables)]

mod article;
mod article_id;
mod category;
mod contents;
mod date;
mod distance;
mod event;
mod hash;
mod link;
mod lookup;
mod payload;
mod profile;
mod section;
#[cfg(feature = "serde")]
mod serialize;
mod source;

#[cfg(test)]
#[allow(dead_code, reason = "build.rs uses what the tests don't")]
mod compiler;

pub use article::Article;
pub use article_id::{ArticleId, UnknownArticle};
pub use category::{Category, Content};
pub use contents::{articles, categories, contents, events};
pub use date::{Date, InvalidDate};
pub use event::Event;
pub use link::{Link, Target};
pub use lookup::{get, nearest};
pub use profile::{Company, Person, Profile, Term};
pub use section::Section;
pub use source::Source;

include!(concat!(env!("OUT_DIR"), "/almanac/almanac.rs"));
