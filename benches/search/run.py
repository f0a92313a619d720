"""Compares search with tantivy and with a plain scan, and writes `results.md`. `--quick`: the shipped articles only. `--queries`: no builds are timed.

Everything that is built or generated goes to `$CARGO_TARGET_DIR`, or `target` in this folder.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import generate

HERE = Path(__file__).resolve().parent
MAIN = HERE.parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR") or HERE / "target").resolve()
QUICK = "--quick" in sys.argv[1:]
QUERIES = "--queries" in sys.argv[1:]
SIZES = [0] if QUICK else [0, 1_000, 10_000]
PROGRAMS = ["compare-search", "empty", "first_almanac", "first_tantivy", "first_opened", "first_scan"]


def say(text):
    print(f"[{time.strftime('%H:%M:%S')}] {text}", file=sys.stderr, flush=True)


def cargo(manifest, *arguments, content=None, target=TARGET):
    """Runs cargo; gives its messages."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ALMANAC_")}
    if content:
        environment["ALMANAC_CONTENT"] = str(content)
    environment["CARGO_TARGET_DIR"] = str(target)
    command = ["cargo", arguments[0], "--locked", "--manifest-path", str(manifest), "--message-format", "json", *arguments[1:]]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def own(message):
    return "ai-almanac" in message.get("package_id", "") or message.get("package_id", "").startswith(f"path+file://{MAIN}#")


def build_script(messages):
    return next(m["filenames"][0] for m in messages if own(m) and m["reason"] == "compiler-artifact" and "custom-build" in m["target"]["kind"])


def script_seconds(script, content):
    """Runs a build script as cargo does."""
    out = TARGET / "script-out"
    times = []
    while not times or (sum(times) < 10 and len(times) < 15):
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir(parents=True)
        environment = {**os.environ, "CARGO_MANIFEST_DIR": str(MAIN), "OUT_DIR": str(out), "ALMANAC_CONTENT": str(content or "")}
        start = time.perf_counter()
        subprocess.run([script], env=environment, stdout=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - start)
    return [min(times), median(times), max(times)]


def clean_builds():
    """Seconds of clean builds of the crate, without and with the feature, in turns."""
    times = {"without": [], "with": []}
    for _ in range(1 if QUICK else 3):
        for name, flags in (("without", []), ("with", ["--features", "search"])):
            target = TARGET / "clean"
            shutil.rmtree(target, ignore_errors=True)
            start = time.perf_counter()
            cargo(MAIN / "Cargo.toml", "build", *flags, target=target)
            times[name].append(time.perf_counter() - start)
    shutil.rmtree(TARGET / "clean", ignore_errors=True)
    return times


def measure(articles, without):
    content = None
    if articles:
        content = TARGET / "content" / str(articles)
        shutil.rmtree(content, ignore_errors=True)
        say(f"writing {articles} articles")
        generate.write(content, articles)
    say("building")
    start = time.perf_counter()
    messages = cargo(HERE / "Cargo.toml", "build", "--release", content=content)
    built = time.perf_counter() - start
    # One build folder, so that tantivy is built once; what was built is put aside.
    home = TARGET / "sizes" / str(articles)
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    executables = {m["target"]["name"]: m["executable"] for m in messages if m.get("executable")}
    for name in PROGRAMS:
        shutil.copy2(executables[name], home / name)
    out = next(m["out_dir"] for m in messages if m["reason"] == "build-script-executed" and own(m))
    index = (Path(out) / "almanac" / "index.bin").stat().st_size
    say("comparing")
    judged = "-" if articles else str(MAIN / "tests" / "queries.json")
    command = [str(home / "compare-search"), str(home), str(home / "tantivy"), judged, "quick" if QUICK else "full"]
    result = json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)
    scripts = None
    if not QUERIES:
        say("timing the build script")
        scripts = {"with": script_seconds(build_script(messages), content), "without": script_seconds(without, content)}
    return {**result, "index": index, "built": built, "scripts": scripts, "generated": bool(articles)}


def micro(column):
    if not column:
        return "–"
    low, middle, high = (show(value) for value in column)
    return f"{middle} ({low}–{high})"


def show(value):
    return f"{value:,.1f}" if value < 100 else f"{value:,.0f}"


