//! From the parsed article to the compiled static: every field, for the content that this build has
//! (`.ci/run` also runs it with `ALMANAC_CONTENT=tests/content`, which uses every field there is).

use std::path::Path;

use super::*;
use crate::document::plain;
use crate::resolve::{Almanac, SidebarItem as Item, Target as Linked};
use crate::schema::resolve::{Records, Resolved};
use crate::schema::{self, Field, Schema, Type};
use crate::stages::{declared, resolved};
use ai_almanac::{Record, SidebarItem, Target};

#[test]
fn every_field_arrives() {
    let root = option_env!("ALMANAC_CONTENT").filter(|root| !root.is_empty()).unwrap_or("content");
    let (folder, _) =
        ContentFolder::read(root, &Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(root));
    let (schema, _) = declared(&folder);
    let (almanac, _) = resolved(&folder, &schema, "");
    let (resolved, _) = schema::resolve::resolve(&almanac, &schema, folder.bytes());
    records(&schema, &resolved, &almanac);
    let all = <ai_almanac::Almanac as almanac_core::Almanac>::ARTICLES;
    assert_eq!(all.len(), almanac.articles.len());
    assert!(
        ai_almanac::articles()
            .iter()
            .zip(&almanac.articles)
            .all(|(found, article)| found.id() == article.id && !article.unlisted)
    );
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
        let questions: Vec<&str> =
            article.questions.iter().map(|question| question.value.as_str()).collect();
        assert_eq!(found.questions(), questions);
        assert_eq!(found.image(), article.image.as_deref());
        assert_eq!(
            found.last_update().map(|date| date.to_string()),
            article.last_update.map(|date| date.to_string())
        );
        assert_eq!(found.last_update_author(), article.last_update_author.as_deref());
        assert_eq!(found.review_by(), article.review);
        assert_eq!(found.unlisted(), article.unlisted);
        assert_eq!(found.previous(), article.previous.map(|at| all[at]));
        assert_eq!(found.next(), article.next.map(|at| all[at]));

        let document = &article.document;
        assert_eq!(found.sections().len(), document.sections.len());
        for (at, (section, parsed)) in found.sections().iter().zip(&document.sections).enumerate() {
            assert_eq!(section.article(), found);
            assert_eq!((section.level(), section.anchor()), (parsed.level, parsed.anchor.as_str()));
            assert_eq!(section.title(), plain(&parsed.title).trim());
            assert!(
                found
                    .section(section.anchor())
                    .is_some_and(|section| std::ptr::eq(section, &found.sections()[at]))
            );
            let parent = document.sections[..at].iter().rposition(|above| {
                above.level < parsed.level
                    && document.sections[..at]
                        .iter()
                        .rev()
                        .take_while(|near| !std::ptr::eq(*near, above))
                        .all(|near| near.level >= parsed.level)
            });
            assert_eq!(
                section.parent(),
                parent.map(|parent| &found.sections()[parent]),
                "{}",
                section.anchor()
            );
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
                (Target::Article(to), Linked::Article(at)) => assert_eq!(to, all[*at]),
                (Target::Section(to), Linked::Section(at, section)) => {
                    assert_eq!(to, &all[*at].sections()[*section])
                }
                (Target::Category(to), Linked::Category(at)) => {
                    assert_eq!(to, &ai_almanac::categories()[*at])
                }
                (Target::Web(url), Linked::Web(parsed)) => assert_eq!(url, parsed),
                (Target::Email(address), Linked::Email(parsed)) => assert_eq!(address, parsed),
                other => panic!("{other:?}"),
            }
        }
        let backlinks: Vec<_> =
            article.backlinks.iter().map(|(from, at)| &all[*from].links()[*at]).collect();
        assert_eq!(found.backlinks(), backlinks);

        assert_eq!(found.sources().len(), document.footnotes.len());
        for (at, (source, note)) in found.sources().iter().zip(&document.footnotes).enumerate() {
            assert_eq!(source.number() as usize, at + 1);
            let cited: Vec<_> =
                note.cited_in.iter().flatten().map(|section| &found.sections()[*section]).collect();
            assert_eq!(source.sections(), cited);
            for section in cited {
                assert!(section.sources().contains(&source));
            }
            assert_eq!(
                source.link().is_some(),
                note.links.iter().any(|link| article.targets[*link].is_some())
            );
        }
        let images = document.image_order.iter().map(|&number| &document.images[number]);
        let images: Vec<_> = images.filter(|image| !image.refused).collect();
        assert_eq!(found.images().len(), images.len());
        for (image, parsed) in found.images().iter().zip(images) {
            let asset = parsed.file.as_ref().map(|file| &almanac.assets[file]);
            assert_eq!(image.path(), parsed.file.as_ref().unwrap_or(&parsed.destination));
            assert_eq!((image.alt(), image.title()), (parsed.alt.trim(), parsed.title.as_deref()));
            let header = asset.map(|asset| asset.header);
            assert_eq!(image.media_type(), header.map(|header| header.media_type.mime()));
            let size = image.width().zip(image.height());
            assert_eq!(size, header.map(|header| (header.width, header.height)));
            let bytes = asset.map(|asset| asset.bytes.as_slice());
            assert_eq!(image.bytes(), bytes.filter(|_| schema.image_bytes));
            assert_eq!(image.article(), found);
        }
        assert_eq!(found.events().len(), article.events.len());
        for (event, parsed) in found.events().iter().zip(&article.events) {
            assert_eq!(
                (event.date().to_string(), event.text()),
                (parsed.date.to_string(), parsed.text.as_str())
            );
            assert_eq!(event.section(), &found.sections()[parsed.section]);
            let id = event.happening().and_then(|happening| happening.id());
            assert_eq!(
                id,
                parsed.id.as_ref().filter(|_| !article.unlisted).map(|id| id.value.as_str())
            );
            let numbers: Vec<_> =
                event.sources().iter().map(|source| source.number() as usize - 1).collect();
            assert_eq!(numbers, parsed.sources);
        }
    }

    assert_eq!(ai_almanac::categories().len(), almanac.categories.len());
    let item = |item: &Item| match *item {
        Item::Article(at) => SidebarItem::Article(all[at]),
        Item::Category(at) => SidebarItem::Category(&ai_almanac::categories()[at]),
    };
    for (found, category) in ai_almanac::categories().iter().zip(&almanac.categories) {
        assert_eq!(
            (found.id(), found.label(), found.description()),
            (category.id.as_str(), category.label.as_str(), category.description.as_deref())
        );
        assert_eq!(found.position(), category.position);
        assert_eq!(found.parent(), category.parent.map(|at| &ai_almanac::categories()[at]));
        assert_eq!(found.index(), category.index.map(|at| all[at]));
        assert_eq!(found.contents(), category.contents.iter().map(item).collect::<Vec<_>>());
    }
    assert_eq!(ai_almanac::contents(), almanac.contents.iter().map(item).collect::<Vec<_>>());
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
        let events: Vec<_> =
            parsed.events.iter().map(|&(at, number)| &all[at].events()[number]).collect();
        assert_eq!(found.events(), events);
        assert!(events.iter().all(|event| event.happening() == Some(found)));
    }
    let events: usize = ai_almanac::articles().iter().map(|article| article.events().len()).sum();
    assert_eq!(ai_almanac::events().len(), events);
}

