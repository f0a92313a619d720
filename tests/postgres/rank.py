"""Asks the judged queries of the crate and of PostgreSQL: `rank.py <the example search>`. Prints for each the
mean reciprocal rank of the first right answer among ten, and how often it comes first; fails if an answer
isn't what the articles have."""

import json
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
MOST = 10


def is_plain(query):
    """Without the crate's own syntax, which is none of PostgreSQL's."""
    return not any(mark in query for mark in '":') and not any(word.startswith("-") for word in query.split())


def queries():
    judged = [(one["query"], one["first"]) for one in json.loads((TESTS / "queries.json").read_text())]
    lay = [line.split("\t") for line in (TESTS / "paraphrases.tsv").read_text().splitlines()]
    return {
        "judged": [(query, first) for query, first in judged if first and is_plain(query)],
        "lay": [(query, ",".join(answers).split(",")) for query, *answers in lay],
    }


def in_crate(program, asked):
    for query, _ in asked:
        found = subprocess.run([program, "--json", query], stdout=subprocess.PIPE, text=True, check=True).stdout
        yield [(hit["article"], hit["section"]) for hit in json.loads(found)[:MOST]]


def in_postgres(asked):
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
        assert all(snippet for *_, snippet in answer)
        yield [(article, anchor) for article, anchor, _ in answer]


def rank(asked, answers):
    ranks = []
    for (_, right), found in zip(asked, answers, strict=True):
        ids = [{article, f"{article}#{anchor or ''}"} for article, anchor in found]
        ranks.append(next((1 / place for place, known in enumerate(ids, 1) if known & set(right)), 0))
    return sum(ranks) / len(ranks), sum(rank == 1 for rank in ranks) / len(ranks)


def main():
    for name, asked in queries().items():
        for system, answers in (("crate", in_crate(sys.argv[1], asked)), ("PostgreSQL", in_postgres(asked))):
            mean, first = rank(asked, answers)
            print(f"  {len(asked)} {name} queries, {system:10}: mean reciprocal rank {mean:.3f}, first {first:.1%}")
            # Far below what was ever seen: something wasn't loaded.
            assert mean > 0.3, f"{system} answers {name} queries"


main()
