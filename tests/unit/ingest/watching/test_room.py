"""Near its reserve, a disk loses clips and the like, oldest first; with room, or with none of them, nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ingest.errors import CamspoolError
from ingest.index.places import find_item
from ingest.index.store import enter
from ingest.requests import writing
from ingest.requests.answers import recent_answers
from ingest.settings.values import Limits
from ingest.spool.moves import discard
from ingest.spool.trash import requests_in_trash, trash_folder
from ingest.watching import room as room_module
from ingest.watching.room import SPARE, SPARE_BYTES, Room
from ingest.watching.watcher import Watcher
from tests.spools import put_item
from tests.unit.ingest.watching.photos import settings_for

KILOBYTE = 1024
CLIP = bytes(100 * KILOBYTE)


def put_clips(root: Path, index: sqlite3.Connection, number: int) -> list[str]:
    """Put down clips of one sender, an accepted photo and another rejected one; return the ids of the clips."""
    clips = [
        put_item(root, CLIP, verdict="rejected", reason="unsupported_file_type", camera_id=None) for _ in range(number)
    ]
    enter(index, [*clips, put_item(root, CLIP), put_item(root, CLIP, verdict="rejected", reason="no_metadata")])
    return [sidecar.id for sidecar, _ in clips]


def left(root: Path, index: sqlite3.Connection, ids: list[str]) -> list[str]:
    return [item_id for item_id in ids if find_item(root, index, item_id)]


def free_bytes(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(room_module, "_free_bytes", lambda _: number)


def test_near_the_reserve_the_oldest_go_until_there_is_room(
    root: Path, index: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = put_clips(root, index, 6)
    free_bytes(monkeypatch, 1_899 * KILOBYTE)
    assert Room(root, 1_000 * KILOBYTE).make(index) == 2
    assert left(root, index, ids) == ids[2:]
    (answer,) = recent_answers(root, 9)
    assert (answer.request["action"], answer.request["by"]) == ("make_room", "watcher")
    assert [(result["id"], result["outcome"]) for result in answer.results] == [(one, "deleted") for one in ids[:2]]


def test_each_senders_newest_and_whatever_is_or_may_become_accepted_stays_however_full_the_disk_is(
    root: Path, index: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = put_clips(root, index, 3)
    free_bytes(monkeypatch, 0)
    room = Room(root, 10**12)
    assert [room.make(index), room.make(index)] == [2, 0]
    assert left(root, index, ids) == ids[2:]
    assert index.execute("SELECT count(*) FROM items").fetchone() == (3,)


def test_one_turn_deletes_only_so_many(root: Path, index: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = put_clips(root, index, 4)
    free_bytes(monkeypatch, 0)
    monkeypatch.setattr(room_module, "MOST", 2)
    room = Room(root, 10**12)
    assert [room.make(index), room.make(index), room.make(index)] == [2, 1, 0]
    assert left(root, index, ids) == ids[3:]


def test_with_room_or_without_a_reserve_nothing_goes(
    root: Path, index: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = put_clips(root, index, 3)
    free_bytes(monkeypatch, 2_000)
    assert Room(root, 1_000).make(index) == Room(root, 0).make(index) == 0
    free_bytes(monkeypatch, 0)
    assert Room(root, 0).make(index) == 0
    assert left(root, index, ids) == ids
    assert list(recent_answers(root, 9)) == []


def test_it_looks_again_soon_and_later_where_it_took_long_to_find_nothing(
    root: Path, index: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter([100.0, 200.0, 200.1, 300.0, 301.0])
    monkeypatch.setattr(room_module, "monotonic", lambda: next(times))
    room = Room(root, 1_000)
    assert room.is_due(0.0)
    free_bytes(monkeypatch, 2_000)
    room.make(index)
    assert [room.is_due(at) for at in (100.0, 104.9, 105.0)] == [False, False, True]
    free_bytes(monkeypatch, 0)
    room.make(index)
    assert [room.is_due(at) for at in (204.9, 205.0)] == [False, True]
    room.make(index)
    assert [room.is_due(at) for at in (319.9, 320.0)] == [False, True]


def test_a_spare_file_is_kept_and_where_a_request_has_no_room_it_gives_way(
    root: Path, index: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a disk that is full to its last block: tests/faults/test_full_disk_clips.py."""
    ids = put_clips(root, index, 3)
    room = Room(root, 1)
    room.make(index)
    assert (root / SPARE).stat().st_size == SPARE_BYTES
    free_bytes(monkeypatch, 0)

    def ask(root: Path, action: str, by: str, **words: object) -> str:
        if (root / SPARE).exists():
            raise CamspoolError("There is no room.")
        return writing.ask(root, action, by, **words)

    monkeypatch.setattr(room_module, "ask", ask)
    assert room.make(index) == 1
    assert left(root, index, ids) == ids[1:]


def test_where_nothing_can_be_asked_the_disk_is_said_to_fail(
    root: Path, index: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = put_clips(root, index, 3)
    free_bytes(monkeypatch, 0)
    (root / "requests").rename(root / "elsewhere")
    with pytest.raises(OSError, match="could not be written"):
        Room(root, 1).make(index)
    assert left(root, index, ids) == ids


def test_the_watcher_makes_room(root: Path, index: sqlite3.Connection) -> None:
    ids = put_clips(root, index, 3)
    with closing(Watcher(settings_for(root, Limits(reserve_bytes=2**62)))) as watcher:
        watcher.turn()
        assert watcher.complaints.trouble is None
    assert left(root, index, ids) == ids[2:]


def test_near_the_reserve_the_trash_goes_first_the_oldest_before_the_rest(
    root: Path, index: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    clips = put_clips(root, index, 3)
    asked = ["20260401T120000.000000Z-0001", "20260402T120000.000000Z-0002"]
    for request_id in asked:
        discard(root, put_item(root, CLIP)[1], trash_folder(root, request_id))
    free_bytes(monkeypatch, 1_950 * KILOBYTE)
    room = Room(root, 1_000 * KILOBYTE)
    assert room.make(index) == 1
    assert requests_in_trash(root) == asked[1:]
    (answer,) = recent_answers(root, 9)
    assert (answer.request["action"], answer.request["by"]) == ("empty_trash", "watcher")
    assert answer.results[0]["message"].startswith("1 file of the trash went for good, 0.1 MB.")
    assert room.make(index) == 1 and requests_in_trash(root) == []
    assert left(root, index, clips) == clips
    assert room.make(index) > 0 and left(root, index, clips) != clips
