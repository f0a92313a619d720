//! Checks for HTML of the plain kind that the compiler writes: tags closed in order, attributes
//! quoted and given once, nothing unescaped, no address with a scheme that runs or reads anything.

const VOID: [&str; 5] = ["br", "hr", "img", "input", "wbr"];

/// Panics unless all tags are closed and well formed.
pub fn check(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find(['<', '>']) {
        assert!(rest[at..].starts_with('<'), "a bare `>` in {html:?}");
        rest = &rest[at + 1..];
        if let Some(closing) = rest.strip_prefix('/') {
            let (name, after) =
                closing.split_once('>').unwrap_or_else(|| panic!("an endless tag in {html:?}"));
            assert_eq!(open.pop(), Some(name), "tags that cross in {html:?}");
            rest = after;
            continue;
        }
        let end =
            rest.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let name = &rest[..end];
        assert!(!name.is_empty(), "a bare `<` in {html:?}");
        assert!(name != "a" || !open.contains(&"a"), "a link in a link in {html:?}");
        if !VOID.contains(&name) {
            open.push(name);
        }
        rest = attributes(&rest[end..], html);
    }
    assert!(open.is_empty(), "{open:?} left open in {html:?}");
}

/// Reads ` name="value"`… and `>`; gives what follows.
fn attributes<'h>(mut rest: &'h str, html: &str) -> &'h str {
    let mut names: Vec<&str> = Vec::new();
    loop {
        if let Some(after) = rest.strip_prefix('>') {
            return after;
        }
        let (name, after) = rest
            .strip_prefix(' ')
            .and_then(|rest| rest.split_once("=\""))
            .unwrap_or_else(|| panic!("no attribute at {rest:?}"));
        assert!(
            name.chars().all(|character| character.is_ascii_lowercase() || character == '-'),
            "the attribute {name:?} in {html:?}"
        );
        assert!(!names.contains(&name), "{name:?} twice in {html:?}");
        names.push(name);
        let (value, after) =
            after.split_once('"').unwrap_or_else(|| panic!("an endless value in {html:?}"));
        assert!(!value.contains(['<', '>']), "an unescaped value in {html:?}");
        if matches!(name, "href" | "src") {
            address(value);
        }
        rest = after;
    }
}

/// Panics if a browser would read one of the forbidden schemes.
fn address(value: &str) {
    let text = value.replace("&amp;", "&").replace("&#x27;", "'");
    let seen: String = text
        .trim_start_matches(|first: char| first <= ' ')
        .chars()
        .filter(|one| !matches!(one, '\t' | '\n' | '\r'))
        .collect();
    let scheme =
        seen.split_once([':', '/', '?', '#']).map_or("", |(scheme, _)| scheme).to_ascii_lowercase();
    assert!(
        !matches!(scheme.as_str(), "javascript" | "data" | "vbscript" | "file")
            || !seen[scheme.len()..].starts_with(':'),
        "{value:?}"
    );
}
