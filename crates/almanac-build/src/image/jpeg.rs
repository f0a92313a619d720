//! JPEG: the size stands in the frame header, somewhere behind segments of other use. One of them
//! may say that the picture is to be turned before it is shown.

use almanac_core::layout::to_usize;

use super::{Size, TRUNCATED, chunk, u16_be};

pub fn size(bytes: &[u8]) -> Size {
    let mut at = 2;
    let mut turned = false;
    loop {
        let [mark, marker] = chunk(bytes, at)?;
        if mark != 0xff {
            return Err("a segment does not begin as one".to_owned());
        }
        at += 1;
        match marker {
            // Fill bytes before a marker.
            0xff => continue,
            // Markers without a segment.
            0x01 | 0xd0..=0xd7 => at += 1,
            0xd8..=0xda => return Err("it has no frame header".to_owned()),
            _ => {
                let length = to_usize(u16_be(bytes, at + 1)?);
                let end = at + 1 + length;
                let segment = bytes.get(at + 3..end).ok_or(TRUNCATED)?;
                match marker {
                    // Start of frame; the others in this range are tables.
                    0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                        let (height, width) = (u16_be(segment, 1)?, u16_be(segment, 3)?);
                        return Ok(if turned { (height, width) } else { (width, height) });
                    }
                    0xe1 => turned = turned || orientation(segment).is_some_and(|value| value > 4),
                    _ => {}
                }
                at = end;
            }
        }
    }
}

/// Returns the orientation that Exif data gives: above 4 the sides are swapped.
fn orientation(segment: &[u8]) -> Option<u16> {
    const TAG: u16 = 0x0112;
    let tiff = segment.strip_prefix(b"Exif\0\0")?;
    let little = match tiff.first_chunk::<2>()? {
        b"II" => true,
        b"MM" => false,
        _ => return None,
    };
    let u16_at = |at: usize| {
        let bytes = *tiff.get(at..)?.first_chunk::<2>()?;
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let offset = *tiff.get(4..)?.first_chunk::<4>()?;
    let offset = if little { u32::from_le_bytes(offset) } else { u32::from_be_bytes(offset) };
    let directory = usize::try_from(offset).ok()?;
    for entry in 0..usize::from(u16_at(directory)?) {
        let at = directory.checked_add(2 + entry * 12)?;
        if u16_at(at)? == TAG {
            return u16_at(at + 8);
        }
    }
    None
}
