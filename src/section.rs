use core::fmt;
use core::hash::{Hash, Hasher};

use crate::layout::section as column;
use crate::table::{self, Row};
use crate::{Article, Link, Source};

/// A section of an article: a heading and what stands under it, up to the next heading of any level.
///
/// Its text, HTML and Markdown are its own: they leave out its heading, and sections inside it have theirs.
/// Equality and hash are those of the article's id and the anchor; it displays as its title.
///
/// ```
/// let section = &ai_almanac::companies::HUAWEI.sections()[0];
/// println!("{} #{}: {} characters", section.title(), section.anchor(), section.text().len());
/// ```
pub struct Section {
    row: Row<{ 4 * column::WIDTH }>,
}

table::table! {
    /// All sections, from the bytes that the compiler wrote.
    table, Section, column::WIDTH
}

impl Section {
    /// The article that the section stands in.
    ///
    /// ```
    /// use ai_almanac::companies::HUAWEI;
    /// assert_eq!(HUAWEI.sections()[0].article(), &HUAWEI);
    /// ```
    #[must_use]
    #[inline]
    pub const fn article(&self) -> &'static Article {
        crate::lookup::article(self.row.number(column::ARTICLE))
    }

    /// The level of the heading, 1 to 6. Articles may skip levels.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.sections()[0].level(), 2);
    /// ```
    #[must_use]
    #[inline]
    pub const fn level(&self) -> u8 {
        self.row.number(column::LEVEL) as u8
    }

    /// The heading as plain text.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.sections()[1].title(), "Chips and hardware");
    /// ```
    #[must_use]
    #[inline]
    pub const fn title(&self) -> &'static str {
        self.row.string(column::TITLE)
    }

    /// What a link to the section has behind `#`: the heading's explicit id, else what GitHub and Docusaurus make of it.
    /// Unique within the article.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.sections()[1].anchor(), "chips-and-hardware");
    /// ```
    #[must_use]
    #[inline]
    pub const fn anchor(&self) -> &'static str {
        self.row.string(column::ANCHOR)
    }

    /// The section that this one stands in: the nearest before it of a lower level. `None` at the top.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.sections()[0].parent(), None);
    /// ```
    #[must_use]
    #[inline]
    pub const fn parent(&self) -> Option<&'static Section> {
        table::row(&crate::__SECTIONS, self.row.number(column::PARENT))
    }

    /// The sections inside this one, at any depth, in document order; none without deeper headings.
    ///
    /// ```
    /// for section in ai_almanac::companies::HUAWEI.sections() {
    ///     assert!(section.subsections().iter().all(|inner| inner.level() > section.level()));
    /// }
    /// ```
    #[must_use]
    #[inline]
    pub const fn subsections(&self) -> &'static [Section] {
        let (before, _) = crate::__SECTIONS.split_at(self.row.number(column::END) as usize);
        let (_, inside) = before.split_at(self.row.number(column::NUMBER) as usize + 1);
        inside
    }

    /// The links in the section's own text, in order. Links of the footnotes that it cites are in its
    /// [`sources`](Section::sources).
    ///
    /// ```
    /// let reading = ai_almanac::companies::HUAWEI.section("further-reading").unwrap();
    /// assert!(!reading.links().is_empty());
    /// ```
    #[must_use]
    #[inline]
    pub const fn links(&self) -> &'static [Link] {
        table::part(&crate::__LINKS, self.row.span(column::LINKS))
    }

    /// The sources that the section cites, each once, in order of their numbers.
    ///
    /// ```
    /// assert!(!ai_almanac::companies::HUAWEI.sections()[0].sources().is_empty());
    /// ```
    #[must_use]
    #[inline]
    pub const fn sources(&self) -> &'static [&'static Source] {
        table::part(&crate::__CITED, self.row.span(column::SOURCES))
    }

    /// The section as plain text: blocks apart by a blank line, list items by a newline, table cells by a tab. Empty when a
    /// deeper heading follows at once.
    ///
    /// ```
    /// let section = &ai_almanac::companies::HUAWEI.sections()[0];
    /// assert!(section.article().text().contains(section.text()));
    /// ```
    #[must_use]
    #[inline]
    pub const fn text(&self) -> &'static str {
        self.row.span(column::TEXT).of(crate::__TEXT)
    }

    /// The section as HTML.
    ///
    /// ```
    /// assert!(ai_almanac::companies::HUAWEI.sections()[0].html().starts_with("<p>"));
    /// ```
    #[must_use]
    #[inline]
    pub const fn html(&self) -> &'static str {
        self.row.span(column::HTML).of(crate::__HTML)
    }

    /// The section's Markdown source, its line ends `\n`.
    ///
    /// ```
    /// assert!(ai_almanac::companies::HUAWEI.sections()[0].markdown().contains("[^"));
    /// ```
    #[must_use]
    #[inline]
    pub const fn markdown(&self) -> &'static str {
        self.row.span(column::MARKDOWN).of(crate::__MARKDOWN)
    }
}

impl fmt::Display for Section {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.title())
    }
}

impl fmt::Debug for Section {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Section")
            .field("article", &self.article().id)
            .field("anchor", &self.anchor())
            .field("level", &self.level())
            .field("title", &self.title())
            .finish_non_exhaustive()
    }
}

impl PartialEq for Section {
    fn eq(&self, other: &Section) -> bool {
        self.row.number(column::NUMBER) == other.row.number(column::NUMBER)
    }
}

impl Eq for Section {}

impl Hash for Section {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.row.number(column::NUMBER).hash(state);
    }
}
