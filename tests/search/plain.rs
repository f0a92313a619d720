//! The plain way: every unit's words are counted anew for every query, from the texts that the
//! public interface gives.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::analysis::{Words, is_function_word, searched, term};
use ai_almanac::{Article, Section, Type, Value, articles};

/// Title, keywords, description, questions, heading, text.
const FIELDS: usize = 6;
const WEIGHTS: [f64; FIELDS] = [3.0, 3.0, 3.0, 0.75, 2.0, 1.0];
const B: [f64; FIELDS] = [0.3, 0.2, 0.3, 0.6, 0.3, 0.6];
const K1: f64 = 2.5;

#[derive(Clone, Copy, PartialEq)]
enum Role {
    Body,
    Lead,
    Timeline,
    Links,
}

/// The keywords and the texts among the facts.
pub fn names(article: &Article) -> String {
    let mut names: Vec<String> =
        article.keywords().iter().map(|&keyword| keyword.to_owned()).collect();
    for fact in
        article.facts().filter(|fact| matches!(fact.field().value_type(), Type::Text | Type::Name))
    {
        match fact.value() {
            Value::List(values) => names.extend(values.map(|value| value.to_string())),
            value => names.push(value.to_string()),
        }
    }
    names.join("\n")
}

fn role(article: &Article, section: Option<&Section>) -> Role {
    if article.category().and_then(|folder| folder.index()) == Some(article) {
        return Role::Links;
    }
    let Some(section) = section else { return Role::Lead };
    let lists = section.html().replace("<li><p>", "<li>");
    let only_links = lists.starts_with("<ul>")
        && lists.trim_end().ends_with("</ul>")
        && lists.matches("<ul>").count() == 1
        && lists.matches("<li>").count() == lists.matches("<li><a ").count();
    if article.events().iter().any(|event| event.section() == section) {
        Role::Timeline
    } else if only_links && section.sources().is_empty() {
        Role::Links
    } else if section.title().to_lowercase().starts_with("definition") {
        Role::Lead
    } else {
        Role::Body
    }
}

/// A unit: how often each term stands in each field, and how long the fields are.
struct Unit {
    article: &'static str,
    role: Role,
    times: [HashMap<String, u32>; FIELDS],
    lengths: [usize; FIELDS],
}

pub struct Corpus {
    units: Vec<Unit>,
    /// Every folded word and its term.
    forms: BTreeMap<String, String>,
    terms: BTreeSet<String>,
    averages: [f64; FIELDS],
}

/// The score of a query's word in each unit, and its weight.
struct Found {
    scores: Vec<f64>,
    covers: Vec<f64>,
    /// Units that have a word in heading or text.
    own: Vec<bool>,
    weight: f64,
    /// The number of words that were looked up.
    count: usize,
}

fn either(one: &[bool], other: &[bool]) -> Vec<bool> {
    one.iter().zip(other).map(|(one, other)| *one || *other).collect()
}

impl Found {
    fn plus(self, other: Found) -> Found {
        let add = |one: Vec<f64>, other: Vec<f64>| {
            one.iter().zip(other).map(|(one, other)| one + other).collect()
        };
        Found {
            scores: add(self.scores, other.scores),
            covers: add(self.covers, other.covers),
            own: either(&self.own, &other.own),
            weight: self.weight + other.weight,
            count: self.count + other.count,
        }
    }

    fn or_better(self, other: Found) -> Found {
        let max = |one: Vec<f64>, other: Vec<f64>| {
            one.into_iter().zip(other).map(|(one, other)| one.max(other)).collect()
        };
        Found {
            scores: max(self.scores, other.scores),
            covers: max(self.covers, other.covers),
            own: either(&self.own, &other.own),
            weight: self.weight.max(other.weight),
            count: self.count + other.count,
        }
    }
}

