//! Markdown: the input is an article beside another one and a picture that it may lead to. `$$…$$`
//! are formulas.

#![no_main]

use libfuzzer_sys::fuzz_target;

/// A PNG of one pixel.
const PICTURE: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde";

fuzz_target!(|article: &[u8]| {
    almanac_fuzz::check(&[
        ("a.md", article),
        ("b/b.md", b"# B\n\n## Second\n\nText, [back](../a.md).\n"),
        ("b/picture.png", PICTURE),
        ("_schema_.yml", b"formulas: true\n"),
    ]);
});
