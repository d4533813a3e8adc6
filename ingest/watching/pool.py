"""The worker processes as the watcher sees them: which is idle, which takes too long, which has died and over what."""

import multiprocessing
import os
import signal
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic
from typing import Literal

from ingest.profiles.catalogue import Catalogue
from ingest.settings.values import Settings
from ingest.spool.moves import Decided
from ingest.watching.worker import Batch, Committed, Outcome, Task, work

_FORK = multiprocessing.get_context("fork")

Phase = Literal["idle", "deciding", "committing"]


@dataclass
class Worker:
    """One process with what it is doing now. State that lives as long as the process."""

    process: BaseProcess
    pipe: Connection
    phase: Phase = "idle"
    tasks: tuple[Task, ...] = ()
    position: int = 0
    since: float = field(default_factory=monotonic)
    reading_s: float = 0.0
    catalogue: Catalogue | None = None
    decided: tuple[Decided, ...] = ()

    @property
    def task(self) -> Task | None:
        """The task that it reads now."""
        return self.tasks[self.position] if self.phase == "deciding" and self.tasks else None


def start_worker(root: Path, settings: Settings) -> Worker:
    """Fork a worker; it inherits the spool's lock, so that no other watcher starts while it lives."""
    here, there = _FORK.Pipe()
    process = _FORK.Process(target=_work_alone, args=(here, there, root, settings, os.getpid()), daemon=True)
    process.start()
    there.close()
    return Worker(process, here)


def _work_alone(watchers_end: Connection, pipe: Connection, root: Path, settings: Settings, watcher_pid: int) -> None:
    watchers_end.close()
    signal.set_wakeup_fd(-1)
    work(pipe, root, settings, watcher_pid)


def give(worker: Worker, tasks: tuple[Task, ...], catalogue: Catalogue) -> None:
    """Hand a batch to an idle worker, with the profiles when it does not have these yet."""
    worker.pipe.send(Batch(tasks, catalogue if worker.catalogue is not catalogue else None))
    worker.catalogue = catalogue
    worker.phase, worker.tasks, worker.position, worker.since = "deciding", tasks, 0, monotonic()


def hear(worker: Worker) -> list[Outcome] | Committed | None:
    """Take one message from a worker; None when it only says which item it has begun. Raise EOFError when it died."""
    try:
        message = worker.pipe.recv()
    except (OSError, ValueError) as error:
        raise EOFError from error
    worker.since, worker.reading_s = monotonic(), 0.0
    if isinstance(message, int):
        worker.position = message
        return None
    if isinstance(message, Committed):
        worker.phase, worker.tasks = "idle", ()
    return message  # type: ignore[no-any-return]


def tell_commit(worker: Worker, decided: list[Decided]) -> None:
    """Let a worker put these verdicts on disk."""
    worker.phase, worker.decided = "committing", tuple(decided)
    worker.pipe.send(decided)


def count_time(worker: Worker, passed_s: float) -> float:
    """Add the time that has passed to what a worker has spent on its item, and return that.

    It is 0 for a worker that does not read, as a slow disk is no fault of an item, and for one whose news waits unread.
    """
    worker.reading_s = 0.0 if worker.phase != "deciding" or worker.pipe.poll() else worker.reading_s + passed_s
    return worker.reading_s


def end(worker: Worker) -> int | None:
    """Kill a worker, which is safe at any moment, and return its exit code."""
    worker.process.kill()
    worker.process.join()
    worker.pipe.close()
    return worker.process.exitcode
