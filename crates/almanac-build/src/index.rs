//! The full-text index of the listed articles, as the bytes that `search` reads.

use std::collections::HashMap;

use almanac_core::generated::analysis::{is_function_word, stem, tokens};
use almanac_core::generated::format::{
    ARTICLE_FIELDS, ArticleRow, FIELDS, Header, Postings, Role, UnitRow,
};
use almanac_core::generated::layout::to_usize;

use super::document::{Block, Footnote, Inline, Item, plain};
use super::resolve::{Almanac, Article};
use super::schema::value::{Row, Value};
use super::schema::{Field, Schema, Type};
use super::text;

/// Builds the index.
pub fn build(almanac: &Almanac, schema: &Schema) -> Vec<u8> {
    let mut index = Index::default();
    for (number, article) in almanac.articles.iter().enumerate() {
        if !article.unlisted {
            let folder = article.category.map(|category| &almanac.categories[category]);
            let is_index = folder.is_some_and(|folder| folder.index == Some(number));
            index.add(article, schema, is_index);
        }
    }
    index.count_units();
    index.write()
}

/// An index that is being built.
#[derive(Default)]
struct Index {
    /// Every folded word and every term with the index of its postings.
    words: HashMap<String, usize>,
    terms: HashMap<String, usize>,
    postings: Vec<Postings>,
    articles: Vec<ArticleRow>,
    units: Vec<UnitRow>,
}

/// A field, and what it belongs to.
#[derive(Clone, Copy)]
enum Place {
    Article(u32, usize),
    Unit(u32, usize),
}

impl Index {
    /// Adds an article; `is_index` says that it is the page of its folder.
    fn add(&mut self, article: &Article, schema: &Schema, is_index: bool) {
        let number = index(self.articles.len());
        let names: Vec<&str> =
            article.keywords.iter().map(String::as_str).chain(facts(article, schema)).collect();
        let questions: Vec<&str> =
            article.questions.iter().map(|question| question.value.as_str()).collect();
        let fields: [(&str, bool); ARTICLE_FIELDS] = [
            (&article.title, true),
            (&names.join("\n"), true),
            (&article.description, false),
            (&questions.join("\n"), false),
        ];
        let mut row =
            ArticleRow { first_unit: index(self.units.len()), lengths: [0; ARTICLE_FIELDS] };
        for (field, (text, function_words)) in fields.into_iter().enumerate() {
            row.lengths[field] = self.count(text, Place::Article(number, field), function_words);
        }
        self.articles.push(row);
        let document = &article.document;
        // The lead stands under the article's title.
        let lead = if is_index { Role::Links } else { Role::Lead };
        self.add_unit(&article.title, &document.lead, lead);
        for (at, section) in document.sections.iter().enumerate() {
            let heading = plain(&section.title);
            let role = if is_index { Role::Links } else { role(article, at, &heading) };
            self.add_unit(&heading, &section.blocks, role);
        }
    }

    fn add_unit(&mut self, heading: &str, blocks: &[Block], role: Role) {
        let unit = index(self.units.len());
        let mut body = String::new();
        text::write_words(blocks, &mut body);
        let lengths = [
            self.count(heading, Place::Unit(unit, 0), true).min(UnitRow::LONGEST_HEADING),
            self.count(&body, Place::Unit(unit, 1), false),
        ];
        self.units.push(UnitRow { lengths, role });
    }

    /// Counts the words of a field and returns how many there are. Function words are posted where
    /// they may be all there is, and count nowhere else.
    fn count(&mut self, text: &str, place: Place, function_words: bool) -> u16 {
        let mut length = 0_u16;
        for token in tokens(text) {
            if !function_words && is_function_word(&token.form) {
                continue;
            }
            length = length.saturating_add(u16::from(token.is_word()));
            let number = self.words.get(&token.form).copied().unwrap_or_else(|| {
                let next = self.postings.len();
                let number = *self.terms.entry(stem(&token.form)).or_insert(next);
                self.postings.resize_with(next.max(number + 1), Postings::default);
                self.words.insert(token.form, number);
                number
            });
            let postings = &mut self.postings[number];
            match place {
                Place::Article(article, field) => {
                    entry(&mut postings.articles, article)[field] += 1
                }
                Place::Unit(unit, field) => entry(&mut postings.units, unit)[field] += 1,
            }
        }
        length
    }

    /// Counts in how many units each term stands, by any field.
    fn count_units(&mut self) {
        let first = |article: u32| {
            let row = self.articles.get(to_usize(article));
            row.map_or(index(self.units.len()), |row| row.first_unit)
        };
        for postings in &mut self.postings {
            let of_articles: u32 = postings
                .articles
                .iter()
                .map(|(article, _)| first(article + 1) - first(*article))
                .sum();
            let elsewhere = postings.units.iter().filter(|(unit, _)| {
                let article = self.articles.partition_point(|row| row.first_unit <= *unit) - 1;
                postings
                    .articles
                    .binary_search_by_key(&index(article), |(number, _)| *number)
                    .is_err()
            });
            postings.units_with = of_articles + index(elsewhere.count());
        }
    }

