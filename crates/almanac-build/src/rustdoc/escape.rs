//! Text, attributes, addresses and code in rustdoc's Markdown: nothing in them is a mark.

/// Returns a text as one paragraph in which only code spans count.
pub fn prose(text: &str) -> String {
    let ticks = text.matches('`').count();
    let mut out = String::new();
    for (index, part) in text.split('`').enumerate() {
        match index % 2 == 0 {
            true if index == 0 => out.push_str(&escape(part)),
            // Not at the start of a line, where space would count.
            true => out.push_str(&escape(&format!("x{part}"))[1..]),
            // The last one isn't closed.
            false if index == ticks => out.push_str(&escape(&format!("`{part}"))),
            false => {
                let words: Vec<&str> = part.split_whitespace().collect();
                out.push_str(&match words.is_empty() {
                    true => "\\`\\`".to_owned(),
                    false => format!("`{}`", words.join(" ")),
                });
            }
        }
    }
    out
}

/// Escapes a text so that it stays text: every mark is escaped, white space is a space.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    let bytes = text.as_bytes();
    // Runs of plain text go over as a whole: this is for every text of every article.
    let (mut done, mut at) = (0, 0);
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii_alphanumeric() || (byte == b' ' && at > 0) {
            at += 1;
            continue;
        }
        escaped.push_str(&text[done..at]);
        let Some(character) = text[at..].chars().next() else { break };
        if character.is_ascii_punctuation() && !matches!(character, ',' | ';' | '?' | '%') {
            escaped.push('\\');
        }
        if !(character.is_whitespace() || character.is_control()) {
            escaped.push(character);
        } else if escaped.is_empty() {
            // Space at the start of a line could make it code, and code could be a test.
            escaped.push_str("&#32;");
        } else {
            escaped.push(' ');
        }
        at += character.len_utf8();
        done = at;
    }
    escaped.push_str(&text[done..]);
    escaped
}

/// Escapes the value of an attribute: nothing in it is a mark, ends the tag or the line.
pub(super) fn escape_attribute(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for character in value.chars() {
        match character {
            // A bar would end the cell of a table.
            _ if character.is_ascii_punctuation() => {
                escaped.push_str(&format!("&#{};", u32::from(character)));
            }
            _ if character.is_whitespace() || character.is_control() => escaped.push(' '),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Puts `first` before the first line of a text and `rest` before the others.
pub(super) fn prefixed(text: &str, first: &str, rest: &str) -> String {
    let mut out = String::new();
    for (at, line) in text.split('\n').enumerate() {
        let prefix = if at == 0 { first } else { rest };
        if at > 0 {
            out.push('\n');
        }
        out.push_str(if line.is_empty() { prefix.trim_end() } else { prefix });
        out.push_str(line);
    }
    out
}

/// Writes a web address as the destination of a link: nothing in it ends it or is resolved.
pub(super) fn web_destination(url: &str) -> String {
    let url = url.replace('\\', "%5C").replace('<', "%3C").replace('>', "%3E");
    format!("<{}>", url.replace('&', "&amp;"))
}

/// Writes an e-mail address as the destination of a link.
pub(super) fn email_destination(address: &str) -> String {
    // rustdoc would look for an item behind the `@`.
    let address = address.replace('@', "%40").replace(['<', '>', '\\'], "");
    format!("<mailto:{}>", address.replace('&', "&amp;"))
}

/// Returns a language that rustdoc takes for no test: never Rust, and nothing that steers tests.
pub(super) fn code_language(language: Option<&str>) -> &str {
    let Some(language) = language else { return "text" };
    let harmless = language
        .chars()
        .all(|character| character.is_ascii_alphanumeric() || matches!(character, '+' | '#' | '-'))
        && language.len() < 20;
    let steers = [
        "rust",
        "rs",
        "ignore",
        "should",
        "no",
        "compile",
        "test",
        "edition",
        "standalone",
        "allow",
        "custom",
        "e0",
    ];
    let lower = language.to_lowercase();
    if harmless && !steers.iter().any(|word| lower.starts_with(word)) { language } else { "text" }
}

/// Returns the length of the longest run of a character.
pub(super) fn longest_run(text: &str, of: char) -> usize {
    text.split(|character| character != of).map(str::len).max().unwrap_or(0)
}
