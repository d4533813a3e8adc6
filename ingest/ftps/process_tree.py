"""Knows which processes descend from this one, and ends them: vsftpd's sessions leave their process group."""

import contextlib
import ctypes
import os
import signal
import time
from collections.abc import Iterable
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36
_STEP_S = 0.02


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent ends, so that they can still be found: prctl(2)."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def descendants() -> set[int]:
    """Return the processes that descend from this one; zombies, which only wait to be collected, are left out."""
    children: dict[int, set[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and (parent := _living_parent(entry)) is not None:
            children.setdefault(parent, set()).add(int(entry.name))
    found: set[int] = set()
    pending = [os.getpid()]
    while pending:
        offspring = children.get(pending.pop(), set())
        found |= offspring
        pending += offspring
    return found


def end_descendants(spare: Iterable[int], grace_s: float) -> None:
    """End every descendant but those in `spare`: ask first, and kill what is left after `grace_s` seconds."""
    spared = set(spare)
    deadline = time.monotonic() + grace_s
    asked: set[int] = set()
    while living := descendants() - spared:
        if time.monotonic() >= deadline:
            _signal(living, signal.SIGKILL)
        # One that began meanwhile is asked as well.
        _signal(living - asked, signal.SIGTERM)
        asked |= living
        time.sleep(_STEP_S)


def _signal(processes: Iterable[int], number: signal.Signals) -> None:
    for process in processes:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, number)


def _living_parent(entry: Path) -> int | None:
    try:
        # pid (name, which may hold anything) state ppid ...
        state, parent = (entry / "stat").read_bytes().rpartition(b")")[2].split()[:2]
    except OSError:
        return None
    return None if state in (b"Z", b"X") else int(parent)
