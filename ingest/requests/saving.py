"""Saves profiles on somebody's word: checked, kept as a version, put in use, and the files tried again that it is for.

Nothing is ever half saved: what is refused has changed nothing, and what a crash interrupts is carried out again. A
version has the id of its request, so that it is made once.
"""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.errors import CamspoolError
from ingest.index.places import find_item, read_sidecar
from ingest.profiles.catalogue import load_catalogue, mark_of
from ingest.profiles.profile import Profile
from ingest.profiles.profile_file import parse_profile
from ingest.requests.correcting import correct
from ingest.requests.result import Alive, Result
from ingest.requests.retrying import requeue_items
from ingest.requests.save_checks import Objection, objection_to, text_problem
from ingest.requests.wanted import Wanted
from ingest.settings.values import Settings
from ingest.spool.durable import DISK_TROUBLE
from ingest.spool.names import one_line
from ingest.spool.saved_profiles import (
    Confirmation,
    Version,
    current,
    drop_version,
    is_profile_id,
    profile_folder,
    put_in_use,
    read_confirmation,
    remove_confirmation,
    text_in_use,
    versions,
    write_confirmation,
    write_version,
)
from ingest.spool.stamp import is_id, utc_text

WHY_MAX_CHARACTERS = 500


@dataclass(frozen=True)
class _Change:
    """The next version of a profile, as a request asks for it; `seen` is the version that the person knew of."""

    profile_id: str
    text: str | None
    seen: str | None
    undoes: str | None = None


def save_profile(
    settings: Settings, index: sqlite3.Connection, request_id: str, request: dict[str, Any], alive: Alive
) -> list[Result]:
    """Save a profile and send the files back that it is for.

    Refuse what cannot be read, what somebody else has changed meanwhile, and what would take files from other cameras
    or is for files that somebody else has just sent back; the last two unless the request says so (`takes`). The files
    `of_camera` are from one camera, as the person says, who sees that nothing in them names it.
    """
    profile_id, text = request["profile"], request["text"]
    ids = [one for one in request.get("ids") or () if isinstance(one, str)]
    change = _Change(str(profile_id), text, request.get("based_on"))
    version = _made(settings.root, change.profile_id, request_id)
    if version is None:
        if problem := text_problem(settings, profile_id, text) or _conflict(settings.root, change):
            return [_refused(profile_id, request_id, problem)]
        profile = parse_profile(text, profile_folder(settings.root, profile_id))
        objection = None if request.get("takes") is True else objection_to(settings, index, profile, ids, alive)
        if objection:
            return [_refused(profile_id, request_id, f"{objection.sentence} Nothing was saved.", objection)]
    version = _keep(settings.root, change, request_id, request, version)
    _give_to_camera(settings, index, request, version, alive)
    said = f"The profile {profile_id} is saved, and the next files are read by it."
    return [Result(profile_id, "saved", said), *requeue_items(settings.root, index, ids, version.at, alive)]


def _give_to_camera(
    settings: Settings, index: sqlite3.Connection, request: dict[str, Any], version: Version, alive: Alive
) -> None:
    """Note which camera the files are from that name none, where the person knows it: their new verdicts go by that."""
    of = request.get("of_camera")
    if isinstance(of, dict) and isinstance(of.get("ids"), list):
        wanted = Wanted({"camera_id": of.get("camera_id")}, version.by, version.at, "Named in the workshop.")
        correct(settings, index, of["ids"], wanted, alive)


def undo_profile(
    settings: Settings, _index: sqlite3.Connection, request_id: str, request: dict[str, Any], _alive: Alive
) -> list[Result]:
    """Go back to what was before the current version of a profile: an earlier one, or none that was saved."""
    profile_id, undone, root = request["profile"], request["version"], settings.root
    version = _made(root, str(profile_id), request_id)
    kept = [one for one in versions(root, profile_id) if one.id != request_id] if is_profile_id(profile_id) else []
    if not kept:
        return [_refused(profile_id, request_id, "Nobody has saved a profile of this name here.")]
    change = _Change(profile_id, kept[-2].text if len(kept) > 1 else None, undone, undone)
    if version is None and (problem := _conflict(root, change) or _unreadable(root, change)):
        return [_refused(profile_id, request_id, problem)]
    version = _keep(root, change, request_id, request, version)
    return [Result(profile_id, "undone", _undone_sentence(settings, version, profile_id))]


