"""An index that cannot be written for a while."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ingest.index.store import FILE


@contextmanager
def locked(root: Path, index: sqlite3.Connection) -> Iterator[None]:
    """Write to the index as another process may, so that `index` cannot; without its patience."""
    index.execute("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(root / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
