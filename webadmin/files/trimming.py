"""Keeps the thumbnails within a bound: they are made again on demand, so the ones made longest ago go first."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

MOST_BYTES = 2_000_000_000
KEPT_SHARE = 0.8


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


def _files(folder: Path) -> Iterator[tuple[float, int, Path]]:
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    yield from _files(Path(entry.path))
                else:
                    status = entry.stat(follow_symlinks=False)
                    yield status.st_mtime, status.st_size, Path(entry.path)
