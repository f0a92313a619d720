//! Routes and their handlers.

use std::cmp::Ordering;
use std::sync::{Arc, LazyLock};

use ai_almanac::{Article, Date, Event, Hit, articles, categories, contents, happenings};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, LOCATION,
};
use axum::http::request::Parts;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Router, extract::State};
use serde::Serialize;
use serde_json::json;

use crate::content::{CACHE, CSS, Content, HTML, JSON, Page, Shelf};
use crate::negotiate::Format;
use crate::problem::Problem;
use crate::query::Query;
use crate::{limits, pages, records, urls};

/// The longest query that the search reads to its end, in bytes and in words.
const LONGEST_SEARCH: usize = 1000;
const MOST_WORDS: usize = 32;
/// The number of entries of a list, unless asked otherwise, and at most.
const ENTRIES: usize = 100;
const MOST_ENTRIES: usize = 1000;
const HITS: usize = 10;
const MOST_HITS: usize = 100;

pub type Answer = Result<Response, Problem>;
pub type Kept = State<Arc<Shelf>>;

/// The whole service.
pub fn app() -> Router {
    let routes = Router::new()
        .route("/", get(index))
        .route("/articles", get(list))
        .route("/articles/{*id}", get(article))
        .route("/sections/{*id}", get(section))
        .route("/search", get(search))
        .route("/events", get(timeline))
        .route("/records", get(records::list))
        .route("/records/{table}", get(records::table))
        .route("/records/{table}/{id}", get(records::record))
        .route("/healthz", get(health))
        .route("/style.css", get(style))
        .fallback(elsewhere)
        .with_state(Arc::default());
    limits::limited(routes)
}

