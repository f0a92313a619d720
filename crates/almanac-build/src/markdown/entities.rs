//! Character references in raw HTML: `&amp;`, `&#169;`, `&eacute;`.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser};

/// The longest name of a character reference.
const MAX_LENGTH: usize = 32;

/// Returns the text with its character references resolved; what is none stays.
pub fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        decoded.push_str(&rest[..start]);
        rest = &rest[start..];
        match reference(rest) {
            Some((characters, length)) => {
                decoded.push_str(&characters);
                rest = &rest[length..];
            }
            None => {
                decoded.push('&');
                rest = &rest[1..];
            }
        }
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// Returns the characters of the reference at the start of a text, and its length.
fn reference(text: &str) -> Option<(Cow<'static, str>, usize)> {
    let name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'#';
    let length = text[1..].bytes().take(MAX_LENGTH).take_while(|byte| name(*byte)).count();
    if length == 0 || text.as_bytes().get(1 + length) != Some(&b';') {
        return None;
    }
    let whole = &text[..length + 2];
    let characters = match &text[1..1 + length] {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "nbsp" => "\u{a0}",
        // The parser knows the two thousand others.
        _ => match Parser::new(whole).nth(1) {
            Some(Event::Text(characters)) if *characters != *whole && *characters != *"&" => {
                return Some((characters.to_string().into(), length + 2));
            }
            _ => return None,
        },
    };
    Some((characters.into(), length + 2))
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn references_of_every_form() {
        assert_eq!(decode("a&lt;b&amp;c &copy;&#65;&#x1F600;&eacute;&nbsp;"), "a<b&c ©A😀é\u{a0}");
        assert_eq!(
            decode("&nosuch; &amp &; & &#; a&b;c &#0;"),
            "&nosuch; &amp &; & &#; a&b;c \u{fffd}"
        );
    }
}
