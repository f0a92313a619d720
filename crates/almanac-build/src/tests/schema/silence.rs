//! One mistake is one fault, however much depends on it.

use super::*;

const TOOLS: &str = "\
records:
  Tools:
    row: tool
    columns:
      Tool: name
      Weight: { type: quantity, unit: g }
      Better: { type: tool, inverse: worse }
      Maker: company
profiles:
  company: { fields: { founded: date, best: tool } }
articles:
  made_by: company
";

const USES: &str = "---\nprofile: {kind: company, founded: 1901, best: Saw}\nmade_by: b\n---\n\n\
# B\n\n## Tools\n\n| Tool | Weight | Better | Maker |\n|---|---|---|---|\n\
| Saw | 1 kg | Axe | [B](#) |\n| Axe | 2 kg | Saw | b |\n";

/// A change in the schema or in the article that uses all of it, and the one fault.
const CASES: &[(&str, &str, &str)] = &[
    ("records:\n  Tools:", "records: [\n  Tools:", "front-matter-syntax"),
    ("records:\n", "recods:\n", "unknown-key"),
    ("profiles:\n", "profile:\n", "unknown-key"),
    ("articles:\n", "article:\n", "unknown-key"),
    ("    row: tool\n", "    raw: tool\n", "unknown-key"),
    ("    columns:\n", "    colums:\n", "unknown-key"),
    ("company: { fields:", "company: { field:", "unknown-key"),
    ("Tool: name", "Tool: nmae", "invalid-value"),
    ("Tool: name", "Tool: { type: name, lits: true }", "unknown-key"),
    ("Weight: {", "Weight: [", "front-matter-syntax"),
    ("type: quantity", "type: quantum", "invalid-value"),
    ("Better: { type: tool,", "Better: { type: tol,", "invalid-value"),
    ("founded: date", "founded: dat", "invalid-value"),
    ("made_by: company", "made_by: compny", "invalid-value"),
    ("  company: { fields: { founded: date, best: tool } }", "  company: yes", "invalid-value"),
    ("kind: company,", "kind: compny,", "invalid-value"),
    ("| Tool | Weight |", "| Tol | Weight |", "unknown-column"),
    (
        "| Tool | Weight | Better | Maker |\n|---|---|---|---|",
        "| Length | Weight | Better | Maker |\n|---|---|---|---|",
        "unknown-column",
    ),
    ("| Axe | 2 kg |", "| Axe | heavy |", "invalid-value"),
    ("| [B](#) |", "| [B](c.md) |", "broken-link"),
    ("profile: {", "profile: }", "front-matter-syntax"),
];

#[test]
fn one_mistake_is_one_fault() {
    for (from, to, code) in CASES {
        assert!(TOOLS.contains(from) != USES.contains(from), "{from}");
        let (schema, article) = (TOOLS.replace(from, to), USES.replace(from, to));
        let files = [
            ("_schema_.yml", schema.as_str()),
            ("b.md", article.as_str()),
            // Another article that refers to what is there.
            (
                "a.md",
                "---\nmade_by: b\n---\n\n# A\n\n## Tools\n\n| Tool | Better |\n|---|---|\n\
                | Adze | Axe |\n",
            ),
        ];
        let said = report(&files);
        let count = said.matches("error[").count() + said.matches("warning[").count();
        let expected = if code == &"unknown-column" && to.contains("Length") { 2 } else { 1 };
        assert!(count == expected && said.contains(&format!("error[{code}]")), "{to}:\n{said}");
        allowed(to, &files);
    }
    let files = [("_schema_.yml", TOOLS), ("b.md", USES)];
    assert_eq!(report(&files), "");
    allowed("nothing", &files);
}

/// A reference to a file that isn't part of the result is no fault, if that is one already.
#[test]
fn what_is_refused_is_not_missed() {
    let article = "# A\n\n## Tools\n\n| Tool | Better |\n|---|---|\n| Adze | Axe |\n";
    let same = "---\nid: c\nmade_by: b\n---\n\n# C\n\n## Tools\n\n| Tool |\n|---|\n| Axe |\n";
    let other = "---\nid: c\n---\n\n# C\n\nText.\n";
    let company = "---\nprofile: {kind: company}\n---\n\n# B\n\nText.\n";
    let files = [
        ("_schema_.yml", TOOLS),
        ("a.md", article),
        ("b.md", company),
        ("c1.md", other),
        ("c2.md", same),
    ];
    let said = report(&files);
    assert!(said.contains("error[duplicate-id]") && said.contains("\n1 error in 1 file"), "{said}");
    allowed("refused", &files);
}

/// Two faults of one table don't hide each other.
#[test]
fn all_faults_of_a_table_are_reported() {
    let article = "# A\n\n## Tools\n\n| Tool | Wieght | Better | Colour |\n|---|---|---|---|\n\
    | Saw | heavy | Axe | red |\n| saw | 1 g | Saw | |\n| | 2 X | | |\n";
    let said = report(&[("_schema_.yml", TOOLS), ("a.md", article)]);
    snapshot("schema-one-table", &said);
}
