use super::*;

/// Every scalar and key with the text that its span covers.
fn spans(text: &str) -> Vec<(String, String)> {
    fn walk(node: &Node, text: &str, out: &mut Vec<(String, String)>) {
        match &node.value {
            Value::List(nodes) => nodes.iter().for_each(|node| walk(node, text, out)),
            Value::Map(entries) => {
                for (key, node) in entries {
                    out.push((key.name.clone(), text[key.span.clone()].to_owned()));
                    walk(node, text, out);
                }
            }
            other => out.push((format!("{other:?}"), text[node.span.clone()].to_owned())),
        }
    }
    let mut out = Vec::new();
    walk(&parse(text).unwrap(), text, &mut out);
    out
}

#[test]
fn every_scalar_knows_its_place() {
    let text = "id: huawei # the id\n\"quoted key\":   'it''s'\nlist: [a, \"b c\", 3]\n\
        map:\n  deep: {x: -1.50, y: ~}\nблок: |\n  text\n\nempty:\n";
    let found = spans(text);
    let expected = [
        ("id", "id"),
        ("String(\"huawei\")", "huawei"),
        ("quoted key", "\"quoted key\""),
        ("String(\"it's\")", "'it''s'"),
        ("list", "list"),
        ("String(\"a\")", "a"),
        ("String(\"b c\")", "\"b c\""),
        ("Number(3.0, \"3\")", "3"),
        ("map", "map"),
        ("deep", "deep"),
        ("x", "x"),
        ("Number(-1.5, \"-1.50\")", "-1.50"),
        ("y", "y"),
        ("Null", "~"),
        ("блок", "блок"),
        ("String(\"text\\n\")", "|"),
        ("empty", "empty"),
        ("Null", "empty"),
    ];
    assert_eq!(found, expected.map(|(value, text)| (value.to_owned(), text.to_owned())));
}

#[test]
fn lists_and_maps_span_their_parts() {
    let text = "tags: [a, {b: c}]\nupdate:\n  date: 2024\nempty: []\nlist:\n- {a: b}\n- c: d\n";
    let Value::Map(entries) = parse(text).unwrap().value else { panic!() };
    assert_eq!(&text[entries[0].1.span.clone()], "[a, {b: c}]");
    assert_eq!(&text[entries[1].1.span.clone()], "date: 2024");
    assert_eq!(&text[entries[2].1.span.clone()], "[]");
    let Value::List(nodes) = &entries[3].1.value else { panic!() };
    assert_eq!(&text[nodes[0].span.clone()], "{a: b}");
    assert_eq!(&text[nodes[1].span.clone()], "c: d");
}

#[test]
fn errors_have_places() {
    let error = parse("a: b\nc: [1, 2\n").unwrap_err();
    assert!(error.span.start > 4, "{error:?}");
    let error = parse("a: b: c").unwrap_err();
    assert_eq!(error.span, 4..5, "{error:?}");
    assert!(parse("a: &x [*x, *x]").is_err(), "an alias inside what it names");
}

#[test]
fn alias_bombs_are_refused() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let below = format!("*a{}", level - 1);
        text.push_str(&format!("a{level}: &a{level} [{}]\n", vec![below; 9].join(", ")));
    }
    assert!(parse(&text).is_err());
}

#[test]
fn nothing_is_an_empty_map() {
    assert_eq!(parse("").unwrap().value, Value::Map(Vec::new()));
    assert_eq!(parse("# only a comment\n").unwrap().value, Value::Map(Vec::new()));
}

#[test]
fn tags_and_surrogates_do_not_panic() {
    assert_eq!(
        spans("a: !x y\nb: z"),
        [("a", "a"), ("Tagged", "!x y"), ("b", "b"), ("String(\"z\")", "z")]
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
    );
    assert!(parse("a: \"\\ud800\"").is_err());
}

