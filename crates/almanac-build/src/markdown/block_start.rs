//! Recognizes the beginnings of blocks, line by line, as CommonMark has them.

use super::line::Line;

/// The end of a block of raw HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HtmlEnd {
    Text(&'static str),
    /// The end tag of an element whose content is no Markdown, in any case.
    RawElement,
    BlankLine,
}

/// Returns `true` for `***`, `- - -`, `___`.
pub fn is_rule(text: &str) -> bool {
    let Some(mark) = text.bytes().next().filter(|mark| matches!(mark, b'*' | b'-' | b'_')) else {
        return false;
    };
    let marks = text.bytes().filter(|byte| *byte == mark).count();
    marks >= 3 && text.bytes().all(|byte| byte == mark || matches!(byte, b' ' | b'\t'))
}

/// Returns `true` for `===` or `---` under a paragraph.
pub fn is_underline(text: &str) -> bool {
    ["=", "-"].iter().any(|mark| text.trim_start_matches(mark).is_empty())
}

pub fn is_heading(text: &str) -> bool {
    let rest = text.trim_start_matches('#');
    (1..=6).contains(&(text.len() - rest.len()))
        && (rest.is_empty() || rest.starts_with([' ', '\t']))
}

/// Returns the mark of a code block's first line, and how often it stands there.
pub fn fence(text: &str) -> Option<(u8, usize)> {
    let mark = text.bytes().next().filter(|mark| matches!(mark, b'`' | b'~'))?;
    let length = text.bytes().take_while(|byte| *byte == mark).count();
    let info = &text[length..];
    (length >= 3 && (mark == b'~' || !info.contains('`'))).then_some((mark, length))
}

/// Returns `true` if a line makes a table of the line above it, as `|---|---|` does.
pub fn is_delimiter_row(text: &str, header: &str) -> bool {
    text.contains('|')
        && text.contains('-')
        && text.bytes().all(is_delimiter)
        && cells(text) == cells(header)
}

/// Returns `true` if a line may be the delimiter row of a table, in whatever container.
pub fn may_have_tables(body: &str) -> bool {
    let mut from = 0;
    while let Some(bar) = body[from..].find('|').map(|found| from + found) {
        let line_end = |text: &str| text.find('\n').or_else(|| text.find('\r'));
        let end = line_end(&body[bar..]).map_or(body.len(), |end| bar + end);
        let start = body[from..bar].rfind(['\n', '\r']).map_or(from, |start| from + start + 1);
        let row = body[start..end].trim_start_matches([' ', '\t', '>']);
        if row.contains('-') && row.trim_end().bytes().all(is_delimiter) {
            return true;
        }
        from = end;
    }
    false
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t')
}

/// Returns the number of cells of a row of a table.
fn cells(row: &str) -> usize {
    let mut escaped = false;
    let mut pipes = 0;
    for byte in row.bytes() {
        pipes += usize::from(byte == b'|' && !escaped);
        escaped = byte == b'\\' && !escaped;
    }
    // Those at both ends part nothing.
    let last = row.len() > 1 && row.ends_with('|') && !escaped && !row.ends_with("\\|");
    pipes + 1 - usize::from(row.starts_with('|')) - usize::from(last)
}

/// The elements whose tags begin a block of HTML anywhere.
const BLOCK_TAGS: [&str; 62] = [
    "address",
    "article",
    "aside",
    "base",
    "basefont",
    "blockquote",
    "body",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "iframe",
    "legend",
    "li",
    "link",
    "main",
    "menu",
    "menuitem",
    "nav",
    "noframes",
    "ol",
    "optgroup",
    "option",
    "p",
    "param",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "track",
    "ul",
];

/// The elements whose content is no Markdown up to the end tag.
const RAW_TAGS: [&str; 4] = ["pre", "script", "style", "textarea"];

/// Returns what ends the block of HTML that a text begins.
pub fn html_start(text: &str, in_paragraph: bool) -> Option<HtmlEnd> {
    let rest = text.strip_prefix('<')?;
    if rest.starts_with("!--") {
        return Some(HtmlEnd::Text("-->"));
    }
    if rest.starts_with('?') {
        return Some(HtmlEnd::Text("?>"));
    }
    if rest.starts_with("![CDATA[") {
        return Some(HtmlEnd::Text("]]>"));
    }
    if rest.starts_with('!') && rest[1..].starts_with(|first: char| first.is_ascii_alphabetic()) {
        return Some(HtmlEnd::Text(">"));
    }
    let closing = rest.starts_with('/');
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let name = rest[..length].to_ascii_lowercase();
    let behind = &rest[length..];
    let ends = behind.is_empty() || behind.starts_with([' ', '\t', '>']);
    if ends && !closing && RAW_TAGS.contains(&name.as_str()) {
        return Some(HtmlEnd::RawElement);
    }
    if (ends || behind.starts_with("/>")) && BLOCK_TAGS.binary_search(&name.as_str()).is_ok() {
        return Some(HtmlEnd::BlankLine);
    }
    (!in_paragraph && is_tag(text)).then_some(HtmlEnd::BlankLine)
}

pub fn ends_html(end: HtmlEnd, line: &Line<'_>) -> bool {
    match end {
        HtmlEnd::Text(text) => line.text().contains(text),
        HtmlEnd::RawElement => {
            let text = line.text().to_ascii_lowercase();
            RAW_TAGS.iter().any(|name| text.contains(&format!("</{name}>")))
        }
        HtmlEnd::BlankLine => line.is_blank(),
    }
}

/// Returns `true` for one tag and nothing more.
pub fn is_tag(text: &str) -> bool {
    let name = |rest: &str| {
        let letters = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
        rest.as_bytes().first().filter(|first| first.is_ascii_alphabetic())?;
        Some(rest.bytes().take_while(|byte| letters(byte)).count())
    };
    if let Some(rest) = text.strip_prefix("</") {
        return name(rest).is_some_and(|length| rest[length..].trim() == ">");
    }
    let Some(mut rest) = text.strip_prefix('<') else { return false };
    let Some(length) = name(rest) else { return false };
    rest = &rest[length..];
    loop {
        let next = rest.trim_start();
        if matches!(next, ">" | "/>") {
            return true;
        }
        if next.len() == rest.len() {
            return false;
        }
        let first = |first: char| first.is_ascii_alphabetic() || matches!(first, '_' | ':');
        if !next.starts_with(first) {
            return false;
        }
        let part =
            |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'.' | b'-');
        rest = &next[next.bytes().take_while(part).count()..];
        let Some(value) = rest.trim_start().strip_prefix('=') else { continue };
        let value = value.trim_start();
        let end = match value.as_bytes().first() {
            Some(quote @ (b'"' | b'\'')) => {
                value[1..].find(char::from(*quote)).map(|length| length + 2)
            }
            _ => {
                let ends = [' ', '\t', '"', '\'', '=', '<', '>', '`'];
                Some(value.find(ends).unwrap_or(value.len())).filter(|length| *length > 0)
            }
        };
        let Some(end) = end else { return false };
        rest = &value[end..];
    }
}
