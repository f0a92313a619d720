//! Columns of the tables that the compiler writes and the accessors read: rows of unsigned 32-bit
//! integers, little-endian.
//!
//! A span takes two columns, its start and its end. Optional indices are stored plus one; 0 is
//! `None`.

const _: () = assert!(usize::BITS >= u32::BITS, "tables count in 32 bits");

/// Returns a number of a table as an index: nothing is lost, see the assertion above.
#[inline]
#[must_use]
pub const fn to_usize(number: u32) -> usize {
    number as usize
}

/// An article; listed ones first, in sidebar order.
pub mod article {
    pub const CATEGORY: usize = 0;
    /// The two halves of the bits of an `f64`, the lower first; NaN is `None`.
    pub const POSITION: usize = 1;
    /// `Date::packed` plus one.
    pub const LAST_UPDATE: usize = 3;
    /// 0 or 1.
    pub const UNLISTED: usize = 4;
    pub const PREVIOUS: usize = 5;
    pub const NEXT: usize = 6;
    pub const WORDS: usize = 7;
    /// Spans of the tables.
    pub const SECTIONS: usize = 8;
    pub const LINKS: usize = 10;
    pub const BACKLINKS: usize = 12;
    pub const SOURCES: usize = 14;
    pub const EVENTS: usize = 16;
    /// Spans of the texts.
    pub const LEAD: usize = 18;
    pub const TEXT: usize = 20;
    pub const HTML: usize = 22;
    pub const MARKDOWN: usize = 24;
    /// Index of the profile.
    pub const PROFILE: usize = 26;
    /// `Date::packed` plus one.
    pub const REVIEW: usize = 27;
    /// A span of the images.
    pub const IMAGES: usize = 28;
    /// A span of the article's phrases; the tags stand before it, the questions behind.
    pub const KEYWORDS: usize = 30;
    pub const WIDTH: usize = 32;
}

/// A section, in document order; those of one article stand together.
pub mod section {
    pub const INDEX: usize = 0;
    pub const ARTICLE: usize = 1;
    pub const LEVEL: usize = 2;
    pub const TITLE: usize = 3;
    pub const ANCHOR: usize = 5;
    /// Index of the first section after this one and those inside it.
    pub const END: usize = 7;
    /// The section around it.
    pub const PARENT: usize = 8;
    pub const LINKS: usize = 9;
    /// A span of the cited sources.
    pub const SOURCES: usize = 11;
    pub const TEXT: usize = 13;
    pub const HTML: usize = 15;
    pub const MARKDOWN: usize = 17;
    pub const WIDTH: usize = 19;
}

/// A link, in document order; those of one article stand together.
pub mod link {
    pub const INDEX: usize = 0;
    pub const ARTICLE: usize = 1;
    /// The section that it stands in.
    pub const SECTION: usize = 2;
    pub const TEXT: usize = 3;
    /// One of the kinds below.
    pub const KIND: usize = 5;
    /// The index of an article, a section or a category, or the span of an address.
    pub const TARGET: usize = 6;
    /// Empty for no title.
    pub const TITLE: usize = 8;
    /// The span of its address in the HTML; empty where the HTML doesn't show the link.
    pub const ADDRESS: usize = 10;
    pub const WIDTH: usize = 12;

    pub const TO_ARTICLE: u32 = 0;
    pub const TO_SECTION: u32 = 1;
    pub const TO_WEB: u32 = 2;
    pub const TO_EMAIL: u32 = 3;
    pub const TO_CATEGORY: u32 = 4;
}

/// A source; those of one article stand together.
pub mod source {
    pub const INDEX: usize = 0;
    pub const ARTICLE: usize = 1;
    /// The number that a reader sees.
    pub const FOOTNOTE: usize = 2;
    pub const TEXT: usize = 3;
    /// Its first link.
    pub const LINK: usize = 5;
    /// A span of the citing sections.
    pub const SECTIONS: usize = 6;
    pub const WIDTH: usize = 8;
}

