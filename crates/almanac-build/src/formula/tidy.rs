//! MathML made well-formed and independent of a style sheet: what the renderer expresses by classes
//! becomes `style` attributes, so that a formula looks right on every page.

use std::fmt::Write;

/// A piece of MathML.
#[derive(Debug, PartialEq, Eq)]
pub enum Token<'t> {
    Open { name: &'t str, attributes: Vec<(&'t str, String)> },
    Close(&'t str),
    Text(String),
}

/// Cuts the renderer's output into tags and text. It writes tags in one form only, and text with
/// or without references.
pub fn tokens(raw: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut text = String::new();
    let mut rest = raw;
    while !rest.is_empty() {
        let Some((tag, behind)) = tag(rest) else {
            let (character, behind) = character(rest);
            text.push_str(character);
            rest = behind;
            continue;
        };
        if !text.is_empty() {
            tokens.push(Token::Text(std::mem::take(&mut text)));
        }
        tokens.extend(tag);
        rest = behind;
    }
    tokens
}

/// Reads one tag; a tag that closes itself is two tokens.
fn tag(text: &str) -> Option<(Vec<Token<'_>>, &str)> {
    let inside = text.strip_prefix('<')?;
    let (closes, inside) = match inside.strip_prefix('/') {
        Some(inside) => (true, inside),
        None => (false, inside),
    };
    let length = inside.find(|other: char| !other.is_ascii_lowercase()).unwrap_or(inside.len());
    let (name, mut rest) = inside.split_at(length);
    if name.is_empty() {
        return None;
    }
    if closes {
        return Some((vec![Token::Close(name)], rest.strip_prefix('>')?));
    }
    let mut attributes = Vec::new();
    loop {
        let trimmed = rest.trim_start();
        if let Some(behind) = trimmed.strip_prefix("/>") {
            return Some((vec![Token::Open { name, attributes }, Token::Close(name)], behind));
        }
        if let Some(behind) = trimmed.strip_prefix('>') {
            return Some((vec![Token::Open { name, attributes }], behind));
        }
        let (attribute, behind) = trimmed.split_once("=\"")?;
        let (value, behind) = behind.split_once('"')?;
        attributes.push((attribute, value.to_owned()));
        rest = behind;
    }
}

