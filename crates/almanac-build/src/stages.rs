//! The content folder → generated code, stage by stage: source → front matter and Markdown → resolve →
//! emit. Each stage takes a value and returns a value and what is wrong with it. Only `source` reads.

use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Place, Policy};
use crate::resolve::{Parsed, ParsedCategory};
use crate::source::{File, Kind, Source};

use crate::emit::File as Generated;
use crate::report::Report;
use crate::schema::{self, Schema};
use crate::{emit, excerpt, front_matter, markdown, report, resolve};

/// What a compilation gives: the generated files, unless something is wrong, and what is wrong.
pub struct Compiled {
    /// Names, relative to the folder of the almanac, and contents; none after an error.
    pub files: Vec<Generated>,
    /// Everything that is wrong with the content.
    pub report: Report,
}

/// Settings of a compilation.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    /// Codes of diagnostics that are allowed, separated by commas.
    pub allow: String,
    /// Whether warnings are errors.
    pub deny_warnings: bool,
    /// Render the report with terminal colours.
    pub color: bool,
    /// Write a full-text index.
    pub search_index: bool,
}

/// Compiles a content folder. `root` names it in diagnostics, `folder` is where it is.
pub(crate) fn compile_folder(root: &str, folder: &Path, settings: &Settings) -> Compiled {
    compile(Source::read(root, folder), settings)
}

/// Compiles a content folder that has been read, with what was wrong with reading it.
pub(crate) fn compile((source, mut diagnostics): (Source, Vec<Diagnostic>), settings: &Settings) -> Compiled {
    let (policy, mut faults) = Policy::new(&settings.allow, settings.deny_warnings);
    diagnostics.append(&mut faults);
    let mut schema = Schema::default();
    for (number, file) in source.files.iter().enumerate().filter(|(_, file)| file.kind == Kind::Schema) {
        let (read, mut faults) = schema::read(&file.text, number);
        schema = read;
        diagnostics.append(&mut faults);
    }
    let mut articles = Vec::new();
    let mut categories = Vec::new();
    for (number, file) in source.files.iter().enumerate() {
        match file.kind {
            Kind::Article => {
                let (parsed, mut faults) = article(number, file, &schema);
                diagnostics.append(&mut faults);
                articles.extend(parsed);
            }
            Kind::Category => {
                let (metadata, mut faults) = front_matter::category(&file.text, number);
                diagnostics.append(&mut faults);
                categories.push(ParsedCategory { file: number, metadata });
            }
            Kind::Schema | Kind::Unreadable => {}
        }
    }
    let (almanac, mut faults) = resolve::resolve(&source, articles, categories);
    diagnostics.append(&mut faults);
    let (records, mut faults) = schema::resolve::resolve(&almanac, &schema);
    diagnostics.append(&mut faults);
    policy.apply(&mut diagnostics);
    let report = report::render(&source, &diagnostics, settings.color);
    let files = if report.failed { Vec::new() } else { emit::emit(&almanac, &schema, &records, &source, settings.search_index) };
    Compiled { files, report }
}

/// Reads one article. Where its front matter can't be read nothing that needs it is checked.
pub(crate) fn article(number: usize, file: &File, schema: &Schema) -> (Option<Parsed>, Vec<Diagnostic>) {
    let bom = file.text.len() - file.text.strip_prefix('\u{feff}').unwrap_or(&file.text).len();
    let (yaml, body) = match front_matter::split(&file.text) {
        Ok(Some((yaml, body))) => (Some(yaml), body),
        Ok(None) => (None, bom),
        Err(dashes) => {
            let fault = Diagnostic::new(Code::FrontMatterSyntax, Place::new(number, dashes), "front matter without its end")
                .label("close it with a line `---`");
            return (None, vec![fault]);
        }
    };
    let (front, mut diagnostics) = match yaml {
        Some(span) => front_matter::article(&file.text, span, number, schema),
        None => Default::default(),
    };
    if diagnostics.iter().any(|fault| fault.code == Code::FrontMatterSyntax) {
        return (None, diagnostics);
    }
    let (document, mut faults) = markdown::parse(&file.text, body, number);
    diagnostics.append(&mut faults);
    let (rows, mut faults) = schema::table::rows(&document, schema, number);
    diagnostics.append(&mut faults);
    if document.lead.is_empty() && document.sections.iter().all(|section| section.blocks.is_empty()) {
        diagnostics.push(Diagnostic::new(Code::EmptyArticle, Place::new(number, body..body), "an article without text"));
    }
    let description = front.description.clone().or_else(|| excerpt::excerpt(&file.text[body..])).unwrap_or_default();
    (Some(Parsed { file: number, front, body, description, document, rows }), diagnostics)
}
