"""The cameras: table and map of all, the visit list, and CSV."""

from collections.abc import Iterable
from functools import partial
from math import isfinite
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user
from markupsafe import Markup

from ingest.exports.csv_text import stream_csv
from ingest.fleet.health import Camera
from ingest.fleet.trend import read_trend
from ingest.fleet.visits import visits
from webadmin.access.rights import may
from webadmin.access.scope import seen_by
from webadmin.cameras.filtering import SORTS, FleetFilter, matching, tally
from webadmin.cameras.table import CSV_HEADER, csv_row
from webadmin.context import context
from webadmin.display import page_time
from webadmin.drawing.maps import Box, Marker, draw_map

pages = Blueprint("cameras", __name__)

PAGE = 50
VISITS_MAX = 200
SHOWS = (
    *("", "attention", "silent", "rejected", "unregistered", "mixed", "moved", "battery", "sd", "clock"),
    *("active", "never"),
)


@pages.get("/cameras")
def cameras() -> Any:
    """Show all cameras: table, map, or as CSV."""
    here, wanted = context(), _wanted()
    fleet = here.fleet(page_time())
    found = matching(fleet, wanted)
    if request.args.get("format") == "csv":
        return csv_response(stream_csv(CSV_HEADER, (csv_row(camera) for camera in found)), "cameras.csv")
    page = max(1, request.args.get("page", 1, int))
    view = "map" if request.args.get("view") == "map" else "table"
    return render_template(
        "cameras/cameras.html",
        wanted=wanted,
        tally=tally(fleet),
        known=len(fleet),
        found=len(found),
        cameras=found[(page - 1) * PAGE : page * PAGE],
        page=page,
        last_page=max(1, -(-len(found) // PAGE)),
        view=view,
        map=_map(found, wanted) if view == "map" else None,
        sorts=list(SORTS),
    )


def _wanted() -> FleetFilter:
    show, sort = request.args.get("show", ""), request.args.get("sort", "attention")
    return FleetFilter(
        show if show in SHOWS else "",
        request.args.get("q", "").strip()[:200],
        sort if sort in SORTS else "attention",
        _read_box(request.args.get("box", "")),
    )


def _read_box(text: str) -> Box | None:
    try:
        south, west, north, east = (float(part) for part in text.split(","))
    except ValueError:
        return None
    return (south, west, north, east) if isfinite(south + west + north + east) else None


def _map(found: list[Camera], wanted: FleetFilter) -> Markup | None:
    def zoom_link(box: Box) -> str:
        # A hair wider than the cameras, so that rounding leaves none of them out.
        south, west, north, east = box[0] - 1e-5, box[1] - 1e-5, box[2] + 1e-5, box[3] + 1e-5
        text = f"{south:.6f},{west:.6f},{north:.6f},{east:.6f}"
        return url_for("cameras.cameras", view="map", box=text, show=wanted.show or None, q=wanted.q or None)

    # At one and the same position there is nothing to zoom into.
    span_km = 0.2 if wanted.box else 1.0
    tiles = context().settings.admin.map_tiles
    return draw_map([camera_marker(camera) for camera in found], tiles, span_km=span_km, zoom_link=zoom_link)


@pages.get("/visits")
def visit_list() -> Any:
    """Show where to go, the most urgent first, made to be printed."""
    here, now = context(), page_time()
    fleet = seen_by(current_user.person, here.fleet(now))
    with here.index() as index:
        planned = visits(fleet, lambda camera: read_trend(index, camera, now))
    markers = [camera_marker(visit.camera) for visit in planned]
    return render_template(
        "cameras/visits.html",
        visits=planned[:VISITS_MAX],
        number=len(planned),
        known=len(fleet),
        map=draw_map(markers, here.settings.admin.map_tiles, size=(800, 320)),
        made_at=now.astimezone(here.settings.zone).strftime("%d %b %Y, %H:%M").lstrip("0"),
    )


def camera_marker(camera: Camera) -> Marker | None:
    """Return where a camera stands, with its state and a link to its page; None when that is not known."""
    if camera.position is None:
        return None
    state = "bad" if camera.state == "silent" else "attention" if camera.attention else "good"
    return Marker(*camera.position, state, partial(_described, camera))


def _described(camera: Camera) -> tuple[str, str]:
    words = f"{camera.title}: {'; '.join(one.words for one in camera.attention) or camera.state}"
    page = "camera.camera" if may(current_user.role, "camera.camera") else "check_page.check_own"
    return words, url_for(page, camera_id=camera.id)


def csv_response(lines: Iterable[str], name: str) -> Response:
    """Return CSV as a download."""
    response = Response(lines, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
