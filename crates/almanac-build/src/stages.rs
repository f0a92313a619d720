//! The content folder → generated code, stage by stage: source → front matter and Markdown →
//! resolve → emit. Each stage takes a value and returns a value and what is wrong with it. Only
//! `source` reads.

use std::path::Path;

use crate::candidates::{self, Candidate};
use crate::emit::File as Generated;
use crate::fault::{Code, Fault, FileSpan, Severity};
use crate::footprint::footprint;
use crate::policy::Policy;
use crate::report::Report;
use crate::resolve::{Almanac, Parsed, ParsedCategory};
use crate::schema::{self, Schema};
use crate::source::{ContentFolder, File, FileKind};
use crate::{assets, emit, excerpt, front_matter, limits, markdown, report, resolve};

/// The result of a compilation: the generated files, unless something is wrong, and what is wrong.
///
/// ```
/// let compiled = almanac_build::Builder::new("no such folder").run();
/// assert!(compiled.files.is_empty() && compiled.candidates.is_empty());
/// assert_eq!(compiled.report.diagnostics[0].code, "unreadable-file");
/// ```
pub struct Compiled {
    /// Names, relative to the folder of the almanac, and contents; none after an error.
    pub files: Vec<Generated>,
    /// Everything that is wrong with the content.
    pub report: Report,
    /// Events that may tell one happening, for the author to decide.
    pub candidates: Vec<Candidate>,
}

/// Settings of a compilation.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    /// The path under which the site shows the articles, such as `/docs`: it is taken off the
    /// links that begin with it.
    pub base: String,
    /// Codes and groups of codes that are allowed, separated by commas: their errors are warnings,
    /// their warnings aren't shown.
    pub allow: String,
    /// `true` if warnings are errors.
    pub deny_warnings: bool,
    /// Render the report with terminal colours.
    pub color: bool,
    /// Write a full-text index.
    pub search_index: bool,
    /// Report questions that don't find their article without themselves.
    #[cfg(feature = "search")]
    pub check_questions: bool,
}

/// Compiles a content folder. `root` names it in diagnostics, `folder` is where it is.
pub(crate) fn compile_folder(root: &str, folder: &Path, settings: &Settings) -> Compiled {
    compile(ContentFolder::read(root, folder), settings)
}

/// Compiles a content folder that has been read, with what was wrong with reading it.
pub(crate) fn compile(read: (ContentFolder, Vec<Fault>), settings: &Settings) -> Compiled {
    compile_within(Room::default(), read, settings)
}

/// The room that all articles of a folder have together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    /// Bytes of all trees.
    pub trees: u64,
    /// Cells that their tables may lack beyond what each may for its size.
    pub cells: usize,
    /// Bytes of each of the generated texts.
    pub payload: usize,
}

impl Default for Room {
    fn default() -> Room {
        Room {
            trees: limits::TREE_BYTES,
            cells: limits::SPARE_CELLS,
            payload: limits::PAYLOAD_BYTES,
        }
    }
}

/// Compiles a folder that has so much room.
pub(crate) fn compile_within(
    room: Room,
    (folder, mut faults): (ContentFolder, Vec<Fault>),
    settings: &Settings,
) -> Compiled {
    let (policy, mut more) = Policy::new(&settings.allow, settings.deny_warnings);
    faults.append(&mut more);
    faults.extend(no_articles(&folder));
    let (schema, mut more) = declared(&folder);
    faults.append(&mut more);
    let parsed = match parsed(&folder, &schema, room) {
        Ok(parsed) => parsed,
        // Nothing can be left out here, so this is an error whatever is allowed.
        Err(fault) => {
            let mut judged = policy.apply(faults);
            judged.reported.push(*fault);
            let report = report::report(&folder, judged, settings.color);
            return Compiled { files: Vec::new(), report, candidates: Vec::new() };
        }
    };
    let (almanac, mut more) = resolve_parsed(&folder, parsed, &schema, &settings.base);
    faults.append(&mut more);
    let (records, mut more) = schema::resolve::resolve(&almanac, &schema, folder.bytes());
    faults.append(&mut more);
    #[cfg(feature = "search")]
    if settings.check_questions {
        faults.extend(crate::questions::unearned(&almanac, &schema));
    }
    let mut judged = policy.apply(faults);
    let mut files = Vec::new();
    if !judged.failed() {
        let search = settings.search_index;
        match emit::emit(&almanac, &schema, &records, &folder, search, room.payload) {
            Ok(emitted) => files = emitted,
            // As above.
            Err(fault) => judged.reported.push(*fault),
        }
    }
    let report = report::report(&folder, judged, settings.color);
    let candidates = candidates::candidates(&almanac, &folder);
    Compiled { files, report, candidates }
}

/// Returns a warning about a folder in which nothing is named as an article: mostly it is not the
/// folder that was meant.
fn no_articles(folder: &ContentFolder) -> Option<Fault> {
    let is_article = |file: &File| matches!(file.kind, FileKind::Article | FileKind::Refused);
    if folder.files.iter().any(is_article) {
        return None;
    }
    let message = format!("no article in `{}`: nothing to compile", folder.root);
    let fault = Fault::without_place(Code::NoArticles, message);
    Some(fault.help("articles are files named `*.md`; names that begin with `_` or `.` are not"))
}

/// Reads the schema of a folder; without a file it is empty.
pub(crate) fn declared(folder: &ContentFolder) -> (Schema, Vec<Fault>) {
    let file = folder.files.iter().position(|file| file.kind == FileKind::Schema);
    file.map(|number| schema::read(&folder.files[number].text, number)).unwrap_or_default()
}

