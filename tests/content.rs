//! The editorial rules, held on the shipped articles through the public interface.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ai_almanac::{Article, Profile, Target, articles, categories};

/// The articles of a category, by its id.
fn of(category: &str) -> Vec<&'static Article> {
    let found = categories().iter().find(|found| found.id() == category);
    found.unwrap_or_else(|| panic!("no category {category}")).articles().to_vec()
}

/// Fails with all faults at once.
fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn there_is_enough_to_read() {
    let mut faults = Vec::new();
    for (category, count, words) in [("companies", 24, 700), ("pioneers", 12, 500), ("terms", 28, 350), ("history", 7, 700)] {
        let found = of(category);
        if found.len() < count {
            faults.push(format!("{category} has {} articles, not {count}", found.len()));
        }
        let short = found.iter().filter(|article| article.word_count() < words);
        faults.extend(short.map(|article| format!("{} has {} words", article.id(), article.word_count())));
    }
    let words: u32 = articles().iter().map(|article| article.word_count()).sum();
    if words < 50_000 {
        faults.push(format!("{words} words in all"));
    }
    none(faults);
}

#[test]
fn every_article_is_described() {
    let mut faults = Vec::new();
    for article in articles() {
        let id = article.id();
        if article.description().is_empty() || !article.description().ends_with('.') || article.description().len() > 200 {
            faults.push(format!("{id}: the description is one sentence: {}", article.description()));
        }
        if article.keywords().len() < 3 {
            faults.push(format!("{id}: {} keywords", article.keywords().len()));
        }
        if article.last_update().is_none() {
            faults.push(format!("{id}: no last_update"));
        }
        let expected = match article.category().map(|category| category.id()) {
            Some("companies") => matches!(article.profile(), Some(Profile::Company(_))),
            Some("terms") => matches!(article.profile(), Some(Profile::Term(_))),
            // Two people share an article.
            Some("pioneers") => matches!(article.profile(), Some(Profile::Person(_))) || id == "pioneers/newell-and-simon",
            _ => true,
        };
        if !expected {
            faults.push(format!("{id}: no fitting profile"));
        }
    }
    none(faults);
}

/// The paragraphs and list items of an HTML text, each without the blocks inside it.
fn blocks(html: &str) -> Vec<&str> {
    let mut blocks = Vec::new();
    for open in ["<p>", "<li>"] {
        for (at, _) in html.match_indices(open) {
            let inside = &html[at + open.len()..];
            let end = ["</p>", "</li>", "<ul>", "<ol>", "<p>"].iter().filter_map(|end| inside.find(end)).min().unwrap_or(inside.len());
            if !inside[..end].trim().is_empty() {
                blocks.push(&inside[..end]);
            }
        }
    }
    blocks
}

#[test]
fn every_statement_cites_a_source() {
    let mut faults = Vec::new();
    for article in articles() {
        let lead = &article.html()[..article.html().find("<h2").unwrap_or(article.html().len())];
        let sections = article.sections().iter().filter(|section| section.title() != "Further reading").map(|section| section.html());
        for block in std::iter::once(lead).chain(sections).flat_map(blocks) {
            if !block.contains("#user-content-fn-") {
                faults.push(format!("{}: {}", article.id(), block.chars().take(90).collect::<String>()));
            }
        }
    }
    none(faults);
}

/// The host and the path of a source's address.
fn address(url: &'static str) -> (&'static str, &'static str) {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split_once('/').unwrap_or((rest, ""))
}

#[test]
fn every_source_has_a_link_and_a_deep_one() {
    let mut faults = Vec::new();
    for article in articles() {
        for source in article.sources() {
            let name = format!("{} [{}]", article.id(), source.number());
            match source.link().map(|link| link.target()) {
                Some(Target::Web(url)) if address(url).1.is_empty() => faults.push(format!("{name} cites a home page: {url}")),
                Some(Target::Web(_)) => {}
                other => faults.push(format!("{name} links to {other:?}")),
            }
        }
        if article.sources().len() < 5 {
            faults.push(format!("{} has {} sources", article.id(), article.sources().len()));
        }
    }
    none(faults);
}

#[test]
fn most_sources_are_good_ones_and_none_is_a_content_farm() {
    let classes: HashMap<&str, &str> =
        include_str!("hosts.tsv").lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')).collect();
    let mut faults = Vec::new();
    for article in articles() {
        let mut good = 0;
        for source in article.sources() {
            let Some(url) = source.url() else { continue };
            let host = address(url).0.to_lowercase();
            match classes.get(host.as_str()) {
                Some(&("own" | "paper" | "government" | "encyclopaedia" | "press")) => good += 1,
                Some(&"other") => {}
                Some(class) => faults.push(format!("{} [{}] cites {host}, a {class}", article.id(), source.number())),
                None => faults.push(format!("{} [{}] cites {host}: add it to tests/hosts.tsv", article.id(), source.number())),
            }
        }
        let all = article.sources().len();
        if good * 100 < all * 60 {
            faults.push(format!("{}: only {good} of {all} sources are good ones", article.id()));
        }
    }
    none(faults);
}

