"""Where items lie: those that wait, the folders of accepted/ and rejected/, and one item by its id."""

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ingest.index.store import indexed_place
from ingest.spool.durable import read_whole
from ingest.spool.names import parse_incoming_name
from ingest.spool.sidecar import Sidecar, parse_sidecar
from ingest.spool.stamp import id_time, is_id

log = logging.getLogger("camspool")


def day_folders(root: Path, since_day: str = "") -> Iterator[str]:
    """Yield the day folders of accepted/ and rejected/ relative to the root, those before `since_day` left out."""
    for verdict in ("accepted", "rejected"):
        for group in _folders(root / verdict):
            yield from (f"{verdict}/{group}/{day}" for day in _folders(root / verdict / group) if day >= since_day)


def folders_of_day(root: Path, day: str) -> Iterator[str]:
    """Yield the folders of accepted/ and rejected/ that items of one day have, relative to the root, if they exist."""
    for verdict in ("accepted", "rejected"):
        yield from (f"{verdict}/{group}/{day}" for group in _folders(root / verdict))


def reason_folders(root: Path, reason: str) -> list[str]:
    """Return the day folders of one reason relative to the root, the oldest first."""
    return [f"rejected/{reason}/{day}" for day in _folders(root / "rejected" / reason)]


def items_in(root: Path, day_folder: str) -> list[str]:
    """Return the places of the items in one day folder: every file but the sidecars."""
    with suppress(FileNotFoundError):
        with os.scandir(root / day_folder) as entries:
            names = sorted(entry.name for entry in entries)
        return [f"{day_folder}/{name}" for name in names if not name.endswith(".json")]
    return []


def id_in(place: str) -> str | None:
    """Return the id at the start of an item's name: `<time>-<randomness>-<safe name>`."""
    item_id = "-".join(place.rpartition("/")[2].split("-", 2)[:2])
    return item_id if is_id(item_id) else None


def read_sidecar(root: Path, place: str) -> Sidecar | None:
    """Return an item's sidecar; None, with a log line, when there is none that can be read."""
    try:
        return parse_sidecar(read_whole(f"{root}/{place}.json"))
    except (OSError, ValueError) as error:
        log.error("The sidecar of %s cannot be read: %s", place, error)
        return None


def find_item(root: Path, index: sqlite3.Connection, item_id: str) -> str | None:
    """Return the place of an item: by the index, and where that is wrong by looking into its day's folders."""
    known = indexed_place(index, item_id)
    if known and (root / known).exists():
        return known
    day = id_time(item_id).strftime("%Y-%m-%d")
    for folder in folders_of_day(root, day):
        for place in items_in(root, folder):
            if place.rpartition("/")[2].startswith(f"{item_id}-"):
                return place
    return None


def _folders(folder: Path) -> list[str]:
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        return sorted(entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
    return []


def waiting_ids(root: Path) -> list[str]:
    """Return the ids of the items that wait for a verdict, oldest first."""
    names = (parse_incoming_name(entry.name) for entry in (root / "incoming").iterdir())
    return sorted(parsed.id for parsed in names if parsed)
