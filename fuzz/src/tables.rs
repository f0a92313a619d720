//! Checks that the tables hold together: their rows name rows that exist, and cut texts where a
//! character begins.

use crate::html;
use almanac_core::layout::{article, event, happening, id, image, link, section, slot, source};

/// The generated files, by name.
pub type Files<'a> = &'a dyn Fn(&str) -> Option<&'a [u8]>;

/// A text among the generated files.
pub fn text<'a>(files: Files<'a>, name: &str) -> &'a str {
    let bytes = files(name).unwrap_or_else(|| panic!("no {name} was generated"));
    str::from_utf8(bytes).unwrap_or_else(|error| panic!("{name}: {error}"))
}

pub type Rows<const WIDTH: usize> = Vec<[usize; WIDTH]>;

/// The rows of a table: numbers of four bytes.
pub fn rows<const WIDTH: usize>(files: Files<'_>, name: &str) -> Rows<WIDTH> {
    let bytes = files(name).unwrap_or_else(|| panic!("no {name} was generated"));
    let (numbers, rest) = bytes.as_chunks::<4>();
    let numbers: Vec<usize> =
        numbers.iter().map(|number| u32::from_le_bytes(*number) as usize).collect();
    let (rows, more) = numbers.as_chunks::<WIDTH>();
    assert!(rest.is_empty() && more.is_empty(), "{name} has {} bytes", bytes.len());
    rows.to_vec()
}

/// The part of a list from one number up to another.
pub fn part<'l, T>(list: &'l [T], row: &[usize], column: usize) -> &'l [T] {
    list.get(row[column]..row[column + 1])
        .unwrap_or_else(|| panic!("column {column} of {row:?} is no part of {}", list.len()))
}

/// The part of a text.
pub fn cut<'t>(text: &'t str, row: &[usize], column: usize) -> &'t str {
    text.get(row[column]..row[column + 1]).unwrap_or_else(|| {
        panic!("column {column} of {row:?} cuts a character or is no part of the text")
    })
}

