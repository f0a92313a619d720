//! Any content: every page that can be reached is there, and every link leads somewhere. CI also
//! runs it on other content.

use std::collections::{BTreeMap, BTreeSet};

use ai_almanac::{Target, articles};
use almanac_axum::{routes, urls};
use axum::body::{Body, to_bytes};
use axum::http::Request;
use tower::ServiceExt;

/// The values of an attribute, unescaped.
fn values<'a>(html: &'a str, attribute: &str) -> impl Iterator<Item = String> + 'a {
    let start = format!(" {attribute}=\"");
    // Text has no `<`, so what stands between `<` and `>` is a tag.
    html.split('<').filter_map(|tag| tag.split_once('>')).flat_map(move |(tag, _)| {
        tag.split(&start)
            .skip(1)
            .filter_map(|rest| rest.split_once('"'))
            .map(|(value, _)| value.replace("&#x27;", "'").replace("&amp;", "&"))
            .collect::<Vec<_>>()
    })
}

#[tokio::test]
async fn every_link_leads_somewhere() {
    let app = routes::app();
    let mut waiting: Vec<String> = vec![
        "/".into(),
        "/articles".into(),
        "/events".into(),
        "/search?q=a".into(),
        "/records".into(),
    ];
    waiting.extend(articles().iter().flat_map(|article| article.sections()).map(urls::section));
    let mut pages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut links: Vec<(String, String)> = Vec::new();
    while let Some(path) = waiting.pop() {
        if pages.contains_key(&path) {
            continue;
        }
        let request = Request::get(&path)
            .header("accept", "text/html, */*;q=0.1")
            .body(Body::empty())
            .unwrap();
        let response = app.clone().oneshot(request).await.unwrap();
        assert_eq!(
            response.status(),
            200,
            "{path}, which is linked from {:?}",
            links.iter().find(|(_, to)| *to == path)
        );
        let body =
            String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec())
                .unwrap();
        let html = if body.starts_with("<!DOCTYPE") { &*body } else { "" };
        pages.insert(path.clone(), values(html, "id").collect());
        for address in values(html, "href") {
            if let Some(fragment) = address.strip_prefix('#') {
                links.push((path.clone(), format!("{path}#{fragment}")));
            } else if address.starts_with('/') {
                waiting.push(address.split('#').next().unwrap_or_default().to_owned());
                links.push((path.clone(), address));
            } else {
                assert!(
                    address.starts_with("http") || address.starts_with("mailto:"),
                    "{path} links to {address}"
                );
            }
        }
    }
    for (from, to) in &links {
        let Some((page, fragment)) = to.split_once('#') else { continue };
        assert!(pages[page].contains(&*urls::decode(fragment).unwrap()), "{from} links to {to}");
    }
    // Each link between articles is one of those that were followed.
    for article in articles() {
        for link in article.links() {
            let expected = match link.target() {
                Target::Article(other) => urls::article(other),
                // Within its own page a link is shorter, and in its heading it is plain text.
                Target::Section(section) if section.article() != *article => urls::place(section),
                Target::Category(_) => "/".to_owned(),
                Target::Section(_) | Target::Web(_) | Target::Email(_) => continue,
            };
            let path = urls::article(article);
            let there = links.iter().any(|(from, to)| *from == path && *to == expected);
            assert!(there, "{path} has no link to {expected}");
        }
    }
}
