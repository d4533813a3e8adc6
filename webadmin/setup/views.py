"""Set up a camera: FTPS settings, a printable card, and the last connections."""

from typing import Any

from flask import Blueprint, render_template, request

from ingest.connections.record import tls_words
from ingest.errors import CamspoolError
from ingest.ftps.own import read_ftps_password
from ingest.spool.camera_accounts import camera_accounts
from ingest.verdict.connection_test import is_test_upload
from webadmin.context import context
from webadmin.setup.card import draw_card, ftps_settings, log_in_of
from webadmin.setup.recent_connections import RecentConnection, recent_connections

pages = Blueprint("setup", __name__)


@pages.get("/set-up")
def setup() -> Any:
    """Show what to type into a camera, and who has just tried."""
    connections = _connections()
    if request.args.get("live") == "1":
        old_tls = context().settings.ftps.old_tls
        return render_template("setup/_connections.html", connections=connections, old_tls=old_tls, tls_words=tls_words)
    return _page(connections)


@pages.post("/set-up/password")
def password() -> Any:
    """Show the password: only on request, and never in an address."""
    try:
        shown, trouble = read_ftps_password(context().settings.admin.ftps_password_file), ""
    except CamspoolError as error:
        shown, trouble = "", str(error)
    return _page(_connections(), password=shown, trouble=trouble)


@pages.post("/set-up/card")
def card() -> Any:
    """Show a card to print, with the password of the account for everybody only when asked for."""
    camera = request.form.get("camera", "").strip()[:100]
    log_in = log_in_of(camera)
    with_password = request.form.get("with_password") == "1" and not log_in.is_own
    shown = read_ftps_password(context().settings.admin.ftps_password_file) if with_password else ""
    return draw_card(camera, log_in, shown)


def _page(connections: list[RecentConnection], password: str = "", trouble: str = "") -> str:
    here = context()
    return render_template(
        "setup/setup.html",
        connections=connections,
        profiles=here.catalogue.profiles,
        accounts=sorted(
            camera_accounts(here.root).values(), key=lambda one: (one.closed_at is not None, one.camera_id)
        ),
        deployed=here.settings.ftps.accounts,
        password=password,
        trouble=trouble,
        **ftps_settings(),
    )


def _connections() -> list[RecentConnection]:
    profiles = context().catalogue.profiles
    return recent_connections(context().root, is_test=lambda path: is_test_upload(profiles, path))
