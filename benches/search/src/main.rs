//! Compares on the articles that this program was compiled with, and prints the figures as JSON.
//! `compare-search <folder of the other programs> <folder for an index> <judged queries or "-">
//! <quick|full>`

use std::collections::HashMap;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use compare_search::engine::{Engine, Kind};
use compare_search::{documents, plain};
use serde_json::{Value, json};

/// Queries of one kind, as the crate reads them: a space at the end finishes the last word.
struct Group {
    name: &'static str,
    kind: Kind,
    queries: Vec<String>,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (programs, folder) = (Path::new(&arguments[0]), Path::new(&arguments[1]));
    let quick = arguments[3] == "quick";
    let texts = plain::texts();
    let bytes: usize = documents().map(|d| d.heading.len() + d.text.len()).sum::<usize>()
        + ai_almanac::articles()
            .iter()
            .map(|a| a.title().len() + a.keywords().iter().map(|k| k.len()).sum::<usize>())
            .sum::<usize>();
    let started = Instant::now();
    let (mut engine, tantivy_bytes) = Engine::merged(documents());
    let tantivy_build = started.elapsed();
    std::fs::create_dir_all(folder).unwrap();
    Engine::write(folder, documents());
    let disk: u64 =
        folder.read_dir().unwrap().map(|file| file.unwrap().metadata().unwrap().len()).sum();

    let groups = groups(&texts, &arguments[2]);
    let two = groups[3].queries[0].trim().to_owned();
    let mut rows = Vec::new();
    for group in &groups {
        rows.push(compare(group, &mut engine, &texts, if quick { 9 } else { 15 }));
    }
    let first = first(programs, &two, folder, quick);
    let result = json!({
        "articles": ai_almanac::articles().len(), "units": texts.len(), "text": bytes,
        "tantivy": tantivy_bytes,
        "tantivy_disk": disk, "tantivy_build": tantivy_build.as_secs_f64(), "rows": rows,
        "first": first, "first_query": two,
    });
    println!("{result}");
}

