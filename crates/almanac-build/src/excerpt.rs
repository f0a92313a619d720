//! The description of an article that has none: `createExcerpt` of `@docusaurus/utils` 3.10.2,
//! which takes the first source line that is not empty once stripped of its markup. Each step below
//! is one of its regular expressions. Two things differ. What describes a picture doesn't describe
//! the article, so the alternative text of images is left out, and a line that is only an image is
//! passed over. Formulas, where there are any, are their source without dollars, and those on lines
//! of their own are passed over.

/// Returns the first line of `body` with something to say; `None` if no line has. `formulas` says
/// whether `$$…$$` are formulas.
pub fn excerpt(body: &str, formulas: bool) -> Option<String> {
    let body = trim(body);
    let body = without_setext_title(body);
    let mut in_code = false;
    let mut in_import = false;
    let mut in_formula = false;
    let mut fence = 0;
    for line in body.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)) {
        let trimmed = trim(line);
        if trimmed.is_empty() {
            in_import = false;
            in_formula = false;
            continue;
        }
        if in_formula {
            in_formula = !trimmed.ends_with("$$");
            continue;
        }
        if formulas
            && !in_code
            && trimmed.strip_prefix("$$").is_some_and(|rest| !rest.contains('$'))
        {
            in_formula = true;
            continue;
        }
        if !in_code && (in_import || is_import(line)) {
            in_import = true;
            continue;
        }
        if trimmed.starts_with("```") {
            let ticks = trimmed.len() - trimmed.trim_start_matches('`').len();
            if !in_code {
                in_code = true;
                fence = ticks;
            } else if ticks >= fence {
                in_code = false;
            }
            continue;
        }
        if in_code {
            continue;
        }
        let clean = if formulas { clean_with_formulas(line) } else { clean(line) };
        if !clean.is_empty() {
            return Some(clean);
        }
    }
    None
}

/// Returns `true` for JavaScript's white space.
fn is_space(character: char) -> bool {
    character == '\u{feff}' || (character.is_whitespace() && character != '\u{85}')
}

/// Returns `true` for a character that `.` doesn't match in JavaScript.
fn is_line_end(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

fn trim(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// Replaces `/^[^\r\n]*\r?\n[=]+/`
fn without_setext_title(body: &str) -> &str {
    let Some(end) = body.find(['\r', '\n']) else { return body };
    let rest = &body[end..];
    let Some(under) = rest.strip_prefix("\r\n").or(rest.strip_prefix('\n')) else { return body };
    let left = under.trim_start_matches('=');
    if left.len() < under.len() { left } else { body }
}

/// Matches `/^(?:import|export)\s.*/`
fn is_import(line: &str) -> bool {
    let rest = line.strip_prefix("import").or(line.strip_prefix("export"));
    rest.is_some_and(|rest| rest.starts_with(is_space))
}

/// The stand-in for a formula while the marks of Markdown are taken off, with its number between
/// two of them: nothing in a formula is a mark.
const MARK: char = '\u{e000}';

fn clean_with_formulas(line: &str) -> String {
    let parts: Vec<&str> = line.split("$$").collect();
    if parts.len() < 3 || line.contains(MARK) || line.contains("\\$") {
        return clean(line);
    }
    let mut masked = String::new();
    for (index, part) in parts.iter().enumerate() {
        match index % 2 {
            0 => masked.push_str(part),
            _ if index + 1 == parts.len() => masked.push_str(&format!("$${part}")),
            _ => masked.push_str(&format!("{MARK}{index}{MARK}")),
        }
    }
    let mut shown = String::new();
    for (index, part) in clean(&masked).split(MARK).enumerate() {
        match part.parse::<usize>() {
            Ok(number) if index % 2 == 1 => shown.push_str(parts.get(number).unwrap_or(&"").trim()),
            _ => shown.push_str(part),
        }
    }
    shown
}

fn clean(line: &str) -> String {
    let mut text = line.to_owned();
    text = without_tags(&text);
    text = without_title(&text);
    text = without_heading_marks(&text);
    text = without_emphasis(&text);
    text = without_strikethrough(&text);
    text = without_links(&text, true);
    text = without_footnotes(&text);
    text = without_links(&text, false);
    text = without_code(&text);
    text = without_quote(&text);
    if let Some(at) = text.find(":::") {
        // `/:::.*/`: to the end of the line.
        let end = text[at..].find(is_line_end).map_or(text.len(), |end| at + end);
        text.replace_range(at..end, "");
    }
    text = without_emoji(&text);
    text = without_heading_id(&text);
    trim(&text).to_owned()
}

/// Replaces `/<[^>]*>/g`
fn without_tags(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        let Some(close) = rest[open..].find('>') else { break };
        out.push_str(&rest[..open]);
        rest = &rest[open + close + 1..];
    }
    out + rest
}

/// Replaces `/^#[^#]+#?/gm`. With `m`, lines also begin behind a lone `\r` and the Unicode
/// separators.
fn without_title(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    loop {
        if let Some(title) = rest.strip_prefix('#')
            && !title.is_empty()
            && !title.starts_with('#')
        {
            // `[^#]+` runs over line ends.
            let end = title.find('#').map_or(title.len(), |end| end + 1);
            rest = &title[end..];
            // The next match needs the start of a line: none right behind this one, unless it ended
            // with one.
            if !title[..end].ends_with(is_line_end) {
                rest = copy_line(rest, &mut out);
            }
        } else {
            rest = copy_line(rest, &mut out);
        }
        if rest.is_empty() {
            return out;
        }
    }
}

/// Copies to the start of the next line and returns what follows.
fn copy_line<'t>(text: &'t str, out: &mut String) -> &'t str {
    let end = text
        .char_indices()
        .find(|&(_, character)| is_line_end(character))
        .map_or(text.len(), |(at, end)| at + end.len_utf8());
    out.push_str(&text[..end]);
    &text[end..]
}

