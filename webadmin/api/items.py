"""Items with their verdicts: a list in order of arrival, one with its whole sidecar, and its bytes."""

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from flask import Response
from msgspec import UNSET, Meta, UnsetType

from ingest.spool.sidecar import Sidecar
from ingest.vocabulary import Kind, Reason, Verdict
from webadmin.api.operation import END, After, CameraId, Id, Limit, NothingThereError
from webadmin.context import context
from webadmin.files.handing_out import send_original
from webadmin.files.item import find_item
from webadmin.files.listing import read_page
from webadmin.files.selection import Selection, Sort

Words = Annotated[str, Meta(max_length=200, description="Words in path, camera, account or address; each may go on.")]
YEARS = range(2020, 2091)
"""Years of which an index can have items."""

ProfileId = Annotated[str, Meta(pattern=rf"^[A-Za-z0-9._-]{{1,100}}{END}", description="A profile's id.")]


@dataclass(frozen=True)
class ItemsQuestion:
    """Which items, of which day of arrival in the cameras' time zone. With `order=oldest`, ask behind the last one that
    you have: that gives what has arrived since."""

    verdict: Verdict | UnsetType = UNSET
    reason: Reason | UnsetType = UNSET
    camera_id: CameraId | UnsetType = UNSET
    profile: ProfileId | UnsetType = UNSET
    day: date | UnsetType = UNSET
    q: Words | UnsetType = UNSET
    order: Literal["newest", "oldest"] = "newest"
    after: After | UnsetType = UNSET
    limit: Limit = 100


@dataclass(frozen=True)
class ItemQuestion:
    """Which item."""

    id: Id


@dataclass(frozen=True)
class Item:
    """A file with its verdict, by the values that hold: those of the file, or what a person corrected.

    `problem` is a sentence that says why it was rejected, `warnings` are codes of what is doubtful, `corrected` names
    what a person corrected: camera_id, captured_at, location. Times end in Z and are UTC, but `captured_at`, which is
    the camera's own.
    """

    id: str
    verdict: Verdict
    kind: Kind
    reason: Reason | None
    problem: str | None
    warnings: tuple[str, ...]
    corrected: tuple[str, ...]
    camera_id: str | None
    profile: str | None
    account: str | None
    client: str | None
    upload_path: str
    received_at: str
    captured_at: str | None
    captured_at_utc: str | None
    latitude: float | None
    longitude: float | None
    size_bytes: int
    width: int | None
    height: int | None
    duplicate_of: str | None
    attempts: int
    part_of: str | None


@dataclass(frozen=True)
class Items:
    """A page of items. `next` is what to ask `after` for the next one; null: there is none."""

    items: tuple[Item, ...]
    next: str | None


@dataclass(frozen=True)
class ItemWhole:
    """An item, and its sidecar as it lies beside it: what was decided, why, and what people corrected. `sidecar` is
    null where the files are gone though the index still knows them."""

    item: Item
    sidecar: Sidecar | None


def read_items(asked: ItemsQuestion) -> Items:
    """Return a page of items."""
    here = context()
    if asked.day is not UNSET and asked.day.year not in YEARS:
        return Items((), None)
    with here.index() as index:
        cursor = "" if asked.after is UNSET else str(_cursor(index, asked.after, asked.order))
        page = read_page(index, selection_of(asked, cursor), here.settings.zone, asked.limit)
    rows = tuple(map(item_of, page.rows))
    return Items(rows, rows[-1].id if page.next else None)


def selection_of(asked: ItemsQuestion, cursor: str) -> Selection:
    """Return the selection that a question means, from a row number on. Pure."""
    sort: Sort = asked.order
    given = {
        "verdict": asked.verdict,
        "reason": asked.reason,
        "camera": asked.camera_id,
        "profile": asked.profile,
        "since": UNSET if asked.day is UNSET else asked.day.isoformat(),
        "until": UNSET if asked.day is UNSET else asked.day.isoformat(),
        "q": asked.q,
    }
    return Selection(sort=sort, after=cursor, **{key: one for key, one in given.items() if one is not UNSET})


def _cursor(index: sqlite3.Connection, after: str, order: str) -> int:
    """Return the row number behind which to read on; the item itself may have been deleted since."""
    row = index.execute("SELECT id, number FROM items WHERE id <= ? ORDER BY id DESC LIMIT 1", (after,)).fetchone()
    if row is None:
        return 0
    number = int(row["number"])
    return number + 1 if order == "newest" and row["id"] != after else number


def item_of(row: sqlite3.Row) -> Item:
    """Return the item that a row of the index tells of."""
    lists = ("warnings", "corrected")
    told = {name: row[name] for name in Item.__dataclass_fields__}
    return Item(**told | {name: tuple(row[name].split()) for name in lists})


def read_item(asked: ItemQuestion) -> ItemWhole:
    """Return one item with its sidecar."""
    here = context()
    with here.index() as index:
        found = find_item(index, here.root, asked.id)
    if found is None:
        raise NothingThereError
    return ItemWhole(item_of(found.row), found.sidecar)


def read_file(asked: ItemQuestion) -> Response:
    """Return the bytes of an item as they came."""
    here = context()
    with here.index() as index:
        found = find_item(index, here.root, asked.id)
    if found is None or found.vanished:
        raise NothingThereError
    return send_original(found.row["place"], "application/octet-stream", as_attachment=True)
