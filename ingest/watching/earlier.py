"""Which reports of a file become items of their own: those that are not here yet. What the workers cannot know."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from ingest.index.same_report import find_same_report, what_it_says
from ingest.index.spellings import in_known_spelling
from ingest.index.store import indexed_place
from ingest.pipeline import Originals
from ingest.spool.moves import Decided, EarlierReport, earlier_name
from ingest.spool.names import aside_name
from ingest.spool.sidecar import Sidecar, changed
from ingest.verdict.decision import as_duplicate


def settle_earlier(
    root: Path, decided: Iterable[Decided], index: sqlite3.Connection, originals: Originals
) -> list[Decided]:
    """Say in each file's verdict which items its earlier reports are, and leave those to be made that are none yet.

    A report that its camera has said before is that item: a log that grows is sent whole each time. Reports of files
    that are tried again are found by their ids. What is just being committed counts, and is noted in `originals`.
    """
    return [one if one.sidecar.kind != "report" else _settled(root, one, index, originals) for one in decided]


def waiting_earlier(root: Path, whole: Sidecar) -> Iterator[str]:
    """Yield the names in incoming/ of the earlier reports of a file that wait for their own verdicts."""
    for item_id in whole.earlier_reports:
        name = earlier_name(whole, item_id)
        if (root / "incoming" / name).exists():
            yield name


def unmade_earlier(root: Path, decided: Iterable[Decided]) -> Iterator[str]:
    """Yield the ids of the earlier reports that were to be items and do not wait as such, after a commit broke off."""
    for one in decided:
        for report in one.earlier:
            if not (root / "incoming" / earlier_name(one.sidecar, report.id)).exists():
                yield report.id


def _settled(root: Path, one: Decided, index: sqlite3.Connection, originals: Originals) -> Decided:
    sidecar = one.sidecar
    if sidecar.verdict == "accepted":
        sidecar = _as_first(sidecar, index, originals)
    if not one.earlier:
        return replace(one, sidecar=sidecar)
    found = [(report, _item_of(root, sidecar, report, index, originals)) for report in one.earlier]
    missing = tuple(report for report, item_id in found if item_id is None)
    ids = tuple(item_id or report.id for report, item_id in found)
    return replace(one, sidecar=changed(sidecar, earlier_reports=ids), earlier=missing)


def _as_first(sidecar: Sidecar, index: sqlite3.Connection, originals: Originals) -> Sidecar:
    """Note an accepted report as the item that says this. A part of a file that is not the first becomes a duplicate:
    only of what has its verdict, never of what is yet to be made, or each of two could be left to the other."""
    said = what_it_says(sidecar)
    if not sidecar.part_of:
        originals.setdefault(said, sidecar.id)
        return sidecar
    first = find_same_report(index, sidecar) or originals.setdefault(said, sidecar.id)
    if first == sidecar.id:
        return sidecar
    for content in [content for content, item_id in originals.items() if item_id == sidecar.id]:
        del originals[content]
    return as_duplicate(sidecar, first)


def _item_of(
    root: Path, whole: Sidecar, report: EarlierReport, index: sqlite3.Connection, originals: Originals
) -> str | None:
    """Return the item that a report is already, None where it has to be made: its own, also when that was deleted since
    an earlier verdict on its file, or one that says the same, or is just being made to say it."""
    if report.id in whole.earlier_reports or _is_here(root, whole, report.id, index):
        return report.id
    sidecar = in_known_spelling(root, index, report.sidecar)
    said = what_it_says(sidecar)
    if first := find_same_report(index, sidecar) or originals.get(said):
        return first
    first = originals.setdefault((said[0], f"to be made: {said[1]}"), report.id)
    return None if first == report.id else first


def _is_here(root: Path, whole: Sidecar, item_id: str, index: sqlite3.Connection) -> bool:
    """Say whether an item waits, is being committed or is decided: in the order in which it goes on while we look."""
    incoming = root / "incoming"
    if (incoming / earlier_name(whole, item_id)).exists() or (incoming / aside_name(item_id)).exists():
        return True
    return indexed_place(index, item_id) is not None
