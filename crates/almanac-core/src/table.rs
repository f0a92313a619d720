//! Tables of rows that the compiler wrote as bytes. Each row is copied once, while the crate that
//! owns the almanac is compiled, and decoded when a field is asked for.
//!
//! rustc takes time for every field that is written as an expression, and each string pointer costs
//! a relocation; rows have none.

use crate::payload::Span;
use crate::{Almanac, Date};

/// A row of a table: unsigned 32-bit integers, little-endian. [`layout`](crate::layout) names the
/// columns.
#[derive(Clone, Copy)]
pub struct Row<const BYTES: usize>(pub(crate) [u8; BYTES]);

impl<const BYTES: usize> Row<BYTES> {
    pub(crate) const ZERO: Row<BYTES> = Row([0; BYTES]);

    /// Returns the integer in a column.
    #[inline]
    pub(crate) const fn u32_at(&self, column: usize) -> u32 {
        let (columns, _) = self.0.as_chunks::<4>();
        u32::from_le_bytes(columns[column])
    }

    /// Returns the span whose start is in a column and whose end is in the next one.
    #[inline]
    pub(crate) const fn span_at(&self, column: usize) -> Span {
        Span { start: self.u32_at(column), end: self.u32_at(column + 1) }
    }

    /// Returns the optional date in a column: packed plus one; 0 is `None`.
    #[inline]
    pub(crate) const fn date_at(&self, column: usize) -> Option<Date> {
        match self.u32_at(column) {
            0 => None,
            plus_one => Some(Date::unpacked(plus_one - 1)),
        }
    }

    /// Returns the text that a span cuts from the almanac's strings.
    #[inline]
    pub(crate) const fn str_at<A: Almanac>(&self, column: usize) -> &'static str {
        self.span_at(column).of(A::STRINGS)
    }
}

/// Makes `const fn $make`, which turns the bytes of a table into an array of `$Row`.
macro_rules! table {
    ($make:ident, $Row:ident $(<$A:ident>)?, $width:expr $(, $almanac:ident)?) => {
        /// Copies the rows of a table from the bytes that the compiler wrote.
        #[must_use]
        pub const fn $make<$($A: crate::Almanac,)? const ROWS: usize>(
            bytes: &[u8],
        ) -> [$Row $(<$A>)?; ROWS] {
            use crate::table::Row;
            let (rows, rest) = bytes.as_chunks::<{ 4 * $width }>();
            assert!(rows.len() == ROWS && rest.is_empty());
            let mut table = [const {
                $Row { row: Row::ZERO $(, $almanac: core::marker::PhantomData)? }
            }; ROWS];
            let mut index = 0;
            while index < ROWS {
                table[index].row = Row(rows[index]);
                index += 1;
            }
            table
        }
    };
}
pub(crate) use table;

/// Gives a type over a row equality and hash by its index, and its table function where one table
/// has all rows.
macro_rules! row_type {
    ($Type:ident, $column:ident, table) => {
        crate::table::table!(table, $Type<A>, $column::WIDTH, almanac);
        crate::table::row_type!($Type, $column);
    };
    ($Type:ident, $column:ident) => {
        impl<A: crate::Almanac> $Type<A> {
            /// Returns the index of the row in its table.
            const fn index(&self) -> u32 {
                self.row.u32_at($column::INDEX)
            }
        }

        impl<A: crate::Almanac> PartialEq for $Type<A> {
            fn eq(&self, other: &$Type<A>) -> bool {
                self.index() == other.index()
            }
        }

        impl<A: crate::Almanac> Eq for $Type<A> {}

        impl<A: crate::Almanac> core::hash::Hash for $Type<A> {
            fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
                self.index().hash(state);
            }
        }
    };
}
pub(crate) use row_type;

