"""What the alerts keep between two looks: `incidents/.looked.json`. Without it everything is looked at as at first."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from ingest.alerts.rhythm import LEARNED_DAYS, Span, merged
from ingest.spool.durable import replace_file
from ingest.spool.incidents import FOLDER, LOOKED
from ingest.spool.json_text import parse_json
from ingest.spool.stamp import parse_utc, utc_text

ASLEEP = timedelta(minutes=15)
"""Who has not looked for so long was away: the machine was off, or its clock was set."""


@dataclass(frozen=True)
class Memory:
    """When was looked last; since when something is suspected, by its key; when no camera could be heard of, and when
    some could not, by camera; when each rule told something last; for which day the digest was; which incidents have
    something left to tell."""

    looked_at: datetime | None = None
    suspects: Mapping[str, datetime] = field(default_factory=dict)
    away: tuple[Span, ...] = ()
    outages: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    told_at: Mapping[str, datetime] = field(default_factory=dict)
    digest_day: str = ""
    going_on: tuple[str, ...] = ()

    def away_until(self, now: datetime, asleep: timedelta = ASLEEP) -> tuple[Span, ...]:
        """Return when no camera could be heard of, with the time since the last look where that is long ago."""
        if self.looked_at and now - self.looked_at > asleep:
            return (*self.away, (self.looked_at, now))
        return self.away


def recent(spans: tuple[Span, ...], now: datetime) -> tuple[Span, ...]:
    """Return the spans from which rhythms are still learned. One that ends later than now is of a clock that was
    wrong."""
    oldest = now - timedelta(days=LEARNED_DAYS)
    return merged(span for span in spans if oldest < span[1] <= now)


def read_memory(root: Path) -> Memory:
    """Return what was kept; an empty memory when nothing was, or it cannot be read."""
    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
        return _memory_of(parse_json((root / LOOKED).read_bytes()))
    return Memory()


def _memory_of(content: Mapping[str, Any]) -> Memory:
    return Memory(
        parse_utc(content["looked_at"]) if content["looked_at"] else None,
        {key: parse_utc(at) for key, at in content["suspects"].items()},
        _spans_of(content["away"]),
        {camera_id: _spans_of(spans) for camera_id, spans in content["outages"].items()},
        {rule: parse_utc(at) for rule, at in content["told_at"].items()},
        str(content["digest_day"]),
        tuple(str(one) for one in content["going_on"]),
    )


def _spans_of(content: Any) -> tuple[Span, ...]:
    return tuple((parse_utc(since), parse_utc(until)) for since, until in content)


def keep_memory(root: Path, memory: Memory) -> None:
    """Keep it. Raise OSError."""
    told = {
        "looked_at": utc_text(memory.looked_at) if memory.looked_at else None,
        "suspects": {key: utc_text(at) for key, at in memory.suspects.items()},
        "away": _as_text(memory.away),
        "outages": {camera_id: _as_text(spans) for camera_id, spans in memory.outages.items()},
        "told_at": {rule: utc_text(at) for rule, at in memory.told_at.items()},
        "digest_day": memory.digest_day,
        "going_on": memory.going_on,
    }
    (root / FOLDER).mkdir(exist_ok=True)
    replace_file(root / LOOKED, json.dumps(told).encode())


def _as_text(spans: tuple[Span, ...]) -> list[list[str]]:
    return [[utc_text(since), utc_text(until)] for since, until in spans]
