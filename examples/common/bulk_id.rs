//! Ids that OpenSearch takes: those of chunks can be longer, because a heading can.

use std::borrow::Cow;

/// Bytes of an `_id`: OpenSearch refuses a longer one.
pub const MAX_BYTES: usize = 512;

/// Returns the id, if it has more than 512 bytes its beginning, `~`, and the hash of the whole:
/// FNV-1a of 64 bits in 16 hexadecimal digits. An id that isn't shortened never looks like that,
/// because its own hash has 8.
pub fn bulk_id(id: &str) -> Cow<'_, str> {
    if id.len() <= MAX_BYTES {
        return Cow::Borrowed(id);
    }
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325, |state: u64, byte| {
        (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let hash = format!("~{hash:016x}");
    let mut end = MAX_BYTES - hash.len();
    while !id.is_char_boundary(end) {
        end -= 1;
    }
    Cow::Owned(format!("{}{hash}", &id[..end]))
}
