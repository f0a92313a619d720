//! Code blocks, and those that nothing closes.

use std::ops::Range;

use super::block_start::fence;
use super::builder::Builder;
use crate::document::Block;
use crate::fault::Code;

impl Builder<'_> {
    /// Adds a code block, unless it is MDX.
    pub(super) fn code_block(
        &mut self,
        language: Option<String>,
        fenced: bool,
        text: String,
        span: Range<usize>,
    ) {
        if fenced {
            self.check_fence(&span);
        }
        if language.as_deref() == Some("mdx-code-block") {
            let line = self.first_line(&span);
            let message = "an MDX code block is left out: MDX can't be compiled to data";
            self.diagnose(Code::RawHtml, line, message);
        } else {
            self.push_block(Block::Code { language, text }, span.end);
        }
    }

    /// Reports a code block that ends where the block around it does.
    fn check_fence(&mut self, span: &Range<usize>) {
        let first = self.first_line(span);
        let Some((mark, length)) = fence(&self.body[first.clone()]) else { return };
        let rest = self.body[first.end..span.end].trim_end();
        let last = rest.rsplit(['\n', '\r']).next().unwrap_or(rest);
        // Before it stand the marks of quotes around the code.
        let closing = last.trim_start_matches([' ', '\t', '>']);
        let closes = closing.len() >= length && closing.bytes().all(|byte| byte == mark);
        if closes && !rest.is_empty() {
            return;
        }
        let cut = self.masked.cut_code.get(&span.start).cloned();
        // Behind a block that ended too early the closing fence of that one opens the next.
        let own = Some(self.body[first.clone()].to_owned());
        let bare = char::from(mark).to_string().repeat(length);
        if cut.is_none() && own.as_ref() == Some(&bare) && self.cut_fence.take() == own {
            return;
        }
        if cut.is_some() {
            self.cut_fence = Some(bare);
        }
        let cut = cut.map(|line| self.place(line));
        let fence = char::from(mark).to_string().repeat(length.min(10));
        let fault = self.diagnose(Code::UnclosedCode, first, "a code block without its end");
        fault.label = format!("close it with a line {fence}");
        if let Some(line) = cut {
            let remark = "this ends it with the admonition around it, which needs more colons";
            fault.related.push((line, remark.to_owned()));
        }
    }
}
