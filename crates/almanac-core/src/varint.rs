//! Integers of one to five bytes (LEB128), which the compiler writes and the library reads.

/// Writes seven bits a byte, the lowest first; the high bit says that there is more.
#[inline]
pub fn write_varint(mut integer: u32, bytes: &mut impl Extend<u8>) {
    while integer >= 0x80 {
        bytes.extend([integer.to_le_bytes()[0] | 0x80]);
        integer >>= 7;
    }
    bytes.extend([integer.to_le_bytes()[0]]);
}

/// Reads an integer and leaves what follows; 0 where nothing is left.
#[inline]
pub fn read_varint(bytes: &mut &[u8]) -> u32 {
    let mut read = 0;
    let mut shift = 0;
    while let Some((&byte, rest)) = bytes.split_first() {
        *bytes = rest;
        read |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            break;
        }
        shift += 7;
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    #[test]
    fn integers_come_back() {
        let integers = [0, 1, 0x7f, 0x80, 0x3fff, 0x4000, 1 << 28, u32::MAX];
        let mut bytes = Vec::new();
        integers.into_iter().for_each(|integer| write_varint(integer, &mut bytes));
        assert_eq!(bytes.len(), 1 + 1 + 1 + 2 + 2 + 3 + 5 + 5);
        let mut rest = &bytes[..];
        for integer in integers {
            assert_eq!(read_varint(&mut rest), integer);
        }
        assert!(rest.is_empty());
    }
}
