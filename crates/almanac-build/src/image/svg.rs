//! SVG: a walk through its tags, as an XML parser takes them. Browsers show nothing of a file that
//! is not well-formed. A script would not run in an article, but whoever opens the file alone would
//! run it: no part of an almanac is a program.

use std::collections::HashSet;

use super::Size;

/// Returns `true` if the file begins like an SVG: an `svg` element behind prolog and comments.
pub fn looks(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text).trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<?") => "?>",
            _ if rest.starts_with("<!--") => "-->",
            // `size` refuses a document type that defines something.
            _ if rest.starts_with("<!") => match rest.find(['[', '>']) {
                Some(found) if rest[found..].starts_with('[') => "]>",
                _ => ">",
            },
            _ => break,
        };
        let Some(found) = rest.find(end) else { return false };
        rest = rest[found + end.len()..].trim_start();
    }
    let name = rest.strip_prefix('<').and_then(|rest| rest.split(not_a_name).next());
    name.is_some_and(|name| local(name) == "svg")
}

/// Walks through the file, and returns the size that its root says.
pub fn size(bytes: &[u8]) -> Size {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?;
    let mut walk = Walk { rest: text.strip_prefix('\u{feff}').unwrap_or(text), open: Vec::new() };
    let mut size = None;
    while let Some(found) = walk.rest.find('<') {
        let (before, rest) = walk.rest.split_at(found);
        walk.text(before)?;
        walk.rest = rest;
        if rest.starts_with("<!") || rest.starts_with("<?") {
            walk.declaration()?;
        } else if let Some(rest) = rest.strip_prefix("</") {
            walk.close(rest)?;
        } else {
            let is_root = walk.open.is_empty();
            let tag = walk.tag()?;
            match (is_root, size.is_some()) {
                (true, true) => return Err("something follows its root".to_owned()),
                (true, false) => size = Some(root_size(&tag)?),
                (false, _) => {}
            }
        }
    }
    walk.text(walk.rest)?;
    match (walk.open.last(), size) {
        (Some(open), _) => Err(format!("`<{open}>` is not closed")),
        (None, None) => Err("it has no `<svg>`".to_owned()),
        (None, Some(size)) => Ok(size),
    }
}

/// A start tag.
struct Tag<'t> {
    name: &'t str,
    attributes: Vec<(&'t str, &'t str)>,
}

struct Walk<'t> {
    rest: &'t str,
    /// The names of the elements that are open.
    open: Vec<&'t str>,
}

impl<'t> Walk<'t> {
    /// Checks what stands between tags.
    fn text(&self, text: &str) -> Result<(), String> {
        match self.open.last() {
            None if text.trim().is_empty() => Ok(()),
            None => Err("text stands outside of its root".to_owned()),
            Some(open) => {
                references(text)?;
                if local(open) == "style" { stays_here(text) } else { Ok(()) }
            }
        }
    }

    /// Passes over a comment, an instruction, a document type or verbatim text.
    fn declaration(&mut self) -> Result<(), String> {
        let rest = self.rest;
        let (begin, end) = if rest.starts_with("<!--") {
            ("<!--", "-->")
        } else if rest.starts_with("<![CDATA[") {
            ("<![CDATA[", "]]>")
        } else if rest.starts_with("<?") {
            ("<?", "?>")
        } else {
            ("<!", ">")
        };
        let length = rest[begin.len()..].find(end).ok_or("a tag has no end")?;
        let inside = &rest[begin.len()..begin.len() + length];
        match begin {
            "<?" if inside.starts_with("xml-stylesheet") => {
                return Err("it names a style sheet elsewhere".to_owned());
            }
            "<![CDATA[" => {
                if self.open.is_empty() {
                    return Err("text stands outside of its root".to_owned());
                }
                stays_here(inside)?;
            }
            "<!" if !inside.starts_with("DOCTYPE") => return Err("a tag has no name".to_owned()),
            "<!" if inside.contains('[') => return Err("it defines entities".to_owned()),
            _ => {}
        }
        self.rest = &rest[begin.len() + length + end.len()..];
        Ok(())
    }

