//! Raw HTML as tags and text. What is no whole tag is text: no word is lost.

use std::ops::Range;

use super::elements::RAW;

/// A part of raw HTML; all spans are in it.
#[derive(Debug, PartialEq, Eq)]
pub enum Token<'h> {
    Text(Range<usize>),
    Open(Tag<'h>),
    Close {
        name: &'h str,
    },
    Comment,
    /// A comment without its end, up to the end.
    OpenComment(Range<usize>),
    /// `<!DOCTYPE …>`, `<?…?>`, `<![CDATA[…]]>`
    Declaration(Range<usize>),
}

/// An opening tag.
#[derive(Debug, PartialEq, Eq)]
pub struct Tag<'h> {
    pub span: Range<usize>,
    pub name: &'h str,
    pub attributes: Vec<Attribute<'h>>,
    pub closes_itself: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Attribute<'h> {
    pub name: &'h str,
    /// The span of its value, without quotes; empty without a value.
    pub value: Range<usize>,
    /// `true` if the value is a JSX expression, which means nothing here.
    pub is_expression: bool,
}

/// The number of `<` that may begin no tag before the rest is text, so that reading stays linear.
const MAX_FAILURES: usize = 100;

/// Reads raw HTML token by token.
pub struct Tokens<'h> {
    html: &'h str,
    at: usize,
    /// The element whose content has no tags.
    raw: Option<&'h str>,
    failures: usize,
}

impl<'h> Tokens<'h> {
    pub fn new(html: &'h str) -> Tokens<'h> {
        Tokens { html, at: 0, raw: None, failures: 0 }
    }

    /// Reads what begins with the `<` at the place; `None` if that is text.
    fn markup(&mut self, start: usize) -> Option<(Token<'h>, usize)> {
        let html = self.html;
        let rest = &html[start..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            // `<!-->` and `<!--->` are comments too.
            let short = [">", "->"].iter().find(|end| comment.starts_with(**end));
            let length = short.map(|end| end.len()).or(comment.find("-->").map(|end| end + 3));
            return Some(match length {
                Some(length) => (Token::Comment, start + 4 + length),
                None => (Token::OpenComment(start..html.len()), html.len()),
            });
        }
        let until =
            |end: &str| rest.find(end).map_or(html.len(), |found| start + found + end.len());
        let declaration = match rest.as_bytes().get(1..3) {
            Some(b"![") => Some(until("]]>")),
            Some([b'?', _]) => Some(until("?>")),
            Some([b'!', first]) if first.is_ascii_alphabetic() => Some(until(">")),
            _ => None,
        };
        if let Some(end) = declaration {
            return Some((Token::Declaration(start..end), end));
        }
        if let Some(name) = rest.strip_prefix("</") {
            let length = name_length(name);
            let end = name.find('>').filter(|_| length > 0)?;
            return Some((Token::Close { name: &name[..length] }, start + 2 + end + 1));
        }
        let (tag, end) = self.open(start)?;
        Some((Token::Open(tag), end))
    }

    fn open(&self, start: usize) -> Option<(Tag<'h>, usize)> {
        let html = self.html;
        let length = name_length(&html[start + 1..]);
        if length == 0 || is_address(&html[start + 1..]) {
            return None;
        }
        let name = &html[start + 1..start + 1 + length];
        let mut attributes: Vec<Attribute<'h>> = Vec::new();
        let mut at = start + 1 + length;
        loop {
            at += html[at..].len() - html[at..].trim_start().len();
            let closes_itself = html[at..].starts_with("/>");
            if closes_itself || html[at..].starts_with('>') {
                let end = at + 1 + usize::from(closes_itself);
                return Some((Tag { span: start..end, name, attributes, closes_itself }, end));
            }
            if html[at..].starts_with('/') {
                at += 1;
                continue;
            }
            let ends =
                |character: char| character.is_whitespace() || matches!(character, '=' | '>' | '/');
            let rest = &html[at..];
            if rest.starts_with('{') {
                // `{...props}`
                let value = at..at + braced(rest)?;
                at = value.end;
                attributes.push(Attribute { name: "", value, is_expression: true });
                continue;
            }
            // A `=` in front belongs to the name, as browsers have it.
            let first = rest.chars().next()?.len_utf8();
            let length = rest[first..].find(ends).map_or(rest.len(), |end| first + end);
            let name = &rest[..length];
            at += length;
            let after = &html[at..];
            let Some(value) = after.trim_start().strip_prefix('=') else {
                attributes.push(Attribute { name, value: at..at, is_expression: false });
                continue;
            };
            at = html.len() - value.trim_start().len();
            let (value, end) = self.value(at)?;
            let is_expression = html[at..].starts_with('{');
            attributes.push(Attribute { name, value, is_expression });
            at = end;
        }
    }

    /// Returns the value that begins at the place, and where it ends with its quotes.
    fn value(&self, at: usize) -> Option<(Range<usize>, usize)> {
        let rest = &self.html[at..];
        match rest.as_bytes().first()? {
            quote @ (b'"' | b'\'') => {
                let length = rest[1..].find(char::from(*quote))?;
                Some((at + 1..at + 1 + length, at + length + 2))
            }
            b'{' => {
                let length = braced(rest)?;
                Some((at..at + length, at + length))
            }
            _ => {
                let ends = |character: char| character.is_whitespace() || character == '>';
                let mut length = rest.find(ends)?;
                // `<br a=b/>`
                if rest[..length].ends_with('/') && rest[length..].starts_with('>') {
                    length -= 1;
                }
                Some((at..at + length, at + length))
            }
        }
    }
}

/// Reads the opening tag at the start of a text.
pub fn open_tag(html: &str) -> Option<Tag<'_>> {
    Tokens::new(html).open(0).map(|(tag, _)| tag)
}

