//! PNG, GIF and WebP: the size stands at a fixed place.

use super::{Size, chunk, u16_le, u32_be};

pub fn png(bytes: &[u8]) -> Size {
    if chunk::<8>(bytes, 8)? != *b"\0\0\0\x0dIHDR" {
        return Err("it does not begin with the chunk `IHDR`".to_owned());
    }
    // The checksum behind the chunk tells a file that was damaged or made up.
    if crc(&chunk::<17>(bytes, 12)?) != u32_be(bytes, 29)? {
        return Err("the checksum of its header is wrong".to_owned());
    }
    Ok((u32_be(bytes, 16)?, u32_be(bytes, 20)?))
}

/// Computes CRC-32 as PNG has it; for a few bytes a table isn't worth its place.
fn crc(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            let reduced = if crc & 1 == 1 { 0xedb8_8320 } else { 0 };
            crc = crc >> 1 ^ reduced;
        }
    }
    !crc
}

pub fn gif(bytes: &[u8]) -> Size {
    Ok((u16_le(bytes, 6)?, u16_le(bytes, 8)?))
}

pub fn webp(bytes: &[u8]) -> Size {
    /// Sizes of 14 bits.
    const SIDE: u32 = 0x3fff;
    let u24 = |at: usize| {
        chunk::<3>(bytes, at).map(|[low, middle, high]| u32::from_le_bytes([low, middle, high, 0]))
    };
    match &chunk::<4>(bytes, 12)? {
        b"VP8 " => {
            // Behind the chunk's length and the frame's tag.
            if chunk::<3>(bytes, 23)? != [0x9d, 0x01, 0x2a] {
                return Err("its first frame is no key frame".to_owned());
            }
            Ok((u16_le(bytes, 26)? & SIDE, u16_le(bytes, 28)? & SIDE))
        }
        b"VP8L" => {
            if chunk::<1>(bytes, 20)? != [0x2f] {
                return Err("its data has another signature".to_owned());
            }
            let bits = u32::from_le_bytes(chunk(bytes, 21)?);
            Ok(((bits & SIDE) + 1, (bits >> 14 & SIDE) + 1))
        }
        b"VP8X" => Ok((u24(24)? + 1, u24(27)? + 1)),
        _ => Err("it begins with an unknown chunk".to_owned()),
    }
}
