//! The almanac as an HTTP service. `routes` says what is answered, the other rooms how.

#![forbid(unsafe_code)]

pub mod content;
pub mod limits;
pub mod negotiate;
pub mod pace;
pub mod pages;
pub mod problem;
pub mod query;
pub mod records;
pub mod routes;
pub mod server;
#[path = "../../common/tellers.rs"]
mod tellers;
pub mod urls;
pub mod work;
