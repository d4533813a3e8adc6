import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from ingest.index.reindex import catch_up
from ingest.index.store import (
    FILE,
    delete_index,
    enter,
    find_original,
    forget,
    index_files,
    indexed_place,
    open_index,
    read_index,
    set_state,
)
from ingest.spool.sidecar import Sidecar
from tests.spools import make_sidecar, make_spool, put_item


def rows(index: sqlite3.Connection, query: str) -> list[Any]:
    return [tuple(row) for row in index.execute(query)]


def some_items() -> list[tuple[Sidecar, str]]:
    changes: list[dict[str, Any]] = [
        {"sha256": "aa"},
        {"sha256": "bb", "camera_id": "other"},
        {"kind": "report", "fields": {"battery_percent": 60, "temperature_c": -4.5}},
        {"verdict": "rejected", "reason": "missing_location"},
        {"verdict": "rejected", "reason": "no_metadata", "camera_id": None},
        {"source": "upload", "camera_id": "from-a-person"},
        {"profile": "canary", "camera_id": "canary"},
    ]
    return [(make_sidecar(**change), f"place/{number}") for number, change in enumerate(changes)]


def test_items_are_counted_by_verdict_reason_and_camera(index: sqlite3.Connection) -> None:
    enter(index, some_items())
    assert rows(index, "SELECT * FROM counts ORDER BY 1, 2") == [
        ("accepted", "", 5),
        ("rejected", "missing_location", 1),
        ("rejected", "no_metadata", 1),
    ]
    assert rows(index, "SELECT camera_id, images_accepted, reports_accepted, rejected FROM cameras ORDER BY 1") == [
        ("861943070068027", 1, 1, 1),
        ("other", 1, 0, 0),
    ]
    assert rows(index, "SELECT battery_percent, temperature_c, signal_csq FROM reports") == [(60, -4.5, None)]


def test_an_item_entered_twice_counts_once(index: sqlite3.Connection) -> None:
    items = some_items()
    enter(index, items)
    enter(index, items)
    assert rows(index, "SELECT sum(items) FROM counts") == [(len(items),)]
    assert rows(index, "SELECT sum(items) FROM hours") == [(len(items),)]


def test_a_forgotten_item_is_not_counted_but_its_camera_was_heard_of(index: sqlite3.Connection) -> None:
    items = some_items()
    enter(index, items)
    forget(index, [sidecar.id for sidecar, _ in items])
    assert rows(index, "SELECT sum(items) FROM counts") == [(0,)]
    assert rows(index, "SELECT count(*) FROM reports") == [(0,)]
    contact = rows(index, "SELECT last_received_at FROM cameras WHERE camera_id = 'other'")
    assert contact == [(items[1][0].received_at,)]


def test_the_same_content_of_the_same_camera_is_found(index: sqlite3.Connection) -> None:
    items = some_items()
    enter(index, items)
    assert find_original(index, "861943070068027", "aa") == items[0][0].id
    assert find_original(index, "other", "aa") is None
    assert indexed_place(index, items[0][0].id) == "place/0"


def test_an_index_of_another_version_is_replaced_by_an_empty_one(root: Path, index: sqlite3.Connection) -> None:
    enter(index, some_items())
    index.execute("PRAGMA user_version = 99")
    index.close()
    with closing(open_index(root)) as again:
        assert rows(again, "SELECT count(*) FROM items") == [(0,)]


def test_an_index_of_another_version_is_replaced_once_when_several_open_it_at_the_same_moment(tmp_path: Path) -> None:
    together = Barrier(4)

    def enter_at_once(root: Path, sidecar: Sidecar) -> None:
        together.wait(10)
        with closing(open_index(root)) as index:
            index.execute("PRAGMA busy_timeout = 10000")
            enter(index, [(sidecar, "place")])

    with ThreadPoolExecutor(4) as processes:
        for number in range(10):
            folder = tmp_path / str(number)
            folder.mkdir()
            spool = make_spool(folder)
            with closing(open_index(spool)) as index:
                index.execute("PRAGMA user_version = 99")
            list(processes.map(enter_at_once, [spool] * 4, [make_sidecar() for _ in range(4)]))
            with closing(read_index(spool)) as index:
                assert rows(index, "SELECT count(*) FROM items") == [(4,)]


def test_a_damaged_index_is_made_anew_and_filled_again(root: Path, index: sqlite3.Connection) -> None:
    index.close()
    sidecar, _ = put_item(root)
    for file in (root / "cache").glob("index.sqlite*"):
        file.unlink()
    (root / "cache" / "index.sqlite").write_bytes(b"not a database" * 1000)
    with closing(open_index(root)) as again:
        catch_up(root, again)
        assert rows(again, "SELECT id FROM items") == [(sidecar.id,)]


def test_reading_an_index_that_is_not_there_fails(root: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        read_index(root)


def test_a_reader_without_the_right_to_write_reads_an_index_that_nobody_has_open(
    root: Path, index: sqlite3.Connection
) -> None:
    enter(index, some_items())
    index.close()
    assert not (root / FILE).with_name("index.sqlite-shm").exists()
    (root / "cache").chmod(0o500)
    with closing(read_index(root)) as reader:
        assert rows(reader, "SELECT count(*) FROM items") == [(len(some_items()),)]
    (root / "cache").chmod(0o700)


def test_other_files_of_the_index_are_told_from_those_that_were_opened(root: Path) -> None:
    with closing(open_index(root)) as index:
        set_state(index, "booted_at", "1")
        opened = index_files(root)
        set_state(index, "booted_at", "2")
        index.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert index_files(root) == opened
        delete_index(root)
        assert index_files(root) == (0, 0)
        # As an audit may do before the watcher has noticed.
        with closing(open_index(root)) as another:
            set_state(another, "booted_at", "1")
            assert index_files(root) not in (opened, (0, 0))
