//! Special files and links: the input says what to make in a folder. Nothing outside is read,
//! nothing is waited for, and what is made twice compiles to the same.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|steps: &[u8]| almanac_fuzz::check_links(steps));
