use crate::{Almanac, Article, Category, Date, Event, Happening, SidebarItem, Table};

/// Returns all articles in sidebar order: folder by folder, by position; a folder's own page first.
/// Unlisted articles are not among them.
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

/// Returns all categories in sidebar order, each before those inside it.
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

/// Returns the articles and folders at the root of the content, mixed, in sidebar order: the
/// beginning of a table of contents.
///
/// ```
/// use ai_almanac::SidebarItem;
///
/// fn print(contents: &[SidebarItem], depth: usize) {
///     for item in contents {
///         match item {
///             SidebarItem::Article(article) => println!("{:depth$}{article}", ""),
///             SidebarItem::Category(category) => {
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
pub const fn contents<A: Almanac>() -> &'static [SidebarItem<A>] {
    A::CONTENTS
}

/// Returns the events of all listed articles in order of time; those of one date in sidebar order.
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

/// Returns what happened according to the listed articles, each happening once, in order of time;
/// those of one date in sidebar order.
///
/// Events of different articles that carry one id are one happening; every other event is one of
/// its own.
///
/// ```
/// use ai_almanac::{events, happenings};
///
/// assert!(happenings().windows(2).all(|pair| pair[0].date() <= pair[1].date()));
/// let told: usize = happenings().iter().map(|happening| happening.events().len()).sum();
/// assert_eq!(told, events().len());
/// ```
#[must_use]
#[inline]
pub const fn happenings<A: Almanac>() -> &'static [Happening<A>] {
    A::HAPPENINGS
}

/// Returns the listed articles whose [review date](Article::review_by) is on or before a date, in
/// order of the review dates; those of one date in sidebar order.
///
/// Dates compare as [`Date`] orders them: a year or a month counts from its beginning, in the front
/// matter and in `date`. What day it is must come from the caller: an almanac has no clock.
///
/// ```
/// let due = ai_almanac::stale("2030-01-01".parse()?);
/// assert!(due.iter().all(|article| article.review_by().is_some()));
/// # Ok::<(), ai_almanac::InvalidDate>(())
/// ```
#[must_use]
pub const fn stale<A: Almanac>(date: Date) -> &'static [&'static Article<A>] {
    // A binary search: `partition_point` is not `const`.
    let (mut low, mut high) = (0, A::BY_REVIEW.len());
    while low < high {
        let middle = low + (high - low) / 2;
        match A::BY_REVIEW[middle].review_by() {
            Some(review) if review.packed() <= date.packed() => low = middle + 1,
            _ => high = middle,
        }
    }
    let (due, _) = A::BY_REVIEW.split_at(low);
    due
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
