//! Requests that are near to right ones.

use super::*;

/// Requests near to what is answered: routes, known parameters, escaped bytes.
fn near() -> impl Strategy<Value = String> {
    let escaped = proptest::collection::vec(any::<u8>(), 0..12)
        .prop_map(|bytes| bytes.iter().map(|byte| format!("%{byte:02X}")).collect::<String>());
    let ids: Vec<String> = articles().iter().map(|article| article.id().to_owned()).collect();
    let value = prop_oneof![
        escaped,
        "[a-z0-9.*+\"-]{0,40}".prop_map(|text| text.replace('"', "%22")),
        "[0-9-]{0,21}",
        proptest::sample::select(ids),
        "\\PC{0,8}".prop_map(|text| almanac_axum::urls::encode(&text).into_owned())
    ];
    let route = proptest::sample::select(vec![
        "/",
        "/articles",
        "/articles/",
        "/sections/",
        "/search",
        "/events",
        "/healthz",
        "/style.css",
    ]);
    let name = proptest::sample::select(vec![
        "q", "limit", "offset", "from", "to", "article", "anchor", "format", "", "x",
    ]);
    let parameters = proptest::collection::vec(
        (name, value.clone()).prop_map(|(name, value)| format!("{name}={value}")),
        0..4,
    );
    (route, value, parameters).prop_map(|(route, tail, parameters)| {
        let tail = if route.len() > 1 && route.ends_with('/') { tail } else { String::new() };
        format!("{route}{tail}?{}", parameters.join("&"))
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 3000, failure_persistence: None, ..ProptestConfig::default()
    })]

    #[test]
    fn no_request_is_our_fault(
        path in prop_oneof![near(), "/[!-~]{0,80}"],
        accept in "[a-z/*;=q0-9., \"]{0,30}",
        encoding in "[a-z*;=q0-9., ]{0,20}",
        known in "[ -~]{0,40}",
    ) {
        static RUNTIME: LazyLock<tokio::runtime::Runtime> =
            LazyLock::new(|| {
                tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
            });
        if let Ok(uri) = path.parse::<Uri>() {
            let request = Request::get(uri)
                .header("accept", accept)
                .header("accept-encoding", encoding)
                .header("if-none-match", known);
            let reply = RUNTIME.block_on(ask(&APP, request.body(Body::empty()).unwrap()));
            prop_assert!(reply.status.as_u16() < 500, "{path}: {}", reply.status);
            let is_html = reply.header(header::CONTENT_TYPE).starts_with("text/html");
            if reply.status.is_client_error() && !is_html {
                prop_assert_eq!(&reply.json()["status"], reply.status.as_u16());
            }
        }
    }
}
