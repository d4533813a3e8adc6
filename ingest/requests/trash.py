"""The trash: what was deleted comes back to where it was, or goes for good."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from ingest.index.places import find_item, read_sidecar
from ingest.index.store import enter_again, find_original, indexed_place
from ingest.requests.result import Alive, Result
from ingest.requests.retrying import act_on_each
from ingest.settings.targets import Target
from ingest.settings.values import Settings
from ingest.spool.deliveries import last_done
from ingest.spool.moves import put_back
from ingest.spool.names import one_line
from ingest.spool.outbox import mark_again, wanted_by
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import is_id
from ingest.spool.trash import due_in_trash, empty_trash, find_trashed, size_in_trash, trash_folder


def restore(
    settings: Settings, index: sqlite3.Connection, _id: str, request: dict[str, Any], alive: Alive
) -> list[Result]:
    """Bring the items back that a request names."""
    return restore_items(settings, index, request["ids"], alive)


def restore_items(
    settings: Settings, index: sqlite3.Connection, ids: Iterable[str], alive: Alive, deleted_by: str = ""
) -> list[Result]:
    """Bring items back from the trash, each with its sidecar as it was. Doing it again changes nothing.

    `deleted_by` is the request that deleted them, where that is known.
    """
    return act_on_each(ids, lambda item_id: _restore(settings, index, item_id, deleted_by), alive)


def _restore(settings: Settings, index: sqlite3.Connection, item_id: str, deleted_by: str) -> Result:
    root = settings.root
    if not is_id(item_id):
        return Result(one_line(str(item_id), 60), "refused", "No item has this id.")
    found = find_trashed(root, item_id, deleted_by)
    if found:
        folder, place = trash_folder(root, found[0]), found[1]
        # The sidecar goes first: a restoration that broke off has left it where the item belongs.
        sidecar = read_sidecar(folder if (folder / f"{place}.json").exists() else root, place)
        if again := _came_again(index, item_id, sidecar):
            return Result(item_id, "refused", f"The same file has come again since, and is here as {again}.")
        put_back(root, folder, place)
    elif (here := find_item(root, index, item_id)) is None:
        return Result(item_id, "refused", "It is not in the trash any more.")
    else:
        place, sidecar = here, read_sidecar(root, here)
    if sidecar:
        _mark(root, sidecar, settings.targets)
        if indexed_place(index, item_id) is None:
            enter_again(index, sidecar, place)
    return Result(item_id, "restored", "It is where it was.")


def _came_again(index: sqlite3.Connection, item_id: str, sidecar: Sidecar | None) -> str | None:
    """Return the accepted item that has the same content as one that was accepted: there is one of a file."""
    if sidecar is None or sidecar.verdict != "accepted" or sidecar.sha256 is None:
        return None
    original = find_original(index, sidecar.camera_id, sidecar.sha256)
    return original if original != item_id else None


def _mark(root: Path, sidecar: Sidecar, targets: Sequence[Target]) -> None:
    """Let an item go to the targets that have not answered about it: what waited when it was deleted was forgotten."""
    answers = {name: last_done(root, name, sidecar.id) for name in wanted_by(sidecar, targets)}
    mark_again(root, [(name, sidecar.id) for name, told in answers.items() if told is None or told.outcome == "gone"])


def empty(root: Path, _index: sqlite3.Connection, _id: str, request: dict[str, Any], alive: Alive) -> list[Result]:
    """Let go for good what the named requests deleted."""
    return [_emptied(root, one, alive) for one in request["requests"]]


def empty_what_is_due(root: Path, days: int, now: datetime, alive: Alive) -> list[Result]:
    """Let go for good what was deleted longer ago than so many days."""
    return [_emptied(root, one, alive) for one in due_in_trash(root, days, now)]


def _emptied(root: Path, request_id: Any, alive: Alive) -> Result:
    alive()
    if not isinstance(request_id, str) or not is_id(request_id):
        return Result(one_line(str(request_id), 60), "refused", "No request has this id.")
    items, size_bytes = size_in_trash(root, request_id)
    empty_trash(root, request_id)
    files = "1 file" if items == 1 else f"{items} files"
    return Result(request_id, "emptied", f"{files} of the trash went for good, {size_bytes / 1e6:.1f} MB.")
