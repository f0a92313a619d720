//! Tables of rows that the compiler wrote as bytes. Each row is copied once, while the crate is compiled, and read in place.
//!
//! rustc takes time for every field that is written as an expression, and a loader for every pointer to a text; a row has neither.

use crate::payload::Span;

/// A row of a table: numbers of four bytes, little-endian. [`layout`](crate::layout) says what stands where.
#[derive(Clone, Copy)]
pub(crate) struct Row<const BYTES: usize>(pub(crate) [u8; BYTES]);

impl<const BYTES: usize> Row<BYTES> {
    /// The number in a column.
    #[inline]
    pub(crate) const fn number(&self, column: usize) -> u32 {
        let (numbers, _) = self.0.as_chunks::<4>();
        u32::from_le_bytes(numbers[column])
    }

    /// The span in a column and the one behind it.
    #[inline]
    pub(crate) const fn span(&self, column: usize) -> Span {
        Span { start: self.number(column), end: self.number(column + 1) }
    }

    /// The text that a span cuts from the strings of all tables.
    #[inline]
    pub(crate) const fn string(&self, column: usize) -> &'static str {
        self.span(column).of(crate::__STRINGS)
    }
}

/// Makes `const fn $make`: the bytes of a table as an array of `$row`, which wraps a [`Row`].
macro_rules! table {
    ($(#[$about:meta])* $make:ident, $row:ident, $width:expr) => {
        $(#[$about])*
        #[allow(dead_code, reason = "not all content has all tables")]
        pub(crate) const fn $make<const ROWS: usize>(bytes: &[u8]) -> [$row; ROWS] {
            let (rows, rest) = bytes.as_chunks::<{ 4 * $width }>();
            assert!(rows.len() == ROWS && rest.is_empty());
            let mut table = [const { $row { row: crate::table::Row([0; 4 * $width]) } }; ROWS];
            let mut at = 0;
            while at < ROWS {
                table[at] = $row { row: crate::table::Row(rows[at]) };
                at += 1;
            }
            table
        }
    };
}
pub(crate) use table;

/// References to rows of a table, by their numbers.
#[allow(dead_code, reason = "not all content has all tables")]
pub(crate) const fn references<T, const COUNT: usize>(numbers: &[u8], rows: &'static [T]) -> [&'static T; COUNT] {
    let (numbers, rest) = numbers.as_chunks::<4>();
    assert!(numbers.len() == COUNT && rest.is_empty());
    let mut found = [&rows[0]; COUNT];
    let mut at = 0;
    while at < COUNT {
        found[at] = &rows[u32::from_le_bytes(numbers[at]) as usize];
        at += 1;
    }
    found
}

/// The rows of a span.
#[inline]
pub(crate) const fn part<T>(rows: &'static [T], span: Span) -> &'static [T] {
    let (before, _) = rows.split_at(span.end as usize);
    let (_, part) = before.split_at(span.start as usize);
    part
}

/// The row of a number that counts from 1; 0 is none.
#[inline]
pub(crate) const fn row<T>(rows: &'static [T], number: u32) -> Option<&'static T> {
    match number {
        0 => None,
        number => Some(&rows[number as usize - 1]),
    }
}
