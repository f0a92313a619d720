//! The report as text, in the layout that rustc's users know.

use std::collections::{BTreeSet, HashMap};

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::diagnostic::{Diagnostic, Location, Locator, Position};
use super::summary;
use super::window::window;
use crate::fault::{Code, Severity};
use crate::visible::visible;

/// More warnings of one code in one file than this are only counted.
const SHOWN_WARNINGS: usize = 20;

/// Columns of the report; cargo puts the package in front of each line.
const WIDTH: usize = 100;

/// Renders errors and warnings.
pub fn render(
    locator: Locator<'_>,
    errors: &[Diagnostic],
    warnings: &[Diagnostic],
    color: bool,
) -> (String, String) {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut writer = Writer {
        locator,
        renderer: renderer.term_width(WIDTH),
        known_keys: unknown_keys(warnings),
    };
    let (mut shown_errors, mut shown_warnings) = (String::new(), String::new());
    for diagnostic in errors {
        writer.write(diagnostic, &mut shown_errors);
    }
    for of_file in warnings.chunk_by(|a, b| file(a) == file(b)) {
        writer.warnings(of_file, &mut shown_warnings);
    }
    (shown_errors, shown_warnings)
}

fn file(diagnostic: &Diagnostic) -> Option<usize> {
    diagnostic.location.as_ref().map(|location| location.place.file)
}

/// Returns the files that have each unknown key, if it is a warning: such a key is mostly one of
/// another program and stands in thousands of files, so it is shown once.
fn unknown_keys(warnings: &[Diagnostic]) -> HashMap<&str, BTreeSet<usize>> {
    let mut keys: HashMap<&str, BTreeSet<usize>> = HashMap::new();
    for diagnostic in warnings.iter().filter(|diagnostic| is_foreign_key(diagnostic)) {
        keys.entry(&diagnostic.message).or_default().extend(file(diagnostic));
    }
    keys
}

fn is_foreign_key(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Warning && diagnostic.code == Code::UnknownKey.name()
}

/// Writes diagnostics one after the other.
struct Writer<'a> {
    locator: Locator<'a>,
    renderer: Renderer,
    /// Unknown keys that have not been shown yet, with their files.
    known_keys: HashMap<&'a str, BTreeSet<usize>>,
}

impl<'a> Writer<'a> {
    /// Writes the warnings of a file: of each code the first ones, then how many more there are.
    fn warnings(&mut self, diagnostics: &'a [Diagnostic], out: &mut String) {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for diagnostic in diagnostics {
            let key = diagnostic.message.as_str();
            if is_foreign_key(diagnostic) && !self.known_keys.contains_key(key) {
                continue;
            }
            let index = counts.iter().position(|(code, _)| *code == diagnostic.code);
            let index = index.unwrap_or_else(|| {
                counts.push((diagnostic.code, 0));
                counts.len() - 1
            });
            counts[index].1 += 1;
            if counts[index].1 <= SHOWN_WARNINGS {
                self.write(diagnostic, out);
            }
        }
        counts.sort_unstable();
        let location = diagnostics.first().and_then(|diagnostic| diagnostic.location.as_ref());
        let place = location.map(|location| format!(" in {}", visible(&location.file)));
        let place = place.unwrap_or_default();
        for (code, count) in counts.into_iter().filter(|(_, count)| *count > SHOWN_WARNINGS) {
            let more = count - SHOWN_WARNINGS;
            out.push_str(&format!("warning[{code}]: {more} more{place}\n\n"));
        }
    }

    fn write(&mut self, diagnostic: &'a Diagnostic, out: &mut String) {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(visible(&diagnostic.message)).id(diagnostic.code);
        let mut group = Group::with_title(title);
        if let Some(location) = &diagnostic.location {
            let kind = AnnotationKind::Primary;
            group = self.with_location(group, location, &diagnostic.remark(), kind);
        }
        for (location, remark) in &diagnostic.related {
            group = self.with_location(group, location, remark, AnnotationKind::Context);
        }
        if let Some(help) = &diagnostic.help {
            group = group.element(Level::HELP.message(visible(help)));
        }
        let files = match is_foreign_key(diagnostic) {
            true => self.known_keys.remove(diagnostic.message.as_str()).unwrap_or_default(),
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

    fn with_location(
        &mut self,
        group: Group<'a>,
        location: &'a Location,
        remark: &str,
        kind: AnnotationKind,
    ) -> Group<'a> {
        let path = visible(&location.file);
        let Some(Position { line, column }) = location.start else {
            return group.element(Origin::path(path));
        };
        let window = window(&mut self.locator, &location.place);
        let annotation: Annotation<'_> = kind.span(window.span);
        let annotation = match remark {
            "" => annotation,
            remark => annotation.label(visible(remark).into_owned()),
        };
        let snippet = Snippet::source(window.text).line_start(line).fold(true);
        let snippet = snippet.annotation(annotation);
        match window.is_cut {
            false => group.element(snippet.path(path)),
            true => {
                group.element(Origin::path(path).line(line).char_column(column)).element(snippet)
            }
        }
    }
}
