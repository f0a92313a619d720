//! The files in the binary with `include_dir`, parsed at start.

use std::borrow::Cow;

use include_dir::{Dir, include_dir};

static CONTENT: Dir<'_> = include_dir!("$COMPARE_CONTENT");

parse::parsed_app!(CONTENT.dirs().flat_map(Dir::files).map(|file| {
    let path = file.path().to_str().expect("a path in UTF-8").to_owned();
    (path, Cow::Borrowed(file.contents_utf8().expect("UTF-8")))
}));
