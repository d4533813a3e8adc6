"""The list of files: what arrived, with filters, and actions on what is selected."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from sqlite3 import Row
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from ingest.exports.csv_text import stream_csv
from ingest.outbox.results import CATEGORIES
from ingest.spool.filters import filters_in
from ingest.spool.stamp import new_id, parse_utc
from ingest.vocabulary import REASONS
from webadmin.access.rights import may
from webadmin.context import context
from webadmin.display import page_time
from webadmin.files.actions import ask_to_delete, back_to_list, carry_out, chosen_items, is_confirmed
from webadmin.files.archive import Packed, name_inside, stream_archive
from webadmin.files.item import deleted_at
from webadmin.files.listing import count_going, count_items, find_rows, newest_number, read_page
from webadmin.files.selection import SORTS, Selection, read_selection
from webadmin.files.waiting import Waiting, waiting_items, waiting_partials
from webadmin.mending.page import MENDED_BY_HAND, mend_page

pages = Blueprint("files", __name__)

ARCHIVE_MAX = 5000
"""A zip keeps what it holds in memory until its end: some hundred bytes for each file."""

SOON_DAYS = 3
"""Within how many days a file is deleted when the list says so aloud."""

_IDS_PER_LOOK = 500

TABLE = "files.csv"
_TOLD = (
    *("id", "verdict", "reason", "kind", "camera_id", "captured_at", "captured_at_utc", "received_at"),
    *("latitude", "longitude", "corrected", "profile", "upload_path", "size_bytes"),
)


@pages.get("/files")
def files() -> Any:
    """Show one page of a selection."""
    here, selection = context(), read_selection(request.args)
    (waiting, waiting_count), (beginnings, beginnings_count) = _waiting(selection)
    with here.index() as index:
        here.know_found(index, selection)
        counts = count_items(index, selection, here.settings.zone)
        page = read_page(index, selection, here.settings.zone) if selection.verdict != "incoming" else None
        newest = newest_number(index)
        going = count_going(index, here.settings.retention, page_time() + timedelta(days=SOON_DAYS))
        profiles = [
            row[0] for row in index.execute("SELECT DISTINCT profile FROM tallies WHERE profile != '' LIMIT 200")
        ]
    return render_template(
        "files/files.html",
        selection=selection,
        waiting=[*waiting, *beginnings],
        waiting_count=waiting_count,
        beginnings_count=beginnings_count,
        counts=counts,
        matching=_matching(selection, counts.by_verdict, counts.by_reason),
        rows=page.rows if page else [],
        next_page=page.next if page else "",
        newest=newest,
        found_words=CATEGORIES if here.findings() else (),
        targets=[target.name for target in here.settings.targets],
        profiles=profiles,
        reasons=REASONS,
        sorts=SORTS,
        mended_by_hand=MENDED_BY_HAND,
        filters=list(filters_in(here.root)),
        retention=here.settings.retention,
        now=page_time(),
        soon=page_time() + timedelta(days=SOON_DAYS),
        going=going,
        goes_at=lambda row: deleted_at(row["id"], row["reason"], here.settings.retention),
    )


def _matching(selection: Selection, by_verdict: dict[str, int], by_reason: dict[str, int]) -> int:
    if selection.reason:
        return by_reason.get(selection.reason, 0) if selection.verdict != "accepted" else 0
    return by_verdict.get(selection.verdict, 0) if selection.verdict else sum(by_verdict.values())


def _waiting(selection: Selection) -> tuple[tuple[list[Waiting], int], tuple[list[Waiting], int]]:
    """Return what waits for a verdict, and for its rest, each with its number, for the head of the list; filters that
    only a verdict can answer leave it out."""
    here, most = context(), 200 if selection.verdict == "incoming" else 10
    if selection.verdict not in ("", "incoming") or (
        selection.after
        or selection.reason
        or selection.camera
        or selection.profile
        or selection.type
        or selection.found
        or selection.has_days
    ):
        return ([], 0), ([], 0)
    items, number = waiting_items(here.root, most)
    beginnings, cut = waiting_partials(here.root, here.settings.limits.partial_hours, most)
    return (_named(items, selection), number), (_named(beginnings, selection), cut)


def _named(found: list[Waiting], selection: Selection) -> list[Waiting]:
    return [one for one in found if all(word.lower() in one.upload_path.lower() for word in selection.words)]


@pages.post("/files/act")
def act() -> Any:
    """Do something with the selected items; deleting asks first."""
    action, chosen = request.form.get("action", ""), chosen_items(request.form)
    if action != "download" and not may(current_user.role, "item.act"):
        abort(403)
    if not chosen.ids:
        flash("Nothing was selected. Tick the files first.", "bad")
        return redirect(back_to_list())
    if action == "mend":
        return mend_page(request.form)
    if action == "download" and len(chosen.ids) > ARCHIVE_MAX:
        flash(
            f"One download holds at most {ARCHIVE_MAX} files. Choose a camera, a day or a reason, then repeat.", "bad"
        )
        return redirect(back_to_list())
    if action == "download":
        return _download(chosen.ids)
    if action == "delete" and not is_confirmed(request.form, chosen):
        return ask_to_delete(chosen, back_to_list(), everything=request.form.get("everything") == "1")
    if action in ("requeue", "delete"):
        carry_out(context().root, action, chosen.ids)
    if action == "send_again":
        carry_out(context().root, action, chosen.ids, target=request.form.get("target", ""))
    return redirect(back_to_list())


def _download(ids: list[str]) -> Response:
    here = context()
    rows: list[Row] = []
    with here.index() as index:
        for start in range(0, len(ids), _IDS_PER_LOOK):
            rows += find_rows(index, ids[start : start + _IDS_PER_LOOK]).values()
    items = [_packed(row) for row in rows]
    tables = {TABLE: "".join(_table(rows, items))}
    response = Response(stream_archive(here.root, items, tables), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="camspool-{new_id()[:15]}.zip"'
    return response


def _packed(row: Row) -> Packed:
    name = name_inside(row["place"], row["verdict"], row["camera_id"], row["upload_path"])
    came = parse_utc(row["received_at"]).astimezone(context().settings.zone).replace(tzinfo=None)
    return Packed(row["place"], name, datetime.fromisoformat(row["captured_at"]) if row["captured_at"] else came)


def _table(rows: list[Row], items: list[Packed]) -> Iterator[str]:
    """Yield the lines of a table of files, by the values that hold; `corrected` names what people have corrected."""
    header = ("file", *_TOLD)
    return stream_csv(
        header, ((item.name, *(row[one] for one in _TOLD)) for item, row in zip(items, rows, strict=True))
    )


@pages.get("/")
def root() -> Any:
    """Send people to the overview."""
    return redirect(url_for("overview.overview"))
