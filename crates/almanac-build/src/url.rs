//! Parses the destination of a link: a web address, an e-mail address, or a way to an article.

use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};

use crate::fault::Code;
use crate::limits;
use crate::visible::is_hidden;

/// A destination that has been understood, not yet looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// `http:` or `https:`, as written, with those characters escaped that every renderer of
    /// Markdown escapes: `{id}` is `%7Bid%7D`.
    Web(String),
    Email(String),
    /// A path with its percent escapes undone (empty for this article), and the anchor behind `#`.
    Local {
        path: String,
        anchor: Option<String>,
    },
}

/// The error for a destination that can't be used.
#[derive(Debug, PartialEq, Eq)]
pub struct DestinationError {
    pub code: Code,
    pub message: String,
}

fn fault<T>(code: Code, message: impl Into<String>) -> Result<T, DestinationError> {
    Err(DestinationError { code, message: message.into() })
}

/// Understands a destination as Markdown gives it, its entities and backslashes already undone.
pub fn parse(destination: &str) -> Result<Destination, DestinationError> {
    if destination.len() > limits::URL_CHARS && destination.chars().count() > limits::URL_CHARS {
        return fault(
            Code::TooLong,
            format!("an address of more than {} characters", limits::URL_CHARS),
        );
    }
    // Browsers ignore control characters and surrounding space when they look for the scheme.
    let bare: String = destination
        .chars()
        .filter(|character| !character.is_control() && !character.is_whitespace())
        .collect();
    let scheme = bare.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    let scheme = scheme.filter(|scheme| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.chars().all(|character| {
                character.is_ascii_alphanumeric() || matches!(character, '+' | '-' | '.')
            })
    });
    if destination.chars().any(|character| character.is_control()) {
        return match scheme.as_deref() {
            Some("javascript" | "data" | "file" | "vbscript") => fault(
                Code::UnsafeUrl,
                format!("`{}:` links are unsafe", scheme.unwrap_or_default()),
            ),
            _ => fault(Code::InvalidUrl, "not a URL: it holds a control character"),
        };
    }
    match scheme.as_deref() {
        Some(scheme @ ("javascript" | "data" | "file" | "vbscript")) => {
            fault(Code::UnsafeUrl, format!("`{scheme}:` links are unsafe"))
        }
        Some("http" | "https") => web(destination),
        Some("mailto") => email(destination.split_once(':').map_or("", |(_, address)| address)),
        Some(scheme) => {
            fault(Code::UnsupportedLink, format!("`{scheme}:` links can't be followed by data"))
        }
        None if destination.starts_with("//") => {
            fault(Code::UnsupportedLink, "an address without a scheme: begin it with `https://`")
        }
        None if destination.starts_with("@site/") => {
            fault(Code::UnsupportedLink, "`@site/` links can't be followed by data")
        }
        None => local(destination),
    }
}

fn web(url: &str) -> Result<Destination, DestinationError> {
    let invalid = |why: &str| fault(Code::InvalidUrl, format!("not a URL: {why}"));
    // Directly behind the scheme: a browser takes `http:evil/x://good` to `evil`.
    let Some(rest) = url.split_once(':').and_then(|(_, rest)| rest.strip_prefix("//")) else {
        return invalid("`//` must follow the scheme");
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let (host, port) = match host.strip_prefix('[') {
        Some(address) => match address.split_once(']') {
            Some((address, port)) if address.parse::<Ipv6Addr>().is_ok() => {
                ("", port.strip_prefix(':'))
            }
            _ => return invalid("its host is no IPv6 address"),
        },
        None => match host.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (host, None),
        },
    };
    if !authority.contains('[') {
        if host.is_empty() {
            return invalid("it has no host");
        }
        if let Some(bad) = host
            .chars()
            .find(|&c| c.is_ascii() && !c.is_ascii_alphanumeric() && !matches!(c, '-' | '.' | '_'))
        {
            return invalid(&format!("its host holds `{bad}`"));
        }
        let labels = host.strip_suffix('.').unwrap_or(host);
        if labels.split('.').any(|label| label.is_empty() || label.len() > 63) {
            return invalid("its host has an empty or too long part");
        }
    }
    if port.is_some_and(|port| !port.is_empty() && port.parse::<u16>().is_err()) {
        return invalid("its port is no number up to 65535");
    }
    // Inside a path a space is only untidy; all else that nobody sees is a mistake or a trap.
    if url.starts_with(' ') || path.ends_with(' ') || authority.contains(' ') {
        return invalid("a space stands where none may stand");
    }
    if url.contains(|character: char| character != ' ' && is_unseen(character)) {
        return invalid("it holds a character that nobody sees");
    }
    // In front of a host such a character leads readers, and some parsers, to another host.
    if authority.contains(must_be_escaped) {
        return invalid("a character in front of its host must be percent-encoded");
    }
    let start = url.len() - path.len();
    let path = escape(path);
    Ok(Destination::Web(format!("{}{path}", &url[..start])))
}

/// Returns `true` for characters that no URL holds as they are.
fn must_be_escaped(character: char) -> bool {
    matches!(character, ' ' | '<' | '>' | '"' | '\\' | '^' | '`' | '{' | '}' | '|')
}

