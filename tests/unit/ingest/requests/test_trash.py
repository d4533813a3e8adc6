"""The trash: what was deleted comes back as it was, or goes for good."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from ingest.index.places import find_item
from ingest.index.reindex import rebuild
from ingest.index.store import enter, read_index
from ingest.settings.targets import FolderOptions, Selection, Target
from ingest.settings.values import Settings
from ingest.spool.corrections import with_correction
from ingest.spool.deliveries import Delivery, note_done
from ingest.spool.outbox import marked_ids, prepare_target
from ingest.spool.sidecar import Sidecar, sidecar_text
from ingest.spool.stamp import new_id, utc_text
from ingest.spool.trash import requests_in_trash, trash_folder
from tests.spools import put_item
from tests.unit.ingest.requests.asked import Answer, ask


def put(root: Path, index: sqlite3.Connection, content: bytes = b"tiger", **changes: Any) -> tuple[Sidecar, str]:
    item = put_item(root, content, **{"sha256": sha256(content).hexdigest(), **changes})
    enter(index, [item])
    return item


def delete(root: Path, index: sqlite3.Connection, *items: tuple[Sidecar, str]) -> str:
    asked = new_id()
    answer = ask(root, index, {"action": "delete", "ids": [one.id for one, _ in items], "by": "anna"}, asked)
    assert {one["outcome"] for one in answer["results"]} == {"deleted"}
    return asked


def restore(root: Path, index: sqlite3.Connection, *items: tuple[Sidecar, str]) -> Answer:
    return ask(root, index, {"action": "restore", "ids": [one.id for one, _ in items], "by": "anna"})


def outcomes(answer: Answer) -> list[str]:
    return [one["outcome"] for one in answer["results"]]


def rows(index: sqlite3.Connection) -> list[list[tuple[Any, ...]]]:
    tables = ("items", "counts", "tallies", "causes", "cameras", "unusable", "hours", "feeds")
    return [[tuple(row) for row in index.execute(f"SELECT * FROM {one} ORDER BY 1, 2, 3")] for one in tables]  # noqa: S608


def test_what_was_deleted_comes_back_with_its_sidecar_as_if_nothing_had_been(
    root: Path, index: sqlite3.Connection
) -> None:
    clip = {"verdict": "rejected", "reason": "unsupported_file_type"}
    items = [put(root, index, one, **changes) for one, changes in ((b"a", {}), (b"b", clip))]
    sidecar, place = items[0]
    noted = with_correction(sidecar, "camera_id", "OAK", "anna", "2026-04-01T00:00:00.000000Z", "mixed up")
    (root / f"{place}.json").write_text(sidecar_text(noted))
    enter(index, [(noted, place)])
    before = rows(index)
    asked = delete(root, index, *items)
    assert find_item(root, index, sidecar.id) is None
    assert outcomes(restore(root, index, *items)) == ["restored", "restored"]
    assert (root / place).read_bytes() == b"a"
    assert (root / f"{place}.json").read_text() == sidecar_text(noted)
    assert rows(index) == before
    assert not trash_folder(root, asked).exists()


def test_all_that_one_request_deleted_is_undone(root: Path, index: sqlite3.Connection) -> None:
    items = [put(root, index, bytes([number])) for number in range(3)]
    other = put(root, index, b"other")
    asked, _ = delete(root, index, *items), delete(root, index, other)
    answer = ask(root, index, {"action": "undo", "request": asked, "by": "anna"})
    assert outcomes(answer) == ["restored"] * 3
    assert all((root / place).exists() for _, place in items)
    assert find_item(root, index, other[0].id) is None
    again = ask(root, index, {"action": "undo", "request": asked, "by": "anna"})
    assert outcomes(again) == ["restored"] * 3


@pytest.mark.parametrize("moved", ["sidecar", "sidecar and item"])
def test_a_restoration_that_broke_off_is_ended(root: Path, index: sqlite3.Connection, moved: str) -> None:
    item = put(root, index)
    sidecar, place = item
    folder = trash_folder(root, delete(root, index, item))
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    (folder / f"{place}.json").rename(root / f"{place}.json")
    if moved != "sidecar":
        (folder / place).rename(root / place)
    assert outcomes(restore(root, index, item)) == ["restored"]
    assert find_item(root, index, sidecar.id) == place and (root / f"{place}.json").exists()
    assert index.execute("SELECT count(*) FROM items").fetchone() == (1,)


def test_a_file_that_came_again_meanwhile_is_there_once(root: Path, index: sqlite3.Connection) -> None:
    first = put(root, index, sha256="ab" * 32)
    delete(root, index, first)
    again = put(root, index, sha256="ab" * 32)
    (result,) = restore(root, index, first)["results"]
    assert result["outcome"] == "refused"
    assert result["message"] == f"The same file has come again since, and is here as {again[0].id}."
    assert requests_in_trash(root)


@pytest.mark.parametrize(("answer", "waits"), [(None, True), ("gone", True), ("delivered", False), ("failed", False)])
def test_a_file_that_goes_to_targets_waits_for_those_that_have_not_answered(
    root: Path, index: sqlite3.Connection, answer: str | None, waits: bool
) -> None:
    target = Target("tree", "folder", Selection(sends=("accepted",)), FolderOptions(folder=root))
    settings = replace(Settings(root=root, profiles=()), targets=(target,))
    item = put(root, index)
    delete(root, index, item)
    prepare_target(root, "tree")
    if answer:
        note_done(root, "tree", [Delivery(item[0].id, item[0].id, None, utc_text(datetime.now(UTC)), answer, "")])
    request = {"action": "restore", "ids": [item[0].id], "by": "anna"}
    ask(root, index, request, settings=settings)
    assert marked_ids(root, "tree") == ([item[0].id] if waits else [])


@pytest.mark.parametrize("item_id", ["../x", 5, None, "20261127T010000.000000Z-00aa"])
def test_what_is_not_in_the_trash_is_refused(root: Path, index: sqlite3.Connection, item_id: Any) -> None:
    assert outcomes(ask(root, index, {"action": "restore", "ids": [item_id]})) == ["refused"]


def test_what_is_old_goes_with_the_clean_up_and_the_rest_stays(root: Path, index: sqlite3.Connection) -> None:
    old = trash_folder(root, new_id(datetime.now(UTC) - timedelta(days=15)))
    (old / "accepted/X/2026-01-01").mkdir(parents=True)
    (old / "accepted/X/2026-01-01/a.jpg").write_bytes(b"12345")
    young = delete(root, index, put(root, index))
    days = {"rejected_days": 30, "accepted_days": 0, "connections_days": 0}
    (result,) = ask(root, index, {"action": "retention", **days})["results"]
    assert (result["outcome"], result["message"]) == ("emptied", "1 file of the trash went for good, 0.0 MB.")
    assert requests_in_trash(root) == [young]
    ask(root, index, {"action": "retention", **days, "trash_days": 0})
    assert requests_in_trash(root) == []


def test_the_trash_of_a_request_is_emptied_when_asked_for(root: Path, index: sqlite3.Connection) -> None:
    item, other = put(root, index), put(root, index, b"other")
    asked, kept = delete(root, index, item), delete(root, index, other)
    assert outcomes(ask(root, index, {"action": "empty_trash", "requests": [asked, "../..", 5]})) == [
        "emptied",
        "refused",
        "refused",
    ]
    assert requests_in_trash(root) == [kept]
    assert outcomes(restore(root, index, item)) == ["refused"]


def test_a_rebuilt_index_does_not_know_what_is_in_the_trash(root: Path, index: sqlite3.Connection) -> None:
    kept, gone = put(root, index), put(root, index, b"gone")
    delete(root, index, gone)
    rebuild(root, lambda counts, _: counts)
    with closing(read_index(root)) as new:
        assert [row[0] for row in new.execute("SELECT id FROM items")] == [kept[0].id]
