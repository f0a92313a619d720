//! Full-text search over the listed articles, with an index that the build script made.

// The library is `no_std`; search is not.
use std::prelude::rust_2024::*;

use core::cmp::{Ordering, Reverse};
use core::fmt;
use core::ops::Range;
use std::collections::BinaryHeap;

use fst::{Automaton, IntoStreamer, Map, Streamer};

use core::marker::PhantomData;

use crate::{Almanac, Article, Section};

/// An almanac that was compiled with an index.
pub trait Searchable: Almanac {
    #[doc(hidden)]
    const INDEX: &'static &'static [u8];
}

#[doc(hidden)]
pub mod analysis;
#[doc(hidden)]
pub mod format;
mod query;
mod stemmer;
mod typo;
mod words;

use analysis::{stem, tokens};
use format::{Header, Postings};
use query::Query;

pub use words::{Posting, Word, forms, words};

/// How much a word counts in title, keywords, heading and text.
const WEIGHTS: [f32; 4] = [3.0, 3.0, 2.0, 1.0];
/// How much the length of each field counts, 0 to 1.
const LENGTHS: [f32; 4] = [0.3, 0.2, 0.3, 0.6];
/// How soon repeating a word stops to count.
const SATURATION: f32 = 1.2;
/// How much a word counts that begins as the last one of the query, or differs by one letter.
const BEGINNING: f32 = 0.7;
const TYPO: f32 = 0.8;
/// How many words may begin as the last one, and how long a word must be to be mistyped.
const MOST_BEGINNINGS: usize = 100;
const SHORTEST_TYPO: usize = 4;
const LONGEST_TYPO: usize = 60;
/// About how long a snippet is, in bytes.
const SNIPPET: usize = 200;

/// Finds sections by words, the best first.
///
/// A query is words, of which any may match and the more the better. `"quoted words"` must stand together, `-word` must not
/// stand in the section, `in:companies` asks for a category and `in:companies/huawei` for an article. The last word may be
/// unfinished; a word of four letters or more that no article has may be mistyped by one letter.
///
/// At most one hit an article comes back, unless `in:` names that article. Ties stand in sidebar order. An empty query, or
/// one without a word that occurs, has no hits; of a query longer than 1,000 bytes or 32 words the rest is ignored.
///
/// ```
/// let hit = ai_almanac::search("who makes Ascend chips").next().unwrap();
/// assert_eq!(hit.article().id(), "companies/huawei");
/// ```
///
/// Ranking is BM25F: title and keywords weigh 3, a section's heading 2, its text 1; rare words count more, long texts less.
/// The index stands in the binary and is read in place. A query allocates the postings of its words and a score
/// for each section that has one; a snippet, the words of its section.
pub fn search<A: Searchable>(query: &str) -> Hits<A> {
    let index = Index::of::<A>();
    let query = query::parse(query);
    let mut scores = Scores::default();
    let mut matched: Vec<u64> = Vec::new();
    let mut add = |variants: &[(u64, f32)], scores: &mut Scores| {
        scores.add(&index, variants);
        matched.extend(variants.iter().map(|(place, _)| *place));
    };
    for word in &query.words {
        add(&index.variants(&word.form, word.open), &mut scores);
    }
    for form in query.phrases.iter().flatten() {
        add(&index.exact(form).map(|place| (place, 1.0)).into_iter().collect::<Vec<_>>(), &mut scores);
    }
    matched.sort_unstable();
    matched.dedup();
    Hits { found: index.rank::<A>(&query, &scores).into(), matched, almanac: PhantomData }
}

/// The hits of a query, the best first.
///
/// ```
/// for hit in ai_almanac::search("chess program").take(3) {
///     println!("{:.1} {}", hit.score(), hit.article());
/// }
/// ```
pub struct Hits<A: Searchable> {
    found: BinaryHeap<Found>,
    /// The places of the postings that matched, sorted.
    matched: Vec<u64>,
    almanac: PhantomData<fn() -> A>,
}

