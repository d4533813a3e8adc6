"""Which items of the spool make a sample pack of a profile: photos and reports of several cameras, and what failed."""

import sqlite3
from collections.abc import Iterator

MOST_CAMERAS = 5
MOST_ITEMS = 12
_MOST_REPORTS = 2
_TELLING = (
    *("missing_camera_id", "bad_camera_id", "missing_datetime", "bad_datetime", "missing_location"),
    *("invalid_location", "no_metadata"),
)
"""The reasons that say something of a camera type; a broken file or one that is too large tells nothing of it."""

_CAMERAS = "SELECT camera_id FROM cameras WHERE profile = ? ORDER BY last_received_at DESC LIMIT ?"
_ACCEPTED = (
    "SELECT place FROM items INDEXED BY items_camera WHERE camera_id = ? AND verdict = 'accepted' AND profile = ? "
    "AND kind = ? AND duplicate_of IS NULL ORDER BY number DESC LIMIT ?"
)
_REJECTED = (
    "SELECT place FROM items INDEXED BY items_profile WHERE profile = ? AND verdict = 'rejected' AND reason = ? "
    "ORDER BY number DESC LIMIT 1"
)


def chosen_places(index: sqlite3.Connection, profile_id: str) -> list[str]:
    """Return where the items lie, a few of them: first a photo of each camera, then reports, then what was rejected."""
    cameras = [str(row[0]) for row in index.execute(_CAMERAS, (profile_id, MOST_CAMERAS))]
    return list(dict.fromkeys(_places(index, profile_id, cameras)))[:MOST_ITEMS]


def _places(index: sqlite3.Connection, profile_id: str, cameras: list[str]) -> Iterator[str]:
    for camera_id in cameras:
        yield from _accepted(index, profile_id, camera_id, "image", 1)
    for camera_id in cameras[:_MOST_REPORTS]:
        yield from _accepted(index, profile_id, camera_id, "report", 1)
    for reason in _TELLING:
        yield from (str(row[0]) for row in index.execute(_REJECTED, (profile_id, reason)))
    for camera_id in cameras[:_MOST_REPORTS]:
        yield from _accepted(index, profile_id, camera_id, "image", 2)


def _accepted(index: sqlite3.Connection, profile_id: str, camera_id: str, kind: str, most: int) -> Iterator[str]:
    yield from (str(row[0]) for row in index.execute(_ACCEPTED, (camera_id, profile_id, kind, most)))
