//! Bodies with their encodings and tags, made once and kept where they never change.

use std::collections::HashMap;
use std::io::Write;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};

use ai_almanac::{Article, Section};
use axum::body::{Body, Bytes};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use xxhash_rust::xxh3::xxh3_128;

use crate::negotiate::{Encoding, Format};
use crate::problem::Problem;
use crate::work::turn;

/// The time for which a client or a proxy may use an answer without asking again.
pub const CACHE: &str = "public, max-age=300";
/// Pages run no script, load nothing from elsewhere but pictures, and send the search form only to
/// the service itself. The articles' tables align their cells with `style` attributes.
pub const POLICY: &str = "default-src 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; \
    img-src 'self' https:; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// Shorter bodies aren't worth packing.
const SHORT: usize = 256;
/// The number of lists and search results that are kept, the last ones that were asked for, and
/// their bytes in all. Packed, they can take as much again.
pub const MOST_RECENT: usize = 256;
pub const RECENT_BYTES: usize = 16 * 1024 * 1024;

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
    /// The hash of these very bytes: another form, encoding or content has another one, on every
    /// machine the same.
    tag: HeaderValue,
}

impl Packed {
    fn new(bytes: Vec<u8>) -> Packed {
        let tag = format!("\"{:032x}\"", xxh3_128(&bytes));
        Packed {
            bytes: bytes.into(),
            tag: HeaderValue::try_from(tag).expect("digits between quotes"),
        }
    }
}

impl Content {
    pub fn new(media_type: &'static str, bytes: impl Into<Vec<u8>>) -> Content {
        Content {
            media_type,
            plain: Packed::new(bytes.into()),
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
        }
    }

    fn packed(&self, encoding: Encoding) -> &Packed {
        match encoding {
            Encoding::Identity => &self.plain,
            Encoding::Gzip => self.gzip.get_or_init(|| Packed::new(gzip(&self.plain.bytes))),
            Encoding::Brotli => self.brotli.get_or_init(|| Packed::new(brotli(&self.plain.bytes))),
        }
    }

    fn is_packed(&self, encoding: Encoding) -> bool {
        match encoding {
            Encoding::Identity => true,
            Encoding::Gzip => self.gzip.get().is_some(),
            Encoding::Brotli => self.brotli.get().is_some(),
        }
    }

    /// Returns the answer to a request with these headers: the body, that the client has it
    /// already, or that it isn't what the client thinks it is.
    pub async fn answer(self: Arc<Self>, request: &HeaderMap) -> Response {
        let encoding = if self.plain.bytes.len() < SHORT {
            Encoding::Identity
        } else {
            Encoding::accepted(request)
        };
        if !self.is_packed(encoding) {
            let content = Arc::clone(&self);
            turn(move || _ = content.packed(encoding)).await;
        }
        let packed = self.packed(encoding);
        if !may_match(request, &packed.tag) {
            let detail = "`If-Match` lists other tags than that of this answer";
            return Problem::new(StatusCode::PRECONDITION_FAILED, detail).into_response();
        }
        let known = is_known(request, &packed.tag);
        let (status, body) = if known {
            (StatusCode::NOT_MODIFIED, Body::empty())
        } else {
            (StatusCode::OK, Body::from(packed.bytes.clone()))
        };
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::ETAG, packed.tag.clone());
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(CACHE));
        if !known {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media_type));
            match encoding {
                Encoding::Identity => None,
                Encoding::Gzip => {
                    headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"))
                }
                Encoding::Brotli => {
                    headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"))
                }
            };
        }
        if self.media_type == HTML {
            headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
        }
        response
    }
}

/// Returns `true` if `If-None-Match` lists the tag. Compared weakly, as RFC 9110 has it: `W/`
/// doesn't count.
fn is_known(request: &HeaderMap, tag: &HeaderValue) -> bool {
    let tag = tag.as_bytes();
    let mut known = listed(request, header::IF_NONE_MATCH);
    known.any(|known| known == b"*" || known.strip_prefix(b"W/").unwrap_or(known) == tag)
}

