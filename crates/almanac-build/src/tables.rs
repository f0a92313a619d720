//! Sections, links, sources and events as rows of numbers and their texts as one string: what the
//! library takes in as it is. `layout.rs` says what stands where.

use std::collections::{BTreeMap, HashMap};

use super::document::plain;
use super::payloads::{Span, Texts};
use super::resolve::{Almanac, Article, SidebarItem, Target};
use super::schema::Schema;
use super::schema::resolve::Records;
use super::schema::rows::{self, RecordTables};
use super::text;
use crate::limits;
use almanac_core::Date;
use almanac_core::generated::hash;
use almanac_core::generated::layout::to_usize;
use almanac_core::generated::layout::{
    article, event, happening, image, link, section, slot, source,
};

/// A table as bytes.
#[derive(Default)]
pub struct Table {
    pub rows: usize,
    pub bytes: Vec<u8>,
    /// `true` if a number doesn't fit into its column: nothing may be made of the table.
    pub overflows: bool,
}

impl Table {
    pub fn push(&mut self, row: &[usize]) {
        self.rows += 1;
        for number in row {
            let column = u32::try_from(*number);
            self.overflows |= column.is_err();
            self.bytes.extend(column.unwrap_or(u32::MAX).to_le_bytes());
        }
    }

    /// Adds rows of one number each, and gives their span.
    pub fn extend(&mut self, rows: impl Iterator<Item = usize>) -> Span {
        let start = self.rows;
        rows.for_each(|number| self.push(&[number]));
        Span(start, self.rows)
    }
}

/// The places of the rows of an article.
struct Rows {
    sections: Span,
    links: Span,
    backlinks: Span,
    sources: Span,
    events: Span,
    images: Span,
}

/// The places of the rows of a category.
pub struct CategoryRows {
    pub contents: Span,
    pub articles: Span,
    pub categories: Span,
}

#[derive(Default)]
pub struct Tables {
    pub article_rows: Table,
    pub sections: Table,
    pub links: Table,
    pub sources: Table,
    pub events: Table,
    /// Numbers of links, by the article that they lead to.
    pub backlinks: Table,
    /// Numbers of sources, by the section or the event that cites them.
    pub cited: Table,
    /// Numbers of sections, by the source that they cite.
    pub citing: Table,
    /// Numbers of the events of listed articles, in order of time.
    pub by_date: Table,
    pub happenings: Table,
    pub images: Table,
    /// The bytes of all images, one after the other, if they are kept.
    pub image_bytes: Vec<u8>,
    /// Indices of events, by the happening that they tell.
    pub telling: Table,
    /// Indices of the listed articles with a review date, in order of that date.
    pub by_review: Table,
    /// Articles and folders in the sidebar, at the root and in each category: indices times two,
    /// plus one for a folder.
    pub contents: Table,
    pub category_contents: Table,
    pub category_articles: Table,
    pub subcategories: Table,
    pub categories: Vec<CategoryRows>,
    /// The place of each article's id, and the hash table of ids.
    pub ids: Table,
    pub slots: Table,
    pub strings: Strings,
    pub records: RecordTables,
    /// All ids, one after the other.
    pub id_bytes: String,
}

/// The texts of all tables, each once.
#[derive(Default)]
pub struct Strings {
    pub text: String,
    known: HashMap<String, Span>,
}

impl Strings {
    pub fn add(&mut self, text: &str) -> Span {
        if let Some(known) = self.known.get(text) {
            return *known;
        }
        let start = self.text.len();
        self.text.push_str(text);
        let span = Span(start, self.text.len());
        self.known.insert(text.to_owned(), span);
        span
    }
}

/// The numbers of the first section, link and source of an article.
#[derive(Clone, Copy, Default)]
pub struct First {
    pub section: usize,
    pub link: usize,
    pub source: usize,
}

/// The things that the rows of an article refer to.
struct Known<'a> {
    almanac: &'a Almanac,
    firsts: Vec<First>,
    /// The happening that each event of an article tells.
    happening_of: HashMap<(usize, usize), usize>,
    /// The places of the bytes of each image file.
    stored: BTreeMap<&'a str, Span>,
}

