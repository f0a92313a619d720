//! Anchors of headings: exactly what github-slugger 2.0.0 makes, since Docusaurus and GitHub use
//! it.

use std::collections::HashMap;

use super::slug_table::KEPT;

/// Makes slugs that differ from all that it made before.
#[derive(Default)]
pub struct Slugger {
    occurrences: HashMap<String, usize>,
}

impl Slugger {
    pub fn slug(&mut self, heading: &str) -> String {
        let original = slug(heading);
        let mut result = original.clone();
        while self.occurrences.contains_key(&result) {
            let count = self.occurrences.get_mut(&original).expect("the original was made before");
            *count += 1;
            result = format!("{original}-{count}");
        }
        self.occurrences.insert(result.clone(), 0);
        result
    }
}

/// Returns a heading in lower case, without what is no letter, mark, number, connector, space or
/// `-`; spaces become `-`.
fn slug(heading: &str) -> String {
    let lower = heading.to_lowercase();
    lower
        .chars()
        .filter(|&character| character == ' ' || kept(character))
        .map(|character| if character == ' ' { '-' } else { character })
        .collect()
}

fn kept(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
    }
    let code = u32::from(character);
    let at = KEPT.partition_point(|&(_, last)| last < code);
    KEPT.get(at).is_some_and(|&(first, _)| first <= code)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Recorded from the npm package by `tests/oracle/slugs.mjs`.
    #[test]
    fn agrees_with_github_slugger() {
        let fixtures: Vec<Vec<(String, String)>> =
            serde_json::from_str(include_str!("../../../tests/oracle/slugs.json")).unwrap();
        assert!(fixtures.iter().flatten().count() > 80);
        for list in fixtures {
            let mut slugger = Slugger::default();
            for (heading, expected) in list {
                assert_eq!(slugger.slug(&heading), expected, "{heading:?}");
            }
        }
    }

    #[test]
    fn ascii_agrees_with_the_table() {
        for code in 0..0x80 {
            let in_table = KEPT.iter().any(|&(first, last)| (first..=last).contains(&code));
            assert_eq!(kept(char::from_u32(code).unwrap()), in_table, "{code:#x}");
        }
    }
}
