"""The items that can never be accepted, such as clips: who sent them, and which of them go first."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.index.places import id_in, items_in, read_sidecar, reason_folders
from ingest.vocabulary import UNUSABLE

Sender = tuple[str | None, ...]
"""The camera, where it is known; else the account and the client."""

_ROWS = f"""
SELECT id, camera_id, account, client, connection, size_bytes FROM items INDEXED BY items_reason
WHERE reason IN {UNUSABLE}
"""  # noqa: S608 - a constant


@dataclass(frozen=True)
class Unusable:
    """One such item. `sender` is None where neither the index nor its sidecar can tell."""

    id: str
    place: str
    sender: Sender | None = None
    connection: str | None = None
    size_bytes: int = 0


def list_unusable(root: Path, index: sqlite3.Connection) -> list[Unusable]:
    """Return every item on the disk that can never be accepted, oldest first. The folders say what is there."""
    rows = {row[0]: row[1:] for row in index.execute(_ROWS)}
    return sorted(_found(root, rows), key=lambda item: item.id)


def _found(
    root: Path, rows: dict[str, tuple[str | None, str | None, str | None, str | None, int]]
) -> Iterator[Unusable]:
    for reason in UNUSABLE:
        for folder in reason_folders(root, reason):
            for place in items_in(root, folder):
                item_id = id_in(place)
                if item_id and (row := rows.get(item_id)):
                    yield Unusable(item_id, place, sender_of(*row[:3]), row[3], row[4])
                elif item_id and (sidecar := read_sidecar(root, place)):
                    sender = sender_of(sidecar.camera_id, sidecar.account, sidecar.client)
                    yield Unusable(item_id, place, sender, sidecar.connection, sidecar.size_bytes)
                elif item_id:
                    yield Unusable(item_id, place)


def sender_of(camera_id: str | None, account: str | None, client: str | None) -> Sender:
    """Return who sent an item, as far as it is known.

    >>> sender_of("861943070068027", "camera", "100.64.1.7"), sender_of(None, "camera", "100.64.1.7")
    (('861943070068027',), ('camera', '100.64.1.7'))
    """
    return (camera_id,) if camera_id else (account, client)


def newest_of_each(items: Iterable[Unusable]) -> frozenset[str]:
    """Return the ids of each sender's newest item, by which a person sees what it sends.

    One whose sender cannot be told may be somebody's only one.
    """
    newest: dict[Sender, str] = {}
    for item in items:
        sender = item.sender or ("", item.id)
        newest[sender] = max(item.id, newest.get(sender, ""))
    return frozenset(newest.values())


def first_to_go(items: Sequence[Unusable], wanted_bytes: int, most: int) -> list[Unusable]:
    """Return the oldest items, at most so many, that together have the bytes that are wanted; never a newest one.

    `items` is in order of arrival.
    """
    kept, found_bytes = newest_of_each(items), 0
    chosen: list[Unusable] = []
    for item in items:
        if found_bytes >= wanted_bytes or len(chosen) >= most:
            break
        if item.id not in kept:
            chosen.append(item)
            found_bytes += item.size_bytes
    return chosen
