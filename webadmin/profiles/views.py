"""The profiles in use: how each knows its files, and how many came."""

from typing import Any

from flask import Blueprint, render_template

from ingest.profiles.description import conditions
from ingest.watching.heartbeat import read_heartbeat
from webadmin.context import context
from webadmin.profiles.trace_words import asked_of

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
        asked_of=asked_of,
        folders=here.settings.profile_folders,
    )
