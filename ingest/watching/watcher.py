"""The watcher: sees what has arrived, lets the queue decide, carries out requests, and says that it lives.

Whatever wakes it, it reads the folders: at start, on every wake-up, and every 60 s regardless.
"""

import logging
import os
import socket
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from math import inf
from multiprocessing.connection import wait
from time import monotonic

from ingest import VERSION
from ingest.connections.closing import close_connections
from ingest.connections.record import ConnectionRecord
from ingest.pipeline import mark_recovered, remember
from ingest.profiles.catalogue import Catalogue, load_catalogue
from ingest.requests.carrying_out import carry_out_all
from ingest.requests.following import follow_camera
from ingest.settings.values import Settings
from ingest.spool.moves import bring_back
from ingest.spool.outbox import prepare_target
from ingest.spool.partials import due_partials
from ingest.spool.patience import Patience
from ingest.spool.recovery import recover
from ingest.spool.stamp import utc_text
from ingest.watching.complaints import Complaints
from ingest.watching.heartbeat import Heartbeat, notify, write_heartbeat
from ingest.watching.kept_index import KeptIndex
from ingest.watching.queue import Queue
from ingest.watching.room import Room
from ingest.watching.scan import profiles_now, take, waiting_names
from ingest.watching.schedule import Schedule
from ingest.watching.starts import note_end, note_start
from ingest.watching.stop_signals import stop_signals
from ingest.watching.wakeup import Wakeups

log = logging.getLogger("camspool")

CLOSING_S, CLOSING_BUDGET_S, CLOSING_REST_S = 2.0, 0.1, 0.2
"""Connections are closed every two seconds; where a tenth of a second is not enough, verdicts have their turn first."""
HEARTBEAT_S = 2.0
RETRY_S = 5.0
PARTIALS_S = 10.0
"""How often partials are looked at: they wait for hours, and there are few."""


