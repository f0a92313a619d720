#!/usr/bin/env python3
"""Measures every way to ship the same articles, and writes results/. Python's standard library only.

run.py                   all sizes: 1,000, 100 and 5,000 articles
run.py --size 1000       one size; the results of the others stay
run.py --quick           library unit and lookup at 1,000 articles only, with the acceptance figures
run.py --report          writes the tables and the plot again from results/results.json
--repeat N               times to repeat a build (3); clean builds run once
--skip clean,edit,...    leaves stages out: clean, dev, unit, edit, size, start, run, lookup (clean builds of other sizes than 1,000 are
                         left out with --skip clean-others)
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", HERE / "target")) / "compare"
RESULTS = HERE / "results"

# Name, package, program, and whether the package has a library unit that holds the data.
WAYS = [
    ("ai-almanac", "app-almanac", "app-almanac", "ai-almanac"),
    ("statics", "app-statics", "app-statics", "app-statics"),
    ("statics, all fields", "app-statics-all", "app-statics-all", "app-statics-all"),
    ("databake", "app-databake", "app-databake", "app-databake"),
    ("rkyv, checked", "app-rkyv", "app-rkyv-checked", "app-rkyv"),
    ("rkyv, unchecked", "app-rkyv", "app-rkyv-unchecked", None),
    ("include_dir", "app-include-dir", "app-include-dir", None),
    ("rust-embed", "app-rust-embed", "app-rust-embed", None),
    ("disk", "app-disk", "app-disk", None),
]
# Programs that use less or more than the app.
VARIANTS = {
    "ai-almanac": {"titles": "almanac-titles", "html": "almanac-html"},
    "statics": {"titles": "statics-titles"},
    "statics, all fields": {"titles": "statics-all-titles", "html": "statics-all-html"},
}


def say(*words):
    print(time.strftime("%H:%M:%S"), *words, file=sys.stderr, flush=True)


def spread(values):
    """Median, least and greatest."""
    return [statistics.median(values), min(values), max(values)]


class Run:
    """A command that has ended: wall and CPU seconds with those of its children, and the greatest memory of one of them in MB."""

    def __init__(self, command, env=None, cwd=HERE):
        start = time.monotonic()
        process = subprocess.Popen(command, cwd=cwd, env={**os.environ, **(env or {})}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.output = process.stdout.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
        self.wall = time.monotonic() - start
        self.cpu = usage.ru_utime + usage.ru_stime
        self.memory = usage.ru_maxrss / 1024
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{' '.join(map(str, command))} failed:\n{self.output[-4000:]}")


class Size:
    """One number of articles."""

    def __init__(self, count):
        self.count = count
        self.data = TARGET / "content" / str(count)
        self.env = {
            "ALMANAC_CONTENT": str(self.data / "content"),
            "COMPARE_CONTENT": str(self.data / "content"),
            "COMPARE_STATICS": str(self.data / "statics.rs"),
            "COMPARE_STATICS_ALL": str(self.data / "statics_all.rs"),
        }

    def generate(self):
        self.data.mkdir(parents=True, exist_ok=True)
        generate("content", self.data, str(self.count))
        generate("statics", self.data)

    def target(self, package, profile="release"):
        return TARGET / f"{package}-{profile}"

    def cargo(self, *arguments, package, profile="release", target=None):
        """Runs cargo build; gives the run and its units."""
        target = target or self.target(package, profile)
        flags = ["--release"] if profile == "release" else []
        run = Run(
            ["cargo", "build", "--offline", "--timings", *flags, *arguments],
            {**self.env, "CARGO_TARGET_DIR": str(target), "CARGO_INCREMENTAL": "0" if profile == "release" else "1"},
        )
        page = (target / "cargo-timings" / "cargo-timing.html").read_text()
        units = json.loads(re.search(r"const UNIT_DATA = (\[.*?\]);\n", page, re.S).group(1))
        return run, [unit for unit in units if unit["duration"] > 0]

    def program(self, package, name):
        return self.target(package) / "release" / name


def generate(*arguments):
    Run([TARGET / "tools" / "release" / "generate", *arguments])


def tools():
    say("building the generator")
    Run(["cargo", "build", "--offline", "--release", "-p", "generate"], {"CARGO_TARGET_DIR": str(TARGET / "tools")})


def packages():
    seen = {}
    for name, package, program, unit in WAYS:
        seen.setdefault(package, (name, program, unit))
    return seen


def clean(size, profile, repeat, found):
    for package, (name, program, _) in packages().items():
        runs = []
        for _ in range(repeat):
            # What is built stays for the stages behind.
            shutil.rmtree(size.target(package, profile), ignore_errors=True)
            run, units = size.cargo("-p", package, "--bin", program, package=package, profile=profile)
            runs.append(run)
        say(f"{size.count}: clean {profile} build of {name}: {runs[-1].wall:.1f} s")
        found.setdefault(name, {})[f"clean_{profile}"] = {
            "wall": spread([run.wall for run in runs]),
            "cpu": spread([run.cpu for run in runs]),
            "memory": spread([run.memory for run in runs]),
            "units": [[unit["name"] + " " + unit["target"].strip(), unit["duration"]] for unit in units],
        }
        scripts = [u["duration"] for u in units if u["mode"] == "run-custom-build" and u["name"] in (package, "ai-almanac")]
        if scripts:
            found[name]["build_script"] = scripts[0]


def forget(target, package, units="lib-*"):
    """Makes cargo build units of a package again, by default only the library."""
    for kind in (target / "release" / ".fingerprint").glob(f"{package}-*"):
        if list(kind.glob(units)):
            shutil.rmtree(kind)


def unit(size, repeat, found):
    """The library unit alone, all ways in turn."""
    ways = [(name, package, of) for name, package, _, of in WAYS if of]
    runs = {name: [] for name, *_ in ways}
    for name, package, of in ways:
        size.cargo("-p", of, "--lib", package=package)
    for _ in range(repeat):
        for name, package, of in ways:
            forget(size.target(package), of)
            run, units = size.cargo("-p", of, "--lib", package=package)
            own = [unit["duration"] for unit in units if unit["name"] == of and not unit["mode"].startswith("run-")]
            assert len(own) == 1, (name, units)
            runs[name].append((own[0], run.cpu, run.memory))
    for name, values in runs.items():
        wall, cpu, memory = (spread(column) for column in zip(*values))
        say(f"{size.count}: library unit of {name}: {wall[0]:.2f} s")
        found.setdefault(name, {})["unit"] = {"wall": wall, "cpu": cpu, "memory": memory}


def edit(size, repeat, found):
    """A build after one word of one article has become another."""
    content = size.data / "content"
    article = sorted(content.glob("*/*.md"))[size.count // 2]
    before = article.read_text()
    try:
        for package, (name, program, _) in packages().items():
            runs = []
            for number in range(repeat):
                head, rest = before.split("\n\n", 2)[:2], before.split("\n\n", 2)[2]
                article.write_text("\n\n".join([*head, f"Edited{number} " + rest]))
                generate("statics", size.data)
                run, _ = size.cargo("-p", package, "--bin", program, package=package)
                runs.append(run)
            say(f"{size.count}: {name} after an edit: {runs[-1].wall:.2f} s")
            found.setdefault(name, {})["edit"] = {"wall": spread([run.wall for run in runs]), "cpu": spread([run.cpu for run in runs])}
    finally:
        article.write_text(before)
        generate("statics", size.data)
    for package, (name, program, _) in packages().items():
        size.cargo("-p", package, "--bin", program, package=package)


def same_output(size):
    """All apps must say the same before anything is compared."""
    ids = (size.data / "ids.txt").read_text().split()
    questions = [["title"], ["iter"], ["get", ids[0]], ["get", ids[-1]], ["query", "agent chip"]]
    answers = {}
    for name, package, program, _ in WAYS:
        path = size.program(package, program)
        outputs = [subprocess.run([path, *question], env={**os.environ, **size.env}, capture_output=True).stdout for question in questions]
        answers[name] = outputs
    first = answers[WAYS[0][0]]
    for name, outputs in answers.items():
        if outputs != first:
            sys.exit(f"{name} says something else than {WAYS[0][0]}: {outputs} {first}")
    say(f"{size.count}: all say: {first[1].decode().strip()}")


def build_all(size):
    for package in packages():
        # Macros read the content of another size without cargo's knowledge.
        forget(size.target(package), package, "bin-*")
        size.cargo("-p", package, package=package)
    size.cargo("-p", "app-empty", package="app-empty")


def stripped(program):
    copy = TARGET / "stripped"
    Run(["strip", "-o", copy, program])
    return copy.stat().st_size


def sections(program):
    text = subprocess.run(["readelf", "-SW", program], capture_output=True, check=True, env={**os.environ, "LC_ALL": "C"}).stdout.decode()
    return {match[1]: int(match[2], 16) for match in re.finditer(r"\] (\.\S+)\s+\S+\s+[0-9a-f]+ [0-9a-f]+ ([0-9a-f]+)", text)}


def sizes(size, found):
    empty = size.program("app-empty", "app-empty")
    base, relocations = stripped(empty), sections(empty).get(".rela.dyn", 0)
    for name, package, program, _ in WAYS:
        of = sections(size.program(package, program))
        found.setdefault(name, {})["size"] = {
            "text": stripped(size.program(package, program)) - base,
            "relocations": (of.get(".rela.dyn", 0) - relocations) // 24,
            "relocation_bytes": of.get(".rela.dyn", 0) - relocations,
            "relro": of.get(".data.rel.ro", 0),
            **{kind: stripped(size.program(package, other)) - base for kind, other in VARIANTS.get(name, {}).items()},
        }


def start(size, found, count):
    """From the beginning of a process to the first title on its output, over that of an empty program; all ways in turn."""
    programs = [("empty", size.program("app-empty", "app-empty"))]
    programs += [(name, size.program(package, program)) for name, package, program, _ in WAYS]
    null = os.open(os.devnull, os.O_WRONLY)
    env = {**os.environ, **size.env}
    times = {name: [] for name, _ in programs}
    for turn in range(count + 3):
        for name, program in programs:
            if turn > 23 and times[name][-1] > 50e6:
                continue
            begin = time.monotonic_ns()
            pid = os.posix_spawn(program, [str(program), "title"], env, file_actions=[(os.POSIX_SPAWN_DUP2, null, 1)])
            os.waitpid(pid, 0)
            times[name].append(time.monotonic_ns() - begin)
    empty = statistics.median(times["empty"][3:])
    for name, values in times.items():
        values = [value / 1e6 for value in values[3:]]
        quarters = statistics.quantiles(values, n=4)
        found.setdefault(name, {})["start"] = {"ms": [statistics.median(values), quarters[0], quarters[2]], "over_empty": statistics.median(values) - empty / 1e6}
        say(f"{size.count}: start of {name}: {statistics.median(values):.2f} ms")


def inside(size, found, processes=7):
    """First and warm lookups, iteration and allocations, in the process."""
    for name, package, program, _ in WAYS:
        size.cargo("-p", package, "--bin", program, "--features", f"{package}/measure", package=package)
    values = {name: {} for name, *_ in WAYS}
    for _ in range(processes):
        for name, package, program, _ in WAYS:
            run = Run([size.program(package, program), "measure", size.data / "ids.txt", "41"], size.env)
            for line in run.output.splitlines():
                key, value = line.split()
                values[name].setdefault(key, []).append(float(value))
    for name, columns in values.items():
        found.setdefault(name, {})["run"] = {key: spread(column) for key, column in columns.items()}
        say(f"{size.count}: iteration of {name}: {statistics.median(columns['iter_ns']) / 1e3:.0f} µs")


def lookup(counts, found):
    for count in counts:
        size = Size(count)
        if not (size.data / "ids.txt").exists():
            size.generate()
        package = "app-almanac" if size.target("app-almanac").exists() else "lookup"
        size.cargo("-p", "lookup", package=package)
        table = {}
        for _ in range(3):
            for line in Run([size.program(package, "lookup"), size.data / "ids.txt"]).output.splitlines():
                kind, way, *numbers = line.split("\t")
                table.setdefault(way, {}).setdefault(kind, []).append(float(numbers[0]))
        found[str(count)] = {way: {kind: spread(values) for kind, values in kinds.items()} for way, kinds in table.items()}
        say(f"{count}: lookup: " + ", ".join(f"{way} {kinds['hit'][0]:.1f}" for way, kinds in found[str(count)].items()))


def machine():
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())[1]) / 2**20
    rustc = subprocess.run(["rustc", "--version"], capture_output=True, check=True).stdout.decode().strip()
    lock = (HERE / "Cargo.lock").read_text()
    names = ["ai-almanac", "databake", "gray_matter", "include_dir", "phf", "pulldown-cmark", "rkyv", "rust-embed", "rustc-hash"]
    versions = [f"{name} {found[1]}" for name in names if (found := re.search(rf'name = "{name}"\nversion = "(.*)"', lock))]
    return {
        "cpu": cpu[1] if cpu else "unknown",
        "cores": os.cpu_count(),
        "memory": f"{memory:.0f} GB",
        "rustc": rustc,
        "versions": ", ".join(versions),
        "date": time.strftime("%Y-%m-%d"),
    }


# ---- report ---------------------------------------------------------------------------------------------------------


def number(value, unit=""):
    if value is None:
        return "–"
    value += 0.0
    text = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
    return text + unit


def with_spread(values, factor=1.0):
    if values is None:
        return "–"
    middle, least, most = (value * factor for value in values)
    return number(middle) if least == most else f"{number(middle)} ({number(least)}–{number(most)})"


def pick(of, *path):
    for key in path:
        if not isinstance(of, (dict, list)) or (isinstance(of, dict) and key not in of):
            return None
        of = of[key]
    return of


def table(heads, rows):
    lines = ["| " + " | ".join(heads) + " |", "|---" + "|--:" * (len(heads) - 1) + "|"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def report(results):
    RESULTS.mkdir(exist_ok=True)
    at = results["machine"]
    text = f"Measured on {at['date']}: {at['cores']} cores ({at['cpu']}), {at['memory']}, {at['rustc']}; {at['versions']}.\n"
    text += "Median, and least to greatest where repeated. Seconds of CPU are those of all processes together.\n"
    for count in sorted(results["sizes"], key=int):
        of = results["sizes"][count]
        names = [name for name, *_ in WAYS if name in of]
        text += f"\n## {int(count):,} articles\n\nBuild:\n\n"
        rows = []
        for name in names:
            way = of[name]
            source = way if "clean_release" in way else {}
            rows.append(
                [name]
                + [with_spread(pick(source, f"clean_{profile}", kind)) for profile in ("dev", "release") for kind in ("wall", "cpu")]
                + [with_spread(pick(way, "unit", "wall")), with_spread(pick(way, "unit", "cpu")), number(pick(way, "build_script")), with_spread(pick(way, "edit", "wall"))]
                + [number(pick(way, "unit", "memory", 0) or pick(way, "clean_release", "memory", 0))]
            )
        rows = [row for row in rows if any(cell != "–" for cell in row[1:])]
        heads = ["", "clean dev, s", "CPU s", "clean release, s", "CPU s", "library unit, s", "CPU s", "build script, s", "after an edit, s", "peak MB"]
        text += table(heads, rows) + "\nProgram:\n\n"
        rows = []
        for name in names:
            way = of[name]
            size = way.get("size", {})
            rows.append(
                [name]
                + [number(size[kind] / 1000) if kind in size else "–" for kind in ("titles", "text", "html")]
                + [f"{size.get('relocations', 0):,}", with_spread(pick(way, "start", "ms")), number(pick(way, "start", "over_empty"))]
                + [with_spread(pick(way, "run", "iter_ns"), 1e-3), number(pick(way, "run", "iter_allocations", 0)), number(pick(way, "run", "load_allocations", 0))]
            )
        heads = ["", "titles only, kB over empty", "the app, kB", "HTML, kB", "relocations", "process to first title, ms", "over empty", "iteration, µs", "its allocations", "allocations of the start"]
        text += table(heads, rows) + "\nLookup by each way's own means, in nanoseconds:\n\n"
        rows = [[name, number(pick(of[name], "run", "first_get_ns", 0)), number(pick(of[name], "run", "get_hit_ns", 0)), number(pick(of[name], "run", "get_miss_ns", 0))] for name in names]
        text += table(["", "first after the start", "hit", "miss"], rows)
    if results.get("lookup"):
        text += "\n## Lookup by id\n\nThe same articles under the same ids in one process; nanoseconds, hit / miss.\n\n"
        counts = sorted(results["lookup"], key=int)
        ways = list(results["lookup"][counts[0]])
        rows = [[way] + [f"{number(results['lookup'][count][way]['hit'][0])} / {number(results['lookup'][count][way]['miss'][0])}" for count in counts] for way in ways]
        text += table([""] + [f"{int(count):,} ids" for count in counts], rows)
    ratios = acceptance(results)
    if ratios:
        text += "\n## Ratios\n\n" + table(["", "ratio", "aim"], ratios)
    (RESULTS / "results.md").write_text(text)
    (RESULTS / "results.svg").write_text(plot(results))
    return text


def acceptance(results):
    """What issue and README aim at, as ratios of figures of one run."""
    rows, sizes_of = [], results["sizes"]
    same = "statics, all fields"

    def row(what, mine, theirs, aim):
        if mine and theirs:
            rows.append([what, number(mine / theirs), aim])

    for count in sorted(sizes_of, key=int):
        of, articles = sizes_of[count], f"{int(count):,} articles"
        for kind, what in (("wall", "wall"), ("cpu", "CPU")):
            unit_of = lambda name: pick(of, name, "unit", kind, 0)
            row(f"library unit over `{same}`, {articles}, {what}", unit_of("ai-almanac"), unit_of(same), "1.05")
            row(f"library unit over `statics`, {articles}, {what}", unit_of("ai-almanac"), unit_of("statics"), "none: it holds less")
    for name in ("ai-almanac", same, "statics"):
        for kind, what in (("wall", "wall"), ("cpu", "CPU")):
            small, large = (pick(sizes_of, count, name, "unit", kind, 0) for count in ("1000", "5000"))
            row(f"library unit of {name}, 5,000 over 1,000 articles, {what}", large, small, "5.5" if name == "ai-almanac" else "–")
    memory = pick(sizes_of, "5000", "ai-almanac", "unit", "memory", 0)
    if memory:
        rows.append(["memory of rustc at 5,000 articles, GB", number(memory / 1000), "1.5"])
    for count in sorted(sizes_of, key=int):
        of, articles = sizes_of[count], f"{int(count):,} articles"
        builds = [pick(of, name, "clean_release", "cpu", 0) for name in ("ai-almanac", "include_dir")]
        row(f"clean build over include_dir with gray_matter, {articles}, CPU", *builds, "1.00")
        edits = {name: pick(of, name, "edit", "wall", 0) or 0 for name in of}
        slowest = max((name for name in edits if name != "ai-almanac"), key=edits.get, default=None)
        if slowest and edits[slowest]:
            row(f"build after an edit over the slowest other way (`{slowest}`), {articles}", edits.get("ai-almanac"), edits[slowest], "0.33")
        row(f"start over an empty program, {articles}", *(pick(of, name, "start", "ms", 0) for name in ("ai-almanac", "empty")), "1.10" if count == "100" else "–")
        for other in (same, "statics"):
            walks = [pick(of, name, "run", "iter_ns", 0) for name in ("ai-almanac", other)]
            row(f"iteration over `{other}`, {articles}", *walks, "1.05" if other == same else "none: it cuts no text")
    for count in sorted(results.get("lookup", {}), key=int):
        of = results["lookup"][count]
        for kind in ("hit", "miss"):
            for other in ("FxHashMap", "phf", "std HashMap"):
                row(f"lookup over {other}, {int(count):,} ids, {kind}", of["ai-almanac get"][kind][0], of[other][kind][0], "1.00")
    return rows


def plot(results):
    """Bars of what matters at 1,000 articles, one small chart for each figure."""
    of = results["sizes"].get("1000")
    if not of:
        return "<svg xmlns='http://www.w3.org/2000/svg'/>\n"
    charts = [
        ("Clean release build, s of CPU", lambda way: pick(way, "clean_release", "cpu", 0)),
        ("Build after an edited word, s", lambda way: pick(way, "edit", "wall", 0)),
        ("Library unit, s", lambda way: pick(way, "unit", "wall", 0)),
        ("Process to first title, ms", lambda way: pick(way, "start", "ms", 0)),
        ("Iteration over everything, µs", lambda way: (pick(way, "run", "iter_ns", 0) or 0) / 1e3 or None),
        ("Lookup by id, warm hit, ns", lambda way: pick(way, "run", "get_hit_ns", 0)),
        ("Program over an empty one, MB", lambda way: (pick(way, "size", "text") or 0) / 1e6 or None),
        ("Allocations before the first answer", lambda way: pick(way, "run", "load_allocations", 0)),
    ]
    width, row, columns = 460, 19, 2
    names = [name for name, *_ in WAYS]
    height = (len(names) + 2) * row + 12
    lines = []
    for at, (title, value) in enumerate(charts):
        left, top = at % columns * width, at // columns * height + 40
        lines.append(f'<text class="h" x="{left + 12}" y="{top}">{title}</text>')
        values = {name: value(of[name]) for name in names if name in of}
        known = [found for found in values.values() if found is not None]
        most = max(known, default=0) or 1
        y = top
        for name in names:
            y += row
            found = values.get(name)
            kind = "a" if name == "ai-almanac" else "b"
            lines.append(f'<text class="n" x="{left + 130}" y="{y}">{name}</text>')
            if found is None:
                lines.append(f'<text class="v" x="{left + 140}" y="{y}">–</text>')
                continue
            length = max(1, found / most * (width - 235))
            lines.append(f'<rect class="{kind}" x="{left + 138}" y="{y - 11}" width="{length:.1f}" height="13" rx="1"/>')
            lines.append(f'<text class="v" x="{left + 143 + length:.1f}" y="{y}">{number(found)}</text>')
    total = (len(charts) + columns - 1) // columns * height + 30
    style = (
        "text{font:12px system-ui,sans-serif;fill:#24292f}.h{font-weight:600;font-size:13px}.n{text-anchor:end}.v{fill:#57606a}"
        ".a{fill:#c2410c}.b{fill:#8da2b5}@media(prefers-color-scheme:dark){text{fill:#e6edf3}.v{fill:#9da7b1}.b{fill:#5c7185}.a{fill:#f0883e}}"
    )
    head = f'<text class="h" x="12" y="18">1,000 articles of 4 kB; shorter is better; {results["machine"]["rustc"].split(" (")[0]}, {results["machine"]["cores"]} cores, {results["machine"]["date"]}</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {columns * width} {total}" width="{columns * width}" height="{total}" role="img">'
        f"<title>ai-almanac and other ways to ship articles, measured</title><style>{style}</style>\n{head}\n" + "\n".join(lines) + "\n</svg>\n"
    )


def load():
    file = RESULTS / "results.json"
    return json.loads(file.read_text()) if file.exists() else {"sizes": {}, "lookup": {}}


def save(results):
    RESULTS.mkdir(exist_ok=True)
    results["machine"] = machine()
    (RESULTS / "results.json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    report(results)


def quick(repeat):
    size = Size(1000)
    size.generate()
    results = {"sizes": {"1000": {}}, "lookup": {}}
    global WAYS
    WAYS = [way for way in WAYS if way[0] in ("ai-almanac", "statics", "statics, all fields")]
    unit(size, repeat, results["sizes"]["1000"])
    lookup([1000], results["lookup"])
    print(table(["1,000 articles", "ratio", "aim"], acceptance(results)), end="")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--report", action="store_true")
    parser.add_argument("--size", type=int, action="append")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--skip", default="")
    options = parser.parse_args()
    skip = options.skip.split(",")
    TARGET.mkdir(parents=True, exist_ok=True)
    results = load()
    if options.report:
        print(report(results))
        return
    Run(["cargo", "fetch"])
    tools()
    if options.quick:
        quick(options.repeat)
        return
    for count in options.size or [1000, 100, 5000]:
        size = Size(count)
        size.generate()
        found = results["sizes"].setdefault(str(count), {})
        if "clean" not in skip and (count == 1000 or "clean-others" not in skip):
            clean(size, "release", 1, found)
            save(results)
        if {"size", "start", "run"} - set(skip):
            build_all(size)
            same_output(size)
        if "dev" not in skip and count == 1000:
            clean(size, "dev", 1, found)
        for name, stage in (("size", sizes), ("start", lambda size, found: start(size, found, 200)), ("run", inside)):
            if name not in skip:
                stage(size, found)
                save(results)
        if "unit" not in skip:
            unit(size, options.repeat, found)
        if "edit" not in skip:
            edit(size, options.repeat, found)
        save(results)
        if "lookup" not in skip:
            lookup([70, count] if count == 1000 else [count], results["lookup"])
            save(results)
    print(report(results))


if __name__ == "__main__":
    main()