def confirm_profile(
    settings: Settings, index: sqlite3.Connection, request_id: str, request: dict[str, Any], _alive: Alive
) -> list[Result]:
    """Put down that a person has seen a profile read a file as it should. It holds for the text that is in use now."""
    profile_id, item_id, root = request["profile"], request["item"], settings.root
    found = load_catalogue(settings.profile_folders).profiles if is_profile_id(profile_id) else ()
    profile = next((one for one in found if one.id == profile_id), None)
    if profile is None:
        return [_refused(profile_id, request_id, "There is no profile of this name.")]
    told = read_confirmation(profile_folder(root, profile_id))
    if profile.confirmed and not (told and told.request == request_id):
        return [_refused(profile_id, request_id, f"The profile {profile_id} is confirmed already.")]
    if problem := _unseen(root, index, profile, item_id):
        return [_refused(profile_id, request_id, problem)]
    by, at = one_line(str(request.get("by"))), str(request.get("at") or utc_text(datetime.now(UTC)))
    write_confirmation(root, profile_id, Confirmation(request_id, by, at, item_id, mark_of(profile)))
    return [Result(profile_id, "confirmed", f"The profile {profile_id} counts as confirmed now.")]


def unconfirm_profile(
    settings: Settings, _index: sqlite3.Connection, request_id: str, request: dict[str, Any], _alive: Alive
) -> list[Result]:
    """Take back that a profile was confirmed here."""
    profile_id = request["profile"]
    if not is_profile_id(profile_id):
        return [_refused(profile_id, request_id, "There is no profile of this name.")]
    remove_confirmation(settings.root, profile_id)
    return [Result(profile_id, "unconfirmed", f"The confirmation of the profile {profile_id} is taken back.")]


def _made(root: Path, profile_id: str, request_id: str) -> Version | None:
    """Return the version that an earlier try of this request has made."""
    found = versions(root, profile_id) if is_profile_id(profile_id) else []
    return next((one for one in found if one.id == request_id), None)


def _conflict(root: Path, change: _Change) -> str | None:
    """Say what has changed since the person looked, or that somebody has changed the file by hand."""
    last = current(root, change.profile_id)
    text = text_in_use(root, change.profile_id)
    if text is not None and text != (last.text if last else None):
        file = profile_folder(root, change.profile_id)
        return f"The profile in {file} was put there or changed by hand; nothing was changed now. Move it away first."
    if (last.id if last else None) == change.seen:
        return None
    if last is None:
        return f"There is no saved profile {change.profile_id} any more; nothing was changed now."
    what = "undid a change of" if last.undoes else "saved"
    when = last.at[:16].replace("T", " ")
    return (
        f"{one_line(last.by, 64)} {what} the profile {change.profile_id} on {when} UTC; nothing was changed now. "
        "Look at it first, or choose another name."
    )


def _unreadable(root: Path, change: _Change) -> str | None:
    """Say why an earlier version cannot be used again: a later release may read profiles more strictly."""
    try:
        if change.text is not None:
            parse_profile(change.text, profile_folder(root, change.profile_id))
    except CamspoolError as error:
        return f"What was before cannot be used: {error}"
    return None


def _keep(root: Path, change: _Change, request_id: str, request: dict[str, Any], made: Version | None) -> Version:
    """Keep the version and put it in use; one that an earlier try has made stays as it is, and later ones stay in use.

    Raise OSError. Where trying again would not help, nothing of it stays.
    """
    last = current(root, change.profile_id)
    if made:
        if last and last.id == made.id:
            put_in_use(root, change.profile_id, made)
        return made
    by, why = one_line(str(request.get("by"))), one_line(str(request.get("why") or ""), WHY_MAX_CHARACTERS)
    now, number = utc_text(datetime.now(UTC)), last.number + 1 if last else 1
    version = Version(request_id, change.text, by, now, why, change.undoes, number)
    try:
        write_version(root, change.profile_id, version)
    except OSError as error:
        if error.errno not in DISK_TROUBLE:
            drop_version(root, change.profile_id, version)
        raise
    return version


def _undone_sentence(settings: Settings, version: Version, profile_id: str) -> str:
    if version.text is not None:
        return f"The profile {profile_id} is as it was before."
    is_left = any(one.id == profile_id for one in load_catalogue(settings.profile_folders).profiles)
    return f"The profile {profile_id} is {'the shipped one again' if is_left else 'not in use any more'}."


def _unseen(root: Path, index: sqlite3.Connection, profile: Profile, item_id: object) -> str | None:
    """Say why a file cannot confirm a profile: it must be one that was accepted by it."""
    place = find_item(root, index, item_id) if isinstance(item_id, str) and is_id(item_id) else None
    sidecar = read_sidecar(root, place) if place else None
    if sidecar is None or (sidecar.verdict, sidecar.profile) != ("accepted", profile.id):
        return f"Only a file that the profile {profile.id} accepted can confirm it."
    return None


def _refused(profile_id: object, request_id: str, sentence: str, objection: Objection | None = None) -> Result:
    """Refuse; where somebody may insist, the answer names a file that the profile would take."""
    name = str(profile_id) if is_profile_id(profile_id) else request_id
    item_id, path = (objection.item_id, objection.path) if objection else (None, None)
    return Result(name, "refused", sentence, item_id, upload_path=path)
