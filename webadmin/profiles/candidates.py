"""Which items a dry run looks at: what was rejected and could become accepted, and the newest of every camera."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ingest.vocabulary import BY_PROFILE

MOST, MOST_ACCEPTED = 10_000, 4_000
OF_EACH_CAMERA = 20
_AT_ONCE = 500


class Row(NamedTuple):
    """What the index knows of an item that a dry run looks at."""

    number: int
    id: str
    place: str
    verdict: str
    kind: str
    reason: str | None
    upload_path: str
    account: str | None
    profile: str | None
    camera_id: str | None
    sha256: str | None
    size_bytes: int
    decided_at: str


@dataclass(frozen=True)
class Listed:
    """The items to look at, rejected ones before accepted ones, each newest first; `left_out` more were rejected."""

    rows: tuple[Row, ...]
    left_out: int = 0


_COLUMNS = ", ".join(Row._fields)
_NEWEST_OF_REASON = (
    "SELECT * FROM (SELECT number FROM items INDEXED BY items_reason WHERE reason = ? ORDER BY number DESC LIMIT ?)"
)
_REJECTED = f"SELECT {_COLUMNS} FROM items WHERE number IN ({{}}) AND kind != 'other' ORDER BY number DESC LIMIT ?"  # noqa: S608
_ACCEPTED = (
    f"SELECT {_COLUMNS} FROM items WHERE number IN (SELECT one.number FROM "  # noqa: S608 - names of columns
    "(SELECT camera_id FROM cameras WHERE images_accepted + reports_accepted > 0 "
    "ORDER BY last_received_at DESC LIMIT ?) AS seen "
    "JOIN items AS one ON one.number IN (SELECT number FROM items INDEXED BY items_camera "
    "WHERE camera_id = seen.camera_id AND verdict = 'accepted' ORDER BY number DESC LIMIT ?)"
    ") ORDER BY number DESC"
)
_CAMERAS = "SELECT count(*) FROM cameras WHERE images_accepted + reports_accepted > 0"
_ITSELF = f"SELECT {_COLUMNS} FROM items WHERE id IN ({{}}) AND kind != 'other'"  # noqa: S608 - as above


def list_candidates(index: sqlite3.Connection, begun_from: Sequence[str], most: int = MOST) -> Listed:
    """Return at most so many items, those that the work was begun from among them, however old they are."""
    accepted = _newest_accepted(index, min(MOST_ACCEPTED, most * MOST_ACCEPTED // MOST))
    rejected = _newest_rejected(index, most - len(accepted))
    known = {row.id for row in (*accepted, *rejected)}
    begun = list(_by_id(index, [one for one in begun_from if one not in known]))
    first = [row for row in begun if row.verdict == "rejected" and row.reason in BY_PROFILE]
    last = [row for row in begun if row.verdict == "accepted"]
    rejected = [*rejected, *first]
    return Listed((*rejected, *accepted, *last), max(0, _waiting(index) - len(rejected)))


def _newest_accepted(index: sqlite3.Connection, most: int) -> list[Row]:
    """Return the newest of every camera; where there are very many, of those that came last, and fewer of each."""
    cameras = index.execute(_CAMERAS).fetchone()[0]
    each = max(1, min(OF_EACH_CAMERA, most // max(1, cameras)))
    return [Row(*row) for row in index.execute(_ACCEPTED, (most // each, each))]


def _newest_rejected(index: sqlite3.Connection, most: int) -> list[Row]:
    newest = " UNION ALL ".join([_NEWEST_OF_REASON] * len(BY_PROFILE))
    bounds = [bound for reason in BY_PROFILE for bound in (reason, most)]
    return [Row(*row) for row in index.execute(_REJECTED.format(newest), (*bounds, most))]


def _by_id(index: sqlite3.Connection, ids: Sequence[str]) -> Iterator[Row]:
    for begin in range(0, len(ids), _AT_ONCE):
        some = ids[begin : begin + _AT_ONCE]
        yield from (Row(*row) for row in index.execute(_ITSELF.format(", ".join("?" * len(some))), some))


def _waiting(index: sqlite3.Connection) -> int:
    marks = ", ".join("?" * len(BY_PROFILE))
    query = f"SELECT coalesce(sum(items), 0) FROM counts WHERE verdict = 'rejected' AND reason IN ({marks})"  # noqa: S608
    return int(index.execute(query, BY_PROFILE).fetchone()[0])
