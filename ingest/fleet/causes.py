"""Rejected files by cause: one camera and one reason is one cause, however many files it made.

What no profile knows has no camera: there one type of camera is one cause, as one profile mends it.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from ingest.index.strangers import REASON
from ingest.spool.stamp import id_time, utc_text

DAYS = 7
SHOWN_MAX = 12
COUNTED_MAX = 50_000
"""Of so many files at most it is looked whose they are: who sends more in a week is seen all the same."""
HARMLESS = ("duplicate", "connection_test")
"""Rejections that nobody needs to act on."""


@dataclass(frozen=True)
class Cause:
    """Files of one camera (None: not known) rejected for one reason in the last days.

    Where no profile knows the camera, `camera_type` says what it is, and `newest` is its last photo, or else report:
    the workshop begins from it.
    """

    reason: str
    camera_id: str | None
    items: int
    first_at: str
    last_at: str
    camera_type: str | None = None
    newest: str | None = None


def read_causes(index: sqlite3.Connection, now: datetime, days: int = DAYS) -> list[Cause]:
    """Return the causes of the last days, the largest first; harmless ones last."""
    since = now - timedelta(days=days)
    found = sorted([*_of_cameras(index, since), *_of_types(index, since)], key=lambda one: -one.items)
    return sorted(found, key=lambda one: one.reason in HARMLESS)[:SHOWN_MAX]


def _of_cameras(index: sqlite3.Connection, since: datetime) -> list[Cause]:
    rows = index.execute(
        "SELECT reason, camera_id, sum(items) AS total, min(first_at), max(last_at) FROM causes "
        "WHERE day >= ? AND (reason != ? OR camera_id != '') GROUP BY reason, camera_id HAVING total > 0 "
        "ORDER BY reason IN (?, ?), total DESC LIMIT ?",
        (f"{since:%Y-%m-%d}", REASON, *HARMLESS, SHOWN_MAX),
    ).fetchall()
    return [Cause(row[0], row[1] or None, row[2], row[3], row[4]) for row in rows]


def _of_types(index: sqlite3.Connection, since: datetime) -> list[Cause]:
    rows = index.execute(
        "SELECT camera_type, count(*) AS total, min(item_id), max(item_id), coalesce("
        "max(iif(kind = 'image', item_id, NULL)), max(iif(kind = 'report', item_id, NULL))) "
        "FROM (SELECT item_id, kind, camera_type FROM strangers WHERE item_id >= ? ORDER BY item_id DESC LIMIT ?) "
        "GROUP BY camera_type ORDER BY total DESC LIMIT ?",
        (f"{since:%Y%m%d}T", COUNTED_MAX, SHOWN_MAX),
    ).fetchall()
    return [Cause(REASON, None, row[1], _time_of(row[2]), _time_of(row[3]), row[0], row[4]) for row in rows]


def _time_of(item_id: str) -> str:
    return utc_text(id_time(item_id))
