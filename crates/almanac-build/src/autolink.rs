//! Bare addresses in text, as GitHub Flavored Markdown links them: `https://…`, `http://…`, `www.…`
//! and e-mail addresses.

use std::ops::Range;

/// A bare address: where it stands in the text, and what it links to.
#[derive(Debug, PartialEq, Eq)]
pub struct Autolink {
    pub span: Range<usize>,
    pub destination: String,
}

/// Finds all bare addresses of a text, in order.
pub fn find(text: &str) -> Vec<Autolink> {
    let mut found = Vec::new();
    if !may_hold(text) {
        return found;
    }
    let mut at = 0;
    // Only these characters can begin an address, or stand in the middle of an e-mail one.
    while let Some(next) = text[at..].find(['h', 'H', 'w', 'W', '@']).map(|next| at + next) {
        let link = match text.as_bytes()[next] {
            b'@' => email(text, next, found.last().map_or(0, |link: &Autolink| link.span.end)),
            _ => web(text, next),
        };
        match link {
            Some(link) => {
                at = link.span.end;
                found.push(link);
            }
            None => at = next + 1,
        }
    }
    found
}

/// Returns `true` if there is a `://`, a `www.` or an `@`. Most texts have none, and a search for
/// one byte is quick even in a build script, which runs without optimisation.
fn may_hold(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.contains(&b'@')
        || text.match_indices(':').any(|(at, _)| bytes[at..].starts_with(b"://"))
        || text.match_indices('.').any(|(at, _)| {
            bytes[..at].last_chunk::<3>().is_some_and(|www| www.eq_ignore_ascii_case(b"www"))
        })
}

fn web(text: &str, start: usize) -> Option<Autolink> {
    let rest = &text[start..];
    let before = text[..start].chars().next_back();
    let scheme = ["https://", "http://"].into_iter().find(|scheme| {
        rest.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme))
    });
    let domain_at = match scheme {
        Some(scheme) if before.is_none_or(|before| !before.is_ascii_alphabetic()) => scheme.len(),
        None if rest.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("www."))
            && before.is_none_or(|before| !before.is_alphanumeric()) =>
        {
            0
        }
        _ => return None,
    };
    let domain = &rest[domain_at..];
    let domain_end = domain
        .find(|character: char| {
            !(character.is_alphanumeric() || matches!(character, '-' | '_' | '.'))
        })
        .unwrap_or(domain.len());
    let labels: Vec<&str> =
        domain[..domain_end].trim_end_matches(['.', '_', '-']).split('.').collect();
    // No underscore in the last two parts of the host; `www.` needs something behind it.
    if labels.iter().rev().take(2).any(|label| label.contains('_'))
        || labels[0].is_empty()
        || domain.starts_with('-')
        || (scheme.is_none() && labels.len() < 2)
    {
        return None;
    }
    let end = rest[domain_at..]
        .find(|character: char| character.is_whitespace() || character == '<')
        .map_or(rest.len(), |end| domain_at + end);
    let address = trim_end(&rest[..end]);
    if address.len() <= domain_at {
        return None;
    }
    let destination =
        if scheme.is_some() { address.to_owned() } else { format!("http://{address}") };
    Some(Autolink { span: start..start + address.len(), destination })
}

/// Returns the address without the punctuation that belongs to the sentence: marks, a parenthesis
/// that opened before the address, an entity.
fn trim_end(address: &str) -> &str {
    let mut end = address.len();
    // Counted once, so that a long tail of parentheses stays linear.
    let mut open = address.matches('(').count();
    let mut close = address.matches(')').count();
    loop {
        let kept = &address[..end];
        match kept.chars().next_back() {
            Some('?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"') => end -= 1,
            Some(')') if close > open => {
                close -= 1;
                end -= 1;
            }
            Some(']') if !kept.contains('[') => end -= 1,
            Some(';') => {
                let entity = kept[..end - 1].rfind('&').filter(|&at| {
                    at + 2 < end
                        && kept[at + 1..end - 1].bytes().all(|byte| byte.is_ascii_alphanumeric())
                });
                end = entity.unwrap_or(end - 1);
                open = address[..end].matches('(').count();
                close = address[..end].matches(')').count();
            }
            _ => return kept,
        }
    }
}

/// Returns the e-mail address around the `@` at `at`; it begins no earlier than `floor`.
fn email(text: &str, at: usize, floor: usize) -> Option<Autolink> {
    let name = text[floor..at]
        .bytes()
        .rev()
        .take_while(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+')
        })
        .count();
    let start = at - name;
    let before = text[..start].chars().next_back();
    if name == 0 || before.is_some_and(|before| before == '/' || before.is_alphanumeric()) {
        return None;
    }
    let host = &text[at + 1..];
    let end = host
        .find(|character: char| {
            !(character.is_ascii_alphanumeric() || matches!(character, '.' | '-' | '_'))
        })
        .unwrap_or(host.len());
    let host = host[..end].trim_end_matches('.');
    let last = host.chars().next_back()?;
    if !host.contains('.')
        || matches!(last, '-' | '_')
        || last.is_ascii_digit()
        || host.split('.').any(str::is_empty)
    {
        return None;
    }
    let address = &text[start..at + 1 + host.len()];
    Some(Autolink { span: start..at + 1 + host.len(), destination: format!("mailto:{address}") })
}

#[cfg(test)]
mod tests {
    use super::find;

    fn links(text: &str) -> Vec<String> {
        find(text).into_iter().map(|link| text[link.span].to_owned()).collect()
    }

    #[test]
    fn addresses_without_their_sentence() {
        assert_eq!(
            links(
                "See https://a.example/x, or (https://b.example/y_(z)). Or \
                https://c.example/?q=1&amp; end"
            ),
            ["https://a.example/x", "https://b.example/y_(z)", "https://c.example/?q=1"]
        );
        assert_eq!(
            links("HTTPS://A.example! www.b.example/c? \"http://d.example\""),
            ["HTTPS://A.example", "www.b.example/c", "http://d.example"]
        );
        assert_eq!(
            links("xhttps://a.example https://a_b.example https://x.a_b https:// www. awww.x.y"),
            ["https://x.a_b"; 0]
        );
        assert_eq!(links("中文https://a.example。"), ["https://a.example。"]);
        assert_eq!(links("https://localhost/x"), ["https://localhost/x"]);
    }

    #[test]
    fn emails() {
        assert_eq!(links("mail a.b+c@d.example. or x@y, @z, a@b.c-"), ["a.b+c@d.example"]);
        assert_eq!(find("a@b.co")[0].destination, "mailto:a@b.co");
    }

    #[test]
    fn long_tails_are_linear() {
        assert_eq!(
            links(&format!("https://a.example/{}", ")".repeat(100_000))),
            ["https://a.example/"]
        );
        assert_eq!(links(&"@".repeat(100_000)), Vec::<String>::new());
    }
}
