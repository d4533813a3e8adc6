"""The same report is known by what it says, whose it is and when: however it came, and however its text is written."""

import sqlite3
from dataclasses import replace
from typing import Any

import pytest

from ingest.index.same_report import find_same_report, what_it_says
from ingest.index.store import enter
from ingest.spool.corrections import with_correction
from ingest.spool.moves import place_of
from ingest.spool.sidecar import Sidecar
from tests.spools import make_sidecar

FIELDS = {"battery_percent": 60, "temperature_c": 24.5, "reported_at": "2026-04-30T15:46:07"}


def put(index: sqlite3.Connection, **changes: Any) -> Sidecar:
    sidecar = make_sidecar(**{"kind": "report", "fields": FIELDS, **changes})
    enter(index, [(sidecar, place_of(sidecar))])
    return sidecar


def coming(**changes: Any) -> Sidecar:
    return make_sidecar(**{"kind": "report", "fields": FIELDS, "sha256": "other", "part_of": "x", **changes})


def test_what_was_said_is_found_whatever_its_bytes_are(index: sqlite3.Connection) -> None:
    first = put(index)
    put(index)
    assert find_same_report(index, coming()) == first.id
    assert find_same_report(index, coming(fields={**FIELDS, "battery_percent": 60.0})) == first.id


@pytest.mark.parametrize(
    "change",
    [
        {"camera_id": "another"},
        {"fields": {**FIELDS, "battery_percent": 61}},
        {"fields": {**FIELDS, "reported_at": "2026-04-30T15:46:08"}},
        {"fields": {key: value for key, value in FIELDS.items() if key != "reported_at"}},
        {"fields": {key: value for key, value in FIELDS.items() if key != "temperature_c"}},
    ],
)
def test_another_camera_time_or_value_is_another_report(index: sqlite3.Connection, change: dict[str, Any]) -> None:
    put(index)
    assert find_same_report(index, coming(**change)) is None
    assert what_it_says(coming(**change)) != what_it_says(coming())


def test_a_report_without_a_time_is_the_same_as_one_that_says_the_same(index: sqlite3.Connection) -> None:
    first = put(index, fields={"battery_percent": 60})
    assert find_same_report(index, coming(fields={"battery_percent": 60})) == first.id
    assert find_same_report(index, coming(fields={"battery_percent": 60}, camera_id="another")) is None


def test_of_reports_that_say_nothing_the_texts_are_compared(index: sqlite3.Connection) -> None:
    first = put(index, fields={}, sha256="aa")
    assert find_same_report(index, coming(fields={}, sha256="aa")) == first.id
    assert find_same_report(index, coming(fields={}, sha256="bb")) is None
    assert what_it_says(coming(fields={}, sha256="aa")) != what_it_says(coming(fields={}, sha256="bb"))


def test_one_that_was_given_to_another_camera_is_found_by_both(index: sqlite3.Connection) -> None:
    sidecar = make_sidecar(kind="report", fields=FIELDS)
    corrected = with_correction(sidecar, "camera_id", "another", "anna", sidecar.received_at, "")
    enter(index, [(corrected, place_of(sidecar))])
    assert find_same_report(index, coming()) == find_same_report(index, coming(camera_id="another")) == sidecar.id


def test_a_rejected_report_is_the_same_as_one_of_a_file_with_its_text_sender_and_reason(
    index: sqlite3.Connection,
) -> None:
    refused = {"verdict": "rejected", "reason": "unknown_camera", "sha256": "aa"}
    put(index, **refused)  # a file of its own: not the same as a part of one
    assert find_same_report(index, coming(**refused)) is None
    part = put(index, part_of="20251205T154647.120034Z-4f2a", **refused)
    assert find_same_report(index, coming(**refused)) == part.id
    for change in ({"sha256": "bb"}, {"reason": "bad_camera_id"}, {"account": "other"}):
        other = replace(coming(**refused), **change)  # type: ignore[arg-type]
        assert find_same_report(index, other) is None
        assert what_it_says(other) != what_it_says(coming(**refused))
