//! `cargo bench`, or `cargo bench -- search` for some; times, and what is allocated.

use almanac_micro as micro;
use divan::counter::ItemsCount;
use divan::{AllocProfiler, Bencher, black_box};

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

mod get {
    use super::*;

    #[divan::bench]
    fn hit() -> bool {
        ai_almanac::get(black_box(micro::HIT)).is_some()
    }

    #[divan::bench]
    fn miss() -> bool {
        ai_almanac::get(black_box(micro::MISS)).is_some()
    }

    /// Each id once: the time is for all of them, the items are lookups.
    #[divan::bench]
    fn all(bencher: Bencher) {
        let ids = micro::ids();
        bencher.counter(ItemsCount::new(ids.len())).bench_local(|| micro::get_all(&ids));
    }
}

mod section {
    use super::*;

    #[divan::bench]
    fn first(bencher: Bencher) {
        let (article, _) = micro::longest();
        let anchor = article.sections()[0].anchor();
        bencher.bench_local(|| black_box(article).section(black_box(anchor)).is_some());
    }

    #[divan::bench]
    fn last(bencher: Bencher) {
        let (article, section) = micro::longest();
        bencher.bench_local(|| black_box(article).section(black_box(section.anchor())).is_some());
    }

    #[divan::bench]
    fn miss(bencher: Bencher) {
        let (article, _) = micro::longest();
        bencher.bench_local(|| black_box(article).section(black_box("nowhere")).is_some());
    }
}

/// All of the almanac; the items are titles, sections, links and so on.
mod every {
    use super::*;
    use ai_almanac::{Article, articles};

    fn count(of: fn(&Article) -> usize) -> ItemsCount {
        ItemsCount::new(articles().iter().map(|article| of(article)).sum::<usize>())
    }

    #[divan::bench]
    fn title(bencher: Bencher) {
        bencher.counter(count(|_| 1)).bench_local(micro::titles);
    }

    #[divan::bench]
    fn section(bencher: Bencher) {
        bencher.counter(count(|article| article.sections().len())).bench_local(micro::sections);
    }

    #[divan::bench]
    fn link_with_target(bencher: Bencher) {
        bencher.counter(count(|article| article.links().len())).bench_local(micro::links);
    }

    #[divan::bench]
    fn backlink(bencher: Bencher) {
        bencher.counter(count(|article| article.backlinks().len())).bench_local(micro::backlinks);
    }

    #[divan::bench]
    fn event(bencher: Bencher) {
        bencher.counter(count(|article| article.events().len())).bench_local(micro::all_events);
    }

    #[divan::bench]
    fn text(bencher: Bencher) {
        bencher.counter(count(|_| 1)).bench_local(micro::texts);
    }

    #[divan::bench]
    fn html(bencher: Bencher) {
        bencher.counter(count(|_| 1)).bench_local(micro::htmls);
    }

    #[divan::bench]
    fn section_text(bencher: Bencher) {
        bencher
            .counter(count(|article| article.sections().len()))
            .bench_local(micro::section_texts);
    }

    #[divan::bench]
    fn chunks() -> usize {
        micro::chunks()
    }
}

mod nearest {
    use super::*;

    #[divan::bench]
    fn mistyped() -> usize {
        micro::near(black_box("companies/huawie"))
    }

    #[divan::bench]
    fn without_folder() -> usize {
        micro::near(black_box("huawie"))
    }

    #[divan::bench]
    fn nothing_near() -> usize {
        micro::near(black_box("no such thing at all"))
    }
}

mod search {
    use super::*;

    const NAMES: [&str; micro::QUERIES.len()] = {
        let mut names = [""; micro::QUERIES.len()];
        let mut at = 0;
        while at < names.len() {
            names[at] = micro::QUERIES[at].0;
            at += 1;
        }
        names
    };

    fn query(name: &str) -> &'static str {
        micro::QUERIES.iter().find(|(known, _)| *known == name).expect("it is one of them").1
    }

    #[divan::bench(args = NAMES)]
    fn rank(name: &str) -> usize {
        micro::rank(black_box(query(name)))
    }

    #[divan::bench(args = NAMES)]
    fn first_ten_with_snippets(name: &str) -> usize {
        micro::first_ten(black_box(query(name)))
    }
}
