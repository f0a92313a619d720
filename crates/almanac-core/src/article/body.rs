//! The body of an article: its sections and what stands in them, and the whole as text.

use core::fmt;

use crate::layout::article as column;
use crate::table;
use crate::{Almanac, Article, Event, HtmlWith, Image, Link, Section, Source};

impl<A: Almanac> Article<A> {
    /// Returns all sections in document order, those inside others included.
    ///
    /// ```
    /// let sections = ai_almanac::companies::HUAWEI.sections();
    /// assert_eq!(sections.last().unwrap().title(), "Further reading");
    /// ```
    #[must_use]
    #[inline]
    pub const fn sections(&self) -> &'static [Section<A>] {
        table::part(A::SECTIONS, self.row().span_at(column::SECTIONS))
    }

    /// Returns the section with an anchor (without `#`); `None` if there is none. In `const`, a
    /// section that has gone fails the build.
    ///
    /// ```
    /// use ai_almanac::{Section, companies::HUAWEI};
    ///
    /// const CHIPS: &Section = HUAWEI.section("chips-and-hardware").unwrap();
    /// assert_eq!(CHIPS.title(), "Chips and hardware");
    /// ```
    #[must_use]
    #[inline]
    pub const fn section(&self, anchor: &str) -> Option<&'static Section<A>> {
        let mut sections = self.sections();
        while let Some((section, behind)) = sections.split_first() {
            if crate::lookup::equal(section.anchor().as_bytes(), anchor.as_bytes()) {
                return Some(section);
            }
            sections = behind;
        }
        None
    }

    /// Returns all links in document order, those in footnotes last. Links that the front matter
    /// holds are not among them.
    ///
    /// ```
    /// assert!(ai_almanac::companies::HUAWEI.links().len() > 10);
    /// ```
    #[must_use]
    #[inline]
    pub const fn links(&self) -> &'static [Link<A>] {
        table::part(A::LINKS, self.row().span_at(column::LINKS))
    }

    /// Returns the links of other listed articles to this one or its sections, in sidebar order.
    ///
    /// ```
    /// for link in ai_almanac::companies::HUAWEI.backlinks() {
    ///     println!("{} speaks of “{}”", link.article(), link.text());
    /// }
    /// # assert!(!ai_almanac::companies::HUAWEI.backlinks().is_empty());
    /// ```
    #[must_use]
    #[inline]
    pub const fn backlinks(&self) -> &'static [&'static Link<A>] {
        table::part(A::BACKLINKS, self.row().span_at(column::BACKLINKS))
    }

    /// Returns the sources that the article cites, its footnotes, in order of first citation.
    ///
    /// ```
    /// for source in ai_almanac::companies::HUAWEI.sources() {
    ///     println!("{}", source.text());
    /// }
    /// # assert!(ai_almanac::companies::HUAWEI.sources().len() > 5);
    /// ```
    #[must_use]
    #[inline]
    pub const fn sources(&self) -> &'static [Source<A>] {
        table::part(A::SOURCES, self.row().span_at(column::SOURCES))
    }

    /// Returns the events of the article's timeline, in its order; none without one.
    /// [`events`](crate::events) has those of all articles.
    ///
    /// ```
    /// let first = &ai_almanac::companies::HUAWEI.events()[0];
    /// assert_eq!(first.date().year(), 1987);
    /// ```
    #[must_use]
    #[inline]
    pub const fn events(&self) -> &'static [Event<A>] {
        table::part(A::EVENTS, self.row().span_at(column::EVENTS))
    }

    /// Returns the images that the article shows, in document order, those in footnotes last. The
    /// picture for previews is [`image`](Article::image).
    ///
    /// ```
    /// for image in ai_almanac::companies::HUAWEI.images() {
    ///     println!("{}: {}", image.path(), image.alt());
    /// }
    /// ```
    #[must_use]
    #[inline]
    pub const fn images(&self) -> &'static [Image<A>] {
        table::part(A::IMAGES, self.row().span_at(column::IMAGES))
    }

    /// Returns the number of words of [`text`](Article::text): runs without white space that hold a
    /// letter or a digit; each Chinese or Japanese character is one.
    ///
    /// ```
    /// assert!(ai_almanac::companies::HUAWEI.word_count() > 900);
    /// ```
    #[must_use]
    #[inline]
    pub const fn word_count(&self) -> u32 {
        self.row().u32_at(column::WORDS)
    }

    /// Returns the time it takes to read the article, in minutes: 200 words a minute, rounded up; 0
    /// for an article without text.
    ///
    /// ```
    /// let huawei = &ai_almanac::companies::HUAWEI;
    /// assert_eq!(huawei.reading_minutes(), huawei.word_count().div_ceil(200));
    /// ```
    #[must_use]
    #[inline]
    pub const fn reading_minutes(&self) -> u32 {
        self.word_count().div_ceil(200)
    }

    /// Returns the text before the first section, as plain text; empty without one.
    ///
    /// ```
    /// let huawei = &ai_almanac::companies::HUAWEI;
    /// assert!(huawei.text().starts_with(huawei.lead()));
    /// ```
    #[must_use]
    #[inline]
    pub const fn lead(&self) -> &'static str {
        self.row().span_at(column::LEAD).of(A::TEXT)
    }

    /// Returns the whole article as plain text: without its heading and footnotes, the section
    /// titles on lines of their own, blocks apart by a blank line, list items by a newline, table
    /// cells by a tab.
    ///
    /// ```
    /// assert!(ai_almanac::companies::HUAWEI.text().contains("\n\nChips and hardware\n\n"));
    /// ```
    #[must_use]
    #[inline]
    pub const fn text(&self) -> &'static str {
        self.row().span_at(column::TEXT).of(A::TEXT)
    }

    /// Returns the whole article as HTML without its heading, footnotes last. It is escaped and
    /// well-formed; of raw HTML it has the allowed elements and attributes. Links to articles are
    /// their percent-encoded permalinks.
    ///
    /// ```
    /// assert!(ai_almanac::companies::HUAWEI.html().contains("<h2 id=\"chips-and-hardware\">"));
    /// ```
    #[must_use]
    #[inline]
    pub const fn html(&self) -> &'static str {
        self.row().span_at(column::HTML).of(A::HTML)
    }

    /// Returns the HTML with other addresses: `address` gives that of a link, unescaped, or `None`
    /// to keep the one of [`html`](Self::html). For sites with paths of their own; nothing is
    /// allocated.
    ///
    /// ```
    /// use ai_almanac::Target;
    /// use ai_almanac::companies::HUAWEI;
    ///
    /// let html = HUAWEI.html_with(|link| match link.target() {
    ///     Target::Article(to) => Some(format!("{}.html", to.id())),
    ///     _ => None,
    /// });
    /// let html = html.to_string();
    /// assert!(html.contains("<a href=\"terms/") && html.contains(".html\">"));
    /// ```
    pub fn html_with<F, T>(&self, address: F) -> HtmlWith<A, F>
    where
        F: Fn(&'static Link<A>) -> Option<T>,
        T: fmt::Display,
    {
        HtmlWith { html: self.row().span_at(column::HTML), links: self.links(), address }
    }

    /// Returns the Markdown source without front matter and heading, its line ends `\n`.
    ///
    /// ```
    /// assert!(ai_almanac::companies::HUAWEI.markdown().contains("## Chips and hardware"));
    /// ```
    #[must_use]
    #[inline]
    pub const fn markdown(&self) -> &'static str {
        self.row().span_at(column::MARKDOWN).of(A::MARKDOWN)
    }
}
