//! Front matter and category files: YAML → typed values. Every bad value is reported, each in its place, and counts as absent.

use std::ops::Range;

use almanac_core::Date;
use super::diagnostic::{Code, Diagnostic, Place, Severity, nearest};
use super::schema::Schema;
use super::schema::value::{self, Row};
use super::url;
use super::yaml::{self, Key, Node, Value};

/// A value and where it stands in its file.
#[derive(Clone, Debug, PartialEq)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Range<usize>,
}

/// What an article's front matter says; `None` where it says nothing.
#[derive(Debug, Default)]
pub struct FrontMatter {
    pub id: Option<Spanned<String>>,
    pub title: Option<Spanned<String>>,
    pub description: Option<String>,
    pub slug: Option<Spanned<String>>,
    pub sidebar_label: Option<String>,
    pub sidebar_position: Option<Spanned<f64>>,
    pub keywords: Vec<String>,
    pub tags: Vec<String>,
    pub image: Option<Spanned<String>>,
    pub parse_number_prefixes: Option<bool>,
    /// `Some(None)` is `null`: no link to a neighbour.
    pub pagination_next: Option<Option<Spanned<String>>>,
    pub pagination_prev: Option<Option<Spanned<String>>>,
    pub last_update: Option<Spanned<Date>>,
    pub last_update_author: Option<String>,
    pub draft: bool,
    pub unlisted: bool,
    /// The kind of the profile and the values.
    pub profile: Option<(usize, Row)>,
    /// The values of the fields that the schema declares.
    pub fields: Row,
    /// When the facts are to be looked at again.
    pub review: Option<Spanned<Date>>,
    /// Questions that the article answers.
    pub questions: Vec<Spanned<String>>,
}

/// What a category file says.
#[derive(Debug, Default)]
pub struct CategoryMetadata {
    pub label: Option<String>,
    pub description: Option<String>,
    pub position: Option<Spanned<f64>>,
    pub link: CategoryLink,
}

/// The page of a category, as its file names it.
#[derive(Debug, Default)]
pub enum CategoryLink {
    /// Nothing said: the folder's index article, if there is one.
    #[default]
    Conventional,
    /// `link: null`, or a page that the site generates: an index article is an item like any other.
    Generated,
    /// This article.
    Article(Spanned<String>),
}

const ARTICLE_KEYS: [&str; 28] = [
    "id",
    "title",
    "description",
    "slug",
    "sidebar_label",
    "sidebar_key",
    "sidebar_class_name",
    "sidebar_position",
    "keywords",
    "tags",
    "image",
    "custom_edit_url",
    "hide_title",
    "hide_table_of_contents",
    "parse_number_prefixes",
    "toc_min_heading_level",
    "toc_max_heading_level",
    "pagination_next",
    "pagination_prev",
    "pagination_label",
    "displayed_sidebar",
    "sidebar_custom_props",
    "last_update",
    "draft",
    "unlisted",
    "profile",
    "review",
    "questions",
];
const CATEGORY_KEYS: [&str; 9] =
    ["key", "label", "description", "position", "collapsed", "collapsible", "className", "link", "customProps"];

/// Where the front matter of a text stands: its YAML, and where the body begins. `Ok(None)` without front matter.
pub fn split(text: &str) -> Result<Option<(Range<usize>, usize)>, Range<usize>> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = Lines { text, at: start };
    let Some(first) = lines.next() else { return Ok(None) };
    if text[first.clone()].trim_end() != "---" || text[first.clone()].starts_with([' ', '\t']) {
        return Ok(None);
    }
    let begin = lines.at;
    while let Some(line) = lines.next() {
        if text[line.clone()].trim_end() == "---" && text[line.clone()].starts_with('-') {
            return Ok(Some((begin..line.start, lines.at)));
        }
    }
    Err(first)
}

/// The lines of a text without their ends.
struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        if self.at >= self.text.len() {
            return None;
        }
        let start = self.at;
        let end = self.text[start..].find('\n').map_or(self.text.len(), |found| start + found);
        self.at = (end + 1).min(self.text.len());
        Some(start..end)
    }
}

