//! What a link's destination is: a web address, an e-mail address, or a way to another article.

use crate::diagnostic::Code;
use crate::limits;
use crate::visible::is_hidden;

/// A destination that has been understood, not yet looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// `http:` or `https:`, as written.
    Web(String),
    Email(String),
    /// A path with its percent escapes undone (empty for this article), and the anchor behind `#`.
    Local {
        path: String,
        anchor: Option<String>,
    },
}

/// Why a destination can't be used.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    pub code: Code,
    pub message: String,
}

fn fault<T>(code: Code, message: impl Into<String>) -> Result<T, Fault> {
    Err(Fault { code, message: message.into() })
}

/// Understands a destination as Markdown gives it, its entities and backslashes already undone.
pub fn parse(destination: &str) -> Result<Destination, Fault> {
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

fn web(url: &str) -> Result<Destination, Fault> {
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
            Some((address, port)) if address.parse::<std::net::Ipv6Addr>().is_ok() => {
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
    let bad = |character: char| {
        is_unseen(character)
            || matches!(character, '<' | '>' | '"' | '\\' | '^' | '`' | '{' | '}' | '|')
    };
    if url.contains(bad) {
        return invalid("it holds a character that must be percent-encoded");
    }
    let mut escapes = path.split('%').skip(1);
    if escapes
        .any(|escape| escape.len() < 2 || !escape.as_bytes()[..2].iter().all(u8::is_ascii_hexdigit))
    {
        return invalid("`%` must be followed by two hexadecimal digits");
    }
    Ok(Destination::Web(url.to_owned()))
}

fn email(address: &str) -> Result<Destination, Fault> {
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

fn local(destination: &str) -> Result<Destination, Fault> {
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
    if !text.contains('%') {
        return Some(text.to_owned());
    }
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
    String::from_utf8(decoded).ok()
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
            "https://h/%zz",
            "https://[::g]/",
            "https://a/<b>",
            "https://a/\u{202e}b",
            "https://a\u{200b}.example/",
        ] {
            assert_eq!(code(bad), Some("invalid-url"), "{bad}");
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
