"""The outbox service: a courier for each target, each in a thread of its own, so that none waits for another."""

import logging
import socket
from multiprocessing.connection import wait
from threading import Event, Thread

from ingest.errors import in_words
from ingest.outbox.answers import Job
from ingest.outbox.courier import Courier
from ingest.outbox.kinds import KINDS
from ingest.settings.targets import Target
from ingest.settings.values import Settings
from ingest.watching.heartbeat import notify
from ingest.watching.stop_signals import stop_signals

log = logging.getLogger("camspool")

BEAT_S = 2.0
TROUBLE_S = 5.0


def gateway_name(settings: Settings) -> str:
    """Return this gateway's name: as it is set, or the machine's own host name.

    A host name is letters, digits, dots and hyphens (hostname(7)), so it can be a folder's name.
    """
    return settings.gateway or socket.gethostname()


def serve(settings: Settings) -> int:
    """Carry what waits to every target until SIGTERM or SIGINT. Return 1 when a courier has ended by itself."""
    stopping = Event()
    with stop_signals() as stopped:
        couriers = [_start(settings, target, stopping) for target in settings.targets]
        notify("READY=1")
        log.info("Carrying items to %d targets.", len(couriers))
        while all(courier.is_alive() for courier in couriers):
            notify("WATCHDOG=1")
            if wait([stopped], BEAT_S):
                break
        died = [courier.name for courier in couriers if not courier.is_alive()]
        stopping.set()
        for courier in couriers:
            courier.join()
    for name in died:
        log.error("The courier of %s has ended.", name)
    return 1 if died else 0


def carry_until_empty(settings: Settings, target: Target) -> bool:
    """Take all that waits for one target now; return whether nothing is left that could go at once."""
    courier = Courier(Job(settings.root, gateway_name(settings), target), KINDS[target.kind])
    while courier.turn() == 0.0:
        continue
    return courier.outlook.trouble is None


def _start(settings: Settings, target: Target, stopping: Event) -> Thread:
    job = Job(settings.root, gateway_name(settings), target, stopping.is_set)
    thread = Thread(target=_run, args=(job, stopping), name=target.name, daemon=True)
    thread.start()
    return thread


def _run(job: Job, stopping: Event) -> None:
    courier: Courier | None = None
    while not stopping.is_set():
        try:
            courier = courier or Courier(job, KINDS[job.target.kind])
            pause_s = courier.turn()
        except OSError as error:  # a full or failing disk: what cannot be noted is sent again
            log.error("The outbox of %s cannot be used now: %s. Nothing is lost.", job.target.name, in_words(error))
            pause_s = TROUBLE_S
        stopping.wait(pause_s)
