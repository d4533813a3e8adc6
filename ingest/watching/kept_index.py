"""The watcher's index: open as long as the watcher lives, and made anew when somebody has deleted cache/ under it."""

import logging
import sqlite3
from contextlib import suppress
from pathlib import Path
from time import monotonic

from ingest.index.reindex import Beat, catch_up, make_anew
from ingest.index.store import index_files, open_index

log = logging.getLogger("camspool")

RETRY_S = 60.0
"""To make the index anew reads every sidecar: not again and again while the disk is full."""


class KeptIndex:
    """State that lives with the watcher: the connection, and which files it is to."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._retry_at = 0.0
        self._open()

    def _open(self) -> None:
        """Open the index and tell it what it missed."""
        self.connection = open_index(self._root)
        catch_up(self._root, self.connection)
        self._files = index_files(self._root)

    def keep(self, beat: Beat) -> bool:
        """Notice that cache/ was deleted, which anybody may do at any time, and make the index anew; say whether.

        What was decided meanwhile is in the folders, and what the index was not told yet it has to be told next.
        """
        now = monotonic()
        if index_files(self._root) == self._files or now < self._retry_at:
            return False
        self._retry_at = now + RETRY_S
        if self._files:
            log.warning("The index in cache/ was deleted; making it anew from the folders.")
            self._files = ()
        make_anew(self._root, beat)
        self.connection.close()
        self._open()
        self._retry_at = 0.0
        log.warning("The index in cache/ is whole again.")
        return True

    def close(self) -> None:
        """Give it back."""
        with suppress(sqlite3.Error):
            self.connection.close()
