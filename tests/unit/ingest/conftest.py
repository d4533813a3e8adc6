"""A spool and its index, for the tests that need one."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ingest.index.store import open_index
from tests.spools import make_spool


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The root of an empty spool."""
    return make_spool(tmp_path)


@pytest.fixture
def index(root: Path) -> Iterator[sqlite3.Connection]:
    """The index of that spool, for writing."""
    with closing(open_index(root)) as index:
        yield index