class Watcher:
    """State that lives while the watcher runs: what it watches, what waits, and when it last did what."""

    def __init__(self, settings: Settings) -> None:
        self.root, self.settings = settings.root, settings
        note_start(self.root, datetime.now(UTC))
        self.wakeups = Wakeups()
        self.patience = Patience()
        self.catalogue: Catalogue = load_catalogue(settings.profile_folders, None)
        self.stopping = False
        self.started_at = utc_text(datetime.now(UTC))
        self._recover()
        self.queue = Queue(self.root, settings, self.index)
        self._woken = True
        self.complaints = Complaints()
        self.room = Room(self.root, settings.limits.reserve_bytes)
        self._retry_at = inf
        self._schedule = Schedule()
        self._close_at = self._beat_at = self._partials_at = 0.0

    def run(self, *, until_idle: bool = False, after_turn: Callable[[], None] = lambda: None) -> None:
        """Work until stopped, or until everything that had arrived has its verdict; `after_turn` may show how far."""
        notify("READY=1")
        with stop_signals() as stopped:
            while not self.stopping:
                self.turn()
                after_turn()
                if until_idle and self._is_done:
                    break
                self._wait(stopped)
            self._finish_batches()
        note_end(self.root)

    @property
    def index(self) -> sqlite3.Connection:
        """The index, for writing: another one when somebody has deleted cache/."""
        return self._kept_index.connection

    @property
    def _is_done(self) -> bool:
        """Say whether everything that had arrived when we looked has its verdict, and every request its answer."""
        return self.queue.is_idle and not self._woken and self._retry_at == inf and not self.patience.seen

    def turn(self) -> None:
        """Do what there is to do once."""
        now = monotonic()
        if self._scan_is_due(now):
            self._attempt("scan", self._scan)
        self.queue.check_times()
        self.queue.feed(self.catalogue)
        if now >= self._close_at:
            self._close_at = now + CLOSING_S
            self._attempt("closing", self._close_connections)
            self._attempt("index", self._keep_index)
        if self.room.is_due(now):
            self._attempt("room", self._make_room)
        if now >= self._partials_at:
            self._partials_at = now + PARTIALS_S
            self._attempt("partials", self._give_up_partials)
        self._beat()

    def _make_room(self) -> None:
        if self.room.make(self.index, self._beat):
            self._woken = True

    def _give_up_partials(self) -> None:
        """Let what waits in partial/ for too long have its verdict: it is all that there will be."""
        for partial in due_partials(self.root, self.settings.limits.partial_hours, datetime.now(UTC)):
            with suppress(FileNotFoundError):
                bring_back(self.root, partial)
            self._woken = True

    def _recover(self) -> None:
        """Bring what a crash left to a legal state, and tell the index what it missed."""
        for target in self.settings.targets:
            prepare_target(self.root, target.name)
        committed = recover(self.root)
        mark_recovered(self.root, committed, self.settings.targets)
        self._kept_index = KeptIndex(self.root)
        remember(self.root, self.index, committed)

    def _keep_index(self) -> None:
        if self._kept_index.keep(self._beat):
            self.queue.index_writer.use(self.index)

    def _scan_is_due(self, now: float) -> bool:
        arriving, busy = bool(self.patience.arriving or self.patience.unwatched), bool(self.queue.waiting)
        return now >= self._retry_at or self._schedule.is_due(now, woken=self._woken, arriving=arriving, busy=busy)

    def _scan(self) -> None:
        """Read the folders: take what is finished, adopt what was put down by hand, see what is asked."""
        began = monotonic()
        self.wakeups.drain()
        self._woken, self._retry_at = False, inf
        taken = 0
        try:
            taken = self._take()
            self.catalogue = profiles_now(self.settings, self.catalogue)
            self.queue.add(waiting_names(self.root, self.queue.known))
            if carry_out_all(self.root, self.index, self._beat, self.settings):
                self._woken = True
        finally:
            self._schedule.note_scan(began, taken)

    def _close_connections(self) -> None:
        met = Patience()
        is_late = close_connections(self.root, self.queue.known, CLOSING_BUDGET_S, met.set_aside, self._follow)
        self.complaints.name_out_of_reach("closing", met.out_of_reach)
        if is_late:
            self._close_at = monotonic() + CLOSING_REST_S

    def _follow(self, record: ConnectionRecord) -> None:
        if follow_camera(self.root, self.index, record):
            self._woken = True

    def _attempt(self, name: str, step: Callable[[], None]) -> None:
        if not self.complaints.attempt(name, step):
            self._retry_at = monotonic() + RETRY_S

    def _take(self) -> int:
        taken, is_all = take(self.root, self.queue.known, self.patience, self.wakeups)
        self._woken = self._woken or not is_all
        self.complaints.name_out_of_reach("scan", self.patience.out_of_reach, is_all=is_all)
        return taken

    def _beat(self) -> None:
        """Say that we live; not when a worker has been silent for so long that something must be wrong."""
        now = monotonic()
        if now - self._beat_at < HEARTBEAT_S or self.queue.is_stuck(now):
            return
        self._beat_at = now
        notify("WATCHDOG=1")
        write_heartbeat(self.root, self._heartbeat())

    def _heartbeat(self) -> Heartbeat:
        waiting, tally = self.queue.known, self.queue.index_writer.tally
        return Heartbeat(
            pid=os.getpid(),
            version=VERSION,
            started_at=self.started_at,
            at=utc_text(datetime.now(UTC)),
            waiting=len(waiting),
            arriving=self.patience.arriving,
            oldest=min(waiting).partition("~")[0] if waiting else None,
            decided=tally.decided,
            trouble=self.queue.trouble or self.complaints.trouble,
            broken_profiles=self.catalogue.complaints,
            out_of_reach=self.complaints.out_of_reach,
            verdicts=dict(tally.verdicts),
            verdict_slots=list(tally.slots),
            verdict_sum_s=tally.sum_s,
        )

    def _wait(self, stopped: socket.socket) -> None:
        pipes = {worker.pipe.fileno(): worker for worker in self.queue.workers}
        awaited = [*pipes, stopped.fileno(), *([] if self._woken else [self.wakeups.fileno()])]
        for source in wait(awaited, self._timeout_s()):
            if source == stopped.fileno():
                self.stopping = True
            elif source == self.wakeups.fileno():
                self._woken = True
            else:
                self.queue.listen(pipes[int(source)])  # type: ignore[arg-type]

    def _timeout_s(self) -> float:
        longest_s = min(HEARTBEAT_S, self.settings.limits.file_seconds / 4)
        if self._woken:
            pause_left_s = self._schedule.pause_left_s(monotonic(), busy=bool(self.queue.waiting))
            return max(0.0, min(pause_left_s, longest_s))
        if self.queue.can_feed:
            return self.queue.pause_left_s()
        return min(max(0.0, self._close_at - monotonic()), longest_s)

    def _finish_batches(self) -> None:
        """Let the workers finish what they have begun; killing them would be safe, only slower at the next start."""
        deadline = monotonic() + self.settings.limits.file_seconds
        while self.queue.is_working and monotonic() < deadline:
            pipes = {worker.pipe.fileno(): worker for worker in self.queue.workers}
            for source in wait(list(pipes), 0.5):
                self.queue.listen(pipes[int(source)])  # type: ignore[arg-type]

    def close(self) -> None:
        """End the workers and give everything back."""
        self.queue.close()
        self.wakeups.close()
        self._kept_index.close()
