//! Compiles a folder of Markdown articles into typed Rust statics, from a build script.
//!
//! ```no_run
//! // build.rs
//! fn main() {
//!     almanac_build::compile("docs");
//! }
//! ```
//!
//! and `almanac_core::almanac!();` in `src/lib.rs` includes what it made: a static for each
//! article, `articles()`, `get()`, `events()`. Every link, anchor, date and source is checked; what
//! is wrong is reported with file, line and column, all of it in one run. Articles are Docusaurus
//! docs. Beyond these, footnotes are sources, and an item of a list in a section titled `Timeline`
//! is an event if it begins with a bold date: `- **2019-08**: The shop opens.`
//!
//! Generated code calls the types `::almanac_core`: a manifest must not give that dependency another
//! name. The build dependency may have any.
//!
//! [`compile`] is for the common case, [`Builder`] for settings, [`Builder::run`] gives files and
//! report as values: [`Report::diagnostics`] for programs, [`Report::text`] for people.
//!
//! Cargo shows warnings of a build script only for packages of the workspace, never for a
//! dependency from a registry; errors always. `almanac check docs` prints everything without
//! building, and with `--json` as JSON Lines, a serialized [`Diagnostic`] each.
//!
//! Guides: [`docs::schema`] for authors, how a folder declares typed fields and records;
//! [`docs::generated`] for programmers, what becomes of them; [`docs::compiled`] for authors of
//! libraries, a package that needs no compiler.
//!
//! # Features
//!
//! - `formulas`: with `formulas: true` in `_schema_.yml`, `$$…$$` becomes MathML.
//! - `search`: [`Builder::search_index`] writes a full-text index, [`Builder::check_questions`]
//!   searches in it.
//! - `cli`: the program `almanac`, for `cargo install almanac-build --features cli`. It includes
//!   `formulas` and `search`.
//!
#![doc = include_str!("moving.md")]
#![forbid(unsafe_code)]
#![allow(clippy::result_large_err, reason = "an error is a fault, and the build ends with it")]
#![allow(clippy::needless_doctest_main, reason = "a build script is a `main`")]
#![warn(missing_docs)]
#![cfg_attr(
    not(test),
    deny(clippy::cast_possible_truncation, clippy::cast_possible_wrap, clippy::cast_sign_loss)
)]

mod assets;
mod autolink;
mod builder;
mod candidates;
mod cargo;
pub mod docs;
mod document;
mod emit;
mod excerpt;
mod fault;
mod footprint;
mod formula;
mod front_matter;
mod happenings;
mod html;
mod image;
#[cfg(feature = "search")]
mod index;
mod limits;
mod line_index;
mod markdown;
mod names;
mod output;
mod payloads;
mod pieces;
mod policy;
#[cfg(feature = "search")]
mod questions;
mod report;
mod resolve;
mod rustdoc;
mod schema;
mod slug;
mod slug_table;
mod source;
mod stages;
mod tables;
#[cfg(test)]
mod tests;
mod text;
mod timeline;
mod url;
mod visible;
mod yaml;

pub use builder::{Builder, compile};
pub use candidates::{Candidate, CandidateEvent};
pub use fault::Severity;
pub use report::{Diagnostic, Location, Position, Report};
pub use stages::Compiled;

/// The README's code, compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