/// Every value of every record, as the text that it displays as.
fn records(schema: &Schema, records: &Records, almanac: &Almanac) {
    let same = |found: &Record, record: &schema::resolve::Record| {
        let article = &almanac.articles[record.article];
        assert_eq!((found.id(), found.name()), (&*record.id, &*record.name));
        assert_eq!(found.article().id(), article.id);
        let sources = found.sources().iter().map(|source| source.number() as usize - 1);
        assert_eq!(sources.collect::<Vec<_>>(), record.sources);
    };
    let facts = |found: &'static Record, record: &schema::resolve::Record, fields: &[Field]| {
        same(found, record);
        let mut facts = found.facts();
        for (index, field) in fields.iter().enumerate() {
            let Some(value) = &record.values[index] else { continue };
            let fact = facts.next().expect("a fact for every value");
            assert_eq!((fact.field().key(), fact.label()), (&*field.key, &*field.label));
            assert_eq!(fact.value().to_string(), shown(value, &field.of, records, almanac));
            let sources = fact.sources().iter().map(|source| source.number() as usize - 1);
            assert_eq!(sources.collect::<Vec<_>>(), record.value_sources[index]);
        }
        assert!(facts.next().is_none());
    };
    for (kind, rows) in schema.profiles.iter().zip(&records.profiles) {
        for row in rows {
            let found = all()[row.article].profile_record().expect("a profile");
            assert_eq!(found.kind().name(), kind.name);
            facts(found, row, &kind.fields);
        }
    }
    let profiles = all().iter().filter(|article| article.profile().is_some()).count();
    assert_eq!(profiles, records.profiles.iter().flatten().count());
    for row in &records.fields {
        facts(all()[row.article].fields_record().expect("fields"), row, &schema.fields);
    }
    assert_eq!(ai_almanac::tables().len(), schema.tables.len());
    for ((table, kind), rows) in
        ai_almanac::tables().iter().zip(&schema.tables).zip(&records.tables)
    {
        assert_eq!((table.key(), table.label()), (&*kind.key, &*kind.heading));
        let listed = rows.iter().filter(|row| !almanac.articles[row.article].unlisted);
        assert_eq!(table.records().len(), listed.count());
        for (found, row) in table.records().zip(rows) {
            facts(found, row, &kind.fields);
            assert_eq!(found.section(), row.section.map(|at| &found.article().sections()[at]));
            assert_eq!(table.record(&row.id), Some(found));
        }
    }
}

fn all() -> &'static [&'static ai_almanac::Article] {
    <ai_almanac::Almanac as almanac_core::Almanac>::ARTICLES
}

fn shown(value: &Resolved, of: &Type, records: &Records, almanac: &Almanac) -> String {
    match value {
        Resolved::Text(text) | Resolved::Quantity(_, text) | Resolved::Mention(text, _) => {
            text.clone()
        }
        Resolved::Number(number) => number.to_string(),
        Resolved::Date(date) => date.to_string(),
        Resolved::Boolean(value) => if *value { "yes" } else { "no" }.to_owned(),
        Resolved::Choice(index) => match of {
            Type::Choice(words) => words[*index].clone(),
            _ => panic!("{of:?}"),
        },
        Resolved::Article(index) => almanac.articles[*index].title.clone(),
        Resolved::Record(index) => match of {
            Type::Record(table) => records.tables[*table][*index].name.clone(),
            _ => panic!("{of:?}"),
        },
        Resolved::List(values) => {
            let values: Vec<String> =
                values.iter().map(|value| shown(value, of, records, almanac)).collect();
            values.join(", ")
        }
    }
}
