//! The columns of the tables that the compiler writes and the library reads: rows of numbers of four bytes, little-endian.
//!
//! A span takes two columns, its start and its end. Numbers that may be missing count from 1, and 0 is none.

#![allow(dead_code, reason = "the compiler needs some, the library others")]

/// What is a number of an article, in the order of all: listed ones first, as in the sidebar.
pub mod article {
    pub const CATEGORY: usize = 0;
    /// The two halves of the bits of a floating-point number, the lower first; none is not a number.
    pub const POSITION: usize = 1;
    /// One more than `Date::number`.
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
    pub const WIDTH: usize = 26;
}

/// A section, in document order; those of one article stand together.
pub mod section {
    pub const ARTICLE: usize = 0;
    pub const LEVEL: usize = 1;
    pub const TITLE: usize = 2;
    pub const ANCHOR: usize = 4;
    /// Its own number in the table, and that of the first section behind it and those inside it.
    pub const NUMBER: usize = 6;
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
    pub const ARTICLE: usize = 0;
    /// The section that it stands in.
    pub const SECTION: usize = 1;
    pub const TEXT: usize = 2;
    /// One of the kinds below.
    pub const KIND: usize = 4;
    /// The number of an article or of a section, or the span of an address.
    pub const TARGET: usize = 5;
    /// Empty where there is none.
    pub const TITLE: usize = 7;
    pub const WIDTH: usize = 9;

    pub const TO_ARTICLE: u32 = 0;
    pub const TO_SECTION: u32 = 1;
    pub const TO_WEB: u32 = 2;
    pub const TO_EMAIL: u32 = 3;
}

/// A source; those of one article stand together.
pub mod source {
    pub const ARTICLE: usize = 0;
    pub const NUMBER: usize = 1;
    pub const TEXT: usize = 2;
    /// Its first link.
    pub const LINK: usize = 4;
    /// A span of the citing sections.
    pub const SECTIONS: usize = 5;
    pub const WIDTH: usize = 7;
}

/// An event; those of one article stand together.
pub mod event {
    pub const ARTICLE: usize = 0;
    pub const SECTION: usize = 1;
    /// Year, month and day in one number, see `Date::number`.
    pub const DATE: usize = 2;
    pub const TEXT: usize = 3;
    /// A span of the cited sources.
    pub const SOURCES: usize = 5;
    pub const WIDTH: usize = 7;
}

/// Where an id stands among all ids.
pub mod id {
    pub const SPAN: usize = 0;
    pub const WIDTH: usize = 2;
}

/// A slot of the hash table of `get`: some bits of an id's hash and the number of its article from 1, in one number; 0 is free.
pub mod slot {
    pub const SLOT: usize = 0;
    pub const WIDTH: usize = 1;

    /// Slots for each id, at least: with so many free ones most look-ups end at the first.
    pub const PER_ID: usize = 4;
    /// How many bits the number has; those above are the hash's own.
    pub const NUMBER_BITS: u32 = 24;
    pub const NUMBER: u32 = (1 << NUMBER_BITS) - 1;
}
