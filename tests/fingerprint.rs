//! What is in the binary, one line an article: a change of content or compiler that alters it is a reviewed change.
//! `INSTA_UPDATE=always cargo test --test fingerprint` records it anew. Removing an article or an anchor is a breaking change.

use std::fmt::Write;

/// FNV-1a, 64 bits: the same everywhere and for ever.
fn hash(texts: &[&str]) -> u64 {
    let bytes = texts.iter().flat_map(|text| text.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |state, byte| (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[test]
fn content_is_the_recorded_one() {
    let mut lines = String::from("id\tsections\twords\tlinks\tsources\tevents\thash\n");
    for article in ai_almanac::articles() {
        let anchors: Vec<&str> = article.sections().iter().map(|section| section.anchor()).collect();
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
        ];
        let counts: Vec<String> = counts.iter().map(usize::to_string).collect();
        writeln!(lines, "{}\t{}\t{hash:016x}", article.id(), counts.join("\t")).unwrap();
    }
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("fingerprint", lines);
    });
}

/// The tables that every program carries: their exact size for an article, so that growth is a reviewed change.
#[test]
fn tables_have_their_size() {
    use std::mem::size_of;
    let sizes = [
        size_of::<ai_almanac::Article>(),
        size_of::<ai_almanac::Section>(),
        size_of::<ai_almanac::Link>(),
        size_of::<ai_almanac::Source>(),
        size_of::<ai_almanac::Event>(),
        size_of::<ai_almanac::Category>(),
    ];
    if size_of::<usize>() == 8 {
        assert_eq!(sizes, [344, 104, 64, 48, 48, 128], "bytes of Article, Section, Link, Source, Event, Category");
    }
}
