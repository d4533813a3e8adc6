"""Rebuilds the index from the sidecars, and adds what it missed when the machine lost power."""

import multiprocessing
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from ingest.index.beginnings import BeginningRow, beginning_rows
from ingest.index.places import day_folders, items_in, read_sidecar
from ingest.index.rows import ItemRow, ReportRow, item_row, report_row
from ingest.index.schema import INDEXES
from ingest.index.store import (
    FILE,
    create_tables,
    delete_index,
    enter,
    forget,
    get_state,
    insert_rows,
    mark_whole,
    set_state,
)
from ingest.index.strangers import StrangerRow, stranger_rows
from ingest.index.totals import TOTALS

NEW_FILE = FILE.with_name("index.rebuild.sqlite")
FOLDERS_AT_ONCE = 64
CACHE_KB = 64_000
"""Pages kept in memory while rebuilding: all that the rows of one day go to."""

BOOT_TOLERANCE_S = 60.0

Beat = Callable[[], None]
"""Called now and then in a long step, so that others see that it goes on."""

_Rows = tuple[list[ItemRow], list[ReportRow], list[BeginningRow], list[StrangerRow]]


def is_complete(index: sqlite3.Connection) -> bool:
    """Say whether the index knows every item; one that was just made does not until `catch_up` has ended."""
    return get_state(index, "complete") is not None


def catch_up(root: Path, index: sqlite3.Connection) -> None:
    """Make sure that the index knows every item and nothing else, when the watcher starts.

    A crash of the watcher loses nothing (see recovery). A power cut may lose the last entries, because the index is
    not flushed for each: of new items, of old ones that were tried again, and of deleted ones. So after a boot all
    names are compared, without reading a sidecar. An index that was never complete is filled.
    """
    if not is_complete(index) or _has_booted(get_state(index, "booted_at")):
        _compare(root, index)
        set_state(index, "complete", "yes")
    set_state(index, "booted_at", str(_booted_at()))


def _booted_at() -> float:
    """Return when the machine started, by our clock. A boot id would be plainer; the sandbox hides /proc/sys."""
    return time.time() - time.clock_gettime(time.CLOCK_BOOTTIME)


def _has_booted(noted: str | None) -> bool:
    return noted is None or abs(float(noted) - _booted_at()) > BOOT_TOLERANCE_S


def _compare(root: Path, index: sqlite3.Connection) -> None:
    """Enter what the index misses and forget what is not there, day by day."""
    folders: dict[str, list[str]] = {}
    for folder in day_folders(root):
        folders.setdefault(_day(folder).replace("-", ""), []).append(folder)
    known_days = {row[0] for row in index.execute("SELECT DISTINCT substr(id, 1, 8) FROM items")}
    for day in sorted(folders.keys() | known_days):
        _compare_day(root, index, day, folders.get(day, []))


def _compare_day(root: Path, index: sqlite3.Connection, day: str, folders: list[str]) -> None:
    rows = index.execute("SELECT place, id FROM items WHERE id >= ? AND id < ?", (f"{day}T", f"{day}U"))
    known: dict[str, str] = dict(rows.fetchall())
    there = {place for folder in folders for place in items_in(root, folder)}
    if stale := [known[place] for place in known.keys() - there]:
        forget(index, stale)
    if new := sorted(there - known.keys()):
        enter(index, ((sidecar, place) for place in new if (sidecar := read_sidecar(root, place))))


def make_anew(root: Path, beat: Beat) -> None:
    """Rebuild the index within a process that has its own workers and signals, which must not be forked with it.

    A connection to deleted files must be closed after this and before the new index is opened: closing it removes the
    write-ahead log by its name, whosesoever that is by then.
    """

    def beating(counts: Iterable[int], total: int) -> Iterator[int]:
        del total
        for count in counts:
            beat()
            yield count

    try:
        rebuild(root, beating, lambda root, folders: (_read_folder(root, folder) for folder in folders))
    except BaseException:
        delete_index(root, NEW_FILE)  # on a full disk, half an index takes the room that uploads need
        raise


def rebuild(
    root: Path,
    watch: Callable[[Iterable[int], int], Iterable[int]],
    read: Callable[[Path, list[str]], Iterable[_Rows]] | None = None,
) -> int:
    """Write a new index from all sidecars and put it in the place of the old one; return the number of items.

    `watch(counts, total)` passes on the counts of day folders done, for a progress bar. `read` reads folders; by
    default every core does.
    """
    delete_index(root, NEW_FILE)
    (root / NEW_FILE).parent.mkdir(exist_ok=True)
    folders = sorted(day_folders(root), key=_day)
    with closing(sqlite3.connect(root / NEW_FILE, isolation_level=None)) as index:
        index.execute("PRAGMA journal_mode = OFF")
        index.execute("PRAGMA synchronous = OFF")
        index.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        create_tables(index)
        rows = (read or _read_on_every_core)(root, folders)
        items = sum(watch(_insert_all(index, rows), len(folders)))
        index.executescript(INDEXES)
        index.executescript(TOTALS)
        set_state(index, "complete", "yes")
        set_state(index, "booted_at", str(_booted_at()))
        mark_whole(index)
    delete_index(root)
    (root / NEW_FILE).replace(root / FILE)
    return items


def _day(folder: str) -> str:
    return folder.rpartition("/")[2]


def _insert_all(index: sqlite3.Connection, folders: Iterable[_Rows]) -> Iterator[int]:
    """Insert the rows of every folder; yield, for each folder, how many items it had.

    The folders come day by day: rows that arrive nearly in order of their numbers are appended, where rows in order of
    cameras would be scattered over the whole file.
    """
    index.execute("BEGIN")
    for items, reports, beginnings, strangers in folders:
        insert_rows(index, items, reports, beginnings, strangers)
        yield len(items)
    index.execute("COMMIT")


def _read_on_every_core(root: Path, folders: list[str]) -> Iterator[_Rows]:
    with multiprocessing.get_context("fork").Pool() as readers:
        yield from readers.imap_unordered(partial(_read_folder, root), folders, FOLDERS_AT_ONCE)


def _read_folder(root: Path, folder: str) -> _Rows:
    found = [(sidecar, place) for place in items_in(root, folder) if (sidecar := read_sidecar(root, place))]
    reports = [row for sidecar, _ in found if (row := report_row(sidecar))]
    beginnings = [row for sidecar, _ in found for row in beginning_rows(sidecar)]
    strangers = [row for sidecar, _ in found for row in stranger_rows(sidecar)]
    return [item_row(sidecar, place) for sidecar, place in found], reports, beginnings, strangers
