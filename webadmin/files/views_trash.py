"""The trash: what people have deleted, request by request, restored or let go for good."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ingest.index.places import id_in
from ingest.requests.answers import read_answer
from ingest.spool.stamp import is_id
from ingest.spool.trash import goes_at, requests_in_trash, size_in_trash, trashed_places
from webadmin.asking import answer_to, tell_answer
from webadmin.context import context
from webadmin.files.actions import carry_out

pages = Blueprint("trash", __name__)

SHOWN = 50


@dataclass(frozen=True)
class Deletion:
    """What one request deleted and can still be restored: how many items of how many bytes, by whom, until when; `item`
    is the id of the only one."""

    id: str
    by: str
    items: int
    size_bytes: int
    goes_at: datetime
    first_path: str
    item: str | None


@pages.get("/trash")
def trash() -> Any:
    """Show what was deleted last."""
    here = context()
    found = requests_in_trash(here.root)[::-1]
    return render_template(
        "files/trash.html",
        deletions=[_deletion(one) for one in found[:SHOWN]],
        more=max(0, len(found) - SHOWN),
        days=here.settings.retention.trash_days,
    )


@pages.post("/trash/restore")
def restore() -> Response:
    """Restore one file, or all that one request has deleted."""
    item_id, named = request.form.get("id", ""), request.form.get("request", "")
    if is_id(item_id):
        carry_out(context().root, "restore", [item_id])
        return redirect(url_for("item.item", item_id=item_id))
    if not is_id(named):
        abort(404)
    places = trashed_places(context().root, named)
    ids = [one for one in map(id_in, places) if one]
    if ids:
        carry_out(context().root, "restore", ids)
    else:
        flash("Nothing of it is in the trash any more.", "attention")
    return redirect(url_for("trash.trash"))


@pages.post("/trash/empty")
def empty() -> Response:
    """Let go for good what one request has deleted."""
    named = request.form.get("request", "")
    if named not in requests_in_trash(context().root):
        abort(404)
    tell_answer(answer_to("empty_trash", requests=[named]))
    return redirect(url_for("trash.trash"))


def _deletion(request_id: str) -> Deletion:
    here = context()
    answer = read_answer(here.root, request_id)
    items, size_bytes = size_in_trash(here.root, request_id)
    places = trashed_places(here.root, request_id) if items == 1 else []
    return Deletion(
        request_id,
        str(answer.request.get("by") or "") if answer else "",
        items,
        size_bytes,
        goes_at(request_id, here.settings.retention.trash_days),
        places[0].rpartition("/")[2] if places else "",
        id_in(places[0]) if places else None,
    )
