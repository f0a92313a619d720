//! Faults of what the schema types: tables, profiles and fields of articles.

use super::*;

const SCHEMA: &str = "\
profiles:
  company:
    valid: [founded, closed]
    fields:
      founded: { type: date, required: true }
      closed: date
      country: country
      parent: company
      brands: { type: text, list: true }
      sizes: { type: number, list: true }
      listed: boolean
  person: {}
articles:
  difficulty: [easy, hard]
  see: { type: article, list: true }
records:
  Tools:
    row: tool
    valid: [Made, Scrapped]
    columns:
      Tool: name
      Count: number
      Weight: { type: quantity, unit: g }
      Made: date
      Scrapped: date
      Works: boolean
      Page: url
      Pages: { type: url, list: true }
      From: country
      Colours: { type: [red, dark blue], list: true }
      About: article
      Maker: company
      Better: tool
      Parts: { type: tool, list: true }
  Sales:
    row: sale
    identity: [Sold, Buyer]
    columns:
      Sold: { type: tool, required: true }
      Buyer: { type: text, required: true }
";

/// A folder with an article on a company, one on a person, one without a profile and a draft.
fn folder(article: &str) -> Vec<(String, String)> {
    let mut files = with_schema(SCHEMA, article);
    let others = [
        (
            "companies/acme.md",
            "---\nprofile: {kind: company, founded: 1901}\n---\n\n# Acme\n\nText.\n",
        ),
        ("people/ann.md", "---\nprofile: {kind: person}\n---\n\n# Ann\n\nText.\n"),
        ("plain.md", "# Plain\n\nText.\n"),
        ("draft.md", "---\ndraft: true\n---\n\n# Draft\n\n## Tools\n\n| Tool |\n|---|\n| Hoe |\n"),
        (
            "tools.md",
            "# Tools\n\n## Tools\n\n| Tool | Made |\n|---|---|\n| Axe | 2001 |\n| Axe | 2002 |\n\
            | Plane | |\n",
        ),
    ];
    files.extend(others.map(|(path, text)| (path.to_owned(), text.to_owned())));
    files
}

/// Returns the article with a table of one row: a saw, and a value in another column.
fn cell(column: &str, value: &str) -> Vec<(String, String)> {
    folder(&format!("# A\n\n## Tools\n\n| Tool | {column} |\n|---|---|\n| Saw | {value} |\n"))
}

const CELLS: &[(&str, &str, &str)] = &[
    ("no number", "Count", "many"),
    ("a number with a unit", "Count", "12 pieces"),
    ("a wrong group of digits", "Count", "1,00"),
    ("no quantity", "Weight", "heavy"),
    ("an unknown prefix", "Weight", "5 Xg"),
    ("a range", "Weight", "5–7 g"),
    ("no month", "Made", "2023-13"),
    ("a season", "Made", "spring 2023"),
    ("neither yes nor no", "Works", "mostly"),
    ("a URL without a scheme", "Page", "example.org"),
    ("a link to an article for a URL", "Page", "[Acme](companies/acme.md)"),
    ("two URLs", "Page", "https://a.example/ https://b.example/"),
    ("a URL among several", "Pages", "[a](https://a.example/), [b](plain.md)"),
    ("a country in lower case", "From", "cn"),
    ("a country in words", "From", "China"),
    ("a choice near another", "Colours", "red, drak blue"),
    ("a choice near nothing", "Colours", "striped"),
    ("an id near another", "About", "companies/acne"),
    ("the last part of an id", "About", "ann"),
    ("an id near nothing", "About", "something/else"),
    ("the id of a draft", "About", "draft"),
    ("a link to the web for an article", "About", "[site](https://a.example/)"),
    ("two articles", "About", "[Acme](companies/acme.md), [Ann](people/ann.md)"),
    ("an article of the wrong kind", "Maker", "[Ann](people/ann.md)"),
    ("an article without a profile", "Maker", "plain"),
    ("a record near another", "Better", "Plan"),
    ("a record near nothing", "Better", "Hammer"),
    ("a record of a draft", "Better", "Hoe"),
    ("a record of a name that two have", "Better", "Axe"),
    ("a record in a list", "Parts", "Saw, Nail"),
];

