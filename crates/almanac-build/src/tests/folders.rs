//! Ids, permalinks, order, neighbours, and that the same content gives the same bytes.

use super::*;
use crate::resolve::{Almanac, SidebarItem, Target};
use crate::stages::resolved;

/// Resolves a folder in memory; nothing may be wrong with it but warnings.
fn almanac(files: &[(&str, &str)]) -> Almanac {
    let (folder, _) = ContentFolder::from_files(files.iter().copied());
    resolved(&folder, &crate::schema::Schema::default(), "").0
}

fn ids(almanac: &Almanac) -> Vec<&str> {
    almanac.articles.iter().map(|article| article.id.as_str()).collect()
}

/// A file with only a front matter line and a word.
fn positioned(position: &str) -> String {
    format!("---\ntitle: x\nsidebar_position: {position}\n---\n\nText.\n")
}

#[test]
fn order_follows_positions_prefixes_and_paths() {
    let (one, tie, negative) = (positioned("1"), positioned("2"), positioned("-1.5"));
    let almanac = almanac(&[
        ("z.md", &one),
        ("b.md", &tie),
        ("a.md", &tie),
        ("n.md", &negative),
        ("02.5-version.md", "# Not a prefix\n\nText.\n"),
        ("03-prefixed.md", "# P\n\nText.\n"),
        ("last.md", "# L\n\nText.\n"),
        ("2-folder/x.md", "# X\n\nText.\n"),
        ("2-folder/deep/y.md", "# Y\n\nText.\n"),
        ("0-first/index.md", "---\ntitle: First\n---\n\nText.\n"),
        ("0-first/b.md", "# B\n\nText.\n"),
    ]);
    // `2-folder` ties with a and b: by path it comes first.
    assert_eq!(
        ids(&almanac),
        [
            "n",
            "first/index",
            "first/b",
            "z",
            "folder/deep/y",
            "folder/x",
            "a",
            "b",
            "prefixed",
            "02.5-version",
            "last"
        ]
    );
    let neighbours: Vec<_> =
        almanac.articles.iter().map(|article| (article.previous, article.next)).collect();
    for (at, (previous, next)) in neighbours.iter().enumerate() {
        assert_eq!(*previous, at.checked_sub(1));
        assert_eq!(*next, (at + 1 < neighbours.len()).then_some(at + 1));
    }
    assert_eq!(almanac.articles[8].position, Some(3.0));
    let labels: Vec<_> = almanac
        .categories
        .iter()
        .map(|category| {
            (category.id.as_str(), category.label.as_str(), category.position, category.parent)
        })
        .collect();
    assert_eq!(
        labels,
        [
            ("first", "First", Some(0.0), None),
            ("folder", "folder", Some(2.0), None),
            ("folder/deep", "deep", None, Some(1))
        ]
    );
    assert_eq!(almanac.categories[0].index, Some(1));
    assert_eq!(almanac.categories[0].contents, [SidebarItem::Article(2)]);
    assert_eq!(almanac.articles[1].permalink, "/first/");
}

#[test]
fn drafts_and_unlisted_articles() {
    let almanac = almanac(&[
        ("a.md", "---\npagination_next: u\n---\n\n# A\n\n[u](u.md)\n"),
        ("d.md", "---\ndraft: true\n---\n\n# D\n\n[a](a.md)\n"),
        ("u.md", "---\nunlisted: true\n---\n\n# U\n\n[a](a.md)\n"),
        ("z.md", "# Z\n\n[a](a.md#s)\n"),
        ("only/d.md", "---\ndraft: true\n---\n\n# D\n\nText.\n"),
    ]);
    assert_eq!(ids(&almanac), ["a", "z", "u"]);
    assert!(almanac.articles[2].unlisted);
    assert_eq!(
        almanac.articles[0].links().map(|(_, target)| target.clone()).collect::<Vec<_>>(),
        [Target::Article(2)]
    );
    assert_eq!(almanac.articles[0].next, None, "no link to an unlisted neighbour");
    assert_eq!(almanac.articles[1].previous, Some(0));
    assert_eq!((almanac.articles[2].previous, almanac.articles[2].next), (None, None));
    assert!(almanac.categories.is_empty(), "a folder of drafts is none");
    assert!(
        almanac.articles[0].backlinks.is_empty(),
        "drafts and unlisted articles link from nowhere"
    );
}

