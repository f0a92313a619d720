//! The elements and attributes of raw HTML that are kept. All else is left out.

/// The role of an element: what becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It is kept under this name, as a part of a line of text.
    Phrasing(&'static str),
    /// It is kept under this name, as a block.
    Block(&'static str),
    Break,
    WordBreak,
    Rule,
    Image,
    /// Nothing is lost without it.
    Ignored,
    /// Its tags are left out, its content stays. Blocks and boxes end words.
    Unknown {
        ends_words: bool,
    },
    /// It is left out with its content, unless it can have none. Boxes end words.
    LeftOut {
        empty: bool,
        ends_words: bool,
    },
}

/// Returns what becomes of the element of a name.
pub fn role(name: &str) -> Role {
    if is_component(name) {
        return Role::Unknown { ends_words: true };
    }
    let lower = name.to_ascii_lowercase();
    if let Some(tag) = find(&PHRASING, &lower) {
        return Role::Phrasing(tag);
    }
    if let Some(tag) = find(&BLOCKS, &lower) {
        return Role::Block(tag);
    }
    match lower.as_str() {
        "acronym" => Role::Phrasing("abbr"),
        "strike" => Role::Phrasing("s"),
        "tt" => Role::Phrasing("code"),
        "center" => Role::Block("div"),
        "dir" | "menu" => Role::Block("ul"),
        "br" => Role::Break,
        "wbr" => Role::WordBreak,
        "hr" => Role::Rule,
        "img" => Role::Image,
        "col" | "colgroup" | "picture" | "source" | "track" => Role::Ignored,
        "base" | "link" | "meta" => Role::LeftOut { empty: true, ends_words: false },
        "embed" => Role::LeftOut { empty: true, ends_words: true },
        lower if LEFT_OUT.contains(&lower) => {
            let ends_words = !matches!(lower, "script" | "style" | "template" | "title");
            Role::LeftOut { empty: false, ends_words }
        }
        lower => Role::Unknown { ends_words: BOXES.contains(&lower) || lower.contains('-') },
    }
}

/// Returns `true` for the name of a JSX component, like `TabItem`. Those of HTML have one case.
fn is_component(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.contains(|character: char| character.is_ascii_lowercase())
}

fn find(list: &[&'static str], name: &str) -> Option<&'static str> {
    list.iter().find(|known| **known == name).copied()
}

const PHRASING: [&str; 28] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark",
    "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u",
    "var",
];

const BLOCKS: [&str; 39] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "noscript",
];

/// Elements whose content is no text of the article.
const LEFT_OUT: [&str; 21] = [
    "applet", "audio", "canvas", "datalist", "frameset", "head", "iframe", "map", "math",
    "noembed", "noframes", "object", "script", "select", "style", "svg", "template", "textarea",
    "title", "video", "xmp",
];

/// Elements that are shown as boxes or blocks.
const BOXES: [&str; 10] = [
    "body", "button", "dialog", "fieldset", "form", "html", "label", "legend", "marquee", "output",
];

/// The elements whose content has no tags.
pub const RAW: [&str; 8] =
    ["iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"];

/// Returns the attribute to keep for one of an element, under its name and with its value.
pub fn attribute(tag: &str, name: &str, value: &str) -> Option<(&'static str, String)> {
    let name = name.to_ascii_lowercase();
    let is_cell = matches!(tag, "td" | "th");
    let keep = |name, kept: bool| kept.then(|| (name, value.to_owned()));
    let number = |limit: u32| value.parse::<u32>().is_ok_and(|number| number <= limit);
    let one_of = |values: &[&str]| values.iter().any(|known| known.eq_ignore_ascii_case(value));
    match (tag, name.as_str()) {
        (_, "title") => Some(("title", without_controls(value))),
        (_, "dir") => keep("dir", one_of(&["ltr", "rtl", "auto"])),
        (_, "lang") => {
            let part = |character: char| character.is_ascii_alphanumeric() || character == '-';
            keep("lang", !value.is_empty() && value.chars().all(part))
        }
        ("details", "open") => Some(("open", String::new())),
        ("img", "width") => keep("width", is_length(value)),
        ("img", "height") => keep("height", is_length(value)),
        ("li", "value") => keep("value", value.parse::<i32>().is_ok()),
        ("ol", "reversed") => Some(("reversed", String::new())),
        ("ol", "start") => keep("start", value.parse::<i32>().is_ok()),
        ("ol", "type") => keep("type", matches!(value, "1" | "a" | "A" | "i" | "I")),
        ("time", "datetime") => Some(("datetime", without_controls(value))),
        ("th", "scope") => keep("scope", one_of(&["col", "row", "colgroup", "rowgroup"])),
        (_, "colspan") if is_cell => keep("colspan", number(1000)),
        (_, "rowspan") if is_cell => keep("rowspan", number(65534)),
        ("code", "class") => value
            .split_ascii_whitespace()
            .find(|class| class.starts_with("language-"))
            .map(|class| ("class", class.to_owned())),
        (
            "caption" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "p" | "td" | "th",
            "align",
        ) if one_of(&["left", "center", "right", "justify"]) => {
            Some(("style", format!("text-align:{}", value.to_ascii_lowercase())))
        }
        _ => None,
    }
}

fn is_length(value: &str) -> bool {
    let digits = value.strip_suffix("px").or(value.strip_suffix('%')).unwrap_or(value);
    !digits.is_empty() && digits.len() <= 5 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns a value as one line of text.
pub fn without_controls(value: &str) -> String {
    let shown = |character: char| if character.is_control() { ' ' } else { character };
    value.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_of_every_kind() {
        assert_eq!(role("KBD"), Role::Phrasing("kbd"));
        assert_eq!(role("strike"), Role::Phrasing("s"));
        assert_eq!(role("Details"), Role::Unknown { ends_words: true });
        assert_eq!(role("my-chip"), Role::Unknown { ends_words: true });
        assert_eq!(role("font"), Role::Unknown { ends_words: false });
        assert_eq!(role("IFRAME"), Role::LeftOut { empty: false, ends_words: true });
        assert_eq!(role("A"), Role::Phrasing("a"));
    }

    #[test]
    fn attributes_are_kept_by_name_and_value() {
        let kept = |tag, name, value| {
            attribute(tag, name, value).map(|(name, value)| format!("{name}={value}"))
        };
        assert_eq!(kept("td", "COLSPAN", "2").as_deref(), Some("colspan=2"));
        assert_eq!(kept("td", "colspan", "2x"), None);
        assert_eq!(kept("div", "colspan", "2"), None);
        assert_eq!(kept("p", "align", "Center").as_deref(), Some("style=text-align:center"));
        assert_eq!(kept("p", "align", "center;x:y"), None);
        assert_eq!(kept("p", "style", "color:red"), None);
        assert_eq!(kept("p", "onclick", "x()"), None);
        assert_eq!(kept("code", "class", "x language-js").as_deref(), Some("class=language-js"));
        assert_eq!(kept("img", "width", "50%").as_deref(), Some("width=50%"));
        assert_eq!(kept("img", "width", "50 onload=x"), None);
        assert_eq!(kept("abbr", "title", "a\u{1b}b\n").as_deref(), Some("title=a b "));
    }
}
