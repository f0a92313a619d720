//! Faults of the schema itself.

use super::*;

/// The schema as a whole, and kinds.
const KINDS: &[(&str, &str)] = &[
    ("not YAML", "profiles: [\n"),
    ("no map", "- company\n- person\n"),
    ("a misspelt key", "profile:\n  company: {}\n"),
    ("an unknown key", "version: 2\n"),
    ("a key twice", "articles: {}\narticles: {}\n"),
    ("images", "images: all\n"),
    ("no map of profiles", "profiles: [company, person]\n"),
    ("no map of tables", "records: Models\n"),
    ("no map for a kind", "profiles:\n  company: founded\n"),
    ("no map for a table", "records:\n  Models: [Model, Maker]\n"),
    ("an unknown key of a profile", "profiles:\n  company:\n    field:\n      founded: date\n"),
    (
        "an unknown key of a table",
        "records:\n  Models:\n    row: model\n    fields:\n      Model: name\n",
    ),
    ("a kind twice", "profiles:\n  company: {}\n  company: {}\n"),
    ("about what", "profiles:\n  company: { about: [a, b] }\n"),
    ("a kind that is a type", "profiles:\n  date: {}\n"),
    ("a kind without letters", "profiles:\n  \"++\": {}\n"),
    ("two kinds of one struct", "profiles:\n  court case: {}\n  court-case: {}\n"),
    (
        "a kind and what another becomes",
        "profiles:\n  event record: {}\n\
        records:\n  Meetings: { row: event, columns: { What: name } }\n",
    ),
    (
        "one kind of profiles and records",
        "profiles:\n  model: {}\nrecords:\n  Models: { row: model, columns: { Model: name } }\n",
    ),
    ("no row", "records:\n  Models:\n    columns:\n      Model: name\n"),
    (
        "a row that is no name",
        "records:\n  Models:\n    row: [model]\n    columns:\n      Model: name\n",
    ),
    (
        "two tables of one function",
        "\
records:
  Court cases: { row: case, columns: { Case: name } }
  Court-cases: { row: lawsuit, columns: { Case: name } }
",
    ),
    (
        "a function of every almanac",
        "records:\n  Events: { row: meeting, columns: { What: name } }\n",
    ),
    ("a heading without letters", "records:\n  \"++\": { row: model, columns: { Model: name } }\n"),
    (
        "nothing identifies",
        "records:\n  Models:\n    row: model\n    columns:\n      Maker: text\n",
    ),
    ("no columns", "records:\n  Models: { row: model }\n"),
    (
        "an empty identity",
        "records:\n  Models: { row: model, identity: [], columns: { Maker: text } }\n",
    ),
    (
        "an identity that is no list",
        "records:\n  Models: { row: model, identity: Model, columns: { Model: name } }\n",
    ),
    (
        "an identity of no text",
        "records:\n  Models: { row: model, identity: [[Model]], columns: { Model: name } }\n",
    ),
    (
        "an identity near a column",
        "records:\n  Models: { row: model, identity: [Modle], columns: { Model: name } }\n",
    ),
    (
        "an identity near nothing",
        "records:\n  Models: { row: model, identity: [Licence], columns: { Model: name } }\n",
    ),
    (
        "an identity twice",
        "records:\n  Models: { row: model, identity: [Model, model], columns: { Model: name } }\n",
    ),
    (
        "validity of a text",
        "records:\n  Laws: { row: law, valid: [Law], columns: { Law: name } }\n",
    ),
    (
        "validity of a list",
        "profiles:\n  person: { valid: [born], fields: { born: { type: date, list: true } } }\n",
    ),
    (
        "three dates of validity",
        "profiles:\n  person: { valid: [a, b, c], fields: { a: date, b: date, c: date } }\n",
    ),
    ("no date of validity", "profiles:\n  person: { valid: [], fields: { born: date } }\n"),
    (
        "validity of nothing",
        "profiles:\n  person: { valid: [bron, died], fields: { born: date, died: date } }\n",
    ),
];