impl<A: Searchable> Clone for Hits<A> {
    fn clone(&self) -> Hits<A> {
        Hits { found: self.found.clone(), matched: self.matched.clone(), almanac: PhantomData }
    }
}

impl<A: Searchable> fmt::Debug for Hits<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Hits").field("len", &self.len()).finish_non_exhaustive()
    }
}

/// A unit that has been found.
#[derive(Clone, Copy, Debug)]
struct Found {
    score: f32,
    /// The number of the article among the listed ones, and of the section from 1; 0 is the lead.
    article: u32,
    at: u32,
}

impl Ord for Found {
    /// The best is the greatest; ties in sidebar order.
    fn cmp(&self, other: &Found) -> Ordering {
        let place = |found: &Found| Reverse((found.article, found.at));
        self.score.total_cmp(&other.score).then_with(|| place(self).cmp(&place(other)))
    }
}

impl PartialOrd for Found {
    fn partial_cmp(&self, other: &Found) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Found {
    fn eq(&self, other: &Found) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Found {}

impl<A: Searchable> Iterator for Hits<A> {
    type Item = Hit<A>;

    fn next(&mut self) -> Option<Hit<A>> {
        let Found { score, article, at } = self.found.pop()?;
        let article = crate::articles::<A>()[article as usize];
        let section = (at as usize).checked_sub(1).map(|at| &article.sections()[at]);
        let text = section.map_or(article.lead(), Section::text);
        Some(Hit { score, article, section, snippet: snippet(&Index::of::<A>(), text, &self.matched) })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.found.len(), Some(self.found.len()))
    }
}

impl<A: Searchable> ExactSizeIterator for Hits<A> {}
impl<A: Searchable> core::iter::FusedIterator for Hits<A> {}

/// A section that a query found.
///
/// ```
/// let hit = ai_almanac::search("in:companies/huawei Kirin").next().unwrap();
/// assert_eq!(hit.article().title(), "Huawei");
/// assert!(hit.section().is_some());
/// ```
pub struct Hit<A: Almanac> {
    score: f32,
    article: &'static Article<A>,
    section: Option<&'static Section<A>>,
    snippet: Snippet,
}

impl<A: Almanac> Hit<A> {
    /// The article that was found.
    ///
    /// ```
    /// assert_eq!(ai_almanac::search("RLHF").next().unwrap().article().id(), "terms/rlhf");
    /// ```
    #[must_use]
    pub fn article(&self) -> &'static Article<A> {
        self.article
    }

    /// The section that was found; `None` for what stands before the first.
    ///
    /// ```
    /// let hit = ai_almanac::search("how a perceptron learns").next().unwrap();
    /// assert_eq!(hit.section().unwrap().anchor(), "how-a-perceptron-learns");
    /// ```
    #[must_use]
    pub fn section(&self) -> Option<&'static Section<A>> {
        self.section
    }

    /// How well it fits: above 0, to be compared with other hits of the same query only.
    ///
    /// ```
    /// let scores: Vec<f32> = ai_almanac::search("chips").map(|hit| hit.score()).collect();
    /// assert!(scores.windows(2).all(|pair| pair[0] >= pair[1]));
    /// ```
    #[must_use]
    pub fn score(&self) -> f32 {
        self.score
    }

    /// The part of the section's text that shows why it was found.
    ///
    /// ```
    /// let hit = ai_almanac::search("Ascend").next().unwrap();
    /// let shown: Vec<&str> = hit.snippet().highlights().iter().map(|range| &hit.snippet().text()[range.clone()]).collect();
    /// assert!(shown.contains(&"Ascend"));
    /// ```
    #[must_use]
    pub fn snippet(&self) -> &Snippet {
        &self.snippet
    }
}

impl<A: Almanac> Clone for Hit<A> {
    fn clone(&self) -> Hit<A> {
        Hit { snippet: self.snippet.clone(), ..*self }
    }
}