/// Reads the front matter of an article that stands at `span` of its file.
pub fn article(text: &str, span: Range<usize>, file: usize, schema: &Schema) -> (FrontMatter, Vec<Diagnostic>) {
    let mut fields = Fields { file, diagnostics: Vec::new() };
    let mut front = FrontMatter::default();
    let whole = span.start..span.start;
    let Some(entries) = fields.document(text, span) else { return (front, fields.diagnostics) };
    let (mut toc_min, mut toc_max) = (None, None);
    let (mut draft, mut unlisted) = (None, None);
    let mut reader = value::Reader::new(schema, file);
    // The schema's own fields are keys like others.
    let own: Vec<(Key, Node)> =
        entries.iter().filter(|(key, _)| schema.fields.iter().any(|field| field.key == key.name)).cloned().collect();
    front.fields = reader.row(&own, &schema.fields, &whole, "an article");
    fields.diagnostics.append(&mut reader.diagnostics);
    let known: Vec<&str> = ARTICLE_KEYS.into_iter().chain(schema.fields.iter().map(|field| &*field.key)).collect();
    let entries = fields.known(entries, &known, Near::Error, "front matter");
    for (key, node) in entries.into_iter().filter(|(key, _)| ARTICLE_KEYS.contains(&key.name.as_str())) {
        match key.name.as_str() {
            "id" => {
                front.id = fields.filled(&node).filter(|id| {
                    let slash = id.value.contains('/');
                    if slash {
                        fields.invalid(&node, "an id can't hold `/`: the folder is part of it already");
                    }
                    !slash
                });
            }
            "title" => front.title = fields.string(&node).filter(|title| !title.value.is_empty()),
            "description" => front.description = fields.string(&node).map(|text| text.value),
            "slug" => front.slug = fields.filled(&node),
            "sidebar_label" => front.sidebar_label = fields.filled(&node).map(|text| text.value),
            "sidebar_key" | "sidebar_class_name" | "pagination_label" => drop(fields.filled(&node)),
            "sidebar_position" => front.sidebar_position = fields.number(&node),
            "keywords" => {
                front.keywords = fields.strings(&node);
                if node.value == Value::List(Vec::new()) {
                    fields.invalid(&node, "expected at least one keyword");
                }
            }
            "tags" => front.tags = fields.tags(&node),
            "image" => front.image = fields.uri(&node),
            "custom_edit_url" => {
                if node.value != Value::Null && node.value != Value::String(String::new()) {
                    fields.uri(&node);
                }
            }
            "hide_title" | "hide_table_of_contents" => drop(fields.bool(&node)),
            "parse_number_prefixes" => front.parse_number_prefixes = fields.bool(&node),
            "toc_min_heading_level" => toc_min = fields.level(&node),
            "toc_max_heading_level" => toc_max = fields.level(&node),
            "pagination_next" => front.pagination_next = fields.optional(&node),
            "pagination_prev" => front.pagination_prev = fields.optional(&node),
            "displayed_sidebar" => drop(fields.optional(&node)),
            "sidebar_custom_props" => fields.map(&node),
            "last_update" => fields.last_update(&node, &mut front),
            "draft" => draft = fields.bool(&node).map(|value| (value, node)),
            "unlisted" => unlisted = fields.bool(&node).map(|value| (value, node)),
            "profile" => {
                front.profile = reader.profile(&node);
                fields.diagnostics.append(&mut reader.diagnostics);
            }
            "review" => front.review = fields.date(&node),
            "questions" => front.questions = fields.spanned_strings(&node),
            other => unreachable!("{other} is a known key"),
        }
    }
    if let (Some(min), Some((max, node))) = (toc_min.as_ref().map(|(min, _)| *min), toc_max)
        && min > max
    {
        fields.invalid(&node, format!("`toc_max_heading_level` is below `toc_min_heading_level`, which is {min}"));
    }
    front.draft = matches!(draft, Some((true, _)));
    front.unlisted = matches!(unlisted, Some((true, _)));
    if let (true, Some((true, node))) = (front.draft, &unlisted) {
        fields.invalid(node, "an article is a draft or unlisted, not both");
        front.unlisted = false;
    }
    (front, fields.diagnostics)
}

