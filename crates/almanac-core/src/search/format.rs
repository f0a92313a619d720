//! The bytes of the index, written by the compiler and read at query time.
//!
//! Units are what can be found: for each listed article its lead, then its sections. Words of
//! titles, keywords, descriptions and questions count for all units of their article, so they are
//! kept once an article; words of headings and texts are kept by unit.
//!
//! ```text
//! header     12 numbers of 4 bytes, see `Header`
//! articles   for each article: its first unit (4 bytes), words in title, keywords, description and
//!            questions (2 bytes each)
//! units      for each unit: words in the heading and the role, words in the text (2 bytes each)
//! postings   for each term, see `Postings`
//! words      a transducer from each folded word to where the postings of its term begin
//! ```
//!
//! Function words have postings for titles, keywords and headings only, and joined words count for
//! no length.

use std::prelude::rust_2024::*;

use crate::layout::to_usize;
use crate::varint::{read_varint, write_varint};

/// Fields that belong to an article: title, keywords, description, questions.
pub const ARTICLE_FIELDS: usize = 4;
/// Fields that belong to a unit: heading, text.
pub const UNIT_FIELDS: usize = 2;
pub const FIELDS: usize = ARTICLE_FIELDS + UNIT_FIELDS;

/// Integers at the start of the index, little-endian.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    pub articles: u32,
    pub units: u32,
    /// Average length of each field in words, as the bits of `f32`.
    pub averages: [f32; FIELDS],
    /// The places at which the parts begin.
    pub article_table: u32,
    pub unit_table: u32,
    pub postings: u32,
    pub words: u32,
}

impl Header {
    pub const SIZE: usize = 4 * (6 + FIELDS);

    /// Writes the header: for the compiler.
    pub fn write(&self, bytes: &mut Vec<u8>) {
        for integer in [self.articles, self.units] {
            bytes.extend(integer.to_le_bytes());
        }
        for average in self.averages {
            bytes.extend(average.to_le_bytes());
        }
        for integer in [self.article_table, self.unit_table, self.postings, self.words] {
            bytes.extend(integer.to_le_bytes());
        }
    }

    #[must_use]
    pub fn read(bytes: &[u8]) -> Header {
        let (integers, _) = bytes.as_chunks::<4>();
        let at = |index: usize| u32::from_le_bytes(integers[index]);
        let mut averages = [0.0; FIELDS];
        for (index, average) in averages.iter_mut().enumerate() {
            *average = f32::from_bits(at(2 + index));
        }
        Header {
            articles: at(0),
            units: at(1),
            averages,
            article_table: at(2 + FIELDS),
            unit_table: at(3 + FIELDS),
            postings: at(4 + FIELDS),
            words: at(5 + FIELDS),
        }
    }
}

/// The role of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Text like any other.
    Body,
    /// The text before the first section, or a section that defines.
    Lead,
    /// A list of events.
    Timeline,
    /// A list of links, or the page of a folder.
    Links,
}

/// A row of the table of articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArticleRow {
    pub first_unit: u32,
    /// Words in each field.
    pub lengths: [u16; ARTICLE_FIELDS],
}

impl ArticleRow {
    pub const SIZE: usize = 4 + 2 * ARTICLE_FIELDS;

    pub fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.first_unit.to_le_bytes());
        self.lengths.iter().for_each(|length| bytes.extend(length.to_le_bytes()));
    }

    #[must_use]
    pub fn read(bytes: &[u8; ArticleRow::SIZE]) -> ArticleRow {
        let (pairs, _) = bytes.as_chunks::<2>();
        let mut lengths = [0; ARTICLE_FIELDS];
        for (length, pair) in lengths.iter_mut().zip(&pairs[2..]) {
            *length = u16::from_le_bytes(*pair);
        }
        ArticleRow { first_unit: ArticleRow::read_first_unit(bytes), lengths }
    }

    /// Reads the first unit alone.
    #[must_use]
    pub fn read_first_unit(bytes: &[u8; ArticleRow::SIZE]) -> u32 {
        u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
    }
}

/// A row of the table of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitRow {
    /// Words in the heading, at most [`UnitRow::LONGEST_HEADING`], and in the text.
    pub lengths: [u16; UNIT_FIELDS],
    pub role: Role,
}

impl UnitRow {
    pub const SIZE: usize = 2 * UNIT_FIELDS;
    pub const LONGEST_HEADING: u16 = u16::MAX >> 2;

    pub fn write(&self, bytes: &mut Vec<u8>) {
        let role: u16 = match self.role {
            Role::Body => 0,
            Role::Lead => 1,
            Role::Timeline => 2,
            Role::Links => 3,
        };
        bytes.extend((self.lengths[0].min(UnitRow::LONGEST_HEADING) << 2 | role).to_le_bytes());
        bytes.extend(self.lengths[1].to_le_bytes());
    }

    #[must_use]
    pub fn read(bytes: &[u8; UnitRow::SIZE]) -> UnitRow {
        let packed = u16::from_le_bytes([bytes[0], bytes[1]]);
        let role = match packed & 3 {
            0 => Role::Body,
            1 => Role::Lead,
            2 => Role::Timeline,
            _ => Role::Links,
        };
        UnitRow { lengths: [packed >> 2, u16::from_le_bytes([bytes[2], bytes[3]])], role }
    }
}

/// The places of a term.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Postings {
    /// Number of units that have the term in any field.
    pub units_with: u32,
    /// Articles, with the frequency in each field.
    pub articles: Vec<(u32, [u32; ARTICLE_FIELDS])>,
    /// Units, with the frequency in each field.
    pub units: Vec<(u32, [u32; UNIT_FIELDS])>,
}

