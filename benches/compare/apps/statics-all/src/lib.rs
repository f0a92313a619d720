//! Everything that ai-almanac knows about the same content, as statics that a person might write:
//! long texts in files of their own, sections and links where they belong.

pub struct Article {
    pub id: &'static str,
    pub title: &'static str,
    pub heading: Option<&'static str>,
    pub sidebar_label: &'static str,
    pub description: &'static str,
    pub category: &'static Category,
    pub position: Option<f64>,
    pub permalink: &'static str,
    pub source_path: &'static str,
    pub keywords: &'static [&'static str],
    pub sections: &'static [Section],
    pub links: &'static [Link],
    /// Article, and the number of its link.
    pub backlinks: &'static [(&'static Article, u32)],
    pub previous: Option<&'static Article>,
    pub next: Option<&'static Article>,
    pub word_count: u32,
    pub lead: [u32; 2],
    pub text: [u32; 2],
    pub html: [u32; 2],
    pub markdown: [u32; 2],
}

pub struct Category {
    pub id: &'static str,
    pub label: &'static str,
    pub position: Option<f64>,
    pub articles: &'static [&'static Article],
}

pub struct Section {
    pub article: &'static Article,
    pub level: u8,
    pub title: &'static str,
    pub anchor: &'static str,
    pub number: u32,
    pub end: u32,
    pub parent: u32,
    pub links: [u32; 2],
    pub text: [u32; 2],
    pub html: [u32; 2],
    pub markdown: [u32; 2],
}

pub struct Link {
    pub article: &'static Article,
    pub section: u32,
    pub text: &'static str,
    pub target: Target,
}

pub enum Target {
    Article(&'static Article),
    Section(&'static Article, usize),
    Web(&'static str),
}

include!(env!("COMPARE_STATICS_ALL"));

pub fn text(span: [u32; 2]) -> &'static str {
    &TEXT[span[0] as usize..span[1] as usize]
}

pub fn html(span: [u32; 2]) -> &'static str {
    &HTML[span[0] as usize..span[1] as usize]
}

pub fn markdown(span: [u32; 2]) -> &'static str {
    &MARKDOWN[span[0] as usize..span[1] as usize]
}

/// By binary search: the articles are in order of their ids.
pub fn get(id: &str) -> Option<&'static Article> {
    ARTICLES.binary_search_by(|article| article.id.cmp(id)).ok().map(|at| ARTICLES[at])
}
