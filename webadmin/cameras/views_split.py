"""An ID that several cameras feed is split: which files of the past, and which to come, belong to which camera."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from ingest.fleet.other_names import real_name
from ingest.spool.assignments import Assignment, with_assignment
from ingest.spool.camera_records import read_camera_record, registers, zone_in
from ingest.spool.names import is_camera_id, one_line
from ingest.spool.stamp import utc_text
from webadmin.cameras.mixing import as_one_camera
from webadmin.cameras.splitting import BYS, By, File, Group, Move, groups_of, key_by, moves_of, read_by, read_cuts
from webadmin.cameras.views_camera import found_camera
from webadmin.cameras.views_camera_record import record_to_change, save, to_camera
from webadmin.cameras.views_other_names import spelled
from webadmin.context import context
from webadmin.display import page_time
from webadmin.files.actions import carry_out

pages = Blueprint("split", __name__)

MOVED_MAX = 100_000
_COLUMNS = "id, verdict, kind, make, profile, account, captured_at, received_at"
_WHY_MAX_CHARACTERS = 300


@dataclass(frozen=True)
class _Asked:
    """How a person wants to see the files of an ID: what the address or the form says."""

    camera_id: str
    by: By
    cuts: tuple[datetime, ...]
    zone: ZoneInfo

    def groups(self, index: sqlite3.Connection) -> list[Group]:
        return groups_of(_files(index, self.camera_id), self.by, self.cuts, self.zone)

    def ids(self, index: sqlite3.Connection, keys: set[str]) -> Iterator[tuple[str, str]]:
        """Yield the files of some groups with their keys."""
        key_of = key_by(self.by, self.cuts, self.zone)
        for file in _files(index, self.camera_id):
            if (key := key_of(file)) in keys:
                yield key, file.id


@pages.get("/cameras/<camera_id>/split")
def split(camera_id: str) -> Any:
    """Show the files of an ID in groups, and ask which camera each belongs to."""
    asked = _asked(camera_id)
    with context().index() as index:
        camera = found_camera(index, camera_id)
        groups = asked.groups(index)
    return render_template("cameras/split.html", camera=camera, asked=asked, bys=BYS, groups=groups, wanted={})


@pages.post("/cameras/<camera_id>/split")
def do_split(camera_id: str) -> Any:
    """Show what a split will change, and do so when the person agrees."""
    asked = _asked(camera_id)
    typed = dict(zip(request.form.getlist("key"), request.form.getlist("to"), strict=False))
    wanted, wrong = _read_ids(typed, camera_id)
    with context().index() as index:
        camera = found_camera(index, camera_id)
        groups = asked.groups(index)
        moves = moves_of(groups, wanted, camera_id, asked.by, asked.cuts)
        known = {move.camera_id for move in moves if _is_known(index, move.camera_id)}
    if wrong or not moves:
        flash(wrong or "Nothing was chosen: write another camera's ID beside the files that are not its own.", "bad")
        return render_template("cameras/split.html", camera=camera, asked=asked, bys=BYS, groups=groups, wanted=typed)
    if request.form.get("confirmed") != "1":
        return render_template("cameras/split_preview.html", camera=camera, asked=asked, moves=moves, known=known)
    return _carry_out(asked, moves, wanted)


@pages.post("/cameras/<camera_id>/one-camera")
def one_camera(camera_id: str) -> Response:
    """Write down that all that feeds the ID is one camera; a further make is said again."""
    record = record_to_change(camera_id)
    at = utc_text(page_time())
    with context().index() as index:
        record = as_one_camera(index, camera_id, record, current_user.name, at)
    save(camera_id, record)
    return to_camera(camera_id)


@pages.post("/cameras/<camera_id>/move-all")
def move_all(camera_id: str) -> Response:
    """Give all files that are here under an ID to the camera whose other name it is."""
    whole = real_name(camera_id, record_to_change(camera_id))
    if whole is None:
        abort(400)
    with context().index() as index:
        ids = [file.id for file in _files(index, camera_id)]
    _correct({whole: ids}, f"{camera_id} is another name of {whole}.")
    return redirect(url_for("camera.camera", camera_id=whole))


def _carry_out(asked: _Asked, moves: list[Move], wanted: dict[str, str]) -> Response:
    """Ask for the future first: what arrives meanwhile is where it belongs, and the past follows."""
    lasting = [move.lasting for move in moves if move.lasting and request.form.get("lasting") == "1"]
    if lasting and not _assign(asked.camera_id, lasting):
        return to_camera(asked.camera_id)
    _register({move.camera_id for move in moves}, asked.camera_id)
    groups: dict[str, list[str]] = {}
    with context().index() as index:
        for key, item_id in asked.ids(index, {move.group.key for move in moves}):
            groups.setdefault(wanted[key], []).append(item_id)
    _correct(groups, request.form.get("why", "").strip()[:_WHY_MAX_CHARACTERS] or f"Split by {asked.by}.")
    return to_camera(asked.camera_id)


def _correct(groups: dict[str, list[str]], why: str) -> None:
    for camera_id, ids in groups.items():
        carry_out(context().root, "correct", ids[:MOVED_MAX], what="camera_id", value=camera_id, why=why)
        if len(ids) > MOVED_MAX:
            flash(f"The newest {MOVED_MAX} files are given to {camera_id}. Repeat it for the rest.", "attention")


def _assign(camera_id: str, lasting: list[Assignment]) -> bool:
    record = record_to_change(camera_id)
    for assignment in lasting:
        record = with_assignment(record, assignment)
    return save(camera_id, record)


def _register(cameras: set[str], of: str) -> None:
    """Enter the cameras that were named here, where only those that are entered may send and this one may."""
    here = context()
    if not here.settings.cameras.must_be_registered or not registers(read_camera_record(here.root, of)):
        return
    for camera_id in sorted(cameras):
        record = read_camera_record(here.root, camera_id)
        if not registers(record):
            save(camera_id, {**(record or {}), "registered": True})


def _read_ids(typed: dict[str, str], camera_id: str) -> tuple[dict[str, str], str]:
    """Return the camera that was typed for each group, and what is wrong with the first that cannot be one."""
    wanted = dict[str, str]()
    for key, text in typed.items():
        made = spelled(text) if text.strip() else camera_id
        if made is None:
            return (
                {},
                f"“{one_line(text, 60)}” cannot be a camera's ID; expected letters and digits, or a name made of them.",
            )
        wanted[key] = made
    return wanted, ""


def _asked(camera_id: str) -> _Asked:
    if not is_camera_id(camera_id):
        abort(404)
    zone = zone_in(read_camera_record(context().root, camera_id)) or context().settings.zone
    return _Asked(camera_id, read_by(request.values.get("by", "")), read_cuts(request.values.getlist("cut")), zone)


def _files(index: sqlite3.Connection, camera_id: str) -> Iterator[File]:
    """Yield the files of an ID, newest first for each verdict."""
    for verdict in ("accepted", "rejected"):
        rows = index.execute(
            f"SELECT {_COLUMNS} FROM items INDEXED BY items_camera WHERE camera_id = ? AND verdict = ? "  # noqa: S608
            "ORDER BY number DESC",
            (camera_id, verdict),
        )
        yield from (File(*row) for row in rows)


def _is_known(index: sqlite3.Connection, camera_id: str) -> bool:
    named = "SELECT 1 FROM items INDEXED BY items_camera WHERE camera_id = ? LIMIT 1"
    return index.execute(named, (camera_id,)).fetchone() is not None or camera_id in context().camera_records.all(
        context().root
    )
