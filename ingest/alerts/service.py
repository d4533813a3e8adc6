"""The alerts' service: looks once a minute, and at once when a unit fails or somebody asks for a test message."""

import logging
from contextlib import suppress
from datetime import UTC, datetime
from multiprocessing.connection import wait
from time import monotonic

from ingest.alerts.looking import Looked, look
from ingest.alerts.testing import send_test, take_test_request
from ingest.errors import CamspoolError, in_words
from ingest.settings.values import Settings
from ingest.spool.incidents import CALL, FOLDER
from ingest.spool.lock import alone_in
from ingest.spool.status_note import write_status_note
from ingest.upkeep.status import read_status
from ingest.watching.heartbeat import notify
from ingest.watching.stop_signals import stop_signals

log = logging.getLogger("camspool")

LOOK_S, BEAT_S = 60.0, 2.0


def look_once(settings: Settings) -> Looked:
    """Measure the status and look; one at a time. Raise OSError when the spool cannot be written."""
    (settings.root / FOLDER).mkdir(exist_ok=True)
    with alone_in(settings.root / FOLDER):
        parts = read_status(settings)["parts"]
        write_status_note(settings.root, parts, datetime.now(UTC))
        return look(settings, parts)


def watch(settings: Settings) -> int:
    """Look until SIGTERM or SIGINT. A disk that is full or fails does not end it: what was found is found again."""
    with stop_signals() as stopped:
        notify("READY=1")
        log.info("Looking after the gateway and its cameras.")
        due, said = monotonic(), ""
        while not wait([stopped], BEAT_S if due > monotonic() else 0):
            notify("WATCHDOG=1")
            with suppress(OSError):
                if by := take_test_request(settings.root):
                    send_test(settings, by)
            if monotonic() < due and not _is_called(settings):
                continue
            due = monotonic() + LOOK_S
            said = _look(settings, said)
    return 0


def _is_called(settings: Settings) -> bool:
    """Say whether a unit has failed just now, and forget it: systemd has `camspool-failed@.service` say so."""
    try:
        (settings.root / CALL).unlink()
    except OSError:
        return False
    return True


def _look(settings: Settings, said_before: str) -> str:
    """Look; return what is wrong with that, saying it once."""
    try:
        look_once(settings)
    except (OSError, CamspoolError) as error:
        if in_words(error) != said_before:
            log.error("Incidents cannot be written now: %s. Nothing is lost.", in_words(error))
        return in_words(error)
    return ""
