"""Filters with names: what a list shows is saved for all, and forgotten."""

from urllib.parse import parse_qsl

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from ingest.spool.filters import NAME_MAX, QUERY_MAX
from webadmin.asking import answer_to, tell_answer
from webadmin.files.selection import read_selection

pages = Blueprint("filters", __name__)


@pages.post("/filters")
def save() -> Response:
    """Save what the list shows under a name."""
    name, given = request.form.get("name", "").strip()[:NAME_MAX], request.form.get("query", "")
    query = read_selection(dict(parse_qsl(given.removeprefix("?")[:QUERY_MAX]))).link().removeprefix("?")
    if not name or not query:
        flash("Nothing was changed. Filter the list first, then give that a name, such as: foxes at night.", "bad")
    else:
        tell_answer(answer_to("save_filter", name=name, query=query))
    return redirect(f"{url_for('files.files')}?{query}")


@pages.post("/filters/<filter_id>/forget")
def forget(filter_id: str) -> Response:
    """Forget a filter; the files stay as they are."""
    tell_answer(answer_to("drop_filter", filter=filter_id))
    return redirect(url_for("files.files"))