/// Replaces `/^#{1,6}\s*(?<text>[^#]*?)\s*#{0,6}/gm` → the text. The lazy text stops at once, so
/// what goes is the marks, the space behind them, and up to six further marks.
fn without_heading_marks(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let marks = rest.len() - rest.trim_start_matches('#').len();
        if marks > 0 {
            rest = rest[marks.min(6)..].trim_start_matches(is_space);
            let more = rest.len() - rest.trim_start_matches('#').len();
            rest = &rest[more.min(6)..];
        }
        rest = copy_line(rest, &mut out);
    }
    out
}

/// Changes each line of a text by itself: `.` in the expressions below matches no line end. `last`
/// is true for the last one.
fn per_line(text: &str, change: impl Fn(&str, bool, &mut String)) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((end, terminator)) =
        rest.char_indices().find(|&(_, character)| is_line_end(character))
    {
        change(&rest[..end], false, &mut out);
        out.push(terminator);
        rest = &rest[end + terminator.len_utf8()..];
    }
    change(rest, true, &mut out);
    out
}

/// Replaces `/(?<opening>[*_]{1,3})(?<text>.*?)\1/g` → the text
fn without_emphasis(text: &str) -> String {
    per_line(text, |line, _, out| {
        // Openings without a second one: they have none further on either.
        let mut alone: Vec<&str> = Vec::new();
        let mut rest = line;
        'line: while let Some(at) = rest.find(['*', '_']) {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let run = rest.bytes().take(3).take_while(|byte| matches!(byte, b'*' | b'_')).count();
            for length in (1..=run).rev() {
                let (opening, after) = rest.split_at(length);
                if alone.contains(&opening) {
                    continue;
                }
                if let Some(close) = after.find(opening) {
                    out.push_str(&after[..close]);
                    rest = &after[close + length..];
                    continue 'line;
                }
                alone.push(opening);
            }
            out.push_str(&rest[..1]);
            rest = &rest[1..];
        }
        out.push_str(rest);
    })
}

/// Replaces `/~~(?<text>\S.*\S)~~/g` → the text, the longest one of a line
fn without_strikethrough(text: &str) -> String {
    per_line(text, |line, _, out| {
        let mut rest = line;
        while let Some(at) = rest.find("~~") {
            let after = &rest[at + 2..];
            let Some(first) = after.chars().next().filter(|&first| !is_space(first)) else {
                out.push_str(&rest[..at + 1]);
                rest = &rest[at + 1..];
                continue;
            };
            let close = after.rmatch_indices("~~").map(|(close, _)| close).find(|&close| {
                close > first.len_utf8()
                    && after[first.len_utf8()..close].ends_with(|last| !is_space(last))
            });
            // Nothing closes it: nothing closes those behind it.
            let Some(close) = close else { break };
            out.push_str(&rest[..at]);
            out.push_str(&after[..close]);
            rest = &after[close + 2..];
        }
        out.push_str(rest);
    })
}

/// Replaces `/!?\[(?<alt>.*?)\][[(].*?[\])]/g` → the link text; nothing for an image
fn without_links(text: &str, images: bool) -> String {
    let opening = if images { "![" } else { "[" };
    per_line(text, |line, _, out| {
        let mut rest = line;
        while let Some(at) = rest.find(opening) {
            let inner = &rest[at + opening.len()..];
            let found = inner.match_indices(']').map(|(close, _)| close).find_map(|close| {
                let target = inner[close + 1..].strip_prefix(['[', '('])?;
                // If nothing closes this target, nothing closes a later one.
                Some(target.find([']', ')']).map(|end| (close, close + 2 + end + 1)))
            });
            let Some(Some((close, end))) = found else { break };
            out.push_str(&rest[..at]);
            rest = &inner[end..];
            if !images {
                out.push_str(&inner[..close]);
            } else if out.is_empty() || out.ends_with(is_space) {
                // No two spaces where the image was.
                rest = rest.trim_start_matches(is_space);
            }
        }
        out.push_str(rest);
    })
}

