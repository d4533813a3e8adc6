"""The queue of items that wait for a verdict: hands them to the workers in order of arrival, in batches that share
their disk flushes, and decides what a failure means: try again, try alone, or reject with the reason.
"""

import logging
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from time import monotonic

from ingest.connections.logins import Logins
from ingest.errors import in_words
from ingest.pipeline import item_in
from ingest.profiles.catalogue import Catalogue
from ingest.settings.values import Settings
from ingest.spool.log_lines import shown_path
from ingest.spool.moves import Decided
from ingest.spool.recovery import recover
from ingest.spool.sidecar import Sidecar
from ingest.watching.earlier import unmade_earlier, waiting_earlier
from ingest.watching.failures import ATTEMPTS_MAX, Failures
from ingest.watching.index_writer import IndexWriter
from ingest.watching.pool import Worker, count_time, end, give, hear, start_worker, tell_commit
from ingest.watching.worker import Committed, Failed, Gone, Outcome, Task, Trouble

log = logging.getLogger("camspool")

BATCH_MAX = 32
PAUSE_S = 5.0
STUCK_S = 300.0


class Queue:
    """State that lives: the names that wait, the workers, and what has gone wrong with whom."""

    def __init__(self, root: Path, settings: Settings, index: sqlite3.Connection) -> None:
        self.root, self.settings = root, settings
        self.index_writer = IndexWriter(root, index, settings.targets)
        self.workers = [start_worker(root, settings) for _ in range(settings.workers)]
        self.waiting: deque[str] = deque()
        self.known: set[str] = set()
        self.trouble: str | None = None
        self._paused_until = 0.0
        self._checked_at = monotonic()
        self._failures = Failures()
        self._logins = Logins(root)

    @property
    def is_idle(self) -> bool:
        """Say whether nothing waits and no worker is at work."""
        return not self.waiting and not self.is_working

    def add(self, names: Iterable[str]) -> None:
        """Let items of incoming/ that are not known yet join the queue."""
        for name in names:
            if name not in self.known:
                self.known.add(name)
                self.waiting.append(name)

    def feed(self, catalogue: Catalogue) -> None:
        """Give every idle worker a batch, unless the disk needs a pause."""
        if monotonic() < self._paused_until:
            return
        if self.index_writer.is_behind:
            self._enter([])
        elif self.trouble and self.is_idle:
            self._say_recovered()
        for worker in self.workers:
            if worker.phase == "idle" and (names := self._next_batch()):
                self._hand_over(worker, names, catalogue)

    @property
    def is_working(self) -> bool:
        """Say whether a worker is at work."""
        return any(worker.phase != "idle" for worker in self.workers)

    @property
    def can_feed(self) -> bool:
        """Say whether an item waits and a worker is free for it."""
        return bool(self.waiting) and any(worker.phase == "idle" for worker in self.workers)

    def is_stuck(self, now: float) -> bool:
        """Say whether a worker at work has given no sign for far longer than any step may take."""
        return any(worker.phase != "idle" and now - worker.since > STUCK_S for worker in self.workers)

    def pause_left_s(self) -> float:
        """Return for how long the queue rests after trouble with the disk; 0 when it does not."""
        return max(0.0, self._paused_until - monotonic())

    def listen(self, worker: Worker) -> None:
        """Act on one message of a worker, or on its death."""
        try:
            message = hear(worker)
            if isinstance(message, Committed):
                self._after_commit(worker, message)
            elif message is not None:
                self._after_deciding(worker, message)
        except (EOFError, BrokenPipeError):
            self._bury(worker)

    def check_times(self) -> None:
        """Kill workers that have been reading one item for too long; the item is then rejected, saying so.

        Only time that the watcher itself was awake counts: after a pause of the machine nobody is guilty.
        """
        limit_s = self.settings.limits.file_seconds
        now = monotonic()
        passed_s = min(now - self._checked_at, limit_s / 2)
        self._checked_at = now
        for worker in list(self.workers):
            if count_time(worker, passed_s) > limit_s and worker.task:
                self._failures.condemn(worker.task.name, f"Reading this file took more than {limit_s} seconds.")
                self._bury(worker)

    def close(self) -> None:
        """End the workers."""
        for worker in self.workers:
            end(worker)

    def _next_batch(self) -> list[str]:
        if not self.waiting:
            return []
        if self._failures.is_separate(self.waiting[0]):
            return [self.waiting.popleft()]
        size = min(BATCH_MAX, -(-len(self.waiting) // len(self.workers)))
        names = [name for name in islice(self.waiting, size) if not self._failures.is_separate(name)]
        for name in names:
            self.waiting.remove(name)
        return names

    def _hand_over(self, worker: Worker, names: list[str], catalogue: Catalogue) -> None:
        try:
            tasks = tuple(
                Task(name, item_in(self.root, name, self._logins.of), *self._failures.sentence_on(name))
                for name in names
            )
        except OSError as error:
            self.rest(names, in_words(error))
            return
        try:
            give(worker, tasks, catalogue)
        except BrokenPipeError:
            worker.tasks = tasks
            self._bury(worker)

    def _after_deciding(self, worker: Worker, outcomes: list[Outcome]) -> None:
        decided = []
        for outcome in outcomes:
            match outcome:
                case Decided():
                    decided.append(outcome)
                case Failed():
                    self._note_failure(outcome.name, outcome.traceback, too_much=outcome.too_much)
                case Gone():
                    self._leave(outcome.name)
                case Trouble():
                    self.rest([outcome.name], outcome.sentence)
        tell_commit(worker, self.index_writer.settle(decided))

    def _after_commit(self, worker: Worker, answer: Committed) -> None:
        if answer.trouble is not None:
            self._after_trouble(worker, answer)
            return
        self._enter([(one.sidecar, place) for one, place in zip(worker.decided, answer.places, strict=True)])
        for one in worker.decided:
            self._leave(one.name)
            self._await_earlier(one.sidecar)
        if worker.decided and self.trouble and not self.index_writer.is_behind:
            self._say_recovered()

    def _after_trouble(self, worker: Worker, answer: Committed) -> None:
        names = self._recover(worker)
        if answer.disk:
            self.rest(names, answer.trouble or "")
        elif len(names) > 1:
            self._failures.separate(names)
            self.waiting.extendleft(reversed(names))
        else:
            for name in names:
                self._note_failure(name, answer.trouble or "")

    def _recover(self, worker: Worker) -> list[str]:
        """After a commit that broke off, keep what was committed and return the names of what was not."""
        batch = {one.sidecar.id: one.name for one in worker.decided}
        committed = recover(self.root, frozenset(batch))
        self._attempt(lambda: self.index_writer.enter_recovered(committed))
        for sidecar, _ in committed:
            self._leave(batch.pop(sidecar.id))
            self._await_earlier(sidecar)
        self.index_writer.forget([*batch, *unmade_earlier(self.root, worker.decided)])
        return list(batch.values())

    def _await_earlier(self, whole: Sidecar) -> None:
        """Let the earlier reports of a committed file join the queue."""
        self.add(waiting_earlier(self.root, whole))

    def _enter(self, committed: list[tuple[Sidecar, str]]) -> None:
        self._attempt(lambda: self.index_writer.enter(committed))

    def _attempt(self, entering: Callable[[], None]) -> None:
        try:
            entering()
        except sqlite3.OperationalError as error:
            self.rest([], f"the index cannot be written: {error}")
        except OSError as error:
            self.rest([], f"the outbox cannot be written: {in_words(error)}")

    def _bury(self, worker: Worker) -> None:
        """Replace a dead worker: what it was committing is recovered, the item it was reading gets the blame."""
        blamed, phase = worker.task, worker.phase
        exit_code = end(worker)
        self.workers[self.workers.index(worker)] = start_worker(self.root, self.settings)
        if phase == "committing":
            # No item's fault; without a pause, a machine that kills every worker would be kept busy starting them.
            self.rest(self._recover(worker), f"a worker ended with exit code {exit_code} while it wrote verdicts")
            return
        innocent = [task.name for task in worker.tasks if task is not blamed]
        self.waiting.extendleft(reversed(innocent))
        if blamed:
            self._note_failure(blamed.name, f"The worker process ended with exit code {exit_code}.")

    def _note_failure(self, name: str, traceback: str, *, too_much: bool = False) -> None:
        failures = self._failures.note(name, traceback, too_much=too_much)
        log.warning("Attempt %d on %s failed: %s", failures, shown_path(name), _last_line(traceback))
        if failures > ATTEMPTS_MAX:
            self.rest([name], f"even rejecting {shown_path(name)} fails, see the lines above")
        elif name not in self.waiting:
            self.waiting.appendleft(name)

    def rest(self, names: list[str], sentence: str) -> None:
        """Pause after trouble with the machine; `names` go to the end of the queue and are tried one by one."""
        if self.trouble != sentence:
            log.error("Waiting, because the disk or the machine fails: %s. Nothing is lost.", sentence)
        self.trouble = sentence
        self._paused_until = monotonic() + PAUSE_S
        self._failures.separate(names)
        self.waiting.extend(names)

    def _say_recovered(self) -> None:
        log.warning("The trouble is over; going on.")
        self.trouble = None

    def _leave(self, name: str) -> None:
        self.known.discard(name)
        self._failures.forget(name)


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1] if lines else text
