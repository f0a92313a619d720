//! The export form: every value is the accessor's, every key is where other programs look for it.

use ai_almanac::{ArticleId, Source, Target, articles, categories, happenings, tables};
use serde_json::{Value, json};

#[test]
fn articles_are_written_with_all_their_keys_in_order() {
    for article in articles().iter().copied() {
        let text = serde_json::to_string(article).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        let keys = [
            "id",
            "title",
            "heading",
            "description",
            "category",
            "position",
            "permalink",
            "source_path",
            "tags",
            "keywords",
            "questions",
            "word_count",
            "reading_minutes",
            "lead",
            "sections",
            "links",
            "backlinks",
            "previous",
            "next",
        ];
        let mut at = 0;
        for key in keys {
            let found = text[at..].find(&format!("\"{key}\":"));
            at += found
                .unwrap_or_else(|| panic!("{key} is missing or out of order in {}", article.id()));
        }
        assert_eq!(value["id"], article.id());
        assert_eq!(value["title"], article.title());
        assert_eq!(value["heading"], json!(article.heading()));
        assert_eq!(value["description"], article.description());
        assert_eq!(value["category"], json!(article.category().map(|category| category.id())));
        assert_eq!(value["position"].as_f64(), article.position());
        assert_eq!(value["permalink"], article.permalink());
        assert_eq!(value["source_path"], article.source_path());
        assert_eq!(value["tags"], json!(article.tags()));
        assert_eq!(value["keywords"], json!(article.keywords()));
        assert_eq!(value["questions"], json!(article.questions()));
        assert_eq!(value["image"], json!(article.image()));
        assert_eq!(value["word_count"], article.word_count());
        assert_eq!(value["reading_minutes"], article.reading_minutes());
        assert_eq!(value["lead"], article.lead());
        assert_eq!(value["text"], article.text());
        assert_eq!(value["html"], article.html());
        assert_eq!(value["markdown"], article.markdown());
        assert_eq!(value["previous"], json!(article.previous().map(|article| article.id())));
        assert_eq!(value["next"], json!(article.next().map(|article| article.id())));
        assert_eq!(value["sidebar_label"], article.sidebar_label());
        assert_eq!(value["unlisted"], article.unlisted());
        assert_eq!(value["last_update"], json!(article.last_update().map(|date| date.to_string())));
        assert_eq!(value["review"], json!(article.review_by().map(|date| date.to_string())));
        assert_eq!(value["last_update_author"], json!(article.last_update_author()));
        assert_eq!(value["profile"].is_null(), article.profile().is_none());

        assert_eq!(value["sections"].as_array().unwrap().len(), article.sections().len());
        for (written, section) in
            value["sections"].as_array().unwrap().iter().zip(article.sections())
        {
            let sources = section.sources().iter().map(|source| source.number());
            let expected = json!({
                "level": section.level(), "title": section.title(), "anchor": section.anchor(),
                "text": section.text(), "html": section.html(),
                "markdown": section.markdown(),
                "parent": section.parent().map(|parent| parent.anchor()),
                "sources": sources.collect::<Vec<_>>(),
            });
            assert_eq!(*written, expected);
        }
        assert_eq!(value["links"].as_array().unwrap().len(), article.links().len());
        for (written, link) in value["links"].as_array().unwrap().iter().zip(article.links()) {
            let expected = json!({
                "text": link.text(), "title": link.title(), "target": target(link.target()),
                "section": link.section().map(|section| section.anchor()),
            });
            assert_eq!(*written, expected);
        }
        let mut backlinks: Vec<&str> =
            article.backlinks().iter().map(|link| link.article().id()).collect();
        backlinks.dedup();
        assert_eq!(value["backlinks"], json!(backlinks));
        for (written, source) in value["sources"].as_array().unwrap().iter().zip(article.sources())
        {
            assert_eq!(written["number"], source.number());
            assert_eq!(written["text"], source.text());
            assert_eq!(written["target"], json!(source.link().map(|link| target(link.target()))));
            assert_eq!(
                written["sections"],
                json!(source.sections().iter().map(|section| section.anchor()).collect::<Vec<_>>())
            );
        }
        assert_eq!(value["images"].as_array().unwrap().len(), article.images().len());
        for (written, image) in value["images"].as_array().unwrap().iter().zip(article.images()) {
            let expected = json!({
                "path": image.path(), "alt": image.alt(), "title": image.title(),
                "media_type": image.media_type(),
                "width": image.width(), "height": image.height(),
            });
            assert_eq!(*written, expected);
        }
        for (written, event) in value["events"].as_array().unwrap().iter().zip(article.events()) {
            assert_eq!(written["date"], event.date().to_string());
            assert_eq!(written["text"], event.text());
            assert_eq!(written["section"], event.section().anchor());
            assert_eq!(
                written["sources"],
                json!(event.sources().iter().map(|source| source.number()).collect::<Vec<_>>())
            );
            assert_eq!(
                written["happening"],
                json!(event.happening().and_then(|happening| happening.id()))
            );
        }
    }
}

