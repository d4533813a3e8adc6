"""What is old enough to be deleted by retention, the only thing in Camspool that deletes by itself."""

import json
import sqlite3
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from ingest.index.places import day_folders, id_in, items_in
from ingest.index.store import ids_before
from ingest.spool.stamp import id_time, new_id
from ingest.vocabulary import SELF_TEST


def due_items(
    root: Path, index: sqlite3.Connection, rejected_days: int, accepted_days: int, now: datetime
) -> list[str]:
    """Return the ids of the items that arrived longer ago than their days, in order; 0 days keeps them all.

    What only the index still knows was deleted just before a crash: it is due as well, so that its deletion is logged.
    """
    ids: set[str] = set()
    for verdict, days in (("rejected", rejected_days), ("accepted", accepted_days)):
        if days > 0:
            limit = now - timedelta(days=days)
            ids.update(_older(root, verdict, limit), ids_before(index, verdict, new_id(limit)))
    return sorted(ids)


def _older(root: Path, verdict: str, limit: datetime) -> list[str]:
    ids = []
    for folder in day_folders(root):
        if folder.startswith(f"{verdict}/") and folder.rpartition("/")[2] <= limit.strftime("%Y-%m-%d"):
            ids += [found for place in items_in(root, folder) if (found := id_in(place)) and id_time(found) < limit]
    return ids


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
