"""What retention deletes is exactly what is older than its days."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest.index.reindex import catch_up
from ingest.index.store import enter
from ingest.requests.due import delete_old_answers, due_items
from ingest.requests.unusable import list_unusable, newest_of_each
from ingest.settings.values import Retention
from ingest.spool.moves import delete
from ingest.spool.stamp import id_time, new_id
from ingest.vocabulary import UNUSABLE
from tests.spools import put_item

NOW = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)
SECOND, YEARS = timedelta(seconds=1), timedelta(days=4000)


def put_aged(root: Path, age: timedelta, **changes: Any) -> str:
    return put_item(root, item_id=new_id(NOW - age), **changes)[0].id


def test_an_item_is_due_when_it_arrived_longer_ago_than_its_days(root: Path, index: sqlite3.Connection) -> None:
    rejected: dict[str, Any] = {"verdict": "rejected", "reason": "no_metadata"}
    ages = [timedelta(days=40), timedelta(days=30) + SECOND, timedelta(days=30) - SECOND, timedelta(0)]
    ids = [put_aged(root, age, **rejected) for age in ages]
    accepted = [put_aged(root, timedelta(days=days)) for days in (400, 300)]
    assert due_items(root, index, Retention(rejected_days=30), NOW) == ids[:2]
    assert due_items(root, index, Retention(rejected_days=0, accepted_days=365), NOW) == accepted[:1]
    assert due_items(root, index, Retention(rejected_days=30, accepted_days=365), NOW) == [accepted[0], *ids[:2]]


def test_nothing_is_due_where_the_days_are_0(root: Path, index: sqlite3.Connection) -> None:
    enter(index, [put_item(root, item_id=new_id(NOW - timedelta(days=4000)))])
    for reason in ("no_metadata", "not_a_jpeg", "not_a_jpeg"):
        enter(index, [put_item(root, item_id=new_id(NOW - YEARS), verdict="rejected", reason=reason)])
    assert due_items(root, index, Retention(rejected_days=0, unusable_days=0), NOW) == []


@pytest.mark.parametrize("is_indexed", [True, False])
@pytest.mark.parametrize("reason", UNUSABLE)
def test_what_can_never_be_accepted_has_days_of_its_own_and_each_senders_newest_those_of_others(
    root: Path, index: sqlite3.Connection, reason: str, is_indexed: bool
) -> None:
    """The sender is the camera, where that is known, else the account and the address."""
    senders: list[dict[str, Any]] = [{}, {"camera_id": None}, {"camera_id": None, "client": "100.64.1.8"}]
    for days in (5, 4, 2):
        for sender in senders:
            put_aged(root, timedelta(days=days), verdict="rejected", reason=reason, **sender)
    alone = put_aged(root, timedelta(days=9), verdict="rejected", reason=reason, camera_id="alone")
    other = put_aged(root, timedelta(days=31), verdict="rejected", reason="no_metadata")
    if is_indexed:
        catch_up(root, index)
    items = list_unusable(root, index)
    old = [item.id for item in items if id_time(item.id) < NOW - timedelta(days=3) and item.id != alone]
    assert due_items(root, index, Retention(), NOW) == [other, *old]
    assert len(old) == 6
    assert due_items(root, index, Retention(rejected_days=0), NOW) == old
    assert due_items(root, index, Retention(unusable_days=0), NOW) == [other]
    assert due_items(root, index, Retention(rejected_days=8), NOW) == [other, alone, *old]
    later = NOW + timedelta(days=365)
    assert due_items(root, index, Retention(), later) == [other, *(item.id for item in items)]
    assert due_items(root, index, Retention(rejected_days=0), later) == [
        item.id for item in items if item.id not in newest_of_each(items)
    ]


def test_what_can_never_be_accepted_and_only_the_index_still_knows_is_due_though_it_was_the_newest(
    root: Path, index: sqlite3.Connection
) -> None:
    item = put_item(root, item_id=new_id(NOW - timedelta(days=4)), verdict="rejected", reason="not_a_jpeg")
    enter(index, [item])
    assert due_items(root, index, Retention(), NOW) == []
    delete(root, item[1])
    assert due_items(root, index, Retention(), NOW) == [item[0].id]


def test_what_only_the_index_still_knows_is_due_as_well(root: Path, index: sqlite3.Connection) -> None:
    sidecar, place = put_item(root, item_id=new_id(NOW - timedelta(days=40)), verdict="rejected", reason="no_metadata")
    enter(index, [(sidecar, place)])
    (root / place).unlink()
    (root / f"{place}.json").unlink()
    assert due_items(root, index, Retention(rejected_days=30), NOW) == [sidecar.id]


def test_what_a_person_put_among_the_items_is_not_due(root: Path, index: sqlite3.Connection) -> None:
    folder = root / "rejected" / "no_metadata" / "2020-01-01"
    folder.mkdir(parents=True)
    (folder / "notes.txt").write_text("mine")
    (folder.parent.parent / "not_a_jpeg" / "2020-01-01").mkdir(parents=True)
    (folder.parent.parent / "not_a_jpeg" / "2020-01-01" / "notes.txt").write_text("mine")
    assert due_items(root, index, Retention(rejected_days=1, accepted_days=1), NOW) == []


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