/// Escapes what is behind the host: characters that no URL holds, and `%` without two digits.
fn escape(path: &str) -> Cow<'_, str> {
    let is_escape = |at: usize| {
        let digits = path.as_bytes().get(at + 1..at + 3);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    let must_be_escaped = |at: usize, character: char| match character {
        '%' => !is_escape(at),
        character => must_be_escaped(character),
    };
    if !path.char_indices().any(|(at, character)| must_be_escaped(at, character)) {
        return Cow::Borrowed(path);
    }
    let mut escaped = String::with_capacity(path.len() + 8);
    for (at, character) in path.char_indices() {
        match must_be_escaped(at, character) {
            true => escaped.push_str(&format!("%{:02X}", u32::from(character))),
            false => escaped.push(character),
        }
    }
    Cow::Owned(escaped)
}

/// Returns `true` for a web address on the reader's own machine or network, where encryption is not
/// usual: `localhost`, a private IP address, a host without a dot, `.local`.
pub fn is_local_network(url: &str) -> bool {
    let rest = url.split_once("//").map_or(url, |(_, rest)| rest);
    let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    if let Some(address) = host.strip_prefix('[') {
        let address = address.split(']').next().and_then(|address| address.parse().ok());
        return address.is_some_and(|address: Ipv6Addr| {
            address.is_loopback() || address.is_unspecified() || address.is_unique_local()
        });
    }
    let host = host.split(':').next().unwrap_or(host).to_ascii_lowercase();
    match host.parse::<Ipv4Addr>() {
        Ok(address) => {
            address.is_loopback()
                || address.is_private()
                || address.is_link_local()
                || address.is_unspecified()
        }
        Err(_) => {
            !host.contains('.')
                || [".localhost", ".local", ".test"].iter().any(|suffix| host.ends_with(suffix))
        }
    }
}

fn email(address: &str) -> Result<Destination, DestinationError> {
    let address = decode(address.split('?').next().unwrap_or(address));
    let bad = |character: char| {
        is_unseen(character)
            || matches!(character, ',' | ';' | ':' | '<' | '>' | '"' | '(' | ')' | '[' | ']' | '\\')
    };
    match address.as_deref().and_then(|address| address.split_once('@')) {
        Some((name, host))
            if !name.is_empty()
                && !name.contains(bad)
                && host.contains(char::is_alphanumeric)
                && !host.contains('@')
                && !host.contains(bad) =>
        {
            Ok(Destination::Email(format!("{name}@{host}")))
        }
        _ => fault(Code::InvalidUrl, "not an e-mail address"),
    }
}

/// Returns `true` for space and for characters that nobody sees: in an address they are a mistake
/// or a trap.
fn is_unseen(character: char) -> bool {
    character.is_whitespace() || is_hidden(character)
}

fn local(destination: &str) -> Result<Destination, DestinationError> {
    let (path, anchor) = match destination.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (destination, None),
    };
    if destination.is_empty() {
        return fault(Code::BrokenLink, "a link without a destination");
    }
    if path.contains('?') {
        return fault(Code::UnsupportedLink, "a query can't be followed by data");
    }
    match (decode(path), anchor.map(decode)) {
        (Some(path), None) => Ok(Destination::Local { path, anchor: None }),
        (Some(path), Some(Some(anchor))) => Ok(Destination::Local { path, anchor: Some(anchor) }),
        _ => fault(Code::InvalidUrl, "not a URL: its percent escapes are no UTF-8"),
    }
}

/// Undoes percent escapes; a `%` without two digits stays. `None` when the result is not UTF-8.
fn decode(text: &str) -> Option<String> {
    match text.contains('%') {
        true => String::from_utf8(decode_bytes(text)).ok(),
        false => Some(text.to_owned()),
    }
}

/// Undoes percent escapes; a `%` without two digits stays.
pub fn decode_bytes(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = bytes.get(at + 1..at + 3).and_then(|digits| std::str::from_utf8(digits).ok());
        match escape
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok())
        {
            Some(byte) if bytes[at] == b'%' => {
                decoded.push(byte);
                at += 3;
            }
            _ => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    decoded
}

