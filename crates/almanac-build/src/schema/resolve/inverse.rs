//! The other ends of references.

use std::collections::HashMap;

use crate::resolve::Almanac;
use crate::schema::{Inverse, Origin, Schema};

use super::{Record, Records, Resolved};

impl Records {
    /// Gives the records at the other end of references what refers to them, in order. What stands
    /// in unlisted articles is in no list.
    pub fn invert(&mut self, almanac: &Almanac, schema: &Schema) {
        for (kind, declared) in schema.profiles.iter().enumerate() {
            let profiles = self.profiles[kind].iter().enumerate();
            let by_article: HashMap<usize, usize> =
                profiles.map(|(index, profile)| (profile.article, index)).collect();
            for (at, inverse) in declared.inverses.iter().enumerate() {
                for (from, target) in self.references(inverse, almanac) {
                    if let Some(index) = by_article.get(&target) {
                        add(&mut self.profiles[kind][*index].inverses[at], from);
                    }
                }
            }
        }
        for (table, declared) in schema.tables.iter().enumerate() {
            for (at, inverse) in declared.inverses.iter().enumerate() {
                for (from, target) in self.references(inverse, almanac) {
                    add(&mut self.tables[table][target].inverses[at], from);
                }
            }
        }
    }

    /// Returns what refers to what by a field: articles or records, by their indices.
    fn references(&self, inverse: &Inverse, almanac: &Almanac) -> Vec<(usize, usize)> {
        let (records, is_table) = match inverse.from {
            Origin::Profile(from) => (&self.profiles[from], false),
            Origin::Fields => (&self.fields, false),
            Origin::Table(from) => (&self.tables[from], true),
        };
        let listed = records.iter().enumerate().filter(|(_, record)| {
            // Records of unlisted articles stand last, so that indices are those of all.
            !almanac.articles[record.article].unlisted
        });
        let from =
            listed.map(|(index, record)| (if is_table { index } else { record.article }, record));
        from.flat_map(|(from, record)| {
            targets(record, inverse.field).into_iter().map(move |target| (from, target))
        })
        .collect()
    }
}

/// Adds what refers, once.
fn add(references: &mut Vec<usize>, from: usize) {
    if references.last() != Some(&from) {
        references.push(from);
    }
}

/// Returns the articles or records that a field refers to.
fn targets(record: &Record, field: usize) -> Vec<usize> {
    let values = match &record.values[field] {
        Some(Resolved::List(values)) => &values[..],
        Some(value) => std::slice::from_ref(value),
        None => &[],
    };
    let targets = values.iter().filter_map(|value| match value {
        Resolved::Article(index) | Resolved::Record(index) => Some(*index),
        _ => None,
    });
    targets.collect()
}
