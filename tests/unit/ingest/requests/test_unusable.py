"""What can never be accepted: who sent it is told from the index or the sidecar, and the oldest goes first."""

import sqlite3
from itertools import pairwise
from pathlib import Path

from ingest.index.store import enter
from ingest.requests.unusable import Unusable, first_to_go, list_unusable, newest_of_each
from ingest.vocabulary import UNUSABLE
from tests.spools import put_item

ANNA, BERT = ("anna",), ("camera", "100.64.1.8")
ITEMS = [Unusable(f"{number}", "", sender, None, 10) for number, sender in enumerate((ANNA, BERT, ANNA, ANNA, BERT))]


def test_the_oldest_go_first_until_there_is_room_and_each_senders_newest_stays() -> None:
    assert [item.id for item in first_to_go(ITEMS, 11, 100)] == ["0", "1"]
    assert [item.id for item in first_to_go(ITEMS, 10**9, 100)] == ["0", "1", "2"]
    assert [item.id for item in first_to_go(ITEMS, 10**9, 2)] == ["0", "1"]
    assert first_to_go(ITEMS, 0, 100) == first_to_go(ITEMS, 5, 0) == first_to_go([], 5, 100) == []


def test_one_whose_sender_nobody_can_tell_is_kept_like_a_newest_one() -> None:
    assert newest_of_each([*ITEMS, Unusable("5", ""), Unusable("6", "")]) == {"3", "4", "5", "6"}


def test_only_what_can_never_be_accepted_is_listed_oldest_first(root: Path, index: sqlite3.Connection) -> None:
    reasons = (*UNUSABLE, "no_metadata", "withdrawn", "broken_jpeg", "connection_test", None)
    for number in range(3):
        for reason in reasons:
            item = put_item(root, b"12345", verdict="rejected" if reason else "accepted", reason=reason, camera_id=None)
            if number:
                enter(index, [item])
    (root / "rejected" / "not_a_jpeg" / "a file").write_text("x")
    found = list_unusable(root, index)
    assert len(found) == 3 * len(UNUSABLE)
    assert all(before.id < after.id for before, after in pairwise(found))
    assert {(item.sender, item.size_bytes) for item in found} == {(("camera", "100.64.1.7"), 5)}


def test_where_neither_the_index_nor_the_sidecar_tells_the_sender_is_not_known(
    root: Path, index: sqlite3.Connection
) -> None:
    _, place = put_item(root, verdict="rejected", reason="not_a_jpeg")
    (root / f"{place}.json").write_text("{")
    assert [item.sender for item in list_unusable(root, index)] == [None]
