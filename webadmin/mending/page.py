"""The page that asks what is right for the chosen files: the choices that fit them, and a map to pick a place on."""

from collections.abc import Iterable
from datetime import datetime
from sqlite3 import Row
from typing import TYPE_CHECKING, Any

from flask import render_template, url_for
from markupsafe import Markup

from ingest.fleet.cameras import find_camera
from ingest.reading.location import Position
from ingest.spool.camera_records import zone_in
from ingest.spool.sites import Site, site_at, sites_in
from ingest.spool.stamp import parse_utc
from ingest.vocabulary import AWAITING_SITE, Reason
from webadmin.context import context
from webadmin.display import count, page_time
from webadmin.drawing.maps import Marker, draw_map
from webadmin.files.actions import Chosen, chosen_items
from webadmin.files.listing import find_rows
from webadmin.files.selection import read_selection
from webadmin.mending.choices import Shot, TimeChoice, time_choices

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

MENDED_BY_HAND: tuple[Reason, ...] = (*AWAITING_SITE, "missing_datetime", "bad_datetime", "bad_camera_id")
"""What is rejected for want of what a person may know of it."""
LOOKED_AT = 500
MARKERS_MAX = 500


def mend_page(form: "MultiDict[str, str]") -> str:
    """Ask what is right for the files that a form names; what was filled in stays."""
    chosen = chosen_items(form)
    rows = rows_of(chosen.ids[:LOOKED_AT])
    return render_template(
        "mending/mend.html",
        chosen=chosen,
        form=form,
        back=url_for("files.files") + read_selection(form).link(),
        kinds=_kinds(chosen, rows),
        cameras=sorted({row["camera_id"] for row in rows if row["camera_id"]}),
        **choices_for(rows),
    )


def choices_for(rows: Iterable[Row]) -> dict[str, Any]:
    """Return what a form about some files offers: their clocks' faults by name, their camera's place, a map."""
    rows = list(rows)
    return {"times": times_of(rows), "the_camera_s": _place_of(rows), "pick_map": _map(rows)}


def rows_of(ids: list[str]) -> list[Row]:
    """Return what the index knows of some files."""
    with context().index() as index:
        found = find_rows(index, ids)
    return [found[one] for one in ids if one in found]


def times_of(rows: Iterable[Row]) -> tuple[TimeChoice, ...]:
    """Return which faults of a clock explain the times of these photos."""
    return time_choices(_shot(row) for row in rows if row["kind"] == "image")


def _shot(row: Row) -> Shot:
    here = context()
    zone = zone_in(here.camera_records.all(here.root).get(row["camera_id"] or "")) or here.settings.zone
    said = row["said_at"] or row["captured_at"]
    arrived = parse_utc(row["received_at"]).astimezone(zone).replace(tzinfo=None)
    return Shot(datetime.fromisoformat(said) if said else None, arrived)


def _kinds(chosen: Chosen, rows: list[Row]) -> str:
    """Return what the files are, for a headline."""
    number = len(chosen.ids)
    word = "photo" if rows and all(row["kind"] == "image" for row in rows) else "file"
    return f"{count(number)} {word}{'' if number == 1 else 's'}"


def _place_of(rows: list[Row]) -> str:
    """Return where the one camera of these files stands, in words; empty where that is not known of one."""
    cameras = {row["camera_id"] for row in rows}
    if len(cameras) != 1:
        return ""
    (camera_id,) = cameras
    site = _site(camera_id, rows[0]["captured_at"])
    if site:
        return f"{site.name or 'its site'}, {site.latitude:.5f}, {site.longitude:.5f}"
    position = _position(camera_id)
    return f"{position[0]:.5f}, {position[1]:.5f}" if position else ""


def _position(camera_id: str | None) -> Position | None:
    """Return where a camera is now, as far as anybody knows."""
    here = context()
    if camera_id is None:
        return None
    with here.index() as index:
        silent_days = here.settings.cameras.silent_after_days
        found = find_camera(index, here.camera_records, here.root, camera_id, page_time(), silent_days)
    return found.position if found else None


def _site(camera_id: str | None, captured_at: str | None) -> Site | None:
    here = context()
    sites = sites_in(here.camera_records.all(here.root).get(camera_id or ""))
    return site_at(sites, datetime.fromisoformat(captured_at) if captured_at else None)


def _map(rows: list[Row]) -> Markup | None:
    """Return a map to pick a place on: where these files and their cameras are, else where all cameras are."""
    here, cameras = context(), {row["camera_id"] for row in rows}
    markers = [_marker("its camera", *place) for one in cameras if len(cameras) == 1 and (place := _position(one))]
    if not markers:
        fleet = [one for one in here.fleet(page_time()) if one.position]
        near = [one for one in fleet if one.id in cameras] or fleet
        markers = [_marker(one.title, *one.position) for one in near[:MARKERS_MAX] if one.position]
    markers += [_marker("photo", row["latitude"], row["longitude"]) for row in rows[:1] if row["latitude"] is not None]
    return draw_map(markers, here.settings.admin.map_tiles, span_km=4, size=(640, 320), pick=True)


def _marker(words: str, latitude: float, longitude: float) -> Marker:
    return Marker(latitude, longitude, "good", lambda: (words, ""))
