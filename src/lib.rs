//! A knowledge base on artificial intelligence that ships inside the binary: articles on companies,
//! pioneers, terms and history, compiled from Markdown into typed statics. Whoever adds the crate
//! has every article, section, link, source and dated event as checked data: no I/O, no parsing, no
//! allocation, no start-up work, `no_std`, and at run time nothing else than the types,
//! `almanac-core`. Every link, anchor, date and footnote was checked when it was compiled. The
//! articles stand here as documentation of their statics, with their sources: read them, or search
//! for a name (press `S`).
//!
//! # Contents
//!
#![cfg_attr(
    all(doc, feature = "compile"),
    doc = include_str!(concat!(env!("OUT_DIR"), "/almanac/docs/contents.md"))
)]
#![cfg_attr(
    all(doc, not(feature = "compile")),
    doc = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/compiled/docs/contents.md"))
)]
//!
//! # Use
//!
//! An article is a static in the module of its folder; [`articles`](fn@articles) lists all,
//! [`get`](fn@get) finds one by id.
//!
//! ```rust
//! use ai_almanac::{Target, articles, companies};
//!
//! for article in articles() {
//!     println!("{}: {}", article.title(), article.description());
//! }
//! for link in companies::HUAWEI.links() {
//!     if let Target::Article(other) = link.target() {
//!         println!("Huawei -> {other}");
//!     }
//! }
//! ```
//!
//! In a `const`, an id or an anchor that doesn't exist fails the build:
//!
//! ```rust
//! use ai_almanac::{Article, Section};
//!
//! const TOKEN: &Article = ai_almanac::get("terms/token").unwrap();
//! const TIMELINE: &Section = ai_almanac::companies::NVIDIA.section("timeline").unwrap();
//!
//! assert_eq!(TOKEN.category().unwrap().label(), "Terms");
//! assert!(TIMELINE.text().contains("CUDA"));
//! ```
//!
//! The parts of an article: [`Article`]. The targets of links: [`Target`]. Events by date:
//! [`events`](fn@events). The table of contents as data: [`contents`](fn@contents). Parts of an
//! article for language models, each with its sources: `Article::chunks`.
//!
//! # Binary size
//!
//! Text, HTML and Markdown are texts of their own, which only their accessors name: a program that
//! never asks for HTML carries none, and so it is with what chunks are made of. Sections, links,
//! sources and events are tables of numbers without a pointer, an article is one static. Nothing is
//! done at start and nothing is allocated.
//!
//! # Features
//!
//! - `compile` (default): the build script compiles the articles with `almanac-build`. Without it
//!   the compiled form that is in the package is used: the same bytes, and no build dependency.
//! - `search`: [`search`](fn@search) finds sections by words, [`words`](fn@words) gives the index
//!   itself to programs that search elsewhere. Off by default; it needs `std` and three small
//!   crates.
//! - `serde`: `Serialize` for every type (the export form, see `examples/export.rs`), `Deserialize`
//!   for [`ArticleId`] and [`Date`]. Off by default.
//!
//! # Records
//!
//! Tables of the articles are typed records: `models()`, `laws()` and so on, each value with its
//! sources. [`tables`](fn@tables) and `Article::facts` are the way for programs that know no
//! schema.
//!
//! ```rust
//! use ai_almanac::laws;
//!
//! let day = "2026-11-29".parse()?;
//! for law in laws().iter().filter(|law| law.valid_on(day)) {
//!     println!("{} ({}), since {}", law.name(), law.jurisdiction(), law.applies_from());
//! }
//! # Ok::<(), ai_almanac::InvalidDate>(())
//! ```
//!
//! # Content of your own
//!
//! A crate of your own compiles its docs with `almanac-build` and includes them with
//! `almanac-core`, without this one:
//!
//! ```ignore
//! // build.rs
//! fn main() {
//!     almanac_build::compile("docs");
//! }
//!
//! // src/lib.rs
//! almanac_core::almanac!(); // `docs/guides/install.md` is `guides::INSTALL`
//! ```
//!
//! Several almanacs fit in one program, this one among them. `almanac-core` has functions for any
//! almanac:
//!
//! ```rust
//! fn words<A: almanac_core::Almanac>() -> u32 {
//!     almanac_core::articles::<A>().iter().map(|article| article.word_count()).sum()
//! }
//!
//! assert!(words::<ai_almanac::Almanac>() > 100_000);
//! ```
//!
//! Or the environment variable `ALMANAC_CONTENT` names another folder of Docusaurus-style Markdown
//! to compile in place of the shipped one: a path from your project, set in `.cargo/config.toml`.
//!
//! # Versions
//!
//! Removing an article, an anchor or a record is a breaking change, like removing an item; new ones
//! and other text are not. The facts of the articles change with every release: pin a version where
//! they must not. The minimum Rust version is 1.88; a higher one is a minor release.

#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![warn(
    rustdoc::bare_urls,
    rustdoc::broken_intra_doc_links,
    rustdoc::private_intra_doc_links,
    rustdoc::invalid_html_tags
)]
// Content may name articles in any script.
#![allow(uncommon_codepoints, confusable_idents, mixed_script_confusables)]

#[cfg(feature = "compile")]
almanac_core::almanac!();
#[cfg(not(feature = "compile"))]
almanac_core::almanac!(folder = "compiled");

/// An article or a folder in the sidebar, by the name that it had in 0.1.
#[deprecated(since = "0.2.0", note = "renamed to `SidebarItem`")]
pub type Content = SidebarItem;

/// The README's code, compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
