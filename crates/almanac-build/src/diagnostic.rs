//! What is wrong, where, and what to do about it.

use std::ops::Range;

/// Does a fault fail the build?
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
}

/// Declares [`Code`] once: variant, stable name and usual severity of each.
macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident;)*) => {
        /// What kind of fault: the stable name in brackets, which `ALMANAC_ALLOW` takes too.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(clippy::enum_variant_names, reason = "`UnknownCode` is a code")]
        pub enum Code { $($variant),* }

        impl Code {
            pub const ALL: &[Code] = &[$(Code::$variant),*];

            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name),* }
            }

            /// `unknown-key` is the one code of which there are both: near a known key it is an error.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity),* }
            }
        }
    };
}

codes! {
    UnreadableFile "unreadable-file" Error;
    Mdx "mdx" Error;
    FrontMatterSyntax "front-matter-syntax" Error;
    UnknownKey "unknown-key" Warning;
    DuplicateKey "duplicate-key" Error;
    InvalidValue "invalid-value" Error;
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
    RawHtml "raw-html" Warning;
    UnclosedComment "unclosed-comment" Error;
    UnclosedCode "unclosed-code" Error;
    UnclosedAdmonition "unclosed-admonition" Error;
    UnopenedAdmonition "unopened-admonition" Error;
    UnknownAdmonition "unknown-admonition" Error;
    NestingTooDeep "nesting-too-deep" Error;
    InvalidDate "invalid-date" Error;
    EventOrder "event-order" Warning;
    UnknownCode "unknown-code" Error;
}

/// A span of a file: which one (by its number in the source) and which bytes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub file: usize,
    pub span: Range<usize>,
}

impl Place {
    pub fn new(file: usize, span: Range<usize>) -> Place {
        Place { file, span }
    }
}

/// One fault.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    pub code: Code,
    pub severity: Severity,
    pub message: String,
    /// `None` for a fault in the build's own settings.
    pub place: Option<Place>,
    /// What stands beside the marked span: how to mend it, if there is a near match.
    pub label: String,
    /// Other places that belong to the fault, each with its own remark.
    pub related: Vec<(Place, String)>,
    /// How to mend it, where that doesn't follow from the message.
    pub help: Option<String>,
}

impl Diagnostic {
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: code.severity(),
            message: message.into(),
            place: Some(place),
            label: String::new(),
            related: Vec::new(),
            help: None,
        }
    }

    /// A fault that stands in no file.
    pub fn without_place(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic { place: None, ..Diagnostic::new(code, Place::new(0, 0..0), message) }
    }

    pub fn label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = label.into();
        self
    }

    /// The label "did you mean …?", if there is something to suggest.
    pub fn did_you_mean(self, suggestion: Option<impl AsRef<str>>) -> Diagnostic {
        match suggestion {
            Some(suggestion) => self.label(format!("did you mean `{}`?", suggestion.as_ref())),
            None => self,
        }
    }

    pub fn related(mut self, place: Place, remark: impl Into<String>) -> Diagnostic {
        self.related.push((place, remark.into()));
        self
    }

    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    pub fn severity(mut self, severity: Severity) -> Diagnostic {
        self.severity = severity;
        self
    }
}

/// The candidate nearest to `name`, within a third of its length and never more than two edits away.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (name.chars().count() / 3).clamp(1, 2);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let Some(distance) = almanac_core::generated::edit_distance(name, candidate, limit) else { continue };
        if best.is_none_or(|known| (distance, candidate) < known) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// What the person who builds has asked for: `ALMANAC_ALLOW` and `ALMANAC_DENY_WARNINGS`.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    pub allow: Vec<Code>,
    pub deny_warnings: bool,
}

impl Policy {
    /// Reads the two settings; a code that doesn't exist is a fault of its own.
    pub fn new(allow: &str, deny_warnings: bool) -> (Policy, Vec<Diagnostic>) {
        let mut policy = Policy { allow: Vec::new(), deny_warnings };
        let mut diagnostics = Vec::new();
        for name in allow.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            match Code::ALL.iter().find(|code| code.name() == name) {
                Some(code) => policy.allow.push(*code),
                None => {
                    let mut message = format!("ALMANAC_ALLOW names `{name}`, which is no diagnostic");
                    if let Some(near) = nearest(name, Code::ALL.iter().map(|code| code.name())) {
                        message.push_str(&format!("; did you mean `{near}`?"));
                    }
                    diagnostics.push(Diagnostic::without_place(Code::UnknownCode, message));
                }
            }
        }
        (policy, diagnostics)
    }

    /// The same faults with the severity that was asked for. An allowed code stays a warning even when warnings are denied.
    pub fn apply(&self, diagnostics: &mut [Diagnostic]) {
        for diagnostic in diagnostics {
            if self.allow.contains(&diagnostic.code) {
                diagnostic.severity = Severity::Warning;
            } else if self.deny_warnings {
                diagnostic.severity = Severity::Error;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_means_a_third_of_the_length_and_at_most_two() {
        assert_eq!(nearest("sidebar_positon", ["sidebar_position", "slug"]), Some("sidebar_position"));
        assert_eq!(nearest("tgs", ["tags"]), Some("tags"));
        assert_eq!(nearest("ti", ["id"]), None);
        assert_eq!(nearest("colour", ["keywords"]), None);
    }

    #[test]
    fn an_unknown_code_is_a_fault_itself() {
        let (policy, faults) = Policy::new("broken-link, brokn-anchor,,nonsense-code", false);
        assert_eq!(policy.allow, [Code::BrokenLink]);
        assert_eq!(faults.len(), 2);
        assert!(faults[0].message.contains("did you mean `broken-anchor`?"));
    }

    #[test]
    fn allowed_codes_stay_warnings_when_warnings_are_denied() {
        let mut faults =
            [Diagnostic::new(Code::BrokenLink, Place::new(0, 0..0), ""), Diagnostic::new(Code::RawHtml, Place::new(0, 0..0), "")];
        let policy = Policy { allow: vec![Code::BrokenLink], deny_warnings: true };
        policy.apply(&mut faults);
        assert_eq!(faults.map(|fault| fault.severity), [Severity::Warning, Severity::Error]);
    }
}