/// Fields of a kind of record.
const COLUMNS: &[(&str, &str)] = &[
    ("no type", "Weight: { unit: g }"),
    ("a number for a type", "Weight: 5"),
    ("no map of a field", "Weight: { type: { name: date } }"),
    ("a type near another", "Weight: nubmer"),
    ("a type near a kind", "Better: tol"),
    ("a type near nothing", "Weight: kilograms"),
    ("the word choice", "Colour: choice"),
    ("no choices", "Colour: []"),
    ("a choice that is no word", "Colour: [red, true]"),
    ("a choice without letters", "Colour: [red, \"++\"]"),
    ("two choices of one variant", "Colour: [dark blue, dark-blue]"),
    ("a choice with a comma in a list", "Colour: { type: [red, \"blue, dark\"], list: true }"),
    ("no unit", "Weight: quantity"),
    ("a unit of no quantity", "Weight: { type: number, unit: g }"),
    ("an empty list of units", "Weight: { type: quantity, unit: [] }"),
    ("a unit that is no text", "Weight: { type: quantity, unit: 5 }"),
    ("a list of names", "Alias: { type: name, list: true }"),
    ("a list of mentions", "Makers: { type: mention, list: true }"),
    ("a list of quantities", "Weights: { type: quantity, unit: g, list: true }"),
    ("list and what", "Parts: { type: tool, list: many }"),
    ("required and what", "Weight: { type: number, required: always }"),
    ("a second name", "Alias: name"),
    ("a label of a column", "Weight: { type: number, label: Mass }"),
    ("two columns of one accessor", "Weight-1: number\n      Weight 1: number"),
    ("a column twice", "Weight: number\n      Weight: number"),
    ("an accessor of every record", "Sources: text"),
    ("an accessor of every kind", "Valid on: date"),
    ("a column without letters", "\"#\": number"),
    ("an inverse of a text", "Maker: { type: text, inverse: tools }"),
    ("an inverse of any article", "Maker: { type: article, inverse: tools }"),
    ("an inverse that is no text", "Better: { type: tool, inverse: [worse] }"),
    ("an inverse without letters", "Better: { type: tool, inverse: \"!\" }"),
    (
        "an inverse named as a column",
        "Better: { type: tool, inverse: weight }\n      Weight: number",
    ),
    (
        "an inverse named as another",
        "Better: { type: tool, inverse: worse }\n      Best: { type: tool, inverse: worse }",
    ),
    ("an inverse of every record", "Better: { type: tool, inverse: id }"),
    ("an unknown key", "Weight: { type: number, requierd: true }"),
    ("an unknown key near nothing", "Weight: { type: number, default: 5 }"),
    ("about what", "Weight: { type: number, about: 5 }"),
];

/// Fields of the front matter.
const KEYS: &[(&str, &str)] = &[
    ("a key in upper case", "articles:\n  Difficulty: text\n"),
    ("a key with a space", "articles:\n  see also: article\n"),
    ("a key of every front matter", "articles:\n  title: text\n"),
    ("the kind of a profile", "profiles:\n  company: { fields: { kind: text } }\n"),
    ("a name of an article", "articles:\n  alias: name\n"),
    ("an empty label", "articles:\n  difficulty: { type: text, label: \"\" }\n"),
    (
        "a choice of the name of a kind",
        "profiles:\n  article difficulty: {}\narticles:\n  difficulty: [easy, hard]\n",
    ),
    ("a choice of the name of a type", "profiles:\n  typed: { fields: { record: [a, b] } }\n"),
    ("no map of fields", "articles: [difficulty]\n"),
];

#[test]
fn kinds() {
    snapshot("schema-kinds", &faults(KINDS.iter().map(|(name, text)| (*name, schema(text)))));
}

#[test]
fn columns() {
    let tools = |columns: &str| {
        let mut files = schema(&format!(
            "records:\n  Tools:\n    row: tool\n    columns:\n      Tool: name\n      {columns}\n"
        ));
        files[1].1 = "# A\n\n## Tools\n\n| Tool |\n|---|\n| Saw |\n".to_owned();
        files
    };
    snapshot("schema-columns", &faults(COLUMNS.iter().map(|(name, text)| (*name, tools(text)))));
}

#[test]
fn keys() {
    snapshot("schema-keys", &faults(KEYS.iter().map(|(name, text)| (*name, schema(text)))));
}

#[test]
fn limits() {
    use crate::limits::{FIELDS, IDENTIFIER_BYTES, LABEL_CHARS};

    let fields = |count: usize| {
        let fields: Vec<String> = (0..count).map(|at| format!("f{at}: date")).collect();
        format!("articles: {{ {} }}\n", fields.join(", "))
    };
    let kind = |length: usize| format!("profiles:\n  {}: {{}}\n", "é".repeat(length));
    let choice = |length: usize| format!("articles:\n  level: [{}]\n", "é".repeat(length));
    let label = |length: usize| {
        format!("articles:\n  level: {{ type: text, label: {} }}\n", "é".repeat(length))
    };
    let heading = |length: usize| {
        let column = "é".repeat(length);
        format!("records:\n  Tools: {{ row: tool, columns: {{ Tool: name, {column}: text }} }}\n")
    };
    let identifier = IDENTIFIER_BYTES / "é".len();
    #[allow(clippy::type_complexity, reason = "a table of cases")]
    let cases: [(&str, &dyn Fn(usize) -> String, usize); 5] = [
        ("fields", &fields, FIELDS),
        ("kind", &kind, identifier),
        ("choice", &choice, identifier),
        ("label", &label, LABEL_CHARS),
        ("heading", &heading, LABEL_CHARS),
    ];
    let mut said = String::new();
    for (name, text, most) in cases {
        let within = schema(&text(most));
        let within = within.iter().map(|(path, text)| (&**path, &**text));
        assert_eq!(report(&within.collect::<Vec<_>>()), "", "{name}");
        said.push_str(&faults([(name, schema(&text(most + 1)))]));
    }
    let too_long = "a Rust identifier of 242 bytes: more than 240, which file names take";
    let messages: Vec<&str> = said.lines().filter(|line| line.starts_with("error[")).collect();
    assert_eq!(
        messages,
        [
            "error[too-large]: more than 200 names in one map",
            &format!("error[invalid-identifier]: {too_long}"),
            &format!("error[invalid-identifier]: {too_long}"),
            "error[too-long]: a label of 101 characters: more than 100",
            "error[too-long]: a heading of 101 characters: more than 100",
        ]
    );
}