/// Words by how many sections hold them, and queries made of them.
fn groups(texts: &[[&'static str; 3]], judged: &str) -> Vec<Group> {
    let mut held: HashMap<String, (usize, usize)> = HashMap::new();
    for (number, fields) in texts.iter().enumerate() {
        for word in fields[2].split(|c: char| !c.is_alphanumeric()) {
            if word.len() >= 2 && word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
                let entry = held.entry(word.to_ascii_lowercase()).or_insert((0, usize::MAX));
                if entry.1 != number {
                    *entry = (entry.0 + 1, number);
                }
            }
        }
    }
    let all = texts.len() as f64;
    let mut words: Vec<(&str, f64)> =
        held.iter().map(|(word, (count, _))| (word.as_str(), *count as f64 / all)).collect();
    words.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
    // Thirty words spread evenly over those that fit.
    let spread = |fits: &dyn Fn(&str, f64) -> bool| -> Vec<String> {
        let fitting: Vec<&str> = words
            .iter()
            .filter(|(word, share)| fits(word, *share))
            .map(|(word, _)| *word)
            .collect();
        let step = (fitting.len() as f64 / 30.0).max(1.0);
        (0..30)
            .map_while(|at| fitting.get((at as f64 * step) as usize))
            .map(|word| (*word).to_owned())
            .collect()
    };
    let rare = spread(&|word, share| word.len() >= 5 && share <= 0.004);
    let common = spread(&|word, share| word.len() >= 4 && share > 0.01 && share <= 0.1);
    let everywhere: Vec<String> =
        words.iter().take(10).map(|(word, _)| (*word).to_owned()).collect();
    let long = spread(&|word, share| word.len() >= 7 && share <= 0.02);
    let ended = |words: &[String]| words.iter().map(|word| format!("{word} ")).collect();
    let mistyped = long.iter().filter_map(|word| {
        // Two letters in the middle change places.
        let mut bytes = word.clone().into_bytes();
        let middle = bytes.len() / 2;
        bytes.swap(middle, middle + 1);
        let typo = String::from_utf8(bytes).unwrap();
        (!held.contains_key(&typo)).then(|| format!("{typo} "))
    });
    let mut groups = vec![
        Group {
            name: "1 word, rare (in at most 0.4 % of the sections)",
            kind: Kind::Words,
            queries: ended(&rare),
        },
        Group { name: "1 word, common (1 to 10 %)", kind: Kind::Words, queries: ended(&common) },
        Group {
            name: "1 word, the ten most frequent",
            kind: Kind::Words,
            queries: ended(&everywhere),
        },
        Group {
            name: "2 words, a rare and a common one",
            kind: Kind::Words,
            queries: rare
                .iter()
                .zip(common.iter().rev())
                .map(|(a, b)| format!("{a} {b} "))
                .collect(),
        },
        Group {
            name: "prefix, 4 letters",
            kind: Kind::Prefix,
            queries: long.iter().map(|word| word[..4].to_owned()).collect(),
        },
        Group {
            name: "prefix, 2 letters",
            kind: Kind::Prefix,
            queries: long.iter().map(|word| word[..2].to_owned()).collect(),
        },
        Group { name: "one typo", kind: Kind::Typo, queries: mistyped.collect() },
        Group {
            name: "no hit, 3 letters",
            kind: Kind::Words,
            queries: ["qxz ", "zqx ", "xqj "].map(String::from).to_vec(),
        },
        Group {
            name: "no hit, 9 letters (typos are tried)",
            kind: Kind::Either,
            queries: ["qqxzvwkkj ", "traqxxzwq "].map(String::from).to_vec(),
        },
    ];
    if let Ok(judged) = std::fs::read_to_string(judged) {
        let judged: Vec<Value> = serde_json::from_str(&judged).unwrap();
        let plain = |query: &str| !query.contains(['"', ':']) && !query.contains(" -");
        let queries = judged
            .iter()
            .filter_map(|one| one["query"].as_str())
            .filter(|query| plain(query))
            .map(|query| format!("{query} "));
        groups.push(Group {
            name: "the judged queries of the tests",
            kind: Kind::Either,
            queries: queries.collect(),
        });
    }
    groups
}

/// All engines answer the queries in turns; a query's time is the median of its rounds.
fn compare(
    group: &Group,
    engine: &mut Engine,
    texts: &[[&'static str; 3]],
    rounds: usize,
) -> Value {
    let mut times: Vec<Vec<Vec<f64>>> = vec![vec![Vec::new(); group.queries.len()]; 5];
    let scans = group.kind != Kind::Typo;
    let mut answered = [0; 2];
    let mut same = 0;
    for round in 0..=rounds {
        for (number, query) in group.queries.iter().enumerate() {
            let mut time = |column: usize, run: &mut dyn FnMut()| {
                let started = Instant::now();
                run();
                // The first round warms up.
                if round > 0 {
                    times[column][number].push(started.elapsed().as_secs_f64() * 1e6);
                }
            };
            time(0, &mut || drop(black_box(ai_almanac::search(black_box(query)))));
            time(1, &mut || {
                for hit in ai_almanac::search(black_box(query)).take(10) {
                    black_box(hit);
                }
            });
            time(2, &mut || drop(black_box(engine.search(black_box(query), group.kind))));
            time(3, &mut || {
                _ = black_box(
                    engine.snippets(black_box(query), group.kind, |number| texts[number][2]),
                )
            });
            if scans && round < 4 {
                time(4, &mut || drop(black_box(plain::scan(texts, black_box(query)))));
            }
        }
    }
    let ids: Vec<&str> = documents().map(|document| document.article).collect();
    for query in &group.queries {
        let own = ai_almanac::search(query).next();
        let hits = engine.search(query, group.kind);
        let other = engine.numbers(&hits).first().map(|number| ids[*number]);
        answered[0] += usize::from(own.is_some());
        answered[1] += usize::from(other.is_some());
        same += usize::from(own.map(|hit| hit.article().id()) == other);
    }
    let columns: Vec<Value> = times
        .iter()
        .map(|queries| {
            let medians: Vec<f64> = queries
                .iter()
                .filter(|times| !times.is_empty())
                .map(|times| quantile(times, 0.5))
                .collect();
            if medians.is_empty() {
                Value::Null
            } else {
                json!([quantile(&medians, 0.1), quantile(&medians, 0.5), quantile(&medians, 0.9)])
            }
        })
        .collect();
    json!({
        "name": group.name, "queries": group.queries.len(), "columns": columns,
        "answered": answered, "same_first": same
    })
}

fn quantile(values: &[f64], part: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[((sorted.len() - 1) as f64 * part).round() as usize]
}

/// Milliseconds from the start of a process to its end, in turns.
fn first(programs: &Path, words: &str, folder: &Path, quick: bool) -> Value {
    let names = ["empty", "first_almanac", "first_tantivy", "first_opened", "first_scan"];
    let mut times = vec![Vec::new(); names.len()];
    let most = Duration::from_secs(if quick { 5 } else { 12 });
    let mut spent = vec![Duration::ZERO; names.len()];
    for round in 0..(if quick { 100 } else { 200 }) {
        for (at, name) in names.iter().enumerate() {
            if round >= 4 && spent[at] > most {
                continue;
            }
            let mut command = Command::new(programs.join(name));
            command.arg(words).arg(folder).stdout(Stdio::null());
            let started = Instant::now();
            assert!(command.status().unwrap().success());
            let took = started.elapsed();
            spent[at] += took;
            // The first round reads the programs from disk.
            if round > 0 {
                times[at].push(took.as_secs_f64() * 1e3);
            }
        }
    }
    let row = |(name, times): (&&str, &Vec<f64>)| {
        json!({
            "name": name, "runs": times.len(),
            "ms": [quantile(times, 0.1), quantile(times, 0.5), quantile(times, 0.9)]
        })
    };
    Value::Array(names.iter().zip(&times).map(row).collect())
}
