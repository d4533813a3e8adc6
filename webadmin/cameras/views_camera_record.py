"""What an admin writes about a camera: its name, notes and position, and whether it is registered."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from ingest.requests.answers import wait_for
from ingest.requests.writing import ask
from ingest.spool.camera_records import read_camera_record
from ingest.spool.names import is_camera_id
from webadmin.cameras.views_camera import found_camera
from webadmin.context import context
from webadmin.files.actions import carry_out
from webadmin.files.listing import all_ids
from webadmin.files.selection import Selection

pages = Blueprint("camera_record", __name__)

NOTES_MAX_CHARACTERS = 4000
RELEASED_MAX = 100_000


@pages.post("/cameras/<camera_id>/edit")
def edit(camera_id: str) -> Any:
    """Have the camera's record written: name, notes, where it stands, whether it is registered."""
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
    try:
        _set_position(record, request.form.get("position", ""))
    except ValueError:
        flash("The position was not understood and stays as it was: write it as 52.09877, 5.12534.", "bad")
    _save(camera_id, record)
    if record["registered"] and not was_registered:
        _release(camera_id)
    return _to_camera(camera_id)


@pages.post("/cameras/<camera_id>/register")
def register(camera_id: str) -> Any:
    """Register the camera, and try again what was rejected only because it was not registered."""
    if not is_camera_id(camera_id):
        abort(404)
    record = dict(read_camera_record(context().root, camera_id) or {})
    if not _is_registered(record):
        _save(camera_id, record | {"registered": True})
        _release(camera_id)
    return _to_camera(camera_id)


def _is_registered(record: dict[str, Any]) -> bool:
    return bool(record) and record.get("registered", True) is True


def _to_camera(camera_id: str) -> Response:
    return redirect(url_for("camera.camera", camera_id=camera_id))


def _set_position(record: dict[str, Any], text: str) -> None:
    """Write a position into a record; empty text takes it away. Raise ValueError when it is none: the old one stays."""
    if not text.strip():
        record.pop("latitude", None)
        record.pop("longitude", None)
        return
    latitude, longitude = (float(part) for part in text.replace(",", " ").split())
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(text)
    record["latitude"], record["longitude"] = latitude, longitude


def _save(camera_id: str, record: dict[str, Any]) -> None:
    here = context()
    request_id = ask(here.root, "edit_camera", current_user.name, camera_id=camera_id, record=record)
    for answer in wait_for(here.root, [request_id]):
        if answer.done_at is None:
            flash("The watcher has not answered yet; the record is saved as soon as it does.", "wait")
        elif answer.refused:
            flash(f"Not saved: {answer.refused[0].get('message')}", "bad")
        else:
            flash("Saved.", "good")


def _release(camera_id: str) -> None:
    """Try again what was rejected only because the camera was not registered."""
    here = context()
    with here.index() as index:
        waiting = Selection(reason="unknown_camera", camera=camera_id)
        ids = list(all_ids(index, waiting, here.settings.zone, 2**62, RELEASED_MAX))
    if ids:
        carry_out(here.root, "requeue", ids)


@pages.post("/cameras/<camera_id>/accept-position")
def accept_position(camera_id: str) -> Any:
    """Write down that the camera stands where its last photos say."""
    here = context()
    with here.index() as index:
        found = found_camera(index, camera_id)
    if found.position:
        record = dict(read_camera_record(here.root, camera_id) or {"registered": False})
        record["latitude"], record["longitude"] = found.position
        _save(camera_id, record)
    return _to_camera(camera_id)
