"""The profiles, and the draft of a new one from a file that no profile knows."""

from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, render_template, request

from ingest.profiles.drafting import draft as draft_profile
from ingest.profiles.drafts import Answers, Draft, Given
from ingest.profiles.profile_file import parse_profile
from ingest.spool.names import one_line
from ingest.spool.stamp import id_time, is_id
from ingest.trial import stolen_samples
from ingest.watching.heartbeat import read_heartbeat
from webadmin.context import context
from webadmin.files.item import find_item
from webadmin.profiles.describe import conditions
from webadmin.profiles.group import find_group

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
        folders=here.settings.profile_folders,
    )


@pages.get("/profiles/draft/<item_id>")
def draft(item_id: str) -> Any:
    """Show the draft of a profile from this file and those like it, what it asks, and whose files it would take."""
    given, made = _draft(item_id)
    profile = parse_profile(made.text, Path("draft"))
    return render_template(
        "profiles/draft.html",
        item_id=item_id,
        files=len(given),
        made=made,
        answers=_answers(),
        stolen=list(stolen_samples(profile, context().catalogue)),
    )


@pages.get("/profiles/draft/<item_id>/profile.toml")
def draft_file(item_id: str) -> Any:
    """Send the draft as a file."""
    response = Response(_draft(item_id)[1].text, mimetype="application/toml")
    response.headers["Content-Disposition"] = 'attachment; filename="profile.toml"'
    return response


def _draft(item_id: str) -> tuple[list[Given], Draft]:
    here = context()
    if not is_id(item_id):
        abort(404)
    with here.index() as index:
        found = find_item(index, here.root, item_id)
        if found is None or found.sidecar is None or found.sidecar.kind != "image":
            abort(404)
        given = find_group(index, here.settings, found)
    exif = found.sidecar.exif
    name = " ".join(one_line(str(exif.get(tag, "")), 60) for tag in ("Make", "Model")).strip() or "New camera"
    return given, draft_profile(name, given, id_time(item_id).date(), _answers())


def _answers() -> Answers:
    """Return what was chosen, by the decisions' names; a word that is no answer changes nothing."""
    return {name: choice for name, choice in request.args.items() if name.startswith("image.") and choice}
