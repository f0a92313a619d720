//! The previous and next article of each: the order, unless the front matter says otherwise.

use crate::fault::{Code, Fault, FileSpan};
use crate::front_matter::Spanned;
use crate::source::ContentFolder;

use super::Identified;
use super::sidebar::{Ids, Sidebar};
use super::suggest::Budget;

/// Previous and next.
pub type Neighbours = (Option<usize>, Option<usize>);

/// Finds the neighbours of each article.
pub fn neighbours(
    folder: &ContentFolder,
    articles: &[Identified],
    sidebar: &Sidebar,
    budget: &mut Budget,
    faults: &mut Vec<Fault>,
) -> Vec<Neighbours> {
    let mut neighbours = vec![(None, None); articles.len()];
    for pair in sidebar.order.windows(2) {
        neighbours[pair[0]].1 = Some(pair[1]);
        neighbours[pair[1]].0 = Some(pair[0]);
    }
    let ids = Ids::new(folder, articles);
    let mut given = |from: usize, id: &Option<Spanned<String>>| {
        id.as_ref().and_then(|id| neighbour(from, id, &ids, articles, budget, faults))
    };
    for (at, article) in articles.iter().enumerate() {
        let front = &article.parsed.front;
        if let Some(previous) = &front.pagination_prev {
            neighbours[at].0 = given(at, previous);
        }
        if let Some(next) = &front.pagination_next {
            neighbours[at].1 = given(at, next);
        }
    }
    neighbours
}

fn neighbour(
    from: usize,
    id: &Spanned<String>,
    ids: &Ids,
    articles: &[Identified],
    budget: &mut Budget,
    faults: &mut Vec<Fault>,
) -> Option<usize> {
    let place = FileSpan::new(articles[from].parsed.file, id.span.clone());
    let Some(to) = ids.get(&id.value) else {
        faults.extend(ids.fault(id, place, Some(from), budget));
        return None;
    };
    if articles[to].parsed.front.draft {
        let message = format!("`{}` is a draft: no reader can follow a link there", id.value);
        faults.push(Fault::new(Code::BrokenLink, place, message));
        return None;
    }
    // Docusaurus links to no unlisted neighbour either.
    Some(to).filter(|&to| articles[to].is_listed())
}