/// Panics unless all rows are right.
pub fn check(files: Files<'_>) {
    let strings = text(files, "strings.txt");
    let [plain, page, markdown] =
        ["text.txt", "html.txt", "markdown.txt"].map(|name| text(files, name));
    let sections = rows::<{ section::WIDTH }>(files, "sections.bin");
    let links = rows::<{ link::WIDTH }>(files, "links.bin");
    let sources = rows::<{ source::WIDTH }>(files, "sources.bin");
    let events = rows::<{ event::WIDTH }>(files, "events.bin");
    let numbers = |name: &str, below: usize| {
        let rows = rows::<1>(files, name);
        assert!(rows.iter().all(|[number]| *number < below), "{name} names what is not there");
        rows
    };
    let cited = numbers("cited.bin", sources.len());
    let citing = numbers("citing.bin", sections.len());
    let backlinks = numbers("backlinks.bin", links.len());
    numbers("by_date.bin", events.len());
    let telling = numbers("telling.bin", events.len());
    let happenings = rows::<{ happening::WIDTH }>(files, "happenings.bin");
    for (index, row) in happenings.iter().enumerate() {
        assert_eq!(row[happening::INDEX], index);
        cut(strings, row, happening::ID);
        let told = part(&telling, row, happening::EVENTS);
        assert!(!told.is_empty(), "{row:?} is told");
        assert!(
            told.iter().all(|[event]| events[*event][event::HAPPENING] == index + 1),
            "{row:?}"
        );
        assert!(
            told.iter().any(|[event]| events[*event][event::DATE] == row[happening::DATE]),
            "{row:?}"
        );
    }
    assert!(happenings.windows(2).all(|pair| pair[0][happening::DATE] <= pair[1][happening::DATE]));

    let ids = rows::<{ id::WIDTH }>(files, "ids.bin");
    let id_text = text(files, "ids.txt");
    ids.iter().for_each(|row| assert!(!cut(id_text, row, id::SPAN).is_empty()));
    let slots = rows::<{ slot::WIDTH }>(files, "slots.bin");
    let mut found: Vec<usize> = slots
        .iter()
        .map(|[slot]| slot & slot::INDEX as usize)
        .filter(|number| *number > 0)
        .collect();
    found.sort_unstable();
    assert!(
        slots.len().is_power_of_two() && found.into_iter().eq(1..=ids.len()),
        "each article has one slot"
    );

    let articles = rows::<{ article::WIDTH }>(files, "articles.bin");
    assert_eq!(articles.len(), ids.len());
    for row in &articles {
        assert!(
            row[article::PREVIOUS] <= ids.len()
                && row[article::NEXT] <= ids.len()
                && row[article::UNLISTED] <= 1,
            "{row:?}"
        );
        part(&sections, row, article::SECTIONS);
        part(&links, row, article::LINKS);
        part(&backlinks, row, article::BACKLINKS);
        part(&sources, row, article::SOURCES);
        part(&events, row, article::EVENTS);
        cut(plain, row, article::LEAD);
        cut(plain, row, article::TEXT);
        html::check(cut(page, row, article::HTML));
        cut(markdown, row, article::MARKDOWN);
    }
    let images = rows::<{ image::WIDTH }>(files, "images.bin");
    let bytes = files("pictures.bin").unwrap_or_default();
    for (index, row) in images.iter().enumerate() {
        assert!(row[image::INDEX] == index && row[image::ARTICLE] < ids.len(), "{row:?}");
        for text in [image::PATH, image::ALT, image::TITLE] {
            cut(strings, row, text);
        }
        let is_file = row[image::MEDIA_TYPE] > 0;
        assert!(row[image::MEDIA_TYPE] <= image::MEDIA_TYPES.len(), "{row:?}");
        assert_eq!(is_file, row[image::SIZE] > 0 && row[image::SIZE + 1] > 0, "a file has a size");
        part(bytes, row, image::BYTES);
    }
    for (at, row) in articles.iter().enumerate() {
        let own = part(&images, row, article::IMAGES);
        assert!(own.iter().all(|of| of[image::ARTICLE] == at), "{row:?}");
    }
    let mut last = 0;
    for [index] in numbers("by_review.bin", ids.len()) {
        let row = &articles[index];
        assert!(row[article::REVIEW] > 0 && row[article::UNLISTED] == 0, "{row:?} is due");
        assert!(row[article::REVIEW] >= last, "in order of the review dates");
        last = row[article::REVIEW];
    }
    for (at, row) in sections.iter().enumerate() {
        assert!(
            row[section::ARTICLE] < ids.len() && (1..=6).contains(&row[section::LEVEL]),
            "{row:?}"
        );
        assert!(row[section::INDEX] == at && row[section::PARENT] <= at, "{row:?}");
        assert!((at + 1..=sections.len()).contains(&row[section::END]), "{row:?}");
        cut(strings, row, section::TITLE);
        cut(strings, row, section::ANCHOR);
        for of in part(&links, row, section::LINKS) {
            assert_eq!(of[link::SECTION], at + 1, "a link of the section");
        }
        for [source] in part(&cited, row, section::SOURCES) {
            assert_eq!(sources[*source][source::ARTICLE], row[section::ARTICLE]);
        }
        cut(plain, row, section::TEXT);
        html::check(cut(page, row, section::HTML));
        cut(markdown, row, section::MARKDOWN);
    }
    for row in &links {
        assert!(row[link::ARTICLE] < ids.len() && row[link::SECTION] <= sections.len(), "{row:?}");
        cut(strings, row, link::TEXT);
        cut(strings, row, link::TITLE);
        match row[link::KIND] as u32 {
            link::TO_ARTICLE => assert!(row[link::TARGET] < ids.len(), "{row:?}"),
            link::TO_SECTION => assert!(row[link::TARGET] < sections.len(), "{row:?}"),
            // The table of categories is code.
            link::TO_CATEGORY => {}
            link::TO_WEB | link::TO_EMAIL => assert!(!cut(strings, row, link::TARGET).is_empty()),
            kind => panic!("a link of kind {kind}"),
        }
    }
    for row in &sources {
        assert!(
            row[source::ARTICLE] < ids.len()
                && row[source::FOOTNOTE] > 0
                && row[source::LINK] <= links.len(),
            "{row:?}"
        );
        cut(strings, row, source::TEXT);
        part(&citing, row, source::SECTIONS);
    }
    for row in &events {
        assert!(row[event::ARTICLE] < ids.len() && row[event::SECTION] < sections.len(), "{row:?}");
        cut(strings, row, event::TEXT);
        part(&cited, row, event::SOURCES);
    }
}
