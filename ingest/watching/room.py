"""Makes room on a disk near its reserve: trash and what can never be accepted go before a camera is turned away."""

import errno
import logging
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

from ingest.errors import CamspoolError
from ingest.requests.carrying_out import carry_out_all
from ingest.requests.unusable import first_to_go, list_unusable
from ingest.requests.writing import ask
from ingest.spool.durable import replace_file
from ingest.spool.trash import requests_in_trash, size_in_trash

log = logging.getLogger("camspool")

NEAR = 2
"""Below so many times the reserve, the disk is near it."""
LOOK_S = 5.0
"""How often the disk is asked: on a local network a camera fills what is between near and reached in seconds."""
IN_VAIN_SHARE = 20.0
"""Where nothing could go, the folders are left alone for at least this many times as long as that took to find out."""
MOST = 200
"""How many items one turn deletes at most: verdicts wait meanwhile."""
SPARE, SPARE_BYTES = Path("cache/spare"), 512 * 1024
"""A file that goes first of all: on a full disk it leaves room for a request and its answer."""


def missing_bytes(free_bytes: int, reserve_bytes: int) -> int:
    """Return what has to be freed until the disk is not near its reserve any more.

    >>> missing_bytes(700, 500), missing_bytes(1000, 500), missing_bytes(0, 0)
    (300, 0, 0)
    """
    return max(0, NEAR * reserve_bytes - free_bytes)


class Room:
    """State that lives with the watcher: when it looks at the disk again."""

    def __init__(self, root: Path, reserve_bytes: int) -> None:
        self.root, self.reserve_bytes = root, reserve_bytes
        self._look_at = 0.0

    def is_due(self, now: float) -> bool:
        """Say whether to look now."""
        return now >= self._look_at

    def make(self, index: sqlite3.Connection, alive: Callable[[], None] = lambda: None) -> int:
        """Have the trash emptied, or else the oldest of what can never be accepted deleted, each sender's newest kept;
        return how many.

        Nothing while there is room. It is asked for and answered like all deletions. Raise OSError, sqlite3.Error.
        """
        began = monotonic()
        self._look_at = began + LOOK_S
        missing = missing_bytes(_free_bytes(self.root), self.reserve_bytes)
        if not missing:
            self._keep_spare()
            return 0
        if emptied := self._empty_trash(index, missing, alive):
            return emptied
        chosen = first_to_go(list_unusable(self.root, index), missing, MOST)
        if not chosen:
            self._look_at = max(self._look_at, began + IN_VAIN_SHARE * (monotonic() - began))
            return 0
        size_mb = sum(item.size_bytes for item in chosen) / 1024 / 1024
        log.warning(
            "The disk is near its reserve: deleting %d files that can never be accepted, %.1f MB.", len(chosen), size_mb
        )
        self._ask("make_room", ids=[item.id for item in chosen])
        carry_out_all(self.root, index, alive)
        return len(chosen)

    def _empty_trash(self, index: sqlite3.Connection, missing: int, alive: Callable[[], None]) -> int:
        """Let go for good what people have deleted, the oldest first, until there is room; return how many items."""
        chosen, found_bytes, items = list[str](), 0, 0
        for request_id in requests_in_trash(self.root):
            if found_bytes >= missing:
                break
            count, size_bytes = size_in_trash(self.root, request_id)
            chosen, found_bytes, items = [*chosen, request_id], found_bytes + size_bytes, items + count
        if chosen:
            size_mb = found_bytes / 1024 / 1024
            log.warning("The disk is near its reserve: emptying the trash of %d files, %.1f MB.", items, size_mb)
            self._ask("empty_trash", requests=chosen)
            carry_out_all(self.root, index, alive)
        return items

    def _ask(self, action: str, **words: Any) -> None:
        try:
            ask(self.root, action, by="watcher", **words)
        except CamspoolError:
            (self.root / SPARE).unlink(missing_ok=True)
            try:
                ask(self.root, action, by="watcher", **words)
            except CamspoolError as error:
                raise OSError(errno.ENOSPC, str(error)) from error

    def _keep_spare(self) -> None:
        spare = self.root / SPARE
        if self.reserve_bytes and not spare.exists():
            spare.parent.mkdir(exist_ok=True)
            replace_file(spare, bytes(SPARE_BYTES))


def _free_bytes(root: Path) -> int:
    disk = os.statvfs(root)
    return disk.f_bavail * disk.f_frsize