impl<A: Almanac> fmt::Debug for Hit<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Hit")
            .field("score", &self.score)
            .field("article", &self.article.id())
            .field("section", &self.section.map(Section::anchor))
            .field("snippet", &self.snippet)
            .finish()
    }
}

impl<A: Almanac> PartialEq for Hit<A> {
    fn eq(&self, other: &Hit<A>) -> bool {
        (self.score, self.article, self.section, &self.snippet) == (other.score, other.article, other.section, &other.snippet)
    }
}

/// A part of a text, about 200 bytes, with the words that matched.
///
/// ```
/// let hit = ai_almanac::search("perceptron").next().unwrap();
/// println!("{}", hit.snippet());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    text: &'static str,
    highlights: Vec<Range<usize>>,
}

impl Snippet {
    /// The text, cut between words; empty where the section has none.
    ///
    /// ```
    /// let hit = ai_almanac::search("perceptron").next().unwrap();
    /// assert!(hit.snippet().text().len() < 400);
    /// ```
    #[must_use]
    pub fn text(&self) -> &'static str {
        self.text
    }

    /// Where in the text the words stand that matched, in bytes, in order, apart from each other. None when only title,
    /// keywords or heading matched.
    ///
    /// ```
    /// let hit = ai_almanac::search("perceptron").next().unwrap();
    /// assert!(hit.snippet().highlights().iter().all(|range| hit.snippet().text().get(range.clone()).is_some()));
    /// ```
    #[must_use]
    pub fn highlights(&self) -> &[Range<usize>] {
        &self.highlights
    }
}

impl fmt::Display for Snippet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.text)
    }
}

// ---- the index --------------------------------------------------------------------------------------------------

/// The index in the binary, read in place.
struct Index {
    bytes: &'static [u8],
    header: Header,
    words: Map<&'static [u8]>,
}

impl Index {
    fn of<A: Searchable>() -> Index {
        let bytes = *A::INDEX;
        let header = Header::read(bytes);
        let words = Map::new(&bytes[header.words as usize..]).expect("the build script wrote it");
        Index { bytes, header, words }
    }

    fn short(&self, at: usize) -> u32 {
        u32::from(u16::from_le_bytes([self.bytes[at], self.bytes[at + 1]]))
    }

    /// The first unit of an article; of the one after the last, the number of units.
    fn first_unit(&self, article: u32) -> u32 {
        if article >= self.header.articles {
            return self.header.units;
        }
        let at = self.header.article_table as usize + article as usize * 8;
        self.short(at) | self.short(at + 2) << 16
    }

    /// The article of a unit, which is `from` or a later one.
    fn article_of(&self, unit: u32, from: u32) -> u32 {
        let (mut low, mut high) = (from, self.header.articles);
        while low + 1 < high {
            let middle = low + (high - low) / 2;
            if self.first_unit(middle) <= unit { low = middle } else { high = middle }
        }
        low
    }

    /// Words in the title and in the keywords of an article.
    fn article(&self, article: u32) -> [u32; 2] {
        let at = self.header.article_table as usize + article as usize * 8;
        [self.short(at + 4), self.short(at + 6)]
    }

    /// Words in the heading and in the text of a unit.
    fn unit(&self, unit: u32) -> [u32; 2] {
        let at = self.header.unit_table as usize + unit as usize * 4;
        [self.short(at), self.short(at + 2)]
    }

    fn postings(&self, place: u64) -> Postings {
        Postings::read(&self.bytes[self.header.postings as usize + place as usize..self.header.words as usize])
    }

    /// The postings of a word, by itself or by another form of it.
    fn exact(&self, form: &str) -> Option<u64> {
        if let Some(place) = self.words.get(form) {
            return Some(place);
        }
        // A form that no article has: another one with the same stem begins like it.
        let term = stem(form);
        let beginning: String = term.chars().take(term.chars().count().saturating_sub(1).max(3)).collect();
        let mut stream = self.words.search(fst::automaton::Str::new(&beginning).starts_with()).into_stream();
        let mut looked = 0;
        while let Some((word, place)) = stream.next() {
            let word = core::str::from_utf8(word).unwrap_or("");
            looked += 1;
            if stem(word) == term {
                return Some(place);
            }
            if looked > MOST_BEGINNINGS {
                break;
            }
        }
        None
    }

