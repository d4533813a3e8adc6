"""What the files of cameras call them, where that is not their ID: what people typed, and IDs of before."""

import sqlite3

from ingest.spool.camera_ids import camera_id_from
from ingest.spool.names import is_camera_id

Texts = dict[str, tuple[str, ...]]
"""By camera ID, the text that most files have first."""

_TEXTS_MAX = 50_000
_SELECT = "SELECT camera_id, text FROM camera_texts WHERE items > 0"
_ORDER = f"ORDER BY camera_id, items DESC, text LIMIT {_TEXTS_MAX}"


def read_texts(index: sqlite3.Connection) -> Texts:
    """Return the texts of all cameras."""
    texts: dict[str, list[str]] = {}
    for camera_id, text in index.execute(f"{_SELECT} {_ORDER}"):
        texts.setdefault(camera_id, []).append(text)
    return {camera_id: tuple(found) for camera_id, found in texts.items()}


def texts_of(index: sqlite3.Connection, camera_id: str) -> tuple[str, ...]:
    """Return the texts of one camera."""
    return tuple(row[1] for row in index.execute(f"{_SELECT} AND camera_id = ? {_ORDER}", (camera_id,)))


def given_name(camera_id: str, texts: tuple[str, ...]) -> str:
    """Return how people wrote the ID of a camera, empty where it was written as it is; the IDs of others are no name.

    >>> given_name("Hoehle", ("CAM1", "Höhle", "Höhle 2")), given_name("cam1", ("CAM1",)), given_name("oak", ("Höhle",))
    ('Höhle', '', '')
    """
    meant = (one for one in texts if not is_camera_id(one) and (camera_id_from(one) or "").lower() == camera_id.lower())
    return next(meant, "")
