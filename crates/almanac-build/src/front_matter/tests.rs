use super::*;
use crate::schema::Schema;
use crate::schema::value::Value;

fn schema() -> Schema {
    let (schema, faults) =
        crate::schema::read(include_str!("../../../../tests/content/_schema_.yml"), 0);
    assert!(faults.is_empty(), "{faults:?}");
    schema
}

use crate::fault::Severity;

fn read(yaml: &str) -> (FrontMatter, Vec<String>) {
    let (front, faults) = article(yaml, Some(0..yaml.len()), 0, &schema());
    let faults = faults
        .iter()
        .map(|fault| {
            format!(
                "{} `{}`: {}",
                fault.code.name(),
                &yaml[fault.place.as_ref().unwrap().span.clone()],
                fault.message
            )
        })
        .collect();
    (front, faults)
}

#[test]
fn every_field_is_read() {
    let (front, faults) = read(
        "id: x\ntitle: 2021\ndescription: d\nslug: /s\nsidebar_label: l\nsidebar_key: k\n\
        sidebar_class_name: c\nsidebar_position: \"2\"\n\
         keywords: [a, 1]\ntags: [t, {label: u, permalink: /u}]\nimage: /i.png\n\
         custom_edit_url: null\nhide_title: true\n\
         hide_table_of_contents: false\nparse_number_prefixes: false\ntoc_min_heading_level: 2\n\
         toc_max_heading_level: 4\n\
         pagination_next: null\npagination_prev: y\npagination_label: p\ndisplayed_sidebar: null\n\
         sidebar_custom_props: {a: b}\n\
         last_update: {author: me, date: 2024-05-06}\ndraft: false\nunlisted: true\n\
         profile: {kind: term, abbreviation: LLM}\n\
         review: 2027-01\nquestions: [What is x?, Why?]\n",
    );
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(front.title.unwrap().value, "2021");
    assert_eq!(front.sidebar_position.unwrap().value, 2.0);
    assert_eq!(front.keywords, ["a", "1"]);
    assert_eq!(front.tags, ["t", "u"]);
    assert!(matches!(front.pagination_next, Some(None)));
    assert_eq!(front.pagination_prev.unwrap().unwrap().value, "y");
    assert_eq!(front.last_update.unwrap().value.to_string(), "2024-05-06");
    assert!(front.unlisted && !front.draft);
    assert_eq!(front.review.unwrap().value.to_string(), "2027-01");
    let questions: Vec<&str> =
        front.questions.iter().map(|question| question.value.as_str()).collect();
    assert_eq!(questions, ["What is x?", "Why?"]);
}

#[test]
fn every_bad_value_is_reported_on_its_place() {
    let (_, faults) = read(
        "id: a/b\ntitle: null\nslug: ''\nsidebar_position: first\nkeywords: []\n\
        tags: [{label: x}]\nhide_title: maybe\n\
         toc_min_heading_level: 7\nlast_update: {date: 2024-02-30}\ndraft: true\nunlisted: true\n\
         sidebar_custom_props: no\n\
         image: 'javascript:x'\nsidebar_positon: 3\nauthor: me\ntitle: again\nreview: soon\n\
         questions: ['']\n",
    );
    assert_eq!(
        faults,
        [
            "unknown-key `sidebar_positon`: unknown key `sidebar_positon` in front matter",
            "unknown-key `author`: unknown key `author` in front matter",
            "duplicate-key `title`: `title` is given twice",
            "invalid-value `a/b`: an id can't hold `/`: the folder is part of it already",
            "invalid-value `null`: expected a text, found nothing",
            "invalid-value `''`: expected a text, found an empty one",
            "invalid-value `first`: expected a number, found a text",
            "invalid-value `[]`: expected at least one keyword",
            "invalid-value `{label: x}`: a tag is a text, or a map with `label` and `permalink`",
            "invalid-value `maybe`: expected `true` or `false`, found a text",
            "invalid-value `7`: expected a heading level from 2 to 6",
            "invalid-date `2024-02-30`: `2024-02-30`: that month has 29 days",
            "invalid-value `no`: expected a map of keys and values, found a text",
            "invalid-value `'javascript:x'`: `javascript:` links are unsafe",
            "invalid-date `soon`: `soon`: not a date: write 2019-08-23, 2019-08 or 2019",
            "invalid-value `''`: expected a text, found an empty one",
            "invalid-value `true`: an article is a draft or unlisted, not both",
        ]
    );
}

