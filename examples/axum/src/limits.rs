//! Limits of requests, and headers of every answer.

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::body::HttpBody;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

use crate::content::{HTML, POLICY};
use crate::negotiate::Format;
use crate::pages;
use crate::problem::Problem;

/// The longest path with its parameters, in bytes.
pub const LONGEST_URI: usize = 4096;
/// The largest body that is ignored; nothing here reads one.
pub const LARGEST_BODY: u64 = 8192;
/// The time that an answer may take to be made.
pub const ANSWER_TIME: Duration = Duration::from_secs(10);

/// Puts the limits around routes.
pub fn limited(routes: Router) -> Router {
    routes
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, ANSWER_TIME))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(guard))
        .layer(from_fn(finish))
}

async fn guard(request: Request, next: Next) -> Result<Response, Problem> {
    let length = request.uri().path_and_query().map_or(0, |path| path.as_str().len());
    if length > LONGEST_URI {
        let detail =
            format!("the path and its parameters have {length} bytes; {LONGEST_URI} are the most");
        return Err(Problem::new(StatusCode::URI_TOO_LONG, detail));
    }
    if request.body().size_hint().upper().is_none_or(|size| size > LARGEST_BODY) {
        let detail = format!(
            "no body is read here; one of more than {LARGEST_BODY} bytes, or of unknown length, is \
            refused"
        );
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail));
    }
    Ok(next.run(request).await)
}

/// Gives each answer its common headers, and each error its problem: as JSON, or as a page to those
/// who prefer that.
async fn finish(request: Request, next: Next) -> Response {
    let page = matches!(Format::accepted(request.headers()), Ok(Format::Html));
    let method = request.method().clone();
    let mut response = next.run(request).await;
    let status = response.status();
    if status.is_client_error() || status.is_server_error() {
        let problem = response.extensions_mut().remove::<Problem>().unwrap_or_else(|| {
            let detail = match status {
                StatusCode::METHOD_NOT_ALLOWED => {
                    format!("{method} is not answered here, GET and HEAD are")
                }
                StatusCode::SERVICE_UNAVAILABLE => {
                    format!("the answer took longer than {} seconds", ANSWER_TIME.as_secs())
                }
                _ => "the request could not be answered".into(),
            };
            Problem::new(status, detail)
        });
        response = if page {
            let headers = [
                (header::CONTENT_TYPE, HTML),
                (header::CACHE_CONTROL, "no-store"),
                (header::CONTENT_SECURITY_POLICY, POLICY),
            ];
            (status, headers, pages::problem(&problem)).into_response()
        } else {
            problem.into_response()
        };
    }
    let common: [(HeaderName, &str); 3] = [
        (header::VARY, "Accept, Accept-Encoding"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    response
        .headers_mut()
        .extend(common.map(|(name, value)| (name, HeaderValue::from_static(value))));
    response
}

fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    Problem::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        "an error of the service; its log has the place",
    )
    .into_response()
}
