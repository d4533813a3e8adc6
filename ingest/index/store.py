"""The SQLite index in cache/: makes pages and the search for duplicates fast. The folders stay the truth."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from ingest.index.beginnings import BeginningRow, beginning_rows, insert_beginnings, remove_beginnings
from ingest.index.counts import count, count_sent, refresh
from ingest.index.rows import REPORT_FIELDS, ItemRow, ReportRow, item_row, report_row
from ingest.index.schema import INDEXES, TABLES, VERSION
from ingest.index.strangers import StrangerRow, insert_strangers, remove_stranger, stranger_rows
from ingest.spool.lock import alone_in
from ingest.spool.sidecar import Sidecar

FILE = Path("cache/index.sqlite")

_INSERT_ITEM = f"INSERT INTO items ({', '.join(ItemRow._fields)}) VALUES ({', '.join('?' * len(ItemRow._fields))})"  # noqa: S608
_INSERT_REPORT = f"INSERT OR REPLACE INTO reports VALUES ({', '.join('?' * (4 + len(REPORT_FIELDS)))})"  # noqa: S608
_REMOVE_WORDS = (
    "INSERT INTO words (words, rowid, upload_path, camera_id, camera_text, client, account) "
    "VALUES ('delete', ?, ?, ?, ?, ?, ?)"
)
_INSERT_WORDS = (
    "INSERT INTO words (rowid, upload_path, camera_id, camera_text, client, account) VALUES (?, ?, ?, ?, ?, ?)"
)


def open_index(root: Path) -> sqlite3.Connection:
    """Open the index of a spool for writing; make it when missing or of another version (then it is empty).

    The watcher may start while an audit runs: one of them makes it, the other waits.
    """
    file = root / FILE
    file.parent.mkdir(exist_ok=True)
    with alone_in(file.parent):
        index = sqlite3.connect(file, isolation_level=None)
        if _version(index) != VERSION:
            index.close()
            index = _made_anew(root)
        index.execute("PRAGMA journal_mode = WAL")
        index.execute("PRAGMA synchronous = NORMAL")
    return index


def _version(index: sqlite3.Connection) -> int | None:
    """Return the version; None for a file that is no database any more: it is made anew, and filled from the spool."""
    try:
        return int(index.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        return None


def _made_anew(root: Path) -> sqlite3.Connection:
    delete_index(root)
    index = sqlite3.connect(root / FILE, isolation_level=None)
    create_tables(index)
    index.executescript(INDEXES)
    mark_whole(index)
    return index


def read_index(root: Path) -> sqlite3.Connection:
    """Open the index for reading only. Raise sqlite3.OperationalError when there is none yet.

    A reader that may not write to cache/ needs the write-ahead log's files; without them nobody writes, so the index
    is then read as a file that does not change.
    """
    still = "" if (root / FILE).with_name(FILE.name + "-shm").exists() else "&immutable=1"
    index = sqlite3.connect(f"file:{quote(str(root / FILE))}?mode=ro{still}", uri=True)
    index.row_factory = sqlite3.Row
    return index


def create_tables(index: sqlite3.Connection) -> None:
    """Make the empty tables of this version, without their indexes: rebuilding adds those at the end."""
    index.executescript(TABLES)


def mark_whole(index: sqlite3.Connection) -> None:
    """Give the index its version, last of all: readers and the next start take one without it for none."""
    index.execute(f"PRAGMA user_version = {VERSION}")


def delete_index(root: Path, file: Path = FILE) -> None:
    """Delete the index with its write-ahead log."""
    for suffix in ("", "-wal", "-shm"):
        (root / file).with_name(file.name + suffix).unlink(missing_ok=True)


def index_files(root: Path) -> tuple[int, ...]:
    """Return what tells the present files of the index from others of their names; cache/ may be deleted at any time.

    A connection goes on with files that were deleted under it, and nobody else sees what it writes there. The
    write-ahead log stays the same file for as long as a connection is open, and exists from its first write on.
    """
    return tuple(_inode((root / FILE).with_name(FILE.name + suffix)) for suffix in ("", "-wal"))


def _inode(file: Path) -> int:
    try:
        return file.stat().st_ino
    except FileNotFoundError:
        return 0


def insert_rows(
    index: sqlite3.Connection,
    items: Iterable[ItemRow],
    reports: Iterable[ReportRow],
    beginnings: Iterable[BeginningRow] = (),
    strangers: Iterable[StrangerRow] = (),
) -> None:
    """Insert rows without counting them: for a rebuild, which counts at the end."""
    for row in items:
        try:
            index.execute(_INSERT_ITEM, row)
        except sqlite3.IntegrityError:
            index.execute(_INSERT_ITEM, row._replace(number=_free_number(index, row.number)))
    index.executemany(_INSERT_REPORT, reports)
    insert_beginnings(index, beginnings)
    insert_strangers(index, strangers)


def enter(index: sqlite3.Connection, decided: Iterable[tuple[Sidecar, str]]) -> None:
    """Enter decided items with their places, in one transaction; an item entered before is replaced."""
    changed: list[ItemRow] = []
    with _transaction(index):
        for sidecar, place in decided:
            changed += _remove(index, sidecar.id)
            changed.append(_enter_one(index, sidecar, place))
        refresh(index, changed)


def enter_again(index: sqlite3.Connection, sidecar: Sidecar, place: str) -> None:
    """Enter an item that was deleted and has come back: that its camera sent it was not forgotten meanwhile."""
    with _transaction(index):
        row = _enter_one(index, sidecar, place)
        count_sent(index, row, -1)
        refresh(index, [row])


def forget(index: sqlite3.Connection, ids: Iterable[str], *, deleted: bool = False) -> None:
    """Remove items that were deleted or went back to incoming/; contacts of their cameras stay.

    That a camera sent what can never be accepted is true of what was deleted as well.
    """
    changed: list[ItemRow] = []
    with _transaction(index):
        for item_id in ids:
            removed = _remove(index, item_id)
            changed += removed
            for row in removed if deleted else ():
                count_sent(index, row, 1)
        refresh(index, changed)


def find_original(index: sqlite3.Connection, camera_id: str | None, sha256: str) -> str | None:
    """Return the id of the accepted item of this camera with the same content, if there is one: also of one that was
    this camera's when it was decided, and has been given to another since."""
    folder = f"accepted/{camera_id}/"
    row = index.execute(
        "SELECT min(id) FROM items INDEXED BY items_content WHERE sha256 = ? AND verdict = 'accepted' "
        "AND (camera_id IS ? OR substr(place, 1, ?) = ?)",
        (sha256, camera_id, len(folder), folder),
    ).fetchone()
    return row[0] if row else None


