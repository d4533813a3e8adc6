"""Pages beside an index that is missing, half made, of another version, or damaged."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ingest.index.schema import TABLES, VERSION
from ingest.index.store import FILE, delete_index
from tests.unit.webadmin.site import Person, Site, accepted, photo

PAGES = ("/overview", "/files", "/files?sort=largest", "/cameras", "/visits", "/system")


def _missing(_file: Path) -> None:
    """Leave no index."""


def _empty(file: Path) -> None:
    file.touch()


def _half_made(file: Path) -> None:
    """As a reader may find it while the watcher makes it: tables, but not all of its own indexes."""
    with closing(sqlite3.connect(file)) as index:
        index.executescript(TABLES)


def _of_another_version(file: Path) -> None:
    with closing(sqlite3.connect(file)) as index:
        index.execute(f"PRAGMA user_version = {VERSION + 1}")


@pytest.mark.parametrize("make", [_missing, _empty, _half_made, _of_another_version])
def test_pages_stand_in_for_an_index_that_is_not_there_yet(
    site: Site, admin: Person, make: Callable[[Path], None]
) -> None:
    site.put(accepted(), photo())
    delete_index(site.root)
    make(site.root / FILE)
    assert {page: admin.get(page).status_code for page in PAGES} == dict.fromkeys(PAGES, 200)


def test_a_damaged_index_is_said_and_never_shown_as_an_empty_spool(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    content = bytearray((site.root / FILE).read_bytes())
    content[100:] = b"\xff" * (len(content) - 100)
    delete_index(site.root)
    (site.root / FILE).write_bytes(content)
    answer = admin.get("/files")
    assert answer.status_code == 503
    assert "camspool reindex" in answer.text
