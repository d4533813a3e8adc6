"""The files to draft a profile from: those that were rejected for the same reason and are of the same camera type."""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.index.strangers import path_shape
from ingest.profiles.drafting import MOST_FILES, evenly
from ingest.profiles.drafts import Given
from ingest.reading.facts import Facts, read_facts
from ingest.settings.values import Settings
from ingest.spool.sidecar import Sidecar, parse_sidecar
from ingest.spool.stamp import parse_utc
from ingest.verdict.senders import is_own
from webadmin.files.item import SIDECAR_MAX_BYTES, Found
from webadmin.files.originals import open_original

_LOOKED_AT = 300
_WORDS = re.compile(r"[^\W\d_]+(?: +[^\W\d_]+)*")
_HEAD_BYTES = 128 * 1024
"""How much of a photo without EXIF is read: what a draft may use, such as a comment, stands at its beginning."""


@dataclass(frozen=True)
class Member:
    """One file of a group: the item that it is, where that lies in the spool, and what a draft looks at."""

    item_id: str
    place: str
    given: Given


def find_group(index: sqlite3.Connection, settings: Settings, found: Found) -> list[Member]:
    """Return this photo and others like it, at most as many as a draft looks at; of an accepted one, itself alone."""
    if found.sidecar is None:
        return []
    first = [(found.row["place"], found.sidecar)]
    others = _others(index, settings.root, found) if found.row["reason"] else iter(())
    alike = [(place, one) for place, one in others if _is_like(one, found.sidecar)]
    chosen = [*first, *evenly(alike, MOST_FILES - 1)]
    return [Member(one.id, place, _given(settings, place, one)) for place, one in chosen]


def _others(index: sqlite3.Connection, root: Path, found: Found) -> Iterator[tuple[str, Sidecar]]:
    """Yield the newest photos that were rejected for the same reason, as far as they are still there."""
    rows = index.execute(
        "SELECT place FROM items INDEXED BY items_reason WHERE reason = ? AND kind = 'image' AND id != ? "
        "ORDER BY number DESC LIMIT ?",
        (found.row["reason"], found.row["id"], _LOOKED_AT),
    ).fetchall()
    for (place,) in rows:
        try:
            with open_original(root, f"{place}.json") as file:
                yield place, parse_sidecar(file.read(SIDECAR_MAX_BYTES))
        except (FileNotFoundError, ValueError):
            continue


def _is_like(one: Sidecar, other: Sidecar) -> bool:
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


def _given(settings: Settings, place: str, sidecar: Sidecar) -> Given:
    facts = Facts("image", sidecar.size_bytes, width=sidecar.width, height=sidecar.height, exif=sidecar.exif)
    if not sidecar.exif:
        facts = _head(settings, place, sidecar) or facts
    own = is_own(sidecar.account, settings)
    return Given(sidecar.upload_path, facts, sidecar.account, own, parse_utc(sidecar.received_at))


def _head(settings: Settings, place: str, sidecar: Sidecar) -> Facts | None:
    """Read what a photo says that its sidecar does not keep; None when the photo is gone."""
    try:
        with open_original(settings.root, place) as file:
            head = file.read(_HEAD_BYTES)
    except OSError:
        return None
    facts = read_facts(head, sidecar.size_bytes, sidecar.upload_path, settings.limits)
    return facts if facts.kind == "image" else None