#[test]
fn every_event_has_a_source_and_every_story_has_events() {
    let mut faults = Vec::new();
    for article in articles() {
        for event in article.events() {
            if event.sources().is_empty() {
                faults.push(format!("{}: {event}", article.id()));
            }
        }
        let (least, most) = match article.category().map(|category| category.id()) {
            Some("companies") => (10, 20),
            Some("pioneers" | "history") => (8, 20),
            _ => (0, 20),
        };
        if !(least..=most).contains(&article.events().len()) {
            faults.push(format!("{} has {} events", article.id(), article.events().len()));
        }
    }
    none(faults);
}

#[test]
fn no_article_is_an_orphan() {
    let orphans = articles().iter().filter(|article| article.backlinks().is_empty());
    none(orphans.map(|article| article.id().to_owned()).collect());
    let links = articles().iter().map(|article| linked(article).len()).sum::<usize>();
    assert!(links >= articles().len() * 6, "{links} links between {} articles", articles().len());
}

/// The other articles that an article links to.
fn linked(article: &'static Article) -> BTreeSet<&'static str> {
    let to = article.links().iter().filter_map(|link| match link.target() {
        Target::Article(to) => Some(to.id()),
        Target::Section(to) => Some(to.article().id()),
        Target::Category(_) | Target::Web(_) | Target::Email(_) => None,
    });
    to.filter(|id| *id != article.id()).collect()
}

#[test]
fn no_sentence_stands_in_two_articles() {
    let mut seen: BTreeMap<Vec<String>, &str> = BTreeMap::new();
    let mut faults = Vec::new();
    for article in articles() {
        for sentence in article.text().split(['.', '?', '!', '\n', ':']) {
            let words: Vec<String> = sentence
                .split(|character: char| !character.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .map(str::to_lowercase)
                .collect();
            if words.len() >= 8
                && let Some(other) = seen.insert(words, article.id())
                && other != article.id()
            {
                faults.push(format!("{other} and {}: {}", article.id(), sentence.trim()));
            }
        }
    }
    none(faults);
}

/// Does a text hold a name as words of their own, also in the plural? `exact` minds the case.
fn names(text: &str, name: &str, exact: bool) -> bool {
    let (text, name) = if exact { (text.to_owned(), name.to_owned()) } else { (text.to_lowercase(), name.to_lowercase()) };
    text.match_indices(&name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let rest = &text[at + name.len()..];
        let rest = rest.strip_prefix('s').unwrap_or(rest);
        let free = |character: Option<char>| {
            character.is_none_or(|character| !character.is_alphanumeric() && character != '-' && character != '_')
        };
        free(before) && free(rest.chars().next())
    })
}

#[test]
fn terms_that_are_named_are_linked() {
    assert!(
        names("Two GPUs.", "GPU", true)
            && !names("A GPU-like", "GPU", true)
            && !names("gpu", "GPU", true)
            && names("Tokens", "token", false)
    );
    let mut faults = Vec::new();
    for article in articles() {
        let linked = linked(article);
        // Code names things that are not meant.
        let text: String = article.sections().iter().map(|section| (section.text(), section.html())).fold(
            article.lead().to_owned(),
            |mut all, (text, html)| {
                all.push('\n');
                all.push_str(text);
                for code in html.split("<pre>").skip(1).filter_map(|code| code.split("</pre>").next()) {
                    let code = code.split_once('>').map_or("", |(_, code)| code).trim_end_matches("</code>").trim_end();
                    all = all.replace(&code.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"), "");
                }
                all
            },
        );
        for term in of("terms") {
            if *term == **article || linked.contains(term.id()) {
                continue;
            }
            let abbreviation = match term.profile() {
                Some(Profile::Term(term)) => term.abbreviation(),
                _ => None,
            };
            let found = [Some((term.title(), false)), abbreviation.map(|name| (name, true))]
                .into_iter()
                .flatten()
                .find(|(name, exact)| names(&text, name, *exact));
            if let Some((name, _)) = found {
                faults.push(format!("{} says “{name}” and doesn't link to {}", article.id(), term.id()));
            }
        }
    }
    none(faults);
}
