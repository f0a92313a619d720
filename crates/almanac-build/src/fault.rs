//! Faults: codes, severities, places and suggestions.

use std::fmt;
use std::ops::Range;

use crate::line_index::floor_char_boundary;

/// The severity of a diagnostic, which decides whether the build fails. Errors come first.
///
/// ```
/// use almanac_build::Severity;
///
/// let report = almanac_build::Builder::new("no such folder").run().report;
/// let errors = report.diagnostics.iter().filter(|found| found.severity == Severity::Error);
/// assert_eq!(errors.count(), 1);
/// assert_eq!(Severity::Warning.to_string(), "warning");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Severity {
    /// It fails the build: nothing is generated.
    Error,
    /// It doesn't fail the build.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })
    }
}

/// Declares [`Code`] once: variant, stable name and usual severity of each.
macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident;)*) => {
        /// The kind of a fault: the stable name in brackets, by which it is allowed too.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(clippy::enum_variant_names, reason = "`UnknownCode` is a code")]
        pub enum Code { $($variant),* }

        impl Code {
            pub const ALL: &[Code] = &[$(Code::$variant),*];

            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name),* }
            }

            /// Returns the usual severity. `unknown-key` is the one code of which there are both:
            /// near a known key it is an error.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity),* }
            }
        }
    };
}

codes! {
    UnreadableFile "unreadable-file" Error;
    NoArticles "no-articles" Warning;
    IgnoredFile "ignored-file" Warning;
    Mdx "mdx" Error;
    FrontMatterSyntax "front-matter-syntax" Error;
    UnknownKey "unknown-key" Warning;
    DuplicateKey "duplicate-key" Error;
    InvalidValue "invalid-value" Error;
    TooLong "too-long" Error;
    TooLarge "too-large" Error;
    MissingTitle "missing-title" Warning;
    DuplicateId "duplicate-id" Error;
    DuplicatePermalink "duplicate-permalink" Error;
    DuplicateAnchor "duplicate-anchor" Error;
    DuplicateDefinition "duplicate-definition" Warning;
    IdentifierCollision "identifier-collision" Error;
    InvalidIdentifier "invalid-identifier" Error;
    BrokenLink "broken-link" Error;
    BrokenAnchor "broken-anchor" Error;
    BrokenReference "broken-reference" Error;
    MissingImage "missing-image" Error;
    InvalidImage "invalid-image" Error;
    UnusedDefinition "unused-definition" Warning;
    InvalidUrl "invalid-url" Error;
    UnsafeUrl "unsafe-url" Error;
    UnsupportedLink "unsupported-link" Error;
    UnsupportedImage "unsupported-image" Warning;
    InsecureUrl "insecure-url" Warning;
    MissingAltText "missing-alt-text" Warning;
    PositionTie "position-tie" Warning;
    EmptySection "empty-section" Warning;
    EmptyArticle "empty-article" Warning;
    BareCarriageReturn "bare-carriage-return" Warning;
    RawHtml "raw-html" Warning;
    WikiLink "wiki-link" Warning;
    ExcessCell "excess-cell" Warning;
    InvalidFormula "invalid-formula" Error;
    UnclosedComment "unclosed-comment" Error;
    UnclosedCode "unclosed-code" Error;
    UnclosedAdmonition "unclosed-admonition" Error;
    UnopenedAdmonition "unopened-admonition" Error;
    UnknownAdmonition "unknown-admonition" Error;
    NestingTooDeep "nesting-too-deep" Error;
    InvalidDate "invalid-date" Error;
    SimilarEvent "similar-event" Warning;
    EventOrder "event-order" Warning;
    ReviewOrder "review-order" Warning;
    InvalidHappening "invalid-happening" Error;
    HappeningDate "happening-date" Error;
    SimilarHappening "similar-happening" Warning;
    SimilarHeading "similar-heading" Warning;
    UnknownColumn "unknown-column" Error;
    MissingColumn "missing-column" Error;
    DuplicateRecord "duplicate-record" Error;
    UnknownRecord "unknown-record" Error;
    UnearnedQuestion "unearned-question" Warning;
    UnknownCode "unknown-code" Error;
}

/// A span of a file: which one (by its number in the folder) and which bytes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSpan {
    pub file: usize,
    pub span: Range<usize>,
}

impl FileSpan {
    pub fn new(file: usize, span: Range<usize>) -> FileSpan {
        FileSpan { file, span }
    }
}

/// A fault of the content or the settings, with its place in bytes.
///
/// [`Diagnostic`](crate::Diagnostic) is the same as it is reported.
#[derive(Clone, Debug)]
pub struct Fault {
    pub code: Code,
    pub severity: Severity,
    pub message: String,
    /// `None` for a fault in the build's own settings.
    pub place: Option<FileSpan>,
    /// The remark beside the marked span; without it the suggestion stands there.
    pub label: String,
    /// The text that is likely meant in place of the marked one.
    pub suggestion: Option<String>,
    /// Other places that belong to the fault, each with its own remark.
    pub related: Vec<(FileSpan, String)>,
    /// A way to mend it, where that doesn't follow from the message.
    pub help: Option<String>,
    /// The cause that it has in common with others: the summary counts them together.
    pub cause: Option<Cause>,
}

/// The cause that many faults may have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cause {
    /// The text that all of them have, such as: no article at `/docs/…`
    pub text: String,
    /// A way to mend all of them.
    pub cure: Option<String>,
}

