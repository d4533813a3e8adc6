"""What was deleted by hand and can come back: `trash/<request id>/` holds what one request deleted, at its paths.

When it goes for good follows from the request's id, which tells when it was made.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from ingest.spool.stamp import id_time, is_id

TRASH = "trash"


def trash_folder(root: Path, request_id: str) -> Path:
    """Return where what a request deleted lies. `request_id` has passed `is_id`."""
    return root / TRASH / request_id


def requests_in_trash(root: Path) -> list[str]:
    """Return the ids of the requests of whose deletions something is left, the oldest first."""
    with suppress(FileNotFoundError), os.scandir(root / TRASH) as entries:
        return sorted(entry.name for entry in entries if is_id(entry.name) and entry.is_dir(follow_symlinks=False))
    return []


def trashed_places(root: Path, request_id: str) -> list[str]:
    """Return the places, relative to the spool root, of the items that a request deleted and that are still here."""
    folder = trash_folder(root, request_id)
    return sorted(file.relative_to(folder).as_posix() for file in _files(folder) if not file.name.endswith(".json"))


def find_trashed(root: Path, item_id: str, request_id: str = "") -> tuple[str, str] | None:
    """Return the request that deleted an item, and its place; None when it is not in the trash.

    With `request_id` only what that one deleted is looked at.
    """
    day = id_time(item_id).strftime("%Y-%m-%d")
    for one in [request_id] if request_id else reversed(requests_in_trash(root)):
        for file in trash_folder(root, one).glob(f"*/*/{day}/{item_id}-*"):
            place = file.relative_to(trash_folder(root, one)).as_posix()
            return one, place.removesuffix(".json")
    return None


def goes_at(request_id: str, days: int) -> datetime:
    """Return when what a request deleted goes for good."""
    return id_time(request_id) + timedelta(days=days)


def due_in_trash(root: Path, days: int, now: datetime) -> list[str]:
    """Return the ids of the requests whose deletions go for good now, the oldest first."""
    return [one for one in requests_in_trash(root) if goes_at(one, days) <= now]


def size_in_trash(root: Path, request_id: str) -> tuple[int, int]:
    """Return how many items of a request are in the trash, and how many bytes they take with their sidecars."""
    items = size_bytes = 0
    for file in _files(trash_folder(root, request_id)):
        with suppress(FileNotFoundError):
            size_bytes += file.stat().st_size
            items += not file.name.endswith(".json")
    return items, size_bytes


def empty_trash(root: Path, request_id: str) -> None:
    """Let go for good what a request deleted. Raise OSError when it cannot be."""
    folder = trash_folder(root, request_id)
    if folder.is_dir():
        shutil.rmtree(folder)


def _files(folder: Path) -> Iterator[Path]:
    for where, _, names in os.walk(folder):
        yield from (Path(where, name) for name in names)
