//! The report as values and as text: two renderings of one structure.

use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::report::Position;
use crate::visible::visible;

/// Pieces of articles; most of them are wrong.
const PIECES: [&str; 14] = [
    "Text.\n\n",
    "See [B](./bee.md) and [C](c.md#nothing).\n\n",
    "# One\r\n\r\n",
    "漢字\tand ñ\u{301} [x](no.md) <b>bold</b> http://a.example/\n\n",
    "\u{202e}\u{7} `\"` \\ <Chart \u{200b} /> [quote\"](\"\u{85}.md)\n\n",
    "a\rb\rc\n\n",
    ":::warnig\n\n",
    ":::\n\n",
    "```js\n",
    "## Timeline\n\n- **2019-13**: It.[^1]\n- **2018-03**: \u{1f600}. <!-- #A -->\n\n",
    "[^1]: [S](javascript:x), <https://a.example>.\n\n",
    "![](chip.png)[^none]\n\n",
    "<!-- open\n\n",
    "<Tabs\n  values={[1,\n2,\n3,\n4]}>\n\n",
];

const FRONT_MATTERS: [&str; 5] = [
    "",
    "\u{feff}",
    "---\nsidebar_positon: 3\ntags: \"\\u202e\"\n---\n\n",
    "---\r\ntitle: 'é\": a: b\r\n---\r\n",
    "---\nid: same\nlast_update: {date: 2023-02-29}\n---\n\n",
];

const NAMES: [&str; 6] = ["a.md", "b c.md", "c.md", "d/\"q\"\u{202e}.md", "d/é\n.md", "e.mdx"];

fn folders() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let line = prop_oneof![6 => Just(0_usize), 1 => 400..1_200_usize];
    let pieces = prop::collection::vec((line, prop::sample::select(&PIECES[..])), 0..6);
    let text = (prop::sample::select(&FRONT_MATTERS[..]), pieces).prop_map(|(front, pieces)| {
        let pieces = pieces.into_iter().map(|(before, piece)| "é ".repeat(before) + piece);
        pieces.fold(front.to_owned(), |text, piece| text + &piece)
    });
    let files = (prop::sample::subsequence(&NAMES[..], 1..=3), [text.clone(), text.clone(), text]);
    files.prop_map(|(names, texts)| names.into_iter().zip(texts).collect())
}

/// Returns what the text says: title and place of each diagnostic.
fn printed(text: &str) -> Vec<(String, Option<String>)> {
    let mut found: Vec<(String, Option<String>)> = Vec::new();
    for line in text.lines() {
        if line.starts_with("error[") || line.starts_with("warning[") {
            found.push((line.to_owned(), None));
        } else if let Some(place) = line.trim_start().strip_prefix("--> ") {
            found.last_mut().expect("a title").1.get_or_insert_with(|| place.to_owned());
        }
    }
    found
}

/// Returns the same of a line of JSON.
fn told(line: &str) -> (String, Option<String>) {
    let value: Value = serde_json::from_str(line).unwrap();
    let text = |key: &str| value[key].as_str().unwrap_or_else(|| panic!("no {key} in {line}"));
    let title = format!("{}[{}]: {}", text("severity"), text("code"), visible(text("message")));
    let place = value["file"].as_str().map(|file| match (&value["line"], &value["column"]) {
        (Value::Null, Value::Null) => visible(file).into_owned(),
        (line, column) => format!("{}:{line}:{column}", visible(file)),
    });
    (title, place)
}

/// Returns the byte at a line and a column, found without the compiler's own index.
fn byte(text: &str, position: Position) -> usize {
    let ends = |at: usize, end: &str| end == "\n" || !text[at..].starts_with("\r\n");
    let ends = text.match_indices(['\n', '\r']).filter(|&(at, end)| ends(at, end));
    let mut starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1));
    let start = starts.nth(position.line - 1).expect("a line");
    let characters = text[start..].char_indices().map(|(at, _)| start + at);
    characters.chain([text.len()]).nth(position.column - 1).expect("a column")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn values_and_text_agree(files in folders(), deny_warnings: bool) {
        let settings = Settings { deny_warnings, ..Settings::default() };
        let compiled = compile(ContentFolder::from_files(files.clone()), &settings);
        let report = &compiled.report;
        let lines: Vec<String> = report
            .diagnostics
            .iter()
            .map(|diagnostic| serde_json::to_string(diagnostic).unwrap())
            .collect();
        prop_assert_eq!(
            lines.iter().map(|line| told(line)).collect::<Vec<_>>(),
            printed(&(report.errors.clone() + &report.warnings))
        );
        let has_error = lines.iter().any(|line| line.contains("\"severity\":\"error\""));
        prop_assert_eq!(report.failed, has_error);
        let located = report.diagnostics.iter().flat_map(|diagnostic| &diagnostic.location);
        for location in located {
            let (Some(start), Some(end)) = (location.start, location.end) else { continue };
            let inside = location.file.strip_prefix("content/").unwrap();
            let (_, text) = files.iter().find(|(name, _)| *name == inside).unwrap();
            let (start, end) = (byte(text, start), byte(text, end));
            prop_assert!(start <= end);
            prop_assert_eq!(&location.place.span, &(start..end));
        }
    }
}
