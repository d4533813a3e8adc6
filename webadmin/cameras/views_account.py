"""The FTPS account of one camera: a new password, the end of the former one, and its closing."""

from typing import Any

from flask import Blueprint, abort, flash
from werkzeug.wrappers import Response

from ingest.requests.answers import Answer
from ingest.requests.new_cameras import new_password
from ingest.spool.camera_accounts import account_of
from ingest.spool.names import is_camera_id
from webadmin.asking import answer_to
from webadmin.cameras.views_add import NOT_YET
from webadmin.cameras.views_camera_record import to_camera
from webadmin.context import context
from webadmin.setup.card import LogIn, draw_card

pages = Blueprint("account", __name__)


@pages.post("/cameras/<camera_id>/account/password")
def renew(camera_id: str) -> Any:
    """Give the account a new password and show it, this once; the former one stays valid."""
    name = _open_account(camera_id)
    password, hashed = new_password()
    answer = answer_to("renew_password", account=name, password_hash=hashed)
    if answer.refused:
        return _back(camera_id, answer)
    return draw_card(camera_id, LogIn(name, is_own=True), password, news="" if answer.done_at else NOT_YET)


@pages.post("/cameras/<camera_id>/account/end-former")
def end_former(camera_id: str) -> Response:
    """Let nobody in any more with the former password."""
    return _back(camera_id, answer_to("end_former_password", account=_open_account(camera_id)))


@pages.post("/cameras/<camera_id>/account/close")
def close(camera_id: str) -> Response:
    """Let nobody in any more with the account."""
    return _back(camera_id, answer_to("close_account", account=_open_account(camera_id)))


def _open_account(camera_id: str) -> str:
    own = account_of(context().root, camera_id) if is_camera_id(camera_id) else None
    if own is None or own.closed_at:
        abort(404)
    return own.name


def _back(camera_id: str, answer: Answer) -> Response:
    if answer.refused:
        flash(f"Not done: {answer.refused[0].get('message')}", "bad")
    elif answer.done_at is None:
        flash("The watcher has not answered yet; it does this as soon as it can.", "wait")
    else:
        flash(str(answer.done[0].get("message")), "good")
    return to_camera(camera_id)
