//! The report that a person reads: all faults by file and line, in the layout that rustc's users know.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::diagnostic::{Code, Diagnostic, Place, Severity};
use super::source::Source;

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
    /// Whether there is an error: nothing was generated.
    pub failed: bool,
}

/// Sorts the faults by file and place and renders them. `color` writes terminal escapes, which cargo removes where there
/// is no terminal. Errors and warnings apart, since cargo takes them apart.
pub fn render(source: &Source, diagnostics: &[Diagnostic], color: bool) -> Report {
    let mut locator = Locator { source, files: HashMap::new() };
    let renderer = if color { Renderer::styled() } else { Renderer::plain() }.term_width(WIDTH);
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|fault| {
        let place = fault.place.as_ref().map(|place| (place.file, place.span.start, place.span.end));
        (place, fault.code, fault.message.clone())
    });
    let mut report = Report::default();
    let mut shown: BTreeMap<(Option<usize>, Code), usize> = BTreeMap::new();
    let (mut errors, mut warnings) = (0, 0);
    let files: std::collections::BTreeSet<usize> = sorted.iter().filter_map(|fault| Some(fault.place.as_ref()?.file)).collect();
    for (index, fault) in sorted.iter().enumerate() {
        let file = fault.place.as_ref().map(|place| place.file);
        match fault.severity {
            Severity::Error => {
                errors += 1;
                report.errors.push_str(&one(&mut locator, fault, &renderer));
                report.errors.push_str("\n\n");
            }
            Severity::Warning => {
                warnings += 1;
                let count = shown.entry((file, fault.code)).or_default();
                *count += 1;
                if *count <= SHOWN_WARNINGS {
                    report.warnings.push_str(&one(&mut locator, fault, &renderer));
                    report.warnings.push_str("\n\n");
                }
            }
        }
        // After the last fault of a file: what was not shown.
        let next = sorted.get(index + 1).map(|next| next.place.as_ref().map(|place| place.file));
        if next != Some(file) {
            for (&(_, code), &count) in shown.range((file, Code::ALL[0])..).take_while(|((of, _), _)| *of == file) {
                if count > SHOWN_WARNINGS {
                    let place = file.map_or(String::new(), |file| format!(" in {}", path(source, file)));
                    report.warnings.push_str(&format!("warning[{}]: {} more{place}\n\n", code.name(), count - SHOWN_WARNINGS));
                }
            }
        }
    }
    let total = format!("{} in {}\n", counted(errors, warnings), plural(files.len(), "file"));
    if errors > 0 {
        report.errors.push_str(&total);
    } else if warnings > 0 {
        report.warnings.push_str(&total);
    }
    report.failed = errors > 0;
    report
}

fn counted(errors: usize, warnings: usize) -> String {
    match (errors, warnings) {
        (errors, 0) => plural(errors, "error"),
        (0, warnings) => plural(warnings, "warning"),
        (errors, warnings) => format!("{} and {}", plural(errors, "error"), plural(warnings, "warning")),
    }
}

fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// The path of a file as diagnostics show it; control characters are escaped, so that it stays on its line.
fn path(source: &Source, file: usize) -> String {
    let file = source.files.get(file).map_or("", |file| file.path.as_str());
    let path = if file.is_empty() { source.root.clone() } else { format!("{}/{file}", source.root) };
    path.chars()
        .map(|character| if character.is_control() { character.escape_default().to_string() } else { character.to_string() })
        .collect()
}

fn one<'a>(locator: &mut Locator<'a>, fault: &'a Diagnostic, renderer: &Renderer) -> String {
    let level = match fault.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(fault.message.as_str()).id(fault.code.name());
    let mut group = Group::with_title(title);
    if let Some(place) = &fault.place {
        group = with_place(group, locator, place, &fault.label, AnnotationKind::Primary);
    }
    for (place, remark) in &fault.related {
        group = with_place(group, locator, place, remark, AnnotationKind::Context);
    }
    if let Some(help) = &fault.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}

fn with_place<'a>(group: Group<'a>, locator: &mut Locator<'a>, place: &Place, label: &'a str, kind: AnnotationKind) -> Group<'a> {
    let path = path(locator.source, place.file);
    let Some(window) = locator.window(place) else { return group.element(Origin::path(path)) };
    let annotation: Annotation<'_> = kind.span(window.span);
    let annotation = if label.is_empty() { annotation } else { annotation.label(label) };
    let snippet = Snippet::source(window.text).line_start(window.line).fold(true).annotation(annotation);
    match window.column {
        None => group.element(snippet.path(path)),
        // The renderer can't count what it isn't shown.
        Some(column) => group.element(Origin::path(path).line(window.line).char_column(column)).element(snippet),
    }
}

/// Longer lines are cut to this many bytes around the span.
const LONGEST_LINE: usize = 1000;

/// What the report shows of a file.
struct Window<'t> {
    /// The number of its first line, from 1.
    line: usize,
    text: Cow<'t, str>,
    /// The marked span inside it.
    span: Range<usize>,
    /// The column of the span in the file, where the line is cut.
    column: Option<usize>,
}

