//! The frame around the content of every page, and the pieces that pages are made of.

use ai_almanac::{Category, Date, EDITION, Value, articles, categories, tables};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::Site;
use crate::places::{Page, encoded};

/// Puts the theme that was chosen on the page before it is seen.
const THEME: &str = "try { document.documentElement.dataset.theme = \
    localStorage.getItem('almanac-theme') || '' } catch {}";
/// Names the page that a server shows where there is nothing.
pub const MISSING: &str = "404.html";
/// All hits of a query, which the address of the page has: `search.html?q=token`.
pub const SEARCH: &str = "search.html";
/// The list of tables.
pub const TABLES: &str = "tables.html";
/// More categories at the root than these don't fit above every page.
const MOST_IN_HEADER: usize = 6;
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Puts the frame of the site around the content of a page.
pub struct Frame<'a> {
    pub page: Page<'a>,
    pub title: &'a str,
    pub description: &'a str,
    /// Classes of the content.
    pub class: &'a str,
    /// `true` if search engines should know the page.
    pub public: bool,
}

pub fn page<'a>(site: &'a Site, file: &'a str) -> Page<'a> {
    let root = match &site.url {
        // It is shown at any address.
        Some(url) if file == MISSING => format!("{url}/"),
        _ => "../".repeat(file.matches('/').count()),
    };
    Page { places: &site.places, file, root }
}

pub fn framed(site: &Site, frame: Frame, content: Markup) -> String {
    let Frame { page, title, description, class, public } = frame;
    let title =
        if title == site.title { title.to_owned() } else { format!("{title} · {}", site.title) };
    let to = |file: &str| page.to(file);
    let here = |file: &str| (file == page.file).then_some("page");
    let address = |url: &str| match page.file {
        "index.html" => format!("{url}/"),
        file => format!("{url}/{}", encoded(file)),
    };
    html! {
        (DOCTYPE)
        html lang="en" data-root=(page.root) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                @if let (Some(url), true) = (&site.url, public) {
                    link rel="canonical" href=(address(url));
                }
                title { (title) }
                @if !description.is_empty() { meta name="description" content=(description); }
                @if !public { meta name="robots" content="noindex"; }
                meta name="generator" content="ai-almanac";
                meta property="og:title" content=(title);
                meta property="og:type"
                    content=(if class == "article" { "article" } else { "website" });
                @if !description.is_empty() {
                    meta property="og:description" content=(description);
                }
                @if let (Some(url), true) = (&site.url, public) {
                    meta property="og:url" content=(address(url));
                }
                meta name="color-scheme" content="light dark";
                link rel="icon" type="image/svg+xml" href=(to("icon.svg"));
                link rel="stylesheet" href=(to("style.css"));
                @if site.url.is_some() {
                    link rel="alternate" type="application/atom+xml" title=(site.title)
                        href=(to("feed.xml"));
                }
                script { (PreEscaped(THEME)) }
                script src=(to("site.js")) defer {}
            }
            body {
                a .skip href="#_content" { "Skip to the content" }
                header .site {
                    a .name href=(to("index.html")) aria-current=[here("index.html")] {
                        (site.title)
                    }
                    nav aria-label="Site" {
                        @let is_root = |category: &&Category| category.parent().is_none();
                        @let roots: Vec<&Category> = categories().iter().filter(is_root).collect();
                        @if roots.len() <= MOST_IN_HEADER {
                            @for category in roots {
                                a href=(page.category(category))
                                    aria-current=[here(site.places.category(category))] {
                                    (category.label())
                                }
                            }
                        }
                        a href=(to("timeline.html")) aria-current=[here("timeline.html")] {
                            "Timeline"
                        }
                        a href=(to("map.html")) aria-current=[here("map.html")] { "Map" }
                        @if tables().iter().any(|table| table.records().len() > 0) {
                            a href=(to(TABLES)) aria-current=[here(TABLES)] { "Tables" }
                        }
                    }
                    // Nothing of this works without scripts, so they show it.
                    div .tools hidden {
                        // The page of all hits has a box of its own.
                        @if page.file != SEARCH { form .search role="search" action=(to(SEARCH)) {
                            label for="_search" .unseen { "Search" }
                            input #_search name="q" type="search" placeholder="Search"
                                autocomplete="off" autocapitalize="off" spellcheck="false"
                                role="combobox" aria-expanded="false" aria-controls="_hits"
                                aria-autocomplete="list" aria-keyshortcuts="/"
                                aria-describedby="_status";
                            kbd aria-hidden="true" { "/" }
                            div .panel hidden {
                                p #_status .status role="status" {}
                                div #_hits role="listbox" aria-label="Hits" {}
                            }
                        } }
                        button .theme type="button" aria-pressed="false" aria-label="Dark theme"
                            title="Dark theme" {
                            svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" {
                                circle cx="12" cy="12" r="8.5" {}
                                path d="M12 3.5a8.5 8.5 0 0 1 0 17z" {}
                            }
                        }
                    }
                }
                main #_content .(class) tabindex="-1" { (content) }
                footer .site {
                    p {
                        (count(articles().len(), "article"))
                        @if let Some(latest) = EDITION { ", the latest from " (date(latest)) }
                        ". Made with ai-almanac " (env!("CARGO_PKG_VERSION")) "."
                    }
                    p {
                        a href=(to("index.html")) { "Contents" } " "
                        a href=(to("timeline.html")) { "Timeline" } " "
                        a href=(to("map.html")) { "Map" }
                        @if site.url.is_some() { " " a href=(to("feed.xml")) { "Feed" } }
                    }
                }
            }
        }
    }
    .into_string()
}

