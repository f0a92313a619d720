fn main() {
    let words = std::env::args().nth(1).unwrap();
    let texts = compare_search::plain::texts();
    for (count, number) in compare_search::plain::scan(&texts, &words) {
        println!("{count} {} {}", texts[number][0], texts[number][1]);
    }
}
