"""The profiles, and the draft of a new one from a file that no profile knows."""

from typing import Any

from flask import Blueprint, Response, abort, render_template

from ingest.heartbeat import read_heartbeat
from ingest.sidecar import Sidecar
from ingest.stamp import is_id
from webadmin.context import context
from webadmin.files.item import find_item
from webadmin.profiles.describe import conditions, samples
from webadmin.profiles.draft import draft_profile

pages = Blueprint("profiles", __name__)


@pages.get("/profiles")
def profiles() -> Any:
    """Show what is supported and how it is recognised."""
    here = context()
    catalogue = here.catalogue
    heartbeat = read_heartbeat(here.root)
    broken = {**(heartbeat.broken_profiles if heartbeat else {}), **catalogue.broken}
    with here.index() as index:
        rows = index.execute(
            "SELECT profile, verdict, sum(items) FROM tallies WHERE profile != '' GROUP BY profile, verdict"
        ).fetchall()
    counts: dict[str, dict[str, int]] = {}
    for row in rows:
        counts.setdefault(row[0], {})[row[1]] = row[2]
    return render_template(
        "profiles/profiles.html",
        profiles=catalogue.profiles,
        broken=broken,
        counts=counts,
        conditions=conditions,
        samples=samples,
        folders=here.settings.profile_folders,
    )


@pages.get("/profiles/draft/<item_id>")
def draft(item_id: str) -> Any:
    """Show the draft of a profile for the camera that sent this file."""
    return render_template("profiles/draft.html", item_id=item_id, text=draft_profile(_sidecar(item_id)))


@pages.get("/profiles/draft/<item_id>/profile.toml")
def draft_file(item_id: str) -> Any:
    """Send the draft as a file."""
    response = Response(draft_profile(_sidecar(item_id)), mimetype="application/toml")
    response.headers["Content-Disposition"] = 'attachment; filename="profile.toml"'
    return response


def _sidecar(item_id: str) -> Sidecar:
    here = context()
    if not is_id(item_id):
        abort(404)
    with here.index() as index:
        found = find_item(index, here.root, item_id)
    return (found.sidecar if found else None) or abort(404)