    fn close(&mut self, rest: &'t str) -> Result<(), String> {
        let (name, behind) = rest.split_once('>').ok_or("a tag has no end")?;
        match self.open.pop() {
            Some(open) if open == name.trim_end() => {}
            Some(open) => return Err(format!("`<{open}>` is not closed")),
            None => return Err(format!("`</{}>` closes nothing", name.trim_end())),
        }
        self.rest = behind;
        Ok(())
    }

    /// Reads a start tag.
    fn tag(&mut self) -> Result<Tag<'t>, String> {
        let rest = &self.rest[1..];
        let end = rest.find(not_a_name).unwrap_or(rest.len());
        let (name, mut rest) = rest.split_at(end);
        if name.is_empty() {
            return Err("a tag has no name".to_owned());
        }
        let mut tag = Tag { name, attributes: Vec::new() };
        let mut known = HashSet::new();
        loop {
            let trimmed = rest.trim_start();
            if let Some(behind) = trimmed.strip_prefix("/>") {
                self.rest = behind;
                break;
            }
            if let Some(behind) = trimmed.strip_prefix('>') {
                self.open.push(name);
                self.rest = behind;
                break;
            }
            let broken = || format!("the tag `<{name}>` is malformed");
            let end = trimmed.find(not_a_name).ok_or_else(broken)?;
            let (attribute, behind) = trimmed.split_at(end);
            let behind = behind.trim_start().strip_prefix('=').ok_or_else(broken)?.trim_start();
            let quote = behind.chars().next().filter(|quote| matches!(quote, '"' | '\''));
            let quote = quote.ok_or_else(broken)?;
            let (value, behind) = behind[1..].split_once(quote).ok_or_else(broken)?;
            // Without a space before it, the attribute is part of what precedes.
            if attribute.is_empty() || trimmed.len() == rest.len() || value.contains('<') {
                return Err(broken());
            }
            if !known.insert(attribute) {
                return Err(format!("`<{name}>` has `{attribute}` twice"));
            }
            references(value)?;
            tag.attributes.push((attribute, value));
            rest = behind;
        }
        inert(&tag)?;
        Ok(tag)
    }
}

fn not_a_name(character: char) -> bool {
    !(character.is_alphanumeric() || matches!(character, ':' | '_' | '-' | '.'))
}

/// Returns a name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Checks that `&` begins a reference that every parser knows.
fn references(text: &str) -> Result<(), String> {
    for reference in text.split('&').skip(1) {
        let name = reference.split_once(';').map_or("", |(name, _)| name);
        let number = |digits: &str, radix| {
            u32::from_str_radix(digits, radix).is_ok_and(|code| char::from_u32(code).is_some())
        };
        let known = match name.strip_prefix('#') {
            Some(code) => match code.strip_prefix('x') {
                Some(digits) => number(digits, 16),
                None => number(code, 10),
            },
            None => matches!(name, "amp" | "lt" | "gt" | "quot" | "apos"),
        };
        if !known {
            return Err(format!("`&{name};` is not defined"));
        }
    }
    Ok(())
}

