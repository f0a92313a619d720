//! The report that a person reads: errors by file and line, then warnings, then a summary, in the
//! layout that rustc's users know.

mod summary;
mod window;

use std::collections::{BTreeSet, HashMap};

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::diagnostic::{Code, Diagnostic, FileSpan, Severity};
use crate::policy::Judged;
use crate::source::ContentFolder;
use crate::visible::visible;
use window::Windows;

/// More warnings of one code in one file than this are only counted.
const SHOWN_WARNINGS: usize = 20;

/// Columns of the report; cargo puts the package in front of each line.
const WIDTH: usize = 100;

/// The rendered faults, and whether any of them fails the build.
#[derive(Debug, Default)]
pub struct Report {
    /// All errors, as a person reads them; empty without one.
    pub errors: String,
    /// All warnings, likewise.
    pub warnings: String,
    /// Counts by code, repeated causes, and what was allowed; empty if there is nothing to say.
    pub summary: String,
    /// Whether there is an error: nothing was generated.
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
pub fn render(folder: &ContentFolder, judged: &Judged, color: bool) -> Report {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut writer = Writer {
        folder,
        windows: Windows::new(folder),
        renderer: renderer.term_width(WIDTH),
        known_keys: unknown_keys(&judged.reported),
    };
    let (mut errors, mut warnings): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        judged.reported.iter().partition(|fault| fault.severity == Severity::Error);
    errors.sort_by(|a, b| order(a).cmp(&order(b)));
    warnings.sort_by(|a, b| order(a).cmp(&order(b)));
    let mut report = Report { failed: !errors.is_empty(), ..Report::default() };
    for fault in errors {
        writer.write(fault, &mut report.errors);
    }
    for of_file in warnings.chunk_by(|a, b| file(a) == file(b)) {
        writer.warnings(of_file, &mut report.warnings);
    }
    report.summary = summary::summary(judged);
    report
}

fn file(fault: &Diagnostic) -> Option<usize> {
    fault.place.as_ref().map(|place| place.file)
}

fn order(fault: &Diagnostic) -> impl Ord + use<'_> {
    let place = fault.place.as_ref().map(|place| (place.file, place.span.start, place.span.end));
    (place, fault.code, fault.message.as_str())
}

/// Returns the files that have each unknown key, if it is a warning: such a key is mostly one of
/// another program and stands in thousands of files, so it is shown once.
fn unknown_keys(faults: &[Diagnostic]) -> HashMap<&str, BTreeSet<usize>> {
    let mut keys: HashMap<&str, BTreeSet<usize>> = HashMap::new();
    for fault in faults.iter().filter(|fault| is_foreign_key(fault)) {
        keys.entry(&fault.message).or_default().extend(file(fault));
    }
    keys
}

fn is_foreign_key(fault: &Diagnostic) -> bool {
    fault.code == Code::UnknownKey && fault.code.severity() == fault.severity
}

/// Returns the path of a file as diagnostics show it.
pub fn path(folder: &ContentFolder, file: usize) -> String {
    let file = folder.files.get(file).map_or("", |file| file.path.as_str());
    let path = match file {
        "" => folder.root.clone(),
        file => format!("{}/{file}", folder.root),
    };
    visible(&path).into_owned()
}

/// Writes faults one after the other.
struct Writer<'a> {
    folder: &'a ContentFolder,
    windows: Windows<'a>,
    renderer: Renderer,
    /// Unknown keys that have not been shown yet, with their files.
    known_keys: HashMap<&'a str, BTreeSet<usize>>,
}

impl<'a> Writer<'a> {
    /// Writes the warnings of a file: of each code the first ones, then how many more there are.
    fn warnings(&mut self, faults: &[&'a Diagnostic], out: &mut String) {
        let mut counts: Vec<(Code, usize)> = Vec::new();
        for fault in faults {
            if is_foreign_key(fault) && !self.known_keys.contains_key(fault.message.as_str()) {
                continue;
            }
            let at = counts.iter().position(|(code, _)| *code == fault.code);
            let at = at.unwrap_or_else(|| {
                counts.push((fault.code, 0));
                counts.len() - 1
            });
            counts[at].1 += 1;
            if counts[at].1 <= SHOWN_WARNINGS {
                self.write(fault, out);
            }
        }
        counts.sort_unstable();
        let place = faults.first().and_then(|fault| file(fault));
        let place = place.map_or(String::new(), |file| format!(" in {}", path(self.folder, file)));
        for (code, count) in counts.into_iter().filter(|(_, count)| *count > SHOWN_WARNINGS) {
            let more = count - SHOWN_WARNINGS;
            out.push_str(&format!("warning[{}]: {more} more{place}\n\n", code.name()));
        }
    }

    fn write(&mut self, fault: &'a Diagnostic, out: &mut String) {
        let level = match fault.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut group =
            Group::with_title(level.primary_title(visible(&fault.message)).id(fault.code.name()));
        if let Some(place) = &fault.place {
            group = self.with_place(group, place, &fault.label, AnnotationKind::Primary);
        }
        for (place, remark) in &fault.related {
            group = self.with_place(group, place, remark, AnnotationKind::Context);
        }
        if let Some(help) = &fault.help {
            group = group.element(Level::HELP.message(visible(help)));
        }
        let files = match is_foreign_key(fault) {
            true => self.known_keys.remove(fault.message.as_str()).unwrap_or_default(),
            false => BTreeSet::new(),
        };
        if files.len() > 1 {
            let others = summary::plural(files.len() - 1, "other file");
            let note = format!("the same key stands in {others}, where it is not shown");
            group = group.element(Level::NOTE.message(note));
        }
        out.push_str(&self.renderer.render(&[group]));
        out.push_str("\n\n");
    }

    fn with_place(
        &mut self,
        group: Group<'a>,
        place: &FileSpan,
        label: &'a str,
        kind: AnnotationKind,
    ) -> Group<'a> {
        let path = path(self.folder, place.file);
        let Some(window) = self.windows.window(place) else {
            return group.element(Origin::path(path));
        };
        let annotation: Annotation<'_> = kind.span(window.span);
        let annotation = match label {
            "" => annotation,
            label => annotation.label(visible(label)),
        };
        let snippet = Snippet::source(window.text).line_start(window.line).fold(true);
        let snippet = snippet.annotation(annotation);
        match window.column {
            None => group.element(snippet.path(path)),
            // The renderer can't count what it isn't shown.
            Some(column) => group
                .element(Origin::path(path).line(window.line).char_column(column))
                .element(snippet),
        }
    }
}

#[cfg(test)]
mod tests;
