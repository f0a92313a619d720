//! The service without sockets: what it answers to what.

mod anything;
mod errors;

use std::io::Read;
use std::sync::LazyLock;
use std::time::Duration;

use ai_almanac::{articles, happenings};
use almanac_axum::{limits, routes};
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, Uri, header};
use axum::routing::get;
use proptest::prelude::*;
use serde_json::{Value, json};
use tower::ServiceExt;

static APP: LazyLock<Router> = LazyLock::new(routes::app);

struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Reply {
    fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

async fn ask(app: &Router, request: Request<Body>) -> Reply {
    let (parts, body) = app.clone().oneshot(request).await.unwrap().into_parts();
    Reply {
        status: parts.status,
        headers: parts.headers,
        body: to_bytes(body, usize::MAX).await.unwrap(),
    }
}

async fn fetch(path: &str, headers: &[(&str, &str)]) -> Reply {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    ask(&APP, request.body(Body::empty()).unwrap()).await
}

/// An article to try things on.
fn some() -> &'static ai_almanac::Article {
    articles().iter().find(|article| article.sections().len() > 2).unwrap()
}

fn path() -> String {
    almanac_axum::urls::article(some())
}

// ---- the routes ---------------------------------------------------------------------------------

#[tokio::test]
async fn articles_and_sections_are_in_the_export_form() {
    for article in articles() {
        let reply = fetch(&almanac_axum::urls::article(article), &[]).await;
        assert_eq!(
            (reply.status, reply.header(header::CONTENT_TYPE)),
            (StatusCode::OK, "application/json")
        );
        assert_eq!(reply.json(), serde_json::to_value(article).unwrap());
        for section in article.sections() {
            let reply = fetch(&almanac_axum::urls::section(section), &[]).await;
            assert_eq!(reply.json(), serde_json::to_value(section).unwrap());
        }
    }
}

