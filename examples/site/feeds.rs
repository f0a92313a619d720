//! Files for programs: a map for search engines, and a feed.

use std::cmp::Reverse;

use ai_almanac::{Article, Date, articles};
use maud::{PreEscaped, html};

use crate::Site;
use crate::frame::TABLES;
use crate::places::encoded;

const XML: PreEscaped<&str> = PreEscaped("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
/// The number of articles in a feed.
const LATEST: usize = 50;

/// All pages that search engines should know.
pub fn sitemap(site: &Site, url: &str) -> String {
    let page = |file: &str| format!("{url}/{}", encoded(file));
    html! {
        (XML)
        urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" {
            url { loc { (url) "/" } }
            @for file in ["timeline.html", "map.html"] { url { loc { (page(file)) } } }
            @if site.places.tables().next().is_some() { url { loc { (page(TABLES)) } } }
            @for (_, file) in site.places.tables() { url { loc { (page(file)) } } }
            @for category in site.places.categories_alone() {
                url { loc { (page(site.places.category(category))) } }
            }
            @for article in site.places.articles().filter(|article| !article.unlisted()) {
                url {
                    loc { (page(site.places.article(article))) }
                    @if let Some(date) = article.last_update() { lastmod { (date) } }
                }
            }
        }
    }
    .into_string()
}

/// The articles that were updated last, as Atom. One without a date is in no feed.
pub fn atom(site: &Site, url: &str) -> String {
    let mut latest: Vec<(Date, &Article)> =
        articles().iter().filter_map(|article| Some((article.last_update()?, *article))).collect();
    latest.sort_by_key(|(date, _)| Reverse(*date));
    latest.truncate(LATEST);
    // A feed must have been updated some time.
    let updated =
        latest.first().map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |(date, _)| moment(*date));
    html! {
        (XML)
        feed xmlns="http://www.w3.org/2005/Atom" {
            title { (site.title) }
            id { (url) "/" }
            link rel="self" href=(format!("{url}/feed.xml")) {}
            link href=(format!("{url}/")) {}
            updated { (updated) }
            author { name { (site.title) } }
            @for (date, article) in &latest {
                @let address = format!("{url}/{}", encoded(site.places.article(article)));
                entry {
                    title { (printable(article.title())) }
                    id { (address) }
                    link href=(address) {}
                    updated { (moment(*date)) }
                    @if !article.description().is_empty() {
                        summary { (printable(article.description())) }
                    }
                }
            }
        }
    }
    .into_string()
}

/// A date as a moment: the first of what it leaves open.
fn moment(date: Date) -> String {
    format!(
        "{:04}-{:02}-{:02}T00:00:00Z",
        date.year(),
        date.month().unwrap_or(1),
        date.day().unwrap_or(1)
    )
}

/// A text without the characters that XML can't hold.
fn printable(text: &str) -> String {
    text.chars()
        .filter(|character| {
            !character.is_control() && !matches!(character, '\u{fffe}' | '\u{ffff}')
        })
        .collect()
}
