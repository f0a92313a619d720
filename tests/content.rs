//! The editorial rules, held on the shipped articles through the public interface.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ai_almanac::{Article, Profile, Target, articles, categories, happenings, tables};

/// Returns the articles of a category without its own page.
fn of(category: &str) -> Vec<&'static Article> {
    let found = categories().iter().find(|found| found.id() == category);
    let found = found.unwrap_or_else(|| panic!("no category {category}"));
    found.articles().iter().copied().filter(|article| !is_index(article)).collect()
}

/// Returns whether an article is the page of a folder, or the way in: it orders what stands
/// elsewhere.
fn is_index(article: &'static Article) -> bool {
    article.category().is_none_or(|category| category.index() == Some(article))
}

/// Fails with all faults at once.
fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn there_is_enough_to_read() {
    let mut faults = Vec::new();
    for (category, count, words) in [
        ("companies", 25, 700),
        ("pioneers", 17, 500),
        ("terms", 39, 350),
        ("history", 8, 700),
        ("models", 8, 500),
        ("benchmarks", 5, 500),
        ("hardware", 5, 500),
        ("policy", 6, 800),
        ("applications", 9, 500),
        ("tools", 6, 500),
        ("safety", 3, 500),
        ("papers", 3, 500),
        ("datasets", 2, 500),
    ] {
        let found = of(category);
        if found.len() < count {
            faults.push(format!("{category} has {} articles, not {count}", found.len()));
        }
        let short = found.iter().filter(|article| article.word_count() < words);
        faults.extend(
            short.map(|article| format!("{} has {} words", article.id(), article.word_count())),
        );
    }
    let words: u32 = articles().iter().map(|article| article.word_count()).sum();
    if articles().len() < 131 || words < 110_000 {
        faults.push(format!("{} articles and {words} words in all", articles().len()));
    }
    for category in categories() {
        if category.index().is_none_or(|index| index.word_count() < 130) {
            faults.push(format!("{} has no page that introduces it", category.id()));
        }
    }
    none(faults);
}

#[test]
fn every_article_is_described() {
    let mut faults = Vec::new();
    for article in articles() {
        let id = article.id();
        if article.description().is_empty()
            || !article.description().ends_with('.')
            || article.description().len() > 200
        {
            faults
                .push(format!("{id}: the description is one sentence: {}", article.description()));
        }
        if article.keywords().len() < 3 {
            faults.push(format!("{id}: {} keywords", article.keywords().len()));
        }
        if article.last_update().is_none() {
            faults.push(format!("{id}: no last_update"));
        }
        if article.review_by().is_none() {
            faults.push(format!("{id}: no review"));
        }
        let expected = match article.category().map(|category| category.id()) {
            _ if is_index(article) => article.profile().is_none(),
            Some("companies") => matches!(article.profile(), Some(Profile::Company(_))),
            Some("terms") => matches!(article.profile(), Some(Profile::Term(_))),
            // Two people share an article.
            Some("pioneers") => {
                matches!(article.profile(), Some(Profile::Person(_)))
                    || id == "pioneers/newell-and-simon"
            }
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
            let end = ["</p>", "</li>", "<ul>", "<ol>", "<p>"]
                .iter()
                .filter_map(|end| inside.find(end))
                .min()
                .unwrap_or(inside.len());
            // A figure stands like a table: the paragraph that introduces it cites.
            let inside = inside[..end].trim();
            let figure = inside.starts_with("<img ") && inside.find('>') == Some(inside.len() - 1);
            if !inside.is_empty() && !figure {
                blocks.push(inside);
            }
        }
    }
    blocks
}

/// Stands for a citation in the plain text of a block.
const CITATION: char = '\u{FFFC}';

