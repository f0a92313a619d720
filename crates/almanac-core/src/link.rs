use core::fmt;
use core::marker::PhantomData;

use crate::layout::link as column;
use crate::macros::reference_enum;
use crate::payload::Span;
use crate::table::{self, Row};
use crate::{Almanac, Article, Category, Section};

/// A link of an article, which leads somewhere: that was checked when the crate was compiled.
///
/// Two links are equal when they are the same link of the same article.
///
/// ```
/// use ai_almanac::{Target, companies::HUAWEI};
///
/// for link in HUAWEI.links() {
///     match link.target() {
///         Target::Article(article) => println!("{} -> {article}", link.text()),
///         Target::Section(section) => {
///             println!("{} -> {} # {section}", link.text(), section.article());
///         }
///         Target::Category(category) => println!("{} -> {category}/", link.text()),
///         Target::Web(url) => println!("{} -> {url}", link.text()),
///         Target::Email(address) => println!("{} -> {address}", link.text()),
///     }
/// }
/// ```
pub struct Link<A: Almanac> {
    pub(crate) row: Row<{ 4 * column::WIDTH }>,
    pub(crate) almanac: PhantomData<fn() -> A>,
}

table::row_type!(Link, column, table);

/// The target of a link. There will be no other kinds: match on all.
///
/// ```
/// use ai_almanac::{Target, companies::{HUAWEI, NVIDIA}};
///
/// let to_nvidia = HUAWEI.links().iter().any(|link| link.target() == Target::Article(&NVIDIA));
/// assert!(to_nvidia);
/// ```
pub enum Target<A: Almanac> {
    /// Another article (or, for a link to `#`, its own).
    Article(&'static Article<A>),
    /// A section of this or another article.
    Section(&'static Section<A>),
    /// The page of a folder, which lists what is in it: see [`Category::permalink`].
    Category(&'static Category<A>),
    /// A URL with `http:` or `https:` and a host, as the article has it. Nobody asked whether it
    /// answers.
    Web(&'static str),
    /// An e-mail address, without `mailto:`.
    Email(&'static str),
}

impl<A: Almanac> Target<A> {
    /// Returns the article, or that of the section; `None` for other targets.
    ///
    /// ```
    /// let target = ai_almanac::companies::HUAWEI.links()[0].target();
    /// assert_eq!(target.to_article().unwrap().id(), "terms/artificial-intelligence");
    /// ```
    #[must_use]
    pub const fn to_article(self) -> Option<&'static Article<A>> {
        match self {
            Target::Article(article) => Some(article),
            Target::Section(section) => Some(section.article()),
            _ => None,
        }
    }
}

table::place! {
    Link, column,
    /// Returns the article that the link stands in.
    ///
    /// ```
    /// use ai_almanac::companies::HUAWEI;
    /// assert_eq!(HUAWEI.links()[0].article(), &HUAWEI);
    /// ```
    article,
    /// Returns the section that the link stands in (for a link in a footnote: that cites the
    /// footnote first); `None` in the lead.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.links()[0].section(), None);
    /// ```
    optional section
}

impl<A: Almanac> Link<A> {
    /// Returns the link text, plain; empty for a link around an image without alternative text.
    ///
    /// ```
    /// assert!(!ai_almanac::companies::HUAWEI.links()[0].text().is_empty());
    /// ```
    #[must_use]
    #[inline]
    pub const fn text(&self) -> &'static str {
        self.row.str_at::<A>(column::TEXT)
    }

    /// Returns the target of the link.
    ///
    /// ```
    /// use ai_almanac::Target;
    /// assert!(matches!(ai_almanac::companies::HUAWEI.links()[0].target(), Target::Article(_)));
    /// ```
    #[must_use]
    #[inline]
    pub const fn target(&self) -> Target<A> {
        match self.row.u32_at(column::KIND) {
            column::TO_ARTICLE => {
                Target::Article(crate::lookup::article::<A>(self.row.u32_at(column::TARGET)))
            }
            column::TO_SECTION => {
                Target::Section(&A::SECTIONS[self.row.u32_at(column::TARGET) as usize])
            }
            column::TO_WEB => Target::Web(self.row.str_at::<A>(column::TARGET)),
            column::TO_EMAIL => Target::Email(self.row.str_at::<A>(column::TARGET)),
            column::TO_CATEGORY.. => {
                Target::Category(&A::CATEGORIES[self.row.u32_at(column::TARGET) as usize])
            }
        }
    }

    /// Returns the link's `title` attribute, which browsers show as a tooltip; `None` without one.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.links()[0].title(), None);
    /// ```
    #[must_use]
    #[inline]
    pub const fn title(&self) -> Option<&'static str> {
        let title = self.row.str_at::<A>(column::TITLE);
        if title.is_empty() { None } else { Some(title) }
    }
}

impl<A: Almanac> Link<A> {
    /// Returns the span of the address in the HTML of all articles.
    pub(crate) const fn address(&self) -> Span {
        self.row.span_at(column::ADDRESS)
    }
}

impl<A: Almanac> fmt::Display for Link<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.text())
    }
}

impl<A: Almanac> fmt::Debug for Link<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Link")
            .field("article", &self.article().id())
            .field("text", &self.text())
            .field("target", &self.target())
            .finish_non_exhaustive()
    }
}

reference_enum!(Target { Article, Section, Category, Web, Email });
