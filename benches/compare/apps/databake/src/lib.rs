//! The data that `build.rs` baked.

include!(concat!(env!("OUT_DIR"), "/baked.rs"));

/// By binary search: the articles are in order of their ids.
pub fn get(id: &str) -> Option<&'static databake_model::Article> {
    ARTICLES.binary_search_by(|article| article.id.cmp(id)).ok().map(|at| &ARTICLES[at])
}