#[test]
fn unknown_keys_near_a_known_one_are_errors() {
    let yaml = "sidebar_positon: 3\nauthor: me\n";
    let (_, faults) = article(yaml, Some(0..yaml.len()), 0, &schema());
    assert_eq!(faults[0].severity, Severity::Error);
    assert_eq!(faults[0].suggestion.as_deref(), Some("sidebar_position"));
    assert_eq!(faults[1].severity, Severity::Warning);
}

#[test]
fn profiles_are_strict() {
    let (front, faults) = read(
        "profile: {kind: company, founded: 1987, headquarters: Shenzhen, country: CN, founders: \
        [Ren Zhengfei], leader: x, \
         ticker: y, website: https://www.huawei.com/}",
    );
    assert_eq!(faults, Vec::<String>::new());
    let country = Some(Value::Text("CN".to_owned()));
    assert!(matches!(front.profile, Some((0, row)) if row.values[2] == country));
    for (bad, fault) in [
        ("profile: {kind: compny}", "invalid-value `compny`: no profile is of the kind `compny`"),
        (
            "profile: {kind: person, founded: 1987}",
            "unknown-key `founded`: unknown key `founded` in a person profile",
        ),
        (
            "profile: {kind: company, country: cn}",
            "invalid-value `cn`: `cn` is not a country code of ISO 3166-1",
        ),
        (
            "profile: {kind: company, website: huawei}",
            "invalid-value `huawei`: expected a URL that begins with `https://`",
        ),
        (
            "profile: {kind: person, born: 1950, died: 1949}",
            "invalid-value `1949`: 1949 is before 1950, the date of `born`",
        ),
        (
            "profile: {kind: term, also_called: x}",
            "invalid-value `x`: expected a list of texts, found a text",
        ),
        ("profile: [x]", "invalid-value `[x]`: expected a map with `kind`, found a list"),
        (
            "profile: {born: 1950}",
            "invalid-value `{born: 1950}`: a profile needs a `kind`: one of `company`, `person`, \
            `term`",
        ),
    ] {
        assert_eq!(read(bad).1, [fault], "{bad}");
    }
}

#[test]
fn category_files_are_strict() {
    let text = "label: Companies\nposition: 6\nlink: {type: generated-index, description: d}\n";
    let (metadata, faults) = category(text, 0);
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(metadata.label.as_deref(), Some("Companies"));
    assert!(matches!(metadata.link, CategoryLink::Generated { slug: None }));
    let json = "{\n\t\"label\": \"Companies\", \"link\": {\"type\": \"doc\", \"id\": \"intro\"}\n}";
    let (metadata, faults) = category(json, 0);
    assert!(faults.is_empty(), "{faults:?}");
    assert!(matches!(metadata.link, CategoryLink::Article(id) if id.value == "intro"));
    let (_, faults) = category("labl: x\nother: y\nlink: {type: page}\nposition: .inf\n", 0);
    assert_eq!(faults.iter().filter(|fault| fault.severity == Severity::Error).count(), 4);
    for (written, found) in [("1e400", "inf"), ("-.inf", "-inf"), (".nan", "NaN")] {
        let (_, faults) = category(&format!("position: {written}\n"), 0);
        let expected = format!("expected a number up to 1.7976931348623157e308, found {found}");
        assert_eq!(faults.iter().map(|fault| &fault.message).collect::<Vec<_>>(), [&expected]);
    }
}