    /// The postings that a word means, each with what it counts.
    fn variants(&self, form: &str, open: bool) -> Vec<(u64, f32)> {
        let mut variants: Vec<(u64, f32)> = self.exact(form).map(|place| (place, 1.0)).into_iter().collect();
        let mut add = |place: u64, weight: f32| {
            if variants.iter().all(|(known, _)| *known != place) {
                variants.push((place, weight));
            }
        };
        if open && form.chars().count() >= 2 {
            let mut stream = self.words.search(fst::automaton::Str::new(form).starts_with()).into_stream();
            let mut count = 0;
            while let Some((_, place)) = stream.next() {
                add(place, BEGINNING);
                count += 1;
                if count >= MOST_BEGINNINGS {
                    break;
                }
            }
        }
        if variants.is_empty() && (SHORTEST_TYPO..=LONGEST_TYPO).contains(&form.chars().count()) {
            let mut stream = self.words.search(typo::OneEdit::new(form)).into_stream();
            while let Some((_, place)) = stream.next() {
                if variants.iter().all(|(known, _)| *known != place) {
                    variants.push((place, TYPO));
                }
            }
        }
        variants
    }

    /// The units that the query allows, the best of each article.
    fn rank<A: Almanac>(&self, query: &Query, scores: &Scores) -> Vec<Found> {
        let listed = crate::articles::<A>();
        let read = |phrases: &[Vec<String>]| phrases.iter().map(|phrase| Phrase::read(self, phrase)).collect();
        let (phrases, excluded): (Vec<Phrase>, Vec<Phrase>) = (read(&query.phrases), read(&query.excluded));
        let mut found: Vec<Found> = Vec::new();
        let mut rest = &scores.sums[..];
        let mut number = 0;
        while let Some(&(unit, _)) = rest.first() {
            number = self.article_of(unit, number);
            let (first, end) = (self.first_unit(number), self.first_unit(number + 1));
            let (own, after) = rest.split_at(rest.iter().take_while(|(unit, _)| *unit < end).count());
            rest = after;
            let article = listed[number as usize];
            let Some(every) = within(article, &query.within) else { continue };
            let mut best: Option<Found> = None;
            for &(unit, score) in own {
                if !every && best.is_some_and(|best| best.score >= score) {
                    continue;
                }
                let at = unit - first;
                if !phrases.is_empty() || !excluded.is_empty() {
                    let section = (at as usize).checked_sub(1).map(|at| &article.sections()[at]);
                    let stands = |phrase: &Phrase| phrase.stands_in(unit, article, section);
                    if !phrases.iter().all(stands) || excluded.iter().any(stands) {
                        continue;
                    }
                }
                let here = Found { score, article: number, at };
                if every {
                    found.push(here);
                } else {
                    best = Some(here);
                }
            }
            found.extend(best);
        }
        found
    }
}

/// Is an article asked for? `Some(true)` asks for all its sections.
fn within<A: Almanac>(article: &'static Article<A>, ids: &[String]) -> Option<bool> {
    if ids.is_empty() {
        return Some(false);
    }
    if ids.iter().any(|id| id == article.id()) {
        return Some(true);
    }
    let mut category = article.category();
    while let Some(found) = category {
        if ids.iter().any(|id| id == found.id()) {
            return Some(false);
        }
        category = found.parent();
    }
    None
}

/// The fields of a unit.
fn fields<A: Almanac>(
    article: &'static Article<A>,
    section: Option<&'static Section<A>>,
) -> impl Iterator<Item = &'static str> {
    let heading = section.map_or("", Section::title);
    let text = section.map_or(article.lead(), Section::text);
    [article.title(), heading, text].into_iter().chain(article.keywords().iter().copied())
}

