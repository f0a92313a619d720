//! Checks that records are what their schema says: rows name what exists, and each cell holds a
//! value of its column's type.

use std::collections::BTreeSet;

use almanac_core::layout::{cell, record, section, source};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::tables::{Files, cut, part, rows, text};

/// A field as the generated description has it: the name of its type, what that holds in
/// parentheses, and whether it is a list.
struct Field {
    of: String,
    inner: Vec<TokenTree>,
    list: bool,
}

struct Checker<'f> {
    strings: &'f str,
    cells: Vec<usize>,
    cited: Vec<[usize; 1]>,
    sources: Vec<[usize; source::WIDTH]>,
    articles: usize,
    /// Counts the rows of each table of the schema.
    tables: Vec<usize>,
}

/// Panics unless all records are right.
pub fn check(files: Files<'_>) {
    let tokens: Vec<TokenTree> =
        text(files, "almanac.rs").parse::<TokenStream>().expect("it lexes").into_iter().collect();
    let kinds = kinds(&tokens);
    let len = |name: &str| initial(&tokens, name).0;
    let first_table = kinds.len() - len("__TABLES");
    let checker = Checker {
        strings: text(files, "records.txt"),
        cells: rows::<1>(files, "cells.bin").into_iter().map(|[number]| number).collect(),
        cited: rows(files, "records-cited.bin"),
        sources: rows(files, "sources.bin"),
        articles: rows::<2>(files, "ids.bin").len(),
        tables: (first_table..kinds.len()).map(|kind| len(&format!("__RECORDS_{kind}"))).collect(),
    };
    assert!(checker.cited.iter().all(|[source]| *source < checker.sources.len()));
    let sections = rows::<{ section::WIDTH }>(files, "sections.bin");
    let mut index = 0;
    for (kind, fields) in kinds.iter().enumerate() {
        let count = len(&format!("__RECORDS_{kind}"));
        if count == 0 {
            continue;
        }
        let records = rows::<{ record::WIDTH }>(files, &format!("records-{kind}.bin"));
        assert_eq!(records.len(), count);
        let mut by_id: Vec<usize> = records.iter().map(|row| row[record::BY_ID]).collect();
        let ids: Vec<&str> =
            by_id.iter().map(|at| cut(checker.strings, &records[*at], record::ID)).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "ids in order, each once");
        by_id.sort_unstable();
        assert!(by_id.into_iter().eq(0..count), "each record once");
        let inverses =
            (0..).map_while(|number| find(&tokens, &format!("__INVERSE_{kind}_{number}")));
        let mut inverses: Vec<(usize, usize)> =
            inverses.map(|at| (length(&tokens, at).0, 0)).collect();
        for row in &records {
            assert_eq!((row[record::INDEX], row[record::KIND]), (index, kind));
            index += 1;
            assert!(row[record::ARTICLE] < checker.articles, "{row:?}");
            if kind >= first_table {
                let of = sections[row[record::SECTION] - 1];
                assert_eq!(of[section::ARTICLE], row[record::ARTICLE], "the article's section");
            }
            cut(checker.strings, row, record::NAME);
            let sources = checker.sources(row, record::SOURCES, row[record::ARTICLE]);
            for (number, field) in fields.iter().enumerate() {
                let at = row[record::CELLS] + number;
                let list = format!("__LISTS_{kind}_{number}");
                let lists =
                    || (length(&tokens, find(&tokens, &list).expect("its items")), list.clone());
                let cites = checker.cell(files, field, at, row[record::ARTICLE], &lists);
                assert!(cites.is_subset(&sources), "{row:?}: the row cites what its cells cite");
            }
            for (number, (all, seen)) in inverses.iter_mut().enumerate() {
                let (flags, words) = checker.words(row[record::CELLS] + fields.len() + number);
                if flags != 0 {
                    assert_eq!((flags, words[0]), (cell::PRESENT, *seen), "they stand in order");
                    assert!(words[0] < words[1] && words[1] <= *all, "{words:?} of {all}");
                    *seen = words[1];
                }
            }
        }
        assert!(inverses.iter().all(|(all, seen)| all == seen), "each reference has its other end");
    }
}