/// Makes the tables. `texts` says where the texts of each article stand.
pub fn tables(almanac: &Almanac, schema: &Schema, records: &Records, texts: &[Texts]) -> Tables {
    let mut next = First::default();
    let firsts: Vec<First> = almanac
        .articles
        .iter()
        .map(|article| {
            let first = next;
            next.section += article.document.sections.len();
            next.link += article.links().count();
            next.source += article.document.footnotes.len();
            first
        })
        .collect();
    // Profiles stand kind by kind.
    let mut profiles = vec![0; almanac.articles.len()];
    for (index, profile) in records.profiles.iter().flatten().enumerate() {
        profiles[profile.article] = index + 1;
    }
    let mut tables = Tables::default();
    let mut stored = BTreeMap::new();
    for (path, asset) in almanac.assets.iter().filter(|_| schema.image_bytes) {
        let start = tables.image_bytes.len();
        tables.image_bytes.extend(&asset.bytes);
        stored.insert(path.as_str(), Span(start, tables.image_bytes.len()));
    }
    let mut dates: Vec<(Date, usize)> = Vec::new();
    let mut happening_of = HashMap::new();
    for (index, happening) in almanac.happenings.iter().enumerate() {
        happening_of.extend(happening.events.iter().map(|event| (*event, index)));
    }
    let known = Known { almanac, firsts, happening_of, stored };
    for (at, article) in almanac.articles.iter().enumerate() {
        let rows = tables.add(article, at, &known, &texts[at]);
        if !article.unlisted {
            dates.extend(
                article
                    .events
                    .iter()
                    .zip(rows.events.0..)
                    .map(|(event, number)| (event.date, number)),
            );
        }
        tables.article_rows.push(&article_row(article, &rows, &texts[at], profiles[at]));
    }
    dates.sort_unstable();
    tables.by_date.extend(dates.iter().map(|(_, number)| *number));
    tables.happenings(almanac);
    let listed = almanac.articles.iter().enumerate().filter(|(_, article)| !article.unlisted);
    let mut reviews: Vec<(Date, usize)> =
        listed.filter_map(|(index, article)| Some((article.review?, index))).collect();
    reviews.sort_unstable();
    tables.by_review.extend(reviews.iter().map(|(_, index)| *index));
    tables.sidebar(almanac);
    for article in &almanac.articles {
        let start = tables.id_bytes.len();
        tables.id_bytes.push_str(&article.id);
        tables.ids.push(&[start, tables.id_bytes.len()]);
    }
    let ids = almanac.articles.iter().map(|article| article.id.as_str());
    slots(&ids.collect::<Vec<_>>()).iter().for_each(|slot| tables.slots.push(&[to_usize(*slot)]));
    tables.records = rows::rows(schema, records, &known.firsts);
    tables
}

impl Tables {
    /// Returns `true` if a number doesn't fit into a table.
    pub fn overflow(&self) -> bool {
        let records = &self.records;
        let own = [
            &self.article_rows,
            &self.sections,
            &self.links,
            &self.sources,
            &self.events,
            &self.backlinks,
            &self.cited,
            &self.citing,
            &self.by_date,
            &self.happenings,
            &self.images,
            &self.telling,
            &self.by_review,
            &self.contents,
            &self.category_contents,
            &self.category_articles,
            &self.subcategories,
            &self.ids,
            &self.slots,
            &records.cells,
            &records.cited,
        ];
        let kinds = records.profiles.iter().chain(&records.fields).chain(&records.tables);
        let of_kinds = kinds.flat_map(rows::KindTable::tables);
        let mut all = own.into_iter().chain(of_kinds);
        all.any(|table| table.overflows)
    }

    /// Adds the rows of the sidebar and of each category.
    fn sidebar(&mut self, almanac: &Almanac) {
        let row = |item: &SidebarItem| match item {
            SidebarItem::Article(index) => 2 * index,
            SidebarItem::Category(index) => 2 * index + 1,
        };
        self.contents.extend(almanac.contents.iter().map(row));
        for category in &almanac.categories {
            let own = category.index.filter(|at| almanac.articles[*at].modules == category.modules);
            let articles = category.contents.iter().filter_map(|item| match item {
                SidebarItem::Article(index) => Some(*index),
                SidebarItem::Category(_) => None,
            });
            let categories = category.contents.iter().filter_map(|item| match item {
                SidebarItem::Article(_) => None,
                SidebarItem::Category(index) => Some(*index),
            });
            self.categories.push(CategoryRows {
                contents: self.category_contents.extend(category.contents.iter().map(row)),
                articles: self.category_articles.extend(own.into_iter().chain(articles)),
                categories: self.subcategories.extend(categories),
            });
        }
    }

