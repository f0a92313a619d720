//! The summary behind the last fault: the count of each code, faults with one cause, and what was
//! allowed. No line of it looks like a fault.

use std::collections::{BTreeMap, BTreeSet};

use crate::fault::{Cause, Code, Severity};
use crate::policy::Judged;
use crate::visible::visible;

/// Causes that are listed; the rest are counted.
const SHOWN_CAUSES: usize = 12;

/// Writes the summary, which is empty if there is nothing to say.
pub fn summary(judged: &Judged) -> String {
    let mut codes: BTreeMap<(Severity, Code), usize> = BTreeMap::new();
    let mut files = BTreeSet::new();
    for fault in &judged.reported {
        *codes.entry((fault.severity, fault.code)).or_default() += 1;
        files.extend(fault.place.as_ref().map(|place| place.file));
    }
    let count = |severity| {
        codes.iter().filter(|((of, _), _)| *of == severity).map(|(_, count)| count).sum::<usize>()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let mut lines = Vec::new();
    if errors + warnings > 0 {
        let files = plural(files.len(), "file");
        lines.push(format!("{} in {files}", errors_and_warnings(errors, warnings)));
    }
    if errors + warnings > 1 {
        let mut codes: Vec<_> = codes.into_iter().collect();
        codes.sort_by_key(|&((severity, code), count)| {
            (severity, std::cmp::Reverse(count), code.name())
        });
        for ((severity, code), count) in codes {
            let kind = match severity {
                Severity::Error => "",
                Severity::Warning => " (warning)",
            };
            lines.push(format!("{count:>7} {}{kind}", code.name()));
        }
    }
    lines.extend(repeated(judged));
    let listed = |counts: &[(Code, usize)]| {
        let counts: Vec<String> =
            counts.iter().map(|(code, count)| format!("{count} {}", code.name())).collect();
        counts.join(", ")
    };
    if !judged.allowed.is_empty() {
        lines.push(format!("left out, as allowed: {}", listed(&judged.allowed)));
    }
    if !judged.hidden.is_empty() {
        lines.push(format!("not shown, as allowed: {}", listed(&judged.hidden)));
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

/// Returns the causes of more than one fault, the most frequent first.
fn repeated(judged: &Judged) -> Vec<String> {
    let mut causes: BTreeMap<(Code, &str), (usize, Option<&str>)> = BTreeMap::new();
    for fault in &judged.reported {
        let Some(Cause { text, cure }) = &fault.cause else { continue };
        let (count, known) = causes.entry((fault.code, text)).or_default();
        *count += 1;
        *known = known.or(cure.as_deref());
    }
    // A single fault says itself what is wrong, but not what would mend many others like it.
    let mut causes: Vec<_> =
        causes.into_iter().filter(|(_, (count, cure))| *count > 1 || cure.is_some()).collect();
    causes.sort_by_key(|&((code, text), (count, _))| (std::cmp::Reverse(count), code, text));
    if causes.is_empty() {
        return Vec::new();
    }
    let mut lines = vec!["repeated:".to_owned()];
    for ((code, text), (count, cure)) in causes.iter().take(SHOWN_CAUSES) {
        let noun = match code {
            Code::BrokenLink | Code::BrokenAnchor | Code::UnsupportedLink => "link",
            Code::MissingImage | Code::UnsupportedImage => "image",
            _ => "time",
        };
        let cure = cure.map_or(String::new(), |cure| format!("; {cure}"));
        lines.push(format!("  {}: {}{}", visible(text), plural(*count, noun), visible(&cure)));
    }
    if causes.len() > SHOWN_CAUSES {
        lines.push(format!("  {} more", causes.len() - SHOWN_CAUSES));
    }
    lines
}

fn errors_and_warnings(errors: usize, warnings: usize) -> String {
    match (errors, warnings) {
        (errors, 0) => plural(errors, "error"),
        (0, warnings) => plural(warnings, "warning"),
        _ => format!("{} and {}", plural(errors, "error"), plural(warnings, "warning")),
    }
}

pub fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
