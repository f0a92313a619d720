//! Comments that name an id, as events carry them: `<!-- #chatgpt-released -->`.

use std::ops::Range;

use super::builder::{Builder, FrameKind};
use crate::document::CommentId;

impl Builder<'_> {
    /// Keeps the ids that comments in a piece of HTML name. A heading reads its own.
    pub(super) fn comment_ids(&mut self, range: &Range<usize>) {
        if self.inside(|kind| matches!(kind, FrameKind::Heading(_))) {
            return;
        }
        let mut at = range.start;
        while let Some(start) = self.body[at..range.end].find("<!--").map(|found| at + found + 4) {
            let Some(length) = self.body[start..range.end].find("-->") else { return };
            let comment = &self.body[start..start + length];
            if let Some(text) = comment.trim().strip_prefix('#') {
                let hash = start + (length - comment.trim_start().len());
                self.document
                    .comment_ids
                    .push(CommentId { text: text.to_owned(), span: hash..hash + 1 + text.len() });
            }
            at = start + length + 3;
        }
    }
}
