"""Compares the tables in PostgreSQL with the export: `check.py <folder of the examples>`. Fails unless each article,
passage and record is there in its order, with its texts and values. For `rank.py` too."""

import json
import subprocess
import sys
from itertools import zip_longest


def lines(command):
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as child:
        # Not `splitlines`, which ends lines at other characters too.
        yield from child.stdout
    assert child.returncode == 0, command


def parsed(line):
    # A number that the export writes as 1.64e25 is an integer to PostgreSQL.
    return json.loads(line, parse_int=float)


def exported(examples):
    """The rows that each table should have."""
    tables = {"article": [], "passage": [], "record": []}
    for line in lines([f"{examples}/export", "--format", "ndjson"]):
        # PostgreSQL has no NUL. The meaning is replaced here, the escape in the SQL.
        row = without_nul(parsed(line))
        if "record" in row:
            tables["record"].append(row)
            continue
        tables["article"].append(row)
        tables["passage"].append([row["id"], 0, None, None, row["lead"]])
        for position, section in enumerate(row["sections"], 1):
            passage = [row["id"], position, section["anchor"], section["title"], section["text"]]
            tables["passage"].append(passage)
    return tables


def without_nul(value):
    if isinstance(value, str):
        return value.replace("\0", "\ufffd")
    if isinstance(value, list):
        return [without_nul(one) for one in value]
    if isinstance(value, dict):
        return {key: without_nul(one) for key, one in value.items()}
    return value


def loaded(table):
    query = {
        "article": "select data from almanac.article order by position",
        "passage": "select json_build_array(passage.article, passage.position, anchor, heading, body)"
        " from almanac.passage join almanac.article on article.id = passage.article"
        " order by article.position, passage.position",
        "record": "select data from almanac.record order by kind, id",
    }[table]
    for line in lines(["psql", "-qAt", "-v", "FETCH_COUNT=1000", "-c", query]):
        yield parsed(line)


def main():
    for table, wanted in exported(sys.argv[1]).items():
        found = loaded(table)
        if table == "record":
            # By what its key is: the order of the export is that of the schema.
            key = lambda row: (row["record"], row["id"])
            wanted, found = sorted(wanted, key=key), sorted(found, key=key)
        count = 0
        for count, (want, have) in enumerate(zip_longest(wanted, found), 1):
            assert want == have, f"{table} {count}: {str(want):.200} is loaded as {str(have):.200}"
        print(f"  {table}: {count:,} rows as exported")


if __name__ == "__main__":
    main()