    fn write(self) -> Vec<u8> {
        let mut tables = Vec::new();
        self.articles.iter().for_each(|row| row.write(&mut tables));
        let unit_table = Header::SIZE + tables.len();
        self.units.iter().for_each(|row| row.write(&mut tables));
        let postings_at = Header::SIZE + tables.len();
        let mut places = vec![0; self.postings.len()];
        let mut postings = Vec::new();
        for (_, number) in sorted(self.terms) {
            places[number] = u64::try_from(postings.len()).expect("fits");
            self.postings[number].write(&mut postings);
        }
        let mut map = fst::MapBuilder::memory();
        for (word, number) in sorted(self.words) {
            map.insert(word, places[number]).expect("words are sorted, memory takes all");
        }
        let map = map.into_inner().expect("memory takes all");
        let mut averages = [0.0; FIELDS];
        for (field, average) in averages[..ARTICLE_FIELDS].iter_mut().enumerate() {
            *average = mean(self.articles.iter().map(|row| row.lengths[field]));
        }
        for (field, average) in averages[ARTICLE_FIELDS..].iter_mut().enumerate() {
            *average = mean(self.units.iter().map(|row| row.lengths[field]));
        }
        let header = Header {
            articles: index(self.articles.len()),
            units: index(self.units.len()),
            averages,
            article_table: index(Header::SIZE),
            unit_table: index(unit_table),
            postings: index(postings_at),
            words: index(postings_at + postings.len()),
        };
        let mut bytes = Vec::new();
        header.write(&mut bytes);
        bytes.extend(tables);
        bytes.extend(postings);
        bytes.extend(map);
        bytes
    }
}

fn index(number: usize) -> u32 {
    u32::try_from(number).expect("content is at most 64 MiB")
}

/// Sorts by the texts: same content, same bytes.
fn sorted(numbers: HashMap<String, usize>) -> Vec<(String, usize)> {
    let mut sorted: Vec<(String, usize)> = numbers.into_iter().collect();
    sorted.sort_unstable();
    sorted
}

#[expect(clippy::cast_possible_truncation, reason = "the index holds averages rounded to `f32`")]
fn mean(lengths: impl Iterator<Item = u16>) -> f32 {
    let (sum, count) =
        lengths.fold((0.0, 0.0), |(sum, count), length| (sum + f64::from(length), count + 1.0));
    // At least 1, so that nothing is divided by 0.
    if sum > count { (sum / count) as f32 } else { 1.0 }
}

/// Returns the entry of an article or unit, which is the last one or a new one.
fn entry<const N: usize>(list: &mut Vec<(u32, [u32; N])>, key: u32) -> &mut [u32; N] {
    if list.last().is_none_or(|(last, _)| *last != key) {
        list.push((key, [0; N]));
    }
    &mut list.last_mut().expect("not empty").1
}

/// Returns the facts of the front matter that are texts: they name things as keywords do.
fn facts<'a>(article: &'a Article, schema: &'a Schema) -> Vec<&'a str> {
    fn add<'a>(fields: &[Field], row: &'a Row, texts: &mut Vec<&'a str>) {
        for (field, value) in fields.iter().zip(&row.values) {
            let values = match value {
                Some(Value::List(values)) => values,
                Some(value) => std::slice::from_ref(value),
                None => &[],
            };
            if matches!(field.of, Type::Text | Type::Name) {
                texts.extend(values.iter().filter_map(|value| match value {
                    Value::Text(text) => Some(text.as_str()),
                    _ => None,
                }));
            }
        }
    }
    let mut texts = Vec::new();
    if let Some((kind, row)) = &article.profile {
        add(&schema.profiles[*kind].fields, row, &mut texts);
    }
    add(&schema.fields, &article.fields, &mut texts);
    texts
}

/// Returns what a section is for.
fn role(article: &Article, section: usize, heading: &str) -> Role {
    let document = &article.document;
    let cites = |footnote: &Footnote| footnote.cited_in.contains(&Some(section));
    if article.events.iter().any(|event| event.section == section) {
        Role::Timeline
    } else if is_list_of_links(&document.sections[section].blocks)
        && !document.footnotes.iter().any(cites)
    {
        // "Further reading".
        Role::Links
    } else if heading.trim().to_ascii_lowercase().starts_with("definition") {
        Role::Lead
    } else {
        Role::Body
    }
}

/// Returns `true` for lists whose items all begin with a link.
fn is_list_of_links(blocks: &[Block]) -> bool {
    let begins_with_link = |item: &Item| match item.blocks.first() {
        Some(Block::Plain(inlines) | Block::Paragraph(inlines)) => {
            matches!(inlines.first(), Some(Inline::Link(..)))
        }
        _ => false,
    };
    !blocks.is_empty()
        && blocks.iter().all(|block| match block {
            Block::List { items, .. } => items.iter().all(begins_with_link),
            _ => false,
        })
}