/// As Docusaurus 3.10.2 has it: an unlisted index article names its folder but isn't in it, and a
/// folder of unlisted articles only is no category.
#[test]
fn folders_of_unlisted_articles() {
    let almanac = almanac(&[
        ("a/index.md", "---\nunlisted: true\nsidebar_position: 9\n---\n# A\n\nText a.\n"),
        ("a/b.md", "# B\n\nText b.\n"),
        ("c/d.md", "---\nunlisted: true\n---\n# Dd\n\nText d.\n"),
        ("c/deep/x.md", "---\nunlisted: true\n---\n# X\n\nText x.\n"),
        ("e/f.md", "---\ndraft: true\n---\n# F\n\nText f.\n"),
        ("e/g.md", "# G\n\nText g.\n"),
        ("h.md", "# H\n\nText h.\n"),
        ("i/_category_.yml", "link: {type: doc, id: k}\n"),
        ("i/j.md", "# J\n\nText j.\n"),
        ("i/k.md", "---\nunlisted: true\n---\n# K\n\nText k.\n"),
    ]);
    assert_eq!(ids(&almanac), ["a/b", "e/g", "h", "i/j", "a/index", "c/d", "c/deep/x", "i/k"]);
    let categories: Vec<_> = almanac
        .categories
        .iter()
        .map(|category| (category.id.as_str(), category.label.as_str(), category.index))
        .collect();
    assert_eq!(categories, [("a", "A", None), ("e", "e", None), ("i", "K", None)]);
    assert_eq!(almanac.categories[0].position, Some(9.0));
    let at = |id: &str| almanac.articles.iter().position(|article| article.id == id).unwrap();
    assert_eq!(almanac.articles[at("a/index")].category, Some(0));
    assert_eq!(almanac.articles[at("c/d")].category, None);
    assert_eq!(almanac.articles[at("e/g")].previous, Some(at("a/b")));
}

#[test]
fn permalinks_and_slugs() {
    let almanac = almanac(&[
        ("01-guide/02-start.md", "# S\n\nText.\n"),
        ("01-guide/README.md", "# R\n\nText.\n"),
        ("01-guide/abs.md", "---\nslug: /elsewhere\n---\n\n# A\n\nText.\n"),
        ("01-guide/rel.md", "---\nslug: ../up//x\n---\n\n# A\n\nText.\n"),
        ("01-guide/named.md", "---\nid: other\n---\n\n# A\n\nText.\n"),
        ("01-guide/raw.md", "---\nparse_number_prefixes: false\n---\n\n# A\n\nText.\n"),
        ("tools/Tools.md", "# T\n\nText.\n"),
        ("index.md", "# I\n\nText.\n"),
    ]);
    let mut permalinks: Vec<_> = almanac
        .articles
        .iter()
        .map(|article| (article.id.as_str(), article.permalink.as_str()))
        .collect();
    permalinks.sort_unstable();
    assert_eq!(
        permalinks,
        [
            ("01-guide/raw", "/01-guide/raw"),
            ("guide/README", "/guide/"),
            ("guide/abs", "/elsewhere"),
            ("guide/other", "/guide/other"),
            ("guide/rel", "/up/x"),
            ("guide/start", "/guide/start"),
            ("index", "/"),
            ("tools/Tools", "/tools/"),
        ]
    );
}

#[test]
fn links_of_every_form_lead_where_they_should() {
    let almanac = almanac(&[
        (
            "a/one.md",
            "# One\n\n[file](two.md) [dot](./two.md#s) [up](../b/my%20file.md) [angle](<../b/my \
            file.md#über>) [perma](/a/two) [trailing](/a/two/#s) \
             [relative](two) [self](#) [own](#t) [inner](#in-quote) [root](/b/my%20file)\n\n\
             ## T\n\n> ### In quote\n\n<a@b.example> https://a.example/x. www.b.example\n",
        ),
        ("a/two.md", "# Two\n\nText.\n\n## S\n\n[one](one.md#t)\n"),
        ("b/my file.md", "# File\n\nText.\n\n## Über\n\nText.\n"),
    ]);
    let at = |id: &str| almanac.articles.iter().position(|article| article.id == id).unwrap();
    let (one, two, file) = (at("a/one"), at("a/two"), at("b/my file"));
    let targets: Vec<Target> =
        almanac.articles[one].links().map(|(_, target)| target.clone()).collect();
    assert_eq!(
        targets,
        [
            Target::Article(two),
            Target::Section(two, 0),
            Target::Article(file),
            Target::Section(file, 0),
            Target::Article(two),
            Target::Section(two, 0),
            Target::Article(two),
            Target::Article(one),
            Target::Section(one, 0),
            Target::Section(one, 0),
            Target::Article(file),
            Target::Email("a@b.example".into()),
            Target::Web("https://a.example/x".into()),
            Target::Web("http://www.b.example".into()),
        ]
    );
    assert_eq!(almanac.articles[one].backlinks, [(two, 0)]);
    assert_eq!(almanac.articles[two].backlinks.len(), 5);
}