impl Postings {
    pub fn write(&self, bytes: &mut Vec<u8>) {
        let count = |length: usize| u32::try_from(length).expect("there are fewer units than 2³¹");
        // The lowest bit says that articles have the term too; else the units say in how many it
        // is.
        let shared = !self.articles.is_empty();
        write_varint(count(self.units.len()) << 1 | u32::from(shared), bytes);
        if shared {
            write_varint(self.units_with, bytes);
            write_varint(count(self.articles.len()), bytes);
        }
        let mut last = 0;
        for (article, frequencies) in &self.articles {
            // The low bits name the field that has the term once, nearly always the only one.
            let mut others = (0..ARTICLE_FIELDS).filter(|&field| frequencies[field] > 0);
            let only =
                others.next().filter(|&field| frequencies[field] == 1 && others.next().is_none());
            write_varint((article - last) << 3 | count(only.unwrap_or(ARTICLE_FIELDS)), bytes);
            if only.is_none() {
                // Two bits a field; the highest value says that more follows.
                let packed = frequencies.iter().rev().fold(0, |all, one| all << 2 | (*one).min(3));
                write_varint(packed, bytes);
                for frequency in frequencies.iter().filter(|frequency| **frequency >= 3) {
                    write_varint(frequency - 3, bytes);
                }
            }
            last = *article;
        }
        last = 0;
        for (unit, [heading, text]) in &self.units {
            // The lowest bit says that the term stands once in the text: nearly always.
            let once = *heading == 0 && *text == 1;
            write_varint((unit - last) << 1 | u32::from(once), bytes);
            if !once {
                // And here that it stands in the heading too.
                write_varint(text << 1 | u32::from(*heading > 0), bytes);
                if *heading > 0 {
                    write_varint(*heading, bytes);
                }
            }
            last = *unit;
        }
    }

    /// Returns the number of units that have the term, without reading which.
    #[must_use]
    pub fn read_units_with(mut bytes: &[u8]) -> u32 {
        let packed = read_varint(&mut bytes);
        if packed & 1 == 1 { read_varint(&mut bytes) } else { packed >> 1 }
    }

    #[must_use]
    pub fn read(mut bytes: &[u8]) -> Postings {
        let mut next = || read_varint(&mut bytes);
        let packed = next();
        let count = packed >> 1;
        let (units_with, shared) = if packed & 1 == 1 { (next(), next()) } else { (count, 0) };
        let mut last = 0;
        let articles = (0..shared)
            .map(|_| {
                let packed = next();
                last += packed >> 3;
                let mut frequencies = [0; ARTICLE_FIELDS];
                match frequencies.get_mut(to_usize(packed & 7)) {
                    Some(only) => *only = 1,
                    None => {
                        let packed = next();
                        for (field, frequency) in frequencies.iter_mut().enumerate() {
                            *frequency = packed >> (2 * field) & 3;
                        }
                        for frequency in frequencies.iter_mut().filter(|one| **one == 3) {
                            *frequency += next();
                        }
                    }
                }
                (last, frequencies)
            })
            .collect();
        last = 0;
        let units = (0..count)
            .map(|_| {
                let packed = next();
                last += packed >> 1;
                if packed & 1 == 1 {
                    return (last, [0, 1]);
                }
                let text = next();
                (last, [if text & 1 == 1 { next() } else { 0 }, text >> 1])
            })
            .collect();
        Postings { units_with, articles, units }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postings_come_back() {
        let postings = Postings {
            units_with: 300,
            articles: std::vec![
                (0, [1, 0, 0, 0]),
                (7, [0, 0, 0, 1]),
                (8, [0, 0, 2, 0]),
                (200, [3, 4, 0, 300]),
                (70_000, [2, 2, 2, 2]),
            ],
            units: std::vec![(5, [0, 1]), (6, [0, 2]), (100_000, [1, 300]), (100_001, [1, 0])],
        };
        let mut bytes = Vec::new();
        postings.write(&mut bytes);
        bytes.extend([0xff; 3]);
        assert_eq!(Postings::read(&bytes), postings);
        assert_eq!(Postings::read_units_with(&bytes), 300);
        let few = Postings { units_with: 1, units: std::vec![(0, [0, 1])], ..Postings::default() };
        let mut bytes = Vec::new();
        few.write(&mut bytes);
        assert_eq!((bytes.len(), Postings::read(&bytes)), (2, few));
        assert_eq!(Postings::read_units_with(&bytes), 1);
    }

    #[test]
    fn the_header_comes_back() {
        let header = Header {
            articles: 1,
            units: 2,
            averages: [1.5, 2.5, 3.5, 4.5, 5.5, 6.5],
            article_table: 3,
            unit_table: 4,
            postings: 5,
            words: 6,
        };
        let mut bytes = Vec::new();
        header.write(&mut bytes);
        assert_eq!(bytes.len(), Header::SIZE);
        assert_eq!(Header::read(&bytes), header);
    }

    #[test]
    fn rows_come_back() {
        let article = ArticleRow { first_unit: 70_000, lengths: [1, 2, 3, u16::MAX] };
        let mut bytes = Vec::new();
        article.write(&mut bytes);
        assert_eq!(ArticleRow::read(&bytes.try_into().unwrap()), article);
        for role in [Role::Body, Role::Lead, Role::Timeline, Role::Links] {
            let unit = UnitRow { lengths: [UnitRow::LONGEST_HEADING, u16::MAX], role };
            let mut bytes = Vec::new();
            unit.write(&mut bytes);
            assert_eq!(UnitRow::read(&bytes.try_into().unwrap()), unit);
        }
    }
}
