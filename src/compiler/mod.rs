//! The content folder → generated code, stage by stage: source → front matter and Markdown → resolve → emit.
//!
//! `build.rs` takes this module in with `#[path]`; the library has it only for its tests. Each stage takes a value and returns a
//! value and what is wrong with it. Only `source` reads; only `build.rs` writes.

#[path = "../date.rs"]
mod date;
#[path = "../distance.rs"]
mod distance;
#[path = "../hash.rs"]
mod hash;
#[path = "../layout.rs"]
mod layout;

#[cfg(feature = "search")]
#[path = "../search/analysis.rs"]
mod analysis;
#[cfg(feature = "search")]
#[path = "../search/format.rs"]
mod format;

mod admonition;
mod autolink;
mod diagnostic;
mod document;
mod emit;
mod excerpt;
mod front_matter;
mod html;
#[cfg(feature = "search")]
mod index;
mod markdown;
mod names;
mod payloads;
mod report;
mod resolve;
mod rustdoc;
mod slug;
mod slug_table;
mod source;
mod tables;
#[cfg(test)]
mod tests;
mod text;
mod timeline;
mod url;
mod yaml;

use std::path::Path;

use diagnostic::{Code, Diagnostic, Place, Policy};
use resolve::{Parsed, ParsedCategory};
use source::{File, Kind, Source};

pub use emit::File as Generated;
pub use report::Report;

/// What a compilation gives: the generated files, unless something is wrong, and what is wrong.
pub struct Compiled {
    pub files: Vec<Generated>,
    pub report: Report,
}

/// What the person who builds may set.
#[derive(Debug, Default)]
pub struct Settings {
    /// `ALMANAC_ALLOW`: codes of errors that shall be warnings, separated by commas.
    pub allow: String,
    /// `ALMANAC_DENY_WARNINGS`
    pub deny_warnings: bool,
    /// Render the report with terminal colours.
    pub color: bool,
}

/// Compiles a content folder. `root` names it in diagnostics, `folder` is where it is.
pub fn compile_folder(root: &str, folder: &Path, settings: &Settings) -> Compiled {
    compile(Source::read(root, folder), settings)
}

/// Compiles a content folder that has been read, with what was wrong with reading it.
fn compile((source, mut diagnostics): (Source, Vec<Diagnostic>), settings: &Settings) -> Compiled {
    let (policy, mut faults) = Policy::new(&settings.allow, settings.deny_warnings);
    diagnostics.append(&mut faults);
    let mut articles = Vec::new();
    let mut categories = Vec::new();
    for (number, file) in source.files.iter().enumerate() {
        match file.kind {
            Kind::Article => {
                let (parsed, mut faults) = article(number, file);
                diagnostics.append(&mut faults);
                articles.extend(parsed);
            }
            Kind::Category => {
                let (metadata, mut faults) = front_matter::category(&file.text, number);
                diagnostics.append(&mut faults);
                categories.push(ParsedCategory { file: number, metadata });
            }
            Kind::Unreadable => {}
        }
    }
    let (almanac, mut faults) = resolve::resolve(&source, articles, categories);
    diagnostics.append(&mut faults);
    policy.apply(&mut diagnostics);
    let report = report::render(&source, &diagnostics, settings.color);
    let files = if report.failed { Vec::new() } else { emit::emit(&almanac, &source) };
    Compiled { files, report }
}

/// Reads one article. Where its front matter can't be read nothing that needs it is checked.
fn article(number: usize, file: &File) -> (Option<Parsed>, Vec<Diagnostic>) {
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
        Some(span) => front_matter::article(&file.text, span, number),
        None => Default::default(),
    };
    if diagnostics.iter().any(|fault| fault.code == Code::FrontMatterSyntax) {
        return (None, diagnostics);
    }
    let (document, mut faults) = markdown::parse(&file.text, body, number);
    diagnostics.append(&mut faults);
    if document.lead.is_empty() && document.sections.iter().all(|section| section.blocks.is_empty()) {
        diagnostics.push(Diagnostic::new(Code::EmptyArticle, Place::new(number, body..body), "an article without text"));
    }
    let description = front.description.clone().or_else(|| excerpt::excerpt(&file.text[body..])).unwrap_or_default();
    (Some(Parsed { file: number, front, body, description, document }), diagnostics)
}
