//! Lists sections, links and sources: the binary must carry no record of any almanac.

#![deny(warnings, clippy::pedantic)]

fn main() {
    for article in cookbook::articles() {
        for section in article.sections() {
            println!("{}: {}", section.title(), section.sources().len());
        }
        for link in article.links() {
            println!("{}", link.text());
        }
        println!("{:?}", article.events());
    }
}
