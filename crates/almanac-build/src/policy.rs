//! The policy of the person who builds: what is allowed, and whether warnings are errors.

use crate::fault::{Code, Fault, Severity, nearest};

/// Names that stand for many codes.
const GROUPS: [&str; 2] = ["all", "migration"];

/// The codes of the group `migration`: what a folder may hold that Docusaurus builds. Broken
/// files, unsafe addresses and limits aren't among them.
const MIGRATION: &[Code] = &[
    Code::IgnoredFile,
    Code::Mdx,
    Code::UnknownKey,
    Code::MissingTitle,
    Code::DuplicatePermalink,
    Code::DuplicateAnchor,
    Code::DuplicateDefinition,
    Code::IdentifierCollision,
    Code::InvalidIdentifier,
    Code::BrokenLink,
    Code::BrokenAnchor,
    Code::BrokenReference,
    Code::MissingImage,
    Code::InvalidImage,
    Code::UnusedDefinition,
    Code::InvalidUrl,
    Code::UnsupportedLink,
    Code::UnsupportedImage,
    Code::InsecureUrl,
    Code::MissingAltText,
    Code::PositionTie,
    Code::EmptySection,
    Code::EmptyArticle,
    Code::BareCarriageReturn,
    Code::RawHtml,
    Code::WikiLink,
    Code::ExcessCell,
    Code::InvalidFormula,
    Code::UnclosedComment,
    Code::UnclosedCode,
    Code::UnclosedAdmonition,
    Code::UnopenedAdmonition,
    Code::UnknownAdmonition,
    Code::EventOrder,
];

/// The codes that are allowed, and whether the other warnings fail the build.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    allow: Vec<Code>,
    deny_warnings: bool,
}

/// The faults after a policy has been applied to them.
#[derive(Debug, Default)]
pub struct Judged {
    /// Those that are reported.
    pub reported: Vec<Fault>,
    /// Errors of allowed codes, which are reported as warnings: how many of each code.
    pub allowed: Vec<(Code, usize)>,
    /// Warnings of allowed codes, which aren't reported.
    pub hidden: Vec<(Code, usize)>,
}

impl Judged {
    /// Returns `true` if there is an error.
    pub fn failed(&self) -> bool {
        self.reported.iter().any(|fault| fault.severity == Severity::Error)
    }
}

impl Policy {
    /// Reads the two settings; a code that doesn't exist is a fault of its own.
    pub fn new(allow: &str, deny_warnings: bool) -> (Policy, Vec<Fault>) {
        let mut policy = Policy { allow: Vec::new(), deny_warnings };
        let mut faults = Vec::new();
        for name in allow.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            match name {
                "all" => policy.allow.extend(Code::ALL),
                "migration" => policy.allow.extend(MIGRATION),
                _ => match Code::ALL.iter().find(|code| code.name() == name) {
                    Some(code) => policy.allow.push(*code),
                    None => faults.push(unknown_code(name)),
                },
            }
        }
        // A mistake in the settings is none of the content.
        policy.allow.retain(|code| *code != Code::UnknownCode);
        policy.allow.sort_unstable();
        policy.allow.dedup();
        (policy, faults)
    }

    /// Gives each fault the severity that was asked for: of an allowed code, an error becomes a
    /// warning, and a warning isn't reported. Both stay so when warnings are denied.
    pub fn apply(&self, faults: Vec<Fault>) -> Judged {
        let mut judged = Judged::default();
        for mut fault in faults {
            if self.allow.binary_search(&fault.code).is_ok() {
                if fault.severity == Severity::Warning {
                    count(&mut judged.hidden, fault.code);
                    continue;
                }
                count(&mut judged.allowed, fault.code);
                fault.severity = Severity::Warning;
            } else if self.deny_warnings {
                fault.severity = Severity::Error;
            }
            judged.reported.push(fault);
        }
        judged.allowed.sort_unstable();
        judged.hidden.sort_unstable();
        judged
    }
}

fn count(counts: &mut Vec<(Code, usize)>, code: Code) {
    match counts.iter_mut().find(|(known, _)| *known == code) {
        Some((_, count)) => *count += 1,
        None => counts.push((code, 1)),
    }
}

fn unknown_code(name: &str) -> Fault {
    let known = GROUPS.into_iter().chain(Code::ALL.iter().map(|code| code.name()));
    let near = nearest(name, known);
    let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
    let message = format!("no diagnostic has the code `{name}`, which is allowed{hint}");
    Fault::without_place(Code::UnknownCode, message).did_you_mean(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_code_is_a_fault_itself() {
        let (policy, faults) = Policy::new("broken-link, brokn-anchor,,nonsense-code,al", false);
        assert_eq!(policy.allow, [Code::BrokenLink]);
        assert_eq!(faults.len(), 3);
        assert!(faults[0].message.contains("did you mean `broken-anchor`?"));
        assert!(!faults[1].message.contains("did you mean"));
        assert!(faults[2].message.contains("did you mean `all`?"));
    }

    #[test]
    fn allowed_errors_are_warnings_and_allowed_warnings_are_hidden() {
        let fault = |code| Fault::without_place(code, "");
        let faults = vec![
            fault(Code::BrokenLink),
            fault(Code::RawHtml),
            fault(Code::BrokenLink),
            fault(Code::InsecureUrl),
            fault(Code::UnknownKey).severity(Severity::Error),
            fault(Code::UnknownKey),
        ];
        let (policy, _) = Policy::new("broken-link,insecure-url,unknown-key", true);
        let judged = policy.apply(faults);
        let reported: Vec<_> =
            judged.reported.iter().map(|fault| (fault.code, fault.severity)).collect();
        assert_eq!(
            reported,
            [
                (Code::BrokenLink, Severity::Warning),
                (Code::RawHtml, Severity::Error),
                (Code::BrokenLink, Severity::Warning),
                (Code::UnknownKey, Severity::Warning),
            ]
        );
        assert_eq!(judged.allowed, [(Code::UnknownKey, 1), (Code::BrokenLink, 2)]);
        assert_eq!(judged.hidden, [(Code::UnknownKey, 1), (Code::InsecureUrl, 1)]);
    }

    #[test]
    fn groups_stand_for_many_codes() {
        let (all, faults) = Policy::new("all,unknown-code", false);
        assert!(faults.is_empty());
        assert_eq!(all.allow.len(), Code::ALL.len() - 1, "all but mistakes in the settings");
        let (migration, _) = Policy::new("migration,broken-link", false);
        assert_eq!(migration.allow.len(), MIGRATION.len());
        // The codes that it is not for: a new code stands in one of the two lists.
        let others = [
            Code::UnreadableFile,
            Code::NoArticles,
            Code::FrontMatterSyntax,
            Code::DuplicateKey,
            Code::InvalidValue,
            Code::TooLong,
            Code::TooLarge,
            Code::DuplicateId,
            Code::UnsafeUrl,
            Code::NestingTooDeep,
            Code::InvalidDate,
            Code::SimilarEvent,
            Code::ReviewOrder,
            Code::InvalidHappening,
            Code::HappeningDate,
            Code::SimilarHappening,
            Code::SimilarHeading,
            Code::UnknownColumn,
            Code::MissingColumn,
            Code::DuplicateRecord,
            Code::UnknownRecord,
            Code::UnearnedQuestion,
            Code::UnknownCode,
        ];
        for code in Code::ALL {
            let listed = [MIGRATION.contains(code), others.contains(code)];
            assert!(listed[0] != listed[1], "{} is in {listed:?}", code.name());
        }
    }
}
