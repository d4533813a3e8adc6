"""A camera's clock is mended for a span: in its record, in every photo of that span, and nowhere else."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from ingest.index.places import read_sidecar
from ingest.index.store import enter
from ingest.requests.clock_spans import photos_of
from ingest.spool.camera_records import read_camera_record, registers, write_camera_record
from ingest.spool.corrections import corrected
from ingest.spool.sidecar import Sidecar
from tests.spools import put_item
from tests.unit.ingest.requests.asked import Answer, ask

AT, THEN = "2026-11-27T01:00:00.000000Z", "2026-11-27T02:00:00.000000Z"
MEND: dict[str, Any] = {
    "action": "mend_clock",
    "camera_id": "X",
    "fault": {"behind_s": 3600},
    "by": "anna",
    "at": AT,
    "from": "2026-04-01T00:00",
    "until": "2026-05-01T00:00",
    "why": "winter time",
}


def put(root: Path, index: sqlite3.Connection, taken: str, **changes: Any) -> str:
    values = {"camera_id": "X", "captured_at": taken, "captured_at_utc": f"{taken}Z", **changes}
    item = put_item(root, **values)
    enter(index, [item])
    return item[0].id


def times(root: Path, index: sqlite3.Connection, **words: Any) -> list[str]:
    return [row[0] for row in index.execute("SELECT captured_at FROM items ORDER BY number")]


def outcomes(answer: Answer) -> list[tuple[str, str]]:
    return [(one["id"], one["outcome"]) for one in answer["results"]]


def test_every_photo_of_the_span_is_mended_and_no_other(root: Path, index: sqlite3.Connection) -> None:
    inside = [put(root, index, f"2026-04-{day:02}T12:00:00") for day in (1, 15, 30)]
    rejected = put(root, index, "2026-04-02T12:00:00", verdict="rejected", reason="missing_location")
    put(root, index, "2026-03-31T22:59:59")
    put(root, index, "2026-04-30T23:00:00")
    put(root, index, "2026-04-15T12:00:00", camera_id="Y")
    put(root, index, "2026-04-15T12:00:00", kind="report")
    answer = ask(root, index, MEND)
    assert outcomes(answer) == [("X", "saved"), *((one, "corrected") for one in (*inside, rejected))]
    assert answer["results"][1]["message"] == "Its time is 2026-04-01 13:00:00."
    assert times(root, index) == [
        *("2026-04-01T13:00:00", "2026-04-15T13:00:00", "2026-04-30T13:00:00", "2026-04-02T13:00:00"),
        *("2026-03-31T22:59:59", "2026-04-30T23:00:00", "2026-04-15T12:00:00", "2026-04-15T12:00:00"),
    ]


def test_carried_out_twice_there_is_one_span_and_one_note(root: Path, index: sqlite3.Connection) -> None:
    put(root, index, "2026-04-15T12:00:00")
    for _ in range(2):
        ask(root, index, MEND)
    record = read_camera_record(root, "X")
    assert record and len(record["clock_spans"]) == 1
    assert times(root, index) == ["2026-04-15T13:00:00"]


def test_a_camera_without_a_record_is_not_registered_by_that(root: Path, index: sqlite3.Connection) -> None:
    ask(root, index, MEND)
    assert not registers(read_camera_record(root, "X"))
    write_camera_record(root, "X", {"name": "Gate"})
    ask(root, index, MEND)
    record = read_camera_record(root, "X")
    assert registers(record) and record and record["name"] == "Gate"


def test_a_span_is_undone_and_what_a_person_said_of_one_photo_stays(root: Path, index: sqlite3.Connection) -> None:
    ids = [put(root, index, f"2026-04-{day:02}T12:00:00") for day in (10, 11, 12)]
    made = "20261127T010000.000000Z-00aa"
    ask(root, index, MEND, made)
    typed = {"action": "correct", "ids": ids[1:2], "values": {"captured_at": "2026-04-11T12:30"}, "by": "ben", "at": AT}
    ask(root, index, typed)
    ask(root, index, {**typed, "ids": ids[2:], "values": {"captured_at": None}})
    assert times(root, index) == ["2026-04-10T13:00:00", "2026-04-11T12:30:00", "2026-04-12T12:00:00"]
    undo = {"action": "undo", "request": made, "by": "cleo", "at": THEN}
    assert outcomes(ask(root, index, undo))[0] == ("X", "undone")
    assert times(root, index) == ["2026-04-10T12:00:00", "2026-04-11T12:30:00", "2026-04-12T12:00:00"]
    assert (read_camera_record(root, "X") or {}).get("clock_spans") is None
    assert [one for one in outcomes(ask(root, index, undo)) if one[1] == "refused"] == []
    assert times(root, index)[0] == "2026-04-10T12:00:00"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"camera_id": "../x"}, "is not a camera ID"),
        ({"camera_id": 5}, "is not a camera ID"),
        ({"fault": {}}, "How the clock was wrong is not understood"),
        ({"fault": {"behind_s": 10**15}}, "How the clock was wrong is not understood"),
        ({"from": None}, "from when on the clock was wrong"),
        ({"from": "soon"}, "A moment is not understood"),
        ({"until": "2026-04-01T00:00"}, "that is not after 2026-04-01 00:00:00"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    root: Path, index: sqlite3.Connection, change: dict[str, Any], words: str
) -> None:
    put(root, index, "2026-04-15T12:00:00")
    (result,) = ask(root, index, {**MEND, **change})["results"]
    assert result["outcome"] == "refused" and words in result["message"]
    assert times(root, index) == ["2026-04-15T12:00:00"] and read_camera_record(root, "X") is None


def test_what_the_clock_said_stays_in_the_index(root: Path, index: sqlite3.Connection) -> None:
    put(root, index, "2026-04-15T12:00:00", received_at="2026-04-15T13:00:20.000000Z")
    put(root, index, "2026-03-15T12:00:00", received_at="2026-03-15T12:00:20.000000Z")
    ask(root, index, MEND)
    told = [(f"{photo.local:%d %H}", photo.is_mended) for photo in photos_of(index, "X")]
    assert told == [("15 12", True), ("15 12", False)]
    assert index.execute("SELECT clock_errors_s FROM cameras").fetchall() == [("20 3620",)]


def test_the_sidecar_holds_both(root: Path, index: sqlite3.Connection) -> None:
    sidecar, place = put_item(
        root, camera_id="X", captured_at="2026-04-15T12:00:00", captured_at_utc="2026-04-15T12:00:00Z"
    )
    enter(index, [(sidecar, place)])
    ask(root, index, MEND)
    read = read_sidecar(root, place)
    assert isinstance(read, Sidecar) and read.captured_at == "2026-04-15T12:00:00"
    assert corrected(read).captured_at == "2026-04-15T13:00:00"
