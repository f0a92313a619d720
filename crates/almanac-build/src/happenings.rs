//! Happenings: events of different articles that carry one id are told once.

use std::collections::{BTreeMap, HashMap};

use almanac_core::Date;

use crate::fault::{Code, Fault, FileSpan, nearest};
use crate::resolve::Article;
use crate::timeline::Event;

/// A happening, and the events that tell it.
#[derive(Debug)]
pub struct Happening {
    /// `None` for an event without an id, which is a happening of its own.
    pub id: Option<String>,
    /// The most exact date of its events.
    pub date: Date,
    /// Articles, each with the place in its events, in sidebar order.
    pub events: Vec<(usize, usize)>,
}

/// The number of ids that are compared for suggestions in one run.
const COMPARISONS: usize = 200_000;

/// Gathers the happenings of the listed articles, in order of time. Ids that can't be right are
/// taken off their events.
pub fn happenings(articles: &mut [Article], faults: &mut Vec<Fault>) -> Vec<Happening> {
    let mut by_id: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for (at, article) in articles.iter().enumerate() {
        for (number, event) in article.events.iter().enumerate() {
            if let Some(id) = &event.id {
                by_id.entry(id.value.clone()).or_default().push((at, number));
            }
        }
    }
    for told in by_id.values_mut() {
        dates_agree(told, articles, faults);
    }
    similar_ids(&by_id, articles, faults);

    let mut happenings = Vec::new();
    for (id, mut told) in by_id {
        told.retain(|(at, _)| !articles[*at].unlisted);
        let dates = told.iter().map(|&(at, number)| articles[at].events[number].date);
        if let Some(date) = dates.max_by_key(|date| precision(*date)) {
            happenings.push(Happening { id: Some(id), date, events: told });
        }
    }
    for (at, article) in articles.iter().enumerate().filter(|(_, article)| !article.unlisted) {
        for (number, event) in article.events.iter().enumerate() {
            if event.id.is_none() {
                let (date, events) = (event.date, vec![(at, number)]);
                happenings.push(Happening { id: None, date, events });
            }
        }
    }
    happenings.sort_by_key(|happening| (happening.date, happening.events[0]));
    happenings
}

/// Returns 1 for a year, 2 for a month, 3 for a day.
fn precision(date: Date) -> usize {
    1 + usize::from(date.month().is_some()) + usize::from(date.day().is_some())
}

/// Returns `true` if two dates are the same as far as both are known.
fn agree(one: Date, other: Date) -> bool {
    let same = |one: Option<u8>, other: Option<u8>| one.zip(other).is_none_or(|(a, b)| a == b);
    one.year() == other.year() && same(one.month(), other.month()) && same(one.day(), other.day())
}

/// Reports the events whose date is not that of the most exact one, and takes them out.
fn dates_agree(told: &mut Vec<(usize, usize)>, articles: &mut [Article], faults: &mut Vec<Fault>) {
    let event = |articles: &[Article], (at, number): (usize, usize)| -> (Date, FileSpan) {
        let event = &articles[at].events[number];
        (event.date, FileSpan::new(articles[at].file, event.date_span.clone()))
    };
    // Of equally exact ones the first.
    let exact = told.iter().rev().copied();
    let Some(exact) = exact.max_by_key(|&one| precision(event(articles, one).0)) else { return };
    let (date, place) = event(articles, exact);
    told.retain(|&one| {
        let (other, other_place) = event(articles, one);
        if agree(date, other) {
            return true;
        }
        let id = articles[one.0].events[one.1].id.take().map(|id| id.value).unwrap_or_default();
        let message = format!("`{id}` is told with two dates, {date} and {other}");
        let fault = Fault::new(Code::HappeningDate, other_place, message);
        faults.push(
            fault
                .related(place.clone(), "the other date")
                .help("correct one of the dates, or give the event another id"),
        );
        false
    });
}

/// Reports ids of one event alone that are much like another id at the same time: one is misspelt.
fn similar_ids(
    by_id: &BTreeMap<String, Vec<(usize, usize)>>,
    articles: &[Article],
    faults: &mut Vec<Fault>,
) {
    let event = |(at, number): (usize, usize)| -> &Event { &articles[at].events[number] };
    #[allow(clippy::type_complexity, reason = "said once, here")]
    let mut by_year: HashMap<u16, Vec<(&str, &[(usize, usize)])>> = HashMap::new();
    for (id, told) in by_id {
        if let Some(&first) = told.first() {
            by_year.entry(event(first).date.year()).or_default().push((id, told));
        }
    }
    let mut comparisons = COMPARISONS;
    for (id, told) in by_id {
        let &[only] = &told[..] else { continue };
        let date = event(only).date;
        let Some(others) = by_year.get(&date.year()) else { continue };
        let Some(left) = comparisons.checked_sub(others.len()) else { return };
        comparisons = left;
        // Of two ids that one event has each, the second is reported.
        let candidates = others.iter().filter(|(other, told)| {
            *other != id
                && (told.len() > 1 || *other < id.as_str())
                && agree(event(told[0]).date, date)
        });
        let names: Vec<&str> = candidates.map(|(other, _)| *other).collect();
        let Some(near) = nearest(id, names) else { continue };
        let (Some(own), Some(&other)) =
            (&event(only).id, by_id.get(near).and_then(|told| told.first()))
        else {
            continue;
        };
        let place = FileSpan::new(articles[only.0].file, own.span.clone());
        let message = format!("no other event has the id `{id}`");
        let mut fault = Fault::new(Code::SimilarHappening, place, message)
            .did_you_mean(Some(format!("#{near}")));
        if let Some(other_id) = &event(other).id {
            fault = fault.related(
                FileSpan::new(articles[other.0].file, other_id.span.clone()),
                "this one is of the same time",
            );
        }
        faults.push(fault);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::ContentFolder;
    use crate::stages::{Settings, compile};

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn dates_agree_as_far_as_they_go() {
        assert!(
            agree(date("2020"), date("2020-05-06")) && agree(date("2020-05-06"), date("2020-05"))
        );
        assert!(!agree(date("2020-05"), date("2020-06-01")) && !agree(date("2020"), date("2021")));
    }

    /// Quadratic work would take minutes here.
    #[test]
    fn many_ids_are_compared_in_time() {
        let mut text = String::from("# A\n\n## Timeline\n\n");
        for number in 0..20_000 {
            text.push_str(&format!("- **2020**: It. <!-- #a{number}b -->\n"));
        }
        let report =
            compile(ContentFolder::from_files([("a.md", text)]), &Settings::default()).report;
        assert!(
            !report.failed && report.warnings.contains("similar-happening"),
            "{}",
            report.errors
        );
    }
}
