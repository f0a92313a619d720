//! AVIF: boxes in boxes. The primary item's properties say how large it is, and whether it is cut
//! or turned before it is shown.

use almanac_core::layout::to_usize;

use super::{Size, TRUNCATED, chunk, u16_be, u32_be};

/// A box: its type and what is in it.
type Block<'b> = ([u8; 4], &'b [u8]);

pub fn size(bytes: &[u8]) -> Size {
    let brands = inside(bytes, b"ftyp")?;
    let (major, compatible) = (chunk::<4>(brands, 0)?, brands.get(8..).unwrap_or_default());
    let is_avif = |brand: &[u8]| matches!(brand, b"avif" | b"avis");
    if !(is_avif(&major) || compatible.chunks_exact(4).any(is_avif)) {
        return Err("its brand is another format".to_owned());
    }
    let meta = inside(bytes, b"meta")?.get(4..).ok_or(TRUNCATED)?;
    let primary = primary_item(inside(meta, b"pitm")?)?;
    let properties = inside(meta, b"iprp")?;
    let known = boxes(inside(properties, b"ipco")?).collect::<Result<Vec<Block<'_>>, _>>()?;
    let mut size = None;
    let mut turned = false;
    for index in associated(inside(properties, b"ipma")?, primary)? {
        // Counted from 1; 0 is none.
        let Some((kind, body)) = index.checked_sub(1).and_then(|index| known.get(index)) else {
            continue;
        };
        match kind {
            b"ispe" => size = Some((u32_be(body, 4)?, u32_be(body, 8)?)),
            b"clap" => size = Some((rational(body, 0)?, rational(body, 8)?)),
            b"irot" => turned = chunk::<1>(body, 0)?[0] & 1 == 1,
            _ => {}
        }
    }
    let (width, height) = size.ok_or("its size is missing")?;
    Ok(if turned { (height, width) } else { (width, height) })
}

/// Reads a numerator and a denominator.
fn rational(bytes: &[u8], at: usize) -> Result<u32, String> {
    let quotient = u32_be(bytes, at)?.checked_div(u32_be(bytes, at + 4)?);
    quotient.ok_or_else(|| "it is cut to a size divided by zero".to_owned())
}

/// Iterates over the boxes of a list.
fn boxes(mut list: &[u8]) -> impl Iterator<Item = Result<Block<'_>, String>> {
    std::iter::from_fn(move || {
        if list.is_empty() {
            return None;
        }
        let next = next(list);
        list = match &next {
            Ok((_, rest)) => rest,
            Err(_) => &[],
        };
        Some(next.map(|(block, _)| block))
    })
}

/// Splits the first box off a list.
fn next(list: &[u8]) -> Result<(Block<'_>, &[u8]), String> {
    let kind = chunk::<4>(list, 4)?;
    let (header, length) = match u32_be(list, 0)? {
        // Up to the end.
        0 => (8, list.len()),
        1 => {
            let length = u64::from_be_bytes(chunk(list, 8)?);
            (16, usize::try_from(length).map_err(|_| TRUNCATED)?)
        }
        length => (8, usize::try_from(length).map_err(|_| TRUNCATED)?),
    };
    let body = list.get(header..length).ok_or(TRUNCATED)?;
    Ok(((kind, body), &list[length..]))
}

/// Returns what is in the first box of a kind.
fn inside<'b>(list: &'b [u8], kind: &[u8; 4]) -> Result<&'b [u8], String> {
    for block in boxes(list) {
        let (found, body) = block?;
        if found == *kind {
            return Ok(body);
        }
    }
    Err(format!("the box `{}` is missing", String::from_utf8_lossy(kind)))
}

fn primary_item(pitm: &[u8]) -> Result<u32, String> {
    match chunk::<1>(pitm, 0)? {
        [0] => u16_be(pitm, 4),
        _ => u32_be(pitm, 4),
    }
}

/// Returns the properties of an item, in the order in which they apply.
fn associated(ipma: &[u8], item: u32) -> Result<Vec<usize>, String> {
    let [version, _, _, flags] = chunk(ipma, 0)?;
    let mut at = 8;
    for _ in 0..u32_be(ipma, 4)? {
        let id = if version == 0 { u16_be(ipma, at)? } else { u32_be(ipma, at)? };
        at += if version == 0 { 2 } else { 4 };
        let [count] = chunk(ipma, at)?;
        at += 1;
        // The highest bit says that a reader must know the property.
        let (width, mask) = if flags & 1 == 1 { (2, 0x7fff) } else { (1, 0x7f) };
        let mut properties = Vec::new();
        for _ in 0..count {
            let index = match width {
                2 => u16_be(ipma, at)?,
                _ => chunk::<1>(ipma, at).map(|[index]| u32::from(index))?,
            };
            properties.push(to_usize(index & mask));
            at += width;
        }
        if id == item {
            return Ok(properties);
        }
    }
    Err("its size is missing".to_owned())
}
