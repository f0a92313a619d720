//! A diagnostic as it is reported: with lines and columns instead of bytes.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::fault::{Fault, FileSpan, Severity};
use crate::line_index::{LineIndex, floor_char_boundary};
use crate::source::ContentFolder;
use crate::visible::visible;

/// A diagnostic: what is wrong with the content, where, and what would mend it.
///
/// Texts are as the content has them: control characters in a quotation are not escaped.
///
/// It serializes as an object of `code`, `severity`, `file`, `line`, `column`, `end` (`line` and
/// `column`), `message`, `suggestion`, `label`, `help` and `related` (objects of `file`, `line`,
/// `column`, `end` and `message`). What there is none of is null.
///
/// ```
/// use almanac_build::Severity;
///
/// let report = almanac_build::Builder::new("no such folder").run().report;
/// let [diagnostic] = &report.diagnostics[..] else { panic!("{}", report.text()) };
/// assert_eq!(diagnostic.code, "unreadable-file");
/// assert_eq!(diagnostic.severity, Severity::Error);
/// assert!(diagnostic.message.starts_with("the content folder can't be read"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The stable name of the kind of diagnostic, such as `broken-link`, which
    /// [`allow`](crate::Builder::allow) takes.
    pub code: &'static str,
    /// The severity, after allowed and denied codes have been applied.
    pub severity: Severity,
    /// Says what is wrong.
    pub message: String,
    /// The marked text; `None` if the diagnostic is about the settings or the whole folder.
    pub location: Option<Location>,
    /// The text that is likely meant in place of the marked one, where something near it exists.
    pub suggestion: Option<String>,
    /// A remark on the marked text.
    pub label: Option<String>,
    /// Says how to mend it, where that doesn't follow from the message.
    pub help: Option<String>,
    /// Other places that belong to the diagnostic, each with a remark.
    pub related: Vec<(Location, String)>,
}

impl Diagnostic {
    /// Returns the remark on the marked text: the label, else the suggestion as a question.
    pub(crate) fn remark(&self) -> String {
        match (&self.label, &self.suggestion) {
            (Some(label), _) => label.clone(),
            (None, Some(suggestion)) => format!("did you mean `{suggestion}`?"),
            (None, None) => String::new(),
        }
    }
}

/// A file of the content, and which part of it.
///
/// Prints as `file:line:column`, on a terminal too: what a terminal would act on is escaped.
///
/// ```
/// # let folder = std::env::temp_dir().join(format!("almanac-location-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// std::fs::write(folder.join("a.md"), "# A\n\n[B](b.md)\n")?;
/// let report = almanac_build::Builder::new(&folder).shown_as("docs").run().report;
/// let location = report.diagnostics[0].location.as_ref().unwrap();
/// assert_eq!(location.to_string(), "docs/a.md:3:5");
/// # std::fs::remove_dir_all(folder)?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Location {
    /// The path, beginning with that of the content folder as diagnostics show it; between its
    /// parts stands `/`. Diagnostics of one file share it.
    pub file: Arc<str>,
    /// The start of the part; `None` for a file that has no text or couldn't be read.
    pub start: Option<Position>,
    /// The end of the part: the position behind its last character. `None` like `start`.
    pub end: Option<Position>,
    /// The part in bytes, for what is shown of it.
    pub(crate) place: FileSpan,
}

/// A position in a text.
///
/// A line ends with `\n`, `\r\n` or a bare `\r`.
///
/// ```
/// # let folder = std::env::temp_dir().join(format!("almanac-position-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// std::fs::write(folder.join("a.md"), "# Ä\n\nÄ [B](b.md)\n")?;
/// let report = almanac_build::Builder::new(&folder).run().report;
/// let start = report.diagnostics[0].location.as_ref().unwrap().start.unwrap();
/// assert_eq!((start.line, start.column), (3, 7));
/// # std::fs::remove_dir_all(folder)?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Position {
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1, in characters (Unicode scalar values).
    pub column: usize,
}

