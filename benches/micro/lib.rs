//! The calls that are measured (`cargo bench`) and proved not to allocate (`cargo test`), so that
//! both are the same.

#![forbid(unsafe_code)]

use std::hint::black_box;

use ai_almanac::{Article, Chunk, Section, Target, articles, events, get, nearest, search};

/// An id of the shipped articles, and one like it that isn't there.
pub const HIT: &str = "companies/huawei";
pub const MISS: &str = "companies/huawie";

/// Every query with a name.
pub const QUERIES: [(&str, &str); 7] = [
    ("one word", "perceptron "),
    ("common word", "model "),
    ("several words", "first program that played chess "),
    ("prefix", "transf"),
    ("typo", "perceptorn "),
    ("phrase", "\"neural network\""),
    ("no word there", "qwxyzvb "),
];

pub fn get_all(ids: &[&str]) -> usize {
    ids.iter().filter(|id| get(black_box(id)).is_some()).count()
}

/// The ids, as texts that the compiler knows nothing of.
pub fn ids() -> Vec<&'static str> {
    articles().iter().map(|article| article.id()).collect()
}

/// The article with the most sections, and its last section.
pub fn longest() -> (&'static Article, &'static Section) {
    let article = articles()
        .iter()
        .max_by_key(|article| article.sections().len())
        .expect("there are articles");
    (article, article.sections().last().expect("it has sections"))
}

pub fn titles() -> usize {
    articles().iter().map(|article| black_box(article.title()).len()).sum()
}

pub fn sections() -> usize {
    articles()
        .iter()
        .flat_map(|article| article.sections())
        .map(|section| black_box(section.title()).len())
        .sum()
}

/// Follows each link to what it leads to.
pub fn links() -> usize {
    let lead = |target| match target {
        Target::Article(article) => article.title().len(),
        Target::Section(section) => section.article().title().len() + section.title().len(),
        Target::Category(category) => category.label().len(),
        Target::Web(url) => url.len(),
        Target::Email(address) => address.len(),
    };
    articles()
        .iter()
        .flat_map(|article| article.links())
        .map(|link| black_box(lead(link.target())))
        .sum()
}

pub fn backlinks() -> usize {
    articles()
        .iter()
        .flat_map(|article| article.backlinks())
        .map(|link| black_box(link.article().title()).len())
        .sum()
}

pub fn all_events() -> usize {
    events()
        .iter()
        .map(|event| black_box(event.text()).len() + usize::from(event.date().year()))
        .sum()
}

pub fn texts() -> usize {
    articles().iter().map(|article| black_box(article.text()).len()).sum()
}

pub fn htmls() -> usize {
    articles().iter().map(|article| black_box(article.html()).len()).sum()
}

pub fn section_texts() -> usize {
    articles()
        .iter()
        .flat_map(|article| article.sections())
        .map(|section| black_box(section.text()).len())
        .sum()
}

/// Cuts every article, and looks at what a chunk says of itself.
pub fn chunks() -> usize {
    let length = |chunk: Chunk| {
        let headings: usize = chunk.headings().map(str::len).sum();
        let sources: usize = chunk.sources().map(|source| source.text().len()).sum();
        black_box(chunk.id());
        headings + sources + chunk.text().len()
    };
    articles().iter().flat_map(|article| article.chunks(black_box(2_000))).map(length).sum()
}

pub fn near(id: &str) -> usize {
    nearest(id).count()
}

/// Ranks what is found.
pub fn rank(query: &str) -> usize {
    search(query).len()
}

/// Ranks, and cuts the snippets of the first ten.
pub fn first_ten(query: &str) -> usize {
    search(query).take(10).map(|hit| hit.snippet().text().len()).sum()
}
