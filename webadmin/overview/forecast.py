"""How long the disk will last, from what arrived lately. Pure but for one question to the index."""

import sqlite3
from datetime import datetime, timedelta

from ingest.index.rows import first_number

DAYS = 7
SAMPLE_MAX = 5000


def bytes_a_day(index: sqlite3.Connection, now: datetime) -> float | None:
    """Return what arrives a day: the number of items of the last days, times the mean size of the newest."""
    since = now - timedelta(days=DAYS)
    items = index.execute("SELECT sum(items) FROM hours WHERE hour >= ?", (since.strftime("%Y-%m-%dT%H"),)).fetchone()[
        0
    ]
    if not items:
        return None
    mean = index.execute(
        "SELECT avg(size_bytes) FROM (SELECT size_bytes FROM items WHERE number >= ? ORDER BY number DESC LIMIT ?)",
        (first_number(since), SAMPLE_MAX),
    ).fetchone()[0]
    return items * mean / DAYS if mean else None


def days_left(free_bytes: float, reserve_bytes: float, daily_bytes: float | None) -> float | None:
    """Return for how many days the disk lasts at this rate; None when nothing arrives.

    >>> days_left(11e9, 1e9, 2e9), days_left(1, 2, 1.0), days_left(1, 0, None)
    (5.0, 0.0, None)
    """
    return max(0.0, (free_bytes - reserve_bytes) / daily_bytes) if daily_bytes else None
