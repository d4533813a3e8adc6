"""Mends the times of what a camera took while its clock was wrong: in its record for what comes, and item by item."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ingest.requests.correcting import Outcome, note_all
from ingest.requests.result import Alive, Result
from ingest.requests.wanted import WHY_MAX_CHARACTERS, Surroundings, at_its_site, said_by
from ingest.requests.whereabouts import surroundings
from ingest.settings.values import Settings
from ingest.spool.camera_records import read_camera_record, write_camera_record
from ingest.spool.clock_spans import ClockSpan, clock_spans_in, fault_in, with_clock_span, without_clock_span
from ingest.spool.corrections import corrected
from ingest.spool.names import is_camera_id, one_line
from ingest.spool.sidecar import Sidecar, changed
from ingest.spool.sites import local_moment
from ingest.spool.stamp import parse_utc
from ingest.verdict.right_time import ITSELF, Undone, in_span, said_in, settled_notes

_PHOTOS = """
SELECT id, coalesce(said_at, captured_at) AS said_at, coalesce(said_utc, captured_at_utc) AS said_utc, received_at,
    profile, corrected, source = 'ftps'
FROM items INDEXED BY items_camera WHERE camera_id = ? AND verdict = ? AND kind = 'image' ORDER BY number
"""


@dataclass(frozen=True)
class Photo:
    """What the index knows of a photo's time: as its clock said it, `is_mended` where a note says another, `is_live`
    where the camera itself sent it.

    Whether that is the time of its camera's zone, it does not know.
    """

    id: str
    local: datetime | None
    utc: datetime | None
    received_at: datetime
    profile: str | None
    is_mended: bool
    is_live: bool


def mend_clock(
    settings: Settings, index: sqlite3.Connection, request_id: str, request: dict[str, Any], alive: Alive
) -> list[Result]:
    """Note that a camera's clock had a fault for a span, and mend what it took then. What arrives later is mended too.

    The record comes first: whatever gets its verdict meanwhile is mended by it.
    """
    camera_id, span = request["camera_id"], _span_in(request)
    if not isinstance(camera_id, str) or not is_camera_id(camera_id):
        return [Result(request_id, "refused", f"{one_line(str(camera_id), 60)} is not a camera ID.")]
    if isinstance(span, str):
        return [Result(camera_id, "refused", span)]
    record = read_camera_record(settings.root, camera_id) or {"registered": False}
    write_camera_record(settings.root, camera_id, with_clock_span(record, span))
    around = surroundings(settings, index)
    ids = [photo.id for photo in photos_of(index, camera_id) if _is_in(photo, span, camera_id, around)]
    outcomes = note_all(settings, index, ids, _settling(settings, around, ITSELF), _said, alive)
    return [Result(camera_id, "saved", "What else comes of that span is mended as well."), *_results(outcomes)]


def take_back_span(
    settings: Settings, index: sqlite3.Connection, request_id: str, request: dict[str, Any], alive: Alive
) -> list[Result]:
    """Take back the `span` of a camera's record that was entered at a moment: also when nobody has its request any
    more."""
    camera_id, entered_at = request["camera_id"], str(request["span"])
    if not isinstance(camera_id, str) or not is_camera_id(camera_id):
        return [Result(request_id, "refused", f"{one_line(str(camera_id), 60)} is not a camera ID.")]
    undone = Undone(*(str(request.get(key) or "") for key in ("by", "at", "why")))
    return undo_clock(settings, index, camera_id, entered_at, undone, alive)


def undo_clock(
    settings: Settings, index: sqlite3.Connection, camera_id: str, at: str, undone: Undone, alive: Alive
) -> list[Result]:
    """Take back a span that was entered at a moment (UTC text), and the times that it gave."""
    record = read_camera_record(settings.root, camera_id) or {}
    if any(span.at == at for span in clock_spans_in(record)):
        write_camera_record(settings.root, camera_id, without_clock_span(record, at))
    around = surroundings(settings, index)
    ids = [photo.id for photo in photos_of(index, camera_id) if photo.is_mended]
    outcomes = note_all(settings, index, ids, _settling(settings, around, undone), _said, alive)
    return [Result(camera_id, "undone", "Its clock is taken to have been right then."), *_results(outcomes)]


def photos_of(index: sqlite3.Connection, camera_id: str) -> Iterator[Photo]:
    """Yield a camera's photos with what their clock said: the accepted ones, then the rejected ones."""
    for verdict in ("accepted", "rejected"):
        for item_id, local, utc, received_at, profile, what, is_live in index.execute(_PHOTOS, (camera_id, verdict)):
            times = local and datetime.fromisoformat(local), utc and parse_utc(utc), parse_utc(received_at)
            yield Photo(item_id, *times, profile, "captured_at" in what.split(), bool(is_live))


def _is_in(photo: Photo, span: ClockSpan, camera_id: str, around: Surroundings) -> bool:
    if photo.local is None or span.mended(photo.local) is None:
        return False
    zone = around.zone(camera_id, photo.profile)
    return in_span(said_in(zone, photo.local, photo.utc, photo.received_at), (span,), zone) is not None


def _settling(settings: Settings, around: Surroundings, undone: Undone) -> Callable[[Sidecar], Sidecar | str]:
    """Return what lets the time of a photo be what the spans in the record of its camera say now."""

    def settle(sidecar: Sidecar) -> Sidecar:
        camera_id = corrected(sidecar).camera_id
        spans = clock_spans_in(read_camera_record(settings.root, camera_id) if camera_id else None)
        zone = around.zone(camera_id, sidecar.profile)
        notes = settled_notes(sidecar.corrections, said_by(sidecar, around), spans, zone, undone)
        if notes == sidecar.corrections:
            return sidecar
        last = notes[-1]
        return at_its_site(changed(sidecar, corrections=notes), around, last.by, last.at, last.why)

    return settle


def _said(sidecar: Sidecar) -> str:
    time = (corrected(sidecar).captured_at or "unknown").replace("T", " ")
    return f"Its time is {time}."


def _results(outcomes: list[Outcome]) -> list[Result]:
    return [Result(*outcome) for outcome in outcomes]


def _span_in(request: dict[str, Any]) -> ClockSpan | str:
    """Return the span that a request names, or say what is wrong with it."""
    fault = fault_in(request.get("fault"))
    if fault is None:
        return "How the clock was wrong is not understood; expected behind_s, behind_years or swapped."
    try:
        start, end = (local_moment(request.get(key)) for key in ("from", "until"))
    except (TypeError, ValueError):
        return "A moment is not understood; expected a local time such as 2026-04-01T14:00."
    if start is None:
        return "It is not said from when on the clock was wrong."
    if end is not None and end <= start:
        return f"The clock cannot have been wrong until {end.isoformat(' ')}: that is not after {start.isoformat(' ')}."
    by, at, why = (str(request.get(key) or "") for key in ("by", "at", "why"))
    return ClockSpan(fault, start, end, by, at, why[:WHY_MAX_CHARACTERS])
