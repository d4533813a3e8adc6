"""What a person says of files instead of what was read: asked for, noted, and taken back."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from ingest.requests.answers import wait_for
from ingest.requests.writing import ask
from ingest.spool.corrections import CORRECTABLE
from ingest.spool.stamp import is_id
from webadmin.access.views_log_in import safe_next
from webadmin.cameras.views_other_names import spelled
from webadmin.context import context
from webadmin.files.actions import back_to_list, carry_out, chosen_items, is_the_same, tell
from webadmin.files.listing import newest_number
from webadmin.mending.asked import AskedError, read_asked
from webadmin.mending.page import mend_page

pages = Blueprint("mending", __name__)

UNDONE_AT_ONCE_MAX = 20


@pages.get("/mend")
def ask_about() -> Any:
    """Ask what is right for all files that a filter matches now, as for all of one cause."""
    form = MultiDict(request.args)
    with context().index() as index:
        newest = newest_number(index)
    return mend_page(MultiDict({**form.to_dict(), "everything": "1", "newest": str(newest)}))


@pages.post("/mend")
def mend() -> Any:
    """Note what a person says of the chosen files; those that are rejected get a new verdict by it."""
    chosen = chosen_items(request.form)
    if not chosen.ids:
        flash("Nothing was selected. Tick the files first.", "bad")
        return redirect(back_to_list())
    if request.form.get("everything") == "1" and not is_the_same(request.form, chosen):
        return mend_page(request.form)
    try:
        asked = read_asked(request.form, spelled)
    except AskedError as error:
        flash(str(error), "bad")
        return mend_page(request.form)
    carry_out(context().root, "correct", chosen.ids, values=dict(asked.values), why=asked.why, tries_again=True)
    if request.form.get("back") == "item":
        return redirect(url_for("item.item", item_id=chosen.ids[0]))
    return redirect(back_to_list())


@pages.post("/files/<item_id>/take-back")
def take_back(item_id: str) -> Response:
    """Let one value of one file be what was read; a verdict that was given with the other is given anew."""
    what = request.form.get("what", "")
    if not is_id(item_id) or what not in CORRECTABLE:
        abort(404)
    carry_out(context().root, "correct", [item_id], values={what: None})
    return redirect(url_for("item.item", item_id=item_id))


@pages.post("/mend/undo")
def undo() -> Response:
    """Undo what one or several requests have done."""
    named = [one for one in request.form.getlist("request") if is_id(one)][:UNDONE_AT_ONCE_MAX]
    if not named:
        abort(404)
    root = context().root
    tell("undo", wait_for(root, [ask(root, "undo", current_user.name, request=one) for one in named]))
    return redirect(safe_next(request.form.get("back", ""), current_user.role))
