"""What a person does with a profile on its page: undo its last change, say that it is right, and take that back."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from ingest.spool.saved_profiles import is_profile_id
from ingest.spool.stamp import is_id
from webadmin.asking import answer_to

pages = Blueprint("profile_change", __name__)

WHY_MAX_CHARACTERS = 300


@pages.post("/profiles/<profile_id>/undo")
def undo(profile_id: str) -> Any:
    """Go back to what was before the version that the person was shown."""
    version = request.form.get("version", "")
    if not is_id(version):
        abort(400)
    why = request.form.get("why", "").strip()[:WHY_MAX_CHARACTERS]
    _have_done("undo_profile", profile_id, version=version, why=why)
    return _to_page(profile_id)


@pages.post("/profiles/<profile_id>/confirm")
def confirm(profile_id: str) -> Any:
    """Put down that what the profile read in this file is right; the way back leads to the file if it began there."""
    item_id = request.form.get("item", "")
    if not is_id(item_id):
        abort(400)
    _have_done("confirm_profile", profile_id, item=item_id)
    if request.form.get("back") == "item":
        return redirect(url_for("item.item", item_id=item_id), 303)
    return _to_page(profile_id)


@pages.post("/profiles/<profile_id>/unconfirm")
def unconfirm(profile_id: str) -> Any:
    """Take back that the profile was confirmed here."""
    _have_done("unconfirm_profile", profile_id)
    return _to_page(profile_id)


def _have_done(action: str, profile_id: str, **words: str) -> None:
    """Ask the watcher, and tell the person how it ended."""
    if not is_profile_id(profile_id):
        abort(404)
    answer = answer_to(action, profile=profile_id, **words)
    if not answer.done_at:
        flash("The watcher has not answered yet; it does this as soon as it can.", "wait")
    elif answer.refused:
        flash(f"Not done: {answer.refused[0].get('message')}", "bad")
    else:
        flash(str(answer.done[0].get("message")), "good")


def _to_page(profile_id: str) -> Response:
    return redirect(url_for("profile.profile", profile_id=profile_id), 303)
