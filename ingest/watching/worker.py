"""The worker process: gives verdicts to a batch of items under limits of memory, and puts them on disk together.

Hostile files are only ever read here. The parent (`pool.py`) watches the time and replaces a worker that dies.
"""

import ctypes
import errno
import os
import resource
import signal
import traceback
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from ingest.pipeline import give_verdict, with_origin
from ingest.profiles.catalogue import Catalogue
from ingest.reading.exiftool import Exiftool
from ingest.settings.values import Settings
from ingest.spool.durable import DISK_TROUBLE
from ingest.spool.item import Item
from ingest.spool.known_cameras import KnownCameras
from ingest.spool.moves import Decided, commit, put_earlier
from ingest.verdict.decision import as_internal_error

_PR_SET_PDEATHSIG = 1
EXIFTOOL_SHARE = 0.4
"""How much of the time for one file exiftool may take: what it leaves is enough for the rest, so the file is judged."""


@dataclass(frozen=True)
class Task:
    """One item to decide about. `condemned` says why it gets no reading: it has failed too often, or for too long."""

    name: str
    item: Item
    condemned: str | None = None
    traceback: str | None = None


@dataclass(frozen=True)
class Batch:
    """What the parent sends: the tasks, and the profiles when they have changed since the last batch."""

    tasks: tuple[Task, ...]
    catalogue: Catalogue | None = None


@dataclass(frozen=True)
class Failed:
    """The item made the reading code fail. `too_much` means memory: trying again would not help."""

    name: str
    traceback: str
    too_much: bool = False


@dataclass(frozen=True)
class Gone:
    """The item is not in incoming/ any more: a person removed it."""

    name: str


@dataclass(frozen=True)
class Trouble:
    """The machine failed, not the item: a full disk, a failing disk, no descriptors left. Try later."""

    name: str
    sentence: str


Outcome = Decided | Failed | Gone | Trouble


@dataclass(frozen=True)
class Committed:
    """The answer after the commit: places in order, or the sentence that says what went wrong.

    `disk` tells trouble of the machine from trouble with these items.
    """

    places: tuple[str, ...] = ()
    trouble: str | None = None
    disk: bool = False


@dataclass(frozen=True)
class _Kept:
    """What a worker keeps from one file to the next: the spool root, the camera records, and its exiftool."""

    root: Path
    cameras: KnownCameras
    exiftool: Exiftool


def work(pipe: Connection, root: Path, settings: Settings, watcher_pid: int) -> None:
    """Serve batches until the parent closes the pipe. Messages, in order, for each batch:

    receive Batch; send the position of each task when its reading begins; send the list of Outcomes; receive the list
    of Decided to commit; send Committed.
    """
    _die_with(watcher_pid)
    _limit_memory(settings.limits.file_memory_bytes)
    catalogue = Catalogue()
    kept = _Kept(root, KnownCameras(root), Exiftool(settings.limits.file_seconds * EXIFTOOL_SHARE))
    try:
        while True:
            batch: Batch = pipe.recv()
            catalogue = batch.catalogue or catalogue
            pipe.send(_decide_all(pipe, batch, kept, catalogue, settings))
            pipe.send(_commit(root, pipe.recv()))
    except (EOFError, ConnectionError):  # reset: the watcher was killed and left a message unread
        return


def _decide_all(pipe: Connection, batch: Batch, kept: _Kept, catalogue: Catalogue, settings: Settings) -> list[Outcome]:
    outcomes = []
    for position, task in enumerate(batch.tasks):
        pipe.send(position)
        outcomes.append(_condemn(kept.root, task) if task.condemned else _decide(kept, task, catalogue, settings))
    return outcomes


def _decide(kept: _Kept, task: Task, catalogue: Catalogue, settings: Settings) -> Outcome:
    try:
        return give_verdict(kept.root, task.name, task.item, catalogue, settings, kept.exiftool, kept.cameras)
    except FileNotFoundError:
        return Gone(task.name)
    except MemoryError:
        return Failed(task.name, traceback.format_exc(limit=20), too_much=True)
    except OSError as error:
        if error.errno in DISK_TROUBLE and error.errno != errno.EIO:
            return Trouble(task.name, f"{error.strerror} while reading {task.name}")
        return Failed(task.name, traceback.format_exc(limit=20))
    except Exception:  # one bad file never stops the queue: whatever it does to us becomes its verdict
        return Failed(task.name, traceback.format_exc(limit=20))


def _condemn(root: Path, task: Task) -> Outcome:
    try:
        size_bytes = (root / "incoming" / task.name).stat().st_size
    except FileNotFoundError:
        return Gone(task.name)
    sidecar = as_internal_error(task.item, size_bytes, task.condemned or "", task.traceback, datetime.now(UTC))
    return Decided(task.name, with_origin(sidecar, task.item))


def _commit(root: Path, decided: list[Decided]) -> Committed:
    if not decided:
        return Committed()
    try:
        put_earlier(root, decided)
        return Committed(tuple(commit(root, decided)))
    except OSError as error:
        sentence = f"{error.strerror or error} ({error.filename or root})"
        return Committed(trouble=sentence, disk=error.errno in DISK_TROUBLE)


def _die_with(watcher_pid: int) -> None:
    """Two watchers must never work on one spool: a worker ends the moment its watcher does (prctl(2))."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if os.getppid() != watcher_pid:
        os._exit(0)


def _limit_memory(size_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (size_bytes, size_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
