//! The hash behind `get`. The compiler lays the table out with it and the library looks up with it,
//! so it is one piece.

/// Hashes an id in `const`: sixteen bytes for one multiplication to 128 bits, whose halves are
/// folded. The last sixteen may overlap those before, so that no byte is taken alone.
#[inline]
pub const fn hash(id: &[u8]) -> u32 {
    const SEED: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut state = SEED ^ id.len() as u64;
    let [first, last] = if let (Some((chunk, behind)), Some(end)) =
        (id.split_first_chunk::<16>(), id.last_chunk::<16>())
    {
        let [first, last] = halves(chunk);
        state = fold(first ^ state, last ^ SEED);
        let mut rest = behind;
        while rest.len() > 16
            && let Some((chunk, behind)) = rest.split_first_chunk::<16>()
        {
            let [first, last] = halves(chunk);
            state = fold(first ^ state, last ^ SEED);
            rest = behind;
        }
        halves(end)
    } else {
        ends(id)
    };
    let mixed = fold(first ^ state, last ^ SEED);
    low((mixed >> 32) ^ mixed)
}

/// Returns the low half.
#[inline]
#[expect(
    clippy::cast_possible_truncation,
    reason = "no conversion is `const`; the rest is mixed in"
)]
const fn low(number: u64) -> u32 {
    number as u32
}

/// Returns all of at most sixteen bytes in two numbers, which may overlap.
#[inline]
pub const fn ends(bytes: &[u8]) -> [u64; 2] {
    if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        [u64::from_le_bytes(*first), u64::from_le_bytes(*last)]
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        [u32::from_le_bytes(*first) as u64, u32::from_le_bytes(*last) as u64]
    } else if let [first, .., last] = bytes {
        [*first as u64, (bytes[bytes.len() / 2] as u64) << 8 | *last as u64]
    } else if let [one] = bytes {
        [*one as u64, 0]
    } else {
        [0, 0]
    }
}

#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the other half is returned too")]
const fn halves(chunk: &[u8; 16]) -> [u64; 2] {
    let both = u128::from_le_bytes(*chunk);
    [both as u64, (both >> 64) as u64]
}

#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the other half is mixed in")]
const fn fold(a: u64, b: u64) -> u64 {
    let product = a as u128 * b as u128;
    product as u64 ^ (product >> 64) as u64
}
