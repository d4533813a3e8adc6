"""The other names of a camera: an ID whose files belong to it from now on, added and taken away on its page."""

from flask import Blueprint, abort, flash, request
from werkzeug.wrappers import Response

from ingest.fleet.other_names import real_name, real_names
from ingest.index.spellings import spelling_in
from ingest.spool.assignments import Assignment, assignments_in, with_assignment, without_assignment
from ingest.spool.camera_ids import camera_id_from
from ingest.spool.camera_records import read_camera_record
from ingest.spool.json_text import parse_json
from ingest.spool.known_cameras import KnownCameras
from ingest.spool.names import is_camera_id, one_line
from ingest.vocabulary import AWAITING_SITE
from webadmin.cameras.views_camera_record import UNREGISTERED, record_to_change, release, save, to_camera
from webadmin.context import context

pages = Blueprint("other_names", __name__)


@pages.post("/cameras/<camera_id>/other-names")
def add(camera_id: str) -> Response:
    """Let the files of another ID be this camera's from now on, and try again what of them waits."""
    if not is_camera_id(camera_id):
        abort(404)
    typed = request.form.get("other", "").strip()
    other = spelled(typed)
    if problem := _problem(camera_id, typed, other):
        flash(f"Not added: {problem}", "bad")
    elif other:
        before = real_name(other, read_camera_record(context().root, other))
        if save(other, with_assignment(record_to_change(other), Assignment(camera_id))):
            if before not in (None, camera_id):
                flash(f"{other} was another name of {before} until now.", "wait")
            release(other, (*UNREGISTERED, *AWAITING_SITE))
    return to_camera(camera_id)


@pages.post("/cameras/<camera_id>/other-names/remove")
def remove(camera_id: str) -> Response:
    """Take an assignment out of the record that it stands in."""
    of = request.form.get("of", "")
    if not is_camera_id(camera_id) or not is_camera_id(of):
        abort(404)
    save(of, without_assignment(record_to_change(of), _entry(request.form.get("entry", ""))))
    return to_camera(camera_id)


def _entry(text: str) -> Assignment:
    """Return the assignment that a page has put into its form, or end the request."""
    try:
        (entry,) = assignments_in({"assignments": [parse_json(text)]})
    except ValueError:
        abort(400)
    return entry


def spelled(typed: str) -> str | None:
    """Return the ID that a person means, as the gateway spells it; None where it is none."""
    root, camera_id = context().root, camera_id_from(typed)
    if camera_id is None:
        return None
    camera_id = KnownCameras(root).spelling(camera_id)
    if read_camera_record(root, camera_id) is not None or (root / "accepted" / camera_id).is_dir():
        return camera_id
    with context().index() as index:
        return spelling_in(index, camera_id) or camera_id


def _problem(camera_id: str, typed: str, other: str | None) -> str:
    if other is None:
        return f"“{one_line(typed, 60)}” can be no camera ID; expected letters and digits, or a name made of them."
    if other == camera_id:
        return f"{other} is this camera already."
    if other in real_names(camera_id, context().camera_records.all(context().root)):
        return f"{camera_id} is another name of {other}. Take that away first."
    return ""
