use crate::{Almanac, Article, Category, Content, Event, Table};

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
pub const fn articles<A: Almanac>() -> &'static [&'static Article<A>] {
    let (listed, _) = A::ARTICLES.split_at(A::LISTED);
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
pub const fn categories<A: Almanac>() -> &'static [Category<A>] {
    A::CATEGORIES
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
pub const fn contents<A: Almanac>() -> &'static [Content<A>] {
    A::CONTENTS
}

/// The events of all listed articles in order of time; those of one date in sidebar order.
///
/// ```
/// let events = ai_almanac::events();
/// assert!(events.windows(2).all(|pair| pair[0].date() <= pair[1].date()));
/// ```
#[must_use]
#[inline]
pub const fn events<A: Almanac>() -> &'static [&'static Event<A>] {
    A::BY_DATE
}

/// Returns the tables of records that the schema declares, in its order; none without a schema.
///
/// ```
/// for table in ai_almanac::tables() {
///     println!("{}: {}", table.label(), table.records().len());
/// }
/// ```
#[must_use]
#[inline]
pub const fn tables<A: Almanac>() -> &'static [Table<A>] {
    A::TABLES
}
