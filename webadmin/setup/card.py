"""The card that says what to type into a camera: for one with an account or a folder of its own, or for all."""

import re
import socket
from dataclasses import dataclass
from typing import Any

from flask import render_template

from ingest.connections.record import tls_words
from ingest.profiles.profile import Profile
from ingest.spool.camera_accounts import account_of
from ingest.spool.camera_records import owns_folder
from ingest.spool.names import is_camera_id
from webadmin.cameras.views_check_links import card_address
from webadmin.context import context
from webadmin.drawing.qr import draw_qr

_WORD = re.compile(r"[a-z]{4,}")


@dataclass(frozen=True)
class LogIn:
    """How a camera logs in: its account, the folder it is set to, and whether the account is the camera's own."""

    account: str
    folder: str = "/"
    is_own: bool = False


def log_in_of(camera_id: str) -> LogIn:
    """Return how a camera logs in: as all do, unless it was given an account or a folder of its own."""
    here = context()
    shared = here.settings.ftps.account
    own = account_of(here.root, camera_id) if is_camera_id(camera_id) else None
    if own and not own.closed_at:
        return LogIn(own.name, is_own=True)
    return LogIn(shared, f"/{camera_id}" if owns_folder(here.camera_records.all(here.root).get(camera_id)) else "/")


def ftps_settings(log_in: LogIn | None = None) -> dict[str, Any]:
    """Return what is typed into a camera, as the templates call it."""
    ftps = context().settings.ftps
    log_in = log_in or LogIn(ftps.account)
    return {
        "host": ftps.host or socket.getfqdn(),
        "port": ftps.port,
        "implicit_port": ftps.implicit_port,
        "account": log_in.account,
        "folder": log_in.folder,
        "own_account": log_in.is_own,
        "passive": (ftps.passive_first, ftps.passive_last),
        "old_tls": ftps.old_tls,
        "tls_words": tls_words,
    }


def draw_card(camera: str, log_in: LogIn, password: str = "", *, news: str = "") -> str:
    """Return the card's page. `camera` is an ID, or what else a person wrote; `news` is a sentence above the card."""
    settings, make = ftps_settings(log_in), _make(camera)
    return render_template(
        "setup/card.html",
        password=password,
        news=news,
        qr=draw_qr(f"ftp://{settings['account']}@{settings['host']}:{settings['port']}{settings['folder']}"),
        camera=camera,
        is_camera=is_camera_id(camera),
        check_qr=draw_qr(card_address(camera)) if is_camera_id(camera) else None,
        advice=advice_for(make, context().catalogue.profiles),
        **settings,
    )


def advice_for(make: str, profiles: tuple[Profile, ...]) -> list[Profile]:
    """Return the profiles of a make that say how it is set up."""
    wanted = make.casefold()
    exact = [one for one in profiles if one.name.casefold() == wanted]
    words = set(_WORD.findall(wanted))
    alike = (one for one in profiles if wanted in _make_of(one) or words & set(_WORD.findall(_make_of(one))))
    return [one for one in exact or alike if wanted and one.notes]


def _make_of(profile: Profile) -> str:
    """Return the name of a profile without what is in brackets, which says which cameras of a make are meant."""
    return profile.name.casefold().partition("(")[0]


def _make(camera: str) -> str:
    here = context()
    make = (here.camera_records.all(here.root).get(camera) or {}).get("make")
    return make if isinstance(make, str) else ""
