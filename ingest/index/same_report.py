"""Finds the item that says already what a report says, so that a log which is sent again and again doubles nothing."""

import sqlite3

from ingest.index.rows import REPORT_FIELDS, report_row
from ingest.index.store import find_original
from ingest.spool.sidecar import Sidecar

Said = tuple[str, str]
"""Whose report it is, and what it says: equal for reports that are the same."""

_SAME = " AND ".join(f"reports.{name} IS ?" for name in ("reported_at", *REPORT_FIELDS))
_ACCEPTED = f"SELECT min(reports.id) FROM reports JOIN items ON items.id = reports.id WHERE {_SAME} AND "  # noqa: S608
_OF_CAMERA = "reports.camera_id = ?"
_EVER_OF_CAMERA = "(reports.camera_id = ? OR substr(items.place, 1, ?) = ?)"
_REJECTED = (
    "SELECT min(id) FROM items INDEXED BY items_part WHERE sha256 = ? AND part_of IS NOT NULL"
    " AND verdict = 'rejected' AND reason = ? AND account IS ?"
)


def what_it_says(sidecar: Sidecar) -> Said:
    """Return what tells a report from others: whose it is, with its time and values, or with its text where it has
    neither; of a rejected one who sent it, and its text."""
    row = report_row(sidecar)
    if row is None or sidecar.camera_id is None:
        return f"rejected {sidecar.reason} {sidecar.account}", sidecar.sha256 or ""
    said = row[3:]
    return sidecar.camera_id, sidecar.sha256 or "" if _says_nothing(said) else repr(said)


def find_same_report(index: sqlite3.Connection, sidecar: Sidecar) -> str | None:
    """Return the id of the first item of the same camera that says the same at the same time of its clock: however it
    came, alone or in another file, and whoever's camera it is said to be now. A rejected report is the same as one of
    another file with the same text, sender and reason."""
    row = report_row(sidecar)
    if row is None:
        return _first(index, _REJECTED, (sidecar.sha256, sidecar.reason, sidecar.account))
    said = row[3:]
    if _says_nothing(said):
        return find_original(index, sidecar.camera_id, sidecar.sha256 or "")
    if said[0] is None:
        return _first(index, _ACCEPTED + _OF_CAMERA, (*said, sidecar.camera_id))
    folder = f"accepted/{sidecar.camera_id}/"
    return _first(index, _ACCEPTED + _EVER_OF_CAMERA, (*said, sidecar.camera_id, len(folder), folder))


def _says_nothing(said: tuple[str | int | float | None, ...]) -> bool:
    return all(value is None for value in said)


def _first(index: sqlite3.Connection, query: str, values: tuple[str | int | float | None, ...]) -> str | None:
    row = index.execute(query, values).fetchone()
    return row[0] if row else None
