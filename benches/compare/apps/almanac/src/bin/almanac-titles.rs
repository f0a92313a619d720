//! A program that asks for titles only.

fn main() {
    for article in ai_almanac::articles() {
        println!("{}", article.title());
    }
}