fn target(target: Target) -> Value {
    match target {
        Target::Article(article) => json!({ "article": article.id() }),
        Target::Section(section) => {
            json!({ "section": { "article": section.article().id(), "anchor": section.anchor() } })
        }
        Target::Category(category) => json!({ "category": category.id() }),
        Target::Web(url) => json!({ "web": url }),
        Target::Email(address) => json!({ "email": address }),
    }
}

/// A whole number has no fraction.
fn position(position: f64) -> serde_json::Value {
    if position.fract() == 0.0 && position.abs() < 9e18 {
        json!(position as i64)
    } else {
        json!(position)
    }
}

#[test]
fn happenings_are_written_with_all_that_tells_them() {
    for happening in happenings() {
        let events = happening.events().iter().map(|event| {
            json!({
                "article": event.article().id(), "section": event.section().anchor(),
                "text": event.text()
            })
        });
        let expected = json!({
            "id": happening.id(), "date": happening.date().to_string(),
            "events": events.collect::<Vec<_>>(),
        });
        assert_eq!(serde_json::to_value(happening).unwrap(), expected);
    }
}

/// A value of a record as the export form has it.
fn value(value: ai_almanac::Value) -> Value {
    use almanac_core::Value as Stored;

    match value {
        Stored::Text(text) | Stored::Url(text) => json!(text),
        Stored::Number(number) => position(number),
        Stored::Quantity(quantity) => json!({
            "value": position(quantity.value()), "unit": quantity.unit(), "text": quantity.text(),
        }),
        Stored::Date(date) => json!(date.to_string()),
        Stored::Boolean(value) => json!(value),
        Stored::Article(article) => json!(article.id()),
        Stored::Mention(mention) => json!({
            "text": mention.text(), "article": mention.article().map(|article| article.id()),
        }),
        Stored::Record(record) => json!(record.id()),
        Stored::List(values) => values.map(self::value).collect(),
        other => panic!("{other} is new"),
    }
}

fn numbers(sources: &[&Source]) -> Vec<u32> {
    sources.iter().map(|source| source.number()).collect()
}

#[test]
fn records_are_written_with_all_their_values_and_sources() {
    let mut given = 0;
    for table in tables() {
        let fields = table.kind().fields();
        for record in table.records() {
            let values = fields.iter().map(|field| {
                let absent = if field.is_list() { json!([]) } else { Value::Null };
                let fact = record.fact(field.key());
                (field.key().to_owned(), fact.map_or(absent, |fact| value(fact.value())))
            });
            let cited = record.facts().filter(|fact| !fact.sources().is_empty());
            let cited =
                cited.map(|fact| (fact.field().key().to_owned(), json!(numbers(fact.sources()))));
            let expected = json!({
                "id": record.id(), "name": record.name(), "article": record.article().id(),
                "section": record.section().unwrap().anchor(),
                "values": values.collect::<serde_json::Map<_, _>>(),
                "sources": numbers(record.sources()),
                "value_sources": cited.collect::<serde_json::Map<_, _>>(),
            });
            let mut written = serde_json::to_value(record).unwrap();
            // A cell without a value may still say where one looked for it: that is no fact.
            let of_values = written["value_sources"].as_object_mut().unwrap();
            of_values.retain(|key, numbers| {
                let cited = numbers.as_array().unwrap();
                assert!(
                    cited.iter().all(|one| expected["sources"].as_array().unwrap().contains(one))
                );
                record.fact(key).is_some()
            });
            assert_eq!(written, expected);
            given += record.facts().count();
        }
    }
    assert!(given > 500, "{given} values were compared");
}

