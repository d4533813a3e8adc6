"""Keeps the thumbnails within a bound, and none of what is gone.

They are made again on demand, so the ones made longest ago go first.
"""

import os
import time
from collections.abc import Callable, Container, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

MOST_BYTES = 2_000_000_000
KEPT_SHARE = 0.8
CLEARED_EVERY_S = 86_400
IDS_PER_LOOK = 500

Known = Callable[[list[str]], Container[str]]
"""Returns those of some ids that the index knows."""


def trim(thumbnails: Path, most_bytes: int = MOST_BYTES) -> int:
    """Delete the oldest files until the rest takes 80 % of the bound, when it is passed; return how many went."""
    files = sorted(_files(thumbnails))
    total = sum(size for _, size, _ in files)
    if total <= most_bytes:
        return 0
    gone = 0
    for _, size, path in files:
        if total <= most_bytes * KEPT_SHARE:
            break
        with suppress(OSError):
            path.unlink()
        total -= size
        gone += 1
    return gone


def clear_daily(thumbnails: Path, known: Known) -> None:
    """Delete the thumbnails of items that are gone, once a day: retention deletes items and tells the admin nothing."""
    mark = thumbnails.with_suffix(".cleared")
    with suppress(FileNotFoundError):
        if time.time() - mark.stat().st_mtime < CLEARED_EVERY_S:
            return
    with suppress(OSError):
        mark.touch()
        files = (path for _, _, path in _files(thumbnails))
        while batch := list(islice(files, IDS_PER_LOOK)):
            there = known([path.stem for path in batch])
            for path in batch:
                if path.stem not in there:
                    path.unlink(missing_ok=True)


def _files(folder: Path) -> Iterator[tuple[float, int, Path]]:
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    yield from _files(Path(entry.path))
                else:
                    status = entry.stat(follow_symlinks=False)
                    yield status.st_mtime, status.st_size, Path(entry.path)
