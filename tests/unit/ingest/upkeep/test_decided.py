"""What is decided is told with what went into it, and only as far as it is there."""

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from ingest.index.reindex import catch_up
from ingest.spool.moves import forget_aside
from ingest.spool.sidecar import Beginning
from ingest.spool.stamp import new_id
from ingest.upkeep.decided import Settled, committed_items, decided_items, key_of, merged_of
from tests.spools import put_item

CONNECTION = "20261123T202316.314333Z-10007498"


def _beginning(path: str = "a.jpg", size_bytes: int = 3) -> Beginning:
    return Beginning(new_id(), "short", CONNECTION, path, size_bytes)


@pytest.mark.parametrize("knows_all", [False, True])
def test_an_item_is_told_with_its_beginnings_whoever_brought_it(
    root: Path, index: sqlite3.Connection, knows_all: bool
) -> None:
    beginning = _beginning()
    by_hand, _ = put_item(root, b"whole", source="local", connection="local", beginnings=(beginning,))
    sent, _ = put_item(root, connection=CONNECTION, upload_path="b.jpg")
    put_item(root, source="upload")
    forget_aside(root, [by_hand.id, sent.id])
    if knows_all:
        catch_up(root, index)
    else:
        shutil.rmtree(root / "cache")
    told = {one.id: one for one in decided_items(root, known=()) if one.outcome or one.merged}
    assert told == {
        by_hand.id: Settled(by_hand.id, None, {beginning.id: ((CONNECTION, "a.jpg"), 3)}),
        sent.id: Settled(sent.id, ((CONNECTION, "b.jpg"), 3)),
    }
    assert by_hand.id not in {one.id for one in decided_items(root, known={by_hand.id})}


def test_what_is_shorter_than_a_beginning_was_has_not_all_of_it(root: Path, index: sqlite3.Connection) -> None:
    beginning = _beginning()
    sidecar, place = put_item(root, connection=CONNECTION, beginnings=(beginning,))
    catch_up(root, index)
    os.truncate(root / place, 1)
    (told,) = decided_items(root, known=())
    assert told.merged == {beginning.id: ((CONNECTION, "a.jpg"), 1)}
    (root / place).unlink()
    assert list(decided_items(root, known=())) == []
    assert list(committed_items(root)) == [] and sidecar.id not in told.merged


def test_what_is_committed_is_told_before_the_index_knows_it(root: Path) -> None:
    beginning = _beginning("gr\\xfcn.jpg")
    sidecar, _ = put_item(root, connection=CONNECTION, upload_path="b.jpg", beginnings=(beginning,))
    assert list(committed_items(root)) == [
        Settled(sidecar.id, ((CONNECTION, "b.jpg"), 3), {beginning.id: ((CONNECTION, "gr?n.jpg"), 3)})
    ]


def test_a_file_is_called_as_the_log_of_its_connection_calls_it() -> None:
    assert key_of(CONNECTION, "/D/./grün.jpg") == (CONNECTION, "D/gr??n.jpg")
    assert key_of(None, "a.jpg") == ("local", "a.jpg")
    one = _beginning(size_bytes=7)
    assert merged_of([one, one]) == {one.id: ((CONNECTION, "a.jpg"), 7)}
