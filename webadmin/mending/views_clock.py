"""The page of one camera's clock: when it was wrong and how, proposed or said by a person, and taken back."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ingest.fleet.clock_faults import USUAL, fault_words
from ingest.fleet.codes import files_words
from ingest.requests.answers import Answer
from ingest.requests.clock_spans import photos_of
from ingest.requests.undoing import can_be_undone
from ingest.spool.camera_records import read_camera_record, zone_in
from ingest.spool.clock_spans import ClockFault, ClockSpan, clock_spans_in, fault_entry
from webadmin.asking import answer_to, tell_answer
from webadmin.cameras.views_camera import found_camera
from webadmin.context import context
from webadmin.mending.asked import WHY_MAX_CHARACTERS, AskedError, fault_text, read_fault, read_moment
from webadmin.mending.proposed_spans import proposed_spans

pages = Blueprint("clock", __name__)

_UNITS_S = {"days": 86400, "hours": 3600, "minutes": 60}
_DIGITS_MAX = 5


@pages.get("/cameras/<camera_id>/clock")
def clock(camera_id: str) -> Any:
    """Show when the clock of a camera was wrong, as the gateway has measured it and as people have said."""
    here = context()
    record = read_camera_record(here.root, camera_id)
    with here.index() as index:
        camera = found_camera(index, camera_id)
        zone = zone_in(record) or here.settings.zone
        proposed = proposed_spans(photos_of(index, camera_id), zone)
    return render_template(
        "mending/clock.html",
        camera=camera,
        zone=zone.key,
        proposed=proposed,
        spans=[(span, fault_words(span.fault)) for span in reversed(clock_spans_in(record))],
        usual=[(fault_text(fault), fault_words(fault)) for fault in USUAL],
    )


@pages.post("/cameras/<camera_id>/clock")
def mend(camera_id: str) -> Response:
    """Have the times of what a camera took in a span mended, also of what comes later."""
    with context().index() as index:
        found_camera(index, camera_id)
    try:
        words = read_span(request.form)
    except AskedError as error:
        flash(str(error), "bad")
    else:
        _tell(answer_to("mend_clock", camera_id=camera_id, **words))
    return redirect(url_for("clock.clock", camera_id=camera_id))


@pages.post("/cameras/<camera_id>/clock/take-back")
def take_back(camera_id: str) -> Response:
    """Take a span back: the times are what the clock said."""
    at = request.form.get("at", "")
    if not any(span.at == at for span in _spans(camera_id)):
        abort(404)
    _tell(answer_to("undo_clock", camera_id=camera_id, span=at))
    return redirect(url_for("clock.clock", camera_id=camera_id))


def read_span(form: Mapping[str, str]) -> dict[str, Any]:
    """Return the words of a request to mend a clock that a form says. Raise AskedError.

    >>> read_span({"fault": "behind_s:3600", "from": "2026-04-01T00:00", "until": ""})
    {'fault': {'behind_s': 3600}, 'from': '2026-04-01T00:00:00', 'until': None, 'why': ''}
    """
    fault = _fault(form)
    start, end = (form.get(key, "").strip() for key in ("from", "until"))
    if not start:
        raise AskedError("Say from when on the clock was wrong, by the right time.")
    told = {
        "from": read_moment(start, "start").isoformat(),
        "until": read_moment(end, "end").isoformat() if end else None,
    }
    if told["until"] and told["until"] <= (told["from"] or ""):
        raise AskedError("The end must be after the start.")
    return {"fault": fault_entry(fault), **told, "why": form.get("why", "").strip()[:WHY_MAX_CHARACTERS]}


def _fault(form: Mapping[str, str]) -> ClockFault:
    if chosen := form.get("fault", ""):
        if fault := read_fault(chosen):
            return fault
        raise AskedError("How the clock was wrong was not understood. Choose it again.")
    sizes = {unit: form.get(unit, "").strip() or "0" for unit in _UNITS_S}
    if not all(text.isascii() and text.isdecimal() and len(text) <= _DIGITS_MAX for text in sizes.values()):
        raise AskedError("By how much the clock was wrong was not understood; write days, hours and minutes in digits.")
    seconds = sum(int(text) * _UNITS_S[unit] for unit, text in sizes.items())
    if not seconds:
        raise AskedError("Say by how much the clock was wrong.")
    return ClockFault(behind_s=-seconds if form.get("side") == "ahead" else seconds)


def _spans(camera_id: str) -> tuple[ClockSpan, ...]:
    with context().index() as index:
        found_camera(index, camera_id)
    return clock_spans_in(read_camera_record(context().root, camera_id))


def _tell(answer: Answer) -> None:
    """Say how it ended: how many photos have another time now."""
    photos = sum(result.get("outcome") == "corrected" for result in answer.results)
    if answer.done_at is None or answer.refused:
        tell_answer(answer)
    elif answer.request.get("action") == "mend_clock":
        flash(f"The times of {files_words(photos)} are mended. What else comes of that time is mended as well.", "good")
    else:
        flash(
            f"Taken back. {files_words(photos).capitalize()} {'has' if photos == 1 else 'have'} the time that the "
            "clock said.",
            "good",
        )
    if can_be_undone(answer):
        flash(answer.id, "undo")
