//! The parameters of a request: nothing is guessed and nothing is passed over in silence.

use std::ops::RangeInclusive;

use ai_almanac::Date;
use axum::http::Uri;

use crate::problem::Problem;
use crate::urls::{decode, encode};

pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads the parameters; each must be known and stand once. `format` is always known.
    pub fn read(uri: &Uri, known: &[&str]) -> Result<Query, Problem> {
        let expected = || [known, &["format"]].concat().join(", ");
        let mut parameters: Vec<(String, String)> = Vec::new();
        for pair in uri.query().unwrap_or("").split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let [name, value] = [name, value].map(|part| part.replace('+', " "));
            let Some(name) =
                decode(&name).filter(|name| known.contains(&&**name) || name == "format")
            else {
                return Err(Problem::parameter(
                    &name,
                    format!("no such parameter: `{name}`"),
                    expected(),
                ));
            };
            let Some(value) = decode(&value) else {
                return Err(Problem::parameter(
                    &name,
                    format!("the value of `{name}` is not UTF-8"),
                    "percent-encoded UTF-8",
                ));
            };
            if parameters.iter().any(|(other, _)| *other == name) {
                return Err(Problem::parameter(
                    &name,
                    format!("`{name}` stands twice"),
                    "one value",
                ));
            }
            parameters.push((name.into_owned(), value.into_owned()));
        }
        Ok(Query(parameters))
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All but some, each with a `&` behind it.
    pub fn without(&self, names: &[&str]) -> String {
        let others = self.0.iter().filter(|(name, _)| !names.contains(&name.as_str()));
        others.map(|(name, value)| format!("{name}={}&", encode(value))).collect()
    }

    pub fn required(&self, name: &str, expected: &str) -> Result<&str, Problem> {
        self.get(name)
            .ok_or_else(|| Problem::parameter(name, format!("`{name}` is missing"), expected))
    }

    pub fn number(
        &self,
        name: &str,
        range: RangeInclusive<usize>,
        default: usize,
    ) -> Result<usize, Problem> {
        let Some(value) = self.get(name) else { return Ok(default) };
        let number = value.parse().ok().filter(|number| range.contains(number));
        let expected = || match (*range.start(), *range.end()) {
            (least, usize::MAX) => format!("a number from {least}"),
            (least, most) => format!("a number from {least} to {most}"),
        };
        number.ok_or_else(|| Problem::parameter(name, format!("`{name}` is `{value}`"), expected()))
    }

    pub fn date(&self, name: &str) -> Result<Option<Date>, Problem> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let fault = |error| {
            Problem::parameter(
                name,
                format!("`{name}` is `{value}`: {error}"),
                "a date as 2019-08-23, 2019-08 or 2019",
            )
        };
        value.parse().map(Some).map_err(fault)
    }
}
