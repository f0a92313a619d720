//! Suggestions for happenings: events of different articles that have a date and a source in
//! common.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

use almanac_core::Date;

use crate::fault::FileSpan;
use crate::limits;
use crate::report::Locator;
use crate::resolve::{Almanac, Article, Target};
use crate::source::ContentFolder;
use crate::visible::visible;

/// Events of different articles that may tell one happening: they have the date and a source in
/// common, and no id says that they do. A compilation finds at most the first 1,000 of them, by
/// the first 16 links of each source.
///
/// ```
/// # let docs = std::env::temp_dir().join(format!("almanac-candidate-{}", std::process::id()));
/// # std::fs::create_dir_all(&docs)?;
/// let event = "## Timeline\n\n- **2020**: It is told.[^1]\n\n[^1]: [S](https://a.example/)\n";
/// std::fs::write(docs.join("a.md"), format!("# A\n\n{event}"))?;
/// std::fs::write(docs.join("b.md"), format!("# B\n\n{event}"))?;
/// let compiled = almanac_build::Builder::new(&docs).shown_as("docs").run();
/// let [candidate] = &compiled.candidates[..] else { panic!() };
/// assert_eq!((candidate.date.year(), candidate.events.len()), (2020, 2));
/// assert_eq!(candidate.sources, ["https://a.example/"]);
/// # std::fs::remove_dir_all(docs)?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Candidate {
    /// The date of all events.
    pub date: Date,
    /// The events, in sidebar order.
    pub events: Vec<CandidateEvent>,
    /// The URLs that more than one of the events cites.
    pub sources: Vec<String>,
}

/// An event of a [`Candidate`].
///
/// ```
/// # let docs = std::env::temp_dir().join(format!("almanac-event-{}", std::process::id()));
/// # std::fs::create_dir_all(&docs)?;
/// let event = "## Timeline\n\n- **2020**: It is told.[^1]\n\n[^1]: [S](https://a.example/)\n";
/// std::fs::write(docs.join("a.md"), format!("# A\n\n{event}"))?;
/// std::fs::write(docs.join("b.md"), format!("# B\n\n{event}"))?;
/// let compiled = almanac_build::Builder::new(&docs).shown_as("docs").run();
/// let event = &compiled.candidates[0].events[1];
/// assert_eq!((&*event.place, &*event.text), ("docs/b.md:5:5", "It is told."));
/// assert_eq!(event.id, None);
/// # std::fs::remove_dir_all(docs)?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CandidateEvent {
    /// File, line and column of the event's date, as diagnostics show it.
    pub place: String,
    /// The text of the event.
    pub text: String,
    /// The id that the event has already; `None` without one.
    pub id: Option<String>,
}

impl fmt::Display for Candidate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{}: {} events may be one happening", self.date, self.events.len())?;
        for event in &self.events {
            write!(formatter, "  {}: {}", event.place, one_line(&event.text))?;
            match &event.id {
                Some(id) => writeln!(formatter, " <!-- #{id} -->")?,
                None => writeln!(formatter)?,
            }
        }
        for source in &self.sources {
            writeln!(formatter, "  source in common: {source}")?;
        }
        Ok(())
    }
}

