"""Writes articles that are hard to load: `odd.py <folder>`. One has the character NUL beside text that looks like
its escape, one has more words than a tsvector holds, and one has long headings that differ at their end."""

import itertools
import string
import sys
from pathlib import Path


def main():
    folder = Path(sys.argv[1])
    folder.mkdir()

    def write(name, body):
        (folder / f"{name}.md").write_text(f"---\ntitle: {name}\ndescription: An odd article.\n---\n\n{body}\n")

    write("nul", "A\0\0B `\\u0000` `\\\\u0000` `\\\0` zebra.\n\n## River\n\nA giraffe.")
    parts = ("".join(letters) for letters in itertools.product(string.ascii_lowercase[:10], repeat=5))
    words = [f"x{part}-y{part}" for part in itertools.islice(parts, 64_000)]
    write("long", f"Aardvark {' '.join(words)} zebu.")
    start = "## " + "Überlong " * 400
    write("heading", f"{start}one\n\nA badger.\n\n{start}two\n\nA badger.")


main()