#[test]
fn html_escapes_and_encodes() {
    let compiled = compile_files(&[
        (
            "a.md",
            "# A\n\n[b](<b ü.md#s>) & \"q\" <script>x</script> `a<b` \
            [w](https://a.example/?x=1&y=2) ![i \"q\"](i.gif 'ti\"tle')[^n]\n\n[^n]: Note.\n",
        ),
        ("b ü.md", "# B\n\n## S\n\nText.\n"),
        ("i.gif", "GIF89a\u{1}\0\u{1}\0"),
    ]);
    let html = generated(&compiled, "html.txt");
    assert!(
        html.contains("<a href=\"/b%20%C3%BC#s\">b</a> &amp; \"q\"  <code>a&lt;b</code>"),
        "{html}"
    );
    assert!(
        html.contains(
            "<img src=\"/i.gif\" alt=\"i &quot;q&quot;\" title=\"ti&quot;tle\" \
            width=\"1\" height=\"1\">"
        ),
        "{html}"
    );
    assert!(
        html.contains(
            "<sup><a href=\"#user-content-fn-1\" id=\"user-content-fnref-1\">1</a></sup>"
        ),
        "{html}"
    );
}

/// Characters that would end a path or be read as an escape in it are encoded in links, and in
/// links only.
#[test]
fn permalinks_in_html_are_paths() {
    let compiled = compile_files(&[
        ("a.md", "# A\n\n[c](<c%23.md>) [w](<what%3F.md#s>) [p](<100%25.md>)\n"),
        ("c#.md", "# C\n\nText.\n"),
        ("what?.md", "# W\n\n## S {#s}\n\nText.\n"),
        ("100%.md", "---\nid: percent\nslug: /100%\n---\n\n# P\n\nText.\n"),
    ]);
    let html = generated(&compiled, "html.txt");
    assert!(
        html.contains(
            "<a href=\"/c%23\">c</a> <a href=\"/what%3F#s\">w</a> <a href=\"/100%25\">p</a>"
        ),
        "{html}"
    );
    assert!(generated(&compiled, "almanac.rs").contains("\"/100%\""));
}

/// Same content, same bytes: in another folder, in another order of files.
#[test]
fn output_depends_on_content_alone() {
    let base = std::env::temp_dir().join(format!("ai-almanac-order-{}", std::process::id()));
    let files: Vec<(String, String)> = (0..40)
        .map(|at| {
            (
                format!("f{}/{:02}-a{at}.md", at % 7, at % 5),
                format!(
                    "# T{at}\n\n[n](../f{}/{:02}-a{}.md) {at}\n\n## S\n\n[^1]\n\n[^1]: x\n",
                    (at + 1) % 40 % 7,
                    (at + 1) % 40 % 5,
                    (at + 1) % 40
                ),
            )
        })
        .collect();
    let mut outputs = Vec::new();
    for (name, reversed) in [("one", false), ("another place", true)] {
        let folder = base.join(name);
        let mut order: Vec<_> = files.iter().collect();
        if reversed {
            order.reverse();
        }
        for (path, text) in order {
            let file = folder.join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        }
        let compiled = crate::stages::compile_folder(name, &folder, &Settings::default());
        assert!(!compiled.report.failed, "{}", compiled.report.errors);
        outputs.push(compiled.files);
    }
    std::fs::remove_dir_all(&base).unwrap();
    assert!(outputs[0] == outputs[1]);
}

#[test]
fn any_content_compiles_even_none() {
    assert!(!compile_files(&[]).report.failed);
    assert!(!compile_files(&[("_category_.yml", "label: Root\n")]).report.failed);
    assert!(!compile_files(&[("a.md", "")]).report.failed);
}

