"""The items that wait for a verdict: read from incoming/, because the index knows only decided ones."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ingest.spool.names import parse_incoming_name, readable_path
from ingest.spool.stamp import id_time

SHOWN_MAX = 200


@dataclass(frozen=True)
class Waiting:
    """One item without a verdict; `size_bytes` is None when it has just left."""

    id: str
    upload_path: str
    connection: str
    size_bytes: int | None
    name: str

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
