//! From the parsed article to the compiled static: every field, for the content that this build has (`.ci/run` also runs it
//! with `ALMANAC_CONTENT=tests/content`, which uses every field there is).

use std::path::Path;

use super::*;
use crate::resolve::{Entry, Target as Resolved};
use crate::stages::resolved;
use crate::{document::plain, front_matter};
use ai_almanac::{Content, Profile, Target};

#[test]
fn every_field_arrives() {
    let root = option_env!("ALMANAC_CONTENT").filter(|root| !root.is_empty()).unwrap_or("content");
    let (source, _) = ContentFolder::read(root, &Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(root));
    let (almanac, _) = resolved(&source, "");
    let all = <ai_almanac::Almanac as almanac_core::Almanac>::ARTICLES;
    assert_eq!(all.len(), almanac.articles.len());
    assert!(ai_almanac::articles().iter().zip(&almanac.articles).all(|(found, article)| found.id() == article.id && !article.unlisted));
    for (found, article) in all.iter().copied().zip(&almanac.articles) {
        assert_eq!(ai_almanac::get(&article.id), Some(found));
        assert_eq!(found.id(), article.id);
        assert_eq!(found.title(), article.title);
        assert_eq!(found.heading(), article.heading.as_deref());
        assert_eq!(found.sidebar_label(), article.sidebar_label);
        assert_eq!(found.description(), article.description);
        assert_eq!(found.category(), article.category.map(|at| &ai_almanac::categories()[at]));
        assert_eq!(found.position(), article.position);
        assert_eq!(found.permalink(), article.permalink);
        assert_eq!(found.source_path(), article.path);
        assert_eq!(found.tags(), article.tags);
        assert_eq!(found.keywords(), article.keywords);
        let questions: Vec<&str> = article.questions.iter().map(|question| question.value.as_str()).collect();
        assert_eq!(found.questions(), questions);
        assert_eq!(found.image(), article.image.as_deref());
        assert_eq!(found.last_update().map(|date| date.to_string()), article.last_update.map(|date| date.to_string()));
        assert_eq!(found.last_update_author(), article.last_update_author.as_deref());
        assert_eq!(found.review_by(), article.review);
        assert_eq!(found.unlisted(), article.unlisted);
        assert_eq!(found.previous(), article.previous.map(|at| all[at]));
        assert_eq!(found.next(), article.next.map(|at| all[at]));
        profile(found.profile(), article.profile.as_ref());

        let document = &article.document;
        assert_eq!(found.sections().len(), document.sections.len());
        for (at, (section, parsed)) in found.sections().iter().zip(&document.sections).enumerate() {
            assert_eq!(section.article(), found);
            assert_eq!((section.level(), section.anchor()), (parsed.level, parsed.anchor.as_str()));
            assert_eq!(section.title(), plain(&parsed.title).trim());
            assert!(found.section(section.anchor()).is_some_and(|section| std::ptr::eq(section, &found.sections()[at])));
            let parent = document.sections[..at].iter().rposition(|above| {
                above.level < parsed.level
                    && document.sections[..at]
                        .iter()
                        .rev()
                        .take_while(|near| !std::ptr::eq(*near, above))
                        .all(|near| near.level >= parsed.level)
            });
            assert_eq!(section.parent(), parent.map(|parent| &found.sections()[parent]), "{}", section.anchor());
            for inner in section.subsections() {
                let mut above = inner.parent();
                while above.is_some_and(|above| above != section) {
                    above = above.unwrap().parent();
                }
                assert_eq!(above, Some(section));
            }
            assert!(section.links().iter().all(|link| link.section() == Some(section)));
            assert!(found.text().contains(section.text()) && found.html().contains(section.html()));
            assert!(found.markdown().contains(section.markdown()));
        }
        assert!(found.text().starts_with(found.lead()));

        let links: Vec<_> = article.links().collect();
        assert_eq!(found.links().len(), links.len());
        for (link, (number, target)) in found.links().iter().zip(links) {
            let parsed = &document.links[number];
            assert_eq!(link.article(), found);
            assert_eq!(link.section(), parsed.section.map(|at| &found.sections()[at]));
            assert_eq!(link.title(), parsed.title.as_deref());
            match (link.target(), target) {
                (Target::Article(to), Resolved::Article(at)) => assert_eq!(to, all[*at]),
                (Target::Section(to), Resolved::Section(at, section)) => assert_eq!(to, &all[*at].sections()[*section]),
                (Target::Web(url), Resolved::Web(parsed)) => assert_eq!(url, parsed),
                (Target::Email(address), Resolved::Email(parsed)) => assert_eq!(address, parsed),
                other => panic!("{other:?}"),
            }
        }
        let backlinks: Vec<_> = article.backlinks.iter().map(|(from, at)| &all[*from].links()[*at]).collect();
        assert_eq!(found.backlinks(), backlinks);

        assert_eq!(found.sources().len(), document.footnotes.len());
        for (at, (source, note)) in found.sources().iter().zip(&document.footnotes).enumerate() {
            assert_eq!(source.number() as usize, at + 1);
            let cited: Vec<_> = note.cited_in.iter().flatten().map(|section| &found.sections()[*section]).collect();
            assert_eq!(source.sections(), cited);
            for section in cited {
                assert!(section.sources().contains(&source));
            }
            assert_eq!(source.link().is_some(), note.links.iter().any(|link| article.targets[*link].is_some()));
        }
        let images = crate::assets::shown(&article.document);
        let images = images.into_iter().map(|(number, alt)| (&document.images[number], alt));
        let images: Vec<_> = images.filter(|(image, _)| !image.refused).collect();
        assert_eq!(found.images().len(), images.len());
        for (image, (parsed, alt)) in found.images().iter().zip(images) {
            let asset = parsed.file.as_ref().map(|file| &almanac.assets[file]);
            assert_eq!(image.path(), parsed.file.as_ref().unwrap_or(&parsed.destination));
            assert_eq!((image.alt(), image.title()), (alt.as_str(), parsed.title.as_deref()));
            let header = asset.map(|asset| asset.header);
            assert_eq!(image.media_type(), header.map(|header| header.media_type.mime()));
            let size = image.width().zip(image.height());
            assert_eq!(size, header.map(|header| (header.width, header.height)));
            if let Some(bytes) = image.bytes() {
                assert_eq!(asset.map(|asset| asset.bytes.as_slice()), Some(bytes));
            }
            assert_eq!(image.article(), found);
        }
        assert_eq!(found.events().len(), article.events.len());
        for (event, parsed) in found.events().iter().zip(&article.events) {
            assert_eq!((event.date().to_string(), event.text()), (parsed.date.to_string(), parsed.text.as_str()));
            assert_eq!(event.section(), &found.sections()[parsed.section]);
            let id = event.happening().and_then(|happening| happening.id());
            assert_eq!(id, parsed.id.as_ref().filter(|_| !article.unlisted).map(|id| id.value.as_str()));
            let numbers: Vec<_> = event.sources().iter().map(|source| source.number() as usize - 1).collect();
            assert_eq!(numbers, parsed.sources);
        }
    }

    assert_eq!(ai_almanac::categories().len(), almanac.categories.len());
    let content = |entry: &Entry| match *entry {
        Entry::Article(at) => Content::Article(all[at]),
        Entry::Category(at) => Content::Category(&ai_almanac::categories()[at]),
    };
    for (found, category) in ai_almanac::categories().iter().zip(&almanac.categories) {
        assert_eq!(
            (found.id(), found.label(), found.description()),
            (category.id.as_str(), category.label.as_str(), category.description.as_deref())
        );
        assert_eq!(found.position(), category.position);
        assert_eq!(found.parent(), category.parent.map(|at| &ai_almanac::categories()[at]));
        assert_eq!(found.index(), category.index.map(|at| all[at]));
        assert_eq!(found.contents(), category.contents.iter().map(content).collect::<Vec<_>>());
    }
    assert_eq!(ai_almanac::contents(), almanac.contents.iter().map(content).collect::<Vec<_>>());
    let newest = almanac.articles.iter().filter_map(|article| article.last_update).max();
    assert_eq!(ai_almanac::EDITION, newest);
    for article in ai_almanac::articles() {
        if let Some(date) = article.review_by() {
            assert!(ai_almanac::stale(date).contains(article));
        }
    }
    assert_eq!(ai_almanac::happenings().len(), almanac.happenings.len());
    for (found, parsed) in ai_almanac::happenings().iter().zip(&almanac.happenings) {
        assert_eq!((found.id(), found.date()), (parsed.id.as_deref(), parsed.date));
        let events: Vec<_> = parsed.events.iter().map(|&(at, number)| &all[at].events()[number]).collect();
        assert_eq!(found.events(), events);
        assert!(events.iter().all(|event| event.happening() == Some(found)));
    }
    let events: usize = ai_almanac::articles().iter().map(|article| article.events().len()).sum();
    assert_eq!(ai_almanac::events().len(), events);
}

