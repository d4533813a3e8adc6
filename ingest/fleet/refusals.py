"""Why files of cameras were rejected in the last days, from what the index counts by cause."""

import sqlite3
from datetime import datetime, timedelta

from ingest.fleet.attention import Refusal
from ingest.vocabulary import AWAITING_SITE

DAYS = 7
NO_TROUBLE = ("duplicate", "connection_test", "unsupported_file_type")
"""Rejections that say nothing about whether a camera's photos get through."""

_SELECT = f"""
SELECT camera_id, reason, sum(items), max(last_at) FROM causes
WHERE day >= ? AND camera_id != '' AND items > 0 AND reason NOT IN {NO_TROUBLE}
"""  # noqa: S608 - only constants


def count_awaiting_site(index: sqlite3.Connection, camera_id: str) -> int:
    """Return how many files of a camera were rejected for want of a position."""
    where = "WHERE camera_id = ? AND reason IN (?, ?) AND items > 0"
    row = index.execute(f"SELECT sum(items) FROM causes {where}", (camera_id, *AWAITING_SITE)).fetchone()  # noqa: S608
    return row[0] or 0


def read_refusals(index: sqlite3.Connection, now: datetime, camera_id: str | None = None) -> dict[str, Refusal]:
    """Return the last reason of each camera that had files rejected, or of one camera."""
    since = (now - timedelta(days=DAYS)).strftime("%Y-%m-%d")
    one = " AND camera_id = ?" if camera_id else ""
    rows = index.execute(
        f"{_SELECT}{one} GROUP BY camera_id, reason ORDER BY max(last_at)",
        (since, camera_id) if camera_id else (since,),
    )
    return {row[0]: Refusal(row[1], row[2], row[3]) for row in rows}
