"""What waits for a verdict, or for its rest: read from the folders, because the index knows only decided items."""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from ingest.spool.names import parse_incoming_name, readable_path
from ingest.spool.partials import Partial, list_partials, origin_beside
from ingest.spool.stamp import id_time

SHOWN_MAX = 200


@dataclass(frozen=True)
class Waiting:
    """One item without a verdict; `size_bytes` is None when it has just left.

    `until` is when the beginning of a file gets its verdict if its rest has not come: None for what is not only that.
    """

    id: str
    upload_path: str
    connection: str
    size_bytes: int | None
    name: str
    until: datetime | None = None

    @property
    def received_at(self) -> datetime:
        """When we took it."""
        return id_time(self.id)


def waiting_items(root: Path, most: int = SHOWN_MAX) -> tuple[list[Waiting], int]:
    """Return the newest waiting items, at most `most`, and how many wait."""
    try:
        names = sorted((name for name in _names(root) if parse_incoming_name(name)), reverse=True)
    except OSError:
        return [], 0
    return [_waiting(root, name) for name in names[:most]], len(names)


def waiting_partials(root: Path, hours: int, most: int = SHOWN_MAX) -> tuple[list[Waiting], int]:
    """Return the newest beginnings that wait for their rest, for so many hours, at most `most`, and how many wait."""
    found = sorted(list_partials(root), key=lambda one: one.id, reverse=True)
    return [_beginning(root, one, hours) for one in found[:most]], len(found)


def find_partial(root: Path, item_id: str, hours: int) -> Waiting | None:
    """Return one beginning that waits for its rest."""
    return next((_beginning(root, one, hours) for one in list_partials(root) if one.id == item_id), None)


def _beginning(root: Path, partial: Partial, hours: int) -> Waiting:
    origin, until = origin_beside(root, partial), id_time(partial.id) + timedelta(hours=hours)
    path = readable_path(origin.upload_path)
    return Waiting(partial.id, path, origin.connection or "", partial.size_bytes, partial.name, until)


def find_waiting(root: Path, item_id: str) -> Waiting | None:
    """Return one waiting item."""
    try:
        names = _names(root)
    except OSError:
        return None
    found = next((name for name in names if name.startswith(f"{item_id}~") and parse_incoming_name(name)), None)
    return _waiting(root, found) if found else None


def _names(root: Path) -> list[str]:
    with os.scandir(root / "incoming") as entries:
        return [entry.name for entry in entries]


def _waiting(root: Path, name: str) -> Waiting:
    parsed = parse_incoming_name(name)
    if parsed is None:
        raise ValueError(f"{name!r} is not the name of an item")
    path = readable_path(parsed.upload_path) if parsed.upload_path is not None else "(a path too long for a name)"
    try:
        size_bytes = (root / "incoming" / name).stat().st_size
    except OSError:
        size_bytes = None
    return Waiting(parsed.id, path, parsed.connection, size_bytes, name)
