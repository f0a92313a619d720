//! Guides, each by one example: crates that are compiled and tested with this one.

#[doc = include_str!("schema.md")]
pub mod schema {}

#[doc = include_str!("generated.md")]
pub mod generated {}

#[doc = include_str!("compiled.md")]
pub mod compiled {}
