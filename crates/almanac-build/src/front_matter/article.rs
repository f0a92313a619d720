//! The front matter of an article.

use std::ops::Range;

use super::fields::{Fields, UnknownKeys, describe};
use super::{FrontMatter, Spanned};
use crate::fault::{Code, Fault};
use crate::limits;
use crate::schema::Schema;
use crate::schema::value::{self, Declared};
use crate::yaml::{Key, Node, Value};

/// Keys that every front matter may have.
pub const KEYS: [&str; 28] = [
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

/// Reads the front matter of an article, which stands at `span` of its file; `None` without one.
pub fn article(
    text: &str,
    span: Option<Range<usize>>,
    file: usize,
    schema: &Schema,
) -> (FrontMatter, Vec<Fault>) {
    let mut fields = Fields::new(file);
    let mut front = FrontMatter::default();
    let start = span.as_ref().map_or(0, |span| span.start);
    let entries = match span {
        Some(span) => fields.document(text, span),
        None => Some(Vec::new()),
    };
    let Some(mut entries) = entries else { return (front, fields.faults) };
    let (mut toc_min, mut toc_max) = (None, None);
    let (mut draft, mut unlisted) = (None, None);
    // The schema's own fields are keys like others.
    let own = schema.fields.iter().map(|field| &*field.key);
    let known: Vec<&str> = KEYS.into_iter().chain(own).collect();
    entries
        .retain(|(key, _)| known.contains(&&*key.name) || !schema.faulty_fields.covers(&key.name));
    let entries = fields.known(entries, &known, UnknownKeys::DenyIfSimilar, "front matter");
    let (entries, own): (Vec<(Key, Node)>, _) =
        entries.into_iter().partition(|(key, _)| KEYS.contains(&&*key.name));
    let mut reader = value::Reader::new(schema, file);
    let declared =
        Declared { fields: &schema.fields, faulty: &schema.faulty_fields, whose: "every article" };
    front.fields = reader.row(&own, &declared, &(start..start));
    front.incomplete = schema.lacks_required(&front.fields);
    for (key, node) in entries {
        match key.name.as_str() {
            "id" => front.id = fields.id(&node),
            "title" => {
                front.title = fields.title(&node);
                front.bad_title =
                    front.title.is_none() && node.value != Value::String(String::new());
            }
            "description" => front.description = fields.description(&node),
            "slug" => front.slug = fields.short(&node, limits::SLUG_CHARS, "a slug"),
            "sidebar_label" => {
                let label = fields.short(&node, limits::TITLE_CHARS, "a label");
                front.sidebar_label = label.map(|text| text.value);
            }
            "sidebar_key" | "sidebar_class_name" | "pagination_label" => {
                drop(fields.filled(&node));
            }
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
                front.faulty_profile = front.profile.is_none();
            }
            "review" => front.review = fields.date(&node),
            "questions" => front.questions = fields.spanned_strings(&node),
            other => unreachable!("{other} is a known key"),
        }
    }
    fields.faults.append(&mut reader.faults);
    if let (Some(min), Some((max, node))) = (toc_min.as_ref().map(|(min, _)| *min), toc_max)
        && min > max
    {
        let message =
            format!("`toc_max_heading_level` is below `toc_min_heading_level`, which is {min}");
        fields.invalid(&node, message);
    }
    fields.review_order(&front);
    front.draft = matches!(draft, Some((true, _)));
    front.unlisted = matches!(unlisted, Some((true, _)));
    if let (true, Some((true, node))) = (front.draft, &unlisted) {
        fields.invalid(node, "an article is a draft or unlisted, not both");
        front.unlisted = false;
    }
    (front, fields.faults)
}

impl Fields {
    fn id(&mut self, node: &Node) -> Option<Spanned<String>> {
        let id = self.short(node, limits::ID_CHARS, "an id")?;
        if id.value.contains('/') {
            self.invalid(node, "an id can't hold `/`: the folder is part of it already");
            return None;
        }
        Some(id)
    }

    /// Reads a title; an empty one counts as none.
    fn title(&mut self, node: &Node) -> Option<Spanned<String>> {
        let title = self.string(node).filter(|title| !title.value.is_empty())?;
        self.within(node, &title.value, limits::TITLE_CHARS, "a title").then_some(title)
    }

    pub fn description(&mut self, node: &Node) -> Option<String> {
        let text = self.string(node)?.value;
        self.within(node, &text, limits::DESCRIPTION_CHARS, "a description").then_some(text)
    }

    /// Reads a heading level of the table of contents.
    fn level(&mut self, node: &Node) -> Option<(f64, Node)> {
        let level = self.number(node)?;
        if !(2.0..=6.0).contains(&level.value) {
            self.invalid(node, "expected a heading level from 2 to 6");
            return None;
        }
        Some((level.value, node.clone()))
    }

    /// Reads tags: texts, or maps with `label` and `permalink`, of which the labels are kept.
    fn tags(&mut self, node: &Node) -> Vec<String> {
        let Value::List(nodes) = &node.value else { return self.strings(node) };
        let mut labels = Vec::new();
        for node in nodes {
            let Value::Map(entries) = &node.value else {
                labels.extend(self.filled(node).map(|text| text.value));
                continue;
            };
            let (mut label, mut permalink) = (None, None);
            let keys = ["label", "permalink", "description"];
            for (key, node) in self.known(entries.clone(), &keys, UnknownKeys::Deny, "a tag") {
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

    /// Reports a review date that passed before the facts were last looked at.
    fn review_order(&mut self, front: &FrontMatter) {
        let (Some(review), Some(update)) = (&front.review, &front.last_update) else { return };
        if review.value > update.value {
            return;
        }
        let (review_date, update_date) = (review.value, update.value);
        let message =
            format!("the review date {review_date} is not after the last update, {update_date}");
        let fault = Fault::new(Code::ReviewOrder, self.place(&review.span), message);
        self.faults.push(
            fault
                .label("say when to look at the facts next")
                .related(self.place(&update.span), "the last update"),
        );
    }

    fn last_update(&mut self, node: &Node, front: &mut FrontMatter) {
        let Value::Map(entries) = &node.value else {
            let found = describe(&node.value);
            let message = format!("expected a map with `date` or `author`, found {found}");
            return self.invalid(node, message);
        };
        if entries.is_empty() {
            self.invalid(node, "expected `date`, `author` or both");
        }
        let keys = ["date", "author"];
        for (key, node) in self.known(entries.clone(), &keys, UnknownKeys::Deny, "`last_update`") {
            match key.name.as_str() {
                "date" => front.last_update = self.date(&node),
                _ => front.last_update_author = self.filled(&node).map(|text| text.value),
            }
        }
    }
}
