"""Which old items may be deleted: an accepted one only when every archive that wants it has proved it as it is now."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from ingest.index.places import find_item, read_sidecar
from ingest.requests.result import Alive, Result
from ingest.settings.targets import Target
from ingest.spool.deliveries import proved_ids
from ingest.spool.outbox import wanted_by
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import id_time


@dataclass(frozen=True)
class _Item:
    """An item that is due; its place is empty where only the index still knows it."""

    id: str
    place: str
    sidecar: Sidecar | None


def sort_by_proof(
    root: Path, index: sqlite3.Connection, due: Sequence[str], targets: Iterable[Target], alive: Alive
) -> tuple[list[str], list[Result]]:
    """Return the ids of those due items that may be deleted, and for each reason to keep the others one result, which
    names the oldest. It looks into the folders and into what the archives have answered, not into cache/.

    Without an archive in the settings, all may be deleted.
    """
    archives = tuple(target for target in targets if target.kind == "archive")
    if not archives:
        return list(due), []
    may_go: list[str] = []
    kept: dict[str, list[str]] = {}
    for day, ids in groupby(sorted(due), _day):
        items = [_item(root, one, find_item(root, index, one) or "") for one in ids]
        for item_id, why in _reasons(root, day, items, archives).items():
            alive()
            (kept.setdefault(why, []) if why else may_go).append(item_id)
    return may_go, [Result(ids[0], "kept", _said(why, len(ids))) for why, ids in kept.items()]


def _day(item_id: str) -> str:
    return id_time(item_id).strftime("%Y-%m-%d")


def _item(root: Path, item_id: str, place: str) -> _Item:
    return _Item(item_id, place, read_sidecar(root, place) if place else None)


def _reasons(root: Path, day: str, items: Sequence[_Item], archives: Sequence[Target]) -> dict[str, str]:
    """Return for each item of one day why it has to be kept; an empty text where it may be deleted."""
    known = [(item.sidecar, item.place) for item in items if item.sidecar and item.place.startswith("accepted/")]
    proved = {archive.name: proved_ids(root, archive.name, day, known) for archive in archives}
    return {item.id: _reason(item, archives, proved) for item in items}


def _reason(item: _Item, archives: Sequence[Target], proved: dict[str, set[str]]) -> str:
    if not item.place.startswith("accepted/"):
        return ""
    if item.sidecar is None:
        return "their sidecars cannot be read"
    wanted = wanted_by(item.sidecar, archives)
    lacking = [name for name in wanted if item.id not in proved[name]]
    if lacking:
        return f"{' and '.join(lacking)} {'has' if len(lacking) == 1 else 'have'} not proved them as they are now"
    return "" if wanted else "no archive in the settings wants them"


def _said(why: str, count: int) -> str:
    items = "1 item is" if count == 1 else f"{count:,} items, this one the oldest, are"
    return f"{items} old enough to be deleted and kept: {why}."
