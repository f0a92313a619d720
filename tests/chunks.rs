//! Chunks, of whatever articles are compiled: also run with other content (`ALMANAC_CONTENT`).

use std::collections::HashSet;

use ai_almanac::{Article, Chunk, Section, articles};

const LIMITS: [usize; 8] = [0, 1, 60, 200, 700, 2_000, 10_000, usize::MAX];

fn chunks_of(article: &Article, section: Option<&Section>, limit: usize) -> Vec<Chunk> {
    article.chunks(limit).filter(|chunk| chunk.section() == section).collect()
}

/// The lead and the sections, with their texts.
fn parts(
    article: &'static Article,
) -> impl Iterator<Item = (Option<&'static Section>, &'static str)> {
    let sections = article.sections().iter().map(|section| (Some(section), section.text()));
    std::iter::once((None, article.lead())).chain(sections)
}

#[test]
fn joined_they_are_the_text() {
    for article in articles() {
        for limit in LIMITS {
            let mut all = article.chunks(limit);
            for (section, text) in parts(article) {
                let mut rest = text;
                for chunk in chunks_of(article, section, limit) {
                    assert_eq!(all.next(), Some(chunk), "in document order");
                    assert_eq!(&article.text()[chunk.range()], chunk.text());
                    assert_eq!(chunk.article(), *article);
                    let at = rest.find(chunk.text()).expect("a part of what is left");
                    assert_eq!(rest[..at].trim(), "", "only white space is between chunks");
                    rest = &rest[at + chunk.text().len()..];
                }
                assert_eq!(rest.trim(), "", "{article}: nothing is left");
            }
            assert_eq!(all.next(), None);
        }
    }
}

#[test]
fn only_a_piece_exceeds_the_limit() {
    for article in articles() {
        let pieces: Vec<Chunk> = article.chunks(0).collect();
        let starts: HashSet<usize> = pieces.iter().map(|piece| piece.range().start).collect();
        let ends: HashSet<usize> = pieces.iter().map(|piece| piece.range().end).collect();
        for limit in LIMITS {
            for chunk in article.chunks(limit) {
                let text = chunk.text();
                assert!(!text.trim().is_empty());
                assert_eq!(chunk.exceeds_limit(), text.len() > limit, "{text}");
                assert!(!chunk.exceeds_limit() || pieces.contains(&chunk), "{text}");
                let range = chunk.range();
                assert!(starts.contains(&range.start) && ends.contains(&range.end), "{text}");
            }
        }
        let largest = article.chunks(usize::MAX);
        let texts = parts(article).filter(|(_, text)| !text.trim().is_empty());
        assert_eq!(largest.count(), texts.count(), "one chunk for each section with text");
    }
}

#[test]
fn rows_of_a_table_stay_together() {
    for article in articles() {
        for chunk in article.chunks(0) {
            let text = chunk.text();
            let range = chunk.range();
            let before = article.text()[..range.start].strip_suffix('\n');
            let line_before = before.and_then(|before| before.rsplit('\n').next());
            let cut = text.contains('\t') && line_before.is_some_and(|line| line.contains('\t'));
            assert!(!cut, "a table is cut before {text:?}");
        }
    }
}

#[test]
fn ids_are_unique_and_those_of_the_first_piece() {
    let mut pieces = HashSet::new();
    for piece in articles().iter().flat_map(|article| article.chunks(0)) {
        assert!(pieces.insert(piece.id().to_string()), "{:?} twice", piece.id());
    }
    for limit in LIMITS {
        let chunks = articles().iter().flat_map(|article| article.chunks(limit));
        let mut known = HashSet::new();
        for chunk in chunks {
            let id = chunk.id().to_string();
            assert!(pieces.contains(&id) && known.insert(id), "{:?}", chunk.id());
        }
    }
}

#[test]
fn sources_are_those_of_the_sections() {
    for article in articles() {
        // A source that only a footnote cites is the section's and no chunk's.
        let note = |line: &str| line.starts_with("[^") && line.matches("[^").count() > 1;
        let nested = article.markdown().lines().any(note);
        for limit in LIMITS {
            for (section, text) in parts(article).filter(|(_, text)| !text.trim().is_empty()) {
                let chunks = chunks_of(article, section, limit);
                for chunk in &chunks {
                    let mut known = HashSet::new();
                    assert!(chunk.sources().all(|source| known.insert(source)), "each once");
                }
                let mut cited: Vec<u32> =
                    chunks.iter().flat_map(Chunk::sources).map(|source| source.number()).collect();
                cited.sort_unstable();
                cited.dedup();
                if let Some(section) = section {
                    let own = section.sources().iter().map(|source| source.number());
                    let own: Vec<u32> = own.collect();
                    assert!(cited.iter().all(|number| own.contains(number)), "{section}: {text}");
                    assert!(nested || own == cited, "{section} of {article}: {text}");
                }
            }
        }
        // Citing text is in the text of a chunk: the numbers are in the Markdown of its section.
        let marks = article.markdown().matches("[^").count();
        assert!(article.chunks(0).map(|chunk| chunk.sources().count()).sum::<usize>() <= marks);
    }
}

#[test]
fn headings_lead_from_the_article_to_the_section() {
    for article in articles() {
        for chunk in article.chunks(700) {
            let mut around = Vec::new();
            let mut next = chunk.section();
            while let Some(section) = next {
                around.insert(0, section.title());
                next = section.parent();
            }
            around.insert(0, article.title());
            assert!(chunk.headings().eq(around.iter().copied()));
            let shown = format!("{}\n\n{}", around.join(" > "), chunk.text());
            assert_eq!(chunk.to_string(), shown);
        }
    }
}

#[test]
fn written_as_json_they_say_what_they_are() {
    for chunk in articles().iter().flat_map(|article| article.chunks(700)) {
        let sources = chunk.sources().map(|source| {
            serde_json::json!({
                "number": source.number(), "text": source.text(), "url": source.url(),
            })
        });
        let expected = serde_json::json!({
            "id": chunk.id().to_string(), "article": chunk.article().id(),
            "section": chunk.section().map(Section::anchor),
            "headings": chunk.headings().collect::<Vec<_>>(), "text": chunk.text(),
            "exceeds_limit": chunk.exceeds_limit(), "sources": sources.collect::<Vec<_>>(),
        });
        assert_eq!(serde_json::to_value(chunk).unwrap(), expected);
    }
}
