"""Signed links to check pages: whoever holds one may look at this one camera, and at what the link shows of it."""

from dataclasses import dataclass
from pathlib import Path

from flask import current_app
from itsdangerous import BadSignature, Signer

from ingest.fleet.camera_records import CameraRecords
from ingest.spool.check_links import CheckLink, card_links_revoked, find_link, has_ended
from ingest.spool.names import is_camera_id
from ingest.spool.sites import Record

_CARD, _MADE = "check page", "check link"


@dataclass(frozen=True)
class Shown:
    """What a check page shows beside what arrived: the position, and how the camera is (battery, signal, card, clock).

    `link` is the link that opened it; None for a card at the camera, and for who is logged in.
    """

    position: bool = True
    health: bool = True
    link: CheckLink | None = None


EVERYTHING = Shown()


def card_token(camera_id: str, record: Record | None) -> str:
    """Return the signed part of the link that a card at a camera carries: it holds until such links are revoked."""
    number = card_links_revoked(record)
    return _signer(_CARD).sign(f"{camera_id}~{number}" if number else camera_id).decode()


def link_token(link: CheckLink) -> str:
    """Return the signed part of a link that was made for somebody."""
    return _signer(_MADE).sign(link.id).decode()


def read_token(token: str, root: Path, records: CameraRecords, now: str) -> tuple[str, Shown] | None:
    """Return the camera of a check link and what it shows; None when it is not ours, was revoked or has ended."""
    if link_id := _unsigned(_MADE, token):
        link = find_link(root, link_id)
        return (link.camera_id, Shown(link.position, link.health, link)) if link and not has_ended(link, now) else None
    camera_id, _, number = (_unsigned(_CARD, token) or "").partition("~")
    if not is_camera_id(camera_id):
        return None
    holds = number == str(card_links_revoked(records.all(root).get(camera_id)) or "")
    return (camera_id, EVERYTHING) if holds else None


def _unsigned(purpose: str, token: str) -> str | None:
    try:
        return _signer(purpose).unsign(token).decode()
    except (BadSignature, UnicodeDecodeError):
        return None


def _signer(purpose: str) -> Signer:
    return Signer(current_app.config["SECRET_KEY"], salt=purpose, sep="~")
