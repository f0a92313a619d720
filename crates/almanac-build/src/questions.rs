//! Whether the questions of the front matter are earned: an index that holds all questions but one
//! must find its article by that one, or the question stands for words that the article doesn't
//! have.

use almanac_core::generated::engine;
use almanac_core::layout::to_usize;

use crate::fault::{Code, Fault, FileSpan};
use crate::index;
use crate::resolve::{Almanac, Article};
use crate::schema::Schema;

/// A question is earned if its article is among so many.
const AMONG: usize = 3;

/// Returns a warning for each question that isn't earned.
pub fn unearned(almanac: &Almanac, schema: &Schema) -> Vec<Fault> {
    let listed: Vec<&Article> =
        almanac.articles.iter().filter(|article| !article.unlisted).collect();
    if listed.iter().all(|article| article.questions.is_empty()) {
        return Vec::new();
    }
    let index = index::build(almanac, schema);
    let mut faults = Vec::new();
    for (number, article) in (0..).zip(&listed) {
        for question in &article.questions {
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
            let place = FileSpan::new(article.file, question.span.clone());
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