/// Returns `true` if `If-Match` lists the tag or is absent. Compared strongly: a weak tag matches
/// nothing.
fn may_match(request: &HeaderMap, tag: &HeaderValue) -> bool {
    !request.contains_key(header::IF_MATCH)
        || listed(request, header::IF_MATCH).any(|known| known == b"*" || known == tag.as_bytes())
}

/// The tags of a header. A comma inside another's tag splits it in two that no tag of ours equals.
fn listed(request: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &[u8]> {
    let lines = request.get_all(name).into_iter();
    lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b',')).map(<[u8]>::trim_ascii)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("a vector takes all")
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 5,
        size_hint: bytes.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &parameters).expect("a vector takes all");
    packed
}

/// A page: its content never changes while the program runs.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Page {
    Index,
    Article(&'static Article),
    Section(&'static Section),
}

/// Answers that have been asked for. Pages grow no further than the almanac: only what exists has a
/// [`Page`]. Of lists and search results, of which there is no end, the last ones are kept.
#[derive(Default)]
pub struct Shelf {
    kept: RwLock<HashMap<(Page, Format), Arc<Content>>>,
    recent: Mutex<Recent>,
}

/// Answers by the address and form that was asked for.
#[derive(Default)]
struct Recent {
    answers: HashMap<(String, Format), (Arc<Content>, u64)>,
    bytes: usize,
    /// Counts the requests, to tell which answer was asked for last.
    clock: u64,
}

impl Recent {
    fn get(&mut self, key: &(String, Format)) -> Option<Arc<Content>> {
        self.clock += 1;
        let (content, used) = self.answers.get_mut(key)?;
        *used = self.clock;
        Some(Arc::clone(content))
    }

    fn put(&mut self, key: (String, Format), content: &Arc<Content>) {
        // One that would push out most others is made each time.
        if content.plain.bytes.len() > RECENT_BYTES / 4 {
            return;
        }
        self.bytes += content.plain.bytes.len();
        if let Some((before, _)) = self.answers.insert(key, (Arc::clone(content), self.clock)) {
            self.bytes -= before.plain.bytes.len();
        }
        while self.answers.len() > MOST_RECENT || self.bytes > RECENT_BYTES {
            let oldest = self.answers.iter().min_by_key(|(_, (_, used))| *used);
            let Some(oldest) = oldest.map(|(key, _)| key.clone()) else { return };
            if let Some((content, _)) = self.answers.remove(&oldest) {
                self.bytes -= content.plain.bytes.len();
            }
        }
    }
}

impl Shelf {
    /// The kept content of a page, or else the one that `make` gives.
    pub fn get(&self, page: Page, format: Format, make: impl FnOnce() -> Content) -> Arc<Content> {
        // Nothing panics while it holds the lock.
        if let Some(content) =
            self.kept.read().unwrap_or_else(PoisonError::into_inner).get(&(page, format))
        {
            return Arc::clone(content);
        }
        // Made without the lock: two may make the same, and the first one counts.
        let content = Arc::new(make());
        Arc::clone(
            self.kept
                .write()
                .unwrap_or_else(PoisonError::into_inner)
                .entry((page, format))
                .or_insert(content),
        )
    }

    /// Returns the content of an address that was asked for not long ago, or else what `make`
    /// gives.
    pub async fn recent(
        &self,
        uri: &Uri,
        format: Format,
        make: impl FnOnce() -> Content + Send + 'static,
    ) -> Arc<Content> {
        let key = (uri.path_and_query().map_or("/", |path| path.as_str()).to_owned(), format);
        if let Some(content) = self.lately().get(&key) {
            return content;
        }
        let content = Arc::new(turn(make).await);
        self.lately().put(key, &content);
        content
    }

    fn lately(&self) -> MutexGuard<'_, Recent> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
