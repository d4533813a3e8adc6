"""The outbox service: a courier for each target, each in a thread of its own, so that none waits for another."""

import logging
import os
import socket
from datetime import UTC, datetime
from multiprocessing.connection import wait
from threading import Event, Thread
from time import monotonic

from ingest import VERSION
from ingest.errors import CamspoolError, in_words
from ingest.outbox.alive import give_sign
from ingest.outbox.answers import Job
from ingest.outbox.courier import Courier
from ingest.outbox.kinds import KINDS
from ingest.outbox.ping import ping_on
from ingest.settings.targets import Target
from ingest.settings.values import Settings
from ingest.spool.outbox import marked_ids, prepare_target, target_lock
from ingest.watching.heartbeat import notify
from ingest.watching.stop_signals import stop_signals

log = logging.getLogger("camspool")

BEAT_S = 2.0
TROUBLE_S = 5.0
STOP_S = 20.0
"""So long couriers may take to stop; what one of them was carrying then goes again."""


def gateway_name(settings: Settings) -> str:
    """Return this gateway's name: as it is set, or the machine's own host name.

    A host name is letters, digits, dots and hyphens (hostname(7)), so it can be a folder's name.
    """
    return settings.gateway or socket.gethostname()


def serve(settings: Settings) -> int:
    """Carry what waits to every target until SIGTERM or SIGINT. Return 1 when a courier has ended by itself."""
    stopping, started_at = Event(), datetime.now(UTC)
    with stop_signals() as stopped:
        couriers = [_start(settings, target, stopping) for target in settings.targets]
        if settings.ping.is_set:
            Thread(target=ping_on, args=(settings, stopping), name="ping", daemon=True).start()
        notify("READY=1")
        log.info("Carrying items to %d targets.", len(couriers))
        while all(courier.is_alive() for courier in couriers):
            notify("WATCHDOG=1")
            give_sign(settings.root, os.getpid(), VERSION, started_at)
            if wait([stopped], BEAT_S):
                break
        died = [courier.name for courier in couriers if not courier.is_alive()]
        stopping.set()
        deadline = monotonic() + STOP_S
        for courier in couriers:
            courier.join(max(0.0, deadline - monotonic()))
    for name in died:
        log.error("The courier of %s has ended.", name)
    return 1 if died else 0


def carry_once(settings: Settings, target: Target) -> int:
    """Take all that waits for one target and can go now; return how many items still wait.

    Raise CamspoolError where somebody else carries for this target.
    """
    prepare_target(settings.root, target.name)
    with target_lock(settings.root, target.name) as is_ours:
        if not is_ours:
            raise CamspoolError(f"The outbox service carries what waits for {target.name} already.")
        courier = Courier(Job(settings.root, gateway_name(settings), target), KINDS[target.kind])
        while courier.turn() == 0.0:
            continue
    return len(marked_ids(settings.root, target.name))


def _start(settings: Settings, target: Target, stopping: Event) -> Thread:
    job = Job(settings.root, gateway_name(settings), target, stopping.is_set)
    thread = Thread(target=_run, args=(job, stopping), name=target.name, daemon=True)
    thread.start()
    return thread


def _run(job: Job, stopping: Event) -> None:
    while not stopping.is_set():
        try:
            prepare_target(job.root, job.target.name)
            with target_lock(job.root, job.target.name) as is_ours:
                if is_ours:
                    _carry(Courier(job, KINDS[job.target.kind]), stopping)
        except OSError as error:
            log.error("The outbox of %s cannot be used now: %s. Nothing is lost.", job.target.name, in_words(error))
        stopping.wait(TROUBLE_S)


def _carry(courier: Courier, stopping: Event) -> None:
    """Let a courier work until the service stops. A full or failing disk does not end it: it knows what it has sent."""
    said = ""
    while not stopping.is_set():
        try:
            pause_s = courier.turn()
            said = ""
        except OSError as error:
            pause_s = TROUBLE_S
            if in_words(error) != said:
                said = in_words(error)
                log.error("The outbox of %s cannot be written now: %s. Nothing is lost.", courier.name, said)
        stopping.wait(pause_s)
