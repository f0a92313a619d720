//! Lists titles: the binary must carry no text of any almanac.

#![deny(warnings, clippy::pedantic)]

mod notes {
    almanac_core::almanac!();
}

fn main() {
    for article in ai_almanac::articles() {
        println!("{article}");
    }
    for article in cookbook::articles() {
        println!("{article}");
    }
    for article in library::articles() {
        println!("{article}");
    }
    println!("{} {}", library::handbook::HOLIDAYS, notes::TODO);
}
