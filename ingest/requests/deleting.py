"""Deletes items: into the trash, from which they come back, or for good."""

import sqlite3
from collections.abc import Container
from contextlib import suppress
from pathlib import Path
from typing import Any

from ingest.index.beginnings import beginnings_in
from ingest.index.places import find_item, read_sidecar, waiting_ids
from ingest.index.store import indexed_place, transfer_of
from ingest.requests.result import Alive, Result
from ingest.requests.retrying import act_on_each, unknown_item
from ingest.spool import moves
from ingest.spool.durable import DISK_FULL
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import is_id
from ingest.spool.trash import find_trashed, trash_folder


def delete(
    root: Path, index: sqlite3.Connection, request_id: str, request: dict[str, Any], alive: Alive
) -> list[Result]:
    """Delete items: into the trash, but for those of a request that wants them to go for good."""
    waiting = frozenset(waiting_ids(root))
    folder = None if request.get("for_good") is True else trash_folder(root, request_id)
    return act_on_each(request["ids"], lambda item_id: delete_item(root, index, item_id, waiting, folder), alive)


def delete_item(
    root: Path, index: sqlite3.Connection, item_id: str, waiting: Container[str], folder: Path | None = None
) -> Result:
    """Delete an accepted or rejected item with its sidecar, or what a crash has left of it; into a folder of the trash,
    where one is named.

    The index keeps its row until the answer is written (`carrying_out.answer`): should we crash before, the row
    tells the next try that this item was here, and which transfer it came from.
    """
    # What waited when the request began may have its verdict by now.
    if not is_id(item_id) or (item_id in waiting and item_id in waiting_ids(root)):
        return unknown_item(item_id)
    place = find_item(root, index, item_id) or indexed_place(index, item_id) or _in_trash(root, item_id, folder)
    if place is None:
        return unknown_item(item_id)
    there = next((one for one in (root, folder) if one and (one / f"{place}.json").exists()), None)
    sidecar = read_sidecar(there, place) if there else None
    if sidecar and sidecar.part_of in waiting:  # which would make it again
        return Result(item_id, "refused", "The file that this report came in still waits for its verdict.")
    said = _move(root, place, folder)
    connection, path = _transfer(sidecar) if sidecar else transfer_of(index, item_id)
    beginnings = sidecar.beginnings if sidecar else beginnings_in(index, item_id)
    return Result(item_id, "deleted", said, None, connection, path, tuple(vars(one) for one in beginnings))


def _in_trash(root: Path, item_id: str, folder: Path | None) -> str | None:
    """Return the place of an item that a request was deleting when it broke off."""
    found = find_trashed(root, item_id, folder.name) if folder else None
    return found[1] if found else None


def _move(root: Path, place: str, folder: Path | None) -> str:
    """Move an item into the trash, or let it go for good; say which. On a full disk the trash cannot take it."""
    if folder:
        try:
            with suppress(FileNotFoundError):
                moves.discard(root, place, folder)
            return "In the trash with its sidecar."
        except OSError as error:
            if error.errno not in DISK_FULL:
                raise
    with suppress(FileNotFoundError):
        moves.delete(root, place)
    return "Deleted with its sidecar." if folder is None else "Deleted with its sidecar, for good: the disk is full."


def _transfer(sidecar: Sidecar) -> tuple[str | None, str]:
    return None if sidecar.part_of else sidecar.connection, sidecar.upload_path
