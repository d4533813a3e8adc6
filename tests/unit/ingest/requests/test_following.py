"""What a camera did after its file was taken: a rename gets a second try, a deletion is kept as withdrawn."""

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest.connections.record import ConnectionRecord, Transfer
from ingest.index.store import enter
from ingest.requests.following import follow_camera
from ingest.spool.origin import Origin, parse_origin
from ingest.spool.stamp import earlier_id, new_id
from tests.spools import put_item

AT = "2026-11-23T20:23:20Z"


def record_of(connection: str, *transfers: Transfer) -> ConnectionRecord:
    return ConnectionRecord(connection, None, "camera", None, None, None, (), transfers, (), AT, AT, "It came.")


def put(root: Path, index: sqlite3.Connection, path: str, **changes: Any) -> tuple[str, str]:
    """Put down an item of a connection that began before; return the connection and the item's id."""
    connection = new_id()
    sidecar, place = put_item(root, connection=connection, upload_path=path, **changes)
    enter(index, [(sidecar, place)])
    return connection, sidecar.id


def origins(root: Path) -> list[Origin]:
    return [parse_origin(file.read_bytes()) for file in sorted((root / "incoming").glob("*~origin"))]


@pytest.mark.parametrize(
    "changes", [{}, {"verdict": "rejected", "reason": "no_metadata"}], ids=["accepted", "rejected"]
)
def test_what_the_camera_deleted_is_withdrawn_and_kept(
    root: Path, index: sqlite3.Connection, changes: dict[str, Any]
) -> None:
    connection, item_id = put(root, index, "D/a.jpg", **changes)
    put(root, index, "D/a.jpg")
    deleted = Transfer("/D/./a.jpg", 3, "complete", AT, withdrawn=True)
    assert follow_camera(root, index, record_of(connection, deleted)) == 1
    (origin,) = origins(root)
    assert (origin.transfer, origin.upload_path, origin.connection) == ("withdrawn", b"D/a.jpg", connection)
    assert index.execute("SELECT id FROM items WHERE id = ?", (item_id,)).fetchone() is None
    assert follow_camera(root, index, record_of(connection, deleted)) == 0


def put_all(
    root: Path, index: sqlite3.Connection, path: str, contents: list[bytes], **changes: Any
) -> tuple[str, list[str]]:
    """Put down items of one connection under one path, in this order; return the connection and their ids."""
    connection, ids = new_id(), []
    for content in contents:
        sidecar, place = put_item(root, content, connection=connection, upload_path=path, **changes)
        enter(index, [(sidecar, place)])
        ids.append(sidecar.id)
    return connection, ids


@pytest.mark.parametrize("contents", [[b"one", b"three", b"of-two"], [b"one", b"two", b"ten"]], ids=["sizes", "order"])
def test_of_several_files_of_one_name_only_the_deleted_one_is_withdrawn(
    root: Path, index: sqlite3.Connection, contents: list[bytes]
) -> None:
    connection, ids = put_all(root, index, "E1.JPG", contents)
    transfers = [Transfer("/E1.JPG", len(one), "complete", AT) for one in contents]
    transfers[1] = replace(transfers[1], withdrawn=True)
    assert follow_camera(root, index, record_of(connection, *transfers)) == 1
    left = [row[0] for row in index.execute("SELECT id FROM items ORDER BY number")]
    assert left == [ids[0], ids[2]]


def test_files_that_were_sent_under_one_temporary_name_get_each_its_own(root: Path, index: sqlite3.Connection) -> None:
    rejected = {"verdict": "rejected", "reason": "no_matching_profile"}
    connection, _ = put_all(root, index, "upload", [b"one", b"two"], **rejected)
    transfers = [Transfer(f"/{name}.jpg", 3, "complete", AT, sent_as="/upload") for name in "ab"]
    assert follow_camera(root, index, record_of(connection, *transfers)) == 2
    assert [origin.upload_path for origin in origins(root)] == [b"a.jpg", b"b.jpg"]


@pytest.mark.parametrize("reason", ["withdrawn", "connection_test"])
def test_what_is_withdrawn_already_or_a_test_stays_as_it_is(root: Path, index: sqlite3.Connection, reason: str) -> None:
    connection, _ = put(root, index, "a.jpg", verdict="rejected", reason=reason)
    record = record_of(connection, Transfer("/a.jpg", 3, "complete", AT, withdrawn=True))
    assert follow_camera(root, index, record) == 0


def test_a_rejected_file_that_was_renamed_is_tried_under_its_new_name(root: Path, index: sqlite3.Connection) -> None:
    connection, _ = put(root, index, "a.tmp", verdict="rejected", reason="no_matching_profile")
    renamed = Transfer("/INSTAR/b c.jpeg", 3, "complete", AT, sent_as="/a.tmp")
    assert follow_camera(root, index, record_of(connection, renamed)) == 1
    (origin,) = origins(root)
    assert (origin.upload_path, origin.transfer) == (b"INSTAR/b c.jpeg", "whole")


@pytest.mark.parametrize(
    ("path", "new", "changes"),
    [
        ("a.tmp", "/b.jpg", {}),
        ("b.jpg", "/b.jpg", {"verdict": "rejected", "reason": "no_metadata"}),
        ("a.tmp", "/gr??n.jpg", {"verdict": "rejected", "reason": "no_metadata"}),
    ],
    ids=["accepted already", "taken under its new name", "a name that the log does not show whole"],
)
def test_a_rename_changes_nothing_else(
    root: Path, index: sqlite3.Connection, path: str, new: str, changes: dict[str, Any]
) -> None:
    connection, _ = put(root, index, path, **changes)
    assert follow_camera(root, index, record_of(connection, Transfer(new, 3, "complete", AT, sent_as="/a.tmp"))) == 0
    assert origins(root) == []


def test_a_connection_in_which_nothing_was_changed_costs_no_look(root: Path, index: sqlite3.Connection) -> None:
    index.close()
    assert follow_camera(root, index, record_of(new_id(), Transfer("/a.jpg", 3, "complete", AT))) == 0


def test_of_a_list_that_its_camera_deleted_the_list_is_withdrawn_and_no_report_of_it(
    root: Path, index: sqlite3.Connection
) -> None:
    connection, item_id = put(root, index, "list.txt", kind="report")
    part, place = put_item(
        root, connection=connection, upload_path="list.txt", id=earlier_id(item_id, 1), part_of=item_id
    )
    enter(index, [(part, place)])
    deleted = Transfer("/list.txt", 3, "complete", AT, withdrawn=True)
    assert follow_camera(root, index, record_of(connection, deleted)) == 1
    assert [row[0] for row in index.execute("SELECT id FROM items")] == [part.id]
