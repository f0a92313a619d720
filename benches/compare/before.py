#!/usr/bin/env python3
"""Holds the crate as it is against an earlier revision, all figures as ratios within one run. Python's standard library and git.

before.py REVISION              cold builds of a dependent, and generated code, lookup, start, size and relocations
before.py REVISION --cold       cold builds only
before.py REVISION --code       the rest only
--repeat N                      times to repeat a build (3); the least CPU time of them counts

Cold builds are dev builds of the shipped articles with what a dependent compiles, in CPU seconds of cargo and its children.
The rest is measured on 1,000 and 5,000 generated articles, the same for both.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import time
from pathlib import Path

import run
from run import HERE, TARGET, Run, say, sections, stripped

ROOT = HERE.parent.parent
WORK = TARGET / "before"
FEATURES = {"default": "", "`search`": "search", "no default features": None, "no default features, `search`": "search"}


def checkouts(revision):
    """Both crates, each as a folder that holds only what is in git."""
    folders = {}
    for name, commit in (("before", revision), ("after", "HEAD")):
        folder = WORK / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        archive = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=True).stdout
        subprocess.run(["tar", "-x"], cwd=folder, input=archive, check=True)
        folders[name] = folder
    return folders


def dependent(crate, features):
    """A program that prints a title, with the features named."""
    folder = WORK / "dependent"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "src").mkdir(parents=True)
    settings = [f'path = "{crate}"']
    if features[0].startswith("no default"):
        settings.append("default-features = false")
    if features[1]:
        settings.append(f'features = ["{features[1]}"]')
    (folder / "Cargo.toml").write_text(
        f'[package]\nname = "dependent"\nedition = "2024"\n[dependencies]\nai-almanac = {{ {", ".join(settings)} }}\n[workspace]\n'
    )
    (folder / "src/main.rs").write_text('fn main() {\n    println!("{}", ai_almanac::articles()[0].title());\n}\n')
    return folder


def cold(folders, repeat):
    # The form without the compiler is made by the release step.
    compile_ = ["cargo", "run", "--quiet", "-p", "almanac-build", "--features", "cli", "--", "compile", "content", "--to", "compiled"]
    Run([*compile_, "--search-index"], {"CARGO_TARGET_DIR": str(WORK / "release-step")}, cwd=folders["after"])
    rows = []
    for features in FEATURES.items():
        row = [features[0]]
        for name, crate in folders.items():
            if name == "before" and features[0].startswith("no default"):
                row += ["–", "–"]
                continue
            folder, seconds, crates = dependent(crate, features), [], set()
            Run(["cargo", "fetch", "--quiet"], cwd=folder)
            for _ in range(repeat):
                shutil.rmtree(folder / "target", ignore_errors=True)
                env = {"CARGO_TARGET_DIR": str(folder / "target"), "CARGO_INCREMENTAL": "0"}
                built = Run(["cargo", "build", "--offline", "--quiet", "--message-format=json"], env, cwd=folder)
                seconds.append(built.cpu)
                found = [json.loads(line) for line in built.output.splitlines() if line.startswith("{")]
                crates = {unit["package_id"] for unit in found if unit["reason"] == "compiler-artifact"}
            say(f"{features[0]}, {name}: {min(seconds):.1f} s, {len(crates) - 1} crates")
            row += [f"{min(seconds):.1f}", str(len(crates) - 1)]
        rows.append(row)
    return run.table(["cold dependent build", "before, CPU s", "crates", "after, CPU s", "crates"], rows)


def app(folder, size, *arguments):
    """Builds in the benchmarks of a checkout; gives the run and the folder of its programs."""
    target = WORK / f"{folder.name}-app"
    env = {"ALMANAC_CONTENT": str(size.data / "content"), "CARGO_TARGET_DIR": str(target), "CARGO_INCREMENTAL": "0"}
    built = Run(["cargo", "build", "--release", "--quiet", *arguments], env, cwd=folder / "benches/compare")
    return built, target / "release"


def code(folders, repeat):
    run.tools()
    for count in (1000, 5000):
        rows = []
        size = run.Size(count)
        size.generate()
        unit = {name: [] for name in folders}
        programs = {}
        for name, folder in folders.items():
            _, programs[name] = app(folder, size, "-p", "app-almanac", "-p", "lookup", "-p", "app-empty")
            # Whatever the library is built with alone is there before its cost is taken.
            app(folder, size, "-p", "ai-almanac", "--lib")
        for _ in range(repeat):
            for name, folder in folders.items():
                run.forget(WORK / f"{folder.name}-app", "ai-almanac")
                unit[name].append(app(folder, size, "-p", "ai-almanac", "--lib")[0].cpu)
            say(f"{count}: library unit: " + ", ".join(f"{name} {values[-1]:.2f} s" for name, values in unit.items()))
        found = {"library unit, CPU": {name: min(values) for name, values in unit.items()}}

        starts = {name: [] for name in folders}
        null = os.open(os.devnull, os.O_WRONLY)
        for _ in range(300):
            for name in folders:
                program = programs[name] / "app-almanac"
                begin = time.monotonic_ns()
                pid = os.posix_spawn(program, [str(program), "title"], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, null, 1)])
                os.waitpid(pid, 0)
                starts[name].append(time.monotonic_ns() - begin)
        found["process to the first title"] = {name: statistics.median(values) for name, values in starts.items()}

        for kind in ("hit", "miss"):
            found[f"lookup, {kind}"] = {name: [] for name in folders}
        # The place of a process in memory doubles the time of a lookup in some of them: the least counts.
        for _ in range(15):
            for name in folders:
                for line in Run([programs[name] / "lookup", size.data / "ids.txt"]).output.splitlines():
                    kind, way, *numbers = line.split("\t")
                    if way == "ai-almanac get":
                        found[f"lookup, {kind}"][name].append(float(numbers[0]))
        for kind in ("hit", "miss"):
            found[f"lookup, {kind}"] = {name: min(values) for name, values in found[f"lookup, {kind}"].items()}

        for label, program in (("size of the app", "app-almanac"), ("size, titles only", "almanac-titles")):
            empty = {name: stripped(programs[name] / "app-empty") for name in folders}
            found[label] = {name: stripped(programs[name] / program) - empty[name] for name in folders}
        found["relocations"] = {name: sections(programs[name] / "app-almanac").get(".rela.dyn", 0) // 24 for name in folders}
        for label, values in found.items():
            rows.append([f"{count:,} articles: {label}", f"{values['before']:,.4g}", f"{values['after']:,.4g}", f"{values['after'] / values['before']:.2f}"])
        print(run.table(["", "before", "after", "ratio"], rows), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("revision")
    parser.add_argument("--cold", action="store_true")
    parser.add_argument("--code", action="store_true")
    parser.add_argument("--repeat", type=int, default=3)
    given = parser.parse_args()
    folders = checkouts(given.revision)
    if given.cold or not given.code:
        print(cold(folders, given.repeat), flush=True)
    if given.code or not given.cold:
        code(folders, given.repeat)


if __name__ == "__main__":
    main()
