"""The workshop: from a group of rejected files to a profile that accepts them."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for

from ingest.trial import stolen_samples
from webadmin.context import context
from webadmin.profiles.file_values import values_of
from webadmin.profiles.marks import offers
from webadmin.profiles.sentences import decision_title, gives, headings
from webadmin.profiles.taken_places import taken_places
from webadmin.profiles.views_dry_run import dry_run_of
from webadmin.profiles.work import Work, read_work

pages = Blueprint("workshop", __name__)

CAMERAS_OFFERED = 500
ADDRESS_MAX_CHARACTERS = 3000
"""What is longer is sent in a form: gunicorn takes 4094 characters of a request's first line."""


@pages.get("/workshop/<item_id>")
def page(item_id: str) -> Any:
    """Show a group's files with their values, and the profile from them as sentences with choices."""
    return _page(read_work(item_id, request.args))


@pages.post("/workshop/<item_id>")
def choose(item_id: str) -> Any:
    """Take what was chosen or written, and lead to the page that says so; show it at once where that is too long."""
    work = read_work(item_id, request.form)
    address = _address(work)
    if address and not work.problem:
        return redirect(address, 303)
    return _page(work), 422 if work.problem else 200


@pages.get("/workshop/<item_id>/profile.toml")
def profile_file(item_id: str) -> Any:
    """Send the profile as a file."""
    response = Response(read_work(item_id, request.args).text, mimetype="application/toml")
    response.headers["Content-Disposition"] = 'attachment; filename="profile.toml"'
    return response


def _page(work: Work) -> str:
    subjects = [one.given.subject for one in work.members]
    subject = subjects[work.shown]
    values = values_of(subjects, work.shown, taken_places(work.made.decisions, subject), work.picked)
    return render_template(
        "profiles/workshop.html",
        work=work,
        subject=subject,
        values=values,
        headings=headings(work.made.decisions),
        offers=offers(subject.part, work.picked, work.answers) if work.picked else [],
        title_of=decision_title,
        known_cameras=sorted(context().camera_records.all(context().root))[:CAMERAS_OFFERED],
        gives=gives,
        address=_address(work),
        # A page that a script asks for keeps what it shows of the dry run, and asks for the new one by itself.
        dry_run=None if request.headers.get("X-Requested-With") == "fetch" else dry_run_of(work),
        stolen=list(stolen_samples(work.profile, context().catalogue)) if work.profile else [],
    )


def _address(work: Work) -> str:
    """Return where the page is as it is now; empty when that is too long for a browser to ask for."""
    sent = {**work.state, **({"pick": work.picked.text} if work.picked else {})}
    address = url_for("workshop.page", item_id=work.item_id) + (f"?{urlencode(sent)}" if sent else "")
    return address if len(address) <= ADDRESS_MAX_CHARACTERS else ""
