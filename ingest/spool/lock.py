"""The spool's lock: whoever moves files holds it, the watcher all the time, the command line for one command.

And a lock for a moment, for those who make a database.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import CamspoolError

FILE = ".lock"


class SpoolLockedError(CamspoolError):
    """Somebody else holds the lock."""


@contextmanager
def spool_lock(root: Path, patience_s: float = 0.0) -> Iterator[None]:
    """Hold the lock of the spool. Raise SpoolLockedError when another process keeps it for `patience_s` seconds.

    Workers inherit the lock when they are forked, so it is free only when the last of them is gone.
    """
    descriptor = os.open(root / FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)
    try:
        _acquire(descriptor, root, time.monotonic() + patience_s)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold a lock on a folder itself, after whoever has it: for two processes that make the same file there."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, root: Path, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise SpoolLockedError(f"Another camspool process is at work on {root}.") from None
            time.sleep(0.05)
        else:
            return
