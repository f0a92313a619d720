//! Type and size of images, read from their first bytes; SVG is read whole. Everything comes from
//! files that nobody has looked at: no length is believed.

mod avif;
mod jpeg;
mod raster;
mod svg;

use almanac_core::layout::to_usize;

/// The kinds of images that are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaType {
    Png,
    Jpeg,
    Gif,
    Webp,
    Avif,
    Svg,
}

/// The header of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    pub media_type: MediaType,
    /// The size at which it is shown, in pixels; never 0.
    pub width: u32,
    pub height: u32,
}

/// No image is shown larger: no format has a good reason, and products of two stay in 64 bits.
const LARGEST_SIDE: u32 = 1_000_000;

impl MediaType {
    const ALL: [MediaType; 6] = [
        MediaType::Png,
        MediaType::Jpeg,
        MediaType::Gif,
        MediaType::Webp,
        MediaType::Avif,
        MediaType::Svg,
    ];

    /// Returns the name that people know.
    pub fn name(self) -> &'static str {
        match self {
            MediaType::Png => "PNG",
            MediaType::Jpeg => "JPEG",
            MediaType::Gif => "GIF",
            MediaType::Webp => "WebP",
            MediaType::Avif => "AVIF",
            MediaType::Svg => "SVG",
        }
    }

    /// Returns the name that HTTP knows.
    pub fn mime(self) -> &'static str {
        match self {
            MediaType::Png => "image/png",
            MediaType::Jpeg => "image/jpeg",
            MediaType::Gif => "image/gif",
            MediaType::Webp => "image/webp",
            MediaType::Avif => "image/avif",
            MediaType::Svg => "image/svg+xml",
        }
    }

    /// Returns how the names of such files end, the usual form first.
    fn extensions(self) -> &'static [&'static str] {
        match self {
            MediaType::Png => &["png"],
            MediaType::Jpeg => &["jpg", "jpeg", "jfif"],
            MediaType::Gif => &["gif"],
            MediaType::Webp => &["webp"],
            MediaType::Avif => &["avif"],
            MediaType::Svg => &["svg"],
        }
    }

    fn of_extension(extension: &str) -> Option<MediaType> {
        let extension = extension.to_ascii_lowercase();
        MediaType::ALL.into_iter().find(|known| known.extensions().contains(&extension.as_str()))
    }

    /// Recognises a kind by how its files begin.
    fn sniff(bytes: &[u8]) -> Option<MediaType> {
        match bytes {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(MediaType::Png),
            [0xff, 0xd8, 0xff, ..] => Some(MediaType::Jpeg),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(MediaType::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => {
                Some(MediaType::Webp)
            }
            [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => {
                let brand = brand.first_chunk::<4>();
                matches!(brand, Some(b"avif" | b"avis" | b"mif1")).then_some(MediaType::Avif)
            }
            _ => svg::looks(bytes).then_some(MediaType::Svg),
        }
    }
}

/// Reads what an image says about itself. The error says what is wrong with the file.
pub fn header(path: &str, bytes: &[u8]) -> Result<Header, String> {
    let named = path.rsplit_once('.').and_then(|(_, end)| MediaType::of_extension(end));
    if bytes.is_empty() {
        return Err("is an empty file".to_owned());
    }
    let Some(media_type) = MediaType::sniff(bytes) else {
        return Err(match named {
            Some(named) => format!("does not begin as {} does", with_article(named)),
            None => "is no PNG, JPEG, GIF, WebP, AVIF or SVG".to_owned(),
        });
    };
    if named != Some(media_type) {
        return Err(format!(
            "is {}: its name must end with `.{}`",
            with_article(media_type),
            media_type.extensions()[0]
        ));
    }
    let size = match media_type {
        MediaType::Png => raster::png(bytes),
        MediaType::Jpeg => jpeg::size(bytes),
        MediaType::Gif => raster::gif(bytes),
        MediaType::Webp => raster::webp(bytes),
        MediaType::Avif => avif::size(bytes),
        MediaType::Svg => svg::size(bytes),
    };
    let (width, height) = size.map_err(|fault| format!("can't be shown: {fault}"))?;
    if width == 0 || height == 0 || width > LARGEST_SIDE || height > LARGEST_SIDE {
        return Err(format!("says that it is {width} × {height} pixels large"));
    }
    Ok(Header { media_type, width, height })
}

fn with_article(media_type: MediaType) -> String {
    let article = if matches!(media_type, MediaType::Avif | MediaType::Svg) { "an" } else { "a" };
    format!("{article} {}", media_type.name())
}

/// Width and height, or what is wrong with the file.
type Size = Result<(u32, u32), String>;

const TRUNCATED: &str = "it ends too early";

/// Returns the bytes at an offset.
fn chunk<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N], String> {
    let found = bytes.get(at..).and_then(|rest| rest.first_chunk::<N>());
    found.copied().ok_or_else(|| TRUNCATED.to_owned())
}

fn u16_be(bytes: &[u8], at: usize) -> Result<u32, String> {
    chunk(bytes, at).map(|bytes| u32::from(u16::from_be_bytes(bytes)))
}

fn u32_be(bytes: &[u8], at: usize) -> Result<u32, String> {
    chunk(bytes, at).map(u32::from_be_bytes)
}

fn u16_le(bytes: &[u8], at: usize) -> Result<u32, String> {
    chunk(bytes, at).map(|bytes| u32::from(u16::from_le_bytes(bytes)))
}

/// Returns bytes as text that a URL can hold, for `data:`.
pub fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |at: usize| u32::from(group.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            let index = (bits >> (18 - 6 * digit)) & 63;
            // Three bytes are four digits, two are three, one is two.
            let known = digit <= group.len();
            out.push(if known { char::from(DIGITS[to_usize(index)]) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests;
