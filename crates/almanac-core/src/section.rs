use core::fmt;
use core::marker::PhantomData;

use crate::layout::section as column;
use crate::table::{self, Row};
use crate::{Almanac, HtmlWith, Link, Source};

/// A section of an article: a heading and what stands under it, up to the next heading of any
/// level.
///
/// Its text, HTML and Markdown are its own: they leave out its heading, and sections inside it have
/// theirs. Equality and hash are those of the article's id and the anchor; it displays as its
/// title.
///
/// ```
/// let section = &ai_almanac::companies::HUAWEI.sections()[0];
/// println!("{} #{}: {} characters", section.title(), section.anchor(), section.text().len());
/// ```
pub struct Section<A: Almanac> {
    pub(crate) row: Row<{ 4 * column::WIDTH }>,
    pub(crate) almanac: PhantomData<fn() -> A>,
}

table::row_type!(Section, column, table);

table::place! {
    Section, column,
    /// Returns the article that the section stands in.
    ///
    /// ```
    /// use ai_almanac::companies::HUAWEI;
    /// assert_eq!(HUAWEI.sections()[0].article(), &HUAWEI);
    /// ```
    article
}

impl<A: Almanac> Section<A> {
    /// Returns the level of the heading, 1 to 6. Articles may skip levels.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.sections()[0].level(), 2);
    /// ```
    #[must_use]
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "the compiler writes 1 to 6")]
    pub const fn level(&self) -> u8 {
        self.row.u32_at(column::LEVEL) as u8
    }

    /// Returns the heading as plain text.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.sections()[1].title(), "Chips and hardware");
    /// ```
    #[must_use]
    #[inline]
    pub const fn title(&self) -> &'static str {
        self.row.str_at::<A>(column::TITLE)
    }

    /// Returns the URL fragment of the section, without `#`: the heading's explicit id, else what
    /// GitHub and Docusaurus make of it. Unique within the article.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.sections()[1].anchor(), "chips-and-hardware");
    /// ```
    #[must_use]
    #[inline]
    pub const fn anchor(&self) -> &'static str {
        self.row.str_at::<A>(column::ANCHOR)
    }

    /// Returns the section that this one stands in: the nearest before it of a lower level. `None`
    /// at the top.
    ///
    /// ```
    /// assert_eq!(ai_almanac::companies::HUAWEI.sections()[0].parent(), None);
    /// ```
    #[must_use]
    #[inline]
    pub const fn parent(&self) -> Option<&'static Section<A>> {
        table::row(A::SECTIONS, self.row.u32_at(column::PARENT))
    }

    /// Returns the sections inside this one, at any depth, in document order; none without deeper
    /// headings.
    ///
    /// ```
    /// for section in ai_almanac::companies::HUAWEI.sections() {
    ///     assert!(section.subsections().iter().all(|inner| inner.level() > section.level()));
    /// }
    /// ```
    #[must_use]
    #[inline]
    pub const fn subsections(&self) -> &'static [Section<A>] {
        let (before, _) = A::SECTIONS.split_at(self.row.u32_at(column::END) as usize);
        let (_, inside) = before.split_at(self.row.u32_at(column::INDEX) as usize + 1);
        inside
    }

    /// Returns the links in the section's own text, in order. Links of the footnotes that it cites
    /// are in its [`sources`](Section::sources).
    ///
    /// ```
    /// let reading = ai_almanac::companies::HUAWEI.section("further-reading").unwrap();
    /// assert!(!reading.links().is_empty());
    /// ```
    #[must_use]
    #[inline]
    pub const fn links(&self) -> &'static [Link<A>] {
        table::part(A::LINKS, self.row.span_at(column::LINKS))
    }

    /// Returns the sources that the section cites, each once, in order of their numbers.
    ///
    /// ```
    /// assert!(!ai_almanac::companies::HUAWEI.sections()[0].sources().is_empty());
    /// ```
    #[must_use]
    #[inline]
    pub const fn sources(&self) -> &'static [&'static Source<A>] {
        table::part(A::CITED, self.row.span_at(column::SOURCES))
    }

    /// Returns the section as plain text: blocks apart by a blank line, list items by a newline,
    /// table cells by a tab. Empty when a deeper heading follows at once.
    ///
    /// ```
    /// let section = &ai_almanac::companies::HUAWEI.sections()[0];
    /// assert!(section.article().text().contains(section.text()));
    /// ```
    #[must_use]
    #[inline]
    pub const fn text(&self) -> &'static str {
        self.row.span_at(column::TEXT).of(A::TEXT)
    }

    /// Returns the section as HTML.
    ///
    /// ```
    /// assert!(ai_almanac::companies::HUAWEI.sections()[0].html().starts_with("<p>"));
    /// ```
    #[must_use]
    #[inline]
    pub const fn html(&self) -> &'static str {
        self.row.span_at(column::HTML).of(A::HTML)
    }

    /// Returns the HTML with other addresses: `address` gives that of a link, unescaped, or `None`
    /// to keep the one of [`html`](Self::html). For sites with paths of their own; nothing is
    /// allocated.
    ///
    /// ```
    /// let section = &ai_almanac::companies::HUAWEI.sections()[0];
    /// let html = section.html_with(|_| Some("/elsewhere")).to_string();
    /// assert_eq!(html.matches("<a href=\"/elsewhere\"").count(), section.links().len());
    /// ```
    pub fn html_with<F, T>(&self, address: F) -> HtmlWith<A, F>
    where
        F: Fn(&'static Link<A>) -> Option<T>,
        T: fmt::Display,
    {
        HtmlWith { html: self.row.span_at(column::HTML), links: self.links(), address }
    }

    /// Returns the section's Markdown source, its line ends `\n`.
    ///
    /// ```
    /// assert!(ai_almanac::companies::HUAWEI.sections()[0].markdown().contains("[^"));
    /// ```
    #[must_use]
    #[inline]
    pub const fn markdown(&self) -> &'static str {
        self.row.span_at(column::MARKDOWN).of(A::MARKDOWN)
    }
}

impl<A: Almanac> fmt::Display for Section<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.title())
    }
}

impl<A: Almanac> fmt::Debug for Section<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Section")
            .field("article", &self.article().id())
            .field("anchor", &self.anchor())
            .field("level", &self.level())
            .field("title", &self.title())
            .finish_non_exhaustive()
    }
}