/// Reads a category file.
pub fn category(text: &str, file: usize) -> (CategoryMetadata, Vec<Diagnostic>) {
    let mut fields = Fields { file, diagnostics: Vec::new() };
    let mut metadata = CategoryMetadata::default();
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let Some(entries) = fields.document(text, start..text.len()) else { return (metadata, fields.diagnostics) };
    for (key, node) in fields.known(entries, &CATEGORY_KEYS, Near::Always, "a category file") {
        match key.name.as_str() {
            "key" | "className" => drop(fields.filled(&node)),
            "label" => metadata.label = fields.filled(&node).map(|text| text.value),
            "description" => metadata.description = fields.filled(&node).map(|text| text.value),
            "position" => metadata.position = fields.number(&node),
            "collapsed" | "collapsible" => drop(fields.bool(&node)),
            "customProps" => fields.map(&node),
            "link" => metadata.link = fields.category_link(&node),
            other => unreachable!("{other} is a known key"),
        }
    }
    (metadata, fields.diagnostics)
}

/// When an unknown key is an error: where it is near a known one, or always.
#[derive(Clone, Copy, PartialEq)]
enum Near {
    Error,
    Always,
}

/// Reads values and collects what is wrong with them.
struct Fields {
    file: usize,
    diagnostics: Vec<Diagnostic>,
}

impl Fields {
    fn place(&self, span: &Range<usize>) -> Place {
        Place::new(self.file, span.clone())
    }

