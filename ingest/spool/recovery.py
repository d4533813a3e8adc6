"""What the watcher does first: brings every file that a crash or power cut left half-way to one of its legal states."""

from contextlib import suppress
from pathlib import Path

from ingest.spool.moves import drop_origin, forget_aside, place_of, remove_sidecar, sweep_left
from ingest.spool.names import aside_name, copy_name, parse_companion, parse_incoming_name
from ingest.spool.partials import PARTIAL
from ingest.spool.sidecar import Sidecar, parse_sidecar


def recover(root: Path, only: frozenset[str] | None = None) -> list[tuple[Sidecar, str]]:
    """Undo half-done commits and return the whole ones, which the index may not know yet, with their places.

    `only` limits this to some item ids: after a failed commit of a batch. No worker may be at work on them.
    """
    if only is None:
        _settle_partials(root)
    items, companions = _contents(root / "incoming")
    committed = []
    for item_id, kind in sorted(companions):
        if only is not None and item_id not in only:
            continue
        if kind == "copy":
            (root / "incoming" / copy_name(item_id)).unlink()
        elif kind == "origin":
            _settle_origin(root, item_id, waiting=item_id in items)
        elif found := _settle_aside(root, item_id, waiting=item_id in items):
            committed.append(found)
    return committed


def _settle_partials(root: Path) -> None:
    """Remove each origin whose partial has not come or has gone, and folders that are empty.

    A partial without its origin stays: it waits like others, and its name tells enough.
    """
    for folder in (root / PARTIAL).glob("*"):
        with suppress(FileNotFoundError, NotADirectoryError):
            partials, companions = _contents(folder)
            for item_id in {item_id for item_id, _ in companions} - partials:
                drop_origin(folder, item_id)
        with suppress(OSError):
            folder.rmdir()


def _contents(folder: Path) -> tuple[set[str], list[tuple[str, str]]]:
    """Return the ids of the items in incoming/ or a folder of partial/, and what lies beside them."""
    items, companions = set(), []
    for entry in folder.iterdir():
        if parsed := parse_incoming_name(entry.name):
            items.add(parsed.id)
        elif companion := parse_companion(entry.name):
            companions.append(companion)
    return items, companions


def _settle_aside(root: Path, item_id: str, *, waiting: bool) -> tuple[Sidecar, str] | None:
    """Decide by where the item is: beside its sidecar the verdict holds, in incoming/ it never happened.

    As long as the item waits, its sidecar aside stays: it tells the next commit that this one broke off.
    """
    aside = root / "incoming" / aside_name(item_id)
    # One that is torn was not flushed, so it never got its name beside the item's place.
    with suppress(ValueError):
        sidecar = parse_sidecar(aside.read_bytes())
        place = place_of(sidecar)
        if not waiting and (root / place).exists():
            return sidecar, place
        remove_sidecar(root, place)
    if not waiting:
        aside.unlink()
    return None


def _settle_origin(root: Path, item_id: str, *, waiting: bool) -> None:
    """Keep the origin of a waiting item, and finish its requeueing; an origin without its item is a leftover."""
    if not waiting:
        if not (root / "incoming" / aside_name(item_id)).exists():
            forget_aside(root, [item_id])
        return
    sweep_left(root, item_id)
