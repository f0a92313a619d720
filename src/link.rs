use core::fmt;

use crate::{Article, Section};

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
///         Target::Section(section) => println!("{} -> {} # {section}", link.text(), section.article()),
///         Target::Web(url) => println!("{} -> {url}", link.text()),
///         Target::Email(address) => println!("{} -> {address}", link.text()),
///     }
/// }
/// ```
pub struct Link {
    /// The number of its article: numbers compile faster than references, and take no relocation.
    pub(crate) article: u32,
    /// The number of its section plus one; 0 in the lead.
    pub(crate) section: u32,
    pub(crate) text: &'static str,
    pub(crate) target: Stored,
    pub(crate) title: Option<&'static str>,
}

/// A target by the numbers of article and section.
#[allow(dead_code, reason = "not all content has links of every kind")]
pub(crate) enum Stored {
    Article(u32),
    Section(u32, u32),
    Web(&'static str),
    Email(&'static str),
}

/// The links at places of other articles: the numbers of article and link.
#[allow(dead_code, reason = "content without links between articles has no backlinks")]
pub(crate) const fn at_places<const N: usize>(places: [[u32; 2]; N]) -> [&'static Link; N] {
    const fn at([article, link]: [u32; 2]) -> &'static Link {
        &crate::lookup::article(article).links[link as usize]
    }
    let mut links = [at(places[0]); N];
    let mut number = 1;
    while number < N {
        links[number] = at(places[number]);
        number += 1;
    }
    links
}

/// Where a link leads. There will be no other kinds: match on all.
///
/// ```
/// use ai_almanac::{Target, companies::{HUAWEI, NVIDIA}};
///
/// let to_nvidia = HUAWEI.links().iter().any(|link| link.target() == Target::Article(&NVIDIA));
/// assert!(to_nvidia);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// Another article (or, for a link to `#`, its own).
    Article(&'static Article),
    /// A section of this or another article.
    Section(&'static Section),
    /// A URL with `http:` or `https:` and a host, as the article has it. Nobody asked whether it answers.
    Web(&'static str),
    /// An e-mail address, without `mailto:`.
    Email(&'static str),
}

impl Link {
    /// The article that the link stands in.
    ///
    /// ```
    /// use ai_almanac::companies::HUAWEI;
    /// assert_eq!(HUAWEI.links()[0].article(), &HUAWEI);
    /// ```
    #[must_use]
    pub const fn article(&self) -> &'static Article {
        crate::lookup::article(self.article)
    }

    /// The section that the link stands in (for a link in a footnote: that cites the footnote first); `None` in the lead.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.links()[0].section(), None);
    /// ```
    #[must_use]
    pub const fn section(&self) -> Option<&'static Section> {
        match self.section {
            0 => None,
            section => Some(&self.article().sections[section as usize - 1]),
        }
    }

    /// What one clicks on, as plain text; empty for a link around an image without alternative text.
    ///
    /// ```
    /// assert!(!ai_almanac::companies::HUAWEI.links()[0].text().is_empty());
    /// ```
    #[must_use]
    pub const fn text(&self) -> &'static str {
        self.text
    }

    /// Where the link leads.
    ///
    /// ```
    /// use ai_almanac::Target;
    /// assert!(matches!(ai_almanac::companies::HUAWEI.links()[0].target(), Target::Article(_)));
    /// ```
    #[must_use]
    pub const fn target(&self) -> Target {
        match self.target {
            Stored::Article(article) => Target::Article(crate::lookup::article(article)),
            Stored::Section(article, section) => Target::Section(&crate::lookup::article(article).sections[section as usize]),
            Stored::Web(url) => Target::Web(url),
            Stored::Email(address) => Target::Email(address),
        }
    }

    /// What browsers show when one points at the link; `None` without.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.links()[0].title(), None);
    /// ```
    #[must_use]
    pub const fn title(&self) -> Option<&'static str> {
        self.title
    }
}

impl fmt::Display for Link {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.text)
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Link")
            .field("article", &self.article().id)
            .field("text", &self.text)
            .field("target", &self.target())
            .finish_non_exhaustive()
    }
}

impl PartialEq for Link {
    fn eq(&self, other: &Link) -> bool {
        core::ptr::eq(self, other)
    }
}

impl Eq for Link {}

impl core::hash::Hash for Link {
    fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
        core::ptr::hash(self, state);
    }
}