fn one_line(text: &str) -> String {
    visible(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

/// Finds the first candidates, in order of time.
pub fn candidates(almanac: &Almanac, folder: &ContentFolder) -> Vec<Candidate> {
    let events: Vec<(usize, usize)> = almanac
        .articles
        .iter()
        .enumerate()
        .flat_map(|(at, article)| (0..article.events.len()).map(move |event| (at, event)))
        .collect();
    let mut citing: BTreeMap<(Date, &str), Vec<usize>> = BTreeMap::new();
    for (index, &(at, number)) in events.iter().enumerate() {
        let article = &almanac.articles[at];
        for url in urls(article, number) {
            citing.entry((article.events[number].date, url)).or_default().push(index);
        }
    }
    let id = |index: usize| {
        let (at, number) = events[index];
        almanac.articles[at].events[number].id.as_ref().map(|id| id.value.as_str())
    };
    let mut sets = Groups::new(events.len());
    let mut shared: Vec<(usize, &str)> = Vec::new();
    for ((_, url), told) in &citing {
        // Two ids: somebody has decided already.
        let Some(pivot) = told.iter().copied().find(|&index| id(index).is_none()) else { continue };
        let elsewhere =
            |from: usize| told.iter().copied().find(|&index| events[index].0 != events[from].0);
        let Some(other) = elsewhere(pivot) else { continue };
        for &index in told.iter().filter(|&&index| index != pivot) {
            let with = if events[index].0 == events[pivot].0 { other } else { pivot };
            if id(index).is_none() || id(with).is_none() {
                sets.join(index, with);
                shared.push((index, url));
            }
        }
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for index in 0..events.len() {
        members.entry(sets.of(index)).or_default().push(index);
    }
    let mut sources: HashMap<usize, BTreeSet<&str>> = HashMap::new();
    for (index, url) in shared {
        sources.entry(sets.of(index)).or_default().insert(url);
    }
    let mut groups: Vec<(usize, Vec<usize>)> =
        members.into_iter().filter(|(_, members)| members.len() > 1).collect();
    let date = |index: usize| {
        let (at, number) = events[index];
        almanac.articles[at].events[number].date
    };
    // Those of one date stay in sidebar order.
    groups.sort_by_key(|(_, members)| date(members[0]));
    groups.truncate(limits::CANDIDATES);
    let mut locator = Locator::new(folder);
    groups
        .into_iter()
        .map(|(group, members)| {
            let date = date(members[0]);
            let events = members.iter().map(|&index| {
                let (at, number) = events[index];
                let article = &almanac.articles[at];
                let event = &article.events[number];
                let place = FileSpan::new(article.file, event.date_span.clone());
                CandidateEvent {
                    place: locator.locate(place).to_string(),
                    text: event.text.clone(),
                    id: event.id.as_ref().map(|id| id.value.clone()),
                }
            });
            Candidate {
                date,
                events: events.collect(),
                sources: sources.remove(&group).into_iter().flatten().map(str::to_owned).collect(),
            }
        })
        .collect()
}

/// Returns the URLs that an event cites, each once, without what follows `#`.
fn urls(article: &Article, event: usize) -> BTreeSet<&str> {
    let notes = article.events[event].sources.iter();
    let notes = notes.map(|&note| &article.document.footnotes[note].links);
    let links = notes.flat_map(|links| links.iter().take(limits::CITED_LINKS));
    links
        .filter_map(|&link| match &article.targets[link] {
            Some(Target::Web(url)) => Some(url.split('#').next().unwrap_or(url)),
            _ => None,
        })
        .collect()
}

/// Disjoint sets of indices.
struct Groups {
    above: Vec<usize>,
}

impl Groups {
    fn new(count: usize) -> Groups {
        Groups { above: (0..count).collect() }
    }

    /// Returns the least index of the set.
    fn of(&mut self, mut index: usize) -> usize {
        while self.above[index] != index {
            self.above[index] = self.above[self.above[index]];
            index = self.above[index];
        }
        index
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.of(one), self.of(other));
        let (low, high) = (one.min(other), one.max(other));
        self.above[high] = low;
    }
}

#[cfg(test)]
mod tests {
    use crate::limits;
    use crate::source::ContentFolder;
    use crate::stages::{Settings, compile};

    /// An article with one event a line: date, id or nothing, source.
    fn article(events: &[(&str, &str, &str)]) -> String {
        let mut text = String::from("# A\n\n## Timeline\n\n");
        for (number, (date, id, _)) in events.iter().enumerate() {
            let id = if id.is_empty() { String::new() } else { format!(" <!-- #{id} -->") };
            text.push_str(&format!("- **{date}**: It.[^{number}]{id}\n"));
        }
        text.push('\n');
        for (number, (.., source)) in events.iter().enumerate() {
            text.push_str(&format!("[^{number}]: [S](https://{source}).\n"));
        }
        text
    }

    fn candidates(articles: &[&[(&str, &str, &str)]]) -> Vec<String> {
        let files = articles.iter().enumerate();
        let files = files.map(|(number, events)| (format!("{number}.md"), article(events)));
        let compiled = compile(ContentFolder::from_files(files), &Settings::default());
        assert!(!compiled.report.failed, "{}", compiled.report.errors);
        compiled.candidates.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_same_date_and_source_in_different_articles() {
        let found = candidates(&[
            &[
                ("2020-01-02", "", "a.example/x"),
                ("2020-01-02", "", "b.example"),
                ("2021", "", "c.example"),
            ],
            &[("2020-01-02", "named", "a.example/x#part"), ("2020-01-03", "", "b.example")],
            &[("2020-01-02", "", "a.example/x"), ("2021", "", "c.example")],
        ]);
        assert_eq!(
            found,
            [
                "2020-01-02: 3 events may be one happening\n  \
                 content/0.md:5:5: It.\n  content/1.md:5:5: It. <!-- #named -->\n  \
                 content/2.md:5:5: It.\n  source in common: https://a.example/x\n",
                "2021: 2 events may be one happening\n  content/0.md:7:5: It.\n  \
                 content/2.md:6:5: It.\n  source in common: https://c.example\n",
            ]
        );
    }

    #[test]
    fn nothing_where_it_is_decided() {
        let none: [String; 0] = [];
        // One article, two ids, the same id, another source, another date.
        assert_eq!(candidates(&[&[("2020", "", "a.example"), ("2020", "", "a.example")]]), none);
        let one: &[_] = &[("2020", "one", "a.example")];
        assert_eq!(candidates(&[one, &[("2020", "other-thing", "a.example")]]), none);
        assert_eq!(candidates(&[one, one]), none);
        assert_eq!(
            candidates(&[one, &[("2020", "", "b.example"), ("2020-01", "", "a.example")]]),
            none
        );
    }

    /// Each event has all links of the sources that it cites.
    #[test]
    fn of_a_source_the_first_links_count() {
        let article = |shared: &str, count: usize| {
            let links: String =
                (0..count).map(|at| format!("[x](https://{shared}.example/{at}) ")).collect();
            let events = "## Timeline\n\n- **2020**: It.[^1]\n";
            format!("# A\n\n{events}\n[^1]: {links}[x](https://all.example/).\n")
        };
        let found = |articles: [String; 2]| {
            let files = ["a.md", "b.md"].into_iter().zip(articles);
            compile(ContentFolder::from_files(files), &Settings::default()).candidates
        };
        let most = limits::CITED_LINKS;
        assert_eq!(found([article("a", most), article("b", most)]), []);
        assert_eq!(found([article("a", most), article("a", most)])[0].sources.len(), most);
        let shorter = found([article("a", most - 1), article("b", most - 1)]);
        assert_eq!(shorter[0].sources, ["https://all.example/"]);
    }

    #[test]
    fn there_are_only_so_many() {
        let source = "\n[^1]: [S](https://a.example/).\n";
        let events: String =
            (0..=limits::CANDIDATES).map(|at| format!("- **{}**: It.[^1]\n", 1000 + at)).collect();
        let article = format!("# A\n\n## Timeline\n\n{events}{source}");
        let files = ["a.md", "b.md"].map(|path| (path, article.as_str()));
        let found = compile(ContentFolder::from_files(files), &Settings::default()).candidates;
        assert_eq!(found.len(), limits::CANDIDATES);
        let last = found.last().map(|last| usize::from(last.date.year()));
        assert_eq!(last, Some(999 + limits::CANDIDATES));
    }
}
