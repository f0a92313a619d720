//! Pages for people.

use ai_almanac::{Article, Event, Hit, Hits, Link, Section, SidebarItem, Target, contents, tables};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::problem::Problem;
use crate::records;
use crate::routes::Part;
use crate::tellers;
use crate::urls;

pub fn page(title: &str, query: &str, main: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                link rel="stylesheet" href="/style.css";
            }
            body {
                header {
                    a href="/" { "Almanac" }
                    a href="/articles" { "Articles" }
                    a href="/events" { "Events" }
                    @if !tables().is_empty() { a href="/records" { "Records" } }
                    form action="/search" role="search" {
                        input type="search" name="q" value=(query) maxlength="1000"
                            aria-label="Search" placeholder="Search";
                        button { "Search" }
                    }
                }
                main { (main) }
            }
        }
    };
    page.into_string()
}

fn link(article: &Article) -> Markup {
    html! { a href=(urls::article(article)) { (article.sidebar_label()) } }
}

pub fn index() -> String {
    fn tree(contents: &[SidebarItem]) -> Markup {
        html! {
            ul {
                @for item in contents {
                    li {
                        @match item {
                            SidebarItem::Article(article) => {
                                (link(article)) " " span.quiet { (article.description()) }
                            }
                            SidebarItem::Category(category) => {
                                h2 {
                                    @match category.index() {
                                        Some(index) => a href=(urls::article(index)) { (category) },
                                        None => (category),
                                    }
                                }
                                @if let Some(description) = category.description() {
                                    p { (description) }
                                }
                                (tree(category.contents()))
                            }
                        }
                    }
                }
            }
        }
    }
    page("Almanac", "", &html! { h1 { "Almanac" } div.contents { (tree(contents())) } })
}

pub fn list(part: &Part<&'static Article>) -> String {
    let entry = |article: &&Article| {
        html! {
            li { (link(article)) " " span.quiet { (article.description()) } }
        }
    };
    page("Articles", "", &html! { h1 { "Articles" } (entries(part, entry)) })
}

/// Returns the first events of other articles that tell the same, and the number of the rest.
pub fn others(event: &'static Event) -> (Vec<&'static Event>, usize) {
    let told = event.happening().map_or(&[][..], |happening| happening.events());
    tellers::first_others(told, event)
}

pub fn events(part: &Part<&'static Event>) -> String {
    let entry = |event: &&'static Event| {
        html! {
            li {
                @let (others, rest) = others(event);
                b { (event.date()) } " " (event.text())
                @for event in std::iter::once(*event).chain(others) {
                    " " a.quiet href=(urls::place(event.section())) { (event.article()) }
                }
                @if rest > 0 { span.quiet { " and " (rest) " more" } }
            }
        }
    };
    page("Events", "", &html! { h1 { "Events" } (entries(part, entry)) })
}

pub fn entries<T>(part: &Part<T>, entry: impl Fn(&T) -> Markup) -> Markup {
    html! {
        p.quiet {
            @if part.entries.is_empty() {
                "None"
            } @else {
                (part.offset + 1) " to " (part.offset + part.entries.len())
            }
            " of " (part.total)
        }
        ul { @for item in &part.entries { (entry(item)) } }
        @if let Some(next) = &part.next { p { a href=(next) rel="next" { "More" } } }
    }
}

pub fn article(article: &'static Article) -> String {
    let mut citing: Vec<&Article> = article.backlinks().iter().map(|link| link.article()).collect();
    citing.dedup();
    let main = html! {
        @if let Some(category) = article.category() { p.quiet { (category) } }
        h1 { (article.heading().unwrap_or(article.title())) }
        p.quiet {
            (article.word_count()) " words, " (article.reading_minutes()) " minutes"
            @if let Some(date) = article.last_update() { ", checked " (date) }
            " · "
            a href=(format!("{}?format=json", urls::article(article))) type="application/json" {
                "JSON"
            }
        }
        (records::facts(article.facts()))
        article { (PreEscaped(article.html_with(|link| route(link, false)).to_string())) }
        @if !citing.is_empty() {
            h2 { "Linked from" }
            p {
                @for (at, other) in citing.iter().enumerate() { @if at > 0 { ", " } (link(other)) }
            }
        }
        nav {
            @if let Some(other) = article.previous() { span { "← " (link(other)) } }
            @if let Some(other) = article.next() { span { (link(other)) " →" } }
        }
    };
    page(article.title(), "", &main)
}

pub fn section(section: &'static Section) -> String {
    let article = section.article();
    let address = urls::article(article);
    // Citations lead to the article's page, which has the sources.
    let sources = format!("<a href=\"{address}#");
    let body = |section: &Section| {
        let html = section.html_with(|link| route(link, true)).to_string();
        PreEscaped(html.replace("<a href=\"#", &sources))
    };
    let main = html! {
        p.quiet { (link(article)) }
        h1 { (section) }
        (body(section))
        @for inner in section.subsections() { h2 { (inner) } (body(inner)) }
        p { a href=(urls::place(section)) { "The section in its article" } }
    };
    page(&format!("{section}: {article}"), "", &main)
}

pub fn hits(query: &str, hits: Hits, limit: usize) -> String {
    let marked = |hit: &Hit| {
        let (text, mut at) = (hit.snippet().text(), 0);
        html! {
            @for range in hit.snippet().highlights() {
                (text[at..range.start]) mark { (text[range.clone()]) }
                ({ at = range.end; "" })
            }
            (text[at..])
        }
    };
    let main = html! {
        h1 { "Search" }
        p.quiet { (hits.len()) " found" }
        @if hits.truncated() { p { "The query is too long: only its beginning was read." } }
        @for id in hits.unknown_filters() {
            p { "No folder and no article has the id “" (id) "”." }
        }
        ol {
            @for hit in hits.take(limit) {
                li {
                    @match hit.section() {
                        Some(section) => a href=(urls::place(section)) {
                            (hit.article()) ": " (section)
                        },
                        None => (link(hit.article())),
                    }
                    p { (marked(&hit)) }
                }
            }
        }
    };
    page(&format!("{query}: search"), query, &main)
}

pub fn problem(problem: &Problem) -> String {
    let main = html! {
        h1 { (problem.title) }
        p { (problem.detail) }
        @if let Some(expected) = &problem.expected { p { "Expected: " (expected) } }
        @let near = problem.nearest.iter().filter_map(|id| ai_almanac::get(id));
        @let near: Vec<&Article> = near.collect();
        @if !near.is_empty() { ul { @for article in near { li { (link(article)) } } } }
    };
    page(problem.title, "", &main)
}

/// Returns where a link leads in this service; `None` where it stays what it is. `alone` is for a
/// section that is a page by itself: its article is another one.
fn route(link: &Link, alone: bool) -> Option<String> {
    match link.target() {
        Target::Article(other) => Some(urls::article(other)),
        Target::Section(section) if alone || section.article() != link.article() => {
            Some(urls::place(section))
        }
        // The front page lists what is in every folder.
        Target::Category(_) => Some("/".to_owned()),
        Target::Section(_) | Target::Web(_) | Target::Email(_) => None,
    }
}
