"""What feeds an ID: makes, models, profiles and accounts of its accepted files, and where its last photos were taken.

One camera has one or two rows; an ID that several cameras share has more.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.index.rows import ItemRow
from ingest.index.totals import FEEDS_OF
from ingest.vocabulary import SELF_TEST

RECORD = "record"
SIGHTINGS = 9
MOST = 64
"""So many feeds of one ID are looked at: a stranger may name a new make with every photo."""

_KEY = "camera_id, kind, make, model, profile, account"
_ADD = """
INSERT INTO feeds VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET items = items + excluded.items,
    first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)
"""
_CLEAR = f"DELETE FROM feeds WHERE ({_KEY}) = (?, ?, ?, ?, ?, ?) AND items <= 0"  # noqa: S608
_OF_CAMERA = "SELECT kind, make, model, profile, account, items, first_at, last_at FROM feeds WHERE camera_id = ?"
_LOOKS = "SELECT kind, make, model, profile FROM feeds WHERE camera_id = ?"
_OF_ACCOUNT = "SELECT DISTINCT camera_id FROM feeds WHERE account = ?"
_LAST_PHOTOS = f"""
SELECT unixepoch(received_at), unixepoch(coalesce(said_utc, captured_at_utc)), latitude, longitude, location_source
FROM items INDEXED BY items_camera
WHERE camera_id = ? AND verdict = 'accepted' AND kind = 'image' AND source = 'ftps'
ORDER BY number DESC LIMIT {SIGHTINGS}
"""  # noqa: S608
_OF_SEVERAL = """
SELECT DISTINCT camera_id FROM feeds GROUP BY camera_id, kind
HAVING min(make) <> max(make) OR min(model) <> max(model) OR min(profile) <> max(profile)
"""


@dataclass(frozen=True)
class Feed:
    """Accepted files of one ID that are alike, with their number and the first and last arrival (UTC text)."""

    kind: str
    make: str
    model: str
    profile: str
    account: str
    items: int
    first_at: str
    last_at: str


@dataclass(frozen=True)
class Sighting:
    """One photo: when it arrived and was captured (seconds; None: not known), and its own position where it has one."""

    received_s: int
    captured_s: int | None
    position: tuple[float, float] | None


def count_feed(index: sqlite3.Connection, row: ItemRow, step: int) -> None:
    """Add an item to what feeds its camera (step 1), or take it away (step -1); only what was accepted counts."""
    if row.verdict != "accepted" or row.camera_id is None or row.profile == SELF_TEST:
        return
    key = (row.camera_id, row.kind, row.make or "", row.model or "", row.profile or "", row.account or "")
    index.execute(_ADD, (*key, step, row.received_at, row.received_at))
    if step < 0:
        index.execute(_CLEAR, key)


def recount_feeds(index: sqlite3.Connection, camera_id: str) -> None:
    """Count what feeds a camera anew, as a rebuild does."""
    index.execute("DELETE FROM feeds WHERE camera_id = ?", (camera_id,))
    index.execute(FEEDS_OF.format(items="items INDEXED BY items_camera", condition="camera_id = ?"), (camera_id,))


def feeds_of(index: sqlite3.Connection, camera_id: str) -> tuple[Feed, ...]:
    """Return what feeds an ID; of very many the first."""
    rows = index.execute(f"{_OF_CAMERA} LIMIT {MOST}", (camera_id,))
    return tuple(Feed(*row) for row in rows)


def looks_in(index: sqlite3.Connection, camera_id: str) -> list[tuple[str, str, str, str]]:
    """Return kind, make, model and profile of what feeds an ID: what is asked for every file."""
    return index.execute(f"{_LOOKS} LIMIT {MOST}", (camera_id,)).fetchall()


def fed_by_several(index: sqlite3.Connection) -> dict[str, tuple[Feed, ...]]:
    """Return what feeds each ID whose photos, or whose reports, are not all alike: few of a fleet. Accounts alone
    tell nothing, and a camera sends photos and reports."""
    ids = [row[0] for row in index.execute(_OF_SEVERAL)]
    return {camera_id: feeds_of(index, camera_id) for camera_id in ids}


def sightings_of(index: sqlite3.Connection, camera_id: str) -> tuple[Sighting, ...]:
    """Return the last photos of a camera, newest first. A position of its record says nothing of where it was."""
    rows = index.execute(_LAST_PHOTOS, (camera_id,))
    return tuple(
        Sighting(received_s, captured_s, None if latitude is None or source == RECORD else (latitude, longitude))
        for received_s, captured_s, latitude, longitude, source in rows
    )


def cameras_of(index: sqlite3.Connection, accounts: Iterable[str]) -> frozenset[str]:
    """Return the cameras of which accepted files came by one of these accounts."""
    rows = (index.execute(_OF_ACCOUNT, (account,)).fetchall() for account in accounts)
    return frozenset(str(camera_id) for found in rows for (camera_id,) in found)
