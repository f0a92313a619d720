use crate::distance::edit_distance;
use crate::hash::hash;
use crate::layout::{id, slot};
use crate::table::{Row, part, row};
use crate::{Almanac, Article};

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
pub const fn get<A: Almanac>(id: &str) -> Option<&'static Article<A>> {
    let key = hash(id.as_bytes());
    let mask = A::SLOTS.len() - 1;
    let mut at = key as usize & mask;
    loop {
        let slot = A::SLOTS[at].row.u32_at(slot::SLOT);
        if slot == 0 {
            return None;
        }
        // The place in the table is made of the low bits, so the high ones are compared.
        if (slot ^ key) >> slot::INDEX_BITS == 0 {
            let number = (slot & slot::INDEX) - 1;
            let known = A::IDS[number as usize].row.span_at(id::SPAN);
            if equal(part(A::ID_BYTES, known), id.as_bytes()) {
                return Some(article::<A>(number));
            }
        }
        at = (at + 1) & mask;
    }
}

/// A slot of the hash table of ids.
pub struct Slot {
    row: Row<{ 4 * slot::WIDTH }>,
}

crate::table::table!(slots, Slot, slot::WIDTH);

/// The place of an id: a look-up finds it without a look at the article.
pub struct Id {
    row: Row<{ 4 * id::WIDTH }>,
}

crate::table::table!(ids, Id, id::WIDTH);

/// Returns the article of a number, as the generated code counts them.
#[inline]
pub(crate) const fn article<A: Almanac>(number: u32) -> &'static Article<A> {
    A::ARTICLES[number as usize]
}

/// Returns the article of a number plus one; 0 is none.
#[inline]
pub(crate) const fn neighbour<A: Almanac>(number: u32) -> Option<&'static Article<A>> {
    match row(A::ARTICLES, number) {
        Some(article) => Some(*article),
        None => None,
    }
}

/// Returns `true` if two byte strings are equal. In `const`, it compares sixteen bytes at a time;
/// the last sixteen, eight or four overlap those before.
#[inline]
pub(crate) const fn equal(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    if let (Some((first, behind)), Some(last)) = (a.split_first_chunk::<16>(), a.last_chunk::<16>())
        && let (Some((other_first, other_behind)), Some(other_last)) =
            (b.split_first_chunk::<16>(), b.last_chunk::<16>())
    {
        let (mut rest, mut other_rest) = (behind, other_behind);
        while rest.len() > 16
            && let (Some((first, behind)), Some((other, other_behind))) =
                (rest.split_first_chunk::<16>(), other_rest.split_first_chunk::<16>())
        {
            if u128::from_le_bytes(*first) != u128::from_le_bytes(*other) {
                return false;
            }
            (rest, other_rest) = (behind, other_behind);
        }
        let differ = u128::from_le_bytes(*first) ^ u128::from_le_bytes(*other_first)
            | u128::from_le_bytes(*last) ^ u128::from_le_bytes(*other_last);
        return differ == 0;
    }
    let ([first, last], [other_first, other_last]) = (crate::hash::ends(a), crate::hash::ends(b));
    first == other_first && last == other_last
}

/// The number of articles that [`nearest`] names.
const NEAREST: usize = 3;

/// Returns the listed articles whose ids are most like `id`, three at most, the nearest first: for
/// "did you mean". None when nothing is near. The folder may be left out.
///
/// It compares with every id, so it is for people who mistype and not for lookups.
///
/// ```
/// let near: Vec<_> = ai_almanac::nearest("huawie").map(|article| article.id()).collect();
/// assert_eq!(near, ["companies/huawei"]);
/// assert_eq!(ai_almanac::nearest("no such thing at all").count(), 0);
/// ```
pub fn nearest<A: Almanac>(id: &str) -> impl Iterator<Item = &'static Article<A>> + use<A> {
    let limit = (id.chars().count() / 3).clamp(1, 3);
    let mut found: [Option<(usize, &'static Article<A>)>; NEAREST] = [None; NEAREST];
    for article in crate::articles::<A>() {
        let name = article.id().rsplit('/').next().unwrap_or(article.id());
        let whole = edit_distance(id, article.id(), limit);
        let Some(distance) = edit_distance(id, name, limit).into_iter().chain(whole).min() else {
            continue;
        };
        // Insert in order; of equals the first in the sidebar stays first.
        let place = found.iter().flatten().take_while(|(known, _)| *known <= distance).count();
        if let Some(rest @ [_, ..]) = found.get_mut(place..) {
            rest.rotate_right(1);
            rest[0] = Some((distance, *article));
        }
    }
    found.into_iter().flatten().map(|(_, article)| article)
}

#[cfg(test)]
mod tests {
    use super::equal;

    #[test]
    fn every_byte_counts_at_every_length() {
        for length in 0..70 {
            let bytes: [u8; 70] = core::array::from_fn(|at| at as u8);
            let text = &bytes[..length];
            assert!(equal(text, &{ bytes }[..length]));
            for at in 0..length {
                let mut other = bytes;
                other[at] ^= 1;
                assert!(!equal(text, &other[..length]), "byte {at} of {length}");
            }
            assert!(!equal(text, &bytes[..length.saturating_sub(1)]) || length == 0);
        }
    }
}
