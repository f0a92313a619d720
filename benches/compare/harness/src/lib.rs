//! Shared by all apps: the commands, and the walk through a knowledge base. Each app says how it
//! holds the data.

use std::hint::black_box;
use std::process::ExitCode;

/// A knowledge base, however it is held.
pub trait Almanac: Sized {
    /// Everything that has to happen before the first question.
    fn load() -> Self;
    fn first_title(&self) -> &str;
    fn get(&self, id: &str) -> Option<Found<'_>>;
    /// Names every article, section, link and text, in order.
    fn walk(&self, visitor: &mut impl Visitor);
}

/// An article as `get` shows it.
pub struct Found<'a> {
    pub title: &'a str,
    pub sections: usize,
    pub links: usize,
}

/// The target of a link.
#[derive(Clone, Copy)]
pub enum Goal<'a> {
    Article(&'a str),
    /// The id of the article and the anchor.
    Section(&'a str, &'a str),
    Web(&'a str),
}

/// Receives what a walk meets.
pub trait Visitor {
    fn article(&mut self, id: &str, title: &str);
    fn section(&mut self, level: u8, title: &str, anchor: &str);
    fn link(&mut self, text: &str, goal: Goal<'_>);
    fn text(&mut self, text: &str);
}

/// Counts and hashes every byte: equal output means equal data.
#[derive(Default)]
struct Everything {
    articles: usize,
    sections: usize,
    links: usize,
    bytes: usize,
    hash: u64,
}

impl Everything {
    fn add(&mut self, text: &str) {
        for byte in text.bytes().chain([0xff]) {
            self.hash = (self.hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

impl Visitor for Everything {
    fn article(&mut self, id: &str, title: &str) {
        self.articles += 1;
        self.add(id);
        self.add(title);
    }

    fn section(&mut self, level: u8, title: &str, anchor: &str) {
        self.sections += 1;
        self.hash ^= u64::from(level);
        self.add(title);
        self.add(anchor);
    }

    fn link(&mut self, text: &str, goal: Goal<'_>) {
        self.links += 1;
        self.add(text);
        match goal {
            Goal::Article(id) => self.add(id),
            Goal::Section(id, anchor) => {
                self.add(id);
                self.add("#");
                self.add(anchor);
            }
            Goal::Web(url) => self.add(url),
        }
    }

    fn text(&mut self, text: &str) {
        self.bytes += text.len();
        self.add(text);
    }
}

/// Reads a little of everything: what is timed is the way to the data.
#[derive(Default)]
struct Touch(u64);

impl Touch {
    fn add(&mut self, text: &str) {
        self.0 = self.0.wrapping_add(
            text.len() as u64 + u64::from(text.as_bytes().first().copied().unwrap_or(0)),
        );
    }
}

impl Visitor for Touch {
    fn article(&mut self, id: &str, title: &str) {
        self.add(id);
        self.add(title);
    }

    fn section(&mut self, level: u8, title: &str, anchor: &str) {
        self.0 += u64::from(level);
        self.add(title);
        self.add(anchor);
    }

    fn link(&mut self, text: &str, goal: Goal<'_>) {
        self.add(text);
        match goal {
            Goal::Article(text) | Goal::Web(text) => self.add(text),
            Goal::Section(id, anchor) => {
                self.add(id);
                self.add(anchor);
            }
        }
    }

    fn text(&mut self, text: &str) {
        self.add(text);
    }
}

/// Lists the articles that hold a word, and how often.
struct Query<'q> {
    words: &'q str,
    id: String,
    found: usize,
}

impl Query<'_> {
    fn flush(&mut self) {
        if self.found > 0 {
            println!("{} {}", self.found, self.id);
        }
        self.found = 0;
    }
}

impl Visitor for Query<'_> {
    fn article(&mut self, id: &str, _title: &str) {
        self.flush();
        id.clone_into(&mut self.id);
    }

    fn section(&mut self, _level: u8, _title: &str, _anchor: &str) {}

    fn link(&mut self, _text: &str, _goal: Goal<'_>) {}

    fn text(&mut self, text: &str) {
        self.found += text.matches(self.words).count();
    }
}

/// The whole app.
pub fn main<A: Almanac>() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["title"] => println!("{}", A::load().first_title()),
        ["get", id] => match A::load().get(id) {
            Some(found) => {
                println!("{}: {} sections, {} links", found.title, found.sections, found.links)
            }
            None => {
                println!("no article `{id}`");
                return ExitCode::FAILURE;
            }
        },
        ["iter"] => {
            let mut all = Everything::default();
            A::load().walk(&mut all);
            let Everything { articles, sections, links, bytes, hash } = all;
            println!(
                "{articles} articles, {sections} sections, {links} links, {bytes} bytes, hash \
                {hash:016x}"
            );
        }
        ["query", words] => {
            let mut query = Query { words, id: String::new(), found: 0 };
            A::load().walk(&mut query);
            query.flush();
        }
        #[cfg(feature = "measure")]
        ["measure", ids, rounds] => {
            measure::measure::<A>(ids, rounds.parse().expect("a number of rounds"))
        }
        _ => {
            eprintln!("usage: title | get ID | iter | query WORDS");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

/// Does a walk that reads a little of everything; the result is kept from the optimiser.
pub fn touch<A: Almanac>(almanac: &A) -> u64 {
    let mut touch = Touch::default();
    black_box(almanac).walk(&mut touch);
    black_box(touch.0)
}

#[cfg(feature = "measure")]
mod measure {
    use std::alloc::{GlobalAlloc, Layout, System};
    use std::hint::black_box;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::Instant;

    use super::{Almanac, touch};

    struct Counting;

    static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);

    // SAFETY: everything is handed on to the system's allocator unchanged.
    unsafe impl GlobalAlloc for Counting {
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
            // SAFETY: the caller's promise.
            unsafe { System.alloc(layout) }
        }

        unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
            // SAFETY: the caller's promise.
            unsafe { System.dealloc(at, layout) }
        }
    }

    #[global_allocator]
    static COUNTING: Counting = Counting;

    /// Prints `name value` lines: the time of loading, first and warm lookups, and walks; and the
    /// allocations of each. The file lists ids, those that exist before `--`, others behind it.
    pub fn measure<A: Almanac>(ids: &str, rounds: usize) {
        let ids = std::fs::read_to_string(ids).expect("a file of ids");
        let (hits, misses) = ids.split_once("--\n").expect("hits and misses");
        let (hits, misses): (Vec<&str>, Vec<&str>) =
            (hits.lines().collect(), misses.lines().collect());

        let before = ALLOCATIONS.load(Ordering::Relaxed);
        let start = Instant::now();
        let almanac = A::load();
        let loaded = start.elapsed();
        let first = Instant::now();
        assert!(black_box(almanac.get(black_box(hits[0]))).is_some());
        let (got, allocations) = (first.elapsed(), ALLOCATIONS.load(Ordering::Relaxed) - before);
        println!("first_get_ns {}", got.as_nanos());
        println!("load_ns {}", loaded.as_nanos());
        println!("load_allocations {allocations}");

        let first = Instant::now();
        black_box(touch(&almanac));
        println!("first_iter_ns {}", first.elapsed().as_nanos());
        let before = ALLOCATIONS.load(Ordering::Relaxed);
        let mut times = Vec::with_capacity(rounds);
        let room = ALLOCATIONS.load(Ordering::Relaxed) - before;
        for _ in 0..rounds {
            let start = Instant::now();
            black_box(touch(&almanac));
            times.push(start.elapsed().as_nanos());
        }
        println!("iter_allocations {}", ALLOCATIONS.load(Ordering::Relaxed) - before - room);
        times.sort_unstable();
        println!("iter_ns {}", times[rounds / 2]);
        println!("iter_min_ns {}", times[0]);

        for (name, ids) in [("hit", &hits), ("miss", &misses)] {
            let mut times: Vec<f64> = (0..rounds)
                .map(|_| {
                    let start = Instant::now();
                    for id in ids {
                        black_box(almanac.get(black_box(id)).is_some());
                    }
                    start.elapsed().as_nanos() as f64 / ids.len() as f64
                })
                .collect();
            times.sort_unstable_by(f64::total_cmp);
            println!("get_{name}_ns {:.2}", times[rounds / 2]);
        }
    }
}
