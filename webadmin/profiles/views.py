"""The profiles, and the draft of a new one from a file that no profile knows."""

from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, render_template

from ingest.profiles.drafting import draft as draft_profile
from ingest.profiles.drafts import Given
from ingest.profiles.profile_file import parse_profile
from ingest.reading.facts import Facts
from ingest.spool.names import one_line
from ingest.spool.stamp import id_time, is_id
from ingest.trial import stolen_samples
from ingest.watching.heartbeat import read_heartbeat
from webadmin.context import context
from webadmin.files.item import find_item
from webadmin.profiles.describe import conditions, samples

pages = Blueprint("profiles", __name__)


@pages.get("/profiles")
def profiles() -> Any:
    """Show what is supported and how it is recognised."""
    here = context()
    catalogue = here.catalogue
    heartbeat = read_heartbeat(here.root)
    broken = {**(heartbeat.broken_profiles if heartbeat else {}), **catalogue.complaints}
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
    """Show the draft of a profile for the camera that sent this file, and whose files it would take away as it is."""
    text = _draft(item_id)
    profile = parse_profile(text, Path("draft"))
    stolen = list(stolen_samples(profile, context().catalogue))
    return render_template("profiles/draft.html", item_id=item_id, text=text, stolen=stolen)


@pages.get("/profiles/draft/<item_id>/profile.toml")
def draft_file(item_id: str) -> Any:
    """Send the draft as a file."""
    response = Response(_draft(item_id), mimetype="application/toml")
    response.headers["Content-Disposition"] = 'attachment; filename="profile.toml"'
    return response


def _draft(item_id: str) -> str:
    here = context()
    if not is_id(item_id):
        abort(404)
    with here.index() as index:
        found = find_item(index, here.root, item_id)
    if found is None or found.sidecar is None or found.sidecar.kind != "image":
        abort(404)
    sidecar = found.sidecar
    name = " ".join(one_line(str(sidecar.exif.get(tag, "")), 60) for tag in ("Make", "Model")).strip() or "New camera"
    facts = Facts("image", sidecar.size_bytes, exif=sidecar.exif)
    return draft_profile(name, [Given(sidecar.upload_path, facts)], id_time(item_id).date()).text
