//! The pieces that chunks are made of: sentences, tables, code blocks. `chunk.rs` of the library
//! says how they are written.

use std::collections::HashMap;
use std::ops::Range;

use super::document::{FormulaText, Inline, write_cited};
use super::text::{Line, LineKind};
use almanac_core::generated::{NO_HASH, piece_hash, write_varint};

/// The pieces of all articles.
#[derive(Default)]
pub struct Pieces {
    starts: Vec<usize>,
    bytes: Vec<u8>,
}

impl Pieces {
    /// Begins an article. Its lead and its sections follow.
    pub fn begin_article(&mut self) {
        self.starts.push(self.bytes.len());
    }

    /// Adds a lead or a section: its lines, and the heading above it.
    pub fn add(&mut self, article: &str, anchor: Option<&str>, heading: &[Inline], part: Part) {
        let mut citations = Vec::new();
        let mut cite = |footnote, _| citations.push(footnote);
        write_cited(heading, FormulaText::Source, &mut String::new(), &mut cite);
        let pieces = pieces(part.text, part.lines, citations);
        self.write(pieces.len());
        let place = piece_hash(NO_HASH, article);
        let place = anchor.map_or(place, |anchor| piece_hash(place, anchor));
        let mut known: HashMap<u32, usize> = HashMap::new();
        // The index of the last citation of each footnote.
        let mut cited: HashMap<usize, usize> = HashMap::new();
        let (mut end, mut count) = (0, 0);
        for piece in pieces {
            let same = known.entry(piece_hash(place, &part.text[piece.range.clone()])).or_default();
            self.write(piece.range.start - end);
            self.write(piece.range.len() << 1 | usize::from(piece.opens));
            self.write(piece.cited.len() << 1 | usize::from(*same > 0));
            if *same > 0 {
                self.write(*same);
            }
            *same += 1;
            for footnote in piece.cited {
                let last = cited.insert(footnote, count);
                self.write(footnote);
                self.write(last.map_or(0, |last| count - last));
                count += 1;
            }
            end = piece.range.end;
        }
    }

    fn write(&mut self, integer: usize) {
        write_varint(u32::try_from(integer).expect("texts are limited"), &mut self.bytes);
    }

    /// Returns how many bytes they are.
    pub fn len(&self) -> usize {
        4 * self.starts.len() + self.bytes.len()
    }

    /// Returns the directory and the pieces.
    pub fn into_bytes(self) -> Vec<u8> {
        let first = 4 * self.starts.len();
        let start = |start: &usize| u32::try_from(first + start).expect("payloads are limited");
        let mut all: Vec<u8> = self.starts.iter().flat_map(|at| start(at).to_le_bytes()).collect();
        all.extend(self.bytes);
        all
    }
}

/// The text of a lead or a section and its lines.
#[derive(Clone, Copy)]
pub struct Part<'a> {
    pub text: &'a str,
    pub lines: &'a [Line],
}

struct Piece {
    range: Range<usize>,
    opens: bool,
    /// Footnotes, in the order in which they are cited.
    cited: Vec<usize>,
}

/// Returns the pieces of a text. What only cites belongs to the piece before it, else to the first.
fn pieces(text: &str, lines: &[Line], mut waiting: Vec<usize>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    // A title belongs to what follows, and so does a line that announces it.
    let mut opens = true;
    for line in lines {
        let shown = text[line.range.clone()].trim_end();
        let first = pieces.len();
        match line.kind {
            _ if shown.is_empty() => {}
            LineKind::Sentences => {
                let sentences = sentences(shown).into_iter();
                pieces.extend(sentences.map(|sentence| Piece {
                    range: line.range.start + sentence.start..line.range.start + sentence.end,
                    opens: false,
                    cited: Vec::new(),
                }));
            }
            LineKind::Whole | LineKind::Title => pieces.push(Piece {
                range: line.range.start..line.range.start + shown.len(),
                opens: false,
                cited: Vec::new(),
            }),
        }
        if let Some(piece) = pieces.get_mut(first) {
            piece.opens = opens;
            piece.cited.append(&mut waiting);
            opens = line.kind != LineKind::Title && !shown.ends_with([':', '：']);
        }
        let mut at = first;
        for (footnote, byte) in &line.cited {
            // The piece that ends before the mark, or that it stands in.
            while pieces.get(at + 1).is_some_and(|next| next.range.start < *byte) {
                at += 1;
            }
            match pieces.len().checked_sub(1) {
                Some(last) => pieces[at.min(last)].cited.push(*footnote),
                None => waiting.push(*footnote),
            }
        }
    }
    pieces
}

