//! The report that a person reads: errors by file and line, then warnings, then a summary, in the
//! layout that rustc's users know.

mod diagnostic;
mod summary;
mod text;
mod window;

pub use diagnostic::{Diagnostic, Location, Locator, Position};

use crate::fault::{Fault, Severity};
use crate::policy::Judged;
use crate::source::ContentFolder;

/// Everything that is wrong with the content: as values, and as a person reads it.
///
/// ```
/// let report = almanac_build::Builder::new("no such folder").run().report;
/// assert!(report.failed && report.diagnostics.len() == 1);
/// assert!(report.errors.starts_with("error[unreadable-file]: "));
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Report {
    /// All errors by file and place, then all warnings likewise.
    pub diagnostics: Vec<Diagnostic>,
    /// All errors, as a person reads them; empty without one.
    pub errors: String,
    /// The warnings, likewise: many of one kind are only counted.
    pub warnings: String,
    /// Counts by code, repeated causes, and what was allowed; empty if there is nothing to say.
    pub summary: String,
    /// Tells that there is an error: nothing was generated.
    pub failed: bool,
}

impl Report {
    /// Returns the whole report, as it is to be read.
    ///
    /// ```
    /// let report = almanac_build::Builder::new("no such folder").run().report;
    /// assert!(report.text().ends_with("1 error in 1 file\n"));
    /// ```
    #[must_use]
    pub fn text(&self) -> String {
        [self.errors.as_str(), &self.warnings, &self.summary].concat()
    }
}

/// Sorts the faults by file and place and renders them. `color` writes terminal escapes, which
/// cargo removes where there is no terminal. Errors and warnings apart, since cargo takes them
/// apart.
pub fn report(folder: &ContentFolder, mut judged: Judged, color: bool) -> Report {
    let summary = summary::summary(&judged);
    judged.reported.sort_by(|a, b| order(a).cmp(&order(b)));
    let mut locator = Locator::new(folder);
    let diagnostics: Vec<Diagnostic> =
        judged.reported.into_iter().map(|fault| locator.diagnostic(fault)).collect();
    let is_error = |diagnostic: &Diagnostic| diagnostic.severity == Severity::Error;
    let (errors, warnings) = diagnostics.split_at(diagnostics.partition_point(is_error));
    let failed = !errors.is_empty();
    let (errors, warnings) = text::render(locator, errors, warnings, color);
    Report { errors, warnings, summary, failed, diagnostics }
}

fn order(fault: &Fault) -> impl Ord + use<'_> {
    let place = fault.place.as_ref().map(|place| (place.file, place.span.start, place.span.end));
    (fault.severity, place, fault.code, fault.message.as_str())
}

#[cfg(test)]
mod tests;
