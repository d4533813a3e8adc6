"""The profiles that admins saved: profiles/<id>/ has the one in use, all its versions, and who confirmed it.

A version is on the disk before it is put in use. What a crash leaves between the two is mended by carrying the same
request out again: the version has the request's id, so it is the same one.
"""

import json
import logging
import re
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ingest.spool.durable import flush_folder, replace_file
from ingest.spool.json_text import parse_json
from ingest.spool.stamp import is_id

log = logging.getLogger("camspool")

FOLDER = "profiles"
IN_USE, CONFIRMATION = "profile.toml", "confirmation.json"
TEXT_MAX_BYTES = 64 * 1024

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}")
_VERSIONS = "versions"


@dataclass(frozen=True)
class Version:
    """One version of a saved profile; `text` is None where the profile was taken away.

    `id` is that of the request that made it, `at` when that was done (UTC text), `undoes` the version that it took
    back. `number` counts from 1.
    """

    id: str
    text: str | None
    by: str
    at: str
    why: str = ""
    undoes: str | None = None
    number: int = 1


@dataclass(frozen=True)
class Confirmation:
    """That somebody has seen a profile read photos from the field as it should: with `item`, by its text `sha256`."""

    request: str
    by: str
    at: str
    item: str
    sha256: str


def is_profile_id(text: object) -> bool:
    """Say whether a text may be a profile's id, which is the name of its folder.

    >>> is_profile_id("willfine-4.0t-cg"), is_profile_id("Willfine"), is_profile_id("../x"), is_profile_id("")
    (True, False, False, False)
    """
    return isinstance(text, str) and _ID.fullmatch(text) is not None


def profile_folder(root: Path, profile_id: str) -> Path:
    """Return where a saved profile lies. Raise ValueError for an id that may not become a folder name."""
    if not is_profile_id(profile_id):
        raise ValueError(f"{profile_id!r} is not a profile's id")
    return root / FOLDER / profile_id


def versions(root: Path, profile_id: str) -> list[Version]:
    """Return the versions of a saved profile, newest last; none of one that nobody saved."""
    files = (profile_folder(root, profile_id) / _VERSIONS).glob("*.json")
    found = [version for file in files if is_id(file.stem) and (version := _read(file))]
    return sorted(found, key=lambda version: (version.number, version.id))


def current(root: Path, profile_id: str) -> Version | None:
    """Return the newest version of a saved profile; None when nobody saved one."""
    return next(reversed(versions(root, profile_id)), None)


def text_in_use(root: Path, profile_id: str) -> str | None:
    """Return the text of the saved profile that is in use; None when there is none."""
    try:
        return (profile_folder(root, profile_id) / IN_USE).read_bytes().decode("utf-8", "replace")
    except FileNotFoundError:
        return None


def write_version(root: Path, profile_id: str, version: Version) -> None:
    """Keep a version and put it in use. Raise OSError; then the next try, with the same version, goes on."""
    folder = profile_folder(root, profile_id)
    for each in (folder, folder / _VERSIONS):
        if not each.exists():
            each.mkdir(exist_ok=True)
            flush_folder(each.parent)
    replace_file(_file_of(folder, version), json.dumps(vars(version), indent=1).encode() + b"\n")
    put_in_use(root, profile_id, version)


def put_in_use(root: Path, profile_id: str, version: Version) -> None:
    """Have the text of a version in use, whole or not at all; without a text, none."""
    file = profile_folder(root, profile_id) / IN_USE
    if version.text is not None:
        replace_file(file, version.text.encode())
        return
    file.unlink(missing_ok=True)
    flush_folder(file.parent)


def drop_version(root: Path, profile_id: str, version: Version) -> None:
    """Take a version back that could not be put in use."""
    with suppress(OSError):
        _file_of(profile_folder(root, profile_id), version).unlink(missing_ok=True)


def text_mark(content: bytes) -> str:
    """Return what tells one text of a profile from another."""
    return sha256(content).hexdigest()


def read_confirmation(folder: Path) -> Confirmation | None:
    """Return the confirmation in a profile's folder; None when there is none that can be read."""
    try:
        content = parse_json((folder / CONFIRMATION).read_bytes())
        return Confirmation(**{key: str(content[key]) for key in Confirmation.__dataclass_fields__})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_confirmation(root: Path, profile_id: str, confirmation: Confirmation) -> None:
    """Write who confirmed a profile, whichever folder it is read from."""
    folder = profile_folder(root, profile_id)
    folder.mkdir(exist_ok=True)
    flush_folder(folder.parent)
    replace_file(folder / CONFIRMATION, json.dumps(vars(confirmation), indent=1).encode() + b"\n")


def remove_confirmation(root: Path, profile_id: str) -> None:
    """Take a confirmation back; one that is not there is no matter."""
    folder = profile_folder(root, profile_id)
    with suppress(FileNotFoundError):
        (folder / CONFIRMATION).unlink()
        flush_folder(folder)


def _file_of(folder: Path, version: Version) -> Path:
    return folder / _VERSIONS / f"{version.id}.json"


def _read(file: Path) -> Version | None:
    try:
        return Version(**parse_json(file.read_bytes()))
    except (OSError, ValueError, TypeError) as error:
        log.error("The version %s of a profile cannot be read: %s", file, error)
        return None
