//! Addresses of the service: ids and anchors may hold any character.

use std::borrow::Cow;

use ai_almanac::{Article, Record, Section, Table};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// The characters that stand as they are in a path, a query value and a fragment alike.
const PLAIN: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

pub fn encode(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, PLAIN).into()
}

/// Undoes percent escapes; `None` when the result is not UTF-8.
pub fn decode(text: &str) -> Option<Cow<'_, str>> {
    percent_decode_str(text).decode_utf8().ok()
}

pub fn article(article: &Article) -> String {
    format!("/articles/{}", encode(article.id()))
}

/// Returns the address of a section in its article's page.
pub fn place(section: &Section) -> String {
    format!("{}#{}", article(section.article()), encode(section.anchor()))
}

/// The section by itself. Its anchor is a parameter: behind the id it couldn't be told from a part
/// of the id.
pub fn section(section: &Section) -> String {
    format!("/sections/{}?anchor={}", encode(section.article().id()), encode(section.anchor()))
}

pub fn table(table: &Table) -> String {
    format!("/records/{}", encode(table.key()))
}

pub fn record(table: &Table, record: &Record) -> String {
    format!("{}/{}", self::table(table), encode(record.id()))
}
