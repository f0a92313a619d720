//! Links as other people's docs write them: their targets, and the faults of those that lead
//! nowhere.

use super::*;
use crate::report::Locator;
use crate::resolve::{Almanac, Target};
use crate::stages::resolved;

/// Resolves a folder in memory, with what is wrong with it.
fn resolve(base: &str, files: &[(&str, &str)]) -> (Almanac, Vec<String>) {
    let (folder, mut faults) = ContentFolder::from_files(files.iter().copied());
    let (almanac, mut more) = resolved(&folder, &crate::schema::Schema::default(), base);
    faults.append(&mut more);
    let mut locator = Locator::new(&folder);
    let faults = faults.into_iter().map(|fault| {
        let shown = locator.diagnostic(fault);
        let remark = match shown.remark() {
            remark if remark.is_empty() => remark,
            remark => format!(": {remark}"),
        };
        format!("{}: {}{remark}", shown.code, shown.message)
    });
    (almanac, faults.collect())
}

/// Returns the targets of the links of an article: ids, permalinks and addresses.
fn targets(almanac: &Almanac, id: &str) -> Vec<String> {
    let article = almanac.articles.iter().find(|article| article.id == id).unwrap();
    let order = &article.document.link_order;
    let shown = order.iter().map(|&link| match &article.targets[link] {
        None => "–".to_owned(),
        Some(Target::Article(to)) => almanac.articles[*to].id.clone(),
        Some(Target::Section(to, section)) => {
            let to = &almanac.articles[*to];
            format!("{}#{}", to.id, to.document.sections[*section].anchor)
        }
        Some(Target::Category(to)) => format!("category {}", almanac.categories[*to].id),
        Some(Target::Web(address) | Target::Email(address)) => address.clone(),
    });
    shown.collect()
}

/// As Docusaurus 3.10: `x.md` from the file's own folder, then from the content root; `./` and
/// `../` from the own folder alone; `/x.md` from the content root alone.
#[test]
fn links_to_files_are_relative_to_the_folder_then_to_the_root() {
    let links = "[root](concepts/basics.md#b) [both](both.md) [dot](./both.md) [slash](/both.md) \
                 [up](../both.md) [space](<a b/c.md>) [encoded](a%20b/c.md)";
    let (almanac, faults) = resolve(
        "",
        &[
            ("concepts/basics.md", "# Basics\n\n## B\n\nText.\n"),
            ("guide/setup.md", &format!("# Setup\n\n{links}\n")),
            ("guide/both.md", "# Both here\n\nText.\n"),
            ("both.md", "# Both there\n\nText.\n"),
            ("a b/c.md", "# C\n\nText.\n"),
        ],
    );
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(
        targets(&almanac, "guide/setup"),
        ["concepts/basics#b", "guide/both", "guide/both", "both", "both", "a b/c", "a b/c"]
    );
    let (almanac, faults) = resolve(
        "",
        &[
            ("concepts/basics.md", "# Basics\n\nText.\n"),
            (
                "guide/setup.md",
                "# Setup\n\n[a](./concepts/basics.md) [b](/setup.md) [c](../../x.md)\n",
            ),
        ],
    );
    assert_eq!(targets(&almanac, "guide/setup"), ["–", "–", "–"]);
    assert_eq!(
        faults,
        [
            "broken-link: no article at `./concepts/basics.md`: did you mean \
            `../concepts/basics.md`?",
            "broken-link: no article at `/setup.md`",
            "broken-link: `../../x.md` leads out of the content folder",
        ]
    );
}

const DOCS: &[(&str, &str)] = &[
    (
        "a.md",
        "# A\n\n[b](/docs/x/b) [c](/docs/x/b.md#s) [d](/docs/) [e](docs/x/b.md) [f](/docs)\n\
         [own](/x/b) [relative](x/b) [not](/docsx/b)\n",
    ),
    ("index.md", "# I\n\nHome.\n"),
    ("x/b.md", "# B\n\nText.\n\n## S\n\n[up](../../docs/a) [out](../a)\n"),
];

#[test]
fn the_base_path_is_taken_off() {
    for base in ["/docs", "docs/", "/docs/"] {
        let (almanac, faults) = resolve(base, DOCS);
        assert_eq!(
            faults,
            ["broken-link: no article has the permalink `/docsx/b`: did you mean `/x/b`?"]
        );
        let expected = ["x/b", "x/b#s", "index", "x/b", "index", "x/b", "x/b", "–"];
        assert_eq!(targets(&almanac, "a"), expected, "{base}");
        assert_eq!(targets(&almanac, "x/b"), ["a", "a"]);
    }
    // It has several parts, and a folder of its name may be there.
    let (almanac, faults) = resolve(
        "/en/docs",
        &[
            (
                "a.md",
                "# A\n\n[b](/en/docs/docs/b) [b](/en/docs/docs/b.md) [b](/docs/b.md) \
                [b](/docs/b)\n",
            ),
            ("docs/b.md", "# B\n\nText.\n"),
        ],
    );
    assert_eq!((faults, targets(&almanac, "a")), (vec![], vec!["docs/b".to_owned(); 4]));
    for bad in ["https://a.example/docs", "/docs?x", "/docs#x", "/do\ncs"] {
        let (_, faults) = resolve(bad, &[("a.md", "# A\n\nText.\n")]);
        assert!(faults[0].starts_with("invalid-value: the base path"), "{faults:?}");
    }
}

