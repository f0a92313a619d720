//! The comparison: the same documents, searched in three ways.

pub mod engine;
pub mod plain;

/// A unit that can be found: a section, or the text before the first.
pub struct Document {
    pub article: &'static str,
    pub title: &'static str,
    pub keywords: String,
    pub heading: &'static str,
    pub text: &'static str,
}

/// A document for each lead and section, with the fields that the crate indexes.
pub fn documents() -> impl Iterator<Item = Document> {
    ai_almanac::articles().iter().flat_map(|article| {
        let lead = (article.title(), article.lead());
        let sections = article.sections().iter().map(|section| (section.title(), section.text()));
        std::iter::once(lead).chain(sections).map(|(heading, text)| Document {
            article: article.id(),
            title: article.title(),
            keywords: article.keywords().join("\n"),
            heading,
            text,
        })
    })
}
