"""When a camera was carried about, as its record says: what it saw on the way does not mean that it has moved. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ingest.spool.sites import Record, local_moment

_KEY = "carried"


@dataclass(frozen=True)
class Carried:
    """From `start` until `end`, both included and in its local time, a camera was not at its site; who says so, when
    (UTC text)."""

    start: datetime
    end: datetime
    by: str = ""
    at: str = ""

    def holds(self, when: datetime) -> bool:
        """Say whether the camera was on its way at a moment of its local time."""
        return self.start <= when <= self.end


def carried_in(record: Record | None) -> tuple[Carried, ...]:
    """Return when a camera was carried, in the order of its entry; what cannot be read is passed over."""
    listed = (record or {}).get(_KEY)
    found = [_read(one) for one in listed] if isinstance(listed, list) else []
    return tuple(one for one in found if one)


def with_carried(record: Record, carried: Carried) -> dict[str, Any]:
    """Return the record with one time more; one that began at the same moment is replaced.

    >>> with_carried({}, Carried(datetime(2026, 4, 1, 9), datetime(2026, 4, 1, 10)))["carried"][0]["until"]
    '2026-04-01T10:00:00'
    """
    kept = [one for one in carried_in(record) if one.start != carried.start]
    return {**record, _KEY: [_entry(one) for one in (*kept, carried)]}


def without_carried(record: Record, start: datetime) -> dict[str, Any]:
    """Return the record without the time that begins then."""
    kept = [_entry(one) for one in carried_in(record) if one.start != start]
    rest = {key: value for key, value in record.items() if key != _KEY}
    return rest | {_KEY: kept} if kept else rest


def _entry(one: Carried) -> dict[str, Any]:
    return {"from": one.start.isoformat(), "until": one.end.isoformat(), "by": one.by, "at": one.at}


def _read(entry: Any) -> Carried | None:
    """Read one entry of a record, which people may have written by hand."""
    if not isinstance(entry, Mapping):
        return None
    try:
        start, end = (local_moment(entry.get(key)) for key in ("from", "until"))
    except (TypeError, ValueError):
        return None
    by, at = (str(entry.get(key) or "") for key in ("by", "at"))
    return Carried(start, end, by, at) if start and end else None
