//! The pages of what isn't written: contents, categories, the map, all hits, and the page that
//! isn't there.

use ai_almanac::{
    Article, Category, SidebarItem, Value, articles, categories, contents, happenings,
};
use maud::{Markup, html};

use crate::Site;
use crate::frame::{Frame, MISSING, SEARCH, breadcrumbs, count, framed, page, path};
use crate::map;
use crate::places::Page;

// ---- front page ---------------------------------------------------------------------------------

pub fn front(site: &Site) -> String {
    let page = page(site, "index.html");
    let words: u32 = articles().iter().map(|article| article.word_count()).sum();
    let sources: usize = articles().iter().map(|article| article.sources().len()).sum();
    let description = match categories() {
        [] => {
            format!("{} in {}.", count(words as usize, "word"), count(articles().len(), "article"))
        }
        categories => {
            let labels: Vec<&str> = categories
                .iter()
                .filter(|category| category.parent().is_none())
                .map(Category::label)
                .collect();
            format!(
                "{} on {}.",
                count(articles().len(), "article"),
                labels.join(", ").to_lowercase()
            )
        }
    };
    let content = html! {
        div .masthead {
            h1 { (site.title) }
            p {
                span { (count(articles().len(), "article")) } " "
                span { (count(words as usize, "word")) } " "
                @if sources > 0 { span { (count(sources, "source")) } " " }
                @if let [first, .., last] = happenings() {
                    a href="timeline.html" {
                        (count(happenings().len(), "event")) " from "
                        (first.date().year()) " to " (last.date().year())
                    }
                }
            }
        }
        @if articles().is_empty() { p .none { "There are no articles yet." } }
        @let loose: Vec<&Article> = contents().iter().filter_map(|item| match item {
            SidebarItem::Article(article) => Some(*article),
            SidebarItem::Category(_) => None,
        }).collect();
        @if !loose.is_empty() { section .folder { (index_of(&page, &loose)) } }
        @for item in contents() {
            @if let SidebarItem::Category(category) = item { (folder(&page, category, 2)) }
        }
    };
    framed(
        site,
        Frame { page, title: &site.title, description: &description, class: "front", public: true },
        content,
    )
}

/// A category with all that is in it, those inside it below.
fn folder(page: &Page, category: &'static Category, level: u8) -> Markup {
    let label = html! { a href=(page.category(category)) { (category.label()) } };
    html! {
        section .folder {
            @match level {
                2 => h2 { (label) },
                3 => h3 { (label) },
                4 => h4 { (label) },
                _ => h5 { (label) },
            }
            @if let Some(description) = category.description() { p .about { (description) } }
            (index_of(page, category.articles()))
            @for inner in category.categories() { (folder(page, inner, level + 1)) }
        }
    }
}

