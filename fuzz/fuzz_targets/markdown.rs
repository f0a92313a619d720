//! Markdown: the input is an article beside another one and a picture that it may lead to.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|article: &[u8]| {
    almanac_fuzz::check(&[("a.md", article), ("b/b.md", b"# B\n\n## Second\n\nText, [back](../a.md).\n"), ("b/picture.png", b"")]);
});
