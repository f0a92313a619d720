//! Checks that the questions of the front matter are earned: an index that holds all questions but
//! one must find its article by that one, or the question stands for words that the article doesn't
//! have.

use almanac_core::generated::engine;
use almanac_core::layout::to_usize;

use crate::fault::{Code, Fault, FileSpan};
use crate::index;
use crate::limits;
use crate::resolve::{Almanac, Article};
use crate::schema::Schema;

/// A question is earned if its article is among so many.
const AMONG: usize = 3;

/// Returns a warning for each question that isn't earned.
pub fn unearned(almanac: &Almanac, schema: &Schema) -> Vec<Fault> {
    unearned_within(almanac, schema, limits::QUESTION_PLACES)
}

/// Returns the same, of the questions that are looked up in so many places.
fn unearned_within(almanac: &Almanac, schema: &Schema, mut left: u64) -> Vec<Fault> {
    let listed: Vec<&Article> =
        almanac.articles.iter().filter(|article| !article.unlisted).collect();
    if listed.iter().all(|article| article.questions.is_empty()) {
        return Vec::new();
    }
    let index = index::build(almanac, schema);
    let mut faults = Vec::new();
    for (number, article) in (0..).zip(&listed) {
        for question in &article.questions {
            let place = FileSpan::new(article.file, question.span.clone());
            let Some(rest) = left.checked_sub(engine::places(&index, &question.value)) else {
                let message = "too many questions to look for what each of them finds";
                let fault = Fault::new(Code::UnearnedQuestion, place, message);
                faults.push(fault.label("from here on they are not checked"));
                return faults;
            };
            left = rest;
            let found = engine::find_without(&index, number, &question.value);
            let first: Vec<u32> = found.iter().map(|found| found.article).take(AMONG).collect();
            if first.contains(&number) {
                continue;
            }
            let ids: Vec<String> =
                first.iter().map(|&found| format!("`{}`", listed[to_usize(found)].id)).collect();
            let finds = if ids.is_empty() {
                "finds nothing".into()
            } else {
                format!("finds {}", ids.join(", "))
            };
            let message = "a question that doesn't find its article by what the article says";
            faults.push(
                Fault::new(Code::UnearnedQuestion, place, message).label(finds).help(
                    "use the words of the question in the article, or ask in words that it has",
                ),
            );
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::ContentFolder;
    use crate::stages::{Settings, compile, resolved};

    fn article(question: &str) -> String {
        format!("---\nquestions: [{question}]\n---\n\n# A\n\nThe alpha beta.\n")
    }

    /// Each question stands in all articles: they would be looked up in a square number of places.
    #[test]
    fn places_have_a_limit() {
        let files = (0..10).map(|at| (format!("a{at}.md"), article(&format!("alpha beta {at}"))));
        let (folder, _) = ContentFolder::from_files(files);
        let (almanac, faults) = resolved(&folder, &Schema::default(), "");
        assert!(faults.is_empty(), "{faults:?}");
        // The articles, those with each of two words, and the one with the third.
        let each = 10 + 2 * 10 + 1;
        let check = |left| unearned_within(&almanac, &Schema::default(), left);
        let unchecked =
            |faults: &[Fault]| faults.iter().any(|fault| fault.label.contains("here on"));
        assert!(!unchecked(&check(10 * each)));
        let faults = check(10 * each - 1);
        assert!(unchecked(&faults));
        let last = faults.last().and_then(|fault| fault.place.as_ref()).map(|place| place.file);
        assert_eq!(last, Some(almanac.articles[9].file));
    }

    #[test]
    fn a_question_can_be_longer_than_lengths_are_counted() {
        let words: String = (0..70_000).map(|at| format!("w{at} ")).collect();
        let settings = Settings { check_questions: true, ..Settings::default() };
        let files = [("a.md", article(&words))];
        let report = compile(ContentFolder::from_files(files), &settings).report;
        assert!(report.warnings.contains("unearned-question"), "{}", report.errors);
    }
}
