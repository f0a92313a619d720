//! Errors for programs (RFC 9457) and, from `pages`, for people.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

#[derive(Clone, Debug, Serialize)]
pub struct Problem {
    pub title: &'static str,
    pub status: u16,
    pub detail: String,
    /// The parameter that is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// The request that would have been right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// Ids of articles that may have been meant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nearest: Vec<&'static str>,
}

impl Problem {
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Problem {
        Problem {
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            detail: detail.into(),
            parameter: None,
            expected: None,
            nearest: Vec::new(),
        }
    }

    /// A parameter with a value that it doesn't take.
    pub fn parameter(
        name: &str,
        detail: impl Into<String>,
        expected: impl Into<String>,
    ) -> Problem {
        let problem = Problem::new(StatusCode::BAD_REQUEST, detail);
        Problem { parameter: Some(name.to_owned()), expected: Some(expected.into()), ..problem }
    }

    /// No article has the id; names those that are near.
    pub fn no_article(id: &str) -> Problem {
        let nearest: Vec<_> = ai_almanac::nearest(id).map(|article| article.id()).collect();
        let hint =
            nearest.first().map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        Problem {
            nearest,
            ..Problem::new(StatusCode::NOT_FOUND, format!("no article has the id `{id}`{hint}"))
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = [
            (header::CONTENT_TYPE, "application/problem+json"),
            (header::CACHE_CONTROL, "no-store"),
        ];
        let body = serde_json::to_string(&self).expect("texts and numbers");
        let mut response = (status, headers, body).into_response();
        // For `limits::finish`, which shows it as a page to those who prefer one.
        response.extensions_mut().insert(self);
        response
    }
}
