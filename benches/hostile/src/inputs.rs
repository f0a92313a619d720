//! The inputs, each of any size.

/// An input: the size to begin with, in bytes of text or in files, and the files at a size.
pub struct Input {
    pub name: &'static str,
    pub size: usize,
    pub files: fn(usize) -> Vec<(String, String)>,
}

/// Begins the text of a file that is a symbolic link: behind it stands where it leads.
pub const LINK: &str = "\0link:";

const KIB: usize = 1024;

/// One article of a piece again and again, up to a size in bytes. `%` in the piece is the number of
/// the repeat.
fn repeat(piece: &str, size: usize) -> Vec<(String, String)> {
    article(repeated(piece, size))
}

fn repeated(piece: &str, size: usize) -> String {
    let mut text = String::new();
    for number in 0.. {
        if text.len() >= size {
            break;
        }
        text.push_str(&piece.replace('%', &number.to_string()));
    }
    text
}

fn article(body: String) -> Vec<(String, String)> {
    vec![("a.md".to_owned(), format!("# A\n\n{body}\n"))]
}

/// An article of a piece again and again, in which `$$…$$` are formulas.
fn formulas(piece: &str, size: usize) -> Vec<(String, String)> {
    let mut files = repeat(piece, size);
    files.push(("_schema_.yml".to_owned(), "formulas: true\n".to_owned()));
    files
}

/// Front matter of a piece again and again.
fn front(before: &str, piece: &str, after: &str, size: usize) -> Vec<(String, String)> {
    vec![(
        "a.md".to_owned(),
        format!("---\n{before}{}{after}\n---\n\n# A\n\nText.\n", repeated(piece, size)),
    )]
}

/// As many files, each by its number.
fn files(count: usize, file: impl Fn(usize) -> (String, String)) -> Vec<(String, String)> {
    (0..count).map(file).collect()
}

/// Two articles: one that links to the other again and again, and that one.
fn linking(link: &str, other: String, size: usize) -> Vec<(String, String)> {
    vec![
        ("a.md".to_owned(), format!("# A\n\n{}\n", repeated(link, size))),
        ("b.md".to_owned(), other),
    ]
}

/// A definition whose destination, title or label takes a quarter of the size, used in the rest.
fn defined(
    definition: impl Fn(String) -> String,
    usage: &str,
    size: usize,
) -> Vec<(String, String)> {
    let definition = definition("x".repeat(size / 4));
    article(format!("{definition}\n\n{}", repeated(usage, size * 3 / 4)))
}

/// Folders each of which has two links to the next one.
fn linked_folders(levels: usize) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for level in 0..levels {
        files.push((format!("f{level}/a.md"), "# A\n\nText.\n".to_owned()));
        let next = (level + 1) % levels;
        files.push((format!("f{level}/one"), format!("{LINK}../f{next}")));
        files.push((format!("f{level}/two"), format!("{LINK}../f{next}")));
    }
    files
}

macro_rules! inputs {
    ($($name:literal $size:expr, $files:expr;)*) => {
        pub const INPUTS: &[Input] = &[$(Input { name: $name, size: $size, files: $files }),*];
    };
}

