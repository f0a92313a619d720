//! The edit distance of two names: the one measure behind every "did you mean".
//! Compiled into the library (for ids) and into the compiler (for keys, links and codes).

/// Longest name that is measured, in characters; longer ones have no near match.
const LONGEST: usize = 96;

/// Returns the number of characters to insert, delete, replace or swap with a neighbour that turns
/// `a` into `b`; `None` when it is more than `limit` or a name is longer than 96 characters.
/// Allocates nothing.
pub fn edit_distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    let mut target = ['\0'; LONGEST];
    let mut width = 0;
    for character in b.chars() {
        *target.get_mut(width)? = character;
        width += 1;
    }
    // Three rows of the table: the one before the last is for swaps.
    let mut before = [0usize; LONGEST + 1];
    let mut last = [0usize; LONGEST + 1];
    let mut row = [0usize; LONGEST + 1];
    for (column, cell) in last.iter_mut().enumerate() {
        *cell = column;
    }
    let mut previous = '\0';
    let mut height = 0;
    for character in a.chars() {
        height += 1;
        if height > LONGEST {
            return None;
        }
        row[0] = height;
        let mut best = row[0];
        for column in 1..=width {
            let other = target[column - 1];
            let mut cost = (last[column] + 1)
                .min(row[column - 1] + 1)
                .min(last[column - 1] + usize::from(character != other));
            if column > 1 && height > 1 && character == target[column - 2] && previous == other {
                cost = cost.min(before[column - 2] + 1);
            }
            row[column] = cost;
            best = best.min(cost);
        }
        if best > limit + 1 {
            return None;
        }
        previous = character;
        before = last;
        last = row;
    }
    Some(last[width]).filter(|&distance| distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::edit_distance;

    #[test]
    fn counts_edits() {
        assert_eq!(edit_distance("", "", 0), Some(0));
        assert_eq!(edit_distance("huawei", "huawei", 2), Some(0));
        assert_eq!(edit_distance("opena", "openai", 2), Some(1));
        assert_eq!(edit_distance("huawie", "huawei", 2), Some(1), "a swap is one edit");
        assert_eq!(edit_distance("sidebar_positon", "sidebar_position", 2), Some(1));
        assert_eq!(edit_distance("kitten", "sitting", 3), Some(3));
        assert_eq!(edit_distance("kitten", "sitting", 2), None);
        assert_eq!(edit_distance("日本", "日木", 2), Some(1), "characters, not bytes");
        assert_eq!(edit_distance(&"x".repeat(97), &"x".repeat(97), 2), None);
    }
}
