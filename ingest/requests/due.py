"""What is old enough to be deleted by retention: Camspool deletes by itself only this, and what makes room."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from ingest.index.places import day_folders, id_in, items_in
from ingest.index.store import ids_before
from ingest.requests.unusable import list_unusable, newest_of_each
from ingest.settings.values import Retention
from ingest.spool.stamp import id_time, new_id
from ingest.vocabulary import SELF_TEST, UNUSABLE


def days_in(request: Mapping[str, Any]) -> Retention:
    """Return the days that a request for retention gives; one of an earlier release may still wait."""
    return Retention(
        rejected_days=int(request["rejected_days"]),
        unusable_days=int(request.get("unusable_days", request["rejected_days"])),
        accepted_days=int(request["accepted_days"]),
        connections_days=int(request["connections_days"]),
        trash_days=int(request.get("trash_days", Retention().trash_days)),
    )


def due_items(root: Path, index: sqlite3.Connection, days: Retention, now: datetime) -> list[str]:
    """Return the ids of the items that arrived longer ago than their days, in order; 0 days keeps them all.

    Of what can never be accepted, the newest of each sender has the days of other rejected items where those are more.
    What only the index still knows was deleted just before a crash: it is due as well, so that its deletion is logged.
    """
    kept = newest_of_each(list_unusable(root, index))
    longest_days = max(days.unusable_days, days.rejected_days)
    due = {item_id for item_id, _ in _older(root, index, "accepted", days.accepted_days, now)}
    for item_id, reason in _older(root, index, "rejected", days.rejected_days, now):
        if reason not in UNUSABLE:
            due.add(item_id)
    for item_id, reason in _older(root, index, "rejected", days.unusable_days, now):
        if reason in UNUSABLE and item_id not in kept:
            due.add(item_id)
    if days.unusable_days and days.rejected_days:
        due.update(item_id for item_id, _ in _older(root, index, "rejected", longest_days, now) if item_id in kept)
    return sorted(due)


def _older(
    root: Path, index: sqlite3.Connection, verdict: str, days: int, now: datetime
) -> Iterable[tuple[str, str | None]]:
    """Return the ids of the items with a verdict that arrived longer ago than `days`, each with its reason."""
    if days <= 0:
        return ()
    limit = now - timedelta(days=days)
    found = ids_before(index, verdict, new_id(limit))
    for folder in day_folders(root):
        if folder.startswith(f"{verdict}/") and folder.rpartition("/")[2] <= limit.strftime("%Y-%m-%d"):
            reason = folder.split("/")[1] if verdict == "rejected" else None
            ids = (id_in(place) for place in items_in(root, folder))
            found |= {item_id: reason for item_id in ids if item_id and id_time(item_id) < limit}
    return found.items()


def delete_old_answers(root: Path, days: int, now: datetime) -> None:
    """Delete what the gateway's own test photos had deleted longer ago than `days`: two each quarter of an hour.

    What people asked for stays. The audit needs an answer only as long as there is the record of its connection.
    """
    if days <= 0:
        return
    for file in (root / "requests" / "done").glob("*.json"):
        with suppress(OSError, ValueError, KeyError):
            is_old = id_time(file.stem) < now - timedelta(days=days)
            if is_old and json.loads(file.read_bytes())["by"] == SELF_TEST:
                file.unlink()