/// Finds lines and columns. Places are asked for in order, so each file is walked once.
struct Locator<'s> {
    source: &'s Source,
    files: HashMap<usize, Lines>,
}

/// Where the lines of a file begin, and the last column that was counted: the start of its line, its byte, the column.
type Lines = (Vec<usize>, (usize, usize, usize));

impl<'s> Locator<'s> {
    /// The lines that a place touches, three at most; `None` for a file without text.
    fn window(&mut self, place: &Place) -> Option<Window<'s>> {
        let text = self.source.files.get(place.file).map(|file| file.text.as_str()).filter(|text| !text.is_empty())?;
        let (lines, last) = self
            .files
            .entry(place.file)
            .or_insert_with(|| (std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect(), (0, 0, 1)));
        let start = floor(text, place.span.start);
        let line = lines.partition_point(|begin| *begin <= start) - 1;
        let begin = lines[line];
        let last_line = lines.partition_point(|begin| *begin < place.span.end).clamp(line + 1, line + 3);
        let end = lines.get(last_line).copied().unwrap_or(text.len());
        let shown = text[begin..end].trim_end_matches(['\n', '\r']);
        let from = (start - begin).min(shown.len());
        let until = floor(text, place.span.end.max(start)).saturating_sub(begin).clamp(from, shown.len());
        if shown.len() <= LONGEST_LINE {
            return Some(Window { line: line + 1, text: shown.into(), span: from..until, column: None });
        }
        let (counted_line, counted_at, counted) = if last.0 == begin && last.1 <= start { *last } else { (begin, begin, 1) };
        let column = counted + text[counted_at..start.min(begin + shown.len())].chars().count();
        *last = (counted_line, start.min(begin + shown.len()), column);
        // Only the line of the span's start, with dots where it is cut.
        let shown = shown.lines().next().unwrap_or("");
        let (from, until) = (from.min(shown.len()), until.min(shown.len()));
        let cut_from = floor(shown, from.saturating_sub(LONGEST_LINE / 4));
        let cut_until = floor(shown, (cut_from + LONGEST_LINE).min(shown.len()));
        let before = if cut_from > 0 { "..." } else { "" };
        let behind = if cut_until < shown.len() { "..." } else { "" };
        let inside = |at: usize| at.min(cut_until) - cut_from + before.len();
        let span = inside(from)..inside(until);
        Some(Window { line: line + 1, text: format!("{before}{}{behind}", &shown[cut_from..cut_until]).into(), span, column: Some(column) })
    }
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_layout_is_the_one_of_rustc() {
        let text = "---\ntitle: Huawei\n---\n\nSee [OpenAI](./opena.md) for more.\n";
        let (source, _) = Source::from_files([("companies/huawei.md", text)]);
        let at = text.find("./opena.md").unwrap();
        let fault =
            Diagnostic::new(Code::BrokenLink, Place::new(0, at..at + 10), "no article at `./opena.md`").did_you_mean(Some("./openai.md"));
        let report = render(&source, &[fault], false);
        assert!(report.failed);
        insta::assert_snapshot!(report.errors, @r"
        error[broken-link]: no article at `./opena.md`
         --> content/companies/huawei.md:5:14
          |
        5 | See [OpenAI](./opena.md) for more.
          |              ^^^^^^^^^^ did you mean `./openai.md`?

        1 error in 1 file
        ");
    }

    #[test]
    fn warnings_beyond_twenty_are_counted() {
        let text = "x".repeat(100);
        let (source, _) = Source::from_files([("a.md", text.as_str()), ("b.md", text.as_str())]);
        let faults: Vec<Diagnostic> = (0..50).map(|at| Diagnostic::new(Code::RawHtml, Place::new(at % 2, at..at + 1), "raw")).collect();
        let report = render(&source, &faults, false);
        assert!(!report.failed);
        assert_eq!(report.warnings.matches("warning[raw-html]: raw").count(), 40);
        assert!(report.warnings.contains("warning[raw-html]: 5 more in content/a.md"));
        assert!(report.warnings.ends_with("50 warnings in 2 files\n"));
    }

    #[test]
    fn long_lines_are_cut_around_the_span() {
        let text = format!("# A\n\n{}[x](./none.md){}\n", "wörd ".repeat(1000), " word".repeat(1000));
        let (source, _) = Source::from_files([("a.md", text.as_str())]);
        let at = text.find("./none").unwrap();
        let fault = Diagnostic::new(Code::BrokenLink, Place::new(0, at..at + 9), "no article").label("here");
        let said = render(&source, &[fault], false).errors;
        assert!(said.contains("content/a.md:3:5005") && said.contains("^^^^^^^^^ here") && said.len() < 600, "{said}");
    }

    #[test]
    fn spans_at_odd_places_do_not_panic() {
        let text = "añb\r\n\r\nc";
        let (source, _) = Source::from_files([("a\nb.md", text)]);
        for start in 0..12 {
            for end in 0..12 {
                let fault = Diagnostic::new(Code::RawHtml, Place::new(0, start..end), "x");
                assert!(render(&source, &[fault], false).warnings.contains("content/a\\nb.md"));
            }
        }
    }
}