/// Words that must stand side by side.
struct Phrase {
    terms: Vec<String>,
    /// The units that have all of them, in order; `None` if the index knows none.
    units: Option<Vec<u32>>,
}

impl Phrase {
    fn read(index: &Index, forms: &[String]) -> Phrase {
        let mut units: Option<Vec<u32>> = None;
        for place in forms.iter().filter_map(|form| index.exact(form)) {
            let mut scored = Vec::new();
            Scores::variant(index, &index.postings(place), 1.0, &mut scored);
            let with = scored.into_iter().map(|(unit, _)| unit);
            units = Some(match units {
                None => with.collect(),
                Some(known) => with.filter(|unit| known.binary_search(unit).is_ok()).collect(),
            });
        }
        Phrase { terms: forms.iter().map(|form| stem(form)).collect(), units }
    }

    /// Do the terms stand side by side in a field of the unit? Only a unit that has all of them is read.
    fn stands_in<A: Almanac>(&self, unit: u32, article: &'static Article<A>, section: Option<&'static Section<A>>) -> bool {
        if self.units.as_ref().is_some_and(|units| units.binary_search(&unit).is_err()) {
            return false;
        }
        // A stem begins as its word does, so other words need none.
        let first = |word: &str| word.as_bytes().first().copied();
        let begins = |form: &str| self.terms.iter().any(|term| first(term) == first(form));
        fields(article, section).any(|field| {
            let terms: Vec<String> =
                tokens(field).into_iter().map(|token| if begins(&token.form) { stem(&token.form) } else { token.form }).collect();
            terms.windows(self.terms.len()).any(|window| window == &self.terms[..])
        })
    }
}

// ---- scores -----------------------------------------------------------------------------------------------------

/// Units and what they are worth, in order: only those that have a word of the query.
#[derive(Default)]
struct Scores {
    sums: Vec<(u32, f32)>,
}

/// Brings units in order and joins what one has more than once.
fn join(list: &mut Vec<(u32, f32)>, units: u32, how: fn(f32, f32) -> f32) {
    if list.is_sorted_by(|a, b| a.0 < b.0) {
        return;
    }
    if list.len() < units as usize / 8 {
        // Stable, and quick where parts are in order already.
        list.sort_by_key(|(unit, _)| *unit);
        list.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 = how(kept.1, next.1);
            }
            same
        });
    } else {
        let mut values = std::vec![0.0; units as usize];
        for (unit, value) in list.drain(..) {
            values[unit as usize] = how(values[unit as usize], value);
        }
        list.extend((0..).zip(values).filter(|(_, value)| *value > 0.0));
    }
}

impl Scores {
    /// Adds what one word of the query is worth: in each unit the best of its variants.
    fn add(&mut self, index: &Index, variants: &[(u64, f32)]) {
        let mut word = Vec::new();
        for &(place, weight) in variants {
            Scores::variant(index, &index.postings(place), weight, &mut word);
        }
        join(&mut word, index.header.units, f32::max);
        if self.sums.is_empty() {
            self.sums = word;
        } else {
            self.sums.extend(word);
            join(&mut self.sums, index.header.units, |a, b| a + b);
        }
    }

    fn variant(index: &Index, postings: &Postings, weight: f32, scores: &mut Vec<(u32, f32)>) {
        scores.reserve(postings.units_with as usize);
        worth(index, postings, |unit, _, score| scores.push((unit, weight * score)));
    }
}

