//! The pages.

use std::collections::{BTreeSet, HashSet};

use ai_almanac::{
    Article, Category, Content, Date, EDITION, Event, Happening, Section, Target, Value, articles,
    categories, contents, happenings,
};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::Site;
use crate::map;
use crate::places::{Page, encoded};

/// Puts the theme that was chosen on the page before it is seen.
const THEME: &str = "try { document.documentElement.dataset.theme = localStorage.getItem('almanac-theme') || '' } catch {}";
/// What a server shows where there is nothing.
pub const MISSING: &str = "404.html";
/// More categories at the root than these don't fit above every page.
const MOST_IN_HEADER: usize = 6;
const MONTHS: [&str; 12] = [
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

/// What stands around the content of a page.
struct Frame<'a> {
    page: Page<'a>,
    title: &'a str,
    description: &'a str,
    /// Classes of the content.
    class: &'a str,
    /// Whether search engines should know the page.
    public: bool,
}

fn page<'a>(site: &'a Site, file: &'a str) -> Page<'a> {
    let root = match &site.url {
        // It is shown at any address.
        Some(url) if file == MISSING => format!("{url}/"),
        _ => "../".repeat(file.matches('/').count()),
    };
    Page { places: &site.places, file, root }
}

fn framed(site: &Site, frame: Frame, content: Markup) -> String {
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
                @if let (Some(url), true) = (&site.url, public) { link rel="canonical" href=(address(url)); }
                title { (title) }
                @if !description.is_empty() { meta name="description" content=(description); }
                @if !public { meta name="robots" content="noindex"; }
                meta name="generator" content="ai-almanac";
                meta property="og:title" content=(title);
                meta property="og:type" content=(if class == "article" { "article" } else { "website" });
                @if !description.is_empty() { meta property="og:description" content=(description); }
                @if let (Some(url), true) = (&site.url, public) { meta property="og:url" content=(address(url)); }
                meta name="color-scheme" content="light dark";
                link rel="icon" type="image/svg+xml" href=(to("icon.svg"));
                link rel="stylesheet" href=(to("style.css"));
                @if site.url.is_some() {
                    link rel="alternate" type="application/atom+xml" title=(site.title) href=(to("feed.xml"));
                }
                script { (PreEscaped(THEME)) }
                script src=(to("site.js")) defer {}
            }
            body {
                a .skip href="#_content" { "Skip to the content" }
                header .site {
                    a .name href=(to("index.html")) aria-current=[here("index.html")] { (site.title) }
                    nav aria-label="Site" {
                        @let roots: Vec<&Category> = categories().iter().filter(|category| category.parent().is_none()).collect();
                        @if roots.len() <= MOST_IN_HEADER {
                            @for category in roots {
                                a href=(page.category(category)) aria-current=[here(site.places.category(category))] { (category.label()) }
                            }
                        }
                        a href=(to("timeline.html")) aria-current=[here("timeline.html")] { "Timeline" }
                        a href=(to("map.html")) aria-current=[here("map.html")] { "Map" }
                    }
                    // Nothing of this works without scripts, so they show it.
                    div .tools hidden {
                        form .search role="search" {
                            label for="_search" .unseen { "Search" }
                            input #_search type="search" placeholder="Search" autocomplete="off" autocapitalize="off" spellcheck="false"
                                role="combobox" aria-expanded="false" aria-controls="_hits" aria-autocomplete="list" aria-keyshortcuts="/"
                                aria-describedby="_status";
                            kbd aria-hidden="true" { "/" }
                            div .panel hidden {
                                p #_status .status role="status" {}
                                div #_hits role="listbox" aria-label="Hits" {}
                            }
                        }
                        button .theme type="button" aria-pressed="false" aria-label="Dark theme" title="Dark theme" {
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

// ---- pieces -----------------------------------------------------------------------------------------------------

/// `1 article`, `63,303 words`.
fn count(number: usize, what: &str) -> String {
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

fn date(date: Date) -> Markup {
    html! { time datetime=(date) { (in_words(date)) } }
}

/// A URL without what everybody knows.
fn short(url: &str) -> &str {
    let bare = url.trim_start_matches("https://").trim_start_matches("http://");
    bare.strip_prefix("www.").unwrap_or(bare).trim_end_matches('/')
}

/// The categories around something, the outermost first.
fn path(category: Option<&'static Category>) -> Vec<&'static Category> {
    let mut path: Vec<&Category> =
        std::iter::successors(category, |category| category.parent()).collect();
    path.reverse();
    path
}

fn breadcrumbs(page: &Page, categories: &[&'static Category]) -> Markup {
    html! {
        nav .path aria-label="Where this is" {
            ol {
                li { a href=(page.to("index.html")) { "Contents" } }
                @for category in categories { li { a href=(page.category(category)) { (category.label()) } } }
            }
        }
    }
}

/// A value for people; what leads somewhere is a link.
fn value(page: &Page, value: &Value) -> Markup {
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
        other => html! { (other) },
    }
}

// ---- front page -------------------------------------------------------------------------------------------------

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
                        (count(happenings().len(), "event")) " from " (first.date().year()) " to " (last.date().year())
                    }
                }
            }
        }
        @if articles().is_empty() { p .none { "There are no articles yet." } }
        @let loose: Vec<&Article> = contents().iter().filter_map(|content| match content {
            Content::Article(article) => Some(*article),
            Content::Category(_) => None,
        }).collect();
        @if !loose.is_empty() { section .folder { (index_of(&page, &loose)) } }
        @for content in contents() {
            @if let Content::Category(category) = content { (folder(&page, category, 2)) }
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
            @match level { 2 => h2 { (label) }, 3 => h3 { (label) }, 4 => h4 { (label) }, _ => h5 { (label) } }
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
                @for article in articles { li { a href=(page.article(article)) { (article.sidebar_label()) } } }
            }
        }
    }
}

