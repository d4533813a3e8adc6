"""Set up a camera: FTPS settings, a printable card, and the last connections."""

import socket
from typing import Any

from flask import Blueprint, render_template, request, url_for

from ingest.connections.record import tls_words
from ingest.errors import CamspoolError
from ingest.ftps.own import read_ftps_password
from ingest.spool.names import is_camera_id
from ingest.verdict.connection_test import is_test_upload
from webadmin.cameras.check_links import check_token
from webadmin.context import context
from webadmin.drawing.qr import draw_qr
from webadmin.setup.recent_connections import RecentConnection, recent_connections

pages = Blueprint("setup", __name__)


@pages.get("/set-up")
def setup() -> Any:
    """Show what to type into a camera, and who has just tried."""
    connections = _connections()
    if request.args.get("live") == "1":
        old_tls = context().settings.ftps.old_tls
        return render_template("setup/_connections.html", connections=connections, old_tls=old_tls, tls_words=tls_words)
    return render_template(
        "setup/setup.html", connections=connections, profiles=context().catalogue.profiles, **_settings()
    )


@pages.post("/set-up/password")
def password() -> Any:
    """Show the password: only on request, and never in an address."""
    try:
        shown, trouble = read_ftps_password(context().settings.admin.ftps_password_file), ""
    except CamspoolError as error:
        shown, trouble = "", str(error)
    return render_template(
        "setup/setup.html",
        connections=_connections(),
        profiles=context().catalogue.profiles,
        password=shown,
        trouble=trouble,
        **_settings(),
    )


@pages.post("/set-up/card")
def card() -> Any:
    """Show a card to print, with the password only when asked for."""
    settings = _settings()
    with_password = request.form.get("with_password") == "1"
    shown = read_ftps_password(context().settings.admin.ftps_password_file) if with_password else ""
    camera = request.form.get("camera", "").strip()[:100]
    words = f"ftp://{settings['account']}@{settings['host']}:{settings['port']}/"
    return render_template(
        "setup/card.html",
        password=shown,
        with_password=with_password,
        qr=draw_qr(words),
        camera=camera,
        check_qr=draw_qr(url_for("check_page.check", token=check_token(camera), _external=True))
        if is_camera_id(camera)
        else None,
        **settings,
    )


def _connections() -> list[RecentConnection]:
    profiles = context().catalogue.profiles
    return recent_connections(context().root, is_test=lambda path: is_test_upload(profiles, path))


def _settings() -> dict[str, Any]:
    ftps = context().settings.ftps
    return {
        "host": ftps.host or socket.getfqdn(),
        "port": ftps.port,
        "implicit_port": ftps.implicit_port,
        "account": ftps.account,
        "passive": (ftps.passive_first, ftps.passive_last),
        "old_tls": ftps.old_tls,
        "tls_words": tls_words,
    }
