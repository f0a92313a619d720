//! Checks that the pieces of chunks are all of the texts: they leave white space and cut no
//! character.

use crate::tables::{Files, Rows, cut, part, rows, text};
use almanac_core::layout::{article, section};

/// Panics unless the pieces of every lead and section are its text, and what they cite exists.
pub fn check(files: Files<'_>) {
    let plain = text(files, "text.txt");
    let pieces = files("pieces.bin").expect("pieces were generated");
    let articles: Rows<{ article::WIDTH }> = rows(files, "articles.bin");
    let sections: Rows<{ section::WIDTH }> = rows(files, "sections.bin");
    let (starts, _) = pieces.as_chunks::<4>();
    let mut rest = &pieces[4 * articles.len()..];
    for (row, start) in articles.iter().zip(starts) {
        let start = u32::from_le_bytes(*start) as usize;
        assert_eq!(start, pieces.len() - rest.len(), "where the pieces of an article begin");
        let sources = row[article::SOURCES + 1] - row[article::SOURCES];
        check_part(cut(plain, row, article::LEAD), sources, &mut rest);
        for of in part(&sections, row, article::SECTIONS) {
            let cited = check_part(cut(plain, of, section::TEXT), sources, &mut rest);
            let own = of[section::SOURCES + 1] - of[section::SOURCES];
            // A source that only a footnote cites is the section's and no piece's.
            assert!(cited.is_none_or(|cited| cited <= own), "a section cites what its pieces do");
        }
    }
    assert!(rest.is_empty());
}

/// Returns how many sources the pieces cite; `None` where there is no text.
fn check_part(text: &str, sources: usize, rest: &mut &[u8]) -> Option<usize> {
    let count = number(rest);
    let (mut at, mut citations) = (0, Vec::new());
    for _ in 0..count {
        let (gap, length, cited) = (number(rest), number(rest), number(rest));
        if cited & 1 == 1 {
            assert!(number(rest) > 0, "how many have the same hash");
        }
        assert_eq!(text[at..at + gap].trim(), "", "white space between pieces");
        at += gap + (length >> 1);
        assert!(text.is_char_boundary(at) && length > 1);
        for _ in 0..cited >> 1 {
            let (source, back) = (number(rest), number(rest));
            let last = citations.iter().rev().position(|known| *known == source);
            assert!(source < sources && back == last.map_or(0, |last| last + 1));
            citations.push(source);
        }
    }
    assert_eq!(text[at..].trim(), "", "the pieces are all of the text");
    citations.sort_unstable();
    citations.dedup();
    (count > 0).then_some(citations.len())
}

fn number(rest: &mut &[u8]) -> usize {
    let (mut number, mut shift) = (0, 0);
    loop {
        let (byte, behind) = rest.split_first().expect("a whole number");
        *rest = behind;
        number |= usize::from(byte & 0x7f) << shift;
        shift += 7;
        if *byte < 0x80 {
            return number;
        }
    }
}
