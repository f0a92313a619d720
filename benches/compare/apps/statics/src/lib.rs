//! The same data as statics that a person might write: the simplest structs, texts where they
//! belong.

pub struct Article {
    pub id: &'static str,
    pub title: &'static str,
    pub description: &'static str,
    pub position: f64,
    pub lead: &'static str,
    pub sections: &'static [Section],
    pub links: &'static [Link],
}

pub struct Section {
    pub level: u8,
    pub title: &'static str,
    pub anchor: &'static str,
    pub text: &'static str,
}

pub struct Link {
    pub text: &'static str,
    pub target: Target,
}

pub enum Target {
    Article(&'static Article),
    Section(&'static Article, usize),
    Web(&'static str),
}

include!(env!("COMPARE_STATICS"));

/// By binary search: the articles are in order of their ids.
pub fn get(id: &str) -> Option<&'static Article> {
    ARTICLES.binary_search_by(|article| article.id.cmp(id)).ok().map(|at| ARTICLES[at])
}
