//! Checks that images are there.

use std::ops::Range;

use crate::fault::{Cause, Code};
use crate::url::{self, Destination};

use super::super::suggest::Names;
use super::LinkResolver;
use super::broken::relative;

impl LinkResolver<'_> {
    /// Returns whether an image is there. Those on the web and in the site's own folders can't be
    /// looked for.
    pub(super) fn image(&mut self, from: usize, destination: &str, span: &Range<usize>) -> bool {
        match url::parse(destination) {
            Ok(Destination::Web(_)) => true,
            Ok(Destination::Local { path, .. }) if path.starts_with('/') => {
                self.unsupported_image(from, span);
                true
            }
            Ok(Destination::Local { path, .. }) => self.image_file(from, &path, span),
            Ok(Destination::Email(_)) => {
                self.fault(from, Code::MissingImage, span, "an e-mail address is no image");
                false
            }
            Err(_) if destination.starts_with("@site/") => {
                self.unsupported_image(from, span);
                true
            }
            Err(fault) => {
                let is_empty = fault.code == Code::BrokenLink;
                let code = if is_empty { Code::MissingImage } else { fault.code };
                self.fault(from, code, span, fault.message);
                false
            }
        }
    }

    /// Checks the `image` of front matter: only `./…` is a file beside the article, other paths are
    /// the site's.
    pub(super) fn site_image(&mut self, from: usize, destination: &str, span: &Range<usize>) {
        match url::parse(destination) {
            Ok(Destination::Local { path, .. }) if path.starts_with("./") => {
                self.image_file(from, &path, span);
            }
            Ok(Destination::Local { .. }) => self.unsupported_image(from, span),
            _ => drop(self.image(from, destination, span)),
        }
    }

    fn unsupported_image(&mut self, from: usize, span: &Range<usize>) {
        let message = "an image of the site, not of this folder: nobody checks that it is there";
        self.fault(from, Code::UnsupportedImage, span, message).cause =
            Some(Cause { text: "images of the site".to_owned(), cure: None });
    }

    fn image_file(&mut self, from: usize, path: &str, span: &Range<usize>) -> bool {
        let (folder, own) = (self.folder, &self.articles[from].folder);
        let inside = url::join(own, path);
        if inside.as_ref().is_some_and(|inside| folder.assets.contains(inside)) {
            return true;
        }
        let special = inside.as_ref().and_then(|inside| folder.special.get_key_value(inside));
        if let Some((inside, what)) = special {
            let text = format!("`{inside}` is not a regular file: {what}");
            let fault = self.fault(from, Code::InvalidImage, span, text.clone());
            fault.cause = Some(Cause { text, cure: None });
            return false;
        }
        let near = inside.as_deref().and_then(|inside| {
            let names = self.assets.get_or_insert_with(|| {
                Names::new(folder.assets.iter().map(|path| (path.as_str(), ())))
            });
            names.nearest(inside, None, &mut self.budget).map(|(near, ())| near)
        });
        let near = near.map(|near| relative(own, near, path));
        let fault = self.fault(from, Code::MissingImage, span, format!("no image at `{path}`"));
        fault.suggest(near);
        let text = format!("no image at `{}`", inside.as_deref().unwrap_or(path));
        fault.cause = Some(Cause { text, cure: None });
        false
    }
}
