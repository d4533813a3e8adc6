"""When each camera was heard of, day by day: what its rhythm is learned from."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from ingest.index.rows import ItemRow
from ingest.spool.stamp import parse_utc

_ADD = """
INSERT INTO contact_days VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET items = items + excluded.items,
    account = CASE WHEN excluded.last_at >= last_at THEN excluded.account ELSE account END,
    first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)
"""
_SINCE = "SELECT camera_id, account, first_at, last_at FROM contact_days WHERE day >= ? AND items > 0"


@dataclass(frozen=True)
class Contacts:
    """When a camera was heard of: of each day with a contact the first and the last one, the oldest day first.

    `account` is the one that it used last, None where nobody knows it.
    """

    camera_id: str
    account: str | None
    days: tuple[tuple[datetime, datetime], ...]


def count_contact(index: sqlite3.Connection, row: ItemRow, step: int) -> None:
    """Add an item that is a sign of life to its camera's days (step 1), or take it back (step -1)."""
    at = row.received_at
    index.execute(_ADD, (row.camera_id, at[:10], row.account or "", step, at, at))


def contacts_since(index: sqlite3.Connection, day: str) -> Iterator[Contacts]:
    """Yield the contacts of each camera that was heard of on `day`, such as 2026-04-09, or later."""
    rows = index.execute(f"{_SINCE} ORDER BY camera_id, day", (day,))
    for camera_id, found in groupby(rows, key=lambda row: row[0]):
        days = list(found)
        yield Contacts(camera_id, days[-1][1] or None, tuple((parse_utc(one[2]), parse_utc(one[3])) for one in days))