/// An event; those of one article stand together.
pub mod event {
    pub const INDEX: usize = 0;
    pub const ARTICLE: usize = 1;
    pub const SECTION: usize = 2;
    /// `Date::packed`.
    pub const DATE: usize = 3;
    pub const TEXT: usize = 4;
    /// A span of the cited sources.
    pub const SOURCES: usize = 6;
    /// The happening that it tells, plus one; 0 in an unlisted article.
    pub const HAPPENING: usize = 8;
    pub const WIDTH: usize = 9;
}

/// A happening, in order of time.
pub mod happening {
    pub const INDEX: usize = 0;
    /// Empty for none.
    pub const ID: usize = 1;
    /// `Date::packed`.
    pub const DATE: usize = 3;
    /// A span of the telling events.
    pub const EVENTS: usize = 4;
    pub const WIDTH: usize = 6;
}

/// An image, in document order; those of one article stand together.
pub mod image {
    pub const INDEX: usize = 0;
    pub const ARTICLE: usize = 1;
    pub const PATH: usize = 2;
    pub const ALT: usize = 4;
    /// Empty for no title.
    pub const TITLE: usize = 6;
    /// Index of one of the media types below, plus one; 0 for an image that is no file of the
    /// folder.
    pub const MEDIA_TYPE: usize = 8;
    /// Width and height in pixels.
    pub const SIZE: usize = 9;
    /// A span of the bytes of all images; empty if they are not kept.
    pub const BYTES: usize = 11;
    pub const WIDTH: usize = 13;

    pub const MEDIA_TYPES: [&str; 6] =
        ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/svg+xml"];
}

/// A record, a profile or own fields. Their texts and sources are those of records alone.
pub mod record {
    pub const INDEX: usize = 0;
    /// Index of the description among all kinds.
    pub const KIND: usize = 1;
    pub const ARTICLE: usize = 2;
    /// The section with the table.
    pub const SECTION: usize = 3;
    pub const NAME: usize = 4;
    pub const ID: usize = 6;
    /// A span of the cited sources.
    pub const SOURCES: usize = 8;
    /// Index of the cell of its first field.
    pub const CELLS: usize = 10;
    /// Index in the table of the record at this place in the order of ids.
    pub const BY_ID: usize = 11;
    pub const WIDTH: usize = 12;
}

/// Values of records: one list of integers. Where a record's row says, it has one for each field,
/// then one for each inverse, and a list one for each of its items: 0 for an absent value without
/// sources, else flags in the low bits and above them the index of where the value itself stands.
/// Equal values stand there once. They aren't copied into a table but decoded when they are asked
/// for.
pub mod cell {
    /// Set if there is a value.
    pub const PRESENT: u32 = 1;
    /// Set if a span of the cited sources stands before the value.
    pub const CITES: u32 = 2;
    pub const FLAG_BITS: u32 = 2;

    /// The span of a text, of a mention, or of a quantity as it is written.
    pub const TEXT: usize = 0;
    /// The two halves of the bits of an `f64`, the lower first.
    pub const NUMBER: usize = 0;
    /// The same of a quantity, behind its text.
    pub const QUANTITY: usize = 2;
    /// A packed date; 0 or 1; the index of a choice, an article or a record.
    pub const INDEX: usize = 0;
    /// The article of a mention, behind its text.
    pub const MENTIONED: usize = 2;
    /// The span of a list in the table of its field, then that of its items here.
    pub const LIST: usize = 0;
    pub const ITEMS: usize = 2;
    /// The span of what refers to a record in the table of the inverse.
    pub const REFERRING: usize = 0;
    /// The most integers that a value has, without its sources.
    pub const MOST: usize = 4;
}

/// The span of an id among all ids.
pub mod id {
    pub const SPAN: usize = 0;
    pub const WIDTH: usize = 2;
}

/// A slot of the hash table of `get`: high bits of an id's hash and the index of its article plus
/// one in the low bits; 0 is free.
pub mod slot {
    pub const SLOT: usize = 0;
    pub const WIDTH: usize = 1;

    /// Least number of slots per id: with so many free ones most look-ups end at the first.
    pub const PER_ID: usize = 4;
    pub const INDEX_BITS: u32 = 24;
    pub const INDEX: u32 = (1 << INDEX_BITS) - 1;
}
