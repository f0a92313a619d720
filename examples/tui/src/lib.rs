//! A terminal reader for the almanac. One way through the rooms: an article's HTML → `document`
//! (blocks and links) → `layout` (rows of a width) → `view` (cells of the terminal); keys change
//! the `state`.

#![forbid(unsafe_code)]

pub mod article;
pub mod document;
pub mod layout;
pub mod pages;
#[path = "../../common/printable.rs"]
pub mod printable;
pub mod reader;
pub mod state;
pub mod terminal;
pub mod text;
pub mod theme;
pub mod tree;
pub mod view;
