"""The check page for whoever stands at the tree: one camera, read-only, without a log-in, under 20 kB."""

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, render_template
from flask_login import current_user

from ingest.fleet.cameras import find_camera
from ingest.fleet.other_names import real_names
from ingest.index.rows import first_number
from ingest.spool.names import is_camera_id
from ingest.spool.stamp import utc_text
from webadmin.access.guesses import limiter
from webadmin.access.scope import may_see
from webadmin.cameras.check_connection import LastSent, connection_trouble
from webadmin.cameras.check_lines import FRESH_S, Line, check_lines, nameless_test_line
from webadmin.cameras.check_links import EVERYTHING, Shown, read_token
from webadmin.context import context
from webadmin.display import page_time
from webadmin.files.listing import COLUMNS
from webadmin.setup.recent_connections import recent_records

pages = Blueprint("check_page", __name__)


@pages.get("/check/<token>")
@limiter.limit("120 per minute")
def check(token: str) -> Any:
    """Say whether the camera's photo got through, and what is wrong with it, as far as the link shows it."""
    here = context()
    found = read_token(token, here.root, here.camera_records, utc_text(page_time()))
    if found is None:
        return render_template("check_over.html"), 404
    camera_id, shown = found
    for real in real_names(camera_id, here.camera_records.all(here.root)):
        camera_id = real  # a card at the tree holds on when its ID has become another name of the camera
    return _page(camera_id, shown)


@pages.get("/cameras/<camera_id>/check")
def check_own(camera_id: str) -> Any:
    """Show the check page of a camera to somebody who is logged in and may see it."""
    if not is_camera_id(camera_id) or not may_see(current_user.person, camera_id):
        abort(404)
    return _page(camera_id, EVERYTHING)


def _page(camera_id: str, shown: Shown) -> str:
    here, now = context(), page_time()
    with here.index() as index:
        silent_days = here.settings.cameras.silent_after_days
        camera = find_camera(index, here.camera_records, here.root, camera_id, now, silent_days)
        last = _last_item(index, camera_id) if camera and camera.contact else None
        test = _nameless_test(index, now)
    lines = [
        *check_lines(camera, last, now, shown),
        *_connection(here.root, camera_id, last, now),
        *nameless_test_line(last, test, now),
    ]
    looked_at = now.astimezone(here.settings.zone).strftime("%H:%M:%S %Z")
    return render_template(
        "check.html", camera=camera, camera_id=camera_id, lines=lines, looked_at=looked_at, shown=shown
    )


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


def _connection(root: Path, camera_id: str, last: sqlite3.Row | None, now: datetime) -> list[Line]:
    """Return a line on what went wrong with the camera's newest connection; none where all is well."""
    sent = LastSent(last["connection"], last["account"], last["client"]) if last else None
    trouble = connection_trouble(recent_records(root), camera_id, sent, now)
    return [Line("Connection", *trouble)] if trouble else []
