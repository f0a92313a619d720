#!/usr/bin/env python3
"""Measures what rustc takes for records: as many as links, in one run. Python's standard library only.

run.py                  10,000 of each, in 100 articles
run.py --count 20000 --repeat 9

Content folders with as many records or links: `prose` has the links in articles as `compare/` makes them, sixteen in each;
`list` in lists, a hundred in each article; `records` in rows of a table that the schema names, `unnamed` in the same table
under a heading that the schema doesn't name, so that its rows are text: over it one sees what records take by themselves.
`empty` has a hundred articles without any. The numbers are user CPU seconds of rustc on the generated code, the library alone,
release, medians of runs in turn; wall time of a busy machine says little.
"""

import argparse
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
SCRATCH = TARGET / "records"
ARTICLES = 100

# The columns of the almanac's largest table, and two lists that it doesn't have.
SCHEMA = """\
records:
  Machines:
    row: machine
    about: A machine.
    valid: [Announced, Retired]
    identity: [Machine]
    columns:
      Machine: name
      Maker: { type: mention, required: true }
      Announced: { type: date, required: true }
      Retired: date
      Replaced by: { type: machine, inverse: replaces }
      Parameters: { type: quantity, unit: parameters }
      Active parameters: { type: quantity, unit: parameters }
      Context: { type: quantity, unit: tokens }
      Input: { type: [text, image, audio, video, code], list: true }
      Output: { type: [text, image, audio, video, code], list: true }
      Weights: { type: [open, closed], required: true }
      Licence: text
      Also called: { type: text, list: true }
      Rivals: { type: machine, list: true, inverse: rival_of }
"""
WORDS = "agent array batch cache chip cluster code corpus depth device edge energy engine field filter frame gate graph grid".split()


def article(number, body):
    return f"---\ntitle: Article {number}\ndescription: Number {number}.\n---\n\n# Article {number}\n\nText of article {number}.\n\n{body}"


def folder(name, bodies):
    content = SCRATCH / "content" / name
    shutil.rmtree(content, ignore_errors=True)
    content.mkdir(parents=True)
    (content / "_schema_.yml").write_text(SCHEMA)
    for number, body in enumerate(bodies):
        (content / f"article-{number}.md").write_text(article(number, body))
    return content


def words(count):
    return " ".join(random.choice(WORDS) for _ in range(count))


def link(text):
    return f"[{text}](article-{random.randrange(ARTICLES)}.md)"


def row(number, count):
    """A row with a name of its own and a link; as many of the other cells have a value as in the almanac's tables."""
    other = lambda: f"Machine {random.randrange(count)}"
    some = lambda share, value: value if random.random() < share else "–"
    kinds = lambda: ", ".join(random.sample(["text", "image", "audio", "video", "code"], random.choice([1, 1, 1, 2, 3])))
    size = f"{random.randrange(1, 900)} B"
    cells = [
        f"Machine {number}",
        link(words(1)),
        f"20{random.randrange(10, 26)}-{random.randrange(1, 13):02}-{random.randrange(1, 28):02}",
        some(0.2, "2027"),
        some(0.1, other()),
        some(0.7, size),
        some(0.4, size),
        some(0.6, f"{2 ** random.randrange(1, 11)}k"),
        kinds(),
        kinds(),
        random.choice(["open", "closed"]),
        some(0.5, words(2)),
        some(0.3, f"{words(2)} {number}"),
        some(0.2, ", ".join(dict.fromkeys(other() for _ in range(2)))),
    ]
    return f"| {' | '.join(cells)} |"


def folders(count):
    random.seed(2026)
    share = count // ARTICLES
    head = [line.split(":")[0].strip() for line in SCHEMA.split("columns:\n")[1].splitlines()]
    table = f"| {' | '.join(head)} |\n|{'---|' * len(head)}\n"
    tables, links, prose = [], [], []
    for at in range(ARTICLES):
        rows = [row(at * share + one, count) for one in range(share)]
        tables.append(table + "\n".join(rows) + "\n")
        links.append("".join(f"- {link(words(2))} {words(4)}\n" for _ in range(share)))
    for _ in range(count // 16):
        sentences = lambda: ". ".join(words(11).capitalize() for _ in range(2))
        parts = [f"## {words(3).capitalize()} {at}\n\n{sentences()} {link(words(2))}. {sentences()} {link(words(2))}.\n" for at in range(8)]
        prose.append("\n".join(parts))
    return {
        "prose": folder("prose", prose),
        "empty": folder("empty", [""] * ARTICLES),
        "list": folder("list", [f"## Machines\n\n{body}" for body in links]),
        "unnamed": folder("unnamed", [f"## Other machines\n\n{body}" for body in tables]),
        "records": folder("records", [f"## Machines\n\n{body}" for body in tables]),
    }


def run(command, **kwargs):
    done = subprocess.run(command, capture_output=True, text=True, **kwargs)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")


def rustc(out):
    """User CPU seconds of rustc for the library with what stands in a folder."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    release = TARGET / "release"
    run(
        ["rustc", "--edition=2024", "--crate-type=lib", "--crate-name=app", "-Copt-level=3", "--emit=metadata,link",
         "--extern", f"almanac_core={release / 'libalmanac_core.rlib'}", "-L", f"dependency={release / 'deps'}",
         "--out-dir", str(out.parent), str(SCRATCH / "lib.rs")],
        env={**os.environ, "OUT_DIR": str(out.parent)},
    )
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--repeat", type=int, default=7)
    arguments = parser.parse_args()
    for package in (["-p", "almanac-build", "--features", "cli"], ["-p", "almanac-core"]):
        run(["cargo", "build", "--release", *package], cwd=ROOT, env={**os.environ, "CARGO_TARGET_DIR": str(TARGET)})
    SCRATCH.mkdir(parents=True, exist_ok=True)
    (SCRATCH / "lib.rs").write_text("almanac_core::almanac!();\n")
    outs = {}
    for name, content in folders(arguments.count).items():
        outs[name] = SCRATCH / name / "almanac"
        shutil.rmtree(outs[name].parent, ignore_errors=True)
        run([TARGET / "release" / "almanac", "compile", content, "--to", outs[name]])
    times = {name: [] for name in outs}
    for _ in range(arguments.repeat):
        for name, out in outs.items():
            times[name].append(rustc(out))
    medians = {name: statistics.median(values) for name, values in times.items()}
    print(f"{arguments.count} of each, user CPU seconds of rustc, medians of {arguments.repeat}\n")
    for name, values in times.items():
        size = sum(file.stat().st_size for file in outs[name].glob("*.*")) / 1e6
        print(f"{name:8} {medians[name]:6.2f} [{min(values):.2f} to {max(values):.2f}]  {size:5.1f} MB of files")
    print()
    for name in ("prose", "unnamed", "list"):
        print(f"records over {name:8} {medians['records'] / medians[name]:.2f}")


if __name__ == "__main__":
    main()
