"""Where a camera stands and from when on: its sites are entered, taken away, or read from its own photos."""

from datetime import datetime

from flask import Blueprint, abort, flash, request
from flask_login import current_user
from werkzeug.wrappers import Response

from ingest.fleet.health import Camera
from ingest.reading.location import InvalidLocationError, position_from_text
from ingest.spool.camera_records import zone_in
from ingest.spool.carried import Carried, carried_in, with_carried, without_carried
from ingest.spool.names import one_line
from ingest.spool.sites import Record, Site, sites_in, with_site, without_site
from ingest.spool.stamp import utc_text
from ingest.vocabulary import AWAITING_SITE
from webadmin.cameras.history import read_stay
from webadmin.cameras.views_camera import found_camera
from webadmin.cameras.views_camera_record import record_to_change, release, save, to_camera
from webadmin.context import context
from webadmin.display import page_time

pages = Blueprint("sites", __name__)

NAME_MAX_CHARACTERS = 100


@pages.post("/cameras/<camera_id>/sites")
def enter(camera_id: str) -> Response:
    """Enter a site: its name, its position, and from when on; then try again what waits for a position."""
    record = record_to_change(camera_id)
    try:
        site = read_site(request.form.get("name", ""), request.form.get("position", ""), request.form.get("from", ""))
    except InvalidLocationError as error:
        flash(f"The site was not entered: the position {error}.", "bad")
    except ValueError:
        flash("The site was not entered: its start was not understood; write it as 2026-04-01T14:00.", "bad")
    else:
        if save(camera_id, with_site(record, site)):
            release(camera_id, AWAITING_SITE)
    return to_camera(camera_id)


@pages.post("/cameras/<camera_id>/sites/remove")
def remove(camera_id: str) -> Response:
    """Take a site away that was entered by mistake. Photos that have its position keep it."""
    record = record_to_change(camera_id)
    start = request.form.get("start", "")
    if start not in {"", *(site.start.isoformat() for site in sites_in(record) if site.start)}:
        abort(400)
    save(camera_id, without_site(record, datetime.fromisoformat(start) if start else None))
    return to_camera(camera_id)


@pages.post("/cameras/<camera_id>/accept-position")
def accept_position(camera_id: str) -> Response:
    """Write down that the camera stands where its last photos say: since the first of them, when it stood elsewhere
    before, at its site or where its first photo was taken."""
    record = record_to_change(camera_id)
    found, stay = _stay(camera_id)
    if found.position:
        has_moved = any(one.kind == "moved" for one in found.attention)
        if has_moved and not sites_in(record) and found.home:
            record = with_site(record, Site(*found.home))
        start = (stay[0] if stay else _local_now(record)) if sites_in(record) else None
        save(camera_id, with_site(record, Site(*found.position, start=start)))
    return to_camera(camera_id)


@pages.post("/cameras/<camera_id>/carried")
def was_carried(camera_id: str) -> Response:
    """Write down that the camera was carried about when it took its last photos: it stands where it stood."""
    record = record_to_change(camera_id)
    _, stay = _stay(camera_id)
    if stay is None:
        flash("Nothing is known of when it was carried: its last photos tell no time.", "bad")
    else:
        save(camera_id, with_carried(record, Carried(*stay, current_user.name, utc_text(page_time()))))
    return to_camera(camera_id)


@pages.post("/cameras/<camera_id>/carried/remove")
def was_not_carried(camera_id: str) -> Response:
    """Take back that the camera was carried about."""
    record = record_to_change(camera_id)
    start = next((one.start for one in carried_in(record) if one.start.isoformat() == request.form.get("start")), None)
    if start is None:
        abort(400)
    save(camera_id, without_carried(record, start))
    return to_camera(camera_id)


def _stay(camera_id: str) -> tuple[Camera, tuple[datetime, datetime] | None]:
    """Return a camera, and since when until when its last photos were taken where it is now."""
    with context().index() as index:
        found = found_camera(index, camera_id)
        return found, read_stay(index, camera_id, found.position) if found.position else None


def _local_now(record: Record) -> datetime:
    zone = zone_in(record) or context().settings.zone
    return page_time().astimezone(zone).replace(tzinfo=None, microsecond=0)


def read_site(name: str, position: str, start: str) -> Site:
    """Return the site that a person typed. Raise InvalidLocationError, or ValueError for its start.

    >>> read_site("Gate", "52.09877, 5.12534", "2026-04-01T14:00").start
    datetime.datetime(2026, 4, 1, 14, 0)
    """
    begins = datetime.fromisoformat(start.strip()).replace(tzinfo=None) if start.strip() else None
    return Site(*position_from_text(position), one_line(name.strip())[:NAME_MAX_CHARACTERS], begins)