/// A part of a list, and where the next one begins.
#[derive(Serialize)]
pub struct Part<T> {
    pub total: usize,
    pub offset: usize,
    pub limit: usize,
    pub entries: Vec<T>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl<T> Part<T> {
    /// Cuts a list as `offset` and `limit` say; `path` with the query's other parameters is where
    /// the next part is found.
    pub fn cut(
        all: impl ExactSizeIterator<Item = T>,
        query: &Query,
        path: &str,
    ) -> Result<Part<T>, Problem> {
        let (limit, offset) = (
            query.number("limit", 1..=MOST_ENTRIES, ENTRIES)?,
            query.number("offset", 0..=usize::MAX, 0)?,
        );
        let total = all.len();
        let after = offset.saturating_add(limit);
        let next = (after < total).then(|| {
            format!("{path}?{}limit={limit}&offset={after}", query.without(&["limit", "offset"]))
        });
        Ok(Part { total, offset, limit, entries: all.skip(offset).take(limit).collect(), next })
    }

    fn map<U>(self, entry: impl FnMut(T) -> U) -> Part<U> {
        let Part { total, offset, limit, entries, next } = self;
        Part { total, offset, limit, entries: entries.into_iter().map(entry).collect(), next }
    }
}

async fn index(State(shelf): Kept, request: Parts) -> Answer {
    let format = format(&request, &Query::read(&request.uri, &[])?, None)?;
    let make = || match format {
        Format::Json => json(&json!({ "contents": contents(), "categories": categories() })),
        Format::Html => Content::new(HTML, pages::index()),
    };
    Ok(shelf.get(Page::Index, format, make).answer(&request.headers).await)
}

/// An article as a list shows it.
#[derive(Serialize)]
pub struct Entry {
    id: &'static str,
    title: &'static str,
    description: &'static str,
    category: Option<&'static str>,
    word_count: u32,
    last_update: Option<Date>,
    url: String,
}

async fn list(State(shelf): Kept, request: Parts) -> Answer {
    let query = Query::read(&request.uri, &["limit", "offset"])?;
    let format = format(&request, &query, None)?;
    let part = Part::cut(articles().iter().copied(), &query, "/articles")?;
    let entry = |article: &Article| Entry {
        id: article.id(),
        title: article.title(),
        description: article.description(),
        category: article.category().map(|category| category.id()),
        word_count: article.word_count(),
        last_update: article.last_update(),
        url: urls::article(article),
    };
    let make = move || match format {
        Format::Json => json(&part.map(entry)),
        Format::Html => Content::new(HTML, pages::list(&part)),
    };
    Ok(shelf.recent(&request.uri, format, make).await.answer(&request.headers).await)
}

async fn article(State(shelf): Kept, request: Parts) -> Answer {
    let query = Query::read(&request.uri, &[])?;
    let (article, suffix) = named(&request.uri, "/articles/")?;
    let format = format(&request, &query, suffix)?;
    let make = || match format {
        Format::Json => json(article),
        Format::Html => Content::new(HTML, pages::article(article)),
    };
    Ok(shelf.get(Page::Article(article), format, make).answer(&request.headers).await)
}

async fn section(State(shelf): Kept, request: Parts) -> Answer {
    let query = Query::read(&request.uri, &["anchor"])?;
    let (article, suffix) = named(&request.uri, "/sections/")?;
    let format = format(&request, &query, suffix)?;
    let anchor = query.required("anchor", "the anchor of a section, without `#`")?;
    let section = article.section(anchor).ok_or_else(|| Problem {
        expected: Some(
            article
                .sections()
                .iter()
                .map(|section| section.anchor())
                .collect::<Vec<_>>()
                .join(", "),
        ),
        ..Problem::new(
            StatusCode::NOT_FOUND,
            format!("no section of `{}` has the anchor `{anchor}`", article.id()),
        )
    })?;
    let make = || match format {
        Format::Json => json(section),
        Format::Html => Content::new(HTML, pages::section(section)),
    };
    Ok(shelf.get(Page::Section(section), format, make).answer(&request.headers).await)
}

/// A section that the search found.
#[derive(Serialize)]
struct Found {
    article: &'static str,
    title: &'static str,
    anchor: Option<&'static str>,
    heading: Option<&'static str>,
    score: f32,
    snippet: &'static str,
    /// The matches in the snippet: bytes, from and to.
    highlights: Vec<[usize; 2]>,
    url: String,
}

async fn search(State(shelf): Kept, request: Parts) -> Answer {
    let query = Query::read(&request.uri, &["q", "limit"])?;
    let format = format(&request, &query, None)?;
    let words = query.required("q", "words to search for")?.to_owned();
    let limit = query.number("limit", 1..=MOST_HITS, HITS)?;
    let count = words.split_whitespace().count();
    if words.len() > LONGEST_SEARCH || count > MOST_WORDS {
        let expected = format!("at most {LONGEST_SEARCH} bytes and {MOST_WORDS} words");
        return Err(Problem::parameter(
            "q",
            format!("`q` has {} bytes and {count} words", words.len()),
            expected,
        ));
    }
    // Up to tens of milliseconds for a query full of phrases.
    let make = move || found(&words, limit, format);
    Ok(shelf.recent(&request.uri, format, make).await.answer(&request.headers).await)
}

fn found(words: &str, limit: usize, format: Format) -> Content {
    let hits = ai_almanac::search(words);
    if format == Format::Html {
        return Content::new(HTML, pages::hits(words, hits, limit));
    }
    let (total, truncated) = (hits.len(), hits.truncated());
    let unknown = hits.unknown_filters().to_vec();
    let hits = hits.take(limit);
    let hit = |hit: Hit| Found {
        article: hit.article().id(),
        title: hit.article().title(),
        anchor: hit.section().map(|section| section.anchor()),
        heading: hit.section().map(|section| section.title()),
        score: hit.score(),
        snippet: hit.snippet().text(),
        highlights: hit
            .snippet()
            .highlights()
            .iter()
            .map(|range| [range.start, range.end])
            .collect(),
        url: hit.section().map_or_else(|| urls::article(hit.article()), urls::place),
    };
    json(&json!({
        "query": words, "total": total, "limit": limit, "truncated": truncated,
        "unknown_filters": unknown,
        "hits": hits.map(hit).collect::<Vec<_>>(),
    }))
}

/// An event with its article, which the export form leaves to the article around it.
#[derive(Serialize)]
struct Dated {
    article: &'static str,
    #[serde(flatten)]
    event: &'static Event,
    /// The ids of the first other articles that tell the same.
    also: Vec<&'static str>,
    /// The number of articles that tell the same and aren't among them.
    also_more: usize,
}

impl Dated {
    fn new(event: &'static Event) -> Dated {
        let (others, also_more) = pages::others(event);
        let also = others.into_iter().map(|other| other.article().id()).collect();
        Dated { article: event.article().id(), event, also, also_more }
    }
}

async fn timeline(State(shelf): Kept, request: Parts) -> Answer {
    let query = Query::read(&request.uri, &["from", "to", "article", "limit", "offset"])?;
    let format = format(&request, &query, None)?;
    let (from, to) = (query.date("from")?, query.date("to")?);
    if let (Some(from), Some(to)) = (from, to)
        && known_order(from, to).is_gt()
    {
        return Err(Problem::parameter(
            "from",
            format!("`from` is {from}, after `to`, which is {to}"),
            "a date not after `to`",
        ));
    }
    let article = match query.get("article") {
        None => None,
        Some(id) => Some(ai_almanac::get(id).ok_or_else(|| Problem {
            status: StatusCode::BAD_REQUEST.as_u16(),
            title: "Bad Request",
            parameter: Some("article".into()),
            expected: Some("the id of an article".into()),
            ..Problem::no_article(id)
        })?),
    };
    // All listed articles tell each happening once; an article has all its events, also when it is
    // unlisted.
    let all: Vec<&'static Event> = match article {
        Some(article) => article.events().iter().collect(),
        None => happenings().iter().map(|happening| happening.event()).collect(),
    };
    let wanted = |event: &&Event| {
        let date = event.date();
        from.is_none_or(|from| known_order(date, from).is_ge())
            && to.is_none_or(|to| known_order(date, to).is_le())
    };
    let wanted: Vec<&'static Event> = all.into_iter().filter(wanted).collect();
    let part = Part::cut(wanted.into_iter(), &query, "/events")?;
    let make = move || match format {
        Format::Json => json(&part.map(Dated::new)),
        Format::Html => Content::new(HTML, pages::events(&part)),
    };
    Ok(shelf.recent(&request.uri, format, make).await.answer(&request.headers).await)
}

