"""The beginnings that went into items: what became of transfers that brought only a part of a file."""

import sqlite3
from collections.abc import Iterable
from dataclasses import astuple

from ingest.spool.sidecar import Beginning, Sidecar

BeginningRow = tuple[str, str, str, str | None, str, int]

_INSERT = "INSERT OR REPLACE INTO beginnings VALUES (?, ?, ?, ?, ?, ?)"
_OF_ITEM = "SELECT id, head, connection, upload_path, size_bytes FROM beginnings WHERE item_id = ? ORDER BY id"


def beginning_rows(sidecar: Sidecar) -> list[BeginningRow]:
    """Return the rows of what an item has taken in."""
    return [(sidecar.id, *astuple(one)) for one in sidecar.beginnings]


def insert_beginnings(index: sqlite3.Connection, rows: Iterable[BeginningRow]) -> None:
    """Enter what items have taken in."""
    index.executemany(_INSERT, rows)


def remove_beginnings(index: sqlite3.Connection, item_id: str) -> None:
    """Forget what an item has taken in."""
    index.execute("DELETE FROM beginnings WHERE item_id = ?", (item_id,))


def beginnings_in(index: sqlite3.Connection, item_id: str) -> tuple[Beginning, ...]:
    """Return what an item has taken in, as its sidecar tells."""
    return tuple(Beginning(*row) for row in index.execute(_OF_ITEM, (item_id,)))
