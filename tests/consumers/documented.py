#!/usr/bin/env python3
"""Builds, outside the workspace, what the READMEs and the documentation say of own almanacs.

Their code is taken as it stands there. No doc example can do that: it takes a build script.
"""
import os
import re
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CORE, BUILD = ROOT / "crates/almanac-core", ROOT / "crates/almanac-build"
INSTALL = "# Install\n\nUnpack it.\n"
FOOD = "# Food\n\n## Recipes\n\n| Recipe | Minutes | Taste |\n|---|---|---|\n| Soup | 20 | salty |\n"


def blocks(path):
    """Returns the code blocks of Markdown or of doc comments, each with its info string."""
    lines = [re.sub(r"^\s*//[/!] ?", "", line) for line in path.read_text().splitlines()]
    return re.findall(r"^```(\S*)\n(.*?)^```$", "\n".join(lines), re.M | re.S)


def block(path, info, text):
    """Returns the one block with an info string that has a text."""
    found = [code for known, code in blocks(path) if known == info and text in code]
    assert len(found) == 1, f"{path}: {len(found)} blocks of {info} with {text}"
    return found[0]


def said(path, text):
    """Returns a text that stands between words."""
    assert text in path.read_text(), f"{path}: {text}"
    return text


def script(lines):
    return f"fn main() {{\n{lines}\n}}\n"


def crate(name, build, library, check, manifest, files=()):
    """Writes a crate; `check` is code of ours that uses what the documented code made."""
    files = {"docs/guides/install.md": INSTALL, **dict(files)}
    package = f'[package]\nname = "{name}"\nversion = "0.0.0"\nedition = "2024"\n\n'
    files["Cargo.toml"] = package + manifest
    files["build.rs"], files["src/lib.rs"] = build, f"#![deny(warnings)]\n{library}\n{check}\n"
    for path, text in files.items():
        file = Path(name, path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return name


def both_files(code):
    """Splits a block at the comments that name the files."""
    build, library = code.removeprefix("// build.rs\n").split("// src/lib.rs\n")
    return build, library


def crates():
    readme, library, macros = ROOT / "README.md", CORE / "src/lib.rs", CORE / "src/macros.rs"
    dependencies = block(CORE / "README.md", "toml", "almanac-core")
    searching = re.sub(r'= ("[\d.]+")', r'= { version = \1, features = ["search"] }', dependencies)
    assert searching.count("search") == 2
    exists = "const _: &Article = &guides::INSTALL;"
    # The number is there, because the column is required.
    minutes, taste = said(readme, "recipe.minutes()"), said(readme, "recipe.taste()")
    typed = f"let _: (f64, Option<RecipeTaste>) = ({minutes}, {taste});"
    listed = f"pub fn list() {{ for recipe in {said(readme, 'recipes()')} {{ {typed} }} }}"
    schema = {"docs/_schema_.yml": block(readme, "yaml", "records:"), "docs/food.md": FOOD}
    own = block(readme, "toml", "almanac-build")
    yield crate("root-readme", *both_files(block(readme, "rust,ignore", "almanac!")),
                f"{exists} {listed}", own, schema)
    yield crate("core-readme", *both_files(block(CORE / "README.md", "rust,ignore", "almanac!")),
                exists, dependencies)
    yield crate("core-docs", *both_files(block(library, "ignore", "almanac!")), exists,
                block(library, "toml", "almanac-core"))
    include = said(BUILD / "README.md", "almanac_core::almanac!();")
    yield crate("build-readme", block(BUILD / "README.md", "rust,no_run", "compile"), include,
                exists, dependencies)
    yield crate("build-docs", block(BUILD / "src/lib.rs", "no_run", "compile"), include, exists,
                dependencies)
    search = 'pub fn find() -> Hits { search("unpack") }'
    yield crate("core-docs-search", block(library, "ignore", "search_index"), include, search,
                searching)
    call = said(readme, 'almanac_build::Builder::new("docs").search_index(true).compile()')
    yield crate("root-readme-search", script(call), include, search, searching)
    several = block(BUILD / "src/builder.rs", "no_run", '.name("handbook")')
    yield crate("several", script(several), block(macros, "ignore", "pub mod handbook"),
                f"{exists} const _: &handbook::Article = &handbook::HOLIDAYS;", dependencies,
                {"handbook/holidays.md": "# Holidays\n\nAll of May.\n"})


with tempfile.TemporaryDirectory() as scratch:
    os.chdir(scratch)
    members = ", ".join(f'"{name}"' for name in crates())
    Path("Cargo.toml").write_text(
        f'[workspace]\nmembers = [{members}]\nresolver = "3"\n\n[patch.crates-io]\n'
        f'almanac-build = {{ path = "{BUILD}" }}\nalmanac-core = {{ path = "{CORE}" }}\n'
    )
    subprocess.run(["cargo", "check", "--quiet", "--workspace"], check=True)
