"""The admin's own small database in its cache: sessions, codes used and throttle counters, shared by all workers.

Deleting it logs everybody out and forgets failed log-ins, and when tokens were used; nothing else is lost. A full disk
closes no door: what a log-in needs was taken from the disk before.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from ingest.errors import CamspoolError
from ingest.spool.lock import alone_in

FILE = "admin.sqlite"
ROOM_BYTES = 64 * 1024

# One transaction: a file that is not empty has all of its tables. A table never changes, and what is new gets its own:
# the release before must find its way about after a rollback.
_TABLES = """
BEGIN;
CREATE TABLE IF NOT EXISTS sessions (
    id TEXT PRIMARY KEY, admin TEXT NOT NULL, password_mark TEXT NOT NULL, began_at REAL NOT NULL, seen_at REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS throttle (
    key TEXT PRIMARY KEY, hits INTEGER NOT NULL, ends_at REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS session_origins (
    id TEXT PRIMARY KEY, address TEXT NOT NULL, agent TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS provider_sessions (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS codes_used (person TEXT PRIMARY KEY, step INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS token_uses (id TEXT PRIMARY KEY, used_at REAL NOT NULL) WITHOUT ROWID;
COMMIT;
"""


def make_state(cache: Path) -> None:
    """Make the database when it is missing, also when several workers start at the same moment."""
    # An older admin kept it in WAL mode, and SQLite refuses at once, whatever the timeout, when two change a journal's
    # mode at the same moment.
    with alone_in(cache), _connected(cache) as state:
        state.executescript(_TABLES)
        _take_room(state)


@contextmanager
def state_of(cache: Path) -> Iterator[sqlite3.Connection]:
    """Open the database for a moment; make it anew when it was deleted. Raise CamspoolError when it cannot be used."""
    try:
        if not _is_made(cache / FILE):
            make_state(cache)
        with _connected(cache) as state:
            yield state
    except sqlite3.OperationalError as error:
        raise CamspoolError(
            f"The admin cannot keep who is logged in ({error}). Look whether the disk with {cache} is full."
        ) from error


@contextmanager
def _connected(cache: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(cache / FILE, isolation_level=None, timeout=10)) as state:
        # The files of WAL mode come and go with every connection, and on a full disk they come no more: then even
        # reading fails. A journal that stays has its room already.
        state.execute("PRAGMA journal_mode = PERSIST")
        state.execute("PRAGMA synchronous = OFF")
        yield state


def _is_made(file: Path) -> bool:
    try:
        return file.stat().st_size > 0
    except FileNotFoundError:
        return False


def _take_room(state: sqlite3.Connection) -> None:
    """Have free pages in the file, and a journal as large as a log-in needs; a disk that is full already has none."""
    with suppress(sqlite3.OperationalError):
        state.execute("INSERT OR REPLACE INTO throttle VALUES (hex(zeroblob(?)), 0, 0)", (ROOM_BYTES // 2,))
        state.execute("DELETE FROM throttle WHERE ends_at = 0")
