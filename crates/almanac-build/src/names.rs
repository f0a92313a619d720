//! Rust names of articles and folders.

use unicode_normalization::UnicodeNormalization;

use crate::fault::{Code, Fault, FileSpan};
use crate::limits;
use crate::visible::is_steering;

const KEYWORDS: [&str; 53] = [
    "abstract",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "struct",
    "super",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "union",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
    "macro_rules",
];

/// Returns the name of an article's static, from the last part of its id. `None` when nothing is
/// left of it.
pub fn static_name(id: &str) -> Option<String> {
    identifier(id.rsplit('/').next().unwrap_or(id)).map(|name| name.to_uppercase().nfc().collect())
}

/// Returns the name of a folder's module.
pub fn module_name(folder: &str) -> Option<String> {
    let name: String = identifier(folder)?.to_lowercase().nfc().collect();
    // A module of the name of a crate would make paths ambiguous where the code is included.
    let taken = KEYWORDS.contains(&name.as_str())
        || matches!(name.as_str(), "core" | "std" | "alloc" | "almanac_core");
    Some(if taken { name + "_" } else { name })
}

/// Returns the name of a struct or a variant: `court case` is `CourtCase`. `None` if no letter or
/// digit is left.
pub fn type_name(name: &str) -> Option<String> {
    let words = words(name);
    let joined: String = words
        .iter()
        .flat_map(|word| {
            let mut characters = word.chars();
            let first = characters.next().into_iter().flat_map(char::to_uppercase);
            first.chain(characters).collect::<Vec<_>>()
        })
        .collect();
    // `Self` alone is a keyword.
    identifier(&joined).map(|name| if name == "Self" { name + "_" } else { name })
}

/// Returns the name of a function or method from a key; keywords get a trailing `_`.
pub fn function_name(key: &str) -> Option<String> {
    let name = identifier(key)?;
    Some(if KEYWORDS.contains(&name.as_str()) { name + "_" } else { name })
}

/// Returns the fault of a name that has no letter or digit.
pub fn impossible(name: &str, place: FileSpan) -> Fault {
    let message = format!("`{name}` cannot become a Rust identifier: it has no letters or digits");
    Fault::new(Code::InvalidIdentifier, place, message)
}

/// Returns the fault of an id or of a file's or folder's name that can't stand in a permalink;
/// `what` names it. A path on Windows ends its folders with `\`.
pub fn no_path(name: &str, what: &str, place: FileSpan) -> Option<Fault> {
    let found = name.chars().find(|&character| character == '\\' || is_steering(character))?;
    let message = match found {
        '\\' => format!("{what} can't have `\\` in it: it becomes part of a path"),
        found => format!(
            "{what} can't have U+{:04X} in it, a control or bidirectional character: it becomes \
             part of a path",
            u32::from(found)
        ),
    };
    Some(Fault::new(Code::InvalidIdentifier, place, message))
}

/// Returns the fault of an identifier of which rustdoc can't make a file.
pub fn too_long(identifier: &str, place: FileSpan) -> Option<Fault> {
    let (bytes, most) = (identifier.len(), limits::IDENTIFIER_BYTES);
    let message =
        format!("a Rust identifier of {bytes} bytes: more than {most}, which file names take");
    (bytes > most).then(|| Fault::new(Code::InvalidIdentifier, place, message))
}

/// Returns a name in the form in which rustc compares names.
pub fn nfc(name: &str) -> String {
    name.nfc().collect()
}

