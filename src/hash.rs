//! The hash behind `get`. The compiler lays the table out with it and the library looks up with it, so it is one piece.

/// Hashes an id eight bytes at a time; works in `const`.
pub(crate) const fn hash(id: &[u8]) -> u32 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut state = id.len() as u64;
    let mut rest = id;
    while let Some((chunk, more)) = rest.split_first_chunk::<8>() {
        state = (state.rotate_left(23) ^ u64::from_le_bytes(*chunk)).wrapping_mul(FACTOR);
        rest = more;
    }
    let mut last = 0;
    while let Some((byte, more)) = rest.split_first() {
        last = last << 8 | *byte as u64;
        rest = more;
    }
    state = (state.rotate_left(23) ^ last).wrapping_mul(FACTOR);
    (state >> 32) as u32
}
