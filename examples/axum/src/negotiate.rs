//! Chooses the form that a client wants to have: `Accept` and `Accept-Encoding` with their weights
//! (RFC 9110, section 12).

use axum::http::StatusCode;
use axum::http::header::{ACCEPT, ACCEPT_ENCODING, HeaderMap, HeaderName};

use crate::problem::Problem;

/// The format of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    Json,
    Html,
}

/// The coding of its bytes, from the one we prefer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Brotli,
    Gzip,
    Identity,
}

impl Format {
    pub fn named(name: &str) -> Option<Format> {
        match name {
            "json" => Some(Format::Json),
            "html" => Some(Format::Html),
            _ => None,
        }
    }

    /// The form that `Accept` prefers; JSON when it prefers none, or is absent.
    pub fn accepted(headers: &HeaderMap) -> Result<Format, Problem> {
        let ranges = weighted(headers, ACCEPT);
        if ranges.is_empty() {
            return Ok(Format::Json);
        }
        // The most specific range that includes the type counts, and of equals the heaviest.
        let weight = |[kind, subtype]: [&str; 2]| {
            let including =
                ranges.iter().filter_map(|(range, weight)| match range.split_once('/')? {
                    ("*", "*") => Some((0, *weight)),
                    (range, "*") if range == kind => Some((1, *weight)),
                    range if range == (kind, subtype) => Some((2, *weight)),
                    _ => None,
                });
            including.max().map_or(0, |(_, weight)| weight)
        };
        match (weight(["application", "json"]), weight(["text", "html"])) {
            (0, 0) => Err(Problem {
                expected: Some("application/json or text/html".into()),
                ..Problem::new(
                    StatusCode::NOT_ACCEPTABLE,
                    "`Accept` takes none of the forms that there are",
                )
            }),
            (json, html) => Ok(if html > json { Format::Html } else { Format::Json }),
        }
    }
}

impl Encoding {
    /// The encoding that `Accept-Encoding` prefers. Without any that it takes, none: RFC 9110 lets
    /// a server do so.
    pub fn accepted(headers: &HeaderMap) -> Encoding {
        let listed = weighted(headers, ACCEPT_ENCODING);
        let weight = |names: &[&str]| {
            let named = |name: &str| {
                listed.iter().find(|(listed, _)| listed == name).map(|(_, weight)| *weight)
            };
            names.iter().find_map(|name| named(name)).or_else(|| named("*")).unwrap_or(0)
        };
        let known = [
            (Encoding::Identity, weight(&["identity"])),
            (Encoding::Gzip, weight(&["gzip", "x-gzip"])),
            (Encoding::Brotli, weight(&["br"])),
        ];
        // The last of the heaviest.
        let (encoding, weight) =
            known.into_iter().max_by_key(|(_, weight)| *weight).unwrap_or((Encoding::Identity, 0));
        if weight == 0 { Encoding::Identity } else { encoding }
    }
}

/// The values of a header in lower case, with their weights in thousandths. Left out are those that
/// can't be read, and media types with parameters other than `charset=utf-8`: none of our forms has
/// any.
fn weighted(headers: &HeaderMap, name: HeaderName) -> Vec<(String, u16)> {
    let mut values = Vec::new();
    for element in headers
        .get_all(name)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| outside_quotes(line, ','))
    {
        let mut parts = outside_quotes(element, ';').map(|part| part.trim().to_ascii_lowercase());
        let value = parts.next().unwrap_or_default();
        let mut weight = Some(1000);
        for part in parts {
            match part.split_once('=') {
                Some(("q", number)) => weight = weight.and(thousandths(number)),
                Some(("charset", "utf-8" | "\"utf-8\"")) => {}
                _ if part.is_empty() => {}
                _ => weight = None,
            }
        }
        values.extend(weight.filter(|_| !value.is_empty()).map(|weight| (value, weight)));
    }
    values
}

fn outside_quotes(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |character| {
        quoted ^= character == '"';
        character == separator && !quoted
    })
}

/// A weight: `0`, `1` or up to three decimals between them.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let decimals: u16 = format!("{decimals:0<3}").parse().ok()?;
    match whole {
        "0" => Some(decimals),
        "1" if decimals == 0 => Some(1000),
        _ => None,
    }
}
