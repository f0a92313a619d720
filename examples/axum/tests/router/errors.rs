//! Requests that are answered by an error.

use super::*;

#[tokio::test]
async fn problems() {
    let id = some().id();
    let long = "x".repeat(1001);
    let many = "x+".repeat(33);
    for (path, status, parameter, said) in [
        ("/nowhere".into(), 404, None, "/articles/{id}"),
        ("/articles/".into(), 404, None, "nothing is at"),
        (format!("/articles/{id}x"), 404, None, id),
        (format!("/articles/{id}x.json"), 404, None, id),
        (format!("/articles/{id}/"), 404, None, id),
        ("/articles/%FF".into(), 400, None, "UTF-8"),
        ("/%FF".into(), 404, None, "nothing"),
        (format!("/sections/{id}"), 400, Some("anchor"), "without `#`"),
        (format!("/sections/{id}?anchor=nowhere"), 404, None, some().sections()[1].anchor()),
        ("/sections/no?anchor=x".into(), 404, None, "no article"),
        ("/search".into(), 400, Some("q"), "missing"),
        (format!("/search?q={long}"), 400, Some("q"), "1000 bytes"),
        (format!("/search?q={many}"), 400, Some("q"), "32 words"),
        ("/search?q=x&limit=0".into(), 400, Some("limit"), "from 1 to 100"),
        ("/search?q=x&limit=101".into(), 400, Some("limit"), "from 1 to 100"),
        ("/search?q=x&limit=-1".into(), 400, Some("limit"), "from 1 to 100"),
        ("/search?q=x&q=y".into(), 400, Some("q"), "twice"),
        ("/search?q=%FF".into(), 400, Some("q"), "UTF-8"),
        ("/search?query=x".into(), 400, Some("query"), "q, limit"),
        ("/articles?limit=1001".into(), 400, Some("limit"), "from 1 to 1000"),
        ("/articles?offset=x".into(), 400, Some("offset"), "from 0"),
        ("/events?from=2017-13".into(), 400, Some("from"), "2019-08-23"),
        ("/events?to=yesterday".into(), 400, Some("to"), "2019-08-23"),
        ("/events?from=2018&to=2017".into(), 400, Some("from"), "not after"),
        (format!("/events?article={id}x"), 400, Some("article"), id),
        ("/?format=xml".into(), 400, Some("format"), "json or html"),
        ("/?x".into(), 400, Some("x"), "format"),
        (format!("/{}", "x".repeat(limits::LONGEST_URI)), 414, None, "4096"),
    ] {
        let reply = fetch(&path, &[]).await;
        assert_eq!(
            (reply.status.as_u16(), reply.header(header::CONTENT_TYPE)),
            (status, "application/problem+json"),
            "{path}"
        );
        assert_eq!(reply.header(header::CACHE_CONTROL), "no-store");
        let problem = reply.json();
        assert_eq!(problem["status"], status);
        assert_eq!(problem.get("parameter").and_then(Value::as_str), parameter, "{path}");
        assert!(reply.text().contains(said), "{path}: {}", reply.text());
        let page = fetch(&path, &[("accept", "text/html")]).await;
        assert_eq!(
            (page.status.as_u16(), page.header(header::CONTENT_TYPE)),
            (status, "text/html; charset=utf-8"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn methods_and_bodies() {
    let reply = ask(&APP, Request::post("/articles").body(Body::empty()).unwrap()).await;
    assert_eq!(
        (reply.status, reply.header(header::ALLOW)),
        (StatusCode::METHOD_NOT_ALLOWED, "GET,HEAD")
    );
    assert!(reply.text().contains("POST"));
    let most = usize::try_from(limits::LARGEST_BODY).unwrap();
    let unknown = Body::from_stream(tokio_stream());
    for (body, status) in
        [(vec![b'x'; most].into(), 200), (vec![b'x'; most + 1].into(), 413), (unknown, 413)]
    {
        assert_eq!(ask(&APP, Request::get("/").body(body).unwrap()).await.status.as_u16(), status);
    }
}

/// A body of unknown length.
fn tokio_stream() -> impl futures_core::Stream<Item = Result<Bytes, std::io::Error>> + Send {
    struct Endless;
    impl futures_core::Stream for Endless {
        type Item = Result<Bytes, std::io::Error>;
        fn poll_next(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            std::task::Poll::Ready(Some(Ok(Bytes::from_static(b"x"))))
        }
    }
    Endless
}

#[tokio::test(start_paused = true)]
async fn slow_and_broken_routes_are_answered() {
    let slow = || tokio::time::sleep(Duration::from_secs(3600));
    let broken = || async {
        if true {
            panic!("on purpose")
        }
    };
    let app =
        limits::limited(Router::new().route("/slow", get(slow)).route("/broken", get(broken)));
    for (path, status, seconds) in [("/slow", 503, 10), ("/broken", 500, 0)] {
        let start = tokio::time::Instant::now();
        let reply = ask(&app, Request::get(path).body(Body::empty()).unwrap()).await;
        assert_eq!(
            (reply.status.as_u16(), reply.header(header::CONTENT_TYPE)),
            (status, "application/problem+json")
        );
        assert_eq!(reply.json()["status"], status);
        assert_eq!(start.elapsed(), Duration::from_secs(seconds), "{path}");
    }
}