/// Gives a type over a row the accessors of where it stands: its article, and its section in a
/// column that holds an index (`section`), or one plus one with 0 for none (`optional section`).
macro_rules! place {
    ($Type:ident, $column:ident, $(#[$doc:meta])+ article $(, $($section:tt)+)?) => {
        impl<A: crate::Almanac> $Type<A> {
            $(#[$doc])+
            #[must_use]
            #[inline]
            pub const fn article(&self) -> &'static crate::Article<A> {
                crate::lookup::article::<A>(self.row.u32_at($column::ARTICLE))
            }
        }
        $(crate::table::place!($Type, $column, $($section)+);)?
    };
    ($Type:ident, $column:ident, $(#[$doc:meta])+ section) => {
        impl<A: crate::Almanac> $Type<A> {
            $(#[$doc])+
            #[must_use]
            #[inline]
            pub const fn section(&self) -> &'static crate::Section<A> {
                &A::SECTIONS[self.row.u32_at($column::SECTION) as usize]
            }
        }
    };
    ($Type:ident, $column:ident, $(#[$doc:meta])+ optional section) => {
        impl<A: crate::Almanac> $Type<A> {
            $(#[$doc])+
            #[must_use]
            #[inline]
            pub const fn section(&self) -> Option<&'static crate::Section<A>> {
                crate::table::row(A::SECTIONS, self.row.u32_at($column::SECTION))
            }
        }
    };
}
pub(crate) use place;

/// Reads an index from its four bytes. Not by a function: these loops run in the constant
/// evaluator, which takes longer for a call than for all the rest of a round.
macro_rules! index_of {
    ($bytes:expr) => {{
        let [lowest, low, high, highest] = $bytes;
        lowest as usize | (low as usize) << 8 | (high as usize) << 16 | (highest as usize) << 24
    }};
}
pub(crate) use index_of;

/// Turns a list of row indices into references to the rows.
#[must_use]
pub const fn references<T, const COUNT: usize>(
    indices: &[u8],
    rows: &'static [T],
) -> [&'static T; COUNT] {
    let (indices, rest) = indices.as_chunks::<4>();
    assert!(indices.len() == COUNT && rest.is_empty());
    let mut references = [&rows[0]; COUNT];
    let mut index = 0;
    while index < COUNT {
        references[index] = &rows[index_of!(indices[index])];
        index += 1;
    }
    references
}

/// Copies the items at a list of indices: choices, or references to articles.
#[must_use]
pub const fn copies<T: Copy, const COUNT: usize>(indices: &[u8], all: &[T]) -> [T; COUNT] {
    let (indices, rest) = indices.as_chunks::<4>();
    assert!(indices.len() == COUNT && rest.is_empty());
    let mut copies = [all[0]; COUNT];
    let mut index = 0;
    while index < COUNT {
        copies[index] = all[index_of!(indices[index])];
        index += 1;
    }
    copies
}

/// Reads a list of numbers.
#[must_use]
pub const fn numbers<const COUNT: usize>(bits: &[u8]) -> [f64; COUNT] {
    let (bits, rest) = bits.as_chunks::<8>();
    assert!(bits.len() == COUNT && rest.is_empty());
    let mut numbers = [0.0; COUNT];
    let mut index = 0;
    while index < COUNT {
        numbers[index] = f64::from_bits(u64::from_le_bytes(bits[index]));
        index += 1;
    }
    numbers
}

/// Reads a list of packed dates.
#[must_use]
pub const fn dates<const COUNT: usize>(packed: &[u8]) -> [Date; COUNT] {
    let (packed, rest) = packed.as_chunks::<4>();
    assert!(packed.len() == COUNT && rest.is_empty());
    let mut dates = [Date::unpacked(0); COUNT];
    let mut index = 0;
    while index < COUNT {
        dates[index] = Date::unpacked(u32::from_le_bytes(packed[index]));
        index += 1;
    }
    dates
}

/// Returns the rows of a span.
#[inline]
pub(crate) const fn part<T>(rows: &'static [T], span: Span) -> &'static [T] {
    let (before, _) = rows.split_at(span.end as usize);
    let (_, part) = before.split_at(span.start as usize);
    part
}

/// Returns the row of an optional index, which is stored plus one; 0 is `None`.
#[inline]
pub(crate) const fn row<T>(rows: &'static [T], plus_one: u32) -> Option<&'static T> {
    match plus_one {
        0 => None,
        plus_one => Some(&rows[plus_one as usize - 1]),
    }
}
