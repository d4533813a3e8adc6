"""One profile: what its camera needs set, under which names its files come, what goes wrong, and its history."""

import sqlite3
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, render_template

from ingest.profiles.description import Sample, conditions, faults, origin, samples, upload_names
from webadmin.context import context
from webadmin.profiles.profile_history import own_confirmation, profile_history
from webadmin.profiles.trace_words import asked_of

pages = Blueprint("profile", __name__)

_LAST = (
    "SELECT id, upload_path, camera_id, captured_at, kind FROM items INDEXED BY items_profile "
    "WHERE profile = ? AND verdict = 'accepted' ORDER BY number DESC LIMIT 3"
)


@dataclass(frozen=True)
class Example:
    """The newest file that a profile has read: what a person looks at to say whether it is right."""

    item_id: str
    camera_id: str
    captured_at: str


@pages.get("/profiles/<profile_id>")
def profile(profile_id: str) -> Any:
    """Show everything that a profile says, all of it made from the profile, its samples and its versions."""
    here = context()
    found = next((one for one in here.catalogue.profiles if one.id == profile_id), None)
    history = profile_history(here.root, profile_id)
    if found is None:
        return render_template("profiles/profile_gone.html", profile_id=profile_id, history=history or abort(404))
    shown = samples(found)
    with here.index() as index:
        last = index.execute(_LAST, (profile_id,)).fetchall()
    return render_template(
        "profiles/profile.html",
        profile=found,
        conditions=conditions,
        asked_of=asked_of,
        origin=origin,
        names=upload_names(found, shown) or _sent(last),
        faults=faults(shown),
        history=history,
        is_saved=here.is_saved(profile_id),
        confirmation=own_confirmation(here.root, found),
        example=Example(last[0]["id"], last[0]["camera_id"], last[0]["captured_at"]) if last else None,
    )


def _sent(rows: list[sqlite3.Row]) -> list[Sample]:
    """Return names that cameras have sent here, of a profile without samples."""
    return [
        Sample(row["upload_path"], "accepted", "", row["camera_id"], row["captured_at"] or "", kind=row["kind"])
        for row in rows
    ]