const TABLES: &[(&str, &str)] = &[
    ("no name", "## Tools\n\n| Tool | Count |\n|---|---|\n| – | 1 |\n"),
    ("a short row", "## Sales\n\n| Sold | Buyer |\n|---|---|\n| Plane |\n"),
    ("a missing column", "## Sales\n\n| Sold |\n|---|\n| Plane |\n"),
    ("a misspelt column", "## Sales\n\n| Sold | Byuer |\n|---|---|\n| Plane | Ann |\n"),
    ("an unknown column", "## Tools\n\n| Tool | Length |\n|---|---|\n| Saw | 1 m |\n"),
    ("a column in lower case", "## Tools\n\n| Tool | count |\n|---|---|\n| Saw | 1 |\n"),
    ("a second column", "## Tools\n\n| Tool | Count | Count |\n|---|---|---|\n| Saw | 1 | 2 |\n"),
    (
        "the end before the beginning",
        "## Tools\n\n| Tool | Made | Scrapped |\n|---|---|---|\n| Saw | 2001-05 | 2001-04-30 |\n",
    ),
    ("a second record", "## Tools\n\n| Tool |\n|---|\n| PLANE |\n"),
    (
        "a second record without a name",
        "## Sales\n\n| Sold | Buyer |\n|---|---|\n| Plane | Ann |\n| Plane | ann |\n",
    ),
    ("a name without letters", "## Tools\n\n| Tool |\n|---|\n| !! |\n"),
];

const FRONT: &[(&str, &str)] = &[
    ("no map", "profile: company"),
    ("no kind", "profile: {founded: 1901}"),
    ("a kind that is no text", "profile: {kind: 5}"),
    ("a kind near another", "profile: {kind: compny}"),
    ("a kind near nothing", "profile: {kind: building}"),
    ("the kind twice", "profile: {kind: company, kind: person, founded: 1901}"),
    ("a key twice", "profile: {kind: company, founded: 1901, founded: 1902}"),
    ("a key near another", "profile: {kind: company, founded: 1901, contry: CN}"),
    ("a key of another kind", "profile: {kind: company, founded: 1901, born: 1901}"),
    ("no required key", "profile: {kind: company}"),
    ("no date", "profile: {kind: company, founded: long ago}"),
    ("nothing for a value", "profile:\n  kind: company\n  founded: 1901\n  country:"),
    ("an empty text for a value", "profile: {kind: company, founded: 1901, country: \"\"}"),
    ("a list for a value", "profile: {kind: company, founded: 1901, country: [CN]}"),
    ("a value for a list", "profile: {kind: company, founded: 1901, brands: Ascend}"),
    ("a map in a list", "profile: {kind: company, founded: 1901, brands: [Ascend, {a: b}]}"),
    ("a word in a list of numbers", "profile: {kind: company, founded: 1901, sizes: [1, two]}"),
    ("a word for a boolean", "profile: {kind: company, founded: 1901, listed: maybe}"),
    ("a boolean for a text", "profile: {kind: company, founded: 1901, brands: [true]}"),
    ("the end before the beginning", "profile: {kind: company, founded: 1901, closed: 1900}"),
    ("the wrong kind", "profile: {kind: company, founded: 1901, parent: people/ann}"),
    ("no article", "profile: {kind: company, founded: 1901, parent: people/bob}"),
    ("a wrong choice", "difficulty: hrad"),
    ("an own key twice", "difficulty: hard\ndifficulty: easy"),
    ("an own key near another", "dificulty: hard"),
    ("an own key near nothing", "author: Ann"),
    ("a reference to nothing", "see: [plain, nowhere]"),
];

#[test]
fn cells() {
    let cases = CELLS.iter().map(|(name, column, value)| (*name, cell(column, value)));
    snapshot("schema-cells", &faults(cases));
}

#[test]
fn tables() {
    let cases = TABLES.iter().map(|(name, table)| (*name, folder(&format!("# A\n\n{table}"))));
    snapshot("schema-tables", &faults(cases));
}

