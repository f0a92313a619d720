//! The mistakes in dates, events and records, and their near misses.

use super::{Files, TOOLS};
use crate::fault::Code;

/// A code, files that provoke it, and files that almost do.
pub const DATED_CASES: &[(Code, Files, Files)] = &[
    (
        Code::InvalidDate,
        &[(
            "a.md",
            "---\ntitle: A\nlast_update: {date: 2023-02-29}\n---\n\n## Timeline\n\n\
            - **2019-13**: Something.\n",
        )],
        &[(
            "a.md",
            "---\ntitle: A\nlast_update: {date: 2024-02-29}\n---\n\n## Timeline\n\n\
            - **2019-12**: Something.\n",
        )],
    ),
    (
        Code::SimilarEvent,
        &[(
            "a.md",
            "# A\n\n## Timeline\n\n- 2019-12: One.\n- **2020:** Two.\n- **2021–2022**: Three.\n\
            - In May 2023: four.\n- 2024 – Five.\n",
        )],
        &[(
            "a.md",
            "# A\n\n## Timeline\n\n- **2019-12**: One, of 2020: two.\n- Where it began: in 2019.\n\
            - **Before that**: nothing.\n\n## Other\n\n- 2019: no event.\n",
        )],
    ),
    (
        Code::EventOrder,
        &[(
            "a.md",
            "---\ntitle: A\nlast_update: {date: 2020-05-01}\n---\n\n## Timeline\n\n\
            - **2019**: One.\n- **2018-03**: Two.\n- **2021**: Three.\n",
        )],
        &[(
            "a.md",
            "---\ntitle: A\nlast_update: {date: 2020-05-01}\n---\n\n## Timeline\n\n\
            - **2018**: One.\n- **2018-03**: Two.\n- **2020**: Three.\n",
        )],
    ),
    (
        Code::ReviewOrder,
        &[("a.md", "---\ntitle: A\nreview: 2027\nlast_update: {date: 2027-03-01}\n---\n\nText.\n")],
        &[(
            "a.md",
            "---\ntitle: A\nreview: 2027-03-02\nlast_update: {date: 2027-03-01}\n---\n\nText.\n",
        )],
    ),
    (
        Code::InvalidHappening,
        &[(
            "a.md",
            "# A\n\n## Timeline\n\n<!-- #stray -->\n\n\
            - **2020**: One. <!-- #Chat GPT released -->\n\
             - **2021**: Two. <!-- #two --> <!-- #three -->\n- No date. <!-- #none -->\n\
             - **2022**: Three.\n  <!-- #two -->\n- **2023**: Four. <!-- # -->\n",
        )],
        &[
            (
                "a.md",
                "# A\n\nText. <!-- #note -->\n\n<!-- #region -->\n\n## Timeline\n\n\
                <!-- #region -->\n\n\
                 - **2020**: One. <!-- #chat-gpt-released -->\n- **2021**: Two. <!-- a note -->\n\
                 - **2022**: Three.\n  <!-- #über-3 -->\n\n<!-- #endregion -->\n\n## Other\n\n\
                 - Text. <!-- #x y -->\n",
            ),
            ("b.md", "# B\n\n## Timeline\n\n- **2020**: One. <!-- #chat-gpt-released -->\n"),
        ],
    ),
    (
        Code::HappeningDate,
        &[
            ("a.md", "# A\n\n## Timeline\n\n- **2020**: One. <!-- #one -->\n"),
            ("b.md", "# B\n\n## Timeline\n\n- **2020-05-06**: One. <!-- #one -->\n"),
            (
                "c.md",
                "# C\n\n## Timeline\n\n- **2020-05-07**: One. <!-- #one -->\n- **2020-06**: Two.\n",
            ),
            ("d.md", "# D\n\n## Timeline\n\n- **2021**: One. <!-- #one -->\n"),
        ],
        &[
            ("a.md", "# A\n\n## Timeline\n\n- **2020**: One. <!-- #one -->\n"),
            ("b.md", "# B\n\n## Timeline\n\n- **2020-05-06**: One. <!-- #one -->\n"),
            ("c.md", "# C\n\n## Timeline\n\n- **2020-05**: One. <!-- #one -->\n"),
            (
                "d.md",
                "---\ndraft: true\n---\n\n# D\n\n## Timeline\n\n- **2021**: One. <!-- #one -->\n",
            ),
        ],
    ),
    (
        Code::SimilarHappening,
        &[
            ("a.md", "# A\n\n## Timeline\n\n- **2022-11-30**: One. <!-- #chatgpt-released -->\n"),
            ("b.md", "# B\n\n## Timeline\n\n- **2022-11**: One. <!-- #chatgpt-relesed -->\n"),
        ],
        &[
            ("a.md", "# A\n\n## Timeline\n\n- **2022-11-30**: One. <!-- #gpt-4-released -->\n"),
            ("b.md", "# B\n\n## Timeline\n\n- **2023**: One. <!-- #gpt-5-released -->\n"),
        ],
    ),
    (
        Code::SimilarHeading,
        &[("_schema_.yml", TOOLS), ("a.md", "# A\n\n## tools\n\n| Tool |\n|---|\n| Saw |\n")],
        &[
            ("_schema_.yml", TOOLS),
            // Other columns, no table, another heading.
            (
                "a.md",
                "# A\n\n## TOOLS\n\n| Price |\n|---|\n| 1 |\n\n## tools\n\nNone.\n\n\
                ## Tools of old\n\n| Tool |\n|---|\n| Saw |\n",
            ),
        ],
    ),
    (
        Code::UnknownColumn,
        &[
            ("_schema_.yml", TOOLS),
            (
                "a.md",
                "# A\n\n## Tools\n\n| Tool | Wieght | Colour |\n|---|---|---|\n\
                | Saw | 1 kg | red |\n",
            ),
        ],
        &[
            ("_schema_.yml", TOOLS),
            // A heading without a table, and a table elsewhere.
            (
                "a.md",
                "# A\n\n## Tools\n\nNone.\n\n## Others\n\n| Tool | Colour |\n|---|---|\n\
                | Saw | red |\n",
            ),
        ],
    ),
    (
        Code::MissingColumn,
        &[("_schema_.yml", TOOLS), ("a.md", "# A\n\n## Tools\n\n| Weight |\n|---|\n| 1 kg |\n")],
        &[("_schema_.yml", TOOLS), ("a.md", "# A\n\n## Tools\n\n| Tool |\n|---|\n| Saw |\n")],
    ),
    (
        Code::DuplicateRecord,
        &[
            ("_schema_.yml", TOOLS),
            ("a.md", "# A\n\n## Tools\n\n| Tool |\n|---|\n| Saw |\n"),
            ("b.md", "# B\n\n## Tools\n\n| Tool |\n|---|\n| Axe |\n| saw |\n"),
        ],
        &[
            ("_schema_.yml", TOOLS),
            ("a.md", "# A\n\n## Tools\n\n| Tool |\n|---|\n| C |\n| C+ |\n| C# |\n"),
        ],
    ),
    (
        Code::UnknownRecord,
        &[
            ("_schema_.yml", TOOLS),
            (
                "a.md",
                "# A\n\n## Tools\n\n| Tool | Better |\n|---|---|\n| Saw | Chainsw |\n\
                | Chainsaw | – |\n",
            ),
        ],
        &[
            ("_schema_.yml", TOOLS),
            (
                "a.md",
                "# A\n\n## Tools\n\n| Tool | Better |\n|---|---|\n| Saw | Chainsaw |\n\
                | Chainsaw | |\n",
            ),
        ],
    ),
];
