use crate::{Article, Category, Content, Event};

/// All articles in sidebar order: folder by folder, by position; a folder's own page first. Unlisted articles are not among
/// them.
///
/// ```
/// for article in ai_almanac::articles() {
///     println!("{}: {}", article.id(), article.title());
/// }
/// ```
#[must_use]
#[inline]
pub const fn articles() -> &'static [&'static Article] {
    let (listed, _) = crate::__ARTICLES.split_at(crate::__LISTED);
    listed
}

/// All categories in sidebar order, each before those inside it.
///
/// ```
/// for category in ai_almanac::categories() {
///     println!("{} ({})", category.label(), category.articles().len());
/// }
/// ```
#[must_use]
#[inline]
pub const fn categories() -> &'static [Category] {
    &crate::__CATEGORIES
}

/// What stands at the root of the content, articles and folders mixed, in sidebar order: where a table of contents begins.
///
/// ```
/// use ai_almanac::Content;
///
/// fn print(contents: &[Content], depth: usize) {
///     for content in contents {
///         match content {
///             Content::Article(article) => println!("{:depth$}{article}", ""),
///             Content::Category(category) => {
///                 println!("{:depth$}{category}", "");
///                 print(category.contents(), depth + 2);
///             }
///         }
///     }
/// }
/// print(ai_almanac::contents(), 0);
/// ```
#[must_use]
#[inline]
pub const fn contents() -> &'static [Content] {
    &crate::__CONTENTS
}

/// The events of all listed articles in order of time; those of one date in sidebar order.
///
/// ```
/// let events = ai_almanac::events();
/// assert!(events.windows(2).all(|pair| pair[0].date() <= pair[1].date()));
/// ```
#[must_use]
#[inline]
pub const fn events() -> &'static [&'static Event] {
    &crate::__BY_DATE
}
