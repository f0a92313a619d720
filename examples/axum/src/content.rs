//! Bodies with their encodings and tags, made once and kept where they never change.

use std::collections::HashMap;
use std::io::Write;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use ai_almanac::{Article, Section};
use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use xxhash_rust::xxh3::xxh3_128;

use crate::negotiate::{Encoding, Format};

/// How long a client or a proxy may use an answer without asking again.
const CACHE: &str = "public, max-age=300";
/// Pages run no script, load nothing from elsewhere but pictures, and send the search form only to the service itself. The
/// articles' tables align their cells with `style` attributes.
pub const POLICY: &str = "default-src 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' https:; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// Shorter bodies aren't worth packing.
const SHORT: usize = 256;

pub const JSON: &str = "application/json";
pub const HTML: &str = "text/html; charset=utf-8";
pub const CSS: &str = "text/css; charset=utf-8";

/// A body, packed in each encoding when the first client asks for it.
pub struct Content {
    media_type: &'static str,
    plain: Packed,
    gzip: OnceLock<Packed>,
    brotli: OnceLock<Packed>,
}

struct Packed {
    bytes: Bytes,
    /// The hash of these very bytes: another form, encoding or content has another one, on every machine the same.
    tag: HeaderValue,
}

impl Packed {
    fn new(bytes: Vec<u8>) -> Packed {
        let tag = format!("\"{:032x}\"", xxh3_128(&bytes));
        Packed { bytes: bytes.into(), tag: HeaderValue::try_from(tag).expect("digits between quotes") }
    }
}

impl Content {
    pub fn new(media_type: &'static str, bytes: impl Into<Vec<u8>>) -> Content {
        Content { media_type, plain: Packed::new(bytes.into()), gzip: OnceLock::new(), brotli: OnceLock::new() }
    }

    fn packed(&self, encoding: Encoding) -> &Packed {
        match encoding {
            Encoding::Identity => &self.plain,
            Encoding::Gzip => self.gzip.get_or_init(|| Packed::new(gzip(&self.plain.bytes))),
            Encoding::Brotli => self.brotli.get_or_init(|| Packed::new(brotli(&self.plain.bytes))),
        }
    }

    /// The answer to a request with these headers: the body, or that the client has it already.
    pub fn answer(&self, request: &HeaderMap) -> Response {
        let encoding = if self.plain.bytes.len() < SHORT { Encoding::Identity } else { Encoding::accepted(request) };
        let packed = self.packed(encoding);
        let known = is_known(request, &packed.tag);
        let (status, body) =
            if known { (StatusCode::NOT_MODIFIED, Body::empty()) } else { (StatusCode::OK, Body::from(packed.bytes.clone())) };
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::ETAG, packed.tag.clone());
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(CACHE));
        if !known {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media_type));
            match encoding {
                Encoding::Identity => None,
                Encoding::Gzip => headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip")),
                Encoding::Brotli => headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br")),
            };
        }
        if self.media_type == HTML {
            headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
        }
        response
    }
}

/// Does `If-None-Match` list the tag? Compared weakly, as RFC 9110 has it: `W/` doesn't count.
fn is_known(request: &HeaderMap, tag: &HeaderValue) -> bool {
    // A comma inside another's tag splits it in two that no tag of ours equals.
    let listed = request.get_all(header::IF_NONE_MATCH).iter().flat_map(|line| line.as_bytes().split(|byte| *byte == b','));
    listed.map(<[u8]>::trim_ascii).any(|known| known == b"*" || known.strip_prefix(b"W/").unwrap_or(known) == tag.as_bytes())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("a vector takes all")
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 5, size_hint: bytes.len(), ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &parameters).expect("a vector takes all");
    packed
}

/// What never changes while the program runs.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Page {
    Index,
    Article(&'static Article),
    Section(&'static Section),
}

/// The pages that have been asked for. It grows no further than the almanac: only what exists has a [`Page`].
#[derive(Default)]
pub struct Shelf {
    kept: RwLock<HashMap<(Page, Format), Arc<Content>>>,
}

impl Shelf {
    /// The kept content of a page, or else the one that `make` gives.
    pub fn get(&self, page: Page, format: Format, make: impl FnOnce() -> Content) -> Arc<Content> {
        // Nothing panics while it holds the lock.
        if let Some(content) = self.kept.read().unwrap_or_else(PoisonError::into_inner).get(&(page, format)) {
            return Arc::clone(content);
        }
        // Made without the lock: two may make the same, and the first one counts.
        let content = Arc::new(make());
        Arc::clone(self.kept.write().unwrap_or_else(PoisonError::into_inner).entry((page, format)).or_insert(content))
    }
}
