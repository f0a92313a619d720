//! Directives of a build script to cargo.

use std::path::Path;

use crate::report::Report;
use crate::visible::visible;

/// Returns an error as a directive. A line break in it would begin another one.
pub fn error(message: &str) -> String {
    format!("cargo::error={}", visible(message))
}

/// Returns the directive that makes cargo build again when something in the folder changes.
pub fn rerun(folder: &Path) -> Result<String, String> {
    let shown = folder.display().to_string();
    match shown.contains(char::is_control) {
        true => Err(format!("the path of the content folder holds a control character: `{shown}`")),
        false => Ok(format!("cargo::rerun-if-changed={shown}")),
    }
}

/// Returns a report as directives, one a line: cargo shows them as they are, in this order, fails
/// the build for errors, and asks again the next time.
pub fn report(report: &Report) -> Vec<String> {
    let error = |line: &str| format!("cargo::error={line}");
    let warning = |line: &str| format!("cargo::warning={line}");
    let mut directives: Vec<String> = report.errors.lines().map(error).collect();
    directives.extend(report.warnings.lines().map(warning));
    match report.failed {
        true => directives.extend(report.summary.lines().map(error)),
        false => directives.extend(report.summary.lines().map(warning)),
    }
    directives
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_becomes_a_directive() {
        let content = "content\ncargo::rustc-env=X=1";
        let message = rerun(Path::new(content)).unwrap_err();
        let shown = "cargo::error=the path of the content folder holds a control character: \
                     `content\\ncargo::rustc-env=X=1`";
        assert_eq!(error(&message), shown);
        assert_eq!(rerun(Path::new("a b")).unwrap(), "cargo::rerun-if-changed=a b");
    }

    #[test]
    fn a_report_is_errors_then_warnings_then_the_summary() {
        let mut given = Report {
            errors: "error[x]: e\n\n".into(),
            warnings: "warning[y]: w\n".into(),
            summary: "1 error and 1 warning\n".into(),
            failed: true,
            ..Report::default()
        };
        let expected = [
            "cargo::error=error[x]: e",
            "cargo::error=",
            "cargo::warning=warning[y]: w",
            "cargo::error=1 error and 1 warning",
        ];
        assert_eq!(report(&given), expected);
        given.failed = false;
        assert_eq!(report(&given)[3], "cargo::warning=1 error and 1 warning");
    }
}
