"""Links to check pages: one for somebody, with what it shows and an end; the list of all, and the end of one."""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ingest.spool.check_links import LABEL_MAX, CheckLink, card_links_revoked, find_link, has_ended, links_in
from ingest.spool.names import is_camera_id
from ingest.spool.stamp import utc_text
from webadmin.addresses import whole_address
from webadmin.asking import answer_to, tell_answer
from webadmin.cameras.check_links import card_token, link_token
from webadmin.cameras.other_names import names_of
from webadmin.context import context
from webadmin.display import page_time

pages = Blueprint("check_links", __name__)

ENDS = {"1": "tomorrow", "7": "in a week", "30": "in 30 days", "180": "in half a year", "": "when somebody revokes it"}


@pages.get("/check-links")
def links() -> Any:
    """Show every link that was made, with those that have ended."""
    now = utc_text(page_time())
    found = [(link, address_of(link), has_ended(link, now)) for link in links_in(context().root)]
    return render_template("cameras/check_links.html", links=found)


@pages.post("/cameras/<camera_id>/check-links")
def make(camera_id: str) -> Response:
    """Make a link to the check page of a camera, for somebody."""
    if not is_camera_id(camera_id):
        abort(404)
    label, days = request.form.get("label", "").strip()[:LABEL_MAX], request.form.get("days", "")
    if not label or days not in ENDS:
        flash("Nothing was changed. Say whom the link is for, such as: ranger Rose.", "bad")
        return _to(camera_id)
    ends_at = utc_text(datetime.now(UTC) + timedelta(days=int(days))) if days else ""
    shows = {name: request.form.get(name) == "1" for name in ("position", "health")}
    words = {"link": secrets.token_hex(16), "label": label, "ends_at": ends_at, **shows}
    tell_answer(answer_to("make_check_link", camera_id=camera_id, **words))
    return _to(camera_id)


@pages.post("/check-links/<link_id>/revoke")
def revoke(link_id: str) -> Response:
    """Let a link open nothing any more."""
    link = find_link(context().root, link_id) or abort(404)
    tell_answer(answer_to("revoke_check_link", link=link.id))
    return redirect(url_for("check_links.links")) if request.form.get("back") else _to(link.camera_id)


@pages.post("/cameras/<camera_id>/check-links/revoke-cards")
def revoke_cards(camera_id: str) -> Response:
    """Let the links on cards of a camera open nothing any more, those of its other names too."""
    if not is_camera_id(camera_id):
        abort(404)
    here = context()
    records = here.camera_records.all(here.root)
    for name in dict.fromkeys((camera_id, *(one.of for one in names_of(camera_id, records)))):
        number = card_links_revoked(records.get(name))
        tell_answer(answer_to("revoke_card_links", camera_id=name, number=number))
    return _to(camera_id)


def links_of(camera_id: str) -> list[tuple[CheckLink, str]]:
    """Return the links to a camera that open something now, each with its address."""
    now = utc_text(page_time())
    found = (one for one in links_in(context().root) if one.camera_id == camera_id and not has_ended(one, now))
    return [(one, address_of(one)) for one in found]


def address_of(link: CheckLink) -> str:
    """Return what is sent to whom a link is for."""
    return whole_address("check_page.check", token=link_token(link))


def card_address(camera_id: str) -> str:
    """Return the address that the cards of a camera carry."""
    here = context()
    record = here.camera_records.all(here.root).get(camera_id)
    return whole_address("check_page.check", token=card_token(camera_id, record))


def _to(camera_id: str) -> Response:
    return redirect(url_for("camera.camera", camera_id=camera_id, _anchor="check-links"))
