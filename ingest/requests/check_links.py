"""Links to check pages, on somebody's word: one is made, or opens nothing any more."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.requests.result import Alive, Result
from ingest.spool.camera_records import read_camera_record, write_camera_record
from ingest.spool.check_links import (
    LABEL_MAX,
    CheckLink,
    card_links_revoked,
    find_link,
    forget_link,
    is_link_id,
    write_link,
)
from ingest.spool.names import is_camera_id, one_line
from ingest.spool.stamp import parse_utc, utc_text


def make_check_link(
    root: Path, _index: sqlite3.Connection, request_id: str, request: dict[str, Any], _alive: Alive
) -> list[Result]:
    """Let the holder of a link see one camera."""
    link_id, camera_id = request["link"], request["camera_id"]
    label, ends_at = one_line(str(request.get("label") or ""), LABEL_MAX).strip(), str(request.get("ends_at") or "")
    if not is_link_id(link_id) or not is_camera_id(camera_id) or not label:
        return [Result(request_id, "refused", "A link has a camera, and says whom it is for.")]
    link = CheckLink(
        link_id,
        camera_id,
        label,
        position=request.get("position") is True,
        health=request.get("health") is True,
        ends_at=utc_text(parse_utc(ends_at)) if ends_at else "",
        made_at=utc_text(datetime.now(UTC)),
        made_by=one_line(str(request.get("by")), 64),
    )
    write_link(root, link)
    return [Result(camera_id, "made", f"The link for {label} is made.")]


def revoke_check_link(
    root: Path, _index: sqlite3.Connection, request_id: str, request: dict[str, Any], _alive: Alive
) -> list[Result]:
    """Let a link open nothing any more. One that is gone already is as it should be."""
    link = find_link(root, str(request["link"]))
    if link is None:
        return [Result(request_id, "revoked", "No such link opens anything.")]
    forget_link(root, link.id)
    return [Result(link.camera_id, "revoked", f"The link for {link.label} opens nothing any more.")]


def revoke_card_links(
    root: Path, _index: sqlite3.Connection, request_id: str, request: dict[str, Any], _alive: Alive
) -> list[Result]:
    """Let the links on all cards that were printed for a camera open nothing any more.

    The request says which number they have, so that carrying it out twice revokes them once.
    """
    camera_id, number = request["camera_id"], request["number"]
    if not is_camera_id(camera_id) or not isinstance(number, int):
        return [Result(request_id, "refused", f"{one_line(str(camera_id))} is not a camera ID.")]
    record = read_camera_record(root, camera_id) or {"registered": False}
    if card_links_revoked(record) == number:
        write_camera_record(root, camera_id, {**record, "card_links": number + 1})
    return [Result(camera_id, "revoked", "The links on cards printed until now open nothing any more.")]