impl Corpus {
    /// The articles, with or without the field of questions.
    pub fn new(with_questions: bool) -> Corpus {
        let mut units = Vec::new();
        let mut forms = BTreeMap::new();
        let mut sums = [0.0; FIELDS];
        for article in articles() {
            let questions =
                if with_questions { article.questions().join("\n") } else { String::new() };
            let shared = [article.title(), &names(article), article.description(), &questions]
                .map(Words::new);
            for section in std::iter::once(None).chain(article.sections().iter().map(Some)) {
                let heading =
                    Words::new(section.map_or(article.title(), |section| section.title()));
                let text =
                    Words::new(&searched(section.map_or(article.lead(), |section| section.text())));
                let [title, keywords, description, questions] = shared.clone();
                let fields = [title, keywords, description, questions, heading, text];
                // In these fields function words may be all there is.
                let kept = [true, true, false, false, true, false];
                let indexed = [0, 1, 2, 3, 4, 5]
                    .map(|field: usize| fields[field].forms(kept[field]).collect::<Vec<_>>());
                forms.extend(indexed.iter().flatten().map(|form| ((*form).clone(), term(form))));
                let lengths = [0, 1, 2, 3, 4, 5].map(|field: usize| {
                    fields[field]
                        .words
                        .iter()
                        .filter(|word| kept[field] || !is_function_word(word))
                        .count()
                });
                for field in 0..FIELDS {
                    if field >= 4 || section.is_none() {
                        sums[field] += lengths[field] as f64;
                    }
                }
                let times = indexed.map(|forms| {
                    let mut times = HashMap::new();
                    forms.into_iter().for_each(|form| *times.entry(term(form)).or_default() += 1);
                    times
                });
                units.push(Unit {
                    article: article.id(),
                    role: role(article, section),
                    times,
                    lengths,
                });
            }
        }
        let counts = [0, 1, 2, 3, 4, 5]
            .map(|field| if field < 4 { articles().len() } else { units.len() } as f64);
        let averages =
            [0, 1, 2, 3, 4, 5].map(|field: usize| (sums[field] / counts[field]).max(1.0));
        let terms = forms.values().cloned().collect();
        Corpus { forms, terms, averages, units }
    }

