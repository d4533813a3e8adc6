"""Sends rejected items back for a new verdict: once for each request, however often it is begun anew."""

import sqlite3
from collections.abc import Callable, Container, Iterable
from pathlib import Path

from ingest.errors import in_words
from ingest.index.places import find_item, read_sidecar, waiting_ids
from ingest.index.store import forget
from ingest.requests.result import Alive, Result
from ingest.spool.corrections import CORRECTABLE, by_hand, leans_on
from ingest.spool.durable import DISK_TROUBLE
from ingest.spool.moves import requeue
from ingest.spool.origin import origin_of
from ingest.spool.stamp import is_id


def requeue_items(
    root: Path,
    index: sqlite3.Connection,
    ids: Iterable[str],
    asked_at: str,
    alive: Alive,
    verdicts: Container[str] = ("rejected",),
) -> list[Result]:
    """Send those of these items back that have one of the `verdicts`; see `requeue_item`."""
    waiting = frozenset(waiting_ids(root))
    return act_on_each(ids, lambda item_id: requeue_item(root, index, item_id, asked_at, waiting, verdicts), alive)


def act_on_each(ids: Iterable[str], act: Callable[[str], Result], alive: Alive) -> list[Result]:
    """Act on every item. One that we cannot change, or have no right to, is refused, and costs the others nothing.

    Raise OSError when the machine fails: then the request waits on.
    """
    results = []
    for item_id in ids:
        alive()
        try:
            results.append(act(item_id))
        except OSError as error:
            if error.errno in DISK_TROUBLE:
                raise
            results.append(Result(item_id, "refused", f"It cannot be changed: {in_words(error)}."))
    return results


def requeue_item(
    root: Path,
    index: sqlite3.Connection,
    item_id: str,
    asked_at: str,
    waiting: Container[str],
    verdicts: Container[str] = ("rejected",),
) -> Result:
    """Send an item back to incoming/ that has one of the `verdicts`, once for a request made at `asked_at` (UTC text).

    However often a full disk or a crash makes us begin anew: one that waits, or has been tried again since, is left as
    it is.
    """
    place = find_item(root, index, item_id) if is_id(item_id) else None
    if place is None:
        return _requeued(index, item_id) if item_id in waiting else unknown_item(item_id)
    sidecar = read_sidecar(root, place)
    if sidecar is None:
        return Result(item_id, "refused", "The item's sidecar cannot be read.")
    if sidecar.attempts > 1 and sidecar.decided_at > asked_at:
        return Result(item_id, "requeued", "Has got its new verdict.")
    if sidecar.verdict not in verdicts:
        return Result(item_id, "refused", "Only rejected items can be tried again; this one is accepted.")
    try:
        requeue(root, place, sidecar, origin_of(sidecar, place))
    except FileNotFoundError:
        return Result(item_id, "refused", "The item has vanished from the disk.")
    return _requeued(index, item_id)


def judged_again(
    root: Path,
    index: sqlite3.Connection,
    corrected: list[Result],
    asked_at: str,
    alive: Alive,
    *,
    all_rejected: bool = False,
) -> list[Result]:
    """Send those of the corrected items back whose verdict was given with what nobody says any more, and those that
    wait rejected, where so asked; return how each ended."""
    ids = [one.id for one in corrected if one.outcome == "corrected"]
    chosen = [one for one in ids if _is_doubtful(root, index, one, all_rejected=all_rejected)]
    tried = {one.id: one for one in requeue_items(root, index, chosen, asked_at, alive, ("accepted", "rejected"))}
    return [tried.get(one.id, one) for one in corrected]


def _is_doubtful(root: Path, index: sqlite3.Connection, item_id: str, *, all_rejected: bool) -> bool:
    place = find_item(root, index, item_id)
    if place and all_rejected and place.startswith("rejected/"):
        return True
    sidecar = read_sidecar(root, place) if place else None
    if sidecar is None:
        return False
    return any(leans_on(sidecar, what) and by_hand(sidecar.corrections, what) is None for what in CORRECTABLE)


def unknown_item(item_id: str) -> Result:
    """Refuse what is no item."""
    return Result(item_id, "refused", "No item with this id is accepted or rejected.")


def _requeued(index: sqlite3.Connection, item_id: str) -> Result:
    forget(index, [item_id])
    return Result(item_id, "requeued", "Waits for a new verdict.")
