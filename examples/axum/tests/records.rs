//! Records and facts: every one is answered, by table and by itself, for programs and for people.

use ai_almanac::{Record, articles, tables};
use almanac_axum::{routes, urls};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use tower::ServiceExt;

async fn fetch(path: &str) -> (StatusCode, String) {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let response = routes::app().oneshot(request).await.unwrap();
    let status = response.status();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

async fn json_of(path: &str) -> Value {
    let (status, body) = fetch(path).await;
    assert_eq!(status, StatusCode::OK, "{path}");
    serde_json::from_str(&body).unwrap()
}

/// As it was parsed: the last digit of a number may be another than the text has.
fn written(record: &Record) -> Value {
    serde_json::from_str(&serde_json::to_string(record).unwrap()).unwrap()
}

/// Returns a text as a page shows it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[tokio::test]
async fn every_table_and_record_is_answered() {
    let list = json_of("/records").await;
    assert_eq!(list.as_array().unwrap().len(), tables().len());
    let (_, page) = fetch("/records?format=html").await;
    for (entry, table) in list.as_array().unwrap().iter().zip(tables()) {
        assert_eq!((&entry["key"], &entry["label"]), (&json!(table.key()), &json!(table.label())));
        assert_eq!(entry["records"], table.records().len());
        assert_eq!(entry["kind"], serde_json::to_value(table.kind()).unwrap());
        assert!(page.contains(&format!("href=\"{}\"", urls::table(table))));

        let mut next = entry["url"].as_str().map(|url| format!("{url}?limit=50"));
        let mut records = Vec::new();
        while let Some(path) = next {
            let part = json_of(&path).await;
            assert_eq!(part["total"], table.records().len());
            records.extend(part["entries"].as_array().unwrap().clone());
            next = part["next"].as_str().map(str::to_owned);
        }
        let expected: Vec<Value> = table.records().map(written).collect();
        assert_eq!(records, expected);
        let (_, page) = fetch(&format!("{}?format=html&limit=1000", urls::table(table))).await;
        for record in table.records() {
            let path = urls::record(table, record);
            assert!(page.contains(&format!("href=\"{path}\"")), "{path}");
            assert_eq!(json_of(&path).await, written(record));
        }
    }
}

#[tokio::test]
async fn a_page_of_a_record_has_its_facts_and_sources() {
    let mut shown = 0;
    for table in tables() {
        for record in table.records().step_by(7) {
            let (_, page) = fetch(&format!("{}?format=html", urls::record(table, record))).await;
            for fact in record.facts() {
                assert!(page.contains(&format!("<dt>{}</dt>", escaped(fact.label()))), "{record}");
                if let ai_almanac::Value::Text(text) = fact.value() {
                    assert!(page.contains(&escaped(text)), "{record}: {text}");
                }
                for source in fact.sources() {
                    assert!(page.contains(&format!("<sup>[{}]</sup>", source.number())));
                }
                shown += 1;
            }
            for source in record.sources() {
                assert!(page.contains(&format!("[{}] ", source.number())), "{record}");
                assert!(page.contains(&escaped(source.text())), "{record}: {source}");
            }
            let section = record.section().unwrap();
            assert!(page.contains(&format!("href=\"{}\"", urls::place(section))));
        }
    }
    assert!(tables().is_empty() || shown > 50, "{shown} facts");
}

#[tokio::test]
async fn a_page_of_an_article_has_its_facts() {
    let mut shown = 0;
    for article in articles() {
        let (_, page) = fetch(&format!("{}?format=html", urls::article(article))).await;
        let facts: Vec<_> = article.facts().collect();
        assert_eq!(page.contains("<dl class=\"facts\">"), !facts.is_empty(), "{article}");
        for fact in &facts {
            assert!(page.contains(&format!("<dt>{}</dt>", escaped(fact.label()))), "{article}");
        }
        shown += facts.len();
    }
    assert!(shown > 100, "{shown} facts");
}

#[tokio::test]
async fn what_is_no_record_is_a_problem() {
    let table = urls::table(&tables()[0]);
    for (path, status) in [
        ("/records/nothing".to_owned(), StatusCode::NOT_FOUND),
        ("/records/nothing/at-all".to_owned(), StatusCode::NOT_FOUND),
        (format!("{table}/no%20such%20record"), StatusCode::NOT_FOUND),
        (format!("{table}/a/b"), StatusCode::NOT_FOUND),
        (format!("{table}/%ff"), StatusCode::BAD_REQUEST),
        (format!("{table}?limit=0"), StatusCode::BAD_REQUEST),
        (format!("{table}?what=1"), StatusCode::BAD_REQUEST),
    ] {
        let (answered, body) = fetch(&path).await;
        assert_eq!(answered, status, "{path}");
        let problem: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(problem["status"], status.as_u16(), "{path}: {body}");
    }
    let (_, body) = fetch("/records/nothing").await;
    assert!(body.contains(&format!("\"expected\":\"{}", tables()[0].key())), "{body}");
}
