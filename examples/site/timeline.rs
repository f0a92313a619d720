//! The timeline of all happenings.

use std::collections::{BTreeSet, HashSet};

use ai_almanac::{Article, Category, Event, Happening, Target, articles, categories, happenings};
use maud::{Markup, html};

use crate::Site;
use crate::frame::{Frame, MONTHS, count, framed, page, path};
use crate::places::{Page, encoded};

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
                    @let is_loose = |article: &&&Article| {
                        article.category().is_none() && !article.events().is_empty()
                    };
                    @for article in articles().iter().filter(is_loose) {
                        option value=(encoded(article.id())) { (article.title()) }
                    }
                } }
                label {
                    "From " input name="from" type="number" min=[first] max=[last]
                        placeholder=[first] inputmode="numeric";
                }
                label {
                    "To " input name="to" type="number" min=[first] max=[last] placeholder=[last]
                        inputmode="numeric";
                }
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
                @for article in with_events {
                    option value=(encoded(article.id())) { (article.title()) }
                }
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

/// An article that tells an event, in its own words when one points at it, and the sources that are
/// new.
fn teller(page: &Page, event: &'static Event, known: &mut HashSet<&'static str>) -> Markup {
    html! {
        a href=(page.section(event.section())) title=(event.text()) { (event.article().title()) }
        @for source in event.sources() {
            @if let Some(Target::Web(url)) = source.link().map(|link| link.target()) {
                @if known.insert(url) {
                    " " a .source href=(url) title=(source.text())
                        aria-label=(format!("Source: {}", source.text())) {
                        "[" (source.number()) "]"
                    }
                }
            }
        }
    }
}

/// Draws how much happened in each year.
fn bars(years: &[&[Happening]]) -> Markup {
    let year = |happenings: &[Happening]| i32::from(happenings[0].date().year());
    let (Some(first), Some(last)) = (years.first(), years.last()) else { return html! {} };
    // From the year that most events are behind: a lonely one long before would press the others
    // together.
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
        div .scroll role="group" aria-label="Events by year" tabindex="0" {
            svg .bars viewBox=(format!("0 -12 {width} {}", height + 34)) role="group"
                aria-label="Years" {
            @for events in years.iter().filter(|events| year(events) >= from) {
                @let (x, bar) = ((year(events) - from) * step,
                    (events.len() * height).div_ceil(most) as i32);
                a href=(format!("#y{}", year(events)))
                    aria-label=(format!("{}: {}", year(events), count(events.len(), "event"))) {
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
