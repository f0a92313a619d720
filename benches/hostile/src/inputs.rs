//! The inputs, each of any size.

use crate::pieces::{
    Input, KIB, LINK, article, citing_events, defined, files, formulas, front, input,
    linked_folders, linking, repeat, repeated, schema,
};

pub const INPUTS: &[Input] = &[
    input("plain-text", 64 * KIB, |size| repeat("Some words that mean little. ", size)),
    input("one-word", 128 * KIB, |size| repeat("x", size)),
    input("lines", 64 * KIB, |size| repeat("a line\n", size)),
    input("paragraphs", 64 * KIB, |size| repeat("a line\n\n", size)),
    input("headings", 16 * KIB, |size| repeat("## Heading %\n\nText.\n\n", size)),
    input("same-headings", 16 * KIB, |size| repeat("## Heading\n\nText.\n\n", size)),
    input("headings-that-look-numbered", 16 * KIB, |size| {
        repeat("## a-1\n\nx\n\n## a\n\nx\n\n", size)
    }),
    input("same-explicit-anchors", 8 * KIB, |size| repeat("## Heading {#same}\n\nText.\n\n", size)),
    input("empty-headings", 16 * KIB, |size| repeat("#\n", size)),
    input("links", 32 * KIB, |size| repeat("[x](https://a.example/%) ", size)),
    input("shortest-links", 32 * KIB, |size| repeat("[](#) ", size)),
    input("links-on-lines", 32 * KIB, |size| repeat("[x](https://a.example/%)\n", size)),
    input("broken-links", 8 * KIB, |size| repeat("[x](./none-%.md) ", size)),
    input("broken-links-on-lines", 8 * KIB, |size| repeat("[x](./none-%.md)\n", size)),
    input("broken-anchors", 8 * KIB, |size| repeat("[x](#none-%)\n", size)),
    input("anchors-among-headings", 64 * KIB, |size| {
        repeat("## Heading %\n\n[x](#headin-%)\n\n", size)
    }),
    input("unsafe-links", 8 * KIB, |size| repeat("[x](javascript:%)\n", size)),
    input("broken-references", 8 * KIB, |size| repeat("[x][none-%]\n", size)),
    input("references", 16 * KIB, |size| repeat("[x][r%]\n\n[r%]: https://a.example/%\n\n", size)),
    input("unused-definitions", 16 * KIB, |size| repeat("[r%]: https://a.example/%\n", size)),
    input("same-definition", 8 * KIB, |size| repeat("[r]: https://a.example/%\n", size)),
    input("missing-images", 8 * KIB, |size| repeat("![x](none-%.png)\n", size)),
    input("bare-addresses", 16 * KIB, |size| repeat("https://a.example/% ", size)),
    input("address-like", 64 * KIB, |size| repeat("a@", size)),
    input("long-address", 64 * KIB, |size| repeat("www.a", size)),
    input("brackets-in-address", 64 * KIB, |size| {
        article(format!("https://a.example/{}", repeated("(", size)))
    }),
    input("footnotes", 16 * KIB, |size| repeat("x[^%]\n\n[^%]: Note.\n\n", size)),
    input("one-footnote-cited", 16 * KIB, |size| {
        article(format!("[^1]: Note.\n\n{}", repeated("x[^1] ", size)))
    }),
    input("footnotes-in-footnotes", 16 * KIB, |size| {
        article(format!("x[^0]\n\n{}", repeated("[^%]: Note.[^0]\n\n", size)))
    }),
    input("emphasis", 32 * KIB, |size| repeat("*a* **b** ", size)),
    input("stars", 64 * KIB, |size| repeat("*", size)),
    input("stars-and-letters", 64 * KIB, |size| repeat("*a_ ", size)),
    input("backticks", 64 * KIB, |size| repeat("`", size)),
    input("backticks-of-all-lengths", 64 * KIB, |size| {
        let mut text = String::new();
        let mut run = 1;
        while text.len() < size {
            text.push_str(&"`".repeat(run));
            text.push('x');
            run += 1;
        }
        article(text)
    }),
    input("tildes", 64 * KIB, |size| repeat("~", size)),
    input("open-brackets", 64 * KIB, |size| repeat("[", size)),
    input("open-images", 64 * KIB, |size| repeat("![", size)),
    input("nested-brackets", 32 * KIB, |size| {
        article(format!("{}x{}", repeated("[", size / 2), repeated("]", size / 2)))
    }),
    input("nested-links", 32 * KIB, |size| {
        article(format!("{}x{}", repeated("[", size / 5), repeated("](y)", size / 5 * 4)))
    }),
    input("open-destinations", 64 * KIB, |size| repeat("[a](<b", size)),
    input("open-titles", 64 * KIB, |size| repeat("[a](b \"", size)),
    input("nested-quotes", 16 * KIB, |size| repeat("> ", size)),
    input("nested-lists", 16 * KIB, |size| repeat("- ", size)),
    input("quotes-and-lists", 16 * KIB, |size| repeat("> - ", size)),
    input("indented-lists", 64 * KIB, |size| {
        let mut text = String::new();
        let mut depth = 0;
        while text.len() < size {
            text.push_str(&format!("{}- x\n", "  ".repeat(depth)));
            depth += 1;
        }
        article(text)
    }),
    input("list-items", 32 * KIB, |size| repeat("- x\n", size)),
    input("task-items", 32 * KIB, |size| repeat("- [ ] x\n", size)),
    input("table-rows", 32 * KIB, |size| {
        article(format!("| a | b |\n|---|---|\n{}", repeated("| x | y |\n", size)))
    }),
    input("table-columns", 16 * KIB, |size| {
        article(format!(
            "|{}\n|{}\n|{}\n",
            repeated("a|", size),
            repeated("-|", size),
            repeated("x|", size)
        ))
    }),
    input("tables-of-short-rows", 64 * KIB, |size| {
        let row = |cell: &str| format!("|{}\n", cell.repeat(64));
        repeat(&format!("{}{}{}\n", row("a|"), row("-|"), "|x\n".repeat(64)), size)
    }),
    input("short-rows-in-small-articles", 64, |count| {
        let row = |cell: &str| format!("|{}\n", cell.repeat(100));
        let text = format!("# A\n\n{}{}{}", row("a|"), row("-|"), "|x\n".repeat(98));
        files(count, |at| (format!("a{at}.md"), text.clone()))
    }),
    input("table-short-rows", 8 * KIB, |size| {
        article(format!(
            "|{}\n|{}\n{}",
            repeated("a|", size / 8),
            repeated("-|", size / 8),
            repeated("|x\n", size / 8)
        ))
    }),
    input("admonitions", 16 * KIB, |size| repeat(":::note\n\nx\n\n:::\n\n", size)),
    input("open-admonitions", 16 * KIB, |size| repeat(":::note\n\n", size)),
    input("colons", 64 * KIB, |size| repeat(":", size)),
    input("closing-admonitions", 16 * KIB, |size| repeat(":::\n\n", size)),
    input("comments", 32 * KIB, |size| repeat("<!-- x -->\n\n", size)),
    input("open-comments", 64 * KIB, |size| repeat("<!--", size)),
    input("open-tags", 64 * KIB, |size| repeat("<a b=\"", size)),
    input("open-instructions", 64 * KIB, |size| repeat("<?a ", size)),
    input("open-declarations", 64 * KIB, |size| repeat("<!A ", size)),
    input("open-cdata", 64 * KIB, |size| repeat("<![CDATA[", size)),
    input("tags", 32 * KIB, |size| repeat("<b>x</b>\n", size)),
    input("braces", 64 * KIB, |size| repeat("{", size)),
    input("expressions", 32 * KIB, |size| repeat("{x} ", size)),
    input("entities", 64 * KIB, |size| repeat("&amp;", size)),
    input("ampersands", 64 * KIB, |size| repeat("&", size)),
    input("backslashes", 64 * KIB, |size| repeat("\\", size)),
    input("fences", 32 * KIB, |size| repeat("```x\ny\n```\n\n", size)),
    input("open-fences", 32 * KIB, |size| repeat("> ```\n\n", size)),
    input("formulas", 16 * KIB, |size| formulas("$$x_%$$ ", size)),
    input("formulas-on-lines", 16 * KIB, |size| formulas("$$\n\\frac{a}{%}\n$$\n\n", size)),
    input("open-formulas", 32 * KIB, |size| formulas("$$ x\n\n", size)),
    input("wrong-formulas", 8 * KIB, |size| formulas("$$\\nope$$\n", size)),
    input("dollars", 64 * KIB, |size| formulas("$", size)),
    input("dollars-and-braces", 32 * KIB, |size| formulas("$${$$}", size)),
    input("formulas-of-braces", 64 * KIB, |size| formulas("$${", size)),
    input("towers-in-formulas", 32 * KIB, |size| {
        formulas(&format!("$${}x{}$$\n\n", "\\frac{".repeat(45), "}{y}".repeat(45)), size)
    }),
    input("cells-in-formulas", 16 * KIB, |size| {
        formulas(&format!("$$\\begin{{aligned}}{}\\end{{aligned}}$$\n\n", "&".repeat(900)), size)
    }),
    input("bidirectional", 64 * KIB, |size| repeat("\u{202e}\u{2066}\u{200b}x ", size)),
    input("nul", 64 * KIB, |size| repeat("\0", size)),
    input("not-latin", 64 * KIB, |size| repeat("人工知能\u{301}é ", size)),
    input("carriage-returns", 64 * KIB, |size| repeat("x\r", size)),
    input("tabs", 64 * KIB, |size| repeat("\t", size)),
    input("blank-lines", 64 * KIB, |size| repeat("\n", size)),
    input("events", 16 * KIB, |size| {
        article(format!("## Timeline\n\n{}", repeated("- **2019**: Something.\n", size)))
    }),
    input("wrong-events", 8 * KIB, |size| {
        article(format!("## Timeline\n\n{}", repeated("- **never %**: Something.\n", size)))
    }),
    input("events-of-one-source-with-many-links", 32 * KIB, |size| {
        ["a", "b"].map(|name| (format!("{name}.md"), citing_events(name, size / 2))).to_vec()
    }),
    input("footnotes-of-one-event", 64 * KIB, |size| {
        let cited = repeated("[^%]", size / 3);
        let notes = repeated("[^%]: N\n", size / 3 * 2);
        article(format!("## Timeline\n\n- **2020**: It.{cited}\n\n{notes}"))
    }),
    input("one-question", 128 * KIB, |size| front("questions: [", "w% ", "]", size)),
    input("schema-keys", 64 * KIB, |size| schema(repeated("key_%: x\n", size))),
    input("schema-fields", 64 * KIB, |size| {
        schema(format!("articles:\n{}", repeated("  key_%: text\n", size)))
    }),
    input("schema-choices", 64 * KIB, |size| {
        schema(format!("articles:\n  key: [{}]\n", repeated("word%,", size)))
    }),
    input("schema-identity", 8 * KIB, |size| {
        let columns = repeated("      column %: text\n", 2 * KIB);
        let kind = format!("    row: t\n    columns:\n      N: name\n{columns}");
        schema(format!("records:\n  T:\n{kind}    identity: [{}]\n", repeated("colunm %,", size)))
    }),
    input("records-of-one-name", 16 * KIB, |size| {
        let rows = (1000..9999).map(|year| format!("|N|{year}|N|\n")).take(size / 10);
        let rows: String = rows.collect();
        let columns = "      N: name\n      D: date\n      R: t\n";
        vec![
            ("a.md".to_owned(), format!("# A\n\n## T\n\n|N|D|R|\n|---|---|---|\n{rows}")),
            (
                "_schema_.yml".to_owned(),
                format!("records:\n  T:\n    row: t\n    valid: [D]\n    columns:\n{columns}"),
            ),
        ]
    }),
    input("profile-unknown-keys", 64 * KIB, |size| {
        let mut files = front("profile:\n  kind: x\n", "  key_%: x\n", "", size);
        let kinds = "profiles:\n  x:\n    fields:\n      a: text\n".to_owned();
        files.push(("_schema_.yml".to_owned(), kinds));
        files
    }),
    input("front-matter-keywords", 4 * KIB, |size| front("keywords: [", "word %, ", "x]", size)),
    input("front-matter-brackets", 4 * KIB, |size| front("title: ", "[", "", size)),
    input("front-matter-braces", 4 * KIB, |size| front("title: ", "{a: ", "", size)),
    input("front-matter-dashes", 64 * KIB, |size| front("title:\n  ", "- ", "x", size)),
    input("front-matter-question-marks", 64 * KIB, |size| front("", "? ", "x", size)),
    input("front-matter-comments", 64 * KIB, |size| front("", "# x\n", "", size)),
    input("front-matter-plain-lines", 64 * KIB, |size| front("title: x\n", "  x\n", "", size)),
    input("front-matter-quoted-list", 16 * KIB, |size| {
        front("keywords: [", "'word %', ", "x]", size)
    }),
    input("front-matter-list-lines", 16 * KIB, |size| {
        front("keywords:\n", "  - word %\n", "", size)
    }),
    input("front-matter-open-quote", 64 * KIB, |size| front("title: ", "'", "\"", size)),
    input("front-matter-unknown-keys", 8 * KIB, |size| front("", "key_%: x\n", "", size)),
    input("front-matter-same-keys", 8 * KIB, |size| front("", "title: x\n", "", size)),
    input("front-matter-wrong-values", 8 * KIB, |size| {
        front("keywords:\n", "  - {a: %}\n", "", size)
    }),
    input("front-matter-aliases", 16 * KIB, |size| {
        front("sidebar_custom_props:\n  a: &a x\n  b: [", "*a, ", "*a]", size)
    }),
    input("front-matter-alias-bomb", 2 * KIB, |size| {
        front(
            "sidebar_custom_props:\n  a0: &a0 [x, x]\n",
            "",
            &(1..size / 24)
                .map(|at| format!("  a{at}: &a{at} [*a{}, *a{}]\n", at - 1, at - 1))
                .collect::<String>(),
            0,
        )
    }),
    input("front-matter-anchors", 8 * KIB, |size| {
        front("sidebar_custom_props:\n", "  k%: &a% x\n", "", size)
    }),
    input("front-matter-long-string", 64 * KIB, |size| front("title: \"", "x\\u0041", "\"", size)),
    input("front-matter-block-string", 64 * KIB, |size| {
        front("description: |\n", "  x\n", "", size)
    }),
    input("front-matter-merge-keys", 4 * KIB, |size| {
        front("sidebar_custom_props:\n  a: &a {b: c}\n", "  k%: {<<: *a}\n", "", size)
    }),
    input("articles", 100, |count| {
        files(count, |at| (format!("a{at}.md"), format!("# Article {at}\n\nText.\n")))
    }),
    input("articles-that-link", 50, |count| {
        files(count, |at| {
            (format!("a{at}.md"), format!("# Article {at}\n\n[next](a{}.md)\n", (at + 1) % count))
        })
    }),
    input("articles-with-broken-links", 500, |count| {
        files(count, |at| (format!("a{at}.md"), format!("# Article {at}\n\n[next](b{at}.md)\n")))
    }),
    input("articles-that-collide", 50, |count| {
        files(count, |at| {
            (
                format!("a{}.md", "+".repeat(at % 200 + 1) + &"-".repeat(at / 200)),
                "# A\n\nText.\n".to_owned(),
            )
        })
    }),
    input("articles-of-one-id", 50, |count| {
        files(count, |at| (format!("a{at}.md"), "---\nid: same\n---\n\n# A\n\nText.\n".to_owned()))
    }),
    input("articles-of-one-permalink", 50, |count| {
        files(count, |at| {
            (format!("a{at}.md"), "---\nslug: /same\n---\n\n# A\n\nText.\n".to_owned())
        })
    }),
    input("articles-at-one-position", 50, |count| {
        files(count, |at| {
            (format!("a{at}.md"), "---\nsidebar_position: 1\n---\n\n# A\n\nText.\n".to_owned())
        })
    }),
    input("folders", 50, |count| {
        files(count, |at| (format!("f{at}/a.md"), "# A\n\nText.\n".to_owned()))
    }),
    // As many bytes of paths, which grow by two with each folder.
    input("folders-in-folders", 8 * KIB, |size| {
        files(size.isqrt(), |at| (format!("{}a.md", "f/".repeat(at)), "# A\n\nText.\n".to_owned()))
    }),
    input("category-files", 50, |count| {
        files(count * 2, |at| {
            if at % 2 == 0 {
                (format!("f{at}/_category_.yml"), "label: L\n".to_owned())
            } else {
                (format!("f{}/a.md", at - 1), "# A\n\nText.\n".to_owned())
            }
        })
    }),
    input("pictures", 500, |count| {
        files(count + 1, |at| {
            if at == 0 {
                ("a.md".to_owned(), "# A\n\n![x](p1.png) ![y](none.png)\n".to_owned())
            } else {
                (format!("p{at}.png"), String::new())
            }
        })
    }),
    // Repeated links, messages and pages.
    input("references-to-a-long-address", 64 * KIB, |size| {
        defined(|long| format!("[r]: https://a.example/{long}"), "[r] ", size)
    }),
    input("references-to-a-permitted-address", 64 * KIB, |size| {
        article(format!(
            "[r]: https://a.example/{}\n\n{}",
            "x".repeat(7_900),
            repeated("[r] ", size)
        ))
    }),
    input("references-with-a-long-title", 64 * KIB, |size| {
        defined(|long| format!("[r]: https://a.example/ \"{long}\""), "[r] ", size)
    }),
    input("broken-references-to-a-long-path", 64 * KIB, |size| {
        defined(|long| format!("[r]: ./{long}.md"), "[r] ", size)
    }),
    input("image-references-to-a-long-address", 64 * KIB, |size| {
        defined(|long| format!("[r]: https://a.example/{long}"), "![r] ", size)
    }),
    input("footnotes-with-long-labels", 64 * KIB, |size| {
        defined(|long| format!("[^{long}]: Note."), "[^1] ", size)
    }),
    input("links-in-a-footnote-with-a-long-label", 64 * KIB, |size| {
        let long = "x".repeat(size / 4);
        article(format!("[^{long}]\n\n[^{long}]: {}", repeated("[x](#) ", size / 2)))
    }),
    input("links-to-a-long-slug", 64 * KIB, |size| {
        linking(
            "[](b.md) ",
            format!("---\nslug: /{}\n---\n\n# B\n\nText.\n", "x".repeat(900)),
            size,
        )
    }),
    input("links-to-a-long-title", 64 * KIB, |size| {
        linking("[](b.md) ", format!("# {}\n\nText.\n", "x".repeat(900)), size)
    }),
    input("links-to-a-long-anchor", 64 * KIB, |size| {
        linking(
            "[](b.md#x) ",
            format!("# B\n\n## X {{#x}}\n\n## {}\n\nText.\n", "x".repeat(3_900)),
            size,
        )
    }),
    input("links-to-a-too-long-title", 64 * KIB, |size| {
        linking("[](b.md) ", format!("# {}\n\nText.\n", "x".repeat(size)), size)
    }),
    input("broken-anchors-of-a-too-long-title", 64 * KIB, |size| {
        linking("[](b.md#y) ", format!("# {}\n\nText.\n", "x".repeat(size)), size)
    }),
    input("lines-in-deep-quotes", 16 * KIB, |size| {
        article(format!("{}x\n{}", "> ".repeat(90), repeated("x\n", size)))
    }),
    input("broken-lines-in-deep-quotes", 16 * KIB, |size| {
        article(format!("{}x\\\n{}x", "> ".repeat(90), repeated("x\\\n", size)))
    }),
    input("lines-in-deep-lists", 16 * KIB, |size| {
        article(format!("{}x\n{}", "- ".repeat(90), repeated("x\n", size)))
    }),
    input("one-heading", 64 * KIB, |size| article(format!("## {}\n\n[x](#x)", "x".repeat(size)))),
    input("one-line-that-is-the-description", 64 * KIB, |size| {
        files(10, |at| {
            (format!("{}a{at}.md", "f/".repeat(at)), format!("# A\n\n{}\n", "x".repeat(size / 10)))
        })
    }),
    input("articles-with-long-titles-that-link", 20, |count| {
        files(count, |at| {
            let links: String =
                (0..20).map(|to| format!("[](a{}.md) ", (at + to) % count)).collect();
            (format!("a{at}.md"), format!("# {}{at}\n\n{links}\n", "x".repeat(900)))
        })
    }),
    input("front-matter-many-keywords", 128 * KIB, |size| {
        front("keywords: [", "word %, ", "x]", size)
    }),
    input("front-matter-also-called", 128 * KIB, |size| {
        front("profile: {kind: term, also_called: [", "word %, ", "x]}", size)
    }),
    input("front-matter-tags", 64 * KIB, |size| front("tags: [", "word %, ", "x]", size)),
    input("front-matter-surrogates", 64 * KIB, |size| {
        front("title: a\nkeywords: [", "\"\\uD83D\\uDE80 %\", ", "x]", size)
    }),
    input("front-matter-line-separators", 64 * KIB, |size| {
        front("title: a\ndescription: \"", "x\u{2028}", "\"", size)
    }),
    input("front-matter-lines-without-keys", 64 * KIB, |size| {
        front("title: 'a\n", "'x\n", "", size)
    }),
    input("front-matter-private-use", 64 * KIB, |size| {
        front(
            "description: \"\\uD83D\\uDE80",
            &(0..64).map(|at| char::from_u32(0xe000 + at).unwrap()).collect::<String>(),
            "\"",
            size,
        )
    }),
    input("unknown-neighbours", 500, |count| {
        files(count, |at| {
            (
                format!("a{at}.md"),
                format!(
                    "---\npagination_next: b{at}\npagination_prev: c{at}\n---\n\n# A\n\nText.\n"
                ),
            )
        })
    }),
    input("unknown-pages-of-folders", 500, |count| {
        files(count * 2, |at| {
            if at % 2 == 0 {
                (format!("f{at}/_category_.yml"), format!("link: {{type: doc, id: none-{at}}}\n"))
            } else {
                (format!("f{}/a.md", at - 1), "# A\n\nText.\n".to_owned())
            }
        })
    }),
    input("pages-of-folders", 500, |count| {
        files(count * 2, |at| {
            if at % 2 == 0 {
                (
                    format!("f{at}/_category_.yml"),
                    "label: Same\nlink: {type: generated-index}\n".to_owned(),
                )
            } else {
                (
                    format!("f{}/a.md", at - 1),
                    "# A\n\n[x](/category/same) [y](/category/none)\n".to_owned(),
                )
            }
        })
    }),
    input("unknown-images", 500, |count| {
        files(count * 2, |at| {
            if at % 2 == 0 {
                (format!("p{at}.png"), String::new())
            } else {
                (format!("a{at}.md"), format!("# A\n\n![x](q{at}.png)\n"))
            }
        })
    }),
    input("links-under-a-base-path", 500, |count| {
        files(count, |at| {
            (
                format!("a{at}.md"),
                format!("# A\n\n[x](/docs/next/a{}) [y](/docs/next/b{at})\n", (at + 1) % count),
            )
        })
    }),
    input("one-unknown-key-in-all", 50, |count| {
        files(count, |at| {
            (format!("a{at}.md"), "---\nauthor: me\n---\n\n# A\n\nText.\n".to_owned())
        })
    }),
    input("unreadable-front-matter", 50, |count| {
        files(count, |at| {
            (
                format!("a{at}.md"),
                format!("---\ntitle: a: b\n---\n\n[x](a{}.md)\n", (at + 1) % count),
            )
        })
    }),
    input("events-of-one-happening", 250, |count| {
        files(count, |at| {
            let event = "- **2020-01-01**: It. <!-- #same -->";
            (format!("a{at}.md"), format!("# A\n\n## Timeline\n\n{event}\n"))
        })
    }),
    input("shared-happenings-of-long-titles", 2 * KIB, |size| {
        let events = repeated("- **2020**: It. <!-- #a%b -->\n", size);
        let title = "x".repeat(900);
        files(9, |at| (format!("a{at}.md"), format!("# {title}\n\n## Timeline\n\n{events}")))
    }),
    // Folders.
    input("many-folders", 250, |count| {
        files(count, |at| (format!("f{at}/a.md"), "# A\n\nText.\n".to_owned()))
    }),
    input("folders-that-collide", 50, |count| {
        files(count, |at| {
            (
                format!("f{}/a.md", "-".repeat(at % 200 + 1) + &"+".repeat(at / 200)),
                "# A\n\nText.\n".to_owned(),
            )
        })
    }),
    input("folders-at-one-position", 50, |count| {
        files(count, |at| (format!("1-f{at}/a.md"), "# A\n\nText.\n".to_owned()))
    }),
    input("folders-deep-and-wide", 50, |count| {
        files(count, |at| (format!("{}g{at}/a.md", "f/".repeat(30)), "# A\n\nText.\n".to_owned()))
    }),
    input("articles-at-every-depth", 50, |count| {
        files(count, |at| {
            (format!("{}a{at}.md", "f/".repeat(at % 31)), "# A\n\nText.\n".to_owned())
        })
    }),
    input("one-article-too-deep", 200, |depth| {
        vec![(format!("{}a.md", "f/".repeat(depth)), "# A\n\nText.\n".to_owned())]
    }),
    input("long-names-deep-down", 20, |count| {
        files(count, |at| {
            (
                format!("{}a{at}.md", format!("{}/", "x".repeat(200)).repeat(16)),
                "# A\n\nText.\n".to_owned(),
            )
        })
    }),
    input("linked-folders", 10, linked_folders),
    input("links-to-one-folder", 100, |count| {
        files(count + 1, |at| {
            if at == 0 {
                ("f/a.md".to_owned(), "# A\n\nText.\n".to_owned())
            } else {
                (format!("l{at}"), format!("{LINK}f"))
            }
        })
    }),
    input("links-to-one-file", 50, |count| {
        files(count + 1, |at| {
            if at == 0 {
                ("a.md".to_owned(), format!("# A\n\n{}\n", "Text. ".repeat(500)))
            } else {
                (format!("l{at}.md"), format!("{LINK}a.md"))
            }
        })
    }),
    input("files-that-are-ignored", 100, |count| {
        files(count, |at| (format!("a{at}.MD"), "# A\n\nText.\n".to_owned()))
    }),
];