/// Splits off a character, a reference undone.
fn character(text: &str) -> (&str, &str) {
    let known = [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&nbsp;", "\u{a0}")];
    for (reference, character) in known {
        if let Some(behind) = text.strip_prefix(reference) {
            return (character, behind);
        }
    }
    text.split_at(text.chars().next().map_or(0, char::len_utf8))
}

/// Returns how many children an element has to have; `None` if any number will do.
fn arity(name: &str) -> Option<usize> {
    match name {
        "mfrac" | "mover" | "mroot" | "msub" | "msup" | "munder" => Some(2),
        "msubsup" | "munderover" => Some(3),
        _ => None,
    }
}

/// Gives elements the children that they need: what is too many at first is one, such as the space
/// before a function and its name, and what isn't there is empty.
pub fn complete(tokens: Vec<Token<'_>>) -> Vec<Token<'_>> {
    let mut out: Vec<Token<'_>> = Vec::with_capacity(tokens.len());
    // For each open element, the place of its first child.
    let mut open: Vec<Vec<usize>> = Vec::new();
    for token in tokens {
        match &token {
            Token::Open { .. } => {
                if let Some(children) = open.last_mut() {
                    children.push(out.len());
                }
                open.push(Vec::new());
            }
            Token::Close(name) => {
                let children = open.pop().unwrap_or_default();
                if let Some(needed) = arity(name) {
                    let row = || Token::Open { name: "mrow", attributes: Vec::new() };
                    let (start, count) = (children.first().copied(), children.len());
                    let start = start.unwrap_or(out.len());
                    if count > needed {
                        out.insert(children[count - needed + 1], Token::Close("mrow"));
                        out.insert(start, row());
                    }
                    for _ in count..needed {
                        out.splice(start..start, [row(), Token::Close("mrow")]);
                    }
                }
            }
            Token::Text(_) => {}
        }
        out.push(token);
    }
    out
}

/// A table that is open.
#[derive(Default)]
struct Table {
    classes: Vec<String>,
    /// Above the row that is open.
    line: &'static str,
    column: usize,
}

/// Turns classes into styles, and drops the empty row behind a last line break.
pub fn styled(tokens: Vec<Token<'_>>) -> Vec<Token<'_>> {
    let mut out: Vec<Token<'_>> = Vec::with_capacity(tokens.len());
    let mut tables: Vec<Table> = Vec::new();
    for mut token in tokens {
        match &mut token {
            Token::Open { name: "mtable", attributes } => {
                let classes = classes(attributes);
                // Lines of equations are as large as one alone.
                if classes.iter().any(|class| class == "menv-alignlike") {
                    attributes.push(("displaystyle", "true".to_owned()));
                }
                tables.push(Table { classes, ..Table::default() });
            }
            Token::Open { name: "mtr", attributes } => {
                let line = line_above(&classes(attributes));
                if let Some(table) = tables.last_mut() {
                    (table.line, table.column) = (line, 0);
                }
            }
            Token::Open { name: "mtd", attributes } => {
                let own = classes(attributes);
                if let Some(table) = tables.last_mut() {
                    table.column += 1;
                    add_style(attributes, &cell(table, &own));
                }
            }
            Token::Open { attributes, .. } => {
                if classes(attributes).iter().any(|class| class == "small") {
                    add_style(attributes, "font-size:70%");
                }
            }
            Token::Close("mtable") => {
                tables.pop();
                drop_empty_row(&mut out);
            }
            // A space of TeX, which the renderer escapes once more.
            Token::Text(text) if text == "&nbsp;" => "\u{a0}".clone_into(text),
            Token::Close(_) | Token::Text(_) => {}
        }
        out.push(token);
    }
    out
}

/// Takes the classes off a tag.
fn classes(attributes: &mut Vec<(&str, String)>) -> Vec<String> {
    let mut found = Vec::new();
    attributes.retain(|(name, value)| {
        if *name == "class" {
            found.extend(value.split(' ').map(str::to_owned));
        }
        *name != "class"
    });
    found
}

fn line_above(classes: &[String]) -> &'static str {
    let has = |wanted: &str| classes.iter().any(|class| class == wanted);
    match (has("menv-hline"), has("menv-hdashline")) {
        (true, _) => "border-top:0.06em solid",
        (_, true) => "border-top:0.06em dashed",
        _ => "",
    }
}

/// Returns the style of a cell: its alignment, the space around it, and lines.
fn cell(table: &Table, own: &[String]) -> String {
    let of_table = |wanted: &str| table.classes.iter().any(|class| class == wanted);
    let of_cell = |wanted: &str| own.iter().any(|class| class == wanted);
    let (first, odd) = (table.column == 1, table.column % 2 == 1);
    let mut style = String::new();
    let align_like = of_table("menv-alignlike");
    let right = of_cell("cell-right") || of_table("menv-cells-right") || align_like && odd;
    let left = of_cell("cell-left") || of_table("menv-cells-left") || align_like && !odd;
    // Browsers align what is in a cell only by their own keywords.
    if right {
        style.push_str("text-align:right;text-align:-webkit-right;text-align:-moz-right;");
    } else if left {
        style.push_str("text-align:left;text-align:-webkit-left;text-align:-moz-left;");
    }
    let (before, behind) = match () {
        _ if of_cell("menv-border-only") => ("0", "0.1em"),
        _ if of_table("menv-arraylike") => ("0.4em", "0.4em"),
        _ if of_table("menv-cases") && first => ("0", "1em"),
        _ if of_table("menv-align") && odd && !first => ("1em", "0"),
        _ => ("0", "0"),
    };
    let _ = write!(style, "padding-left:{before};padding-right:{behind}");
    for (class, border) in [
        ("menv-left-solid", "border-left:0.06em solid"),
        ("menv-left-dashed", "border-left:0.06em dashed"),
        ("menv-right-solid", "border-right:0.06em solid"),
        ("menv-right-dashed", "border-right:0.06em dashed"),
    ] {
        if of_cell(class) {
            let _ = write!(style, ";{border}");
        }
    }
    if !table.line.is_empty() {
        let _ = write!(style, ";{}", table.line);
    }
    style
}

fn add_style(attributes: &mut Vec<(&str, String)>, style: &str) {
    match attributes.iter_mut().find(|(name, _)| *name == "style") {
        Some((_, known)) => {
            known.push(';');
            known.push_str(style);
        }
        None => attributes.push(("style", style.to_owned())),
    }
}

/// Drops a last row that has one cell with nothing in it.
fn drop_empty_row(out: &mut Vec<Token<'_>>) {
    if let [
        ..,
        Token::Open { name: "mtr", .. },
        Token::Open { name: "mtd", .. },
        Token::Close("mtd"),
        Token::Close("mtr"),
    ] = &out[..]
    {
        out.truncate(out.len() - 4);
    }
}

/// Writes MathML for HTML.
pub fn html(tokens: &[Token<'_>]) -> String {
    write_with(tokens, escape_character)
}

/// Escapes a text for HTML.
pub fn escape(text: &str) -> String {
    let mut out = String::new();
    text.chars().for_each(|character| escape_character(character, &mut out));
    out
}

fn escape_character(character: char, out: &mut String) {
    match character {
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '&' => out.push_str("&amp;"),
        '"' => out.push_str("&quot;"),
        // They mean nothing in a formula, and no page may hold them.
        other if other.is_control() && other != '\n' => {}
        other => out.push(other),
    }
}

/// Writes MathML for Markdown, in which references are never marks, on one line.
pub fn markdown(tokens: &[Token<'_>]) -> String {
    write_with(tokens, |character, out| {
        if character.is_ascii_punctuation() || character.is_whitespace() {
            let _ = write!(out, "&#{};", u32::from(character));
        } else {
            out.push(character);
        }
    })
}

fn write_with(tokens: &[Token<'_>], escape: impl Fn(char, &mut String)) -> String {
    let mut out = String::new();
    for token in tokens {
        match token {
            Token::Open { name, attributes } => {
                let _ = write!(out, "<{name}");
                for (attribute, value) in attributes {
                    let _ = write!(out, " {attribute}=\"{value}\"");
                }
                out.push('>');
            }
            Token::Close(name) => {
                let _ = write!(out, "</{name}>");
            }
            Token::Text(text) => {
                // Control characters mean nothing in a formula, and no page may hold them.
                let kept = text.chars().filter(|kept| !kept.is_control());
                kept.for_each(|character| escape(character, &mut out));
            }
        }
    }
    out
}