impl<'h> Iterator for Tokens<'h> {
    type Item = Token<'h>;

    fn next(&mut self) -> Option<Token<'h>> {
        let start = self.at;
        if start >= self.html.len() {
            return None;
        }
        if let Some(name) = self.raw.take() {
            let end = end_tag(&self.html[start..], name).map_or(self.html.len(), |end| start + end);
            if end > start {
                self.at = end;
                return Some(Token::Text(start..end));
            }
        }
        let mut from = start;
        while let Some(found) = self.html[from..].find('<').filter(|_| self.failures < MAX_FAILURES)
        {
            let open = from + found;
            let Some((token, end)) = self.markup(open) else {
                self.failures += 1;
                from = open + 1;
                continue;
            };
            if open > start {
                self.at = open;
                return Some(Token::Text(start..open));
            }
            self.at = end;
            if let Token::Open(tag) = &token
                && !tag.closes_itself
                && RAW.iter().any(|raw| raw.eq_ignore_ascii_case(tag.name))
            {
                self.raw = Some(tag.name);
            }
            return Some(token);
        }
        self.at = self.html.len();
        Some(Token::Text(start..self.at))
    }
}

/// Returns `true` for an address in angle brackets: raw HTML knows none, and as a tag its words
/// would be lost.
fn is_address(text: &str) -> bool {
    let end = text.find(|next: char| matches!(next, '>' | '<') || next.is_whitespace());
    let Some(address) = end.filter(|end| text[*end..].starts_with('>')).map(|end| &text[..end])
    else {
        return false;
    };
    match address.split_once("://") {
        Some((scheme, _)) => scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()),
        None => address.contains('@') && !address.contains(['=', '{', '"', '\'', '/']),
    }
}

/// Returns the length of an element's name: those of JSX may have parts.
fn name_length(text: &str) -> usize {
    if !text.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return 0;
    }
    let part =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b':' | b'_');
    text.bytes().take_while(part).count()
}

/// Returns the length of `{…}` at the start of a text.
fn braced(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// Returns the place of the end tag of an element, in any case.
fn end_tag(text: &str, name: &str) -> Option<usize> {
    let is_end = |at: &usize| {
        let found = text.get(at + 2..at + 2 + name.len());
        found.is_some_and(|found| found.eq_ignore_ascii_case(name))
    };
    text.match_indices("</").map(|(at, _)| at).find(is_end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> Vec<String> {
        let value = |attribute: &Attribute| {
            format!(" {}={}", attribute.name, &html[attribute.value.clone()])
        };
        Tokens::new(html)
            .map(|token| match token {
                Token::Text(span) => html[span].to_owned(),
                Token::Open(tag) => {
                    let attributes: String = tag.attributes.iter().map(value).collect();
                    format!(
                        "<{}{attributes}{}>",
                        tag.name,
                        if tag.closes_itself { "/" } else { "" }
                    )
                }
                Token::Close { name } => format!("</{name}>"),
                Token::Comment => "comment".to_owned(),
                Token::OpenComment(span) => format!("open {}", &html[span]),
                Token::Declaration(span) => format!("declaration {}", &html[span]),
            })
            .collect()
    }

    #[test]
    fn tags_and_text() {
        assert_eq!(read("a<b>c</b >d"), ["a", "<b>", "c", "</b>", "d"]);
        assert_eq!(
            read("<a href='x>y' id=z data-x = \"1\" open/><Foo.Bar {...p} on={() => {1}}/>"),
            ["<a href=x>y id=z data-x=1 open=/>", "<Foo.Bar ={...p} on={() => {1}}/>"]
        );
        assert_eq!(read("<br a=b/><br/ c>"), ["<br a=b/>", "<br c=>"]);
        assert_eq!(read("1 < 2 <3 <a b"), ["1 < 2 <3 <a b"]);
        assert_eq!(
            read("<!-- a --><!--><!---><!-- b"),
            ["comment", "comment", "comment", "open <!-- b"]
        );
        assert_eq!(
            read("<!DOCTYPE x><?php <b> ?>x"),
            ["declaration <!DOCTYPE x>", "declaration <?php <b> ?>", "x"]
        );
        assert_eq!(read("<script>a<b>c</SCRIPT>d"), ["<script>", "a<b>c", "</SCRIPT>", "d"]);
        assert_eq!(read("<style>a"), ["<style>", "a"]);
        assert_eq!(read("</>x</ b>"), ["</>x</ b>"]);
        let addresses = "<https://a.example/x> <me.you@a.example>";
        assert_eq!(read(addresses), [addresses]);
        assert_eq!(
            read("<a:b/><A b={c@d}><a href=x@y>"),
            ["<a:b/>", "<A b={c@d}>", "<a href=x@y>"]
        );
    }

    #[test]
    fn reading_stays_linear() {
        for html in [
            "<a ".repeat(50_000),
            "<a \"".repeat(50_000),
            "<a b={".repeat(50_000),
            "<".repeat(50_000),
        ] {
            assert!(Tokens::new(&html).count() < 200);
        }
    }
}
