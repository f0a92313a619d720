use core::fmt;
use core::marker::PhantomData;

use crate::Almanac;
use crate::layout::image as column;
use crate::table::{self, Row};

/// An image that an article shows.
///
/// Two images are equal when they are the same image of the same article; it displays as its
/// alternative text.
///
/// ```
/// for article in ai_almanac::articles() {
///     for image in article.images() {
///         println!("{}: {image}", image.path());
///     }
/// }
/// ```
pub struct Image<A: Almanac> {
    pub(crate) row: Row<{ 4 * column::WIDTH }>,
    pub(crate) almanac: PhantomData<fn() -> A>,
}

table::row_type!(Image, column, table);

table::place! {
    Image, column,
    /// Returns the article that shows it.
    ///
    /// ```
    /// for image in ai_almanac::companies::HUAWEI.images() {
    ///     assert_eq!(image.article(), &ai_almanac::companies::HUAWEI);
    /// }
    /// ```
    article
}

impl<A: Almanac> Image<A> {
    /// Returns the path of the file inside the content folder, with `/` between its parts. For an
    /// image that is no file there, its address as the article gives it.
    ///
    /// [`html`](crate::Article::html) refers to the file as this path from the root of the site.
    ///
    /// ```
    /// for image in ai_almanac::companies::HUAWEI.images() {
    ///     println!("{}", image.path());
    /// }
    /// ```
    #[must_use]
    #[inline]
    pub const fn path(&self) -> &'static str {
        self.row.str_at::<A>(column::PATH)
    }

    /// Returns the alternative text: what the image shows, in words. Empty without one.
    ///
    /// ```
    /// for image in ai_almanac::companies::HUAWEI.images() {
    ///     assert!(!image.alt().is_empty());
    /// }
    /// ```
    #[must_use]
    #[inline]
    pub const fn alt(&self) -> &'static str {
        self.row.str_at::<A>(column::ALT)
    }

    /// Returns the image's `title` attribute; `None` without one.
    ///
    /// ```
    /// for image in ai_almanac::companies::HUAWEI.images() {
    ///     println!("{:?}", image.title());
    /// }
    /// ```
    #[must_use]
    #[inline]
    pub const fn title(&self) -> Option<&'static str> {
        let title = self.row.str_at::<A>(column::TITLE);
        if title.is_empty() { None } else { Some(title) }
    }

    /// Returns the media type of the file: `image/png`, `image/jpeg`, `image/gif`, `image/webp`,
    /// `image/avif` or `image/svg+xml`. `None` for an image that is no file of the content folder.
    ///
    /// ```
    /// for image in ai_almanac::companies::HUAWEI.images() {
    ///     assert!(image.media_type().is_some_and(|media_type| media_type.starts_with("image/")));
    /// }
    /// ```
    #[must_use]
    #[inline]
    pub const fn media_type(&self) -> Option<&'static str> {
        match self.row.u32_at(column::MEDIA_TYPE) {
            0 => None,
            plus_one => Some(column::MEDIA_TYPES[plus_one as usize - 1]),
        }
    }

    /// Returns the width in pixels, of an SVG that of its `viewBox`. `None` for an image that is no
    /// file of the content folder.
    ///
    /// ```
    /// for image in ai_almanac::companies::HUAWEI.images() {
    ///     assert!(image.width() > Some(0) && image.height() > Some(0));
    /// }
    /// ```
    #[must_use]
    #[inline]
    pub const fn width(&self) -> Option<u32> {
        match self.row.u32_at(column::SIZE) {
            0 => None,
            width => Some(width),
        }
    }

    /// Returns the height in pixels, of an SVG that of its `viewBox`. `None` for an image that is
    /// no file of the content folder.
    ///
    /// ```
    /// for image in ai_almanac::companies::HUAWEI.images() {
    ///     assert!(image.height() > Some(0));
    /// }
    /// ```
    #[must_use]
    #[inline]
    pub const fn height(&self) -> Option<u32> {
        match self.row.u32_at(column::SIZE + 1) {
            0 => None,
            height => Some(height),
        }
    }

    /// Returns the bytes of the file. `None` for an image that is no file of the content folder,
    /// and in an almanac that doesn't keep them.
    ///
    /// A program that never calls this carries no image.
    ///
    /// ```
    /// for image in ai_almanac::companies::HUAWEI.images() {
    ///     println!("{} has {} bytes", image.path(), image.bytes().map_or(0, <[u8]>::len));
    /// }
    /// ```
    #[must_use]
    #[inline]
    pub const fn bytes(&self) -> Option<&'static [u8]> {
        let bytes = table::part(A::IMAGE_BYTES, self.row.span_at(column::BYTES));
        if bytes.is_empty() { None } else { Some(bytes) }
    }
}

impl<A: Almanac> fmt::Display for Image<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.alt())
    }
}

impl<A: Almanac> fmt::Debug for Image<A> {
    /// Leaves the bytes out: a program that prints images doesn't carry them for that.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Image")
            .field("article", &self.article().id())
            .field("path", &self.path())
            .field("alt", &self.alt())
            .field("title", &self.title())
            .field("media_type", &self.media_type())
            .field("width", &self.width())
            .field("height", &self.height())
            .finish_non_exhaustive()
    }
}
