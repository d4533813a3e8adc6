"""One profile: what its camera needs set, under which names its files come, and what is known to go wrong."""

from typing import Any

from flask import Blueprint, abort, render_template

from webadmin.context import context
from webadmin.profiles.describe import conditions, faults, origin, samples, upload_names

pages = Blueprint("profile", __name__)


@pages.get("/profiles/<profile_id>")
def profile(profile_id: str) -> Any:
    """Show everything that a profile says, all of it made from the profile and its samples."""
    found = next((one for one in context().catalogue.profiles if one.id == profile_id), None) or abort(404)
    shown = samples(found)
    return render_template(
        "profiles/profile.html",
        profile=found,
        conditions=conditions,
        origin=origin,
        names=upload_names(found, shown),
        faults=faults(shown),
    )
