//! Those who tell a happening, as many as an answer names.

/// Others that each event names: if each named all of them, n would make n² names.
const TELLERS: usize = 8;

/// Returns the first others of those who tell a happening, and the number of the rest.
pub fn first_others<T: Copy + PartialEq>(told: &[T], own: T) -> (Vec<T>, usize) {
    let others: Vec<T> = told.iter().copied().filter(|other| *other != own).take(TELLERS).collect();
    let rest = told.len().saturating_sub(others.len() + 1);
    (others, rest)
}

#[cfg(test)]
mod tests {
    use super::first_others;

    #[test]
    fn tellers_of_a_happening_are_named_up_to_eight() {
        assert_eq!(first_others::<u8>(&[], 1), (vec![], 0));
        assert_eq!(first_others(&[1], 1), (vec![], 0));
        let tellers: Vec<u16> = (0..1_000).collect();
        assert_eq!(first_others(&tellers[..9], 4), (vec![0, 1, 2, 3, 5, 6, 7, 8], 0));
        assert_eq!(first_others(&tellers, 999), ((0..8).collect(), 991));
    }
}
