"""Files of camera types that no profile knows, by type: they are one cause each, and one profile mends each.

A file is of such a type when that is its reason: of one that is broken or too large a profile would mend nothing, and
one that lacks the EXIF which a profile expects is of a known camera.
"""

import re
import sqlite3
from collections.abc import Iterable

from ingest.spool.names import one_line
from ingest.spool.sidecar import Sidecar

StrangerRow = tuple[str, str, str]
"""Item, kind of file, and camera type."""

REASON = "no_matching_profile"
_MOST_CHARACTERS = 120
_NUMBERS = re.compile(r"#(?:[A-Za-z]{0,3}#)+")


def stranger_rows(sidecar: Sidecar) -> list[StrangerRow]:
    """Return the row of a file whose camera type no profile knows; nothing for any other."""
    return [(sidecar.id, sidecar.kind, type_of_stranger(sidecar))] if sidecar.reason == REASON else []


def type_of_stranger(sidecar: Sidecar) -> str:
    """Return what tells an unknown camera's type: make and model, or else the shape of its path, and its account."""
    named = (str(sidecar.exif.get(tag, "")).strip() for tag in ("Make", "Model"))
    if text := one_line(" ".join(name for name in named if name), _MOST_CHARACTERS).strip():
        return text
    account = f" from the account {one_line(sidecar.account, 40)}" if sidecar.account else ""
    return f"{one_line(path_shape(sidecar.upload_path), _MOST_CHARACTERS)}{account}"


def path_shape(path: str) -> str:
    """Return a path with its numbers left out, which vary from photo to photo.

    >>> path_shape("cam7/2026-11-21/IMG_0001.JPG"), path_shape("4C01231PAG00A7/001/jpg/01/15/30[M][0@0][0].jpg")
    ('cam#/#-#-#/IMG_#.JPG', '#/#/jpg/#/#/#[M][#@#][#].jpg')
    """
    return _NUMBERS.sub("#", re.sub(r"[0-9]+", "#", path))


def insert_strangers(index: sqlite3.Connection, rows: Iterable[StrangerRow]) -> None:
    """Enter files of camera types that no profile knows."""
    index.executemany("INSERT OR REPLACE INTO strangers VALUES (?, ?, ?)", rows)


def remove_stranger(index: sqlite3.Connection, item_id: str) -> None:
    """Forget an item, if it is one of them."""
    index.execute("DELETE FROM strangers WHERE item_id = ?", (item_id,))
