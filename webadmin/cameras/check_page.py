"""The check page for whoever stands at the tree: one camera, read-only, without a log-in, under 20 kB."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, render_template

from ingest.fleet.cameras import find_camera
from ingest.fleet.health import Camera
from ingest.fleet.other_names import real_names
from ingest.index.rows import first_number
from ingest.spool.stamp import parse_utc
from ingest.vocabulary import AWAITING_SITE
from webadmin.access.entrance import limiter
from webadmin.cameras.check_connection import LastSent, connection_trouble
from webadmin.cameras.check_links import read_token
from webadmin.context import context
from webadmin.display import duration, page_time
from webadmin.files.listing import COLUMNS
from webadmin.setup.recent_connections import recent_records

pages = Blueprint("check_page", __name__)

FRESH_S = 3600.0


@dataclass(frozen=True)
class Line:
    """One thing to check, its state and what is known of it."""

    what: str
    state: str
    words: str


@pages.get("/check/<token>")
@limiter.limit("120 per minute")
def check(token: str) -> Any:
    """Say whether the camera's photo got through, and what is wrong with it."""
    camera_id = read_token(token)
    if camera_id is None:
        abort(404)
    here, now = context(), page_time()
    for real in real_names(camera_id, here.camera_records.all(here.root)):
        camera_id = real  # a card at the tree holds on when its ID has become another name of the camera
    with here.index() as index:
        silent_days = here.settings.cameras.silent_after_days
        camera = find_camera(index, here.camera_records, here.root, camera_id, now, silent_days)
        last = _last_item(index, camera_id) if camera and camera.contact else None
        test = _nameless_test(index, now)
    lines = [
        *check_lines(camera, last, now),
        *_connection(here.root, camera_id, last, now),
        *_test_line(last, test, now),
    ]
    looked_at = now.astimezone(here.settings.zone).strftime("%H:%M:%S %Z")
    return render_template("check.html", camera=camera, camera_id=camera_id, lines=lines, looked_at=looked_at)


def _last_item(index: sqlite3.Connection, camera_id: str) -> sqlite3.Row | None:
    """Return what the camera itself sent last: an admin's upload is no news at the tree."""
    rows = [
        index.execute(
            f"SELECT {COLUMNS}, connection FROM items INDEXED BY items_camera WHERE camera_id = ? AND verdict = ? "  # noqa: S608
            "AND source = 'ftps' ORDER BY number DESC LIMIT 1",
            (camera_id, verdict),
        ).fetchone()
        for verdict in ("accepted", "rejected")
    ]
    return max((row for row in rows if row), key=lambda row: row["number"], default=None)


def _nameless_test(index: sqlite3.Connection, now: datetime) -> sqlite3.Row | None:
    """Return the last test upload that does not say which camera sent it, when that was a moment ago."""
    since = first_number(now - timedelta(seconds=FRESH_S))
    row: sqlite3.Row | None = index.execute(
        f"SELECT {COLUMNS} FROM items INDEXED BY items_reason WHERE reason = 'connection_test' AND number >= ? "  # noqa: S608
        "AND camera_id IS NULL AND source = 'ftps' ORDER BY number DESC LIMIT 1",
        (since,),
    ).fetchone()
    return row


def _test_line(last: sqlite3.Row | None, test: sqlite3.Row | None, now: datetime) -> list[Line]:
    if test is None or (last is not None and last["number"] > test["number"]):
        return []
    age = duration((now - parse_utc(test["received_at"])).total_seconds())
    words = f"A Test button was pressed {age} ago and its connection works; the file does not say on which camera."
    return [Line("Test", "good", words)]


def _connection(root: Path, camera_id: str, last: sqlite3.Row | None, now: datetime) -> list[Line]:
    """Return a line on what went wrong with the camera's newest connection; none where all is well."""
    sent = LastSent(last["connection"], last["account"], last["client"]) if last else None
    trouble = connection_trouble(recent_records(root), camera_id, sent, now)
    return [Line("Connection", *trouble)] if trouble else []


def check_lines(camera: Camera | None, last: sqlite3.Row | None, now: datetime) -> list[Line]:
    """Return what a person at the tree wants to know, the most important first."""
    if camera is None or last is None:
        return [Line("Contact", "bad", "Nothing has arrived from this camera yet.")]
    return [_arrival(last, now), *_photo(camera, last, now), *_figures(camera)]


def _arrival(last: sqlite3.Row, now: datetime) -> Line:
    age = duration((now - parse_utc(last["received_at"])).total_seconds())
    what = {"image": "Photo", "report": "Report"}.get(last["kind"], "File")
    if last["verdict"] == "accepted":
        fresh = (now - parse_utc(last["received_at"])).total_seconds() < FRESH_S
        return Line(what, "good" if fresh else "attention", f"{what} received {age} ago.")
    if last["reason"] == "duplicate":
        return Line(what, "good", f"{what} sent once more {age} ago; it is here already.")
    if last["reason"] == "connection_test":
        return Line("Test", "good", f"The Test button was pressed {age} ago: its connection works. Now take a photo.")
    return Line(what, "bad", f"{what} rejected {age} ago: {last['problem'] or last['reason']}")


def _photo(camera: Camera, last: sqlite3.Row, now: datetime) -> list[Line]:
    lines = []
    if last["kind"] != "image" and camera.last_image_at:
        age = duration((now - parse_utc(camera.last_image_at)).total_seconds())
        lines.append(Line("Last photo", "none", f"{age} ago"))
    if last["reason"] in AWAITING_SITE:
        lines.append(Line("GPS", "bad", "no position in the last photo: wait for a fix under the open sky"))
    elif camera.position:
        moved = next((one.words for one in camera.attention if one.kind == "moved"), None)
        position = f"{camera.position[0]:.5f}, {camera.position[1]:.5f}"
        lines.append(Line("GPS", "attention" if moved else "good", f"{position}{'. ' + moved if moved else ''}"))
    else:
        lines.append(Line("GPS", "attention", "no position yet"))
    if camera.clock:
        lines.append(Line("Clock", "bad" if camera.clock.is_wrong else "good", camera.clock.words))
    return lines


def _figures(camera: Camera) -> list[Line]:
    wrong = {one.kind for one in camera.attention}
    lines = []
    if camera.battery_percent is not None:
        lines.append(Line("Battery", "bad" if "battery" in wrong else "good", f"{camera.battery_percent} %"))
    elif camera.battery_volts is not None:
        lines.append(Line("Battery", "none", f"{camera.battery_volts:g} V"))
    if signal := camera.signal:
        state = "bad" if signal.band in ("none", "poor") else "good"
        figure = f"{signal.figure.removeprefix('CSQ ')}{signal.scale}"
        lines.append(Line("Signal", state, f"{signal.band} ({figure})"))
    if camera.sd_used_percent is not None:
        lines.append(Line("SD card", "bad" if "sd" in wrong else "good", f"{camera.sd_used_percent:.0f} % used"))
    return lines