/// The order of two dates as far as both are known: `2017` equals any day of that year, so it is
/// never left out for being vague.
fn known_order(a: Date, b: Date) -> Ordering {
    let both = |a: Option<u8>, b: Option<u8>| a.zip(b).map_or(Ordering::Equal, |(a, b)| a.cmp(&b));
    a.year().cmp(&b.year()).then(both(a.month(), b.month())).then(both(a.day(), b.day()))
}

async fn health() -> Response {
    let body = json!({ "status": "ok", "articles": articles().len() }).to_string();
    ([(CACHE_CONTROL, "no-store"), (CONTENT_TYPE, JSON)], body).into_response()
}

async fn style(headers: HeaderMap) -> Response {
    static STYLE: LazyLock<Arc<Content>> =
        LazyLock::new(|| Arc::new(Content::new(CSS, include_str!("style.css"))));
    Arc::clone(&STYLE).answer(&headers).await
}

/// Everything else: the permalink of an article, as its exported HTML links to it, leads to the
/// article; the images that articles show stand at their paths.
async fn elsewhere(uri: Uri) -> Answer {
    let path = urls::decode(uri.path()).unwrap_or_default();
    if let Some((media_type, bytes)) = image(&path) {
        // An SVG may be opened by itself: nothing in it runs or loads anything.
        let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";
        let headers =
            [(CONTENT_TYPE, media_type), (CACHE_CONTROL, CACHE), (CONTENT_SECURITY_POLICY, policy)];
        return Ok((headers, bytes).into_response());
    }
    match articles().iter().find(|article| article.permalink() == path) {
        Some(article) => {
            Ok((StatusCode::TEMPORARY_REDIRECT, [(LOCATION, urls::article(article))])
                .into_response())
        }
        None => {
            let known = "/, /articles, /articles/{id}, /sections/{id}?anchor=, /search?q=, \
                /events, /records, \
                         /records/{table}, /records/{table}/{id}, /healthz";
            Err(Problem {
                expected: Some(known.into()),
                ..Problem::new(StatusCode::NOT_FOUND, format!("nothing is at `{path}`"))
            })
        }
    }
}

fn image(path: &str) -> Option<(&'static str, &'static [u8])> {
    let path = path.strip_prefix('/')?;
    let mut images = articles().iter().flat_map(|article| article.images());
    let image = images.find(|image| image.path() == path)?;
    image.media_type().zip(image.bytes())
}

// ---- shared by the handlers ---------------------------------------------------------------------

pub fn json(value: &impl Serialize) -> Content {
    Content::new(JSON, serde_json::to_vec(value).expect("the export form has texts as keys"))
}

/// The form to answer in: `format`, else the end of the path, else what `Accept` prefers.
pub fn format(request: &Parts, query: &Query, suffix: Option<Format>) -> Result<Format, Problem> {
    match (query.get("format"), suffix) {
        (Some(name), _) => Format::named(name).ok_or_else(|| {
            Problem::parameter("format", format!("`format` is `{name}`"), "json or html")
        }),
        (None, Some(format)) => Ok(format),
        (None, None) => Format::accepted(&request.headers),
    }
}

/// The article that a path names, and the form that it ends with: `.json` or `.html`, unless that
/// belongs to the id.
fn named(uri: &Uri, prefix: &str) -> Result<(&'static Article, Option<Format>), Problem> {
    let path = uri.path().strip_prefix(prefix).unwrap_or_default();
    let id = urls::decode(path)
        .ok_or_else(|| Problem::new(StatusCode::BAD_REQUEST, "the path is not UTF-8"))?;
    let whole = ai_almanac::get(&id).map(|article| (article, None));
    let (stem, format) = match id.rsplit_once('.') {
        Some((stem, end)) => (stem, Format::named(end)),
        None => (&*id, None),
    };
    let cut = || format.and_then(|_| ai_almanac::get(stem)).map(|article| (article, format));
    whole.or_else(cut).ok_or_else(|| Problem::no_article(if format.is_some() { stem } else { &id }))
}
