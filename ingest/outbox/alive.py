"""The outbox service's sign of life, `outbox/.service.json`: it has no other way to say that it runs."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from ingest.spool.json_text import parse_json
from ingest.spool.outbox import OUTBOX
from ingest.spool.stamp import utc_text

FILE = Path(OUTBOX) / ".service.json"


@dataclass(frozen=True)
class Sign:
    """Which process carries items, of which version, since when, and when it said so last (UTC text)."""

    pid: int
    version: str
    started_at: str
    at: str


def give_sign(root: Path, pid: int, version: str, started_at: datetime) -> None:
    """Say that the service lives. A full disk must not stop it here."""
    file = root / FILE
    aside = file.with_suffix(".new")
    with suppress(OSError):
        sign = Sign(pid, version, utc_text(started_at), utc_text(datetime.now(UTC)))
        aside.write_text(json.dumps(asdict(sign)), "utf-8")
        aside.replace(file)


def last_sign(root: Path) -> Sign | None:
    """Return the service's last sign of life; None when there is none that can be read."""
    try:
        return Sign(**parse_json((root / FILE).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
