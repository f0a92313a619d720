use core::fmt;

use crate::payload::Span;
use crate::{Almanac, Link};

/// HTML whose links lead elsewhere: of [`Article::html_with`](crate::Article::html_with) and
/// [`Section::html_with`](crate::Section::html_with). It displays as the HTML; nothing is
/// allocated.
///
/// ```
/// use ai_almanac::companies::HUAWEI;
///
/// let html = HUAWEI.html_with(|link| link.target().to_article().map(|to| to.id()));
/// assert!(html.to_string().contains("<a href=\"companies/nvidia\">"));
/// ```
#[derive(Clone, Copy)]
pub struct HtmlWith<A: Almanac, F> {
    pub(crate) html: Span,
    /// The links that may stand in the HTML, in order.
    pub(crate) links: &'static [Link<A>],
    pub(crate) address: F,
}

impl<A: Almanac, F, T> fmt::Display for HtmlWith<A, F>
where
    F: Fn(&'static Link<A>) -> Option<T>,
    T: fmt::Display,
{
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut at = self.html.start;
        for link in self.links {
            let span = link.address();
            // Links of the heading and of what stands elsewhere are not in this HTML.
            if span.start < at || span.end > self.html.end || span.start == span.end {
                continue;
            }
            if let Some(address) = (self.address)(link) {
                formatter.write_str(Span { start: at, end: span.start }.of(A::HTML))?;
                fmt::Write::write_fmt(&mut Escaped(formatter), format_args!("{address}"))?;
                at = span.end;
            }
        }
        formatter.write_str(Span { start: at, end: self.html.end }.of(A::HTML))
    }
}

impl<A: Almanac, F> fmt::Debug for HtmlWith<A, F> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("HtmlWith").field("links", &self.links.len()).finish_non_exhaustive()
    }
}

/// Escapes what would end an attribute.
struct Escaped<'f, 'b>(&'f mut fmt::Formatter<'b>);

impl fmt::Write for Escaped<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars() {
            match character {
                '&' => self.0.write_str("&amp;")?,
                '<' => self.0.write_str("&lt;")?,
                '>' => self.0.write_str("&gt;")?,
                '"' => self.0.write_str("&quot;")?,
                '\'' => self.0.write_str("&#39;")?,
                other => self.0.write_char(other)?,
            }
        }
        Ok(())
    }
}
