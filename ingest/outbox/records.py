"""Letters about what lies in the spool beside items: camera records, and the connection records of days that are over.

A courier compares the folders with what it has noted: so it does not matter who wrote a record, and a new target gets
what is there.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.settings.targets import Selection
from ingest.spool.durable import replace_file
from ingest.spool.json_text import parse_json
from ingest.spool.letters import Letter, LetterKind, write_letter
from ingest.spool.names import is_camera_id
from ingest.spool.outbox import mark_again, target_folder
from ingest.spool.stamp import new_id, utc_text

LOOK_S = 60.0
_NOTE = ".records.json"

Noted = dict[str, str]
"""By the place of each record that has a letter: which state of it."""


def write_letters_about_records(root: Path, target: str, selection: Selection, now: datetime | None = None) -> int:
    """Write a letter, with its mark, about each record that is new or another one since the last time; return how many.

    The note is written when the marks are there: a kill in between makes one letter more. Raise OSError.
    """
    now = now or datetime.now(UTC)
    noted = _read_note(root, target)
    found = dict(_states(root, selection, now))
    new = {place: state for place, state in found.items() if noted.get(place) != state}
    for place in sorted(new):
        if letter := _letter_about(root, place, now):
            write_letter(root, letter)
            mark_again(root, [(target, letter.id)])
    if new or noted.keys() - found.keys():
        _write_note(root, target, found)
    return len(new)


def _states(root: Path, selection: Selection, now: datetime) -> Iterator[tuple[str, str]]:
    """Yield the place of each record that goes to a target, with what tells one state of it from another."""
    if "camera_records" in selection.sends:
        for file in _files(root / "cameras", "*.json"):
            if is_camera_id(file.stem) and (not selection.cameras or file.stem in selection.cameras):
                yield from _state(root, file)
    if "connection_records" in selection.sends:
        today = f"{now:%Y-%m-%d}"
        for file in _files(root / "connections", "????-??-??.jsonl"):
            if file.stem < today and file.stem >= selection.since:
                yield from _state(root, file)


def _files(folder: Path, pattern: str) -> list[Path]:
    with suppress(FileNotFoundError):
        return sorted(folder.glob(pattern))
    return []


def _state(root: Path, file: Path) -> Iterator[tuple[str, str]]:
    with suppress(FileNotFoundError):
        status = file.stat()
        yield str(file.relative_to(root)), f"{status.st_mtime_ns} {status.st_size}"


def _letter_about(root: Path, place: str, now: datetime) -> Letter | None:
    """Return a letter about a record; None where it cannot be read now: it is another one as soon as it can."""
    file, at = root / place, utc_text(now)
    if place.startswith("connections/"):
        return _letter("connection_records", file.stem, at, {}, place)
    with suppress(OSError, ValueError):
        content = parse_json(file.read_bytes())
        return _letter("camera_record", file.stem, at, content if isinstance(content, dict) else {}, None)
    return None


def _letter(kind: LetterKind, about: str, at: str, content: Mapping[str, Any], place: str | None) -> Letter:
    return Letter(new_id(), kind, about, at, content, place)


def _read_note(root: Path, target: str) -> Noted:
    with suppress(OSError, ValueError, AttributeError):
        return {str(place): str(state) for place, state in parse_json(_note(root, target).read_bytes()).items()}
    return {}


def _write_note(root: Path, target: str, found: Noted) -> None:
    replace_file(_note(root, target), json.dumps(found).encode())


def _note(root: Path, target: str) -> Path:
    return target_folder(root, target) / _NOTE
