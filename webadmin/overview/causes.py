"""Rejected files by cause: one camera and one reason is one cause, however many files it made."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

DAYS = 7
SHOWN_MAX = 12
HARMLESS = ("duplicate", "connection_test")
"""Rejections that nobody needs to act on."""


@dataclass(frozen=True)
class Cause:
    """Files of one camera (None: not known) rejected for one reason in the last days."""

    reason: str
    camera_id: str | None
    items: int
    first_at: str
    last_at: str


def read_causes(index: sqlite3.Connection, now: datetime, days: int = DAYS) -> list[Cause]:
    """Return the causes of the last days, the largest first; harmless ones last."""
    since = (now - timedelta(days=days)).strftime("%Y-%m-%d")
    rows = index.execute(
        "SELECT reason, camera_id, sum(items) AS total, min(first_at), max(last_at) FROM causes WHERE day >= ? "
        "GROUP BY reason, camera_id HAVING total > 0 ORDER BY reason IN (?, ?), total DESC LIMIT ?",
        (since, *HARMLESS, SHOWN_MAX),
    ).fetchall()
    return [Cause(row[0], row[1] or None, row[2], row[3], row[4]) for row in rows]
