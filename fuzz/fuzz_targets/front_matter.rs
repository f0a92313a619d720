//! Front matter: the input is the YAML of an article, and of a category file.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|yaml: &[u8]| {
    let article = [b"---\n", yaml, b"\n---\n\n# Heading\n\nText.\n"].concat();
    almanac_fuzz::check(&[
        ("folder/a.md", &article),
        ("folder/b.md", b"# B\n\nText.\n"),
        ("folder/_category_.yml", yaml),
    ]);
});
