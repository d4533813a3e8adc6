"""Deleting: into the trash or for good, each deletion with the transfer that it was of."""

import errno
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from ingest.index.places import waiting_ids
from ingest.index.store import enter
from ingest.requests.deleting import delete_item
from ingest.spool import moves
from ingest.spool.moves import Decided, commit, forget_aside, requeue
from ingest.spool.origin import Origin
from ingest.spool.stamp import new_id
from ingest.spool.trash import trash_folder, trashed_places
from tests.spools import put_item
from tests.unit.ingest.requests.asked import ask, put_rejected


def test_deleting_removes_the_item_and_says_what_it_was(root: Path, index: sqlite3.Connection) -> None:
    item_id = put_rejected(root, index, connection="20251205T154630.004411Z-91be")
    answer = ask(root, index, {"action": "delete", "ids": [item_id], "by": "anna"})
    result = answer["results"][0]
    assert (result["outcome"], result["connection"]) == ("deleted", "20251205T154630.004411Z-91be")
    assert answer["by"] == "anna"
    assert not list((root / "rejected").rglob("*.JPG*"))


def test_an_item_that_the_index_does_not_know_is_found_in_the_folders(root: Path, index: sqlite3.Connection) -> None:
    sidecar, _ = put_item(root)
    assert ask(root, index, {"action": "delete", "ids": [sidecar.id]})["results"][0]["outcome"] == "deleted"


def test_a_deletion_that_a_crash_cut_short_still_names_its_transfer(root: Path, index: sqlite3.Connection) -> None:
    connection = "20251205T154630.004411Z-91be"
    sidecar, place = put_item(root, verdict="rejected", reason="no_metadata", connection=connection)
    enter(index, [(sidecar, place)])
    (root / place).unlink()
    (root / f"{place}.json").unlink()
    result = delete_item(root, index, sidecar.id, ())
    assert (result.outcome, result.connection, result.upload_path) == ("deleted", connection, "E1000159.JPG")


def test_what_waits_cannot_be_deleted_and_what_got_its_verdict_meanwhile_can(
    root: Path, index: sqlite3.Connection
) -> None:
    sidecar, place = put_item(root, verdict="rejected", reason="no_metadata")
    forget_aside(root, [sidecar.id])
    name = requeue(root, place, sidecar, Origin(b"E1.JPG", "ftps"))
    began_with = frozenset(waiting_ids(root))
    assert delete_item(root, index, sidecar.id, began_with).outcome == "refused"
    assert commit(root, [Decided(name, sidecar)]) == [place]
    assert delete_item(root, index, sidecar.id, began_with).outcome == "deleted"
    assert not (root / place).exists()


def test_what_people_delete_lies_in_the_trash_with_its_sidecar(root: Path, index: sqlite3.Connection) -> None:
    sidecar, place = put_item(root, b"the only tiger")
    asked = new_id()
    (result,) = ask(root, index, {"action": "delete", "ids": [sidecar.id], "by": "anna"}, asked)["results"]
    assert (result["outcome"], result["message"]) == ("deleted", "In the trash with its sidecar.")
    assert trashed_places(root, asked) == [place]
    assert (trash_folder(root, asked) / place).read_bytes() == b"the only tiger"
    assert (trash_folder(root, asked) / f"{place}.json").exists()


def test_what_the_gateway_s_own_test_deletes_is_gone(root: Path, index: sqlite3.Connection) -> None:
    item_id = put_rejected(root, index)
    (result,) = ask(root, index, {"action": "delete", "ids": [item_id], "for_good": True})["results"]
    assert (result["outcome"], result["message"]) == ("deleted", "Deleted with its sidecar.")
    assert not any((root / "trash").iterdir())


@pytest.mark.parametrize("moved", ["item", "item and sidecar"])
@pytest.mark.parametrize("known", [True, False])
def test_a_deletion_that_broke_off_is_ended_and_names_its_transfer(
    root: Path, index: sqlite3.Connection, moved: str, known: bool
) -> None:
    connection, asked = "20251205T154630.004411Z-91be", new_id()
    sidecar, place = put_item(root, connection=connection)
    if known:
        enter(index, [(sidecar, place)])
    there = trash_folder(root, asked) / place
    there.parent.mkdir(parents=True)
    (root / place).rename(there)
    if moved != "item":
        (root / f"{place}.json").rename(f"{there}.json")
    (result,) = ask(root, index, {"action": "delete", "ids": [sidecar.id]}, asked)["results"]
    assert (result["outcome"], result["connection"]) == ("deleted", connection)
    assert there.exists() and Path(f"{there}.json").exists() and not (root / f"{place}.json").exists()


def test_on_a_full_disk_it_goes_for_good_and_says_so(
    root: Path, index: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(moves, "discard", full)
    item_id = put_rejected(root, index)
    (result,) = ask(root, index, {"action": "delete", "ids": [item_id]})["results"]
    assert (result["outcome"], result["message"]) == (
        "deleted",
        "Deleted with its sidecar, for good: the disk is full.",
    )
    assert not list((root / "rejected").rglob("*.JPG*"))
