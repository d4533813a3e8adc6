"""What can be done to items and cameras on somebody's word: one function per action of a request."""

import sqlite3
from collections.abc import Container
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.connections.store import delete_old_connection_records
from ingest.index.places import find_item, waiting_ids
from ingest.index.store import indexed_place
from ingest.requests import (
    accounts,
    check_links,
    clock_spans,
    deleting,
    filters,
    incidents,
    people,
    redelivering,
    saving,
    tokens,
    trash,
    undoing,
)
from ingest.requests.correcting import correct
from ingest.requests.due import days_in, delete_old_answers, due_items
from ingest.requests.held_names import drop_held_names
from ingest.requests.proofs import sort_by_proof
from ingest.requests.result import Alive, Result
from ingest.requests.retrying import act_on_each, judged_again, requeue_items
from ingest.requests.unusable import list_unusable
from ingest.requests.wanted import wanted_by
from ingest.settings.values import Settings
from ingest.spool.camera_records import write_camera_record, wrong_zone
from ingest.spool.letters import delete_old_letters
from ingest.spool.moves import take
from ingest.spool.names import LOCAL, is_camera_id, one_line
from ingest.spool.origin import Origin
from ingest.spool.stamp import is_id, utc_text
from ingest.vocabulary import UNUSABLE


def _requeue(root: Path, index: sqlite3.Connection, _id: str, request: dict[str, Any], alive: Alive) -> list[Result]:
    return requeue_items(root, index, request["ids"], request.get("at") or utc_text(datetime.now(UTC)), alive)


def _edit_camera(
    root: Path, _index: sqlite3.Connection, request_id: str, request: dict[str, Any], _alive: Alive
) -> list[Result]:
    camera_id, record = request["camera_id"], request["record"]
    if not is_camera_id(camera_id) or not isinstance(record, dict):
        return [Result(request_id, "refused", f"{one_line(str(camera_id))} is not a camera ID.")]
    if problem := wrong_zone(record):
        return [Result(request_id, "refused", problem)]
    write_camera_record(root, camera_id, record)
    return [Result(camera_id, "saved", "The camera's record is saved.")]


def _process_upload(
    root: Path, index: sqlite3.Connection, request_id: str, request: dict[str, Any], _alive: Alive
) -> list[Result]:
    """Take a file that an admin uploaded. It gets the request's id, so that a second try finds it taken."""
    file = root / "requests" / f"{request_id}.upload"
    origin = Origin(str(request["upload_path"]).encode(), "upload", LOCAL, request.get("account"))
    if file.is_file() and not file.is_symlink():
        take(root, file, request_id, LOCAL, origin)
    elif request_id not in waiting_ids(root) and find_item(root, index, request_id) is None:
        return [Result(request_id, "refused", "The uploaded file is missing.")]
    return [Result(request_id, "taken", "Waits for its verdict.", item_id=request_id)]


def _retention(
    settings: Settings, index: sqlite3.Connection, _id: str, request: dict[str, Any], alive: Alive
) -> list[Result]:
    """Delete what is due by the ages given in the request; 0 days keeps, and so does an archive that has no proof."""
    root, days, now = settings.root, days_in(request), datetime.now(UTC)
    due, kept = sort_by_proof(root, index, due_items(root, index, days, now), settings.targets, alive)
    delete_old_connection_records(root, days.connections_days, now)
    delete_old_answers(root, days.connections_days, now)
    delete_old_letters(root, days.connections_days, now)
    emptied = trash.empty_what_is_due(root, days.trash_days, now, alive)
    waiting = frozenset(waiting_ids(root))
    deleted = act_on_each(due, lambda item_id: deleting.delete_item(root, index, item_id, waiting), alive)
    return [*deleted, *kept, *emptied]


