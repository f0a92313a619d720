//! The crate's index in parts, for `search/*.js`, which find in the browser what
//! `ai_almanac::search` finds.
//!
//! `search.js` has the tables that every query needs; words, postings and texts are in files of
//! some kilobytes, of which a query loads those that it needs. Each is a script that calls a
//! function, because a page on a disk may load nothing else. `README.md` here says what is loaded
//! when.

use std::collections::HashMap;

use ai_almanac::{Almanac, Article, Category, Type, Value, articles, categories};
use almanac_core::Searchable;
use almanac_core::generated::analysis::{Kind, stem, tokens};
use almanac_core::generated::format::{
    ARTICLE_FIELDS, ArticleRow, Header, Postings, Role, UnitRow,
};
use fst::{Map, Streamer};
use serde::Serialize;

use crate::Site;
use crate::places::encoded;

/// About how large the parts are, in characters: small enough that a query loads little that it
/// doesn't need, large enough that compression has something to work with.
const WORDS: usize = 2_500;
const POSTINGS: usize = 2_000;
const TEXTS: usize = 2_000;
const PAIRS: usize = 2_000;
/// About how many units there are to a hash of two words that stand side by side.
const UNITS_OF_HASH: usize = 12;

/// The programs that read the parts, in the order in which they need each other.
const PROGRAMS: [&str; 6] = [
    include_str!("search/analysis.js"),
    include_str!("search/stemmer.js"),
    include_str!("search/query.js"),
    include_str!("search/index.js"),
    include_str!("search/rank.js"),
    include_str!("search/snippet.js"),
];

/// The file that every query needs.
#[derive(Default, Serialize)]
struct Tables {
    /// Changes with every part, so that no part is taken for that of another index.
    version: String,
    averages: Vec<f32>,
    /// The numbers of units for which the logarithm of the idf in 32 bits isn't the rounded one in
    /// 64, which JavaScript has: each as the distance from the one before, and whether it is
    /// greater.
    logarithms: Integers,
    articles: ArticleTable,
    units: UnitTable,
    /// The first word of each part, and of each part with words read backwards.
    words: Vec<String>,
    endings: Vec<String>,
    /// Number of terms in each part of the postings, of units in each part of the texts, and of
    /// hashes in each part of the pairs.
    postings: Integers,
    texts: Integers,
    pairs: Integers,
}

#[derive(Default, Serialize)]
struct ArticleTable {
    units: Integers,
    lengths: [Integers; ARTICLE_FIELDS],
}

#[derive(Default, Serialize)]
struct UnitTable {
    /// Words in the heading and the role, and words in the text.
    headings: Integers,
    texts: Integers,
}

/// Integers as text, small ones as one character: 57 characters end an integer, 34 others stand
/// before, the lowest digit first. None of them has to be escaped.
#[derive(Clone, Default, Serialize)]
#[serde(transparent)]
struct Integers(String);

impl Integers {
    fn push(&mut self, mut integer: usize) {
        while integer >= 57 {
            integer -= 57;
            self.0.push(character(b']', integer % 34));
            integer /= 34;
        }
        self.0.push(character(b'#', integer));
    }
}

fn character(first: u8, digit: usize) -> char {
    char::from(first + u8::try_from(digit).expect("a digit"))
}

/// A part: its name, and what `almanacPart` gets.
struct Part {
    name: String,
    value: String,
}

fn part(name: impl Into<String>, value: &impl Serialize) -> Part {
    Part { name: name.into(), value: json(value) }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("texts and numbers can be written")
}

/// Returns the files, each by its path inside the site.
pub fn files(site: &Site) -> Vec<(String, String)> {
    let index = *Almanac::INDEX;
    let header = Header::read(index);
    let mut tables = Tables { averages: header.averages.to_vec(), ..Tables::default() };
    let mut parts = vec![part("ids", &ids())];
    tables.add_rows(index, &header);
    tables.add_logarithms(header.units);
    tables.add_words(index, &header, &mut parts);
    tables.add_texts(site, &mut parts);
    tables.add_pairs(&mut parts);
    tables.version = version(&parts);
    let program = format!(
        "var almanacSearch = (() => {{\n'use strict';\nconst TABLES = {};\n\n{}\n\
        return {{ search: Answer.to, tokens, stem }};\n}})();\n",
        json(&tables),
        PROGRAMS.map(without_comments).concat()
    );
    let file = |Part { name, value }: Part| {
        let call = format!("almanacPart({:?}, {name:?}, {value});\n", tables.version);
        (format!("search-index/{name}.js"), call)
    };
    std::iter::once(("search.js".to_owned(), program)).chain(parts.into_iter().map(file)).collect()
}

