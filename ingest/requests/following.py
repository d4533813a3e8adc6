"""Follows what a camera did with its files after they were taken: it renamed one, or deleted it again.

Its connection's record tells; what the camera did before, the intake has told already.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.connections.record import ConnectionRecord, Transfer
from ingest.index.places import read_sidecar
from ingest.index.rows import first_number
from ingest.index.store import forget
from ingest.spool.moves import requeue
from ingest.spool.names import logged_path
from ingest.spool.origin import origin_of
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import id_time

_ITEMS = (
    "SELECT id, place, upload_path, size_bytes FROM items WHERE number >= ? AND connection = ? AND part_of IS NULL"
    " ORDER BY number"
)
KEPT = frozenset({"withdrawn", "connection_test"})


def follow_camera(root: Path, index: sqlite3.Connection, record: ConnectionRecord) -> int:
    """Send back to incoming/ what gets another verdict by what its camera did; return how many items that are.

    An item that was deleted is rejected as withdrawn, and kept. One that was renamed is tried again under its new name
    when it was rejected. Raise OSError, sqlite3.Error.
    """
    changed = [number for number, one in enumerate(record.transfers) if one.withdrawn or one.sent_as]
    if not changed:
        return 0
    rows = index.execute(_ITEMS, (first_number(id_time(record.id)), record.id)).fetchall()
    items = [_Item(item_id, place, logged_path(path), size_bytes) for item_id, place, path, size_bytes in rows]
    found = [(record.transfers[number], _item_of(number, record.transfers, items)) for number in changed]
    return sum(_follow(root, index, transfer, item.id, item.place) for transfer, item in found if item)


@dataclass(frozen=True)
class _Item:
    id: str
    place: str
    path: str
    size_bytes: int


def _item_of(number: int, transfers: Sequence[Transfer], items: Sequence[_Item]) -> _Item | None:
    """Return what came of one transfer. Names repeat, and with them sizes may: then the order tells."""
    transfer = transfers[number]
    names = _names(transfer)
    alike = [item for item in items if item.path in names and item.size_bytes == transfer.size_bytes]
    before = sum(one.size_bytes == transfer.size_bytes and bool(_names(one) & names) for one in transfers[:number])
    return alike[before] if before < len(alike) else None


def _names(transfer: Transfer) -> set[str]:
    """Return the paths under which its file may have been taken."""
    return {logged_path(transfer.name), logged_path(transfer.sent_as or transfer.name)}


def _follow(root: Path, index: sqlite3.Connection, transfer: Transfer, item_id: str, place: str) -> bool:
    sidecar = read_sidecar(root, place)
    if sidecar is None or not _is_affected(sidecar, transfer):
        return False
    origin = origin_of(sidecar, place)
    if transfer.withdrawn:
        origin = replace(origin, transfer="withdrawn")
    else:
        origin = replace(origin, upload_path=logged_path(transfer.name).encode())
    try:
        requeue(root, place, sidecar, origin)
    except FileNotFoundError:
        return False
    forget(index, [item_id])
    return True


def _is_affected(sidecar: Sidecar, transfer: Transfer) -> bool:
    if transfer.withdrawn:
        return sidecar.reason not in KEPT
    is_known = "?" not in logged_path(transfer.name)
    return sidecar.verdict == "rejected" and is_known and logged_path(sidecar.upload_path) != logged_path(transfer.name)