def indexed_place(index: sqlite3.Connection, item_id: str) -> str | None:
    """Return where an item lies, relative to the spool root; None when the index does not know it."""
    row = index.execute("SELECT place FROM items WHERE id = ?", (item_id,)).fetchone()
    return row[0] if row else None


def transfer_of(index: sqlite3.Connection, item_id: str) -> tuple[str | None, str | None]:
    """Return the connection and the upload path of an item; None where the index does not know them, and no connection
    for a report that came in the file of another item: that transfer is the other's."""
    query = "SELECT CASE WHEN part_of IS NULL THEN connection END, upload_path FROM items WHERE id = ?"
    row = index.execute(query, (item_id,)).fetchone()
    return (row[0], row[1]) if row else (None, None)


def ids_before(index: sqlite3.Connection, verdict: str, limit_id: str) -> dict[str, str | None]:
    """Return the ids of the items with this verdict that arrived before the time in an id, each with its reason."""
    return dict(index.execute("SELECT id, reason FROM items WHERE verdict = ? AND id < ?", (verdict, limit_id)))


def get_state(index: sqlite3.Connection, key: str) -> str | None:
    """Return a note that the watcher left for its next start."""
    row = index.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
    return row[0] if row else None


def set_state(index: sqlite3.Connection, key: str, value: str) -> None:
    """Leave a note for the watcher's next start."""
    index.execute("INSERT INTO state VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", (key, value))


@contextmanager
def _transaction(index: sqlite3.Connection) -> Iterator[None]:
    """Everything inside happens, or nothing of it."""
    index.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        index.execute("ROLLBACK")
        raise
    index.execute("COMMIT")


def _enter_one(index: sqlite3.Connection, sidecar: Sidecar, place: str) -> ItemRow:
    row = item_row(sidecar, place)
    row = row._replace(number=_free_number(index, row.number))
    index.execute(_INSERT_ITEM, row)
    index.execute(_INSERT_WORDS, _words(row))
    if report := report_row(sidecar):
        index.execute(_INSERT_REPORT, report)
    insert_beginnings(index, beginning_rows(sidecar))
    insert_strangers(index, stranger_rows(sidecar))
    count(index, row, 1)
    return row


def _free_number(index: sqlite3.Connection, number: int) -> int:
    while index.execute("SELECT 1 FROM items WHERE number = ?", (number,)).fetchone():
        number += 1
    return number


def _remove(index: sqlite3.Connection, item_id: str) -> list[ItemRow]:
    """Remove an item; return its row, nothing when there is none."""
    found = index.execute(f"SELECT {', '.join(ItemRow._fields)} FROM items WHERE id = ?", (item_id,)).fetchone()  # noqa: S608
    if found is None:
        return []
    row = ItemRow(*found)
    index.execute(_REMOVE_WORDS, _words(row))
    index.execute("DELETE FROM items WHERE number = ?", (row.number,))
    index.execute("DELETE FROM reports WHERE id = ?", (item_id,))
    remove_beginnings(index, item_id)
    remove_stranger(index, item_id)
    count(index, row, -1)
    return [row]


def _words(row: ItemRow) -> tuple[int | str | None, ...]:
    return (row.number, row.upload_path, row.camera_id, row.camera_text, row.client, row.account)
