//! Formulas: TeX → MathML, which browsers show without a script.

use std::borrow::Cow;
use std::ops::Range;

use crate::document::FormulaText;

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

/// Cells of a formula, counted by the `&` between them: one byte becomes more than a hundred.
#[cfg(feature = "formulas")]
const MOST_CELLS: usize = 1_000;

/// Bytes of MathML that a formula may become. Formulas that people write become less than thirty
/// times their source; the bars of an `array` become eighty times theirs.
#[cfg(feature = "formulas")]
const MOST_MATHML: usize = 300_000;

/// The greatest depth of groups in each other.
#[cfg(feature = "formulas")]
const DEEPEST: usize = 50;

/// Commands that define others: what a formula shows would no longer be bounded by its length.
#[cfg(feature = "formulas")]
const DEFINITIONS: [&str; 9] = [
    "def",
    "edef",
    "gdef",
    "xdef",
    "let",
    "futurelet",
    "newcommand",
    "renewcommand",
    "providecommand",
];

/// `true` if this compiler converts formulas.
pub const IS_AVAILABLE: bool = cfg!(feature = "formulas");

/// A formula.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Formula {
    /// The source, without white space around it.
    pub tex: String,
    /// MathML.
    pub html: String,
    /// MathML for Markdown: nothing in it is a mark.
    pub markdown: String,
}

impl Formula {
    /// Returns a formula that can't be shown but as its source.
    pub fn source(tex: &str) -> Formula {
        let mut formula = Formula { tex: tex.trim().to_owned(), ..Formula::default() };
        formula.html.push_str("<code>");
        formula.markdown.push_str("<code>");
        for character in formula.tex.chars() {
            match character {
                '<' => formula.html.push_str("&lt;"),
                '>' => formula.html.push_str("&gt;"),
                '&' => formula.html.push_str("&amp;"),
                other => formula.html.push(other),
            }
            if character.is_ascii_punctuation() || character.is_whitespace() {
                formula.markdown.push_str(&format!("&#{};", u32::from(character)));
            } else {
                formula.markdown.push(character);
            }
        }
        formula.html.push_str("</code>");
        formula.markdown.push_str("</code>");
        formula
    }

    /// Returns what stands for the formula in a text.
    pub fn text(&self, form: FormulaText) -> Cow<'_, str> {
        match form {
            FormulaText::Source => Cow::Borrowed(&self.tex),
            #[cfg(feature = "search")]
            FormulaText::Words => Cow::Owned(words(&self.tex)),
        }
    }
}

/// A fault of a formula.
#[derive(Debug, PartialEq, Eq)]
pub struct FormulaError {
    pub message: String,
    /// A way to mend it; may be empty.
    pub label: String,
    /// The place in the formula, if that is known.
    pub span: Option<Range<usize>>,
}

impl FormulaError {
    fn new(message: impl Into<String>, label: &str, span: Option<Range<usize>>) -> FormulaError {
        FormulaError { message: message.into(), label: label.to_owned(), span }
    }
}

/// Converts a formula; `block` shows it on a line of its own.
#[cfg(feature = "formulas")]
pub fn convert(tex: &str, block: bool) -> Result<Formula, FormulaError> {
    let count = affordable(tex)?;
    let raw = mathml::render(tex, block, count)?;
    if raw.len() > MOST_MATHML {
        let message = format!("a formula that becomes more than {MOST_MATHML} bytes of MathML");
        return Err(FormulaError::new(message, "cut it into several", None));
    }
    let tokens = tidy::styled(tidy::complete(tidy::tokens(&raw)));
    let mut formula = Formula {
        tex: tex.trim().to_owned(),
        html: tidy::html(&tokens),
        markdown: tidy::markdown(&tokens),
    };
    if block {
        // rustdoc's style sheet knows no formulas: a wide one would widen the page.
        let style = "<math style=\"overflow:auto hidden;padding:0.2em 0\" ";
        formula.markdown = formula.markdown.replacen("<math ", style, 1);
    }
    // For those who can't show it: the source.
    if let Some(end) = formula.html.find('>') {
        let alternative = format!(" alttext=\"{}\"", tidy::escape(&formula.tex));
        formula.html.insert_str(end, &alternative);
    }
    Ok(formula)
}

/// Reports that this compiler has no formulas. The schema was refused before anything gets here.
#[cfg(not(feature = "formulas"))]
pub fn convert(_: &str, _: bool) -> Result<Formula, FormulaError> {
    Err(FormulaError::new("formulas need the feature `formulas` of `almanac-build`", "", None))
}

/// Checks that what a formula takes and shows is bounded by how long it is, and returns how many
/// commands it has.
#[cfg(feature = "formulas")]
fn affordable(tex: &str) -> Result<usize, FormulaError> {
    if tex.trim().is_empty() {
        return Err(FormulaError::new("an empty formula", "write `\\$` for a dollar", None));
    }
    if tex.len() > LONGEST {
        let message = format!("a formula of {} bytes: more than {LONGEST}", tex.len());
        return Err(FormulaError::new(message, "cut it into several", None));
    }
    let mut count = 0;
    let mut cells = 0;
    let mut depth = 0_usize;
    let mut opened = 0;
    let mut deepest = 0;
    let mut position = 0;
    while let Some(character) = tex[position..].chars().next() {
        let start = position;
        position += character.len_utf8();
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '&' => cells += 1,
            '\\' => {
                let name = command(&tex[position..]);
                position += name.len();
                count += 1;
                opened += usize::from(matches!(name, "left" | "begin"));
                if DEFINITIONS.contains(&name) {
                    let message = format!("`\\{name}`: a formula can't define commands");
                    let label = "write out what it stands for";
                    return Err(FormulaError::new(message, label, Some(start..position)));
                }
            }
            _ => {}
        }
        deepest = deepest.max(depth + opened);
        if deepest > DEEPEST {
            let message = format!("groups more than {DEEPEST} deep");
            return Err(FormulaError::new(message, "write it flatter", Some(start..position)));
        }
    }
    if count > MOST_COMMANDS {
        let message = format!("a formula with {count} commands: more than {MOST_COMMANDS}");
        return Err(FormulaError::new(message, "cut it into several", None));
    }
    if cells > MOST_CELLS {
        let message = format!("a formula with {cells} marks `&`: more than {MOST_CELLS}");
        return Err(FormulaError::new(message, "cut it into several", None));
    }
    Ok(count)
}

/// Returns a formula without the names of commands: nobody looks for those.
#[cfg(feature = "search")]
fn words(tex: &str) -> String {
    let mut parts = tex.split('\\');
    let mut words = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        words.push(' ');
        words.push_str(&part[command(part).len()..]);
    }
    words
}

/// Returns the name of the command behind a backslash: letters, or one character of another kind.
#[cfg(any(feature = "formulas", feature = "search"))]
fn command(rest: &str) -> &str {
    let letters = rest.find(|other: char| !other.is_ascii_alphabetic()).unwrap_or(rest.len());
    let end = match letters {
        0 => rest.chars().next().map_or(0, char::len_utf8),
        letters => letters,
    };
    &rest[..end]
}

#[cfg(all(test, feature = "formulas"))]
mod tests;
