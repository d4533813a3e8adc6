"""What has its verdict, and what went into it: as the index tells, or the sidecars where it knows less than all."""

import os
import sqlite3
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from ingest.index.places import day_folders, items_in, read_sidecar, waiting_ids
from ingest.index.reindex import is_complete
from ingest.index.store import FILE, open_index
from ingest.spool.moves import place_of
from ingest.spool.names import LOCAL, logged_path, parse_companion
from ingest.spool.sidecar import Beginning, Sidecar, parse_sidecar

Key = tuple[str, str]
"""A connection and an upload path as vsftpd's log shows it."""

Outcome = tuple[Key, int | None]
"""What came of a transfer, with its size in bytes where that is known."""

_ITEMS = (
    "SELECT id, source, connection, upload_path, place FROM items"
    " WHERE source = 'ftps' AND connection IS NOT NULL AND part_of IS NULL OR id IN (SELECT item_id FROM beginnings)"
)
_MERGED = (
    "SELECT item_id, id, connection, upload_path, size_bytes FROM beginnings"
    " WHERE NOT EXISTS (SELECT 1 FROM items WHERE items.id = beginnings.id)"
)


@dataclass(frozen=True)
class Settled:
    """What became of an item: its outcome, where it came over FTPS, and by id those of the beginnings in it."""

    id: str
    outcome: Outcome | None
    merged: Mapping[str, Outcome] = field(default_factory=dict)


@dataclass(frozen=True)
class _Row:
    id: str
    key: Key | None
    place: str
    merged: Mapping[str, Outcome]


def key_of(connection: str | None, upload_path: str) -> Key:
    """Return what the log of a connection calls a file."""
    return connection or LOCAL, logged_path(upload_path)


def merged_of(beginnings: Iterable[Beginning]) -> dict[str, Outcome]:
    """Return the outcomes of the transfers that an item has taken in, by their ids."""
    return {one.id: (key_of(one.connection, one.upload_path), one.size_bytes) for one in beginnings}


def committed_items(root: Path) -> Iterator[Settled]:
    """Yield what has its place already, though the index may not know it yet.

    While a slow disk flushes, or after the watcher died, its sidecar in incoming/ is all that tells of it.
    """
    waiting = frozenset(waiting_ids(root))
    for entry in (root / "incoming").iterdir():
        item_id, kind = parse_companion(entry.name) or ("", "")
        if kind == "sidecar" and item_id not in waiting:
            with suppress(OSError, ValueError):
                sidecar = parse_sidecar(entry.read_bytes())
                yield _settled(root, _row_of(sidecar, place_of(sidecar)))


def decided_items(root: Path, known: Container[str]) -> Iterator[Settled]:
    """Yield what is accepted or rejected and not `known`.

    The index, or the sidecar, is trusted for what an item is, and only the folders for whether it is there, and how
    large. A beginning that is an item of its own is left to that one.
    """
    for row in _rows(root):
        if row.id not in known and os.path.lexists(root / f"{row.place}.json"):
            with suppress(FileNotFoundError):
                yield _settled(root, row)


def _settled(root: Path, row: _Row) -> Settled:
    """Measure an item. What is shorter than its beginnings were has not all of them. Raise OSError when it is gone."""
    size_bytes = (root / row.place).lstat().st_size
    merged = {item_id: (key, min(size or 0, size_bytes)) for item_id, (key, size) in row.merged.items()}
    return Settled(row.id, (row.key, size_bytes) if row.key else None, merged)


def _rows(root: Path) -> Iterator[_Row]:
    """Yield every item that came over FTPS, or has taken in what did.

    An index that is missing or being made, because cache/ was deleted, knows less than there is: then the sidecars are
    read, which is slower by far and always true.
    """
    if (root / FILE).exists():
        with closing(open_index(root)) as index:
            if _knows_all(index):
                yield from _rows_of_index(index)
                return
    rows = list(_rows_of_sidecars(root))
    ids = {row.id for row in rows}
    for row in rows:
        yield _Row(row.id, row.key, row.place, {id_: one for id_, one in row.merged.items() if id_ not in ids})


def _knows_all(index: sqlite3.Connection) -> bool:
    try:
        return is_complete(index)
    except sqlite3.OperationalError:  # files of it are gone
        return False


def _rows_of_index(index: sqlite3.Connection) -> Iterator[_Row]:
    merged: dict[str, dict[str, Outcome]] = {}
    for item_id, beginning_id, connection, path, size_bytes in index.execute(_MERGED):
        merged.setdefault(item_id, {})[beginning_id] = (key_of(connection, path), size_bytes)
    for item_id, source, connection, path, place in index.execute(_ITEMS):
        key = key_of(connection, path) if source == "ftps" and connection else None
        yield _Row(item_id, key, place, merged.get(item_id, {}))


def _rows_of_sidecars(root: Path) -> Iterator[_Row]:
    for folder in day_folders(root):
        for place in items_in(root, folder):
            if sidecar := read_sidecar(root, place):
                yield _row_of(sidecar, place)


def _row_of(sidecar: Sidecar, place: str) -> _Row:
    connection = sidecar.connection if sidecar.source == "ftps" and not sidecar.part_of else None
    key = key_of(connection, sidecar.upload_path) if connection else None
    return _Row(sidecar.id, key, place, merged_of(sidecar.beginnings))
