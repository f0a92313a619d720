//! Limits of size. Whatever is repeated on other pages, in links or in messages has one here, so
//! that the result is bounded by what the folder holds.

use crate::fault::{Code, Fault, FileSpan};

const MIB: u64 = 1024 * 1024;

/// Bytes of an article or category file.
pub const FILE_BYTES: u64 = MIB;

/// Bytes of all files and paths of a content folder. Prose takes 10 to 60 times its size in memory
/// while it is compiled, links and tables 70 to 110 times.
pub const FOLDER_BYTES: u64 = 64 * MIB;

/// Bytes of memory of the trees of all articles, which is more than half of what a compilation
/// takes. Marks without text become 200 times their size, and a machine must hold what a folder of
/// nothing else becomes.
pub const TREE_BYTES: u64 = 2048 * MIB;

/// Bytes of an image that an article shows.
pub const IMAGE_BYTES: u64 = 8 * MIB;

/// Bytes of all images that articles show.
pub const IMAGES_BYTES: u64 = 128 * MIB;

/// Files and folders that are looked at in a content folder.
pub const FOLDER_ENTRIES: usize = 250_000;

/// Folders inside each other: a page about a folder lists everything below it.
pub const FOLDER_DEPTH: usize = 32;

/// Characters of an article's title, its label in the sidebar, and the label of a folder: they
/// stand on every page that leads to them.
pub const TITLE_CHARS: usize = 1_000;

/// Characters of a section's heading, and so of its anchor: links to it repeat the anchor.
pub const HEADING_CHARS: usize = 4_000;

/// Characters of a description: it stands on every page about a folder above the article.
pub const DESCRIPTION_CHARS: usize = 10_000;

/// Characters of an article's id, its folders included, and of a folder's.
pub const ID_CHARS: usize = 500;

/// Characters of a `slug`: every link to the article repeats it.
pub const SLUG_CHARS: usize = 1_000;

/// Characters of a URL: a reference definition is repeated wherever it is used.
pub const URL_CHARS: usize = 8_000;

/// Bytes of a Rust name: rustdoc makes the file `static.NAME.html` of it, and file systems take
/// 255 bytes.
pub const IDENTIFIER_BYTES: usize = 240;

/// Characters of what `_schema_.yml` calls a kind, a field or a unit: each value repeats it.
pub const LABEL_CHARS: usize = 100;

/// Kinds of profiles, kinds of records, and fields of each: every value looks for its own.
pub const FIELDS: usize = 200;

/// Choices of a field, spellings of its unit, and fields that identify a record: every value is
/// compared with them.
pub const WORDS: usize = 1_000;

/// Cells of records, profiles and own fields, absent ones too: 4 bytes each, and at most 24 for
/// what it says, unless another cell says the same.
pub const CELLS: usize = 2_000_000;

/// Links of a footnote by which events are compared: every event that cites it has all of them.
pub const CITED_LINKS: usize = 16;

/// Suggestions of events that may be one happening: each names all sources that they share.
pub const CANDIDATES: usize = 1_000;

/// Other articles that a page names as tellers of a happening: each of n articles that tell one
/// would name all the others.
pub const TELLERS: usize = 8;

/// Bytes of all links to other tellers in documentation, which repeat titles and paths. Pages
/// that come after them give a number instead.
pub const TELLERS_BYTES: usize = 64 << 20;

/// Places of words that all questions together are looked up in: each question has those of all
/// its words, so that many articles with many questions have a square number. The
/// articles of `ai-almanac` take a million.
#[cfg(feature = "search")]
pub const QUESTION_PLACES: u64 = 50_000_000;

/// Returns how many bytes the links of a folder may repeat (addresses, titles, paths), if it holds
/// so many bytes of text. Docs that people write repeat less than five times what they hold; a
/// link of three bytes to a long address repeats thousands of times its own length.
pub fn expansion(text: usize) -> u64 {
    64 * MIB + 16 * u64::try_from(text).unwrap_or(u64::MAX / 32)
}

/// Cells that all rows of an article's tables may lack, and no more than it has bytes: each is
/// filled up to the width of the header. The parser gives up at 262,144 in one table, and leaves
/// out what follows.
pub const MISSING_CELLS: usize = 200_000;

/// Cells that they may lack in an article that has fewer bytes, as long as there are
/// [`SPARE_CELLS`].
pub const FEW_MISSING_CELLS: usize = 10_000;

/// Cells that all articles together may lack beyond what each may for its size.
pub const SPARE_CELLS: usize = 1_000_000;

/// Bytes of all plain text, of all HTML and of all Markdown, each: offsets are stored in four
/// bytes, and what is so large is not for a program to carry.
pub const PAYLOAD_BYTES: usize = 256 << 20;

/// Returns the fault of a text that has more than `most` characters; `what` names it.
pub fn too_long(text: &str, most: usize, what: &str, place: FileSpan) -> Option<Fault> {
    if text.len() <= most {
        return None;
    }
    let count = text.chars().count();
    let message = format!("{what} of {count} characters: more than {most}");
    (count > most).then(|| Fault::new(Code::TooLong, place, message))
}
