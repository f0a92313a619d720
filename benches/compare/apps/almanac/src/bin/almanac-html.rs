//! A program that asks for HTML only.

fn main() {
    for article in ai_almanac::articles() {
        println!("{}", article.html());
    }
}
