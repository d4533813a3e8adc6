"""How many files were rejected for the same cause as one: more than a draft looks at, often."""

import sqlite3

from ingest.index.strangers import REASON, type_of_stranger
from webadmin.files.item import Found

COUNTED_MAX = 50_000


def cause_size(index: sqlite3.Connection, found: Found) -> int:
    """Return the number of files with this file's cause, at most so many; of an accepted file it is one."""
    if not found.row["reason"] or found.sidecar is None:
        return 1
    if found.row["reason"] == REASON:
        question = "SELECT 1 FROM strangers WHERE camera_type = ?"
        values = [type_of_stranger(found.sidecar)]
    else:
        question = "SELECT 1 FROM items INDEXED BY items_reason WHERE reason = ? AND camera_id IS ? AND kind = ?"
        values = [found.row["reason"], found.row["camera_id"], found.row["kind"]]
    row = index.execute(f"SELECT count(*) FROM ({question} LIMIT ?)", (*values, COUNTED_MAX)).fetchone()  # noqa: S608
    return max(int(row[0]), 1)
