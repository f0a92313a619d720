//! English words that say how others belong together, and nothing by themselves.

/// Function words as [`super::analysis`] folds them, sorted.
///
/// `us` is none, because the country is folded to it, and neither are words that tell things apart
/// or make another word of a verb: `before`, `few`, `no`, `not`, `out`, `under`, `up`, `without`.
#[rustfmt::skip]
const FUNCTION_WORDS: [&str; 100] = [
    "a", "about", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been", "being",
    "but", "by", "can", "could", "did", "do", "does", "doing", "for", "from", "had", "has",
    "have", "having", "he", "her", "here", "hers", "herself", "him", "himself", "his", "how", "i",
    "if", "in", "into", "is", "it", "its", "itself", "let", "may", "me", "might", "mine", "must",
    "my", "myself", "nor", "of", "on", "or", "our", "ours", "ourselves", "she", "should", "so",
    "some", "such", "than", "that", "the", "their", "theirs", "them", "themselves", "then",
    "there", "these", "they", "this", "those", "through", "to", "too", "very", "was", "we",
    "were", "what", "when", "where", "which", "while", "who", "whom", "whose", "why", "will",
    "with", "would", "you", "your", "yours", "yourself",
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