#[tokio::test]
async fn ends_of_paths_and_slashes_that_are_escaped() {
    let id = some().id();
    for (path, html) in [
        (format!("/articles/{id}.json"), false),
        (format!("/articles/{id}.html"), true),
        (format!("/articles/{}", id.replace('/', "%2F")), false),
        (format!("/articles/{id}.json?format=html"), true),
        (format!("/articles/{id}?format=html"), true),
        (format!("/sections/{id}.html?anchor={}", some().sections()[0].anchor()), true),
    ] {
        let reply = fetch(&path, &[]).await;
        assert_eq!(
            (reply.status, reply.header(header::CONTENT_TYPE).starts_with("text/html")),
            (StatusCode::OK, html),
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_index_and_the_list_have_every_article() {
    let index = fetch("/?format=html", &[]).await;
    for article in articles() {
        assert!(
            index.text().contains(&format!("href=\"{}\"", almanac_axum::urls::article(article))),
            "{}",
            article.id()
        );
    }
    let (mut next, mut ids) = (Some("/articles?limit=7".to_owned()), Vec::new());
    while let Some(path) = next {
        let part = fetch(&path, &[]).await.json();
        assert_eq!(part["total"], articles().len());
        ids.extend(
            part["entries"]
                .as_array()
                .unwrap()
                .iter()
                .map(|entry| entry["id"].as_str().unwrap().to_owned()),
        );
        next = part["next"].as_str().map(str::to_owned);
    }
    assert_eq!(ids, articles().iter().map(|article| article.id()).collect::<Vec<_>>());
    assert_eq!(
        fetch("/articles?offset=18446744073709551615", &[]).await.json()["entries"],
        json!([])
    );
}

#[tokio::test]
async fn events_between_dates() {
    let count = async |query: &str| {
        fetch(&format!("/events{query}"), &[]).await.json()["total"].as_u64().unwrap() as usize
    };
    let of = |year: u16| happenings().iter().filter(|event| event.date().year() == year).count();
    let year = happenings()[happenings().len() / 2].date().year();
    assert!(of(year) > 0);
    assert_eq!(count("").await, happenings().len());
    assert_eq!(count(&format!("?from={year}&to={year}")).await, of(year));
    assert_eq!(
        count(&format!("?from={year}-01-01&to={year}-12-31")).await,
        of(year),
        "a bare year lies in its year"
    );
    assert_eq!(
        count(&format!("?to={}", year - 1)).await + count(&format!("?from={year}")).await,
        happenings().len()
    );
    let article = articles().iter().find(|article| article.events().len() > 3).unwrap();
    assert_eq!(count(&format!("?article={}", article.id())).await, article.events().len());
    let part = fetch(&format!("/events?article={}&limit=2", article.id()), &[]).await.json();
    assert_eq!(part["entries"][0]["article"], article.id());
    assert_eq!(part["entries"][1]["text"], article.events()[1].text());
    assert_eq!(
        fetch(part["next"].as_str().unwrap(), &[]).await.json()["entries"][0]["text"],
        article.events()[2].text()
    );
}

#[tokio::test]
async fn search_finds_what_the_library_finds() {
    let reply = fetch("/search?q=neural+network%20layers&limit=3", &[]).await.json();
    let hits: Vec<_> = ai_almanac::search("neural network layers").collect();
    assert_eq!(reply["total"], hits.len());
    assert_eq!(reply["hits"].as_array().unwrap().len(), 3);
    for (found, hit) in reply["hits"].as_array().unwrap().iter().zip(&hits) {
        assert_eq!(found["article"], hit.article().id());
        assert_eq!(found["snippet"], hit.snippet().text());
    }
    let page = fetch("/search?q=neural+%3Cb%3E%22&format=html", &[]).await;
    assert!(page.text().contains("value=\"neural &lt;b&gt;&quot;\""));
    let marked = &hits[0].snippet().text()[hits[0].snippet().highlights()[0].clone()];
    let page = fetch("/search?q=neural+network%20layers&limit=1&format=html", &[]).await;
    assert!(page.text().contains(&format!("<mark>{marked}</mark>")));
    assert_eq!(fetch("/search?q=", &[]).await.json()["total"], 0);
    let reply = fetch("/search?q=in:nope+neural", &[]).await.json();
    assert_eq!(reply["unknown_filters"], json!(["nope"]));
    assert_eq!((&reply["total"], &reply["truncated"]), (&json!(0), &json!(false)));
    let page = fetch("/search?q=in:%3Cb%3E&format=html", &[]).await;
    assert!(page.text().contains("No folder and no article has the id “&lt;b&gt;”."));
    // Words that are written together count too.
    let joined = ["neural"; 33].join("-");
    let reply = fetch(&format!("/search?q={joined}"), &[]).await.json();
    assert_eq!(reply["truncated"], true);
    let page = fetch(&format!("/search?q={joined}&format=html"), &[]).await;
    assert!(page.text().contains("only its beginning was read"));
    let reply = fetch("/search?q=in:companies&limit=100", &[]).await.json();
    let companies =
        ai_almanac::articles().iter().filter(|article| article.id().starts_with("companies/"));
    assert_eq!(reply["total"], companies.count());
    // A query that the search reads to its end is not refused.
    for full in ["x+".repeat(32), "é".repeat(500).replace('é', "%C3%A9")] {
        assert_eq!(fetch(&format!("/search?q={full}"), &[]).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn health_style_and_permalinks() {
    let health = fetch("/healthz", &[]).await;
    assert_eq!(
        (health.json()["status"].clone(), health.header(header::CACHE_CONTROL)),
        (json!("ok"), "no-store")
    );
    assert_eq!(
        fetch("/style.css", &[]).await.header(header::CONTENT_TYPE),
        "text/css; charset=utf-8"
    );
    let moved = fetch(&almanac_axum::urls::encode(some().permalink()), &[]).await;
    assert_eq!(
        (moved.status, moved.header(header::LOCATION)),
        (StatusCode::TEMPORARY_REDIRECT, &*path())
    );
}

/// The images that articles show stand at their paths, and do nothing when they are opened.
#[tokio::test]
async fn images_are_files() {
    let mut images = articles().iter().flat_map(|article| article.images()).peekable();
    assert!(images.peek().is_some(), "articles have images");
    for image in images {
        let path = format!("/{}", image.path());
        let path = almanac_axum::urls::encode(&path);
        let reply = fetch(&path, &[]).await;
        let Some(bytes) = image.bytes() else {
            assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}");
            continue;
        };
        assert_eq!(reply.status, StatusCode::OK, "{path}");
        assert_eq!(Some(reply.header(header::CONTENT_TYPE)), image.media_type(), "{path}");
        assert_eq!(&reply.body[..], bytes, "{path}");
        let policy = reply.header(header::CONTENT_SECURITY_POLICY);
        assert!(policy.contains("default-src 'none'") && policy.contains("sandbox"), "{policy}");
        // The page leads there.
        let html = image.article().html();
        assert!(html.contains(&format!("<img src=\"{path}\"")), "{path}");
    }
    assert_eq!(fetch("/figures/none.svg", &[]).await.status, StatusCode::NOT_FOUND);
}

// ---- forms --------------------------------------------------------------------------------------

#[tokio::test]
async fn accept() {
    let (json, html, none) =
        ("application/json", "text/html; charset=utf-8", "application/problem+json");
    let path = path();
    for (accept, expected) in [
        ("", json),
        ("*/*", json),
        ("text/html", html),
        ("TEXT/HTML", html),
        ("text/*", html),
        ("application/*", json),
        ("application/json", json),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", html),
        ("text/html;q=0.5, application/json;q=0.5", json),
        ("text/html;q=0.501, application/json;q=0.5", html),
        ("text/html ; q=0.9 , application/json ; Q=0.8", html),
        // The most specific range counts, wherever it stands.
        ("*/*, text/html;q=0.1", json),
        ("*/*;q=0.9, application/json;q=0.1", html),
        ("text/*;q=1, text/html;q=0.2, application/json;q=0.3", json),
        ("application/json;q=0, */*", html),
        ("application/json;q=0", none),
        ("*/*;q=0", none),
        ("image/png", none),
        ("image/png, */*;q=0.001", json),
        // Parameters: ours have none but the charset.
        ("text/html;charset=utf-8, application/json;q=0.9", html),
        ("text/html;level=1, application/json;q=0.1", json),
        ("text/html;note=\"a,b;q=0\", application/json;q=0.1", json),
        // A header that can't be read is passed over.
        ("text/html;q=2, application/json;q=0.1", json),
        ("text/html;q=0.1234, application/json;q=0.1", json),
        ("text/html;q=-1, application/json;q=0.1", json),
        (",,text/html,,", html),
        ("; ;", json),
    ] {
        let reply = fetch(&path, &[("accept", accept)]).await;
        assert_eq!(reply.header(header::CONTENT_TYPE), expected, "{accept}");
        assert_eq!(reply.status == StatusCode::NOT_ACCEPTABLE, expected == none, "{accept}");
        assert_eq!(reply.header(header::VARY), "Accept, Accept-Encoding", "{accept}");
    }
    let lines =
        fetch(&path, &[("accept", "application/json;q=0.2"), ("accept", "text/html")]).await;
    assert_eq!(lines.header(header::CONTENT_TYPE), html);
    assert_eq!(fetch(&path, &[]).await.header(header::CONTENT_TYPE), json);
    assert_eq!(
        fetch(&format!("{path}?format=json"), &[("accept", "image/png")]).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn encodings_round_trip_and_have_tags_of_their_own() {
    for path in [
        path(),
        format!("{}?format=html", path()),
        "/".into(),
        "/articles".into(),
        "/events".into(),
        "/search?q=neural".into(),
    ] {
        let plain = fetch(&path, &[]).await;
        let gzip = fetch(&path, &[("accept-encoding", "gzip")]).await;
        let brotli = fetch(&path, &[("accept-encoding", "gzip, br")]).await;
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(&*gzip.body).read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, plain.body);
        let mut unpacked = Vec::new();
        brotli::Decompressor::new(&*brotli.body, 4096).read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, plain.body);
        assert_eq!(
            [&plain, &gzip, &brotli].map(|reply| reply.header(header::CONTENT_ENCODING)),
            ["", "gzip", "br"]
        );
        let tags = [&plain, &gzip, &brotli].map(|reply| reply.header(header::ETAG));
        assert!(tags[0] != tags[1] && tags[1] != tags[2] && tags[0] != tags[2], "{tags:?}");
        assert!(tags.iter().all(|tag| tag.starts_with('"')), "{tags:?}");
        assert!(gzip.body.len() * 3 < plain.body.len() * 2 && brotli.body.len() < plain.body.len());
    }
}

#[tokio::test]
async fn accept_encoding() {
    let path = path();
    for (accepted, expected) in [
        ("", ""),
        ("identity", ""),
        ("deflate, zstd", ""),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("x-gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("gzip;q=1, br;q=0.9", "gzip"),
        ("*", "br"),
        ("*, br;q=0", "gzip"),
        ("gzip;q=0, br;q=0", ""),
        ("identity, gzip;q=0.5", ""),
        ("identity;q=0.2, gzip;q=0.5", "gzip"),
        ("*;q=0", ""),
    ] {
        assert_eq!(
            fetch(&path, &[("accept-encoding", accepted)]).await.header(header::CONTENT_ENCODING),
            expected,
            "{accepted}"
        );
    }
}

// ---- caches -------------------------------------------------------------------------------------

#[tokio::test]
async fn a_known_tag_is_not_sent_again() {
    for path in [
        path(),
        format!("{}?format=html", path()),
        "/".into(),
        "/articles".into(),
        "/search?q=neural".into(),
        "/style.css".into(),
    ] {
        let reply = fetch(&path, &[]).await;
        let tag = reply.header(header::ETAG);
        assert_eq!(tag.len(), 34);
        for (known, same) in [
            (tag.to_owned(), true),
            (format!("W/{tag}"), true),
            (format!("\"x\", {tag},\"y\""), true),
            (format!("\"a,b\",W/{tag}"), true),
            ("*".into(), true),
            (" * ".into(), true),
            ("\"x\"".into(), false),
            (tag.trim_matches('"').into(), false),
            (String::new(), false),
        ] {
            let again = fetch(&path, &[("if-none-match", &known)]).await;
            assert_eq!(
                again.status,
                if same { StatusCode::NOT_MODIFIED } else { StatusCode::OK },
                "{path} {known}"
            );
            assert_eq!(again.body.is_empty(), same);
            for name in [header::ETAG, header::CACHE_CONTROL, header::VARY] {
                assert_eq!(
                    again.header(name.clone()),
                    reply.header(name),
                    "a 304 has what the 200 would have had"
                );
            }
        }
        // The tag of another encoding is not the tag of this one, unless the body is too short to
        // be packed.
        let other = fetch(&path, &[("if-none-match", tag), ("accept-encoding", "gzip")]).await;
        assert_eq!(other.status, StatusCode::OK, "{path}");
        let two = fetch(&path, &[("if-none-match", "\"x\""), ("if-none-match", tag)]).await;
        assert_eq!(two.status, StatusCode::NOT_MODIFIED);
    }
}

#[tokio::test]
async fn an_answer_that_was_expected() {
    for path in [
        path(),
        format!("{}?format=html", path()),
        "/".into(),
        "/articles".into(),
        "/search?q=neural".into(),
        "/style.css".into(),
    ] {
        let reply = fetch(&path, &[]).await;
        let tag = reply.header(header::ETAG);
        for (expected, status) in [
            (tag.to_owned(), 200),
            (format!("\"x\" , {tag},\"y\""), 200),
            ("*".into(), 200),
            // Weak tags never match where bytes are meant.
            (format!("W/{tag}"), 412),
            ("\"x\"".into(), 412),
            (tag.trim_matches('"').into(), 412),
            (String::new(), 412),
        ] {
            let reply = fetch(&path, &[("if-match", &expected)]).await;
            assert_eq!(reply.status.as_u16(), status, "{path} {expected}");
            if status == 412 {
                assert_eq!(reply.json()["status"], 412);
            }
        }
        // It goes before `If-None-Match`.
        assert_eq!(
            fetch(&path, &[("if-match", "\"x\""), ("if-none-match", tag)]).await.status,
            StatusCode::PRECONDITION_FAILED
        );
        assert_eq!(
            fetch(&path, &[("if-match", tag), ("if-none-match", tag)]).await.status,
            StatusCode::NOT_MODIFIED
        );
        let two = fetch(&path, &[("if-match", "\"x\""), ("if-match", tag)]).await;
        assert_eq!(two.status, StatusCode::OK);
    }
    // The tag of the other encoding.
    let packed = fetch(&path(), &[("accept-encoding", "gzip")]).await;
    assert_eq!(
        fetch(&path(), &[("if-match", packed.header(header::ETAG))]).await.status,
        StatusCode::PRECONDITION_FAILED
    );
}

/// Lists and search results too are made and packed once, and then sent from where they are: no
/// bytes are copied.
#[tokio::test]
async fn answers_are_made_once() {
    let app = routes::app();
    for path in [
        path(),
        "/".into(),
        "/articles".into(),
        "/events?limit=1000".into(),
        "/search?q=neural".into(),
    ] {
        for encoding in ["identity", "gzip", "br"] {
            let request = || {
                Request::get(&path).header("accept-encoding", encoding).body(Body::empty()).unwrap()
            };
            let (first, again) = (ask(&app, request()).await, ask(&app, request()).await);
            assert_eq!(first.body.as_ptr(), again.body.as_ptr(), "{path} {encoding}");
        }
    }
    // Another form, another part: another answer.
    let page = fetch("/events?limit=2&format=html", &[]).await;
    assert!(page.text().starts_with("<!DOCTYPE html>"));
    assert_ne!(fetch("/events?limit=2", &[]).await.body, fetch("/events?limit=3", &[]).await.body);
    let accepted = fetch("/events?limit=2", &[("accept", "text/html")]).await;
    assert!(accepted.text().starts_with("<!DOCTYPE html>"));
}

/// Of answers without end, the last ones are kept.
#[tokio::test]
async fn no_more_answers_are_kept_than_the_limit_says() {
    let app = routes::app();
    let get =
        async |path: String| ask(&app, Request::get(&path).body(Body::empty()).unwrap()).await.body;
    let first = get("/search?q=x0".into()).await;
    let oldest = get("/search?q=y".into()).await;
    for number in 1..almanac_axum::content::MOST_RECENT {
        get(format!("/search?q=x{number}")).await;
        // An answer that is asked for again and again stays.
        assert_eq!(get("/search?q=x0".into()).await.as_ptr(), first.as_ptr(), "{number}");
    }
    assert_ne!(get("/search?q=y".into()).await.as_ptr(), oldest.as_ptr(), "it had to go");
    // By size: each of these is hundreds of kilobytes.
    let events = |offset: usize| format!("/events?limit=1000&offset={offset}&format=html");
    let large = get(events(0)).await;
    let fit = almanac_axum::content::RECENT_BYTES / large.len();
    assert!(large.len() > 100_000 && fit < almanac_axum::content::MOST_RECENT, "{}", large.len());
    let mut bytes = 0;
    for limit in (1..1000).rev() {
        bytes += get(format!("/events?limit={limit}&format=html")).await.len();
        if bytes > almanac_axum::content::RECENT_BYTES {
            break;
        }
    }
    assert_ne!(get(events(0)).await.as_ptr(), large.as_ptr(), "it had to go");
}

#[tokio::test]
async fn tags_are_those_of_the_bytes_in_any_program() {
    let reply = fetch("/articles", &[]).await;
    let another = ask(&routes::app(), Request::get("/articles").body(Body::empty()).unwrap()).await;
    assert_eq!(reply.header(header::ETAG), another.header(header::ETAG));
    let expected = format!("\"{:032x}\"", xxhash_rust::xxh3::xxh3_128(&reply.body));
    assert_eq!(reply.header(header::ETAG), expected);
}

#[tokio::test]
async fn head_is_get_without_a_body() {
    let not_there = "/articles/no/such".to_owned();
    for path in [
        path(),
        "/".into(),
        "/articles".into(),
        "/search?q=neural".into(),
        "/healthz".into(),
        not_there,
        "/search".into(),
    ] {
        for encoding in ["identity", "gzip", "br"] {
            let request = |method| {
                Request::builder()
                    .method(method)
                    .uri(&path)
                    .header("accept-encoding", encoding)
                    .body(Body::empty())
                    .unwrap()
            };
            let (get, head) =
                (ask(&APP, request(Method::GET)).await, ask(&APP, request(Method::HEAD)).await);
            assert!(head.body.is_empty());
            assert_eq!(
                (get.status, &get.headers),
                (head.status, &head.headers),
                "{path} {encoding}"
            );
            assert_eq!(get.header(header::CONTENT_LENGTH), get.body.len().to_string());
        }
    }
}

#[tokio::test]
async fn every_answer_is_guarded() {
    for (path, html) in [
        (path(), true),
        ("/nowhere".into(), true),
        ("/".into(), true),
        (path(), false),
        ("/healthz".into(), false),
    ] {
        let reply = fetch(&path, if html { &[("accept", "text/html")] } else { &[] }).await;
        assert_eq!(reply.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        assert_eq!(
            reply.header(header::CONTENT_SECURITY_POLICY).contains("default-src 'none'"),
            html,
            "{path}"
        );
    }
}
