//! Opens an index on disk, which has the texts too, then searches. The articles are not in this
//! program.

use compare_search::engine::Engine;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let words = arguments.next().unwrap();
    Engine::open(arguments.next().unwrap().as_ref()).print_stored(&words);
}