#[test]
fn without_a_base_path_the_rest_of_a_link_is_suggested() {
    let said = report(DOCS);
    for near in ["/x/b", "/x/b.md", "/", "x/b.md"] {
        assert!(said.contains(&format!("did you mean `{near}`?")), "{near}: {said}");
    }
    assert!(
        said.contains("\n  no article at `/docs/…`: 6 links; set the base path `/docs`?\n"),
        "{said}"
    );
    // One link is enough to say it, but a folder of the content is no base path.
    let said = report(&[("a.md", "# A\n\n[b](/docs/b)\n"), ("b.md", "# B\n\nText.\n")]);
    assert!(said.contains("no article at `/docs/…`: 1 link; set the base path `/docs`?"), "{said}");
    let said = report(&[
        ("a.md", "# A\n\n[b](/docs/b)\n"),
        ("b.md", "# B\n\nText.\n"),
        ("docs/c.md", "# C\n\nText.\n"),
    ]);
    assert!(said.contains("did you mean `/b`?") && !said.contains("base path"), "{said}");
}

#[test]
fn causes_that_repeat_are_folded() {
    let moved =
        "[x](/api/one) [x](/api/two) [x](./gone.md) [x](gone.md#x) [x](@site/x) [x](@site/y)";
    let said =
        report(&[("a.md", &format!("# A\n\n{moved}\n")), ("f/b.md", "# B\n\n[x](../gone.md)\n")]);
    let summary = &said[said.find("errors in").unwrap()..];
    insta::assert_snapshot!(summary, @r"
    errors in 2 files
          5 broken-link
          2 unsupported-link
    repeated:
      no article at `/gone.md`: 3 links
      no article at `/api/…`: 2 links
      `@site/` links can't be followed by data: 2 links
    ");
}

#[test]
fn pages_of_categories_are_targets() {
    let files: &[(&str, &str)] = &[
        (
            "a.md",
            "# A\n\n[cat](/guides) [cat](/guides/) [cat](/category/tips) [cat](category/tips-1) \
            [x](/g%C3%BC)\n",
        ),
        (
            "guides/_category_.json",
            "{\"link\":{\"type\":\"generated-index\",\"slug\":\"/guides\"}}",
        ),
        ("guides/b.md", "# B\n\n[up](./) [up](../category/tips)\n"),
        ("tips/_category_.json", "{\"label\":\"Tips\",\"link\":{\"type\":\"generated-index\"}}"),
        ("tips/c.md", "# C\n\nText.\n"),
        ("tips/more/_category_.yml", "label: Tips\nlink: {type: generated-index}\n"),
        ("tips/more/d.md", "# D\n\nText.\n"),
        ("u/_category_.yml", "link: {type: generated-index, slug: gü}\n"),
        ("u/e.md", "# E\n\nText.\n"),
    ];
    let (almanac, faults) = resolve("", files);
    assert!(faults.is_empty(), "{faults:?}");
    let expected =
        ["category guides", "category guides", "category tips", "category tips/more", "category u"];
    assert_eq!(targets(&almanac, "a"), expected);
    assert_eq!(targets(&almanac, "guides/b"), ["category guides", "category tips"]);
    let compiled = compile_files(files);
    let html = generated(&compiled, "html.txt");
    assert!(html.contains("<a href=\"/guides\">cat</a>"), "{html}");
    assert!(html.contains("<a href=\"/g%C3%BC\">x</a>"), "{html}");
    // A path that only resembles one, one without a page, and one that would be two pages.
    let (_, faults) = resolve(
        "",
        &[
            (
                "a.md",
                "# A\n\n[x](/category/tip) [x](/none) [x](/category/tips#x) [x](/category/empty)\n",
            ),
            ("tips/_category_.yml", "label: Tips\nlink: {type: generated-index}\n"),
            ("tips/c.md", "# C\n\nText.\n"),
            ("none/_category_.yml", "link: null\n"),
            ("none/d.md", "# D\n\nText.\n"),
            ("empty/_category_.yml", "link: {type: generated-index}\n"),
            ("empty/e.md", "---\nunlisted: true\n---\n\n# E\n\nText.\n"),
            ("two/_category_.yml", "link: {type: generated-index, slug: /a}\n"),
            ("two/f.md", "# F\n\nText.\n"),
            ("bad/_category_.yml", "link: {type: generated-index, slug: 'a?b'}\n"),
            ("bad/g.md", "# G\n\nText.\n"),
        ],
    );
    assert_eq!(
        faults,
        [
            "invalid-value: a slug is a path: `?`, `#`, `\\` and control characters can't be in it",
            "duplicate-permalink: 2 pages have the permalink `/a`",
            "broken-link: no article has the permalink `/category/tip`: did you mean \
            `/category/tips`?",
            "broken-link: no article has the permalink `/none`",
            "broken-anchor: the page of a category has no anchor `x`: did you mean \
            `/category/tips`?",
            "broken-link: no article has the permalink `/category/empty`",
        ]
    );
}

#[test]
fn a_fault_of_a_file_is_none_of_the_links_to_it() {
    let (almanac, faults) = resolve(
        "",
        &[
            (
                "a.md",
                "---\npagination_next: bad\n---\n\n# A\n\n\
                [x](bad.md#s) [x](/bad) [x](bad) [x](/custom) [x](/f/same) \
                 [x](f/two.md) [x](☃/x.md)\n",
            ),
            ("bad.md", "---\ntitle: a: b\n---\n\n# Bad\n"),
            ("slug.md", "---\nslug: /custom\ntitle: 'open\n---\n\n# Bad\n"),
            ("f/one.md", "---\nid: same\n---\n\n# One\n\nText.\n"),
            (
                "f/two.md",
                "---\nid: same\n---\n\n# Two\n\n[x](zzzzzz.md) ![i](none.png)\n\n## Timeline\n\n\
                - **2019-13**: x\n",
            ),
            ("f/_category_.yml", "link: {type: doc, id: bad}\n"),
            ("☃/x.md", "# X\n\n[x](zzzzzz.md)\n"),
        ],
    );
    assert_eq!(
        faults,
        [
            "front-matter-syntax: not YAML: mapping values are not allowed in this context",
            "front-matter-syntax: not YAML: a quoted text without its closing quote",
            "invalid-identifier: `☃` cannot become a Rust identifier: it has no letters or digits",
            "duplicate-id: 2 articles have the id `f/same`",
            "broken-link: no article at `zzzzzz.md`",
            "missing-image: no image at `none.png`",
            "broken-link: no article at `zzzzzz.md`",
            "invalid-date: `2019-13`: a year has months 01 to 12",
        ]
    );
    assert_eq!(targets(&almanac, "a"), ["–", "–", "–", "–", "f/same", "–", "–"]);
    assert_eq!(
        almanac.articles.iter().map(|article| article.id.as_str()).collect::<Vec<_>>(),
        ["a", "f/same"]
    );
}

#[test]
fn a_link_to_mdx_says_that_it_is_refused() {
    let (_, faults) = resolve(
        "",
        &[
            ("a.md", "# A\n\n[b](./b.mdx) [c](./b.mdx#x) [d](/b) [e](none.mdx)\n"),
            ("b.mdx", "# B\n\nText.\n"),
        ],
    );
    assert_eq!(
        faults,
        [
            "mdx: MDX can't be compiled to data",
            "broken-link: `./b.mdx` is refused: MDX can't be compiled to data: once it is `b.md`, \
            link to that",
            "broken-link: `./b.mdx` is refused: MDX can't be compiled to data: once it is `b.md`, \
            link to that",
            "broken-link: `/b` is refused: MDX can't be compiled to data: once it is `b.md`, link \
            to that",
            "broken-link: no article at `none.mdx`",
        ]
    );
}

#[test]
fn suggestions_ignore_case_and_leave_out_the_article_itself() {
    let (_, faults) = resolve(
        "",
        &[
            (
                "itself.md",
                "---\npagination_next: SUB/C\nimage: ./Chip.PNG\n---\n\n# Itself\n\n\
                [b](./B.md) [c](./Sub/c.md) [s](b.md#Section) \
                 [p](/SUB/C) [i](sub/C.MD) ![p](CHIP.png) [self](./itselg.md) [self](/itselg) \
                 [part](_part.md) [f](sub/D.MD)\n",
            ),
            ("b.md", "# B\n\n## section\n\nText.\n"),
            ("sub/c.md", "# C\n\nText.\n"),
            ("sub/D.MD", "# D\n\nText.\n"),
            ("chip.png", ""),
            ("_part.md", "Part.\n"),
        ],
    );
    assert_eq!(
        faults,
        [
            "ignored-file: `D.MD` is left out: it is not named as an article",
            "broken-link: no article at `./B.md`: did you mean `./b.md`?",
            "broken-link: no article at `./Sub/c.md`: did you mean `./sub/c.md`?",
            "broken-anchor: no section of “B” has the anchor `Section`: did you mean \
            `b.md#section`?",
            "broken-link: no article has the permalink `/SUB/C`: did you mean `/sub/c`?",
            "broken-link: no article at `sub/C.MD`: did you mean `sub/c.md`?",
            "broken-link: no article at `./itselg.md`",
            "broken-link: no article has the permalink `/itselg`",
            "broken-link: `_part.md` is no article: names that begin with `_` are partials",
            "broken-link: `sub/D.MD` is no article: it is not named as one",
            "missing-image: no image at `CHIP.png`: did you mean `chip.png`?",
            "missing-image: no image at `./Chip.PNG`: did you mean `./chip.png`?",
            "broken-link: no article has the id `SUB/C`: did you mean `sub/c`?",
        ]
    );
}

/// `image` in front matter: only `./…` is a file beside the article.
#[test]
fn images_of_front_matter_are_the_sites() {
    for (image, expected) in [
        (
            "img/card.png",
            "unsupported-image: an image of the site, not of this folder: nobody checks that it is \
            there",
        ),
        (
            "/img/card.png",
            "unsupported-image: an image of the site, not of this folder: nobody checks that it is \
            there",
        ),
        (
            "../card.png",
            "unsupported-image: an image of the site, not of this folder: nobody checks that it is \
            there",
        ),
        ("./card.pgn", "missing-image: no image at `./card.pgn`: did you mean `./card.png`?"),
        ("./card.png", ""),
        ("https://a.example/card.png", ""),
    ] {
        let file = format!("---\nimage: {image}\n---\n\n# A\n\nText.\n");
        let (_, faults) = resolve("", &[("a.md", &file), ("card.png", "")]);
        assert_eq!(faults.join("\n"), expected, "{image}");
    }
}

#[test]
fn pages_of_the_site_outside_the_base_path_are_told_as_such() {
    let files = [
        (
            "x/a.md",
            "# A\n\n[blog](/blog/one#two) [near](/x/bb) [other](/docs/x/no) [b](/docs/x/b)\n",
        ),
        ("x/b.md", "# B\n\nText.\n"),
    ];
    let (_, faults) = resolve("/docs", &files);
    assert_eq!(
        faults,
        [
            "broken-link: `/blog/one` is not under `/docs`, the base path: is it a page of the \
            site? \
             Then write its whole address",
            "broken-link: no article has the permalink `/x/bb`: did you mean `/x/b`?",
            "broken-link: no article has the permalink `/x/no`",
        ]
    );
    let (_, faults) = resolve("", &files[..1]);
    assert_eq!(faults[0], "broken-link: no article has the permalink `/blog/one`");
}

#[test]
fn a_slash_behind_a_file_is_told() {
    let files =
        [("x/a.md", "# A\n\n[b](b.md/#c) [b](../x/b.md/)\n"), ("x/b.md", "# B\n\n## C\n\nText.\n")];
    let fault = "broken-link: no article has the permalink `/x/b.md/`: did you mean `./b.md`?";
    assert_eq!(resolve("", &files).1, [fault, fault]);
}

#[test]
fn a_relative_link_that_is_right_from_the_root_gets_that_as_suggestion() {
    let files = [
        ("g/s.md", "# S\n\n[b](./c/b.md) [b](../../c/b.md) [s](./g/s.md)\n"),
        ("g/c/deep.md", "# D\n\nText.\n"),
        ("c/b.md", "# B\n\nText.\n"),
    ];
    let (_, faults) = resolve("", &files);
    assert_eq!(
        faults,
        [
            "broken-link: no article at `./c/b.md`: did you mean `../c/b.md`?",
            "broken-link: `../../c/b.md` leads out of the content folder",
            "broken-link: no article at `./g/s.md`",
        ]
    );
}

#[test]
fn a_link_to_markdown_that_is_mdx_as_yet_says_so() {
    let files = [
        ("a.md", "# A\n\n[b](./b.md) [b](/d/b.md#x) [c](./c.md)\n"),
        ("b.mdx", "# B\n"),
        ("d/b.mdx", "# B\n"),
    ];
    let (_, faults) = resolve("", &files);
    let broken: Vec<&String> =
        faults.iter().filter(|fault| fault.starts_with("broken-link")).collect();
    assert_eq!(
        broken,
        [
            "broken-link: `./b.md` is `b.mdx` as yet: MDX can't be compiled to data: this leads \
             there once it is `b.md`",
            "broken-link: `/d/b.md` is `b.mdx` as yet: MDX can't be compiled to data: this leads \
             there once it is `b.md`",
            "broken-link: no article at `./c.md`",
        ]
    );
}