/// The sentences of a block as plain text, each with whether it cites a source. A colon ends a
/// sentence too: what follows it is often an example.
fn sentences(block: &str) -> Vec<(String, bool)> {
    let mut plain = String::new();
    for (index, part) in block.split("<sup>").enumerate() {
        let text = match part.split_once("</sup>") {
            Some((note, text)) if index > 0 && note.contains("#user-content-fn-") => {
                plain.push(CITATION);
                text
            }
            _ => part,
        };
        let mut inside = false;
        for character in text.chars() {
            match character {
                '<' => inside = true,
                '>' => inside = false,
                _ if !inside => plain.push(character),
                _ => {}
            }
        }
    }
    let mut sentences = Vec::new();
    let mut rest = plain.trim();
    while !rest.is_empty() {
        let ends = |(at, mark): (usize, char)| {
            let after = rest[at + mark.len_utf8()..].chars().next();
            let free = after.is_none_or(|next| next.is_whitespace() || next == CITATION);
            ".:?!".contains(mark) && free
        };
        let end = rest.char_indices().find(|&found| ends(found));
        let (sentence, behind) = rest.split_at(end.map_or(rest.len(), |(at, _)| at + 1));
        let next = behind.trim_start_matches(|mark: char| mark == CITATION || mark.is_whitespace());
        let cites = behind[..behind.len() - next.len()].contains(CITATION);
        sentences.push((sentence.replace(CITATION, ""), cites || sentence.contains(CITATION)));
        rest = next;
    }
    sentences
}

/// Returns whether a sentence says of an example that it is invented.
fn marks_an_example(sentence: &str) -> bool {
    let sentence = sentence.to_lowercase();
    sentence.contains("invented") && sentence.contains("example")
}