/// Replaces `/\[\^.+?\](?:: .*$)?/g`
fn without_footnotes(text: &str) -> String {
    per_line(text, |line, last, out| {
        let mut rest = line;
        while let Some(at) = rest.find("[^") {
            let label = &rest[at + 2..];
            let first = label.chars().next().map_or(0, char::len_utf8);
            let Some(close) = label[first..].find(']').filter(|_| first > 0) else { break };
            out.push_str(&rest[..at]);
            rest = &label[first + close + 1..];
            // A definition goes to its end, if that is the end of the text.
            if last && rest.starts_with(": ") {
                rest = "";
            }
        }
        out.push_str(rest);
    })
}

/// Replaces ``/`(?<text>.+?)`/g`` → the text
fn without_code(text: &str) -> String {
    per_line(text, |line, _, out| {
        let mut rest = line;
        while let Some(at) = rest.find('`') {
            let code = &rest[at + 1..];
            let first = code.chars().next().map_or(0, char::len_utf8);
            let Some(close) = code[first..].find('`').filter(|_| first > 0) else { break };
            out.push_str(&rest[..at]);
            out.push_str(&code[..first + close]);
            rest = &code[first + close + 1..];
        }
        out.push_str(rest);
    })
}

/// Replaces `/^\s{0,3}>\s?/g`
fn without_quote(text: &str) -> String {
    let mut rest = text;
    for _ in 0..3 {
        rest = rest.strip_prefix(is_space).unwrap_or(rest);
    }
    match rest.strip_prefix('>') {
        Some(rest) => rest.strip_prefix(is_space).unwrap_or(rest).to_owned(),
        None => text.to_owned(),
    }
}

/// Replaces `/\s?:(?:::|[^:\n])+:/g`
fn without_emoji(text: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let space = rest.chars().next().filter(|&first| is_space(first)).map_or(0, char::len_utf8);
        let starts: &[usize] = if space > 0 { &[space, 0] } else { &[0] };
        let matched =
            starts.iter().find_map(|&skip| emoji(&rest[skip..]).map(|length| skip + length));
        match matched {
            Some(length) => at += length,
            None => {
                let first = rest.chars().next().expect("not at the end");
                out.push(first);
                at += first.len_utf8();
            }
        }
    }
    out
}

/// Returns the length of `:(?:::|[^:\n])+:` at the start of a text. Greedy, and it gives back until
/// a colon follows.
fn emoji(text: &str) -> Option<usize> {
    let body = text.strip_prefix(':')?;
    // The ends of all prefixes that the repetition can take.
    let mut ends = Vec::new();
    let mut at = 0;
    while at < body.len() {
        let rest = &body[at..];
        if rest.starts_with("::") {
            at += 2;
        } else {
            match rest.chars().next() {
                Some(character) if character != ':' && character != '\n' => {
                    at += character.len_utf8()
                }
                _ => break,
            }
        }
        ends.push(at);
    }
    ends.into_iter().rev().find(|&end| body[end..].starts_with(':')).map(|end| 1 + end + 1)
}

/// Replaces `/\{#*[\w-]+\}/`, once
fn without_heading_id(text: &str) -> String {
    for (at, _) in text.match_indices('{') {
        let id = text[at + 1..].trim_start_matches('#');
        let end = id
            .find(|character: char| {
                !(character.is_ascii_alphanumeric() || matches!(character, '_' | '-'))
            })
            .unwrap_or(id.len());
        if end > 0 && id[end..].starts_with('}') {
            return format!("{}{}", &text[..at], &id[end + 1..]);
        }
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    /// Recorded from Docusaurus by `tests/oracle/excerpts.mjs`.
    #[test]
    fn agrees_with_docusaurus() {
        let recorded: Vec<(String, Option<String>)> =
            serde_json::from_str(include_str!("../../../tests/oracle/excerpts.json")).unwrap();
        assert!(recorded.len() > 130);
        let images = |body: &str| body.contains("![") && !body.contains("![]");
        let (with_images, recorded): (Vec<_>, Vec<_>) =
            recorded.into_iter().partition(|(body, _)| images(body));
        let wrong: Vec<_> = recorded
            .into_iter()
            .filter(|(body, expected)| excerpt(body, false) != *expected)
            .collect();
        let wrong: Vec<_> =
            wrong.iter().map(|(body, expected)| (body, expected, excerpt(body, false))).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        for (body, expected) in with_images {
            assert!(
                excerpt(&body, false).map_or(0, |excerpt| excerpt.len())
                    < expected.unwrap_or_default().len(),
                "{body}"
            );
        }
    }

    #[test]
    fn images_describe_no_article() {
        let found = |body: &str| excerpt(body, false).unwrap_or_default();
        assert_eq!(found("![A chip](x.png)\n\nThe text."), "The text.");
        assert_eq!(
            found("# T\n\n![A chip][chip] ![B](b.png 'title')\n![C](c.png)\n\nThe text."),
            "The text."
        );
        assert_eq!(found("Text ![A chip](x.png) and more."), "Text and more.");
        assert_eq!(found("![A chip](x.png) Text."), "Text.");
        assert_eq!(found("[![A chip](x.png)](https://a.example/)\n\nText."), "Text.");
        assert_eq!(excerpt("![A chip](x.png)", false), None);
    }
}
