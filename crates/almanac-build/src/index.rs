//! The full-text index of the listed articles, as the bytes that `search` reads.

use std::collections::HashMap;

use almanac_core::generated::analysis::{stem, tokens};
use super::document::plain;
use almanac_core::generated::format::{Header, Postings};
use super::resolve::Almanac;
use super::text;

/// Builds the index.
pub fn build(almanac: &Almanac) -> Vec<u8> {
    // Every folded word and every term with the number of its postings, which is that of the first time it was met.
    let mut words: HashMap<String, usize> = HashMap::new();
    let mut terms: HashMap<String, usize> = HashMap::new();
    let mut lists: Vec<Postings> = Vec::new();
    let mut article_table: Vec<[u16; 2]> = Vec::new();
    let mut unit_table: Vec<[u16; 2]> = Vec::new();
    let mut first_units: Vec<u32> = Vec::new();
    for (number, article) in almanac.articles.iter().filter(|article| !article.unlisted).enumerate() {
        let mut count = |text: &str, add: &mut dyn FnMut(&mut Postings)| {
            let tokens = tokens(text);
            let length = tokens.len().min(u16::MAX.into()) as u16;
            for token in tokens {
                let number = words.get(&token.form).copied().unwrap_or_else(|| {
                    let number = *terms.entry(stem(&token.form)).or_insert(lists.len());
                    lists.resize_with(lists.len().max(number + 1), Postings::default);
                    words.insert(token.form, number);
                    number
                });
                add(&mut lists[number]);
            }
            length
        };
        let at = number as u32;
        let title = count(&article.title, &mut |postings| entry(&mut postings.articles, at).1 += 1);
        let keywords = count(&article.keywords.join("\n"), &mut |postings| entry(&mut postings.articles, at).2 += 1);
        let document = &article.document;
        // The lead stands under the article's title.
        let mut units = vec![(article.title.clone(), &document.lead)];
        units.extend(document.sections.iter().map(|section| (plain(&section.title), &section.blocks)));
        article_table.push([title, keywords]);
        first_units.push(unit_table.len() as u32);
        for (heading, blocks) in units {
            let unit = unit_table.len() as u32;
            let heading = count(&heading, &mut |postings| entry(&mut postings.units, unit).1 += 1);
            let mut body = String::new();
            text::write(blocks, &mut body);
            let body = count(&body, &mut |postings| entry(&mut postings.units, unit).2 += 1);
            unit_table.push([heading, body]);
        }
    }
    for postings in &mut lists {
        let first = |at: usize| first_units.get(at).map_or(unit_table.len(), |first| *first as usize) as u32;
        let of_articles: u32 = postings.articles.iter().map(|(at, ..)| first(*at as usize + 1) - first(*at as usize)).sum();
        let elsewhere = postings.units.iter().filter(|(unit, ..)| {
            let article = first_units.partition_point(|first| first <= unit) as u32 - 1;
            postings.articles.binary_search_by_key(&article, |(at, ..)| *at).is_err()
        });
        postings.units_with = of_articles + elsewhere.count() as u32;
    }
    write(words, terms, &lists, &first_units, &article_table, &unit_table)
}

/// The entry of an article or unit, which is the last one or a new one.
fn entry(list: &mut Vec<(u32, u32, u32)>, at: u32) -> &mut (u32, u32, u32) {
    if list.last().is_none_or(|(last, ..)| *last != at) {
        list.push((at, 0, 0));
    }
    list.last_mut().expect("not empty")
}

fn write(
    words: HashMap<String, usize>,
    terms: HashMap<String, usize>,
    lists: &[Postings],
    first_units: &[u32],
    articles: &[[u16; 2]],
    units: &[[u16; 2]],
) -> Vec<u8> {
    let mut tables = Vec::new();
    for (first, [title, keywords]) in first_units.iter().zip(articles) {
        tables.extend(first.to_le_bytes());
        tables.extend(title.to_le_bytes());
        tables.extend(keywords.to_le_bytes());
    }
    let unit_table = Header::SIZE + tables.len();
    units.iter().flatten().for_each(|number| tables.extend(number.to_le_bytes()));
    let postings_at = Header::SIZE + tables.len();
    // In the order of the terms: same content, same bytes.
    let sorted = |numbers: HashMap<String, usize>| {
        let mut sorted: Vec<(String, usize)> = numbers.into_iter().collect();
        sorted.sort_unstable();
        sorted
    };
    let mut places = vec![0; lists.len()];
    let mut postings = Vec::new();
    for (_, number) in sorted(terms) {
        places[number] = postings.len() as u64;
        lists[number].write(&mut postings);
    }
    let mut map = fst::MapBuilder::memory();
    for (word, number) in sorted(words) {
        map.insert(word, places[number]).expect("words are sorted, memory takes all");
    }
    let map = map.into_inner().expect("memory takes all");
    let average = |of: &mut dyn Iterator<Item = u16>| {
        let (sum, count) = of.fold((0u64, 0u64), |(sum, count), length| (sum + u64::from(length), count + 1));
        if count == 0 { 1.0 } else { (sum as f64 / count as f64).max(1.0) as f32 }
    };
    let averages = [
        average(&mut articles.iter().map(|article| article[0])),
        average(&mut articles.iter().map(|article| article[1])),
        average(&mut units.iter().map(|unit| unit[0])),
        average(&mut units.iter().map(|unit| unit[1])),
    ];
    let mut bytes = Vec::new();
    let header = Header {
        articles: articles.len() as u32,
        units: units.len() as u32,
        averages,
        article_table: Header::SIZE as u32,
        unit_table: unit_table as u32,
        postings: postings_at as u32,
        words: (postings_at + postings.len()) as u32,
    };
    header.write(&mut bytes);
    bytes.extend(tables);
    bytes.extend(postings);
    bytes.extend(map);
    bytes
}
