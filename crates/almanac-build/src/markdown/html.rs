//! Raw HTML, tag by tag: what is kept, what is left out, and its addresses.

use std::ops::Range;

use super::builder::{Builder, FrameKind};
use super::element_frames::ContentModel;
use super::elements::{self, Role};
use super::entities::decode;
use super::source_map::SourceMap;
use super::text::Piece;
use super::tokens::{self, Tag, Token, Tokens};
use crate::document::{Block, Element, Image, Inline};
use crate::fault::Code;

/// Raw HTML and where it stands in the body.
struct Html<'h> {
    text: &'h str,
    map: &'h SourceMap,
    /// `true` if it is a block of its own.
    is_block: bool,
}

impl Html<'_> {
    fn span(&self, span: &Range<usize>) -> Range<usize> {
        self.map.span(span.clone())
    }
}

impl Builder<'_> {
    /// Takes in a tag or a comment in a line of text.
    pub(super) fn inline_html(&mut self, html: &str, span: Range<usize>) {
        let mut map = SourceMap::default();
        map.push(0, span.clone());
        if html.starts_with("<!--") {
            self.comment_ids(&span);
        }
        let html = Html { text: html, map: &map, is_block: false };
        for token in Tokens::new(html.text) {
            match token {
                // The parser has found a whole tag.
                Token::Text(_) => {}
                token => self.token(token, &html),
            }
        }
        self.top().inner_end = span.end;
    }

    /// Takes in a block of HTML.
    pub(super) fn html_block(&mut self, html: &str, map: &SourceMap, span: Range<usize>) {
        self.comment_ids(&span);
        let html = Html { text: html, map, is_block: true };
        let mut is_comment = true;
        for token in Tokens::new(html.text) {
            is_comment &= match &token {
                Token::Text(text) => html.text[text.clone()].trim().is_empty(),
                Token::Comment | Token::OpenComment(_) => true,
                _ => false,
            };
            self.token(token, &html);
        }
        // Content is left out up to here: a blank line ends the block.
        while matches!(self.top().kind, FrameKind::LeftOut { .. }) {
            self.stack.pop();
        }
        self.close_plain();
        if self.is_at_root() && !is_comment {
            self.content_end = self.content_end.max(span.end);
        }
    }

    fn token(&mut self, token: Token<'_>, html: &Html<'_>) {
        match token {
            Token::Text(span) => self.html_text(span, html),
            Token::Open(tag) => match self.masked.tag(tag.name) {
                Some(span) => self.jsx(span, html.is_block),
                None => self.open_tag(&tag, html),
            },
            Token::Close { name } => self.close_tag(name, html.is_block),
            Token::Comment => {}
            Token::OpenComment(span) => {
                let line = self.first_line(&html.span(&span));
                let fault = self.diagnose(Code::UnclosedComment, line, "a comment without its end");
                fault.label = "everything behind it is left out: close it with `-->`".into();
            }
            Token::Declaration(span) => {
                let line = self.first_line(&html.span(&span));
                self.left_out(line, "a declaration is left out");
            }
        }
    }

    /// Takes in a tag or a comment of JSX, which the parser has not seen.
    fn jsx(&mut self, span: Range<usize>, is_block: bool) {
        let text = &self.body[span.clone()];
        let mut map = SourceMap::default();
        map.push(0, span.clone());
        match tokens::open_tag(text) {
            Some(tag) => self.open_tag(&tag, &Html { text, map: &map, is_block }),
            None => self.expression(span),
        }
    }

    pub(super) fn left_out(&mut self, span: Range<usize>, message: impl Into<String>) {
        let fault = self.diagnose(Code::RawHtml, span, message);
        fault.label = "use Markdown, or put it between backticks to show it".into();
    }

    /// Takes in the text of a block of HTML, which is no Markdown.
    fn html_text(&mut self, span: Range<usize>, html: &Html<'_>) {
        if self.is_left_out() {
            return;
        }
        if self.is_in_element("pre") {
            let mut text = decode(&html.text[span]).replace("\r\n", "\n").replace('\r', "\n");
            // The first line end belongs to the tag.
            if self.top().inlines.is_empty() && text.starts_with('\n') {
                text.remove(0);
            }
            self.push_inline(Inline::Text(text));
            return;
        }
        let mut next = span.start;
        for (number, line) in html.text[span].split(['\n', '\r']).enumerate() {
            let start = next;
            next += line.len() + 1;
            if number > 0 {
                self.flush_html_text();
                self.push_break();
            }
            // White space in front is that of the source.
            let begins = number > 0 || self.top().inlines.is_empty();
            let shown = if begins { line.trim_start_matches([' ', '\t']) } else { line };
            if shown.is_empty() {
                continue;
            }
            let span = html.span(&(start + line.len() - shown.len()..start + line.len()));
            let text = decode(shown);
            let is_copy = self.body.get(span.clone()) == Some(&*text);
            self.pieces.push(Piece { at: self.text.len(), span, is_copy, verbatim: is_copy });
            self.text.push_str(&text);
        }
        self.flush_html_text();
    }

    fn open_tag(&mut self, tag: &Tag<'_>, html: &Html<'_>) {
        let left_out = |kind: &FrameKind| matches!(kind, FrameKind::LeftOut { .. });
        if let FrameKind::LeftOut { name, depth } = &mut self.top().kind
            && name.eq_ignore_ascii_case(tag.name)
            && !tag.closes_itself
        {
            *depth += 1;
        }
        if self.inside(left_out) {
            return;
        }
        let role = elements::role(tag.name);
        if !matches!(role, Role::Phrasing(_) | Role::Block(_)) {
            self.anchors_of(tag, html);
        }
        match role {
            Role::Phrasing(element) => self.open_element(element, false, tag, html),
            Role::Block(element) => self.open_element(element, true, tag, html),
            Role::Break => self.line_break(),
            Role::WordBreak => self.push_void("wbr"),
            Role::Rule => match self.content_model(html.is_block) {
                ContentModel::Flow => {
                    self.split_paragraph();
                    self.push_block(Block::Rule, html.span(&tag.span).end);
                }
                ContentModel::Cell | ContentModel::Phrasing => self.push_break(),
            },
            Role::Image => self.html_image(tag, html),
            Role::Ignored => {}
            Role::Unknown { ends_words } => {
                let line = self.first_line(&html.span(&tag.span));
                let message = format!("the element `<{}>` is left out: its text stays", tag.name);
                self.left_out(line, message);
                self.word_ends |= ends_words;
            }
            Role::LeftOut { empty, ends_words } => {
                let line = self.first_line(&html.span(&tag.span));
                let content = if empty { "" } else { " with what stands in it" };
                self.left_out(line, format!("the element `<{}>` is left out{content}", tag.name));
                self.word_ends |= ends_words;
                if !empty && !tag.closes_itself && self.has_room(&html.span(&tag.span)) {
                    let name = tag.name.to_owned();
                    self.open(FrameKind::LeftOut { name, depth: 0 }, html.span(&tag.span));
                }
            }
        }
    }

    fn close_tag(&mut self, name: &str, is_block: bool) {
        if let FrameKind::LeftOut { name: open, depth } = &mut self.top().kind {
            if open.eq_ignore_ascii_case(name) {
                match depth.checked_sub(1) {
                    Some(less) => *depth = less,
                    None => drop(self.stack.pop()),
                }
            }
            return;
        }
        match elements::role(name) {
            Role::Phrasing(tag) => {
                let stops = ["td", "th", "caption", "table"];
                if let Some(index) = self.find_open(&[tag], &stops) {
                    self.close_elements_from(index);
                }
            }
            Role::Block(tag) => match self.find_open(&[tag], &[]) {
                Some(index) => self.close_elements_from(index),
                // It may close one around the paragraph, or the paragraph itself.
                None => {
                    if !is_block {
                        self.unmatched_tags.push(tag);
                    }
                    if tag == "p" {
                        self.push_break();
                    }
                }
            },
            // As browsers have it.
            Role::Break => self.line_break(),
            Role::Unknown { ends_words } => self.word_ends |= ends_words,
            _ => {}
        }
    }

    fn line_break(&mut self) {
        if self.keeps_line() {
            self.push_void("br");
        } else {
            self.top().inlines.pop_if(|last| matches!(last, Inline::SoftBreak));
            self.push_inline(Inline::HardBreak);
        }
    }

    fn open_element(&mut self, name: &'static str, block: bool, tag: &Tag<'_>, html: &Html<'_>) {
        self.close_implied(name, block);
        let span = html.span(&tag.span);
        let mut model = self.content_model(html.is_block);
        let fits = self.open_implied(name);
        if !fits || (block && model == ContentModel::Phrasing) || !self.has_room(&span) {
            // The element means nothing here: its content does.
            self.anchors_of(tag, html);
            if block {
                self.push_break();
            }
            return;
        }
        if block && model == ContentModel::Flow {
            self.split_paragraph();
        }
        self.end_word();
        if !block && model == ContentModel::Flow && !html.is_block {
            model = ContentModel::Phrasing;
        }
        let element = self.element(name, tag, html);
        // An anchor is a place: those who write one often forget its end.
        let is_anchor = name == "a" && element.link.is_none();
        self.open(FrameKind::Element { element, model }, span);
        if tag.closes_itself || is_anchor {
            self.close_element();
        }
    }

    /// Makes the element of a tag, with what is kept of its attributes.
    fn element(&mut self, name: &'static str, tag: &Tag<'_>, html: &Html<'_>) -> Element {
        let mut element = Element { tag: name, attributes: Vec::new(), link: None };
        let id = self.anchors_of(tag, html);
        element.attributes.extend(id.map(|id| ("id", id)));
        if tag.name.eq_ignore_ascii_case("center") {
            element.attributes.push(("style", "text-align:center".to_owned()));
        }
        let mut events = false;
        for attribute in &tag.attributes {
            let value = decode(&html.text[attribute.value.clone()]);
            events |= attribute.name.get(..2).is_some_and(|on| on.eq_ignore_ascii_case("on"));
            if attribute.is_expression {
                continue;
            }
            let kept = elements::attribute(name, attribute.name, &value);
            element.attributes.extend(
                kept.filter(|(name, _)| !element.attributes.iter().any(|(known, _)| known == name)),
            );
        }
        if events {
            let line = self.first_line(&html.span(&tag.span));
            self.left_out(line, format!("event attributes of `<{}>` are left out", tag.name));
        }
        if name == "a" {
            element.link = self.html_link(tag, html);
        }
        if element.link.is_some() {
            // The link has it.
            element.attributes.retain(|(name, _)| *name != "title");
        } else if name == "a" && self.is_linked() {
            // An anchor in a link.
            element.tag = "span";
        }
        element
    }

    /// Adds the link of an `<a href>`.
    fn html_link(&mut self, tag: &Tag<'_>, html: &Html<'_>) -> Option<usize> {
        let href = attribute(tag, "href")?;
        let span = html.span(&href.value);
        if href.is_expression {
            let line = self.first_line(&html.span(&tag.span));
            self.left_out(line, "an address that is an expression is left out");
            return None;
        }
        if self.is_linked() {
            self.left_out(span, "a link in a link is left out: its text stays");
            return None;
        }
        // Browsers don't count the white space around an address.
        let destination = decode(&html.text[href.value.clone()]).trim().to_owned();
        let title = attribute(tag, "title")
            .map(|title| elements::without_controls(&decode(&html.text[title.value.clone()])));
        Some(self.new_link(destination, title.filter(|title| !title.is_empty()), span))
    }

    fn html_image(&mut self, tag: &Tag<'_>, html: &Html<'_>) {
        let line = self.first_line(&html.span(&tag.span));
        let value = |name| {
            let found = attribute(tag, name).filter(|attribute| !attribute.is_expression)?;
            Some((decode(&html.text[found.value.clone()]), html.span(&found.value)))
        };
        let alt = value("alt").map(|(alt, _)| elements::without_controls(alt.trim()));
        let Some((source, span)) = value("src") else {
            self.left_out(line, "an image without `src` is left out: its alternative text stays");
            return self.push_inline(Inline::Text(alt.unwrap_or_default()));
        };
        if alt.is_none() {
            self.diagnose(Code::MissingAltText, line, "an image without alternative text").label =
                "say in `alt` what it shows".into();
        }
        let alt = alt.unwrap_or_default();
        if self.inside(|kind| matches!(kind, FrameKind::Image(_))) {
            return self.push_inline(Inline::Text(alt));
        }
        let title = value("title").map(|(title, _)| elements::without_controls(&title));
        let mut attributes = Vec::new();
        for attribute in &tag.attributes {
            let value = decode(&html.text[attribute.value.clone()]);
            let kept = elements::attribute("img", attribute.name, &value);
            attributes.extend(kept.filter(|(name, _)| {
                *name != "title" && !attributes.iter().any(|(known, _)| known == name)
            }));
        }
        self.document.images.push(Image {
            destination: source.trim().to_owned(),
            alt: alt.clone(),
            span,
            title: title.filter(|title| !title.is_empty()),
            attributes,
            file: None,
            refused: false,
        });
        self.push_inline(Inline::Image(self.document.images.len() - 1, alt));
    }

    /// Adds the anchors of a tag: its `id`, and the `name` of a link. Returns the first.
    fn anchors_of(&mut self, tag: &Tag<'_>, html: &Html<'_>) -> Option<String> {
        let mut first = None;
        for attribute in &tag.attributes {
            let is_name = attribute.name.eq_ignore_ascii_case("name");
            let is_anchor = attribute.name.eq_ignore_ascii_case("id")
                || (is_name && tag.name.eq_ignore_ascii_case("a"));
            let id = decode(&html.text[attribute.value.clone()]);
            let id = id.trim();
            let odd = |character: char| character.is_whitespace() || character.is_control();
            if is_anchor && !attribute.is_expression && !id.is_empty() && !id.contains(odd) {
                self.html_anchors.push((id.to_owned(), self.section()));
                first.get_or_insert_with(|| id.to_owned());
            }
        }
        first
    }
}

fn attribute<'t, 'h>(tag: &'t Tag<'h>, name: &str) -> Option<&'t super::tokens::Attribute<'h>> {
    tag.attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name))
}