    fn idf(&self, with: usize) -> f64 {
        let (all, with) = (self.units.len() as f64, with as f64);
        1.0 + (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
    }

    /// Returns the frequency of a term in each unit, weighted and saturated.
    fn saturated(&self, term: &str) -> Vec<f64> {
        let of = |unit: &Unit| {
            let frequency: f64 = (0..FIELDS)
                .map(|field| {
                    let times = f64::from(unit.times[field].get(term).copied().unwrap_or(0));
                    let length = unit.lengths[field] as f64 / self.averages[field];
                    WEIGHTS[field] * times / (1.0 - B[field] + B[field] * length)
                })
                .sum();
            frequency / (K1 + frequency)
        };
        self.units.iter().map(of).collect()
    }

    /// The best of some terms in each unit; they are as rare as all together. What they weigh is
    /// made of what they weigh by themselves.
    fn best(&self, variants: &BTreeMap<String, f64>, weigh: impl Fn(f64) -> f64) -> Option<Found> {
        let strongest = variants.values().copied().reduce(f64::max)?;
        let mut best = vec![0.0_f64; self.units.len()];
        for (term, weight) in variants {
            for (best, saturated) in best.iter_mut().zip(self.saturated(term)) {
                *best = best.max(weight * saturated);
            }
        }
        let idf = self.idf(best.iter().filter(|best| **best > 0.0).count());
        let weight = weigh(strongest * idf);
        let covers = best.iter().map(|best| if *best > 0.0 { weight } else { 0.0 }).collect();
        let scores = best.iter().map(|best| best * weight / strongest).collect();
        let own = |unit: &Unit| {
            variants.keys().any(|term| unit.times[4..].iter().any(|times| times.contains_key(term)))
        };
        let own = self.units.iter().map(own).collect();
        Some(Found { scores, covers, own, weight, count: 1 })
    }

    fn exact(&self, form: &str) -> BTreeMap<String, f64> {
        let found =
            if is_function_word(form) { self.forms.get(form) } else { self.terms.get(&term(form)) };
        found.map(|term| (term.clone(), 1.0)).into_iter().collect()
    }

    fn word(&self, form: &str, open: bool) -> Option<Found> {
        let mut variants = self.exact(form);
        if open && form.chars().count() >= 2 {
            for (_, term) in self
                .forms
                .range(form.to_owned()..)
                .take_while(|(other, _)| other.starts_with(form))
                .take(100)
            {
                variants.entry(term.clone()).or_insert(0.7);
            }
        }
        if variants.is_empty() && is_function_word(form) {
            return None;
        }
        if variants.is_empty() && form.chars().count() >= 4 {
            for (_, term) in self.forms.iter().filter(|(other, _)| one_edit(other, form)) {
                variants.insert(term.clone(), 0.8);
            }
        }
        let whole = self.best(&variants, |own| own);
        let Some((first, second)) = self.divided(form, &variants) else { return whole };
        let [first, second] = [first, second].map(|part| self.best(&self.exact(part), |own| own));
        let apart = first?.plus(second?);
        Some(match whole {
            None => apart,
            Some(whole) => whole.or_better(apart),
        })
    }

    /// Returns the number of articles and sections that have one of some terms in their own fields.
    fn places_of(&self, terms: &BTreeMap<String, f64>) -> usize {
        let mut articles = BTreeSet::new();
        let mut sections = 0;
        for unit in &self.units {
            let has = |fields: Range<usize>| {
                terms.keys().any(|term| {
                    unit.times[fields.clone()].iter().any(|times| times.contains_key(term))
                })
            };
            sections += usize::from(has(4..6));
            // Of its article's fields the first unit has the same as all others.
            if articles.last() != Some(&unit.article) && has(0..4) {
                articles.insert(unit.article);
            }
            if articles.len() + sections > 3 {
                break;
            }
        }
        articles.len() + sections
    }

    /// Divides a word, of which these are the terms, into two that are known if few articles and
    /// sections have it.
    fn divided<'f>(
        &self,
        form: &'f str,
        terms: &BTreeMap<String, f64>,
    ) -> Option<(&'f str, &'f str)> {
        let least = match self.places_of(terms) {
            0 => 2,
            1..=3 => 4,
            _ => return None,
        };
        let known = |part: &str| {
            part.chars().count() >= least
                && !is_function_word(part)
                && self.forms.contains_key(part)
        };
        let places = (1..form.len()).rev().filter(|at| form.is_char_boundary(*at));
        places.map(|at| form.split_at(at)).find(|(first, second)| known(first) && known(second))
    }

