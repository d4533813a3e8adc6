"""What the profile on the bench would do to the files that are here, as a part of the workshop's page."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, render_template, request

from ingest.verdict.dry_run import DryRun
from webadmin.context import context, open_or_empty
from webadmin.profiles.candidates import list_candidates
from webadmin.profiles.dry_run_words import headline, refused_words
from webadmin.profiles.trying_out import try_out
from webadmin.profiles.work import Work, read_work

pages = Blueprint("dry_run", __name__)


@pages.app_template_global()
def dry_run_words() -> dict[str, Any]:
    """Return what the part of the page says its sentences with, wherever it stands."""
    return {"headline": headline, "refused": refused_words}


@pages.route("/workshop/<item_id>/dry-run", methods=["GET", "POST"])
def fragment(item_id: str) -> Any:
    """Show what the profile would do; a text that is too long for an address is sent in a form. It changes nothing."""
    work = read_work(item_id, request.values)
    return render_template("profiles/_dry_run_found.html", work=work, dry_run=dry_run_of(work))


def dry_run_of(work: Work) -> DryRun:
    """Return what the profile on the bench would do if it were saved now; of a text that is no profile, nothing."""
    if work.profile is None:
        return DryRun(trouble=work.problem)
    here = context()
    profile = replace(work.profile, id=work.profile_id)
    with here.index() as index:
        listed = list_candidates(index, [one.item_id for one in work.members])
    return try_out(profile, here.catalogue, here.settings, listed, here.tried_out, open_or_empty, work.by_hand)