inputs! {
    "plain-text" 64 * KIB, |size| repeat("Some words that mean little. ", size);
    "one-word" 128 * KIB, |size| repeat("x", size);
    "lines" 64 * KIB, |size| repeat("a line\n", size);
    "paragraphs" 64 * KIB, |size| repeat("a line\n\n", size);
    "headings" 16 * KIB, |size| repeat("## Heading %\n\nText.\n\n", size);
    "same-headings" 16 * KIB, |size| repeat("## Heading\n\nText.\n\n", size);
    "headings-that-look-numbered" 16 * KIB, |size| repeat("## a-1\n\nx\n\n## a\n\nx\n\n", size);
    "same-explicit-anchors" 8 * KIB, |size| repeat("## Heading {#same}\n\nText.\n\n", size);
    "empty-headings" 16 * KIB, |size| repeat("#\n", size);
    "links" 32 * KIB, |size| repeat("[x](https://a.example/%) ", size);
    "shortest-links" 32 * KIB, |size| repeat("[](#) ", size);
    "links-on-lines" 32 * KIB, |size| repeat("[x](https://a.example/%)\n", size);
    "broken-links" 8 * KIB, |size| repeat("[x](./none-%.md) ", size);
    "broken-links-on-lines" 8 * KIB, |size| repeat("[x](./none-%.md)\n", size);
    "broken-anchors" 8 * KIB, |size| repeat("[x](#none-%)\n", size);
    "anchors-among-headings" 64 * KIB, |size| repeat("## Heading %\n\n[x](#headin-%)\n\n", size);
    "unsafe-links" 8 * KIB, |size| repeat("[x](javascript:%)\n", size);
    "broken-references" 8 * KIB, |size| repeat("[x][none-%]\n", size);
    "references" 16 * KIB, |size| repeat("[x][r%]\n\n[r%]: https://a.example/%\n\n", size);
    "unused-definitions" 16 * KIB, |size| repeat("[r%]: https://a.example/%\n", size);
    "same-definition" 8 * KIB, |size| repeat("[r]: https://a.example/%\n", size);
    "missing-images" 8 * KIB, |size| repeat("![x](none-%.png)\n", size);
    "bare-addresses" 16 * KIB, |size| repeat("https://a.example/% ", size);
    "address-like" 64 * KIB, |size| repeat("a@", size);
    "long-address" 64 * KIB, |size| repeat("www.a", size);
    "brackets-in-address" 64 * KIB, |size| article(format!("https://a.example/{}", repeated("(", size)));
    "footnotes" 16 * KIB, |size| repeat("x[^%]\n\n[^%]: Note.\n\n", size);
    "one-footnote-cited" 16 * KIB, |size| article(format!("[^1]: Note.\n\n{}", repeated("x[^1] ", size)));
    "footnotes-in-footnotes" 16 * KIB, |size| article(format!("x[^0]\n\n{}", repeated("[^%]: Note.[^0]\n\n", size)));
    "emphasis" 32 * KIB, |size| repeat("*a* **b** ", size);
    "stars" 64 * KIB, |size| repeat("*", size);
    "stars-and-letters" 64 * KIB, |size| repeat("*a_ ", size);
    "backticks" 64 * KIB, |size| repeat("`", size);
    "backticks-of-all-lengths" 64 * KIB, |size| { let mut text = String::new(); let mut run = 1; while text.len() < size { text.push_str(&"`".repeat(run)); text.push('x'); run += 1; } article(text) };
    "tildes" 64 * KIB, |size| repeat("~", size);
    "open-brackets" 64 * KIB, |size| repeat("[", size);
    "open-images" 64 * KIB, |size| repeat("![", size);
    "nested-brackets" 32 * KIB, |size| article(format!("{}x{}", repeated("[", size / 2), repeated("]", size / 2)));
    "nested-links" 32 * KIB, |size| article(format!("{}x{}", repeated("[", size / 5), repeated("](y)", size / 5 * 4)));
    "open-destinations" 64 * KIB, |size| repeat("[a](<b", size);
    "open-titles" 64 * KIB, |size| repeat("[a](b \"", size);
    "nested-quotes" 16 * KIB, |size| repeat("> ", size);
    "nested-lists" 16 * KIB, |size| repeat("- ", size);
    "quotes-and-lists" 16 * KIB, |size| repeat("> - ", size);
    "indented-lists" 64 * KIB, |size| { let mut text = String::new(); let mut depth = 0; while text.len() < size { text.push_str(&format!("{}- x\n", "  ".repeat(depth))); depth += 1; } article(text) };
    "list-items" 32 * KIB, |size| repeat("- x\n", size);
    "task-items" 32 * KIB, |size| repeat("- [ ] x\n", size);
    "table-rows" 32 * KIB, |size| article(format!("| a | b |\n|---|---|\n{}", repeated("| x | y |\n", size)));
    "table-columns" 16 * KIB, |size| article(format!("|{}\n|{}\n|{}\n", repeated("a|", size), repeated("-|", size), repeated("x|", size)));
    "table-short-rows" 8 * KIB, |size| article(format!("|{}\n|{}\n{}", repeated("a|", size / 8), repeated("-|", size / 8), repeated("|x\n", size / 8)));
    "admonitions" 16 * KIB, |size| repeat(":::note\n\nx\n\n:::\n\n", size);
    "open-admonitions" 16 * KIB, |size| repeat(":::note\n\n", size);
    "colons" 64 * KIB, |size| repeat(":", size);
    "closing-admonitions" 16 * KIB, |size| repeat(":::\n\n", size);
    "comments" 32 * KIB, |size| repeat("<!-- x -->\n\n", size);
    "open-comments" 64 * KIB, |size| repeat("<!--", size);
    "open-tags" 64 * KIB, |size| repeat("<a b=\"", size);
    "open-instructions" 64 * KIB, |size| repeat("<?a ", size);
    "open-declarations" 64 * KIB, |size| repeat("<!A ", size);
    "open-cdata" 64 * KIB, |size| repeat("<![CDATA[", size);
    "tags" 32 * KIB, |size| repeat("<b>x</b>\n", size);
    "braces" 64 * KIB, |size| repeat("{", size);
    "expressions" 32 * KIB, |size| repeat("{x} ", size);
    "entities" 64 * KIB, |size| repeat("&amp;", size);
    "ampersands" 64 * KIB, |size| repeat("&", size);
    "backslashes" 64 * KIB, |size| repeat("\\", size);
    "fences" 32 * KIB, |size| repeat("```x\ny\n```\n\n", size);
    "open-fences" 32 * KIB, |size| repeat("> ```\n\n", size);
    "formulas" 16 * KIB, |size| formulas("$$x_%$$ ", size);
    "formulas-on-lines" 16 * KIB, |size| formulas("$$\n\\frac{a}{%}\n$$\n\n", size);
    "open-formulas" 32 * KIB, |size| formulas("$$ x\n\n", size);
    "wrong-formulas" 8 * KIB, |size| formulas("$$\\nope$$\n", size);
    "dollars" 64 * KIB, |size| formulas("$", size);
    "dollars-and-braces" 32 * KIB, |size| formulas("$${$$}", size);
    "formulas-of-braces" 64 * KIB, |size| formulas("$${", size);
    "towers-in-formulas" 32 * KIB, |size| formulas(&format!("$${}x{}$$\n\n", "\\frac{".repeat(45), "}{y}".repeat(45)), size);
    "bidirectional" 64 * KIB, |size| repeat("\u{202e}\u{2066}\u{200b}x ", size);
    "nul" 64 * KIB, |size| repeat("\0", size);
    "not-latin" 64 * KIB, |size| repeat("人工知能\u{301}é ", size);
    "carriage-returns" 64 * KIB, |size| repeat("x\r", size);
    "tabs" 64 * KIB, |size| repeat("\t", size);
    "blank-lines" 64 * KIB, |size| repeat("\n", size);
    "events" 16 * KIB, |size| article(format!("## Timeline\n\n{}", repeated("- **2019**: Something.\n", size)));
    "wrong-events" 8 * KIB, |size| article(format!("## Timeline\n\n{}", repeated("- **never %**: Something.\n", size)));
    "front-matter-keywords" 4 * KIB, |size| front("keywords: [", "word %, ", "x]", size);
    "front-matter-brackets" 4 * KIB, |size| front("title: ", "[", "", size);
    "front-matter-braces" 4 * KIB, |size| front("title: ", "{a: ", "", size);
    "front-matter-dashes" 64 * KIB, |size| front("title:\n  ", "- ", "x", size);
    "front-matter-question-marks" 64 * KIB, |size| front("", "? ", "x", size);
    "front-matter-comments" 64 * KIB, |size| front("", "# x\n", "", size);
    "front-matter-plain-lines" 64 * KIB, |size| front("title: x\n", "  x\n", "", size);
    "front-matter-quoted-list" 16 * KIB, |size| front("keywords: [", "'word %', ", "x]", size);
    "front-matter-list-lines" 16 * KIB, |size| front("keywords:\n", "  - word %\n", "", size);
    "front-matter-open-quote" 64 * KIB, |size| front("title: ", "'", "\"", size);
    "front-matter-unknown-keys" 8 * KIB, |size| front("", "key_%: x\n", "", size);
    "front-matter-same-keys" 8 * KIB, |size| front("", "title: x\n", "", size);
    "front-matter-wrong-values" 8 * KIB, |size| front("keywords:\n", "  - {a: %}\n", "", size);
    "front-matter-aliases" 16 * KIB, |size| front("sidebar_custom_props:\n  a: &a x\n  b: [", "*a, ", "*a]", size);
    "front-matter-alias-bomb" 2 * KIB, |size| front("sidebar_custom_props:\n  a0: &a0 [x, x]\n", "", &(1..size / 24).map(|at| format!("  a{at}: &a{at} [*a{}, *a{}]\n", at - 1, at - 1)).collect::<String>(), 0);
    "front-matter-anchors" 8 * KIB, |size| front("sidebar_custom_props:\n", "  k%: &a% x\n", "", size);
    "front-matter-long-string" 64 * KIB, |size| front("title: \"", "x\\u0041", "\"", size);
    "front-matter-block-string" 64 * KIB, |size| front("description: |\n", "  x\n", "", size);
    "front-matter-merge-keys" 4 * KIB, |size| front("sidebar_custom_props:\n  a: &a {b: c}\n", "  k%: {<<: *a}\n", "", size);
    "articles" 100, |count| files(count, |at| (format!("a{at}.md"), format!("# Article {at}\n\nText.\n")));
    "articles-that-link" 50, |count| files(count, |at| (format!("a{at}.md"), format!("# Article {at}\n\n[next](a{}.md)\n", (at + 1) % count)));
    "articles-with-broken-links" 500, |count| files(count, |at| (format!("a{at}.md"), format!("# Article {at}\n\n[next](b{at}.md)\n")));
    "articles-that-collide" 50, |count| files(count, |at| (format!("a{}.md", "+".repeat(at % 200 + 1) + &"-".repeat(at / 200)), "# A\n\nText.\n".to_owned()));
    "articles-of-one-id" 50, |count| files(count, |at| (format!("a{at}.md"), "---\nid: same\n---\n\n# A\n\nText.\n".to_owned()));
    "articles-of-one-permalink" 50, |count| files(count, |at| (format!("a{at}.md"), "---\nslug: /same\n---\n\n# A\n\nText.\n".to_owned()));
    "articles-at-one-position" 50, |count| files(count, |at| (format!("a{at}.md"), "---\nsidebar_position: 1\n---\n\n# A\n\nText.\n".to_owned()));
    "folders" 50, |count| files(count, |at| (format!("f{at}/a.md"), "# A\n\nText.\n".to_owned()));
    // As many bytes of paths, which grow by two with each folder.
    "folders-in-folders" 8 * KIB, |size| files(size.isqrt(), |at| (format!("{}a.md", "f/".repeat(at)), "# A\n\nText.\n".to_owned()));
    "category-files" 50, |count| files(count * 2, |at| if at % 2 == 0 { (format!("f{at}/_category_.yml"), "label: L\n".to_owned()) } else { (format!("f{}/a.md", at - 1), "# A\n\nText.\n".to_owned()) });
    "pictures" 500, |count| files(count + 1, |at| if at == 0 { ("a.md".to_owned(), "# A\n\n![x](p1.png) ![y](none.png)\n".to_owned()) } else { (format!("p{at}.png"), String::new()) });
    // Repeated links, messages and pages.
    "references-to-a-long-address" 64 * KIB, |size| defined(|long| format!("[r]: https://a.example/{long}"), "[r] ", size);
    "references-to-a-permitted-address" 64 * KIB, |size| article(format!("[r]: https://a.example/{}\n\n{}", "x".repeat(7_900), repeated("[r] ", size)));
    "references-with-a-long-title" 64 * KIB, |size| defined(|long| format!("[r]: https://a.example/ \"{long}\""), "[r] ", size);
    "broken-references-to-a-long-path" 64 * KIB, |size| defined(|long| format!("[r]: ./{long}.md"), "[r] ", size);
    "image-references-to-a-long-address" 64 * KIB, |size| defined(|long| format!("[r]: https://a.example/{long}"), "![r] ", size);
    "footnotes-with-long-labels" 64 * KIB, |size| defined(|long| format!("[^{long}]: Note."), "[^1] ", size);
    "links-in-a-footnote-with-a-long-label" 64 * KIB, |size| { let long = "x".repeat(size / 4); article(format!("[^{long}]\n\n[^{long}]: {}", repeated("[x](#) ", size / 2))) };
    "links-to-a-long-slug" 64 * KIB, |size| linking("[](b.md) ", format!("---\nslug: /{}\n---\n\n# B\n\nText.\n", "x".repeat(900)), size);
    "links-to-a-long-title" 64 * KIB, |size| linking("[](b.md) ", format!("# {}\n\nText.\n", "x".repeat(900)), size);
    "links-to-a-long-anchor" 64 * KIB, |size| linking("[](b.md#x) ", format!("# B\n\n## X {{#x}}\n\n## {}\n\nText.\n", "x".repeat(3_900)), size);
    "links-to-a-too-long-title" 64 * KIB, |size| linking("[](b.md) ", format!("# {}\n\nText.\n", "x".repeat(size)), size);
    "broken-anchors-of-a-too-long-title" 64 * KIB, |size| linking("[](b.md#y) ", format!("# {}\n\nText.\n", "x".repeat(size)), size);
    "lines-in-deep-quotes" 16 * KIB, |size| article(format!("{}x\n{}", "> ".repeat(90), repeated("x\n", size)));
    "broken-lines-in-deep-quotes" 16 * KIB, |size| article(format!("{}x\\\n{}x", "> ".repeat(90), repeated("x\\\n", size)));
    "lines-in-deep-lists" 16 * KIB, |size| article(format!("{}x\n{}", "- ".repeat(90), repeated("x\n", size)));
    "one-heading" 64 * KIB, |size| article(format!("## {}\n\n[x](#x)", "x".repeat(size)));
    "one-line-that-is-the-description" 64 * KIB, |size| files(10, |at| (format!("{}a{at}.md", "f/".repeat(at)), format!("# A\n\n{}\n", "x".repeat(size / 10))));
    "articles-with-long-titles-that-link" 20, |count| files(count, |at| { let links: String = (0..20).map(|to| format!("[](a{}.md) ", (at + to) % count)).collect(); (format!("a{at}.md"), format!("# {}{at}\n\n{links}\n", "x".repeat(900))) });
    "front-matter-many-keywords" 128 * KIB, |size| front("keywords: [", "word %, ", "x]", size);
    "front-matter-also-called" 128 * KIB, |size| front("profile: {kind: term, also_called: [", "word %, ", "x]}", size);
    "front-matter-tags" 64 * KIB, |size| front("tags: [", "word %, ", "x]", size);
    "front-matter-surrogates" 64 * KIB, |size| front("title: a\nkeywords: [", "\"\\uD83D\\uDE80 %\", ", "x]", size);
    "front-matter-line-separators" 64 * KIB, |size| front("title: a\ndescription: \"", "x\u{2028}", "\"", size);
    "front-matter-lines-without-keys" 64 * KIB, |size| front("title: 'a\n", "'x\n", "", size);
    "front-matter-private-use" 64 * KIB, |size| front("description: \"\\uD83D\\uDE80", &(0..64).map(|at| char::from_u32(0xe000 + at).unwrap()).collect::<String>(), "\"", size);
    "unknown-neighbours" 500, |count| files(count, |at| (format!("a{at}.md"), format!("---\npagination_next: b{at}\npagination_prev: c{at}\n---\n\n# A\n\nText.\n")));
    "unknown-pages-of-folders" 500, |count| files(count * 2, |at| if at % 2 == 0 { (format!("f{at}/_category_.yml"), format!("link: {{type: doc, id: none-{at}}}\n")) } else { (format!("f{}/a.md", at - 1), "# A\n\nText.\n".to_owned()) });
    "pages-of-folders" 500, |count| files(count * 2, |at| if at % 2 == 0 { (format!("f{at}/_category_.yml"), "label: Same\nlink: {type: generated-index}\n".to_owned()) } else { (format!("f{}/a.md", at - 1), "# A\n\n[x](/category/same) [y](/category/none)\n".to_owned()) });
    "unknown-images" 500, |count| files(count * 2, |at| if at % 2 == 0 { (format!("p{at}.png"), String::new()) } else { (format!("a{at}.md"), format!("# A\n\n![x](q{at}.png)\n")) });
    "links-under-a-base-path" 500, |count| files(count, |at| (format!("a{at}.md"), format!("# A\n\n[x](/docs/next/a{}) [y](/docs/next/b{at})\n", (at + 1) % count)));
    "one-unknown-key-in-all" 50, |count| files(count, |at| (format!("a{at}.md"), "---\nauthor: me\n---\n\n# A\n\nText.\n".to_owned()));
    "unreadable-front-matter" 50, |count| files(count, |at| (format!("a{at}.md"), format!("---\ntitle: a: b\n---\n\n[x](a{}.md)\n", (at + 1) % count)));
    // Folders.
    "many-folders" 250, |count| files(count, |at| (format!("f{at}/a.md"), "# A\n\nText.\n".to_owned()));
    "folders-that-collide" 50, |count| files(count, |at| (format!("f{}/a.md", "-".repeat(at % 200 + 1) + &"+".repeat(at / 200)), "# A\n\nText.\n".to_owned()));
    "folders-at-one-position" 50, |count| files(count, |at| (format!("1-f{at}/a.md"), "# A\n\nText.\n".to_owned()));
    "folders-deep-and-wide" 50, |count| files(count, |at| (format!("{}g{at}/a.md", "f/".repeat(30)), "# A\n\nText.\n".to_owned()));
    "articles-at-every-depth" 50, |count| files(count, |at| (format!("{}a{at}.md", "f/".repeat(at % 31)), "# A\n\nText.\n".to_owned()));
    "one-article-too-deep" 200, |depth| vec![(format!("{}a.md", "f/".repeat(depth)), "# A\n\nText.\n".to_owned())];
    "long-names-deep-down" 20, |count| files(count, |at| (format!("{}a{at}.md", format!("{}/", "x".repeat(200)).repeat(16)), "# A\n\nText.\n".to_owned()));
    "linked-folders" 10, linked_folders;
    "links-to-one-folder" 100, |count| files(count + 1, |at| if at == 0 { ("f/a.md".to_owned(), "# A\n\nText.\n".to_owned()) } else { (format!("l{at}"), format!("{LINK}f")) });
    "links-to-one-file" 50, |count| files(count + 1, |at| if at == 0 { ("a.md".to_owned(), format!("# A\n\n{}\n", "Text. ".repeat(500))) } else { (format!("l{at}.md"), format!("{LINK}a.md")) });
    "files-that-are-ignored" 100, |count| files(count, |at| (format!("a{at}.MD"), "# A\n\nText.\n".to_owned()));
}
