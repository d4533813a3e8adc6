"""When a photo was taken: by a time that a person typed, or as a span of its camera's record mends its own. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ingest.reading.camera_time import time_text
from ingest.spool.clock_spans import ClockSpan, span_over
from ingest.spool.corrections import last_note
from ingest.spool.sidecar import Correction
from ingest.verdict.clock import to_utc, utc_time_text

TOLERANCE = timedelta(minutes=5)
"""A photo is not taken after its arrival; by so much a mended clock may still be ahead."""


@dataclass(frozen=True)
class Undone:
    """Who took a span back, when (UTC text; empty: nobody did, only now it was seen that it has gone), and why."""

    by: str
    at: str
    why: str = ""


ITSELF = Undone("camspool", "", "Its span does not hold for it any more.")


@dataclass(frozen=True)
class Said:
    """What a camera's clock said of one photo, in local time and in UTC, and when that arrived (UTC).

    `offset` is that of a photo which names its own, None where the local time is in the zone of its camera.
    """

    local: datetime | None
    utc: datetime | None
    received_at: datetime
    offset: timedelta | None = None


def said_in(zone: ZoneInfo, local: datetime | None, utc: datetime | None, received_at: datetime) -> Said:
    """Return what a clock said; `zone` is the one by which it was read where the photo names no offset."""
    if local is None or utc is None:
        return Said(local, utc, received_at)
    offset = local - utc.astimezone(UTC).replace(tzinfo=None)
    usual = (local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    is_own = offset not in usual and abs(offset) < timedelta(days=1)
    return Said(local, utc, received_at, offset if is_own else None)


def time_value(right: datetime, said: Said, zone: ZoneInfo, span: ClockSpan | None = None) -> dict[str, Any] | None:
    """Return a right local time as a note has it, with its moment in UTC; None where the calendar has none.

    It stands in the zone of the camera, or in that which the photo itself has named.
    """
    utc = to_utc(right, said.offset, zone, said.received_at)
    if utc is None:
        return None
    ends = {"from": span.start, "until": span.end} if span else {}
    told = {key: end.isoformat() for key, end in ends.items() if end}
    return {"captured_at": time_text(right), "captured_at_utc": utc_time_text(utc), **told}


def in_span(said: Said, spans: tuple[ClockSpan, ...], zone: ZoneInfo) -> tuple[ClockSpan, dict[str, Any]] | None:
    """Return the span in which a photo was taken, with its right time; None where its clock was right.

    A photo that would have been taken after its arrival is from before the clock went wrong, or from after it was set.
    """
    if said.local is None or (found := span_over(spans, said.local)) is None:
        return None
    span, right = found
    value = time_value(right, said, zone, span)
    if value is None or datetime.fromisoformat(value["captured_at_utc"]) > said.received_at + TOLERANCE:
        return None
    return span, value


def settled_notes(
    notes: Sequence[Correction], said: Said, spans: tuple[ClockSpan, ...], zone: ZoneInfo, undone: Undone = ITSELF
) -> tuple[Correction, ...]:
    """Return the notes on a photo with what its camera's spans add, or say no longer as somebody has `undone` one.

    What a person said of this one photo comes first, and so does that its own time is right, unless a span was entered
    after that.
    """
    own = last_note(notes, "captured_at")
    if own and own.value is None:
        spans = tuple(one for one in spans if one.at > own.at)
    elif own and not is_of_span(own):
        return tuple(notes)
    found = in_span(said, spans, zone)
    held = own.value if own else None
    if found is None:
        return (*notes, _taken_back(own, undone)) if own and held else tuple(notes)
    span, value = found
    if held == value:
        return tuple(notes)
    was = held or time_read(said)
    return (*notes, Correction("captured_at", value, was, span.by, span.at, span.why))


def is_of_span(note: Correction) -> bool:
    """Say whether a note on a time was made for all photos of a span."""
    return isinstance(note.value, dict) and "from" in note.value


def time_read(said: Said) -> dict[str, Any] | None:
    """Return what the camera said as a note has it."""
    if said.local is None:
        return None
    utc = utc_time_text(said.utc) if said.utc else None
    return {"captured_at": time_text(said.local), "captured_at_utc": utc}


def _taken_back(own: Correction, undone: Undone) -> Correction:
    return Correction("captured_at", None, own.value, undone.by, undone.at or own.at, undone.why)
