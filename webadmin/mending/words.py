"""Corrections in words: what a request asked for, and what holds for a file instead of what was read. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingest.fleet.clock_faults import fault_words
from ingest.requests.wanted import THE_CAMERAS
from ingest.spool.clock_spans import fault_in
from ingest.spool.corrections import CORRECTABLE, correction_of
from ingest.spool.sidecar import Sidecar
from ingest.verdict.right_time import is_of_span
from webadmin.wording import time_words

_TITLES = {"camera_id": "camera", "captured_at": "time", "location": "position"}


@dataclass(frozen=True)
class Corrected:
    """What a person says of a file instead of what was read (`was`), who, when (UTC text) and why; `is_span`: it was
    said of all that the camera took in some time."""

    what: str
    title: str
    now: str
    was: str
    by: str
    at: str
    why: str
    is_span: bool = False


def corrected_of(sidecar: Sidecar | None) -> dict[str, Corrected]:
    """Return what of a file was corrected, by the names of its values."""
    found: dict[str, Corrected] = {}
    for what in sorted(CORRECTABLE) if sidecar else ():
        if sidecar and (note := correction_of(sidecar, what)):
            told = value_words(what, note.value), value_words(what, note.was)
            found[what] = Corrected(what, _TITLES[what], *told, note.by, note.at, note.why, is_of_span(note))
    return found


def request_words(request: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a request wants to hold, one sentence part for each value; nothing for one that corrects nothing.

    >>> request_words({"action": "correct", "what": "camera_id", "value": "OAK"})
    ('camera OAK',)
    >>> request_words({"action": "mend_clock", "fault": {"behind_s": 3600}, "from": "2026-04-01T00:00:00"})
    ('clock wrong: 1 h behind (daylight saving time), from 2026-04-01 00:00:00 until now',)
    """
    if request.get("action") == "mend_clock" and (fault := fault_in(request.get("fault"))):
        start, end = (str(request.get(key) or "now").replace("T", " ") for key in ("from", "until"))
        return (f"clock wrong: {fault_words(fault)}, from {start} until {end}",)
    if request.get("action") != "correct":
        return ()
    values = request.get("values")
    asked = values if isinstance(values, Mapping) else {request.get("what"): request.get("value")}
    return tuple(f"{_TITLES[what]} {value_words(what, asked[what])}" for what in sorted(CORRECTABLE & asked.keys()))


def value_words(what: str, value: Any) -> str:
    """Return the value of a note or of a request in words.

    >>> value_words("location", {"latitude": 52.1, "longitude": 5, "site": "Gate"}), value_words("captured_at", None)
    ('52.10000, 5.00000 (Gate)', 'as it was read')
    """
    if value is None:
        return "as it was read"
    if what == "location" and isinstance(value, Mapping):
        place = f"{float(value.get('latitude', 0)):.5f}, {float(value.get('longitude', 0)):.5f}"
        return f"{place} ({value['site']})" if value.get("site") else place
    if what == "location" and value == THE_CAMERAS:
        return "where the camera stood"
    if what == "captured_at" and (fault := fault_in(value)):
        return f"mended: its clock was wrong, {fault_words(fault)}"
    moment = value.get("captured_at") if isinstance(value, Mapping) else value
    return time_words(str(moment)) if what == "captured_at" else str(value)