fn profile(found: Option<&'static Profile>, parsed: Option<&front_matter::Profile>) {
    let date = |found: Option<ai_almanac::Date>, parsed: &Option<ai_almanac::Date>| {
        assert_eq!(found.map(|date| date.to_string()), parsed.map(|date| date.to_string()));
    };
    match (found, parsed) {
        (None, None) => {}
        (
            Some(Profile::Company(found)),
            Some(front_matter::Profile::Company { founded, headquarters, country, founders, leader, ticker, website }),
        ) => {
            date(found.founded(), founded);
            assert_eq!(found.headquarters(), headquarters.as_deref());
            assert_eq!(found.country(), country.as_deref());
            assert_eq!(found.founders(), founders);
            assert_eq!(found.leader(), leader.as_deref());
            assert_eq!(found.ticker(), ticker.as_deref());
            assert_eq!(found.website(), website.as_deref());
        }
        (Some(Profile::Person(found)), Some(front_matter::Profile::Person { born, died, nationality, known_for })) => {
            date(found.born(), born);
            date(found.died(), died);
            assert_eq!(found.nationality(), nationality);
            assert_eq!(found.known_for(), known_for);
        }
        (Some(Profile::Term(found)), Some(front_matter::Profile::Term { abbreviation, also_called })) => {
            assert_eq!(found.abbreviation(), abbreviation.as_deref());
            assert_eq!(found.also_called(), also_called);
        }
        other => panic!("{other:?}"),
    }
}
