//! Builds its index in memory, then searches.

use compare_search::engine::{Engine, Kind};

fn main() {
    let words = std::env::args().nth(1).unwrap();
    let mut engine = Engine::in_memory(compare_search::documents());
    let hits = engine.search(&words, Kind::Words);
    let documents: Vec<_> = compare_search::documents().collect();
    for ((score, _), number) in hits.iter().zip(engine.numbers(&hits)) {
        println!("{score:.2} {} {}", documents[number].article, documents[number].heading);
    }
}