/// Returns the blocks of the lead and the sections of an article that have to cite.
fn citing_blocks(article: &'static Article) -> impl Iterator<Item = &'static str> {
    let lead = article.html().split("<h2").next().unwrap_or_default();
    let sections = article.sections().iter();
    let sections = sections.filter(|section| section.title() != "Further reading");
    std::iter::once(lead).chain(sections.map(|section| section.html())).flat_map(blocks)
}

#[test]
fn an_invented_example_cites_nothing() {
    let block = "<p>It is so.<sup><a href=\"#user-content-fn-1\" id=\"x\">1</a></sup> An \
        <em>invented</em> example has 0.5.</p>";
    let found = sentences(block);
    assert_eq!(found, [("It is so.".into(), true), ("An invented example has 0.5.".into(), false)]);
    assert!(marks_an_example(&found[1].0) && !marks_an_example(&found[0].0));
    let cited = block
        .replace("example has 0.5.", "example:<sup><a href=\"#user-content-fn-2\">2</a></sup>");
    assert_eq!(sentences(&cited)[1], ("An invented example:".into(), true));

    let mut faults = Vec::new();
    for article in articles() {
        for (sentence, cites) in citing_blocks(article).flat_map(sentences) {
            if cites && marks_an_example(&sentence) {
                faults.push(format!("{}: {sentence}", article.id()));
            }
        }
    }
    none(faults);
}

#[test]
fn every_statement_cites_a_source() {
    let mut faults = Vec::new();
    for article in articles() {
        for block in citing_blocks(article) {
            // A block that opens by saying that its example is invented has nothing to cite.
            let first = sentences(block).into_iter().next();
            let invented = first.is_some_and(|(sentence, _)| marks_an_example(&sentence));
            if !block.contains("#user-content-fn-") && !invented {
                faults.push(format!(
                    "{}: {}",
                    article.id(),
                    block.chars().take(90).collect::<String>()
                ));
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
                Some(Target::Web(url)) if address(url).1.is_empty() => {
                    faults.push(format!("{name} cites a home page: {url}"))
                }
                Some(Target::Web(_)) => {}
                other => faults.push(format!("{name} links to {other:?}")),
            }
        }
        if article.sources().len() < 5 && !is_index(article) {
            faults.push(format!("{} has {} sources", article.id(), article.sources().len()));
        }
    }
    none(faults);
}

/// The class of each host in `hosts.tsv`.
fn host_classes() -> HashMap<&'static str, &'static str> {
    let lines = include_str!("hosts.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).collect()
}

#[test]
fn few_sources_are_encyclopaedias() {
    let classes = host_classes();
    let mut faults = Vec::new();
    for article in articles() {
        let most = match article.category().map(|category| category.id()) {
            Some("history" | "pioneers") => 25,
            _ => 15,
        };
        let urls = article.sources().iter().filter_map(|source| source.url());
        let hosts = urls.map(|url| address(url).0.to_lowercase());
        let count =
            hosts.filter(|host| classes.get(host.as_str()) == Some(&"encyclopaedia")).count();
        let all = article.sources().len();
        if count * 100 > all * most {
            let id = article.id();
            faults
                .push(format!("{id}: {count} of {all} sources are encyclopaedias, over {most} %"));
        }
    }
    none(faults);
}

#[test]
fn most_sources_are_good_ones_and_none_is_a_content_farm() {
    let classes = host_classes();
    let mut faults = Vec::new();
    for article in articles() {
        let mut good = 0;
        for source in article.sources() {
            let Some(url) = source.url() else { continue };
            let host = address(url).0.to_lowercase();
            match classes.get(host.as_str()) {
                Some(&("own" | "paper" | "government" | "encyclopaedia" | "press")) => good += 1,
                Some(&"other") => {}
                Some(class) => faults.push(format!(
                    "{} [{}] cites {host}, a {class}",
                    article.id(),
                    source.number()
                )),
                None => faults.push(format!(
                    "{} [{}] cites {host}: add it to tests/hosts.tsv",
                    article.id(),
                    source.number()
                )),
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
            _ if is_index(article) => (0, 0),
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

/// Beginnings that an event can't have: it is also read alone, and wouldn't say whom it is about.
const OPENINGS: [&str; 13] = [
    "He",
    "She",
    "It",
    "They",
    "His",
    "Her",
    "Its",
    "Their",
    "This",
    "These",
    "The company",
    "The firm",
    "The model",
];

#[test]
fn every_event_names_its_subject() {
    let mut faults = Vec::new();
    for event in articles().iter().flat_map(|article| article.events()) {
        let rest = OPENINGS.iter().find_map(|opening| event.text().strip_prefix(opening));
        if rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)) {
            faults.push(format!("{}: {event}", event.article().id()));
        }
    }
    none(faults);
}

/// An id of one event alone says nothing, and an article tells a happening in one place.
#[test]
fn what_several_articles_tell_is_one_happening() {
    let mut faults = Vec::new();
    let mut shared = 0;
    for happening in happenings() {
        let Some(id) = happening.id() else { continue };
        shared += 1;
        let by: BTreeSet<_> = happening.events().iter().map(|event| event.article().id()).collect();
        if by.len() < 2 || by.len() != happening.events().len() {
            faults.push(format!("{id} is told {} times, by {by:?}", happening.events().len()));
        }
    }
    none(faults);
    assert!(shared >= 180, "{shared} happenings are told by several articles");
}

#[test]
fn companies_are_up_to_date() {
    let newest = |article: &'static Article| {
        let date = article.events().last().expect("a company has events").date();
        (date.year(), date.month().unwrap_or(0))
    };
    let companies = of("companies");
    let old: Vec<String> = companies
        .iter()
        .filter(|article| newest(article) < (2026, 9))
        .map(|article| format!("{}: nothing since {:?}", article.id(), newest(article)))
        .collect();
    assert!(companies.len() - old.len() >= 20, "{}", old.join("\n"));
}

#[test]
fn articles_say_nothing_of_our_own_research_and_spell_names_as_we_do() {
    let mut faults = Vec::new();
    for article in articles() {
        let texts = [article.title(), article.description(), article.text()];
        for line in
            texts.into_iter().chain(article.questions().iter().copied()).flat_map(str::lines)
        {
            for phrase in ["could not be confirmed", "could not be verified", "NVIDIA"] {
                if line.contains(phrase) {
                    faults.push(format!("{} says “{phrase}”: {line}", article.id()));
                }
            }
        }
    }
    none(faults);
}

/// The words of a question, for comparing it with others.
fn plain_words(question: &str) -> String {
    let words = question.split(|character: char| !character.is_alphanumeric());
    let words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.join(" ")
}

/// The queries that search is judged by are not among the questions, or it would know the answers.
#[test]
fn every_article_answers_questions_of_its_own() {
    let judged: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("queries.json")).expect("the queries are a list");
    let judged = judged.iter().filter_map(|query| query["query"].as_str());
    let mut seen: HashMap<String, &str> =
        judged.map(|query| (plain_words(query), "tests/queries.json")).collect();
    for (path, queries) in [
        ("tests/paraphrases.tsv", include_str!("paraphrases.tsv")),
        ("tests/unseen.tsv", include_str!("unseen.tsv")),
    ] {
        for query in queries.lines().filter_map(|line| line.split('\t').next()) {
            seen.insert(plain_words(query), path);
        }
    }
    let mut faults = Vec::new();
    for article in articles() {
        let id = article.id();
        let count = article.questions().len();
        if !(3..=8).contains(&count) {
            faults.push(format!("{id}: {count} questions, not 3 to 8"));
        }
        for question in article.questions() {
            if let Some(other) = seen.insert(plain_words(question), id) {
                faults.push(format!("{id}: “{question}” stands in {other} as well"));
            }
        }
    }
    none(faults);
}

#[test]
fn articles_are_linked_with_each_other() {
    let mut faults = Vec::new();
    for article in articles() {
        if article.backlinks().is_empty() {
            faults.push(format!("no article links to {}", article.id()));
        }
        let links = linked(article).len();
        if links < 6 {
            faults.push(format!("{} links to {links} other articles, not 6", article.id()));
        }
    }
    none(faults);
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
        // Rows of tables are no sentences: two tables have the same columns. Nor are formulas.
        let lines = article.text().lines().filter(|line| !line.contains(['\t', '\\']));
        for sentence in lines.flat_map(|line| line.split(['.', '?', '!', ':'])) {
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

/// Finds a name in a text as words of their own, also in the plural. `exact` minds the case.
fn names(text: &str, name: &str, exact: bool) -> bool {
    let (text, name) = if exact {
        (text.to_owned(), name.to_owned())
    } else {
        (text.to_lowercase(), name.to_lowercase())
    };
    text.match_indices(&name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let rest = &text[at + name.len()..];
        let rest = rest.strip_prefix('s').unwrap_or(rest);
        let free = |character: Option<char>| {
            character.is_none_or(|character| {
                !character.is_alphanumeric() && character != '-' && character != '_'
            })
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
        let text: String = article
            .sections()
            .iter()
            .map(|section| (section.text(), section.html()))
            .fold(article.lead().to_owned(), |mut all, (text, html)| {
                all.push('\n');
                all.push_str(text);
                for code in
                    html.split("<pre>").skip(1).filter_map(|code| code.split("</pre>").next())
                {
                    let code = code
                        .split_once('>')
                        .map_or("", |(_, code)| code)
                        .trim_end_matches("</code>")
                        .trim_end();
                    all = all.replace(
                        &code.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"),
                        "",
                    );
                }
                all
            });
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
                faults.push(format!(
                    "{} says “{name}” and doesn't link to {}",
                    article.id(),
                    term.id()
                ));
            }
        }
    }
    none(faults);
}

#[test]
fn there_are_enough_records_and_each_cites_a_source() {
    let mut faults = Vec::new();
    for (key, least) in [
        ("models", 150),
        ("chips", 40),
        ("benchmarks", 25),
        ("datasets", 25),
        ("laws", 30),
        ("court_cases", 20),
        ("incidents", 40),
        ("deals", 60),
    ] {
        let table = tables().iter().find(|table| table.key() == key).expect("the schema has it");
        if table.records().len() < least {
            faults.push(format!("{} records under {}", table.records().len(), table.label()));
        }
        let bare = table.records().filter(|record| record.sources().is_empty());
        faults.extend(bare.map(|record| format!("{key}/{} cites no source", record.id())));
    }
    none(faults);
}
