//! No index: every text is read for every query.

/// The ten sections that hold the most of the words, with upper and lower case alike.
pub fn scan(texts: &[[&'static str; 3]], words: &str) -> Vec<(usize, usize)> {
    let words: Vec<&[u8]> = words.split_whitespace().map(str::as_bytes).collect();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (number, fields) in texts.iter().enumerate() {
        let count = words
            .iter()
            .filter(|word| fields.iter().any(|field| holds(field.as_bytes(), word)))
            .count();
        if count > 0 {
            found.push((count, number));
        }
    }
    found.sort_by_key(|(count, number)| (std::cmp::Reverse(*count), *number));
    found.truncate(10);
    found
}

fn holds(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word))
}

/// Title, heading and text of every document.
pub fn texts() -> Vec<[&'static str; 3]> {
    crate::documents().map(|document| [document.title, document.heading, document.text]).collect()
}
