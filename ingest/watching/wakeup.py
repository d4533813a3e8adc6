"""Wakes the watcher when something changes in a folder: the only module that imports pyinotify.

An event is only a wake-up; what it says is never used, so that nothing depends on events being complete or readable.
"""

import os
from contextlib import suppress
from pathlib import Path

import pyinotify

_MASK = pyinotify.IN_CLOSE_WRITE | pyinotify.IN_MOVED_TO | pyinotify.IN_CREATE | pyinotify.IN_ONLYDIR
_READ_BYTES = 1 << 16


class Wakeups:
    """Watches folders. State that lives: the inotify descriptor and the folders it watches."""

    def __init__(self) -> None:
        self._manager = pyinotify.WatchManager()
        self._watched: dict[Path, int] = {}
        os.set_blocking(self.fileno(), False)

    def fileno(self) -> int:
        """Return the descriptor that becomes readable when there is something to look at."""
        return int(self._manager.get_fd())

    def watch(self, folder: Path) -> None:
        """Watch a folder from now on; nothing happens when it is watched already.

        A folder that has vanished, or one too many for the kernel's limit, is not watched: the regular scan sees it.
        """
        if folder in self._watched:
            return
        try:
            self._watched[folder] = self._add(folder)
        except (OSError, pyinotify.WatchManagerError):
            return

    def _add(self, folder: Path) -> int:
        """Watch by a descriptor of the folder: pyinotify cannot take names that are not UTF-8."""
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            path = f"/proc/self/fd/{descriptor}"
            return int(self._manager.add_watch(path, _MASK, quiet=False)[path])
        finally:
            os.close(descriptor)

    def keep_only(self, folders: set[Path]) -> None:
        """Forget the folders that are not among these: they were deleted, so the kernel watches them no more."""
        for folder in self._watched.keys() - folders:
            self._manager.del_watch(self._watched.pop(folder))

    def drain(self) -> None:
        """Read all events that wait and throw them away.

        They are read raw: pyinotify's own reader raises on a name that is not UTF-8 and loses the events around it.
        """
        with suppress(BlockingIOError):
            while os.read(self.fileno(), _READ_BYTES):
                pass

    def close(self) -> None:
        """Give the descriptor back."""
        self._manager.close()