// ---- pieces -------------------------------------------------------------------------------------

/// `1 article`, `63,303 words`.
pub fn count(number: usize, what: &str) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped} {what}{}", if number == 1 { "" } else { "s" })
}

/// `23 August 2019`, `August 2019` or `2019`.
fn in_words(date: Date) -> String {
    let month = date.month().map(|month| MONTHS[usize::from(month) - 1]);
    match (date.day(), month) {
        (Some(day), Some(month)) => format!("{day} {month} {}", date.year()),
        (_, Some(month)) => format!("{month} {}", date.year()),
        _ => date.year().to_string(),
    }
}

pub fn date(date: Date) -> Markup {
    html! { time datetime=(date) { (in_words(date)) } }
}

/// A URL without what everybody knows.
fn short(url: &str) -> &str {
    let bare = url.trim_start_matches("https://").trim_start_matches("http://");
    bare.strip_prefix("www.").unwrap_or(bare).trim_end_matches('/')
}

/// The categories around something, the outermost first.
pub fn path(category: Option<&'static Category>) -> Vec<&'static Category> {
    let mut path: Vec<&Category> =
        std::iter::successors(category, |category| category.parent()).collect();
    path.reverse();
    path
}

pub fn breadcrumbs(page: &Page, categories: &[&'static Category]) -> Markup {
    html! {
        nav .path aria-label="Where this is" {
            ol {
                li { a href=(page.to("index.html")) { "Contents" } }
                @for category in categories {
                    li { a href=(page.category(category)) { (category.label()) } }
                }
            }
        }
    }
}

/// A value for people; what leads somewhere is a link.
pub fn value(page: &Page, value: &Value) -> Markup {
    match value {
        Value::Date(day) => date(*day),
        Value::Url(url) => html! { a href=(url) { (short(url)) } },
        Value::Article(article) => html! { a href=(page.article(article)) { (article.title()) } },
        Value::Mention(mention) => match mention.article() {
            Some(article) => html! { a href=(page.article(article)) { (mention.text()) } },
            None => html! { (mention.text()) },
        },
        Value::List(values) => match values.len() {
            1 => html! { @for one in values.clone() { (self::value(page, &one)) } },
            _ => html! { ul { @for one in values.clone() { li { (self::value(page, &one)) } } } },
        },
        Value::Record(record) => match page.record(record) {
            Some(address) => html! { a href=(address) { (record.name()) } },
            None => html! { (record.name()) },
        },
        other => html! { (other) },
    }
}