/// The ends of sentences in one script or another.
const ENDS: [char; 11] = ['.', '!', '?', '…', '。', '！', '？', '｡', '।', '؟', '۔'];
/// Characters that may follow and still belong to the sentence.
const CLOSERS: [char; 13] = ['"', '\'', ')', ']', '}', '”', '’', '»', '」', '』', '）', '】', '›'];
const OPENERS: [char; 12] = ['"', '\'', '(', '[', '{', '“', '‘', '«', '‹', '„', '「', '『'];
/// Words behind which a full stop ends no sentence, however the next word begins.
const ABBREVIATIONS: [&str; 45] = [
    "al", "approx", "apr", "aug", "bros", "ca", "capt", "cf", "ch", "co", "col", "corp", "dec",
    "dr", "ed", "eq", "etc", "feb", "fig", "gen", "gov", "inc", "jan", "jr", "lt", "ltd", "mr",
    "mrs", "ms", "no", "nov", "oct", "p", "pp", "prof", "rep", "rev", "sec", "sen", "sept", "sr",
    "st", "univ", "vol", "vs",
];

/// Returns the sentences of a text, without the white space between them. In doubt nothing is cut.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut brackets = brackets(text).into_iter().peekable();
    let mut marks = text.char_indices().filter(|(_, one)| ENDS.contains(one)).peekable();
    while let Some((at, mark)) = marks.next() {
        let end = at + mark.len_utf8();
        if at < start || marks.peek().is_some_and(|(next, _)| *next == end) {
            continue;
        }
        let rest = text[end..].trim_start_matches(CLOSERS);
        let next = rest.trim_start();
        // East Asian marks need no white space behind them.
        let apart = next.len() < rest.len() || matches!(mark, '。' | '！' | '？' | '｡');
        let is_abbreviation = mark == '.' && abbreviates(&text[start..at]);
        let end = text.len() - rest.len();
        while brackets.next_if(|pair| pair.end <= end).is_some() {}
        let inside = brackets.peek().is_some_and(|pair| pair.start < end);
        if apart && begins(next) && !is_abbreviation && !inside {
            sentences.push(start..end);
            start = text.len() - next.len();
        }
    }
    if start < text.len() {
        sentences.push(start..text.len());
    }
    sentences
}

/// Returns the pairs of brackets in a text that lie in no other, from the opening one to behind the
/// closing one. One without its other is none: `a)`, `:(`.
fn brackets(text: &str) -> Vec<Range<usize>> {
    let (mut open, mut pairs) = (Vec::new(), Vec::<Range<usize>>::new());
    for (at, one) in text.char_indices() {
        match one {
            '(' | '[' | '（' | '【' => open.push((at, one)),
            ')' | ']' | '）' | '】' => {
                let opener = match one {
                    ')' => '(',
                    ']' => '[',
                    '）' => '（',
                    _ => '【',
                };
                let Some((start, _)) = open.pop_if(|(_, open)| *open == opener) else { continue };
                while pairs.pop_if(|pair| pair.start > start).is_some() {}
                pairs.push(start..at + one.len_utf8());
            }
            _ => {}
        }
    }
    pairs
}

/// Returns `true` if a sentence may begin so: with a letter that isn't a small one, or a digit.
fn begins(text: &str) -> bool {
    let word = text.trim_start_matches(OPENERS);
    word.starts_with(|first: char| first.is_alphanumeric() && !first.is_lowercase())
}

