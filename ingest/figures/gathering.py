"""Reads what figures are made of: status, the index, the connections of today, the incidents that are open."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

from ingest import VERSION
from ingest.connections.store import record_lines
from ingest.errors import CamspoolError
from ingest.figures.knowledge import CameraFigures, Knowledge
from ingest.fleet.camera_records import CameraRecords
from ingest.fleet.cameras import read_fleet
from ingest.index.store import read_index
from ingest.settings.values import Settings
from ingest.spool.incidents import open_incidents
from ingest.upkeep.status import read_status

_OUTCOMES: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("refused log-in", lambda line: '"logins_refused": []' not in line),
    ("failed transfer", lambda line: '"outcome": "failed"' in line or '"outcome": "unfinished"' in line),
    ("complete", lambda line: '"outcome": "complete"' in line),
    ("nothing", lambda line: True),
)
"""What came of a connection: the first of these that its record shows. Told without parsing: there may be tens of
thousands a day, and a scrape every few seconds."""


def know(settings: Settings, now: datetime | None = None) -> Knowledge:
    """Return what the gateway knows now. What the index does not tell is left out."""
    now = now or datetime.now(UTC)
    known: dict[str, Any] = {
        "version": VERSION,
        "parts": {part["name"]: part for part in read_status(settings)["parts"]},
        "connections": connections_of(record_lines(settings.root, now.date())),
        "incidents": Counter((one.rule, one.urgency) for one in open_incidents(settings.root)),
    }
    try:
        with closing(read_index(settings.root)) as index:
            known |= _of_index(index, settings, now)
    except (sqlite3.Error, CamspoolError):
        pass  # status says so in its parts
    return Knowledge(**known)


def _of_index(index: sqlite3.Connection, settings: Settings, now: datetime) -> dict[str, Any]:
    days = settings.cameras.silent_after_days
    fleet = read_fleet(index, CameraRecords(), settings.root, now, days, {})
    cameras = [
        CameraFigures(
            one.id, one.state, one.battery_percent, (now - one.contact).total_seconds() if one.contact else None
        )
        for one in sorted(fleet, key=lambda camera: camera.id)
    ]
    rows = index.execute("SELECT verdict, reason, items FROM counts WHERE items > 0")
    return {
        "items": {(row[0], row[1]): row[2] for row in rows},
        "cameras": cameras,
        "attention": Counter(kind for one in fleet for kind in {found.kind for found in one.attention}),
    }


def connections_of(lines: Iterable[str]) -> dict[str, int]:
    """Return how many connections ended how, by the lines of their records."""
    found = dict.fromkeys((outcome for outcome, _ in _OUTCOMES), 0)
    for line in lines:
        found[next(outcome for outcome, is_so in _OUTCOMES if is_so(line))] += 1
    return found