impl fmt::Display for Location {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&visible(&self.file))?;
        match self.start {
            Some(Position { line, column }) => write!(formatter, ":{line}:{column}"),
            None => Ok(()),
        }
    }
}

impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Diagnostic", 11)?;
        object.serialize_field("code", self.code)?;
        object.serialize_field("severity", &self.severity)?;
        serialize_location(&mut object, self.location.as_ref())?;
        object.serialize_field("message", &self.message)?;
        object.serialize_field("suggestion", &self.suggestion)?;
        object.serialize_field("label", &self.label)?;
        object.serialize_field("help", &self.help)?;
        let related: Vec<Related<'_>> =
            self.related.iter().map(|(location, remark)| Related(location, remark)).collect();
        object.serialize_field("related", &related)?;
        object.end()
    }
}

/// A related place as an object.
struct Related<'a>(&'a Location, &'a str);

impl Serialize for Related<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Related", 5)?;
        serialize_location(&mut object, Some(self.0))?;
        object.serialize_field("message", self.1)?;
        object.end()
    }
}

/// Serializes `file`, `line`, `column` and `end`.
fn serialize_location<S: SerializeStruct>(
    object: &mut S,
    location: Option<&Location>,
) -> Result<(), S::Error> {
    let start = location.and_then(|location| location.start);
    object.serialize_field("file", &location.map(|location| &*location.file))?;
    object.serialize_field("line", &start.map(|start| start.line))?;
    object.serialize_field("column", &start.map(|start| start.column))?;
    object.serialize_field("end", &location.and_then(|location| location.end))
}

impl Serialize for Position {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Position", 2)?;
        object.serialize_field("line", &self.line)?;
        object.serialize_field("column", &self.column)?;
        object.end()
    }
}

impl Serialize for Severity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Finds lines and columns. Each file is searched for its lines once.
pub struct Locator<'s> {
    folder: &'s ContentFolder,
    files: HashMap<usize, (Arc<str>, LineIndex<'s>)>,
}

impl<'s> Locator<'s> {
    pub fn new(folder: &'s ContentFolder) -> Locator<'s> {
        Locator { folder, files: HashMap::new() }
    }

    /// Returns the text of a file; empty if it couldn't be read.
    pub fn text(&self, file: usize) -> &'s str {
        self.folder.files.get(file).map_or("", |file| file.text.as_str())
    }

    /// Returns the lines of a file.
    pub fn lines(&mut self, file: usize) -> &LineIndex<'s> {
        &self.file(file).1
    }

    fn file(&mut self, file: usize) -> &(Arc<str>, LineIndex<'s>) {
        let (folder, text) = (self.folder, self.text(file));
        self.files.entry(file).or_insert_with(|| {
            let path = match folder.files.get(file).map_or("", |file| file.path.as_str()) {
                "" => folder.root.as_str().into(),
                path => format!("{}/{path}", folder.root).into(),
            };
            (path, LineIndex::new(text))
        })
    }

    /// Returns a place as people and programs other than this one know it.
    pub fn locate(&mut self, place: FileSpan) -> Location {
        let text = self.text(place.file);
        let (path, lines) = self.file(place.file);
        let position = |offset| {
            let offset = floor_char_boundary(text, offset);
            Position { line: lines.line(offset) + 1, column: lines.column(offset) + 1 }
        };
        let span = (!text.is_empty())
            .then(|| (position(place.span.start), position(place.span.end.max(place.span.start))));
        let (start, end) = span.unzip();
        Location { file: Arc::clone(path), start, end, place }
    }

    /// Returns a fault as it is reported.
    pub fn diagnostic(&mut self, fault: Fault) -> Diagnostic {
        let related = fault.related.into_iter();
        Diagnostic {
            code: fault.code.name(),
            severity: fault.severity,
            message: fault.message,
            location: fault.place.map(|place| self.locate(place)),
            suggestion: fault.suggestion,
            label: Some(fault.label).filter(|label| !label.is_empty()),
            help: fault.help,
            related: related.map(|(place, remark)| (self.locate(place), remark)).collect(),
        }
    }
}