/// Titles in columns, as at the end of a book.
fn index_of(page: &Page, articles: &[&'static Article]) -> Markup {
    html! {
        @if !articles.is_empty() {
            ul .index {
                @for article in articles {
                    li { a href=(page.article(article)) { (article.sidebar_label()) } }
                }
            }
        }
    }
}

// ---- categories ---------------------------------------------------------------------------------

pub fn category(site: &Site, category: &'static Category) -> String {
    let page = page(site, site.places.category(category));
    let description = category.description().unwrap_or("");
    let content = html! {
        (breadcrumbs(&page, &path(category.parent())))
        h1 { (category.label()) }
        @if !description.is_empty() { p .standfirst { (description) } }
        (entries(&page, category))
    };
    framed(
        site,
        Frame { page, title: category.label(), description, class: "category", public: true },
        content,
    )
}

/// Lists the items of a category, each with its description.
pub fn entries(page: &Page, category: &'static Category) -> Markup {
    html! {
        ul .entries {
            @for item in category.contents() {
                @match item {
                    SidebarItem::Article(article) => li {
                        a href=(page.article(article)) { (article.sidebar_label()) }
                        @if let Some(hint) = hint(article) { " " span .hint { (hint) } }
                        @if !article.description().is_empty() { p { (article.description()) } }
                    },
                    SidebarItem::Category(inner) => li {
                        a href=(page.category(inner)) { (inner.label()) }
                        " " span .hint { (count(inner.articles().len(), "article")) }
                        @if let Some(description) = inner.description() { p { (description) } }
                    },
                }
            }
        }
    }
}

/// A fact that tells articles of a list apart: when a thing was founded or a person lived, or what
/// a term is abbreviated to.
fn hint(article: &'static Article) -> Option<String> {
    let profile = article.profile_record()?;
    let year = |key| match profile.fact(key)?.value() {
        Value::Date(date) => Some(date.year()),
        _ => None,
    };
    if let Some(founded) = year("founded") {
        return Some(format!("since {founded}"));
    }
    if let Some(born) = year("born") {
        return Some(
            year("died").map_or_else(|| format!("born {born}"), |died| format!("{born}–{died}")),
        );
    }
    let abbreviation = profile.fact("abbreviation")?.value().to_string();
    (abbreviation != article.sidebar_label()).then_some(abbreviation)
}

// ---- map, and the page that isn't there ---------------------------------------------------------

pub fn map(site: &Site) -> String {
    let page = page(site, "map.html");
    let map = map::Map::new(articles());
    let description = format!(
        "How {} link to each other, drawn as a circle.",
        count(articles().len(), "article")
    );
    let content = html! {
        div .chart {
            div {
                h1 { "Map" }
                p .standfirst {
                    "Every article, by category, and every link between two of them. The more an \
                    article is linked to, the larger its point. "
                    "Point at a title to see its links alone; follow it to read."
                }
                p .legend aria-hidden="true" {
                    span .from { "links to" } " " span .to { "is linked from" }
                }
            }
            @if articles().is_empty() { p .none { "There are no articles yet." } } @else {
                div .scroll role="group" aria-label="Map" tabindex="0" { (map.draw(&page)) }
            }
        }
        @if !articles().is_empty() {
            h2 { "Most linked to" }
            div .scroll role="group" aria-label="Most linked to" tabindex="0" { table {
                thead {
                    tr {
                        th scope="col" { "Article" }
                        th scope="col" .number { "Linked from" }
                        th scope="col" .number { "Links to" }
                    }
                }
                tbody { @for (article, to, from) in map.most_linked() {
                    tr {
                        th scope="row" { a href=(page.article(article)) { (article.title()) } }
                        td .number { (to) }
                        td .number { (from) }
                    }
                } }
            } }
        }
    };
    framed(
        site,
        Frame { page, title: "Map", description: &description, class: "map", public: true },
        content,
    )
}

pub fn search(site: &Site) -> String {
    let page = page(site, SEARCH);
    let content = html! {
        h1 { "Search" }
        div .all-hits {
            noscript {
                p {
                    "Search needs scripts. All articles are in the "
                    a href=(page.to("index.html")) { "contents" } "."
                }
            }
            form role="search" hidden {
                label for="_query" .unseen { "Search for" }
                input #_query name="q" type="search" autocomplete="off" autocapitalize="off"
                    spellcheck="false" aria-keyshortcuts="/"
                    aria-describedby="_how";
                p #_how .about {
                    "A question, or words; " code { "\"words in quotes\"" } " stand together, "
                    code { "-word" } " must not stand there, and "
                    code { "in:" } " asks for a folder or an article"
                    @if let [first, ..] = categories() { ": " code { "in:" (first.id()) } } "."
                }
            }
            p .status role="status" {}
            ol {}
            button .more type="button" hidden { "More hits" }
        }
    };
    framed(
        site,
        Frame { page, title: "Search", description: "", class: "search-page", public: false },
        content,
    )
}

pub fn missing(site: &Site) -> String {
    let page = page(site, MISSING);
    let content = html! {
        h1 { "No such page" }
        p .standfirst {
            "The address may be mistyped, or the page has moved. Search, or begin with the "
            a href=(page.to("index.html")) { "contents" } "."
        }
    };
    framed(
        site,
        Frame { page, title: "No such page", description: "", class: "missing", public: false },
        content,
    )
}
