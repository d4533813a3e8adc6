"""Knows which processes descend from this one, and ends them: vsftpd's sessions leave their process group."""

import contextlib
import ctypes
import os
import signal
import time
from collections.abc import Container, Iterable
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36
_STEP_S = 0.02


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent ends, so that they can still be found: prctl(2)."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def children_that_ended() -> set[int]:
    """Return our own children that have ended and whose exit status nobody has asked for yet."""
    if not _has_child_that_ended():
        return set()
    return {pid for pid, (state, parent) in _processes().items() if parent == os.getpid() and state == b"Z"}


def collect_orphans(spare: Container[int]) -> None:
    """Let go of children that have ended, but those in `spare`, whose exit status somebody wants to know."""
    for pid in children_that_ended():
        if pid not in spare:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)


def _has_child_that_ended() -> bool:
    """Ask the kernel, at the cost of one call, before all processes are looked through."""
    try:
        return os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:
        return False


def descendants() -> set[int]:
    """Return the processes that descend from this one; zombies, which only wait to be collected, are left out."""
    children: dict[int, set[int]] = {}
    for pid, (state, parent) in _processes().items():
        if state not in (b"Z", b"X"):
            children.setdefault(parent, set()).add(pid)
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


def _processes() -> dict[int, tuple[bytes, int]]:
    """Return the state and the parent of every process."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError):
                # pid (name, which may hold anything) state ppid ...
                state, parent = (entry / "stat").read_bytes().rpartition(b")")[2].split()[:2]
                found[int(entry.name)] = (state, int(parent))
    return found
