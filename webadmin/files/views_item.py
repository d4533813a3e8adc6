"""One file: its page, its picture, its bytes, its sidecar; and what can be done with it."""

from collections.abc import Container
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.parse import parse_qsl

from flask import (
    Blueprint,
    abort,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from markupsafe import Markup

from ingest.spool.corrections import corrected
from ingest.spool.names import aside_name
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import is_id
from ingest.spool.trash import find_trashed, goes_at
from webadmin.cameras.mixing import read_mixture
from webadmin.context import context
from webadmin.display import page_time
from webadmin.drawing.maps import Marker, draw_map
from webadmin.files.actions import Chosen, ask_to_delete, carry_out
from webadmin.files.handing_out import send_original
from webadmin.files.item import (
    TRANSFER_WORDS,
    EarlierReport,
    Found,
    deleted_at,
    earlier_reports,
    find_item,
    history,
    report_text,
    verdict_sentence,
)
from webadmin.files.listing import find_rows, neighbours
from webadmin.files.selection import read_selection
from webadmin.files.thumbnails import thumbnail_file
from webadmin.files.trimming import clear_daily
from webadmin.files.waiting import Waiting, find_partial, find_waiting
from webadmin.mending.page import MENDED_BY_HAND, choices_for
from webadmin.mending.words import corrected_of
from webadmin.outbox.deliveries_of import deliveries_of
from webadmin.outbox.found import shown
from webadmin.safety import BYTES_POLICY

pages = Blueprint("item", __name__)

LIST_MAX = 4000
"""No list's address is longer."""

BETWEEN_S = 0.5
"""A verdict is on disk a moment before the index knows it: until then the item is nowhere to be found."""

COMMITTING_S = 10.0
"""A busy disk makes seconds of that moment; as long as the sidecar lies aside in incoming/, the verdict is coming."""


@pages.get("/files/<item_id>")
def item(item_id: str) -> Any:
    """Show everything that is known of one file, wherever it is on its way."""
    here = context()
    if not is_id(item_id):
        abort(404)
    aside, began = here.root / "incoming" / aside_name(item_id), monotonic()
    while True:
        patience_s = COMMITTING_S if aside.exists() else BETWEEN_S
        with here.index() as index:
            if found := find_item(index, here.root, item_id):
                reports = earlier_reports(index, found.sidecar) if found.sidecar else []
                return _decided_page(found, reports, *neighbours(index, found.row["camera_id"], found.row["number"]))
        hours = here.settings.limits.partial_hours
        if waiting := find_waiting(here.root, item_id) or find_partial(here.root, item_id, hours):
            return _undecided_page(item_id, waiting)
        if monotonic() - began > patience_s:
            return _undecided_page(item_id, None), 404
        sleep(0.05)


def _decided_page(found: Found, reports: list[EarlierReport], before: str | None, later: str | None) -> str:
    here = context()
    sidecar = corrected(found.sidecar) if found.sidecar else None
    return render_template(
        "files/item.html",
        found=found,
        row=found.row,
        item_id=found.row["id"],
        sidecar=sidecar,
        transfer_words=TRANSFER_WORDS,
        reports=reports,
        report_lines=report_text(here.root, found.row).splitlines(),
        corrected=corrected_of(found.sidecar),
        may_be_mended=found.row["reason"] in MENDED_BY_HAND,
        **choices_for([found.row]),
        is_mixed=_is_mixed(found),
        has_page=found.row["profile"] in here.profile_ids,
        is_unconfirmed=found.row["profile"] in here.unconfirmed,
        is_saved_profile=here.is_saved(found.row["profile"]),
        sentence=verdict_sentence(sidecar) if sidecar else "",
        found_in=shown(finding, found.sidecar) if (finding := here.findings().get(found.row["id"])) else None,
        deliveries=deliveries_of(here.root, found.row["id"], found.sidecar, here.settings.targets),
        map=_map(sidecar),
        before=before,
        later=later,
        asked=history(here.root, found.row["id"], None if sidecar and sidecar.corrections else found.row["attempts"]),
        now=page_time(),
        list=read_selection(dict(parse_qsl(request.args.get("list", "")[:LIST_MAX]))).here,
        goes_at=deleted_at(found.row["id"], found.row["reason"], here.settings.retention),
    )


def _undecided_page(item_id: str, waiting: Waiting | None) -> str:
    here = context()
    trashed = find_trashed(here.root, item_id) if waiting is None else None
    return render_template(
        "files/unknown.html",
        item_id=item_id,
        waiting=waiting,
        asked=history(here.root, item_id),
        deleted_by=trashed[0] if trashed else None,
        goes_at=goes_at(trashed[0], here.settings.retention.trash_days) if trashed else None,
    )


def _is_mixed(found: Found) -> bool:
    """Say whether the warning that several cameras feed its ID still holds: an admin may have settled it since."""
    here, camera_id = context(), found.row["camera_id"]
    if camera_id is None or "mixed_camera" not in found.row["warnings"].split():
        return False
    with here.index() as index:
        record = here.camera_records.all(here.root).get(camera_id)
        return read_mixture(index, camera_id, record, here.profile_ids) is not None


def _map(sidecar: Sidecar | None) -> Markup | None:
    if sidecar is None or sidecar.latitude is None or sidecar.longitude is None:
        return None
    spot = Marker(sidecar.latitude, sidecar.longitude, "good", lambda: (sidecar.camera_id or "this file", ""))
    return draw_map([spot], context().settings.admin.map_tiles, span_km=2, size=(400, 260))


@pages.post("/files/<item_id>/act")
def act(item_id: str) -> Any:
    """Requeue or delete this one file; deleting asks first."""
    action = request.form.get("action", "")
    if not is_id(item_id) or action not in ("requeue", "delete"):
        abort(404)
    if action == "delete" and request.form.get("confirmed") != "1":
        back = url_for("item.item", item_id=item_id)
        return ask_to_delete(Chosen([item_id], False), back)
    carry_out(context().root, action, [item_id])
    return redirect(url_for("files.files") if action == "delete" else url_for("item.item", item_id=item_id))


@pages.get("/files/<item_id>/thumbnail")
def thumbnail(item_id: str) -> Any:
    """Send a small picture; a drawn sign where there is none to show."""
    file = _thumbnail(_located(item_id), item_id)
    clear_daily(context().surroundings.cache / "thumbnails", _known)
    if file is None:
        return redirect(url_for("static", filename="no-picture.svg"))
    response = send_file(file, mimetype="image/jpeg", max_age=30 * 86400)
    response.headers["Content-Security-Policy"] = BYTES_POLICY
    response.headers["Cache-Control"] = "private, max-age=2592000, immutable"
    return response


@pages.get("/files/<item_id>/original")
def original(item_id: str) -> Any:
    """Send the bytes as they came: as a picture only when they were decoded as one, else as a download."""
    found = _located(item_id)
    as_picture = request.args.get("download") != "1" and _thumbnail(found, item_id) is not None
    return send_original(
        found.row["place"], "image/jpeg" if as_picture else "application/octet-stream", as_attachment=not as_picture
    )


@pages.get("/files/<item_id>/sidecar")
def sidecar(item_id: str) -> Any:
    """Send the sidecar as a download."""
    return send_original(f"{_located(item_id).row['place']}.json", "application/json", as_attachment=True)


def _located(item_id: str) -> Found:
    here = context()
    if not is_id(item_id):
        abort(404)
    with here.index() as index:
        found = find_item(index, here.root, item_id)
    return found or abort(404)


def _thumbnail(found: Found, item_id: str) -> Path | None:
    here = context()
    if found.row["kind"] != "image":
        return None
    try:
        return thumbnail_file(here.surroundings.cache, here.root, item_id, found.row["place"])
    except OSError:  # the original is gone, or there is no room for a small picture
        return None


def _known(ids: list[str]) -> Container[str]:
    with context().index() as index:
        return find_rows(index, ids)
