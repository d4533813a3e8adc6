"""What has become of the files that were tried again with a saved profile, from the index and the queue."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from ingest.index.places import waiting_ids

AT_ONCE = 500
_ROWS = "SELECT id, verdict, camera_id, reason, problem FROM items WHERE id IN ({})"


@dataclass(frozen=True)
class Refused:
    """Files that were rejected again for one reason; `message` is of the first of them."""

    reason: str
    message: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class SavedFiles:
    """The files by what became of them: those accepted by camera ID, the most first; `gone` were deleted since."""

    waiting: int = 0
    accepted: dict[str, list[str]] = field(default_factory=dict)
    rejected: tuple[Refused, ...] = ()
    gone: int = 0

    @property
    def accepted_count(self) -> int:
        """How many were accepted."""
        return sum(len(ids) for ids in self.accepted.values())

    @property
    def rejected_count(self) -> int:
        """How many were rejected again."""
        return sum(len(one.ids) for one in self.rejected)


def saved_files(index: sqlite3.Connection, root: Path, ids: Sequence[str], *, are_settled: bool) -> SavedFiles:
    """Return what became of these files.

    One that has left the queue is in the index a moment later: only when `are_settled` is it gone.
    """
    waiting = frozenset(waiting_ids(root))
    rows = {row["id"]: row for row in _rows(index, ids)}
    missing = [item_id for item_id in ids if item_id not in rows]
    still = sum(item_id in waiting or not are_settled for item_id in missing)
    accepted: dict[str, list[str]] = {}
    rejected: dict[str, list[sqlite3.Row]] = {}
    for row in rows.values():
        if row["verdict"] == "accepted":
            accepted.setdefault(row["camera_id"], []).append(row["id"])
        else:
            rejected.setdefault(row["reason"], []).append(row)
    by_size = sorted(accepted.items(), key=lambda one: (-len(one[1]), one[0]))
    return SavedFiles(still, dict(by_size), tuple(_refused(rejected)), len(missing) - still)


def _rows(index: sqlite3.Connection, ids: Iterable[str]) -> Iterable[sqlite3.Row]:
    rest = iter(dict.fromkeys(ids))
    while batch := list(islice(rest, AT_ONCE)):
        yield from index.execute(_ROWS.format(", ".join("?" * len(batch))), batch)


def _refused(rejected: dict[str, list[sqlite3.Row]]) -> Iterable[Refused]:
    for reason, rows in sorted(rejected.items(), key=lambda one: -len(one[1])):
        yield Refused(reason, rows[0]["problem"] or "", tuple(row["id"] for row in rows))
