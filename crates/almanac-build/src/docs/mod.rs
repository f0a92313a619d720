//! Guides, each by one example: a cookbook that is compiled and tested with this crate.

#[doc = include_str!("schema.md")]
pub mod schema {}

#[doc = include_str!("generated.md")]
pub mod generated {}
