"""Asks the judged queries of the crate and of PostgreSQL: `rank.py <folder of the examples>`. Prints for each the
mean reciprocal rank of the first right answer among ten, and how often it comes first; fails if an answer of
PostgreSQL is no passage of the articles, or its snippet no part of one."""

import json
import re
import subprocess
import sys
from pathlib import Path

from check import exported

TESTS = Path(__file__).resolve().parent.parent
MOST = 10


def is_common(query):
    """Without `in:`, which only the crate knows."""
    return not any(word.startswith("in:") for word in query.split())


def queries():
    judged = [(one["query"], one["first"]) for one in json.loads((TESTS / "queries.json").read_text())]
    lay = [line.split("\t") for line in (TESTS / "paraphrases.tsv").read_text().splitlines()]
    return {
        "judged": [(query, first) for query, first in judged if first and is_common(query)],
        "lay": [(query, ",".join(answers).split(",")) for query, *answers in lay],
    }


def in_crate(program, asked):
    for query, _ in asked:
        found = subprocess.run([program, "--json", query], stdout=subprocess.PIPE, text=True, check=True).stdout
        yield [(hit["article"], hit["section"]) for hit in json.loads(found)[:MOST]]


def in_postgres(asked, bodies):
    """One answer a line, of all queries in one session."""
    script = ["\\set ON_ERROR_STOP on\n"]
    for query, _ in asked:
        text = query.replace("'", "''")
        script.append(
            "select coalesce(json_agg(json_build_array(article, anchor, snippet)), '[]')"
            f" from almanac.search('{text}', {MOST});\n"
        )
    done = subprocess.run(["psql", "-qAt"], input="".join(script), stdout=subprocess.PIPE, text=True, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(asked), "an answer for each query"
    for answer in answers:
        for article, anchor, snippet in answer:
            shown = bare(snippet.replace("<b>", "").replace("</b>", ""))
            assert shown and shown in bodies[article, anchor], f"{article}#{anchor}: {snippet}"
        yield [(article, anchor) for article, anchor, _ in answer]


def bare(text):
    """Without what is a tag to PostgreSQL, for which its snippets have a space."""
    return re.sub(r"<[^<>]*>|\s+", "", text)


def rank(asked, answers):
    ranks = []
    for (_, right), found in zip(asked, answers, strict=True):
        ids = [{article, f"{article}#{anchor or ''}"} for article, anchor in found]
        ranks.append(next((1 / place for place, known in enumerate(ids, 1) if known & set(right)), 0))
    return sum(ranks) / len(ranks), sum(rank == 1 for rank in ranks) / len(ranks)


def main():
    examples = sys.argv[1]
    passages = exported(examples)["passage"]
    bodies = {(article, anchor): bare(body) for article, _, anchor, _, body in passages}
    for name, asked in queries().items():
        crate, postgres = in_crate(f"{examples}/search", asked), in_postgres(asked, bodies)
        for system, answers in (("crate", crate), ("PostgreSQL", postgres)):
            mean, first = rank(asked, answers)
            print(f"  {len(asked)} {name} queries, {system:10}: mean reciprocal rank {mean:.3f}, first {first:.1%}")
            # Far below what was ever seen: something wasn't loaded.
            assert mean > 0.3, f"{system} answers {name} queries"


main()