/// Odd, and yet nothing is wrong.
#[test]
fn near_misses() {
    for text in [
        "",
        "# Nothing yet.\n",
        "\u{feff}articles: {}\n",
        "profiles: {}\nrecords: {}\narticles: {}\n",
        "profiles:\n  term: {}\n",
        "images: paths\n",
        // Declared later, in a circle, and by its own kind.
        "\
profiles:
  a: { fields: { b: { type: b, inverse: c } } }
  b: { fields: { a: { type: a, inverse: d } } }
",
        "profiles:\n  company: { fields: { parent: { type: company, inverse: subsidiaries } } }\n",
        // Names that Rust has of its own.
        "profiles:\n  event: {}\n  option: {}\n  self: {}\n  type: {}\n  string: {}\n",
        "articles:\n  type: [type, Self, ALL, \"8\", fn]\n  self: text\n  fn: date\n",
        "\
records:
  Type: { row: thing, columns: { Type: name, Self: text, \"2024\": number, Loop: [in, out] } }
",
        // The name of a column is no accessor.
        "records:\n  Models: { row: model, columns: { Name: name, Id of maker: text } }\n",
        "\
records:
  Models: { row: model, identity: [maker, Year], columns: { Maker: text, Year: date } }
",
        "\
records:
  Rates: { row: rate, columns: { Rate: name, Speed: { type: quantity, unit: [B/s, b/s] } } }
",
        "\
articles:
  level: { type: text, label: \"Level: how hard?\", about: \"Says how hard.\" }
",
        "records:\n  雪: { row: 雪の種類, columns: { 名: name } }\n",
    ] {
        let files = schema(text);
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (&**path, &**text)).collect();
        assert_eq!(report(&files), "", "{text}");
        allowed(text, &files);
    }
}

#[test]
fn names_of_the_schema_and_of_articles() {
    let files = [
        (
            "_schema_.yml",
            "profiles:\n  雪: {}\nrecords:\n  \"1984\": { row: page, columns: { Page: name } }\n",
        ),
        ("雪/a.md", "# A\n\nText.\n"),
        ("雪/b.md", "# B\n\nText.\n"),
        ("1984.md", "# C\n\nText.\n"),
        ("page.md", "# Page\n\nText.\n"),
    ];
    snapshot("schema-and-articles", &report(&files));
    allowed("collisions", &files);
}

/// Returns the types that generated code declares or gives out, each as often as it does.
fn types(code: &str) -> Vec<String> {
    use proc_macro2::{TokenStream, TokenTree};

    let tokens: TokenStream = code.parse().expect("generated code is made of tokens");
    let mut types = Vec::new();
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        match token.to_string().as_str() {
            "type" | "struct" | "enum" => types.extend(tokens.next().map(|name| name.to_string())),
            // In a return type, `use<…>` gives nothing out.
            "use" if tokens.clone().next().is_some_and(|next| next.to_string() != "<") => {
                let path: TokenStream =
                    tokens.by_ref().take_while(|token| token.to_string() != ";").collect();
                let list = path.into_iter().filter_map(|token| match token {
                    TokenTree::Group(list) => Some(list.stream()),
                    _ => None,
                });
                types
                    .extend(list.flatten().map(|name| name.to_string()).filter(|name| name != ","));
            }
            _ => {}
        }
    }
    types
}

#[test]
fn a_kind_takes_the_name_of_no_type_that_every_almanac_has() {
    let settings = Settings { allow: "all".to_owned(), search_index: true, ..Settings::default() };
    let declared = |files: &[(&str, &str)]| {
        let compiled = compile(ContentFolder::from_files(files.iter().copied()), &settings);
        types(generated(&compiled, "almanac.rs"))
    };
    let every = declared(&[("a.md", "# A\n\nText.\n")]);
    assert!(every.iter().any(|name| name == "SidebarItem"), "{every:?}");
    for name in &every {
        let mut row = String::new();
        for c in name.chars() {
            if c.is_uppercase() && !row.is_empty() {
                row.push('_');
            }
            row.extend(c.to_lowercase());
        }
        let schema = format!("records:\n  Rows:\n    row: {row}\n    columns:\n      Name: name\n");
        let types = declared(&[("_schema_.yml", &schema), ("a.md", "# A\n\nText.\n")]);
        let count = types.iter().filter(|known| *known == name).count();
        assert_eq!(count, 1, "{name} of {types:?}");
    }
}