    fn add(&mut self, article: &Article, at: usize, known: &Known<'_>, texts: &Texts) -> Rows {
        let firsts = &known.firsts;
        let document = &article.document;
        let first = firsts[at];
        let mut rows = Rows {
            sections: Span(first.section, first.section + document.sections.len()),
            links: Span(first.link, first.link),
            backlinks: self
                .backlinks
                .extend(article.backlinks.iter().map(|(from, link)| firsts[*from].link + link)),
            sources: Span(first.source, first.source + document.footnotes.len()),
            events: Span(self.events.rows, self.events.rows + article.events.len()),
            images: self.images(article, at, known),
        };
        let from_one =
            |section: Option<usize>| section.map_or(0, |section| first.section + section + 1);

        // The links that count, and for each link of the document its number among all.
        let mut numbers = HashMap::new();
        for (number, target) in article.links() {
            let of = &document.links[number];
            numbers.insert(number, rows.links.1);
            rows.links.1 += 1;
            let text = self.strings.add(&of.text);
            let title = self.strings.add(of.title.as_deref().unwrap_or_default());
            let mut row = [0; link::WIDTH];
            row[link::INDEX] = rows.links.1 - 1;
            row[link::ARTICLE] = at;
            row[link::SECTION] = from_one(of.section);
            put(&mut row, link::TEXT, text);
            put(&mut row, link::TITLE, title);
            let kind = match target {
                Target::Article(to) => {
                    row[link::TARGET] = *to;
                    link::TO_ARTICLE
                }
                Target::Section(to, section) => {
                    row[link::TARGET] = firsts[*to].section + section;
                    link::TO_SECTION
                }
                Target::Category(to) => {
                    row[link::TARGET] = *to;
                    link::TO_CATEGORY
                }
                Target::Web(address) | Target::Email(address) => {
                    put(&mut row, link::TARGET, self.strings.add(address));
                    if matches!(target, Target::Web(_)) { link::TO_WEB } else { link::TO_EMAIL }
                }
            };
            row[link::KIND] = to_usize(kind);
            put(&mut row, link::ADDRESS, texts.addresses.get(&number).copied().unwrap_or_default());
            self.links.push(&row);
        }

        let mut cited_by: Vec<Vec<usize>> = vec![Vec::new(); document.sections.len()];
        for (at_note, note) in document.footnotes.iter().enumerate() {
            note.cited_in
                .iter()
                .flatten()
                .for_each(|section| cited_by[*section].push(first.source + at_note));
            let mut said = String::new();
            text::write(&note.blocks, &mut said);
            let mut row = [0; source::WIDTH];
            row[source::INDEX] = first.source + at_note;
            row[source::ARTICLE] = at;
            row[source::FOOTNOTE] = at_note + 1;
            put(&mut row, source::TEXT, self.strings.add(&said));
            row[source::LINK] =
                note.links.iter().find_map(|link| numbers.get(link)).map_or(0, |number| number + 1);
            let citing = self
                .citing
                .extend(note.cited_in.iter().flatten().map(|section| first.section + section));
            put(&mut row, source::SECTIONS, citing);
            self.sources.push(&row);
        }

        for (number, of) in article.events.iter().enumerate() {
            let mut row = [0; event::WIDTH];
            row[event::INDEX] = self.events.rows;
            row[event::ARTICLE] = at;
            row[event::SECTION] = first.section + of.section;
            row[event::DATE] = to_usize(of.date.packed());
            put(&mut row, event::TEXT, self.strings.add(&of.text));
            let cited = self.cited.extend(of.sources.iter().map(|source| first.source + source));
            put(&mut row, event::SOURCES, cited);
            let happening = known.happening_of.get(&(at, number));
            row[event::HAPPENING] = happening.map_or(0, |index| index + 1);
            self.events.push(&row);
        }

        // The body's links come in the order of the sections, those of footnotes behind all.
        let in_notes = document
            .footnotes
            .iter()
            .flat_map(|note| &note.links)
            .filter(|link| numbers.contains_key(link))
            .count();
        let in_body: Vec<Option<usize>> = article
            .links()
            .take(numbers.len() - in_notes)
            .map(|(number, _)| document.links[number].section)
            .collect();
        let mut next = in_body.iter().take_while(|section| section.is_none()).count();
        let mut open: Vec<usize> = Vec::new();
        for (number, of) in document.sections.iter().enumerate() {
            while open.last().is_some_and(|above| document.sections[*above].level >= of.level) {
                open.pop();
            }
            let parent = open.last().copied();
            open.push(number);
            let inside = document.sections[number + 1..]
                .iter()
                .take_while(|inner| inner.level > of.level)
                .count();
            let begin = next;
            next += in_body[begin..].iter().take_while(|section| **section == Some(number)).count();
            let [text, html, markdown] = texts.sections[number];
            let mut row = [0; section::WIDTH];
            row[section::ARTICLE] = at;
            row[section::LEVEL] = of.level.into();
            put(&mut row, section::TITLE, self.strings.add(plain(&of.title).trim()));
            put(&mut row, section::ANCHOR, self.strings.add(&of.anchor));
            row[section::INDEX] = first.section + number;
            row[section::END] = first.section + number + 1 + inside;
            row[section::PARENT] = from_one(parent);
            put(&mut row, section::LINKS, Span(first.link + begin, first.link + next));
            put(&mut row, section::SOURCES, self.cited.extend(cited_by[number].iter().copied()));
            put(&mut row, section::TEXT, text);
            put(&mut row, section::HTML, html);
            put(&mut row, section::MARKDOWN, markdown);
            self.sections.push(&row);
        }
        rows
    }
}