    fn invalid(&mut self, node: &Node, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(Code::InvalidValue, self.place(&node.span), message));
    }

    /// The entries of a YAML map that stands at `span` of the file's text.
    fn document(&mut self, text: &str, span: Range<usize>) -> Option<Vec<(Key, Node)>> {
        let mut node = match yaml::parse(&text[span.clone()]) {
            Ok(node) => node,
            Err(error) => {
                let at = error.span.start + span.start..error.span.end + span.start;
                let message = format!("not YAML: {}", error.message);
                self.diagnostics.push(
                    Diagnostic::new(Code::FrontMatterSyntax, self.place(&at), message)
                        .help("put values that hold `: `, ` #`, `[`, `{`, `*`, `&` or `@` between double quotes"),
                );
                return None;
            }
        };
        shift(&mut node, span.start);
        match node.value {
            Value::Map(entries) => Some(entries),
            _ => {
                let line = node.span.start..text[node.span.clone()].find('\n').map_or(node.span.end, |end| node.span.start + end);
                self.diagnostics.push(
                    Diagnostic::new(Code::FrontMatterSyntax, self.place(&line), "expected `key: value` lines")
                        .help("front matter stands between two lines `---`, one `key: value` a line"),
                );
                None
            }
        }
    }

    /// The entries with known keys, each key once.
    fn known(&mut self, entries: Vec<(Key, Node)>, known: &[&str], near: Near, whose: &str) -> Vec<(Key, Node)> {
        let mut kept: Vec<(Key, Node)> = Vec::new();
        for (key, node) in entries {
            if let Some((first, _)) = kept.iter().find(|(first, _)| first.name == key.name) {
                let fault = Diagnostic::new(Code::DuplicateKey, self.place(&key.span), format!("`{}` is given twice", key.name))
                    .related(self.place(&first.span), "first here");
                self.diagnostics.push(fault);
            } else if known.contains(&key.name.as_str()) {
                kept.push((key, node));
            } else {
                let suggestion = nearest(&key.name, known.iter().copied());
                let is_error = near == Near::Always || suggestion.is_some();
                let message = format!("`{}` is no key of {whose}", key.name);
                let mut fault = Diagnostic::new(Code::UnknownKey, self.place(&key.span), message).did_you_mean(suggestion);
                if key.name == "<<" {
                    fault = fault.severity(Severity::Error).help("YAML merge keys are not supported: write the keys out");
                } else if is_error {
                    fault = fault.severity(Severity::Error);
                    if suggestion.is_none() {
                        fault = fault.help(format!("the keys are {}", known.join(", ")));
                    }
                }
                self.diagnostics.push(fault);
            }
        }
        kept
    }

    /// A string; numbers and dates count as they are written.
    fn string(&mut self, node: &Node) -> Option<Spanned<String>> {
        let value = match &node.value {
            Value::String(text) => text.clone(),
            Value::Number(_, written) => written.clone(),
            other => {
                let message = format!("expected a text, found {}", describe(other));
                self.invalid(node, message);
                return None;
            }
        };
        Some(Spanned { value, span: node.span.clone() })
    }

    /// A string that is not empty.
    fn filled(&mut self, node: &Node) -> Option<Spanned<String>> {
        let text = self.string(node)?;
        if text.value.is_empty() {
            self.invalid(node, "expected a text, found an empty one");
            return None;
        }
        Some(text)
    }

    /// A string, or `null` as `Some(None)`.
    fn optional(&mut self, node: &Node) -> Option<Option<Spanned<String>>> {
        if node.value == Value::Null { Some(None) } else { self.filled(node).map(Some) }
    }

    fn bool(&mut self, node: &Node) -> Option<bool> {
        match &node.value {
            Value::Bool(value) => Some(*value),
            Value::String(text) if text == "true" || text == "false" => Some(text == "true"),
            other => {
                let message = format!("expected `true` or `false`, found {}", describe(other));
                self.invalid(node, message);
                None
            }
        }
    }

    fn number(&mut self, node: &Node) -> Option<Spanned<f64>> {
        let value = match &node.value {
            Value::Number(number, _) => Some(*number),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        match value.filter(|number: &f64| number.is_finite()) {
            // -0 sorts and prints as 0.
            Some(value) => Some(Spanned { value: value + 0.0, span: node.span.clone() }),
            None => {
                let message = format!("expected a number, found {}", describe(&node.value));
                self.invalid(node, message);
                None
            }
        }
    }

    /// A heading level of the table of contents.
    fn level(&mut self, node: &Node) -> Option<(f64, Node)> {
        let level = self.number(node)?;
        if !(2.0..=6.0).contains(&level.value) {
            self.invalid(node, "expected a heading level from 2 to 6");
            return None;
        }
        Some((level.value, node.clone()))
    }

    fn strings(&mut self, node: &Node) -> Vec<String> {
        self.spanned_strings(node).into_iter().map(|text| text.value).collect()
    }

    /// Reads a list of texts, none of them empty.
    fn spanned_strings(&mut self, node: &Node) -> Vec<Spanned<String>> {
        match &node.value {
            Value::List(nodes) => nodes.iter().filter_map(|node| self.filled(node)).collect(),
            other => {
                let message = format!("expected a list of texts, found {}", describe(other));
                self.invalid(node, message);
                Vec::new()
            }
        }
    }

    /// Tags are texts, or maps with `label` and `permalink`; the labels are kept.
    fn tags(&mut self, node: &Node) -> Vec<String> {
        let Value::List(nodes) = &node.value else { return self.strings(node) };
        let mut labels = Vec::new();
        for node in nodes {
            let Value::Map(entries) = &node.value else {
                labels.extend(self.filled(node).map(|text| text.value));
                continue;
            };
            let (mut label, mut permalink) = (None, None);
            for (key, node) in self.known(entries.clone(), &["label", "permalink", "description"], Near::Always, "a tag") {
                match key.name.as_str() {
                    "label" => label = self.filled(&node),
                    "permalink" => permalink = self.filled(&node),
                    _ => drop(self.string(&node)),
                }
            }
            match (label, permalink) {
                (Some(label), Some(_)) => labels.push(label.value),
                _ => self.invalid(node, "a tag is a text, or a map with `label` and `permalink`"),
            }
        }
        labels
    }

    fn map(&mut self, node: &Node) {
        if !matches!(node.value, Value::Map(_)) {
            let message = format!("expected a map of keys and values, found {}", describe(&node.value));
            self.invalid(node, message);
        }
    }

    /// A URL or a path, as links of the front matter may be.
    fn uri(&mut self, node: &Node) -> Option<Spanned<String>> {
        let text = self.filled(node)?;
        let fault = match url::parse(&text.value) {
            Ok(_) => text.value.contains([' ', '\n', '<', '>', '"']).then(|| "not a URL: it holds a space or a quote".to_owned()),
            Err(fault) => Some(fault.message),
        };
        if let Some(fault) = fault {
            self.invalid(node, fault);
            return None;
        }
        Some(text)
    }

    fn date(&mut self, node: &Node) -> Option<Spanned<Date>> {
        let text = self.filled(node)?;
        // The time of day that an ISO date may carry is not kept.
        let day = match text.value.split_once(['T', ' ']) {
            Some((day, time)) if time.starts_with(|first: char| first.is_ascii_digit()) => day,
            _ => text.value.as_str(),
        };
        match day.replace('/', "-").parse() {
            Ok(value) => Some(Spanned { value, span: node.span.clone() }),
            Err(error) => {
                let message = format!("`{}`: {error}", text.value);
                self.diagnostics.push(Diagnostic::new(Code::InvalidDate, self.place(&node.span), message));
                None
            }
        }
    }

    fn last_update(&mut self, node: &Node, front: &mut FrontMatter) {
        let Value::Map(entries) = &node.value else {
            return self.invalid(node, format!("expected a map with `date` or `author`, found {}", describe(&node.value)));
        };
        if entries.is_empty() {
            self.invalid(node, "expected `date`, `author` or both");
        }
        for (key, node) in self.known(entries.clone(), &["date", "author"], Near::Always, "`last_update`") {
            match key.name.as_str() {
                "date" => front.last_update = self.date(&node),
                _ => front.last_update_author = self.filled(&node).map(|text| text.value),
            }
        }
    }

    fn category_link(&mut self, node: &Node) -> CategoryLink {
        let entries = match &node.value {
            Value::Null => return CategoryLink::Generated,
            Value::Map(entries) => entries.clone(),
            other => {
                let message = format!("expected a map with `type`, found {}", describe(other));
                self.invalid(node, message);
                return CategoryLink::Conventional;
            }
        };
        let kind = entries.iter().find(|(key, _)| key.name == "type").map(|(_, node)| node.clone());
        let Some(kind) = kind else {
            self.invalid(node, "a link has a `type`: `doc` or `generated-index`");
            return CategoryLink::Conventional;
        };
        match &kind.value {
            Value::String(name) if name == "doc" => {
                let mut link = CategoryLink::Conventional;
                let mut named = false;
                for (key, node) in self.known(entries, &["type", "id"], Near::Always, "a `doc` link") {
                    if key.name == "id" {
                        named = true;
                        link = self.filled(&node).map_or(CategoryLink::Conventional, CategoryLink::Article);
                    }
                }
                if !named {
                    self.invalid(node, "a `doc` link has an `id`");
                }
                link
            }
            Value::String(name) if name == "generated-index" => {
                let keys = ["type", "title", "description", "slug", "keywords", "image"];
                for (key, node) in self.known(entries, &keys, Near::Always, "a `generated-index` link") {
                    match key.name.as_str() {
                        "keywords" if matches!(node.value, Value::List(_)) => drop(self.strings(&node)),
                        "type" => {}
                        _ => drop(self.string(&node)),
                    }
                }
                CategoryLink::Generated
            }
            _ => {
                self.invalid(&kind, "expected `doc` or `generated-index`");
                CategoryLink::Conventional
            }
        }
    }
}

