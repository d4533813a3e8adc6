"""Follows what a camera did with its files after they were taken: it renamed one, or deleted it again.

Its connection's record tells; what the camera did before, the intake has told already.
"""

import sqlite3
from dataclasses import replace
from pathlib import Path

from ingest.connections.record import ConnectionRecord, Transfer
from ingest.index.places import read_sidecar
from ingest.index.rows import first_number
from ingest.index.store import forget
from ingest.requests.actions import origin_of
from ingest.spool.moves import requeue
from ingest.spool.names import logged_path
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import id_time

_ITEMS = "SELECT id, place, upload_path FROM items WHERE number >= ? AND connection = ?"
KEPT = frozenset({"withdrawn", "connection_test"})


def follow_camera(root: Path, index: sqlite3.Connection, record: ConnectionRecord) -> int:
    """Send back to incoming/ what gets another verdict by what its camera did; return how many items that are.

    An item that was deleted is rejected as withdrawn, and kept. One that was renamed is tried again under its new name
    when it was rejected. Raise OSError, sqlite3.Error.
    """
    changed = [transfer for transfer in record.transfers if transfer.withdrawn or transfer.sent_as]
    if not changed:
        return 0
    rows = index.execute(_ITEMS, (first_number(id_time(record.id)), record.id)).fetchall()
    return sum(
        _follow(root, index, transfer, *row) for transfer in changed for row in rows if _is_same(transfer, row[2])
    )


def _is_same(transfer: Transfer, upload_path: str) -> bool:
    return logged_path(upload_path) in {logged_path(transfer.name), logged_path(transfer.sent_as or transfer.name)}


def _follow(
    root: Path, index: sqlite3.Connection, transfer: Transfer, item_id: str, place: str, _upload_path: str
) -> bool:
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