impl Checker<'_> {
    /// The flags of a cell and what stands where it says.
    fn words(&self, at: usize) -> (u32, &[usize]) {
        let bits = u32::try_from(self.cells[at]).expect("four bytes");
        (bits & ((1 << cell::FLAG_BITS) - 1), &self.cells[(bits >> cell::FLAG_BITS) as usize..])
    }

    /// The cited sources, which are those of an article.
    fn sources(&self, row: &[usize], column: usize, article: usize) -> BTreeSet<usize> {
        let cited: Vec<usize> =
            part(&self.cited, row, column).iter().map(|[source]| *source).collect();
        assert!(
            cited.iter().all(|one| self.sources[*one][source::ARTICLE] == article),
            "{cited:?}"
        );
        cited.into_iter().collect()
    }

    /// Checks a cell, and returns the sources that it cites.
    fn cell(
        &self,
        files: Files<'_>,
        field: &Field,
        at: usize,
        article: usize,
        lists: &dyn Fn() -> ((usize, bool), String),
    ) -> BTreeSet<usize> {
        let (flags, mut words) = self.words(at);
        let mut sources = BTreeSet::new();
        if flags & cell::CITES != 0 {
            sources = self.sources(words, 0, article);
            assert!(!sources.is_empty(), "it cites something");
            words = &words[2..];
        }
        if flags & cell::PRESENT == 0 {
            return sources;
        }
        if !field.list {
            self.value(field, words);
            return sources;
        }
        let ((all, is_text), name) = lists();
        let items = words[cell::ITEMS]..words[cell::ITEMS + 1];
        assert!(words[cell::LIST] < words[cell::LIST + 1] && words[cell::LIST + 1] <= all);
        assert_eq!(items.len(), words[cell::LIST + 1] - words[cell::LIST], "the same items");
        let file = name.trim_start_matches('_').to_lowercase() + ".bin";
        for (item, place) in items.zip(words[cell::LIST]..) {
            let (flags, value) = self.words(item);
            assert_eq!(flags, cell::PRESENT);
            let width = self.value(field, value);
            if !is_text {
                let table: Vec<usize> =
                    rows::<1>(files, &file).into_iter().map(|[number]| number).collect();
                assert_eq!(table[place * width..][..width], value[..width], "the same value");
            }
        }
        sources
    }

    /// Checks a value, and returns how many integers it has.
    fn value(&self, field: &Field, words: &[usize]) -> usize {
        let number = |at: usize| f64::from_bits((words[at + 1] as u64) << 32 | words[at] as u64);
        match field.of.as_str() {
            "Name" | "Text" | "Url" | "Country" => {
                assert!(!cut(self.strings, words, cell::TEXT).is_empty());
                2
            }
            "Mention" => {
                cut(self.strings, words, cell::TEXT);
                assert!(words[cell::MENTIONED] <= self.articles);
                3
            }
            "Number" => {
                assert!(number(cell::NUMBER).is_finite());
                2
            }
            "Quantity" => {
                assert!(!cut(self.strings, words, cell::TEXT).is_empty());
                assert!(number(cell::QUANTITY).is_finite());
                4
            }
            "Date" => {
                let [day, month, low, high] = (words[cell::INDEX] as u32).to_le_bytes();
                assert!(month <= 12 && day <= 31 && (month > 0 || day == 0), "{month} {day}");
                assert!(u16::from_le_bytes([low, high]) <= 9999);
                1
            }
            "Boolean" => self.below(words, 2),
            "Choice" => {
                let TokenTree::Group(choices) = &field.inner[1] else { panic!("`&[…]`") };
                self.below(words, split(choices.stream()).len())
            }
            "Article" => self.below(words, self.articles),
            "Record" => {
                let table: usize = field.inner[0].to_string().parse().expect("an index");
                self.below(words, self.tables[table])
            }
            other => panic!("a field of the type {other}"),
        }
    }

    fn below(&self, words: &[usize], limit: usize) -> usize {
        assert!(words[cell::INDEX] < limit, "{} of {limit}", words[cell::INDEX]);
        1
    }
}

/// The fields of all kinds, from their descriptions in the code.
fn kinds(tokens: &[TokenTree]) -> Vec<Vec<Field>> {
    let (_, value) = initial(tokens, "__KINDS");
    let calls = |list: TokenStream| -> Vec<Vec<Vec<TokenTree>>> {
        let arguments = split(list).into_iter().map(|call| match call.last() {
            Some(TokenTree::Group(arguments)) => split(arguments.stream()),
            other => panic!("{other:?} is no call"),
        });
        arguments.collect()
    };
    let kinds = calls(value).into_iter().map(|kind| {
        let Some(TokenTree::Group(fields)) = kind[2].last() else { panic!("`&[…]`") };
        let fields = calls(fields.stream()).into_iter().map(|field| {
            let (of, inner) = match &field[4][..] {
                [.., of, TokenTree::Group(inner)] => {
                    (of.to_string(), inner.stream().into_iter().collect())
                }
                [.., of] => (of.to_string(), Vec::new()),
                [] => panic!("a type"),
            };
            Field { of, inner, list: field[5][0].to_string() == "true" }
        });
        fields.collect()
    });
    kinds.collect()
}

/// Finds the declaration of a static: the place of its name.
fn find(tokens: &[TokenTree], name: &str) -> Option<usize> {
    let is =
        |token: &TokenTree, word: &str| matches!(token, TokenTree::Ident(ident) if ident == word);
    (1..tokens.len()).find(|&at| is(&tokens[at], name) && is(&tokens[at - 1], "static"))
}

/// Returns the length of a static's list, and whether it is written out.
fn length(tokens: &[TokenTree], at: usize) -> (usize, bool) {
    let TokenTree::Group(of) = &tokens[at + 2] else { panic!("`[T; N]`") };
    let length = of.stream().into_iter().last().expect("a length").to_string();
    let value = &tokens[at + 4];
    let written = matches!(value, TokenTree::Group(list) if list.delimiter() == Delimiter::Bracket);
    (length.parse().expect("a number"), written)
}

/// The length of a static's list and what is in it.
fn initial(tokens: &[TokenTree], name: &str) -> (usize, TokenStream) {
    let at = find(tokens, name).unwrap_or_else(|| panic!("no static {name}"));
    let value = match &tokens[at + 4] {
        TokenTree::Group(list) => list.stream(),
        _ => TokenStream::new(),
    };
    (length(tokens, at).0, value)
}

/// Returns what stands between commas.
fn split(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let comma =
        |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ',');
    tokens.split(comma).filter(|part| !part.is_empty()).map(<[TokenTree]>::to_vec).collect()
}