/// Moves every span of a document to its place in the file.
fn shift(node: &mut Node, by: usize) {
    node.span = node.span.start + by..node.span.end + by;
    match &mut node.value {
        Value::List(nodes) => nodes.iter_mut().for_each(|node| shift(node, by)),
        Value::Map(entries) => {
            for (key, node) in entries {
                key.span = key.span.start + by..key.span.end + by;
                shift(node, by);
            }
        }
        _ => {}
    }
}

/// What a value is, in words.
pub fn describe(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(value) => format!("`{value}`; put it between quotes if it is a text"),
        Value::Number(_, written) => format!("the number {written}"),
        Value::String(text) if text.is_empty() => "an empty text".to_owned(),
        Value::String(_) => "a text".to_owned(),
        Value::List(_) => "a list".to_owned(),
        Value::Map(_) => "a map".to_owned(),
        Value::Tagged => "a value with a YAML tag".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEMA: &str = include_str!("../../../tests/content/_schema_.yml");

    fn read(yaml: &str) -> (FrontMatter, Vec<String>) {
        let (schema, faults) = crate::schema::read(SCHEMA, 0);
        assert!(faults.is_empty(), "{faults:?}");
        let (front, faults) = article(yaml, 0..yaml.len(), 0, &schema);
        let faults = faults
            .iter()
            .map(|fault| format!("{} `{}`: {}", fault.code.name(), &yaml[fault.place.as_ref().unwrap().span.clone()], fault.message))
            .collect();
        (front, faults)
    }

    #[test]
    fn front_matter_stands_between_dashes() {
        assert_eq!(split("---\na: b\n---\nbody"), Ok(Some((4..9, 13))));
        assert_eq!(split("\u{feff}---\r\na: b\r\n---\r\nbody"), Ok(Some((8..14, 19))));
        assert_eq!(split("---\n---\n"), Ok(Some((4..4, 8))));
        assert_eq!(split("# No front matter\n\n---\n"), Ok(None));
        assert_eq!(split(""), Ok(None));
        assert_eq!(split("---\na: b\n"), Err(0..3));
    }

    #[test]
    fn every_field_is_read() {
        let (front, faults) = read(
            "id: x\ntitle: 2021\ndescription: d\nslug: /s\nsidebar_label: l\nsidebar_key: k\nsidebar_class_name: c\nsidebar_position: \"2\"\n\
             keywords: [a, 1]\ntags: [t, {label: u, permalink: /u}]\nimage: /i.png\ncustom_edit_url: null\nhide_title: true\n\
             hide_table_of_contents: false\nparse_number_prefixes: false\ntoc_min_heading_level: 2\ntoc_max_heading_level: 4\n\
             pagination_next: null\npagination_prev: y\npagination_label: p\ndisplayed_sidebar: null\nsidebar_custom_props: {a: b}\n\
             last_update: {author: me, date: 2024-05-06}\ndraft: false\nunlisted: true\nprofile: {kind: term, abbreviation: LLM}\n\
             review: 2027-01\nquestions: [What is x?, Why?]\n",
        );
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!(front.title.unwrap().value, "2021");
        assert_eq!(front.sidebar_position.unwrap().value, 2.0);
        assert_eq!(front.keywords, ["a", "1"]);
        assert_eq!(front.tags, ["t", "u"]);
        assert!(matches!(front.pagination_next, Some(None)));
        assert_eq!(front.pagination_prev.unwrap().unwrap().value, "y");
        assert_eq!(front.last_update.unwrap().value.to_string(), "2024-05-06");
        assert!(front.unlisted && !front.draft);
        assert_eq!(front.review.unwrap().value.to_string(), "2027-01");
        let questions: Vec<&str> = front.questions.iter().map(|question| question.value.as_str()).collect();
        assert_eq!(questions, ["What is x?", "Why?"]);
    }

    #[test]
    fn every_bad_value_is_reported_on_its_place() {
        let (_, faults) = read(
            "id: a/b\ntitle: null\nslug: ''\nsidebar_position: first\nkeywords: []\ntags: [{label: x}]\nhide_title: maybe\n\
             toc_min_heading_level: 7\nlast_update: {date: 2024-02-30}\ndraft: true\nunlisted: true\nsidebar_custom_props: no\n\
             image: 'javascript:x'\nsidebar_positon: 3\nauthor: me\ntitle: again\nreview: soon\nquestions: ['']\n",
        );
        assert_eq!(
            faults,
            [
                "unknown-key `sidebar_positon`: `sidebar_positon` is no key of front matter",
                "unknown-key `author`: `author` is no key of front matter",
                "duplicate-key `title`: `title` is given twice",
                "invalid-value `a/b`: an id can't hold `/`: the folder is part of it already",
                "invalid-value `null`: expected a text, found nothing",
                "invalid-value `''`: expected a text, found an empty one",
                "invalid-value `first`: expected a number, found a text",
                "invalid-value `[]`: expected at least one keyword",
                "invalid-value `{label: x}`: a tag is a text, or a map with `label` and `permalink`",
                "invalid-value `maybe`: expected `true` or `false`, found a text",
                "invalid-value `7`: expected a heading level from 2 to 6",
                "invalid-date `2024-02-30`: `2024-02-30`: that month has 29 days",
                "invalid-value `no`: expected a map of keys and values, found a text",
                "invalid-value `'javascript:x'`: `javascript:` links are unsafe",
                "invalid-date `soon`: `soon`: not a date: write 2019-08-23, 2019-08 or 2019",
                "invalid-value `''`: expected a text, found an empty one",
                "invalid-value `true`: an article is a draft or unlisted, not both",
            ]
        );
    }

    #[test]
    fn unknown_keys_near_a_known_one_are_errors() {
        let yaml = "sidebar_positon: 3\nauthor: me\n";
        let (_, faults) = article(yaml, 0..yaml.len(), 0, &Schema::default());
        assert_eq!(faults[0].severity, Severity::Error);
        assert_eq!(faults[0].label, "did you mean `sidebar_position`?");
        assert_eq!(faults[1].severity, Severity::Warning);
    }

    #[test]
    fn profiles_are_strict() {
        let (front, faults) = read(
            "profile: {kind: company, founded: 1987, headquarters: Shenzhen, country: CN, founders: [Ren Zhengfei], leader: x, \
             ticker: y, website: https://www.huawei.com/}",
        );
        assert_eq!(faults, Vec::<String>::new());
        let (kind, row) = front.profile.unwrap();
        assert_eq!((kind, &row.values[2]), (0, &Some(value::Value::Text("CN".to_owned()))));
        for (bad, fault) in [
            ("profile: {kind: compny}", "invalid-value `compny`: no profile is of the kind `compny`"),
            ("profile: {kind: person, founded: 1987}", "unknown-key `founded`: `founded`: unknown key of a person profile"),
            ("profile: {kind: company, country: cn}", "invalid-value `cn`: `cn` is not a country code of ISO 3166-1"),
            ("profile: {kind: company, website: huawei}", "invalid-value `huawei`: expected a URL that begins with `https://`"),
            ("profile: {kind: person, born: 1950, died: 1949}", "invalid-value `1949`: 1949 is before 1950, the date of `born`"),
            ("profile: {kind: term, also_called: x}", "invalid-value `x`: expected a list of texts"),
            ("profile: [x]", "invalid-value `[x]`: expected a map with `kind`"),
            ("profile: {born: 1950}", "invalid-value `{born: 1950}`: a profile has a `kind`: `company`, `person`, `term`"),
        ] {
            assert_eq!(read(bad).1, [fault], "{bad}");
        }
    }

    #[test]
    fn category_files_are_strict() {
        let text = "label: Companies\nposition: 6\nlink: {type: generated-index, description: d}\n";
        let (metadata, faults) = category(text, 0);
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(metadata.label.as_deref(), Some("Companies"));
        assert!(matches!(metadata.link, CategoryLink::Generated));
        let json = "{\n\t\"label\": \"Companies\", \"link\": {\"type\": \"doc\", \"id\": \"intro\"}\n}";
        let (metadata, faults) = category(json, 0);
        assert!(faults.is_empty(), "{faults:?}");
        assert!(matches!(metadata.link, CategoryLink::Article(id) if id.value == "intro"));
        let (_, faults) = category("labl: x\nother: y\nlink: {type: page}\nposition: .inf\n", 0);
        assert_eq!(faults.iter().filter(|fault| fault.severity == Severity::Error).count(), 4);
    }
}