/// What a word is worth by itself: each unit that has it, in order, how often in each field, and the score.
fn worth(index: &Index, postings: &Postings, mut each: impl FnMut(u32, [u32; 4], f32)) {
    let all = index.header.units as f32;
    let with = postings.units_with as f32;
    let rarity = (1.0 + (all - with + 0.5) / (with + 0.5)).ln();
    let averages = &index.header.averages;
    let frequency = |field: usize, times: u32, length: u32| {
        WEIGHTS[field] * times as f32 / (1.0 - LENGTHS[field] + LENGTHS[field] * length as f32 / averages[field])
    };
    let mut score = |unit: u32, times: [u32; 4], frequency: f32| each(unit, times, rarity * frequency / (SATURATION + frequency));
    let of_unit = |(unit, heading, text): (u32, u32, u32)| {
        let [heading_length, text_length] = index.unit(unit);
        let heading = if heading == 0 { 0.0 } else { frequency(2, heading, heading_length) };
        heading + frequency(3, text, text_length)
    };
    // Units and articles stand in order: walk them side by side.
    let mut units = postings.units.iter().copied().peekable();
    for &(article, title, keywords) in &postings.articles {
        let [title_length, keywords_length] = index.article(article);
        let (first, end) = (index.first_unit(article), index.first_unit(article + 1));
        while let Some(posting) = units.next_if(|(unit, ..)| *unit < first) {
            score(posting.0, [0, 0, posting.1, posting.2], of_unit(posting));
        }
        let shared = frequency(0, title, title_length) + frequency(1, keywords, keywords_length);
        for unit in first..end {
            let (own, heading, text) = units.next_if(|(at, ..)| *at == unit).map_or((0.0, 0, 0), |posting| {
                let (_, heading, text) = posting;
                (of_unit(posting), heading, text)
            });
            score(unit, [title, keywords, heading, text], shared + own);
        }
    }
    for posting in units {
        score(posting.0, [0, 0, posting.1, posting.2], of_unit(posting));
    }
}

// ---- snippets ---------------------------------------------------------------------------------------------------

/// The part of a text where most different words matched.
fn snippet(index: &Index, text: &'static str, matched: &[u64]) -> Snippet {
    let tokens = tokens(text);
    let hits: Vec<(usize, u64)> = tokens
        .iter()
        .enumerate()
        .filter_map(|(at, token)| Some((at, index.words.get(&token.form)?)))
        .filter(|(_, place)| matched.binary_search(place).is_ok())
        .collect();
    let mut best = (0, 0, 0);
    for (at, &(first, _)) in hits.iter().enumerate() {
        let until = tokens[first].start + SNIPPET * 3 / 4;
        let inside: Vec<u64> = hits[at..].iter().take_while(|(token, _)| tokens[*token].end <= until).map(|(_, place)| *place).collect();
        let mut different = inside.clone();
        different.sort_unstable();
        different.dedup();
        if (different.len(), inside.len()) > (best.0, best.1) {
            best = (different.len(), inside.len(), tokens[first].start);
        }
    }
    let (start, end) = window(text, best.2);
    let highlights = hits.iter().map(|(at, _)| &tokens[*at]).filter(|token| token.start >= start && token.end <= end);
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for token in highlights {
        let range = token.start - start..token.end - start;
        match ranges.last_mut() {
            // Pairs of Chinese characters overlap.
            Some(last) if last.end > range.start => last.end = range.end,
            _ => ranges.push(range),
        }
    }
    Snippet { text: &text[start..end], highlights: ranges }
}

/// About 200 bytes of a text around a place, from the start of a sentence or word to the end of one.
fn window(text: &str, around: usize) -> (usize, usize) {
    let floor = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let before = floor(around.saturating_sub(SNIPPET / 3));
    let lead = &text[before..around];
    let start = if before == 0 {
        0
    } else {
        let sentence = lead.rfind(['\n']).map(|at| at + 1).or_else(|| lead.rfind(". ").map(|at| at + 2));
        before + sentence.or_else(|| lead.find(' ').map(|at| at + 1)).unwrap_or(lead.len())
    };
    let most = floor(start + SNIPPET);
    if most == text.len() {
        return (start, text.trim_end().len().max(start));
    }
    let end = text[start..most].rfind(char::is_whitespace).map_or(most, |at| start + at);
    (start, (start + text[start..end].trim_end().len()).max(start))
}