// ---- categories -------------------------------------------------------------------------------------------------

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

/// What stands in a category, each with its description.
fn entries(page: &Page, category: &'static Category) -> Markup {
    html! {
        ul .entries {
            @for content in category.contents() {
                @match content {
                    Content::Article(article) => li {
                        a href=(page.article(article)) { (article.sidebar_label()) }
                        @if let Some(hint) = hint(article) { " " span .hint { (hint) } }
                        @if !article.description().is_empty() { p { (article.description()) } }
                    },
                    Content::Category(inner) => li {
                        a href=(page.category(inner)) { (inner.label()) }
                        " " span .hint { (count(inner.articles().len(), "article")) }
                        @if let Some(description) = inner.description() { p { (description) } }
                    },
                }
            }
        }
    }
}

/// A fact that tells articles of a list apart: when a thing was founded or a person lived, or what a term is abbreviated to.
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

// ---- articles ---------------------------------------------------------------------------------------------------

pub fn article(site: &Site, article: &'static Article) -> String {
    let page = page(site, site.places.article(article));
    let facts: Vec<_> = article.facts().collect();
    let own_category = article.category().filter(|category| category.index() == Some(article));
    let around = path(article.category().and_then(|category| {
        if own_category.is_some() { category.parent() } else { Some(category) }
    }));
    let content = html! {
        (breadcrumbs(&page, &around))
        header .title {
            h1 { (article.title()) }
            @if !article.description().is_empty() { p .standfirst { (article.description()) } }
            p .meta {
                @if article.unlisted() { span { "Unlisted" } " " }
                @if article.word_count() > 0 {
                    span { (count(article.reading_minutes() as usize, "minute")) " to read" } " "
                }
                @if let Some(updated) = article.last_update() {
                    span { "Updated " (date(updated)) @if let Some(author) = article.last_update_author() { " by " (author) } } " "
                }
                @for tag in article.tags() { span .tag { (tag) } " " }
            }
        }
        div .columns {
            @if !article.sections().is_empty() || !article.sources().is_empty() { (table_of_contents(article)) }
            @if !facts.is_empty() {
                aside .facts aria-label="In short" {
                    dl { @for fact in &facts { div { dt { (fact.label()) } dd { (value(&page, &fact.value())) } } } }
                }
            }
            article .text { (PreEscaped(page.body(article))) }
            div .after {
                @if let Some(category) = own_category {
                    @if !category.contents().is_empty() {
                        section aria-labelledby="_inside" { h2 #_inside { "In this category" } (entries(&page, category)) }
                    }
                }
                (backlinks(&page, article))
                @if !article.events().is_empty() {
                    p { a href=(format!("{}?in={}", page.to("timeline.html"), encoded(&encoded(article.id())))) {
                        "The events of this article on the timeline"
                    } }
                }
                (neighbours(&page, article))
            }
        }
    };
    let frame = Frame {
        page,
        title: article.title(),
        description: article.description(),
        class: "article",
        public: !article.unlisted(),
    };
    framed(site, frame, content)
}

fn table_of_contents(article: &'static Article) -> Markup {
    let entry = |section: &Section| html! { a href=(format!("#{}", encoded(section.anchor()))) { (section.title()) } };
    html! {
        nav .toc aria-labelledby="_contents" {
            h2 #_contents { "On this page" }
            ol {
                @for section in article.sections() {
                    // Headings may skip levels: what counts is what stands in what.
                    @let depth = std::iter::successors(section.parent(), |section| section.parent()).count();
                    @if depth < 2 { li class=[(depth > 0).then_some("inner")] { (entry(section)) } }
                }
                @if !article.sources().is_empty() { li { a href="#_sources" { "Sources" } } }
                @if !article.backlinks().is_empty() { li { a href="#_backlinks" { "What links here" } } }
            }
        }
    }
}

/// The articles that link here, each with the sections that do.
fn backlinks(page: &Page, article: &'static Article) -> Markup {
    let mut from: Vec<(&'static Article, Vec<&'static Section>)> = Vec::new();
    for link in article.backlinks() {
        if from.last().is_none_or(|(last, _)| *last != link.article()) {
            from.push((link.article(), Vec::new()));
        }
        if let (Some((_, sections)), Some(section)) = (from.last_mut(), link.section())
            && !sections.contains(&section)
        {
            sections.push(section);
        }
    }
    html! {
        @if !from.is_empty() {
            section .backlinks aria-labelledby="_backlinks" {
                h2 #_backlinks { "What links here" }
                ul {
                    @for (other, sections) in &from {
                        li {
                            a href=(page.article(other)) { (other.title()) }
                            @if !sections.is_empty() {
                                span .where {
                                    @for section in sections { " " a href=(page.section(section)) { (section.title()) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn neighbours(page: &Page, article: &'static Article) -> Markup {
    html! {
        @if article.previous().is_some() || article.next().is_some() {
            nav .neighbours aria-label="Neighbours" {
                @if let Some(previous) = article.previous() {
                    a rel="prev" href=(page.article(previous)) { span { "Previous" } " " (previous.sidebar_label()) }
                }
                @if let Some(next) = article.next() {
                    a rel="next" href=(page.article(next)) { span { "Next" } " " (next.sidebar_label()) }
                }
            }
        }
    }
}

// ---- timeline ---------------------------------------------------------------------------------------------------

pub fn timeline(site: &Site) -> String {
    let page = page(site, "timeline.html");
    let years: Vec<&[Happening]> =
        happenings().chunk_by(|a, b| a.date().year() == b.date().year()).collect();
    let year = |happening: Option<&Happening>| happening.map(|happening| happening.date().year());
    let (first, last) = (year(happenings().first()), year(happenings().last()));
    let description = match (first, last) {
        (Some(first), Some(last)) => {
            format!(
                "{} from {first} to {last}, each with its articles and its sources.",
                count(happenings().len(), "event")
            )
        }
        _ => "No article has a timeline yet.".into(),
    };
    let content = html! {
        h1 { "Timeline" }
        p .standfirst { (description) }
        @if !happenings().is_empty() {
            (bars(&years))
            form .filter hidden aria-label="Filter" {
                label { "Text " input name="text" type="search" autocomplete="off"; }
                label { "In " select name="in" {
                    option value="" { "all articles" }
                    @for category in categories() { (options(category)) }
                    @for article in articles().iter().filter(|article| article.category().is_none() && !article.events().is_empty()) {
                        option value=(encoded(article.id())) { (article.title()) }
                    }
                } }
                label { "From " input name="from" type="number" min=[first] max=[last] placeholder=[first] inputmode="numeric"; }
                label { "To " input name="to" type="number" min=[first] max=[last] placeholder=[last] inputmode="numeric"; }
                button type="reset" { "All" }
                output name="found" {}
            }
        }
        @for happenings in &years {
            @let year = happenings[0].date().year();
            section .year aria-labelledby=(format!("y{year}")) {
                h2 id=(format!("y{year}")) { (year) }
                ol { @for happening in *happenings { (entry(&page, happening)) } }
            }
        }
    };
    framed(
        site,
        Frame {
            page,
            title: "Timeline",
            description: &description,
            class: "timeline",
            public: true,
        },
        content,
    )
}

/// A category and its articles to choose from.
fn options(category: &'static Category) -> Markup {
    let with_events: Vec<&Article> = category
        .articles()
        .iter()
        .copied()
        .filter(|article| !article.events().is_empty())
        .collect();
    html! {
        @if !with_events.is_empty() {
            optgroup label=(category.label()) {
                option value=(encoded(category.id())) { "all of " (category.label()) }
                @for article in with_events { option value=(encoded(article.id())) { (article.title()) } }
            }
        }
    }
}

/// A happening in the words of the first article; the filter finds it by each that tells it.
fn entry(page: &Page, happening: &'static Happening) -> Markup {
    let within = happening.events().iter().flat_map(|event| {
        let article = event.article();
        path(article.category()).into_iter().map(Category::id).chain([article.id()])
    });
    let within: BTreeSet<String> = within.map(encoded).collect();
    let within: Vec<String> = within.into_iter().collect();
    let when = happening.date();
    let day = match (when.day(), when.month()) {
        (Some(day), Some(month)) => format!("{day} {}", &MONTHS[usize::from(month) - 1]),
        (_, Some(month)) => MONTHS[usize::from(month) - 1].to_owned(),
        _ => String::new(),
    };
    let id = happening.id().map(|id| format!("event-{id}"));
    let mut known = HashSet::new();
    html! {
        li id=[id] data-in=(within.join(" ")) data-year=(when.year()) {
            time datetime=(when) { (day) }
            p {
                (happening.text())
                @for event in happening.events() { " " (teller(page, event, &mut known)) }
            }
        }
    }
}

/// An article that tells an event, in its own words when one points at it, and the sources that are new.
fn teller(page: &Page, event: &'static Event, known: &mut HashSet<&'static str>) -> Markup {
    html! {
        a href=(page.section(event.section())) title=(event.text()) { (event.article().title()) }
        @for source in event.sources() {
            @if let Some(Target::Web(url)) = source.link().map(|link| link.target()) {
                @if known.insert(url) {
                    " " a .source href=(url) title=(source.text()) aria-label=(format!("Source: {}", source.text())) { "[" (source.number()) "]" }
                }
            }
        }
    }
}

/// How much happened in each year.
fn bars(years: &[&[Happening]]) -> Markup {
    let year = |happenings: &[Happening]| i32::from(happenings[0].date().year());
    let (Some(first), Some(last)) = (years.first(), years.last()) else { return html! {} };
    // From the year that most events are behind: a lonely one long before would press the others together.
    let behind = happenings().len() / 50;
    let mut skipped = 0;
    let from = years
        .iter()
        .find(|events| {
            skipped += events.len();
            skipped > behind
        })
        .map_or(year(first), |events| year(events) / 10 * 10);
    let most = years.iter().map(|events| events.len()).max().unwrap_or(1);
    let (step, height) = (12, 90);
    let width = (year(last) - from + 1).max(1) * step;
    html! {
        div .scroll role="group" aria-label="Events by year" tabindex="0" { svg .bars viewBox=(format!("0 -12 {width} {}", height + 34)) role="group" aria-label="Years" {
            @for events in years.iter().filter(|events| year(events) >= from) {
                @let (x, bar) = ((year(events) - from) * step, (events.len() * height).div_ceil(most) as i32);
                a href=(format!("#y{}", year(events))) aria-label=(format!("{}: {}", year(events), count(events.len(), "event"))) {
                    title { (year(events)) ": " (count(events.len(), "event")) }
                    rect .touch x=(x) y="-12" width=(step) height=(height + 12) {}
                    rect .bar x=(x + 1) y=(height as i32 - bar) width=(step - 2) height=(bar) {}
                }
            }
            line x1="0" x2=(width) y1=(height) y2=(height) {}
            @for decade in (from..=year(last)).filter(|year| year % 10 == 0) {
                text x=((decade - from) * step + 1) y=(height + 17) aria-hidden="true" { (decade) }
            }
        } }
    }
}

// ---- map, and the page that isn't there -------------------------------------------------------------------------

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
                    "Every article, by category, and every link between two of them. The more an article is linked to, the larger its point. "
                    "Point at a title to see its links alone; follow it to read."
                }
                p .legend aria-hidden="true" { span .from { "links to" } " " span .to { "is linked from" } }
            }
            @if articles().is_empty() { p .none { "There are no articles yet." } } @else {
                div .scroll role="group" aria-label="Map" tabindex="0" { (map.draw(&page)) }
            }
        }
        @if !articles().is_empty() {
            h2 { "Most linked to" }
            div .scroll role="group" aria-label="Most linked to" tabindex="0" { table {
                thead { tr { th scope="col" { "Article" } th scope="col" .number { "Linked from" } th scope="col" .number { "Links to" } } }
                tbody { @for (article, to, from) in map.most_linked() {
                    tr { th scope="row" { a href=(page.article(article)) { (article.title()) } } td .number { (to) } td .number { (from) } }
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

pub fn missing(site: &Site) -> String {
    let page = page(site, MISSING);
    let content = html! {
        h1 { "No such page" }
        p .standfirst { "The address may be mistyped, or the page has moved. Search, or begin with the " a href=(page.to("index.html")) { "contents" } "." }
    };
    framed(
        site,
        Frame { page, title: "No such page", description: "", class: "missing", public: false },
        content,
    )
}