/// The rows of happenings, once the events have theirs.
impl Tables {
    fn happenings(&mut self, almanac: &Almanac) {
        let firsts: Vec<usize> = almanac
            .articles
            .iter()
            .scan(0, |next, article| {
                let first = *next;
                *next += article.events.len();
                Some(first)
            })
            .collect();
        for of in &almanac.happenings {
            let mut row = [0; happening::WIDTH];
            row[happening::INDEX] = self.happenings.rows;
            put(&mut row, happening::ID, self.strings.add(of.id.as_deref().unwrap_or_default()));
            row[happening::DATE] = to_usize(of.date.packed());
            let events = of.events.iter().map(|(article, number)| firsts[*article] + number);
            put(&mut row, happening::EVENTS, self.telling.extend(events));
            self.happenings.push(&row);
        }
    }
}

impl Tables {
    fn images(&mut self, article: &Article, at: usize, known: &Known<'_>) -> Span {
        let start = self.images.rows;
        for &number in &article.document.image_order {
            let found = &article.document.images[number];
            if found.refused || !article.images[number] {
                continue;
            }
            let mut row = [0; image::WIDTH];
            row[image::INDEX] = self.images.rows;
            row[image::ARTICLE] = at;
            let path = found.file.as_deref().unwrap_or(&found.destination);
            put(&mut row, image::PATH, self.strings.add(path));
            put(&mut row, image::ALT, self.strings.add(found.alt.trim()));
            let title = found.title.as_deref().unwrap_or_default();
            put(&mut row, image::TITLE, self.strings.add(title));
            if let Some(asset) = found.file.as_ref().and_then(|file| known.almanac.assets.get(file))
            {
                let header = asset.header;
                let kinds = image::MEDIA_TYPES.iter();
                let kind = kinds.take_while(|known| **known != header.media_type.mime()).count();
                row[image::MEDIA_TYPE] = kind + 1;
                put(&mut row, image::SIZE, Span(to_usize(header.width), to_usize(header.height)));
                let bytes = known.stored.get(path).copied().unwrap_or_default();
                put(&mut row, image::BYTES, bytes);
            }
            self.images.push(&row);
        }
        Span(start, self.images.rows)
    }
}

/// Returns the numbers of an article.
fn article_row(
    of: &Article,
    rows: &Rows,
    texts: &Texts,
    profile: usize,
) -> [usize; article::WIDTH] {
    let from_one = |number: Option<usize>| number.map_or(0, |number| number + 1);
    let mut row = [0; article::WIDTH];
    row[article::CATEGORY] = from_one(of.category);
    put(&mut row, article::POSITION, halves(of.position.unwrap_or(f64::NAN)));
    row[article::LAST_UPDATE] = from_one(of.last_update.map(|date| to_usize(date.packed())));
    row[article::REVIEW] = from_one(of.review.map(|date| to_usize(date.packed())));
    row[article::UNLISTED] = of.unlisted.into();
    row[article::PREVIOUS] = from_one(of.previous);
    row[article::NEXT] = from_one(of.next);
    row[article::WORDS] = to_usize(texts.words);
    row[article::PROFILE] = profile;
    let (tags, keywords) = (of.tags.len(), of.keywords.len());
    put(&mut row, article::KEYWORDS, Span(tags, tags + keywords));
    let spans = [
        (article::SECTIONS, rows.sections),
        (article::LINKS, rows.links),
        (article::BACKLINKS, rows.backlinks),
        (article::SOURCES, rows.sources),
        (article::EVENTS, rows.events),
        (article::IMAGES, rows.images),
        (article::LEAD, texts.lead),
        (article::TEXT, texts.text),
        (article::HTML, texts.html),
        (article::MARKDOWN, texts.markdown),
    ];
    spans.into_iter().for_each(|(column, span)| put(&mut row, column, span));
    row
}

