//! The bytes of the index, written by the compiler and read at query time.
//!
//! Units are what can be found: for each listed article its lead, then its sections. Words of titles and keywords count for all
//! units of their article, so they are kept once an article; words of headings and texts are kept by unit.
//!
//! ```text
//! header     10 numbers of 4 bytes, see `Header`
//! articles   for each article: its first unit (4 bytes), words in the title, words in the keywords (2 bytes each)
//! units      for each unit: words in the heading, words in the text                         (2 bytes each)
//! postings   for each term, see `Postings`
//! words      a transducer from each folded word to where the postings of its term begin
//! ```

use std::prelude::rust_2024::*;

/// Numbers at the start of the index, little-endian.
pub struct Header {
    pub articles: u32,
    pub units: u32,
    /// Average lengths of title, keywords, heading and text, in words, as the bits of `f32`.
    pub averages: [f32; 4],
    /// Where the parts begin.
    pub article_table: u32,
    pub unit_table: u32,
    pub postings: u32,
    pub words: u32,
}

impl Header {
    pub const SIZE: usize = 40;

    /// Used by the compiler.
    pub fn write(&self, bytes: &mut Vec<u8>) {
        for number in [self.articles, self.units] {
            bytes.extend(number.to_le_bytes());
        }
        for average in self.averages {
            bytes.extend(average.to_le_bytes());
        }
        for number in [self.article_table, self.unit_table, self.postings, self.words] {
            bytes.extend(number.to_le_bytes());
        }
    }

    pub fn read(bytes: &[u8]) -> Header {
        let number = |at: usize| {
            u32::from_le_bytes([
                bytes[at * 4],
                bytes[at * 4 + 1],
                bytes[at * 4 + 2],
                bytes[at * 4 + 3],
            ])
        };
        let average = |at: usize| f32::from_bits(number(at));
        Header {
            articles: number(0),
            units: number(1),
            averages: [average(2), average(3), average(4), average(5)],
            article_table: number(6),
            unit_table: number(7),
            postings: number(8),
            words: number(9),
        }
    }
}

/// Where a term stands.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Postings {
    /// In how many units, by any field.
    pub units_with: u32,
    /// Article, times in its title, times in its keywords.
    pub articles: Vec<(u32, u32, u32)>,
    /// Unit, times in its heading, times in its text.
    pub units: Vec<(u32, u32, u32)>,
}

impl Postings {
    pub fn write(&self, bytes: &mut Vec<u8>) {
        // The lowest bit says that titles or keywords have the term too: seldom, and else the units say in how many it is.
        let shared = !self.articles.is_empty();
        number((self.units.len() as u32) << 1 | u32::from(shared), bytes);
        if shared {
            number(self.units_with, bytes);
            number(self.articles.len() as u32, bytes);
        }
        for list in [&self.articles, &self.units] {
            let mut last = 0;
            for &(at, first, second) in list {
                // The lowest bit says that the term stands there once, in the second field: nearly always.
                let usual = first == 0 && second == 1;
                number((at - last) << 1 | u32::from(usual), bytes);
                if !usual {
                    // And here that it stands in the first field too.
                    number(second << 1 | u32::from(first > 0), bytes);
                    if first > 0 {
                        number(first, bytes);
                    }
                }
                last = at;
            }
        }
    }

    pub fn read(mut bytes: &[u8]) -> Postings {
        let mut next = || read_number(&mut bytes);
        let packed = next();
        let count = packed >> 1;
        let (units_with, shared) = if packed & 1 == 1 { (next(), next()) } else { (count, 0) };
        let mut list = |count: u32| {
            let mut last = 0;
            (0..count)
                .map(|_| {
                    let packed = next();
                    last += packed >> 1;
                    if packed & 1 == 1 {
                        return (last, 0, 1);
                    }
                    let second = next();
                    (last, if second & 1 == 1 { next() } else { 0 }, second >> 1)
                })
                .collect()
        };
        let articles = list(shared);
        Postings { units_with, articles, units: list(count) }
    }
}

/// Seven bits a byte, the lowest first; the high bit says that there is more.
fn number(mut number: u32, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn read_number(bytes: &mut &[u8]) -> u32 {
    let mut read = 0;
    let mut shift = 0;
    while let Some((&byte, rest)) = bytes.split_first() {
        *bytes = rest;
        read |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            break;
        }
        shift += 7;
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postings_come_back() {
        let postings = Postings {
            units_with: 300,
            articles: vec![(0, 1, 0), (7, 0, 1), (200, 3, 4)],
            units: vec![(5, 0, 1), (6, 0, 2), (100_000, 1, 300)],
        };
        let mut bytes = Vec::new();
        postings.write(&mut bytes);
        bytes.extend([0xff; 3]);
        assert_eq!(Postings::read(&bytes), postings);
    }

    #[test]
    fn the_header_comes_back() {
        let header = Header {
            articles: 1,
            units: 2,
            averages: [1.5, 2.5, 3.5, 4.5],
            article_table: 3,
            unit_table: 4,
            postings: 5,
            words: 6,
        };
        let mut bytes = Vec::new();
        header.write(&mut bytes);
        assert_eq!(bytes.len(), Header::SIZE);
        let read = Header::read(&bytes);
        assert_eq!((read.articles, read.units, read.averages), (1, 2, [1.5, 2.5, 3.5, 4.5]));
        assert_eq!((read.article_table, read.unit_table, read.postings, read.words), (3, 4, 5, 6));
    }
}
