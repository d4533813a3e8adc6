"""Corrects decided items: a note in their sidecars, and the index that says what holds now. No item is moved."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import in_words
from ingest.index.places import find_item, read_sidecar
from ingest.index.recount import recount_cameras
from ingest.index.store import enter
from ingest.requests.result import Alive
from ingest.requests.wanted import Wanted, noted, said_of
from ingest.requests.whereabouts import surroundings
from ingest.settings.values import Settings
from ingest.spool.corrections import corrected
from ingest.spool.moves import amend
from ingest.spool.outbox import mark_again
from ingest.spool.outbox import wanted_by as to_targets
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import is_id

BATCH = 100
"""So many sidecars share their flushes; between batches the watcher gives a sign of life."""

Outcome = tuple[str, str, str]
"""The item, `corrected`, `kept` or `refused`, and a sentence."""
Note = Callable[[Sidecar], Sidecar | str]
"""Returns a sidecar with notes, the same one where all holds already, or says why there can be none."""


def correct(
    settings: Settings, index: sqlite3.Connection, ids: list[str], wanted: Wanted, alive: Alive
) -> list[Outcome]:
    """Correct every item as a person wants; see `note_all`."""
    if objection := wanted.objection:
        return [(str(item_id), "refused", objection) for item_id in ids]
    around = surroundings(settings, index)
    return note_all(settings, index, ids, lambda sidecar: noted(sidecar, wanted, around), said_of(wanted), alive)


def note_all(
    settings: Settings,
    index: sqlite3.Connection,
    ids: list[str],
    note: Note,
    said: Callable[[Sidecar], str],
    alive: Alive,
) -> list[Outcome]:
    """Put notes into every item's sidecar, and count anew what its camera was and what it is now. Doing it again adds
    no second note.

    The sidecar is on the disk before the index hears of it, and so are the marks in the outbox of the targets that
    keep sidecars: after a crash the request is carried out again.
    """
    root = settings.root
    cameras: set[str | None] = set()
    outcomes: list[Outcome] = []
    for batch in _batches(list(dict.fromkeys(ids))):
        alive()
        found, refused = _found(root, index, batch, alive)
        done, failed = _amended(root, found, note)
        corrections = ((name, one.id) for one, _ in done for name in to_targets(one, settings.targets, corrected=True))
        mark_again(root, corrections)
        enter(index, done)
        outcomes += [*refused, *failed, *((sidecar.id, "corrected", said(sidecar)) for sidecar, _ in done)]
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
    root: Path, index: sqlite3.Connection, ids: list[str], alive: Alive
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
    root: Path, found: list[tuple[Sidecar, str]], note: Note
) -> tuple[list[tuple[Sidecar, str]], list[Outcome]]:
    """Put the notes on the disk. What cannot be, or we have no right to change, is refused, and costs the others
    nothing."""
    noted = [(sidecar, note(sidecar), place) for sidecar, place in found]
    failed: list[Outcome] = [(old.id, "refused", new) for old, new, _ in noted if isinstance(new, str)]
    changed = [(new, place) for old, new, place in noted if isinstance(new, Sidecar) and new is not old]
    try:
        amend(root, changed)
    except PermissionError:
        for sidecar, place in changed:
            try:
                amend(root, [(sidecar, place)])
            except PermissionError as error:
                failed.append((sidecar.id, "refused", f"It cannot be changed: {in_words(error)}."))
    refused = {item_id for item_id, _, _ in failed}
    return [(new, place) for _, new, place in noted if isinstance(new, Sidecar) and new.id not in refused], failed
