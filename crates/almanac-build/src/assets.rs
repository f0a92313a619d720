//! The images that articles show: read, recognised and measured before links are resolved.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::fault::{Cause, Code, Fault, FileSpan};
use crate::image::{self, Header};
use crate::limits;
use crate::resolve::{Article, Parsed};
use crate::source::ContentFolder;
use crate::url::{self, Destination};

/// Images by their path inside the content folder.
pub type Assets = BTreeMap<String, Asset>;

/// An image that can be shown.
pub struct Asset {
    pub header: Header,
    pub bytes: Vec<u8>,
}

/// Reads the images of all articles. An image that can't be shown is reported where it is shown and
/// marked as refused. One that isn't there is reported by those who resolve links.
pub fn read(folder: &ContentFolder, articles: &mut [Parsed]) -> (Assets, Vec<Fault>) {
    read_within(limits::IMAGES_BYTES, folder, articles)
}

/// Reads the images, at most so many bytes of all.
fn read_within(
    mut room: u64,
    folder: &ContentFolder,
    articles: &mut [Parsed],
) -> (Assets, Vec<Fault>) {
    let mut known: BTreeMap<String, Result<Asset, String>> = BTreeMap::new();
    let mut faults = Vec::new();
    for article in articles {
        let own = folder.files[article.file].folder();
        let mut reported = HashSet::new();
        for image in &mut article.document.images {
            let Ok(Destination::Local { path, .. }) = url::parse(&image.destination) else {
                continue;
            };
            let inside = match path.starts_with('/') {
                true => None,
                false => url::join(own, &path).filter(|path| folder.assets.contains(path)),
            };
            let Some(inside) = inside else { continue };
            let asset = known
                .entry(inside.clone())
                .or_insert_with_key(|inside| asset(folder, inside, &mut room));
            match asset {
                Ok(_) => image.file = Some(inside),
                Err(fault) => {
                    image.refused = true;
                    // A definition used twice is one place.
                    if !reported.insert(image.span.start) {
                        continue;
                    }
                    let place = FileSpan::new(article.file, image.span.clone());
                    let text = format!("`{inside}` {fault}");
                    let mut fault = Fault::new(Code::InvalidImage, place, text.clone());
                    fault.cause = Some(Cause { text, cure: None });
                    faults.push(fault);
                }
            }
        }
    }
    let assets = known.into_iter().filter_map(|(path, asset)| Some((path, asset.ok()?)));
    (assets.collect(), faults)
}

/// Reads one image.
fn asset(folder: &ContentFolder, path: &str, room: &mut u64) -> Result<Asset, String> {
    let bytes = folder.asset(path)?;
    let header = image::header(path, &bytes)?;
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    *room = room.checked_sub(length).ok_or_else(|| {
        format!("is one too many: all images may have {} MiB", limits::IMAGES_BYTES >> 20)
    })?;
    Ok(Asset { header, bytes })
}

/// Drops what no article shows: the images of drafts.
pub fn retain_shown(assets: &mut Assets, articles: &[Article]) {
    let shown = articles.iter().flat_map(|article| &article.document.images);
    let shown: BTreeSet<&String> = shown.filter_map(|image| image.file.as_ref()).collect();
    assets.retain(|path, _| shown.contains(path));
}

/// Bytes of an image that documentation shows in place, and of all of them.
const IN_PLACE: usize = 64 * 1024;
const ALL_IN_PLACE: usize = 32 * 1024 * 1024;

/// Chooses the images that documentation shows in place: a page holds each of them as text.
pub struct InPlace {
    room: std::cell::Cell<usize>,
}

impl InPlace {
    pub fn new() -> InPlace {
        InPlace { room: std::cell::Cell::new(ALL_IN_PLACE) }
    }

    /// Returns the image as an address that holds it; `None` if it is too large.
    pub fn address(&self, asset: &Asset) -> Option<String> {
        if asset.bytes.len() > IN_PLACE {
            return None;
        }
        let encoded = asset.bytes.len().div_ceil(3) * 4;
        self.room.set(self.room.get().checked_sub(encoded)?);
        let mime = asset.header.media_type.mime();
        Some(format!("data:{mime};base64,{}", image::base64(&asset.bytes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Schema;
    use crate::stages;

    /// An image counts once, however often it is shown, and the first beyond the limit is refused.
    #[test]
    fn all_images_have_a_limit() {
        let gif = "GIF89a\u{1}\0\u{1}\0\0\0\0;";
        let text = "# A\n\n![one](a.gif) ![again](a.gif) ![two](b.gif)\n";
        let (folder, _) =
            ContentFolder::from_files([("a.md", text), ("a.gif", gif), ("b.gif", gif)]);
        let each = u64::try_from(gif.len()).unwrap();
        let read = |room| {
            let (parsed, _) = stages::article(0, &folder.files[0], &Schema::default(), &mut 0);
            let (assets, faults) = read_within(room, &folder, &mut [parsed.unwrap()]);
            (assets.into_keys().collect::<Vec<_>>(), faults)
        };
        assert_eq!(read(2 * each).0, ["a.gif", "b.gif"]);
        let (shown, faults) = read(2 * each - 1);
        assert_eq!(shown, ["a.gif"]);
        let said: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
        assert_eq!(said, ["`b.gif` is one too many: all images may have 128 MiB"]);
    }
}
