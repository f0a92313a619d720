//! The files on the disk, read and parsed at start.

use std::borrow::Cow;
use std::path::Path;

parse::parsed_app!(
    parse::read(Path::new(&std::env::var("COMPARE_CONTENT").expect("COMPARE_CONTENT")))
        .into_iter()
        .map(|(path, content)| (path, Cow::Owned(content)))
);
