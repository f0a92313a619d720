//! A whole folder: lines `=== path` stand before the files that they name.

#![no_main]

use libfuzzer_sys::fuzz_target;

const MOST_FILES: usize = 16;

fuzz_target!(|folder: &[u8]| {
    let mut files: Vec<(&str, &[u8])> = Vec::new();
    let mut start = 0;
    for line in folder.split_inclusive(|&byte| byte == b'\n') {
        let end = start + line.len();
        let name = line.strip_prefix(b"=== ").and_then(|name| std::str::from_utf8(name).ok());
        if let Some(name) = name.filter(|_| files.len() < MOST_FILES) {
            files.push((name.trim_end_matches(['\n', '\r']), &folder[end..end]));
        } else if let Some((_, bytes)) = files.last_mut() {
            let begin = start - bytes.len();
            *bytes = &folder[begin..end];
        }
        start = end;
    }
    almanac_fuzz::check(&files);
});