/// Returns `true` if a text ends with a word that a full stop shortens: one that is known, a letter
/// alone (`J. McCarthy`, `U.S.`).
fn abbreviates(text: &str) -> bool {
    // No further back than the full stop before, or an address without end would be quadratic.
    let before = text.trim_end_matches(char::is_alphanumeric);
    let last = &text[before.len()..];
    let mut letters = last.chars();
    let is_letter = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    is_letter && !is_east_asian(last)
        || ABBREVIATIONS.iter().any(|known| last.eq_ignore_ascii_case(known))
}

fn is_east_asian(text: &str) -> bool {
    text.starts_with(|first: char| ('\u{2e80}'..='\u{ffff}').contains(&first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown;
    use crate::text;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    fn parts(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| &text[range]).collect()
    }

    /// Returns each piece, what it cites, and whether a chunk rather begins with it.
    fn of(body: &str) -> Vec<(String, Vec<usize>, bool)> {
        let document = markdown::parse(body, 0, 0, false).0;
        let mut text = String::new();
        let lines = text::write_lines(&document.lead, &mut text);
        let pieces = pieces(&text, &lines, Vec::new()).into_iter();
        pieces.map(|piece| (text[piece.range].to_owned(), piece.cited, piece.opens)).collect()
    }

    fn texts(body: &str) -> Vec<String> {
        of(body).into_iter().map(|(text, ..)| text).collect()
    }

    #[test]
    fn sentences_end_where_one_would_pause() {
        assert_eq!(
            parts("One. Two is here! Three? “Four.” Five"),
            ["One.", "Two is here!", "Three?", "“Four.”", "Five"]
        );
        assert_eq!(
            parts("In 2020. 2021 came (so it is.) Then…"),
            ["In 2020.", "2021 came (so it is.)", "Then…"]
        );
        assert_eq!(
            parts("人工智能。机器学习！「是。」对？"),
            ["人工智能。", "机器学习！", "「是。」", "对？"]
        );
        assert_eq!(parts("هل هذا؟ نعم هو۔"), ["هل هذا؟", "نعم هو۔"]);
        assert_eq!(parts(""), [""; 0]);
    }

    #[test]
    fn in_doubt_nothing_is_cut() {
        for whole in [
            "Version 3.5 of e.g. node.js, i.e. v. 2.",
            "By J. McCarthy, Ph.D. Minsky et al. In the U.S. Army, cf. Fig. 3 vs. No. 5.",
            "Yahoo! is a name, and so is this… and that",
            "Apple Inc. Apple Corps Ltd. Tata & Co. Intel Corp. Intel of Sen. Schumer,",
            "Gov. Newsom and Rep. Lieu read Vol. 2 of Univ. Press",
            "One (see Fig. 2. It shows). one [A. One one. Two (in it. Here) two.] two（是。对）",
            "... and so on",
            "What?! no",
        ] {
            assert_eq!(parts(whole), [whole]);
        }
    }

    #[test]
    fn brackets_hold_together_what_they_enclose() {
        assert_eq!(
            parts("One one. (Two two. Two.) Three (three.) Four [four. Four] four. Five"),
            ["One one.", "(Two two. Two.)", "Three (three.)", "Four [four. Four] four.", "Five"]
        );
        // Those without their other hold nothing.
        assert_eq!(
            parts("Then a) that. It is sad :( here. [Now. This"),
            ["Then a) that.", "It is sad :( here.", "[Now.", "This"]
        );
        assert_eq!(parts("[One (one. One] one. Two"), ["[One (one.", "One] one.", "Two"]);
    }

    #[test]
    fn tables_and_code_stay_whole() {
        assert_eq!(
            texts("A. B.\n\n```text\nOne. Two.\n\nThree. Four.\n```\n"),
            ["A. B.", "One. Two.\n\nThree. Four."]
        );
        assert_eq!(texts("| a. B |\n|---|\n| C. D. |\n| Go. On. |\n"), ["a. B\nC. D.\nGo. On."]);
        let table = "<table><tr><td>Ab. Cd.</td><td>e</td></tr><tr><td>f</td></tr></table>";
        assert_eq!(texts(table), ["Ab. Cd.\te\nf"]);
        assert_eq!(texts("<pre>One one. Two two.\n\nThree.</pre>\n").len(), 1);
    }

    #[test]
    fn paragraphs_items_and_titles_open() {
        let opens = |body: &str| -> Vec<(String, bool)> {
            of(body).into_iter().map(|(text, _, opens)| (text, opens)).collect()
        };
        let expected = |parts: &[(&str, bool)]| -> Vec<(String, bool)> {
            parts.iter().map(|(text, opens)| ((*text).to_owned(), *opens)).collect()
        };
        let list = opens("These are:\n\n- [x] one one. One two.\n- two\n  - three\n\nEnd.");
        let wanted = [
            ("These are:", true),
            ("[x] one one.", false),
            ("One two.", false),
            ("two", true),
            ("three", true),
            ("End.", true),
        ];
        assert_eq!(list, expected(&wanted));
        let tip = opens(":::tip[A title]\n\nInside it.\n\n> ### Heading\n>\n> Quote.\n\n:::\n");
        let wanted =
            [("A title", true), ("Inside it.", false), ("Heading", true), ("Quote.", false)];
        assert_eq!(tip, expected(&wanted));
        assert_eq!(opens("- [ ]\n- \n\n&nbsp;\n\n<!-- x -->\n"), expected(&[("[ ]", true)]));
    }

    #[test]
    fn citations_belong_to_the_sentence_before_them() {
        let notes = "\n\n[^a]: A.\n[^b]: B.\n[^c]: C.\n";
        let cited = |body: &str| -> Vec<Vec<usize>> {
            of(&format!("{body}{notes}")).into_iter().map(|(_, cited, _)| cited).collect()
        };
        assert_eq!(
            cited("One one.[^a] Two[^b] two.[^c][^a] Three."),
            [vec![0], vec![1, 2, 0], vec![]]
        );
        assert_eq!(cited("One one. [^a] Two two."), [vec![0], vec![]]);
        assert_eq!(cited("[^a]\n\nOne one.\n\n[^b]\n\n- [^c]"), [vec![0, 1, 2]]);
        assert_eq!(cited("| a[^a] |\n|---|\n| b[^b] |"), [vec![0, 1]]);
        assert_eq!(cited("> [^a]\n\n&nbsp;"), <[Vec<usize>; 0]>::default());
    }

    proptest! {
        /// Whatever an article holds, its pieces are all of its text and cite all that it cites.
        #[test]
        fn pieces_are_the_text(parts in vec(select(&FRAGMENTS[..]), 0..40)) {
            let body = format!("{}\n\n[^a]: A.\n[^b]: B.\n", parts.concat());
            let document = markdown::parse(&body, 0, 0, false).0;
            for blocks in document.sections.iter().map(|of| &of.blocks).chain([&document.lead]) {
                let mut text = String::new();
                let lines = text::write_lines(blocks, &mut text);
                let citations = lines.iter().flat_map(|line| &line.cited);
                let mut cited: Vec<usize> = citations.map(|(footnote, _)| *footnote).collect();
                let mut end = 0;
                let pieces = pieces(&text, &lines, Vec::new());
                for piece in &pieces {
                    prop_assert_eq!(text[end..piece.range.start].trim(), "");
                    prop_assert!(!text[piece.range.clone()].trim().is_empty());
                    end = piece.range.end;
                }
                prop_assert_eq!(text[end..].trim(), "");
                let mut found: Vec<usize> =
                    pieces.iter().flat_map(|piece| piece.cited.iter().copied()).collect();
                cited.sort_unstable();
                found.sort_unstable();
                prop_assert!(pieces.is_empty() || found == cited);
            }
        }
    }

    const FRAGMENTS: [&str; 28] = [
        "One. Two",
        "é。ü",
        " ",
        "\n",
        "\n\n",
        "- ",
        "- [x] ",
        "1. ",
        "    ",
        "> ",
        "[^a]",
        "[^b]",
        "```\n",
        "| a |\n|---|\n",
        "| b[^a]. C |\n",
        "# T\n",
        "&nbsp;",
        "  \n",
        "<br>",
        "<pre>",
        "</pre>",
        "<table><tr><td>",
        "</td></tr></table>",
        "<li>",
        ":::tip[T[^b]]\n\n",
        "\n:::\n",
        "<!-- c -->",
        "`x. Y`",
    ];
}
