"""No verdict is told the index twice, and none is forgotten when it cannot be told."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ingest.index.store import delete_index, open_index
from ingest.settings.targets import Target, defaults_of
from ingest.spool.moves import Decided
from ingest.spool.names import aside_name
from ingest.spool.outbox import marked_ids
from ingest.watching.index_writer import IndexWriter
from tests.spools import make_sidecar, put_item
from tests.unit.ingest.watching.locked import locked


def ids_in(index: sqlite3.Connection) -> list[str]:
    return [row[0] for row in index.execute("SELECT id FROM items ORDER BY id")]


def test_what_is_committed_is_told_and_needs_no_sidecar_aside_any_more(root: Path, index: sqlite3.Connection) -> None:
    writer = IndexWriter(root, index)
    sidecar, place = put_item(root)
    assert (root / "incoming" / aside_name(sidecar.id)).exists()
    writer.enter([(sidecar, place)])
    assert (ids_in(index), writer.decided_count, writer.is_behind) == ([sidecar.id], 1, False)
    assert list((root / "incoming").iterdir()) == []


def test_an_index_that_cannot_be_written_is_told_later_and_everything_once(
    root: Path, index: sqlite3.Connection
) -> None:
    writer = IndexWriter(root, index)
    items = [put_item(root, sha256=f"{number}") for number in range(3)]
    with locked(root, index):
        for item in items[:2]:
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                writer.enter([item])
        assert (writer.is_behind, writer.decided_count) == (True, 0)
        assert all((root / "incoming" / aside_name(sidecar.id)).exists() for sidecar, _ in items)
    writer.enter([items[2]])
    assert ids_in(index) == sorted(sidecar.id for sidecar, _ in items)
    assert (writer.is_behind, writer.decided_count) == (False, 3)
    writer.enter([])
    assert writer.decided_count == 3
    assert list((root / "incoming").iterdir()) == []


ARCHIVE = Target("archive", "archive", *defaults_of("archive"))


def test_what_a_broken_off_commit_left_whole_is_told_once_its_marks_are_made(
    root: Path, index: sqlite3.Connection
) -> None:
    writer = IndexWriter(root, index, (ARCHIVE,))
    sidecar, place = put_item(root)
    (root / "outbox").rmdir()
    (root / "outbox").touch()
    with pytest.raises(OSError, match="Not a directory"):
        writer.enter_recovered([(sidecar, place)])
    assert (ids_in(index), writer.is_behind) == ([], True)
    assert (root / "incoming" / aside_name(sidecar.id)).exists()
    (root / "outbox").unlink()
    writer.enter([])
    assert (ids_in(index), writer.is_behind) == ([sidecar.id], False)
    assert marked_ids(root, "archive") == [sidecar.id]


def test_verdicts_know_their_targets_before_their_commit(root: Path, index: sqlite3.Connection) -> None:
    writer = IndexWriter(root, index, (ARCHIVE,))
    accepted, rejected = make_sidecar(), make_sidecar(verdict="rejected", reason="no_metadata")
    settled = writer.settle([Decided("a", accepted), Decided("b", rejected)])
    assert [one.targets for one in settled] == [("archive",), ()]


def test_content_is_a_duplicate_also_while_the_index_cannot_be_told_of_it(
    root: Path, index: sqlite3.Connection
) -> None:
    writer = IndexWriter(root, index)
    first, place = put_item(root, sha256="aa")
    assert writer.settle([Decided("a", first)]) == [Decided("a", first)]
    with locked(root, index), pytest.raises(sqlite3.OperationalError):
        writer.enter([(first, place)])
    (again,) = writer.settle([Decided("b", make_sidecar(sha256="aa"))])
    assert again.sidecar.duplicate_of == first.id
    writer.enter([])
    (later,) = writer.settle([Decided("c", make_sidecar(sha256="aa"))])
    assert later.sidecar.duplicate_of == first.id


def test_content_that_was_not_committed_after_all_makes_no_duplicate(root: Path, index: sqlite3.Connection) -> None:
    writer = IndexWriter(root, index)
    failed, next_one = make_sidecar(sha256="aa"), make_sidecar(sha256="aa")
    writer.settle([Decided("a", failed)])
    writer.forget([failed.id])
    assert writer.settle([Decided("b", next_one)]) == [Decided("b", next_one)]


def test_what_one_index_was_not_told_its_successor_is(root: Path, index: sqlite3.Connection) -> None:
    writer = IndexWriter(root, index)
    item = put_item(root)
    with locked(root, index), pytest.raises(sqlite3.OperationalError, match="locked"):
        writer.enter([item])
    delete_index(root)
    with closing(open_index(root)) as another:
        writer.use(another)
        writer.enter([])
        assert ids_in(another) == [item[0].id]


def test_two_spellings_that_come_at_once_are_one_camera_and_the_first_names_it(
    root: Path, index: sqlite3.Connection
) -> None:
    writer = IndexWriter(root, index)
    first, place = put_item(root, camera_id="CAM1", sha256="aa")
    (one, same), (other,) = (
        writer.settle([Decided("a", first), Decided("b", make_sidecar(camera_id="cam1", sha256="bb"))]),
        writer.settle([Decided("c", make_sidecar(camera_id="Cam1", sha256="aa"))]),
    )
    assert one.sidecar == first
    assert (same.sidecar.camera_id, same.sidecar.camera_text) == ("CAM1", "cam1")
    assert (other.sidecar.camera_id, other.sidecar.duplicate_of) == ("CAM1", first.id), "by content, too"
    writer.enter([(first, place)])
    (later,) = writer.settle([Decided("d", make_sidecar(camera_id="cam1", sha256="dd"))])
    assert later.sidecar.camera_id == "CAM1"


def test_a_spelling_that_was_not_committed_after_all_is_forgotten(root: Path, index: sqlite3.Connection) -> None:
    writer = IndexWriter(root, index)
    lost = make_sidecar(camera_id="CAM1")
    writer.settle([Decided("a", lost)])
    writer.forget([lost.id])
    (next_one,) = writer.settle([Decided("b", make_sidecar(camera_id="cam1"))])
    assert (next_one.sidecar.camera_id, next_one.sidecar.camera_text) == ("cam1", None)
