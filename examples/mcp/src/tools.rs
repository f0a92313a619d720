//! The tools: what each takes, what it gives, and how that reads.

use crate::tellers;
use ai_almanac::{Article, Category, Date, Event, Record, Section, categories};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::records::records;
use crate::text::{Cited, Format, MOST_LISTED, Part, Place, article, section};
use crate::tool::{Answer, Entry};

pub fn all() -> Vec<Entry> {
    vec![
        Entry::new(
            "search",
            "Search",
            "Finds sections by words, the best first, with the ids and anchors that the other \
            tools take. Begin here. It knows words and \
             not meanings: when it finds nothing useful, try names and synonyms.",
            search,
        ),
        Entry::new(
            "get_article",
            "Read an article",
            "Reads a whole article: facts, sections, text and sources. `get_section` is shorter \
            where one section is enough.",
            get_article,
        ),
        Entry::new(
            "get_section",
            "Read a section",
            "Reads one section of an article with its sources.",
            get_section,
        ),
        Entry::new(
            "events",
            "Dated events",
            "Tells what happened when, in order of time, each event with its sources.",
            events,
        ),
        Entry::new(
            "list_articles",
            "List the articles",
            "Lists articles with their ids and what they are about.",
            list_articles,
        ),
        Entry::new(
            "records",
            "Records",
            "Reads the rows of typed tables, each value with its sources: shorter than the \
            articles where single facts are asked for. \
             Without `table` it tells which tables there are.",
            records,
        ),
    ]
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SearchArguments {
    /// Words in any form; any may match, the more the better. `"quoted words"` must stand together,
    /// `-word` must not occur, `in:ID` keeps to a category or an article. At most 32 words and 1000
    /// bytes.
    #[schemars(length(min = 1, max = 1000))]
    query: String,
    /// How many hits at most, 1 to 50; 10 if left out.
    #[schemars(range(min = 1, max = 50))]
    limit: Option<u32>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Hits {
    /// How many articles or sections were found, whether listed or not.
    found: usize,
    /// True if only the beginning of the query was read, because it is too long.
    truncated: bool,
    /// What stands after `in:` and is the id of no folder and no article.
    unknown_filters: Vec<String>,
    hits: Vec<Hit>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Hit {
    /// The id of the article.
    article: &'static str,
    title: &'static str,
    /// The anchor of the section; null for what stands before the first.
    anchor: Option<&'static str>,
    section_title: Option<&'static str>,
    snippet: String,
    /// To be compared within one answer only.
    score: f64,
    uri: String,
}

fn search(SearchArguments { query, limit }: SearchArguments) -> Answer<Hits> {
    let limit = within("limit", limit, 10, 50)?;
    if query.trim().is_empty() {
        return Err("`query` is empty: give words to look for".into());
    }
    let (bytes, words) = (query.len(), query.split_whitespace().count());
    if bytes > 1000 || words > 32 {
        return Err(format!(
            "`query` is too long ({bytes} bytes, {words} words): give at most 1000 bytes and 32 \
            words"
        ));
    }
    let found = ai_almanac::search(&query);
    let total = found.len();
    let (truncated, unknown_filters) = (found.truncated(), found.unknown_filters().to_vec());
    let hits: Vec<Hit> = found.take(limit).map(hit).collect();
    let mut text = format!("{} of {total} hits\n", hits.len());
    for (number, hit) in hits.iter().enumerate() {
        let section = hit.section_title.map(|title| format!(" / {title}")).unwrap_or_default();
        let anchor = hit.anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
        text += &format!(
            "\n{}. {}{section} ({}{anchor}, score {})\n   {}\n",
            number + 1,
            hit.title,
            hit.article,
            hit.score,
            hit.snippet
        );
    }
    if truncated {
        text += "\nThe query is too long: only its beginning was read.\n";
    }
    for id in &unknown_filters {
        text += &format!("\nNo folder and no article has the id `{id}`.\n");
    }
    if total == 0 {
        text += "\nNothing has these words. Try fewer or other ones; `list_articles` shows what \
            there is.\n";
    }
    Ok((text, Hits { found: total, truncated, unknown_filters, hits }))
}

fn hit(hit: ai_almanac::Hit) -> Hit {
    let (article, section) = (hit.article(), hit.section());
    Hit {
        article: article.id(),
        title: article.title(),
        anchor: section.map(|section| section.anchor()),
        section_title: section.map(|section| section.title()),
        snippet: hit.snippet().text().split_whitespace().collect::<Vec<_>>().join(" "),
        score: (f64::from(hit.score()) * 100.0).round() / 100.0,
        uri: section.map_or(Place::Article(article), Place::Section).uri(),
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ArticleArguments {
    /// The id of the article, as `search` and `list_articles` give it: folder/name.
    id: String,
    /// `markdown` if left out.
    format: Option<Format>,
    /// Where to go on in a long text: `next_offset` of the answer before.
    offset: Option<usize>,
}

fn get_article(ArticleArguments { id, format, offset }: ArticleArguments) -> Answer<Reading> {
    read(Place::Article(article(&id)?), format, offset)
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SectionArguments {
    /// The id of the article.
    id: String,
    /// The anchor of the section, as `search` and `get_article` give it.
    anchor: String,
    /// `markdown` if left out.
    format: Option<Format>,
    /// Where to go on in a long text: `next_offset` of the answer before.
    offset: Option<usize>,
}

fn get_section(
    SectionArguments { id, anchor, format, offset }: SectionArguments,
) -> Answer<Reading> {
    read(Place::Section(section(article(&id)?, &anchor)?), format, offset)
}

/// An article or a section.
#[derive(Debug, Serialize, JsonSchema)]
struct Reading {
    /// The id of the article.
    article: &'static str,
    title: String,
    uri: String,
    description: &'static str,
    /// The id of the category.
    category: Option<&'static str>,
    /// As of when the facts hold.
    #[schemars(with = "Option<String>")]
    last_update: Option<Date>,
    /// Facts about a thing of a `kind`.
    #[schemars(with = "Option<Map<String, Value>>")]
    profile: Option<&'static Record>,
    /// What else the front matter says.
    #[schemars(with = "Option<Map<String, Value>>")]
    fields: Option<&'static Record>,
    /// The sections inside it, whose text is in `body` too.
    sections: Vec<Heading>,
    /// How many more sections there are.
    more_sections: usize,
    body: Part,
}

/// A section to ask for.
#[derive(Debug, Serialize, JsonSchema)]
struct Heading {
    anchor: &'static str,
    title: &'static str,
    level: u8,
}

fn read(place: Place, format: Option<Format>, offset: Option<usize>) -> Answer<Reading> {
    let body = Part::of(place, format.unwrap_or_default(), offset.unwrap_or(0))?;
    let article = place.article();
    let more_sections = place.sections().len().saturating_sub(MOST_LISTED);
    let mut text = format!("# {}\n\n", place.title());
    if let Place::Article(article) = place {
        text += &format!("{}\n\n", article.description());
        if let Some(profile) = article.profile_record() {
            text += &format!("- kind: {}\n", profile.kind().name());
        }
        article.facts().for_each(|fact| text += &format!("- {fact}\n"));
        let anchors: Vec<_> =
            place.sections().iter().take(MOST_LISTED).map(|section| section.anchor()).collect();
        text += &format!(
            "- {} sections: {}{}\n",
            place.sections().len(),
            anchors.join(", "),
            if more_sections > 0 { ", …" } else { "" }
        );
    }
    text +=
        &article.last_update().map(|date| format!("- last update: {date}\n\n")).unwrap_or_default();
    text += &body.read(place);
    let heading = |section: &'static Section| Heading {
        anchor: section.anchor(),
        title: section.title(),
        level: section.level(),
    };
    let data = Reading {
        article: article.id(),
        title: place.title(),
        uri: place.uri(),
        description: article.description(),
        category: article.category().map(Category::id),
        last_update: article.last_update(),
        profile: article.profile_record(),
        fields: article.fields_record(),
        sections: place.sections().iter().take(MOST_LISTED).map(heading).collect(),
        more_sections,
        body,
    };
    Ok((text, data))
}

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct EventsArguments {
    /// All of one year; not together with `from` or `to`.
    #[schemars(range(max = 9999))]
    year: Option<u32>,
    /// The first date: 2019-08-23, 2019-08 or 2019.
    from: Option<String>,
    /// The last date, with all of that year or month.
    to: Option<String>,
    /// The id of an article whose timeline alone is asked for.
    article: Option<String>,
    /// How many events at most, 1 to 100; 20 if left out.
    #[schemars(range(min = 1, max = 100))]
    limit: Option<u32>,
    /// How many to pass over: `next_offset` of the answer before.
    offset: Option<usize>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct EventsAnswer {
    /// How many events fit, whether listed or not.
    found: usize,
    events: Vec<EventEntry>,
    /// The `offset` to ask for what follows; null at the end.
    next_offset: Option<usize>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct EventEntry {
    /// As exactly as it is known: a day, a month or a year.
    #[schemars(with = "String")]
    date: Date,
    text: &'static str,
    /// The id of the article.
    article: &'static str,
    title: &'static str,
    anchor: &'static str,
    sources: Vec<Cited>,
    /// The ids of other articles that tell the same, eight at most.
    also: Vec<&'static str>,
    /// The number of further articles that tell the same.
    also_more: usize,
}

fn events(arguments: EventsArguments) -> Answer<EventsAnswer> {
    let limit = within("limit", arguments.limit, 20, 100)?;
    let (from, to) = match (arguments.year, arguments.from, arguments.to) {
        (None, from, to) => (date("from", from)?, date("to", to)?),
        (Some(year), None, None) => [date("year", Some(format!("{year:04}")))?; 2].into(),
        _ => return Err("give either `year`, or `from` and `to`".into()),
    };
    if let (Some(from), Some(to)) = (from, to)
        && !up_to(from, to)
    {
        return Err(format!("`from` ({from}) is later than `to` ({to})"));
    }
    let of = arguments.article.map(|id| article(&id)).transpose()?;
    let fits = |event: &&'static Event| {
        from.is_none_or(|from| event.date() >= from)
            && to.is_none_or(|to| up_to(event.date(), to))
            && of.is_none_or(|article| event.article() == article)
    };
    // Each happening once: in the words of the article that is asked for.
    let told = ai_almanac::happenings().iter().filter_map(|happening| match of {
        None => Some(happening.event()),
        Some(article) => {
            happening.events().iter().copied().find(|event| event.article() == article)
        }
    });
    let found: Vec<_> = told.filter(fits).collect();
    let (listed, next_offset) = page(&found, arguments.offset, limit)?;
    let mut text = format!("{} of {} events\n", listed.len(), found.len());
    let mut events = Vec::new();
    for event in listed {
        let sources: Vec<Cited> = event.sources().iter().map(|source| Cited::of(source)).collect();
        let tellers = event.happening().map_or(&[][..], |happening| happening.events());
        let (others, also_more) = tellers::first_others(tellers, *event);
        let also: Vec<_> = others.into_iter().map(|other| other.article().id()).collect();
        let ids: Vec<_> = [event.article().id()].into_iter().chain(also.iter().copied()).collect();
        let more = if also_more > 0 { format!(" and {also_more} more") } else { String::new() };
        text += &format!("\n{} {} ({}{more})\n", event.date(), event.text(), ids.join(", "));
        sources.iter().for_each(|source| text += &source.line());
        let (date, article, anchor) = (event.date(), event.article(), event.section().anchor());
        events.push(EventEntry {
            date,
            text: event.text(),
            article: article.id(),
            title: article.title(),
            anchor,
            sources,
            also,
            also_more,
        });
    }
    text += &more(next_offset);
    Ok((text, EventsAnswer { found: found.len(), events, next_offset }))
}

/// Returns `true` if `date` is not after `last`, or in the year or month that it is.
fn up_to(date: Date, last: Date) -> bool {
    let same_year = date.year() == last.year();
    date <= last
        || same_year
            && (last.month().is_none() || last.day().is_none() && date.month() == last.month())
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ListArguments {
    /// The id of a category whose articles alone are asked for, those of categories inside it
    /// included.
    category: Option<String>,
    /// How many articles at most, 1 to 200; 100 if left out.
    #[schemars(range(min = 1, max = 200))]
    limit: Option<u32>,
    /// How many to pass over: `next_offset` of the answer before.
    offset: Option<usize>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct ListAnswer {
    /// How many articles there are, whether listed or not.
    found: usize,
    articles: Vec<ArticleEntry>,
    /// The `offset` to ask for what follows; null at the end.
    next_offset: Option<usize>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct ArticleEntry {
    id: &'static str,
    title: &'static str,
    description: &'static str,
    /// The id of its category.
    category: Option<&'static str>,
    words: u32,
}

fn list_articles(ListArguments { category, limit, offset }: ListArguments) -> Answer<ListAnswer> {
    let limit = within("limit", limit, 100, 200)?;
    if let Some(id) = &category
        && !categories().iter().any(|category| category.id() == id)
    {
        let ids: Vec<_> = categories()
            .iter()
            .take(MOST_LISTED)
            .map(|category| format!("`{}`", category.id()))
            .collect();
        return Err(format!(
            "no category has this id; there are {}",
            if ids.is_empty() { "none".into() } else { ids.join(", ") }
        ));
    }
    let inside = |article: &&&'static Article| {
        let mut around = std::iter::successors(article.category(), |category| category.parent());
        category.as_ref().is_none_or(|id| around.any(|category| category.id() == id))
    };
    let found: Vec<_> = ai_almanac::articles().iter().filter(inside).collect();
    let (listed, next_offset) = page(&found, offset, limit)?;
    let mut text = format!("{} of {} articles\n\n", listed.len(), found.len());
    let mut articles = Vec::new();
    for article in listed {
        let (id, title, description) = (article.id(), article.title(), article.description());
        text += &format!("- {id}: {title}. {description}\n");
        articles.push(ArticleEntry {
            id,
            title,
            description,
            category: article.category().map(Category::id),
            words: article.word_count(),
        });
    }
    text += &more(next_offset);
    Ok((text, ListAnswer { found: found.len(), articles, next_offset }))
}

/// A number of things that is asked for.
pub fn within(name: &str, value: Option<u32>, default: u32, most: u32) -> Result<usize, String> {
    let value = value.unwrap_or(default);
    if (1..=most).contains(&value) {
        Ok(value as usize)
    } else {
        Err(format!("`{name}` is {value}: give 1 to {most}"))
    }
}

fn date(name: &str, text: Option<String>) -> Result<Option<Date>, String> {
    text.map(|text| text.parse().map_err(|error| format!("`{name}` is `{text}`: {error}")))
        .transpose()
}

/// A page of a list, and where the next one begins.
pub fn page<T>(
    all: &[T],
    offset: Option<usize>,
    limit: usize,
) -> Result<(&[T], Option<usize>), String> {
    let offset = offset.unwrap_or(0);
    let rest = all
        .get(offset..)
        .ok_or_else(|| format!("`offset` is {offset}, and there are {}", all.len()))?;
    let page = &rest[..limit.min(rest.len())];
    Ok((page, (page.len() < rest.len()).then_some(offset + page.len())))
}

pub fn more(next_offset: Option<usize>) -> String {
    next_offset
        .map(|offset| format!("\nMore: ask again with `offset` {offset}.\n"))
        .unwrap_or_default()
}
