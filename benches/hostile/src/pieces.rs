//! Pieces of which inputs of any size are made.

/// An input: the size to begin with, in bytes of text or in files, and the files at a size.
pub struct Input {
    pub name: &'static str,
    pub size: usize,
    pub files: fn(usize) -> Vec<(String, String)>,
}

/// Begins the text of a file that is a symbolic link: behind it stands where it leads.
pub const LINK: &str = "\0link:";

pub const KIB: usize = 1024;

/// One article of a piece again and again, up to a size in bytes. `%` in the piece is the number of
/// the repeat.
pub fn repeat(piece: &str, size: usize) -> Vec<(String, String)> {
    article(repeated(piece, size))
}

pub fn repeated(piece: &str, size: usize) -> String {
    let mut text = String::new();
    for number in 0.. {
        if text.len() >= size {
            break;
        }
        text.push_str(&piece.replace('%', &number.to_string()));
    }
    text
}

pub fn article(body: String) -> Vec<(String, String)> {
    vec![("a.md".to_owned(), format!("# A\n\n{body}\n"))]
}

/// An article of a piece again and again, in which `$$…$$` are formulas.
pub fn formulas(piece: &str, size: usize) -> Vec<(String, String)> {
    let mut files = repeat(piece, size);
    files.push(("_schema_.yml".to_owned(), "formulas: true\n".to_owned()));
    files
}

/// An article without anything, beside a schema.
pub fn schema(text: String) -> Vec<(String, String)> {
    let article = "# A\n\nText.\n".to_owned();
    vec![("_schema_.yml".to_owned(), text), ("a.md".to_owned(), article)]
}

/// Events again and again, all of which cite one footnote with as many links.
pub fn citing_events(title: &str, size: usize) -> String {
    let events = repeated("- **2020**: It.[^1]\n", size / 2);
    let links = repeated(" [x](https://a.example/%)", size / 2);
    format!("# {title}\n\n## Timeline\n\n{events}\n[^1]:{links}\n")
}

/// Front matter of a piece again and again.
pub fn front(before: &str, piece: &str, after: &str, size: usize) -> Vec<(String, String)> {
    vec![(
        "a.md".to_owned(),
        format!("---\n{before}{}{after}\n---\n\n# A\n\nText.\n", repeated(piece, size)),
    )]
}

/// As many files, each by its number.
pub fn files(count: usize, file: impl Fn(usize) -> (String, String)) -> Vec<(String, String)> {
    (0..count).map(file).collect()
}

/// Two articles: one that links to the other again and again, and that one.
pub fn linking(link: &str, other: String, size: usize) -> Vec<(String, String)> {
    vec![
        ("a.md".to_owned(), format!("# A\n\n{}\n", repeated(link, size))),
        ("b.md".to_owned(), other),
    ]
}

/// A definition whose destination, title or label takes a quarter of the size, used in the rest.
pub fn defined(
    definition: impl Fn(String) -> String,
    usage: &str,
    size: usize,
) -> Vec<(String, String)> {
    let definition = definition("x".repeat(size / 4));
    article(format!("{definition}\n\n{}", repeated(usage, size * 3 / 4)))
}

/// Folders each of which has two links to the next one.
pub fn linked_folders(levels: usize) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for level in 0..levels {
        files.push((format!("f{level}/a.md"), "# A\n\nText.\n".to_owned()));
        let next = (level + 1) % levels;
        files.push((format!("f{level}/one"), format!("{LINK}../f{next}")));
        files.push((format!("f{level}/two"), format!("{LINK}../f{next}")));
    }
    files
}

pub const fn input(
    name: &'static str,
    size: usize,
    files: fn(usize) -> Vec<(String, String)>,
) -> Input {
    Input { name, size, files }
}
