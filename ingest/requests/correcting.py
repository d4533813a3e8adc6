"""Corrects decided items: a note in their sidecars, and the index that says what holds now. No item is moved."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import in_words
from ingest.index.places import find_item, read_sidecar
from ingest.index.recount import recount_cameras
from ingest.index.store import enter
from ingest.settings.targets import Target
from ingest.spool.corrections import CORRECTABLE, can_be, corrected, with_correction
from ingest.spool.moves import amend
from ingest.spool.outbox import mark_again
from ingest.spool.outbox import wanted_by as to_targets
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import is_id

BATCH = 100
"""So many sidecars share their flushes; between batches the watcher gives a sign of life."""

Outcome = tuple[str, str, str]
"""The item, `corrected` or `refused`, and a sentence."""


@dataclass(frozen=True)
class Wanted:
    """What to correct, to which value (None: as it was decided), on whose word, when and why."""

    what: str
    value: Any
    by: str
    at: str
    why: str

    @property
    def objection(self) -> str | None:
        """Say why nobody can want this; None when all is well."""
        if self.what not in CORRECTABLE:
            return f"Only {', '.join(sorted(CORRECTABLE))} can be corrected."
        if self.value is not None and not can_be(self.what, self.value):
            return f"{self.value!r} cannot be the {self.what} of a file."
        return None


def wanted_by(request: dict[str, Any]) -> Wanted:
    """Return what a request asks for. One without a value asks for what was decided."""
    by, at, why = (str(request.get(key) or "") for key in ("by", "at", "why"))
    return Wanted(str(request["what"]), request.get("value"), by, at, why[:500])


def correct(
    root: Path,
    index: sqlite3.Connection,
    ids: list[str],
    wanted: Wanted,
    alive: Callable[[], None],
    targets: tuple[Target, ...] = (),
) -> list[Outcome]:
    """Correct every item, and count anew what its camera was and what it is now. Doing it again adds no second note.

    The sidecar is on the disk before the index hears of it, and so are the marks in the outbox of the `targets` that
    keep sidecars: after a crash the request is carried out again.
    """
    if objection := wanted.objection:
        return [(str(item_id), "refused", objection) for item_id in ids]
    cameras: set[str | None] = set()
    outcomes: list[Outcome] = []
    for batch in _batches(list(dict.fromkeys(ids))):
        alive()
        found, refused = _found(root, index, batch, alive)
        done, failed = _amended(root, found, wanted)
        corrections = ((name, one.id) for one, _ in done for name in to_targets(one, targets, corrected=True))
        mark_again(root, corrections)
        enter(index, done)
        outcomes += [*refused, *failed, *((sidecar.id, "corrected", _said(wanted)) for sidecar, _ in done)]
        cameras |= {one.camera_id for sidecar, _ in done for one in (sidecar, corrected(sidecar))}
        cameras |= {note.was for sidecar, _ in done for note in sidecar.corrections[-1:] if note.what == "camera_id"}
    with _flushing(index):
        recount_cameras(index, {camera_id for camera_id in cameras if camera_id}, alive)
    return outcomes


@contextmanager
def _flushing(index: sqlite3.Connection) -> Iterator[None]:
    """Have all that the index was told on the disk in the end: after a power cut the names of items are compared with
    it, and an item that was corrected has kept its own."""
    index.execute("PRAGMA synchronous = FULL")
    try:
        yield
    finally:
        index.execute("PRAGMA synchronous = NORMAL")


def _batches(ids: list[str]) -> Iterator[list[str]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _found(
    root: Path, index: sqlite3.Connection, ids: list[str], alive: Callable[[], None]
) -> tuple[list[tuple[Sidecar, str]], list[Outcome]]:
    found, refused = [], []
    for item_id in ids:
        alive()
        place = find_item(root, index, item_id) if is_id(item_id) else None
        sidecar = read_sidecar(root, place) if place else None
        if place and sidecar:
            found.append((sidecar, place))
        else:
            why = "The item's sidecar cannot be read." if place else "No item with this id is accepted or rejected."
            refused.append((str(item_id), "refused", why))
    return found, refused


def _amended(
    root: Path, found: list[tuple[Sidecar, str]], wanted: Wanted
) -> tuple[list[tuple[Sidecar, str]], list[Outcome]]:
    """Put the notes on the disk. What we have no right to change is refused, and costs the others nothing."""
    noted = [
        (sidecar, with_correction(sidecar, wanted.what, wanted.value, wanted.by, wanted.at, wanted.why), place)
        for sidecar, place in found
    ]
    changed = [(new, place) for old, new, place in noted if new is not old]
    failed: list[Outcome] = []
    try:
        amend(root, changed)
    except PermissionError:
        for sidecar, place in changed:
            try:
                amend(root, [(sidecar, place)])
            except PermissionError as error:
                failed.append((sidecar.id, "refused", f"It cannot be changed: {in_words(error)}."))
    refused = {item_id for item_id, _, _ in failed}
    return [(new, place) for _, new, place in noted if new.id not in refused], failed


def _said(wanted: Wanted) -> str:
    name = wanted.what.replace("_", " ")
    return f"Its {name} is as it was decided." if wanted.value is None else f"Its {name} is {wanted.value} now."
