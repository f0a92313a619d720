//! The hash behind `get`. The compiler lays the table out with it and the library looks up with it, so it is one piece.

/// Hashes an id eight bytes at a time; works in `const`. The last eight may overlap those before, so that no byte is taken alone.
#[inline]
pub(crate) const fn hash(id: &[u8]) -> u32 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut state = id.len() as u64;
    let mut rest = id;
    while let Some((chunk, more)) = rest.split_first_chunk::<8>() {
        state = mix(state, u64::from_le_bytes(*chunk), FACTOR);
        rest = more;
    }
    let last = match (id.last_chunk::<8>(), rest.first_chunk::<4>(), rest.last_chunk::<4>()) {
        _ if rest.is_empty() => 0,
        (Some(last), ..) => u64::from_le_bytes(*last),
        (None, Some(first), Some(last)) => (u32::from_le_bytes(*first) as u64) << 32 | u32::from_le_bytes(*last) as u64,
        // One to three bytes: first, middle, last.
        _ => (rest[0] as u64) << 16 | (rest[rest.len() / 2] as u64) << 8 | rest[rest.len() - 1] as u64,
    };
    (mix(state, last, FACTOR) >> 32) as u32
}

const fn mix(state: u64, part: u64, factor: u64) -> u64 {
    (state.rotate_left(23) ^ part).wrapping_mul(factor)
}