    /// Returns the two words that a word is looked for as too, if it is.
    pub fn parts<'f>(&self, form: &'f str) -> Option<(&'f str, &'f str)> {
        self.divided(form, &self.exact(form))
    }

    /// The best score of each article for plain words (no phrases, no conditions), in order.
    pub fn search(&self, query: &str) -> Vec<(&'static str, f64)> {
        let Words { words, joined } = Words::new(query);
        let mut joined: Vec<(usize, usize, String, bool)> =
            joined.into_iter().map(|(first, count, form)| (first, count, form, false)).collect();
        // Words are apart by one space, as in all judged queries, if no piece divides them.
        let ends: Vec<usize> = query
            .split_whitespace()
            .scan(0, |end, piece| {
                *end += Words::new(piece).words.len();
                Some(*end)
            })
            .collect();
        for end in ends {
            if end > 0 && end < words.len() && !is_function_word(&words[end - 1]) {
                joined.push((end - 1, 2, format!("{}{}", words[end - 1], words[end]), true));
            }
        }
        joined.sort_by_key(|(first, count, ..)| (*first, *count));
        let first = [words.first(), words.get(1)].map(|word| word.map_or("", String::as_str));
        let (definition, date, asking) = match first {
            ["when", _] => (false, true, None),
            ["what" | "which", "year" | "date" | "day" | "month"] => (false, true, Some(1)),
            ["year" | "date" | "day" | "month", "of"] => (false, true, Some(0)),
            ["what" | "who", "is" | "are" | "was" | "were"] => (true, false, None),
            ["what", "does" | "do"] => (true, false, None),
            ["define", _] | ["definition" | "meaning", "of"] => (true, false, Some(0)),
            _ => (false, false, None),
        };
        let mut function: Vec<bool> = words.iter().map(|word| is_function_word(word)).collect();
        let others = |asking: usize| (0..words.len()).filter(move |&at| at != asking);
        if let Some(asking) = asking.filter(|&asking| !others(asking).all(|at| function[at])) {
            function[asking] = true;
        }
        let only_function_words = function.iter().all(|function| *function);
        let open = |at: usize| at + 1 == words.len() && !query.ends_with(char::is_whitespace);
        let word = |at: usize| {
            let left_out = !only_function_words && function[at];
            if left_out { None } else { self.word(&words[at], open(at)) }
        };
        let sum = |one: Option<Found>, other: Option<Found>| match (one, other) {
            (Some(one), Some(other)) => Some(one.plus(other)),
            (one, other) => one.or(other),
        };
        let (mut total, mut at) = (None, 0);
        while at < words.len() {
            let together = joined
                .iter()
                .find(|(first, _, form, _)| *first == at && self.terms.contains(&term(form)));
            let (found, step) = match together {
                None => (word(at), 1),
                Some((_, step, form, spaced)) => {
                    let apart = (at..at + step).map(word).fold(None, sum);
                    let weight = apart.as_ref().map_or(0.0, |apart| apart.weight);
                    let as_one = self.best(&self.exact(form), |own| match apart {
                        Some(_) if *spaced => 1.1 * weight,
                        _ => own.max(1.2 * weight),
                    });
                    let as_one = as_one.unwrap();
                    let found = match apart {
                        None => as_one,
                        Some(apart) => apart.or_better(as_one),
                    };
                    (Some(found), *step)
                }
            };
            total = sum(total, found);
            at += step;
        }
        let Some(total) = total else { return Vec::new() };
        let factor = |role: Role| match role {
            Role::Links => 0.8,
            Role::Timeline if definition => 0.8,
            Role::Timeline if date => 1.2,
            Role::Lead if definition => 1.1,
            _ => 1.0,
        };
        let mut best: Vec<(&'static str, f64, f64)> = Vec::new();
        for (at, unit) in self.units.iter().enumerate() {
            // Words that only the article has lead to its beginning.
            let lead = at == 0 || self.units[at - 1].article != unit.article;
            if total.scores[at] == 0.0 || !(lead || total.own[at]) {
                continue;
            }
            let cover = total.covers[at];
            let score = total.scores[at] * factor(unit.role) * (0.5 + 0.5 * cover / total.weight);
            match best.last_mut() {
                Some(last) if last.0 == unit.article => {
                    // In the crate's precision: of equals the first.
                    if score as f32 > last.1 as f32 {
                        *last = (unit.article, score, cover);
                    }
                }
                _ => best.push((unit.article, score, cover)),
            }
        }
        best.sort_by(|one, other| other.1.total_cmp(&one.1));
        if total.count > 1 {
            let most = best.iter().map(|(.., cover)| *cover).fold(0.0, f64::max);
            let mut place = 0..;
            best.retain(|(.., cover)| place.next() < Some(10) || *cover >= 0.4 * most);
        }
        if !only_function_words && function.contains(&true) {
            best.truncate(40);
        }
        best.into_iter().map(|(article, score, _)| (article, score)).collect()
    }
}

/// Returns `true` if two words are one insertion, deletion, replacement or swap apart.
fn one_edit(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    match long.len() - short.len() {
        0 => {
            let other: Vec<usize> = (0..a.len()).filter(|&at| a[at] != b[at]).collect();
            match other[..] {
                [] | [_] => true,
                [first, second] => {
                    second == first + 1 && a[first] == b[second] && a[second] == b[first]
                }
                _ => false,
            }
        }
        1 => (0..long.len()).any(|at| long[..at] == short[..at] && long[at + 1..] == short[at..]),
        _ => false,
    }
}
