//! The mistakes, and their near misses.

use super::{FORMULAS, Files, GIF};
use crate::fault::Code;

/// A code, files that provoke it, and files that almost do.
pub const CASES: &[(Code, Files, Files)] = &[
    (Code::Mdx, &[("tool.mdx", "# Tool\n\n<Chart />\n")], &[("mdx.md", "# About .mdx\n\nText.\n")]),
    (
        Code::NoArticles,
        &[("note.txt", "Text.\n"), ("_part.md", "Text.\n")],
        &[("a.md", "# A\n\nText.\n")],
    ),
    (
        Code::IgnoredFile,
        &[
            ("a.md", "# A\n\nText.\n"),
            ("guides/B.MD", "# B\n\nText.\n"),
            ("guides/_category_.toml", ""),
        ],
        &[
            ("a.md", "# A\n\nText.\n"),
            ("guides/_B.MD", "# B\n"),
            ("guides/_category_.yml", ""),
            ("guides/md", ""),
        ],
    ),
    (
        Code::BareCarriageReturn,
        &[("a.md", "# A\r\rText.\rMore.\n"), ("b.md", "# B\r\n\r\r\nText.\r\n")],
        &[("a.md", "# A\r\n\r\nText.\r\n"), ("b.md", "---\ntitle: \"B\\r\"\n---\n\nText.\n")],
    ),
    (
        Code::FrontMatterSyntax,
        &[
            ("colon.md", "---\ntitle: Huawei: the company\n---\n\nText.\n"),
            ("open.md", "---\ntitle: Huawei\n\nText.\n"),
            ("list.md", "---\n- title\n---\n\nText.\n"),
            ("returns.md", "---\rtitle: Huawei\r---\r\rText.\r"),
            ("dashes.md", "---\ntitle: Huawei\n----\n\nText.\n"),
            (
                "quote.md",
                "---\ntitle: 'Huawei\ndescription: A company.\nslug: '/huawei'\n---\n\nText.\n",
            ),
        ],
        &[
            ("colon.md", "---\ntitle: \"Huawei: the company\"\n---\n\nText.\n"),
            ("rule.md", "# Rule\n\nText.\n\n---\n\nText.\n"),
        ],
    ),
    (
        Code::UnknownKey,
        &[
            ("a.md", "---\ntitle: A\nsidebar_positon: 3\nauthor: me\n---\n\nText.\n"),
            ("_category_.yml", "labl: Root\n"),
        ],
        &[(
            "a.md",
            "---\ntitle: A\nsidebar_position: 3\nsidebar_custom_props: {author: me}\n---\n\n\
            Text.\n",
        )],
    ),
    (
        Code::DuplicateKey,
        &[("a.md", "---\ntitle: A\nid: a\ntitle: B\n---\n\nText.\n")],
        &[("a.md", "---\ntitle: A\nsidebar_custom_props: {title: B}\n---\n\nText.\n")],
    ),
    (
        Code::InvalidValue,
        &[
            (
                "a.md",
                "---\ntitle: A\nsidebar_position: first\nkeywords: ascend\nhide_title: maybe\n\
                draft: true\nunlisted: true\n---\n\nText.\n",
            ),
            ("b.md", "---\ntitle: B\nprofile:\n  kind: compny\n---\n\nText.\n"),
            ("_schema_.yml", "profiles:\n  company:\n    fields:\n      founded: date\n"),
        ],
        &[(
            "a.md",
            "---\ntitle: 2021\nsidebar_position: \"2\"\nkeywords: [ascend]\nhide_title: true\n\
            ---\n\nText.\n",
        )],
    ),
    (
        Code::MissingTitle,
        &[("a.md", "Text only.\n")],
        &[("a.md", "---\ntitle: A\n---\n\nText.\n"), ("b.md", "# B\n\nText.\n")],
    ),
    (
        Code::DuplicateId,
        &[
            ("a/one.md", "---\nid: huawei\n---\n\n# One\n\nText.\n"),
            ("a/two.md", "---\nid: huawei\n---\n\n# Two\n\nText.\n"),
        ],
        &[
            ("a/one.md", "---\nid: huawei\n---\n\n# One\n\nText.\n"),
            ("b/two.md", "---\nid: huawei\n---\n\n# Two\n\nText.\n"),
        ],
    ),
    (
        Code::DuplicatePermalink,
        &[("one.md", "---\nslug: /x\n---\n\n# One\n\nText.\n"), ("x.md", "# X\n\nText.\n")],
        &[("one.md", "---\nslug: /y\n---\n\n# One\n\nText.\n"), ("x.md", "# X\n\nText.\n")],
    ),
    (
        Code::DuplicateAnchor,
        &[("a.md", "# A\n\n## One {#same}\n\nText.\n\n## Two {#same}\n\nText.\n")],
        &[("a.md", "# A\n\n## Same\n\nText.\n\n## Same\n\nText.\n")],
    ),
    (
        Code::DuplicateDefinition,
        &[
            ("a.md", "# A\n\nText.[^1]\n\n[^1]: One.\n[^1]: Two.\n"),
            (
                "b.md",
                "# B\n\n[x][r]\n\n[r]: https://one.example/\n[R]: https://two.example/\n\n\
                > - [r]:\n>   https://three.example/\n",
            ),
        ],
        &[
            ("a.md", "# A\n\nText.[^1][^2]\n\n[^1]: One.\n[^2]: Two.\n"),
            (
                "b.md",
                "# B\n\n[x][r]\n[r]: https://no-definition.example/\n\n\
                [r]: https://one.example/\n\n```md\n[r]: https://two.example/\n```\n\n<!--\n\
                [r]: x\n-->\n\n[//]: # (a comment)\n[//]: # \"another one\"\n",
            ),
        ],
    ),
    (
        Code::IdentifierCollision,
        &[
            ("c++.md", "# C++\n\nText.\n"),
            ("c#.md", "# C#\n\nText.\n"),
            ("a-b/x.md", "# X\n\nText.\n"),
            ("a_b/x.md", "# X\n\nText.\n"),
        ],
        &[
            ("c++.md", "# C++\n\nText.\n"),
            ("c#.md", "---\nid: c-sharp\n---\n\n# C#\n\nText.\n"),
            ("a/c.md", "# C\n\nText.\n"),
            ("c/c2.md", "# C\n\nText.\n"),
        ],
    ),
    (
        Code::InvalidIdentifier,
        &[("++.md", "# Plus\n\nText.\n"), ("☃/snow.md", "# Snow\n\nText.\n")],
        &[
            ("++.md", "---\nid: plus\n---\n\n# Plus\n\nText.\n"),
            ("雪/snow.md", "# Snow\n\nText.\n"),
        ],
    ),
    (
        Code::BrokenLink,
        &[
            (
                "companies/huawei.md",
                "---\npagination_next: companies/opena\n---\n\n# Huawei\n\n\
                [OpenAI](./opena.md), [the same](opena.md \"title\"), [moved](../openai.md),\n\
                [site](/companies/opena), [draft](draft.md), [nothing](),\n\
                [bare](./openai) and [reference][r].\n\n[r]: <./open ai.md>\n",
            ),
            ("companies/openai.md", "# OpenAI\n\nText.\n"),
            ("companies/draft.md", "---\ndraft: true\n---\n\n# Draft\n\nText.\n"),
            ("companies/_category_.yml", "link: {type: doc, id: opena}\n"),
        ],
        &[
            (
                "companies/huawei.md",
                "---\npagination_next: companies/openai\n---\n\n# Huawei\n\n\
                [OpenAI](./openai.md), [site](/companies/openai), [relative](openai), [self](#) \
                and [reference][r]; `[code](./x.md)`.\n\n[r]: <../companies/openai.md>\n",
            ),
            ("companies/openai.md", "# OpenAI\n\nText.\n"),
        ],
    ),
    (
        Code::BrokenAnchor,
        &[
            (
                "a.md",
                "# A\n\n[here](#chip), [there](b.md#strategy), [title](b.md#b).\n\n## Chips\n\n\
                Text.\n",
            ),
            ("b.md", "# B\n\nText.\n\n## AI strategy\n\nText.\n"),
        ],
        &[
            (
                "a.md",
                "# A\n\n[here](#chips), [there](b.md#ai-strategy), [top](b.md#).\n\n## Chips\n\n\
                Text.\n",
            ),
            ("b.md", "# B\n\nText.\n\n## AI strategy\n\nText.\n"),
        ],
    ),
    (
        Code::BrokenReference,
        &[("a.md", "# A\n\n[OpenAI][opnai], [OpenAI][] and a note.[^2]\n\n[^1]: Cited.[^1]\n")],
        &[(
            "a.md",
            "# A\n\n[OpenAI][o], [o], [not a link] and a note.[^1] Or rows[i][j], f(x)[0][], \
            T<U>[\"key\"][].\n\n[o]: https://openai.com/\n\n[^1]: Cited.\n",
        )],
    ),
    (
        Code::InvalidImage,
        &[
            (
                "a.md",
                "# A\n\n![One](one.png) ![two][svg] ![again][svg]\n\n\
                ![three](three.bmp) ![four](four.svg)\n\n[svg]: ./two.svg\n",
            ),
            ("one.png", GIF),
            (
                "two.svg",
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 \
                1'><script>x()</script></svg>",
            ),
            ("three.bmp", "BM"),
            ("four.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'>"),
        ],
        &[
            ("a.md", "---\nimage: ./one.png\n---\n\n# A\n\n![One](one.gif) `![x](two.svg)`\n"),
            ("one.gif", GIF),
            ("one.png", "no image"),
            ("two.svg", "no image"),
        ],
    ),
    (
        Code::MissingImage,
        &[("a.md", "# A\n\n![A chip](./img/chip.pgn)\n"), ("img/chip.png", "")],
        &[("a.md", "# A\n\n![A chip](./img/chip.gif)\n"), ("img/chip.gif", GIF)],
    ),
    (
        Code::UnusedDefinition,
        &[("a.md", "# A\n\nText.\n\n[openai]: https://openai.com/\n\n[^1]: Nobody cites this.\n")],
        &[(
            "a.md",
            "# A\n\n[OpenAI].[^1]\n\n[openai]: https://openai.com/\n\n[//]: # (a comment)\n\n\
            [^1]: Cited.\n",
        )],
    ),
    (
        Code::InvalidUrl,
        &[(
            "a.md",
            "# A\n\n[no host](https://), [space](<https://exa mple.com/>), \
            [port](https://a.example:99999/), [mail](mailto:nobody).\n",
        )],
        &[(
            "a.md",
            "# A\n\n[host](https://a.example), [port](https://a.example:8080/), \
            [mail](mailto:a@b.example), [query](https://a.example/?q=a|b{c}).\n",
        )],
    ),
    (
        Code::UnsafeUrl,
        &[(
            "a.md",
            "# A\n\n[x](javascript:alert(1)), [y](JaVa&#x53;cript:x), [z](data:text/html,x), \
            [f](file:///etc/passwd).\n",
        )],
        &[("a.md", "# A\n\n[x](https://a.example/javascript:x) and `javascript:alert(1)`.\n")],
    ),
    (
        Code::UnsupportedLink,
        &[
            (
                "a.md",
                "# A\n\n[call](tel:+123), [site](@site/x.js), [file](./data.csv), [query](?a=b), \
                [host](//a.example/).\n",
            ),
            ("data.csv", ""),
        ],
        &[("a.md", "# A\n\n[web](https://a.example/data.csv?a=b).\n"), ("data.csv", "")],
    ),
    (
        Code::UnsupportedImage,
        &[
            ("a.md", "# A\n\n![Logo](/img/logo.png) and ![Logo](@site/static/logo.png)\n"),
            ("b.md", "---\nimage: \"@site/static/card.png\"\n---\n\n# B\n\nText.\n"),
        ],
        &[("a.md", "# A\n\n![Logo](https://a.example/logo.png)\n")],
    ),
    (
        Code::InsecureUrl,
        &[("a.md", "# A\n\nhttp://a.example/ and [b](HTTP://b.example/)\n")],
        &[("a.md", "# A\n\nhttps://a.example/, `http://b.example/` and http://localhost:3000\n")],
    ),
    (
        Code::MissingAltText,
        &[("a.md", "# A\n\n![](chip.gif)\n"), ("chip.gif", GIF)],
        &[("a.md", "# A\n\n![A *chip*](chip.gif)\n"), ("chip.gif", GIF)],
    ),
    (
        Code::PositionTie,
        &[
            ("a.md", "---\nsidebar_position: 2\n---\n\n# A\n\nText.\n"),
            ("b/_category_.yml", "position: 2\n"),
            ("b/c.md", "# C\n\nText.\n"),
            ("02-d.md", "# D\n\nText.\n"),
        ],
        &[
            ("a.md", "---\nsidebar_position: 2\n---\n\n# A\n\nText.\n"),
            ("b/c.md", "---\nsidebar_position: 2\n---\n\n# C\n\nText.\n"),
            ("d.md", "# D\n\nText.\n"),
            ("e.md", "# E\n\nText.\n"),
        ],
    ),
    (
        Code::EmptySection,
        &[("a.md", "# A\n\nText.\n\n## Empty\n\n<!-- later -->\n\n## Last\n")],
        &[("a.md", "# A\n\nText.\n\n## Above\n\n### Below\n\nText.\n\n## Code\n\n```text\n```\n")],
    ),
    (
        Code::EmptyArticle,
        &[("a.md", "# A\n\n<!-- to be written -->\n")],
        &[("a.md", "# A\n\n## B\n\nText.\n")],
    ),
    (
        Code::RawHtml,
        &[
            (
                "a.md",
                "import X from './x';\n\n# A\n\nText and {props.name}.\n\n<Tabs>\n\
                <TabItem value=\"x\">\n\nStays.\n\n</TabItem>\n</Tabs>\n",
            ),
            (
                "b.md",
                "# B\n\n<iframe src=\"https://a.example/\"></iframe>\n\n\
                <p onclick=\"x()\">Text <script>x()</script></p>\n\n\
                <a href={link}>link</a> [a <a href=\"x.md\">b</a>](#s) <img alt=\"No source\">\n\n\
                <details>\n\n## S\n\nText.\n",
            ),
        ],
        &[(
            "a.md",
            "# A\n\nText `<Tabs>` and \\{props\\}, <https://a.example/> <!-- comment -->\n\n\
            import duties rose. {#x\n\n<div align=\"center\">\n\
            <b>Bold</b> <a id=\"x\" href=\"#x\">here</a><br/>\n\n\
            <details><summary>More</summary>\n\nText.\n\n</details>\n</div>\n",
        )],
    ),
    (
        Code::WikiLink,
        &[("a.md", "# A\n\nSee [[Token]] and [[terms/token|tokens]], ![[chip.png]].\n")],
        &[(
            "a.md",
            "# A\n\nA matrix [[1, 2], [3, 4]], `[[Token]]`, \\[[Token]] and \
            [[1]](https://a.example/).\n",
        )],
    ),
    (
        Code::InvalidFormula,
        &[
            ("_schema_.yml", FORMULAS),
            ("a.md", "# A\n\nA $$\\nope$$ and $$x$$ for $5.\n"),
            ("b.md", "# B\n\n$$\nx\n\nMore $$.\n"),
        ],
        &[
            ("_schema_.yml", FORMULAS),
            ("a.md", "# A\n\nA $$\\sum x$$ for $5, \\$\\$ and `$$`.\n"),
            ("b.md", "# B\n\n$$\nx\n$$\n"),
        ],
    ),
    (
        Code::ExcessCell,
        &[("a.md", "# A\n\n| k | t |\n|---|---|\n| pwned | bool | whether it leaked |\n")],
        &[("a.md", "# A\n\n| k | t |\n|---|---|\n| pwned | `bool\\|int` | |\n| one |\n")],
    ),
    (
        Code::UnclosedComment,
        &[("a.md", "# A\n\n<!-- never closed\n\nText.\n")],
        &[("a.md", "# A\n\n<!-- closed\nlater -->\n\nText.\n")],
    ),
    (
        Code::UnclosedCode,
        &[
            ("a.md", "# A\n\n```js\nlet x = 1;\n\n## Lost\n\nText.\n"),
            ("b.md", "# B\n\n:::tip Scaling\n\nSee:\n\n```py\nx = 1\n\n:::\n\n## After\n\nText.\n"),
            ("c.md", "# C\n\n:::tip\n\n```md\n:::note\nText.\n:::\n```\n\n:::\n"),
            ("d.md", "# D\n\n> ~~~\n> x\n\nText.\n\n- ````\n  ```\n"),
        ],
        &[(
            "a.md",
            "# A\n\n```js\nlet x = 1;\n```\n\n> ~~~~\n> ~~~\n> ~~~~~\n\n\
            - ```\n  x\n  ```\n\n    indented\n\n::::tip\n```md\n:::note\n:::\n```\n::::\n",
        )],
    ),
    (
        Code::UnclosedAdmonition,
        &[(
            "a.md",
            "# A\n\n:::tip[Outer]\n\n:::note\n\nText.\n\n:::\n\n- item\n\n  :::info\n\n  Text.\n",
        )],
        &[(
            "a.md",
            "# A\n\n::::tip[Outer]\n\n:::note\n\nText.\n\n:::\n\n::::\n\n```md\n:::note\n```\n\n\
            - item\n\n  :::info\n\n  Text.\n\n  :::\n",
        )],
    ),
    (
        Code::UnopenedAdmonition,
        &[
            ("a.md", "# A\n\nText.\n\n:::\n"),
            ("b.md", "# B\n\n::: info\nText.\n:::\n"),
            (
                "c.md",
                "# C\n\n<div>\n:::tip\nText.\n:::\n</div>\n\n:::note[open\nText.\n:::\n\n\
                ::: detials\nText.\n:::\n",
            ),
        ],
        &[(
            "a.md",
            "# A\n\n:::note\nText.\n:::\n\nText ::: text.\n\n::: text\n\n```md\n::: info\n:::\n\
            ```\n",
        )],
    ),
    #[cfg(feature = "search")]
    (
        Code::UnearnedQuestion,
        &[
            (
                "a.md",
                "---\nquestions:\n  - why do cats purr\n  - what is a chip\n---\n\n# A\n\n\
                A processor.\n",
            ),
            ("b.md", "# B\n\nA chip.\n"),
        ],
        &[
            ("a.md", "---\nquestions: [why do cats purr]\n---\n\n# A\n\nA cat purrs.\n"),
            ("b.md", "# B\n\nA dog.\n"),
        ],
    ),
    (
        Code::UnknownAdmonition,
        &[("a.md", "# A\n\n:::warnig\n\nText.\n\n:::\n\n:::NOTE\n:::\n")],
        &[("a.md", "# A\n\n:::warning\n\nText.\n\n:::\n")],
    ),
];