/// Values that YAML takes for numbers, as they are written.
#[test]
fn numbers_are_kept_as_written() {
    for written in [
        "0o17",
        "0b101",
        "1e3",
        "1.10",
        "007",
        "0x1F",
        "1_000",
        "12:30",
        "+5",
        "-0",
        "4.0",
        "0.1e1",
        ".5",
        "5.",
        "2024-01-01",
        "1,5",
        ".inf",
        ".nan",
        "-.inf",
        "-.Inf",
        ".NaN",
        "1e400",
        "+.5",
        "12345678901234567890123",
        "0xFFFFFFFFFFFFFFFFFFFF",
        "-0x1F",
        "+0o7",
        "-0b1",
        "340282366920938463463374607431768211456",
    ] {
        let text = format!("a: {written}\n{written}: b\nc: [{written}]\nd: &x {written}\ne: *x\n");
        let Value::Map(entries) = parse(&text).unwrap().value else { panic!() };
        let name = |value: &Value| match value {
            Value::Number(_, written) | Value::String(written) => written.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(name(&entries[0].1.value), written);
        assert_eq!(entries[1].0.name, written);
        let Value::List(list) = &entries[2].1.value else { panic!() };
        if !written.contains(',') {
            assert_eq!(name(&list[0].value), written);
        }
        assert_eq!(name(&entries[3].1.value), written);
        assert_eq!(&text[entries[3].1.span.clone()], written);
        assert_eq!(name(&entries[4].1.value), written);
    }
    let Value::Map(entries) = parse("a: 0o17\nb: 0x1F\n").unwrap().value else { panic!() };
    assert!(matches!(entries[0].1.value, Value::Number(15.0, _)));
    assert!(matches!(entries[1].1.value, Value::Number(31.0, _)));
    let Value::Map(entries) = parse("true: a\n~: b\n1.0: c\n").unwrap().value else { panic!() };
    assert_eq!(
        entries.iter().map(|(key, _)| key.name.as_str()).collect::<Vec<_>>(),
        ["true", "~", "1.0"]
    );
}

fn string(text: &str) -> String {
    let Value::Map(entries) = parse(text).unwrap().value else { panic!() };
    match &entries[0].1.value {
        Value::String(value) => value.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn json_escapes_are_those_of_json() {
    assert_eq!(
        string(r#"{"a": "\uD83D\uDE80 \u00e9 \/ \" \\ \b\f\n\r\t"}"#),
        "🚀 é / \" \\ \u{8}\u{c}\n\r\t"
    );
    assert_eq!(string(r#"a: "x\ud83d\uDe80\uD83D\uDE80y""#), "x🚀🚀y");
    // No escapes: in plain and single-quoted text, in blocks, behind a backslash.
    let literal = r"\uD83D\uDe80";
    for text in [
        format!("a: {literal}"),
        format!("a: '{literal}'"),
        format!("a: |-\n  {literal}"),
        r#"a: "\\uD83D\\uDe80""#.to_owned(),
    ] {
        assert_eq!(string(&text), literal, "{text}");
    }
    // Half a pair is an error on the escape, and places behind a pair are right.
    let error = parse(r#"a: "\uD83D x""#).unwrap_err();
    assert!(error.message.contains("Unicode") && error.span.start >= 4, "{error:?}");
    let text = "a: [\"\\uD83D\\uDE80\", 1.50] # x\nb: \"\\uD83D\\uDE80\"\n";
    let found = spans(text);
    assert_eq!(found[2], ("Number(1.5, \"1.50\")".to_owned(), "1.50".to_owned()));
    assert_eq!(found[4].1, "\"\\uD83D\\uDE80\"");
    // Also where the text has private-use characters, as themselves and as escapes.
    let text = "a: \"\u{e000}\u{e001}\\ue002\\uD83D\\uDE80\u{2028}\"";
    assert_eq!(string(text), "\u{e000}\u{e001}\u{e002}🚀\u{2028}");
}

#[test]
fn only_line_feeds_and_carriage_returns_end_lines() {
    for separator in ['\u{85}', '\u{2028}', '\u{2029}'] {
        for text in [
            format!("a: One{separator}two"),
            format!("a: 'One{separator}two'"),
            format!("a: \"One{separator}two\""),
            format!("a: |-\n  One{separator}two"),
        ] {
            assert_eq!(string(&text), format!("One{separator}two"), "{text:?}");
        }
        let text = format!("a: x{separator}y # z\nb: 1\n");
        assert_eq!(spans(&text)[3], ("Number(1.0, \"1\")".to_owned(), "1".to_owned()));
    }
    assert_eq!(string("a: \"\\L\\N\\P\""), "\u{2028}\u{85}\u{2029}");
}

/// Each error with what its span covers.
#[test]
fn errors_mark_their_cause() {
    let cases: &[(&str, &str, &str)] = &[
        ("a: Huawei: x", "mapping values are not allowed in this context", ":"),
        ("a: \"abc\nb: x\nc: y", "a quoted text without its closing quote", "\""),
        ("a: 'abc\nb: x\nc: 'y'", "a quoted text without its closing quote on its line", "'"),
        ("a: A\nsome text\nb: B", "a line without `key: value`", "some text"),
        ("a: [x, y\nb: z", "`[` without its closing bracket", "["),
        ("a: {x: y\nb: z", "`{` without its closing bracket", "{"),
        ("a: [x y: {z", "did not find expected ',' or '}'", ""),
        ("a: x\u{7}y", "it holds the invisible character U+0007", "\u{7}"),
        ("a: x\u{9f}y", "it holds the invisible character U+009F", "\u{9f}"),
        ("a: b\n---\nc: d", "more than one YAML document", "-"),
        ("---\na: b\n...\nc: d", "more than one YAML document", "."),
        ("a: \"x\n  k: y\"\nb: c: d", "mapping values are not allowed in this context", ":"),
    ];
    for (text, message, marked) in cases {
        let error = parse(text).unwrap_err();
        assert_eq!(
            (error.message.as_str(), &text[error.span.clone()]),
            (*message, *marked),
            "{text:?}"
        );
    }
    assert_eq!(parse("a: A\nsome text\nb: B").unwrap_err().span, 5..14);
    for (text, help) in [
        ("a: b\u{2028}c: d", "the line holds U+2028, a character that can't be seen"),
        ("a: b\u{a0}c: d", "the line holds U+00A0, a character that can't be seen"),
        ("a:\n\tb: c", "YAML is indented with spaces, not with tabs"),
        ("a: @x", "put a value that begins with `@` between double quotes"),
    ] {
        assert_eq!(parse(text).unwrap_err().help.as_deref(), Some(help), "{text:?}");
    }
}

/// A name may be given to a text and used again, but not to make more of it than there is.
#[test]
fn aliases_are_bounded_in_bytes() {
    assert!(parse(&format!("a: &a {}\nb: [{}]", "x".repeat(500), "*a, ".repeat(20))).is_ok());
    assert!(
        parse(&format!("a: &a {}\nb: [{}]", "x".repeat(50_000), "*a, ".repeat(5_000))).is_err()
    );
}
