use crate::Article;
use crate::distance::edit_distance;
use crate::hash::hash;

/// Finds an article by its [id](Article::id), unlisted ones too; `None` if there is none.
///
/// Works in `const`, where an id that doesn't exist fails the build:
///
/// ```
/// use ai_almanac::Article;
///
/// const HUAWEI: &Article = ai_almanac::get("companies/huawei").unwrap();
/// assert_eq!(HUAWEI.title(), "Huawei");
/// assert_eq!(ai_almanac::get("companies/huawie"), None);
/// ```
///
/// ```compile_fail
/// const GONE: &ai_almanac::Article = ai_almanac::get("companies/huawie").unwrap();
/// ```
///
/// It takes a few nanoseconds and allocates nothing.
#[must_use]
#[inline]
pub const fn get(id: &str) -> Option<&'static Article> {
    let slots: &'static [[u32; 2]] = &crate::__LOOKUP;
    let key = hash(id.as_bytes());
    let mask = slots.len() - 1;
    let mut at = key as usize & mask;
    loop {
        // A slot holds a hash and the number of an article plus one; 0 is empty, as at least half of the slots are.
        let [known, number] = slots[at];
        if number == 0 {
            return None;
        }
        if known == key {
            let article = crate::__ARTICLES[number as usize - 1];
            if equal(article.id.as_bytes(), id.as_bytes()) {
                return Some(article);
            }
        }
        at = (at + 1) & mask;
    }
}

/// The article of a number, as the generated code counts them.
pub(crate) const fn article(number: u32) -> &'static Article {
    crate::__ARTICLES[number as usize]
}

/// The article of a number plus one; 0 is none.
pub(crate) const fn neighbour(number: u32) -> Option<&'static Article> {
    match number {
        0 => None,
        number => Some(article(number - 1)),
    }
}

/// Are two byte strings equal? Eight bytes at a time, in `const`; the last eight may overlap those before.
#[inline]
pub(crate) const fn equal(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let (mut rest, mut others) = (a, b);
    while let (Some((first, more)), Some((other, further))) = (rest.split_first_chunk::<8>(), others.split_first_chunk::<8>()) {
        if u64::from_le_bytes(*first) != u64::from_le_bytes(*other) {
            return false;
        }
        (rest, others) = (more, further);
    }
    if let (Some(last), Some(other)) = (a.last_chunk::<8>(), b.last_chunk::<8>()) {
        return u64::from_le_bytes(*last) == u64::from_le_bytes(*other);
    }
    while let (Some((first, more)), Some((other, further))) = (rest.split_first(), others.split_first()) {
        if *first != *other {
            return false;
        }
        (rest, others) = (more, further);
    }
    true
}

/// How many articles [`nearest`] names.
const NEAREST: usize = 3;

/// The listed articles whose ids are most like `id`, three at most, the nearest first: for "did you mean". None when nothing
/// is near. The folder may be left out.
///
/// It compares with every id, so it is for people who mistype and not for lookups.
///
/// ```
/// let near: Vec<_> = ai_almanac::nearest("huawie").map(|article| article.id()).collect();
/// assert_eq!(near, ["companies/huawei"]);
/// assert_eq!(ai_almanac::nearest("no such thing at all").count(), 0);
/// ```
pub fn nearest(id: &str) -> impl Iterator<Item = &'static Article> + use<> {
    let limit = (id.chars().count() / 3).clamp(1, 3);
    let mut found: [Option<(usize, &'static Article)>; NEAREST] = [None; NEAREST];
    for article in crate::articles() {
        let name = article.id.rsplit('/').next().unwrap_or(article.id);
        let whole = edit_distance(id, article.id, limit);
        let Some(distance) = edit_distance(id, name, limit).into_iter().chain(whole).min() else { continue };
        // Insert in order; of equals the first in the sidebar stays first.
        let mut new = (distance, *article);
        for slot in &mut found {
            match slot {
                Some(known) if known.0 <= new.0 => {}
                Some(known) => core::mem::swap(known, &mut new),
                None => {
                    *slot = Some(new);
                    break;
                }
            }
        }
    }
    found.into_iter().flatten().map(|(_, article)| article)
}
