//! Lookup by id: ai-almanac's `get` against maps with the same ids to the same articles, in one
//! process.
//!
//! `lookup FILE`: the ids that exist before a line `--`, ids that don't behind it.

use std::collections::HashMap;
use std::hint::black_box;
use std::time::Instant;

use ai_almanac::{Article, articles};
use rustc_hash::FxHashMap;

type Found = Option<&'static Article>;

const ROUNDS: usize = 41;

fn main() {
    let file = std::env::args().nth(1).expect("a file of ids");
    let ids = std::fs::read_to_string(file).expect("a file of ids");
    let (hits, misses) = ids.split_once("--\n").expect("hits and misses");
    // Keys of their own: no lookup can compare addresses.
    let (hits, misses): (Vec<String>, Vec<String>) =
        (hits.lines().map(str::to_owned).collect(), misses.lines().map(str::to_owned).collect());

    let pairs = || articles().iter().map(|article| (article.id(), *article));
    let fx: FxHashMap<&str, &Article> = pairs().collect();
    let standard: HashMap<&str, &Article> = pairs().collect();
    let keys: Vec<&str> = pairs().map(|(id, _)| id).collect();
    let state = phf_generator::generate_hash(&keys);
    let entries: Vec<(&str, &Article)> =
        state.map.iter().map(|at| (articles()[*at].id(), articles()[*at])).collect();
    let perfect: phf::Map<&str, &Article> =
        phf::Map { key: state.key, disps: state.disps.leak(), entries: entries.leak() };
    let mut sorted: Vec<(&str, &'static Article)> = pairs().collect();
    sorted.sort_unstable_by_key(|(id, _)| *id);

    type Way<'a> = (&'a str, Box<dyn Fn(&[String]) -> f64 + 'a>);
    let ways: [Way<'_>; 5] = [
        ("ai-almanac get", Box::new(|ids| time(ids, |id| ai_almanac::get(id)))),
        ("FxHashMap", Box::new(|ids| time(ids, |id| fx.get(id).copied()))),
        ("std HashMap", Box::new(|ids| time(ids, |id| standard.get(id).copied()))),
        ("phf", Box::new(|ids| time(ids, |id| perfect.get(id).copied()))),
        (
            "binary search",
            Box::new(|ids| {
                time(ids, |id| {
                    sorted.binary_search_by_key(&id, |(id, _)| id).ok().map(|at| sorted[at].1)
                })
            }),
        ),
    ];
    for ids in [&hits, &misses] {
        for id in ids {
            let found = ai_almanac::get(id).map(Article::id);
            assert!(
                [fx.get(id.as_str()), standard.get(id.as_str()), perfect.get(id.as_str())]
                    .iter()
                    .all(|other| other.map(|other| other.id()) == found)
            );
            assert_eq!(found.is_some(), std::ptr::eq(ids, &hits));
        }
    }
    for (kind, ids) in [("hit", &hits), ("miss", &misses)] {
        // All ways in turn, again and again: a slow moment of the machine hits all of them.
        let mut times: Vec<Vec<f64>> = ways.iter().map(|_| Vec::new()).collect();
        for _ in 0..ROUNDS {
            for ((_, way), times) in ways.iter().zip(&mut times) {
                times.push(way(ids));
            }
        }
        for ((name, _), times) in ways.iter().zip(&mut times) {
            times.sort_unstable_by(f64::total_cmp);
            println!(
                "{kind}\t{name}\t{:.2}\t{:.2}\t{:.2}",
                times[ROUNDS / 2],
                times[ROUNDS / 4],
                times[ROUNDS * 3 / 4]
            );
        }
    }
}

/// Nanoseconds for one lookup, over enough of them to read a clock.
fn time(ids: &[String], find: impl Fn(&str) -> Found) -> f64 {
    let repeats = 20_000_usize.div_ceil(ids.len());
    let start = Instant::now();
    for _ in 0..repeats {
        for id in ids {
            black_box(find(black_box(id)));
        }
    }
    start.elapsed().as_nanos() as f64 / (repeats * ids.len()) as f64
}
