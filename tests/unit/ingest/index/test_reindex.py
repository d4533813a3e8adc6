"""The index is made from the sidecars, and gets what it missed when the machine lost power."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ingest.index.reindex import catch_up, is_complete, make_anew, rebuild
from ingest.index.store import delete_index, enter, open_index
from tests.spools import put_item

ITEMS: list[dict[str, Any]] = [
    {"sha256": "aa"},
    {"sha256": "bb", "camera_id": "other"},
    {"kind": "report", "fields": {"battery_percent": 60, "temperature_c": -4.5}},
    {"verdict": "rejected", "reason": "missing_location"},
    {"verdict": "rejected", "reason": "no_metadata", "camera_id": None},
    {"source": "upload", "camera_id": "from-a-person"},
    {"profile": "canary", "camera_id": "canary"},
]


def rows(index: sqlite3.Connection, query: str) -> list[Any]:
    return [tuple(row) for row in index.execute(query)]


def test_a_rebuilt_index_equals_the_one_that_was_kept_up_to_date(root: Path, index: sqlite3.Connection) -> None:
    for changes in ITEMS:
        enter(index, [put_item(root, **changes)])
    tables = ("items", "reports", "cameras", "counts", "hours", "contact_days")
    queries = [f"SELECT * FROM {table} ORDER BY 2, 1" for table in tables]  # noqa: S608
    queries[0] = "SELECT id, place, verdict, reason, camera_id, warnings, problem FROM items ORDER BY id"
    kept = [rows(index, query) for query in queries]
    index.close()
    assert rebuild(root, lambda counts, _total: counts) == len(ITEMS)
    with closing(open_index(root)) as rebuilt:
        assert [rows(rebuilt, query) for query in queries] == kept


def test_a_deleted_index_is_filled_at_the_next_start(root: Path, index: sqlite3.Connection) -> None:
    put_item(root)
    catch_up(root, index)
    catch_up(root, index)
    assert rows(index, "SELECT count(*) FROM items") == [(1,)]


def test_entries_that_a_power_cut_took_are_added_after_the_boot(root: Path, index: sqlite3.Connection) -> None:
    enter(index, [put_item(root)])
    catch_up(root, index)
    put_item(root)
    index.execute("UPDATE state SET value = '0' WHERE key = 'booted_at'")
    catch_up(root, index)
    assert rows(index, "SELECT count(*) FROM items") == [(2,)]


def test_after_a_boot_the_index_forgets_what_lies_nowhere(root: Path, index: sqlite3.Connection) -> None:
    (_, place), (kept, _) = items = [put_item(root), put_item(root, camera_id="other")]
    enter(index, items)
    catch_up(root, index)
    (root / place).unlink()
    catch_up(root, index)
    assert rows(index, "SELECT count(*) FROM items") == [(2,)]
    index.execute("UPDATE state SET value = '0' WHERE key = 'booted_at'")
    catch_up(root, index)
    assert rows(index, "SELECT id FROM items") == [(kept.id,)]
    assert rows(index, "SELECT sum(items) FROM counts") == [(1,)]


def test_a_sidecar_that_cannot_be_read_costs_the_index_only_its_own_item(root: Path, index: sqlite3.Connection) -> None:
    (_, torn), (kept, _) = put_item(root), put_item(root)
    (root / f"{torn}.json").write_text('{"schema": 1, "id"')
    catch_up(root, index)
    assert rows(index, "SELECT id FROM items") == [(kept.id,)]
    index.close()
    assert rebuild(root, lambda counts, _total: counts) == 1


def test_an_index_made_anew_beside_its_deleted_files_knows_all_and_keeps_what_it_is_told(
    root: Path, index: sqlite3.Connection
) -> None:
    items = [put_item(root, **changes) for changes in ITEMS]
    enter(index, items[:2])
    assert not is_complete(index)
    delete_index(root)
    beats: list[None] = []
    make_anew(root, lambda: beats.append(None))
    assert beats
    index.close()
    with closing(open_index(root)) as fresh:
        assert is_complete(fresh)
        enter(fresh, [put_item(root, sha256="cc")])
        with closing(open_index(root)) as another:
            assert rows(another, "SELECT count(*) FROM items") == [(len(ITEMS) + 1,)]


def test_an_index_that_cannot_be_made_anew_leaves_no_half_of_it(root: Path, index: sqlite3.Connection) -> None:
    enter(index, [put_item(root, **changes) for changes in ITEMS])

    def fail() -> None:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        make_anew(root, fail)
    assert not list((root / "cache").glob("index.rebuild*"))
    assert rows(index, "SELECT count(*) FROM items") == [(len(ITEMS),)]
