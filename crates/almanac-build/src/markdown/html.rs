//! Raw HTML and the `import` and `export` lines of MDX.

use std::ops::Range;

use super::builder::Builder;
use crate::diagnostic::Code;
use crate::document::Inline;

impl Builder<'_> {
    pub(super) fn inline_html(&mut self, html: &str, range: Range<usize>) {
        if !(html.starts_with("<!--") && html.ends_with("-->")) {
            self.diagnose(Code::RawHtml, range.clone(), "raw HTML is left out of text and HTML")
                .label = "use Markdown, or put it between backticks to show it".into();
        }
        self.comment_ids(&range);
        self.push_inline(Inline::Html(html.to_owned()));
        self.top().inner_end = range.end;
    }

    pub(super) fn html_block(&mut self, html: &str, range: Range<usize>) {
        self.comment_ids(&range);
        let mut rest = html;
        let mut shown = String::new();
        while let Some(start) = rest.find("<!--") {
            shown.push_str(&rest[..start]);
            match rest[start..].find("-->") {
                Some(end) => rest = &rest[start + end + 3..],
                None => {
                    let line = self.first_line(&range);
                    self.diagnose(Code::UnclosedComment, line, "a comment without its end").label =
                        "everything behind it is left out: close it with `-->`".into();
                    return;
                }
            }
        }
        shown.push_str(rest);
        if !shown.trim().is_empty() {
            let line = self.first_line(&range);
            self.diagnose(
                Code::RawHtml,
                line,
                "raw HTML is left out of text and HTML, with all up to the next blank line",
            )
            .label = "use Markdown, or put it between backticks to show it".into();
        }
    }

    /// Is the paragraph an MDX `import` or `export`?
    pub(super) fn is_module_line(&self, range: &Range<usize>) -> bool {
        let begins = |word| self.body[range.start..].starts_with(word);
        if self.stack.len() > 1 || !(begins("import ") || begins("export ")) {
            return false;
        }
        let line = &self.body[self.first_line(range)];
        if let Some(rest) = line.strip_prefix("import ") {
            return rest.starts_with(['"', '\''])
                || (rest.contains(" from ") && rest.contains(['"', '\'']))
                || rest.trim_end() == "{";
        }
        line.strip_prefix("export ").is_some_and(|rest| {
            ["default ", "const ", "let ", "var ", "function ", "class ", "async ", "{", "* "]
                .iter()
                .any(|word| rest.starts_with(word))
        })
    }

    /// The first line of a span, without its end.
    pub(super) fn first_line(&self, range: &Range<usize>) -> Range<usize> {
        let source = &self.body[range.clone()];
        let end = source.find(['\n', '\r']).unwrap_or(source.len());
        range.start..range.start + source[..end].trim_end().len()
    }
}