/// Returns the two halves of the bits of a number, the lower first.
pub fn halves(number: f64) -> Span {
    let [a, b, c, d, e, f, g, h] = number.to_bits().to_le_bytes();
    let half = |bytes: [u8; 4]| to_usize(u32::from_le_bytes(bytes));
    Span(half([a, b, c, d]), half([e, f, g, h]))
}

pub fn put(row: &mut [usize], column: usize, span: Span) {
    (row[column], row[column + 1]) = (span.0, span.1);
}

// An index takes the low bits of a slot.
const _: () = assert!(limits::FOLDER_ENTRIES < 1 << slot::INDEX_BITS);

/// Returns the table of `get`: each id in the first free slot from its hash on.
fn slots(ids: &[&str]) -> Vec<u32> {
    let size = (ids.len() * slot::PER_ID + 1).next_power_of_two();
    let mut slots = vec![0; size];
    let mut free = FreeSlots::new(size);
    for (at, id) in ids.iter().enumerate() {
        let hash = hash(id.as_bytes());
        slots[free.take(to_usize(hash) & (size - 1))] =
            hash & !slot::INDEX | (u32::try_from(at).expect("fewer articles than entries") + 1);
    }
    slots
}

/// The slots that are free, of which there is always one. Going from slot to slot would be
/// quadratic in ids that were chosen to collide, so that taken slots point beyond the next ones.
struct FreeSlots {
    /// A slot that is no later than the next free one; itself if it is free.
    next: Vec<usize>,
    steps: usize,
}

impl FreeSlots {
    fn new(size: usize) -> FreeSlots {
        FreeSlots { next: (0..size).collect(), steps: 0 }
    }

    /// Takes the first free slot from `slot` on, after the last the first.
    fn take(&mut self, mut slot: usize) -> usize {
        while self.next[slot] != slot {
            self.next[slot] = self.next[self.next[slot]];
            slot = self.next[slot];
            self.steps += 1;
        }
        self.next[slot] = (slot + 1) % self.next.len();
        slot
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_collide_take_the_next_free_slots_in_few_steps() {
        let size = 1 << 16;
        let mut free = FreeSlots::new(size);
        let taken: Vec<usize> = (0..size / 4).map(|_| free.take(size - 100)).collect();
        assert!(taken.iter().enumerate().all(|(at, slot)| *slot == (size - 100 + at) % size));
        assert!(free.steps < 20 * taken.len(), "{} steps", free.steps);

        // Any order of hashes gives what going from slot to slot does.
        let mut free = FreeSlots::new(64);
        let mut full = [false; 64];
        for from in [5, 5, 63, 6, 63, 62, 0, 5, 1, 62] {
            let first = (0..64).map(|step| (from + step) % 64).find(|slot| !full[*slot]);
            assert_eq!(Some(free.take(from)), first);
            full[first.unwrap()] = true;
        }
    }

    #[test]
    fn every_id_is_in_a_slot_and_most_are_free() {
        for count in [0, 1, 2, 3, 5, 24, 25, 70, 500] {
            let ids: Vec<String> = (0..count).map(|at| format!("companies/name-{at}")).collect();
            let slots = slots(&ids.iter().map(String::as_str).collect::<Vec<_>>());
            assert!(slots.len().is_power_of_two());
            let taken = slots.iter().filter(|slot| **slot != 0);
            let mut numbers: Vec<u32> = taken.map(|found| found & slot::INDEX).collect();
            assert!(
                numbers.len() * slot::PER_ID < slots.len(),
                "{count} ids in {} slots",
                slots.len()
            );
            numbers.sort_unstable();
            assert_eq!(numbers, (1..=count).collect::<Vec<_>>());
        }
    }
}