/// Returns the words of a name: runs of characters that an identifier may have.
pub fn words(name: &str) -> Vec<String> {
    let name: String = name.nfc().collect();
    name.split(|character| character == '_' || !unicode_ident::is_xid_continue(character))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Characters of identifiers stay, all else becomes `_`, runs of it one, none at the ends; a
/// leading digit gets a `_`.
fn identifier(name: &str) -> Option<String> {
    let mut made = String::new();
    // rustc compares names in this form too.
    for character in name.nfc() {
        if character != '_' && unicode_ident::is_xid_continue(character) {
            made.push(character);
        } else if !made.ends_with('_') {
            made.push('_');
        }
    }
    let trimmed = made.trim_matches('_');
    let first = trimmed.chars().next()?;
    Some(if unicode_ident::is_xid_start(first) {
        trimmed.to_owned()
    } else {
        format!("_{trimmed}")
    })
}

/// Docusaurus' number prefix: `03-name` is `name` at position 3, but `2021-11-name` and `7.0-name`
/// are themselves.
pub fn strip_number_prefix(name: &str) -> (&str, Option<f64>) {
    let digits = name.len() - name.trim_start_matches(|first: char| first.is_ascii_digit()).len();
    let rest = &name[digits..];
    let separator = |character: char| matches!(character, '-' | '_' | '.');
    if digits == 0
        || rest
            .strip_prefix(separator)
            .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
    {
        return (name, None);
    }
    let separators = rest.trim_start_matches(char::is_whitespace);
    let suffix = separators.trim_start_matches(separator);
    if suffix.len() == separators.len() {
        return (name, None);
    }
    let suffix = suffix.trim_start_matches(char::is_whitespace);
    if suffix.is_empty() || suffix.starts_with(separator) {
        return (name, None);
    }
    (suffix, name[..digits].parse().ok().filter(|position: &f64| position.is_finite()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_articles_and_folders() {
        assert_eq!(static_name("companies/huawei").as_deref(), Some("HUAWEI"));
        assert_eq!(static_name("mistral-ai").as_deref(), Some("MISTRAL_AI"));
        assert_eq!(static_name("1980s").as_deref(), Some("_1980S"));
        assert_eq!(static_name("c++").as_deref(), Some("C"));
        assert_eq!(static_name("a -- b__c").as_deref(), Some("A_B_C"));
        assert_eq!(static_name("人工知能").as_deref(), Some("人工知能"));
        assert_eq!(static_name("e\u{301}"), static_name("\u{e9}"), "decomposed and composed");
        assert_eq!(static_name("++"), None);
        assert_eq!(static_name("_"), None);
        assert_eq!(static_name("type").as_deref(), Some("TYPE"));
        assert_eq!(module_name("type").as_deref(), Some("type_"));
        assert_eq!(module_name("Companies").as_deref(), Some("companies"));
        assert_eq!(module_name("section").as_deref(), Some("section"));
        assert_eq!(module_name("std").as_deref(), Some("std_"));
    }

    #[test]
    fn number_prefixes_as_docusaurus_has_them() {
        for (name, expected) in [
            ("0-myDoc", ("myDoc", Some(0.0))),
            ("003 - myDoc", ("myDoc", Some(3.0))),
            ("1.__name", ("name", Some(1.0))),
            ("10_ä", ("ä", Some(10.0))),
            ("2021-11-foo", ("2021-11-foo", None)),
            ("7.0-foo", ("7.0-foo", None)),
            ("1-", ("1-", None)),
            ("1 foo", ("1 foo", None)),
            ("foo", ("foo", None)),
            ("1-_foo", ("foo", Some(1.0))),
            ("1- _foo", ("1- _foo", None)),
        ] {
            assert_eq!(strip_number_prefix(name), expected, "{name}");
        }
    }

    /// As the Rust Reference lists them for the edition 2024: strict, then reserved.
    const RESERVED: &str = "as async await break const continue crate dyn else enum extern false \
                            fn \
                            for if impl in let loop match mod move mut pub ref return self static \
                            struct super trait true type unsafe use where while \
                            abstract become box do final gen macro override priv try typeof \
                            unsized virtual yield";

    #[test]
    fn no_name_is_a_keyword() {
        for word in RESERVED.split_whitespace() {
            let expected = Some(format!("{word}_"));
            assert_eq!(module_name(word), expected);
            assert_eq!(module_name(&word.to_uppercase()), expected);
            assert_eq!(function_name(word), expected);
        }
        assert_eq!(type_name("self").as_deref(), Some("Self_"));
        assert_eq!(module_name("gene").as_deref(), Some("gene"));
    }
}
