//! Articles in chunks for language models. The compiler finds the pieces that nothing cuts
//! (sentences, tables, code blocks) and writes them as a payload of its own, which only this module
//! names: a program that asks for no chunk carries none.
//!
//! ```text
//! directory  for each article, where its pieces begin (4 bytes)
//! pieces     for the lead, then for each section: how many pieces, then each of them:
//!              bytes between the last piece and this one
//!              its length in bytes << 1 | whether a chunk begins here rather than inside the last
//!              how many sources it cites << 1 | whether a piece before it has the same hash
//!              if so, how many have
//!              for each citation: the index of the source in the article, and how many citations
//!              back the section cites it (0: not before)
//! ```
//!
//! All numbers of pieces are LEB128.

use core::fmt;
use core::hash::{Hash, Hasher};
use core::ops::Range;

use crate::layout;
use crate::payload::Span;
use crate::varint::read_varint;
use crate::{Almanac, Article, Section, Source};

/// The hash of no text.
pub const NO_HASH: u32 = 0x811c_9dc5;

/// Adds a text to a hash, for [`ChunkId`]: FNV-1a of 32 bits, the same everywhere and for ever. A
/// byte that UTF-8 doesn't have ends the text.
#[must_use]
pub fn hash(before: u32, text: &str) -> u32 {
    let bytes = text.bytes().chain([0xff]);
    bytes.fold(before, |state, byte| (state ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Reads the numbers of pieces.
#[derive(Clone, Copy)]
struct Reader(&'static [u8]);

impl Reader {
    fn of<A: Almanac>(article: u32) -> Reader {
        let (starts, _) = A::PIECES.as_chunks::<4>();
        let start = u32::from_le_bytes(starts[layout::to_usize(article)]);
        let (_, pieces) = A::PIECES.split_at(layout::to_usize(start));
        Reader(pieces)
    }

    fn number(&mut self) -> u32 {
        read_varint(&mut self.0)
    }

    fn piece(&mut self) -> Piece {
        let gap = self.number();
        let length = self.number();
        let cites = self.number();
        let before = if cites & 1 == 1 { self.number() } else { 0 };
        let piece = Piece {
            gap,
            length: length >> 1,
            opens: length & 1 == 1,
            before,
            cited: cites >> 1,
            citations: *self,
        };
        for _ in 0..2 * piece.cited {
            self.number();
        }
        piece
    }
}

/// A piece, which nothing cuts: a sentence, a table, a code block.
struct Piece {
    /// Bytes between the last piece and this one.
    gap: u32,
    /// Its length in bytes.
    length: u32,
    /// Begins a paragraph, an item or the like.
    opens: bool,
    /// The number of pieces before it in the section that have the same hash.
    before: u32,
    cited: u32,
    citations: Reader,
}

impl<A: Almanac> Article<A> {
    /// Returns the article in chunks of at most `limit` bytes of UTF-8, for embeddings and language
    /// models.
    ///
    /// A chunk lies in one section, and no sentence, table or code block is cut: one that is longer
    /// than the limit is a chunk of its own, which [says so](Chunk::exceeds_limit). Paragraphs and
    /// list items go in whole where they fit. Together, the chunks have all of
    /// [`text`](Article::text) but the section titles and white space.
    ///
    /// The limit is one of bytes and not of characters, because that is closer to tokens in every
    /// script: English has about four bytes a token, Chinese about three. Nothing is allocated.
    ///
    /// ```
    /// use ai_almanac::companies::HUAWEI;
    ///
    /// let chunk = HUAWEI.chunks(1_000).find(|chunk| chunk.section().is_some()).unwrap();
    /// assert!(chunk.text().len() <= 1_000);
    /// println!("{}\n{chunk}", chunk.id());
    /// for source in chunk.sources() {
    ///     println!("[{}] {source}", source.number());
    /// }
    /// ```
    #[must_use]
    pub fn chunks(&self, limit: usize) -> Chunks<A> {
        Chunks {
            article: crate::lookup::article::<A>(self.fields.index),
            limit,
            section: None,
            next_section: 0,
            reader: Reader::of::<A>(self.fields.index),
            left: 0,
            end: 0,
            begun: false,
        }
    }
}

/// The chunks of an article: of [`Article::chunks`].
///
/// ```
/// let chunks = ai_almanac::companies::HUAWEI.chunks(500);
/// assert!(chunks.clone().count() > 10);
/// ```
pub struct Chunks<A: Almanac> {
    article: &'static Article<A>,
    limit: usize,
    section: Option<&'static Section<A>>,
    /// Index of the section behind.
    next_section: usize,
    reader: Reader,
    /// The number of pieces of the section that are left, and the place in the text at which the
    /// last one ended.
    left: u32,
    end: u32,
    /// `true` if the lead was begun.
    begun: bool,
}

impl<A: Almanac> Clone for Chunks<A> {
    fn clone(&self) -> Chunks<A> {
        Chunks { ..*self }
    }
}

impl<A: Almanac> fmt::Debug for Chunks<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.clone()).finish()
    }
}

impl<A: Almanac> core::iter::FusedIterator for Chunks<A> {}

impl<A: Almanac> Iterator for Chunks<A> {
    type Item = Chunk<A>;

    fn next(&mut self) -> Option<Chunk<A>> {
        while self.left == 0 {
            self.enter()?;
        }
        let pieces = self.reader;
        let first = self.reader.piece();
        let start = self.end + first.gap;
        // The pieces that fit, and those of them that are whole paragraphs.
        let mut taken = (1, start + first.length, self.reader);
        let mut whole = None;
        let (mut count, mut end, mut reader) = taken;
        let fits = |end: u32| layout::to_usize(end - start) <= self.limit;
        while fits(end) && count < self.left {
            taken = (count, end, reader);
            let piece = reader.piece();
            if piece.opens {
                whole = Some(taken);
            }
            count += 1;
            end += piece.gap + piece.length;
        }
        // The section's end is one of a paragraph too.
        let chosen = if fits(end) { (count, end, reader) } else { whole.unwrap_or(taken) };
        let (count, end, reader) = chosen;
        (self.left, self.end, self.reader) = (self.left - count, end, reader);
        Some(Chunk {
            article: self.article,
            section: self.section,
            span: Span { start, end },
            pieces,
            count,
            exceeds_limit: !fits(end),
        })
    }
}

impl<A: Almanac> Chunks<A> {
    /// Goes to the lead, then from section to section; `None` behind the last.
    fn enter(&mut self) -> Option<()> {
        if self.begun {
            let section = self.article.sections().get(self.next_section)?;
            self.section = Some(section);
            self.next_section += 1;
        }
        self.begun = true;
        let span = match self.section {
            Some(section) => section.row.span_at(layout::section::TEXT),
            None => self.article.row().span_at(layout::article::LEAD),
        };
        self.end = span.start;
        self.left = self.reader.number();
        Some(())
    }
}

/// A part of an article that a language model can take in: sentences, tables and code blocks of one
/// section, none of them cut.
///
/// Displays as its [headings](Chunk::headings), a blank line and its [text](Chunk::text). Equality
/// and hash are those of its place.
///
/// ```
/// let chunk = ai_almanac::companies::HUAWEI.chunks(2_000).next().unwrap();
/// assert!(chunk.to_string().starts_with("Huawei\n\n"));
/// ```
pub struct Chunk<A: Almanac> {
    article: &'static Article<A>,
    section: Option<&'static Section<A>>,
    span: Span,
    pieces: Reader,
    count: u32,
    exceeds_limit: bool,
}

impl<A: Almanac> Chunk<A> {
    /// Returns the article.
    ///
    /// ```
    /// use ai_almanac::companies::HUAWEI;
    /// assert!(HUAWEI.chunks(800).all(|chunk| chunk.article() == &HUAWEI));
    /// ```
    #[must_use]
    pub const fn article(&self) -> &'static Article<A> {
        self.article
    }

    /// Returns the section that the chunk lies in; `None` for the lead.
    ///
    /// ```
    /// let chunk = ai_almanac::companies::HUAWEI.chunks(800).last().unwrap();
    /// assert_eq!(chunk.section().unwrap().anchor(), "further-reading");
    /// ```
    #[must_use]
    pub const fn section(&self) -> Option<&'static Section<A>> {
        self.section
    }

    /// Returns the text, as it stands in [`Article::text`]: without its headings, never empty.
    ///
    /// ```
    /// let chunk = ai_almanac::companies::HUAWEI.chunks(300).next().unwrap();
    /// assert!(ai_almanac::companies::HUAWEI.lead().starts_with(chunk.text()));
    /// ```
    #[must_use]
    pub const fn text(&self) -> &'static str {
        self.span.of(A::TEXT)
    }

    /// Returns where the text stands in [`Article::text`], in bytes.
    ///
    /// ```
    /// use ai_almanac::companies::HUAWEI;
    ///
    /// for chunk in HUAWEI.chunks(800) {
    ///     assert_eq!(&HUAWEI.text()[chunk.range()], chunk.text());
    /// }
    /// ```
    #[must_use]
    pub const fn range(&self) -> Range<usize> {
        let start = self.article.row().span_at(layout::article::TEXT).start;
        (self.span.start - start) as usize..(self.span.end - start) as usize
    }

    /// Returns `true` if the text is longer than the limit: it is then one sentence, table or code
    /// block.
    ///
    /// ```
    /// use ai_almanac::companies::HUAWEI;
    ///
    /// assert!(HUAWEI.chunks(0).all(|chunk| chunk.exceeds_limit()));
    /// assert!(!HUAWEI.chunks(100_000).any(|chunk| chunk.exceeds_limit()));
    /// ```
    #[must_use]
    pub const fn exceeds_limit(&self) -> bool {
        self.exceeds_limit
    }

    /// Returns the titles that the chunk stands under: the article's, then those of its sections,
    /// the outermost first.
    ///
    /// ```
    /// let chunk = ai_almanac::companies::HUAWEI.chunks(800).last().unwrap();
    /// assert!(chunk.headings().eq(["Huawei", "Further reading"]));
    /// ```
    pub fn headings(&self) -> impl Iterator<Item = &'static str> + use<A> {
        // Each is of a lower level than the one inside it, and there are six.
        let mut around = [None; 6];
        let mut next = self.section;
        for place in around.iter_mut().rev() {
            *place = next;
            next = next.and_then(Section::parent);
        }
        let titles = around.into_iter().flatten().map(Section::title);
        core::iter::once(self.article.title()).chain(titles)
    }

    /// Returns the sources that the chunk cites, each once, in the order in which it cites them.
    /// Those of a heading belong to the first chunk under it; what only a footnote cites is not
    /// among them.
    ///
    /// ```
    /// for chunk in ai_almanac::companies::HUAWEI.chunks(800) {
    ///     if let Some(section) = chunk.section() {
    ///         assert!(chunk.sources().all(|source| section.sources().contains(&source)));
    ///     }
    /// }
    /// ```
    pub fn sources(&self) -> impl Iterator<Item = &'static Source<A>> + use<A> {
        let sources = self.article.sources();
        let (mut pieces, mut left) = (self.pieces, self.count);
        let (mut citations, mut cited, mut seen) = (pieces, 0, 0);
        core::iter::from_fn(move || {
            loop {
                while cited == 0 {
                    left = left.checked_sub(1)?;
                    let piece = pieces.piece();
                    (citations, cited) = (piece.citations, piece.cited);
                }
                cited -= 1;
                let (source, back) = (citations.number(), citations.number());
                seen += 1;
                if back == 0 || back >= seen {
                    return sources.get(layout::to_usize(source));
                }
            }
        })
    }

    /// Returns what identifies the chunk.
    ///
    /// ```
    /// let chunk = ai_almanac::companies::HUAWEI.chunks(800).last().unwrap();
    /// assert!(chunk.id().to_string().starts_with("companies/huawei#further-reading~"));
    /// ```
    #[must_use]
    pub fn id(&self) -> ChunkId<A> {
        let first = { self.pieces }.piece();
        let span = Span { start: self.span.start, end: self.span.start + first.length };
        let article = hash(NO_HASH, self.article.id());
        let place = self.section.map_or(article, |section| hash(article, section.anchor()));
        let hash = hash(place, span.of(A::TEXT));
        ChunkId { article: self.article, section: self.section, hash, before: first.before }
    }
}

