"""Finds the items that marks name, by the folders alone: it works without cache/."""

import os
from collections.abc import Iterable
from contextlib import suppress
from itertools import groupby
from pathlib import Path

from ingest.index.places import folders_of_day, id_in, items_in
from ingest.outbox.answers import Parcel
from ingest.spool.durable import read_whole
from ingest.spool.sidecar import parse_sidecar
from ingest.spool.stamp import id_time


def parcels_of(root: Path, item_ids: Iterable[str]) -> list[Parcel]:
    """Return the items with these ids that are accepted or rejected and have a sidecar that can be read, in order.

    One that is missing was deleted, or waits for another verdict.
    """
    found = []
    for day, ids in groupby(sorted(item_ids), lambda item_id: id_time(item_id).strftime("%Y-%m-%d")):
        found += _on_day(root, day, frozenset(ids))
    return sorted(found, key=lambda parcel: parcel.id)


def _on_day(root: Path, day: str, ids: frozenset[str]) -> list[Parcel]:
    places = {id_in(place): place for folder in folders_of_day(root, day) for place in items_in(root, folder)}
    parcels = (parcel_at(root, item_id, places[item_id]) for item_id in ids if item_id in places)
    return [parcel for parcel in parcels if parcel]


def parcel_at(root: Path, item_id: str, place: str) -> Parcel | None:
    """Return the item in a place; None when it has left, or its sidecar cannot be read."""
    with suppress(OSError, ValueError):
        inode = os.stat(f"{root}/{place}.json").st_ino  # noqa: PTH116 - a million times
        return Parcel(item_id, place, parse_sidecar(read_whole(f"{root}/{place}.json")), inode)
    return None


def is_as_it_was(root: Path, parcel: Parcel) -> bool:
    """Say whether an item lies where it lay, with the same sidecar."""
    try:
        return os.stat(f"{root}/{parcel.place}.json").st_ino == parcel.inode  # noqa: PTH116
    except OSError:
        return False
