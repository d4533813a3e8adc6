"""A correction is noted once in every sidecar, the index says what holds, and no item is touched."""

import os
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest.index.places import items_in, read_sidecar
from ingest.index.reindex import rebuild
from ingest.index.store import enter, find_original, open_index
from ingest.requests.correcting import BATCH, correct
from ingest.requests.wanted import Wanted
from ingest.settings.targets import Target, TargetKind, defaults_of
from ingest.settings.values import Settings
from ingest.spool.moves import forget_aside
from ingest.spool.outbox import marked_ids, remove_marks
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import new_id
from tests.spools import put_item
from tests.unit.ingest.requests.asked import ask

AT = "2026-11-27T01:00:00.000000Z"
TO_Y: dict[str, Any] = {"action": "correct", "what": "camera_id", "value": "Y", "by": "anna", "at": AT, "why": "mixed"}


def put(root: Path, index: sqlite3.Connection, number: int = 1, **changes: Any) -> list[tuple[Sidecar, str]]:
    told = [put_item(root, **{"camera_id": "X", "upload_path": f"{one}.jpg", **changes}) for one in range(number)]
    enter(index, told)
    forget_aside(root, [sidecar.id for sidecar, _ in told])
    return told


def cameras(index: sqlite3.Connection) -> list[tuple[str, int]]:
    return index.execute("SELECT camera_id, images_accepted FROM cameras ORDER BY 1").fetchall()


def test_items_belong_to_another_camera_and_stay_where_they_are(root: Path, index: sqlite3.Connection) -> None:
    told = put(root, index, 3)
    before = [(root / place).stat() for _, place in told]
    answer = ask(root, index, {**TO_Y, "ids": [sidecar.id for sidecar, _ in told[:2]]})
    assert [(one["outcome"], one["message"]) for one in answer["results"]] == [
        ("corrected", "Its camera id is Y now.")
    ] * 2
    assert [(root / place).stat() for _, place in told] == before
    for sidecar, place in told[:2]:
        amended = read_sidecar(root, place)
        assert amended == replace(sidecar, corrections=amended.corrections if amended else ())
        assert amended and [vars(note) for note in amended.corrections] == [
            {"what": "camera_id", "value": "Y", "was": "X", "by": "anna", "at": AT, "why": "mixed"}
        ]
    assert cameras(index) == [("X", 1), ("Y", 2)]
    assert os.listdir(root / "incoming") == []
    rebuild(root, lambda counts, _: counts)
    with closing(open_index(root)) as rebuilt:
        assert cameras(rebuilt) == [("X", 1), ("Y", 2)]


def test_carried_out_twice_there_is_one_note(root: Path, index: sqlite3.Connection) -> None:
    ((sidecar, place),) = put(root, index)
    for _ in range(2):
        outcome = ask(root, index, {**TO_Y, "ids": [sidecar.id, sidecar.id]})["results"]
        assert [one["outcome"] for one in outcome] == ["corrected"]
    amended = read_sidecar(root, place)
    assert amended and len(amended.corrections) == 1
    assert cameras(index) == [("Y", 1)]


def test_an_index_that_was_not_told_before_a_crash_is_told_by_the_second_try(
    root: Path, index: sqlite3.Connection
) -> None:
    ((sidecar, place),) = put(root, index)
    ask(root, index, {**TO_Y, "ids": [sidecar.id]})
    enter(index, [(sidecar, place)])
    assert cameras(index) == [("X", 1), ("Y", 0)]
    ask(root, index, {**TO_Y, "ids": [sidecar.id]})
    assert cameras(index) == [("Y", 1)]


def test_targets_that_keep_sidecars_get_the_correction_as_well(root: Path, index: sqlite3.Connection) -> None:
    kinds: tuple[TargetKind, ...] = ("archive", "webhook", "command", "folder", "earthranger")
    settings = Settings(root=root, targets=tuple(Target(kind, kind, *defaults_of(kind)) for kind in kinds))
    ((sidecar, _), (rejected, _)) = put(root, index) + put(root, index, verdict="rejected", reason="no_metadata")
    for _ in range(2):
        ask(root, index, {**TO_Y, "ids": [sidecar.id, rejected.id]}, settings=settings)
        assert {kind: marked_ids(root, kind) for kind in kinds} == {
            "archive": [sidecar.id],
            "webhook": [sidecar.id],
            "command": [],
            "folder": [],
            "earthranger": [],
        }
        remove_marks(root, "webhook", [sidecar.id])


