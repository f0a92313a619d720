//! Formulas: TeX → MathML, which browsers show without a script.

#[cfg(feature = "formulas")]
mod mathml;
#[cfg(feature = "formulas")]
mod tidy;

/// Bytes of a formula.
#[cfg(feature = "formulas")]
const LONGEST: usize = 10_000;

/// Commands of a formula.
#[cfg(feature = "formulas")]
const MOST_COMMANDS: usize = 1_000;

/// How deep groups may stand in each other.
#[cfg(feature = "formulas")]
const DEEPEST: usize = 50;

/// MathML in its two forms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Formula {
    pub html: String,
    /// For Markdown: nothing in it is a mark.
    pub markdown: String,
}

/// Converts a formula; `block` shows it on a line of its own. The error says what is wrong with it.
#[cfg(feature = "formulas")]
pub fn convert(tex: &str, block: bool) -> Result<Formula, String> {
    if tex.trim().is_empty() {
        return Err("an empty formula".to_owned());
    }
    if tex.len() > LONGEST {
        return Err(format!("a formula of {} bytes: more than {LONGEST}", tex.len()));
    }
    // What a formula shows is then bounded by how long it is.
    let definitions =
        ["def", "edef", "gdef", "xdef", "let", "futurelet", "newcommand", "renewcommand"];
    for name in commands(tex).filter(|name| definitions.contains(name) || *name == "providecommand")
    {
        return Err(format!("`\\{name}`: a formula can't define commands"));
    }
    let depth = tex.bytes().fold((0_usize, 0_usize), |(depth, most), byte| match byte {
        b'{' => (depth + 1, most.max(depth + 1)),
        b'}' => (depth.saturating_sub(1), most),
        _ => (depth, most),
    });
    let opened = commands(tex).filter(|name| matches!(*name, "left" | "begin")).count();
    if depth.1 + opened > DEEPEST {
        return Err(format!("groups more than {DEEPEST} deep"));
    }
    let count = commands(tex).count();
    if count > MOST_COMMANDS {
        return Err(format!("a formula with {count} commands: more than {MOST_COMMANDS}"));
    }
    let raw = mathml::render(tex, block, count)?;
    let tokens = tidy::tokens(&raw);
    let tokens = tidy::styled(tokens);
    Ok(Formula { html: tidy::html(&tokens), markdown: tidy::markdown(&tokens) })
}

/// Reports that this compiler has no formulas.
#[cfg(not(feature = "formulas"))]
pub fn convert(_: &str, _: bool) -> Result<Formula, String> {
    Err("formulas need the feature `formulas` of `almanac-build`".to_owned())
}

/// Returns the names of the commands in a formula.
#[cfg(feature = "formulas")]
fn commands(tex: &str) -> impl Iterator<Item = &str> {
    // `\\` is a command too, so that what follows it is no name.
    let mut rest = tex;
    std::iter::from_fn(move || {
        let (_, behind) = rest.split_once('\\')?;
        let letters = behind.find(|other: char| !other.is_ascii_alphabetic());
        let end = match letters.unwrap_or(behind.len()) {
            0 => behind.chars().next().map_or(0, char::len_utf8),
            end => end,
        };
        let (name, after) = behind.split_at(end);
        rest = after;
        Some(name)
    })
}

#[cfg(all(test, feature = "formulas"))]
mod tests;
