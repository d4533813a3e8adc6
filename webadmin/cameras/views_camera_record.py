"""What an admin writes about a camera: its name, notes and tags, its time zone, and whether it is registered."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from ingest.spool.camera_records import read_camera_record, tags_from, wrong_zone
from ingest.spool.names import is_camera_id
from webadmin.asking import answer_to
from webadmin.context import context
from webadmin.files.actions import carry_out
from webadmin.files.listing import all_ids
from webadmin.files.selection import Selection

pages = Blueprint("camera_record", __name__)

NOTES_MAX_CHARACTERS = 4000
RELEASED_MAX = 100_000
UNREGISTERED = ("unknown_camera",)


@pages.post("/cameras/<camera_id>/edit")
def edit(camera_id: str) -> Any:
    """Have the camera's record written: name, notes, tags, time zone, whether it is registered."""
    here = context()
    if not is_camera_id(camera_id):
        abort(404)
    record = dict(read_camera_record(here.root, camera_id) or {})
    was_registered = _is_registered(record)
    record |= {
        "name": request.form.get("name", "").strip()[:100],
        "notes": request.form.get("notes", "").strip()[:NOTES_MAX_CHARACTERS],
        "registered": request.form.get("registered") == "1",
    }
    if "tags" in request.form:
        record["tags"] = list(tags_from(request.form["tags"]))
    if problem := _set_zone(record, request.form.get("zone")):
        flash(f"Not saved: {problem}", "bad")
    elif save(camera_id, record) and record["registered"] and not was_registered:
        release(camera_id, UNREGISTERED)
    return to_camera(camera_id)


def _set_zone(record: dict[str, Any], typed: str | None) -> str:
    """Put the time zone that a person typed into a record, none where the field is empty; say what is wrong with it."""
    if typed is None:
        return ""
    record.pop("zone", None)
    if zone := typed.strip():
        record["zone"] = zone
    return wrong_zone(record)


@pages.post("/cameras/<camera_id>/register")
def register(camera_id: str) -> Any:
    """Register the camera, and try again what was rejected only because it was not registered."""
    if not is_camera_id(camera_id):
        abort(404)
    record = dict(read_camera_record(context().root, camera_id) or {})
    if not _is_registered(record):
        save(camera_id, record | {"registered": True})
        release(camera_id, UNREGISTERED)
    return to_camera(camera_id)


def _is_registered(record: dict[str, Any]) -> bool:
    return bool(record) and record.get("registered", True) is True


def to_camera(camera_id: str) -> Response:
    """Return the way back to the camera's page."""
    return redirect(url_for("camera.camera", camera_id=camera_id))


def record_to_change(camera_id: str) -> dict[str, Any]:
    """Return a camera's record, to which something is added that registers nobody; end the request for no camera ID."""
    if not is_camera_id(camera_id):
        abort(404)
    return dict(read_camera_record(context().root, camera_id) or {"registered": False})


def save(camera_id: str, record: dict[str, Any]) -> bool:
    """Have a camera's record written, and tell the person how that went; False when it was refused."""
    answer = answer_to("edit_camera", camera_id=camera_id, record=record)
    if answer.refused:
        flash(f"Not saved: {answer.refused[0].get('message')}", "bad")
    elif answer.done_at is None:
        flash("The watcher has not answered yet; the record is saved as soon as it does.", "wait")
    else:
        flash("Saved.", "good")
    return not answer.refused


def release(camera_id: str, reasons: Iterable[str]) -> None:
    """Try again what was rejected for want of what the camera's record says now."""
    here = context()
    ids: list[str] = []
    with here.index() as index:
        for reason in reasons:
            waiting = Selection(reason=reason, camera=camera_id)
            ids += all_ids(index, waiting, here.settings.zone, 2**62, RELEASED_MAX)
    if ids:
        carry_out(here.root, "requeue", ids)