impl<A: Almanac> Clone for Chunk<A> {
    fn clone(&self) -> Chunk<A> {
        *self
    }
}

impl<A: Almanac> Copy for Chunk<A> {}

impl<A: Almanac> PartialEq for Chunk<A> {
    fn eq(&self, other: &Chunk<A>) -> bool {
        (self.span.start, self.span.end) == (other.span.start, other.span.end)
    }
}

impl<A: Almanac> Eq for Chunk<A> {}

impl<A: Almanac> Hash for Chunk<A> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.span.start, self.span.end).hash(state);
    }
}

impl<A: Almanac> fmt::Display for Chunk<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, heading) in self.headings().enumerate() {
            if index > 0 {
                formatter.write_str(" > ")?;
            }
            formatter.write_str(heading)?;
        }
        write!(formatter, "\n\n{}", self.text())
    }
}

impl<A: Almanac> fmt::Debug for Chunk<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Chunk")
            .field("id", &format_args!("{}", self.id()))
            .field("text", &self.text())
            .finish_non_exhaustive()
    }
}

/// The id of a [`Chunk`], unique among all of one limit. Displays as
/// `companies/huawei#timeline~1f3a09cd`: the article, the section unless it is the lead, and a hash
/// of the first sentence, table or code block; a second one that is the same has `-1` behind it,
/// and so on.
///
/// It changes when that first piece changes or moves to another section, and with nothing else that
/// is edited. The text behind it also depends on the limit.
///
/// ```
/// use std::collections::HashSet;
///
/// let chunks = ai_almanac::articles().iter().flat_map(|article| article.chunks(800));
/// let ids: HashSet<_> = chunks.clone().map(|chunk| chunk.id()).collect();
/// assert_eq!(ids.len(), chunks.count());
/// ```
pub struct ChunkId<A: Almanac> {
    article: &'static Article<A>,
    section: Option<&'static Section<A>>,
    hash: u32,
    before: u32,
}

impl<A: Almanac> Clone for ChunkId<A> {
    fn clone(&self) -> ChunkId<A> {
        *self
    }
}

impl<A: Almanac> Copy for ChunkId<A> {}

impl<A: Almanac> PartialEq for ChunkId<A> {
    fn eq(&self, other: &ChunkId<A>) -> bool {
        (self.article, self.section, self.hash, self.before)
            == (other.article, other.section, other.hash, other.before)
    }
}

impl<A: Almanac> Eq for ChunkId<A> {}

impl<A: Almanac> Hash for ChunkId<A> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.article, self.section, self.hash, self.before).hash(state);
    }
}

impl<A: Almanac> fmt::Display for ChunkId<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.article.id())?;
        if let Some(section) = self.section {
            write!(formatter, "#{}", section.anchor())?;
        }
        write!(formatter, "~{:08x}", self.hash)?;
        match self.before {
            0 => Ok(()),
            before => write!(formatter, "-{before}"),
        }
    }
}

impl<A: Almanac> fmt::Debug for ChunkId<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ChunkId(\"{self}\")")
    }
}