/// Written out, without asking the accessors: a date, a quantity, a list, references to an article
/// and to a record, a choice, and what isn't there.
#[test]
fn a_record_is_written_as_other_programs_read_it() {
    let models = tables().iter().find(|table| table.key() == "models").unwrap();
    let written = serde_json::to_value(models.record("gpt-3-5-turbo").unwrap()).unwrap();
    let values = json!({
        "model": "GPT-3.5 Turbo", "maker": { "text": "OpenAI", "article": "companies/openai" },
        "announced": "2023-03-01", "retired": "2026-10-23", "replaced_by": "gpt-5-6-terra",
        "parameters": null, "active_parameters": null,
        "context": { "value": 16000, "unit": "tokens", "text": "16k" },
        "input": ["text"], "output": ["text"], "weights": "closed", "licence": null,
        "training_compute": null, "compute_basis": null,
    });
    assert_eq!(written["values"], values);
    assert_eq!((&written["id"], &written["name"]), (&json!("gpt-3-5-turbo"), &values["model"]));
    assert_eq!(
        (&written["article"], &written["section"]),
        (&json!("models/chatgpt"), &json!("models"))
    );
}

#[test]
fn categories_are_written_with_ids() {
    for category in categories() {
        let inner = category.categories().iter().map(|category| category.id());
        let expected = json!({
            "id": category.id(), "label": category.label(), "description": category.description(),
            "position": category.position().map(position),
            "parent": category.parent().map(|parent| parent.id()),
            "categories": inner.collect::<Vec<_>>(),
            "articles": category.articles().iter().map(|article| article.id()).collect::<Vec<_>>(),
            "index": category.index().map(|article| article.id()),
            "permalink": category.permalink(),
        });
        assert_eq!(serde_json::to_value(category).unwrap(), expected);
    }
}

#[test]
fn positions_have_no_fraction_when_they_are_whole() {
    assert!(
        serde_json::to_string(&ai_almanac::companies::HUAWEI).unwrap().contains("\"position\":9,")
    );
    assert!(
        serde_json::to_string(&ai_almanac::companies::NVIDIA)
            .unwrap()
            .contains("\"position\":8.5,")
    );
}

#[test]
fn ids_go_out_and_come_back() {
    for article in articles().iter().copied() {
        let id = ArticleId::from(article);
        let text = serde_json::to_string(&id).unwrap();
        assert_eq!(text, format!("\"{}\"", article.id()));
        assert_eq!(serde_json::from_str::<ArticleId>(&text).unwrap(), id);
    }
    let error = serde_json::from_str::<ArticleId>("\"companies/huawie\"").unwrap_err().to_string();
    assert!(
        error.starts_with(
            "no article has the id `companies/huawie`; did you mean `companies/huawei`?"
        ),
        "{error}"
    );
    let error =
        serde_json::from_str::<ArticleId>("\"nothing like it at all\"").unwrap_err().to_string();
    assert!(error.starts_with("no article has the id `nothing like it at all` at"), "{error}");
}

/// Debug output says what there is and leaves bytes out.
#[test]
fn debug_says_what_there_is() {
    let article = articles().iter().find(|article| !article.images().is_empty()).unwrap();
    let shown = format!("{article:?}");
    for part in [
        format!("images: {}", article.images().len()),
        format!("questions: {}", article.questions().len()),
        format!("review: {:?}", article.review_by()),
    ] {
        assert!(shown.contains(&part), "{part} in {shown}");
    }
    let image = &article.images()[0];
    let shown = format!("{image:?}");
    for part in [
        format!("article: {:?}", article.id()),
        format!("path: {:?}", image.path()),
        format!("alt: {:?}", image.alt()),
        format!("media_type: {:?}", image.media_type()),
        format!("width: {:?}, height: {:?}", image.width(), image.height()),
    ] {
        assert!(shown.contains(&part), "{part} in {shown}");
    }
    let bytes = image.bytes().map_or(0, <[u8]>::len);
    assert!(bytes > 1_000 && shown.len() < 1_000, "{bytes} bytes, shown in {}", shown.len());
    let happening = happenings().iter().find(|happening| happening.events().len() > 1).unwrap();
    let shown = format!("{happening:?}");
    assert!(shown.contains(&format!("id: {:?}", happening.id())), "{shown}");
    let told = format!("happening: {:?}", happening.id());
    assert_eq!(shown.matches(&told).count(), happening.events().len(), "{shown}");
}
