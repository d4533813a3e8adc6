"""Undoing takes back what one request noted, and nothing that was said since."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from ingest.index.places import find_item, read_sidecar
from ingest.index.store import enter
from ingest.requests import answers
from ingest.requests.undoing import can_be_undone
from ingest.spool.corrections import corrected
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import new_id
from tests.spools import put_item
from tests.unit.ingest.requests.asked import Answer, ask

FIRST, LATER, LAST = (f"2026-11-27T0{hour}:00:00.000000Z" for hour in (1, 2, 3))


def put(root: Path, index: sqlite3.Connection, **changes: Any) -> str:
    item = put_item(root, **{"camera_id": "X", **changes})
    enter(index, [item])
    return item[0].id


def correct(root: Path, index: sqlite3.Connection, at: str, ids: list[str], **values: Any) -> str:
    made = new_id()
    ask(root, index, {"action": "correct", "ids": ids, "values": values, "by": "anna", "at": at}, made)
    return made


def undo(root: Path, index: sqlite3.Connection, request: str, at: str = LAST) -> Answer:
    return ask(root, index, {"action": "undo", "request": request, "by": "ben", "at": at, "why": "a mistake"})


def now(root: Path, index: sqlite3.Connection, item_id: str) -> Sidecar:
    place = find_item(root, index, item_id)
    sidecar = read_sidecar(root, place) if place else None
    assert sidecar
    return corrected(sidecar)


def test_what_was_noted_before_holds_again(root: Path, index: sqlite3.Connection) -> None:
    item = put(root, index)
    first = correct(root, index, FIRST, [item], camera_id="Y")
    second = correct(root, index, LATER, [item], camera_id="Z")
    assert [one["outcome"] for one in undo(root, index, second)["results"]] == ["corrected"]
    assert now(root, index, item).camera_id == "Y"
    assert index.execute("SELECT camera_id, images_accepted FROM cameras").fetchall() == [("Y", 1)]
    refused = undo(root, index, first, "2026-11-27T04:00:00.000000Z")["results"]
    assert [one["message"] for one in refused] == ["It was corrected again since; that stays."]
    assert now(root, index, item).camera_id == "Y"


def test_undone_twice_it_is_undone_once(root: Path, index: sqlite3.Connection) -> None:
    item = put(root, index)
    made = correct(root, index, FIRST, [item], camera_id="Y", location={"latitude": 1.5, "longitude": 2.5})
    for _ in range(2):
        assert [one["outcome"] for one in undo(root, index, made)["results"]] == ["corrected"]
    found = now(root, index, item)
    assert (found.camera_id, found.latitude, len(found.corrections)) == ("X", None, 4)


def test_what_was_accepted_only_by_a_person_s_word_gets_a_new_verdict(root: Path, index: sqlite3.Connection) -> None:
    leaning = put(root, index, sources={"location": "correction"})
    other = put(root, index)
    made = correct(root, index, FIRST, [leaning, other], location={"latitude": 1.5, "longitude": 2.5})
    results = {one["id"]: one["outcome"] for one in undo(root, index, made, "2020-01-01T00:00:00.000000Z")["results"]}
    assert results == {leaning: "requeued", other: "corrected"}
    assert find_item(root, index, leaning) is None and find_item(root, index, other)
    assert list((root / "incoming").glob(f"{leaning}~*"))


@pytest.mark.parametrize("named", ["../x", "", "20261127T010000.000000Z-00aa"])
def test_what_was_never_carried_out_is_not_undone(root: Path, index: sqlite3.Connection, named: str) -> None:
    (result,) = undo(root, index, named)["results"]
    assert result["outcome"] == "refused" and "has been carried out" in result["message"]


def test_what_nothing_undoes_is_told(root: Path, index: sqlite3.Connection) -> None:
    made = new_id()
    ask(root, index, {"action": "requeue", "ids": [], "by": "anna", "at": FIRST}, made)
    (result,) = undo(root, index, made)["results"]
    assert (result["outcome"], result["message"]) == ("refused", "Nothing undoes requeue.")


def test_only_what_was_done_can_be_undone() -> None:
    done = [{"id": "x", "outcome": "corrected"}]
    found = [
        answers.Answer("", {"action": action}, done, FIRST) for action in ("correct", "mend_clock", "requeue", None)
    ]
    assert [can_be_undone(one) for one in found] == [True, True, False, False]
    assert not can_be_undone(answers.Answer("", {"action": "correct"}, [{"id": "x", "outcome": "refused"}], FIRST))
    assert not can_be_undone(answers.Answer("", {"action": "correct"}, [], None))
