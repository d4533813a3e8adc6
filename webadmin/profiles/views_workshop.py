"""The workshop: from a group of rejected files to a profile that accepts them."""

from typing import Any

from flask import Blueprint, Response, render_template, request

from ingest.trial import stolen_samples
from webadmin.context import context
from webadmin.profiles.work import read_work

pages = Blueprint("workshop", __name__)


@pages.route("/workshop/<item_id>", methods=["GET", "POST"])
def page(item_id: str) -> Any:
    """Show the draft of a profile from this file and those like it, what it asks, and whose files it would take."""
    work = read_work(item_id, request.values)
    stolen = list(stolen_samples(work.profile, context().catalogue)) if work.profile else []
    return render_template("profiles/workshop.html", work=work, stolen=stolen)


@pages.get("/workshop/<item_id>/profile.toml")
def profile_file(item_id: str) -> Any:
    """Send the profile as a file."""
    response = Response(read_work(item_id, request.args).text, mimetype="application/toml")
    response.headers["Content-Disposition"] = 'attachment; filename="profile.toml"'
    return response
