//! Records the content of the binary, one line an article: a change of content or compiler that
//! alters it is a reviewed change. `INSTA_UPDATE=always cargo test --test fingerprint` records it
//! anew. Removing an article or an anchor is a breaking change.

use std::fmt::Write;

use ai_almanac::{Article, Category, Event, Happening, Image, Link, Section, Source};

/// FNV-1a, 64 bits: the same everywhere and for ever.
fn hash(texts: &[&str]) -> u64 {
    let bytes = texts.iter().flat_map(|text| text.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |state, byte| {
        (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[test]
fn content_is_the_recorded_one() {
    let mut lines =
        String::from("id\tsections\twords\tlinks\tsources\tevents\ttable bytes\thash\n");
    for article in ai_almanac::articles() {
        let anchors: Vec<&str> =
            article.sections().iter().map(|section| section.anchor()).collect();
        let hash = hash(&[
            article.title(),
            article.description(),
            article.permalink(),
            &anchors.join(" "),
            article.text(),
            article.html(),
            article.markdown(),
        ]);
        let counts = [
            article.sections().len(),
            article.word_count() as usize,
            article.links().len(),
            article.sources().len(),
            article.events().len(),
            table_bytes(article),
        ];
        let counts: Vec<String> = counts.iter().map(usize::to_string).collect();
        writeln!(lines, "{}\t{}\t{hash:016x}", article.id(), counts.join("\t")).unwrap();
    }
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("fingerprint", lines);
    });
}

/// The bytes of an article's numbers; a test in `almanac-core` holds them to that.
const NUMBERS: usize = 30 * 4;

/// Returns the bytes that an article takes in the tables beside its texts.
fn table_bytes(article: &Article) -> usize {
    size_of_val(article)
        + NUMBERS
        + size_of_val(article.sections())
        + size_of_val(article.links())
        + size_of_val(article.backlinks())
        + size_of_val(article.sources())
        + size_of_val(article.events())
        + size_of_val(article.images())
}

/// The rows of the tables have the same size everywhere; an article and a category hold pointers.
#[test]
fn rows_have_their_size() {
    let rows = [
        size_of::<Section>(),
        size_of::<Link>(),
        size_of::<Source>(),
        size_of::<Event>(),
        size_of::<Happening>(),
        size_of::<Image>(),
    ];
    assert_eq!(
        rows,
        [76, 48, 32, 36, 24, 52],
        "bytes of Section, Link, Source, Event, Happening, Image"
    );
    if size_of::<usize>() == 8 {
        assert_eq!(
            [size_of::<Article>(), size_of::<Category>()],
            [168, 120],
            "bytes of Article, Category"
        );
    }
}