impl Fault {
    pub fn new(code: Code, place: FileSpan, message: impl Into<String>) -> Fault {
        Fault { place: Some(place), ..Fault::without_place(code, message) }
    }

    /// Returns a fault that stands in no file.
    pub fn without_place(code: Code, message: impl Into<String>) -> Fault {
        Fault {
            code,
            severity: code.severity(),
            message: cut(message.into()),
            place: None,
            label: String::new(),
            suggestion: None,
            related: Vec::new(),
            help: None,
            cause: None,
        }
    }

    pub fn label(mut self, label: impl Into<String>) -> Fault {
        self.label = cut(label.into());
        self
    }

    /// Suggests what is likely meant in place of the marked span, if there is something near it.
    pub fn did_you_mean(mut self, suggestion: Option<impl Into<String>>) -> Fault {
        self.suggest(suggestion);
        self
    }

    /// Suggests like [`did_you_mean`](Fault::did_you_mean), in place.
    pub fn suggest(&mut self, suggestion: Option<impl Into<String>>) {
        // One that would have to be cut helps nobody.
        self.suggestion =
            suggestion.map(Into::into).filter(|suggestion| suggestion.len() <= MESSAGE_BYTES);
    }

    pub fn related(mut self, place: FileSpan, remark: impl Into<String>) -> Fault {
        self.related.push((place, cut(remark.into())));
        self
    }

    pub fn help(mut self, help: impl Into<String>) -> Fault {
        self.help = Some(cut(help.into()));
        self
    }

    pub fn severity(mut self, severity: Severity) -> Fault {
        self.severity = severity;
        self
    }

    /// Names what the summary counts the fault by.
    pub fn cause(mut self, text: impl Into<String>) -> Fault {
        self.cause = Some(Cause { text: cut(text.into()), cure: None });
        self
    }
}

/// Bytes of a message, a label or a help. What they quote may be as long as its file, and a
/// message that is longer than this is read by nobody.
const MESSAGE_BYTES: usize = 600;

/// Cuts the middle out of a text that is too long: what is quoted stands there.
fn cut(text: String) -> String {
    if text.len() <= MESSAGE_BYTES {
        return text;
    }
    let start = floor_char_boundary(&text, MESSAGE_BYTES * 2 / 3);
    let end = floor_char_boundary(&text, text.len() - MESSAGE_BYTES / 3);
    format!("{}…{}", &text[..start], &text[end..])
}

/// Returns the candidate nearest to `name`: one that differs in case alone, else one within a
/// third of its length and never more than two edits away, case aside.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = name.to_lowercase();
    let limit = (folded.chars().count() / 3).clamp(1, 2);
    let mut best: Option<((usize, usize), &str)> = None;
    for candidate in candidates {
        let distance = |a: &str, b: &str| almanac_core::generated::edit_distance(a, b, limit);
        let lower = candidate.to_lowercase();
        let folded_distance = match lower == folded {
            true => 0,
            false => match distance(&folded, &lower) {
                Some(distance) => distance,
                None => continue,
            },
        };
        // Of two that are equally near, the one that is so in case too.
        let exact = distance(name, candidate).unwrap_or(limit + 1);
        let found = ((folded_distance, exact), candidate);
        if best.is_none_or(|known| found < known) {
            best = Some(found);
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_means_a_third_of_the_length_and_at_most_two() {
        assert_eq!(
            nearest("sidebar_positon", ["sidebar_position", "slug"]),
            Some("sidebar_position")
        );
        assert_eq!(nearest("tgs", ["tags"]), Some("tags"));
        assert_eq!(nearest("ti", ["id"]), None);
        assert_eq!(nearest("colour", ["keywords"]), None);
        // The limit itself: one edit up to five letters, two from six on, three never.
        assert_eq!(nearest("abcde", ["abcxy"]), None);
        assert_eq!(nearest("abcde", ["abcdx"]), Some("abcdx"));
        assert_eq!(nearest("abcdef", ["abcdxy"]), Some("abcdxy"));
        assert_eq!(nearest("abcdefghijkl", ["abcdefghixyz"]), None);
    }

    #[test]
    fn case_is_ignored_first() {
        assert_eq!(
            nearest("SIDEBAR_LABEL", ["sidebar_key", "sidebar_label"]),
            Some("sidebar_label")
        );
        assert_eq!(nearest("Ab", ["ac", "AB"]), Some("AB"));
        assert_eq!(nearest("Über", ["über", "Uber"]), Some("über"));
        assert_eq!(nearest("OPENA.md", ["openai.md"]), Some("openai.md"));
        assert_eq!(nearest("a1", ["A2", "a2"]), Some("a2"));
        let long = "X".repeat(200);
        assert_eq!(
            nearest(&long, [long.to_lowercase().as_str()]),
            Some(long.to_lowercase().as_str())
        );
    }

    #[test]
    fn what_a_message_quotes_is_cut() {
        let message = format!("no article at `{}`", "é".repeat(1_000_000));
        let fault = Fault::without_place(Code::BrokenLink, message);
        assert!(fault.message.len() <= MESSAGE_BYTES + 4, "{}", fault.message.len());
        assert!(fault.message.starts_with("no article at `éé") && fault.message.ends_with("é`"));
        let kept = "x".repeat(MESSAGE_BYTES);
        assert_eq!(Fault::without_place(Code::BrokenLink, kept.as_str()).message, kept);
    }
}
