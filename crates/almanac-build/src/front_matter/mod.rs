//! Front matter and category files: YAML → typed values. Every bad value is reported, each in its
//! place, and counts as absent.

mod article;
mod category;
mod fields;
mod split;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub use article::{KEYS, article};
pub use category::category;
pub use fields::describe;
pub use split::split;

use almanac_core::Date;

use crate::schema::value::Row;

/// A value and where it stands in its file.
#[derive(Clone, Debug, PartialEq)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Range<usize>,
}

/// The front matter of an article; `None` for what it doesn't say.
#[derive(Debug, Default)]
pub struct FrontMatter {
    pub id: Option<Spanned<String>>,
    pub title: Option<Spanned<String>>,
    /// `true` if a `title` is given that can't be used, which is a fault already.
    pub bad_title: bool,
    pub description: Option<String>,
    pub slug: Option<Spanned<String>>,
    pub sidebar_label: Option<String>,
    pub sidebar_position: Option<Spanned<f64>>,
    pub keywords: Vec<String>,
    pub tags: Vec<String>,
    pub image: Option<Spanned<String>>,
    pub parse_number_prefixes: Option<bool>,
    /// `Some(None)` is `null`: no link to a neighbour.
    pub pagination_next: Option<Option<Spanned<String>>>,
    pub pagination_prev: Option<Option<Spanned<String>>>,
    pub last_update: Option<Spanned<Date>>,
    pub last_update_author: Option<String>,
    pub draft: bool,
    pub unlisted: bool,
    /// The kind of the profile and the values.
    pub profile: Option<(usize, Row)>,
    /// `true` if a `profile` is given that can't be used, which is a fault already.
    pub faulty_profile: bool,
    /// The values of the fields that the schema declares.
    pub fields: Row,
    /// `true` if a field that every article must have isn't there, which is a fault already.
    pub incomplete: bool,
    /// The date on which the facts are to be looked at again.
    pub review: Option<Spanned<Date>>,
    /// Questions that the article answers.
    pub questions: Vec<Spanned<String>>,
}

/// The values of a category file.
#[derive(Debug, Default)]
pub struct CategoryMetadata {
    pub label: Option<String>,
    pub description: Option<String>,
    pub position: Option<Spanned<f64>>,
    pub link: CategoryLink,
}

/// The page of a category, as its file names it.
#[derive(Debug, Default)]
pub enum CategoryLink {
    /// Nothing said: the folder's index article, if there is one.
    #[default]
    Conventional,
    /// `link: null`: no page, and an index article is an item like any other.
    None,
    /// A page that the site generates, at this slug or at one made of the label. An index article
    /// is an item like any other.
    Generated { slug: Option<Spanned<String>> },
    /// This article.
    Article(Spanned<String>),
}
