"""What retention deletes is exactly what is older than its days."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ingest.index.store import enter
from ingest.requests.due import delete_old_answers, due_items
from ingest.spool.stamp import new_id
from tests.spools import put_item

NOW = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def put_aged(root: Path, age: timedelta, **changes: Any) -> str:
    return put_item(root, item_id=new_id(NOW - age), **changes)[0].id


def test_an_item_is_due_when_it_arrived_longer_ago_than_its_days(root: Path, index: sqlite3.Connection) -> None:
    rejected: dict[str, Any] = {"verdict": "rejected", "reason": "no_metadata"}
    ages = [timedelta(days=40), timedelta(days=30) + SECOND, timedelta(days=30) - SECOND, timedelta(0)]
    ids = [put_aged(root, age, **rejected) for age in ages]
    accepted = [put_aged(root, timedelta(days=days)) for days in (400, 300)]
    assert due_items(root, index, 30, 0, NOW) == ids[:2]
    assert due_items(root, index, 0, 365, NOW) == accepted[:1]
    assert due_items(root, index, 30, 365, NOW) == [accepted[0], *ids[:2]]


def test_nothing_is_due_where_the_days_are_0(root: Path, index: sqlite3.Connection) -> None:
    enter(index, [put_item(root, item_id=new_id(NOW - timedelta(days=4000)))])
    assert due_items(root, index, 0, 0, NOW) == []


def test_what_only_the_index_still_knows_is_due_as_well(root: Path, index: sqlite3.Connection) -> None:
    sidecar, place = put_item(root, item_id=new_id(NOW - timedelta(days=40)), verdict="rejected", reason="no_metadata")
    enter(index, [(sidecar, place)])
    (root / place).unlink()
    (root / f"{place}.json").unlink()
    assert due_items(root, index, 30, 0, NOW) == [sidecar.id]


def test_what_a_person_put_among_the_items_is_not_due(root: Path, index: sqlite3.Connection) -> None:
    folder = root / "rejected" / "no_metadata" / "2020-01-01"
    folder.mkdir(parents=True)
    (folder / "notes.txt").write_text("mine")
    assert due_items(root, index, 1, 1, NOW) == []


def test_answers_to_the_gateways_own_photos_go_with_the_records_of_their_connections(root: Path) -> None:
    done = root / "requests" / "done"
    old, older, young = (done / f"{new_id(NOW - timedelta(days=days))}.json" for days in (91, 92, 89))
    for answer in (old, young):
        answer.write_text('{"by": "canary", "results": []}')
    older.write_text('{"by": "anna", "results": []}')
    (done / "torn.json").write_text("{")
    delete_old_answers(root, 0, NOW)
    assert old.exists()
    delete_old_answers(root, 90, NOW)
    assert [file.exists() for file in (old, older, young)] == [False, True, True]