#[test]
fn front_matter() {
    let cases = FRONT
        .iter()
        .map(|(name, front)| (*name, folder(&format!("---\n{front}\n---\n\n# A\n\nText.\n"))));
    snapshot("schema-front-matter", &faults(cases));
}

#[test]
fn required_fields_of_articles() {
    let schema = "\
articles:
  level: { type: text, required: true }
  tries: { type: number, list: true, required: true }
";
    let cases = [
        ("front matter without it", "---\ntitle: A\ntries: [1]\n---\n\nText.\n"),
        ("no front matter at all", "# A\n\nText.\n"),
        ("an empty list", "---\ntitle: A\nlevel: easy\ntries: []\n---\n\nText.\n"),
    ];
    let cases = cases.map(|(name, text)| {
        // The second lacks both fields; one is enough here.
        let schema =
            if name.starts_with("no") { schema.split("  tries").next().unwrap() } else { schema };
        (name, with_schema(schema, text))
    });
    snapshot("schema-required", &faults(cases));
}

#[test]
fn an_almanac_without_profiles() {
    let article = "---\nprofile: {kind: company}\nauthor: Ann\n---\n\n# A\n\nText.\n";
    snapshot("schema-none", &report(&[("a.md", article)]));
}

/// Odd, and yet nothing is wrong.
#[test]
fn near_misses() {
    let rows = [
        ("Count", "1,000"),
        ("Count", "–"),
        ("Count", ""),
        ("Weight", "**5 kg**[^1]"),
        ("Weight", "5"),
        ("Made", "2001"),
        ("Works", "no"),
        ("Page", "<https://a.example/>"),
        ("Page", "[the page](https://a.example/)"),
        ("Pages", "[a](https://a.example/) [b](https://b.example/)"),
        ("Pages", "https://a.example/"),
        ("From", "NO"),
        ("Colours", "dark blue"),
        ("Colours", "dark blue, red"),
        ("About", "companies/acme"),
        ("About", "[a company](companies/acme.md#)"),
        ("Maker", "[Acme](/companies/acme)"),
        // By its id, itself, and by a link.
        ("Better", "axe-2002"),
        ("Better", "Saw"),
        ("Better", "[Plane](tools.md)"),
        ("Parts", "Plane, Saw, axe-2001"),
    ];
    for (column, value) in rows {
        let mut files = cell(column, value);
        if value.contains("[^1]") {
            files[1].1.push_str("\n[^1]: Measured.\n");
        }
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (&**path, &**text)).collect();
        assert_eq!(report(&files), "", "{column}: {value}");
        allowed(value, &files);
    }
    for article in [
        // No table, a table deeper inside, a table under another heading.
        "# A\n\n## Tools\n\nNone.\n",
        "# A\n\n## Tools\n\n> | Colour |\n> |---|\n> | red |\n",
        "# A\n\n## Other tools\n\n| Colour |\n|---|\n| red |\n",
        // Two tables, columns in another order, a column left out.
        "# A\n\n## Tools\n\n| Count | Tool |\n|---|---|\n| 1 | Saw |\n\nAnd:\n\n| Tool |\n\
        |---|\n| Nail |\n",
        // The same name from another day on, and the one that replaces the other.
        "# A\n\n## Tools\n\n| Tool | Made | Better |\n|---|---|---|\n| Saw | 2001 | Saw |\n\
        | Saw | 2002 | – |\n",
        "# A\n\n## Tools\n\n| Tool | Made | Scrapped |\n|---|---|---|\n| Saw | 2001-05 | 2001 |\n",
        "---\nprofile: {kind: person}\n---\n\n# A\n\nText.\n",
        "---\nprofile: {kind: company, founded: 1901-02, brands: [], listed: yes, country: NO}\n\
        ---\n\n# A\n\nText.\n",
        "---\ndifficulty: hard\nsee: [plain, companies/acme]\n\
        sidebar_custom_props: {author: Ann}\n---\n\n# A\n\nText.\n",
    ] {
        let files = folder(article);
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (&**path, &**text)).collect();
        assert_eq!(report(&files), "", "{article}");
        allowed(article, &files);
    }
}