def test_without_a_value_it_is_as_it_was_decided_and_both_notes_stay(root: Path, index: sqlite3.Connection) -> None:
    ((sidecar, place),) = put(root, index)
    ask(root, index, {**TO_Y, "ids": [sidecar.id]})
    undo = {key: value for key, value in TO_Y.items() if key != "value"}
    answer = ask(root, index, {**undo, "ids": [sidecar.id], "by": "ben"})
    assert answer["results"][0]["message"] == "Its camera id is as it was read."
    amended = read_sidecar(root, place)
    assert amended and [(note.value, note.by) for note in amended.corrections] == [("Y", "anna"), (None, "ben")]
    assert cameras(index) == [("X", 1)]


@pytest.mark.parametrize(
    "change", [{"what": "mood"}, {"value": "../x"}, {"value": 5}, {"value": ["Y"]}, {"what": "sha256", "value": "0"}]
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    root: Path, index: sqlite3.Connection, change: dict[str, Any]
) -> None:
    ((sidecar, place),) = put(root, index)
    answer = ask(root, index, {**TO_Y, **change, "ids": [sidecar.id]})
    assert [one["outcome"] for one in answer["results"]] == ["refused"]
    assert read_sidecar(root, place) == sidecar


def test_what_is_not_there_is_refused_and_the_rest_is_done(root: Path, index: sqlite3.Connection) -> None:
    (one, (torn, torn_place)) = put(root, index, 2)
    (root / f"{torn_place}.json").write_text("{")
    answer = ask(root, index, {**TO_Y, "ids": ["../x", new_id(), torn.id, one[0].id]})
    outcomes = {result["id"]: result["outcome"] for result in answer["results"]}
    assert outcomes.pop(one[0].id) == "corrected"
    assert set(outcomes.values()) == {"refused"} and len(outcomes) == 3


def test_what_may_not_be_changed_is_refused_and_the_rest_is_done(root: Path, index: sqlite3.Connection) -> None:
    ((kept, kept_place),) = put(root, index)
    ((other, _),) = put(root, index, camera_id="Z")
    folder = (root / kept_place).parent
    subprocess.run(["chattr", "+i", str(folder)], check=True)
    try:
        answer = ask(root, index, {**TO_Y, "ids": [kept.id, other.id]})
    finally:
        subprocess.run(["chattr", "-i", str(folder)], check=True)
    outcomes = {result["id"]: (result["outcome"], result["message"]) for result in answer["results"]}
    assert outcomes[other.id][0] == "corrected"
    assert outcomes[kept.id][0] == "refused" and "cannot be changed" in outcomes[kept.id][1]
    assert read_sidecar(root, kept_place) == kept


def test_many_items_give_signs_of_life(root: Path, index: sqlite3.Connection) -> None:
    told = put(root, index, BATCH + 3)
    beats: list[int] = []
    wanted = Wanted({"camera_id": "Y"}, "anna", AT, "")
    ids = [sidecar.id for sidecar, _ in told]
    correct(Settings(root=root), index, ids, wanted, lambda: beats.append(len(beats)))
    assert len(beats) > len(told)
    assert cameras(index) == [("Y", BATCH + 3)]
    day = told[0][1].rpartition("/")[0]
    assert items_in(root, day) == [place for _, place in told]


def test_what_its_camera_sends_again_is_still_a_duplicate(root: Path, index: sqlite3.Connection) -> None:
    ((sidecar, _),) = put(root, index, sha256="ab" * 32)
    ask(root, index, {**TO_Y, "ids": [sidecar.id]})
    assert find_original(index, "X", "ab" * 32) == find_original(index, "Y", "ab" * 32) == sidecar.id
    assert find_original(index, "Z", "ab" * 32) is None
