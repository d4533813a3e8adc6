"""The files to draft a profile from: those that were rejected for the same reason and are of the same camera type.

A sidecar keeps what a verdict needs. A draft may use more, such as a comment or a MakerNote, so that their beginnings
are read again; what was read of an item is kept for the next page.
"""

import re
import sqlite3
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.index.strangers import path_shape
from ingest.profiles.drafting import MOST_FILES, evenly
from ingest.profiles.drafts import Given
from ingest.reading.exiftool import Exiftool
from ingest.reading.facts import Facts, read_facts, with_makernotes
from ingest.settings.values import Settings
from ingest.spool.sidecar import Sidecar, parse_sidecar
from ingest.spool.stamp import parse_utc
from ingest.verdict.senders import is_own
from webadmin.files.item import SIDECAR_MAX_BYTES, Found
from webadmin.files.originals import open_original

_LOOKED_AT = 300
_WORDS = re.compile(r"[^\W\d_]+(?: +[^\W\d_]+)*")
_HEAD_BYTES = 128 * 1024
"""How much of a file is read: what a draft may use stands at the beginning of a photo, and reports are shorter."""

_ALIKE = 0.5
"""Which part of all keys of two reports both have, if they are of one camera type: any line may be missing."""

_MOST_KEPT = 500
_READ: dict[tuple[Path, str], Facts] = {}
"""What was read of items, by root and place: they never change."""


@dataclass(frozen=True)
class Member:
    """One file of a group: the item that it is, where that lies in the spool, and what a draft looks at."""

    item_id: str
    place: str
    given: Given


def find_group(index: sqlite3.Connection, settings: Settings, found: Found) -> list[Member]:
    """Return this file and others like it, at most as many as a draft looks at; of an accepted one, itself alone."""
    if found.sidecar is None or found.sidecar.kind == "other":
        return []
    first = (found.row["place"], found.sidecar)
    others = _others(index, settings.root, found) if found.row["reason"] else iter(())
    alike = [one for one in others if _is_like(settings, one, first)]
    chosen = [first, *evenly(alike, MOST_FILES - 1)]
    facts = _all_facts(settings, chosen)
    return [
        Member(sidecar.id, place, _given(settings, sidecar, one))
        for (place, sidecar), one in zip(chosen, facts, strict=True)
    ]


def _others(index: sqlite3.Connection, root: Path, found: Found) -> Iterator[tuple[str, Sidecar]]:
    """Yield the newest files of the kind that were rejected for the same reason, as far as they are still there."""
    rows = index.execute(
        "SELECT place FROM items INDEXED BY items_reason WHERE reason = ? AND kind = ? AND id != ? "
        "ORDER BY number DESC LIMIT ?",
        (found.row["reason"], found.row["kind"], found.row["id"], _LOOKED_AT),
    ).fetchall()
    for (place,) in rows:
        try:
            with open_original(root, f"{place}.json") as file:
                yield place, parse_sidecar(file.read(SIDECAR_MAX_BYTES))
        except (FileNotFoundError, ValueError):
            continue


def _is_like(settings: Settings, one: tuple[str, Sidecar], other: tuple[str, Sidecar]) -> bool:
    """Say whether two files are of one camera type: photos by make and model or path, reports by their keys."""
    if other[1].kind == "report":
        return are_alike(_facts(settings, *one).report.keys(), _facts(settings, *other).report.keys())
    return _are_of_type(one[1], other[1])


def are_alike(keys: Set[str], others: Set[str]) -> bool:
    """Say whether two reports have most of their keys in common.

    >>> are_alike({"imei", "battery", "csq"}, {"imei", "battery"}), are_alike({"imei", "a"}, {"imei", "b"})
    (True, False)
    """
    return bool(keys & others) and len(keys & others) >= _ALIKE * len(keys | others)


def _are_of_type(one: Sidecar, other: Sidecar) -> bool:
    """Say whether two photos are of one make and model, or of none and have paths of one form."""
    if not (_type(one) or _type(other)):
        return _form(one.upload_path) == _form(other.upload_path)
    return _type(one) == _type(other)


def _form(path: str) -> str:
    """Return a path without its numbers and words: cameras of one type have names of their own.

    >>> _form("camera/2026/Gate North_01_20261121.jpg") == _form("camera/2027/Ridge_02_20271121.jpg")
    True
    """
    return _WORDS.sub("a", path_shape(path))


def _type(sidecar: Sidecar) -> str:
    return " ".join(str(sidecar.exif.get(tag) or "") for tag in ("Make", "Model")).strip().casefold()


def _given(settings: Settings, sidecar: Sidecar, facts: Facts) -> Given:
    own = is_own(sidecar.account, settings)
    return Given(sidecar.upload_path, facts, sidecar.account, own, parse_utc(sidecar.received_at))


def _all_facts(settings: Settings, chosen: Sequence[tuple[str, Sidecar]]) -> list[Facts]:
    """Return what the files say, with their MakerNotes."""
    with Exiftool() as exiftool:  # which starts with the first that is not known yet
        return [_facts(settings, place, sidecar, exiftool) for place, sidecar in chosen]


def _facts(settings: Settings, place: str, sidecar: Sidecar, exiftool: Exiftool | None = None) -> Facts:
    """Return what a file says: what its sidecar keeps, and what else stands at its beginning, if it is still there."""
    kept = Facts(sidecar.kind, sidecar.size_bytes, width=sidecar.width, height=sidecar.height, exif=sidecar.exif)
    read = _READ.get((settings.root, place)) or _head(settings, place, sidecar)
    if read is None or read.kind != sidecar.kind:
        return kept
    if read.unread is not None and exiftool is not None:
        read = with_makernotes(read, exiftool.read(read.unread))
    if len(_READ) >= _MOST_KEPT:
        _READ.clear()
    if read.unread is None and read.makernotes.problem is None:
        _READ[settings.root, place] = read
    return replace(read, exif=sidecar.exif or read.exif)


def _head(settings: Settings, place: str, sidecar: Sidecar) -> Facts | None:
    """Read the beginning of a file; None when it is gone."""
    try:
        with open_original(settings.root, place) as file:
            head = file.read(_HEAD_BYTES)
    except OSError:
        return None
    return read_facts(head, sidecar.size_bytes, sidecar.upload_path, settings.limits)