def _make_room(root: Path, index: sqlite3.Connection, _id: str, request: dict[str, Any], alive: Alive) -> list[Result]:
    """Delete items that can never be accepted, with the names that their cameras still see: those hold the space."""
    ids, waiting = frozenset(filter(is_id, request["ids"])), frozenset(waiting_ids(root))
    drop_held_names(root, (item for item in list_unusable(root, index) if item.id in ids))
    return act_on_each(request["ids"], lambda item_id: _delete_unusable(root, index, item_id, waiting), alive)


def _delete_unusable(root: Path, index: sqlite3.Connection, item_id: str, waiting: Container[str]) -> Result:
    """Delete an item unless a new verdict has come since: nobody has asked for the deletion of that."""
    place = (find_item(root, index, item_id) or indexed_place(index, item_id)) if is_id(item_id) else None
    if place and not place.startswith(tuple(f"rejected/{reason}/" for reason in UNUSABLE)):
        return Result(item_id, "refused", "The item has got another verdict since.")
    return deleting.delete_item(root, index, item_id, waiting)


def _explain(
    _root: Path, _index: sqlite3.Connection, request_id: str, request: dict[str, Any], _alive: Alive
) -> list[Result]:
    """Put down what a person knows of transfers that the audit misses: the audit reads it from the answer."""
    findings, because = request["findings"], request["because"]
    if not isinstance(because, str) or not because.strip() or not findings:
        return [Result(request_id, "refused", "An explanation says of what, and why.")]
    paths = [(str(finding["connection"]), str(finding["path"])) for finding in findings]
    return [Result(path, "explained", because, connection=connection) for connection, path in paths]


def _correct(
    settings: Settings, index: sqlite3.Connection, _id: str, request: dict[str, Any], alive: Alive
) -> list[Result]:
    """Correct items. Where the request says so, those that wait rejected get a new verdict by what holds then, and
    in any case those whose verdict was given with what nobody says any more."""
    done = [Result(*one) for one in correct(settings, index, request["ids"], wanted_by(request), alive)]
    all_rejected = request.get("tries_again") is True
    return judged_again(settings.root, index, done, request["at"], alive, all_rejected=all_rejected)


ACTIONS = {
    "requeue": _requeue,
    "delete": deleting.delete,
    "empty_trash": trash.empty,
    "edit_camera": _edit_camera,
    "process_upload": _process_upload,
    "make_room": _make_room,
    "explain": _explain,
    "add_camera": accounts.add_camera,
    "renew_password": accounts.renew_password,
    "end_former_password": accounts.end_former_password,
    "close_account": accounts.close_account,
    "know_incident": incidents.know_incident,
    "forget_incident": incidents.forget_incident,
    "test_message": incidents.test_message,
    "make_token": tokens.make_token,
    "revoke_token": tokens.revoke_token,
    "add_person": people.add_person,
    "change_person": people.change_person,
    "invite_person": people.invite_person,
    "set_password": people.set_password,
    "set_second_factor": people.set_second_factor,
    "remove_person": people.remove_person,
    "end_sessions": people.end_sessions,
    "save_filter": filters.save_filter,
    "drop_filter": filters.drop_filter,
    "make_check_link": check_links.make_check_link,
    "revoke_check_link": check_links.revoke_check_link,
    "revoke_card_links": check_links.revoke_card_links,
}

SETTINGS_ACTIONS = {
    "save_profile": saving.save_profile,
    "undo_profile": saving.undo_profile,
    "confirm_profile": saving.confirm_profile,
    "unconfirm_profile": saving.unconfirm_profile,
    "correct": _correct,
    "mend_clock": clock_spans.mend_clock,
    "undo_clock": clock_spans.take_back_span,
    "undo": undoing.undo,
    "restore": trash.restore,
    "retention": _retention,
    "send_again": redelivering.send_again,
    "pause_target": redelivering.pause_target,
    "resume_target": redelivering.resume_target,
}
"""What needs the settings as well: they name the folders of the profiles that are in use, and the targets."""