/// Returns a program without lines that only comment, and without indentation: they are a third of
/// it.
fn without_comments(program: &str) -> String {
    let lines = program.lines().map(str::trim_start);
    let code = lines
        .filter(|line| !line.is_empty() && !line.starts_with("//") && !line.starts_with("/**"));
    code.flat_map(|line| [line, "\n"]).collect()
}

/// Returns a hash of all parts (FNV-1a).
fn version(parts: &[Part]) -> String {
    let bytes = parts.iter().flat_map(|part| part.value.bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// The ids that `in:` may name: of folders, each with the index of the one around it, and of
/// articles with that of their folder; -1 is none.
fn ids() -> [Vec<(&'static str, i64)>; 2] {
    let index: HashMap<&str, i64> = categories().iter().map(Category::id).zip(0..).collect();
    let of = |category: Option<&'static Category>| category.map_or(-1, |one| index[one.id()]);
    let folders = categories().iter().map(|category| (category.id(), of(category.parent())));
    let listed = articles().iter().map(|article| (article.id(), of(article.category())));
    [folders.collect(), listed.collect()]
}

impl Tables {
    fn add_rows(&mut self, index: &[u8], header: &Header) {
        let rows = |from: u32, to: u32| &index[from as usize..to as usize];
        let (article_rows, _) = rows(header.article_table, header.unit_table).as_chunks();
        let rows_of_articles: Vec<ArticleRow> = article_rows.iter().map(ArticleRow::read).collect();
        let ends = rows_of_articles.iter().skip(1).map(|row| row.first_unit);
        for (row, end) in rows_of_articles.iter().zip(ends.chain([header.units])) {
            self.articles.units.push((end - row.first_unit) as usize);
            for (column, length) in self.articles.lengths.iter_mut().zip(row.lengths) {
                column.push(length.into());
            }
        }
        let (unit_rows, _) = rows(header.unit_table, header.postings).as_chunks();
        for row in unit_rows {
            let UnitRow { lengths: [heading, text], role } = UnitRow::read(row);
            let role = match role {
                Role::Body => 0,
                Role::Lead => 1,
                Role::Timeline => 2,
                Role::Links => 3,
            };
            self.units.headings.push(usize::from(heading) << 2 | role);
            self.units.texts.push(text.into());
        }
    }

    fn add_logarithms(&mut self, units: u32) {
        let mut last = 0;
        for count in 0..=units {
            let (all, with) = (units as f32, count as f32);
            let odds = 1.0 + (all - with + 0.5) / (with + 0.5);
            let (own, rounded) = (odds.ln(), f64::from(odds).ln() as f32);
            if own != rounded {
                self.logarithms.push((count - last) as usize * 2 + usize::from(own > rounded));
                last = count;
            }
        }
    }

    /// Adds words with the numbers of their terms, words read backwards, and the postings of terms.
    fn add_words(&mut self, index: &[u8], header: &Header, parts: &mut Vec<Part>) {
        let map = Map::new(&index[header.words as usize..]).expect("the compiler wrote it");
        let mut stream = map.stream();
        let mut terms: HashMap<u64, usize> = HashMap::new();
        let mut words = Words::default();
        let mut postings: Vec<String> = Vec::new();
        let mut endings: Vec<String> = Vec::new();
        while let Some((form, place)) = stream.next() {
            let form = std::str::from_utf8(form).expect("the compiler wrote text");
            let next = terms.len();
            let term = *terms.entry(place).or_insert(next);
            if term == next {
                let start = (u64::from(header.postings) + place) as usize;
                postings.push(written(&Postings::read(&index[start..header.words as usize])));
            }
            words.push(form, next, term);
            // By its end a word is found that differs from a mistyped one in the beginning.
            if (3..=61).contains(&form.chars().count()) {
                endings.push(form.chars().rev().collect());
            }
        }
        self.words = words.parts("words", parts);
        endings.sort_unstable();
        let mut backwards = Words::default();
        endings.iter().for_each(|ending| backwards.push(ending, 0, 0));
        self.endings = backwards.parts("endings", parts);
        let sizes: Vec<usize> = postings.iter().map(|text| text.len() + 1).collect();
        for (number, range) in ranges(&sizes, POSTINGS).into_iter().enumerate() {
            self.postings.push(range.len());
            parts.push(part(format!("postings-{number}"), &postings[range].join(" ")));
        }
    }

    /// Adds the texts of articles, long ones in several parts.
    fn add_texts(&mut self, site: &Site, parts: &mut Vec<Part>) {
        let mut number = 0;
        for article in articles() {
            let units: Vec<[String; 3]> =
                std::iter::once([String::new(), String::new(), article.lead().to_owned()])
                    .chain(article.sections().iter().map(|section| {
                        [
                            section.title().to_owned(),
                            encoded(section.anchor()),
                            section.text().to_owned(),
                        ]
                    }))
                    .collect();
            let sizes: Vec<usize> = units.iter().map(|unit| unit.concat().len()).collect();
            for range in ranges(&sizes, TEXTS) {
                self.texts.push(range.len());
                let others = if range.start == 0 { Some(other_texts(article)) } else { None };
                let page = encoded(site.places.article(article));
                let value = (article.title(), page, &units[range], others);
                parts.push(part(format!("texts-{number}"), &value));
                number += 1;
            }
        }
    }

    /// Adds where two words stand side by side, so that few texts are read for a phrase: for each
    /// hash of two words twice the units, and one more where all units of the article have them.
    fn add_pairs(&mut self, parts: &mut Vec<Part>) {
        let mut found: Vec<(u32, usize)> = Vec::new();
        let mut unit = 0;
        for article in articles() {
            let shared = std::iter::once(article.title()).chain(other_texts(article));
            found.extend(shared.flat_map(pairs).map(|hash| (hash, unit * 2 + 1)));
            let sections = article.sections().iter();
            let own = sections.map(|section| {
                pairs(section.title()).into_iter().chain(pairs(section.text())).collect()
            });
            for hashes in std::iter::once(pairs(article.lead())).chain(own) {
                found.extend(hashes.into_iter().map(|hash| (hash, unit * 2)));
                unit += 1;
            }
        }
        let count = (found.len() / UNITS_OF_HASH).max(1).next_power_of_two();
        let mut buckets = vec![Vec::new(); count];
        for (hash, place) in found {
            buckets[hash as usize % count].push(place);
        }
        let written: Vec<String> = buckets
            .into_iter()
            .map(|mut places| {
                places.sort_unstable();
                places.dedup();
                let mut last = 0;
                let mut numbers = Integers::default();
                places
                    .iter()
                    .for_each(|place| numbers.push(place - std::mem::replace(&mut last, *place)));
                numbers.0
            })
            .collect();
        let sizes: Vec<usize> = written.iter().map(|text| text.len() + 1).collect();
        for (number, range) in ranges(&sizes, PAIRS).into_iter().enumerate() {
            self.pairs.push(range.len());
            parts.push(part(format!("pairs-{number}"), &written[range].join(" ")));
        }
    }
}

/// Returns the words that stand side by side in a text, with other forms of them as one word: as
/// their hashes.
fn pairs(text: &str) -> Vec<u32> {
    let mut terms: Vec<Vec<(usize, String)>> = Vec::new();
    for token in tokens(text) {
        match token.kind {
            Kind::Word => terms.push(vec![(1, stem(&token.form))]),
            Kind::Joined(count) => {
                let first = terms.len() - count;
                terms[first].push((count, stem(&token.form)));
            }
            Kind::Tail => {}
        }
    }
    let mut hashes = Vec::new();
    for (index, forms) in terms.iter().enumerate() {
        for (count, form) in forms {
            let next = terms.get(index + count).into_iter().flatten();
            hashes.extend(
                next.map(|(_, other)| hash(form.chars().chain([' ']).chain(other.chars()))),
            );
        }
    }
    hashes
}

/// Returns a hash of characters (FNV-1a in 32 bits, of their numbers), as `index.js` computes it.
fn hash(characters: impl Iterator<Item = char>) -> u32 {
    characters.fold(0x811c_9dc5, |hash, one| (hash ^ u32::from(one)).wrapping_mul(0x0100_0193))
}

/// Returns what else words of an article stand in: description, keywords, questions, and texts
/// among the facts.
fn other_texts(article: &'static Article) -> Vec<&'static str> {
    let mut texts = vec![article.description()];
    texts.extend(article.keywords());
    texts.extend(article.questions());
    for fact in article.facts() {
        if matches!(fact.field().value_type(), Type::Text | Type::Name) {
            match fact.value() {
                Value::Text(text) => texts.push(text),
                Value::List(values) => texts.extend(values.filter_map(|value| match value {
                    Value::Text(text) => Some(text),
                    _ => None,
                })),
                _ => {}
            }
        }
    }
    texts
}

/// Divides things of some sizes into ranges of about the same size; none is empty.
fn ranges(sizes: &[usize], most: usize) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let (mut start, mut sum) = (0, 0);
    for (index, size) in sizes.iter().enumerate() {
        if index > start && sum + size > most {
            ranges.push(start..index);
            (start, sum) = (index, 0);
        }
        sum += size;
    }
    if start < sizes.len() {
        ranges.push(start..sizes.len());
    }
    ranges
}

/// Sorted words in parts. Each has a capital letter for how many characters of the one before it
/// begins with (folded words have none), and the rest.
#[derive(Default)]
struct Words {
    parts: Vec<(String, String, Integers)>,
    last: String,
}

impl Words {
    /// Adds a word and its term; `next` is the number of the next term that is new.
    fn push(&mut self, form: &str, next: usize, term: usize) {
        let shared: String = self
            .last
            .chars()
            .zip(form.chars())
            .take_while(|(one, other)| one == other)
            .map(|(one, _)| one)
            .collect();
        if self.parts.last().is_none_or(|(_, text, _)| text.len() > WORDS) {
            // So much of the word as tells it from the one before.
            let begin = form.chars().take(shared.chars().count() + 1).collect();
            let mut numbers = Integers::default();
            numbers.push(next);
            self.parts.push((begin, String::new(), numbers));
            self.last.clear();
            return self.push(form, next, term);
        }
        // Of other characters JavaScript counts differently, and there are only so many letters.
        let shared = shared.bytes().take_while(u8::is_ascii).take(25).count();
        let (_, text, numbers) = self.parts.last_mut().expect("there is a part");
        text.push(character(b'A', shared));
        text.push_str(&form[shared..]);
        numbers.push(next - term);
        form.clone_into(&mut self.last);
    }

    /// Adds the parts and returns where they begin.
    fn parts(self, name: &str, parts: &mut Vec<Part>) -> Vec<String> {
        let mut begins = Vec::new();
        for (number, (begin, text, numbers)) in self.parts.into_iter().enumerate() {
            let name = format!("{name}-{number}");
            // Of words read backwards it is enough that they exist.
            parts.push(if name.starts_with("words") {
                part(name, &(text, numbers))
            } else {
                part(name, &text)
            });
            begins.push(begin);
        }
        begins
    }
}

/// Returns the postings of a term, in the order of `Postings::write`.
fn written(postings: &Postings) -> String {
    let mut numbers = Integers::default();
    let shared = !postings.articles.is_empty();
    numbers.push(postings.units.len() << 1 | usize::from(shared));
    if shared {
        numbers.push(postings.units_with as usize);
        numbers.push(postings.articles.len());
    }
    let mut last = 0;
    for (article, frequencies) in &postings.articles {
        // The low bits name the field that has the term once, nearly always the only one.
        let mut others = (0..ARTICLE_FIELDS).filter(|&field| frequencies[field] > 0);
        let only =
            others.next().filter(|&field| frequencies[field] == 1 && others.next().is_none());
        numbers.push((article - last) as usize * 8 + only.unwrap_or(ARTICLE_FIELDS));
        if only.is_none() {
            let packed = frequencies.iter().rev().fold(0, |all, one| all << 2 | (*one).min(3));
            numbers.push(packed as usize);
            let more = frequencies.iter().filter(|frequency| **frequency >= 3);
            more.for_each(|frequency| numbers.push((frequency - 3) as usize));
        }
        last = *article;
    }
    last = 0;
    for (unit, [heading, text]) in &postings.units {
        let once = *heading == 0 && *text == 1;
        numbers.push((unit - last) as usize * 2 + usize::from(once));
        if !once {
            numbers.push((text << 1 | u32::from(*heading > 0)) as usize);
            if *heading > 0 {
                numbers.push(*heading as usize);
            }
        }
        last = *unit;
    }
    numbers.0
}
