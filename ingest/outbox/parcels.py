"""Finds the items and letters that marks name, by the folders alone: it works without cache/."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from ingest.errors import in_words
from ingest.index.places import folders_of_day, id_in, items_in
from ingest.outbox.answers import Goods, Parcel
from ingest.spool.durable import read_whole
from ingest.spool.letters import Letter, read_letter
from ingest.spool.names import one_line
from ingest.spool.sidecar import parse_sidecar
from ingest.spool.stamp import id_time


@dataclass(frozen=True)
class Found:
    """What became of marks: the items and letters that can go, in order, and why others that are here cannot.

    What is in none was deleted, or waits for another verdict.
    """

    parcels: Sequence[Parcel]
    unreadable: Mapping[str, str]
    letters: Sequence[Letter] = ()

    @property
    def goods(self) -> Sequence[Goods]:
        """All that can go."""
        return (*self.parcels, *self.letters)

    @property
    def ids(self) -> frozenset[str]:
        """The items and letters that are here."""
        return frozenset(self.unreadable).union(one.id for one in self.goods)


def find(root: Path, item_ids: Iterable[str]) -> Found:
    """Look for the accepted or rejected items and the letters with these ids. Raise OSError when a folder cannot be
    read."""
    parcels: list[Parcel] = []
    letters: list[Letter] = []
    unreadable: dict[str, str] = {}
    for day, ids in groupby(sorted(item_ids), lambda item_id: id_time(item_id).strftime("%Y-%m-%d")):
        places = {id_in(place): place for folder in folders_of_day(root, day) for place in items_in(root, folder)}
        for item_id in ids:
            match parcel_at(root, item_id, places[item_id]) if item_id in places else letter_at(root, item_id):
                case Parcel() as parcel:
                    parcels.append(parcel)
                case Letter() as letter:
                    letters.append(letter)
                case str(why):
                    unreadable[item_id] = why
    return Found(parcels, unreadable, letters)


def parcels_of(root: Path, item_ids: Iterable[str]) -> list[Parcel]:
    """Return those of the items that can go, in order."""
    return list(find(root, item_ids).parcels)


def parcel_at(root: Path, item_id: str, place: str) -> Parcel | str | None:
    """Return the item in a place; a sentence when its sidecar cannot be read; None when it has left."""
    try:
        state = os.stat(f"{root}/{place}.json")  # noqa: PTH116 - a million times
        sidecar = parse_sidecar(read_whole(f"{root}/{place}.json"))
    except FileNotFoundError:
        return f"{place} has no sidecar." if (root / place).exists() else None
    except OSError as error:
        return f"The sidecar of {place} cannot be read: {in_words(error)}."
    except ValueError as error:
        return f"The sidecar of {place} cannot be read: {one_line(str(error), 300)}"
    return Parcel(item_id, place, sidecar, state.st_ino, state.st_mtime_ns)


def letter_at(root: Path, letter_id: str) -> Letter | str | None:
    """Return a letter; a sentence when it cannot be read; None when there is none."""
    try:
        return read_letter(root, letter_id)
    except (OSError, ValueError) as error:
        return f"The letter cannot be read: {one_line(str(error), 300)}."


def is_as_it_was(root: Path, parcel: Goods) -> bool:
    """Say whether an item lies where it lay, with the same sidecar. A new file may have the number of a former one.

    A letter never changes.
    """
    if isinstance(parcel, Letter):
        return True
    try:
        state = os.stat(f"{root}/{parcel.place}.json")  # noqa: PTH116
    except OSError:
        return False
    return (state.st_ino, state.st_mtime_ns) == (parcel.inode, parcel.written_ns)
