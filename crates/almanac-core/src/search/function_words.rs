//! English words that say how others belong together, and nothing by themselves.

/// Function words as [`super::analysis`] folds them, sorted, with what contracts them: `whats`.
///
/// `us` is none, because the country is folded to it, and neither are words that tell things apart
/// or make another word of a verb: `before`, `few`, `no`, `not`, `out`, `under`, `up`, `without`.
/// Contractions are none that deny or are other words too: `dont`, `ill`, `well`.
#[rustfmt::skip]
const FUNCTION_WORDS: [&str; 112] = [
    "a", "about", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been", "being", "but",
    "by", "can", "could", "did", "do", "does", "doing", "for", "from", "had", "has", "have",
    "having", "he", "her", "here", "hers", "herself", "him", "himself", "his", "how", "i", "if",
    "im", "in", "into", "is", "it", "its", "itself", "ive", "let", "lets", "may", "me", "might",
    "mine", "must", "my", "myself", "nor", "of", "on", "or", "our", "ours", "ourselves", "she",
    "should", "so", "some", "such", "than", "that", "thats", "the", "their", "theirs", "them",
    "themselves", "then", "there", "these", "they", "theyre", "theyve", "this", "those", "through",
    "to", "too", "very", "was", "we", "were", "weve", "what", "whats", "when", "where", "which",
    "while", "who", "whom", "whos", "whose", "why", "will", "with", "would", "you", "youll", "your",
    "youre", "yours", "yourself", "youve",
];

/// Returns `true` if a folded word is a function word.
#[must_use]
pub fn is_function_word(form: &str) -> bool {
    let Some(initial) = form.bytes().next().filter(u8::is_ascii_lowercase) else { return false };
    let index = usize::from(initial - b'a');
    FUNCTION_WORDS[STARTS[index]..STARTS[index + 1]].contains(&form)
}

/// The index of the first word of each letter, and the number of words: few begin with one letter,
/// and most of these have another length, so that they are not compared.
const STARTS: [usize; 27] = {
    let mut starts = [0; 27];
    let mut index = 0;
    while index < FUNCTION_WORDS.len() {
        let mut after = (FUNCTION_WORDS[index].as_bytes()[0] - b'a') as usize + 1;
        index += 1;
        while after < starts.len() {
            starts[after] = index;
            after += 1;
        }
    }
    starts
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_sorted_and_folded() {
        assert!(FUNCTION_WORDS.is_sorted_by(|one, other| one < other));
        for word in FUNCTION_WORDS {
            assert!(is_function_word(word) && word.bytes().all(|byte| byte.is_ascii_lowercase()));
        }
        for word in ["", "us", "few", "chip", "The", "it's"] {
            assert!(!is_function_word(word), "{word}");
        }
    }
}
