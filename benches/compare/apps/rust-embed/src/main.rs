//! The files in the binary with `rust-embed`, parsed at start.

use std::borrow::Cow;

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "$COMPARE_CONTENT"]
struct Content;

parse::parsed_app!(Content::iter().map(|path| {
    let content = match Content::get(&path).expect("listed").data {
        Cow::Borrowed(bytes) => Cow::Borrowed(str::from_utf8(bytes).expect("UTF-8")),
        Cow::Owned(bytes) => Cow::Owned(String::from_utf8(bytes).expect("UTF-8")),
    };
    (path.into_owned(), content)
}));
