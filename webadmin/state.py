"""The admin's own small database in its cache: sessions and throttle counters, shared by all workers.

Deleting it logs everybody out and forgets failed log-ins; nothing else is lost.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.lock import alone_in

FILE = "admin.sqlite"

_TABLES = """
CREATE TABLE IF NOT EXISTS sessions (
    id TEXT PRIMARY KEY, admin TEXT NOT NULL, password_mark TEXT NOT NULL, began_at REAL NOT NULL, seen_at REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS throttle (
    key TEXT PRIMARY KEY, hits INTEGER NOT NULL, ends_at REAL NOT NULL
) WITHOUT ROWID;
"""


def open_state(cache: Path) -> sqlite3.Connection:
    """Open the database; make it when missing, also when several workers start at the same moment."""
    # SQLite refuses at once, whatever the timeout, when two change a journal's mode at the same moment.
    with alone_in(cache):
        state = sqlite3.connect(cache / FILE, isolation_level=None, timeout=10)
        state.execute("PRAGMA journal_mode = WAL")
        state.execute("PRAGMA synchronous = OFF")
        state.executescript(_TABLES)
        return state


@contextmanager
def state_of(cache: Path) -> Iterator[sqlite3.Connection]:
    """Open the database for a moment."""
    state = sqlite3.connect(cache / FILE, isolation_level=None, timeout=10)
    try:
        yield state
    finally:
        state.close()
