fn main() {
    let words = std::env::args().nth(1).unwrap();
    for hit in ai_almanac::search(&words).take(10) {
        let heading = hit.section().map_or("", |section| section.title());
        println!("{:.2} {} {heading}: {}", hit.score(), hit.article().id(), hit.snippet());
    }
}
