use crate::generated::{ArticleRow, Id, Slot};
use crate::{
    Article, Category, Date, Event, Happening, Image, Kind, Link, Record, Section, SidebarItem,
    Source, Table,
};

/// An almanac, as a marker type: generated code implements it, and the types of this crate are
/// generic over it.
///
/// Its constants refer to statics, so that each table exists once and is dropped by the linker when
/// nothing asks for it.
///
/// ```
/// use almanac_core::{Almanac, articles};
///
/// fn count<A: Almanac>() -> usize {
///     articles::<A>().len()
/// }
/// assert_eq!(count::<ai_almanac::Almanac>(), ai_almanac::articles().len());
/// ```
pub trait Almanac: Sized + 'static {
    /// The date of the newest [`last_update`](Article::last_update) of all articles, unlisted ones
    /// included; `None` if no article has one.
    ///
    /// ```
    /// use almanac_core::Almanac;
    ///
    /// let edition = <ai_almanac::Almanac as Almanac>::EDITION;
    /// assert_eq!(edition, ai_almanac::articles().iter().filter_map(|a| a.last_update()).max());
    /// ```
    const EDITION: Option<Date>;
    /// All articles, the listed ones first, in sidebar order.
    #[doc(hidden)]
    const ARTICLES: &'static [&'static Article<Self>];
    #[doc(hidden)]
    const LISTED: usize;
    #[doc(hidden)]
    const ARTICLE_ROWS: &'static [ArticleRow];
    #[doc(hidden)]
    const CATEGORIES: &'static [Category<Self>];
    #[doc(hidden)]
    const CONTENTS: &'static [SidebarItem<Self>];
    /// The contents of categories; those of one category stand together, here and below.
    #[doc(hidden)]
    const CATEGORY_CONTENTS: &'static [SidebarItem<Self>];
    #[doc(hidden)]
    const CATEGORY_ARTICLES: &'static [&'static Article<Self>];
    #[doc(hidden)]
    const SUBCATEGORIES: &'static [&'static Category<Self>];
    #[doc(hidden)]
    const SECTIONS: &'static [Section<Self>];
    #[doc(hidden)]
    const LINKS: &'static [Link<Self>];
    #[doc(hidden)]
    const SOURCES: &'static [Source<Self>];
    #[doc(hidden)]
    const EVENTS: &'static [Event<Self>];
    #[doc(hidden)]
    const BACKLINKS: &'static [&'static Link<Self>];
    /// Sources cited by sections and events.
    #[doc(hidden)]
    const CITED: &'static [&'static Source<Self>];
    /// Sections that cite sources.
    #[doc(hidden)]
    const CITING: &'static [&'static Section<Self>];
    /// Events of listed articles, in order of time.
    #[doc(hidden)]
    const BY_DATE: &'static [&'static Event<Self>];
    #[doc(hidden)]
    const HAPPENINGS: &'static [Happening<Self>];
    /// Events told by happenings.
    #[doc(hidden)]
    const TELLING: &'static [&'static Event<Self>];
    #[doc(hidden)]
    const IMAGES: &'static [Image<Self>];
    /// The bytes of all images, one after the other; empty if they are not kept.
    #[doc(hidden)]
    const IMAGE_BYTES: &'static &'static [u8];
    /// Listed articles with a review date, in order of that date.
    #[doc(hidden)]
    const BY_REVIEW: &'static [&'static Article<Self>];
    #[doc(hidden)]
    const IDS: &'static [Id];
    #[doc(hidden)]
    const SLOTS: &'static [Slot];
    #[doc(hidden)]
    const ID_BYTES: &'static [u8];
    #[doc(hidden)]
    const STRINGS: &'static &'static str;
    #[doc(hidden)]
    const TEXT: &'static &'static str;
    #[doc(hidden)]
    const HTML: &'static &'static str;
    #[doc(hidden)]
    const MARKDOWN: &'static &'static str;
    /// The pieces of the texts that chunks are made of, as bytes.
    #[doc(hidden)]
    const PIECES: &'static &'static [u8];
    /// The profiles that the schema declares, an enum of their kinds.
    ///
    /// ```
    /// use almanac_core::{Almanac, Article};
    ///
    /// fn profiles<A: Almanac>(articles: &[&'static Article<A>]) -> Vec<&'static A::Profile> {
    ///     articles.iter().filter_map(|article| article.profile()).collect()
    /// }
    /// assert!(!profiles(ai_almanac::articles()).is_empty());
    /// ```
    type Profile: 'static;
    #[doc(hidden)]
    const PROFILES: &'static [Self::Profile];
    #[doc(hidden)]
    fn profile_record(profile: &'static Self::Profile) -> &'static Record<Self>;
    /// The fields of articles that the schema declares; `()` without one.
    ///
    /// ```
    /// use ai_almanac::companies::HUAWEI;
    /// use almanac_core::Almanac;
    ///
    /// let fields: &<ai_almanac::Almanac as Almanac>::Fields = HUAWEI.fields();
    /// assert_eq!(fields, &());
    /// ```
    type Fields: 'static;
    /// By article; one for all where there are no fields.
    #[doc(hidden)]
    const FIELDS: &'static [Self::Fields];
    #[doc(hidden)]
    fn fields_record(fields: &'static Self::Fields) -> Option<&'static Record<Self>>;
    /// Descriptions of all kinds.
    #[doc(hidden)]
    const KINDS: &'static [Kind];
    #[doc(hidden)]
    const TABLES: &'static [Table<Self>];
    /// Values of records, as bytes, their texts and the sources that they cite: apart from those of
    /// sections and links, so that programs which ask for no record carry none.
    #[doc(hidden)]
    const CELLS: &'static &'static [u8];
    #[doc(hidden)]
    const RECORD_STRINGS: &'static &'static str;
    #[doc(hidden)]
    const RECORD_CITED: &'static [&'static Source<Self>];
}