/// Checks that an element runs nothing and loads nothing.
fn inert(tag: &Tag<'_>) -> Result<(), String> {
    let name = local(tag.name).to_ascii_lowercase();
    if matches!(name.as_str(), "script" | "iframe" | "embed" | "object" | "handler" | "listener") {
        return Err(format!("it holds `<{}>`: pictures run nothing", tag.name));
    }
    for (attribute, value) in &tag.attributes {
        let short = local(attribute).to_ascii_lowercase();
        let value = plain(value);
        // Whatever the attribute: animations carry values over to others.
        if short.starts_with("on") || value.contains("javascript:") || value.contains("vbscript:") {
            return Err(format!(
                "`{attribute}` of `<{}>` is a script: pictures run nothing",
                tag.name
            ));
        }
        if matches!(short.as_str(), "href" | "src") && name != "a" {
            let image = value.starts_with("data:image/") && !value.starts_with("data:image/svg");
            if !(value.starts_with('#') || value.is_empty() || image) {
                let message = format!("`<{}>` names a file: browsers load none", tag.name);
                return Err(format!("{message} inside a picture"));
            }
        } else if value.contains("data:text/") || value.contains("data:application/") {
            return Err(format!("`{attribute}` of `<{}>` holds a document", tag.name));
        }
        stays_here(&value)?;
    }
    Ok(())
}

/// Undoes references and leaves out what browsers leave out of addresses.
fn plain(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for (at, part) in value.split('&').enumerate() {
        let (reference, rest) = match part.split_once(';') {
            Some((reference, rest)) if at > 0 => (reference, rest),
            _ => ("", part),
        };
        let code = match reference.strip_prefix('#') {
            Some(code) => match code.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16).ok(),
                None => code.parse().ok(),
            },
            None => None,
        };
        match reference {
            "amp" => out.push('&'),
            "colon" => out.push(':'),
            _ => out.extend(code.and_then(char::from_u32)),
        }
        out.push_str(rest);
    }
    let kept = out.chars().filter(|kept| !kept.is_whitespace() && !kept.is_control());
    kept.flat_map(char::to_lowercase).collect()
}

/// Checks that a style names nothing outside of the file.
fn stays_here(style: &str) -> Result<(), String> {
    let style = plain(style);
    let outside = |address: &str| {
        let address = address.trim_start_matches(['"', '\'']);
        !(address.starts_with('#') || address.starts_with("data:"))
    };
    if style.contains("@import") || style.split("url(").skip(1).any(outside) {
        return Err("its style names a file: browsers load none inside a picture".to_owned());
    }
    Ok(())
}

/// Returns the size that the root element says: its `viewBox`, else `width` and `height`.
fn root_size(tag: &Tag<'_>) -> Size {
    const NAMESPACE: &str = "http://www.w3.org/2000/svg";
    let get = |name: &str| {
        tag.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    };
    let (prefix, name) = tag.name.split_once(':').unwrap_or(("", tag.name));
    if name != "svg" {
        return Err(format!("its root is `<{}>`, not `<svg>`", tag.name));
    }
    let namespace = if prefix.is_empty() { get("xmlns") } else { get(&format!("xmlns:{prefix}")) };
    if namespace != Some(NAMESPACE) {
        return Err(format!("`<svg>` needs `xmlns=\"{NAMESPACE}\"`"));
    }
    if let Some(view) = get("viewBox") {
        let numbers = view.split(|other: char| other.is_whitespace() || other == ',');
        let numbers: Option<Vec<f64>> =
            numbers.filter(|part| !part.is_empty()).map(|part| part.parse().ok()).collect();
        return match numbers.as_deref() {
            Some(&[_, _, width, height]) => Ok((pixels(width), pixels(height))),
            _ => Err(format!("`viewBox=\"{view}\"` is not four numbers")),
        };
    }
    let side = |name: &str| {
        let value = get(name)?.trim();
        value.strip_suffix("px").unwrap_or(value).parse::<f64>().ok()
    };
    match (side("width"), side("height")) {
        (Some(width), Some(height)) => Ok((pixels(width), pixels(height))),
        _ => Err("`<svg>` has no `viewBox`, so nobody knows its size".to_owned()),
    }
}

/// Rounds up to whole pixels; what is no size is 0.
fn pixels(side: f64) -> u32 {
    let side = side.ceil();
    if !(1.0..=f64::from(u32::MAX)).contains(&side) {
        return 0;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "compared above: the conversion loses nothing"
    )]
    let pixels = side as u32;
    pixels
}
