//! A library with two almanacs of its own, under the strictest lints.

#![no_std]
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, unused_results, unreachable_pub, clippy::pedantic)]
#![deny(rustdoc::all)]

almanac_core::almanac!();

/// The handbook.
pub mod handbook {
    almanac_core::almanac!("handbook");
}

const INSTALL: &Article = get("guides/install").unwrap();
const _: () = assert!(INSTALL.sections().len() == 2);
const _: () = assert!(handbook::HOLIDAYS.events().len() == 1);

/// Counts the words of both almanacs.
#[must_use]
pub fn count_words() -> u32 {
    let own = articles().iter().map(|article| article.word_count());
    let others = handbook::articles().iter().map(|article| article.word_count());
    own.chain(others).sum()
}
