use core::fmt;
use core::hash::{Hash, Hasher};

use crate::Article;

/// A folder of articles.
///
/// Equality and hash are those of the [id](Category::id); it displays as its label.
///
/// ```
/// for category in ai_almanac::categories() {
///     println!("{category}: {} articles", category.articles().len());
/// }
/// ```
pub struct Category {
    pub(crate) id: &'static str,
    pub(crate) label: &'static str,
    pub(crate) description: Option<&'static str>,
    pub(crate) position: Option<f64>,
    pub(crate) parent: Option<&'static Category>,
    pub(crate) index: Option<&'static Article>,
    pub(crate) contents: &'static [Content],
    pub(crate) categories: &'static [&'static Category],
    pub(crate) articles: &'static [&'static Article],
}

/// What stands in a folder, in sidebar order: articles and folders, mixed.
///
/// ```
/// use ai_almanac::Content;
///
/// for content in ai_almanac::contents() {
///     match content {
///         Content::Article(article) => println!("{article}"),
///         Content::Category(category) => println!("{category}/"),
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Content {
    /// An article.
    Article(&'static Article),
    /// A folder.
    Category(&'static Category),
}

impl Category {
    /// What identifies the folder: its path without number prefixes.
    ///
    /// ```
    /// assert!(ai_almanac::categories().iter().any(|category| category.id() == "companies"));
    /// ```
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// What a table of contents calls it: `label` of its `_category_` file, else the title of its page, else its name.
    ///
    /// ```
    /// let companies = ai_almanac::companies::HUAWEI.category().unwrap();
    /// assert_eq!(companies.label(), "Companies");
    /// ```
    #[must_use]
    pub const fn label(&self) -> &'static str {
        self.label
    }

    /// What its `_category_` file says about it; `None` if it says nothing.
    ///
    /// ```
    /// assert!(ai_almanac::companies::HUAWEI.category().unwrap().description().is_some());
    /// ```
    #[must_use]
    pub const fn description(&self) -> Option<&'static str> {
        self.description
    }

    /// The place among its siblings, lowest first; `None` puts it behind those that have one.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.category().unwrap().position(), Some(6.0));
    /// ```
    #[must_use]
    pub const fn position(&self) -> Option<f64> {
        self.position
    }

    /// The folder that it stands in; `None` at the root of the content.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.category().unwrap().parent(), None);
    /// ```
    #[must_use]
    pub const fn parent(&self) -> Option<&'static Category> {
        self.parent
    }

    /// The article that is the folder's own page (`index.md`, `readme.md` or the folder's name); `None` without one. It is
    /// first in order and not among [`contents`](Category::contents).
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.category().unwrap().index(), None);
    /// ```
    #[must_use]
    pub const fn index(&self) -> Option<&'static Article> {
        self.index
    }

    /// The articles and folders that stand directly in it, in sidebar order.
    ///
    /// ```
    /// assert!(!ai_almanac::companies::HUAWEI.category().unwrap().contents().is_empty());
    /// ```
    #[must_use]
    pub const fn contents(&self) -> &'static [Content] {
        self.contents
    }

    /// The folders that stand directly in it, in sidebar order.
    ///
    /// ```
    /// assert!(ai_almanac::companies::HUAWEI.category().unwrap().categories().is_empty());
    /// ```
    #[must_use]
    pub const fn categories(&self) -> &'static [&'static Category] {
        self.categories
    }

    /// The articles that stand directly in it, in sidebar order, its page first.
    ///
    /// ```
    /// use ai_almanac::companies::HUAWEI;
    /// assert!(HUAWEI.category().unwrap().articles().contains(&&HUAWEI));
    /// ```
    #[must_use]
    pub const fn articles(&self) -> &'static [&'static Article] {
        self.articles
    }
}

impl fmt::Display for Category {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.label)
    }
}

impl fmt::Debug for Category {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Category")
            .field("id", &self.id)
            .field("label", &self.label)
            .field("articles", &self.articles.len())
            .field("categories", &self.categories.len())
            .finish_non_exhaustive()
    }
}

impl PartialEq for Category {
    fn eq(&self, other: &Category) -> bool {
        self.id == other.id
    }
}

impl Eq for Category {}

impl Hash for Category {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}
