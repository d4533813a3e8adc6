"""Every step of an item's way counts as one outcome: the audit takes none for a loss, and none for two."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from ingest.index.reindex import catch_up
from ingest.index.store import enter, forget, open_index
from ingest.pipeline import item_in
from ingest.requests.carrying_out import write_done
from ingest.requests.deleting import delete_item
from ingest.spool.moves import (
    Decided,
    EarlierReport,
    commit,
    drop_partial,
    earlier_name,
    forget_aside,
    put_earlier,
    requeue,
    set_aside,
)
from ingest.spool.names import aside_name, incoming_name
from ingest.spool.origin import Origin, origin_of
from ingest.spool.partials import Partial, head_of, list_partials
from ingest.spool.sidecar import Beginning, Sidecar, sidecar_text
from ingest.spool.stamp import earlier_id, new_id
from ingest.spool.uploads import found_file
from ingest.upkeep.decided import Key
from ingest.upkeep.outcomes import outcomes_in
from tests.spools import make_sidecar, make_spool, put_item
from tests.unit.ingest.requests.asked import ask


def _arrived(root: Path) -> tuple[str, Sidecar, list[tuple[Key, int | None]]]:
    """Let an item wait in incoming/; return its name there, its verdict to come, and the outcome that is right."""
    connection, item_id = new_id(), new_id()
    sidecar = make_sidecar(item_id, connection=connection, upload_path="a.jpg")
    name = incoming_name(item_id, connection, b"a.jpg")
    (root / "incoming" / name).write_bytes(b"jpg")
    return name, sidecar, [((connection, "a.jpg"), 3)]


def test_an_item_has_one_outcome_before_while_and_after_its_verdict_is_committed(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    name, sidecar, expected = _arrived(root)
    assert list(outcomes_in(root)) == expected
    (place,) = commit(root, [Decided(name, sidecar)])
    assert list(outcomes_in(root)) == expected
    with closing(open_index(root)) as index:
        enter(index, [(sidecar, place)])
    assert list(outcomes_in(root)) == expected
    forget_aside(root, [sidecar.id])
    assert list(outcomes_in(root)) == expected


def test_an_item_whose_verdict_was_only_written_aside_has_one_outcome(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    _, sidecar, expected = _arrived(root)
    (root / "incoming" / aside_name(sidecar.id)).write_text(sidecar_text(sidecar))
    assert list(outcomes_in(root)) == expected


def test_an_item_has_its_outcome_though_the_index_is_gone_or_just_being_made(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    name, sidecar, expected = _arrived(root)
    commit(root, [Decided(name, sidecar)])
    forget_aside(root, [sidecar.id])
    shutil.rmtree(root / "cache")
    assert list(outcomes_in(root)) == expected
    assert not (root / "cache").exists()
    with closing(open_index(root)) as index:
        assert list(outcomes_in(root)) == expected
        catch_up(root, index)
    assert list(outcomes_in(root)) == expected


def test_a_complete_index_is_believed(tmp_path: Path) -> None:
    """It is what makes the audit of a large spool quick."""
    root = make_spool(tmp_path)
    name, sidecar, expected = _arrived(root)
    (place,) = commit(root, [Decided(name, sidecar)])
    forget_aside(root, [sidecar.id])
    with closing(open_index(root)) as index:
        catch_up(root, index)
    (root / f"{place}.json").write_text("not read")
    assert list(outcomes_in(root)) == expected


def test_a_beginning_that_waits_has_its_outcome_also_without_its_origin(root: Path) -> None:
    connection, path = new_id(), b"d" * 220 + b".jpg"
    kept, expected = _put_aside(root, connection, path), [((connection, path.decode()), 4)]
    assert "~%" in kept.name and list(outcomes_in(root)) == expected
    short = _put_aside(root, connection, b"b.jpg")
    short.origin_file(root).unlink()
    assert sorted(outcomes_in(root)) == sorted([*expected, ((connection, "b.jpg"), 4)])


def test_a_beginning_has_one_outcome_while_and_after_a_whole_takes_it_in(root: Path, index: sqlite3.Connection) -> None:
    connection, item_id = new_id(), new_id()
    partial = _put_aside(root, connection, b"a.jpg")
    sidecar = make_sidecar(
        item_id,
        connection=connection,
        upload_path="whole.jpg",
        beginnings=(Beginning(partial.id, partial.head, connection, "a.jpg", 4),),
    )
    name = incoming_name(item_id, connection, b"whole.jpg")
    (root / "incoming" / name).write_bytes(b"jpg, whole")
    expected = [((connection, "a.jpg"), 4), ((connection, "whole.jpg"), 10)]
    assert sorted(outcomes_in(root)) == expected
    (place,) = commit(root, [Decided(name, sidecar)])
    assert sorted(outcomes_in(root)) == expected
    enter(index, [(sidecar, place)])
    assert sorted(outcomes_in(root)) == expected
    drop_partial(root, partial.id, partial.head)
    assert sorted(outcomes_in(root)) == expected
    forget_aside(root, [item_id])
    catch_up(root, index)
    assert sorted(outcomes_in(root)) == expected
    shutil.rmtree(root / "cache")
    assert sorted(outcomes_in(root)) == expected


def test_a_beginning_has_its_outcome_while_the_whole_is_tried_again_and_when_it_is_deleted(
    root: Path, index: sqlite3.Connection
) -> None:
    connection = new_id()
    beginning = Beginning(new_id(), "short", connection, "a.jpg", 4)
    whole = {"connection": connection, "upload_path": "whole.jpg", "beginnings": (beginning,)}
    sidecar, place = put_item(root, b"jpg, whole", verdict="rejected", reason="no_metadata", **whole)
    told = [(sidecar, place)]
    enter(index, told)
    forget_aside(root, [sidecar.id])
    expected = [((connection, "a.jpg"), 4), ((connection, "whole.jpg"), 10)]
    name = requeue(root, place, sidecar, origin_of(sidecar, place))
    assert sorted(outcomes_in(root)) == expected
    item = item_in(root, name, lambda _: (None, None))
    (new_place,) = commit(root, [Decided(name, replace(sidecar, attempts=2, beginnings=item.beginnings))])
    enter(index, [(sidecar, new_place)])
    assert sorted(outcomes_in(root)) == expected
    for crashed in (False, True):
        if crashed:
            (root / f"{new_place}.json").unlink(missing_ok=True)
        result = delete_item(root, index, sidecar.id, ())
        assert result.beginnings == (vars(beginning),)
    write_done(root, new_id(), {"results": [vars(result)]})
    forget(index, [sidecar.id], deleted=True)
    assert sorted(outcomes_in(root)) == [((connection, "a.jpg"), None), ((connection, "whole.jpg"), None)]


def test_a_beginning_that_two_have_taken_in_or_that_is_an_item_too_has_one_outcome(
    root: Path, index: sqlite3.Connection
) -> None:
    connection = new_id()
    both = (Beginning(new_id(), "short", connection, "a.jpg", 4), Beginning(new_id(), "short", connection, "b.jpg", 4))
    put = [
        put_item(root, b"whole", connection=None, source="local", beginnings=both[:1]),
        put_item(root, b"whole", connection=None, source="upload", beginnings=both),
        put_item(root, b"jpg!", id=both[1].id, connection=connection, upload_path="b.jpg"),
    ]
    forget_aside(root, [sidecar.id for sidecar, _ in put])
    expected = [((connection, "a.jpg"), 4), ((connection, "b.jpg"), 4)]
    for knows_all in (False, True):
        if knows_all:
            catch_up(root, index)
        assert sorted(outcomes_in(root)) == expected


def _put_aside(root: Path, connection: str, path: bytes) -> Partial:
    """Put four bytes aside; return the partial."""
    file = root / "uploads" / "cut"
    file.write_bytes(b"jpg,")
    item_id, origin = new_id(), Origin(path, "ftps", connection, transfer="unclosed")
    set_aside(root, found_file(str(file), path, root), head_of(b"jpg,"), item_id, origin)
    return next(one for one in list_partials(root) if one.id == item_id)


def test_the_reports_of_a_list_are_no_outcomes_wherever_they_are_and_the_list_is_one(
    root: Path, index: sqlite3.Connection
) -> None:
    connection = new_id()
    whole = make_sidecar(kind="report", connection=connection, upload_path="list.txt")
    report = EarlierReport(earlier_id(whole.id, 1), b"a:1", whole)
    name = incoming_name(whole.id, connection, b"list.txt")
    (root / "incoming" / name).write_bytes(b"a:1 a:2")
    expected = [((connection, "list.txt"), 7)]
    decided = Decided(name, replace(whole, size_bytes=7, earlier_reports=(report.id,)), (report,))
    put_earlier(root, [decided])
    assert list(outcomes_in(root)) == expected
    (place,) = commit(root, [decided])
    assert list(outcomes_in(root)) == expected
    part = replace(
        whole, id=report.id, part_of=whole.id, size_bytes=3, verdict="rejected", reason="no_matching_profile"
    )
    (part_place,) = commit(root, [Decided(earlier_name(whole, report.id), part)])
    assert list(outcomes_in(root)) == expected
    enter(index, [(decided.sidecar, place), (part, part_place)])
    forget_aside(root, [whole.id, part.id])
    catch_up(root, index)
    assert list(outcomes_in(root)) == expected
    waiting = requeue(root, part_place, part, origin_of(part, part_place))
    assert list(outcomes_in(root)) == expected
    (part_place,) = commit(root, [Decided(waiting, part)])
    forget_aside(root, [part.id])
    for crashed in (False, True):
        if crashed:
            (root / f"{part_place}.json").unlink(missing_ok=True)
        result = delete_item(root, index, part.id, ())
        assert (result.outcome, result.connection) == ("deleted", None)
    write_done(root, new_id(), {"results": [vars(result)]})
    assert list(outcomes_in(root)) == expected
    forget(index, [part.id], deleted=True)
    shutil.rmtree(root / "cache")
    assert list(outcomes_in(root)) == expected


def test_what_was_deleted_and_restored_has_one_outcome(root: Path, index: sqlite3.Connection) -> None:
    connection = new_id()
    sidecar, _ = put_item(root, b"tiger", connection=connection, upload_path="a.jpg")
    key = (connection, "a.jpg")
    for number in (1, 2):
        ask(root, index, {"action": "delete", "ids": [sidecar.id], "by": "anna"})
        assert list(outcomes_in(root)) == [(key, None)], number
        ask(root, index, {"action": "restore", "ids": [sidecar.id], "by": "anna"})
        assert list(outcomes_in(root)) == [(key, 5)], number