/// Reads every article and category file of a folder and resolves them.
#[cfg(test)]
pub(crate) fn resolved(
    folder: &ContentFolder,
    schema: &Schema,
    base: &str,
) -> (Almanac, Vec<Fault>) {
    let parsed = parsed(folder, schema, Room::default()).expect("fits");
    resolve_parsed(folder, parsed, schema, base)
}

/// The files of a folder, each by itself, and what is wrong with them.
#[derive(Default)]
pub(crate) struct ParsedFolder {
    articles: Vec<Parsed>,
    categories: Vec<ParsedCategory>,
    faults: Vec<Fault>,
}

/// Reads every article and category file of a folder. The error is that of the article with which
/// all become too large: the rest isn't looked at.
fn parsed(
    folder: &ContentFolder,
    schema: &Schema,
    mut room: Room,
) -> Result<ParsedFolder, Box<Fault>> {
    let mut result = ParsedFolder::default();
    let mut left = room.trees;
    for (number, file) in folder.files.iter().enumerate() {
        match file.kind {
            FileKind::Article => {
                let (parsed, mut more) = article(number, file, schema, &mut room.cells);
                let taken = parsed.as_ref().map_or(0, |parsed| footprint(&parsed.document));
                left = left.checked_sub(taken).ok_or_else(|| too_large(number, room.trees))?;
                result.faults.append(&mut more);
                result.articles.extend(parsed);
            }
            FileKind::Category => {
                let (metadata, mut more) = front_matter::category(&file.text, number);
                result.faults.append(&mut more);
                result.categories.push(ParsedCategory { file: number, metadata });
            }
            FileKind::Schema | FileKind::Refused | FileKind::Ignored => {}
        }
    }
    Ok(result)
}

fn too_large(file: usize, most: u64) -> Box<Fault> {
    let message =
        format!("up to this article, all articles take more than {} MiB of memory", most >> 20);
    let fault = Fault::new(Code::TooLarge, FileSpan::new(file, 0..0), message);
    Box::new(fault.help("make several almanacs of the folder"))
}

/// Resolves the files of a folder.
fn resolve_parsed(
    folder: &ContentFolder,
    parsed: ParsedFolder,
    schema: &Schema,
    base: &str,
) -> (Almanac, Vec<Fault>) {
    let ParsedFolder { mut articles, categories, mut faults } = parsed;
    let (mut images, mut more) = assets::read(folder, &mut articles);
    faults.append(&mut more);
    let (mut almanac, mut more) = resolve::resolve(folder, articles, categories, schema, base);
    faults.append(&mut more);
    assets::retain_shown(&mut images, &almanac.articles);
    almanac.assets = images;
    (almanac, faults)
}

/// Reads one article. Where its front matter can't be read nothing that needs it is checked.
/// `spare` is what all articles share of cells that their tables may lack.
pub(crate) fn article(
    number: usize,
    file: &File,
    schema: &Schema,
    spare: &mut usize,
) -> (Option<Parsed>, Vec<Fault>) {
    let text = &file.text;
    let bom = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
    let (yaml, body) = match front_matter::split(text, number) {
        Ok(Some((yaml, body))) => (Some(yaml), body),
        Ok(None) => (None, bom),
        Err(fault) => return (None, vec![*fault]),
    };
    let (front, mut faults) = front_matter::article(text, yaml, number, schema);
    if faults.iter().any(|fault| fault.code == Code::FrontMatterSyntax) {
        return (None, faults);
    }
    faults.extend(bare_carriage_returns(text, number));
    let (document, mut more) = markdown::parse_within(text, body, number, schema.formulas, spare);
    faults.append(&mut more);
    let (rows, mut more) = schema::table::rows(&document, schema, number);
    faults.append(&mut more);
    if document.lead.is_empty() && document.sections.iter().all(|section| section.blocks.is_empty())
    {
        let place = FileSpan::new(number, body..body);
        faults.push(Fault::new(Code::EmptyArticle, place, "an article without text"));
    }
    let excerpt = || excerpt::excerpt(&text[body..], schema.formulas);
    let description = front.description.clone().or_else(excerpt).unwrap_or_default();
    let place = FileSpan::new(number, body..body);
    let most = limits::DESCRIPTION_CHARS;
    let too_long = limits::too_long(&description, most, "a first line", place)
        // Nobody wrote it as a description.
        .map(|fault| fault.severity(Severity::Warning))
        .map(|fault| fault.help("write a `description` in the front matter"));
    let description = if too_long.is_some() { String::new() } else { description };
    faults.extend(too_long);
    (Some(Parsed { file: number, front, body, description, document, rows }), faults)
}

/// Returns a warning about carriage returns without line feeds: Markdown takes them for line ends,
/// but not every program does, and two of them make a blank line.
fn bare_carriage_returns(text: &str, file: usize) -> Option<Fault> {
    let bytes = text.as_bytes();
    let is_bare = |&at: &usize| bytes.get(at + 1) != Some(&b'\n');
    let mut found = text.match_indices('\r').map(|(at, _)| at).filter(is_bare);
    let first = found.next()?;
    let message = match found.count() {
        0 => "a line that ends with a bare carriage return".to_owned(),
        more => format!("{} lines that end with bare carriage returns", more + 1),
    };
    let place = FileSpan::new(file, first..first + 1);
    let fault = Fault::new(Code::BareCarriageReturn, place, message);
    Some(fault.help("save the file with line feeds (LF), or both (CRLF), at the ends of lines"))
}
