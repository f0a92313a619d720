use core::fmt;
use core::hash::{Hash, Hasher};

use crate::macros::reference_enum;
use crate::payload::Span;
use crate::table::{self, index_of};
use crate::{Almanac, Article};

/// A folder of articles.
///
/// Equality and hash are those of the [id](Category::id); it displays as its label.
///
/// ```
/// for category in ai_almanac::categories() {
///     println!("{category}: {} articles", category.articles().len());
/// }
/// ```
pub struct Category<A: Almanac>(CategoryFields<A>);

/// The fields of a category, as generated code writes them.
#[allow(missing_docs)]
pub struct CategoryFields<A: Almanac> {
    pub id: &'static str,
    pub label: &'static str,
    pub description: Option<&'static str>,
    pub position: Option<f64>,
    pub parent: Option<&'static Category<A>>,
    pub index: Option<&'static Article<A>>,
    pub permalink: Option<&'static str>,
    /// Starts and ends in the lists of all categories: a program that asks for none of them carries
    /// no list.
    pub contents: [u32; 2],
    pub categories: [u32; 2],
    pub articles: [u32; 2],
}

/// Makes a category.
#[must_use]
pub const fn category<A: Almanac>(fields: CategoryFields<A>) -> Category<A> {
    Category(fields)
}

/// An item of the sidebar: an article or a folder.
///
/// ```
/// use ai_almanac::{SidebarItem, contents, terms};
///
/// let is_terms = |item: &&SidebarItem| match item {
///     SidebarItem::Article(_) => false,
///     SidebarItem::Category(category) => category.id() == "terms",
/// };
/// let Some(SidebarItem::Category(category)) = contents().iter().find(is_terms) else { panic!() };
/// assert!(category.contents().contains(&SidebarItem::Article(&terms::TOKEN)));
/// ```
pub enum SidebarItem<A: Almanac> {
    /// An article.
    Article(&'static Article<A>),
    /// A folder.
    Category(&'static Category<A>),
}

/// Makes a list of articles and folders from their indices: each times two, plus one for a folder.
#[must_use]
pub const fn sidebar_items<A: Almanac, const COUNT: usize>(
    items: &[u8],
    articles: &[&'static Article<A>],
    categories: &'static [Category<A>],
) -> [SidebarItem<A>; COUNT] {
    let (items, rest) = items.as_chunks::<4>();
    assert!(items.len() == COUNT && rest.is_empty());
    let mut made = [SidebarItem::Article(articles[0]); COUNT];
    let mut index = 0;
    while index < COUNT {
        let item = index_of!(items[index]);
        made[index] = match item % 2 {
            0 => SidebarItem::Article(articles[item / 2]),
            _ => SidebarItem::Category(&categories[item / 2]),
        };
        index += 1;
    }
    made
}

impl<A: Almanac> Category<A> {
    /// Returns the id of the folder: its path without number prefixes.
    ///
    /// ```
    /// assert!(ai_almanac::categories().iter().any(|category| category.id() == "companies"));
    /// ```
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.0.id
    }

    /// Returns the title for a table of contents: `label` of its `_category_` file, else the title
    /// of its page, else its name.
    ///
    /// ```
    /// let companies = ai_almanac::companies::HUAWEI.category().unwrap();
    /// assert_eq!(companies.label(), "Companies");
    /// ```
    #[must_use]
    pub const fn label(&self) -> &'static str {
        self.0.label
    }

    /// Returns the description of its `_category_` file; `None` without one.
    ///
    /// ```
    /// assert!(ai_almanac::companies::HUAWEI.category().unwrap().description().is_some());
    /// ```
    #[must_use]
    pub const fn description(&self) -> Option<&'static str> {
        self.0.description
    }

    /// Returns the place among its siblings, lowest first; `None` puts it behind those that have
    /// one.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.category().unwrap().position(), Some(6.0));
    /// ```
    #[must_use]
    pub const fn position(&self) -> Option<f64> {
        self.0.position
    }

    /// Returns the folder that it stands in; `None` at the root of the content.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.category().unwrap().parent(), None);
    /// ```
    #[must_use]
    pub const fn parent(&self) -> Option<&'static Category<A>> {
        self.0.parent
    }

    /// Returns the article that is the folder's own page (`index.md`, `readme.md` or the folder's
    /// name); `None` without one. It is first in order and not among
    /// [`contents`](Category::contents).
    ///
    /// ```
    /// let page = ai_almanac::companies::HUAWEI.category().unwrap().index().unwrap();
    /// assert_eq!(page.id(), "companies/index");
    /// ```
    #[must_use]
    pub const fn index(&self) -> Option<&'static Article<A>> {
        self.0.index
    }

    /// Returns the path of the page that a site generates for the folder, unencoded; `None` unless
    /// its `_category_` file asks for one (`link: {type: generated-index}`).
    ///
    /// ```
    /// // Every folder of this almanac is described by its `_category_` file.
    /// assert!(ai_almanac::categories().iter().all(|category| category.permalink().is_none()));
    /// ```
    #[must_use]
    pub const fn permalink(&self) -> Option<&'static str> {
        self.0.permalink
    }

    /// Returns the articles and folders that stand directly in it, in sidebar order.
    ///
    /// ```
    /// assert!(!ai_almanac::companies::HUAWEI.category().unwrap().contents().is_empty());
    /// ```
    #[must_use]
    pub const fn contents(&self) -> &'static [SidebarItem<A>] {
        table::part(A::CATEGORY_CONTENTS, Span::new(self.0.contents))
    }

    /// Returns the folders that stand directly in it, in sidebar order.
    ///
    /// ```
    /// assert!(ai_almanac::companies::HUAWEI.category().unwrap().categories().is_empty());
    /// ```
    #[must_use]
    pub const fn categories(&self) -> &'static [&'static Category<A>] {
        table::part(A::SUBCATEGORIES, Span::new(self.0.categories))
    }

    /// Returns the articles that stand directly in it, in sidebar order, its page first.
    ///
    /// ```
    /// use ai_almanac::companies::HUAWEI;
    /// assert!(HUAWEI.category().unwrap().articles().contains(&&HUAWEI));
    /// ```
    #[must_use]
    pub const fn articles(&self) -> &'static [&'static Article<A>] {
        table::part(A::CATEGORY_ARTICLES, Span::new(self.0.articles))
    }
}

impl<A: Almanac> fmt::Display for Category<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.0.label)
    }
}

impl<A: Almanac> fmt::Debug for Category<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Category")
            .field("id", &self.0.id)
            .field("label", &self.0.label)
            .field("articles", &self.articles().len())
            .field("categories", &self.categories().len())
            .finish_non_exhaustive()
    }
}

impl<A: Almanac> PartialEq for Category<A> {
    fn eq(&self, other: &Category<A>) -> bool {
        self.0.id == other.0.id
    }
}

impl<A: Almanac> Eq for Category<A> {}

impl<A: Almanac> Hash for Category<A> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.id.hash(state);
    }
}

reference_enum!(SidebarItem { Article, Category });
