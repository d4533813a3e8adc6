"""The traffic lights: measured in the background, so that a page never waits, and red when not measured lately."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock, Thread
from time import monotonic
from typing import Any

log = logging.getLogger("camspool")

FRESH_S = 4.0
STALE_S = 60.0
FIRST_PATIENCE_S = 3.0

TITLES = {
    "watcher": "Watcher",
    "queue": "Queue",
    "disk": "Disk",
    "uploads": "Uploads",
    "ftps": "FTPS, explicit TLS",
    "ftps-implicit": "FTPS, implicit TLS",
    "certificate": "Certificate",
    "audit": "Audit",
    "timers": "By the clock",
    "services": "Services",
    "backup": "Backup",
    "outbox": "Deliveries",
    "alerts": "Alerts",
    "ping": "Ping",
    "contact": "Last contact",
}


@dataclass
class Lights:
    """The last measurement of this process. `measure` is `ingest.upkeep.status.read_status` with its settings."""

    measure: Callable[[], dict[str, Any]]
    _parts: list[dict[str, Any]] = field(default_factory=list)
    _measured_at: float = -1e9
    _lock: Lock = field(default_factory=Lock)

    def parts(self) -> list[dict[str, Any]]:
        """Return every part with name, state, sentence and figures; what is too old to believe is bad."""
        if monotonic() - self._measured_at > FRESH_S and self._lock.acquire(blocking=False):
            worker = Thread(target=self._measure, name="lights", daemon=True)
            worker.start()
            if monotonic() - self._measured_at > STALE_S:
                worker.join(FIRST_PATIENCE_S)
        if monotonic() - self._measured_at > STALE_S:
            return [_unmeasured(name) for name in TITLES]
        return self._parts

    def _measure(self) -> None:
        try:
            measured = self.measure()["parts"]
            names = {part["name"] for part in measured}
            self._parts = measured + [_unmeasured(name) for name in TITLES if name not in names]
            self._measured_at = monotonic()
        except Exception:
            log.exception("The parts of the gateway could not be measured")
        finally:
            self._lock.release()


def _unmeasured(name: str) -> dict[str, Any]:
    return {"name": name, "state": "bad", "sentence": "This could not be measured.", "figures": {}}