/// Joins a relative path to a folder: `.` and `..` are followed. `None` when it leaves the root.
pub fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = if path.starts_with('/') {
        Vec::new()
    } else {
        folder.split('/').filter(|part| !part.is_empty()).collect()
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Option<&'static str> {
        parse(text).err().map(|fault| fault.code.name())
    }

    #[test]
    fn web_addresses() {
        for good in [
            "https://www.huawei.com/en/research",
            "http://localhost:8080/",
            "HTTPS://EXAMPLE.com",
            "https://user:pw@host.example/a(b)?q=1#f",
            "https://[::1]:80/x",
            "https://пример.рф/путь",
            "https://a.example/%20",
            "https://example.com.",
        ] {
            assert_eq!(parse(good), Ok(Destination::Web(good.to_owned())), "{good}");
        }
        for bad in [
            "https:",
            "HTTP:://x",
            "http:evil.example/x://good.example",
            "https://",
            "https:///path",
            "http://a b.com",
            "https://exa mple",
            "https://a..b",
            "https://h:99999/",
            "https://[::g]/",
            "https://a|b.example/",
            "https://good.example\\@evil.example/",
            "https://us{er@a.example/",
            "https://a.example/x\u{a0}y",
            "https://a.example/x ",
            " https://a.example/",
            "https://a/\u{202e}b",
            "https://a\u{200b}.example/",
        ] {
            assert_eq!(code(bad), Some("invalid-url"), "{bad}");
        }
    }

    /// Browsers accept these, and every renderer of Markdown escapes them.
    #[test]
    fn what_no_url_holds_is_escaped_behind_the_host() {
        for (written, escaped) in [
            ("https://a.example/?fields=a|b", "https://a.example/?fields=a%7Cb"),
            ("https://a.example/{id}/^x`y`", "https://a.example/%7Bid%7D/%5Ex%60y%60"),
            ("https://a.example/<b>#\"c\"", "https://a.example/%3Cb%3E#%22c%22"),
            ("https://a.example/a b\\c", "https://a.example/a%20b%5Cc"),
            ("https://a.example/%zz/100%?q=%é", "https://a.example/%25zz/100%25?q=%25é"),
            ("https://a.example/%7B%C3%A9", "https://a.example/%7B%C3%A9"),
        ] {
            assert_eq!(parse(written), Ok(Destination::Web(escaped.to_owned())), "{written}");
            assert_eq!(parse(escaped), Ok(Destination::Web(escaped.to_owned())), "{escaped}");
        }
    }

    #[test]
    fn hosts_of_the_local_network() {
        for local in [
            "http://localhost:8080/",
            "HTTP://LOCALHOST",
            "http://user@localhost/x?y@z.example",
            "http://app.localhost",
            "http://127.0.0.1:3000",
            "http://192.168.1.1/",
            "http://10.0.0.7#x",
            "http://[::1]:80/",
            "http://printer.local",
            "http://gateway:8080",
        ] {
            assert!(is_local_network(local), "{local}");
        }
        for far in [
            "http://localhost.example/",
            "http://a.example/localhost",
            "http://a.example?localhost",
            "http://localhost@a.example",
            "http://8.8.8.8/",
            "http://[2001:db8::1]/",
            "http://notlocal.example",
        ] {
            assert!(!is_local_network(far), "{far}");
        }
    }

    #[test]
    fn unsafe_in_every_disguise() {
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            " javascript:x",
            "java\tscript:x",
            "java\nscript:x",
            "\u{1}javascript:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "javascript\u{a0}:x",
        ] {
            assert_eq!(code(bad), Some("unsafe-url"), "{bad:?}");
        }
        // A browser takes this for a relative path: so do we, and nothing is there.
        assert!(matches!(parse("javascript%3Ax"), Ok(Destination::Local { .. })));
    }

    #[test]
    fn other_schemes_can_not_be_followed() {
        for bad in ["tel:+123", "ftp://x/y", "pathname:///x", "@site/x", "//host/x", "x?y=z"] {
            assert_eq!(code(bad), Some("unsupported-link"), "{bad}");
        }
    }

    #[test]
    fn emails() {
        assert_eq!(
            parse("mailto:a@b.example?subject=x"),
            Ok(Destination::Email("a@b.example".into()))
        );
        assert_eq!(
            parse("mailto:a%2Bb%40c.example"),
            Ok(Destination::Email("a+b@c.example".into()))
        );
        for bad in [
            "nobody",
            "a%0A@b.example",
            "a@b%00.example",
            "a@b.example%E2%80%AE",
            "a%20b@c.example",
            "a%3Cb@c.example",
            "a@%FF.example",
        ] {
            assert_eq!(code(&format!("mailto:{bad}")), Some("invalid-url"), "{bad}");
        }
        assert_eq!(code("mailto:"), Some("invalid-url"));
    }

    #[test]
    fn addresses_have_a_limit() {
        let url = |length: usize| format!("https://a.example/{}", "é".repeat(length - 18));
        assert!(parse(&url(limits::URL_CHARS)).is_ok());
        for bad in [url(limits::URL_CHARS + 1), "x".repeat(limits::URL_CHARS + 1)] {
            assert_eq!(code(&bad), Some("too-long"));
        }
    }

    #[test]
    fn local_paths() {
        let local = |path: &str, anchor: Option<&str>| {
            Ok(Destination::Local { path: path.into(), anchor: anchor.map(Into::into) })
        };
        assert_eq!(parse("./a%20b.md#x%C3%A9"), local("./a b.md", Some("xé")));
        assert_eq!(parse("#"), local("", Some("")));
        assert_eq!(parse("100%.md"), local("100%.md", None));
        assert_eq!(code(""), Some("broken-link"));
        assert_eq!(code("%ff"), Some("invalid-url"));
        assert_eq!(join("a/b", "../c.md").as_deref(), Some("a/c.md"));
        assert_eq!(join("a", "/c.md").as_deref(), Some("c.md"));
        assert_eq!(join("a", "../../c.md"), None);
    }
}
