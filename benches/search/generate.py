"""Writes a folder of generated articles: `generate.py <folder> <articles> [seed]`. The same arguments give the same bytes.

Words are made up of syllables. The word of rank n comes with a frequency in proportion to 1/n (Zipf), as in a language;
frequent words are short, and rarer ones take English endings, so that stemming has work to do.
"""

import itertools
import random
import sys
from pathlib import Path

VOCABULARY = 60_000
SECTIONS = 8
BYTES = 4_000
ONSETS = "b c d f g h j k l m n p r s t v w z br cr dr fl gr pl pr st tr sh th ch".split()
VOWELS = "a e i o u a e i o ea ou".split()
CODAS = ["", "", "", "n", "r", "s", "t", "l", "m", "nd", "st"]
ENDINGS = ["", "", "", "s", "s", "ed", "ing", "er", "ation", "ness", "ly"]


def vocabulary(draw):
    """Distinct words, the most frequent first."""
    words, seen = [], set()
    while len(words) < VOCABULARY:
        rank = len(words)
        syllables = 1 if rank < 150 else draw.choice([1, 2, 2, 2]) if rank < 5_000 else draw.choice([2, 3, 3, 4])
        word = "".join(draw.choice(ONSETS) + draw.choice(VOWELS) + draw.choice(CODAS) for _ in range(syllables))
        if rank >= 150:
            word += draw.choice(ENDINGS)
        if word not in seen:
            seen.add(word)
            words.append(word)
    return words


def sentences(words, size):
    """Running text of about `size` bytes."""
    text, length, start = [], 0, True
    while length < size:
        word = next(words)
        text.append(word.capitalize() if start else word)
        length += len(word) + 1
        start = len(text) % 14 == 0
        if start:
            text[-1] += "."
    return " ".join(text).rstrip(".") + "."


def write(folder, articles, seed=1):
    draw = random.Random(seed)
    vocab = vocabulary(draw)
    weights = list(itertools.accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))

    def stream():
        while True:
            yield from draw.choices(vocab, cum_weights=weights, k=10_000)

    def name(count):
        # Titles, headings and keywords have words that say something.
        return [vocab[int(150 * (VOCABULARY / 150) ** draw.random())] for _ in range(count)]

    words = stream()
    folder = Path(folder)
    for number in range(articles):
        home = folder / f"folder-{number // 100:03}"
        if number % 100 == 0:
            home.mkdir(parents=True, exist_ok=True)
            (home / "_category_.yml").write_text(f"label: Folder {number // 100}\nposition: {number // 100}\n")
        title = " ".join(name(2)).capitalize()
        parts = [
            f"---\nid: article-{number:05}\ntitle: {title}\ndescription: {sentences(words, 80)}\nkeywords: [{', '.join(name(5))}]\n---\n",
            f"# {title}\n",
            sentences(words, BYTES // (SECTIONS + 1)) + "\n",
        ]
        for section in range(SECTIONS):
            half = BYTES // (SECTIONS + 1) // 2
            parts.append(f"## {' '.join(name(2)).capitalize()} {section + 1}\n")
            parts.append(sentences(words, half) + "\n")
            parts.append(sentences(words, half) + "\n")
        (home / f"article-{number:05}.md").write_text("\n".join(parts))


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
