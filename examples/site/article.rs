//! The page of an article.

use ai_almanac::{Article, Section};
use maud::{Markup, PreEscaped, html};

use crate::Site;
use crate::frame::{Frame, breadcrumbs, count, date, framed, page, path, value};
use crate::pages::entries;
use crate::places::{Page, encoded};

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
                    span {
                        "Updated " (date(updated))
                        @if let Some(author) = article.last_update_author() { " by " (author) }
                    } " "
                }
                @for tag in article.tags() { span .tag { (tag) } " " }
            }
        }
        div .columns {
            @if !article.sections().is_empty() || !article.sources().is_empty() {
                (table_of_contents(article))
            }
            @if !facts.is_empty() {
                aside .facts aria-label="In short" {
                    dl {
                        @for fact in &facts {
                            div { dt { (fact.label()) } dd { (value(&page, &fact.value())) } }
                        }
                    }
                }
            }
            article .text { (PreEscaped(page.body(article))) }
            div .after {
                @if let Some(category) = own_category {
                    @if !category.contents().is_empty() {
                        section aria-labelledby="_inside" {
                            h2 #_inside { "In this category" } (entries(&page, category))
                        }
                    }
                }
                (backlinks(&page, article))
                @if !article.events().is_empty() {
                    @let own = encoded(&encoded(article.id()));
                    p { a href=(format!("{}?in={own}", page.to("timeline.html"))) {
                        "The events of this article on the timeline"
                    } }
                }
                @for (table, file) in site.places.tables() {
                    @if table.records().any(|record| *record.article() == *article) {
                        p { a href=(page.to(file)) { "Of all articles: " (table.label()) } }
                    }
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
    let entry = |section: &Section| {
        html! {
            a href=(format!("#{}", encoded(section.anchor()))) { (section.title()) }
        }
    };
    html! {
        nav .toc aria-labelledby="_contents" {
            h2 #_contents { "On this page" }
            ol {
                @for section in article.sections() {
                    // Headings may skip levels: what counts is what stands in what.
                    @let around = std::iter::successors(section.parent(), |inner| inner.parent());
                    @let depth = around.count();
                    @if depth < 2 { li class=[(depth > 0).then_some("inner")] { (entry(section)) } }
                }
                @if !article.sources().is_empty() { li { a href="#_sources" { "Sources" } } }
                @if !article.backlinks().is_empty() {
                    li { a href="#_backlinks" { "What links here" } }
                }
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
                                    @for section in sections {
                                        " " a href=(page.section(section)) { (section.title()) }
                                    }
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
                    a rel="prev" href=(page.article(previous)) {
                        span { "Previous" } " " (previous.sidebar_label())
                    }
                }
                @if let Some(next) = article.next() {
                    a rel="next" href=(page.article(next)) {
                        span { "Next" } " " (next.sidebar_label())
                    }
                }
            }
        }
    }
}