def seconds(times):
    return f"{times[1]:.2f} ({times[0]:.2f}–{times[2]:.2f})"


def report(results, clean):
    memory = next((int(line.split()[1]) / 2**20 for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal")), 0)
    rustc = subprocess.run(["rustc", "-V"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    lines = [
        "# Search, compared",
        "",
        f"Written by `run.py{''.join(f' {one}' for one in sys.argv[1:])}` on {time.strftime('%Y-%m-%d')}: {os.cpu_count()} cores ({platform.machine()}), "
        f"{memory:.0f} GiB of memory, {rustc}; load {os.getloadavg()[1]:.1f} while it ran.",
        "",
        "## Size, build and first answer",
        "",
        "| | " + " | ".join(f"{r['articles']:,} articles{', generated' if r['generated'] else ''}" for r in results) + " |",
        "|---" * (len(results) + 1) + "|",
    ]

    def row(name, of):
        lines.append(f"| {name} | " + " | ".join(of(r) for r in results) + " |")

    share = lambda part, r: f"{part:,} ({100 * part / r['text']:.1f} %)"
    row("sections and leads", lambda r: f"{r['units']:,}")
    row("indexed text, bytes", lambda r: f"{r['text']:,}")
    row("index of ai-almanac, bytes", lambda r: share(r["index"], r))
    row("index of tantivy in memory, bytes", lambda r: share(r["tantivy"], r))
    row("index of tantivy on disk with the texts, bytes", lambda r: share(r["tantivy_disk"], r))
    if not QUERIES:
        row("build script with `search`, s", lambda r: seconds(r["scripts"]["with"]))
        row("build script without, s", lambda r: seconds(r["scripts"]["without"]))
    row("tantivy's index in memory, one segment, s", lambda r: f"{r['tantivy_build']:.2f}")
    names = {
        "first_almanac": "first answer, ai-almanac, ms",
        "first_tantivy": "first answer, tantivy that builds its index, ms",
        "first_opened": "first answer, tantivy that opens its index from disk, ms",
        "first_scan": "first answer, plain scan, ms",
        "empty": "an empty program (taken off above), ms",
    }

    def answer(r, name):
        found = {one["name"]: one for one in r["first"]}
        empty = 0 if name == "empty" else found["empty"]["ms"][1]
        low, middle, high = (max(value - empty, 0) for value in found[name]["ms"])
        return f"{middle:,.2f} ({low:,.2f}–{high:,.2f})"

    for name, title in names.items():
        row(title, lambda r, name=name: answer(r, name))
    if not QUERIES:
        lines += [
            "",
            "Clean debug build of the crate with the shipped articles, s: "
            + ", ".join(f"{name} `search` {median(times):.1f} ({min(times):.1f}–{max(times):.1f})" for name, times in clean.items())
            + f"; the feature adds {median(clean['with']) - median(clean['without']):.1f}.",
        ]
    lines += [
        "",
        "## Queries, in microseconds",
        "",
        "Median over the queries of a row (10th to 90th percentile in brackets), each the median of its rounds, warm.",
    ]
    for r in results:
        lines += [
            "",
            f"### {r['articles']:,} articles{', generated' if r['generated'] else ''}",
            "",
            "| | ai-almanac, ranked | tantivy, top 10 | ratio | ai-almanac, 10 with snippets | tantivy, 10 with snippets | plain scan | same article first |",
            "|---|---|---|---|---|---|---|---|",
        ]
        for one in r["rows"]:
            columns = one["columns"]
            lines.append(
                f"| {one['name']} | {micro(columns[0])} | {micro(columns[2])} | {columns[0][1] / columns[2][1]:.2f} | {micro(columns[1])} "
                f"| {micro(columns[3])} | {micro(columns[4])} | {one['same_first']} of {one['queries']} |"
            )
    (HERE / "results.md").write_text("\n".join(lines) + "\n")


def main():
    without = None
    if not QUERIES:
        say("building the crate without the feature")
        without = build_script(cargo(MAIN / "Cargo.toml", "build", "--release", target=TARGET / "without"))
    results = []
    for articles in SIZES:
        results.append(measure(articles, without))
        (TARGET / "results.json").write_text(json.dumps(results, indent=1))
    say("clean builds")
    report(results, {} if QUERIES else clean_builds())
    say("results.md is written")


main()