#[test]
fn slugs_are_paths() {
    let raw = ["/a#b", "/a?b", "/a\\\\b", "/a\\u0001b", "/a\\tb", "a#", "\\\\", "/a\\u202eb"];
    let dots = ["/..", "/../../x", "/a/../b", "/.", "/./x", "/a/.", "/a//..//b"];
    let escaped_dots = ["/%2e%2E/x", "/%2e", "/.%2e", "a/%2e./b", "%2e%2e", "%2E/x", "/%ff/%2e."];
    let escapes = ["/a%00b", "a%0ab", "/a%2fb", "..%2F..%2fx", "/a%5cb", "/a%7f", "/a%c2%85b"];
    for bad in [&raw[..], &dots, &escaped_dots, &escapes, &["/%ff%2f", "/a%E2%80%AEb"]].concat() {
        let file = format!("---\nslug: \"{bad}\"\n---\n\n# A\n\nText.\n");
        let said = report(&[("a.md", &file)]);
        assert!(said.contains("error[invalid-value]: a slug is a path"), "{bad}: {said}");
        assert!(said.contains(" --> content/a.md:2:7\n"), "{bad}: {said}");
        let category = format!("link: {{type: generated-index, slug: \"{bad}\"}}\n");
        let said = report(&[("c/_category_.yml", &category), ("c/a.md", "# A\n\nText.\n")]);
        assert!(said.contains("error[invalid-value]: a slug is a path"), "{bad}: {said}");
    }
    for good in [
        "/a-b/ü(c)",
        "/a%20b/%",
        "/.../..a/a..",
        "../up/./x",
        "./x",
        "/100%25",
        "%",
        "%ff",
        "/%2e%2e%2e",
    ] {
        let file = format!("---\nslug: \"{good}\"\n---\n\n# A\n\nText.\n");
        assert_eq!(report(&[("f/a.md", &file)]), "", "{good}");
    }
}

/// Names of files and folders and ids become permalinks as they are.
#[test]
fn names_that_no_path_has_are_refused() {
    const TEXT: &str = "# A\n\nText.\n";
    let kind = "a control or bidirectional character";
    let id = |id: &str| format!("---\nid: {id}\n---\n\n{TEXT}");
    for (name, code) in
        [("a\nb", "000A"), ("a\u{1b}[31m", "001B"), ("a\u{202e}dm", "202E"), ("\u{2066}a", "2066")]
    {
        let said = report(&[(&format!("{name}.md"), TEXT), ("b.md", TEXT)]);
        let expected =
            format!("error[invalid-identifier]: a file's name can't have U+{code} in it");
        assert!(said.starts_with(&expected) && said.contains(kind), "{said}");
        assert!(said.contains("rename the file"), "{said}");
        // A folder is reported once, however many articles it holds.
        let (one, two) = (format!("{name}/a.md"), format!("{name}/b.md"));
        let said = report(&[(&one, TEXT), (&two, TEXT)]);
        let expected =
            format!("error[invalid-identifier]: a folder's name can't have U+{code} in it");
        assert!(said.starts_with(&expected) && said.contains("rename the folder"), "{said}");
        assert!(said.contains("\n1 error in "), "{said}");
    }
    let said = report(&[("a.md", &id("\"a\\u202Eb\""))]);
    assert!(said.starts_with("error[invalid-identifier]: an id can't have U+202E in it"), "{said}");
    assert!(said.contains(" --> content/a.md:2:5\n"), "{said}");
    // An id of its own leaves the name of the file as it is.
    assert!(report(&[("a\n.md", &id("b"))]).contains("rename the file"));
    for (path, text) in
        [(r"..\x.md", TEXT.to_owned()), (r"f\..\x/a.md", TEXT.to_owned()), ("a.md", id(r"..\..\x"))]
    {
        let said = report(&[(path, &text)]);
        assert!(said.starts_with("error[invalid-identifier]: a"), "{said}");
        assert!(said.contains("can't have `\\` in it: it becomes part of a path"), "{said}");
    }
    // Marks that are left out are in no permalink, and joiners are part of words.
    let settings = Settings { allow: "all".into(), ..Settings::default() };
    let files = [("a\u{202e}b.md", TEXT), ("c.md", TEXT)];
    let compiled = compile(ContentFolder::from_files(files), &settings);
    assert!(!generated(&compiled, "almanac.rs").contains('\u{202e}'));
    assert_eq!(report(&[("می\u{200c}خواهم/👩\u{200d}💻 a.md", TEXT)]), "");
}
